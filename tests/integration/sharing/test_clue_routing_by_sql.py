"""The database sends a signed clue where the domain says, for every mode and level."""

from __future__ import annotations

import pytest

from sharing.domain.routing import OWNED_BY_MODE, ManagementLevel, Offices, clue_goes_to
from sharing.models.clues import ClueRoute
from sharing.models.rooms import Room, RoomSeat
from tests.clues import signed
from tests.people import acting
from tests.teams import Team


@pytest.mark.parametrize("level", ManagementLevel)
def test_the_database_routes_as_the_domain_does(team: Team, level: ManagementLevel) -> None:
    city, host = team.direct.tenant_id, team.direct.host_id
    zhao = team.actor("zhao")
    for mode in OWNED_BY_MODE:
        for of_city in (False, True):
            with team.django_as("owner"):
                Room.objects.filter(pk=team.direct.pk).update(mode=mode)
                origin = city if of_city else team.actor("jiang").tenant_id
                RoomSeat.objects.filter(room_id=team.direct.pk).update(origin_id=origin)
            number = signed(team, management_level=level)
            with acting(zhao):
                goes_to = ClueRoute.objects.get(clue_id=number).office_id
            offices = Offices(city, host, None if of_city else origin, team_of_city=of_city)
            assert goes_to == clue_goes_to(mode, level, offices), (mode, of_city)


def test_a_mode_that_nobody_decided_about_sends_nothing_anywhere(team: Team) -> None:
    with team.django_as("owner"):
        Room.objects.filter(pk=team.direct.pk).update(mode="unheard_of")

    with pytest.raises(Exception, match="Nobody decided"):
        signed(team)
    zhao = team.actor("zhao")
    with acting(zhao):
        assert not ClueRoute.objects.exists()
