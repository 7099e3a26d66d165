"""What the database refuses of clocks, whatever the program says; each with its allowed twin."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from kernel.clock import today
from tenancy.actor import Actor
from tenancy.domain.roles import ROLES, Permission, Role
from tests.integration.tenancy.raw import Raw

CLOCK = (
    "INSERT INTO sharing_deadline (tenant_id, life, number, clock, title, asked_hand, asked_unit,"
    " days, started_on, started_by_id, due_on, soon_on, told, known_until, state, terms_id)"
    " VALUES (%(tenant)s, %(life)s, 1, %(clock)s, %(title)s, 'unit', '', 15, %(started)s, %(by)s,"
    " %(due)s, %(started)s, 0, 2026, 'running', %(terms)s) RETURNING id"
)
PAUSE = (
    "INSERT INTO sharing_deadlinepause (tenant_id, deadline_id, first, reason, paused_by_id)"
    " VALUES (%s, %s, %s, %s, %s)"
)
TERMS = (
    "INSERT INTO sharing_termprofile"
    " (tenant_id, version, profile, own, evaluation, soon_days, steps, reason, set_by_id)"
    " VALUES (%s, %s, 'reg_2017', '{}', '{}', %s, '[1]', 'x', %s) RETURNING id"
)
DAY = (
    'INSERT INTO sharing_officeday (tenant_id, "on", is_worked, reason, set_by_id)'
    " VALUES (%s, %s, true, 'x', %s)"
)


@pytest.fixture
def raw(app_connection: Connection) -> Raw:
    return Raw(app_connection)


def clock(raw: Raw, actor: Actor, **given: Any) -> int:
    told = {
        "tenant": actor.tenant_id,
        "by": actor.user_id,
        "life": "letter",
        "clock": "notification_reply",
        "title": "x",
        "started": today(),
        "due": today() + timedelta(days=21),
        "terms": None,
    } | given
    raw.cursor.execute(CLOCK, told)
    [(number,)] = raw.cursor.fetchall()
    return int(number)


def test_a_clock_begins_today_running_and_once(raw: Raw, wu: Actor, lin: Actor) -> None:
    raw.act_for(wu.tenant_id, wu.user_id)
    for days in (-1, 1):
        with raw.refused("on the day on which that is said"):
            clock(raw, wu, started=today() + timedelta(days=days))
    with raw.refused("take at least as many days"):
        clock(raw, wu, due=today() + timedelta(days=14))
    with raw.refused("in one's own name"):
        clock(raw, wu, by=lin.user_id)
    with raw.refused("deadline_of_a_sensitive_record_says_nothing"):
        clock(raw, wu, life="interference")
    assert clock(raw, wu, life="interference", title="")
    with raw.refused("row-level security"):
        clock(raw, wu, life="clue", title="")
    assert clock(raw, wu)
    with raw.refused("deadline_one_running_per_clock"):
        clock(raw, wu)


def test_a_clock_that_is_over_stays_and_ends_today(raw: Raw, wu: Actor) -> None:
    raw.act_for(wu.tenant_id, wu.user_id)
    number = clock(raw, wu)
    end = "UPDATE sharing_deadline SET state = %s, ended_on = %s WHERE id = %s"

    with raw.refused("on the day on which that is said"):
        raw.run(end, "kept", today() - timedelta(days=1), number)
    with raw.refused("deadline_late_is_late"):
        raw.run(end, "kept_late", today(), number)
    with raw.refused("deadline_ends_when_it_is_over"):
        raw.run("UPDATE sharing_deadline SET state = 'kept' WHERE id = %s", number)
    assert raw.run(end, "kept", today(), number) == 1
    with raw.refused("stays as it is"):
        raw.run(
            "UPDATE sharing_deadline SET state = 'running', ended_on = NULL WHERE id = %s", number
        )
    with raw.refused("permission denied"):
        raw.run("DELETE FROM sharing_deadline WHERE id = %s", number)
    assert clock(raw, wu), "the next one may begin"


def test_a_clock_keeps_what_it_began_with(raw: Raw, lin: Actor) -> None:
    raw.act_for(lin.tenant_id, lin.user_id)
    number = clock(raw, lin)

    for column in ("days", "started_on", "title", "number", "terms_id", "asked_unit"):
        with raw.refused("permission denied"):
            raw.run(f"UPDATE sharing_deadline SET {column} = {column} WHERE id = %s", number)
    raw.run("RESET ROLE")


def test_the_day_is_moved_by_a_director_alone(raw: Raw, wu: Actor, lin: Actor) -> None:
    raw.act_for(wu.tenant_id, wu.user_id)
    number = clock(raw, wu)
    move = "UPDATE sharing_deadline SET due_on = due_on + 1 WHERE id = %s"

    with raw.refused("moved by a director"):
        raw.run(move, number)
    raw.act_for(lin.tenant_id, lin.user_id)
    assert raw.run(move, number) == 1


def test_a_director_alone_pauses_from_today_with_a_reason(raw: Raw, wu: Actor, lin: Actor) -> None:
    raw.act_for(wu.tenant_id, wu.user_id)
    number = clock(raw, wu)
    with raw.refused("paused by a director"):
        raw.run(PAUSE, wu.tenant_id, number, today(), "x", wu.user_id)
    with raw.refused("as long as a pause lasts"):
        raw.run(
            "UPDATE sharing_deadline SET state = 'paused', due_on = NULL, tell_on = NULL"
            " WHERE id = %s",
            number,
        )
    raw.act_for(lin.tenant_id, lin.user_id)
    for first, reason, by, because in (
        (today() - timedelta(days=1), "x", lin.user_id, "begins today"),
        (today() + timedelta(days=1), "x", lin.user_id, "begins today"),
        (today(), "x", wu.user_id, "begins today"),
        (today(), "", lin.user_id, "deadline_pause_says_why"),
    ):
        with raw.refused(because):
            raw.run(PAUSE, lin.tenant_id, number, first, reason, by)
    assert raw.run(PAUSE, lin.tenant_id, number, today(), "x", lin.user_id) == 1
    held = raw.rows("SELECT state, due_on FROM sharing_deadline WHERE id = %s", number)
    assert held == [("paused", None)]
    with raw.refused("not paused"):
        raw.run(PAUSE, lin.tenant_id, number, today(), "x", lin.user_id)


def test_a_pause_ends_once_today_and_none_lies_over_another(
    raw: Raw, lin: Actor, wu: Actor
) -> None:
    raw.act_for(lin.tenant_id, lin.user_id)
    number = clock(raw, lin)
    raw.run(PAUSE, lin.tenant_id, number, today(), "x", lin.user_id)
    end = "UPDATE sharing_deadlinepause SET until = %s, resumed_by_id = %s WHERE deadline_id = %s"
    run = "UPDATE sharing_deadline SET state = 'running', due_on = %s WHERE id = %s"

    with raw.refused("as long as a pause lasts"):
        raw.run(run, today() + timedelta(days=30), number)
    for until, by in ((today() + timedelta(days=1), lin.user_id), (today(), wu.user_id)):
        with raw.refused("ends once, today"):
            raw.run(end, until, by, number)
    raw.act_for(wu.tenant_id, wu.user_id)
    with raw.refused("paused by a director"):
        raw.run(end, today(), wu.user_id, number)
    raw.act_for(lin.tenant_id, lin.user_id)
    assert raw.run(end, today(), lin.user_id, number) == 1
    with raw.refused("ends once, today"):
        raw.run(end, today(), lin.user_id, number)
    assert raw.run(run, today() + timedelta(days=30), number) == 1
    assert raw.run(PAUSE, lin.tenant_id, number, today(), "x", lin.user_id) == 1


def test_pauses_never_lie_over_one_another(
    committed_db: None, superuser_connection: Connection, app_connection: Connection, lin: Actor
) -> None:
    """A pause that ends tomorrow can only have been forged; it is found all the same."""
    app, superuser = Raw(app_connection), Raw(superuser_connection)
    app.act_for(lin.tenant_id, lin.user_id)
    number = clock(app, lin)
    app.connection.commit()
    superuser.run("SET LOCAL session_replication_role = 'replica'")
    superuser.run(
        "INSERT INTO sharing_deadlinepause"
        " (tenant_id, deadline_id, first, until, reason, paused_by_id, resumed_by_id)"
        " VALUES (%s, %s, %s, %s, 'x', %s, %s)",
        lin.tenant_id,
        number,
        today() - timedelta(days=1),
        today() + timedelta(days=1),
        lin.user_id,
        lin.user_id,
    )
    superuser.connection.commit()
    app.act_for(lin.tenant_id, lin.user_id)
    with app.refused("do not overlap"):
        app.run(PAUSE, lin.tenant_id, number, today(), "x", lin.user_id)


def test_terms_are_a_director_s_version_by_version(raw: Raw, wu: Actor, lin: Actor) -> None:
    raw.act_for(wu.tenant_id, wu.user_id)
    with raw.refused("set by a director"):
        raw.one(TERMS, wu.tenant_id, 1, 3, wu.user_id)
    raw.act_for(lin.tenant_id, lin.user_id)
    with raw.refused("set by a director"):
        raw.one(TERMS, lin.tenant_id, 1, 3, wu.user_id)
    with raw.refused("follows the one before"):
        raw.one(TERMS, lin.tenant_id, 2, 3, lin.user_id)
    with raw.refused("term_profile_warns_within_reason"):
        raw.one(TERMS, lin.tenant_id, 1, 31, lin.user_id)
    first = raw.one(TERMS, lin.tenant_id, 1, 3, lin.user_id)
    second = raw.one(TERMS, lin.tenant_id, 2, 3, lin.user_id)
    for command in (
        "UPDATE sharing_termprofile SET soon_days = 9",
        "DELETE FROM sharing_termprofile",
    ):
        with raw.refused("permission denied"):
            raw.run(command)
    for old in (None, first):
        with raw.refused("with the terms in force"):
            clock(raw, lin, terms=old)
    assert clock(raw, lin, terms=second)


def test_directors_are_whom_the_table_of_roles_names(superuser_connection: Connection) -> None:
    """`sec.directs` knows the two directors by name."""
    for permission in (Permission.SET_TERMS, Permission.PAUSE_DEADLINES):
        holders = {role for role in Role if permission in ROLES[role]}
        assert holders == {Role.CITY_DIRECTOR, Role.COUNTY_DIRECTOR}
    source = Raw(superuser_connection).one("SELECT prosrc FROM pg_proc WHERE proname = 'directs'")
    assert set(re.findall(r"'(\w+)'", source)) == {"city_director", "county_director"}


def test_a_working_day_is_a_director_s_and_not_past(raw: Raw, wu: Actor, lin: Actor) -> None:
    raw.act_for(wu.tenant_id, wu.user_id)
    with raw.refused("set by a director"):
        raw.run(DAY, wu.tenant_id, today(), wu.user_id)
    raw.act_for(lin.tenant_id, lin.user_id)
    with raw.refused("stays as it was"):
        raw.run(DAY, lin.tenant_id, today() - timedelta(days=1), lin.user_id)
    assert raw.run(DAY, lin.tenant_id, today(), lin.user_id) == 1
    raw.act_for(wu.tenant_id, wu.user_id)
    with raw.refused("set by a director"):
        raw.run("DELETE FROM sharing_officeday")
    raw.act_for(lin.tenant_id, lin.user_id)
    assert raw.run("DELETE FROM sharing_officeday") == 1


def test_who_is_told_what_is_noted_by_the_worker_alone(raw: Raw, lin: Actor) -> None:
    raw.act_for(lin.tenant_id, lin.user_id)
    number = clock(raw, lin)
    with raw.refused("permission denied"):
        raw.run(
            "INSERT INTO sharing_deadlinetold (tenant_id, deadline_id, stage, kind, batch)"
            " VALUES (%s, %s, 1, 'deadlines_soon', 20261126)",
            lin.tenant_id,
            number,
        )
    with raw.refused("permission denied"):
        raw.rows("SELECT sec.offices_to_tell(%s, 1, 2026)", today())
