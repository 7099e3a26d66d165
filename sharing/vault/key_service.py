"""What a keeper of keys does: wraps the key of a record, and never gives its own away."""

from __future__ import annotations

from typing import Protocol

from kernel.errors import DomainError
from kernel.text import Text


class KeyServiceAway(DomainError):
    code = "sharing.key_service.away"
    message = Text(zh="密钥服务暂时不可用。", en="The key service does not answer.")
    remedy = Text(
        zh="请稍后再试；已保存的内容保持加密，没有改动。",
        en="Try again in a while; what is kept stays encrypted and as it was.",
    )
    status = 503


class KeyIsGone(DomainError):
    code = "sharing.key.gone"
    message = Text(zh="该内容的密钥已销毁，无法恢复。", en="The key to this has been destroyed.")
    remedy = Text(
        zh="销毁记录中有时间和办理人。", en="The record of destruction says when and by whom."
    )
    status = 410


class SealIsBroken(DomainError):
    code = "sharing.seal.broken"
    message = Text(
        zh="加密内容与其登记不符，可能已被改动。",
        en="What is encrypted does not fit its row: it may have been changed.",
    )
    remedy = Text(
        zh="请立即报告安全保密管理员，不要重新录入。",
        en="Tell the security administrator at once; enter nothing anew.",
    )
    status = 409


class KeyService(Protocol):
    """Keys of offices (KEK). `bound_to` is said again when a key is unwrapped: under any other
    words it opens nothing. All may raise `KeyServiceAway`."""

    def current(self, office: int) -> str:
        """The key that new records are sealed under; made when there is none yet."""

    def wrap(self, key: str, secret: bytes, bound_to: bytes) -> bytes:
        """`KeyIsGone`."""

    def unwrap(self, key: str, wrapped: bytes, bound_to: bytes) -> bytes:
        """`KeyIsGone`, `SealIsBroken`."""

    def rotate(self, office: int) -> str:
        """A new current key. The ones before still open what was sealed under them."""

    def destroy(self, key: str) -> None:
        """For ever: what was sealed under it, in copies and backups too, opens to nobody."""
