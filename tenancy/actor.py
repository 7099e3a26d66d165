"""Who acts, for which office, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from kernel.clock import today
from kernel.errors import NotAllowed
from tenancy.context import in_office
from tenancy.domain.roles import PERMISSION_TITLES, Permission, Role, permissions_of
from tenancy.models import Membership, Office, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in an office. `user_id` None: the office's own housekeeping.

    With a token it is a program that acts for them: it may what they may, within what the token
    was given.
    """

    user_id: int | None
    name: str
    tenant_id: int
    office_name: str
    office_kind: str
    roles: frozenset[Role]
    token_number: int | None = None
    token_permissions: frozenset[Permission] = frozenset()
    reads_only: bool = False

    @property
    def permissions(self) -> frozenset[Permission]:
        held = permissions_of(self.roles)
        return held if self.token_number is None else held & self.token_permissions

    @property
    def person_id(self) -> int:
        """Of somebody who called; an office's housekeeping never does."""
        if self.user_id is None:
            raise ValueError("The office's own housekeeping is no person.")
        return self.user_id

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def must(self, permission: Permission) -> None:
        if not self.may(permission):
            raise NotAllowed(permission=PERMISSION_TITLES[permission])

    @classmethod
    def seated(cls, *, user_id: int, tenant_id: int) -> Self | None:
        """The actor with every seat held there today, or None. Inside that office's fence."""
        seats = (
            Membership.objects.in_force(today())
            .filter(tenant_id=tenant_id, user_id=user_id)
            .values_list("role", "user__display_name", "tenant__short_name", "tenant__kind")
        )
        rows = list(seats)
        if not rows:
            return None
        (_, name, office_name, office_kind) = rows[0]
        return cls(
            user_id=user_id,
            name=name,
            tenant_id=tenant_id,
            office_name=office_name,
            office_kind=office_kind,
            roles=frozenset(Role(role) for (role, *_) in rows),
        )

    @classmethod
    def for_job(cls, tenant_id: int, on_behalf_of_user_id: int | None) -> Self:
        """Whoever asked for the job, with the seats of now: it may have been left since."""
        with in_office(tenant_id, on_behalf_of_user_id):
            name = ""
            if on_behalf_of_user_id is not None:
                actor = cls.seated(user_id=on_behalf_of_user_id, tenant_id=tenant_id)
                if actor is not None:
                    return actor
                names = User.objects.filter(pk=on_behalf_of_user_id)
                name = names.values_list("display_name", flat=True).get()
            office = Office.objects.get(pk=tenant_id)
            return cls(
                user_id=on_behalf_of_user_id,
                name=name,
                tenant_id=tenant_id,
                office_name=office.short_name,
                office_kind=office.kind,
                roles=frozenset(),
            )
