"""One seat against the rules about its team."""

from __future__ import annotations

from kernel.text import Text
from scheduling.domain.desk.seat_view import Figure, SeatView, at_most
from scheduling.domain.vocabulary import SKILLS, said


def pair(view: SeatView) -> Figure | None:
    me = view.person.id
    others = {p.b if p.a == me else p.a for p in view.problem.pairs if me in (p.a, p.b)}
    if not others:
        return None
    says = Text(
        zh="不得同组的 {n} 人都不在本组。",
        en="None of the {n} people kept apart from them is here.",
    )
    here = {person.id for person in view.slot.people}
    return Figure(says.format(n=len(others)), others.isdisjoint(here))


def leader(view: SeatView) -> Figure | None:
    if view.role == "member":
        return None
    able = view.person.may_hold(view.role)
    if view.role == "leader":
        return Figure(Text(zh="在组长库中。", en="In the pool of leaders."), able)
    number = len({seat.person.id for seat in view.slot.seats if seat.role == "deputy"})
    least, most = view.slot.slot.deputies
    says = Text(
        zh="在人选范围内；副组长 {n} 人，规定 {least}–{most} 人。",
        en="In the pool; deputies: {n} ({least} to {most} asked for).",
    )
    return Figure(says.format(n=number, least=least, most=most), able and least <= number <= most)


def team_size(view: SeatView) -> Figure:
    number, (least, most) = len(view.slot.people), view.slot.slot.size
    says = Text(
        zh="本组 {n} 人，规定 {least}–{most} 人。",
        en="People: {n} ({least} to {most} asked for).",
    )
    holds = bool(view.slot.visits) and least <= number <= most
    return Figure(says.format(n=number, least=least, most=most), holds)


def skills(view: SeatView) -> Figure | None:
    needs: dict[str, int] = {}
    for unit in view.slot.units:
        for skill, needed in unit.skills.items():
            needs[skill] = max(needed, needs.get(skill, 0))
    needs = {skill: needed for skill, needed in needs.items() if needed}
    if not needs:
        return None
    have = {s: sum(s in person.skills for person in view.slot.people) for s in needs}
    names = {skill: said(SKILLS, skill) for skill in needs}
    says = Text(
        zh="、".join(f"{names[s].zh} {have[s]} 人，须 {n} 人" for s, n in needs.items()) + "。",
        en=", ".join(f"{names[s].en} {have[s]}, needed {n}" for s, n in needs.items()) + ".",
    )
    return Figure(says, all(have[skill] >= needed for skill, needed in needs.items()))


def experienced(view: SeatView) -> Figure | None:
    least = view.problem.policy.experienced
    if least <= 0:
        return None
    served = sum(person.rounds >= 1 for person in view.slot.people)
    says = Text(
        zh="参加过巡察的 {n} 人，至少 {least} 人。", en="Served before: {n} (at least {least})."
    )
    return Figure(says.format(n=served, least=least), served >= least)


def home_offices(view: SeatView) -> Figure | None:
    least, most = view.problem.policy.home_offices
    is_open = least <= 1 and most >= len(view.reading.county_ids)
    if is_open or not view.is_counted:
        return None
    offices = {seat.person.office for seat in view.slot.guests} & view.reading.county_ids
    says = Text(
        zh="来自 {n} 个县，规定 {least}–{most} 个。",
        en="County offices: {n} ({least} to {most} allowed).",
    )
    shown = says.format(n=len(offices), least=least, most=most)
    return Figure(shown, least <= len(offices) <= most)


def per_office_max(view: SeatView) -> Figure | None:
    office = view.person.office
    listed = sum(person.office == office for person in view.problem.inspectors)
    if not view.is_counted or view.problem.policy.per_office_max >= listed:
        return None
    number = sum(person.office == office for person in view.slot.people)
    return at_most(
        number,
        view.problem.policy.per_office_max,
        Text(
            zh="本组有{office} {n} 人，最多 {most} 人。",
            en="People of {office}: {n} (at most {most}).",
        ),
        office=view.reading.office_name(office),
    )
