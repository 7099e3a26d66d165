"""Who acts, for which office, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from kernel.clock import today
from kernel.errors import NotAllowed
from tenancy.context import in_office
from tenancy.domain.roles import PERMISSION_TITLES, Permission, Role, permissions_of
from tenancy.models import Membership, Office, User

_Seat = tuple[int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in an office. `user_id` None: the office's own housekeeping.

    Who is signed in wears one hat: `roles` is the role of the one seat that they chose, whatever
    else they hold in that office. With a token it is a program that acts for them: it may what they
    may, within what the token was given.
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

    @property
    def permissions(self) -> frozenset[Permission]:
        held = permissions_of(self.roles, self.office_kind)
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
        """The actor with every seat held there today, or None. Inside that office's fence.

        For jobs and tokens, that wear no hat: what they may was narrowed when they were made.
        """
        return cls._of(_seats(user_id, tenant_id), user_id=user_id, tenant_id=tenant_id)

    @classmethod
    def wearing(cls, seat_number: int | None, *, user_id: int, tenant_id: int) -> Self | None:
        """The actor in this one seat, while they hold it. Inside that office's fence.

        Without a number it is their only seat there; of several, none: they have to choose.
        """
        rows = _seats(user_id, tenant_id)
        worn = [row for row in rows if seat_number in (None, row[0])]
        if len(worn) != 1:
            return None
        return cls._of(worn, user_id=user_id, tenant_id=tenant_id, seat_number=worn[0][0])

    @classmethod
    def _of(
        cls, rows: list[_Seat], *, user_id: int, tenant_id: int, seat_number: int | None = None
    ) -> Self | None:
        if not rows:
            return None
        (_, _, name, office_name, office_kind) = rows[0]
        return cls(
            user_id=user_id,
            name=name,
            tenant_id=tenant_id,
            office_name=office_name,
            office_kind=office_kind,
            roles=frozenset(Role(role) for (_, role, *_) in rows),
            seat_number=seat_number,
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


def _seats(user_id: int, tenant_id: int) -> list[_Seat]:
    """Number, role, and the names of person and office with its kind, of today's seats there."""
    seats = Membership.objects.in_force(today()).filter(
        tenant_id=tenant_id, user_id=user_id, user__is_active=True
    )
    return list(
        seats.values_list(
            "pk", "role", "user__display_name", "tenant__short_name", "tenant__kind"
        ).order_by("pk")
    )
