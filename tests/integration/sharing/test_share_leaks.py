"""Leak cases 1, 3 and 7 of shares, each beside what is allowed: by programs, and by SQL behind them."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from django.db import ProgrammingError, connection

from kernel.clock import today
from sharing.api.share_shapes import ShareOut
from sharing.domain.shared_views import Redaction, Shareable
from sharing.models.share_grants import ShareDisclosure, ShareGrant, ShareView, ShownView
from sharing.selectors.shares import share_page
from sharing.services.deciding_on_shares import take_share_back
from sharing.services.preparing_shares import Chosen, narrow_share
from tenancy.actor import Actor
from tests.api.calling import Answer, Program, program_of
from tests.beside_shares import third_county
from tests.papers import to
from tests.people import acting
from tests.shares import approve, ask, in_force, prepare, shown
from tests.teams import Team

NOBODY_S = 987_654_321_987_654
BODIES: dict[str, dict[str, Any]] = {
    "approvals": {"seen": "0" * 64},
    "refusal": {"reason": "x"},
    "narrowing": {"left_out": [1], "reason": "x"},
    "revocation": {"reason": "x"},
    "destruction": {"what": "x"},
    "withdrawal": {},
}


def finding(team: Team) -> Chosen:
    return Chosen(Shareable.FINDING, to(team, "fed_back").pk)


def nothing_there(program: Program, answer: Answer, number: int, address: str) -> bool:
    """It is answered as a number of no row is, to the byte but for the number."""
    absent = program.get(address.replace(str(number), str(NOBODY_S)))
    told = answer.json | {"data": answer.json["data"] | {"number": NOBODY_S}}
    return (answer.status, absent.status, told) == (404, 404, absent.json)


# --- 1: a third county guesses a number ----------------------------------------------------


def test_leak_case_1_a_third_county_that_guesses_a_number_finds_nothing(team: Team) -> None:
    record = finding(team)
    share = in_force(team, [record], may_export=True)
    [view] = shown(team.actor("jiang"))
    guest, reader = program_of(third_county(team)), program_of(team.actor("jiang"))

    guessed = [
        *(f"/shares/{share.pk}{part}" for part in ("", "/views", "/reach", "/certificate")),
        *(f"/shared-views/{view}{part}" for part in ("", "/export")),
        f"/findings/{record.number}/sights",
    ]
    for address in guessed:
        number = int(address.split("/")[2])
        assert nothing_there(guest, guest.get(address), number, address), address
    for act, body in BODIES.items():
        assert guest.act(f"/shares/{share.pk}/{act}", body).status == 404, act
    assert guest.act(f"/shared-views/{view}/notes", {"text": "x"}).status == 404
    assert reader.get(f"/shares/{share.pk}").json["share"]["state"] == "active"
    assert reader.get(f"/shared-views/{view}").status == 200


def test_leak_case_1_by_sql_a_third_county_has_not_even_rows_to_count(team: Team) -> None:
    in_force(team, [finding(team)])
    [view] = shown(team.actor("jiang"))

    third, jiang, wu = third_county(team), team.actor("jiang"), team.actor("wu")
    tables = (ShareGrant, ShareView, ShownView, ShareDisclosure)
    assert [rows(third, table) for table in tables] == [0, 0, 0, 0]
    assert show_by_sql(third, view) is None
    assert [rows(jiang, table) for table in tables] == [1, 0, 1, 0]
    assert show_by_sql(jiang, view) is not None
    assert [rows(wu, table) for table in tables] == [1, 1, 1, 1]


def rows(actor: Actor, table: Any) -> int:
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table._meta.db_table}")
        count: int = cursor.fetchone()[0]
        return count


def show_by_sql(actor: Actor, view: int, way: str = "page") -> str | None:
    with acting(actor), connection.cursor() as cursor:
        cursor.execute("SELECT sec.show_view(%s, %s)", [view, way])
        told: str | None = cursor.fetchone()[0]
        return told


# --- 3: numbers tell that something lies between -------------------------------------------


def test_leak_case_3_no_number_of_shares_follows_another(team: Team) -> None:
    record = finding(team)
    shares = [in_force(team, [record, record]) for _ in range(3)]
    views = shown(team.actor("jiang"))

    for numbers in ([one.pk for one in shares], views):
        apart = [after - before for before, after in pairwise(numbers)]
        assert min(abs(one) for one in apart) > 1_000_000


def test_leak_case_3_the_receiver_cannot_tell_how_often_the_owner_prepared(team: Team) -> None:
    """Nor from another grant that somebody else was given meanwhile."""
    record = finding(team)
    share = prepare(team, ask(team), [record], "wu")
    jiang, wu = team.actor("jiang"), program_of(team.actor("wu"))
    before = page_of(jiang, share)

    prepare(team, share, [Chosen(record.kind, record.number, Redaction(frozenset({"fact"})))])
    prepare(team, share, [record, record], "wu")
    offer = {
        "purpose": "preparation",
        "basis": "x",
        "wanted": "x",
        "kinds": ["finding"],
        "roles": ["county_director"],
        "until_on": share.until_on.isoformat(),
        "offices": [third_county(team).tenant_id],
    }
    assert wu.act("/shares/offers", offer).status == 201

    assert page_of(jiang, share) == before
    assert len(program_of(jiang).get("/shares?list=by_us").json["items"]) == 1


def test_leak_case_3_its_twin_once_it_is_in_force_the_receiver_is_told(team: Team) -> None:
    share = prepare(team, ask(team), [finding(team)], "wu")
    jiang = team.actor("jiang")
    before = page_of(jiang, share)

    approve(team, share, "lin", "he")

    assert page_of(jiang, share) != before


def page_of(actor: Actor, share: ShareGrant) -> str:
    """All that a program is told of it, but for its number."""
    with acting(actor):
        told = ShareOut(share_page(actor, share.pk)).data
    return json.dumps(told, default=str).replace(str(share.pk), "N")


# --- 7: a receiver reads or passes on after it is over -------------------------------------


def taken_back(team: Team, share: ShareGrant) -> None:
    lin = team.actor("lin")
    with acting(lin):
        take_share_back(actor=lin, number=share.pk, reason="所涉事项已办结")


def over(team: Team, share: ShareGrant) -> None:
    """Its day has come: no job was needed."""
    with team.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for model, key in ((ShareGrant, "pk"), (ShownView, "grant_number")):
            model._default_manager.filter(**{key: share.pk}).update(until_on=today())


def narrowed(team: Team, share: ShareGrant) -> None:
    lin = team.actor("lin")
    less = {1: Redaction(frozenset({"fact"}))}
    with acting(lin):
        narrow_share(actor=lin, number=share.pk, further=less, left_out=[], reason="不再需要")


ENDS = pytest.mark.parametrize("end", [taken_back, over, narrowed])


@ENDS
def test_leak_case_7_what_is_over_is_read_by_no_program(team: Team, end: Any) -> None:
    share = in_force(team, [finding(team)], may_export=True)
    jiang = team.actor("jiang")
    [view] = shown(jiang)
    program = program_of(jiang)
    here = f"/shared-views/{view}"
    assert program.get(here).status == 200
    assert program.get(f"{here}/export").status == 200
    assert program.act(f"{here}/notes", {"text": "x"}).status == 201

    end(team, share)

    for address in (here, f"{here}/export"):
        assert nothing_there(program, program.get(address), view, address)
    assert program.act(f"{here}/notes", {"text": "x"}).status == 404
    assert view not in [one["number"] for one in program.get("/shared-views").json["items"]]
    assert view not in [one["number"] for one in program.get(f"/shares/{share.pk}").json["shown"]]


@ENDS
def test_leak_case_7_what_is_over_is_shown_to_no_statement(team: Team, end: Any) -> None:
    share = in_force(team, [finding(team)], may_export=True)
    jiang = team.actor("jiang")
    [view] = shown(jiang)
    assert show_by_sql(jiang, view) is not None
    assert show_by_sql(jiang, view, "export") is not None

    end(team, share)

    assert [show_by_sql(jiang, view, way) for way in ("page", "export")] == [None, None]
    with acting(jiang), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sharing_shownview WHERE id = %s", [view])
        assert cursor.fetchone() == (0,)


def test_leak_case_7_a_reply_that_was_kept_gives_no_word_of_the_view(team: Team) -> None:
    """A call is answered again from what was kept of it, for two days: of a note that is the note."""
    share = in_force(team, [finding(team)])
    jiang = team.actor("jiang")
    [view] = shown(jiang)
    program, key = program_of(jiang), "5e2f0c1e-7d1a-4b8e-9c39-000000000001"
    words = [one["words"] for one in program.get(f"/shared-views/{view}").json["shown"]]
    first = program.act(f"/shared-views/{view}/notes", {"text": "x"}, key=key)
    taken_back(team, share)

    again = program.act(f"/shared-views/{view}/notes", {"text": "x"}, key=key)

    assert again.body == first.body
    assert not any(one in again.body.decode() for one in words if len(one) > 3)


@pytest.mark.parametrize("column", ["content", "concerns", "*"])
def test_leak_case_7_nobody_selects_the_words_past_the_line(team: Team, column: str) -> None:
    in_force(team, [finding(team)])
    jiang, lin = team.actor("jiang"), team.actor("lin")
    refused_to_select = pytest.raises(ProgrammingError, match="denied for table sharing_shownview")

    for actor in (jiang, lin):
        with acting(actor), connection.cursor() as cursor, refused_to_select:
            cursor.execute(f"SELECT {column} FROM sharing_shownview")
    with acting(jiang), connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM sharing_shownview")
        assert len(cursor.fetchall()) == 1


def test_leak_case_7_a_view_is_made_of_no_view(team: Team) -> None:
    """Shengsi offers Putuo what it was shown by Dinghai: by program and by SQL. Its twin: Dinghai."""
    record = finding(team)
    in_force(team, [record])
    jiang, putuo = team.actor("jiang"), third_county(team).tenant_id
    [view] = shown(jiang)
    offers = {who: offered(team, who, putuo) for who in ("jiang", "wu")}
    program = program_of(jiang)
    terms = {"roles": ["county_director"], "until_on": _until(offers["jiang"], program)}

    for number in (view, record.number):
        body = terms | {"records": [{"kind": "finding", "record": number}]}
        refused = program.act(f"/shares/{offers['jiang']}/preparation", body)
        assert (refused.status, refused.code) == (422, "sharing.share.record_missing")
        assert made_by_sql(team, "jiang", offers["jiang"], number) == "share_view_of_an_own_record"
    assert made_by_sql(team, "wu", offers["wu"], record.number) is None


def offered(team: Team, who: str, to_office: int) -> int:
    body = {
        "purpose": "preparation",
        "basis": "x",
        "wanted": "x",
        "kinds": ["finding"],
        "roles": ["county_director"],
        "until_on": (today().replace(year=today().year + 1)).isoformat(),
        "offices": [to_office],
    }
    made = program_of(team.actor(who)).act("/shares/offers", body).json
    number: int = made["shares"][0]["number"]
    return number


def _until(number: int, program: Program) -> str:
    until: str = program.get(f"/shares/{number}").json["share"]["until_on"]
    return until


def made_by_sql(team: Team, who: str, share: int, number: int) -> str | None:
    """The constraint that refuses it; None: it is made."""
    actor = team.actor(who)
    content = '{"format":1,"kind":"finding","shown":{"fact":"x"}}'
    with acting(actor), connection.cursor() as cursor:
        try:
            cursor.execute(
                "INSERT INTO sharing_shareview (tenant_id, grant_id, edition, place, kind, object_id,"
                " concerns, withheld, spans, content, digest, made_by_name)"
                " VALUES (%s, %s, 1, 1, 'finding', %s, '', '[]', '[]', %s,"
                " encode(sha256(convert_to(%s, 'UTF8')), 'hex'), '')",
                [actor.tenant_id, share, number, content, content],
            )
        except Exception as error:
            name: str = error.__cause__.diag.constraint_name  # type: ignore[union-attr]
            return name
    return None
