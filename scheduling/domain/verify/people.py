"""Who may not go where: the rules about one person and one unit, stated a second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kernel.text import Text
from scheduling.domain.problem import Inspector, Post, Role, RoleScope, Unit
from scheduling.domain.verify.reading import ROLE_WORDS, Breach, Reading, Seat

CLOSE_KIN = frozenset({"spouse", "parent", "child", "sibling", "in_law"})
POSITIONS_OF_WEIGHT = frozenset({"head", "leadership"})


def own_county(reading: Reading) -> Iterator[Breach]:
    """Only so many people, and only in the roles that `host_seats` names."""
    host_seats = reading.problem.policy.host_seats
    allowed = host_seats.roles if host_seats.max > 0 else frozenset[Role]()
    for team in reading.filled:
        at_home = Counter(person.office for person in team.people if person.office in team.counties)
        for seat in team.seats:
            if seat.is_host and seat.role not in allowed:
                for unit in team.units:
                    if unit.county == seat.person.office:
                        yield _at_home(reading, seat, unit)
        for county, number in at_home.items():
            if number > host_seats.max > 0:
                yield Breach(
                    "own_county",
                    (team.slot.id, county),
                    Text(
                        zh="{team} 组有{county}的本地席位 {number} 个，最多 {most} 个。",
                        en="team {team} holds {number} people of {county}, which it visits;"
                        " at most {most} may be.",
                    ).format(
                        team=team.slot.id,
                        county=reading.office_name(county),
                        number=number,
                        most=host_seats.max,
                    ),
                )


def _at_home(reading: Reading, seat: Seat, unit: Unit) -> Breach:
    office = reading.office_name(unit.county)
    return _barred(
        "own_county",
        seat,
        unit,
        Text(
            zh=f"该单位属于本人所在的{office}，且{ROLE_WORDS[seat.role].zh}不在本地席位之列",
            en=f"a unit of their own county ({office}), and a {seat.role} is on no host seat",
        ),
    )


def own_unit(reading: Reading) -> Iterator[Breach]:
    """The employer, and what stands above or below it."""
    for _, seat, unit in reading.encounters:
        home = seat.person.home_unit
        if home is None or home not in reading.problem.unit_by_id:
            continue
        if home == unit.id:
            yield _barred("own_unit", seat, unit, Text(zh="本人在该单位工作", en="their employer"))
        elif home in reading.above(unit.id):
            yield _barred(
                "own_unit",
                seat,
                unit,
                Text(zh="该单位隶属于本人所在单位", en="a unit under their employer"),
            )
        elif unit.id in reading.above(home):
            yield _barred(
                "own_unit",
                seat,
                unit,
                Text(zh="该单位是本人所在单位的上级", en="a unit above their employer"),
            )


def system(reading: Reading) -> Iterator[Breach]:
    """Not in the line of business that one works in."""
    scope = reading.problem.policy.system
    for _, seat, unit in reading.encounters:
        same = unit.system is not None and unit.system == seat.person.system
        if same and _binds(scope, seat.role):
            yield _barred(
                "system",
                seat,
                unit,
                Text(zh=f"同属 {unit.system} 系统", en=f"a unit of their system, {unit.system}"),
            )


def native_place(reading: Reading) -> Iterator[Breach]:
    """Not where one was born or grew up, host seats apart."""
    scope = reading.problem.policy.native
    for _, seat, unit in reading.encounters:
        if seat.is_host or not _binds(scope, seat.role):
            continue
        if unit.county in (seat.person.native, seat.person.grew_up):
            yield _barred(
                "native_place",
                seat,
                unit,
                Text(
                    zh="该单位在本人籍贯地或成长地",
                    en="a unit of the county where they were born or grew up",
                ),
            )


def former_post(reading: Reading) -> Iterator[Breach]:
    """Not where one holds or lately held a post, nor below; long service bars for ever."""
    for _, seat, unit in reading.encounters:
        barring = {unit.id, *reading.above(unit.id)}
        recent = [post for post in seat.person.posts if _is_recent(reading, post)]
        if any(post.unit in barring for post in recent):
            reason = Text(
                zh="本人现任职或不久前任职于该单位或其上级",
                en="where, or above which, they hold a post or held one too recently",
            )
        elif _served_long(reading, seat.person, barring):
            reason = Text(
                zh="本人在该单位或其上级累计任职时间较长",
                en="where, or above which, their posts add up to too long a time",
            )
        elif not seat.is_host and any(post.office == unit.county for post in recent):
            reason = Text(
                zh="本人现任职或不久前任职于该县巡察机构",
                en="in whose county office they hold a post or held one too recently",
            )
        else:
            continue
        yield _barred("former_post", seat, unit, reason)


def _is_recent(reading: Reading, post: Post) -> bool:
    if post.end is None:
        return True
    start = reading.problem.round.start
    months = 12 * (start.year - post.end.year) + (start.month - post.end.month)
    return months < 12 * reading.problem.policy.former_post_years


def _served_long(reading: Reading, person: Inspector, units: set[str]) -> bool:
    years = reading.problem.policy.former_post_total_years
    if years is None:
        return False
    start = reading.problem.round.start
    months: Counter[str] = Counter()
    for post in person.posts:
        if post.unit is not None and post.unit in units:
            year, month = (
                (start.year, start.month) if post.end is None else (post.end.year, post.end.month)
            )
            months[post.unit] += 12 * (year - post.start.year) + month - post.start.month + 1
    return any(served >= 12 * years for served in months.values())


def relative(reading: Reading) -> Iterator[Breach]:
    """Not where close kin work, nor where any kin are in charge."""
    for _, seat, unit in reading.encounters:
        for kin in seat.person.relatives:
            bars = kin.relation in CLOSE_KIN or kin.position in POSITIONS_OF_WEIGHT
            if bars and (kin.unit == unit.id or kin.office == unit.county):
                yield _barred(
                    "relative",
                    seat,
                    unit,
                    Text(
                        zh="本人有应回避的亲属在该单位或该县巡察机构任职",
                        en="where, or in whose county office, a relative works",
                    ),
                )
                break


def interest(reading: Reading) -> Iterator[Breach]:
    """Not where one has an economic interest."""
    for _, seat, unit in reading.encounters:
        if unit.id in seat.person.interests:
            yield _barred(
                "interest",
                seat,
                unit,
                Text(zh="本人与该单位有利害关系", en="in which they have an economic interest"),
            )


def declared(reading: Reading) -> Iterator[Breach]:
    """Not where a hard conflict is declared, in the roles that it names; some spare hosts."""
    for _, seat, unit in reading.encounters:
        for entry in reading.problem.declared_of.get(seat.person.id, ()):
            if (
                entry.severity == "hard"
                and seat.role in entry.roles
                and (entry.unit == unit.id or entry.office == unit.county)
                and not (entry.unless_host and seat.is_host)
            ):
                yield _barred(
                    "declared",
                    seat,
                    unit,
                    Text(
                        zh=f"已申报或认定回避：{entry.kind}",
                        en=f"where a conflict is declared: {entry.kind}",
                    ),
                )
                break


def revisit(reading: Reading) -> Iterator[Breach]:
    """Not the unit that one visited, nor as a leader the county where one led, lately."""
    rounds = reading.problem.policy.revisit_rounds
    for _, seat, unit in reading.encounters:
        if any(past.unit == unit.id and past.ago <= rounds for past in seat.person.visited):
            yield _barred(
                "revisit",
                seat,
                unit,
                Text(zh="本人近几轮巡察过该单位", en="which they visited too few rounds ago"),
            )
        elif seat.role == "leader" and any(
            past.county == unit.county and past.ago <= rounds for past in seat.person.led
        ):
            yield _barred(
                "revisit",
                seat,
                unit,
                Text(
                    zh="本人近几轮在该县任过组长",
                    en="in a county where they led too few rounds ago",
                ),
            )


def _binds(scope: RoleScope, role: Role) -> bool:
    return scope == "all" or (scope == "leaders" and role in ("leader", "deputy"))


def _barred(code: str, seat: Seat, unit: Unit, reason: Text) -> Breach:
    message = Text(
        zh="{person}（{role}）不得巡察{unit}：{reason}。",
        en="{person} ({role}) visits {unit}, {reason}.",
    )
    return Breach(
        code,
        (seat.person.id, unit.id),
        message.format(
            person=seat.person.name, role=ROLE_WORDS[seat.role], unit=unit.name, reason=reason
        ),
    )
