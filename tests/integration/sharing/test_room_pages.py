"""The pages of authorising a team, and of its rooms, to those whose they are."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from kernel.clock import today
from scheduling.models.rosters import Person
from sharing.models.authorisations import PersonAccount
from sharing.services import authorising
from tenancy.actor import Actor
from tenancy.models import Membership
from tests.authorised import BODY, DOCUMENT, Waiting
from tests.integration.security.ground import browser_of
from tests.people import _actor, _office, acting

TEAM = "第一巡察组"


def _browser(waiting: Waiting, actor: Actor) -> Client:
    browser = browser_of(actor)
    session = browser.session
    with waiting.django_as("owner"):
        seats = Membership.objects.not_over(today()).filter(
            user_id=actor.person_id, tenant_id=actor.tenant_id
        )
        session["seat"] = seats.latest("pk").pk
    session.save()
    return browser


def test_a_director_proposes_on_the_publication_s_page(waiting: Waiting) -> None:
    browser = _browser(waiting, _actor("zhao"))
    address = reverse("portal:publication-teams", args=[waiting.publication])
    assert "propose" in browser.get(address).content.decode()
    assert reverse("portal:publication-teams", args=[waiting.publication]) in (
        browser.get(reverse("portal:home")).content.decode()
    )

    sent = browser.post(
        address,
        {
            "teams": [f"{_office('dinghai').pk}:T1"],
            "starts_on": today().isoformat(),
            "until_on": (today() + timedelta(days=9)).isoformat(),
        },
    )

    assert sent.status_code == 302
    page = browser.get(address).content.decode()
    assert "/authorisations/" in page
    assert 'name="teams"' not in page


def test_the_owner_s_director_finds_it_on_the_desk_and_sees_who_is_missing(
    waiting: Waiting,
) -> None:
    waiting.link("tang")
    number = waiting.propose()
    browser = _browser(waiting, waiting.actor("lin"))
    address = reverse("portal:authorisation-detail", args=[number])
    assert address in browser.get(reverse("portal:home")).content.decode()
    assert reverse("portal:authorisation-grant", args=[number]) in (
        browser.get(address).content.decode()
    )

    assert waiting.grant(number) == 1

    page = browser.get(address).content.decode()
    assert DOCUMENT in page
    assert BODY in page
    assert page.count("顾长风") >= 2  # in the table, and as missing
    assert reverse("portal:authorisation-admit", args=[number]) not in page
    waiting.link("gu")
    assert reverse("portal:authorisation-admit", args=[number]) in (
        browser.get(address).content.decode()
    )


def test_what_was_typed_stays_where_the_term_cannot_be(waiting: Waiting) -> None:
    number = waiting.propose()
    lin = waiting.actor("lin")
    browser = _browser(waiting, lin)
    answer = browser.post(
        reverse("portal:authorisation-grant", args=[number]),
        {
            "document_number": "定委一号",
            "authorised_by": BODY,
            "starts_on": today().isoformat(),
            "until_on": today().isoformat(),
        },
    )
    assert answer.status_code == 422
    assert "定委一号" in answer.content.decode()


def test_a_member_finds_the_room_first_and_changes_to_the_direct_one(waiting: Waiting) -> None:
    number = waiting.granted("tang", "mei")
    room, direct = waiting.room(number), waiting.room(number, "direct")
    browser = _browser(waiting, waiting.actor("tang"))
    home = browser.get(reverse("portal:home")).content.decode()
    assert reverse("portal:room-detail", args=[room.pk]) in home
    page = browser.get(reverse("portal:room-detail", args=[room.pk])).content.decode()
    assert TEAM in page
    assert "定海区教育局" in page
    with waiting.django_as("owner"):
        seat = Membership.objects.get(user_id=9101, tenant_id=_office("zhoushan").pk)
    assert f'name="seat" value="{seat.pk}"' in page
    assert browser.get(reverse("portal:room-detail", args=[direct.pk])).status_code == 404

    there = reverse("portal:my-room", args=[number])
    moved = browser.post(reverse("portal:office"), {"seat": seat.pk, "next": there}, follow=True)

    assert moved.redirect_chain[-1][0] == reverse("portal:room-detail", args=[direct.pk])
    assert browser.get(reverse("portal:room-detail", args=[room.pk])).status_code == 404


def test_the_next_request_after_the_term_is_refused_in_words(waiting: Waiting) -> None:
    number = waiting.granted("tang")
    room = waiting.room(number)
    address = reverse("portal:room-detail", args=[room.pk])
    browser = _browser(waiting, waiting.actor("tang"))
    assert browser.get(address).status_code == 200
    with waiting.django_as("owner"):
        Membership.objects.filter(user_id=9101).update(
            since_on=today() - timedelta(days=40), until_on=today()
        )

    answer = browser.get(address, follow=True)

    assert answer.redirect_chain[0][0].startswith(reverse("portal:office"))
    page = answer.content.decode()
    assert "定海区" in page
    assert "授权" in page or "authorisation" in page
    assert TEAM not in page


def test_a_seat_taken_back_on_its_first_day_is_told_too(waiting: Waiting) -> None:
    number = waiting.granted("tang")
    browser = _browser(waiting, waiting.actor("tang"))
    browser.get(reverse("portal:rooms"))
    lin = waiting.actor("lin")
    with acting(lin):
        authorising.revoke(actor=lin, number=number, words="暂停")

    answer = browser.get(reverse("portal:rooms"), follow=True)

    assert "定海区" in answer.content.decode()
    assert "notice-warning" in answer.content.decode()


def test_directors_and_administrators_see_guests_as_what_they_are(waiting: Waiting) -> None:
    waiting.granted("tang")
    browser = _browser(waiting, waiting.actor("lin"))

    page = browser.get(reverse("portal:seats")).content.decode()

    assert "唐思远" in page
    assert "来组" in page or "guest" in page


def test_the_director_links_an_account_on_the_person_s_page(waiting: Waiting) -> None:
    jiang = _actor("jiang")
    browser = _browser(waiting, jiang)
    with acting(jiang):
        person = Person.objects.get(number="001")
    address = reverse("portal:person-account", args=[person.pk])
    assert "唐思远" in browser.get(reverse("portal:roster-accounts")).content.decode()

    wrong = browser.post(address, {"username": "gu"})
    assert wrong.status_code == 422
    assert browser.post(address, {"username": "tang"}).status_code == 302

    assert "唐思远" not in browser.get(reverse("portal:roster-accounts")).content.decode()
    linked = browser.get(reverse("portal:roster-accounts") + "?linked=yes").content.decode()
    assert "唐思远" in linked
    assert browser.post(reverse("portal:person-unlink", args=[person.pk])).status_code == 302
    with acting(jiang):
        assert not PersonAccount.objects.exists()
