"""Two offices take turns on one connection, as a pool and CONN_MAX_AGE make them do."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from kernel.errors import NotVisible
from tenancy.context import as_user, in_office
from tenancy.models import Job
from tenancy.signing import signed_context
from tests.integration.scheduling.world import RoleSwitch

DINGHAI, SHENGSI = 9002, 9005
PERSON = {DINGHAI: 9003, SHENGSI: 9005}
JOBS = 3  # of each office
TURNS, NIGHTLY_TURNS = 300, 10_000


class Broken(Exception):
    """What a request may end with."""


def look(tenant_id: int) -> int:
    """How many rows of others are seen. The filter is left out: the fence alone answers."""
    seen = Counter(Job.objects.values_list("tenant_id", flat=True))
    assert seen[tenant_id] == JOBS, "one's own are there"
    return sum(seen.values()) - seen[tenant_id]


def plainly(tenant_id: int) -> int:
    with in_office(tenant_id, PERSON[tenant_id]):
        return look(tenant_id)


def outside_of_any_office(tenant_id: int) -> int:
    """What the turn before has left on the connection: '' and not NULL."""
    return Job.objects.count() + plainly(tenant_id)


def outside_within_a_transaction(tenant_id: int) -> int:
    with transaction.atomic():
        return Job.objects.count()


def by_an_error_of_python(tenant_id: int) -> int:
    def request() -> None:
        with in_office(tenant_id):
            found.append(look(tenant_id))
            raise NotVisible(what="x", number=1)

    found: list[int] = []
    with pytest.raises(NotVisible):
        request()
    return sum(found) + Job.objects.count()


def by_an_error_of_the_database(tenant_id: int) -> int:
    with pytest.raises(DatabaseError), in_office(tenant_id), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return Job.objects.count()


def nested_in_the_other(tenant_id: int) -> int:
    other = DINGHAI + SHENGSI - tenant_id
    with in_office(other):
        found = look(other)
        with in_office(tenant_id):
            found += look(tenant_id)
        return found + look(other)


def nested_with_an_error(tenant_id: int) -> int:
    other = DINGHAI + SHENGSI - tenant_id
    with in_office(other):
        with pytest.raises(Broken), in_office(tenant_id):
            raise Broken
        return look(other)


def by_a_person_without_office(tenant_id: int) -> int:
    with as_user(PERSON[tenant_id]):
        return Job.objects.count()


def by_a_cursor_that_was_left_half_read(tenant_id: int) -> int:
    with in_office(tenant_id):
        cursor = connection.cursor()
        cursor.execute("SELECT tenant_id FROM tenancy_job")
        return int(cursor.fetchone() != (tenant_id,))


def on_a_connection_taken_up_anew(tenant_id: int) -> int:
    """What Django does between requests: it keeps the connection while it is young and sound."""
    connection.close_if_unusable_or_obsolete()
    return plainly(tenant_id)


TURN_KINDS: tuple[Callable[[int], int], ...] = (
    plainly,
    outside_of_any_office,
    outside_within_a_transaction,
    by_an_error_of_python,
    by_an_error_of_the_database,
    nested_in_the_other,
    nested_with_an_error,
    by_a_person_without_office,
    by_a_cursor_that_was_left_half_read,
    on_a_connection_taken_up_anew,
)


def interleaved(django_as: RoleSwitch, times: int) -> None:
    with django_as("owner"):
        for tenant_id in PERSON:
            with in_office(tenant_id):
                Job.objects.bulk_create(
                    Job(tenant_id=tenant_id, task="probe.word", args={}) for _ in range(JOBS)
                )
    connection.settings_dict["CONN_MAX_AGE"] = 60
    chance, server_processes = random.Random(11), set()
    for turn in range(times):
        kind, tenant_id = chance.choice(TURN_KINDS), chance.choice(list(PERSON))
        assert kind(tenant_id) == 0, (turn, kind.__name__)
        server_processes.add(connection.connection.info.backend_pid)
    assert len(server_processes) == 1, "all of it on one connection"


def test_offices_that_take_turns_see_nothing_of_each_other(django_as: RoleSwitch) -> None:
    interleaved(django_as, TURNS)


@pytest.mark.nightly
def test_ten_thousand_turns_show_no_foreign_row_and_no_cast_error(django_as: RoleSwitch) -> None:
    interleaved(django_as, NIGHTLY_TURNS)

    print(f"\n{NIGHTLY_TURNS} turns of two offices on one connection: 0 foreign rows, 0 errors")


def test_a_setting_of_the_session_would_be_seen_by_the_next(django_as: RoleSwitch) -> None:
    """The turns can fail: a context for the session, and the next one reads with it."""
    with django_as("owner"), in_office(DINGHAI):
        Job.objects.create(tenant_id=DINGHAI, task="probe.word", args={})
    with connection.cursor() as cursor:
        context = signed_context(settings.CONTEXT_KEY, tenant_id=DINGHAI, user_id=None)
        cursor.execute("SELECT set_config('app.context', %s, false)", [context])

    assert Job.objects.count() == 1
