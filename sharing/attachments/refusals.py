"""Why a file is turned away: what was found, and what to do. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kernel.errors import DomainError
from kernel.text import Text


class FileRefused(DomainError):
    """A file that does not become an attachment."""

    status = 422
    fields = ("file",)


class EmptyFile(FileRefused):
    code = "sharing.attachment.empty"
    message = Text(zh="这个文件是空的。", en="This file is empty.")
    remedy = Text(
        zh="请确认文件已保存成功，再重新上传。没有保存任何内容。",
        en="See that it was saved, then hand it in again. Nothing was kept.",
    )


class TooLarge(FileRefused):
    code = "sharing.attachment.too_large"
    message = Text(zh="{kind}不得超过 {limit} MB。", en="At most {limit} MB are taken in ({kind}).")
    remedy = Text(
        zh="请压缩图片、拆分文件后再上传。没有保存任何内容。",
        en="Make the pictures smaller, or split the file. Nothing was kept.",
    )
    status = 413


class UnknownKind(FileRefused):
    code = "sharing.attachment.unknown_kind"
    message = Text(
        zh="不接收这种文件（看起来是{found}）。扩展名不算，只看内容。",
        en="Files of this kind are not taken in (it looks like {found}). What it is called does not count.",
    )
    remedy = Text(
        zh="请改为 PDF、docx、xlsx、JPEG、PNG、WebP 或纯文本再上传。没有保存任何内容。",
        en="Hand in PDF, docx, xlsx, JPEG, PNG, WebP or plain text. Nothing was kept.",
    )


class Recording(FileRefused):
    code = "sharing.attachment.recording"
    message = Text(
        zh="不接收录音录像：其中的声音、设备和位置信息无法可靠清除。",
        en="Recordings are not taken in: voices, devices and places cannot be taken out of them reliably.",
    )
    remedy = Text(
        zh="请将原件存于涉密载体按规定移交，并在此登记文字说明。没有保存任何内容。",
        en="Hand the carrier over as the rules say, and describe it here in words. Nothing was kept.",
    )


class OldOffice(FileRefused):
    code = "sharing.attachment.old_office"
    message = Text(
        zh="这是旧版 Office 文件（.doc、.xls 等）。",
        en="This is a file of an old Office (.doc, .xls and the like).",
    )
    remedy = Text(
        zh="请用 Word、Excel 或 WPS 打开，另存为 .docx、.xlsx 或 PDF 再上传。没有保存任何内容。",
        en="Open it and save it as .docx, .xlsx or PDF. Nothing was kept.",
    )


class Encrypted(FileRefused):
    code = "sharing.attachment.encrypted"
    message = Text(
        zh="这个文件设了密码或权限保护，无法清理。",
        en="This file is protected by a password or by rights, and cannot be cleaned.",
    )
    remedy = Text(
        zh="请去掉保护后另存再上传；系统会自行加密保存。没有保存任何内容。",
        en="Take the protection off and save it; it is encrypted here anyway. Nothing was kept.",
    )


class Macros(FileRefused):
    code = "sharing.attachment.macros"
    message = Text(zh="这个文件带有宏。", en="This file carries macros.")
    remedy = Text(
        zh="请另存为不含宏的 .docx、.xlsx，或转成 PDF。没有保存任何内容。",
        en="Save it as .docx or .xlsx without macros, or as PDF. Nothing was kept.",
    )


class TwoKinds(FileRefused):
    code = "sharing.attachment.two_kinds"
    message = Text(
        zh="这个文件既是{first}，又是{second}，或在头尾夹带了别的内容。",
        en="This file is {first} and {second} at once, or carries something before or behind it.",
    )
    remedy = Text(
        zh="请用原来的软件重新另存。来历不明的，请报告安全保密管理员。没有保存任何内容。",
        en="Save it afresh. If you do not know where it is from, tell the security administrator. Nothing was kept.",
    )


class External(FileRefused):
    code = "sharing.attachment.external"
    message = Text(
        zh="这个文件打开时会去取外部内容（{where}）。",
        en="This file fetches something from elsewhere when it is opened ({where}).",
    )
    remedy = Text(
        zh="请断开链接（“数据 → 编辑链接”或“文件 → 信息”），或转成 PDF。没有保存任何内容。",
        en="Break its links, or save it as PDF. Nothing was kept.",
    )


class Enclosed(FileRefused):
    code = "sharing.attachment.enclosed"
    message = Text(
        zh="这个文件里嵌有别的文件或对象（{where}）。",
        en="Other files or objects are embedded in this one ({where}).",
    )
    remedy = Text(
        zh="请把嵌入的文件单独上传，并转成 PDF 或删去嵌入对象。没有保存任何内容。",
        en="Hand in what is embedded by itself, and save this one without it or as PDF. Nothing was kept.",
    )


class UnpacksTooLarge(FileRefused):
    code = "sharing.attachment.unpacks_too_large"
    message = Text(
        zh="文件展开后超过上限（{found}）。", en="The file unpacks beyond the limit ({found})."
    )
    remedy = Text(
        zh="请拆分文件，或删去多余内容后另存。没有保存任何内容。",
        en="Split it, or take out what is superfluous. Nothing was kept.",
    )


class TooManyPixels(FileRefused):
    code = "sharing.attachment.too_many_pixels"
    message = Text(
        zh="图片有 {found} 百万像素，上限是 {limit} 百万。",
        en="The picture has {found} megapixels; the limit is {limit}.",
    )
    remedy = Text(zh="请缩小后再上传。没有保存任何内容。", en="Make it smaller. Nothing was kept.")


class Damaged(FileRefused):
    code = "sharing.attachment.damaged"
    message = Text(
        zh="文件已损坏或不合格式，无法清理（{where}）。",
        en="The file is damaged or not well-formed, and cannot be cleaned ({where}).",
    )
    remedy = Text(
        zh="请用原来的软件打开后另存，或打印为 PDF 再上传。没有保存任何内容。",
        en="Open it and save it afresh, or print it to PDF. Nothing was kept.",
    )


class NotCleanable(FileRefused):
    code = "sharing.attachment.not_cleanable"
    message = Text(
        zh="文件里有无法可靠清理的内容（{where}）。",
        en="Something in it cannot be cleaned reliably ({where}).",
    )
    remedy = Text(
        zh="请打印或导出为 PDF，再上传。没有保存任何内容。",
        en="Print or export it to PDF and hand that in. Nothing was kept.",
    )


class TooHard(FileRefused):
    code = "sharing.attachment.too_hard"
    message = Text(
        zh="清理这个文件超出了允许的时间或内存。",
        en="Cleaning this file takes more time or memory than is allowed.",
    )
    remedy = Text(
        zh="请拆分文件，或打印为 PDF 后再上传。没有保存任何内容。",
        en="Split it, or print it to PDF. Nothing was kept.",
    )


REFUSALS: Mapping[str, type[FileRefused]] = MappingProxyType(
    {one.code: one for one in FileRefused.__subclasses__()}
)
