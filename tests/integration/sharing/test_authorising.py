"""Proposed by one director, granted by another: then both rooms are open, and only then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel.clock import today
from kernel.errors import NotAllowed, NotVisible
from sharing.access.rooms import rooms_of_mine
from sharing.errors.authorising import (
    AuthorisationNotOpen,
    AuthorisedAlready,
    DocumentUsed,
    NoAccountToSeat,
    NotOfTheTeam,
    ProposedAlready,
    ReasonMissing,
    RoomNotOpen,
    TermCannotBe,
)
from sharing.models.authorisations import Authorisation, AuthorisationRequest
from sharing.models.rooms import Room, RoomSeat
from sharing.services import authorising
from tenancy.models import AuditEntry, Membership
from tests.authorised import DOCUMENT, PEOPLE, Waiting
from tests.people import _office, acting


def _seats(waiting: Waiting, who: str) -> dict[int, tuple[str, int]]:
    """Guest's seats not over, by office: role, days left."""
    with waiting.django_as("owner"):
        rows = Membership.objects.not_over(today()).filter(user_id=PEOPLE[who][0], is_guest=True)
        ends = [(row, row.until_on) for row in rows if row.until_on is not None]
        return {row.tenant_id: (row.role, (until - today()).days) for row, until in ends}


def _acts(waiting: Waiting, office: str) -> list[str]:
    with waiting.django_as("owner"):
        rows = AuditEntry.objects.filter(
            tenant_id=_office(office).pk, action__startswith="sharing."
        )
        return list(rows.order_by("pk").values_list("action", flat=True))


def test_granting_opens_both_rooms_and_seats_whoever_has_an_account(waiting: Waiting) -> None:
    number = waiting.granted("tang", "mei")

    for purpose, office in (("papers", "dinghai"), ("direct", "zhoushan")):
        room = waiting.room(number, purpose)
        assert room.tenant_id == _office(office).pk
        assert (room.document_number, room.round_name) == (DOCUMENT, "第三轮交叉巡察")
        with waiting.django_as("owner"):
            seats = RoomSeat.objects.filter(room_id=room.pk).order_by("person_number")
            assert [(one.name, one.role, one.is_local, one.user_id) for one in seats] == [
                ("唐思远", "leader", False, 9101),
                ("顾长风", "deputy", False, None),
                ("梅若溪", "member", True, 9103),
            ]
        for who, sits in (("tang", True), ("gu", False), ("mei", True)):
            actor = waiting.actor(who, office)
            with acting(actor):
                assert list(rooms_of_mine(actor)) == ([room] if sits else [])
    offices = {_office("dinghai").pk, _office("zhoushan").pk}
    assert _seats(waiting, "tang") == dict.fromkeys(offices, ("team_leader", 30))
    assert _seats(waiting, "mei") == dict.fromkeys(offices, ("team_member", 30))
    assert _seats(waiting, "gu") == {}
    for office in ("dinghai", "zhoushan"):
        acts = [act for act in _acts(waiting, office) if "authorisation" in act]
        assert acts == ["sharing.authorisation.proposed", "sharing.authorisation.granted"]
    assert _acts(waiting, "shengsi") == ["sharing.account.linked"]


def test_where_the_round_is_lifted_both_rooms_are_the_citys(lifted: Waiting) -> None:
    lifted.link("tang")
    number = lifted.propose()
    with pytest.raises(NotVisible):
        lifted.grant(number, who="lin")
    with pytest.raises(NotAllowed):
        lifted.grant(number, who="zhao")

    assert lifted.grant(number, who="xu") == 1

    city = _office("zhoushan").pk
    assert {lifted.room(number, one).tenant_id for one in ("papers", "direct")} == {city}
    assert _seats(lifted, "tang") == {city: ("team_leader", 30)}


def test_a_team_is_authorised_once_and_a_document_serves_one_round(waiting: Waiting) -> None:
    number = waiting.granted("tang")

    with pytest.raises(AuthorisationNotOpen):
        waiting.grant(number, document="另一文号")
    with pytest.raises(AuthorisedAlready):
        waiting.propose()
    lin = waiting.actor("lin")
    with acting(lin):
        authorising.revoke(actor=lin, number=number, words="组长调离")
    again = waiting.propose()
    with pytest.raises(DocumentUsed):
        waiting.grant(again)
    assert waiting.grant(again, document="定委〔2026〕15号") == 1


def test_a_proposal_waits_once_and_dies_with_its_publication(waiting: Waiting) -> None:
    number = waiting.propose()
    with pytest.raises(ProposedAlready):
        waiting.propose()
    waiting.corrected(people=("tang", "gu"))

    with pytest.raises(AuthorisationNotOpen):
        waiting.grant(number)

    assert waiting.grant(waiting.propose()) == 0


def test_a_refusal_has_words_and_the_team_may_be_proposed_again(waiting: Waiting) -> None:
    number = waiting.propose()
    lin = waiting.actor("lin")
    with acting(lin):
        with pytest.raises(ReasonMissing):
            authorising.refuse(actor=lin, number=number, words="  ")
        authorising.refuse(actor=lin, number=number, words="组长须另派")

    zhao = waiting.actor("zhao")
    with acting(zhao):
        assert Authorisation.objects.get().words == "组长须另派"
        assert not Room.objects.exists()
    assert waiting.propose() > number


@pytest.mark.parametrize(
    ("starts", "days"), [(-1, 30), (0, 0), (0, 367), (5, 2)], ids=["early", "empty", "long", "back"]
)
def test_a_term_that_cannot_be_is_refused(waiting: Waiting, starts: int, days: int) -> None:
    first = today() + timedelta(days=starts)
    until = first + timedelta(days=days if days != 2 else -3)
    number = waiting.propose()
    lin = waiting.actor("lin")
    with acting(lin), pytest.raises(TermCannotBe):
        authorising.grant(
            actor=lin,
            number=number,
            document_number="x",
            authorised_by="y",
            starts_on=first,
            until_on=until,
        )


def test_revoking_ends_every_seat_today_and_closes_both_rooms(waiting: Waiting) -> None:
    number = waiting.granted("tang", "mei")
    zhao = waiting.actor("zhao")
    with acting(zhao):
        assert authorising.revoke(actor=zhao, number=number, words="轮次暂停") == 4

    assert _seats(waiting, "tang") == _seats(waiting, "mei") == {}
    for purpose, office in (("papers", "dinghai"), ("direct", "zhoushan")):
        assert waiting.room(number, purpose).closed_because == "轮次暂停"
        actor = waiting.actor("tang", office)
        with acting(actor):
            assert not rooms_of_mine(actor).exists()
    lin = waiting.actor("lin")
    with acting(lin), pytest.raises(RoomNotOpen):
        authorising.revoke(actor=lin, number=number, words="再次")
    assert _acts(waiting, "dinghai")[-1] == "sharing.authorisation.revoked"


def test_somebody_whose_account_is_linked_later_is_admitted_by_the_owner(waiting: Waiting) -> None:
    number = waiting.granted("tang")
    lin, zhao, office = waiting.actor("lin"), waiting.actor("zhao"), _office("shengsi").pk
    with acting(lin), pytest.raises(NoAccountToSeat):
        authorising.admit_member(actor=lin, number=number, origin=office, person="002")
    waiting.link("gu")
    assert _seats(waiting, "gu") == {}
    with acting(zhao), pytest.raises(NotAllowed):
        authorising.admit_member(actor=zhao, number=number, origin=office, person="002")

    with acting(lin):
        authorising.admit_member(actor=lin, number=number, origin=office, person="002")
        with pytest.raises(NotOfTheTeam):
            authorising.admit_member(actor=lin, number=number, origin=office, person="099")

    assert {role for role, _ in _seats(waiting, "gu").values()} == {"deputy_leader"}


def test_a_correction_is_followed_by_admitting_and_ending(waiting: Waiting) -> None:
    waiting.link("tang", "gu", "mei")
    waiting.corrected(people=("tang", "mei"))
    number = waiting.propose()
    assert waiting.grant(number) == 2
    waiting.corrected(people=("tang", "gu"))
    lin, shengsi = waiting.actor("lin"), _office("shengsi").pk
    with acting(lin):
        authorising.admit_member(actor=lin, number=number, origin=shengsi, person="002")
        authorising.end_member(
            actor=lin, number=number, origin=lin.tenant_id, person="003", words="更正后不在组"
        )
        with pytest.raises(NotOfTheTeam):
            authorising.admit_member(actor=lin, number=number, origin=lin.tenant_id, person="003")
        authorising.follow_correction(actor=lin, number=number)

    assert len(_seats(waiting, "gu")) == 2
    assert _seats(waiting, "mei") == {}
    assert waiting.room(number).publication == 3
    with waiting.django_as("owner"):
        ended = RoomSeat.objects.filter(person_number="003")
        assert {one.ended_because for one in ended} == {"更正后不在组"}


def test_who_may_not_is_refused_and_a_third_office_finds_nothing(waiting: Waiting) -> None:
    number = waiting.propose()
    for who, refusal in (("jiang", NotVisible), ("wu", NotVisible), ("zhao", NotAllowed)):
        with pytest.raises(refusal):
            waiting.grant(number, who=who)
    jiang = waiting.actor("jiang")
    with acting(jiang):
        assert not AuthorisationRequest.objects.exists()
    assert waiting.grant(number) == 0
