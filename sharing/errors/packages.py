"""Refusals of a package that was brought in."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text

_NOTHING_TAKEN = Text(
    zh="没有导入任何内容。请向提供方索取完整的数据包。",
    en="Nothing was taken in. Ask whoever made the package for a whole one.",
)


class PackageUnreadable(DomainError):
    code = "sharing.package.unreadable"
    message = Text(
        zh="该文件不是完整的数据包：{what}。", en="The file is no whole package: {what}."
    )
    remedy = _NOTHING_TAKEN
    status = 422


class PackageTooLarge(DomainError):
    code = "sharing.package.too_large"
    message = Text(
        zh="数据包过大：{what}，上限为 {limit}。",
        en="The package is too large: {what}, at most {limit}.",
    )
    remedy = Text(
        zh="没有导入任何内容。请让提供方分成几个数据包。",
        en="Nothing was taken in. Have it made as several packages.",
    )
    status = 413


class PassphraseWrong(DomainError):
    code = "sharing.package.passphrase_wrong"
    message = Text(
        zh="口令不正确，或数据包已被改动。",
        en="The passphrase is wrong, or the package was changed.",
    )
    remedy = Text(
        zh="请核对口令（区分大小写和空格）；多次不对时，请向提供方重新索取数据包。没有导入任何内容。",
        en="Check the passphrase, letter by letter; if it stays wrong, ask for the package again. "
        "Nothing was taken in.",
    )
    status = 422


class PassphraseTooShort(DomainError):
    code = "sharing.package.passphrase_too_short"
    message = Text(
        zh="口令至少 {least} 个字符。", en="A passphrase has at least {least} characters."
    )
    remedy = Text(
        zh="请使用几个不相关的词组成口令，并用另一种方式告知接收方。",
        en="Take several words that have nothing to do with each other, and tell the receiver by "
        "another way than the package.",
    )
    status = 422


class SignerUnknown(DomainError):
    code = "sharing.package.signer_unknown"
    message = Text(
        zh="数据包由本单位未登记的密钥（{key}）签名。",
        en="The package is signed by a key ({key}) that this office has not registered.",
    )
    remedy = Text(
        zh="请先与提供方当面或电话核对密钥指纹并登记，再导入。没有导入任何内容。",
        en="Compare the key's fingerprint with the sender by telephone or in person, register it, "
        "then take the package in. Nothing was taken in.",
    )
    status = 422


class SignatureWrong(DomainError):
    code = "sharing.package.signature_wrong"
    message = Text(
        zh="数据包的签名与内容不符，内容可能已被改动。",
        en="The signature does not fit: what is inside may have been changed.",
    )
    remedy = Text(
        zh="请保留该文件并报告安全保密管理员。没有导入任何内容。",
        en="Keep the file and tell the security administrator. Nothing was taken in.",
    )
    status = 422


class PackageForAnother(DomainError):
    code = "sharing.package.for_another"
    message = Text(
        zh="该数据包是发给其他单位的（{receiver}）。",
        en="The package is for another office ({receiver}).",
    )
    remedy = Text(zh="请退还提供方。没有导入任何内容。", en="Give it back. Nothing was taken in.")
    status = 422
