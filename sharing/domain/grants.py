"""A share grant (共享授权): one office lets another read views of records, for a purpose and a term.

Asked for, prepared by the owner, approved by two people of the owner, in force until its last day or
until the owner takes it back. Whoever reads under a grant passes nothing on: a view is made of a
record, and a view is no record. Whether somebody reads is asked anew each time (`reads`); no job has
to run for a grant to end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text
from sharing.domain.life_cycle import Hand, LifeCycle, act
from sharing.domain.shared_views import Redaction, Shareable

OFFICE = (Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR)
APPROVERS = (
    Hand.OFFICE_DIRECTOR, Hand.LEADING_GROUP, Hand.DISCIPLINE_BODY, Hand.CITY_DIRECTOR,
)  # fmt: skip
UNDECIDED = ("asked", "prepared", "under_approval")

SHARE_GRANT = LifeCycle(
    name="share_grant",
    title=Text(zh="共享授权", en="share grant"),
    states={
        "asked": Text(zh="已申请", en="asked for"),
        "prepared": Text(zh="已拟定共享视图", en="view prepared"),
        "under_approval": Text(zh="审批中", en="under approval"),
        "active": Text(zh="生效中", en="in force"),
        "refused": Text(zh="未批准", en="refused"),
        "withdrawn": Text(zh="已撤回申请", en="withdrawn"),
        "revoked": Text(zh="已收回", en="taken back"),
    },
    acts=(
        # A view that is prepared anew is a view that nobody has approved yet.
        act(
            "prepared", "拟定共享视图", "prepare the view",
            by=OFFICE, since=UNDECIDED, to="prepared", needs=("view",),
        ),
        act(
            "approved", "批准", "approve",
            by=APPROVERS, since=("prepared", "under_approval"), to="under_approval",
            needs=("seen_view",),
        ),
        act(
            "granted", "批准并生效", "approve and put in force",
            by=APPROVERS, since="under_approval", to="active",
            needs=("seen_view", "approvals", "term"),
        ),
        act(
            "refused", "不予批准", "refuse",
            by=APPROVERS, since=UNDECIDED, to="refused", needs_reason=True,
        ),
        act(
            "withdrawn", "撤回申请", "withdraw",
            by=Hand.RECEIVER, since=UNDECIDED, to="withdrawn",
        ),
        act(
            "narrowed", "缩小范围", "narrow",
            by=OFFICE, since="active", to=None, needs=("narrower",), needs_reason=True,
        ),
        act(
            "revoked", "收回", "take back",
            by=APPROVERS, since="active", to="revoked", needs_reason=True,
        ),
        act(
            "destruction_told", "报告销毁", "tell what was destroyed",
            by=Hand.RECEIVER, since=("active", "revoked"), to=None, needs=("over",),
        ),
    ),
    finals=frozenset({"refused", "withdrawn", "revoked"}),
    permissions={
        Hand.OFFICE_CLERK: "prepare_shares",
        Hand.OFFICE_DIRECTOR: "approve_shares",
        Hand.LEADING_GROUP: "decide_shares",
        Hand.DISCIPLINE_BODY: "approve_clue_shares",
        Hand.CITY_DIRECTOR: "watch_clue_shares",
        Hand.RECEIVER: "ask_for_shares",
    },
)  # fmt: skip


class Purpose(StrEnum):
    """For what a view may be read. What somebody learns for one purpose serves no other."""

    CORROBORATION = "corroboration"
    HANDLING = "handling"
    PREPARATION = "preparation"
    COMMON_PROBLEM = "common_problem"
    SUPERVISION = "supervision"


PURPOSE_TITLES: Mapping[Purpose, Text] = MappingProxyType(
    {
        Purpose.CORROBORATION: Text(zh="互相印证", en="mutual corroboration"),
        Purpose.HANDLING: Text(zh="线索办理参考", en="handling a clue"),
        Purpose.PREPARATION: Text(zh="巡前准备", en="preparing a round"),
        Purpose.COMMON_PROBLEM: Text(zh="共性问题研判", en="studying common problems"),
        Purpose.SUPERVISION: Text(zh="整改监督", en="supervising rectification"),
    }
)
# A clue is shared to corroborate or to handle one, and for nothing else.
KINDS_FOR: Mapping[Purpose, frozenset[Shareable]] = MappingProxyType(
    {
        Purpose.CORROBORATION: frozenset(Shareable),
        Purpose.HANDLING: frozenset(Shareable),
        Purpose.PREPARATION: frozenset(Shareable) - {Shareable.CLUE},
        Purpose.COMMON_PROBLEM: frozenset({Shareable.FINDING, Shareable.ITEM}),
        Purpose.SUPERVISION: frozenset({Shareable.ITEM, Shareable.LETTER}),
    }
)
# Days that a grant may last. Offices may set less; a maximum that can be lifted becomes the habit.
LONGEST_DAYS: Mapping[Shareable, int] = MappingProxyType(
    {kind: 90 if kind is Shareable.CLUE else 366 for kind in Shareable}
)


# Whoever may be named as readers in the receiving office: people who work with what is shared there.
READERS: frozenset[str] = frozenset(
    {
        "scheduler", "city_director", "county_director", "county_clerk", "leading_group",
        "discipline_body", "team_leader",
    }
)  # fmt: skip
CLUE_READERS: frozenset[str] = frozenset({"city_director", "county_director", "discipline_body"})


def unfit_readers(kinds: Collection[Shareable], roles: Collection[str]) -> frozenset[str]:
    """Roles that cannot be readers of these kinds: of clues, those alone who handle clues."""
    fit = CLUE_READERS if Shareable.CLUE in kinds else READERS
    return frozenset(roles) - fit


class TermFault(StrEnum):
    OUT_OF_ORDER = "out_of_order"
    OVER = "over"
    TOO_LONG = "too_long"


def term_fault(
    kinds: Collection[Shareable],
    since: date,
    until: date,
    *,
    on: date,
    longest: Mapping[Shareable, int] = LONGEST_DAYS,
) -> TermFault | None:
    """`until`: the first day on which nobody reads. The strictest kind decides. None: it can be."""
    if until <= since:
        return TermFault.OUT_OF_ORDER
    if until <= on:
        return TermFault.OVER
    if until - since > timedelta(days=min(longest[kind] for kind in kinds)):
        return TermFault.TOO_LONG
    return None


@dataclass(frozen=True, slots=True)
class Offer:
    """What is approved: this edition of its views, in their order, to that office, on these terms.
    What is prepared anew is another edition: an approval of an earlier one does not rise again with it."""

    owner: int
    receiver: int
    edition: int
    purpose: Purpose
    roles: frozenset[str]
    until: date
    may_export: bool
    views: Sequence[str]

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal: a change of a word, a reader or a day asks for new approvals.
        The database reckons the same (`sec.share_digest`)."""
        said = [
            str(self.owner),
            str(self.receiver),
            str(self.edition),
            self.purpose.value,
            ",".join(sorted(self.roles)),
            self.until.isoformat(),
            "export" if self.may_export else "no export",
            *self.views,
        ]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Approval:
    """`person` approved, in that hand, of that office, the offer with that digest."""

    person: int
    hand: Hand
    office: int
    digest: str


class Lack(StrEnum):
    """What is lacking before a grant is in force."""

    TWO_OF_THE_OWNER = "two_of_the_owner"
    THE_DIRECTOR = "the_director"
    DISCIPLINE_BODY_OR_CITY = "discipline_body_or_city"


LACK_TITLES: Mapping[Lack, Text] = MappingProxyType(
    {
        Lack.TWO_OF_THE_OWNER: Text(
            zh="还需本单位另一人批准", en="another person of the owner has to approve"
        ),
        Lack.THE_DIRECTOR: Text(zh="还需巡察办主任批准", en="the owner's director has to approve"),
        Lack.DISCIPLINE_BODY_OR_CITY: Text(
            zh="含问题线索，还需纪检监察机关或市委巡察办主任批准",
            en="it holds clues: the discipline body or the city's director has to approve",
        ),
    }
)


def counted(
    approvals: Collection[Approval],
    *,
    asked_by: int,
    digest: str,
    stepped_back: Collection[int] = frozenset(),
) -> list[Approval]:
    """Those that count: of the view as it is now, of nobody who asked for it themselves, and of nobody
    who declared a tie to a clue in it since. A signature outlives the seat in which it was given."""
    without = {asked_by, *stepped_back}
    return [one for one in approvals if one.digest == digest and one.person not in without]


def lacking(
    kinds: Collection[Shareable],
    owner: int,
    approvals: Collection[Approval],
    *,
    offered_by_director: bool = False,
) -> Iterator[Lack]:
    """What `approvals`, counted, leave open. One person counts once, in whatever seats: whoever directs
    and sits in the discipline body as well does not watch over themselves.

    `offered_by_director`: the director offers it and prepared the views as they stand. Then the
    director has spoken, and two others of the owner approve: an office has one director as a rule.
    """
    of_the_owner = {one.person for one in approvals if one.office == owner}
    directors = {one.person for one in approvals if _directs(one, owner)}
    watchers = {one.person for one in approvals if _watches_clues(one, owner)}
    if len(of_the_owner) < 2:
        yield Lack.TWO_OF_THE_OWNER
    if not directors and not offered_by_director:
        yield Lack.THE_DIRECTOR
    is_watched = bool(watchers) and (
        offered_by_director or not directors or len(directors | watchers) > 1
    )
    if Shareable.CLUE in kinds and not is_watched:
        yield Lack.DISCIPLINE_BODY_OR_CITY


def _directs(one: Approval, owner: int) -> bool:
    return one.hand is Hand.OFFICE_DIRECTOR and one.office == owner


def _watches_clues(one: Approval, owner: int) -> bool:
    return one.hand is Hand.CITY_DIRECTOR or (
        one.hand is Hand.DISCIPLINE_BODY and one.office == owner
    )


@dataclass(frozen=True, slots=True)
class Grant:
    """What the predicate asks of a grant in force or once in force. `until`: exclusive."""

    owner: int
    receiver: int
    roles: frozenset[str]
    since: datetime
    until: datetime
    state: str = "active"
    may_export: bool = False


def reads(grant: Grant, *, office: int, role: str, at: datetime) -> bool:
    """Whether somebody of that office in that role is shown its views at that instant."""
    return (
        grant.state == "active"
        and grant.receiver == office
        and role in grant.roles
        and grant.since <= at < grant.until
    )


def exports(grant: Grant, *, office: int, role: str, at: datetime) -> bool:
    return grant.may_export and reads(grant, office=office, role=role, at=at)


def is_over(grant: Grant, at: datetime) -> bool:
    """Taken back, or past its term: what the receiver kept of it is to be destroyed."""
    return grant.state == "revoked" or (grant.state == "active" and at >= grant.until)


def is_narrower(before: Redaction, after: Redaction) -> bool:
    """Whether `after` shows nothing that `before` hid: what an owner may do alone and at once."""
    if not before.withheld <= after.withheld:
        return False
    hidden = _characters(after)
    return all(place in hidden for place in _characters(before) if place[0] not in after.withheld)


def _characters(redaction: Redaction) -> frozenset[tuple[str, int]]:
    return frozenset(
        (span.field, at) for span in redaction.spans for at in range(span.start, span.end)
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Offices to whom somebody often grants together. What is granted names offices, never a group:
    who joins later is given nothing by joining."""

    name: str
    members: frozenset[int] = field(default_factory=frozenset)


def receivers_of(group: Group, owner: int) -> frozenset[int]:
    """To whom a grant to the group is made today: to each member by itself, never to its owner."""
    return group.members - {owner}


def to_be_asked_for(group: Group, owner: int, granted: Collection[int]) -> frozenset[int]:
    """Members that joined since: each needs an approval of its own."""
    return receivers_of(group, owner) - frozenset(granted)
