"""The field's leak cases 2, 6 and 12 (docs/field.md) on rooms; each with whom it is allowed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from kernel.clock import today
from scheduling.models.rosters import Person
from sharing.access.rooms import rooms_of_mine
from sharing.errors.authorising import AccountNotFound
from sharing.models.authorisations import Authorisation, AuthorisationRequest
from sharing.models.rooms import Room, RoomMember, RoomSeat, RoomUnit
from sharing.services.accounts import link_account
from tenancy.domain.roles import ADMINISTRATORS
from tenancy.models import AuditEntry, Membership, User
from tenancy.services.sign_in import seats_of
from tests.authorised import PEOPLE, Waiting
from tests.integration.security.ground import browser_of
from tests.integration.sharing.test_room_pages import _browser
from tests.people import _actor, acting

NOT_THERE = 987654321


@pytest.mark.parametrize("who", ["jiang", "ye"])
def test_2_the_office_that_sent_them_finds_nothing_of_its_own_people_s_room(
    waiting: Waiting, who: str
) -> None:
    number = waiting.granted("tang", "gu")
    room, actor = waiting.room(number), _actor(who)
    browser = browser_of(actor)
    for name, key in (("room-detail", room.pk), ("authorisation-detail", number)):
        answers = [browser.get(reverse(f"portal:{name}", args=[one])) for one in (key, NOT_THERE)]
        assert [answer.status_code for answer in answers] == [404, 404]
    with acting(actor):
        for model in (Room, RoomUnit, RoomSeat, RoomMember, AuthorisationRequest, Authorisation):
            assert not model._default_manager.exists(), model
        told = AuditEntry.objects.filter(action__startswith="sharing.authorisation")
        assert not told.exists()
    allowed = _browser(waiting, waiting.actor("tang"))
    assert allowed.get(reverse("portal:room-detail", args=[room.pk])).status_code == 200


def test_6_who_came_home_after_the_term_finds_no_seat_and_no_room(waiting: Waiting) -> None:
    waiting.granted("tang", "mei")
    tang = waiting.actor("tang")
    assert {seat.tenant_id for seat in seats_of(tang.person_id)} == {9001, 9002}
    with waiting.django_as("owner"):
        began = today() - timedelta(days=40)
        Membership.objects.filter(is_guest=True).update(since_on=began, until_on=today())
        seat = Membership.objects.filter(user_id=tang.person_id).latest("pk").pk

    assert seats_of(tang.person_id) == ()

    browser = browser_of(tang)
    assert browser.post(reverse("portal:office"), {"seat": seat}).status_code in (403, 404, 409)
    assert browser.get(reverse("portal:rooms")).status_code == 302
    with acting(tang):
        assert not rooms_of_mine(tang).exists()


def test_6_the_room_s_own_term_shuts_it_where_a_seat_outlasts_it(waiting: Waiting) -> None:
    number = waiting.granted("tang")
    tang = waiting.actor("tang")
    with acting(tang):
        assert rooms_of_mine(tang).exists()
    with waiting.django_as("owner"):
        Room.objects.filter(request_number=number).update(
            starts_on=today() - timedelta(days=9), until_on=today()
        )

    with acting(tang):
        assert not rooms_of_mine(tang).exists()


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_12_an_administrator_comes_to_no_business_seat_by_a_team(
    waiting: Waiting, role: str
) -> None:
    """Their account bears the name of somebody of the team, and is still refused."""
    with waiting.django_as("superuser"):
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        account = User.objects.create(username="admin-7", display_name=PEOPLE["tang"][1])
        Membership.objects.create(
            tenant_id=_actor("chen").tenant_id, user=account, role=role, since_on="2020-01-01"
        )
    jiang = _actor("jiang")
    with acting(jiang):
        number = Person.objects.get(number="001").pk
        with pytest.raises(AccountNotFound):
            link_account(actor=jiang, number=number, username="admin-7")
        link_account(actor=jiang, number=number, username="tang")
