"""The ten rules of the database, each by its number, asked of PostgreSQL's catalogue.

docs/architecture/tenancy.md says what each is for. A rule is a question whose answer is what breaks
it; every gap that is planted, alone and in a transaction that is rolled back, must be an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from psycopg2.extensions import connection as Connection

from tenancy.models import Delivered
from tests.architecture.repository import ROOT

APP, WORKER, OWNER, BACKUP = (
    settings.DB_ROLES[role] for role in ("app", "worker", "owner", "backup")
)
SERVING = [APP, WORKER]
Ask = Callable[..., list[tuple[Any, ...]]]

# What is said once and stands: the record, declarations, and what one office hands to another.
FOR_APPENDING = {
    "tenancy_auditentry",
    "tenancy_audithead",
    "scheduling_declaration",
    "scheduling_declarationwithdrawal",
}


@pytest.fixture
def ask(superuser_connection: Connection) -> Ask:
    def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with superuser_connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return list(cursor.fetchall()) if cursor.description else []

    return rows


def r1_nobody_who_serves_is_more_than_they_must_be(ask: Ask) -> list[Any]:
    """The owner does not log in. Whoever passes by policies is a superuser, or takes backups: as
    anybody else `pg_dump` ends with an error rather than with half of the rows. That role is no
    process's of the product, and writes nothing."""
    return ask(
        "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND ("
        " (rolbypassrls AND NOT rolsuper AND rolname <> %s) OR (rolname = %s AND rolcanlogin)"
        " OR (rolname = %s AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication"
        "     OR pg_has_role(oid, 'pg_write_all_data', 'MEMBER')"
        "     OR EXISTS (SELECT FROM pg_class AS c WHERE c.relkind IN ('r', 'p')"
        "       AND c.relnamespace = 'public'::regnamespace"
        "       AND has_table_privilege(pg_roles.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))))"
        " OR (rolname = ANY (%s) AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication"
        "     OR pg_has_role(oid, %s, 'MEMBER'))))",
        BACKUP,
        OWNER,
        BACKUP,
        SERVING,
        OWNER,
    )


def r2_every_table_of_an_office_is_fenced_for_every_command(ask: Ask) -> list[Any]:
    return ask(
        "SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        "   AND a.attname = 'tenant_id' AND NOT a.attisdropped AND NOT ("
        "     c.relrowsecurity AND c.relforcerowsecurity AND 4 = (SELECT count(DISTINCT p.cmd)"
        "       FROM pg_policies AS p WHERE p.tablename = c.relname AND p.roles @> %s::name[]"
        "        AND p.cmd IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')"
        "        AND (p.cmd NOT IN ('INSERT', 'UPDATE') OR p.with_check IS NOT NULL)))",
        SERVING,
    )


def r3_nobody_who_serves_holds_what_no_policy_governs(ask: Ask) -> list[Any]:
    return ask(
        "SELECT r.rolname, c.relname, p.name FROM pg_roles AS r, pg_class AS c,"
        " unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p (name)"
        " WHERE r.rolname = ANY (%s) AND c.relkind IN ('r', 'p')"
        "   AND c.relnamespace = 'public'::regnamespace"
        "   AND has_table_privilege(r.oid, c.oid, p.name)"
        " UNION ALL SELECT r.rolname, n.nspname, 'CREATE' FROM pg_roles AS r, pg_namespace AS n"
        " WHERE r.rolname = ANY (%s) AND n.nspname IN ('public', 'sec')"
        "   AND has_schema_privilege(r.oid, n.oid, 'CREATE')",
        SERVING,
        SERVING,
    )


def r4_nothing_reads_as_somebody_else(ask: Ask) -> list[Any]:
    """No view but as whoever asks; who acts as its owner is in `sec`, with a pinned path."""
    return ask(
        "SELECT c.relname::text FROM pg_class AS c WHERE c.relkind IN ('v', 'm')"
        "   AND c.relnamespace IN ('public'::regnamespace, 'sec'::regnamespace)"
        "   AND NOT (c.relkind = 'v' AND COALESCE(c.reloptions, '{}') @> '{security_invoker=true}')"
        " UNION ALL SELECT p.oid::regprocedure::text FROM pg_proc AS p"
        "  JOIN pg_namespace AS n ON n.oid = p.pronamespace"
        " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prosecdef"
        "   AND NOT (n.nspname = 'sec' AND COALESCE(p.proconfig, '{}')"
        "            @> '{\"search_path=pg_catalog, pg_temp\"}')"
    )


def r5_no_partition_is_granted(ask: Ask) -> list[Any]:
    return ask(
        "SELECT c.relname, r.rolname FROM pg_class AS c, pg_roles AS r WHERE c.relispartition"
        " AND r.rolname = ANY (%s) AND has_table_privilege(r.oid, c.oid,"
        "   'SELECT, INSERT, UPDATE, DELETE')",
        SERVING,
    )


def r6_a_key_between_tables_of_offices_names_the_office(ask: Ask) -> list[Any]:
    return ask(
        "SELECT k.conname FROM pg_constraint AS k JOIN pg_class AS a ON a.oid = k.conrelid"
        "  JOIN pg_class AS b ON b.oid = k.confrelid"
        " WHERE k.contype = 'f' AND a.relrowsecurity AND b.relrowsecurity"
        "   AND NOT EXISTS (SELECT FROM pg_attribute AS t WHERE t.attrelid = k.confrelid"
        "     AND t.attname = 'tenant_id' AND t.attnum = ANY (k.confkey))"
    )


def r7_no_sequence_is_anybodys_to_read_or_move(ask: Ask) -> list[Any]:
    """Numbers are shown, and no right hangs on knowing one; how many there are is not told."""
    return ask(
        "SELECT c.relname, r.rolname FROM pg_class AS c, pg_roles AS r WHERE c.relkind = 'S'"
        " AND r.rolname = ANY (%s) AND has_sequence_privilege(r.oid, c.oid,"
        "   'SELECT, USAGE, UPDATE')"
        " UNION ALL SELECT c.relname, 'no identity' FROM pg_class AS c WHERE c.relkind = 'S'"
        "   AND c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend AS d"
        "     WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'i')",
        SERVING,
    )


def r8_the_context_is_the_transactions_and_asked_once_a_statement(ask: Ask) -> list[Any]:
    bare = [
        (table, name)
        for table, name, text in ask(
            "SELECT tablename, policyname, concat(qual, ' ', with_check) FROM pg_policies"
            " WHERE roles && %s::name[]",
            SERVING,
        )
        if "current_setting" in text
        or len(re.findall(r"sec\.\w+\(\)", text)) != len(re.findall(r"SELECT sec\.\w+\(\)", text))
        or "SELECT sec." not in text
    ]
    kept = ask(
        "SELECT setrole, setconfig FROM pg_db_role_setting"
        " WHERE EXISTS (SELECT FROM unnest(setconfig) AS one WHERE one LIKE 'app.%%')"
    )
    unguarded = ask(
        "SELECT p.proname FROM pg_proc AS p WHERE p.prosrc LIKE '%app.context%'"
        " AND p.prosrc NOT LIKE '%NULLIF(current_setting(''app.context'', true), '''')%'"
    )
    return bare + kept + unguarded


def r9_what_was_said_stands(ask: Ask) -> list[Any]:
    return ask(
        "SELECT r.rolname, c.relname FROM pg_roles AS r, pg_class AS c"
        " WHERE r.rolname = ANY (%s) AND c.relname = ANY (%s) AND c.relkind = 'r'"
        "   AND (has_any_column_privilege(r.oid, c.oid, 'UPDATE')"
        "        OR has_table_privilege(r.oid, c.oid, 'DELETE'))",
        SERVING,
        sorted(for_appending()),
    )


def r10_a_publication_needs_a_verdict_of_the_verifier(ask: Ask) -> list[Any]:
    """The triggers that ask for it and keep the web from writing one are there and awake."""
    wanted = {
        ("scheduling_publication", "admit_publication", "publication_of_a_verified_revision"),
        ("scheduling_plan", "no_verdict_of_ones_own", "Only the verifier gives a verdict"),
    }
    return [
        (table, function)
        for table, function, says in sorted(wanted)
        if not ask(
            "SELECT 1 FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = %s::regclass AND p.proname = %s AND t.tgenabled IN ('O', 'A')"
            "   AND strpos(p.prosrc, %s) > 0",
            table,
            function,
            says,
        )
    ] + ask(
        "SELECT rolname FROM pg_roles WHERE rolname = %s"
        " AND has_column_privilege(oid, 'scheduling_plan'::regclass, 'verdict', 'UPDATE')",
        APP,
    )


def for_appending() -> set[str]:
    delivered = {m._meta.db_table for m in apps.get_models() if issubclass(m, Delivered)}
    return FOR_APPENDING | delivered


Rule = Callable[[Ask], list[Any]]
PERSON = "scheduling_person"
GAPS: dict[Rule, tuple[str, ...]] = {
    r1_nobody_who_serves_is_more_than_they_must_be: (
        "CREATE ROLE passes_by BYPASSRLS",
        f"GRANT {OWNER} TO {APP}",
        f"ALTER ROLE {APP} BYPASSRLS",
        f"GRANT UPDATE ON {PERSON} TO {BACKUP}",
        f"GRANT pg_write_all_data TO {BACKUP}",
    ),
    r2_every_table_of_an_office_is_fenced_for_every_command: (
        f"ALTER TABLE {PERSON} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {PERSON} DISABLE ROW LEVEL SECURITY",
        f"DROP POLICY fence_delete ON {PERSON}",
        f"DROP POLICY fence_update ON {PERSON}; CREATE POLICY fence_update ON {PERSON} FOR UPDATE"
        f" TO {APP}, {WORKER} USING (tenant_id = (SELECT sec.tenant()))",
        "CREATE TABLE unfenced (id bigint, tenant_id bigint)",
    ),
    r3_nobody_who_serves_holds_what_no_policy_governs: (
        f"GRANT TRUNCATE ON {PERSON} TO {WORKER}",
        f"GRANT REFERENCES ON {PERSON} TO PUBLIC",
        f"GRANT TRIGGER ON {PERSON} TO {APP}",
        "GRANT CREATE ON SCHEMA public TO PUBLIC",
    ),
    r4_nothing_reads_as_somebody_else: (
        f"CREATE VIEW public.everybody AS SELECT * FROM {PERSON}",
        f"CREATE MATERIALIZED VIEW public.everybody AS SELECT * FROM {PERSON}",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql SECURITY DEFINER"
        " SET search_path = pg_catalog, pg_temp AS 'SELECT 1'",
        "ALTER FUNCTION sec.tenant() RESET search_path",
    ),
    r5_no_partition_is_granted: (
        "CREATE TABLE whole (id bigint) PARTITION BY RANGE (id);"
        "CREATE TABLE part PARTITION OF whole DEFAULT;"
        f"GRANT SELECT ON part TO {APP}",
    ),
    r6_a_key_between_tables_of_offices_names_the_office: (
        "ALTER TABLE scheduling_teamslot ADD FOREIGN KEY (round_id)"
        " REFERENCES scheduling_inspectionround (id)",
    ),
    r7_no_sequence_is_anybodys_to_read_or_move: (
        f"GRANT SELECT ON SEQUENCE {PERSON}_id_seq TO {APP}",
        f"GRANT USAGE ON SEQUENCE {PERSON}_id_seq TO {WORKER}",
        "CREATE SEQUENCE public.by_hand",
    ),
    r8_the_context_is_the_transactions_and_asked_once_a_statement: (
        f"CREATE POLICY every_row ON {PERSON} TO {APP} USING (tenant_id = sec.tenant())",
        f"CREATE POLICY plain ON {PERSON} TO {APP}"
        " USING (tenant_id = (SELECT current_setting('app.tenant')::bigint))",
        f"ALTER ROLE {APP} SET app.context = 'v1'",
    ),
    r9_what_was_said_stands: (
        f"GRANT UPDATE (action) ON tenancy_auditentry TO {APP}",
        f"GRANT DELETE ON scheduling_declaration TO {WORKER}",
        f"GRANT UPDATE ON scheduling_releasedperson TO {APP}",
    ),
    r10_a_publication_needs_a_verdict_of_the_verifier: (
        "ALTER TABLE scheduling_publication DISABLE TRIGGER admit",
        "DROP TRIGGER no_verdict_of_ones_own ON scheduling_plan",
        f"GRANT UPDATE (verdict) ON scheduling_plan TO {APP}",
    ),
}
PLANTED = [
    pytest.param(rule, gap, id=f"{rule.__name__.partition('_')[0]}-{place}")
    for rule, gaps in GAPS.items()
    for place, gap in enumerate(gaps, start=1)
]


@pytest.mark.parametrize("rule", GAPS, ids=lambda rule: rule.__name__)
def test_the_rule_holds(ask: Ask, rule: Rule) -> None:
    assert rule(ask) == []


@pytest.mark.parametrize(("rule", "gap"), PLANTED)
def test_a_planted_gap_breaks_its_rule(ask: Ask, rule: Rule, gap: str) -> None:
    ask(gap)
    assert rule(ask) != []


def test_r8_the_program_sets_the_context_for_one_transaction_and_in_one_place() -> None:
    """Its third parameter says whether it ends with the transaction."""
    setting = {
        str(file.relative_to(ROOT)): re.findall(r"set_config\('app\.context', %s, (\w+)\)", text)
        for folder in ("tenancy", "scheduling", "sharing", "platform")
        for file in (ROOT / folder).rglob("*.py")
        if "app.context" in (text := file.read_text(encoding="utf-8")) and "set_config" in text
    }
    # The second: for the connection that counts, which is none of Django's.
    assert setting == {"tenancy/context.py": ["true"], "tenancy/statistics.py": ["true"]}


def test_every_rule_has_its_number_and_its_place_in_the_docs() -> None:
    text = (ROOT / "docs" / "architecture" / "tenancy.md").read_text(encoding="utf-8")
    numbers = [rule.__name__.partition("_")[0] for rule in GAPS]

    assert numbers == [f"r{number}" for number in range(1, 11)]
    for rule in GAPS:
        assert f"`{rule.__name__}`" in text
