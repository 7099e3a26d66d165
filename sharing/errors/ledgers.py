"""Refusals about ledgers that come in by a workbook."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text
from scheduling.workbooks.refusals import FileRefused


class InformantColumns(FileRefused):
    code = "sharing.ledger.informant_columns"
    message = Text(
        zh="表里有涉及反映人的列：{columns}。反映人身份一律不通过工作簿导入。",
        en="The sheet has columns about who gave the hints: {columns}. No identity comes in by a workbook.",
    )
    remedy = Text(
        zh="请删去这些列后再上传。上传的文件没有保存，没有写入任何内容。",
        en="Delete these columns and upload it again. The file was not kept, and nothing was written.",
    )


class LedgerImportOver(DomainError):
    code = "sharing.ledger.over"
    message = Text(zh="“{file}”已经导入或取消。", en="“{file}” was taken in or cancelled already.")
    remedy = Text(zh="如需再次导入，请重新上传。", en="Upload it again to take it in once more.")
    status = 409


class LedgerImportFaulty(DomainError):
    code = "sharing.ledger.faulty"
    message = Text(
        zh="“{file}”有 {count} 行不符合要求，不能导入。",
        en="“{file}” has {count} faulty rows and cannot be taken in.",
    )
    remedy = Text(
        zh="请按列出的行改正后重新上传：台账要么全部导入，要么不导入。没有写入任何内容。",
        en="Correct the rows that are listed and upload it again: a ledger is taken whole or not at all."
        " Nothing was written.",
    )
    status = 409


class NothingNewInLedger(DomainError):
    code = "sharing.ledger.nothing_new"
    message = Text(zh="“{file}”里没有新的内容。", en="There is nothing new in “{file}”.")
    remedy = Text(
        zh="无需导入，可以取消。与已存不一致的行不会改动已存的历史。",
        en="There is nothing to take in; cancel it. Lines unlike those that are kept change nothing.",
    )
    status = 409


class LedgerChangedMeanwhile(DomainError):
    code = "sharing.ledger.changed_meanwhile"
    message = Text(
        zh="比对之后，台账、整改事项或单位名录有了变化，结果与您看到的不同。",
        en="The ledger, the items or the registry changed after the comparison: what you saw no longer holds.",
    )
    remedy = Text(
        zh="请取消这次导入，重新上传同一文件。没有写入任何内容。",
        en="Cancel this import and upload the same file again. Nothing was written.",
    )
    status = 409


class LedgerForAnother(DomainError):
    """To whom a line is about, in words that do not say so."""

    code = "sharing.ledger.for_another"
    message = Text(
        zh="这份台账由另一位主任办理导入。", en="Another director deals with taking this ledger in."
    )
    remedy = Text(
        zh="请交由本机构另一位主任办理。没有写入任何内容。",
        en="Leave it to another director of the office. Nothing was written.",
    )
    status = 409
