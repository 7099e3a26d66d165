"""The three administrators run the installation and get no word of what the offices do in it: on no
page, by no operation, session or token, and by no SQL of the roles that serve them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from tenancy.actor import Actor
from tenancy.domain.roles import ADMINISTRATORS
from tests.people import acting
from tests.security.addresses import Address, addresses
from tests.security.calls import Call, nobody_s_like, relation_of
from tests.security.canaries import Mark
from tests.security.ground import Ground
from tests.security.test_cross_tenant import SEED, Fuzz

THREE = [f"platform/{role}" for role in sorted(ADMINISTRATORS)]
DIRECTOR = "dinghai/county_director"
# Why a seat was asked for, and what they call their own tokens. Of the offices' work: none.
THEIRS = {"seat", "personal", "emergency"}
# Why facts left unmasked: kept in the line's data for whoever audits it, and shown on no page.
KEPT_IN_THE_RECORD = {"reason of a sealed export"}
# What is read as the database's role for auditors, who has no office.
READABLE = """
SELECT c.oid::regclass::text, string_agg(quote_ident(a.attname), ', ')
  FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
 WHERE c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
   AND c.relnamespace IN ('public'::regnamespace, 'sec'::regnamespace)
   AND has_column_privilege(c.oid, a.attnum, 'SELECT')
 GROUP BY c.oid ORDER BY 1
"""
WHOLE_RECORD = (
    "SELECT line::text FROM sec.read_record(NULL::bigint[], NULL, NULL, NULL, NULL, NULL, NULL,"
    " NULL, 100000) AS line"
)


@pytest.mark.parametrize("who", THREE)
def test_no_page_and_no_operation_shows_them_anything(ground: Ground, who: str) -> None:
    fuzz = Fuzz(ground, SEED)

    for call in everything(fuzz, who):
        fuzz.ask(call)

    assert list(fuzz.faults) == []
    # It was no sham: they have pages of their own, and asked for what is not theirs.
    assert fuzz.told["office's 2xx"] > 3
    assert fuzz.told["foreign 4xx"] > 200
    assert fuzz.told["foreign 2xx"] == 0


def everything(fuzz: Fuzz, who: str) -> Iterator[Call]:
    """Every address, with a row of every office, by the session and by a token."""
    for address in addresses():
        for call in of_every_office(fuzz, who, address):
            yield call
            if address.is_api:
                yield Call(
                    who, "GET", call.path, call.relation, call.asked, call.nobody_s, by_token=True
                )


def of_every_office(fuzz: Fuzz, who: str, address: Address) -> Iterator[Call]:
    if not address.is_numbered:
        yield Call(who, "GET", address.path(), "office's")
        return
    asked: set[int | None] = set()
    for row in fuzz.deck.rows_at(address):
        if row.tenant not in asked:
            asked.add(row.tenant)
            relation = relation_of(fuzz.ground.actors[who], row)
            number = row.number
            yield Call(
                who, "GET", address.path(number), relation, str(number), nobody_s_like(number)
            )


@pytest.mark.parametrize("role", ["app", "worker"])
@pytest.mark.parametrize("who", THREE)
def test_no_sql_of_the_roles_that_serve_them_reads_a_word(
    ground: Ground, who: str, role: str
) -> None:
    with ground.django_as(role):
        found, full = read_by_sql(ground, ground.actors[who])

    # An emergency access is asked of them: why, and for which round.
    business = {mark for mark in found if mark.kind not in THEIRS}
    assert {mark.what for mark in business} <= ground.canaries.asked_for
    assert {table for table in full if table.startswith("scheduling_")} <= {
        "scheduling_emergencyaccess"
    }
    assert "tenancy_office" in full


def test_and_the_same_sql_reads_what_is_one_s_own(ground: Ground) -> None:
    found, full = read_by_sql(ground, ground.actors[DIRECTOR])

    assert {"facts", "talent", "unit"} <= {mark.kind for mark in found}
    assert {"scheduling_person", "scheduling_inspectedunit"} <= full


def test_the_whole_record_says_nothing_of_content_but_why_facts_left(ground: Ground) -> None:
    """By the function behind the auditor's pages, and as the database's role for auditors."""
    auditor = ground.actors["platform/audit_administrator"]
    with acting(auditor):
        told = asked(WHOLE_RECORD)
    with ground.django_as("audit"):
        found, full = read_by_sql(ground, None)

    assert len(told) > 100
    said = ground.canaries.found_in("\n".join(told)) | found
    assert {mark.what for mark in said} == KEPT_IN_THE_RECORD
    assert (
        {"tenancy_auditentry"}
        <= full
        <= {"tenancy_auditentry", "tenancy_audithead", "tenancy_office"}
    )


@pytest.mark.parametrize("who", [*THREE[1:], DIRECTOR])
def test_the_whole_record_is_the_auditor_s_alone(ground: Ground, who: str) -> None:
    with acting(ground.actors[who]):
        assert asked(WHOLE_RECORD) == []


def read_by_sql(ground: Ground, actor: Actor | None) -> tuple[set[Mark], set[str]]:
    """All that can be selected: the canaries in it, and the tables that gave any row."""
    if actor is not None:
        with acting(actor):
            return read_by_sql(ground, None)
    found: set[Mark] = set()
    full: set[str] = set()
    with connection.cursor() as cursor:
        cursor.execute(READABLE)
        for table, columns in cursor.fetchall():
            lines = asked(f"SELECT ROW({columns})::text FROM {table}")
            found |= ground.canaries.found_in("\n".join(lines))
            if lines:
                full.add(table)
    return found, full


def asked(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [line for (line,) in cursor.fetchall()]
