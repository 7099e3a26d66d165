"""The register of petitions: of its post, in the direct room, past the county and its people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kernel.clock import today
from kernel.errors import NotVisible
from sharing.domain.petitions import Handling, Subject, Way
from sharing.domain.posts import Post
from sharing.errors.petitions import (
    PetitionClueMissing,
    PetitionHandledAlready,
    PetitionOfTheFuture,
    PetitionTraceable,
)
from sharing.models.petitions import Petition
from sharing.selectors.petitions import room_petitions
from sharing.services.clues import register_clue
from sharing.services.petitions import PetitionDraft, handle_petition, register_petition
from tenancy.paging import Window
from tests.integration.security.ground import browser_of
from tests.integration.sharing.test_authorising_by_sql import refusal
from tests.integration.sharing.test_posts import a_clue, make_local, name
from tests.people import acting
from tests.teams import Team

ALL = Window(50)


def draft(**changes: object) -> PetitionDraft:
    told: dict[str, object] = {
        "received_on": today(),
        "way": Way.LETTER,
        "unit_name": "定海区教育局",
        "subject": Subject.MONEY,
        "gist": "反映食堂采购没有招标",
    }
    return PetitionDraft(**(told | changes))  # type: ignore[arg-type]


def register(team: Team, who: str = "tang", **changes: object) -> Petition:
    actor = team.actor(who, "zhoushan")
    with acting(actor):
        return register_petition(actor=actor, number=team.direct.pk, draft=draft(**changes))


def handle(team: Team, who: str, nth: int, handling: Handling, **given: object) -> Petition:
    actor = team.actor(who, "zhoushan")
    with acting(actor):
        return handle_petition(
            actor=actor,
            number=team.direct.pk,
            nth=nth,
            handling=handling,
            **given,  # type: ignore[arg-type]
        )


def sees(team: Team, who: str) -> int:
    """By access and by the database, which agree."""
    actor = team.actor(who, "zhoushan")
    with acting(actor):
        by_fence = Petition.objects.count()
        try:
            seen = len(room_petitions(actor, team.direct.pk, ALL).lines)
        except NotVisible:
            seen = 0
    assert seen == by_fence, who
    return seen


def test_the_post_registers_and_nobody_else_sees_a_thing(team: Team) -> None:
    name(team, "mei", Post.PETITIONS)
    assert [register(team, "mei").number, register(team).number] == [1, 2]

    assert [sees(team, who) for who in ("tang", "gu", "mei")] == [2, 2, 2]
    others = ("ruan", "zhao", "qin", "xu", "chen", "lin", "wu", "he", "luo", "jiang")
    assert [who for who in others if sees(team, who)] == []
    make_local(team, "mei")
    make_local(team, "gu")
    assert [sees(team, who) for who in ("tang", "gu", "mei")] == [2, 0, 0]
    for who in ("mei", "gu", "ruan", "zhao"):
        with pytest.raises(NotVisible):
            register(team, who)
    county = team.actor("tang")  # in the county's office, where the room of papers is
    with acting(county), pytest.raises(NotVisible):
        register_petition(actor=county, number=team.papers.pk, draft=draft())


def test_who_petitioned_is_not_written_down(team: Team) -> None:
    with pytest.raises(PetitionTraceable):
        register(team, gist="来电人手机13800001111")
    with pytest.raises(PetitionOfTheFuture):
        register(team, received_on=today() + timedelta(days=2))
    nth = register(team).number
    with pytest.raises(PetitionTraceable):
        handle(team, "tang", nth, Handling.KEPT, note="330902199001011234")
    assert handle(team, "tang", nth, Handling.KEPT, note="底稿3号").note == "底稿3号"


def test_what_becomes_of_one_is_decided_once(team: Team) -> None:
    nth = register(team).number
    handle(team, "tang", nth, Handling.KEPT)
    with pytest.raises(PetitionClueMissing):
        handle(team, "tang", nth, Handling.CLUE)
    mei, tang = team.actor("mei", "zhoushan"), team.actor("tang", "zhoushan")
    with acting(mei):
        clue = register_clue(actor=mei, draft=a_clue()).pk
    assert handle(team, "tang", nth, Handling.CLUE, clue=clue).clue_id == clue
    with pytest.raises(PetitionHandledAlready):
        handle(team, "tang", nth, Handling.TRANSFERRED)

    name(team, "mei", Post.PETITIONS)
    other = register(team, "mei").number
    with acting(tang):
        theirs = register_clue(actor=tang, draft=a_clue()).pk
    with pytest.raises(PetitionClueMissing):
        handle(team, "mei", other, Handling.CLUE, clue=theirs)  # of which mei sees nothing
    with acting(mei):
        lines = room_petitions(mei, team.direct.pk, ALL).lines
    assert [line.clue for line in lines] == [None, clue]


def test_the_database_keeps_the_register(team: Team) -> None:
    register(team)
    tang, mei, zhao = (team.actor(who, "zhoushan") for who in ("tang", "mei", "zhao"))
    add = (
        "INSERT INTO sharing_petition (tenant_id, room_id, number, received_on, way, unit_name,"
        " subject, gist, registered_by_name, handling, note, handled_by_name)"
        " VALUES (%s, %s, 77, %s, 'call', 'x', 'other', %s, 'x', '', '', '')"
    )
    given = (tang.tenant_id, team.direct.pk, today())
    assert refusal(tang, add, *given, "某事") == ""
    assert refusal(mei, add, *given, "某事") == "petition_of_its_post"
    assert refusal(zhao, add, *given, "某事") == "petition_of_its_post"
    assert refusal(tang, add, *given, "电话 13800001111") == "petition_names_nobody"
    later = (*given[:2], today() + timedelta(days=2))
    assert refusal(tang, add, *later, "某事") == "petition_of_the_past"
    clue = "UPDATE sharing_petition SET handling = 'clue'"
    assert refusal(tang, clue) == "petition_clue_of_its_room"
    assert refusal(tang, "UPDATE sharing_petition SET handling = 'paper'") == ""
    assert refusal(tang, "UPDATE sharing_petition SET gist = 'x'") == "42501"
    assert refusal(tang, "DELETE FROM sharing_petition") == "42501"
    handle(team, "tang", 1, Handling.TRANSFERRED)
    stands = "UPDATE sharing_petition SET handling = 'kept'"
    assert refusal(tang, stands) == "petition_handled_once"
    county = team.actor("tang")
    papers = (county.tenant_id, team.papers.pk, today())
    assert refusal(county, add, *papers, "某事") == "petition_of_its_post"


def test_the_pages_of_the_register(team: Team) -> None:
    browser = browser_of(team.actor("tang", "zhoushan"))
    page = reverse("portal:room-petitions", args=[team.direct.pk])
    detail = reverse("portal:room-detail", args=[team.direct.pk])
    assert page in browser.get(detail).content.decode()
    assert browser.get(page).status_code == 200
    typed = {
        "received_on": today().isoformat(),
        "way": "letter",
        "unit_name": "某局",
        "subject": "money",
        "gist": "手机13800001111说账目不清",
    }
    faulty = browser.post(page, typed)
    assert faulty.status_code == 422
    assert "账目不清" in faulty.content.decode()
    assert browser.post(page, typed | {"gist": "账目不清"}).status_code == 302
    act = reverse("portal:room-petition-handle", args=[team.direct.pk])
    assert browser.post(act, {"nth": 1, "handling": "clue"}).status_code == 422
    assert browser.post(act, {"nth": 1, "handling": "paper", "note": "3号"}).status_code == 302
    assert "账目不清" in browser.get(page).content.decode()

    other = browser_of(team.actor("mei", "zhoushan"))
    assert page not in other.get(detail).content.decode()
    assert other.get(page).status_code == 404
