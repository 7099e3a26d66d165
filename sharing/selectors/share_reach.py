"""How far a share reached: whom, how often, and who has still to tell of destruction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sharing.access.shares import access_own_share, disclosures_of
from sharing.domain.disclosures import (
    Disclosure,
    Reached,
    Way,
    certificate_digest,
    reach,
    to_tell_of_destruction,
)
from sharing.domain.shared_views import FIELDS, Shareable
from sharing.models.share_grants import ShareDisclosure, ShareGrantStep
from sharing.selectors.share_lists import ShareLine, is_over, line_of
from tenancy.actor import Actor


@dataclass(frozen=True, slots=True)
class ReachPage:
    """How far a grant reached. `certificate`: SHA-256 over the lines in their order."""

    line: ShareLine
    lines: Sequence[ShareDisclosure]
    reached: Sequence[tuple[str, Reached]]
    waits_for: Sequence[str]
    told: Sequence[ShareGrantStep]
    certificate: str


def reach_page(actor: Actor, number: int) -> ReachPage:
    """For the owner's people: whom it reached is told to nobody else."""
    share = access_own_share(actor, number)
    rows = list(disclosures_of(actor, share).order_by("at", "pk"))
    lines = [as_disclosure(row) for row in rows]
    names = {row.person_id: row.person_name for row in rows}
    told = list(share.walked.filter(act="destruction_told").order_by("number"))
    told_by = {(step.sender_id, step.by_id or 0) for step in told}
    waits = to_tell_of_destruction(lines, told_by) if is_over(share) else []
    return ReachPage(
        line=line_of(actor, share),
        lines=rows,
        reached=[(names[one.person], one) for one in reach(lines)],
        waits_for=[names[person] for _, person in waits],
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
