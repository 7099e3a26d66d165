"""Who speaks for a body of the county, and who supervises its rectification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, Self

from django.db import models

from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import TenantOwned
from tenancy.object_permissions import HandlerPermission

SPEAK: Final = "speak"
SUPERVISE: Final = "supervise"


class UnitDeskQuerySet(models.QuerySet["UnitDesk"]):
    def of_office(self, actor: Actor) -> Self:
        """Own rows only. The policy says so too; this can be read, and tested, without it."""
        return self.filter(tenant_id=actor.tenant_id)


class UnitDesk(TenantOwned):
    """Where a body of the registry is reached: a unit that is inspected, or a department that letters
    go to. There is one for every line of the registry, by its code.

    The database makes it with the line and keeps the name in step; nobody who serves people writes
    here. A line never leaves the registry, so a desk stays as long as what was sent to it.
    """

    unit_code = models.CharField(max_length=50, help_text="As in the county's registry.")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=600, help_text="The name in pinyin.")
    inspectable = models.BooleanField(help_text="Whether it may be inspected.")

    objects = UnitDeskQuerySet.as_manager()

    class Meta:
        permissions = [
            (SPEAK, "May speak for it"),
            (SUPERVISE, "May supervise its rectification"),
        ]
        constraints = [
            models.UniqueConstraint(name="unit_desk_once_per_unit", fields=["tenant", "unit_code"])
        ]

    def __str__(self) -> str:
        return self.name


class UnitContact(HandlerPermission):
    """Somebody speaks for a unit, or supervises its rectification; never both.

    The director alone names and removes, and only who holds the seat for it is named; a row of
    somebody whose seat has ended counts for nothing.
    """

    needs_by: ClassVar[Mapping[str, Permission]] = {
        SPEAK: Permission.SPEAK_FOR_UNIT,
        SUPERVISE: Permission.SUPERVISE_UNIT,
    }

    # The name is guardian's.
    content_object = models.ForeignKey(
        UnitDesk, models.PROTECT, db_column="desk_id", db_constraint=False, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="unit_contact_in_one_capacity", fields=["tenant", "content_object", "user"]
            )
        ]
        indexes = [
            # What somebody speaks for: asked on each of their pages.
            models.Index(name="unit_contact_by_person", fields=["tenant", "user", "content_object"])
        ]
