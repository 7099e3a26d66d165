"""Whatever the other side holds, or does: the same statements, the same rows, the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel.clock import frozen, now
from sharing.models.corroboration import ClueParty, HitNotice
from sharing.services.answering_hits import answer_hit
from sharing.services.clue_parties import ask_about, note_party, withdraw_party
from sharing.services.disposing import declare_tie
from tenancy.actor import Actor
from tests.integration.security.ground import browser_of
from tests.integration.sharing.counties import Counties, answer
from tests.matching import ID_NUMBER, OTHER_ID_NUMBER, asked
from tests.people import acting

# What changes by looking: who looked and when, and sign-ins.
CHANGES_BY_LOOKING = "tenancy_auditentry|tenancy_audithead|django_session|tenancy_signinsession"
ANEW_EACH_TIME = re.compile(
    rb'"X-CSRFToken": "[^"]*"|name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"'
)


def pages(actor: Actor, clue: int, at: datetime) -> dict[str, bytes]:
    """Every address on which somebody could look for a sign, as it is at that moment."""
    with acting(actor):
        [notice] = HitNotice.objects.values_list("pk", flat=True)
    with frozen(at):
        client = browser_of(actor)
        return {
            address: ANEW_EACH_TIME.sub(b"", client.get(address).content)
            for address in (
                "/hits/",
                f"/hits/{notice}/",
                f"/clue-ledger/{clue}/",
                "/",
                "/api/v1/hits",
                f"/api/v1/hits/{notice}",
                f"/api/v1/clue-ledger/{clue}/parties",
                "/api/v1/probing-alerts",
            )
        }


def rows(actor: Actor) -> dict[str, list[Any]]:
    """All that the web's role can read for somebody, with what PostgreSQL shows of each row's making."""
    found: dict[str, list[Any]] = {}
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)"
            "  FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
            "   AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'SELECT')"
            "   AND c.relname !~ %s AND a.attname <> 'last_login' GROUP BY c.relname",
            [f"^({CHANGES_BY_LOOKING})$"],
        )
        for table, columns in cursor.fetchall():
            whole = "xmin::text, ctid::text, xmax <> 0, " if table.startswith("sharing_hit") else ""
            cursor.execute(f"SELECT {whole}{columns} FROM {table}")
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def other_is_silent(counties: Counties) -> None:
    """The one with which the others are compared."""


def other_proposes(counties: Counties) -> None:
    answer(counties.jiang, "proposed")


def other_refuses(counties: Counties) -> None:
    answer(counties.jiang, "refused", "不属本办管辖")


def other_takes_back(counties: Counties) -> None:
    counties.consent(counties.jiang, counties.mo)
    answer(counties.mo, "taken_back", "再核实")


def other_has_a_tie(counties: Counties) -> None:
    counties.consent(counties.jiang, counties.mo)
    with acting(counties.mo):
        declare_tie(actor=counties.mo, number=counties.there)


def other_withdraws(counties: Counties) -> None:
    with acting(counties.jiang):
        [party] = ClueParty.objects.values_list("pk", flat=True)
        withdraw_party(actor=counties.jiang, number=counties.there, party=party)


def other_consents(counties: Counties) -> None:
    counties.consent(counties.jiang, counties.mo)


ANSWERS: Sequence[Callable[[Counties], None]] = (
    other_is_silent,
    other_proposes,
    other_refuses,
    other_takes_back,
    other_has_a_tie,
    other_withdraws,
)


def before_and_after(counties: Counties, other: Callable[[Counties], None]) -> tuple[Any, Any]:
    """What Dinghai's director could find, before the other side did something and afterwards; each also
    as it will be at the next moment, and when the terms are over."""
    moments = (now() + timedelta(days=2), now() + timedelta(days=61))

    def all_there_is() -> Any:
        told = rows(counties.lin)
        return told, [pages(counties.lin, counties.here, at) for at in moments]

    counties.matcher.look(now() + timedelta(days=1))
    before = all_there_is()
    other(counties)
    for at in moments:
        counties.matcher.look(at)
    return before, all_there_is()


def differing(before: Any, after: Any) -> list[str]:
    """The tables and addresses that are not what they were, by the place of the moment."""
    tables = [name for name in before[0] if before[0][name] != after[0][name]]
    looks = zip(before[1], after[1], strict=True)
    return tables + [
        f"{place}: {address}"
        for place, (one, other) in enumerate(looks)
        for address in one
        if one[address] != other[address]
    ]


@pytest.mark.parametrize("other", ANSWERS, ids=lambda one: one.__name__)
def test_refusal_is_silence_is_expiry(
    counties: Counties, other: Callable[[Counties], None]
) -> None:
    """To a side that has consented, and would be told of a consent."""
    counties.both_told()
    counties.consent(counties.lin, counties.luo)
    before, after = before_and_after(counties, other)

    assert differing(before, after) == []
    assert after[0]["sharing_ledpartner"] == []


def test_a_consent_that_meets_none_is_never_told(counties: Counties) -> None:
    counties.both_told()
    before, after = before_and_after(counties, other_consents)

    assert differing(before, after) == []


def test_the_twin_two_consents_are_told_on_every_page(counties: Counties) -> None:
    counties.both_told()
    counties.consent(counties.lin, counties.luo)
    (rows_before, before), (rows_after, after) = before_and_after(counties, other_consents)

    assert rows_before["sharing_ledpartner"] == []
    assert len(rows_after["sharing_ledpartner"]) == 1
    assert "嵊泗县" not in before[0]["/hits/"].decode()
    assert "嵊泗县" in after[0]["/hits/"].decode()
    assert "嵊泗县" in after[1]["/api/v1/hits"].decode()


# --- T23, by count: what a call does to the database, whatever lies there -------------------------

VALUES = re.compile(r"'[^']*'|\"s\d+_x\d+\"|\b\d[\d.]*\b")
TOUCHED = (
    "SELECT schemaname || '.' || relname, seq_scan, seq_tup_read, COALESCE(idx_scan, 0),"
    " COALESCE(idx_tup_fetch, 0), n_tup_ins, n_tup_upd, n_tup_del"
    "  FROM pg_stat_xact_user_tables ORDER BY 1"
)


class Undone(Exception):
    pass


def touched() -> Mapping[str, Sequence[int]]:
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED)
        return {table: figures for table, *figures in cursor.fetchall()}


def done(
    counties: Counties, act: Callable[[], Any]
) -> tuple[Any, list[str], Mapping[str, Sequence[int]]]:
    """The answer to Dinghai's director, the statements, and how many rows of which tables were read and
    written; then undone. In a session of its own, which keeps no plan, and where no dead row is left; by
    indexes, as at any size but that of a test: a table of ten rows is read whole."""
    with counties.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute("VACUUM")
    with suppress(Undone), acting(counties.lin):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        before = touched()
        with CaptureQueriesContext(connection) as captured:
            answered = act()
        after = touched()
        raise Undone
    by_table = {
        table: [now - then for now, then in zip(figures, before[table], strict=True)]
        for table, figures in after.items()
    }
    statements = [VALUES.sub("?", one["sql"]) for one in captured]
    return answered, statements, {table: one for table, one in by_table.items() if any(one)}


def test_asking_does_the_same_whether_another_office_holds_it_or_not(counties: Counties) -> None:
    asked(counties.jiang, counties.there, id_number=OTHER_ID_NUMBER)
    counties.matcher.take_in_and_tell()
    with acting(counties.lin):
        party = note_party(
            actor=counties.lin, number=counties.here, written={"id_number": ID_NUMBER}
        ).pk

    def asking() -> Any:
        return done(
            counties, lambda: ask_about(actor=counties.lin, number=counties.here, party=party)
        )

    asking()  # What is read once in a process is read now.
    of_unheld = asking()
    asked(counties.jiang, counties.there, id_number=ID_NUMBER)
    of_queued = asking()
    counties.matcher.take_in_and_tell()
    of_held = asking()
    assert of_unheld == of_queued == of_held
    assert of_held[0] == "queued"
    assert of_held[2]["matcher.ask"] == [0, 0, 0, 0, 1, 0, 0], "what a function does is counted"
    assert "matcher.token" not in of_held[2], "nobody looks at the index"


@pytest.mark.parametrize("act", ["proposed", "refused"])
def test_answering_does_the_same_whatever_the_other_side_did(counties: Counties, act: str) -> None:
    counties.both_told()
    with acting(counties.lin):
        [notice] = HitNotice.objects.values_list("pk", flat=True)

    def answering() -> Any:
        return done(
            counties,
            lambda: (
                answer_hit(actor=counties.lin, number=notice, act=act, reason="不属本办管辖").pk
            ),
        )

    # An empty table is planned for otherwise than one that was never looked at: both sides began long ago.
    for _ in range(3):
        other_takes_back(counties)
    answering()
    of_silence = answering()
    other_consents(counties)
    of_consent = answering()
    other_refuses(counties)
    of_refusal = answering()
    assert of_silence == of_consent == of_refusal
