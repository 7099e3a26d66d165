"""The bell of mutual corroboration: who may answer is told, at the moment that was drawn; and nobody else is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection

from kernel.clock import CHINA, now
from portal.turn_todos import turn_todos
from scheduling.access.notices import notices_visible_to, unread_by
from scheduling.domain.notices import KIND_BY_CODE
from scheduling.models.notices import Notice
from sharing.domain import hit_news
from sharing.models.corroboration import ClueParty, HitNotice, ProbingAlert
from sharing.selectors.turns import Task, turns
from sharing.services import matching
from sharing.services.clue_parties import withdraw_party
from sharing.services.disposing import declare_tie
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tests.integration.security.ground import browser_of
from tests.integration.sharing.counties import CITY, DAISHAN, DINGHAI, SHENGSI, Counties, answer
from tests.matching import laid_clue
from tests.people import SEATED_SINCE, acting

RoleSwitch = Callable[[str], AbstractContextManager[Any]]
TOMORROW = timedelta(days=1)


def told(person: Actor, kind: str) -> list[Notice]:
    with acting(person):
        return list(notices_visible_to(person).filter(kind=kind).order_by("pk"))


def waits(person: Actor) -> dict[Task, int]:
    """Of hits: the clue itself waits for its director besides."""
    of_hits = (Task.ANSWER_HIT, Task.CONFIRM_HIT)
    with acting(person):
        return {one.task: one.count for one in turns(person) if one.task in of_hits}


def rung(counties: Counties, kind: str) -> list[tuple[int, int | None]]:
    """In all offices."""
    with counties.django_as("owner"):
        rows = Notice.objects.filter(kind=kind).order_by("tenant_id", "pk")
        return list(rows.values_list("tenant_id", "number"))


def clerk_of(counties: Counties, office: int) -> Actor:
    with counties.django_as("owner"):
        User(pk=9208, username="d9208", display_name="文予安", password="!").save(force_insert=True)
        Membership.objects.create(
            tenant_id=office, user_id=9208, role=Role.COUNTY_CLERK, since_on=SEATED_SINCE
        )
    clerk = frozenset({Role.COUNTY_CLERK})
    return replace(counties.lin, user_id=9208, name="文予安", roles=clerk)


def test_who_may_answer_is_told_once_and_nobody_else(counties: Counties, chen: Actor) -> None:
    clerk = clerk_of(counties, DINGHAI)
    counties.both_told()

    for person in (counties.lin, counties.luo, counties.jiang, counties.mo):
        with acting(person):
            notice = HitNotice.objects.get()
        [bell] = told(person, hit_news.TOLD)
        assert (bell.number, bell.at, bell.sender_id) == (
            notice.pk, notice.told_at, person.tenant_id,
        )  # fmt: skip
    assert told(clerk, hit_news.TOLD) == told(chen, hit_news.TOLD) == []
    assert [office for office, _ in rung(counties, hit_news.TOLD)] == [DINGHAI, SHENGSI]


def test_the_bell_says_until_when_and_nothing_else(counties: Counties) -> None:
    counties.both_told()

    [bell] = told(counties.lin, hit_news.TOLD)
    with acting(counties.lin):
        until = HitNotice.objects.get().answer_until.astimezone(CHINA)
    assert bell.about == {"until": f"{until:%Y-%m-%d %H:%M}"}
    assert KIND_BY_CODE[hit_news.TOLD].names == {"until"}
    for kind in (hit_news.LED, hit_news.PROBING):
        assert not KIND_BY_CODE[kind].names


def test_nobody_is_told_before_their_moment(counties: Counties) -> None:
    counties.both_ask()
    counties.matcher.take_in()
    counties.matcher.long_ago()
    moments = counties.matcher.course.moments
    counties.matcher.look(moments.matched_at(now()) - timedelta(days=moments.period))

    assert rung(counties, hit_news.TOLD) == []


def test_a_tie_takes_the_bell_away(counties: Counties) -> None:
    counties.both_told()
    with acting(counties.lin):
        declare_tie(actor=counties.lin, number=counties.here)

    assert told(counties.lin, hit_news.TOLD) == []
    assert len(told(counties.luo, hit_news.TOLD)) == 1


def test_a_bell_does_not_survive_what_it_is_about(counties: Counties) -> None:
    counties.both_told()
    with acting(counties.lin):
        party = ClueParty.objects.get()
        withdraw_party(actor=counties.lin, number=counties.here, party=party.pk)

    assert told(counties.lin, hit_news.TOLD) == told(counties.luo, hit_news.TOLD) == []
    assert waits(counties.lin) == waits(counties.luo) == {}
    assert len(told(counties.jiang, hit_news.TOLD)) == 1, "the other side sees no more than before"


def test_what_is_over_rings_no_more(counties: Counties) -> None:
    counties.both_told()
    with counties.django_as("owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE sharing_hitnotice DISABLE TRIGGER USER")
        cursor.execute("UPDATE sharing_hitnotice SET answer_until = now() - interval '1 hour'")
        cursor.execute("ALTER TABLE sharing_hitnotice ENABLE TRIGGER USER")

    assert told(counties.lin, hit_news.TOLD) == []
    assert waits(counties.lin) == {}


def test_a_hit_waits_on_the_desk_of_whoever_can_go_on(counties: Counties) -> None:
    counties.both_told()
    assert waits(counties.lin) == waits(counties.luo) == {Task.ANSWER_HIT: 1}
    with acting(counties.lin):
        assert "portal:hits" in {one.url_name for one in turn_todos(counties.lin)}

    answer(counties.lin, "proposed")
    assert (waits(counties.lin), waits(counties.luo)) == ({}, {Task.CONFIRM_HIT: 1})
    assert len(told(counties.luo, hit_news.TOLD)) == 1, "it is still to be decided"

    answer(counties.luo, "confirmed")
    assert waits(counties.lin) == waits(counties.luo) == {}
    assert told(counties.luo, hit_news.TOLD) == []
    assert waits(counties.jiang) == {Task.ANSWER_HIT: 1}, "of the other side nothing changed"


@pytest.mark.parametrize("act", ["proposed", "refused"])
def test_what_one_side_does_rings_nowhere(counties: Counties, act: str) -> None:
    counties.both_told()
    with counties.django_as("owner"):
        before = Notice.objects.count()
    answer(counties.jiang, act, "不属本办管辖")
    counties.matcher.look(now() + TOMORROW)

    with counties.django_as("owner"):
        assert Notice.objects.count() == before


def test_both_sides_are_told_once_that_they_were_led_together(
    counties: Counties, chen: Actor
) -> None:
    clerk = clerk_of(counties, DINGHAI)
    counties.both_told()
    counties.consent(counties.lin, counties.luo)
    counties.consent(counties.jiang, counties.mo)
    assert rung(counties, hit_news.LED) == []

    counties.matcher.look(now() + TOMORROW)
    counties.matcher.look(now() + 2 * TOMORROW)

    for person in (counties.lin, counties.luo, counties.jiang, counties.mo):
        [bell] = told(person, hit_news.LED)
        assert (bell.about, bell.link) == ({}, "hit")
    assert told(clerk, hit_news.LED) == told(chen, hit_news.LED) == []
    assert [office for office, _ in rung(counties, hit_news.LED)] == [DINGHAI, SHENGSI]


def test_two_partners_named_at_one_moment_ring_once(counties: Counties) -> None:
    counties.both_told()
    with acting(counties.lin):
        notice = HitNotice.objects.get().pk
    at = now()

    def named(*partners: int, at: datetime) -> None:
        with counties.django_as("matcher"), connection.cursor() as cursor:
            for partner in partners:
                cursor.execute(
                    "SELECT sec.lead_together(%s, %s, %s, %s)",
                    [notice, partner, f"AAAA{partner}", at],
                )

    named(SHENGSI, DAISHAN, at=at)
    assert len(told(counties.lin, hit_news.LED)) == 1
    named(CITY, at=at + TOMORROW)
    assert len(told(counties.lin, hit_news.LED)) == 2, "a later one is news"


def test_a_bell_leads_to_its_hit_and_looking_at_it_silences_it(counties: Counties) -> None:
    counties.both_told()
    [bell] = told(counties.lin, hit_news.TOLD)
    client = browser_of(counties.lin)

    assert "可能与其他单位掌握的情况有关" in client.get("/notices/").content.decode()
    opened = client.post(f"/notices/{bell.pk}/open/")
    assert opened["Location"] == f"/hits/{bell.number}/"
    assert client.get(opened["Location"]).status_code == 200
    with acting(counties.lin):
        assert not unread_by(counties.lin).filter(kind=hit_news.TOLD).exists()


# --- Guessing -----------------------------------------------------------------------------------


def alerted(counties: Counties, whose: int | None) -> None:
    with counties.django_as("matcher"), connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(
                "SELECT sec.raise_probing_alert(%s, 'low_yield', %s, now())", [DINGHAI, whose]
            )


def test_directors_of_office_and_city_are_told_of_guessing(
    counties: Counties, zhao: Actor, chen: Actor
) -> None:
    alerted(counties, 9201)

    for director in (counties.lin, zhao):
        with acting(director):
            alert = ProbingAlert.objects.get()
        assert [one.number for one in told(director, hit_news.PROBING)] == [alert.pk]
    for other in (counties.luo, counties.jiang, chen):
        assert told(other, hit_news.PROBING) == []
    assert [office for office, _ in rung(counties, hit_news.PROBING)] == [CITY, DINGHAI]
    [bell] = told(zhao, hit_news.PROBING)
    assert browser_of(zhao).post(f"/notices/{bell.pk}/open/")["Location"] == "/hits/"


def test_whom_an_alert_is_about_is_not_told(counties: Counties, zhao: Actor) -> None:
    alerted(counties, counties.lin.person_id)

    assert told(counties.lin, hit_news.PROBING) == []
    assert len(told(zhao, hit_news.PROBING)) == 1


# --- Numbers of notices run through for all offices ----------------------------------------------


def next_number(counties: Counties) -> int:
    with counties.django_as("owner"), connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('scheduling_notice', 'id'))")
        return int(cursor.fetchone()[0])


def test_at_each_moment_numbers_are_let_go_by_chance(counties: Counties) -> None:
    """Whoever counts them before and after does not know whether anybody was told."""
    numbers = [next_number(counties)]
    for day in range(1, 5):
        assert counties.matcher.look(now() + day * TOMORROW)
        numbers.append(next_number(counties))

    gaps = [after - before for before, after in pairwise(numbers)]
    assert len(set(gaps)) > 1
    assert max(gaps) > 100


def test_what_an_office_is_told_at_one_moment_bears_numbers_in_a_row(counties: Counties) -> None:
    with counties.django_as("owner"):
        clues = [laid_clue(office) for office in (DINGHAI, SHENGSI, DINGHAI, SHENGSI)]
    at = now()
    with counties.django_as("matcher"), connection.cursor() as cursor:
        for number, clue in enumerate(clues):
            cursor.execute(
                "INSERT INTO matcher.notice (id, office_id, clue_id, about, told_at, answer_until)"
                " VALUES (%s, %s, %s, 'person', %s, %s)",
                [7000 + number, (DINGHAI, SHENGSI)[number % 2], clue, at, at + 30 * TOMORROW],
            )
        matching.tell(at)

    first, second = told(counties.lin, hit_news.TOLD)
    assert second.pk - first.pk == 1
