"""What is sealed: whoever registered the clue knows that it is there; custodians open it."""

from __future__ import annotations

from django.db.models import QuerySet

from kernel.errors import NotVisible
from sharing.access.clues import access_clue
from sharing.models.informants import Informant, InformantCustodian, InformantEvent
from tenancy.actor import Actor
from tenancy.db import ask
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

# Never what is sealed: the web's role may not select it.
SHOWN = ("id", "tenant_id", "clue_id", "code", "entered_at", "destroyed_at")


def keeps_informants(actor: Actor) -> bool:
    """Named, in force, in a seat that lets them; in person."""
    return actor.may(Permission.KEEP_INFORMANTS) and ask("SELECT sec.keeps_informants()") is True


def informants_kept_by(actor: Actor) -> QuerySet[Informant]:
    if not keeps_informants(actor):
        return Informant.objects.none()
    return Informant.objects.filter(tenant_id=actor.tenant_id).only(*SHOWN)


def informants_part(actor: Actor, window: Window) -> Part[Informant]:
    """The newest first."""
    return part_of(informants_kept_by(actor), window, "-pk")


def access_informant(actor: Actor, number: int) -> Informant:
    found = informants_kept_by(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="informant", number=number)
    return found


def informant_of_clue(actor: Actor, number: int) -> Informant | None:
    """Of a clue that the actor registered, whether something is sealed; of others' it is not there."""
    clue = access_clue(actor, number)
    if clue.registered_by_id != actor.user_id:
        raise NotVisible(what="clue", number=number)
    found = Informant.objects.filter(tenant_id=actor.tenant_id, clue_id=clue.pk)
    return found.only(*SHOWN).first()


def events_visible_to(actor: Actor) -> QuerySet[InformantEvent]:
    """Openings and destructions: custodians', and theirs who name and confirm custodians."""
    needed = {
        Permission.KEEP_INFORMANTS,
        Permission.NAME_CUSTODIANS,
        Permission.CONFIRM_CUSTODIANS,
    }
    if not needed & actor.permissions:
        return InformantEvent.objects.none()
    rows = InformantEvent.objects.filter(tenant_id=actor.tenant_id)
    return rows.select_related("informant").only(
        "kind", "by_name", "reason", "at", "tenant_id", "informant__code"
    )


def custodians_visible_to(actor: Actor) -> QuerySet[InformantCustodian]:
    if not {Permission.NAME_CUSTODIANS, Permission.CONFIRM_CUSTODIANS} & actor.permissions:
        return InformantCustodian.objects.none()
    rows = InformantCustodian.objects.filter(tenant_id=actor.tenant_id, ended_at__isnull=True)
    return rows.select_related("user", "named_by", "confirmed_by").order_by("pk")


def access_custodian(actor: Actor, number: int) -> InformantCustodian:
    found = custodians_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="custodian", number=number)
    return found
