"""Who sits together: the leader, the size, the skills, the mix of offices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kernel.law import practice
from kernel.text import Text
from scheduling.domain.problem import Problem
from scheduling.domain.rules.base import Statement, rule
from scheduling.domain.rules.sources import COLLEGE_RULE, REGULATION
from scheduling.domain.rules.statements import Demand
from scheduling.domain.vocabulary import SKILLS, said


@rule(
    "one_team",
    Text(zh="一人一组", en="One team a person"),
    kind="round",
    basis=REGULATION,
    text=Text(
        zh="一名人员在一轮巡察中只参加一个组（一次一授权）。",
        en="A person is in at most one team of the round (one round, one authorisation).",
    ),
)
def one_team(problem: Problem) -> Iterator[Statement]:
    """Binds as soon as there are two teams."""
    if len(problem.teams) > 1:
        yield Demand(
            "one_team",
            (),
            Text(zh="每人最多参加一个组。", en="Everybody is in at most one team."),
        )


@rule(
    "leader",
    Text(zh="组长、副组长", en="Leader and deputies"),
    kind="team",
    basis=(
        COLLEGE_RULE,
        practice("组长从组长库产生，组长负责制 [SEED]", "leaders come from the leader pool [SEED]"),
    ),
    text=Text(
        zh="有巡察任务的组有且只有一名组长，从组长人选中产生；副组长人数在规定范围内，从组长或副组长"
        "人选中产生。",
        en="Each team with visits has exactly one leader, from the people who may lead. The"
        " number of deputies is within the team's bounds, and each may lead or deputise.",
    ),
    numbers=("R25",),
    remedy=Text(
        zh="从市级或其他县借调组长，或并组。",
        en="Borrow a leader from the city or merge two teams.",
    ),
)
def leader(problem: Problem) -> Iterator[Statement]:
    """Bounds are the team slot's own."""
    for team in problem.teams:
        fewest, most = team.deputies
        yield Demand(
            "leader",
            (team.id,),
            Text(
                zh=f"{team.id} 组须有一名组长和 {fewest}–{most} 名副组长，均在人选范围内。",
                en=f"Team {team.id} needs one leader and {fewest} to {most} deputies who may"
                " hold the role.",
            ),
        )


@rule(
    "team_size",
    Text(zh="组员人数", en="Size of a team"),
    kind="team",
    basis=(
        COLLEGE_RULE,
        practice("交叉巡察组一般五至七人 [S14~, S37]", "cross teams of five to seven [S14~, S37]"),
    ),
    text=Text(
        zh="有巡察任务的组，人数（含组长、副组长）在规定范围内；没有任务的组不配人。",
        en="The number of people, leader and deputies included, is within the team's size. A"
        " team without visits has nobody.",
    ),
    numbers=("R24",),
    remedy=Text(
        zh="放宽该组人数范围，或并组。",
        en="Widen the size of the team, or merge two teams.",
    ),
)
def team_size(problem: Problem) -> Iterator[Statement]:
    """Sizes are the team slot's own."""
    for team in problem.teams:
        fewest, most = team.size
        yield Demand(
            "team_size",
            (team.id,),
            Text(
                zh=f"{team.id} 组有任务时须有 {fewest}–{most} 人，无任务时不配人。",
                en=f"Team {team.id} has {fewest} to {most} people, or nobody without visits.",
            ),
        )


@rule(
    "home_offices",
    Text(zh="组员来源县数", en="Mix of county offices"),
    kind="team",
    basis=practice(
        "成建制派出一县一组（漳州、北京），打散编组（咸宁） [S10~, S12, S13~]",
        "whole teams of one county (Zhangzhou, Beijing); pooled teams (Xianning) [S10~, S12, S13~]",
    ),
    text=Text(
        zh="一个组的人员（本地席位除外）来自的县级巡察机构数在 home_offices 规定的范围内："
        "[1, 1] 为成建制，[2, 99] 为混合编组。市级人员不计。",
        en="The members of a team, host seats apart, come from as many county offices as"
        " `home_offices` allows: [1, 1] sends whole teams, [2, 99] mixes them. People of the"
        " city office count for no county.",
    ),
    policy=("home_offices",),
    remedy=Text(
        zh="放宽来源县数，或改用打散重组模式。",
        en="Widen the mix, or choose the recombined mode.",
    ),
)
def home_offices(problem: Problem) -> Iterator[Statement]:
    """Between the two bounds, in each team with visits."""
    fewest, most = problem.policy.home_offices
    if fewest == 0 and most >= len(problem.counties):
        return
    for team in problem.teams:
        yield Demand(
            "home_offices",
            (team.id,),
            Text(
                zh=f"{team.id} 组的人员须来自 {fewest}–{most} 个县（本地席位、市级人员不计）。",
                en=f"Team {team.id} draws on {fewest} to {most} county offices, host seats and"
                " city people apart.",
            ),
        )


@rule(
    "team_counties",
    Text(zh="每组巡察县数", en="Counties a team visits"),
    kind="team",
    basis=practice(
        "一个组派往一个县；联动时一组托二县 [S19]", "a team goes to one county, or two [S19]"
    ),
    text=Text(
        zh="一个组巡察的单位最多分布在 team_counties 个县。",
        en="The units that a team visits lie in at most `team_counties` counties.",
    ),
    policy=("team_counties",),
    remedy=Text(
        zh="允许一个组到更多的县。",
        en="Let a team visit more counties.",
    ),
)
def team_counties(problem: Problem) -> Iterator[Statement]:
    """Binds when the units lie in more counties than that."""
    most = problem.policy.team_counties
    if most >= len(_hosts(problem)):
        return
    for team in problem.teams:
        yield Demand(
            "team_counties",
            (team.id,),
            Text(
                zh=f"{team.id} 组最多到 {most} 个县。",
                en=f"Team {team.id} visits at most {most} counties.",
            ),
        )


@rule(
    "per_office_max",
    Text(zh="同县人员上限", en="People of one county in a team"),
    kind="team",
    basis=practice("人员分散搭配，避免同出一门 [S15~]", "people are spread over the teams [S15~]"),
    text=Text(
        zh="一个组中来自同一县级巡察机构的人员（本地席位除外）不超过 per_office_max 人。",
        en="A team holds at most `per_office_max` people of one county office, host seats apart.",
    ),
    policy=("per_office_max",),
    numbers=("R27",),
    remedy=Text(
        zh="提高同县人员上限。",
        en="Allow more people of one county.",
    ),
)
def per_office_max(problem: Problem) -> Iterator[Statement]:
    """Binds when some county office lists more people than that."""
    most = problem.policy.per_office_max
    listed = Counter(inspector.office for inspector in problem.inspectors)
    if all(listed[office.id] <= most for office in problem.counties):
        return
    for team in problem.teams:
        yield Demand(
            "per_office_max",
            (team.id,),
            Text(
                zh=f"{team.id} 组中同一县的人员最多 {most} 人。",
                en=f"Team {team.id} holds at most {most} people of one county office.",
            ),
        )


@rule(
    "skills",
    Text(zh="专业需求", en="Skills that a unit needs"),
    kind="team",
    basis=practice(
        "按被巡察单位性质、业务类型、廉政风险搭配人员 [SEED]",
        "teams are matched to the unit's kind, business and integrity risk [SEED]",
    ),
    text=Text(
        zh="巡察某单位的组，具备各项所需专业的人数不少于该单位的要求；一人可以同时计入多项专业。",
        en="For each unit visited the team has the needed number of people with each skill. One"
        " person may count for several skills.",
    ),
    numbers=("R23",),
    remedy=Text(
        zh="降低该单位的专业要求，或借调专业人员。",
        en="Ask for fewer specialists, or borrow some.",
    ),
)
def skills(problem: Problem) -> Iterator[Statement]:
    """Needs are the unit's own; what it merely wants is a goal."""
    for unit in problem.units:
        needs = {skill: n for skill, n in unit.skills.items() if n > 0}
        if unit.inspectable and needs:
            zh = "、".join(f"{said(SKILLS, skill).zh} {n} 人" for skill, n in needs.items())
            en = ", ".join(f"{n} × {said(SKILLS, skill).en}" for skill, n in needs.items())
            yield Demand(
                "skills",
                (unit.id,),
                Text(
                    zh=f"巡察{unit.name}的组须具备专业人员：{zh}。",
                    en=f"A team that visits {unit.name} needs {en}.",
                ),
            )


@rule(
    "experienced",
    Text(zh="有巡察经历的人员", en="Not all newcomers"),
    kind="team",
    basis=practice("以老带新 [E]", "newcomers go with experienced people [E]"),
    text=Text(
        zh="有任务的组中，参加过巡察的人员不少于 experienced 人。",
        en="At least `experienced` people of a team have served a round before.",
    ),
    policy=("experienced",),
    numbers=("R26",),
    remedy=Text(
        zh="降低有经历人员的最低数。",
        en="Ask for fewer experienced people.",
    ),
)
def experienced(problem: Problem) -> Iterator[Statement]:
    """Binds unless the policy asks for none."""
    fewest = problem.policy.experienced
    if fewest <= 0:
        return
    for team in problem.teams:
        yield Demand(
            "experienced",
            (team.id,),
            Text(
                zh=f"{team.id} 组须有至少 {fewest} 名参加过巡察的人员。",
                en=f"Team {team.id} needs at least {fewest} who have served before.",
            ),
        )


@rule(
    "pair",
    Text(zh="不得同组", en="Not in one team together"),
    kind="team",
    basis=practice("有亲属等关系的人员不同组 [E]", "people with ties do not sit together [E]"),
    text=Text(
        zh="列明不得同组的两人，不编入同一个组。",
        en="Two people of a hard pair never share a team.",
    ),
)
def pair(problem: Problem) -> Iterator[Statement]:
    """Grouped by team, as facts about single people are."""
    if not problem.pairs:
        return
    named = [
        (problem.inspector_by_id[p.a].name, problem.inspector_by_id[p.b].name)
        for p in problem.pairs
    ]
    zh = "；".join(f"{a}与{b}" for a, b in named)
    en = "; ".join(f"{a} and {b}" for a, b in named)
    for team in problem.teams:
        yield Demand(
            "pair",
            (team.id,),
            Text(
                zh=f"{team.id} 组不得同时有：{zh}。",
                en=f"Team {team.id} may not hold both of: {en}.",
            ),
        )


def _hosts(problem: Problem) -> set[str]:
    return {unit.county for unit in problem.units if unit.inspectable}
