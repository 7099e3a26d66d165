"""Who may not go where: office, work and place. (Kin and interest: `ties.py`.)

Each rule yields the pairs that it bars and the fact behind each. The facts are for the
person's own office and the recusal officer; everybody else is shown the rule's code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kernel.law import practice
from kernel.text import Text
from scheduling.domain.problem import Inspector, Month, Post, Problem, Unit
from scheduling.domain.rules.base import (
    ALL_ROLES,
    ROLES_IN_SCOPE,
    Statement,
    rule,
)
from scheduling.domain.rules.sources import (
    CIVIL_SERVANTS,
    REGULATION,
    REGULATION_ARTICLE_12,
    UNIVERSITY_RULE,
)
from scheduling.domain.rules.statements import Demand, Excluded
from scheduling.domain.rules.territory import UnitTree, units_by_county
from scheduling.domain.vocabulary import SYSTEMS, said


@rule(
    "own_county",
    Text(zh="属地回避", en="Not in one's own county"),
    kind="person",
    basis=(
        REGULATION,
        practice("福建等地交叉巡察属地回避 [S10~]", "territorial recusal in Fujian [S10~]"),
    ),
    text=Text(
        zh="任何人不得巡察本人所在县（市、区）的单位。政策参数 host_seats 允许时，巡察组可以留出"
        "规定数量和职务的本地席位，由被巡察县的人员担任。",
        en="Nobody visits a unit of the county of their own office. Where `host_seats` allows"
        " it, a team may hold so many people of a county that it visits, in the roles that it"
        " names.",
    ),
    policy=("host_seats",),
    numbers=("R09",),
    remedy=Text(
        zh="增设本地席位，或改用半建制、互派模式。",
        en="Allow host seats, or choose the half-unit or swap mode.",
    ),
)
def own_county(problem: Problem) -> Iterator[Statement]:
    """Barred in every role that is no host seat; how many host seats a team has is a limit."""
    seats = problem.policy.host_seats
    barred = ALL_ROLES - seats.roles if seats.max > 0 else ALL_ROLES
    hosts = units_by_county(problem)
    for inspector in problem.inspectors:
        home = hosts.get(inspector.office)
        if not home or not barred:
            continue
        office = problem.office_by_id[inspector.office].name
        because = Text(
            zh=f"{inspector.name}是{office}的人员，不巡察本县单位。",
            en=f"{inspector.name} belongs to {office}, the county of the unit.",
        )
        for unit in home:
            yield Excluded("own_county", inspector.id, unit.id, barred, False, because)
    if seats.max > 0:
        yield from _host_seat_limits(problem, seats.max)


def _host_seat_limits(problem: Problem, most: int) -> Iterator[Demand]:
    staffed = {inspector.office for inspector in problem.inspectors}
    for unit in problem.units:
        if unit.inspectable and unit.county in staffed:
            office = problem.office_by_id[unit.county].name
            yield Demand(
                "own_county",
                (unit.id,),
                Text(
                    zh=f"巡察{unit.name}的组最多有{office}的本地席位 {most} 个。",
                    en=f"A team that visits {unit.name} holds at most {most} of {office}.",
                ),
            )


@rule(
    "own_unit",
    Text(zh="任职回避（现单位）", en="Not one's own employer"),
    kind="person",
    basis=(REGULATION_ARTICLE_12, UNIVERSITY_RULE),
    text=Text(
        zh="任何人不得巡察本人现工作单位，也不得巡察其各级上级主管单位和各级下属单位；本地席位同样适用。",
        en="Nobody visits their own employer, nor a body above or below it at any depth. Host"
        " seats are no exception.",
    ),
    numbers=("R01",),
)
def own_unit(problem: Problem) -> Iterator[Statement]:
    """The employer is the one that the roster gives today."""
    tree = UnitTree(problem)
    for inspector in problem.inspectors:
        home = inspector.home_unit
        if home is None or home not in problem.unit_by_id:
            continue
        name = problem.unit_by_id[home].name
        related = {unit.id: unit for unit in (*tree.at_or_below(home), *tree.above(home))}
        for unit in related.values():
            yield _barred(
                "own_unit",
                inspector,
                unit,
                Text(
                    zh=f"{inspector.name}现在{name}工作。",
                    en=f"{inspector.name} works at {name}.",
                ),
            )


@rule(
    "system",
    Text(zh="系统回避", en="Not in one's own line of business"),
    kind="person",
    basis=practice("福建实行的系统回避 [S10~]", "system recusal in Fujian [S10~]"),
    text=Text(
        zh="不得巡察本人所在系统（如教育、卫生）的单位。政策参数 system 决定适用范围："
        "off 不适用，leaders 适用于组长、副组长，all 适用于全体。",
        en="Nobody visits a unit of the system (education, health, …) that they work in."
        " `system` says whom it binds: nobody (`off`), leader and deputies (`leaders`) or"
        " everybody (`all`).",
    ),
    policy=("system",),
    numbers=("R12",),
    remedy=Text(
        zh="将系统回避的适用范围改为组长、副组长，或由领导审定。",
        en="Let system recusal bind leader and deputies only.",
    ),
)
def system(problem: Problem) -> Iterator[Statement]:
    """Systems are compared by their code."""
    roles = ROLES_IN_SCOPE[problem.policy.system]
    if not roles:
        return
    units: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in problem.units:
        if unit.inspectable and unit.system is not None:
            units[unit.system].append(unit)
    for inspector in problem.inspectors:
        if inspector.system is None or inspector.system not in units:
            continue
        because = Text(
            zh="{name}与该单位同属{system}系统。",
            en="{name} works in the unit's own system: {system}.",
        ).format(name=inspector.name, system=said(SYSTEMS, inspector.system))
        for unit in units[inspector.system]:
            yield Excluded("system", inspector.id, unit.id, roles, False, because)


@rule(
    "native_place",
    Text(zh="地域回避", en="Not where one was born or grew up"),
    kind="person",
    basis=(CIVIL_SERVANTS, practice("参数细化到县级 [E]", "its parameter is the county [E]")),
    text=Text(
        zh="不得巡察籍贯地、成长地所在县（市、区）的单位，本地席位除外。政策参数 native 决定适用范围："
        "off 不适用，leaders 适用于组长、副组长，all 适用于全体。",
        en="Nobody visits a unit of the county where they were born or grew up; a host seat is"
        " exempt. `native` says whom it binds: nobody (`off`), leader and deputies (`leaders`)"
        " or everybody (`all`).",
    ),
    policy=("native",),
    numbers=("R10",),
    remedy=Text(
        zh="将地域回避的适用范围改为组长、副组长。",
        en="Let territorial recusal bind leader and deputies only.",
    ),
)
def native_place(problem: Problem) -> Iterator[Statement]:
    """A place is a county office's id; any other words bar nothing."""
    roles = ROLES_IN_SCOPE[problem.policy.native]
    if not roles:
        return
    hosts = units_by_county(problem)
    for inspector in problem.inspectors:
        for county in dict.fromkeys((inspector.native, inspector.grew_up)):
            if county is None or county not in hosts:
                continue
            because = _comes_from(problem, inspector, county)
            for unit in hosts[county]:
                yield Excluded("native_place", inspector.id, unit.id, roles, True, because)


def _comes_from(problem: Problem, inspector: Inspector, county: str) -> Text:
    office = problem.office_by_id[county].name
    if inspector.native == county:
        return Text(
            zh=f"{inspector.name}的籍贯在{office}所在县。",
            en=f"{inspector.name} was born in the county of {office}.",
        )
    return Text(
        zh=f"{inspector.name}在{office}所在县长大。",
        en=f"{inspector.name} grew up in the county of {office}.",
    )


@rule(
    "former_post",
    Text(zh="任职回避（原单位）", en="Not a former employer"),
    kind="person",
    basis=(
        UNIVERSITY_RULE,
        practice(
            "福建有组长因曾在当地工作而调整 [S10~]",
            "a leader in Fujian was moved for past work there [S10~]",
        ),
        practice(
            "由组长、副组长扩大到全体成员 [E]", "extended from leaders to everybody in a team [E]"
        ),
    ),
    text=Text(
        zh="不得巡察现任职或离任不满 former_post_years 年的单位及其各级下属单位；在某单位累计任职满 "
        "former_post_total_years 年的，不论离任多久都不得巡察；在县级巡察机构任职的，同样期限内"
        "不得巡察该县单位（本地席位除外）。按月计算，不计日。",
        en="Nobody visits a unit where they hold a post, or held one that ended less than"
        " `former_post_years` years before the round, nor a unit below it. Posts at one unit"
        " that add up to `former_post_total_years` bar it however long ago. A post at a county"
        " office bars that whole county for as long; there a host seat is exempt. Months count,"
        " days do not.",
    ),
    policy=("former_post_years", "former_post_total_years"),
    numbers=("R02", "R11"),
)
def former_post(problem: Problem) -> Iterator[Statement]:
    """Recent posts, then long ones."""
    tree = UnitTree(problem)
    hosts = units_by_county(problem)
    for inspector in problem.inspectors:
        for post in inspector.posts:
            if _is_recent(problem, post):
                yield from _recent_post(problem, inspector, post, tree, hosts)
        yield from _long_service(problem, inspector, tree)


def _is_recent(problem: Problem, post: Post) -> bool:
    if post.end is None:
        return True
    months_since = Month.of(problem.round.start).index - post.end.index
    return months_since < 12 * problem.policy.former_post_years


def _recent_post(
    problem: Problem,
    inspector: Inspector,
    post: Post,
    tree: UnitTree,
    hosts: dict[str, list[Unit]],
) -> Iterator[Excluded]:
    if post.unit is not None:
        because = _held(inspector, problem.unit_by_id[post.unit].name, post)
        for unit in tree.at_or_below(post.unit):
            yield _barred("former_post", inspector, unit, because)
    elif post.office is not None:
        because = _held(inspector, problem.office_by_id[post.office].name, post)
        for unit in hosts.get(post.office, []):
            yield Excluded("former_post", inspector.id, unit.id, ALL_ROLES, True, because)


def _held(inspector: Inspector, body: str, post: Post) -> Text:
    if post.end is None:
        return Text(
            zh=f"{inspector.name}自 {post.start} 起在{body}任职。",
            en=f"{inspector.name} has held a post at {body} since {post.start}.",
        )
    return Text(
        zh=f"{inspector.name}在{body}任职至 {post.end}。",
        en=f"{inspector.name} held a post at {body} until {post.end}.",
    )


def _long_service(problem: Problem, inspector: Inspector, tree: UnitTree) -> Iterator[Excluded]:
    years = problem.policy.former_post_total_years
    if years is None:
        return
    opening = Month.of(problem.round.start)
    months: defaultdict[str, int] = defaultdict(int)
    for post in inspector.posts:
        if post.unit is not None:
            months[post.unit] += (post.end or opening).index - post.start.index + 1
    for unit_id, served in months.items():
        if served < 12 * years:
            continue
        name = problem.unit_by_id[unit_id].name
        because = Text(
            zh=f"{inspector.name}在{name}累计任职 {served} 个月。",
            en=f"{inspector.name} served {served} months at {name} in all.",
        )
        for unit in tree.at_or_below(unit_id):
            yield _barred("former_post", inspector, unit, because)


def _barred(code: str, inspector: Inspector, unit: Unit, because: Text) -> Excluded:
    return Excluded(code, inspector.id, unit.id, ALL_ROLES, False, because)
