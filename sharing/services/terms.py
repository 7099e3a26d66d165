"""An office's terms and working days, as its director sets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction

from kernel.clock import now, today
from scheduling.domain.working_days import day_of
from scheduling.mapping.calendars import official_notices
from sharing.access.deadlines import terms_of
from sharing.domain.due_dates import WITH_A_TERM
from sharing.domain.evaluations import Parameters, Part, UnfitSheet, numbers_of, parameters_from
from sharing.domain.terms import Change, OfficeTerms, UnfitTerms, changes
from sharing.errors.deadlines import (
    EvaluationUnfit,
    OfficeDayNotNeeded,
    OfficeDayPast,
    OfficeDayTooFar,
    ReasonMissing,
    TermsSetMeanwhile,
    TermsUnchanged,
    TermsUnfit,
)
from sharing.mapping.terms import stored, terms_from
from sharing.models.deadlines import OfficeDay, TermProfile
from sharing.services.reckoning import reckon_running
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import Permission

FARTHEST = timedelta(days=731)
# Which parameters of the evaluation a fault is about.
FIELDS_OF = {"parts": tuple(map(str, Part)), "grades": ("good", "rather_good", "fair")}


@dataclass(frozen=True, slots=True)
class Preview:
    """`changes`: terms of clocks that begin from now on. Clocks that run keep theirs. `judged`: (name,
    before, after) of the evaluation's parameters."""

    terms: OfficeTerms
    changes: Sequence[Change]
    judged: Sequence[tuple[str, int, int]] = ()


def preview_terms(
    *,
    actor: Actor,
    profile: str,
    own: Mapping[str, int],
    soon_days: int,
    steps: Sequence[int],
    evaluation: Mapping[str, int] | None = None,
) -> Preview:
    """What would change. `evaluation`: its parameters by name; None: those in force stay. Raises
    `TermsUnfit`, `TermsUnchanged`; nothing is written."""
    actor.must(Permission.SET_TERMS)
    before = terms_from(terms_of(actor.tenant_id))
    judged_by = before.evaluation if evaluation is None else _parameters(evaluation)
    wanted = replace(_read(profile, own, soon_days, steps), evaluation=judged_by)
    if wanted == before:
        raise TermsUnchanged
    return Preview(wanted, changes(before, wanted), _judged_otherwise(before, wanted))


@transaction.atomic
def set_terms(
    *,
    actor: Actor,
    seen: int,
    profile: str,
    own: Mapping[str, int],
    soon_days: int,
    steps: Sequence[int],
    reason: str,
    evaluation: Mapping[str, int] | None = None,
) -> TermProfile:
    """The next version, for clocks that begin from now on. `seen`: the version that was looked at,
    0 for none. Raises `TermsUnfit`, `TermsUnchanged`, `TermsSetMeanwhile`, `ReasonMissing`."""
    wanted = preview_terms(
        actor=actor,
        profile=profile,
        own=own,
        soon_days=soon_days,
        steps=steps,
        evaluation=evaluation,
    ).terms
    if not reason.strip():
        raise ReasonMissing
    before = terms_of(actor.tenant_id)
    version = before.version if before else 0
    if seen != version:
        raise TermsSetMeanwhile
    meanwhile = TermsSetMeanwhile()
    with refused_as(
        {"term_profile_version_once": meanwhile, "terms_follow_one_another": meanwhile}
    ):
        row = TermProfile.objects.create(
            tenant_id=actor.tenant_id,
            version=version + 1,
            reason=reason.strip()[:500],
            set_by_id=actor.person_id,
            **stored(wanted),
        )
    audit.record(
        actor,
        "sharing.terms.set",
        row,
        version=row.version,
        profile=row.profile,
        own=row.own,
        evaluation=row.evaluation,
    )
    return row


@transaction.atomic
def set_office_day(*, actor: Actor, on: date, is_worked: bool, reason: str) -> OfficeDay:
    """Say of a day otherwise than the notice; running clocks are reckoned anew. Twice is once."""
    actor.must(Permission.SET_TERMS)
    _must_be_ahead(on)
    if not reason.strip():
        raise ReasonMissing
    if day_of(on, official_notices(), {}).is_working_day is is_worked:
        raise OfficeDayNotNeeded(on=on.isoformat())
    day, _is_new = OfficeDay.objects.update_or_create(
        tenant_id=actor.tenant_id,
        on=on,
        defaults={
            "is_worked": is_worked,
            "reason": reason.strip()[:200],
            "set_by_id": actor.person_id,
            "set_at": now(),
        },
    )
    moved = reckon_running(actor.tenant_id)
    audit.record(
        actor, "sharing.office_day.set", day, on=on.isoformat(), is_worked=is_worked, moved=moved
    )
    return day


@transaction.atomic
def unset_office_day(*, actor: Actor, on: date) -> bool:
    """As the notice has it again. Whether there was anything to take back."""
    actor.must(Permission.SET_TERMS)
    _must_be_ahead(on)
    day = OfficeDay.objects.filter(tenant_id=actor.tenant_id, on=on).first()
    if day is None:
        return False
    number = day.pk
    day.delete()
    moved = reckon_running(actor.tenant_id)
    gone = OfficeDay(pk=number)
    audit.record(actor, "sharing.office_day.unset", gone, on=on.isoformat(), moved=moved)
    return True


def _parameters(numbers: Mapping[str, int]) -> Parameters:
    try:
        return parameters_from(numbers)
    except UnfitSheet as fault:
        names = FIELDS_OF.get(fault.field, (fault.field,))
        raise EvaluationUnfit().at(*(f"evaluation.{name}" for name in names)) from fault


def _judged_otherwise(before: OfficeTerms, after: OfficeTerms) -> list[tuple[str, int, int]]:
    old, new = numbers_of(before.evaluation), numbers_of(after.evaluation)
    return [(name, old[name], new[name]) for name in old if old[name] != new[name]]


def _must_be_ahead(on: date) -> None:
    if on < today():
        raise OfficeDayPast(on=on.isoformat())
    if on > today() + FARTHEST:
        raise OfficeDayTooFar(on=on.isoformat())


def _read(
    profile: str, own: Mapping[str, int], soon_days: int, steps: Sequence[int]
) -> OfficeTerms:
    known = {str(clock): clock for clock in WITH_A_TERM}
    unknown = sorted(set(own) - set(known))
    if unknown:
        raise TermsUnfit().at(f"own.{unknown[0]}")
    try:
        terms = {known[name]: days for name, days in own.items()}
        base = OfficeTerms(profile, {}, soon_days, tuple(sorted(set(steps))))
        # What is as the profile has it is no term of one's own.
        kept = {clock: days for clock, days in terms.items() if days != base.base.terms[clock]}
        return OfficeTerms(profile, kept, soon_days, base.steps)
    except UnfitTerms as fault:
        raise TermsUnfit().at(fault.field) from fault
