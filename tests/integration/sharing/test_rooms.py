"""Who is in a room: named there, seated in its office, while it is open."""

from __future__ import annotations

import pytest

from kernel.errors import NotVisible
from sharing.access.rooms import access_room, rooms_of_mine, works_in
from sharing.models.rooms import Room
from tenancy.db import ask
from tenancy.models import Membership
from tests.people import acting
from tests.teams import BEGINS, Team


def _sees(team: Team, who: str, room: Room, office: str = "dinghai") -> bool:
    """Asked of Python and of the database, which agree."""
    actor = team.actor(who, office)
    with acting(actor):
        by_access = works_in(actor, room)
        assert by_access == (ask("SELECT sec.in_room(%s)", room.pk) is True)
        assert by_access == (room in rooms_of_mine(actor))
    return by_access


def test_the_team_is_in_its_own_rooms_and_in_no_others(team: Team) -> None:
    for who in ("tang", "gu", "mei"):
        assert _sees(team, who, team.papers)
        assert _sees(team, who, team.direct, "zhoushan")
        assert not _sees(team, who, team.others_papers)
        assert not _sees(team, who, team.others_direct, "zhoushan")
        assert not _sees(team, who, team.direct)


@pytest.mark.parametrize("who", ["lin", "wu", "he", "luo", "qiao", "zhao", "ruan", "jiang"])
def test_nobody_else_is(team: Team, who: str) -> None:
    actor = team.actor(who)
    with acting(actor), pytest.raises(NotVisible):
        access_room(actor, team.papers.pk)


def test_a_seat_that_ended_leaves_the_room_at_once(team: Team) -> None:
    assert _sees(team, "mei", team.papers)
    with team.django_as("owner"):
        Membership.objects.filter(user_id=team.actor("mei").person_id).update(until_on="2021-01-01")

    assert not _sees(team, "mei", team.papers)
    assert _sees(team, "tang", team.papers)


@pytest.mark.parametrize(
    "change",
    [{"closed_at": "2026-01-01T00:00Z"}, {"until_on": "2021-01-01"}, {"starts_on": "2098-01-01"}],
)
def test_a_room_that_is_closed_or_not_yet_open_lets_nobody_in(
    team: Team, change: dict[str, str]
) -> None:
    assert team.papers.starts_on == BEGINS
    with team.django_as("owner"):
        Room.objects.filter(pk=team.papers.pk).update(**change)
    with team.django_as("owner"):
        team.papers = Room.objects.get(pk=team.papers.pk)

    assert not _sees(team, "tang", team.papers)
    assert _sees(team, "tang", team.direct, "zhoushan")
