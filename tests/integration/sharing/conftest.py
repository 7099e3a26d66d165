from __future__ import annotations

import pytest

from tenancy.actor import Actor
from tests.integration.scheduling.world import RoleSwitch
from tests.integration.sharing.ground import Bodies, settled


@pytest.fixture
def bodies(django_as: RoleSwitch, lin: Actor, wu: Actor, jiang: Actor) -> Bodies:
    return settled(lin, wu, jiang, django_as)
