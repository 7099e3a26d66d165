"""What is typed of rectification, and what no column holds."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from portal.http import without_nul
from portal.rectification_forms import FeedbackForm, LookBackForm, SheetForm


def look_back(population: str) -> LookBackForm:
    return LookBackForm((), {"title": "x", "population": population, "count": 1})


def test_a_population_s_long_line_is_named() -> None:
    with translation.override("zh-hans"):
        form = look_back("甲\n" + "乙" * 201)
        assert form.errors["population"] == ["第 2 行超过 200 字。"]
    form = look_back("甲\n" + "乙" * 200)
    assert form.is_valid()
    assert form.given()["population"] == ["甲", "乙" * 200]
    assert not look_back("\n".join(map(str, range(10_001)))).is_valid()


@pytest.mark.parametrize(
    ("count", "is_valid"), [("100000", True), ("100001", False), ("9999999999", False)]
)
def test_false_items_have_a_most(count: str, is_valid: bool) -> None:
    typed: dict[str, Any] = {"unit_code": "U1", "round_name": "x", "false_items": count}
    form = SheetForm([("U1", "x")], typed)
    assert ("false_items" not in form.errors) is is_valid


def test_a_category_is_not_cut_in_silence() -> None:
    typed = {
        "unit_code": "U1", "round_name": "x", "served_on": "2026-03-02",
        "issues": "类" * 101 + "|问题",
    }  # fmt: skip
    form = FeedbackForm([("U1", "x")], [], typed)
    assert form.is_valid()
    assert form.given()["issues"][0].category == "类" * 101, "the service refuses it"


def test_an_address_asks_for_no_nul() -> None:
    clean = without_nul(QueryDict("q=a%00b&q=c&state=%00"))
    assert clean == QueryDict("q=ab&q=c&state=")
