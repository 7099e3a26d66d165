"""Posts kept to outsiders: whoever is of the county is not named, and loses what they held."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from kernel.errors import NotAllowed, NotVisible
from sharing.access.clues import clues_of_team
from sharing.access.posts import reaches_post
from sharing.domain.posts import Post, is_for_outsiders
from sharing.domain.routing import OWNED_BY_MODE
from sharing.errors.posts import PostForOutsiders, PostHeldAlready, PostNotHeld, PostNotOfTheRoom
from sharing.models.clues import Clue
from sharing.models.posts import PostSetting, RoomPost
from sharing.models.rooms import Room, RoomSeat
from sharing.selectors.posts import post_settings, room_posts
from sharing.services.clues import ClueDraft, register_clue
from sharing.services.posts import end_post, name_to_post, set_post
from tests.integration.security.ground import browser_of
from tests.integration.sharing.test_authorising_by_sql import refusal
from tests.people import acting
from tests.teams import Team

SHENGSI = 9005
NAME = (
    "INSERT INTO sharing_roompost (tenant_id, room_id, seat_id, post, named_by_name, ended_by_name)"
    " SELECT tenant_id, room_id, id, %s, '', '' FROM sharing_roomseat"
    " WHERE room_id = %s AND person_number = %s"
)


def a_clue() -> ClueDraft:
    return ClueDraft("卓某", "某局", "county_managed", "files", "某事", evidence=("凭证",))


def make_local(team: Team, who: str, *, local: bool = True) -> None:
    with team.django_as("owner"):
        RoomSeat.objects.filter(person_number=who).update(is_local=local)


def name(team: Team, who: str, post: Post, *, by: str = "tang") -> RoomPost:
    room, office = (team.direct, "zhoushan") if post is Post.PETITIONS else (team.papers, "dinghai")
    actor = team.actor(by, office)
    with acting(actor):
        return name_to_post(actor=actor, number=room.pk, post=post, origin=SHENGSI, person=who)


def reaches(team: Team, who: str, post: Post) -> bool:
    """By access and by the database, which agree."""
    direct = post in (Post.PETITIONS, Post.CLUES)
    room = team.direct if direct else team.papers
    actor = team.actor(who, "zhoushan" if direct else "dinghai")
    with acting(actor):
        said = reaches_post(actor, Room.objects.get(pk=room.pk), post)
        with connection.cursor() as cursor:
            cursor.execute("SELECT sec.holds_post(%s, %s)", [room.pk, post])
            assert cursor.fetchone() == (said,), (who, post)
    return said


def test_the_leader_names_and_from_then_on_they_reach_it(team: Team) -> None:
    assert not reaches(team, "mei", Post.PETITIONS)
    name(team, "mei", Post.PETITIONS)

    assert reaches(team, "mei", Post.PETITIONS)
    assert not reaches(team, "mei", Post.INTERVIEWS)
    assert reaches(team, "tang", Post.INTERVIEWS)
    assert reaches(team, "gu", Post.CLUES)
    assert not reaches(team, "ruan", Post.PETITIONS)
    with pytest.raises(PostHeldAlready):
        name(team, "mei", Post.PETITIONS)
    with pytest.raises(NotAllowed):
        name(team, "mei", Post.INTERVIEWS, by="gu")
    with pytest.raises(NotVisible):
        name(team, "ruan", Post.INTERVIEWS)

    tang = team.actor("tang", "zhoushan")
    with acting(tang):
        given: dict[str, Any] = {"number": team.direct.pk, "origin": SHENGSI, "person": "mei"}
        with pytest.raises(PostNotOfTheRoom):
            name_to_post(actor=tang, post=Post.INTERVIEWS, **given)
        end_post(actor=tang, post=Post.PETITIONS, **given)
        with pytest.raises(PostNotHeld):
            end_post(actor=tang, post=Post.PETITIONS, **given)
    assert not reaches(team, "mei", Post.PETITIONS)


def test_who_is_of_the_county_is_not_named_and_reaches_nothing(team: Team) -> None:
    make_local(team, "mei")
    make_local(team, "gu")

    for post in (Post.PETITIONS, Post.INTERVIEWS):
        with pytest.raises(PostForOutsiders):
            name(team, "mei", post)
        assert not reaches(team, "gu", post)  # a deputy leader of the county
    assert not reaches(team, "gu", Post.CLUES)
    name(team, "mei", Post.ACCOUNTS)  # open to the whole team, as the standard has it
    assert reaches(team, "mei", Post.ACCOUNTS)

    make_local(team, "tang")
    assert not reaches(team, "tang", Post.PETITIONS)
    assert reaches(team, "tang", Post.CLUES)  # the leader signs each


def test_the_city_s_word_holds_at_once(team: Team) -> None:
    make_local(team, "mei")
    zhao = team.actor("zhao")
    name(team, "mei", Post.ACCOUNTS)
    with acting(zhao):
        set_post(actor=zhao, post=Post.ACCOUNTS, for_outsiders=True)
        assert set_post(actor=zhao, post=Post.ACCOUNTS, for_outsiders=True) is None
        assert [one.for_outsiders for one in post_settings(zhao)] == [True] * 4
    assert not reaches(team, "mei", Post.ACCOUNTS)
    tang = team.actor("tang")
    with acting(tang):
        [line] = [one for one in room_posts(tang, team.papers.pk) if one.post is Post.ACCOUNTS]
        assert [one.is_kept_away for one in line.holders] == [True]

    with acting(zhao):
        set_post(actor=zhao, post=Post.INTERVIEWS, for_outsiders=False)
    name(team, "mei", Post.INTERVIEWS)
    assert reaches(team, "mei", Post.INTERVIEWS)
    for who in ("lin", "chen", "xu", "tang"):
        actor = team.actor(who)
        with acting(actor), pytest.raises(NotAllowed):
            set_post(actor=actor, post=Post.INTERVIEWS, for_outsiders=True)


def test_a_deputy_leader_of_the_county_reads_of_the_clues_only_their_own(team: Team) -> None:
    mei, gu = team.actor("mei", "zhoushan"), team.actor("gu", "zhoushan")
    with acting(mei):
        number = register_clue(actor=mei, draft=a_clue()).pk

    def seen(who: str) -> bool:
        actor = team.actor(who, "zhoushan")
        with acting(actor):
            by_access = clues_of_team(actor).filter(pk=number).exists()
            assert Clue.objects.filter(pk=number).exists() is by_access, who
        return by_access

    assert [seen(who) for who in ("gu", "tang", "mei", "ruan")] == [True, True, True, False]
    make_local(team, "gu")
    make_local(team, "tang")
    assert [seen(who) for who in ("gu", "tang", "mei")] == [False, True, True]
    with acting(gu):
        own = register_clue(actor=gu, draft=a_clue()).pk
        assert [clue.pk for clue in clues_of_team(gu)] == [own]
    zhao = team.actor("zhao")
    with acting(zhao):
        set_post(actor=zhao, post=Post.CLUES, for_outsiders=False)
    assert seen("gu")


def test_the_database_names_nobody_of_the_county_whoever_asks(team: Team) -> None:
    tang, gu, lin = team.actor("tang"), team.actor("gu"), team.actor("lin")
    room = team.papers.pk
    assert refusal(tang, NAME, "interviews", room, "mei") == ""
    make_local(team, "mei")

    assert refusal(tang, NAME, "interviews", room, "mei") == "room_post_for_outsiders"
    assert refusal(tang, NAME, "accounts", room, "mei") == ""
    assert refusal(gu, NAME, "accounts", room, "mei") == "room_post_named_by_the_leader"
    assert refusal(lin, NAME, "accounts", room, "mei") == "room_post_named_by_the_leader"
    assert refusal(tang, NAME, "petitions", room, "gu") == "room_post_of_its_room"
    assert refusal(tang, NAME, "clues", room, "gu") == "room_post_somebody_is_named_to"
    assert refusal(tang, "DELETE FROM sharing_roompost") == "42501"
    assert refusal(tang, "UPDATE sharing_roompost SET post = 'interviews'") == "42501"


def test_a_setting_is_the_city_s_director_s_and_stands(team: Team) -> None:
    zhao, chen = team.actor("zhao"), team.actor("chen")
    say = (
        "INSERT INTO sharing_postsetting (tenant_id, post, for_outsiders, set_by_name)"
        " VALUES (%s, 'accounts', true, 'x')"
    )
    assert refusal(zhao, say, zhao.tenant_id) == ""
    assert refusal(chen, say, chen.tenant_id) == "post_setting_by_the_director"
    lin = team.actor("lin")
    assert refusal(lin, say, lin.tenant_id) == "post_setting_by_the_director"
    assert refusal(zhao, "UPDATE sharing_postsetting SET for_outsiders = false") == "42501"


def test_the_database_guards_what_the_domain_guards(team: Team) -> None:
    """For every mode, every post, and what the city said of it or not."""
    tang = team.actor("tang")
    zhao = team.actor("zhao")
    for mode, said in product((*OWNED_BY_MODE, "unheard of"), (None, True, False)):
        with team.django_as("superuser"), connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            Room.objects.filter(pk=team.papers.pk).update(mode=mode)
            PostSetting.objects.all().delete()
            for post in Post if said is not None else ():
                PostSetting.objects.create(
                    tenant_id=zhao.tenant_id, post=post, for_outsiders=bool(said)
                )
            cursor.execute("SET session_replication_role = origin")
        with acting(tang), connection.cursor() as cursor:
            for post in Post:
                chosen = {} if said is None else {post: said}
                cursor.execute("SELECT sec.for_outsiders(%s, %s)", [team.papers.pk, post])
                assert cursor.fetchone() == (is_for_outsiders(post, mode, chosen),)


def test_the_pages_of_posts(team: Team) -> None:
    tang, mei = team.actor("tang"), team.actor("mei")
    page = reverse("portal:room-posts", args=[team.papers.pk])
    browser = browser_of(tang)
    assert (
        page in browser.get(reverse("portal:room-detail", args=[team.papers.pk])).content.decode()
    )
    typed = {"post": "interviews", "person": f"{SHENGSI}:mei"}
    assert browser.post(page, typed).status_code == 302
    shown = browser.get(page).content.decode()
    end = reverse("portal:room-post-end", args=[team.papers.pk])
    assert "梅若溪" in shown
    assert end in shown
    assert end not in browser_of(mei).get(page).content.decode()
    assert browser_of(mei).post(page, typed).status_code == 403
    assert browser.post(page, {"post": "accounts", "person": ""}).status_code == 422
    assert browser.post(end, typed).status_code == 302

    city = browser_of(team.actor("zhao"))
    settings = reverse("portal:post-settings")
    assert city.post(settings, {"post": "accounts", "for_outsiders": "yes"}).status_code == 302
    assert "赵望舒" in city.get(settings).content.decode()
    assert browser.get(settings).status_code == 403
