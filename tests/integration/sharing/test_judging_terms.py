"""By what a unit's rectification is judged: the office's own, set by its director, version by version."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.errors import NotAllowed
from sharing.domain.evaluations import STANDARD, Deduction, Part, numbers_of
from sharing.errors.deadlines import EvaluationUnfit, TermsUnchanged
from sharing.services.evaluating import evaluate
from sharing.services.terms import preview_terms, set_terms
from tests.integration.sharing.county import County
from tests.people import acting

TERMS: dict[str, Any] = {
    "profile": "reg_2017",
    "own": {},
    "soon_days": 3,
    "steps": (1, 5, 10, 20, 40),
}
USUAL = numbers_of(STANDARD)
OWN = USUAL | {"organisation": 30, "tasks": 45, "good": 95, "false_items": 2}


def judged(county: County, false_items: int = 0) -> tuple[int, str]:
    sheet = county.by(
        "wu", evaluate, unit_code="U01", round_name="第三轮", false_items=false_items,
        deductions=[Deduction(Part.ORGANISATION, 20, "未研究部署")],
    )  # fmt: skip
    return sheet.score, sheet.grade


def test_a_unit_is_judged_by_what_the_director_set(county: County) -> None:
    assert judged(county) == (85, "rather_good"), "no more than the part weighs"
    row = county.by("lin", set_terms, seen=0, reason="会议决定", evaluation=OWN, **TERMS)
    assert (row.version, row.evaluation) == (1, OWN)
    assert judged(county) == (80, "rather_good")
    assert judged(county, false_items=2) == (0, "poor")
    kept = county.by("lin", set_terms, seen=1, reason="提醒", **TERMS | {"soon_days": 4})
    assert kept.evaluation == OWN, "who says nothing of it leaves it"
    back = county.by("lin", set_terms, seen=2, reason="恢复", evaluation=USUAL, **TERMS)
    assert back.evaluation == {}
    assert judged(county) == (85, "rather_good")


def test_a_preview_says_what_would_be_judged_otherwise(county: County) -> None:
    shown = county.by("lin", preview_terms, evaluation=OWN, **TERMS)
    assert ("organisation", 15, 30) in shown.judged
    assert shown.changes == []
    lin, wu = county.actor("lin"), county.actor("wu")
    with acting(lin), pytest.raises(TermsUnchanged):
        preview_terms(actor=lin, evaluation=USUAL, **TERMS)
    with acting(wu), pytest.raises(NotAllowed):
        preview_terms(actor=wu, evaluation=OWN, **TERMS)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"tasks": 61}, "evaluation.tasks"),
        ({"good": 80}, "evaluation.good"),
        ({"false_items": 0}, "evaluation.false_items"),
    ],
)
def test_parameters_that_do_not_hold_are_refused_at_their_fields(
    county: County, given: dict[str, int], field: str
) -> None:
    lin = county.actor("lin")
    with acting(lin), pytest.raises(EvaluationUnfit) as refused:
        preview_terms(actor=lin, evaluation=USUAL | given, **TERMS)
    assert field in refused.value.fields
