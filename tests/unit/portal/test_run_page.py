"""A run's page says where it stands, and what the person can do next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from kernel.text import Text
from portal.run_context import PHASES, run_context, stand_of
from scheduling.domain import search
from scheduling.selectors import RunPage
from tenancy.domain.roles import Permission
from tests.portal_pages import a_clash, a_run


@dataclass
class Chen:
    """The scheduler, as far as a run's page asks."""

    permissions: frozenset[Permission] = frozenset(Permission)


def _region(page: RunPage, actor: object | None = None, *, heard: str = "") -> str:
    context = run_context(page, actor or Chen(), heard=heard)  # type: ignore[arg-type]
    with translation.override("en"):
        return render_to_string("portal/runs/_state.html", context)


@pytest.mark.parametrize(
    ("changes", "stand"),
    [
        ({"state": "queued"}, "waiting"),
        ({}, "working"),
        ({"cancel_requested": True}, "stopping"),
        ({"state": "done", "status": "optimal"}, "best"),
        ({"state": "done", "status": "feasible"}, "good"),
        ({"state": "done", "status": "feasible", "cancel_requested": True}, "kept"),
        ({"state": "done", "status": "unknown", "plan_number": None}, "none"),
        ({"state": "cancelled", "status": "unknown", "plan_number": None}, "none"),
        ({"state": "failed"}, "fault"),
    ],
)
def test_every_state_of_a_run_has_its_words(changes: dict[str, object], stand: str) -> None:
    assert stand_of(a_run(**changes)).name == stand


def test_a_run_at_work_asks_again_every_two_seconds_and_a_run_that_is_over_does_not() -> None:
    assert 'hx-trigger="every 2s"' in _region(a_run())
    assert "hx-trigger" not in _region(a_run(state="done", status="optimal"))


def test_a_run_that_is_over_leads_to_its_plan() -> None:
    assert '/plans/12/"' in _region(a_run(state="done", status="optimal"))


def test_a_run_at_work_can_be_stopped_and_says_that_the_best_plan_is_kept() -> None:
    assert "Stop and keep the best plan" in _region(a_run())


def test_who_may_not_solve_may_not_stop() -> None:
    onlooker = Chen(frozenset({Permission.VIEW_ROUND}))

    assert "Stop" not in _region(a_run(), onlooker)


def test_a_round_without_a_plan_shows_the_clash_in_the_words_of_the_rules() -> None:
    shown = _region(a_clash())

    assert "2 rules that conflict" in shown
    assert "Two auditors are needed." in shown
    assert "The 3 auditors of East may not go there." in shown


def test_a_fault_is_told_in_the_words_of_the_job() -> None:
    refusal = (Text("坏了。", "It broke."), Text("再来。", "Start again."))

    assert "It broke. Start again." in _region(a_run(state="failed", refusal=refusal))


def test_the_same_news_is_announced_once() -> None:
    context = run_context(a_run(), Chen())  # type: ignore[arg-type]

    assert 'id="run-news"' in _region(a_run())
    assert 'id="run-news"' not in _region(a_run(), heard=context["news"])


def test_every_phase_that_the_engine_names_has_its_words() -> None:
    """Read from its source: a phase without words would be silence on the page."""
    named: set[str] = set()
    for module in Path(search.__file__).parent.glob("*.py"):
        named |= set(re.findall(r'offer\([^)]*"([a-z ]+)"\)', module.read_text(encoding="utf-8")))

    assert named
    assert named <= set(PHASES)
