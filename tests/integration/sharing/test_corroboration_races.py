"""Two at once, on connections of their own: what is left of it is always lawful."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ, ISOLATION_LEVEL_SERIALIZABLE
from psycopg2.extensions import connection as Connection

from kernel.errors import DomainError
from sharing.errors.corroboration import QuotaUsedUp
from sharing.models.corroboration import ClueParty, HitNotice, HitNoticeStep
from sharing.services.answering_hits import answer_hit
from sharing.services.clue_parties import ask_about, note_party
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tests.integration.sharing.counties import DINGHAI, Counties, answer
from tests.integration.tenancy.raw import Raw
from tests.people import SEATED_SINCE, acting

ROUNDS = 5
Act = tuple[Actor, Callable[..., Any], dict[str, Any]]


def at_once(*acts: Act) -> list[Any]:
    """Each act by its person, all at the same time; what it gave, or how it was refused."""

    def one(act: Act) -> Any:
        actor, service, given = act
        try:
            with acting(actor):
                return service(actor=actor, **given)
        except DomainError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.fixture
def third(counties: Counties) -> Actor:
    """One more of Dinghai who answers."""
    with counties.django_as("owner"):
        User(pk=9203, username="third", display_name="第三人", password="!").save(force_insert=True)
        Membership.objects.create(
            tenant_id=DINGHAI, user_id=9203, role=Role.DISCIPLINE_BODY, since_on=SEATED_SINCE
        )
    return replace(counties.luo, user_id=9203, name="第三人")


def test_of_two_who_propose_at_once_one_does(counties: Counties, third: Actor) -> None:
    counties.both_told()
    with acting(counties.lin):
        notice = HitNotice.objects.get().pk
    for _ in range(ROUNDS):
        given = {"number": notice, "act": "proposed"}
        gave = at_once((counties.lin, answer_hit, given), (counties.luo, answer_hit, given))

        assert sum(isinstance(one, DomainError) for one in gave) == 1
        answer(third, "taken_back", "重来")


def test_of_two_who_confirm_at_once_one_does_and_it_is_another_than_the_first(
    counties: Counties, third: Actor
) -> None:
    counties.both_told()
    with acting(counties.lin):
        notice = HitNotice.objects.get().pk
    for _ in range(ROUNDS):
        answer(counties.lin, "proposed")
        given = {"number": notice, "act": "confirmed"}
        gave = at_once(*((who, answer_hit, given) for who in (counties.lin, counties.luo, third)))

        assert sum(isinstance(one, DomainError) for one in gave) == 2
        with acting(counties.lin):
            last = HitNoticeStep.objects.order_by("-number")[0]
            assert (last.act, last.by_id != counties.lin.user_id) == ("confirmed", True)
        answer(third, "taken_back", "重来")


def test_two_consents_of_both_sides_at_once_both_stand(counties: Counties) -> None:
    counties.both_told()
    answer(counties.lin, "proposed")
    answer(counties.jiang, "proposed")
    numbers = {}
    for who in (counties.luo, counties.mo):
        with acting(who):
            numbers[who.tenant_id] = HitNotice.objects.get().pk
    gave = at_once(
        *(
            (who, answer_hit, {"number": numbers[who.tenant_id], "act": "confirmed"})
            for who in (counties.luo, counties.mo)
        )
    )

    assert [one.state for one in gave] == ["consented", "consented"]


def test_the_quota_holds_for_many_at_once(counties: Counties) -> None:
    parties = []
    with acting(counties.lin):
        for place in range(14):
            noted = note_party(
                actor=counties.lin, number=counties.here, written={"phone": f"1390580{place:04d}"}
            )
            parties.append(noted.pk)
    gave = at_once(
        *((counties.lin, ask_about, {"number": counties.here, "party": party}) for party in parties)
    )

    assert sum(isinstance(one, QuotaUsedUp) for one in gave) == 4
    with acting(counties.lin):
        assert ClueParty.objects.filter(asked_at__isnull=False).count() == 10


@pytest.mark.parametrize("level", [ISOLATION_LEVEL_REPEATABLE_READ, ISOLATION_LEVEL_SERIALIZABLE])
def test_under_an_old_snapshot_nobody_asks(
    counties: Counties, connect_as: Callable[[str], Connection], level: int
) -> None:
    """It would not see what was asked meanwhile, and each such connection would have a quota of its own."""
    lin, sql = counties.lin, "SELECT sec.ask_about_party(%s)"
    with acting(lin):
        party = note_party(actor=lin, number=counties.here, written={"phone": "13905800001"}).pk
    old, fresh = Raw(connect_as("app")), Raw(connect_as("app"))
    old.connection.set_session(isolation_level=level)
    for raw in (old, fresh):
        raw.act_for(lin.tenant_id, lin.user_id)

    with old.refused("READ COMMITTED alone"):
        old.one(sql, party)
    assert fresh.one(sql, party) == "queued"
