from __future__ import annotations

import pytest

from tenancy.actor import Actor
from tests.integration.scheduling.world import RoleSwitch
from tests.integration.sharing.counties import counties
from tests.integration.sharing.county import County
from tests.integration.sharing.county import settled as laid
from tests.integration.sharing.digests import digest_city
from tests.integration.sharing.ground import Bodies, settled
from tests.teams import Team

__all__ = ["counties", "digest_city"]  # fixtures


@pytest.fixture
def bodies(django_as: RoleSwitch, lin: Actor, wu: Actor, jiang: Actor) -> Bodies:
    return settled(lin, wu, jiang, django_as)


@pytest.fixture
def county(team: Team) -> County:
    return laid(team)
