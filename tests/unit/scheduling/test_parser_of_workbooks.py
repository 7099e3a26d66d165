"""Which parser reads a stranger's workbook, whatever else is installed."""

from __future__ import annotations

import openpyxl.xml

import scheduling.workbooks


def test_workbooks_are_read_with_defusedxml_and_never_with_lxml() -> None:
    assert scheduling.workbooks.__doc__
    assert openpyxl.xml.LXML is False
    assert openpyxl.xml.DEFUSEDXML is True
