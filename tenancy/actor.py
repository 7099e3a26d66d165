"""Who acts, for which office, and what they may do there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from kernel.clock import today
from kernel.errors import NotAllowed
from kernel.text import Text
from tenancy.context import in_office
from tenancy.domain.deputies import deputy_title, passed_on
from tenancy.domain.roles import (
    PERMISSION_TITLES,
    ROLE_TITLES,
    Permission,
    Role,
    permissions_of,
)
from tenancy.models import Membership, Office, User


@dataclass(frozen=True, slots=True)
class Principal:
    """Whom a deputy stands in for."""

    user_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in an office. `user_id` None: the office's own housekeeping.

    Who is signed in wears one hat: `roles` is the role of the one seat that they chose, whatever
    else they hold in that office. With a token it is a program that acts for them: it may what they
    may, within what the token was given. A deputy acts `on_behalf_of` somebody, and may less than
    they may: not what is `withheld`.
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
    seat_number: int | None = field(default=None, compare=False)
    on_behalf_of: Principal | None = None
    withheld: frozenset[Permission] = frozenset()

    @property
    def permissions(self) -> frozenset[Permission]:
        held = permissions_of(self.roles, self.office_kind) - self.withheld
        return held if self.token_number is None else held & self.token_permissions

    @property
    def person_id(self) -> int:
        """Of somebody who called; an office's housekeeping never does."""
        if self.user_id is None:
            raise ValueError("The office's own housekeeping is no person.")
        return self.user_id

    @property
    def titles(self) -> Sequence[Text]:
        """What their hat is called: the seat, or whose seat."""
        titles = [ROLE_TITLES[role] for role in Role if role in self.roles]
        principal = self.on_behalf_of
        if principal is None:
            return titles
        return [deputy_title(principal.name, title) for title in titles]

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def must(self, permission: Permission) -> None:
        if not self.may(permission):
            raise NotAllowed(permission=PERMISSION_TITLES[permission])

    @classmethod
    def seated(
        cls, *, user_id: int, tenant_id: int, principal_id: int | None = None
    ) -> Self | None:
        """The actor with every own seat held there today, or with those in which they stand in for
        that person; or None. Inside that office's fence.

        For jobs and tokens, that wear no hat: what they may was narrowed when they were made.
        """
        rows = [row for row in _seats(user_id, tenant_id) if row.principal_id == principal_id]
        return cls._of(rows, user_id=user_id, tenant_id=tenant_id)

    @classmethod
    def wearing(cls, seat_number: int | None, *, user_id: int, tenant_id: int) -> Self | None:
        """The actor in this one seat, while they hold it. Inside that office's fence.

        Without a number it is their only seat there; of several, none: they have to choose.
        """
        rows = _seats(user_id, tenant_id)
        worn = [row for row in rows if seat_number in (None, row.pk)]
        if len(worn) != 1:
            return None
        return cls._of(worn, user_id=user_id, tenant_id=tenant_id, seat_number=worn[0].pk)

    @classmethod
    def _of(
        cls, rows: list[Membership], *, user_id: int, tenant_id: int, seat_number: int | None = None
    ) -> Self | None:
        if not rows:
            return None
        office, principal = rows[0].tenant, rows[0].principal
        roles = frozenset(Role(row.role) for row in rows)
        allowed = frozenset[Permission]().union(*(_allowed(row, office.kind) for row in rows))
        return cls(
            user_id=user_id,
            name=rows[0].user.display_name,
            tenant_id=tenant_id,
            office_name=office.short_name,
            office_kind=office.kind,
            roles=roles,
            seat_number=seat_number,
            on_behalf_of=Principal(principal.pk, principal.display_name) if principal else None,
            withheld=permissions_of(roles, office.kind) - allowed,
        )

    @classmethod
    def for_job(
        cls, tenant_id: int, on_behalf_of_user_id: int | None, principal_id: int | None = None
    ) -> Self:
        """Whoever asked for the job, with the seats of now: it may have been left since. Where they
        asked as somebody's deputy, as that deputy."""
        with in_office(tenant_id, on_behalf_of_user_id):
            name = ""
            if on_behalf_of_user_id is not None:
                actor = cls.seated(
                    user_id=on_behalf_of_user_id, tenant_id=tenant_id, principal_id=principal_id
                )
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


def _allowed(seat: Membership, kind: str) -> frozenset[Permission]:
    role = Role(seat.role)
    if seat.principal_id is None:
        return permissions_of([role], kind)
    withheld = [one for one in Permission if one.value in (seat.withheld or ())]
    return passed_on(role, kind, withheld)


def _seats(user_id: int, tenant_id: int) -> list[Membership]:
    """Today's seats there, with the names of person, office and whom they stand in for."""
    seats = Membership.objects.in_force(today()).filter(
        tenant_id=tenant_id, user_id=user_id, user__is_active=True
    )
    names = ("user__display_name", "principal__display_name")
    office = ("tenant__short_name", "tenant__kind")
    seat = ("role", "principal", "withheld", "tenant", "user")
    with_names = seats.select_related("tenant", "user", "principal")
    return list(with_names.only(*seat, *names, *office).order_by("pk"))
