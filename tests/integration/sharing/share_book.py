"""What may be done about shares, and who is shown what of them, by the rule book alone: no database.

Beside it the services, the access layer and plain SQL are held (`test_any_order_of_shares`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from kernel.clock import CHINA
from sharing.domain.grants import (
    KINDS_FOR,
    SHARE_GRANT,
    Approval,
    Grant,
    Offer,
    Purpose,
    counted,
    exports,
    lacking,
    reads,
    term_fault,
    unfit_readers,
)
from sharing.domain.life_cycle import Hand
from sharing.domain.shared_views import NotAView, Redaction, Shareable, View, narrowed, view_of
from tenancy.domain.roles import Permission, Role, permissions_of

PREPARERS = {Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR}
OWNERS_HANDS = (
    Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR, Hand.LEADING_GROUP, Hand.DISCIPLINE_BODY,
)  # fmt: skip
KNOW_OF_CLUES = {
    Role.CITY_DIRECTOR, Role.COUNTY_DIRECTOR, Role.LEADING_GROUP, Role.DISCIPLINE_BODY,
}  # fmt: skip


@dataclass(frozen=True)
class Hat:
    """Somebody in an office."""

    person: int
    office: int


@dataclass(frozen=True)
class Record:
    kind: Shareable
    number: int
    words: Mapping[str, str]
    concerns: str = ""


@dataclass(frozen=True)
class Terms:
    roles: frozenset[str]
    until: date
    may_export: bool


@dataclass(frozen=True)
class Kept:
    record: Record
    view: View


@dataclass(frozen=True)
class Shown:
    """`edition` and `place` say which view of which share; `way`: to read it, to approve it, or
    to carry it away."""

    share: int
    edition: int
    place: int
    way: str


@dataclass
class Share:
    """One grant, wherever it is in its life."""

    number: int
    owner: int
    receiver: int
    watcher: int | None
    purpose: Purpose
    kinds: frozenset[Shareable]
    terms: Terms
    asked_by: int
    state: str = "asked"
    edition: int = 0
    views: dict[int, Kept] = field(default_factory=dict)
    approvals: list[Approval] = field(default_factory=list)
    since: datetime | None = None
    is_offered: bool = False
    prepared: tuple[int, Hand] | None = None  # by whom at last, in which hand

    @property
    def digest(self) -> str:
        digests = [self.views[place].view.digest for place in sorted(self.views)]
        terms = self.terms
        return Offer(
            self.owner, self.receiver, self.edition, self.purpose, terms.roles, terms.until, terms.may_export,
            digests,
        ).digest  # fmt: skip

    def grant(self, *, to: int, roles: frozenset[str], state: str, may_export: bool) -> Grant:
        assert self.since is not None
        until = datetime.combine(self.terms.until, time(), CHINA)
        return Grant(self.owner, to, roles, self.since, until, state, may_export)

    def concerns(self, name: str) -> bool:
        return any(one.record.concerns == name for one in self.views.values())


@dataclass
class Book:
    """`home`: the office whose the records are. `at`: the instant of now."""

    cities: Mapping[int, int | None]
    names: Mapping[int, str]
    home: int
    at: datetime
    seats: dict[Hat, set[Role]] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    shares: dict[int, Share] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.at.astimezone(CHINA).date()

    def roles(self, hat: Hat) -> frozenset[Role]:
        return frozenset(self.seats.get(hat, ()))

    def may(self, hat: Hat) -> frozenset[Permission]:
        kind = "city" if self.cities[hat.office] is None else "county"
        return permissions_of(self.roles(hat), kind)

    def knows_of_clues(self, hat: Hat) -> bool:
        return bool(self.roles(hat) & KNOW_OF_CLUES)

    def neighbours(self, office: int) -> set[int]:
        """The others of one city, and the city: here there is one."""
        return set(self.cities) - self.closed - {office}

    # Who may do what.

    def fits(self, hat: Hat, purpose: Purpose, kinds: Collection[Shareable], terms: Terms) -> bool:
        return (
            bool(kinds)
            and set(kinds) <= KINDS_FOR[purpose]
            and (Shareable.CLUE not in kinds or self.knows_of_clues(hat))
            and self.terms_fit(kinds, terms)
        )

    def terms_fit(self, kinds: Collection[Shareable], terms: Terms) -> bool:
        return (
            bool(terms.roles)
            and not unfit_readers(kinds, terms.roles)
            and term_fault(kinds, self.day, terms.until, on=self.day) is None
        )

    def sees(self, hat: Hat, share: Share) -> bool:
        may = self.may(hat)
        beside = {share.owner, share.receiver}
        if Permission.WATCH_CLUE_SHARES in may and share.watcher is not None:
            beside.add(share.watcher)
        return (
            Permission.VIEW_SHARES in may
            and hat.office in beside
            and (Shareable.CLUE not in share.kinds or self.knows_of_clues(hat))
        )

    def hands(self, hat: Hat, share: Share) -> list[Hand]:
        """In the order in which one signs."""
        if share.owner in self.closed:
            return []
        if hat.office == share.owner:
            wanted = set(OWNERS_HANDS)
        elif hat.office == share.receiver:
            wanted = {Hand.RECEIVER}
        else:
            wanted = {Hand.CITY_DIRECTOR} if Shareable.CLUE in share.kinds else set()
        may = {one.value for one in self.may(hat)}
        return [one for one in Hand if one in wanted and SHARE_GRANT.permissions[one] in may]

    def signs(self, hat: Hat, share: Share, act: str) -> Hand | None:
        """In which hand; None: it is not theirs to do, or not now."""
        one = SHARE_GRANT.by_name[act]
        if not self.sees(hat, share) or share.state not in one.since:
            return None
        return next((hand for hand in self.hands(hat, share) if hand in one.hands), None)

    def knows_record(self, hat: Hat, record: Record) -> bool:
        """Whether it is of their office, and they read it there."""
        may = self.may(hat)
        if hat.office != self.home:
            return False
        if record.kind is Shareable.FINDING:
            return bool({Permission.VIEW_REPORTS, Permission.VIEW_FINDINGS} & may)
        return (
            bool({Permission.HANDLE_CLUE, Permission.DISPOSE_CLUE} & may)
            and record.concerns != self.names[hat.person]
        )

    def prepares(
        self, hat: Hat, share: Share, chosen: Sequence[tuple[Record, Redaction]], terms: Terms
    ) -> list[Kept] | None:
        """The views; None: it cannot be."""
        if self.signs(hat, share, "prepared") is None or not self.terms_fit(share.kinds, terms):
            return None
        for record, _ in chosen:
            if record.kind not in share.kinds or not self.knows_record(hat, record):
                return None
        try:
            views = [view_of(one.kind, one.words, hidden) for one, hidden in chosen]
        except NotAView:
            return None
        return [Kept(one, view) for (one, _), view in zip(chosen, views, strict=True)] or None

    def approves(self, hat: Hat, share: Share, seen: str) -> Hand | None:
        hand = self.signs(hat, share, "approved")
        can = (
            share.asked_by != hat.person
            and seen == share.digest
            and term_fault(share.kinds, self.day, share.terms.until, on=self.day) is None
            and not share.concerns(self.names[hat.person])
        )
        return hand if can else None

    def approve(self, hat: Hat, share: Share, hand: Hand) -> None:
        share.approvals.append(Approval(hat.person, hand, hat.office, share.digest))
        is_last = share.state == "under_approval"
        share.state = "under_approval"
        kinds = {one.record.kind for one in share.views.values()}
        valid = counted(share.approvals, asked_by=share.asked_by, digest=share.digest)
        in_person = share.prepared == (share.asked_by, Hand.OFFICE_DIRECTOR)
        offered = share.is_offered and in_person
        if is_last and not list(lacking(kinds, share.owner, valid, offered_by_director=offered)):
            share.state, share.since = "active", self.at

    def narrows(
        self, hat: Hat, share: Share, further: Mapping[int, Redaction], left_out: Collection[int]
    ) -> dict[int, Kept] | None:
        """What is kept; None: it cannot be."""
        if self.signs(hat, share, "narrowed") is None:
            return None
        name = self.names[hat.person]
        before = {at: one for at, one in share.views.items() if one.record.concerns != name}
        if len(before) < len(share.views) or not set(left_out) | set(further) <= set(before):
            return None
        kept = {at: one for at, one in before.items() if at not in left_out}
        if not kept or not (set(kept) & set(further) or len(kept) < len(before)):
            return None
        if any(
            one.record.kind is Shareable.CLUE and not self.knows_record(hat, one.record)
            for one in kept.values()
        ):
            return None
        try:
            return {
                at: Kept(one.record, narrowed(one.view, further.get(at, Redaction())))
                for at, one in kept.items()
            }
        except NotAView:
            return None

    def close(self, office: int) -> None:
        """What it shared, or was to, and what was shared with it ends with it; so do its seats."""
        self.closed.add(office)
        for hat in [one for one in self.seats if one.office == office]:
            del self.seats[hat]
        for share in self.shares.values():
            if office in (share.owner, share.receiver):
                is_open = share.state in ("asked", "prepared", "under_approval")
                share.state = {"active": "revoked"}.get(
                    share.state, "withdrawn" if is_open else share.state
                )

    # Who is shown what.

    def shown(self, hat: Hat) -> set[Shown]:
        return {one for share in self.shares.values() for one in self._shown(hat, share)}

    def _shown(self, hat: Hat, share: Share) -> Iterator[Shown]:
        if self.closed & {share.owner, hat.office} or share.since is None:
            return
        name, terms = self.names[hat.person], share.terms
        is_to_approve = share.state in ("prepared", "under_approval")
        if not is_to_approve:
            grant = share.grant(
                to=share.receiver, roles=terms.roles, state=share.state, may_export=terms.may_export
            )
        elif share.watcher not in (None, share.receiver) and self._has_clues(share):
            readers = frozenset({Role.CITY_DIRECTOR.value})
            grant = share.grant(
                to=share.watcher or 0, roles=readers, state="active", may_export=False
            )
        else:
            return
        way = "approval" if is_to_approve else "reading"
        for role in self.roles(hat):
            can_read = reads(grant, office=hat.office, role=role, at=self.at)
            can_carry = exports(grant, office=hat.office, role=role, at=self.at)
            for place, one in share.views.items():
                if one.record.concerns != name:
                    ways = ((way, can_read), ("export", can_carry))
                    yield from (
                        Shown(share.number, share.edition, place, each) for each, can in ways if can
                    )

    @staticmethod
    def _has_clues(share: Share) -> bool:
        return any(one.record.kind is Shareable.CLUE for one in share.views.values())
