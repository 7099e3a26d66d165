"""Two at once about one team: whole or not at all, and whoever comes second is told why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from scheduling.models.rosters import Person
from sharing.errors.authorising import (
    AccountSitsInRoom,
    AuthorisationNotOpen,
    AuthorisedAlready,
    NoAccountToSeat,
    RoomNotOpen,
)
from sharing.services import authorising
from sharing.services.accounts import unlink_account
from tenancy.domain.roles import Role
from tenancy.models import Membership
from tests.authorised import XU, Waiting, _as
from tests.integration.races.racing import WON, Course, Track
from tests.people import SEATED_SINCE, _actor, _office, acting

RACES = 40
TABLES = (
    "sharing_personaccount",
    "sharing_authorisation",
    "sharing_room",
    "sharing_roomunit",
    "sharing_roomseat",
    "sharing_roommember",
    "tenancy_membership",
)
# A guest without an open room, a room without its other one, a seat of an account that is not linked.
BROKEN = """
SELECT (SELECT count(*) FROM tenancy_membership AS seat
         WHERE seat.is_guest AND seat.until_on > sec.today() AND NOT EXISTS (
             SELECT FROM sharing_roommember AS named JOIN sharing_room AS room
                 ON room.id = named.room_id AND room.closed_at IS NULL
              WHERE named.user_id = seat.user_id AND named.tenant_id = seat.tenant_id))
     + (SELECT count(*) FROM (SELECT request_number FROM sharing_room WHERE closed_at IS NULL
                               GROUP BY request_number HAVING count(*) <> 2) AS half)
     + (SELECT count(*) FROM sharing_roomseat AS seat JOIN sharing_room AS room
            ON room.id = seat.room_id AND room.closed_at IS NULL
         WHERE seat.user_id IS NOT NULL AND seat.ended_on IS NULL AND NOT EXISTS (
             SELECT FROM sharing_personaccount AS known
              WHERE known.tenant_id = seat.origin_id AND known.user_id = seat.user_id))
"""


def _done(actor: Any, service: Callable[..., Any], **given: Any) -> Any:
    with acting(actor):
        return service(actor=actor, **given)


def two_grants(waiting: Waiting) -> Course:
    """Two directors of one office, with two documents."""
    waiting.link("tang", "gu")
    number = waiting.propose()
    with waiting.django_as("superuser"):
        Membership.objects.create(
            tenant_id=_office("dinghai").pk,
            user_id=XU[0],
            role=Role.COUNTY_DIRECTOR,
            since_on=SEATED_SINCE,
        )
    second = _as(*XU, "dinghai", Role.COUNTY_DIRECTOR)

    def other() -> Any:
        with acting(second):
            return authorising.grant(
                actor=second,
                number=number,
                document_number="另一文号",
                authorised_by="区委",
                **waiting.term(),
            )

    return Course(
        (partial(waiting.grant, number), other),
        BROKEN,
        TABLES,
        frozenset({AuthorisationNotOpen, AuthorisedAlready}),
    )


def admitting_against_revoking(waiting: Waiting) -> Course:
    number = waiting.granted("tang")
    waiting.link("gu")
    lin, zhao, shengsi = waiting.actor("lin"), _actor("zhao"), _office("shengsi").pk
    return Course(
        (
            partial(
                _done, lin, authorising.admit_member, number=number, origin=shengsi, person="002"
            ),
            partial(_done, zhao, authorising.revoke, number=number, words="暂停"),
        ),
        BROKEN,
        TABLES,
        frozenset({RoomNotOpen}),
        both_win=True,
    )


def admitting_against_unlinking(waiting: Waiting) -> Course:
    number = waiting.granted("tang")
    waiting.link("gu")
    lin, jiang, shengsi = waiting.actor("lin"), _actor("jiang"), _office("shengsi").pk
    with acting(jiang):
        person = Person.objects.get(number="002").pk
    return Course(
        (
            partial(
                _done, lin, authorising.admit_member, number=number, origin=shengsi, person="002"
            ),
            partial(_done, jiang, unlink_account, number=person),
        ),
        BROKEN,
        TABLES,
        frozenset({NoAccountToSeat, AccountSitsInRoom}),
    )


@pytest.mark.parametrize(
    "lay",
    [two_grants, admitting_against_revoking, admitting_against_unlinking],
    ids=lambda lay: lay.__name__,
)
def test_of_two_at_once_nothing_is_half_done(
    waiting: Waiting,
    connect_as: Callable[[str], Connection],
    lay: Callable[[Waiting], Course],
) -> None:
    track = Track(lay(waiting), connect_as("superuser"))

    track.run(RACES)

    assert track.ends.total() == RACES
    assert track.broken == 0, track.ends
    assert all(WON in end for end in track.ends)
    assert track.course.both_win or track.ends[f"{WON} | {WON}"] == 0, track.ends
