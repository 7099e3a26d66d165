"""The styles of a document, by their ids in `blank/styles.xml`.

Set by id: python-docx looks a name up by reading all styles, once for each paragraph.
"""

from __future__ import annotations

from enum import StrEnum


class Style(StrEnum):
    """Styles of paragraphs."""

    TOP_LEFT = "GwTopLeft"  # 份号, 密级, 紧急程度
    MARK = "GwMark"  # 发文机关标志
    NUMBER = "GwNumber"  # 发文字号
    TITLE = "GwTitle"  # 标题
    ADDRESSEE = "GwTo"  # 主送机关
    BODY = "GwBody"  # 正文
    LEVEL_1 = "GwLevel1"  # 一、
    LEVEL_2 = "GwLevel2"  # （一）
    ANNEXES = "GwAnnexes"  # 附件说明
    ANNEX_MARK = "GwAnnexMark"  # 附件1, above an annex
    SIGNER = "GwSigner"  # 署名
    DAY = "GwDay"  # 成文日期
    NOTE = "GwNote"  # 附注
    COPIES = "GwCopies"  # 版记
    CELL = "GwCell"
    CELL_CENTRED = "GwCellCentred"
    CELL_HEAD = "GwCellHead"
    BESIDE_TABLE = "GwAboveTable"
    PAGE_NUMBER = "GwPageNumber"  # 页码
    TAKEN = "GwTaken"  # the mark of an export


class Type(StrEnum):
    """Styles of words within a paragraph."""

    LEAD_1 = "GwLead1"
    LEAD_2 = "GwLead2"
    STRONG = "GwStrong"
