"""How far a share reached: whom, how often, and who has still to tell of destruction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernel.text import Text
from sharing.access.shares import access_own_share, disclosures_of
from sharing.domain.disclosures import (
    TO_APPROVE,
    WAY_TITLES,
    Disclosure,
    Reached,
    Way,
    certificate_digest,
    looked_at_to_approve,
    reach,
    to_tell_of_destruction,
)
from sharing.domain.shared_views import FIELDS, KIND_TITLES, Shareable, titles_shown
from sharing.models.share_grants import ShareDisclosure, ShareGrant, ShareGrantStep
from sharing.selectors.share_lists import ShareLine, is_over, line_of
from sharing.selectors.shared_from import SharedFrom, shared_from
from tenancy.actor import Actor
from tenancy.domain.roles import ROLE_TITLES, Role
from tenancy.models import Office


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One showing, in words, for the page and the certificate alike. `record`: by what the owner knows
    it; "": it is not there for the reader. `empty`: names of shown fields that say nothing."""

    row: ShareDisclosure
    office: Office
    role: Text
    way: Text
    kind: Text
    record: str
    fields: Sequence[Text]
    empty: Sequence[str]
    is_to_approve: bool


@dataclass(frozen=True, slots=True)
class ReachedPerson:
    name: str
    office: Office
    reached: Reached


@dataclass(frozen=True, slots=True)
class ReachPage:
    """How far a grant reached. `approvers` looked at it to approve it. `certificate`: SHA-256 over the
    lines in their order."""

    line: ShareLine
    lines: Sequence[ShownLine]
    people: Sequence[ReachedPerson]
    approvers: Sequence[ReachedPerson]
    waits_for: Sequence[str]
    told: Sequence[ShareGrantStep]
    certificate: str

    @property
    def readings(self) -> int:
        return sum(one.reached.readings for one in self.people)

    @property
    def copies(self) -> int:
        return sum(one.reached.copies for one in self.people)

    @property
    def notes(self) -> int:
        return sum(one.reached.notes for one in self.people)


def reach_page(actor: Actor, number: int) -> ReachPage:
    """For the owner's people: whom it reached is told to nobody else."""
    share = access_own_share(actor, number)
    rows = list(disclosures_of(actor, share).select_related("sender").order_by("at", "pk"))
    lines = [as_disclosure(row) for row in rows]
    people = {(row.sender_id, row.person_id): row for row in rows}
    told = list(share.walked.filter(act="destruction_told").order_by("number"))
    told_by = {(step.sender_id, step.by_id or 0) for step in told}
    receiver = share.receiver_id
    waits = to_tell_of_destruction(lines, receiver, told_by) if is_over(share) else []
    return ReachPage(
        line=line_of(actor, share),
        lines=_in_words(actor, share, rows, lines),
        people=[_person(people, one) for one in reach(lines, receiver)],
        approvers=[_person(people, one) for one in looked_at_to_approve(lines, receiver)],
        waits_for=[people[who].person_name for who in waits],
        told=told,
        certificate=certificate_digest(lines),
    )


def as_disclosure(row: ShareDisclosure) -> Disclosure:
    return Disclosure(
        grant=row.grant_number,
        view=row.view,
        digest=row.digest,
        fields=tuple(name for name in FIELDS[Shareable(row.kind)] if name in row.fields),
        office=row.sender_id,
        person=row.person_id,
        role=row.role,
        purpose=row.purpose,
        way=Way(row.way),
        at=row.at,
    )


def _person(rows: Mapping[tuple[int, int], ShareDisclosure], one: Reached) -> ReachedPerson:
    row = rows[one.office, one.person]
    return ReachedPerson(row.person_name, row.sender, one)


def _in_words(
    actor: Actor, share: ShareGrant, rows: Sequence[ShareDisclosure], lines: Sequence[Disclosure]
) -> Sequence[ShownLine]:
    views = shared_from(actor, share, {row.edition for row in rows})
    return [
        _line(row, not one.is_reading_of(share.receiver_id), views.get((row.edition, row.place)))
        for row, one in zip(rows, lines, strict=True)
    ]


def _line(row: ShareDisclosure, is_to_approve: bool, view: SharedFrom | None) -> ShownLine:
    kind = Shareable(row.kind)
    empty = sorted(view.view.view.empty) if view else []
    return ShownLine(
        row=row,
        office=row.sender,
        role=ROLE_TITLES[Role(row.role)],
        way=TO_APPROVE if is_to_approve else WAY_TITLES[Way(row.way)],
        kind=KIND_TITLES[kind],
        record=view.record if view else "",
        fields=titles_shown(kind, row.fields, empty),
        empty=empty,
        is_to_approve=is_to_approve,
    )
