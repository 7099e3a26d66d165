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
    with django_as("superuser"):
        user = User.objects.create(pk=9021, username="qiu", display_name="邱静")
        Membership.objects.create(
            tenant_id=dinghai.pk, user=user, role=Role.DISCIPLINE_BODY, since_on=SEATED_SINCE
        )
    return Actor(
        user_id=user.pk,
        name=user.display_name,
        tenant_id=dinghai.pk,
        office_name=dinghai.short_name,
        office_kind=dinghai.kind,
        roles=frozenset({Role.DISCIPLINE_BODY}),
    )
