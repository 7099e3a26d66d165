"""The record: appended in the act's transaction, chained by the database, and checkable."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.transaction import TransactionManagementError
from psycopg2.extensions import connection as Connection

from tenancy import audit
from tenancy.actor import Actor
from tenancy.audit_chain import verify_chains
from tenancy.context import in_office
from tenancy.domain.streams import A_READING
from tenancy.models import AuditEntry, Office
from tests.integration.tenancy.raw import Raw
from tests.people import acting

RoleSwitch = Callable[[str], AbstractContextManager[None]]


def append(actor: Actor, times: int = 1) -> None:
    for number in range(times):
        with acting(actor):
            audit.record(actor, "probe.word.said", number=number, words="海岛“‘—\\\"'")


def checked(django_as: RoleSwitch) -> str:
    """What `verify_audit` prints; it ends in an error when a chain is broken."""
    out = io.StringIO()
    with django_as("owner"):
        try:
            call_command("verify_audit", stdout=out)
        except CommandError:
            out.write("BROKEN")
    return out.getvalue()


def test_a_line_says_who_did_what_to_what_for_which_office(
    db: None, lin: Actor, dinghai: Office
) -> None:
    with acting(lin):
        audit.record(lin, "probe.office.seen", dinghai, pages=3)
        line = AuditEntry.objects.get()

    assert (line.tenant_id, line.user_id, line.office_id) == (dinghai.pk, lin.user_id, dinghai.pk)
    assert (line.seq, line.action, line.data) == (1, "probe.office.seen", {"pages": 3})
    assert (line.object_type, line.object_id) == ("tenancy.office", dinghai.pk)


def test_numbers_run_per_office(db: None, lin: Actor, jiang: Actor) -> None:
    append(lin, 2)
    append(jiang, 2)

    for actor in (lin, jiang):
        with acting(actor):
            seen = AuditEntry.objects.order_by("seq").values_list("seq", flat=True)
            assert list(seen) == [1, 2]


def test_who_and_where_come_from_the_signed_context_and_not_from_the_writer(
    db: None, lin: Actor, wu: Actor
) -> None:
    with acting(wu):
        audit.record(lin, "probe.word.said")
        assert AuditEntry.objects.get().user_id == wu.user_id


def test_the_line_goes_with_its_act(db: None, lin: Actor) -> None:
    def act_and_fail() -> None:
        with acting(lin):
            audit.record(lin, "probe.word.said")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_and_fail()

    append(lin)
    with acting(lin):
        assert [line.seq for line in AuditEntry.objects.all()] == [1]


def test_outside_of_a_transaction_nothing_is_recorded(committed_db: None, lin: Actor) -> None:
    with pytest.raises(TransactionManagementError):
        audit.record(lin, "probe.word.said")


@pytest.mark.parametrize("action", ["said", "probe.word", "Probe.Word.Said", "probe.word.said.x"])
def test_an_action_has_a_proper_name(db: None, lin: Actor, action: str) -> None:
    with acting(lin), pytest.raises(ValueError, match=r"app\.object\.past_participle"):
        audit.record(lin, action)


def test_an_office_reads_its_own_record_only(db: None, lin: Actor, jiang: Actor) -> None:
    append(lin)

    with acting(jiang):
        assert not AuditEntry.objects.exists()


def test_nobody_records_in_another_offices_name(db: None, lin: Actor, shengsi: Office) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), in_office(shengsi.pk):
        audit.record(lin, "probe.word.said")


TAMPERINGS = {
    "update": "UPDATE tenancy_auditentry SET action = 'x'",
    "update nothing of weight": "UPDATE tenancy_auditentry SET action = action",
    "delete": "DELETE FROM tenancy_auditentry",
    "truncate": "TRUNCATE tenancy_auditentry",
    "truncate the heads": "TRUNCATE tenancy_audithead",
    "delete a head": "DELETE FROM tenancy_audithead",
    "turn a head back": "UPDATE tenancy_audithead SET seq = seq - 1",
    "give a chain to another office": "UPDATE tenancy_audithead SET chain = chain + 1",
}


@pytest.mark.parametrize("sql", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_not_even_the_owner_changes_the_record(
    committed_db: None, owner_connection: Connection, lin: Actor, sql: str
) -> None:
    append(lin)

    with pytest.raises(psycopg2.Error, match=r"never changed|only moves on"):
        owner_connection.cursor().execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE tenancy_auditentry SET action = 'x'",
        "DELETE FROM tenancy_auditentry",
        "INSERT INTO tenancy_auditentry (tenant_id, seq, action, object_type, data)"
        " VALUES (9002, 9, 'probe.word.said', '', '{}')",
        "INSERT INTO tenancy_auditentry (tenant_id, user_id, action, object_type, data)"
        " VALUES (9002, 9004, 'probe.word.said', '', '{}')",
        "INSERT INTO tenancy_auditentry (tenant_id, hash, action, object_type, data)"
        " VALUES (9002, '', 'probe.word.said', '', '{}')",
    ],
    ids=["update", "delete", "choose the number", "choose the person", "choose the hash"],
)
@pytest.mark.parametrize("role", ["app", "worker"])
def test_those_who_serve_people_append_and_nothing_else(anybody: Raw, role: str, sql: str) -> None:
    anybody.become(role)
    anybody.act_for(9002, 9003)
    append_only = (
        "INSERT INTO tenancy_auditentry (tenant_id, action, object_type, data)"
        " VALUES (9002, 'probe.word.said', '', '{}')"
    )

    assert anybody.run(append_only) == 1
    with anybody.refused("permission denied"):
        anybody.run(sql)


def test_an_untouched_record_is_whole_and_its_heads_are_shown(
    django_as: RoleSwitch, lin: Actor, jiang: Actor
) -> None:
    append(lin, 3)
    append(jiang, 2)

    said = checked(django_as)

    assert "dinghai acts: 3 lines, head " in said
    assert "shengsi acts: 2 lines, head " in said
    assert "BROKEN" not in said


# What a thief with the superuser's password does, and the line that the check must name. The
# triggers are off: that is what makes it the check's business.
FORGERIES = {
    "a changed letter": ("UPDATE tenancy_auditentry SET action = 'probe.word.sung'", 3, 3),
    "a flipped bit of a hash": (
        "UPDATE tenancy_auditentry SET hash = set_bit(hash, 5, 1 - get_bit(hash, 5))",
        3,
        3,
    ),
    "another person": ("UPDATE tenancy_auditentry SET user_id = 9004", 3, 3),
    "another time": ("UPDATE tenancy_auditentry SET at = at - interval '1 microsecond'", 3, 3),
    "a line deleted in the middle": ("DELETE FROM tenancy_auditentry", 3, 3),
    "the first line deleted": ("DELETE FROM tenancy_auditentry", 1, 1),
    "the last line deleted": ("DELETE FROM tenancy_auditentry", 5, 5),
    "the first line changed": ("UPDATE tenancy_auditentry SET data = '{}'", 1, 1),
    "the last line changed": ("UPDATE tenancy_auditentry SET data = '{}'", 5, 5),
}
REWRITE = (
    "UPDATE tenancy_auditentry SET data = '{}' WHERE seq = %s;"
    "UPDATE tenancy_auditentry AS e SET hash = sec.audit_hash(e) WHERE seq = %s"
)


def forge(anybody: Raw, sql: str, *values: object) -> None:
    anybody.run("SET LOCAL session_replication_role = replica")
    anybody.run(sql, *values)
    anybody.connection.commit()


@pytest.mark.parametrize(("sql", "seq", "named"), FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forgery_is_found_and_its_line_named(
    django_as: RoleSwitch, anybody: Raw, lin: Actor, sql: str, seq: int, named: int
) -> None:
    append(lin, 5)

    forge(anybody, f"{sql} WHERE tenant_id = 9002 AND seq = {seq}")

    said = checked(django_as)
    assert f"dinghai acts: line {named} " in said
    assert said.endswith("BROKEN")


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_line_rewritten_together_with_its_hash_is_found(
    django_as: RoleSwitch, anybody: Raw, lin: Actor, seq: int
) -> None:
    append(lin, 5)

    forge(anybody, REWRITE, seq, seq)

    assert f"dinghai acts: line {seq} was replaced" in checked(django_as)


def test_two_lines_that_changed_places_are_found(
    django_as: RoleSwitch, anybody: Raw, lin: Actor
) -> None:
    append(lin, 5)

    forge(
        anybody,
        "UPDATE tenancy_auditentry SET seq = -2 WHERE seq = 2;"
        "UPDATE tenancy_auditentry SET seq = 2 WHERE seq = 4;"
        "UPDATE tenancy_auditentry SET seq = 4 WHERE seq = -2",
    )

    assert "dinghai acts: line 2 was changed" in checked(django_as)


def test_a_line_put_in_is_found(django_as: RoleSwitch, anybody: Raw, lin: Actor) -> None:
    append(lin, 3)

    forge(
        anybody,
        "INSERT INTO tenancy_auditentry (tenant_id, seq, at, action, object_type, data,"
        " prev_hash, hash) SELECT tenant_id, 4, at, action, object_type, data, hash, hash"
        " FROM tenancy_auditentry WHERE seq = 3;"
        "UPDATE tenancy_auditentry AS e SET hash = sec.audit_hash(e) WHERE seq = 4",
    )

    assert "dinghai acts: line 4 is one more than the head knows of" in checked(django_as)


def test_a_whole_chain_gone_is_found_against_its_head(
    django_as: RoleSwitch, anybody: Raw, lin: Actor
) -> None:
    append(lin, 3)

    forge(anybody, "DELETE FROM tenancy_auditentry WHERE tenant_id = 9002")

    assert "dinghai acts: line 1 is missing at the end" in checked(django_as)


def test_four_writers_at_once_make_one_unbroken_chain(
    django_as: RoleSwitch, lin: Actor, jiang: Actor
) -> None:
    def write(turn: int) -> None:
        try:
            append(lin if turn % 2 else jiang, 10)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(8)))

    with django_as("owner"):
        found = {report.name: report.verdict for report in verify_chains()}
    assert [found[name].fault for name in ("dinghai acts", "shengsi acts")] == [None, None]
    assert [found[name].length for name in ("dinghai acts", "shengsi acts")] == [40, 40]


# --- Streams -------------------------------------------------------------------------------------


def read(actor: Actor, times: int = 1) -> None:
    for number in range(times):
        with acting(actor):
            audit.record(actor, "probe.word.seen", stream=A_READING, number=number)


def test_what_is_read_goes_to_the_reads_of_whoever_reads(db: None, lin: Actor, wu: Actor) -> None:
    append(lin)
    read(lin, 2)
    read(wu)

    with acting(lin):
        found = AuditEntry.objects.order_by("pk").values_list("user_id", "stream", "seq")
        assert list(found) == [(9003, 0, 1), (9003, 4, 1), (9003, 4, 2), (9004, 1, 1)]


def test_nobody_chooses_among_the_reads_and_there_are_no_others(anybody: Raw) -> None:
    said = (
        "INSERT INTO tenancy_auditentry (tenant_id, stream, action, object_type, data)"
        " VALUES (9002, %s, 'probe.word.seen', '', '{}') RETURNING stream"
    )
    anybody.become("app")
    anybody.act_for(9002, 9003)

    assert [anybody.one(said, stream) for stream in (0, 1, 2, 99)] == [0, 4, 4, 4]


def test_writers_of_different_streams_do_not_wait_for_each_other(
    committed_db: None, connect_as: Callable[[str], Connection], lin: Actor, wu: Actor
) -> None:
    """One holds its transaction open; an act and the reading of somebody else go through. What is to
    go into the held stream itself waits."""
    append(lin)
    insert = (
        "INSERT INTO tenancy_auditentry (tenant_id, stream, action, object_type, data)"
        " VALUES (9002, %s, 'probe.word.seen', '', '{}')"
    )
    held, other = Raw(connect_as("app")), Raw(connect_as("app"))
    held.act_for(9002, 9003)
    held.run(insert, 1)

    for user, stream in ((9004, 1), (9004, 0), (9003, 0)):
        other.act_for(9002, user)
        other.run("SET LOCAL lock_timeout = '2s'")
        other.run(insert, stream)
        other.connection.commit()

    other.act_for(9002, 9003)
    other.run("SET LOCAL lock_timeout = '100ms'")
    with pytest.raises(psycopg2.errors.LockNotAvailable):
        other.connection.cursor().execute(insert, [1])
    other.connection.rollback()
    held.connection.commit()


def test_the_check_walks_every_stream(django_as: RoleSwitch, lin: Actor, wu: Actor) -> None:
    append(lin, 2)
    read(lin, 3)
    read(wu)

    said = checked(django_as)

    for line in ("dinghai acts: 2 lines", "dinghai reads 4: 3 lines", "dinghai reads 1: 1 lines"):
        assert line in said, said
    assert "BROKEN" not in said


def test_a_head_that_was_cut_away_is_not_made_again(
    committed_db: None, anybody: Raw, lin: Actor
) -> None:
    append(lin)
    forge(anybody, "DELETE FROM tenancy_audithead WHERE chain = 9002 AND stream = 4")

    with pytest.raises(DatabaseError, match="lost its head"):
        read(lin)
    append(lin)
