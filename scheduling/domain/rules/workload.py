"""How much is asked of people and of their employers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kernel.law import practice
from kernel.text import Text
from scheduling.domain.problem import Problem
from scheduling.domain.rules.base import Statement, rule
from scheduling.domain.rules.statements import Demand


@rule(
    "availability",
    Text(zh="请假与冲突", en="Present for the visits"),
    kind="team",
    basis=practice(
        "抽调期间脱产，请假须批准 [SEED]",
        "secondees are fully released; leave needs approval [SEED]",
    ),
    text=Text(
        zh="组内每名人员在本组各次驻点工作日（合并计算）中的缺勤不超过 max_absence_days 个工作日。",
        en="Nobody in a team is away for more than `max_absence_days` working days within the"
        " union of the team's visits.",
    ),
    policy=("max_absence_days",),
    numbers=("R21",),
    remedy=Text(
        zh="与本人协商调整请假，或允许少量缺勤。",
        en="Move the leave, or allow a few days of absence.",
    ),
)
def availability(problem: Problem) -> Iterator[Statement]:
    """Binds when anybody is away at all."""
    away = [inspector.name for inspector in problem.inspectors if inspector.away]
    if not away:
        return
    most = problem.policy.max_absence_days
    for team in problem.teams:
        yield Demand(
            "availability",
            (team.id,),
            Text(
                zh=f"{team.id} 组驻点期间，每人缺勤不超过 {most} 个工作日（{len(away)} 人登记了请假）。",
                en=f"Nobody in team {team.id} is away for more than {most} working days of its"
                f" visits ({len(away)} people have listed leave).",
            ),
        )


@rule(
    "recent_cap",
    Text(zh="个人工作量上限", en="Cap on recent service"),
    kind="team",
    basis=practice("按年度控制抽调工作量 [E]", "secondment is limited by the year [E]"),
    text=Text(
        zh="近十二个月已参加巡察的工作日加上本轮本组驻点工作日，不超过 recent_days_cap。",
        en="Nobody's working days served in the last twelve months, plus those of the team's"
        " visits, exceed `recent_days_cap`.",
    ),
    policy=("recent_days_cap",),
    numbers=("R22",),
    remedy=Text(
        zh="提高个人工作量上限，或换人。",
        en="Raise the cap, or send others.",
    ),
)
def recent_cap(problem: Problem) -> Iterator[Statement]:
    """Binds when the policy names a cap."""
    cap = problem.policy.recent_days_cap
    if cap is None:
        return
    for team in problem.teams:
        yield Demand(
            "recent_cap",
            (team.id,),
            Text(
                zh=f"{team.id} 组每人近一年工作日加本轮驻点日不超过 {cap} 天。",
                en=f"Nobody in team {team.id} passes {cap} working days, this round included.",
            ),
        )


@rule(
    "home_unit_quota",
    Text(zh="单位抽调限额", en="Quota of one employer"),
    kind="round",
    basis=practice(
        "按单位规模限定抽调人数（大理等地） [S28~]", "quota by the employer's size (Dali) [S28~]"
    ),
    text=Text(
        zh="同一工作单位的人员，在各组中合计不超过 home_unit_quota 人。",
        en="All teams together hold at most `home_unit_quota` people of one employer.",
    ),
    policy=("home_unit_quota",),
    numbers=("R22", "R27"),
    remedy=Text(
        zh="与派出单位协商提高抽调限额。",
        en="Agree on a higher quota with the employer.",
    ),
)
def home_unit_quota(problem: Problem) -> Iterator[Statement]:
    """Binds when an employer lists more people than that."""
    quota = problem.policy.home_unit_quota
    listed = Counter(i.home_unit for i in problem.inspectors if i.home_unit is not None)
    crowded = [home for home, people in listed.items() if people > quota]
    if not crowded:
        return
    names = [problem.unit_by_id[h].name if h in problem.unit_by_id else h for h in crowded]
    yield Demand(
        "home_unit_quota",
        (),
        Text(
            zh=f"每个工作单位最多抽调 {quota} 人；人数超过的单位：{'、'.join(names)}。",
            en=f"At most {quota} people of one employer serve; more are listed by"
            f" {', '.join(names)}.",
        ),
    )
