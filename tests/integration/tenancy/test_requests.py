"""What becomes of a request of somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from pytest_django.fixtures import Settings

from kernel.clock import today
from tenancy.actor import Actor
from tenancy.errors import NotSignedIn, NotYourSeat
from tenancy.models import Job, Membership, Office, User
from tests.integration.tenancy.raw import Raw
from tests.people import PASSWORD, acting

ENDS_OF_A_REQUEST = {
    "200": ("fine", 1),
    "404": ("missing", 0),
    "500": ("broken", 0),
    "an exception": ("error", 0),
}


@pytest.fixture(autouse=True)
def only_our_pages(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.integration.tenancy.pages"
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "tenancy.middleware.OfficeMiddleware",
    ]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def enter(client: Client, username: str) -> Any:
    answer = client.post("/enter/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 200
    return answer.json()


def give_seat(django_as: Callable[[str], Any], office: Office, user_id: int, role: str) -> int:
    with django_as("owner"):
        seat = Membership.objects.create(
            tenant=office, user_id=user_id, role=role, since_on=today() - timedelta(days=9)
        )
    return seat.pk


def seat_of(actor: Actor) -> int:
    """The one of the settled people, not one that a test gave."""
    with acting(actor):
        own = Membership.objects.filter(user_id=actor.person_id, role__in=actor.roles)
        return own.values_list("pk", flat=True).get()


def jobs_of(actor: Actor) -> int:
    with acting(actor):
        return Job.objects.count()


def test_lin_acts_in_her_office_with_her_role(db: None, client: Client, lin: Actor) -> None:
    enter(client, "lin")

    assert client.get("/who/").json() == {
        "name": lin.name,
        "office": lin.tenant_id,
        "roles": ["county_director"],
        "jobs": [],
    }


def test_she_sees_the_rows_of_her_office_only(
    db: None, client: Client, lin: Actor, jiang: Actor
) -> None:
    for actor in (lin, jiang):
        with acting(actor):
            Job.objects.create(tenant_id=actor.tenant_id, task="probe.word")
    enter(client, "lin")

    assert client.get("/who/").json()["jobs"] == [lin.tenant_id]


def test_a_stranger_is_nobody_and_sees_nothing(db: None, client: Client) -> None:
    client.raise_request_exception = True

    assert client.get("/seats/").json() == {"seats": [], "actor": False}
    with pytest.raises(NotSignedIn):
        client.get("/who/")


def test_a_page_open_to_strangers_runs_outside_of_the_fence(
    committed_db: None, client: Client
) -> None:
    enter(client, "lin")

    assert client.get("/outside/").json() == {"in a transaction": False}


@pytest.mark.parametrize(("end", "kept"), ENDS_OF_A_REQUEST.values(), ids=ENDS_OF_A_REQUEST.keys())
def test_only_a_request_that_went_well_leaves_something_behind(
    committed_db: None, client: Client, lin: Actor, end: str, kept: int
) -> None:
    enter(client, "lin")

    client.get(f"/write/{end}/")

    assert jobs_of(lin) == kept


def test_a_stream_is_produced_inside_the_fence(committed_db: None, client: Client) -> None:
    enter(client, "lin")

    answer = client.get("/stream/")

    assert b"".join(answer).split() == [b"9003", b"9004"]


def test_an_asynchronous_stream_is_refused(db: None, client: Client) -> None:
    enter(client, "lin")
    client.raise_request_exception = True

    with pytest.raises(TypeError, match="outside of the office's fence"):
        client.get("/stream-async/")


def test_who_loses_the_seat_is_out_at_the_next_request(
    django_as: Callable[[str], AbstractContextManager[None]], client: Client, lin: Actor
) -> None:
    enter(client, "lin")
    assert client.get("/seats/").json()["actor"] is True

    with django_as("owner"):
        Membership.objects.filter(user__username="lin").update(until_on=today())

    assert client.get("/seats/").json()["actor"] is False


def test_a_seat_that_begins_tomorrow_is_none_today(
    django_as: Callable[[str], AbstractContextManager[None]], client: Client, lin: Actor
) -> None:
    with django_as("owner"):
        Membership.objects.filter(user__username="lin").update(since_on=today() + timedelta(days=1))

    answer = client.post("/enter/", {"username": "lin", "password": PASSWORD})

    assert answer.status_code == 500  # NoOffice; the portal's middleware says it in words.
    assert SESSION_KEY not in client.session


def test_a_closed_account_is_out_at_the_next_request(
    django_as: Callable[[str], AbstractContextManager[None]], client: Client, lin: Actor
) -> None:
    enter(client, "lin")

    with django_as("owner"):
        User.objects.filter(username="lin").update(is_active=False)

    assert client.get("/seats/").json() == {"seats": [], "actor": False}


def test_of_two_seats_in_one_office_one_wears_one_and_has_its_role_alone(
    django_as: Callable[[str], AbstractContextManager[None]],
    client: Client,
    lin: Actor,
    dinghai: Office,
) -> None:
    assert lin.user_id is not None
    clerk = give_seat(django_as, dinghai, lin.user_id, "county_clerk")

    assert enter(client, "lin") == {"office": None}
    client.get(f"/choose/{clerk}/")
    assert client.get("/who/").json()["roles"] == ["county_clerk"]
    client.get(f"/choose/{seat_of(lin)}/")
    assert client.get("/who/").json()["roles"] == ["county_director"]


def test_a_session_that_says_no_seat_has_none_where_there_are_two(
    django_as: Callable[[str], AbstractContextManager[None]],
    client: Client,
    lin: Actor,
    dinghai: Office,
) -> None:
    assert lin.user_id is not None
    enter(client, "lin")
    session = client.session
    del session["seat"]
    session.save()
    assert client.get("/who/").json()["roles"] == ["county_director"]

    give_seat(django_as, dinghai, lin.user_id, "county_clerk")

    assert client.get("/seats/").json()["actor"] is False


def test_who_loses_the_chosen_seat_does_not_slip_into_another(
    django_as: Callable[[str], AbstractContextManager[None]],
    client: Client,
    lin: Actor,
    dinghai: Office,
) -> None:
    assert lin.user_id is not None
    clerk = give_seat(django_as, dinghai, lin.user_id, "county_clerk")
    enter(client, "lin")
    client.get(f"/choose/{clerk}/")

    with django_as("owner"):
        Membership.objects.filter(pk=clerk).update(until_on=today())

    assert client.get("/seats/").json()["actor"] is False


def test_nobody_wears_a_colleagues_seat(
    db: None, client: Client, lin: Actor, wu: Actor, dinghai: Office
) -> None:
    enter(client, "lin")
    client.raise_request_exception = True

    with pytest.raises(NotYourSeat):
        client.get(f"/choose/{seat_of(wu)}/")

    assert client.get("/who/").json()["roles"] == ["county_director"]


def test_with_seats_in_two_offices_one_chooses_and_may_change(
    django_as: Callable[[str], AbstractContextManager[None]],
    client: Client,
    superuser_connection: Any,
    lin: Actor,
    dinghai: Office,
    shengsi: Office,
) -> None:
    assert lin.user_id is not None
    clerk = give_seat(django_as, shengsi, lin.user_id, "county_clerk")

    assert enter(client, "lin") == {"office": None}
    assert client.get("/seats/").json() == {"seats": [dinghai.pk, shengsi.pk], "actor": False}

    key = client.session.session_key
    assert client.get(f"/choose/{clerk}/").json() == {"office": shengsi.pk}
    assert client.get("/who/").json()["roles"] == ["county_clerk"]
    assert client.session.session_key != key

    client.get(f"/choose/{seat_of(lin)}/")
    assert client.get("/who/").json()["roles"] == ["county_director"]
    recorded = Raw(superuser_connection).rows(
        "SELECT tenant_id, action FROM tenancy_auditentry WHERE user_id = %s ORDER BY at",
        lin.user_id,
    )
    assert recorded == [
        (shengsi.pk, "tenancy.session.opened"),
        (dinghai.pk, "tenancy.session.opened"),
        (shengsi.pk, "tenancy.session.left"),
    ]


def test_nobody_chooses_a_seat_in_an_office_where_they_hold_none(
    db: None, client: Client, jiang: Actor, dinghai: Office
) -> None:
    enter(client, "lin")
    client.raise_request_exception = True

    with pytest.raises(NotYourSeat):
        client.get(f"/choose/{seat_of(jiang)}/")

    assert client.get("/who/").json()["office"] == dinghai.pk


def test_a_request_asks_the_database_a_fixed_number_of_times(
    db: None, client: Client, lin: Actor, django_assert_num_queries: Callable[[int], Any]
) -> None:
    enter(client, "lin")
    # Session, account, whether the session is open, savepoint, context, seats, the page's own,
    # context back, release.
    with django_assert_num_queries(9):
        client.get("/who/")
