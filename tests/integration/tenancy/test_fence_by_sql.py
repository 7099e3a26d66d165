"""Raw SQL as the web's role: other offices' rows are not there."""

from __future__ import annotations

import io

import pytest

from tests.integration.tenancy.raw import Raw, refused_by_policy

DINGHAI, SHENGSI = 9002, 9005
OWN, FOREIGN = 11, 12

OF_EVERYTHING = {
    "plainly": "SELECT id FROM tenancy_job",
    "by OR true": "SELECT id FROM tenancy_job WHERE tenant_id = 9005 OR true",
    "by UNION": "SELECT id FROM tenancy_job UNION ALL SELECT id FROM tenancy_job WHERE id = 12",
    "by sub-query": "SELECT (SELECT max(id) FROM tenancy_job)",
    "by join": "SELECT j.id FROM tenancy_office o JOIN tenancy_job j ON j.tenant_id = o.id",
    "by lateral": "SELECT j.id FROM tenancy_office o, LATERAL "
    "(SELECT id FROM tenancy_job WHERE tenant_id = o.id) j",
    "by CTE": "WITH every AS MATERIALIZED (SELECT * FROM tenancy_job) SELECT id FROM every",
    "by locking": "SELECT id FROM tenancy_job FOR UPDATE",
    "by an outer join": "SELECT max(j.id) FROM tenancy_office o LEFT JOIN tenancy_job j "
    "ON j.tenant_id = o.id",
    "by pattern": "SELECT id FROM tenancy_job WHERE lower(task) LIKE 'probe%'",
    "by a filter that would fail on it": "SELECT id FROM tenancy_job WHERE 1 / (id - 12) < 5",
}
OF_THE_FOREIGN_ROW = {
    "by its number": "SELECT id FROM tenancy_job WHERE id = 12",
    "by its office": "SELECT id FROM tenancy_job WHERE tenant_id = 9005",
    "by EXISTS": "SELECT 1 WHERE EXISTS (SELECT FROM tenancy_job WHERE id = 12)",
    "by the row after the own": "SELECT id FROM tenancy_job ORDER BY id OFFSET 1",
}


@pytest.mark.parametrize("sql", OF_EVERYTHING.values(), ids=OF_EVERYTHING.keys())
def test_everything_is_what_the_own_office_has(jobs_of_two: Raw, sql: str) -> None:
    jobs_of_two.act_for(DINGHAI)

    assert jobs_of_two.rows(sql) == [(OWN,)]


@pytest.mark.parametrize("sql", OF_THE_FOREIGN_ROW.values(), ids=OF_THE_FOREIGN_ROW.keys())
def test_another_offices_row_is_not_found(jobs_of_two: Raw, sql: str) -> None:
    jobs_of_two.act_for(DINGHAI)

    assert jobs_of_two.rows(sql) == []


def test_the_other_office_reads_the_other_row(jobs_of_two: Raw) -> None:
    jobs_of_two.act_for(SHENGSI)

    assert jobs_of_two.rows("SELECT id FROM tenancy_job") == [(FOREIGN,)]


def test_a_copy_holds_own_rows_only(jobs_of_two: Raw) -> None:
    jobs_of_two.act_for(DINGHAI)
    out = io.StringIO()

    jobs_of_two.cursor.copy_expert("COPY (SELECT id FROM tenancy_job) TO STDOUT", out)

    assert out.getvalue().split() == [str(OWN)]


def test_without_an_office_nothing_is_there(jobs_of_two: Raw) -> None:
    assert jobs_of_two.rows("SELECT id FROM tenancy_job") == []
    assert jobs_of_two.rows("SELECT id FROM tenancy_membership") == []
    assert jobs_of_two.rows("SELECT id FROM tenancy_auditentry") == []


def test_a_row_for_another_office_is_refused(jobs_of_two: Raw) -> None:
    insert = (
        "INSERT INTO tenancy_job (tenant_id, task, args, queue, state, attempt, rings, progress)"
        " VALUES (%s, 'probe.word', '{}', 'jobs', 'queued', 0, 0, '{}')"
    )
    jobs_of_two.act_for(DINGHAI)

    assert jobs_of_two.run(insert, DINGHAI) == 1
    with jobs_of_two.refused(refused_by_policy()):
        jobs_of_two.run(insert, SHENGSI)


def test_a_row_without_any_office_is_refused(jobs_of_two: Raw) -> None:
    with jobs_of_two.refused(refused_by_policy()):
        jobs_of_two.run(
            "INSERT INTO tenancy_auditentry (tenant_id, action, object_type, data)"
            " VALUES (NULL, 'tenancy.sign_in.refused', '', '{}')"
        )


def test_another_offices_row_is_not_there_to_be_changed(jobs_of_two: Raw) -> None:
    jobs_of_two.act_for(DINGHAI)
    cancel = "UPDATE tenancy_job SET cancel_requested_at = now() WHERE id = %s"

    assert jobs_of_two.run(cancel, OWN) == 1
    assert jobs_of_two.run(cancel, FOREIGN) == 0


def test_a_row_is_not_moved_to_another_office(anybody: Raw, jobs_of_two: Raw) -> None:
    anybody.become("worker")  # Its UPDATE is not limited to columns.
    anybody.act_for(DINGHAI)

    assert anybody.run("UPDATE tenancy_job SET rings = 1") == 1
    with anybody.refused(refused_by_policy()):
        anybody.run("UPDATE tenancy_job SET tenant_id = %s", SHENGSI)


def test_people_see_their_own_seats_everywhere_and_their_offices(app: Raw) -> None:
    app.act_for(DINGHAI, 9006)  # Ye of Shengsi, with Dinghai's office around her.

    seats = app.rows("SELECT tenant_id, user_id FROM tenancy_membership ORDER BY user_id")

    assert seats == [(DINGHAI, 9003), (DINGHAI, 9004), (SHENGSI, 9006)]


WHAT_THE_APP_MAY_NOT = {
    "become the owner": ("SET ROLE xuncha_owner", "permission denied to set role"),
    "become the worker": ("SET ROLE xuncha_worker", "permission denied to set role"),
    "read past the policies": (
        "SET LOCAL row_security = off; SELECT count(*) FROM tenancy_job",
        "query would be affected by row-level security",
    ),
    "empty a table": ("TRUNCATE tenancy_job", "permission denied"),
    "delete a job": ("DELETE FROM tenancy_job", "permission denied"),
    "take a fence away": (
        "ALTER TABLE tenancy_job DISABLE ROW LEVEL SECURITY",
        "must be owner",
    ),
    "open a gate": (
        "CREATE POLICY gate ON tenancy_job FOR SELECT USING (true)",
        "must be owner",
    ),
    "read the key": ("SELECT * FROM sec.context_key", "permission denied"),
    "replace the key": ("DELETE FROM sec.context_key", "permission denied"),
    "call the verifier's inside": ("SELECT sec.verified_context()", "permission denied"),
    "find other offices' jobs": ("SELECT * FROM sec.due_jobs(0, 9)", "permission denied"),
    "learn whose a job is": ("SELECT * FROM sec.office_of_job(12)", "permission denied"),
    "read the chain's head": ("SELECT * FROM tenancy_audithead", "permission denied"),
    "make a table": ("CREATE TABLE mine (id int)", "permission denied"),
    "make a passing table": ("CREATE TEMP TABLE mine (id int)", "permission denied"),
    "make a function": (
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "permission denied",
    ),
    "replace what the policies ask": (
        "CREATE OR REPLACE FUNCTION sec.tenant() RETURNS bigint LANGUAGE sql AS 'SELECT 9005'",
        "permission denied|must be owner",
    ),
    "make an office": (
        "INSERT INTO tenancy_office (code, name, short_name, kind, name_key)"
        " VALUES ('x', 'x', 'x', 'city', 'x')",
        "permission denied",
    ),
    "adopt an office": ("UPDATE tenancy_office SET parent_id = 9002", "permission denied"),
    "give itself a seat": (
        "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
        " VALUES (9002, 9004, 'county_director', '2020-01-01')",
        "permission denied",
    ),
    "rename an account": ("UPDATE tenancy_user SET username = 'x'", "permission denied"),
    "open a closed account": ("UPDATE tenancy_user SET is_active = true", "permission denied"),
}


@pytest.mark.parametrize(
    ("sql", "because"), WHAT_THE_APP_MAY_NOT.values(), ids=WHAT_THE_APP_MAY_NOT.keys()
)
def test_the_web_may_not(app: Raw, sql: str, because: str) -> None:
    app.act_for(DINGHAI, 9003)

    with app.refused(because):
        app.run(sql)


WHAT_THE_WORKER_MAY_NOT = {
    "read passwords": ("SELECT password FROM tenancy_user", "permission denied"),
    "read sessions": ("SELECT * FROM django_session", "permission denied"),
    "empty a table": ("TRUNCATE tenancy_job", "permission denied"),
    "read the key": ("SELECT * FROM sec.context_key", "permission denied"),
    "record a refused sign-in": (
        "SELECT sec.record_refused_sign_in(NULL, '{}')",
        "permission denied",
    ),
}


@pytest.mark.parametrize(
    ("sql", "because"), WHAT_THE_WORKER_MAY_NOT.values(), ids=WHAT_THE_WORKER_MAY_NOT.keys()
)
def test_a_worker_may_not(worker: Raw, sql: str, because: str) -> None:
    worker.act_for(DINGHAI, 9003)

    with worker.refused(because):
        worker.run(sql)


def test_a_worker_is_fenced_like_the_web(anybody: Raw, jobs_of_two: Raw) -> None:
    anybody.become("worker")
    assert anybody.rows("SELECT id FROM tenancy_job") == []

    anybody.act_for(SHENGSI)
    assert anybody.rows("SELECT id FROM tenancy_job") == [(FOREIGN,)]
