from __future__ import annotations

import pytest

from tenancy.actor import Actor
from tenancy.models import Office
from tests.integration.scheduling.world import RoleSwitch, World


@pytest.fixture
def world(
    django_as: RoleSwitch,
    chen: Actor,
    zhao: Actor,
    lin: Actor,
    wu: Actor,
    jiang: Actor,
    zhoushan: Office,
    dinghai: Office,
    putuo: Office,
    daishan: Office,
    shengsi: Office,
) -> World:
    """The test's city, with nothing in it yet."""
    offices = {office.code: office for office in (zhoushan, dinghai, putuo, daishan, shengsi)}
    return World(chen, zhao, lin, wu, jiang, offices, django_as)
