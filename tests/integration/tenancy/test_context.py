"""Django inside and outside of an office."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import DatabaseError, connection
from pytest_django.fixtures import Settings

from kernel.errors import NotVisible
from tenancy.access import access_job, jobs_visible_to
from tenancy.actor import Actor
from tenancy.context import as_user, context_is_accepted, in_office
from tenancy.domain.roles import Role
from tenancy.models import Job, Membership, Office
from tests.people import acting


def tenant_now() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.tenant()")
        number: int | None = cursor.fetchone()[0]
    return number


@pytest.fixture
def jobs(db: None, lin: Actor, jiang: Actor) -> dict[str, Job]:
    """One job of Dinghai's, one of Shengsi's."""
    made = {}
    for actor in (lin, jiang):
        with acting(actor):
            made[actor.name] = Job.objects.create(tenant_id=actor.tenant_id, task="probe.word")
    return made


def test_outside_of_an_office_every_table_is_empty(db: None) -> None:
    assert tenant_now() is None
    assert not Membership.objects.exists()


def test_an_inner_office_ends_and_the_outer_one_is_back(
    db: None, dinghai: Office, shengsi: Office
) -> None:
    with in_office(dinghai.pk):
        with in_office(shengsi.pk):
            assert tenant_now() == shengsi.pk
        assert tenant_now() == dinghai.pk
    assert tenant_now() is None


def test_an_error_in_an_inner_office_leaves_the_outer_one_as_it_was(
    db: None, dinghai: Office, shengsi: Office
) -> None:
    with in_office(dinghai.pk):
        with pytest.raises(ZeroDivisionError), in_office(shengsi.pk):
            _ = 1 / 0
        assert tenant_now() == dinghai.pk


def test_a_database_error_in_an_inner_office_leaves_the_outer_one_as_it_was(
    db: None, dinghai: Office, shengsi: Office
) -> None:
    with in_office(dinghai.pk):
        with pytest.raises(DatabaseError), in_office(shengsi.pk), connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column")
        assert tenant_now() == dinghai.pk
    assert tenant_now() is None


def test_an_error_undoes_what_the_office_wrote(db: None, lin: Actor) -> None:
    def write_and_fail() -> None:
        with acting(lin):
            Job.objects.create(tenant_id=lin.tenant_id, task="probe.word")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()

    with acting(lin):
        assert not Job.objects.exists()


def test_after_a_real_commit_the_office_is_left(committed_db: None, lin: Actor) -> None:
    with acting(lin):
        Job.objects.create(tenant_id=lin.tenant_id, task="probe.word")

    assert not connection.in_atomic_block
    assert tenant_now() is None
    assert not Job.objects.exists()
    with acting(lin):
        assert Job.objects.count() == 1


def test_somebody_without_an_office_sees_their_own_seats_and_nothing_else(
    jobs: dict[str, Job], lin: Actor
) -> None:
    assert lin.user_id is not None
    with as_user(lin.user_id):
        assert [seat.role for seat in Membership.objects.all()] == [Role.COUNTY_DIRECTOR]
        assert not Job.objects.exists()


def test_the_key_is_accepted_and_another_is_not(db: None, settings: Settings) -> None:
    assert context_is_accepted()

    settings.CONTEXT_KEY = b"another key, of more than 32 bytes"

    assert not context_is_accepted()


def test_the_fence_holds_without_the_filter(jobs: dict[str, Job], lin: Actor) -> None:
    """As if every `filter(tenant_id=...)` had been forgotten."""
    with acting(lin):
        assert list(Job.objects.all()) == [jobs[lin.name]]


def test_the_filter_holds_without_the_fence(
    django_as: Callable[[str], AbstractContextManager[None]], lin: Actor, jiang: Actor
) -> None:
    """As if every policy had been forgotten."""
    with django_as("superuser"), acting(lin):
        own = Job.objects.create(tenant_id=lin.tenant_id, task="probe.word")
        foreign = Job.objects.create(tenant_id=jiang.tenant_id, task="probe.word")
        assert Job.objects.count() == 2, "the fence is not off: this test shows nothing"

        assert list(jobs_visible_to(lin)) == [own]
        assert access_job(lin, own.pk) == own
        with pytest.raises(NotVisible):
            access_job(lin, foreign.pk)
        assert Actor.seated(user_id=9006, tenant_id=lin.tenant_id) is None


def test_not_there_and_not_yours_are_refused_alike(
    jobs: dict[str, Job], lin: Actor, jiang: Actor
) -> None:
    words = []
    for number in (jobs[jiang.name].pk, 404_404):
        with acting(lin), pytest.raises(NotVisible) as refusal:
            access_job(lin, number)
        words.append(refusal.value.in_language("zh"))

    assert words[0] == words[1]
