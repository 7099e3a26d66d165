"""Imports of the actor's own office, by the permission of their kind."""

from __future__ import annotations

from django.db.models import Q

from kernel.errors import NotVisible
from scheduling.models.imports import Import, ImportQuerySet
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

IMPORT_PERMISSION = {
    Import.Kind.ROSTER.value: Permission.IMPORT_ROSTER,
    Import.Kind.UNITS.value: Permission.IMPORT_UNITS,
}


def imports_visible_to(actor: Actor) -> ImportQuerySet:
    """The imports of the kinds that this actor may make."""
    kinds = [kind for kind, permission in IMPORT_PERMISSION.items() if actor.may(permission)]
    return Import.objects.filter(Q(tenant_id=actor.tenant_id), kind__in=kinds)


def access_import(actor: Actor, number: int, *, lock: bool = False) -> Import:
    """Return the import, or refuse in words that do not tell whether it exists."""
    imports = imports_visible_to(actor)
    upload = (imports.select_for_update() if lock else imports).filter(pk=number).first()
    if upload is None:
        raise NotVisible(what="import", number=number)
    return upload
