"""One seat against the rules about the whole round, and about how much is asked of people."""

from __future__ import annotations

from kernel.text import Text
from scheduling.domain.desk.seat_view import Figure, SeatView, at_most
from scheduling.domain.problem import PinPerson


def home_unit_quota(view: SeatView) -> Figure | None:
    home = view.person.home_unit
    if home is None:
        return None
    sent = {p.id for slot in view.reading.teams for p in slot.people if p.home_unit == home}
    return at_most(
        len(sent),
        view.problem.policy.home_unit_quota,
        Text(zh="其工作单位共抽调 {n} 人，限额 {most} 人。", en="{n} of {most} of their employer."),
    )


def availability(view: SeatView) -> Figure:
    away = sum(
        any(absence.start <= day <= absence.end for absence in view.person.away)
        for day in view.slot.working_days
    )
    return at_most(
        away,
        view.problem.policy.max_absence_days,
        Text(zh="驻点期间缺勤 {n} 天，最多 {most} 天。", en="{n} of {most} days away."),
    )


def recent_cap(view: SeatView) -> Figure | None:
    cap = view.problem.policy.recent_days_cap
    if cap is None:
        return None
    recent, days = view.person.recent_days, len(view.slot.working_days)
    says = Text(zh="{recent} + {days} ≤ {cap} 天。", en="{recent} + {days} ≤ {cap} days.")
    return Figure(says.format(recent=recent, days=days, cap=cap), recent + days <= cap)


# --- The round ------------------------------------------------------------------------------


def one_team(view: SeatView) -> Figure:
    seats = [
        team for team in view.reading.schedule.teams for p in team.people if p == view.person.id
    ]
    return Figure(Text(zh="只在本组。", en="In this team only."), len(seats) == 1)


def office_targets(view: SeatView) -> Figure | None:
    is_open = view.problem.policy.office_targets >= len(view.reading.county_ids)
    if is_open or not view.is_counted:
        return None
    office = view.person.office
    return at_most(
        len({host for origin, host in view.arcs() if origin == office}),
        view.problem.policy.office_targets,
        Text(
            zh="{office}派往 {n} 个县，最多 {most} 个。",
            en="Counties that {office} sends to: {n} (at most {most}).",
        ),
        office=view.reading.office_name(office),
    )


def office_sources(view: SeatView) -> Figure | None:
    is_open = view.problem.policy.office_sources >= len(view.reading.county_ids)
    if is_open or not view.is_counted:
        return None
    arcs = {arc for arc in view.arcs() if arc[0] in view.reading.county_ids}
    return at_most(
        max(sum(host == county for _, host in arcs) for county in view.slot.counties),
        view.problem.policy.office_sources,
        Text(
            zh="被巡察县的来源县 {n} 个，最多 {most} 个。",
            en="County offices that send there: {n} (at most {most}).",
        ),
    )


def reciprocity(view: SeatView) -> Figure | None:
    mode = view.problem.policy.reciprocity
    leaders = mode == "leaders"
    if mode == "off" or not view.is_counted or (leaders and view.role != "leader"):
        return None
    arcs = view.arcs(leaders_only=leaders)
    back = [county for county in view.slot.counties if (county, view.person.office) in arcs]
    says = Text(zh="被巡察县没有人员被派往{office}。", en="Nobody is sent from there to {office}.")
    return Figure(says.format(office=view.reading.office_name(view.person.office)), not back)


def repeat(view: SeatView) -> Figure | None:
    policy = view.problem.policy
    leaders = policy.reciprocity == "leaders"
    if not policy.repeat_rounds or view.is_host or (leaders and view.role != "leader"):
        return None
    past = {(s.origin, s.host) for s in view.problem.history if s.ago <= policy.repeat_rounds}
    says = Text(
        zh="{office}最近 {n} 轮没有巡察过该县。",
        en="{office} has not inspected the county in the last {n} rounds.",
    ).format(office=view.reading.office_name(view.person.office), n=policy.repeat_rounds)
    office = view.person.office
    return Figure(says, all((office, county) not in past for county in view.slot.counties))


def pin(view: SeatView) -> Figure | None:
    pins = [
        pin
        for pin in view.problem.pins
        if isinstance(pin, PinPerson) and pin.inspector == view.person.id
    ]
    if not pins:
        return None
    says = Text(zh="关于本人的 {n} 项决定均已落实。", en="All {n} decisions about them hold.")
    return Figure(says.format(n=len(pins)), all(_is_met(view, pin) for pin in pins))


def _is_met(view: SeatView, pin: PinPerson) -> bool:
    if pin.team is None:
        return False
    if pin.forbid:
        return pin.team != view.team.id
    return pin.team == view.team.id and pin.role in (None, view.role)
