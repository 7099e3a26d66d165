"""Digests: what an office reads of them, and what the city's director makes of them."""

from __future__ import annotations

from kernel.errors import NotVisible
from sharing.domain.digest.periods import Calendar, Length
from sharing.models.digests import Digest, DigestCopy, DigestRule
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import DeliveredQuerySet, OfficeQuerySet


def copies_visible_to(actor: Actor) -> DeliveredQuerySet[DigestCopy]:
    """What was published to the actor's office. The city reads a row of its own, like everybody."""
    return DigestCopy.objects.readable_by(actor, Permission.VIEW_DIGEST)


def access_copy(actor: Actor, number: int) -> DigestCopy:
    found: DigestCopy = DigestCopy.objects.one_readable_by(actor, Permission.VIEW_DIGEST, number)
    return found


def digests_visible_to(actor: Actor) -> OfficeQuerySet[Digest]:
    """How far each is: for whoever has them made. What they say is not here."""
    return Digest.objects.readable_by(actor, Permission.PUBLISH_DIGEST)


def access_digest(actor: Actor, number: int) -> Digest:
    """Locked, to be published or stopped."""
    rows = digests_visible_to(actor).select_for_update(of=("self",))
    found = rows.filter(pk=number).first()
    if found is None:
        raise NotVisible(what="digest", number=number)
    return found


def rules_visible_to(actor: Actor) -> OfficeQuerySet[DigestRule]:
    return DigestRule.objects.readable_by(actor, Permission.PUBLISH_DIGEST)


def calendar_of(actor: Actor) -> Calendar | None:
    """None: nothing is set yet."""
    rows = rules_visible_to(actor).order_by("since_year").values_list("since_year", "length")
    lengths = tuple((year, Length(length)) for year, length in rows)
    return Calendar(lengths) if lengths else None


def published_periods(actor: Actor) -> frozenset[str]:
    rows = digests_visible_to(actor).filter(state=Digest.State.PUBLISHED)
    return frozenset(rows.values_list("period", flat=True))
