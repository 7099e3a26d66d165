"""The record is read by the audit administrator as a whole, and by a director their own office's."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from psycopg2.extensions import connection as Connection

from scheduling.services.looking import open_person
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.acts import ACTS
from tenancy.domain.roles import Role
from tenancy.models import AuditEntry, Office
from tenancy.services import records
from tests.import_desk import SignedIn, media, signed_in
from tests.integration.portal.desks import desk_of, seen, words
from tests.integration.scheduling.world import person
from tests.integration.tenancy.raw import Raw
from tests.people import acting
from tests.unit.tenancy.test_acts import CLUES

READ = "SELECT id FROM sec.read_record(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 100)"
PLATFORM, AUDITOR = 9190, 9191

__all__ = ["media", "signed_in"]

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def auditor(connect_as: Callable[[str], Connection]) -> Actor:
    connection = connect_as("superuser")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenancy_office (id, code, name, short_name, kind, name_key)"
            " VALUES (%s, 'platform', '平台运维', '平台', 'platform', 'ping tai')",
            [PLATFORM],
        )
        cursor.execute(
            "INSERT INTO tenancy_user (id, username, display_name, password, language, is_active)"
            " VALUES (%s, 'shen', '沈知微', '', '', true)",
            [AUDITOR],
        )
        cursor.execute(
            "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
            " VALUES (%s, %s, 'audit_administrator', '2020-01-01')",
            [PLATFORM, AUDITOR],
        )
    connection.commit()
    return Actor(
        user_id=AUDITOR,
        name="沈知微",
        tenant_id=PLATFORM,
        office_name="平台",
        office_kind=Office.Kind.PLATFORM,
        roles=frozenset({Role.AUDIT_ADMINISTRATOR}),
    )


@pytest.fixture
def lines(auditor: Actor, lin: Actor, jiang: Actor) -> None:
    """One line of Dinghai's about somebody, and one of Shengsi's."""
    for actor, action in ((lin, "scheduling.plan.exported"), (jiang, "scheduling.roster.exported")):
        with acting(actor):
            audit.record(actor, action, Office(pk=actor.tenant_id), people=3, reason="妻弟在该单位")


@pytest.fixture
def client(auditor: Actor, lines: None, signed_in: SignedIn) -> Client:
    return signed_in(auditor)


@pytest.fixture
def raw(lines: None, connect_as: Callable[[str], Connection]) -> Raw:
    return Raw(connect_as("app"))


def test_the_audit_administrator_reads_every_office(client: Client) -> None:
    page = seen(client, "/record/")

    assert "导出方案" in page
    assert "导出人员名册" in page
    assert "林知远" in page
    assert "江听澜" in page
    assert "人数 3" in page
    assert "妻弟" not in page


def rows(client: Client, query: str) -> set[str]:
    """The acts that a search finds."""
    body = client.get(f"/record/?{query}").content.decode()
    return set(re.findall(r'<th scope="row">([^<]+)</th>', body))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("person=林知", {"导出方案"}),
        ("person=jiang", {"导出人员名册"}),
        ("office=9002", {"导出方案"}),
        ("action=scheduling.roster.exported", {"导出人员名册"}),
        ("object_type=tenancy.office&object_number=9005", {"导出人员名册"}),
        ("object_type=tenancy.office", {"导出方案", "导出人员名册"}),
        ("last=2020-01-01", set()),
        ("office=9002&first=2020-01-01&last=2999-12-31", {"导出方案"}),
        ("office=9002&first=2999-12-31", set()),
        ("person=nobody", set()),
        ("object_type=tenancy.office&reads=acts", {"导出方案", "导出人员名册"}),
        ("object_type=tenancy.office&reads=reads", set()),
        ("office=9190&reads=acts", set()),
    ],
)
def test_it_is_searched_by_person_office_object_act_and_time(
    client: Client, query: str, found: set[str]
) -> None:
    assert rows(client, query) == found


def test_a_search_is_a_reading_and_found_as_one(client: Client) -> None:
    client.get("/record/?person=nobody")

    assert rows(client, "office=9190&reads=reads") == {"查阅审计记录"}
    assert "操作 · 1" in seen(client, "/record/?office=9002")
    assert client.get("/record/?reads=other").status_code == 422


def test_a_part_follows_a_part_and_no_line_is_told_twice(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "PAGE", 1)
    address, found = "/record/?object_type=tenancy.office", []
    while address:
        body = client.get(address).content.decode()
        found += re.findall(r'<th scope="row">([^<]+)</th>', body)
        after = re.search(r'rel="next" href="([^"]+)"', body)
        address = "/record/" + after[1].replace("&amp;", "&") if after else ""

    assert found == ["导出人员名册", "导出方案"]


def test_days_the_wrong_way_round_are_told_at_the_field_and_nothing_is_read(client: Client) -> None:
    answer = client.get("/record/?first=2026-02-02&last=2026-02-01&person=林")

    assert answer.status_code == 422
    assert "最后一天早于第一天" in words(answer)
    assert 'value="林"' in answer.content.decode()
    assert rows(client, "action=tenancy.record.searched") == set()


def test_every_search_is_recorded_in_the_record(client: Client, auditor: Actor) -> None:
    client.get("/record/?office=9002&person=林")

    with acting(auditor):
        entry = AuditEntry.objects.get(action="tenancy.record.searched")
    assert (entry.user_id, entry.data["office"], entry.data["lines"]) == (AUDITOR, 9002, 1)
    assert "林" not in str(entry.data)


def test_no_line_no_page(lines: None, auditor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(RuntimeError), acting(auditor):
        records.search_record(actor=auditor, search=records.Search())


def test_an_export_carries_numbers_and_hashes_and_is_recorded(
    client: Client, auditor: Actor, lin: Actor
) -> None:
    answer = client.get("/record/export.csv?office=9002")
    [_, line] = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    with acting(lin):
        entry = AuditEntry.objects.get(action="scheduling.plan.exported")
    assert line[1] == "操作"
    assert (line[2], line[-1]) == (str(entry.seq), bytes(entry.hash).hex())
    assert line[-2] == bytes(entry.prev_hash).hex()
    with acting(auditor):
        assert AuditEntry.objects.get(action="tenancy.record.exported").data["lines"] == 1


def test_an_export_of_too_many_lines_is_refused_and_not_cut(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST_EXPORTED", 1)

    assert client.get("/record/export.csv?object_type=tenancy.office").status_code == 422
    assert client.get("/record/export.csv?office=9002").status_code == 200


def test_a_name_is_no_formula(lines: None) -> None:
    assert records.inert("=1+1") == "'=1+1"
    assert records.inert(-3) == -3
    assert records.inert("林知远") == "林知远"


def test_by_sql_the_audit_administrator_reads_all_and_nobody_else_a_row(
    raw: Raw, lin: Actor, chen: Actor
) -> None:
    raw.act_for(PLATFORM, AUDITOR)
    assert len(raw.rows(READ)) >= 2

    for tenant, user in (
        (lin.tenant_id, lin.user_id),
        (chen.tenant_id, chen.user_id),
        (PLATFORM, None),
        (PLATFORM, lin.user_id),
        (lin.tenant_id, AUDITOR),
    ):
        raw.act_for(tenant, user)
        assert raw.rows(READ) == []
    raw.say("")
    assert raw.rows(READ) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE tenancy_membership SET until_on = '2020-02-01' WHERE user_id = 9191",
        "UPDATE tenancy_membership SET role = 'system_administrator' WHERE user_id = 9191",
        "UPDATE tenancy_user SET is_active = false WHERE id = 9191",
        "UPDATE tenancy_office SET kind = 'county' WHERE id = 9190",
    ],
)
def test_by_sql_the_seat_of_today_counts(
    lines: None, connect_as: Callable[[str], Connection], change: str
) -> None:
    raw = Raw(connect_as("superuser"))
    raw.run("SET LOCAL session_replication_role = replica")
    raw.run(change)
    raw.become("app")
    raw.act_for(PLATFORM, AUDITOR)

    assert raw.rows(READ) == []


def test_a_director_reads_the_own_office_and_no_other(lines: None) -> None:
    page = seen(desk_of("lin"), "/own-record/")

    assert "导出方案" in page
    assert "林知远" in page
    assert "江听澜" not in page


def test_at_home_nobody_learns_who_declared(lines: None, lin: Actor, auditor: Actor) -> None:
    with acting(lin), transaction.atomic():
        audit.record(lin, "scheduling.declaration.made", Office(pk=9002), round=7)
    client = desk_of("lin")

    body = client.get("/own-record/?object_type=tenancy.office").content.decode()
    assert re.findall(r'<th scope="row">([^<]+)</th>', body) == ["导出方案"]
    assert client.get("/own-record/?action=scheduling.declaration.made").status_code == 422


def test_at_home_nobody_learns_when_the_discipline_body_was_there(
    lines: None, lin: Actor, connect_as: Callable[[str], Connection]
) -> None:
    connection = connect_as("superuser")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenancy_user (id, username, display_name, password, language, is_active)"
            " VALUES (9192, 'jian', '监察员', '', '', true)"
        )
        cursor.execute(
            "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
            " VALUES (9002, 9192, 'discipline_body', '2020-01-01')"
        )
    connection.commit()
    theirs = replace(lin, user_id=9192, roles=frozenset({Role.DISCIPLINE_BODY}))
    with acting(theirs):
        audit.record(theirs, "tenancy.session.opened", ip="192.0.2.9")

    page = seen(desk_of("lin"), "/own-record/")

    assert "监察员" not in page
    assert "链上序号" not in page, "a gap would tell of a line that is not shown"
    assert "导出方案" in page


def test_a_director_goes_on_behind_an_own_line_only(lin: Actor, jiang: Actor, lines: None) -> None:
    with acting(jiang):
        theirs = AuditEntry.objects.filter(tenant_id=jiang.tenant_id).latest("pk").pk
    with acting(lin):
        search = records.Search(before=theirs)
        assert records.own_record(actor=lin, search=search).lines == []


NARROWED = {
    "sharing.clue.taken_in": "sharing.officeclue",
    "sharing.clue.registered": "sharing.clue",
    "sharing.clue.listed": "",
    "sharing.clue_import.uploaded": "sharing.clueimport",
    "sharing.hand_over.signed": "sharing.handoverlist",
    "sharing.informant.entered": "sharing.informant",
    "sharing.interference.registered": "sharing.interferenceentry",
    "sharing.past_clue.opened": "sharing.pastclue",
    "sharing.report.begun": "sharing.inspectionreport",
    "sharing.weekly_report.drafted": "sharing.weeklyreport",
    "sharing.deadline.started": "sharing.officeclue",  # whatever is done to it
}


def _about(label: str) -> Any:
    return apps.get_model(label)(pk=57) if label else None


def test_at_home_nobody_learns_of_clues_or_what_a_team_writes(
    lines: None, lin: Actor, auditor: Actor, signed_in: SignedIn
) -> None:
    """A director with a tie to a subject, or the name of one, reads the record as any other."""
    with acting(lin), transaction.atomic():
        for act, label in NARROWED.items():
            audit.record(lin, act, _about(label))
        audit.record(lin, "sharing.report.submitted", _about("sharing.inspectionreport"))

    everything = signed_in(auditor).get("/record/").content.decode()
    home = desk_of("lin")
    body = home.get("/own-record/").content.decode()
    told = re.findall(r'<th scope="row">([^<]+)</th>', body)
    assert ("报送巡察报告" in told, "导出方案" in told) == (True, True)
    for act, label in NARROWED.items():
        title = ACTS[act]["zh"]
        assert title not in told, act
        assert f'<th scope="row">{title}</th>' in everything, act
        offers = not act.startswith("sharing.deadline")
        if offers:
            assert f'value="{act}"' not in body, "what is never told is not offered"
            assert home.get(f"/own-record/?action={act}").status_code == 422
        if CLUES.search(label):
            assert f'value="{label}"' not in body
            assert home.get(f"/own-record/?object_type={label}").status_code == 422
    assert 'value="sharing.report.submitted"' in body


@pytest.fixture
def somebody(dinghai: Office, lin: Actor, django_as: Any) -> int:
    """In Dinghai's roster."""
    with django_as("worker"), acting(lin):
        one = person(dinghai, 1)
        one.save()
        return one.pk


def test_opening_a_person_is_an_act_and_a_refusal_is_none(
    lin: Actor, jiang: Actor, somebody: int, signed_in: SignedIn
) -> None:
    assert signed_in(lin).get(f"/roster/{somebody}/").status_code == 200
    assert signed_in(jiang).get(f"/roster/{somebody}/").status_code == 404

    for actor, found in ((lin, [somebody]), (jiang, [])):
        with acting(actor):
            opened = AuditEntry.objects.filter(action="scheduling.person.opened")
            assert list(opened.values_list("object_id", flat=True)) == found


def test_no_line_no_person(lin: Actor, somebody: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(RuntimeError), acting(lin):
        open_person(actor=lin, number=somebody)
