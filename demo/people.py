"""The people of the pools: who they are, where they come from, what bars them from where.

Seeded, so that of all person × unit pairs of the demo round about a third are barred in some
role, and so that nobody from Daishan (nor from the city office) who knows engineering may go to Shengsi's
education bureau: that arc of the ring is impossible, and the engine has something to explain.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from demo.city import (
    AREAS,
    CITY,
    COUNTIES,
    DAISHAN,
    SHENGSI,
    SHOW_UNITS,
    Area,
    bodies_of,
    full_name,
)
from demo.names import NameMaker
from scheduling.workbooks.identity import check_character

ROUND_START, ROUND_END = (2026, 9, 1), (2026, 10, 30)  # forty working days
NOBODYS_AREA = "000000"  # no area code begins with 00
CROSS_ROUNDS, ROUNDS = 4, 14  # of a term: most rounds that anybody served were at home

_SKILLS = ("discipline", "supervision", "finance", "audit", "law", "engineering", "organisation", "publicity", "it")  # fmt: skip
_WEIGHTS = (16, 9, 17, 13, 10, 0, 14, 9, 6)  # engineers are counted out one by one
_ENGINEERS = {"dinghai": 9, "putuo": 8, "daishan": 4, "shengsi": 4, "zhoushan": 3}
_POSTS = (
    "科员",
    "主任科员",
    "副科长",
    "科长",
    "办公室副主任",
    "办公室主任",
    "财务科科长",
    "纪检委员",
)
_LEADER_POSTS = ("党委委员、副局长", "党组成员、副主任", "二级调研员", "三级调研员", "四级调研员")
_RANKS = ("四级主任科员", "三级主任科员", "二级主任科员", "一级主任科员", "四级主办")
_ELSEWHERE = ("浙江省宁波市", "浙江省杭州市", "浙江省台州市", "浙江省绍兴市", "安徽省安庆市", "江西省上饶市", "浙江省温州市")  # fmt: skip
_ABSENCES = ("党校培训", "年休假", "产假", "挂职", "外出学习")


@dataclass
class Person:
    number: str
    name: str
    id_number: str
    home_unit: str
    system: str
    post: str
    rank: str
    pools: list[str]
    skills: list[str]
    native: str
    grew_up: str
    rounds: int
    recent_days: int
    career: list[dict[str, Any]] = field(default_factory=list)
    relatives: list[dict[str, Any]] = field(default_factory=list)
    interests: list[str] = field(default_factory=list)
    absences: list[dict[str, Any]] = field(default_factory=list)
    served: list[dict[str, Any]] = field(default_factory=list)


class PoolMaker:
    """Makes one area's pool. Every choice comes from one seeded source, in a fixed order."""

    def __init__(self, area: Area, *, seed: int) -> None:
        self.area = area
        self.dice = random.Random(f"{seed}/{area.code}")
        self.names = NameMaker(self.dice)
        self.homes = [
            body
            for body in bodies_of(area)
            if body.kind in ("department", "township", "public_institution")
        ]
        self.others = [county for county in COUNTIES if county is not area]

    def pool(self) -> list[Person]:
        people = [self._person(index) for index in range(self.area.pool)]
        for person in people:
            self._add_ties(person)
        self._add_engineers(people)
        return people

    def _person(self, index: int) -> Person:
        is_leader = index < self.area.leaders
        is_deputy = not is_leader and index < self.area.leaders + self.area.deputies
        home = self.homes[(index * 7) % len(self.homes)]
        skills = self._skills(index)
        pools = ["组长库"] if is_leader else ["副组长库"] if is_deputy else ["干部库"]
        if self.dice.random() < 0.35 and not is_leader:
            pools.append("专业人才库")
        born_in = self._native()
        return Person(
            number=f"{self.area.prefix}{index + 1:03d}",
            name=self.names.next(),
            id_number=self._id_number(index, is_leader),
            home_unit=home.name,
            system=home.system,
            post=self.dice.choice(_LEADER_POSTS if is_leader else _POSTS),
            rank=self.dice.choice(_RANKS[2:] if is_leader or is_deputy else _RANKS),
            pools=pools,
            skills=skills,
            native=born_in,
            grew_up=born_in if self.dice.random() < 0.9 else self._native(),
            rounds=self.dice.randint(3, 8)
            if is_leader
            else self.dice.choice((0, 0, 1, 1, 2, 3, 4)),
            recent_days=self.dice.choice((0, 0, 0, 15, 20, 30, 35, 40)),
        )

    def _skills(self, index: int) -> list[str]:
        """One or two; the first people of each pool hold what every team needs."""
        first = ("finance", "discipline", "audit", "law", "finance", "organisation")
        main = first[index % len(first)] if index < 18 else self._any_skill()
        skills = {main} | ({self._any_skill()} if self.dice.random() < 0.45 else set())
        return sorted(skills, key=_SKILLS.index)

    def _any_skill(self) -> str:
        return self.dice.choices(_SKILLS, _WEIGHTS)[0]

    def _native(self) -> str:
        """Mostly one's own area; sometimes another county, whose units are then barred."""
        chance = self.dice.random()
        if self.area is CITY:
            if chance < 0.4:
                return f"浙江省舟山市{self.dice.choice(COUNTIES).name}"
            return self.dice.choice(_ELSEWHERE)
        if chance < 0.66:
            return f"浙江省舟山市{self.area.name}"
        if chance < 0.82:
            return f"浙江省舟山市{self.dice.choice(self.others).name}"
        return self.dice.choice(_ELSEWHERE)

    def _id_number(self, index: int, is_leader: bool) -> str:
        year = self.dice.randint(1967, 1978) if is_leader else self.dice.randint(1972, 1998)
        born = f"{year}{self.dice.randint(1, 12):02d}{self.dice.randint(1, 28):02d}"
        sequence = 100 * (1 + [area.code for area in AREAS].index(self.area.code)) + index
        first17 = f"{NOBODYS_AREA}{born}{sequence:03d}"
        return first17 + check_character(first17)

    # --- Ties -----------------------------------------------------------------------------

    def _add_ties(self, person: Person) -> None:
        dice = self.dice
        started = dice.randint(1995, 2012)
        moved = dice.randint(2014, 2024)
        if dice.random() < 0.8:
            earlier = dice.choice(self.homes).name
            person.career.append(_term(earlier, "科员", (started, dice.randint(1, 12)), (moved, 6)))
        person.career.append(_term(person.home_unit, person.post, (moved, 7), None))
        if dice.random() < 0.16:
            person.career.append(self._term_elsewhere())
        if dice.random() < 0.22:
            person.relatives.append(self._relative())
        if dice.random() < 0.07:
            person.interests.append(self._shown_unit(dice.choice(self.others)))
        if dice.random() < 0.08:
            person.absences.append(self._absence())
        for ago in range(1, min(person.rounds, 3) + 1):
            self._add_round(person, ago)

    def _term_elsewhere(self) -> dict[str, Any]:
        """Some years in another county: recent enough to bar, or long past."""
        county = self.dice.choice(self.others)
        body = (
            self._shown_unit(county)
            if self.dice.random() < 0.6
            else full_name(county, self.dice.choice(("委", "人民政府", "财政局", "发展和改革局")))
        )
        until = self.dice.choice((2012, 2016, 2021, 2024, 2025))
        return _term(body, "挂职干部", (until - self.dice.randint(1, 4), 3), (until, 8))

    def _relative(self) -> dict[str, Any]:
        county = self.dice.choice(self.others)
        relation = self.dice.choice(("配偶", "父母", "子女", "兄弟姐妹", "近姻亲", "其他"))
        position = self.dice.choice(("主要负责人", "班子成员", "一般工作人员", "一般工作人员"))
        body = (
            self._shown_unit(county)
            if self.dice.random() < 0.7
            else full_name(county, self.dice.choice(("财政局", "实验小学", "公安局")))
        )
        return {"relation": relation, "body": body, "position": position}

    def _absence(self) -> dict[str, Any]:
        month = self.dice.choice((8, 9, 10, 11))
        day = self.dice.randint(1, 20)
        last = day + self.dice.randint(2, 9)
        return {
            "from": (2026, month, day),
            "to": (2026, month, last),
            "reason": self.dice.choice(_ABSENCES),
        }

    def _add_round(self, person: Person, ago: int) -> None:
        """At home or, in a cross round, in another county: there sometimes at a unit of the demo
        round, so that not visiting a unit twice bars somebody."""
        is_cross = self.dice.random() < CROSS_ROUNDS / ROUNDS
        county = self.dice.choice(self.others) if is_cross else self.area
        units = [body for body in bodies_of(county) if body.inspectable and body.kind != "village"]
        body = (
            self._shown_unit(county)
            if is_cross and self.dice.random() < 0.25
            else self.dice.choice(units).name
        )
        role = "组长" if "组长库" in person.pools and self.dice.random() < 0.5 else "组员"
        person.served.append({"ago": ago, "body": body, "county": county.name, "role": role})

    def _shown_unit(self, county: Area) -> str:
        return full_name(county, self.dice.choice(SHOW_UNITS[county.code]))

    # --- The impossible arc ---------------------------------------------------------------

    def _add_engineers(self, people: list[Person]) -> None:
        """A counted number of engineers, none among the leaders. Of Daishan and of the city,
        each has a reason of their own to stay away from Shengsi's education bureau."""
        candidates = people[self.area.leaders + self.area.deputies :]
        chosen = candidates[3 : 3 + 2 * _ENGINEERS[self.area.code] : 2]
        for index, person in enumerate(chosen):
            person.skills = sorted({*person.skills, "engineering"}, key=_SKILLS.index)
            if self.area in (DAISHAN, CITY):
                _bar_from_the_bureau(person, index)


def _bar_from_the_bureau(person: Person, index: int) -> None:
    bureau = full_name(SHENGSI, "教育局")
    match index % 4:
        case 0:
            person.career.append(_term(bureau, "校舍建设专班成员", (2023, 9), (2025, 8)))
        case 1:
            person.relatives.append(
                {"relation": "配偶", "body": bureau, "position": "一般工作人员"}
            )
        case 2:
            person.interests.append(bureau)
        case _:
            person.native = "浙江省舟山市嵊泗县"


def _term(
    body: str, post: str, start: tuple[int, int], end: tuple[int, int] | None
) -> dict[str, Any]:
    return {"body": body, "post": post, "from": start, "to": end}
