"""The life of a record as a table: which act leads from where to where, and whose it is.

An act that the table does not hold is refused. A record keeps its state and the acts that led to it;
`replayed` says whether those acts can have led there, so that a state that nobody made is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from kernel.text import Text


class Hand(StrEnum):
    """In whose name an act is done. What seat gives somebody that hand, `tenancy`'s matrix says."""

    FINDER = "finder"  # the member of the team who wrote the paper
    MEMBER = "member"
    TEAM_LEADER = "team_leader"
    OFFICE_CLERK = "office_clerk"
    OFFICE_DIRECTOR = "office_director"
    LEADING_GROUP = "leading_group"
    UNIT = "unit"  # the inspected unit, by its liaison
    SUPERVISOR = "supervisor"  # stationed group, discipline body or organisation department
    DISCIPLINE_BODY = "discipline_body"
    COUNTY_LEADER = "county_leader"
    ADDRESSEE = "addressee"  # whom a letter is for
    CITY_DIRECTOR = "city_director"  # beside a county's own people, where clues leave the county
    RECEIVER = "receiver"  # the office that asks for what is another's


HAND_TITLES: Mapping[Hand, Text] = {
    Hand.FINDER: Text(zh="底稿撰写人", en="the finder"),
    Hand.MEMBER: Text(zh="巡察组成员", en="a team member"),
    Hand.TEAM_LEADER: Text(zh="巡察组组长", en="the team leader"),
    Hand.OFFICE_CLERK: Text(zh="巡察办经办人", en="a clerk of the office"),
    Hand.OFFICE_DIRECTOR: Text(zh="巡察办主任", en="the director of the office"),
    Hand.LEADING_GROUP: Text(zh="巡察工作领导小组", en="the leading group"),
    Hand.UNIT: Text(zh="被巡察单位", en="the inspected unit"),
    Hand.SUPERVISOR: Text(zh="整改监督部门", en="a supervising body"),
    Hand.DISCIPLINE_BODY: Text(zh="纪检监察机关", en="the discipline body"),
    Hand.COUNTY_LEADER: Text(zh="县（区）分管领导", en="the county leader in charge"),
    Hand.ADDRESSEE: Text(zh="收函单位", en="the addressee"),
    Hand.CITY_DIRECTOR: Text(zh="市委巡察办主任", en="the city's director"),
    Hand.RECEIVER: Text(zh="接收单位", en="the receiving office"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """`name`: as the record of acts has it, in the past tense. `needs`: what the record must hold
    first, by the names of its fields. `to` None: the record stays where it is."""

    name: str
    title: Text
    hands: frozenset[Hand]
    since: frozenset[str]
    to: str | None
    needs: tuple[str, ...] = ()
    needs_reason: bool = False


def act(
    name: str,
    zh: str,
    en: str,
    *,
    by: Iterable[Hand] | Hand,
    since: Iterable[str] | str,
    to: str | None,
    needs: Sequence[str] = (),
    needs_reason: bool = False,
) -> Act:
    hands = frozenset({by} if isinstance(by, Hand) else by)
    states = frozenset({since} if isinstance(since, str) else since)
    return Act(name, Text(zh=zh, en=en), hands, states, to, tuple(needs), needs_reason)


@dataclass(frozen=True)
class LifeCycle:
    """`states` in the order in which a record mostly passes them, the first where it begins, with
    their titles. A life cycle that does not hold together is refused when it is made."""

    name: str
    title: Text
    states: Mapping[str, Text]
    acts: tuple[Act, ...]
    finals: frozenset[str]
    # What a seat's table of permissions calls each hand of this life (`tenancy.domain.roles`).
    permissions: Mapping[Hand, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        faults = list(self._faults())
        if faults:
            raise ValueError(f"{self.name}: {'; '.join(faults)}")

    @property
    def begins_as(self) -> str:
        return next(iter(self.states))

    @cached_property
    def by_name(self) -> Mapping[str, Act]:
        return {one.name: one for one in self.acts}

    def open_to(self, state: str, hands: Collection[Hand]) -> list[Act]:
        """What somebody with these hands may do next, in the table's order."""
        return [one for one in self.acts if state in one.since and one.hands & set(hands)]

    @property
    def lawful_steps(self) -> Iterator[tuple[str, str, str, str]]:
        """Every (act, state before, state after, hand), as the database keeps them."""
        for one in self.acts:
            for before in self.states:
                if before in one.since:
                    for hand in sorted(one.hands):
                        yield one.name, before, one.to or before, hand

    def after(self, state: str, name: str) -> str:
        """The state that the act leads to. `KeyError`: no such act; `ValueError`: not from there."""
        one = self.by_name[name]
        if state not in one.since:
            raise ValueError(f"{self.name}: {name} does not lead on from {state}.")
        return one.to if one.to is not None else state

    def replayed(self, names: Iterable[str]) -> str:
        """Where these acts lead from the beginning; the errors of `after`."""
        state = self.begins_as
        for name in names:
            state = self.after(state, name)
        return state

    def _faults(self) -> Iterable[str]:
        known = set(self.states)
        if len(self.by_name) != len(self.acts):
            yield "an act stands twice"
        for one in self.acts:
            if not one.since or not one.since <= known or (one.to or "") not in known | {""}:
                yield f"{one.name} names a state that is none"
            if not one.hands:
                yield f"{one.name} is nobody's"
        if not self.finals <= known:
            yield "it ends in a state that is none"
        reached, open_ends = {self.begins_as}, [self.begins_as]
        while open_ends:
            state = open_ends.pop()
            for one in self.acts:
                if state in one.since and one.to is not None and one.to not in reached:
                    reached.add(one.to)
                    open_ends.append(one.to)
        yield from (f"nothing leads to {state}" for state in self.states if state not in reached)
        for state in known - self.finals:
            if not any(state in one.since and one.to not in (None, state) for one in self.acts):
                yield f"nothing leads on from {state}"
