"""The filter half of the two layers: what the fence enforces, said again in Python."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from kernel.errors import NotVisible
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

Row = TypeVar("Row", bound=models.Model, covariant=True)


class OfficeQuerySet(models.QuerySet[Row]):
    """Rows of one office, for somebody of that office whose role may read them."""

    def readable_by(self, actor: Actor, permission: Permission) -> Self:
        """Own rows only. The policy says so too; this can be read, and tested, without it."""
        if permission not in actor.permissions:
            return self.none()
        return self.filter(tenant_id=actor.tenant_id)

    def one_readable_by(self, actor: Actor, permission: Permission, number: int) -> Row:
        """Not there, not yours and not for your role are one and the same refusal."""
        row = self.readable_by(actor, permission).filter(pk=number).first()
        if row is None:
            raise NotVisible(what=self.model._meta.model_name, number=number)
        return row


class DeliveredQuerySet(OfficeQuerySet[Row]):
    """Rows that one office handed to another."""

    def sent_by(self, actor: Actor) -> Self:
        """What the actor's office handed over, whoever received it."""
        return self.filter(sender_id=actor.tenant_id)
