from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, Office, User
from tests.import_desk import desk, media
from tests.integration.scheduling.conftest import world
from tests.people import SEATED_SINCE

__all__ = ["desk", "media", "world"]


@pytest.fixture
def qiu(django_as: Callable[[str], AbstractContextManager[None]], dinghai: Office) -> Actor:
    """Dinghai's discipline body."""
    return _seated(django_as, dinghai, 9021, "邱静", Role.DISCIPLINE_BODY)


@pytest.fixture
def ning(django_as: Callable[[str], AbstractContextManager[None]], dinghai: Office) -> Actor:
    """Liaison of a unit of Dinghai."""
    return _seated(django_as, dinghai, 9022, "宁远", Role.UNIT_LIAISON)


@pytest.fixture
def fei(django_as: Callable[[str], AbstractContextManager[None]], dinghai: Office) -> Actor:
    """A county leader of Dinghai."""
    return _seated(django_as, dinghai, 9023, "费明", Role.COUNTY_LEADER)


def _seated(
    django_as: Callable[[str], AbstractContextManager[None]],
    office: Office,
    number: int,
    name: str,
    role: Role,
) -> Actor:
    with django_as("superuser"):
        user = User.objects.create(pk=number, username=f"u{number}", display_name=name)
        Membership.objects.create(tenant_id=office.pk, user=user, role=role, since_on=SEATED_SINCE)
    return Actor(
        user_id=user.pk,
        name=user.display_name,
        tenant_id=office.pk,
        office_name=office.short_name,
        office_kind=office.kind,
        roles=frozenset({role}),
    )
