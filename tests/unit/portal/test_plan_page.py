"""The plan's page says what the plan says; what people wrote is escaped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from kernel.text import Text
from portal.plan_context import plan_context
from scheduling.selectors import BreachLine, PlanPage, Verdict
from tenancy.domain.roles import Permission
from tests.portal_pages import EAST, WEST, a_plan, team, visit


@dataclass
class Chen:
    permissions: frozenset[Permission] = frozenset(Permission)


def _page(plan: PlanPage, *, language: str = "en") -> str:
    with translation.override(language):
        context = plan_context(plan, Chen())  # type: ignore[arg-type]
        return render_to_string("portal/plans/detail.html", context)


@pytest.mark.parametrize(
    ("language", "verdict"),
    [
        ("zh-hans", "独立核验通过：没有违反任何规则"),
        ("en", "Independent check passed: no rule is broken"),
    ],
)
def test_the_verdict_comes_first_with_what_was_checked(language: str, verdict: str) -> None:
    shown = _page(a_plan(), language=language)

    assert verdict in shown
    assert shown.index(verdict) < shown.index('id="timetable"')


def test_a_plan_with_breaches_says_not_to_use_it_and_names_each() -> None:
    broken = replace(
        a_plan().verdict,
        holds=False,
        breaches=(
            BreachLine(
                "own_county",
                Text("本县回避", "Own county"),
                "林海燕 · 东县教育局",
                Text("不得巡察本县。", "Lin may not inspect her own county."),
            ),
        ),
    )
    shown = _page(replace(a_plan(), verdict=broken))

    assert "found one breach: do not use this plan" in shown
    assert "Lin may not inspect her own county." in shown


def test_a_plan_that_nobody_checked_yet_is_not_called_good() -> None:
    shown = _page(replace(a_plan(), verdict=Verdict(False, None, 0, 0, 0, ())))

    assert "has not been made yet" in shown
    assert "no rule is broken" not in shown


def test_a_plan_whose_facts_changed_is_not_called_good_either() -> None:
    changed = replace(a_plan().verdict, holds=False)

    assert "The facts have changed since: do not use this plan" in _page(
        replace(a_plan(), verdict=changed)
    )


def test_a_round_that_changed_since_is_told_beside_the_verdict() -> None:
    words = "has changed since this plan was requested"

    assert words in _page(replace(a_plan(), is_outdated=True))
    assert words not in _page(a_plan())


def test_the_timetable_stands_as_a_table_too() -> None:
    table = _page(a_plan()).partition('id="timetable"')[2].partition("</table>")[0]

    assert table.count('<th scope="row">') == 6
    assert "西县财政局" in table
    assert '<time datetime="2026-09-14">14 Sep 2026</time>' in table


def test_every_person_stands_on_a_card_with_role_office_and_skills() -> None:
    cards = _page(a_plan()).partition('id="team-cards"')[2]

    assert cards.count("<article") == 3
    for words in ("林海燕", "Leader", "东县", "Audit, Law"):
        assert words in cards


def test_a_proven_plan_is_called_proven_and_an_open_one_by_its_distance() -> None:
    assert "proven best" in _page(a_plan(bound=42))
    assert "at most 4.8% from the best" in _page(a_plan(bound=40))


def test_what_people_wrote_is_never_markup() -> None:
    evil = team("A", "<img src=x>", EAST, WEST)
    day = date(2026, 9, 7)
    evil = replace(evil, visits=(visit("</script><b>", WEST, day, day),))

    shown = _page(replace(a_plan(), teams=(evil,)))

    assert "<img src=x>" not in shown
    assert "</script><b>" not in shown


def test_nothing_on_the_page_is_inline_script_or_style() -> None:
    shown = _page(a_plan())

    assert " style=" not in shown
    assert "<style" not in shown
    assert " onclick=" not in shown
    assert "<script>" not in shown
