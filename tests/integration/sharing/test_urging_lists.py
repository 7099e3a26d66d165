"""Urging letters for lists of hand-over: when, by whom, in whose eyes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from psycopg2.extensions import connection as Connection

from kernel.clock import today
from kernel.errors import DomainError, NotAllowed, NotVisible
from sharing.domain.hand_over import sealed_with
from sharing.errors.clues import ListUrgedToday, NothingToUrge
from sharing.models.hand_over import HandOverList, HandOverUrging
from sharing.models.office_clues import OfficeClueStep
from sharing.selectors.office_clues import list_page
from sharing.services import disposing
from sharing.services.handing_over import acknowledge_list
from sharing.services.urging_lists import urge_list
from tenancy.actor import Actor
from tests.clues import CITY_MANAGED, handed_over
from tests.integration.tenancy.raw import Raw
from tests.people import acting
from tests.teams import Team

pytestmark = pytest.mark.usefixtures("committed_db")
RoleSwitch = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def days_ago(superuser_connection: Connection) -> Callable[..., None]:
    """Move back, as a superuser, whom no trigger asks."""

    def moved(table: str, column: str, key: int, days: int) -> None:
        raw = Raw(superuser_connection)
        raw.run("SET LOCAL session_replication_role = 'replica'")
        on = today() - timedelta(days=days)
        assert raw.run(f"UPDATE {table} SET {column} = %s WHERE id = %s", on, key) == 1
        raw.connection.commit()

    return moved


@pytest.fixture
def sides(team: Team) -> tuple[Actor, Actor]:
    return team.actor("lin", "dinghai"), team.actor("luo", "dinghai")


def urged(actor: Actor, number: int) -> HandOverUrging:
    with acting(actor):
        return urge_list(actor=actor, number=number)


def refused(actor: Actor, number: int, error: type[DomainError]) -> None:
    with acting(actor), pytest.raises(error):
        urge_list(actor=actor, number=number)


def test_a_receipt_that_is_missing_is_urged_once_a_day(
    team: Team, sides: tuple[Actor, Actor]
) -> None:
    lin, luo = sides
    number, list_ = handed_over(team, lin)
    letter = urged(lin, list_.pk)

    assert letter.reference == f"巡线催〔{today().year}〕1号"
    assert "尚未签收" in letter.document
    assert letter.document.startswith(f"文号：{letter.reference}\n签发：{lin.name}\n")
    assert letter.sha256 == sealed_with(letter.document)
    refused(lin, list_.pk, ListUrgedToday)
    with acting(luo):
        page = list_page(luo, list_.pk)
        assert [one.pk for one in page.urgings] == [letter.pk]
        assert not page.may_urge
        steps = OfficeClueStep.objects.filter(record_id=number, act="urged")
        assert [one.reason for one in steps] == [letter.reference]


def test_what_is_overdue_on_it_is_urged_by_its_number_alone(
    team: Team, sides: tuple[Actor, Actor], days_ago: Callable[..., None]
) -> None:
    lin, luo = sides
    number, list_ = handed_over(team, lin, subject_name="钱某某")
    with acting(luo):
        acknowledge_list(actor=luo, number=list_.pk)
    refused(lin, list_.pk, NothingToUrge)
    days_ago("sharing_officeclue", "next_due_on", number, 20)
    with acting(lin):
        assert list_page(lin, list_.pk).may_urge
    letter = urged(lin, list_.pk)
    assert f"〔{today().year}〕1号问题线索已逾办理期限" in letter.document
    assert "钱某某" not in letter.document


def test_the_director_urges_and_nobody_else(team: Team, sides: tuple[Actor, Actor]) -> None:
    lin, luo = sides
    number, list_ = handed_over(team, lin)
    refused(luo, list_.pk, NotAllowed)
    for who, office in (("wu", "dinghai"), ("he", "dinghai"), ("zhao", "zhoushan")):
        refused(team.actor(who, office), list_.pk, NotVisible)
    wu = team.actor("wu", "dinghai")
    given = {"list_id": list_.pk, "document": "x"}
    for actor, why in ((luo, "by the director"), (wu, "by the director")):
        with acting(actor), pytest.raises(IntegrityError, match=why), transaction.atomic():
            HandOverUrging.objects.create(tenant_id=actor.tenant_id, **given)
    with acting(lin):
        HandOverUrging.objects.create(tenant_id=lin.tenant_id, **given)
        with pytest.raises(ProgrammingError, match="permission"), transaction.atomic():
            HandOverUrging.objects.update(document="y")
    for actor, sees in ((lin, 1), (luo, 1), (wu, 0)):
        with acting(actor):
            assert HandOverUrging.objects.count() == sees
    with acting(lin):
        disposing.declare_tie(actor=lin, number=number)
        assert HandOverUrging.objects.count() == 0, "who has a tie sees it no more"


def test_nothing_owed_nothing_urged_also_by_sql(team: Team, sides: tuple[Actor, Actor]) -> None:
    lin, luo = sides
    _, list_ = handed_over(team, lin)
    with acting(luo):
        acknowledge_list(actor=luo, number=list_.pk)
    with acting(lin), pytest.raises(IntegrityError, match="is owed"), transaction.atomic():
        HandOverUrging.objects.create(tenant_id=lin.tenant_id, list_id=list_.pk, document="x")


def test_of_a_city_managed_clue_no_letter_is_in_the_county(team: Team) -> None:
    zhao, lin = team.actor("zhao"), team.actor("lin", "dinghai")
    _, list_ = handed_over(team, zhao, management_level=CITY_MANAGED)
    urged(zhao, list_.pk)
    with acting(lin), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sharing_handoverurging")
        assert cursor.fetchone()[0] == 0
        assert not HandOverList.objects.exists()
