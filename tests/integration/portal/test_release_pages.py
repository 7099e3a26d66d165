"""The director's pages: a call is answered, changed, withdrawn, and closed."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from scheduling.models.releases import Release, ReleaseCall
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.models.rounds import InspectionRound
from tenancy.actor import Actor
from tests.integration.portal.desks import bare, desk_of, queries_of, seen, words
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.world import CANARY, World, acting, person, unit

__all__ = ["world"]


@pytest.fixture
def call(world: World) -> ReleaseCall:
    """Dinghai was called on, and has a roster."""
    world.settle()
    world.call(world.make_round(), ["dinghai", "shengsi"])
    return world.call_to("dinghai")


@pytest.fixture
def director(call: ReleaseCall) -> Client:
    return desk_of("lin")


def everybody(actor: Actor) -> dict[str, list[int]]:
    with acting(actor):
        return {
            "people": list(Person.objects.order_by("number").values_list("pk", flat=True)),
            "units": list(InspectedUnit.objects.inspectable().values_list("pk", flat=True)),
        }


def versions(actor: Actor) -> list[tuple[int, bool]]:
    with acting(actor):
        sent = Release.objects.sent_by(actor).order_by("version")
        return list(sent.values_list("version", "is_withdrawal"))


# --- Who gets in ----------------------------------------------------------------------


def test_director_and_clerk_see_the_call_and_the_director_alone_can_answer(
    world: World, call: ReleaseCall, director: Client
) -> None:
    clerk = desk_of("wu")

    for client in (director, clerk):
        assert "2026年第三轮" in seen(client, "/releases/")
        assert "定海甲" in seen(client, f"/releases/{call.pk}/")
    page = clerk.get(f"/releases/{call.pk}/").content.decode()
    assert "人员由本单位主任放行" in page
    assert len(re.findall(r'name="people"[^>]* disabled', page)) == 6
    assert clerk.post(f"/releases/{call.pk}/give/", everybody(world.wu)).status_code == 403
    assert versions(world.lin) == []
    assert director.post(f"/releases/{call.pk}/give/", everybody(world.lin)).status_code == 302
    assert versions(world.lin) == [(1, False)]


def test_the_scheduler_has_no_releases(call: ReleaseCall) -> None:
    scheduler = desk_of("chen")

    assert scheduler.get("/releases/").status_code == 403
    assert scheduler.get(f"/releases/{call.pk}/").status_code == 404


def test_another_county_s_call_is_the_same_as_none(
    world: World, call: ReleaseCall, director: Client
) -> None:
    stranger = desk_of("jiang")

    theirs = bare(stranger, f"/releases/{call.pk}/")

    assert theirs.startswith("404")
    assert theirs == bare(stranger, "/releases/987654/")
    assert bare(director, f"/releases/{call.pk}/").startswith("200")
    for act in ("give", "withdraw"):
        answer = stranger.post(f"/releases/{call.pk}/{act}/", everybody(world.jiang))
        assert answer.status_code == 404
    assert versions(world.jiang) == []


def test_another_county_s_people_are_not_on_the_page_and_cannot_be_released(
    world: World, call: ReleaseCall, director: Client
) -> None:
    assert "嵊泗甲" not in seen(director, f"/releases/{call.pk}/")

    answer = director.post(
        f"/releases/{call.pk}/give/", {"people": everybody(world.jiang)["people"]}
    )

    assert answer.status_code == 422
    assert "6 人" in words(answer)
    assert versions(world.lin) == []


def test_the_city_s_director_releases_the_city_s_people_and_no_units(world: World) -> None:
    city = world.offices["zhoushan"]
    with world.django_as("worker"), acting(world.zhao):
        person(city, 1).save()
    world.call(world.make_round(), ["zhoushan"])
    number = world.call_to("zhoushan").pk
    client = desk_of("zhao")

    assert "报送被巡察单位" not in seen(client, f"/releases/{number}/")
    sent = {"people": everybody(world.zhao)["people"]}
    assert client.post(f"/releases/{number}/give/", sent).status_code == 302
    assert versions(world.zhao) == [(1, False)]


# --- Picking and releasing ------------------------------------------------------------


def test_the_page_counts_what_was_picked_against_what_was_asked(
    world: World, call: ReleaseCall, director: Client
) -> None:
    scheduler = desk_of("chen")
    number = world.make_round(name="要财务").pk
    asked = {"offices": [world.offices["dinghai"].pk], "people": "4", "skill_finance": "2"}
    scheduler.post(f"/rounds/{number}/call/", asked)
    mine = world.call_to("dinghai").pk

    assert "要求人数 4 已选人员 0 其中可任组长 0 已选单位 0" in seen(director, f"/releases/{mine}/")
    picks = everybody(world.lin)
    director.post(
        f"/releases/{mine}/give/", {"people": picks["people"][:3], "units": picks["units"][:1]}
    )

    text = seen(director, f"/releases/{mine}/")
    assert "要求人数 4 已选人员 3 其中可任组长 2 已选单位 1" in text
    assert "财务 2 2 3" in text


def test_the_same_release_twice_is_done_once_and_another_replaces_it(
    world: World, call: ReleaseCall, director: Client
) -> None:
    picks = everybody(world.lin)
    address = f"/releases/{call.pk}/give/"

    assert "已放行。" in words(director.post(address, picks, follow=True))
    assert director.post(address, picks).status_code == 302
    assert versions(world.lin) == [(1, False)]

    director.post(address, picks | {"people": picks["people"][1:]})
    assert versions(world.lin) == [(1, False), (2, False)]
    page = director.get(f"/releases/{call.pk}/").content.decode()
    assert len(re.findall(r'name="people"[^>]* checked', page)) == 5
    assert "版本 2 放行人 林知远" in seen(director, f"/releases/{call.pk}/")


def test_nobody_picked_is_refused_and_what_stood_stands(
    world: World, call: ReleaseCall, director: Client
) -> None:
    picks = everybody(world.lin)
    director.post(f"/releases/{call.pk}/give/", picks)

    for sent in ({}, {"people": ["x"], "units": ["-1"]}):
        answer = director.post(f"/releases/{call.pk}/give/", sent)
        assert answer.status_code == 422
        assert "没有选择任何人员或单位" in words(answer)
    assert versions(world.lin) == [(1, False)]


def test_a_release_is_withdrawn_and_given_again(
    world: World, call: ReleaseCall, director: Client
) -> None:
    address = f"/releases/{call.pk}/"
    nothing = director.post(f"{address}withdraw/")
    assert (nothing.status_code, "没有向" in words(nothing)) == (409, True)
    picks = everybody(world.lin)
    director.post(f"{address}give/", picks)
    assert desk_of("wu").post(f"{address}withdraw/").status_code == 403

    assert "放行已撤回" in words(director.post(f"{address}withdraw/", follow=True))
    assert "待办理" in seen(director, "/releases/")
    assert "定海区 已撤回" in seen(desk_of("chen"), f"/rounds/{call.round_id}/")

    director.post(f"{address}give/", picks)
    assert versions(world.lin) == [(1, False), (2, True), (3, False)]
    assert "已放行" in seen(director, "/releases/")


def test_a_closed_call_is_locked_in_words_until_the_city_opens_it_again(
    world: World, call: ReleaseCall, director: Client
) -> None:
    picks = everybody(world.lin)
    address = f"/releases/{call.pk}/"
    director.post(f"{address}give/", picks)
    with acting(world.chen):
        round_ = InspectionRound.objects.get(pk=call.round_id)
    run = world.start(round_)

    assert "放行已截止" in seen(director, address)
    assert "放行</button>" not in director.get(address).content.decode()
    for act in ("give", "withdraw"):
        answer = director.post(f"{address}{act}/", picks)
        assert (answer.status_code, "截止" in words(answer)) == (409, True)
    assert "已截止" in seen(director, "/releases/")
    assert versions(world.lin) == [(1, False)]

    scheduler = desk_of("chen")
    scheduler.post(f"/runs/{run.pk}/cancel/")
    reopened = scheduler.post(f"/rounds/{round_.pk}/reopen/", follow=True)
    assert "可重新放行和撤回" in words(reopened)
    director.post(f"{address}give/", picks | {"people": picks["people"][1:]})
    assert versions(world.lin) == [(1, False), (2, False)]


def test_who_is_away_within_the_round_is_marked_without_the_reason(
    world: World, call: ReleaseCall, director: Client
) -> None:
    with world.django_as("worker"), acting(world.lin):
        away = Person.objects.get(number="001")
        away.absences = [{"from": "2026-09-20", "to": "2026-09-28", "reason": "干部体检"}]
        away.save()
        later = Person.objects.get(number="002")
        later.absences = [{"from": "2026-09-26", "to": "2026-09-28", "reason": "培训"}]
        later.save()

    text = seen(director, f"/releases/{call.pk}/")

    assert text.count("轮次期间有请假或外出") == 1
    assert "干部体检" not in text


def test_kin_place_and_career_are_not_even_on_the_director_s_own_page_of_the_call(
    call: ReleaseCall, director: Client
) -> None:
    assert CANARY not in director.get(f"/releases/{call.pk}/").content.decode()
    assert CANARY not in director.get("/releases/").content.decode()


def test_an_empty_roster_says_what_to_do_first(world: World) -> None:
    world.call(world.make_round(), ["dinghai"])
    number = world.call_to("dinghai").pk

    text = seen(desk_of("lin"), f"/releases/{number}/")

    assert "名册为空" in text
    assert "单位名录为空" in text


def test_without_a_call_the_list_says_what_will_come(world: World) -> None:
    assert "还没有收到通知" in seen(desk_of("lin"), "/releases/")


# --- As many questions for many rows as for few ---------------------------------------


def test_pages_ask_the_database_no_more_the_more_there_is(
    world: World, call: ReleaseCall, director: Client
) -> None:
    director.post(f"/releases/{call.pk}/give/", everybody(world.lin))
    pages = ("/releases/", f"/releases/{call.pk}/")
    few = [queries_of(director, page) for page in pages]
    office = world.offices["dinghai"]
    with world.django_as("worker"), acting(world.lin):
        for n in range(10, 60):
            newcomer = person(office, 1, name=f"新人{n}")
            newcomer.number = f"B{n}"
            newcomer.save()
            unit(office, f"U{n}", f"第{n}局").save()
    for n in range(8):
        world.call(world.make_round(name=f"第{n}个轮次"), ["dinghai"])
    director.post(f"/releases/{call.pk}/give/", everybody(world.lin))

    many = [queries_of(director, page) for page in pages]

    assert many == few
    assert "新人59" in seen(director, f"/releases/{call.pk}/")
