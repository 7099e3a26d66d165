"""The city's director says how digests are made: how long periods are, and how small a count may be told."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kernel.errors import DomainError
from sharing.access.digests import RulesSet, published_periods, rules_set
from sharing.domain.digest.periods import Length
from sharing.domain.digest.publications import LEAST_MINIMUM
from sharing.domain.digest.rhythm import (
    LENGTH_TITLES,
    Outlook,
    first_outlook,
    outlook,
    span_of,
)
from sharing.errors.digests import (
    DigestFirstYearOutOfRange,
    DigestLengthUnchanged,
    DigestMinimumStands,
    DigestRuleOutOfRange,
    DigestRuleRefused,
)
from sharing.models.digests import MOST_MINIMUM, DigestRule
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as


@transaction.atomic
def set_digest_rule(
    *, actor: Actor, since_year: int, length: Length, minimum: int | None = None
) -> DigestRule:
    """How the digests begin; once one was made, another length from a year to come.

    `minimum`: None leaves it as it is. Refuses as `foresee_digest_rule` does.
    """
    standing = rules_set(actor, lock=True)
    least = standing.minimum if minimum is None else minimum
    given: dict[str, Any] = {"since_year": since_year, "length": length, "minimum": least}
    _must_hold(standing, **given)
    with refused_as(_refusals(standing)):
        if standing.rules and standing.is_first:
            [rule] = standing.rules
            for name, value in given.items():
                setattr(rule, name, value)
            rule.save(update_fields=list(given))
        else:
            rule = DigestRule.objects.create(tenant_id=actor.tenant_id, **given)
    audit.record(actor, "sharing.digest_rule.set", rule, **given)
    return rule


def foresee_digest_rule(
    *, actor: Actor, since_year: int, length: Length, minimum: int | None = None
) -> Outlook:
    """Which digests would follow, if it were set. Nothing is written.

    `DigestRuleOutOfRange`, `DigestFirstYearOutOfRange`, `DigestMinimumStands`, `DigestRuleRefused`,
    `DigestLengthUnchanged`.
    """
    standing = rules_set(actor)
    least = standing.minimum if minimum is None else minimum
    _must_hold(standing, since_year, length, least)
    if standing.is_first:
        return first_outlook(since_year, length)
    return outlook(standing.calendar, since_year, length, published_periods(actor))


def _must_hold(standing: RulesSet, since_year: int, length: Length, minimum: int) -> None:
    if not LEAST_MINIMUM <= minimum <= MOST_MINIMUM:
        raise DigestRuleOutOfRange(least=LEAST_MINIMUM, most=MOST_MINIMUM)
    years = standing.years
    if standing.is_first:
        if since_year not in years:
            raise DigestFirstYearOutOfRange(first=years[0], last=years[-1])
        return
    if minimum != standing.minimum:
        raise DigestMinimumStands(minimum=standing.minimum)
    if since_year not in years:
        raise DigestRuleRefused(years=span_of(years))
    if length == standing.rules[-1].length:
        raise DigestLengthUnchanged(length=LENGTH_TITLES[length])


def _refusals(standing: RulesSet) -> dict[str, DomainError]:
    """What the database refuses of a rule, where somebody else was quicker."""
    names = ("digest_rule_stands", "digest_rule_from_a_year_to_come", "digest_rule_once_a_year")
    years = DigestRuleRefused(years=span_of(standing.years))
    stays = DigestMinimumStands(minimum=standing.minimum)
    return {**dict.fromkeys(names, years), "digest_rule_minimum_stays": stays}
