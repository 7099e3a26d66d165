"""Who of a team keeps contact with the unit, hears petitioners, keeps the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from kernel.text import Text
from scheduling.domain.duties import DUTIES, Duties, duty_faults, usual_duties
from scheduling.domain.problem import Problem
from scheduling.errors import DutyRefused, EditUnreadable
from scheduling.models.plans import PlanEdit
from scheduling.services.drafts import Act, Draft, take_in_hand, write
from tenancy.actor import Actor


@transaction.atomic
def set_duties(
    *, actor: Actor, number: int, team: str, duties: Mapping[str, Sequence[str]], seen: int
) -> PlanEdit:
    """Share out the duties of one team; whom `duties` does not name carries none."""
    draft = take_in_hand(actor, number, seen=seen)
    chosen = next((each for each in draft.schedule.teams if each.id == team), None)
    known = chosen is not None and set(duties) <= set(chosen.people)
    if chosen is None or not known or not {c for cs in duties.values() for c in cs} <= set(DUTIES):
        raise EditUnreadable(key="duties")
    others = {who: codes for who, codes in draft.duties.items() if who not in chosen.people}
    given = {who: tuple(c for c in DUTIES if c in codes) for who, codes in duties.items() if codes}
    words = _duty_words(draft.problem, draft.teams.get(team, team), given)
    return _share_out(actor, draft, {**others, **given}, words, {"team": team})


@transaction.atomic
def propose_duties(*, actor: Actor, number: int, seen: int) -> PlanEdit:
    """Share out every team's duties as is usual: the liaison from the place, the petition
    handler from outside."""
    draft = take_in_hand(actor, number, seen=seen)
    words = Text(zh="按惯例分配各组分工", en="Share out the duties of all teams as is usual")
    usual = usual_duties(draft.problem, draft.schedule)
    return _share_out(actor, draft, usual, words, {})


def _share_out(
    actor: Actor, draft: Draft, duties: Duties, words: Text, content: Mapping[str, Any]
) -> PlanEdit:
    known = set(duty_faults(draft.problem, draft.schedule, draft.duties))
    for fault in duty_faults(draft.problem, draft.schedule, duties):
        if fault not in known:
            raise DutyRefused(why=fault.says)
    given = {person: list(codes) for person, codes in duties.items()}
    act = Act({"edit": "duties", **content, "duties": given}, words, draft.schedule, duties)
    return write(actor, draft, act, audited="scheduling.plan.duties_set")


def _duty_words(problem: Problem, team: str, given: Duties) -> Text:
    named = [(problem.inspector_by_id[who].name, code) for who, cs in given.items() for code in cs]
    if not named:
        return Text(zh=f"{team}不设分工", en=f"{team}: no duties")
    zh = "，".join(f"{DUTIES[code].zh}{name}" for name, code in named)
    en = ", ".join(f"{DUTIES[code].en.lower()} {name}" for name, code in named)
    return Text(zh=f"{team}分工：{zh}", en=f"{team}: {en}")
