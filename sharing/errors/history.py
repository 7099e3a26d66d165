"""Refusals about figures of past terms."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class HistoryRowsFaulty(DomainError):
    code = "sharing.history.rows_faulty"
    message = Text(
        zh="历史数据有 {count} 行不符合要求。第一处：第 {row} 行，{fault}",
        en="{count} rows of the past figures do not hold. The first: row {row}, {fault}",
    )
    remedy = Text(
        zh="请改正后重新导入。没有导入任何内容。",
        en="Correct them and import again. Nothing was imported.",
    )
    status = 422
