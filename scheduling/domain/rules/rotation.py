"""Who was where before, and which county sends to which."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kernel.law import practice
from kernel.text import Text
from scheduling.domain.problem import Problem
from scheduling.domain.rules.base import ALL_ROLES, LEADER_ONLY, Statement, rule
from scheduling.domain.rules.statements import Demand, Excluded
from scheduling.domain.rules.territory import units_by_county

RING_PRACTICE = practice(
    "循环（推磨）式交叉（漳州：芗城→长泰→华安→芗城；北京：平谷→顺义→通州） [S10~, S12]",
    "rings seen in Zhangzhou (Xiangcheng, Changtai, Hua'an) and Beijing (Pinggu, Shunyi, Tongzhou) [S10~, S12]",
)


@rule(
    "revisit",
    Text(zh="不重复巡察", en="Not the same unit again"),
    kind="person",
    basis=practice(
        "“三个不固定”：组长、人员、巡察对象不固定 [S37]",
        "the 'three not fixed' of teams and units [S37]",
    ),
    text=Text(
        zh="最近 revisit_rounds 轮内巡察过某单位的人员，不再巡察该单位；最近 revisit_rounds 轮内在某县"
        "任过组长的，不再到该县任组长。",
        en="Nobody revisits a unit that they visited within the last `revisit_rounds` rounds. No"
        " leader leads in a county where they led within as many.",
    ),
    policy=("revisit_rounds",),
    numbers=("R13",),
    remedy=Text(
        zh="缩短不重复巡察的轮次。",
        en="Look back over fewer rounds.",
    ),
)
def revisit(problem: Problem) -> Iterator[Statement]:
    """Visits bar the unit in any role; leading bars the county for the leader."""
    rounds = problem.policy.revisit_rounds
    hosts = units_by_county(problem)
    for inspector in problem.inspectors:
        for visited in inspector.visited:
            unit = problem.unit_by_id[visited.unit]
            if unit.inspectable and visited.ago <= rounds:
                because = Text(
                    zh=f"{inspector.name}前第 {visited.ago} 轮巡察过{unit.name}。",
                    en=f"{inspector.name} visited {unit.name} {visited.ago} rounds ago.",
                )
                yield Excluded("revisit", inspector.id, unit.id, ALL_ROLES, False, because)
        for led in inspector.led:
            if led.ago > rounds:
                continue
            office = problem.office_by_id[led.county].name
            because = Text(
                zh=f"{inspector.name}前第 {led.ago} 轮在{office}所在县任组长。",
                en=f"{inspector.name} led in the county of {office} {led.ago} rounds ago.",
            )
            for unit in hosts.get(led.county, []):
                yield Excluded("revisit", inspector.id, unit.id, LEADER_ONLY, False, because)


@rule(
    "office_targets",
    Text(zh="派往县数上限", en="Counties that one county sends to"),
    kind="round",
    basis=RING_PRACTICE,
    text=Text(
        zh="一个县级巡察机构的人员（本地席位除外）在本轮最多派往 office_targets 个县。",
        en="The people of one county office, host seats apart, are sent to at most"
        " `office_targets` counties.",
    ),
    policy=("office_targets",),
    remedy=Text(
        zh="允许一个县派往更多的县。",
        en="Let a county send to more counties.",
    ),
)
def office_targets(problem: Problem) -> Iterator[Statement]:
    """Binds when there are more counties to visit than that."""
    most = problem.policy.office_targets
    if most < len(_hosts(problem)):
        yield Demand(
            "office_targets",
            (),
            Text(
                zh=f"每个县的人员最多派往 {most} 个县。",
                en=f"Each county office sends its people to at most {most} counties.",
            ),
        )


@rule(
    "office_sources",
    Text(zh="来源县数上限", en="Counties that send to one county"),
    kind="round",
    basis=RING_PRACTICE,
    text=Text(
        zh="一个县最多由 office_sources 个县级巡察机构派人巡察（本地席位除外）。",
        en="At most `office_sources` county offices send people to one county, host seats apart.",
    ),
    policy=("office_sources",),
    remedy=Text(
        zh="允许更多的县派人到同一个县。",
        en="Let more counties send to one county.",
    ),
)
def office_sources(problem: Problem) -> Iterator[Statement]:
    """Binds when more county offices than that list people."""
    most = problem.policy.office_sources
    if most < len(_origins(problem)):
        yield Demand(
            "office_sources",
            (),
            Text(
                zh=f"每个县最多由 {most} 个县派人巡察。",
                en=f"Each county is visited by people of at most {most} county offices.",
            ),
        )


@rule(
    "reciprocity",
    Text(zh="不得相互巡察", en="No mutual inspection"),
    kind="round",
    basis=practice("防止互查互让 [E]", "counties that inspect each other may trade favours [E]"),
    text=Text(
        zh="甲县人员巡察乙县的，乙县人员不得在同一轮巡察甲县（本地席位除外）。政策参数 reciprocity："
        "off 不限，leaders 只看组长，members 看全体人员。",
        en="If people from A are sent to B, nobody from B is sent to A in the same round; host"
        " seats do not count. `reciprocity` says who counts: nobody (`off`), leaders"
        " (`leaders`) or everybody (`members`).",
    ),
    policy=("reciprocity",),
    numbers=("R32",),
    remedy=Text(
        zh="只限组长不得互查，或改变派出方向。",
        en="Bar only leaders from it, or change the directions.",
    ),
)
def reciprocity(problem: Problem) -> Iterator[Statement]:
    """Between two counties that both list people and both have units to visit."""
    if problem.policy.reciprocity == "off":
        return
    leaders = problem.policy.reciprocity == "leaders"
    who = Text(zh="组长" if leaders else "人员", en="leaders" if leaders else "people")
    both = _hosts(problem) & _origins(problem)
    for a, b in combinations([office for office in problem.counties if office.id in both], 2):
        yield Demand(
            "reciprocity",
            (a.id, b.id),
            Text(
                zh="{a}与{b}的{who}不得相互巡察。",
                en="{a} and {b} may not send {who} to each other.",
            ).format(a=a.name, b=b.name, who=who),
        )


@rule(
    "repeat",
    Text(zh="不重复上轮去向", en="Not the same county again"),
    kind="round",
    basis=practice(
        "轮换去向，不沿用上一轮的对应关系 [E]", "the direction of the last round changes [E]"
    ),
    text=Text(
        zh="最近 repeat_rounds 轮内甲县巡察过乙县的，本轮甲县人员不再派往乙县（本地席位除外）；"
        "reciprocity 为 leaders 时只看组长。",
        en="A county office that inspected a county within the last `repeat_rounds` rounds does"
        " not send people there again; host seats do not count, and only leaders do where"
        " `reciprocity` is `leaders`.",
    ),
    policy=("repeat_rounds", "reciprocity"),
    remedy=Text(
        zh="允许沿用以前的去向。",
        en="Allow the direction of an earlier round.",
    ),
)
def repeat(problem: Problem) -> Iterator[Statement]:
    """The latest entry of the history speaks for each direction."""
    latest: dict[tuple[str, str], int] = {}
    for sent in problem.history:
        if sent.ago <= problem.policy.repeat_rounds:
            arc = (sent.origin, sent.host)
            latest[arc] = min(sent.ago, latest.get(arc, sent.ago))
    for (origin, host), ago in latest.items():
        a, b = problem.office_by_id[origin].name, problem.office_by_id[host].name
        yield Demand(
            "repeat",
            (origin, host),
            Text(
                zh=f"{a}前第 {ago} 轮巡察过{b}，本轮不再派往。",
                en=f"{a} inspected {b} {ago} rounds ago and is not sent there again.",
            ),
        )


def _hosts(problem: Problem) -> set[str]:
    return {unit.county for unit in problem.units if unit.inspectable}


def _origins(problem: Problem) -> set[str]:
    return {inspector.office for inspector in problem.inspectors}
