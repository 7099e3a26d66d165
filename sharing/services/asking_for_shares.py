"""Asking other offices for views of their records, and offering views of one's own unasked."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from kernel.clock import today
from kernel.errors import DomainError
from kernel.text import Text, listed
from sharing.access.shares import may_know_of_clues
from sharing.domain.days import is_reversed
from sharing.domain.grants import (
    KINDS_FOR,
    LONGEST_DAYS,
    PURPOSE_TITLES,
    Purpose,
    term_fault,
    unfit_readers,
)
from sharing.domain.shared_views import FIELDS, KIND_TITLES, Shareable
from sharing.errors.shares import (
    ShareClueAskedByWhoHandlesNone,
    ShareFieldsUnfit,
    ShareNotForPurpose,
    ShareOfficeUnknown,
    ShareOfNoOffice,
    ShareOfNothing,
    SharePeriodReversed,
    ShareReadersUnfit,
    ShareTermUnfit,
)
from sharing.models.share_grants import ShareGrant
from tenancy import audit
from tenancy.access import neighbours_of
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import ROLE_TITLES, Permission, Role

AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """`until_on`: the first day on which nobody reads. `fields`: by kind, those asked for; none: as the
    purpose needs."""

    purpose: Purpose
    basis: str
    wanted: str
    kinds: Collection[Shareable]
    roles: Collection[str]
    until_on: date
    unit: str = ""
    words: str = ""
    happened_from: date | None = None
    happened_until: date | None = None
    fields: Mapping[Shareable, Collection[str]] = field(default_factory=dict)
    may_export: bool = False


@transaction.atomic
def ask_for_shares(*, actor: Actor, offices: Collection[int], asked: Asked) -> Sequence[ShareGrant]:
    """The same of each office, one grant each: each owner decides for itself.

    The first of `refusals_of`, if there is one."""
    actor.must(Permission.ASK_FOR_SHARES)
    _refuse(refusals_of(actor, offices, asked))
    batch = uuid.uuid4() if len(offices) > 1 else None
    made = [
        _made(actor, asked, owner=one, receiver=actor.tenant_id, batch=batch)
        for one in sorted(set(offices))
    ]
    for share in made:
        audit.record(actor, "sharing.share_grant.asked", share, office=share.tenant_id)
    return made


@transaction.atomic
def offer_shares(
    *, actor: Actor, offices: Collection[int], asked: Asked, batch: uuid.UUID | None = None
) -> Sequence[ShareGrant]:
    """Views of our own records to each of the offices, to be prepared and approved like any other.
    `batch`: by which they are known to belong together."""
    actor.must(Permission.VIEW_SHARES)
    if not {Permission.PREPARE_SHARES, Permission.APPROVE_SHARES} & actor.permissions:
        actor.must(Permission.PREPARE_SHARES)
    _refuse(refusals_of(actor, offices, asked))
    batch = batch or uuid.uuid4()
    made = [
        _made(actor, asked, owner=actor.tenant_id, receiver=one, batch=batch, is_offered=True)
        for one in sorted(set(offices))
    ]
    for share in made:
        audit.record(actor, "sharing.share_grant.offered", share, office=share.receiver_id)
    return made


def refusals_of(actor: Actor, offices: Collection[int], asked: Asked) -> Iterator[DomainError]:
    """Whatever the rule book has against it, all of it, so that nobody mends one fault to be told the
    next: `ShareOfNoOffice`, `ShareOfficeUnknown`, `ShareOfNothing`, `ShareClueAskedByWhoHandlesNone`,
    `ShareNotForPurpose`, `ShareFieldsUnfit`, `SharePeriodReversed`, `ShareReadersUnfit`, `ShareTermUnfit`."""
    yield from _of_offices(actor, offices)
    yield from _of_records(actor, asked)
    if is_reversed(asked.happened_from, asked.happened_until):
        yield SharePeriodReversed()
    yield from _of_readers(asked.kinds, asked.roles)
    yield from _of_term(asked.kinds, asked.until_on)


def _of_offices(actor: Actor, offices: Collection[int]) -> Iterator[DomainError]:
    beside = {office.pk for office in neighbours_of(actor)}
    if not offices:
        yield ShareOfNoOffice()
    elif len(set(offices)) > AT_ONCE or set(offices) - beside:
        yield ShareOfficeUnknown()


def _of_records(actor: Actor, asked: Asked) -> Iterator[DomainError]:
    if not asked.kinds:
        yield ShareOfNothing()
    if Shareable.CLUE in asked.kinds and not may_know_of_clues(actor):
        yield ShareClueAskedByWhoHandlesNone()
    if wrong := set(asked.kinds) - KINDS_FOR[asked.purpose]:
        kinds = listed(KIND_TITLES[one] for one in Shareable if one in wrong)
        yield ShareNotForPurpose(purpose=PURPOSE_TITLES[asked.purpose], kinds=kinds)
    # A field that is passed over would leave none named, which asks for as many as are needed.
    for kind, names in asked.fields.items():
        if names and (kind not in asked.kinds or set(names) - set(FIELDS[kind])):
            yield ShareFieldsUnfit(kind=KIND_TITLES[kind]).at(f"fields.{kind.value}")


def _of_readers(kinds: Collection[Shareable], roles: Collection[str]) -> Iterator[DomainError]:
    unfit = unfit_readers(kinds, roles)
    if unfit or not roles:
        known = [ROLE_TITLES[role] for role in Role if role.value in unfit]
        yield ShareReadersUnfit(
            roles=listed(known) if known else Text(zh="（未选择）", en="(none)")
        )


def _of_term(kinds: Collection[Shareable], until_on: date) -> Iterator[DomainError]:
    """Where no kind is chosen yet, none is stricter than the others."""
    kinds = kinds or [max(Shareable, key=lambda kind: LONGEST_DAYS[kind])]
    if term_fault(kinds, today(), until_on, on=today()) is not None:
        yield ShareTermUnfit(days=min(LONGEST_DAYS[kind] for kind in kinds))


def fit_readers(kinds: Collection[Shareable], roles: Collection[str]) -> None:
    _refuse(_of_readers(kinds, roles))


def fit_term(kinds: Collection[Shareable], until_on: date) -> None:
    _refuse(_of_term(kinds, until_on))


def _refuse(refusals: Iterator[DomainError]) -> None:
    first = next(refusals, None)
    if first is not None:
        raise first


def _made(
    actor: Actor,
    asked: Asked,
    *,
    owner: int,
    receiver: int,
    batch: uuid.UUID | None,
    is_offered: bool = False,
) -> ShareGrant:
    refusals = {
        "share_term_within_its_longest": ShareTermUnfit(
            days=min(LONGEST_DAYS[kind] for kind in asked.kinds)
        ),
    }
    with refused_as(refusals):
        share = ShareGrant.objects.create(
            tenant_id=owner,
            receiver_id=receiver,
            is_offered=is_offered,
            batch=batch,
            purpose=asked.purpose.value,
            basis=asked.basis.strip(),
            wanted=asked.wanted.strip(),
            kinds=[kind.value for kind in Shareable if kind in asked.kinds],
            unit=asked.unit.strip(),
            words=asked.words.strip(),
            happened_from=asked.happened_from,
            happened_until=asked.happened_until,
            fields={kind.value: _in_order(kind, n) for kind, n in asked.fields.items() if n},
            roles=sorted(set(asked.roles)),
            until_on=asked.until_on,
            may_export=asked.may_export,
        )
    share.refresh_from_db()
    return share


def _in_order(kind: Shareable, names: Collection[str]) -> list[str]:
    return [name for name in FIELDS[kind] if name in names]
