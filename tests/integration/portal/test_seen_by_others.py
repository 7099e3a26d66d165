"""An office is told who of another office looked at what is its own, and nothing else of theirs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from psycopg2.extensions import connection as Connection

from tenancy.actor import Actor
from tenancy.domain.matrix import Rule
from tenancy.domain.roles import MATRIX, ROLES_IN, Permission
from tenancy.models import AuditEntry, Office
from tenancy.services.reading import Sight, record_reading
from tests.integration.portal.desks import desk_of
from tests.integration.tenancy.raw import Raw
from tests.people import acting

OTHERS, TAKEN = "/own-record/others/", "/own-record/others.csv"
SEEN = "SELECT * FROM sec.seen_by_others(NULL, NULL, NULL, NULL, NULL, 100)"
DINGHAI, SHENGSI, ROUND = 9002, 9005, 41

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def looked(chen: Actor, zhao: Actor) -> None:
    """The city looked at a round with people of Dinghai (3) and Shengsi (11), and at one without."""
    for actor, action, people in (
        (chen, "scheduling.plan.opened", {DINGHAI: 3, SHENGSI: 11}),
        (zhao, "scheduling.plan.exported", {DINGHAI: 3, SHENGSI: 11}),
        (chen, "scheduling.survey.opened", {SHENGSI: 11}),
    ):
        with acting(actor):
            sight = Sight(Office(pk=777), ROUND, people)
            record_reading(actor, action, sight, rule="plan.read")


@pytest.fixture
def called(connect_as: Callable[[str], Connection]) -> None:
    """Dinghai was called to that round."""
    raw = Raw(connect_as("superuser"))
    raw.run("SET LOCAL session_replication_role = replica")
    raw.run(
        "INSERT INTO scheduling_releasecall (tenant_id, sender_id, round_id, name, starts_on,"
        " ends_on, mode, teams, people_needed, skills_needed, asks_for_units, called_at)"
        " VALUES (9002, 9001, 41, '2026年第二轮', '2026-10-01', '2026-11-01', 'ring', 2, 3, '{}',"
        " false, now())"
    )
    raw.connection.commit()


def shown(who: str, path: str) -> str:
    answer = desk_of(who).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def acts(body: str) -> list[str]:
    return re.findall(r'<th scope="row">([^<]+)</th>', body)


def test_a_director_sees_who_looked_when_and_by_what_right(looked: None, called: None) -> None:
    page = shown("lin", OTHERS)

    assert acts(page) == ["导出方案", "打开方案"]
    for words in ("陈砚秋", "赵望舒", "排期员", "舟山市", "2026年第二轮", "排期方案：查看"):
        assert words in page, words
    assert ">3<" in page


def test_nothing_of_a_third_office_and_no_number_of_the_plan(looked: None, called: None) -> None:
    page = shown("lin", OTHERS)

    assert "嵊泗" not in page
    for hidden in (">11<", ">14<", "777"):
        assert hidden not in page, hidden
    assert acts(shown("jiang", OTHERS)) == ["查看摸底结果", "导出方案", "打开方案"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("person=望舒", ["导出方案"]),
        ("person=nobody", []),
        ("action=scheduling.plan.opened", ["打开方案"]),
        ("last=2020-01-01", []),
        ("first=2020-01-01&last=2999-12-31", ["导出方案", "打开方案"]),
    ],
)
def test_it_is_searched_by_person_act_and_time(looked: None, query: str, found: list[str]) -> None:
    assert acts(shown("lin", f"{OTHERS}?{query}")) == found


def test_days_the_wrong_way_round_are_told_at_the_field(looked: None) -> None:
    answer = desk_of("lin").get(f"{OTHERS}?first=2026-02-02&last=2026-02-01&person=林")

    assert answer.status_code == 422
    assert 'value="林"' in answer.content.decode()
    assert desk_of("lin").get(f"{TAKEN}?first=2026-02-02&last=2026-02-01").status_code == 422


def test_it_is_taken_away_as_a_csv_and_that_is_an_act(
    looked: None, called: None, lin: Actor
) -> None:
    answer = desk_of("lin").get(f"{TAKEN}?action=scheduling.plan.opened")
    [_, line] = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert line[1:] == [
        "舟山市",
        "陈砚秋",
        "排期员",
        "打开方案",
        "排期方案：查看",
        "2026年第二轮",
        "3",
    ]
    with acting(lin):
        assert AuditEntry.objects.get(action="tenancy.record.exported").data["lines"] == 1


def test_an_empty_page_says_what_to_do_first() -> None:
    page = shown("lin", OTHERS)

    assert "/releases/" in page
    assert "<table" not in page


def test_what_one_s_own_people_looked_at_stands_on_the_other_page(lin: Actor) -> None:
    with acting(lin):
        record_reading(lin, "scheduling.plan.opened", Sight(None, ROUND, {DINGHAI: 3}))

    assert acts(shown("lin", OTHERS)) == []
    assert "打开方案" in acts(shown("lin", "/own-record/"))


def test_it_goes_on_behind_the_last_line_that_was_seen(
    looked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduling.services.seen_by_others.PAGE", 1)
    address, found = OTHERS, []
    while address:
        body = desk_of("lin").get(address).content.decode()
        found += acts(body)
        after = re.search(r'rel="next" href="([^"]+)"', body)
        address = OTHERS + after[1].replace("&amp;", "&") if after else ""

    assert found == ["导出方案", "打开方案"]


# --- By SQL --------------------------------------------------------------------------------------


def test_by_sql_a_director_reads_what_concerns_them_and_nobody_else_a_row(
    looked: None, connect_as: Callable[[str], Connection], lin: Actor, jiang: Actor, wu: Actor
) -> None:
    raw = Raw(connect_as("app"))
    for actor, count in ((lin, 2), (jiang, 3), (wu, 0)):
        raw.act_for(actor.tenant_id, actor.user_id)
        assert len(raw.rows(SEEN)) == count
    for tenant, user in ((DINGHAI, None), (DINGHAI, jiang.user_id), (SHENGSI, lin.user_id)):
        raw.act_for(tenant, user)
        assert raw.rows(SEEN) == []
    raw.say("")
    assert raw.rows(SEEN) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE tenancy_membership SET until_on = '2020-02-01' WHERE user_id = 9003",
        "UPDATE tenancy_membership SET role = 'county_clerk' WHERE user_id = 9003",
        "UPDATE tenancy_user SET is_active = false WHERE id = 9003",
    ],
)
def test_by_sql_the_seat_of_today_counts(
    looked: None, connect_as: Callable[[str], Connection], change: str
) -> None:
    raw = Raw(connect_as("superuser"))
    raw.run("SET LOCAL session_replication_role = replica")
    raw.run(change)
    raw.become("app")
    raw.act_for(DINGHAI, 9003)

    assert raw.rows(SEEN) == []


def test_the_door_s_seats_are_those_of_the_table() -> None:
    needs = MATRIX.needs[Rule.of("office_record.read")]
    assert needs == {Permission.VIEW_OWN_RECORD}
    holders = {
        str(role) for kind in ROLES_IN for role, held in ROLES_IN[kind].items() if needs <= held
    }

    assert holders == {"city_director", "county_director"}
