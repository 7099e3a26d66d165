"""Digests: what an office reads of them, and what the city's director makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kernel.clock import today
from kernel.errors import NotVisible
from sharing.domain.digest.periods import Calendar, Length
from sharing.domain.digest.publications import MINIMUM
from sharing.domain.digest.rhythm import first_years, years_open
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


def access_copy_of(actor: Actor, period: str) -> DigestCopy:
    """The office's own; the newest, if it has had one from another city, too."""
    actor.must(Permission.VIEW_DIGEST)
    rows = copies_visible_to(actor).filter(period=period)
    found: DigestCopy | None = rows.order_by("-published_at").first()
    if found is None:
        raise NotVisible(what="digest_copy", period=period)
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
    rules = list(rules_visible_to(actor).order_by("since_year"))
    return _calendar(rules) if rules else None


def _calendar(rules: Iterable[DigestRule]) -> Calendar:
    return Calendar(tuple((rule.since_year, Length(rule.length)) for rule in rules))


def published_periods(actor: Actor) -> frozenset[str]:
    rows = digests_visible_to(actor).filter(state=Digest.State.PUBLISHED)
    return frozenset(rows.values_list("period", flat=True))


@dataclass(frozen=True, slots=True)
class RulesSet:
    """How digests are made. `is_first`: none was made yet, so how they begin may be put right."""

    rules: Sequence[DigestRule]
    is_first: bool

    @property
    def minimum(self) -> int:
        return self.rules[-1].minimum if self.rules else MINIMUM

    @property
    def years(self) -> range:
        """In which a length may begin that is set now."""
        this_year = today().year
        return first_years(this_year) if self.is_first else years_open(self.calendar, this_year)

    @property
    def calendar(self) -> Calendar:
        return _calendar(self.rules)


def rules_set(actor: Actor, *, lock: bool = False) -> RulesSet:
    actor.must(Permission.PUBLISH_DIGEST)
    rows = rules_visible_to(actor).order_by("since_year")
    rules = list(rows.select_for_update() if lock else rows)
    none_made = not digests_visible_to(actor).exists()
    return RulesSet(rules, not rules or (len(rules) == 1 and none_made))
