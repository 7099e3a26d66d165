"""Asking other offices for views of their records, and offering views of one's own unasked."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from kernel.clock import today
from kernel.text import Text, listed
from sharing.access.shares import may_know_of_clues
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
    ShareOfNothing,
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

    `ShareOfficeUnknown` and whatever `fit_terms` refuses."""
    actor.must(Permission.ASK_FOR_SHARES)
    _must_be_neighbours(actor, offices)
    fit_terms(actor, asked)
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
    _must_be_neighbours(actor, offices)
    fit_terms(actor, asked)
    batch = batch or uuid.uuid4()
    made = [
        _made(actor, asked, owner=actor.tenant_id, receiver=one, batch=batch, is_offered=True)
        for one in sorted(set(offices))
    ]
    for share in made:
        audit.record(actor, "sharing.share_grant.offered", share, office=share.receiver_id)
    return made


def fit_terms(actor: Actor, asked: Asked) -> None:
    """Purpose, kinds, fields, readers and term as the rule book has them: `ShareOfNothing`,
    `ShareNotForPurpose`, `ShareClueAskedByWhoHandlesNone`, `ShareFieldsUnfit`, `ShareReadersUnfit`,
    `ShareTermUnfit`."""
    if not asked.kinds:
        raise ShareOfNothing
    if Shareable.CLUE in asked.kinds and not may_know_of_clues(actor):
        raise ShareClueAskedByWhoHandlesNone
    if wrong := set(asked.kinds) - KINDS_FOR[asked.purpose]:
        kinds = listed(KIND_TITLES[one] for one in Shareable if one in wrong)
        raise ShareNotForPurpose(purpose=PURPOSE_TITLES[asked.purpose], kinds=kinds)
    _fit_fields(asked)
    fit_readers(asked.kinds, asked.roles)
    fit_term(asked.kinds, asked.until_on)


def _fit_fields(asked: Asked) -> None:
    """One that is passed over would leave none named, which asks for as many as are needed."""
    for kind, names in asked.fields.items():
        if names and (kind not in asked.kinds or set(names) - set(FIELDS[kind])):
            raise ShareFieldsUnfit(kind=KIND_TITLES[kind]).at(f"fields.{kind.value}")


def fit_readers(kinds: Collection[Shareable], roles: Collection[str]) -> None:
    unfit = unfit_readers(kinds, roles)
    if unfit or not roles:
        known = [ROLE_TITLES[role] for role in Role if role.value in unfit]
        raise ShareReadersUnfit(
            roles=listed(known) if known else Text(zh="（未选择）", en="(none)")
        )


def fit_term(kinds: Collection[Shareable], until_on: date) -> None:
    if term_fault(kinds, today(), until_on, on=today()) is not None:
        raise ShareTermUnfit(days=min(LONGEST_DAYS[kind] for kind in kinds))


def _must_be_neighbours(actor: Actor, offices: Collection[int]) -> None:
    beside = {office.pk for office in neighbours_of(actor)}
    if not offices or len(set(offices)) > AT_ONCE or set(offices) - beside:
        raise ShareOfficeUnknown


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
