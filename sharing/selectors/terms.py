"""The page on which a director sets terms and working days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kernel.clock import today
from kernel.law import LegalBasis
from kernel.text import Text
from sharing.access.deadlines import terms_of
from sharing.domain.due_dates import CLOCK_TITLES, PROFILES, WITH_A_TERM, Clock, Profile
from sharing.domain.evaluations import numbers_of
from sharing.domain.terms import OfficeTerms
from sharing.mapping.terms import terms_from
from sharing.models.deadlines import OfficeDay, TermProfile
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class TermLine:
    """One clock: by each profile, and as the office has it."""

    clock: Clock
    title: Text
    by_profile: Sequence[int]
    days: int
    own: int | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    version: int
    profile: Text
    own: int
    soon_days: int
    steps: Sequence[int]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DayLine:
    on: date
    is_worked: bool
    reason: str
    by: str
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class TermsPage:
    """`version` 0: the standard terms, which nobody set."""

    version: int
    terms: OfficeTerms
    evaluation: Mapping[str, int]
    lines: Sequence[TermLine]
    profiles: Sequence[Profile]
    basis: LegalBasis
    versions: Sequence[VersionLine]
    days: Sequence[DayLine]


def terms_page(actor: Actor) -> TermsPage:
    actor.must(Permission.SET_TERMS)
    row = terms_of(actor.tenant_id)
    terms = terms_from(row)
    versions = TermProfile.objects.filter(tenant_id=actor.tenant_id).select_related("set_by")
    days = OfficeDay.objects.filter(tenant_id=actor.tenant_id).select_related("set_by")
    return TermsPage(
        version=0 if row is None else row.version,
        terms=terms,
        evaluation=numbers_of(terms.evaluation),
        lines=[_term(clock, terms) for clock in WITH_A_TERM],
        profiles=list(PROFILES.values()),
        basis=terms.base.basis,
        versions=[_version(one) for one in versions.order_by("-version")[:MOST_VERSIONS]],
        days=[
            DayLine(one.on, one.is_worked, one.reason, one.set_by.display_name, one.on >= today())
            for one in days.order_by("-on")[:MOST_VERSIONS]
        ],
    )


def _term(clock: Clock, terms: OfficeTerms) -> TermLine:
    by_profile = [one.terms[clock] for one in PROFILES.values()]
    return TermLine(clock, CLOCK_TITLES[clock], by_profile, terms.days(clock), terms.own.get(clock))


def _version(row: TermProfile) -> VersionLine:
    return VersionLine(
        version=row.version,
        profile=PROFILES[row.profile].title,
        own=len(row.own),
        soon_days=row.soon_days,
        steps=row.steps,
        reason=row.reason,
        by=row.set_by.display_name,
        at=row.set_at,
    )
