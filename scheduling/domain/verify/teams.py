"""What a team must be: the rules about one team and its visits, stated a second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kernel.text import Text
from scheduling.domain.verify.reading import Breach, FilledSlot, PlannedVisit, Reading


def pair(reading: Reading) -> Iterator[Breach]:
    """Two people who may not sit together."""
    for team in reading.teams:
        together = {person.id: person.name for person in team.people}
        for two in reading.problem.pairs:
            if two.a in together and two.b in together:
                yield Breach(
                    "pair",
                    (two.a, two.b, team.slot.id),
                    Text(
                        zh="{a}与{b}不得同组（{kind}），却都在 {team} 组。",
                        en="{a} and {b} ({kind}) may not share a team, but both are in {team}.",
                    ).format(
                        a=together[two.a], b=together[two.b], kind=two.kind, team=team.slot.id
                    ),
                )


def leader(reading: Reading) -> Iterator[Breach]:
    """One leader from the pool of leaders; deputies in number and from the pools."""
    for team in reading.filled:
        if all(seat.role != "leader" for seat in team.seats):
            yield _about(
                "leader",
                team,
                Text(zh="没有组长", en="has visits but no leader"),
            )
        for seat in team.seats:
            if not seat.person.may_hold(seat.role):
                yield _about(
                    "leader",
                    team,
                    Text(
                        zh=f"{seat.person.name}不在"
                        + ("组长库" if seat.role == "leader" else "组长、副组长库"),
                        en=f"has {seat.person.name} as {seat.role}, who is not in that pool",
                    ),
                    seat.person.id,
                )
        deputies = len({seat.person.id for seat in team.seats if seat.role == "deputy"})
        least, most = team.slot.deputies
        if not least <= deputies <= most:
            yield _about(
                "leader",
                team,
                Text(
                    zh=f"副组长 {deputies} 人，应为 {least}～{most} 人",
                    en=f"has {deputies} deputies, {least} to {most} are needed",
                ),
            )


def team_size(reading: Reading) -> Iterator[Breach]:
    """Within bounds, and nobody in a team that visits nothing. Each slot is filled once."""
    for team in reading.teams:
        size = len(team.people)
        least, most = team.slot.size
        if not team.visits and size:
            yield _about(
                "team_size",
                team,
                Text(zh=f"没有巡察任务却有 {size} 人", en=f"has {size} people but no visits"),
            )
        elif team.visits and not least <= size <= most:
            yield _about(
                "team_size",
                team,
                Text(
                    zh=f"共 {size} 人，应为 {least}～{most} 人",
                    en=f"has {size} people, {least} to {most} are needed",
                ),
            )
    yield from _slots_of_the_plan(reading)


def _slots_of_the_plan(reading: Reading) -> Iterator[Breach]:
    entries = Counter(team.id for team in reading.schedule.teams)
    for name, number in entries.items():
        if name not in reading.problem.team_by_id:
            yield Breach(
                "team_size",
                (name,),
                Text(zh=f"本轮没有 {name} 组。", en=f"the round has no team {name}."),
            )
        elif number > 1:
            yield Breach(
                "team_size",
                (name,),
                Text(
                    zh=f"{name} 组在方案中出现 {number} 次。",
                    en=f"team {name} is in the plan {number} times.",
                ),
            )


def home_offices(reading: Reading) -> Iterator[Breach]:
    """From how many county offices the team's guests come."""
    least, most = reading.problem.policy.home_offices
    for team in reading.filled:
        offices = {seat.person.office for seat in team.guests} & reading.county_ids
        if not least <= len(offices) <= most:
            yield _about(
                "home_offices",
                team,
                Text(
                    zh=f"成员来自 {len(offices)} 个县，应为 {least}～{most} 个",
                    en=f"has people of {len(offices)} county offices,"
                    f" {least} to {most} are allowed",
                ),
            )


def team_counties(reading: Reading) -> Iterator[Breach]:
    """In how many counties the team's units lie."""
    most = reading.problem.policy.team_counties
    for team in reading.filled:
        if len(team.counties) > most:
            yield _about(
                "team_counties",
                team,
                Text(
                    zh=f"巡察 {len(team.counties)} 个县的单位，最多 {most} 个县",
                    en=f"visits units of {len(team.counties)} counties, at most {most} may be",
                ),
            )


def per_office_max(reading: Reading) -> Iterator[Breach]:
    """How many guests one county office gives to the team."""
    most = reading.problem.policy.per_office_max
    for team in reading.filled:
        guests = {seat.person.id: seat.person.office for seat in team.guests}
        for office, number in Counter(guests.values()).items():
            if office in reading.county_ids and number > most:
                yield _about(
                    "per_office_max",
                    team,
                    Text(
                        zh=f"有{reading.office_name(office)} {number} 人，最多 {most} 人",
                        en=f"has {number} people of {reading.office_name(office)},"
                        f" at most {most} may be",
                    ),
                    office,
                )


def skills(reading: Reading) -> Iterator[Breach]:
    """Enough people with each skill that a visited unit needs."""
    for team in reading.filled:
        has = Counter(skill for person in team.people for skill in person.skills)
        for unit in team.units:
            for skill, needed in unit.skills.items():
                if has[skill] < needed:
                    yield _about(
                        "skills",
                        team,
                        Text(
                            zh=f"{unit.name}需要 {skill} 专业 {needed} 人，只有 {has[skill]} 人",
                            en=f"has {has[skill]} people with the skill {skill},"
                            f" {unit.name} needs {needed}",
                        ),
                        unit.id,
                    )


def experienced(reading: Reading) -> Iterator[Breach]:
    """Enough people who have served before."""
    least = reading.problem.policy.experienced
    for team in reading.filled:
        served = sum(person.rounds >= 1 for person in team.people)
        if served < least:
            yield _about(
                "experienced",
                team,
                Text(
                    zh=f"有巡察经历的 {served} 人，至少 {least} 人",
                    en=f"has {served} people who served before, at least {least} are needed",
                ),
            )


def availability(reading: Reading) -> Iterator[Breach]:
    """Days away among the working days of all the team's visits together."""
    most = reading.problem.policy.max_absence_days
    for team in reading.filled:
        for person in team.people:
            if not person.away:
                continue
            away = sum(
                any(absence.start <= day <= absence.end for absence in person.away)
                for day in team.working_days
            )
            if away > most:
                yield _about(
                    "availability",
                    team,
                    Text(
                        zh=f"{person.name}在巡察期间缺席 {away} 个工作日，最多 {most} 日",
                        en=f"has {person.name}, who is away on {away} of its working days,"
                        f" at most {most} may be",
                    ),
                    person.id,
                )


def recent_cap(reading: Reading) -> Iterator[Breach]:
    """Days served lately and the team's working days together."""
    cap = reading.problem.policy.recent_days_cap
    if cap is None:
        return
    for team in reading.filled:
        for person in team.people:
            total = person.recent_days + len(team.working_days)
            if total > cap:
                yield _about(
                    "recent_cap",
                    team,
                    Text(
                        zh=f"{person.name}连同本轮共 {total} 个工作日，最多 {cap} 日",
                        en=f"takes {person.name} to {total} working days in twelve months,"
                        f" at most {cap} may be",
                    ),
                    person.id,
                )


def window(reading: Reading) -> Iterator[Breach]:
    """A visit takes the unit's days, one working day after another, within its window."""
    for team in reading.filled:
        for planned in team.visits:
            reason = _misfit(reading, planned)
            if reason is not None:
                yield Breach(
                    "window",
                    (planned.unit.id, team.slot.id),
                    Text(
                        zh="{unit}的巡察（{start} 至 {end}）{reason}。",
                        en="the visit of {unit} from {start} to {end} {reason}.",
                    ).format(
                        unit=planned.unit.name,
                        start=planned.visit.start,
                        end=planned.visit.end,
                        reason=reason,
                    ),
                )


def _misfit(reading: Reading, planned: PlannedVisit) -> Text | None:
    unit, visit = planned.unit, planned.visit
    day_index = reading.problem.day_index
    for day in (visit.start, visit.end):
        if day not in day_index:
            return Text(zh=f"：{day} 不是本轮工作日", en=f"uses {day}, no working day of the round")
    days = day_index[visit.end] - day_index[visit.start] + 1
    if days != unit.days:
        return Text(
            zh=f"为 {days} 个工作日，应为 {unit.days} 个",
            en=f"takes {days} working days instead of {unit.days}",
        )
    earliest, latest = unit.window.earliest, unit.window.latest
    if earliest is not None and visit.start < earliest:
        return Text(zh=f"早于 {earliest}", en=f"starts before {earliest}")
    if latest is not None and visit.end > latest:
        return Text(zh=f"晚于 {latest}", en=f"ends after {latest}")
    return None


def overlap(reading: Reading) -> Iterator[Breach]:
    """Visits at the same time, and visits in all."""
    for team in reading.filled:
        visits = [planned.visit for planned in team.visits]
        at_once = max(
            sum(other.start <= visit.start <= other.end for other in visits) for visit in visits
        )
        if at_once > team.slot.concurrency:
            yield _about(
                "overlap",
                team,
                Text(
                    zh=f"同时巡察 {at_once} 个单位，最多 {team.slot.concurrency} 个",
                    en=f"has {at_once} visits on one day, at most {team.slot.concurrency} may be",
                ),
            )
        if team.slot.max_units is not None and len(visits) > team.slot.max_units:
            yield _about(
                "overlap",
                team,
                Text(
                    zh=f"共巡察 {len(visits)} 个单位，最多 {team.slot.max_units} 个",
                    en=f"has {len(visits)} visits, at most {team.slot.max_units} may be",
                ),
            )


def _about(code: str, team: FilledSlot, what: Text, *others: str) -> Breach:
    return Breach(
        code,
        (team.slot.id, *others),
        Text(zh="{team} 组{what}。", en="team {team} {what}.").format(team=team.slot.id, what=what),
    )
