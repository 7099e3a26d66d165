"""Worked cases: for each rule a plan that it refuses, and the nearest one that it allows.

They are printed in the rule book and run by the tests. All start from one small round: team
*red* (吴 and 王 of West, 蔡 of the city) inspects the school in East on its first three days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kernel.text import Text
from scheduling.domain.problem import (
    Away,
    Declared,
    HostSeats,
    Inspector,
    Month,
    Office,
    Pair,
    PinPerson,
    Post,
    Problem,
    Relative,
    Round,
    Schedule,
    Sent,
    Team,
    TeamSlot,
    Unit,
    Visit,
    Visited,
    Window,
)

CALENDAR = tuple(date(2026, 3, number) for number in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13))


@dataclass(frozen=True)
class Scene:
    """A plan, the round that it is for, and what is notable about it."""

    text: Text
    problem: Problem
    plan: Schedule


@dataclass(frozen=True)
class WorkedCase:
    """The two plans differ in what their sentences say, and in nothing else."""

    refused: Scene
    allowed: Scene


def _person(name: str, zh: str, office: str, **facts: Any) -> Inspector:
    usual: dict[str, Any] = {
        "leader": False,
        "deputy": False,
        "skills": frozenset(),
        "rounds": 1,
        "recent_days": 0,
    }
    return Inspector(id=name, name=zh, office=office, **{**usual, **facts})


def _unit(name: str, zh: str, county: str, **facts: Any) -> Unit:
    usual: dict[str, Any] = {
        "kind": "department",
        "risk": 3,
        "days": 3,
        "mandatory": False,
        "priority": 10,
    }
    return Unit(id=name, name=zh, county=county, **{**usual, **facts})


_PEOPLE = (
    _person("chen", "陈", "city", leader=True),
    _person("cai", "蔡", "city"),
    _person("lin", "林", "east", leader=True),
    _person("lei", "雷", "east"),
    _person("wu", "吴", "west", leader=True),
    _person("wang", "王", "west", deputy=True),
    _person("wen", "文", "west"),
    _person("nie", "聂", "north", leader=True),
    _person("ning", "宁", "north"),
)
_UNITS = (
    _unit("bureau", "东县教育局", "east", system="education", inspectable=False),
    _unit("school", "东县中学", "east", system="education", parent="bureau", mandatory=True),
    _unit("library", "东县图书馆", "east"),
    _unit("hospital", "西县医院", "west"),
    _unit("harbour", "北县港务局", "north"),
)
_ROUND = Problem(
    round=Round("spring", "春季轮次", date(2026, 3, 1), date(2026, 3, 15)),
    calendar=CALENDAR,
    offices=(
        Office("city", "市委巡察办", "city", (122.1, 30.0)),
        Office("east", "东县巡察办", "county", (122.3, 29.9)),
        Office("west", "西县巡察办", "county", (122.0, 30.1)),
        Office("north", "北县巡察办", "county", (122.4, 30.7)),
    ),
    units=_UNITS,
    inspectors=_PEOPLE,
    teams=(TeamSlot("red", (3, 4), (1, 1)), TeamSlot("blue", (2, 4), (0, 1))),
)


def _visit(unit: str, first: int = 1) -> Visit:
    """Three days from the round's working day of that number."""
    return Visit(unit, CALENDAR[first - 1], CALENDAR[first + 1])


_RED = Team("red", "wu", ("wang",), ("cai",), (_visit("school"),))


def _plan(*others: Team, **red: Any) -> Schedule:
    return Schedule((replace(_RED, **red), *others))


def _blue(leader: str, member: str, unit: str) -> Team:
    return Team("blue", leader, (), (member,), (_visit(unit),))


def _with(
    people: Mapping[str, Mapping[str, Any]] | None = None,
    units: Mapping[str, Mapping[str, Any]] | None = None,
    policy: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Problem:
    """The round with some facts changed."""
    return replace(
        _ROUND,
        inspectors=tuple(replace(i, **(people or {}).get(i.id, {})) for i in _PEOPLE),
        units=tuple(replace(u, **(units or {}).get(u.id, {})) for u in _UNITS),
        policy=replace(_ROUND.policy, **(policy or {})),
        **fields,
    )


def _scene(zh: str, en: str, problem: Problem = _ROUND, plan: Schedule | None = None) -> Scene:
    return Scene(Text(zh=zh, en=en), problem, plan or _plan())


CASES: dict[str, WorkedCase] = {
    "coverage": WorkedCase(
        _scene(
            "西县医院列为必巡，方案中没有组去。",
            "The hospital in West is mandatory, and no team visits it.",
            _with(units={"hospital": {"mandatory": True}}),
        ),
        _scene("西县医院不是必巡单位，没有组去。", "The hospital is optional and left out."),
    ),
    "own_county": WorkedCase(
        _scene(
            "东县巡察办的林随红组巡察东县中学。",
            "Lin of the East office visits the school in East.",
            plan=_plan(members=("cai", "lin")),
        ),
        _scene(
            "同上，但政策允许一个本地席位，由组员担任。",
            "The same, where the policy grants one host seat to a member.",
            _with(policy={"host_seats": HostSeats(1, frozenset({"member"}))}),
            _plan(members=("cai", "lin")),
        ),
    ),
    "own_unit": WorkedCase(
        _scene(
            "蔡在东县教育局工作，东县中学隶属教育局。",
            "Cai works at the education bureau of East, which is above the school.",
            _with(people={"cai": {"home_unit": "bureau"}}),
        ),
        _scene(
            "蔡在北县港务局工作。",
            "Cai works at the harbour of North.",
            _with(people={"cai": {"home_unit": "harbour"}}),
        ),
    ),
    "system": WorkedCase(
        _scene(
            "组长吴在教育系统工作，去巡察中学；政策为 leaders。",
            "Wu, the leader, works in education and visits a school; the policy says `leaders`.",
            _with(people={"wu": {"system": "education"}}),
        ),
        _scene(
            "在教育系统工作的是组员蔡。",
            "It is Cai, a member, who works in education.",
            _with(people={"cai": {"system": "education"}}),
        ),
    ),
    "native_place": WorkedCase(
        _scene(
            "蔡的籍贯在东县。", "Cai was born in East.", _with(people={"cai": {"native": "east"}})
        ),
        _scene(
            "蔡的籍贯在北县。", "Cai was born in North.", _with(people={"cai": {"native": "north"}})
        ),
    ),
    "former_post": WorkedCase(
        _scene(
            "王 2023 年 4 月离开东县中学，不满三年（轮次始于 2026 年 3 月）。",
            "Wang left the school in April 2023; the round begins in March 2026, within 3 years.",
            _with(people={"wang": {"posts": (Post(Month(2022, 9), Month(2023, 4), "school"),)}}),
        ),
        _scene(
            "王 2023 年 3 月离开东县中学，已满三年。",
            "Wang left it in March 2023: three years are full.",
            _with(people={"wang": {"posts": (Post(Month(2022, 9), Month(2023, 3), "school"),)}}),
        ),
    ),
    "relative": WorkedCase(
        _scene(
            "吴配偶的兄弟是东县中学班子成员（近姻亲）。",
            "The brother of Wu's spouse is in the leadership of the school: an in-law.",
            _with(people={"wu": {"relatives": (Relative("in_law", "leadership", "school"),)}}),
        ),
        _scene(
            "蔡的表亲是东县中学一般工作人员（只计软性成本）。",
            "A cousin of Cai is on the staff of the school: no bar, but a cost.",
            _with(people={"cai": {"relatives": (Relative("other", "staff", "school"),)}}),
        ),
    ),
    "interest": WorkedCase(
        _scene(
            "蔡与东县中学有经济利害关系。",
            "Cai has an economic interest in the school.",
            _with(people={"cai": {"interests": ("school",)}}),
        ),
        _scene(
            "利害关系在北县港务局。",
            "The interest is in the harbour of North.",
            _with(people={"cai": {"interests": ("harbour",)}}),
        ),
    ),
    "declared": WorkedCase(
        _scene(
            "认定吴不得任东县中学的组长。",
            "It was decided that Wu may not lead at the school.",
            _with(
                declared=(
                    Declared("wu", "objection", "hard", "school", roles=frozenset({"leader"})),
                )
            ),
        ),
        _scene(
            "同样的认定针对王，王任副组长。",
            "The same was decided about Wang, who deputises.",
            _with(
                declared=(
                    Declared("wang", "objection", "hard", "school", roles=frozenset({"leader"})),
                )
            ),
        ),
    ),
    "revisit": WorkedCase(
        _scene(
            "王前第二轮巡察过东县中学（政策：两轮）。",
            "Wang visited the school two rounds ago; the policy looks back two.",
            _with(people={"wang": {"visited": (Visited("school", 2),)}}),
        ),
        _scene(
            "王前第三轮巡察过东县中学。",
            "Wang visited it three rounds ago.",
            _with(people={"wang": {"visited": (Visited("school", 3),)}}),
        ),
    ),
    "pair": WorkedCase(
        _scene(
            "吴与蔡列为不得同组。",
            "Wu and Cai are a pair that may not share a team.",
            _with(pairs=(Pair("wu", "cai", "kin"),)),
        ),
        _scene(
            "吴与宁列为不得同组，宁不在本组。",
            "Wu and Ning are such a pair; Ning is not in the team.",
            _with(pairs=(Pair("wu", "ning", "kin"),)),
        ),
    ),
    "one_team": WorkedCase(
        _scene(
            "蔡同时在红组和蓝组。",
            "Cai is in team red and in team blue.",
            plan=_plan(_blue("nie", "cai", "hospital")),
        ),
        _scene(
            "蓝组由聂和宁组成。",
            "Team blue is Nie and Ning.",
            plan=_plan(_blue("nie", "ning", "hospital")),
        ),
    ),
    "leader": WorkedCase(
        _scene(
            "红组由文任组长，文不在组长人选中。",
            "Wen leads team red and is not among those who may.",
            plan=_plan(leader="wen"),
        ),
        _scene("吴任组长，吴在组长人选中。", "Wu leads, who may."),
    ),
    "team_size": WorkedCase(
        _scene(
            "红组只有吴和王，至少应有三人。",
            "Team red is Wu and Wang; three are the least.",
            plan=_plan(members=()),
        ),
        _scene("红组有吴、王、蔡三人。", "Team red is Wu, Wang and Cai."),
    ),
    "skills": WorkedCase(
        _scene(
            "东县中学须有一名财务人员，组内没有。",
            "The school needs somebody for finance, and the team has nobody.",
            _with(units={"school": {"skills": {"finance": 1}}}),
        ),
        _scene(
            "王具备财务专长。",
            "Wang has finance.",
            _with(
                people={"wang": {"skills": frozenset({"finance"})}},
                units={"school": {"skills": {"finance": 1}}},
            ),
        ),
    ),
    "experienced": WorkedCase(
        _scene(
            "须有两人参加过巡察，组内只有吴。",
            "Two must have served before, and only Wu has.",
            _with({"wang": {"rounds": 0}, "cai": {"rounds": 0}}, policy={"experienced": 2}),
        ),
        _scene(
            "吴、王都参加过。",
            "Wu and Wang have.",
            _with({"cai": {"rounds": 0}}, policy={"experienced": 2}),
        ),
    ),
    "home_offices": WorkedCase(
        _scene(
            "混合编组要求来自两个县以上，红组只有西县（市级不计）。",
            "A mix of two counties is asked; the team has West only, for the city counts for none.",
            _with(policy={"home_offices": (2, 99)}),
        ),
        _scene(
            "加入北县的宁。",
            "Ning of North joins.",
            _with(policy={"home_offices": (2, 99)}),
            _plan(members=("cai", "ning")),
        ),
    ),
    "team_counties": WorkedCase(
        _scene(
            "红组先去东县中学，再去北县港务局；政策为一组一县。",
            "Team red visits the school in East, then the harbour in North; one county is allowed.",
            plan=_plan(visits=(_visit("school"), _visit("harbour", 4))),
        ),
        _scene(
            "红组先去东县中学，再去东县图书馆。",
            "Team red visits the school, then the library, both in East.",
            plan=_plan(visits=(_visit("school"), _visit("library", 4))),
        ),
    ),
    "per_office_max": WorkedCase(
        _scene(
            "每组同县最多一人，红组有西县的吴和王。",
            "One person of a county is allowed in a team; Wu and Wang are both of West.",
            _with(policy={"per_office_max": 1}),
        ),
        _scene("每组同县最多两人。", "Two are allowed.", _with(policy={"per_office_max": 2})),
    ),
    "home_unit_quota": WorkedCase(
        _scene(
            "红组三人同属一个单位，限额两人。",
            "All three of team red have one employer; its quota is two.",
            _with({name: {"home_unit": "市税务局"} for name in ("wu", "wang", "cai")}),
        ),
        _scene(
            "其中两人同属一个单位。",
            "Two of them have.",
            _with({name: {"home_unit": "市税务局"} for name in ("wu", "wang")}),
        ),
    ),
    "availability": WorkedCase(
        _scene(
            "蔡在驻点第二天请假。",
            "Cai is away on the second day of the visit.",
            _with({"cai": {"away": (Away(CALENDAR[1], CALENDAR[1]),)}}),
        ),
        _scene(
            "蔡在驻点结束后第一天请假。",
            "Cai is away on the day after it.",
            _with({"cai": {"away": (Away(CALENDAR[3], CALENDAR[3]),)}}),
        ),
    ),
    "recent_cap": WorkedCase(
        _scene(
            "上限 20 天；蔡近一年已 18 天，本轮 3 天。",
            "The cap is 20 days; Cai has served 18 and would serve 3.",
            _with({"cai": {"recent_days": 18}}, policy={"recent_days_cap": 20}),
        ),
        _scene(
            "蔡近一年已 17 天。",
            "Cai has served 17.",
            _with({"cai": {"recent_days": 17}}, policy={"recent_days_cap": 20}),
        ),
    ),
    "office_targets": WorkedCase(
        _scene(
            "一县只派往一县，西县人员去了东县和北县。",
            "A county sends to one county only, and people of West go to East and to North.",
            _with(policy={"office_targets": 1}),
            _plan(_blue("chen", "wen", "harbour")),
        ),
        _scene(
            "去北县的是东县的雷。",
            "It is Lei of East who goes to North.",
            _with(policy={"office_targets": 1}),
            _plan(_blue("chen", "lei", "harbour")),
        ),
    ),
    "office_sources": WorkedCase(
        _scene(
            "一县只由一县派人，西县和北县都有人到东县。",
            "One county sends to a county, and both West and North send to East.",
            _with(policy={"office_sources": 1}),
            _plan(members=("cai", "ning")),
        ),
        _scene(
            "到东县的只有西县和市级人员。",
            "Only West, and the city, send to East.",
            _with(policy={"office_sources": 1}),
        ),
    ),
    "reciprocity": WorkedCase(
        _scene(
            "西县人员巡察东县，东县人员同时巡察西县。",
            "West inspects East while people of East inspect West.",
            plan=_plan(_blue("lin", "lei", "hospital")),
        ),
        _scene(
            "巡察西县的是北县人员。",
            "It is North that inspects West.",
            plan=_plan(_blue("nie", "ning", "hospital")),
        ),
    ),
    "repeat": WorkedCase(
        _scene(
            "上一轮西县巡察过东县（政策：一轮）。",
            "West inspected East in the last round; the policy looks back one.",
            _with(policy={"repeat_rounds": 1}, history=(Sent("west", "east", 1),)),
        ),
        _scene(
            "前第二轮巡察过。",
            "It did two rounds ago.",
            _with(policy={"repeat_rounds": 1}, history=(Sent("west", "east", 2),)),
        ),
    ),
    "window": WorkedCase(
        _scene(
            "东县中学 3 月 3 日起才可进驻，方案 3 月 2 日进驻。",
            "The school may be entered from 3 March; the team comes on 2 March.",
            _with(units={"school": {"window": Window(earliest=CALENDAR[1])}}),
        ),
        _scene(
            "方案 3 月 3 日进驻。",
            "The team comes on 3 March.",
            _with(units={"school": {"window": Window(earliest=CALENDAR[1])}}),
            _plan(visits=(_visit("school", 2),)),
        ),
    ),
    "overlap": WorkedCase(
        _scene(
            "红组同时驻点东县中学和东县图书馆，一次只能一个。",
            "Team red visits the school and the library at once; one visit at a time is allowed.",
            plan=_plan(visits=(_visit("school"), _visit("library"))),
        ),
        _scene(
            "先中学，后图书馆。",
            "First the school, then the library.",
            plan=_plan(visits=(_visit("school"), _visit("library", 4))),
        ),
    ),
    "pin": WorkedCase(
        _scene(
            "已定蔡不参加本轮，方案中有蔡。",
            "Cai was pinned out of the round and is in the plan.",
            _with(pins=(PinPerson("cai", None),)),
        ),
        _scene(
            "已定宁不参加本轮。",
            "Ning was pinned out of it.",
            _with(pins=(PinPerson("ning", None),)),
        ),
    ),
}
