"""Whom and what a clue names, and asking whether another office holds something about them.

What is typed is in memory for the length of one call. It is sealed to the matcher, which is another process
and has the only key; asking hands the box over and answers "queued", whatever any office holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from sharing.access.corroboration import access_party
from sharing.access.office_clues import access_office_clue
from sharing.domain.corroboration.asking import QUOTA, hindrances_to_asking
from sharing.domain.corroboration.parties import Party, read_party
from sharing.errors.corroboration import (
    ClueNotCompared,
    ComparingIsOff,
    IdentifierUnread,
    NothingToCompare,
    PartyAskedAlready,
    QuotaUsedUp,
)
from sharing.mapping.boxes import bound_to, public_key
from sharing.models.corroboration import ClueParty
from sharing.vault.boxes import sealed_to
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import ask, refused_as, refused_by


@sensitive_variables("written", "party", "content")
@transaction.atomic
def note_party(*, actor: Actor, number: int, written: Mapping[str, str]) -> ClueParty:
    """Of clue `number`, by the names of `FIELD_TITLES`: identifiers of one person or organisation.

    `IdentifierUnread` (at its field), `NothingToCompare`, `ComparingIsOff`."""
    clue = access_office_clue(actor, number)
    party = _read(written)
    public = public_key()
    if public is None:
        raise ComparingIsOff
    content = json.dumps(party.content, ensure_ascii=False).encode()
    noted: ClueParty = ClueParty.objects.create(
        tenant_id=actor.tenant_id,
        clue=clue,
        masks=party.masks,
        rows=party.rows,
        sealed=sealed_to(public, content, bound_to(actor.tenant_id, clue.pk)),
    )
    noted.refresh_from_db()
    audit.record(actor, "sharing.clue_party.noted", noted)
    return noted


@transaction.atomic
def ask_about(*, actor: Actor, number: int, party: int) -> str:
    """Hand it to the matcher: "queued", and nothing else, ever.

    `ClueNotCompared`, `PartyAskedAlready`, `QuotaUsedUp`."""
    clue = access_office_clue(actor, number)
    one = access_party(actor, clue, party)
    for why in hindrances_to_asking(clue.state, len(clue.evidence)):
        raise ClueNotCompared(why=why)
    too_much = QuotaUsedUp(rows=one.rows, of_user=QUOTA.of_user, of_office=QUOTA.of_office)
    refusals = {
        "party_may_be_asked_about": PartyAskedAlready(),
        "asked_within_the_quota": too_much,
    }
    with refused_as(refusals):
        queued = ask("SELECT sec.ask_about_party(%s)", one.pk)
    audit.record(actor, "sharing.clue_party.asked", one)
    return str(queued)


@transaction.atomic
def withdraw_party(*, actor: Actor, number: int, party: int) -> None:
    """It is compared no more, once it has cooled; before it is told about, it tells nobody less.

    `PartyAskedAlready`."""
    clue = access_office_clue(actor, number)
    one = access_party(actor, clue, party)
    with refused_by("party_stands", PartyAskedAlready()):
        ask("SELECT sec.withdraw_party(%s)", one.pk)
    audit.record(actor, "sharing.clue_party.withdrawn", one)


@sensitive_variables("written", "read")
def _read(written: Mapping[str, str]) -> Party:
    read = read_party(written)
    if not isinstance(read, Party):
        field, fault = next(iter(read.items()))
        raise IdentifierUnread(why=fault.words).at(field)
    if not read.rows:
        raise NothingToCompare
    return read
