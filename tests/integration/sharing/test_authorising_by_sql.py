"""What the database refuses of authorisations, rooms and guests, whoever asks it past the services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from kernel.clock import today
from sharing.domain.routing import OWNED_BY_MODE, Offices, owner_of
from sharing.models.authorisations import PersonAccount
from tenancy.actor import Actor
from tenancy.db import ask
from tenancy.models import Membership
from tests.authorised import PEOPLE, Waiting
from tests.people import _actor, _office, acting

SHENGSI = 9005
ANSWER = "SELECT sec.answer_authorisation(%s, true, %s, '区委', %s, %s, '')"


def refusal(actor: Actor, sql: str, *values: Any) -> str:
    """The constraint, or the SQLSTATE, by which it is refused; empty: done, and rolled back."""
    with acting(actor):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(sql, values)
                transaction.set_rollback(True)
        except DatabaseError as error:
            said = error.__cause__
            named = getattr(getattr(said, "diag", None), "constraint_name", None)
            return str(named or getattr(said, "pgcode", "?"))
    return ""


def _term(days: int = 30) -> tuple[Any, Any]:
    return today(), today() + timedelta(days=days)


@pytest.mark.parametrize("mode", sorted(OWNED_BY_MODE))
@pytest.mark.parametrize("is_of_city", [True, False])
def test_the_database_knows_the_same_owner(db: None, mode: str, is_of_city: bool) -> None:
    """By the owner: nobody who serves calls it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_function_privilege(current_user,"
            " 'sec.owner_of(text, bigint, bigint, boolean)', 'EXECUTE')"
        )
        assert cursor.fetchone() == (False,)
    assert owner_of(mode, Offices(city=1, host=2, team_of_city=is_of_city)) in (1, 2)


def test_the_owner_by_sql_is_that_of_the_domain(superuser_connection: Any) -> None:
    cursor = superuser_connection.cursor()
    for mode in (*OWNED_BY_MODE, "unheard of"):
        for is_of_city in (True, False):
            cursor.execute("SELECT sec.owner_of(%s, 2, 1, %s)", (mode, is_of_city))
            offices = Offices(city=1, host=2, team_of_city=is_of_city)
            wanted = owner_of(mode, offices) if mode in OWNED_BY_MODE else None
            assert cursor.fetchone() == (wanted,)


def test_nobody_writes_requests_answers_rooms_or_guests_past_the_functions(
    waiting: Waiting,
) -> None:
    number = waiting.granted("tang")
    zhao, lin = _actor("zhao"), waiting.actor("lin")
    city, dinghai = zhao.tenant_id, lin.tenant_id
    forbidden = "42501"
    for sql in (
        "INSERT INTO sharing_authorisation (tenant_id, sender_id, request_number, round_number,"
        f" is_granted, words) VALUES ({city}, {dinghai}, {number}, 1, false, 'x')",
        "UPDATE sharing_authorisationrequest SET until_on = until_on + 1",
        "UPDATE sharing_room SET until_on = until_on + 1",
        "UPDATE sharing_room SET closed_at = NULL",
        "DELETE FROM sharing_roommember",
        "INSERT INTO sharing_roommember (tenant_id, room_id, user_id, permission_id)"
        f" SELECT {dinghai}, id, 9003, 1 FROM sharing_room",
        "UPDATE sharing_roomseat SET is_local = false",
        "UPDATE tenancy_membership SET until_on = NULL WHERE is_guest",
        f"INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on, is_guest)"
        f" VALUES ({dinghai}, 9103, 'team_member', '2026-01-01', false)",
        "SELECT sec.open_room(NULL, NULL, 'papers', 1)",
        f"SELECT sec.fit_guest({dinghai}, 9103, 'team_leader', true)",
        "SELECT sec.account_of(9005, '001')",
    ):
        assert refusal(lin, sql) == forbidden, sql


def test_the_web_reads_its_own_rooms(waiting: Waiting) -> None:
    """The allowed twin: the same roles, the same tables."""
    waiting.granted("tang")
    assert refusal(waiting.actor("lin"), "SELECT * FROM sharing_room") == ""


def test_only_the_owner_s_director_grants(waiting: Waiting) -> None:
    number = waiting.propose()
    given = (number, "定委〔2026〕1号", *_term())

    assert refusal(waiting.actor("wu"), ANSWER, *given) == "42501"
    assert refusal(_actor("zhao"), ANSWER, *given) == "42501"
    assert refusal(_actor("jiang"), ANSWER, *given) == "authorisation_of_an_open_request"
    assert refusal(waiting.actor("lin"), ANSWER, *given) == ""


def test_who_proposed_grants_nothing_in_whatever_seat(waiting: Waiting) -> None:
    number = waiting.propose()
    zhao = _actor("zhao")
    dinghai = _office("dinghai").pk
    with waiting.django_as("superuser"):
        Membership.objects.create(
            tenant_id=dinghai, user_id=zhao.person_id, role="county_director", since_on="2020-01-01"
        )
    both = Actor(
        user_id=zhao.user_id,
        name=zhao.name,
        tenant_id=dinghai,
        office_name="x",
        office_kind="county",
        roles=waiting.actor("lin").roles,
    )

    assert refusal(both, ANSWER, number, "一号", *_term()) == "authorisation_by_another"


@pytest.mark.parametrize(
    ("starts", "ends", "document", "constraint"),
    [
        (0, 30, "一号", ""),
        (0, 366, "一号", ""),
        (0, 367, "一号", "authorisation_within_its_term"),
        (-1, 30, "一号", "authorisation_within_its_term"),
        (3, 3, "一号", "authorisation_within_its_term"),
        (0, 30, "  ", "authorisation_has_a_document_and_a_term_or_words"),
    ],
)
def test_a_grant_has_a_document_and_a_term_that_can_be(
    waiting: Waiting, starts: int, ends: int, document: str, constraint: str
) -> None:
    number = waiting.propose()
    days = [today() + timedelta(days=count) for count in (starts, ends)]

    assert refusal(waiting.actor("lin"), ANSWER, number, document, *days) == constraint


def test_what_is_not_in_force_is_not_proposed(waiting: Waiting) -> None:
    before = waiting.publication
    waiting.corrected(people=("tang",))
    host, sql = _office("dinghai").pk, "SELECT sec.propose_authorisation(%s, %s, 'T1', %s, %s)"
    zhao = _actor("zhao")

    assert refusal(zhao, sql, before, host, *_term()) == "authorisation_of_a_publication_in_force"
    other = _office("putuo").pk
    published = "authorisation_of_a_published_team"
    assert refusal(zhao, sql, waiting.publication, other, *_term()) == published
    assert refusal(zhao, sql, waiting.publication, host, *_term()) == ""


def test_an_administrator_is_no_guest_whose_account_was_linked_before(waiting: Waiting) -> None:
    """Leak case 12 from the other side: nobody comes by a second seat past the administrators'."""
    waiting.link("tang", "gu")
    with waiting.django_as("superuser"):
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        Membership.objects.create(
            tenant_id=_office("putuo").pk,
            user_id=PEOPLE["tang"][0],
            role="audit_administrator",
            since_on="2020-01-01",
        )
    number = waiting.propose()

    assert waiting.grant(number) == 1

    with waiting.django_as("owner"):
        assert not Membership.objects.filter(user_id=PEOPLE["tang"][0], is_guest=True).exists()


LINK = (
    "INSERT INTO sharing_personaccount (tenant_id, person_number, user_id, linked_by, linked_at)"
    f" VALUES ({SHENGSI}, %s, %s, 'x', now())"
)


def test_an_account_is_linked_by_the_director_to_whoever_bears_its_name(waiting: Waiting) -> None:
    jiang, ye = _actor("jiang"), _actor("ye")

    assert refusal(jiang, LINK, "001", 9101) == ""
    assert refusal(ye, LINK, "001", 9101) == "42501"
    assert refusal(jiang, LINK, "001", 9102) == "person_account_of_that_name"
    assert refusal(jiang, LINK, "999", 9101) == "person_account_of_that_name"
    assert refusal(waiting.actor("lin"), LINK, "001", 9101) == "42501"  # another office's row
    waiting.link("tang")
    assert refusal(jiang, LINK, "001", 9101) == "person_account_once_per_person"
    with waiting.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute("UPDATE tenancy_user SET is_active = false WHERE id = 9102")
    assert refusal(jiang, LINK, "002", 9102) == "person_account_of_no_administrator"


def test_an_account_stays_linked_while_its_person_sits_in_an_open_room(waiting: Waiting) -> None:
    number = waiting.granted("tang")
    jiang, unlink = _actor("jiang"), "DELETE FROM sharing_personaccount"
    assert refusal(jiang, unlink) == "person_account_in_no_open_room"
    lin = waiting.actor("lin")
    with acting(lin):
        ask("SELECT sec.revoke_authorisation(%s, 'x')", number)

    assert refusal(jiang, unlink) == ""
    with acting(jiang):
        assert PersonAccount.objects.count() == 1


def test_a_guest_is_of_a_team_for_a_term_and_is_not_stood_in_for(waiting: Waiting) -> None:
    waiting.granted("tang")
    tang = waiting.actor("tang")
    with waiting.django_as("superuser"):
        seat = Membership.objects.get(user_id=tang.person_id, tenant_id=tang.tenant_id)
        for change in ("role = 'county_director'", "until_on = NULL"):
            sql = f"UPDATE tenancy_membership SET {change} WHERE id = {seat.pk}"
            with (
                pytest.raises(DatabaseError),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql)
    sql = "SELECT sec.propose_deputy(%s, 9004, %s, %s, '[]', 'x')"

    assert refusal(tang, sql, seat.pk, *_term(5)) == "deputy_of_a_post"


def test_a_guest_reads_nothing_of_the_office_but_by_the_room(waiting: Waiting) -> None:
    """Of what the office's own seats may, a guest shares what everybody reads, and what is shown record
    by record: notices and deadlines."""
    lin, wu = waiting.actor("lin"), waiting.actor("wu")
    office = lin.permissions | wu.permissions
    for who in ("tang", "gu", "mei"):
        shared = waiting.actor(who).permissions & office
        # A leader reads what is shared with the office for its rounds; named there, not by the seat.
        views = {"read_shared_views"} if who == "tang" else set()
        assert {one.value for one in shared} == views | {
            "view_categories",
            "view_rules",
            "view_notices",
            "view_deadlines",
        }


@pytest.mark.parametrize(
    ("who", "constraint"), [("lin", ""), ("zhao", ""), ("wu", "42501"), ("jiang", "room_is_open")]
)
def test_revoking_is_the_two_directors(waiting: Waiting, who: str, constraint: str) -> None:
    number = waiting.granted("tang")
    sql = "SELECT sec.revoke_authorisation(%s, %s)"

    assert refusal(waiting.actor(who), sql, number, "x") == constraint
    if not constraint:
        assert refusal(waiting.actor(who), sql, number, " ") == "authorisation_revoked_with_words"
