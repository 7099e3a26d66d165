"""Who inside an office handles what. The only module that speaks django-guardian.

A container (a round, later a team's room or a case file) joins by declaring one model::

    class RoundHandler(HandlerPermission):
        content_object = models.ForeignKey(InspectionRound, models.PROTECT, db_constraint=False, ...)

and `HANDLE` in the container's `Meta.permissions`; its migration fences the table and binds it
by `composite_fk`. docs/architecture/containers.md says the rest.

What guardian does by default and is never asked for here:

- *global permissions count*, *superusers hold everything*: `PINNED` switches both off;
- *generic rows*, which outlive what they point at and wake up when a key is used again: its two
  generic tables do not exist (`MIGRATION_MODULES`), and a container without a model of its own is
  refused in words;
- *groups* and *the anonymous user*: nobody is in a group, and nobody is anonymous.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final, TypeVar

from django.contrib.auth.models import Permission as ModelPermission
from django.db import models
from django.db.models import QuerySet
from guardian.models import UserObjectPermission, UserObjectPermissionBase
from guardian.shortcuts import (
    assign_perm,
    get_objects_for_user,
    get_user_perms,
    get_users_with_perms,
    remove_perm,
)
from guardian.utils import get_user_obj_perms_model

from kernel.clock import today
from tenancy.domain.roles import ROLES, Permission, Role
from tenancy.models import Membership, TenantOwned, User

HANDLE: Final = "handle"
PINNED: Final = {"with_superuser": False, "accept_global_perms": False, "use_groups": False}

Container = TypeVar("Container", bound=models.Model)


class HandlerPermission(UserObjectPermissionBase, TenantOwned):
    """One person handles one container of their office.

    The office is the container's, never the caller's. `needs`: whoever handles it must hold a
    seat with this permission; a row of somebody whose seat has ended counts for nothing.
    """

    needs: ClassVar[Permission]
    # Where a container can be handled in more than one capacity: what each of them takes.
    needs_by: ClassVar[Mapping[str, Permission]] = {}
    content_object: models.ForeignKey[Any, Any]

    # guardian's own would delete these rows along with a person or a permission.
    user = models.ForeignKey(User, models.PROTECT, db_index=False)
    permission = models.ForeignKey(ModelPermission, models.PROTECT, db_index=False)

    class Meta:
        abstract = True

    @classmethod
    def seat_for(cls, capacity: str) -> Permission:
        """What the seat of somebody named in this capacity must let them do."""
        return cls.needs_by[capacity] if cls.needs_by else cls.needs

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.tenant_id = self.content_object.tenant_id
        super().save(*args, **kwargs)


def handles(user_id: int | None, container: models.Model, capacity: str = HANDLE) -> bool:
    """Whether they were named, and hold a seat that lets them."""
    if user_id is None:
        return False
    seats = _seats(container, capacity).filter(user_id=user_id)
    named = get_user_perms(User(pk=user_id), _of_its_own(container))
    return seats.exists() and named.filter(codename=capacity).exists()


def handlers_of(container: models.Model, capacity: str = HANDLE) -> QuerySet[User]:
    """Those who handle it today, in the order of their names."""
    seated = _seats(container, capacity).values("user_id")
    return named_to(container, capacity).filter(pk__in=seated)


def named_to(container: models.Model, capacity: str = HANDLE) -> QuerySet[User]:
    """Everybody who was named, also those whose seat has ended since."""
    people: Any = get_users_with_perms(
        _of_its_own(container),
        only_with_perms_in=[capacity],
        with_superusers=PINNED["with_superuser"],
        with_group_users=PINNED["use_groups"],
    )
    return _without_secrets(people)


def nameable_to(container: models.Model, capacity: str = HANDLE) -> QuerySet[User]:
    """Who could be named: they hold the seat, and do not handle it yet."""
    seats = _seats(container, capacity)
    seated = User.objects.filter(pk__in=seats.values("user_id"), is_active=True)
    return _without_secrets(seated).exclude(pk__in=named_to(container, capacity).values("pk"))


def handled_by(
    user_id: int, containers: QuerySet[Container], capacity: str = HANDLE
) -> QuerySet[Container]:
    """Those of the containers to which this person was named."""
    _model_for(containers.model)
    found: QuerySet[Container] = get_objects_for_user(
        User(pk=user_id), capacity, klass=containers, **PINNED
    )
    return found


def name_handler(user_id: int, container: models.Model, capacity: str = HANDLE) -> None:
    """Naming twice does it once. Who may, the service and the database decide."""
    assign_perm(capacity, User(pk=user_id), _of_its_own(container))


def take_from(user_id: int, container: models.Model, capacity: str = HANDLE) -> bool:
    """Whether there was anything to take: of two at once, one found it."""
    removed: Any = remove_perm(capacity, User(pk=user_id), _of_its_own(container))
    return bool(removed[0])


def _of_its_own(container: Container) -> Container:
    """The container, when a model of permissions points at it directly."""
    _model_for(container)
    return container


def _model_for(container: Any) -> type[HandlerPermission]:
    """guardian would fall back on its generic rows."""
    found: Any = get_user_obj_perms_model(container)
    if found is UserObjectPermission:
        raise TypeError(f"{container!r} has no HandlerPermission: nobody can handle it.")
    model: type[HandlerPermission] = found
    return model


def _seats(container: models.Model, capacity: str) -> QuerySet[Membership]:
    """Seats of the container's office that let their holder handle it, in force today."""
    needs = _model_for(container).seat_for(capacity)
    return seats_with(needs, container.tenant_id, on=today())  # type: ignore[attr-defined]


def seats_with(permission: Permission, tenant_id: int, *, on: date) -> QuerySet[Membership]:
    """Who may do it in the office, by own seats in force on the day: deputies are named nowhere."""
    roles = [role for role in Role if permission in ROLES[role]]
    return Membership.objects.in_force(on).own().filter(tenant_id=tenant_id, role__in=roles)


def _without_secrets(people: QuerySet[User]) -> QuerySet[User]:
    return people.only("pk", "display_name").order_by("display_name", "pk")
