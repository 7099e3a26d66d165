"""Emergency access by way of the product and past it: two people, half an hour, seen by its owner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from kernel.errors import NotAllowed, NotVisible
from scheduling.errors import (
    EmergencyAnswered,
    EmergencyAsked,
    EmergencyNotInForce,
    EmergencyOfNoRound,
)
from scheduling.models.emergencies import EmergencyAccess, EmergencyOpening
from scheduling.models.notices import Notice
from scheduling.models.rounds import InspectionRound
from scheduling.selectors.emergencies import emergency_list, emergency_page
from scheduling.services.emergencies import (
    ask_emergency,
    decide_emergency,
    end_emergency,
    open_record,
)
from tenancy.actor import Actor
from tenancy.models import AuditEntry
from tests.integration.scheduling.world import World, acting
from tests.integration.tenancy.administrators import SECURITY, administrator, seat_administrators

TABLE = "scheduling_emergencyaccess"


class _Owner:
    """`seat_administrators`, by Django's own connection."""

    def run(self, sql: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)


@pytest.fixture
def round_(world: World) -> InspectionRound:
    with world.django_as("superuser"):
        seat_administrators(_Owner())  # type: ignore[arg-type]
    return world.released_round()


@pytest.fixture
def asked(world: World, round_: InspectionRound) -> EmergencyAccess:
    return ask(world, round_)


def ask(world: World, round_: InspectionRound, office: int = 9002) -> EmergencyAccess:
    with acting(world.chen):
        return ask_emergency(
            actor=world.chen, round_number=round_.pk, office=office, reason="名册疑似有误"
        )


def confirm(actor: Actor, one: EmergencyAccess, *, yes: bool = True) -> None:
    with acting(actor):
        decide_emergency(actor=actor, number=one.pk, is_confirmed=yes)


def opened(actor: Actor, one: EmergencyAccess, person: str = "001") -> Any:
    with acting(actor):
        return open_record(actor=actor, number=one.pk, person=person)


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield


def by_sql(actor: Actor, sql: str, *values: Any) -> Any:
    with acting(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def test_asked_confirmed_opened_and_seen_by_its_owner(world: World, asked: EmergencyAccess) -> None:
    with pytest.raises(EmergencyNotInForce):
        opened(world.chen, asked)
    confirm(world.lin, asked)

    record = opened(world.chen, asked)

    assert record.name
    assert isinstance(record.relatives, int)
    with acting(world.lin):
        [line] = emergency_page(world.lin, asked.pk).openings
        assert (line.person_number, line.opened_by.username) == ("001", "chen")
        kinds = set(Notice.objects.filter(link="emergency").values_list("kind", flat=True))
        assert kinds == {"emergency_asked", "emergency_in_force"}
        told = AuditEntry.objects.filter(action__startswith="scheduling.emergency.")
        assert [one.action.rsplit(".", 1)[1] for one in told.order_by("seq")] == [
            "asked",
            "confirmed",
            "opened",
        ]
    with acting(world.jiang):
        assert emergency_list(world.jiang) == []
        assert not EmergencyOpening.objects.exists()


def test_a_security_administrator_confirms_what_no_fence_of_theirs_holds(
    world: World, asked: EmergencyAccess
) -> None:
    security = administrator(SECURITY)
    with acting(security):
        assert not EmergencyAccess.objects.exists()
        assert [line.number for line in emergency_list(security)] == [asked.pk]
    confirm(security, asked)

    assert opened(world.chen, asked).name


def test_who_may_not(world: World, round_: InspectionRound, asked: EmergencyAccess) -> None:
    with acting(world.lin), pytest.raises(NotAllowed):
        ask_emergency(actor=world.lin, round_number=round_.pk, office=9002, reason="x")
    for actor, refusal in (
        (world.chen, NotAllowed),
        (world.zhao, NotAllowed),
        (world.wu, NotAllowed),
    ):
        with pytest.raises(refusal):
            confirm(actor, asked)
    with pytest.raises(NotVisible):
        confirm(world.jiang, asked)
    confirm(world.lin, asked)
    with pytest.raises(EmergencyNotInForce):
        opened(world.zhao, asked)  # another of the same office
    with pytest.raises(NotAllowed):
        opened(world.lin, asked)
    with pytest.raises(NotVisible):
        opened(world.chen, asked, "999")
    with pytest.raises(EmergencyAnswered):
        confirm(world.lin, asked)
    with pytest.raises(EmergencyOfNoRound):
        ask(world, round_, office=world.chen.tenant_id)


def test_one_request_at_a_time_and_a_new_one_for_more(
    world: World, round_: InspectionRound, asked: EmergencyAccess
) -> None:
    with pytest.raises(EmergencyAsked):
        ask(world, round_)
    confirm(world.lin, asked)
    again = ask(world, round_)
    with acting(world.lin):
        end_emergency(actor=world.lin, number=asked.pk)
    with pytest.raises(EmergencyNotInForce):
        opened(world.chen, asked)
    with pytest.raises(EmergencyNotInForce):
        opened(world.chen, again)
    confirm(world.lin, again, yes=False)
    with pytest.raises(EmergencyNotInForce):
        opened(world.chen, again)


def test_it_is_over_after_half_an_hour(world: World, asked: EmergencyAccess) -> None:
    confirm(world.lin, asked)
    with acting(world.chen):
        row = EmergencyAccess.objects.get(pk=asked.pk)
        assert row.expires_at is not None
        assert row.decided_at is not None
        assert row.expires_at - row.decided_at == timedelta(minutes=30)
    later(world, asked)

    with pytest.raises(EmergencyNotInForce):
        opened(world.chen, asked)
    with refused("not in force"):
        by_sql(world.chen, "SELECT sec.open_in_emergency(%s, '001')", asked.pk)


def later(world: World, one: EmergencyAccess, minutes: int = 31) -> None:
    """As if that long had gone by: with the triggers off, which only a superuser can do."""
    with world.django_as("superuser"), transaction.atomic(), connection.cursor() as cursor:
        by = f"{minutes} minutes"
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
        cursor.execute(
            f"UPDATE {TABLE} SET asked_at = asked_at - %s::interval, decided_at = decided_at - %s::interval,"
            " expires_at = expires_at - %s::interval WHERE id = %s",
            (by, by, by, one.pk),
        )


def test_nobody_answers_a_day_later(world: World, asked: EmergencyAccess) -> None:
    later(world, asked, 24 * 60)

    with pytest.raises(EmergencyAnswered):
        confirm(world.lin, asked)
    with refused("in time"):
        by_sql(world.lin, "SELECT sec.decide_emergency(%s, true, '')", asked.pk)


def test_past_the_product_it_takes_two_as_well(
    world: World, round_: InspectionRound, asked: EmergencyAccess
) -> None:
    decide = "SELECT sec.decide_emergency(%s, true, '')"
    read = "SELECT sec.open_in_emergency(%s, '001')"
    for actor in (world.chen, world.zhao, world.wu, world.jiang):
        with refused("holds no seat"):
            by_sql(actor, decide, asked.pk)
    with refused("not in force"):
        by_sql(world.chen, read, asked.pk)
    with refused("permission denied"):
        by_sql(world.chen, "SELECT * FROM scheduling_releasedfacts")
    for sql in (f"UPDATE {TABLE} SET state = 'in_force'", f"DELETE FROM {TABLE}"):
        with refused("permission denied"):
            by_sql(world.lin, sql)
    with refused("holds no seat"):
        by_sql(world.lin, "SELECT sec.ask_emergency(%s, 9002, 'x')", round_.pk)
    with refused("not called on"):
        by_sql(world.chen, "SELECT sec.ask_emergency(%s, 9001, 'x')", round_.pk)

    by_sql(world.lin, decide, asked.pk)

    for actor in (world.zhao, world.lin, world.jiang):
        with refused("not in force"):
            by_sql(actor, read, asked.pk)
    assert by_sql(world.chen, read, asked.pk)
    with refused("answered already"):
        by_sql(world.lin, decide, asked.pk)


def test_whoever_asked_does_not_confirm_in_another_seat(
    world: World, asked: EmergencyAccess
) -> None:
    with world.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
            " VALUES (9002, %s, 'county_director', '2020-01-01')",
            [world.chen.user_id],
        )
    other_hat = world.lin.__class__(
        world.chen.user_id, "陈砚秋", 9002, "定海区", "county", world.lin.roles
    )

    with refused("emergency_confirmed_by_another"):
        by_sql(other_hat, "SELECT sec.decide_emergency(%s, true, '')", asked.pk)
    by_sql(world.lin, "SELECT sec.decide_emergency(%s, true, '')", asked.pk)


def test_not_even_the_owner_makes_it_longer(world: World, asked: EmergencyAccess) -> None:
    confirm(world.lin, asked)
    with world.django_as("owner"):
        for change in (
            "expires_at = expires_at + interval '1 minute'",
            "reason = 'x'",
            "asked_by_id = 9002",
            "state = 'refused', expires_at = NULL",
            "decided_by_id = 9002",
        ):
            with refused("stands|answered once"), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {TABLE} SET {change}")
        with refused("stays on record"), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE}")
    assert opened(world.chen, asked).name
    with world.django_as("owner"), refused("stays on record"), connection.cursor() as cursor:
        cursor.execute("UPDATE scheduling_emergencyopening SET person_name = ''")


def test_no_notice_tells_of_an_access_that_is_not_so(world: World, asked: EmergencyAccess) -> None:
    tell = (
        "INSERT INTO scheduling_notice (tenant_id, sender_id, kind, about, link, number, at)"
        " VALUES (9002, 9001, 'emergency_in_force', '{}', 'emergency', %s, now()) RETURNING id"
    )
    for number in (asked.pk, asked.pk + 1):
        with refused("tells of its own acts"):
            by_sql(world.chen, tell, number)
    confirm(world.lin, asked)
    by_sql(world.chen, tell, asked.pk)
