"""Refusals about attachments; those about a file itself are `sharing.attachments.refusals`."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class AttachmentNotReady(DomainError):
    code = "sharing.attachment.not_ready"
    message = Text(
        zh="“{name}”还没有清理完成，或未被接收。",
        en="“{name}” is not cleaned yet, or was not taken in.",
    )
    remedy = Text(
        zh="请稍后再试；未被接收的，其所在页面写明了原因。",
        en="Try again in a while; if it was not taken in, its page says why.",
    )


class CleaningStopped(DomainError):
    code = "sharing.attachment.cleaning_stopped"
    message = Text(
        zh="清理时发生内部故障，文件没有保存。",
        en="Cleaning was stopped by a fault of ours; the file was not kept.",
    )
    remedy = Text(
        zh="请重新上传；再次出现时，请打印为 PDF 上传并告知系统管理员。",
        en="Hand it in again; if it happens again, print it to PDF and tell the system administrator.",
    )
    status = 500


class OneOfSeveral(DomainError):
    """Of several files handed in at once: which one was turned away, and why."""

    code = "sharing.attachment.one_of_several"
    message = Text(zh="“{name}”：{zh}", en="“{name}”: {en}")
    remedy = Text(zh="{then_zh}", en="{then_en}")
    status = 422
    fields = ("uploads",)


class FilesAreIn(DomainError):
    """After somebody has checked or dealt with what they hang on."""

    code = "sharing.attachment.files_are_in"
    message = Text(
        zh="对方已办理，佐证材料不再增加。",
        en="It was dealt with already: no files are added any more.",
    )
    remedy = Text(
        zh="退回后可随新的申报或回复上传。没有保存任何内容。",
        en="If it is returned, hand them in with the next claim or reply. Nothing was kept.",
    )
    status = 409
    fields = ("file",)


class OriginalNeedsReason(DomainError):
    code = "sharing.original.reason_missing"
    message = Text(zh="请写明调阅原件的理由。", en="Say why the original is needed.")
    remedy = Text(
        zh="理由会记入审计记录。原件没有被打开。",
        en="The reason goes on record. The original was not opened.",
    )
    status = 422
    fields = ("reason",)


class OriginalIsGone(DomainError):
    code = "sharing.original.gone"
    message = Text(
        zh="“{name}”没有可供调阅的原件。", en="There is no original of “{name}” to open."
    )
    remedy = Text(
        zh="未被接收的文件不保留原件；其他情况请联系安全保密管理员。",
        en="Of a file that was not taken in none is kept; otherwise ask the security administrator.",
    )
    status = 410
