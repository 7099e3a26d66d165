"""The fence as a vocabulary of migrations.

A migration that creates tables of offices depends on `FENCE_READY` and ends with, in this order::

    fence("scheduling_inspectionround"),            # own rows only
    fence_delivered("scheduling_releasecall"),      # rows that one office hands to another
    fence_narrowed("sharing_clue", "sec.reads_…(…)"),  # own rows, of some people of the office alone
    fence_between("sharing_sharegrant"),            # rows of an owner that one neighbour asks about
    fence_shown("sharing_shownview"),               # delivered, and read while agreed alone
    composite_fk("scheduling_teamslot", "round_id", "scheduling_inspectionround"),
    grant("scheduling_teamslot", app="SELECT, INSERT, UPDATE", worker="SELECT"),

A `ForeignKey` between two fenced tables is declared with `db_constraint=False` and gets its
constraint from `composite_fk`: PostgreSQL checks foreign keys behind the policies' back, so one
that does not lead with the tenant would accept, and thereby betray, another office's row.

A table on which a role may INSERT but not read needs `SELECT (id)` as well: Django asks for the
new row's key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

FENCE_READY: Final = ("tenancy", "0002_signed_context")

OWN: Final = "tenant_id = (SELECT sec.tenant())"
OWN_OR_SENT: Final = "tenant_id = (SELECT sec.tenant()) OR sender_id = (SELECT sec.tenant())"
# One array per statement, not one look-up per row: offices deliver thousands of rows at once.
SENT_TO_RELATED: Final = (
    "sender_id = (SELECT sec.tenant()) "
    "AND tenant_id = ANY ((SELECT sec.related_offices())::bigint[])"
)
# Offices of one city, and the city: siblings hand one another requests and answers, and no more.
SENT_TO_NEIGHBOURS: Final = (
    "sender_id = (SELECT sec.tenant()) AND tenant_id = ANY ((SELECT sec.neighbours())::bigint[])"
)
OWN_OR_BESIDE: Final = (
    "(tenant_id = (SELECT sec.tenant()) OR receiver_id = (SELECT sec.tenant()) "
    "OR watcher_id = (SELECT sec.tenant())) "
    "AND ('clue' <> ALL ((kinds)::text[]) OR (SELECT sec.may_know_of_clues()))"
)
BETWEEN_NEIGHBOURS: Final = (
    "(tenant_id = (SELECT sec.tenant()) OR receiver_id = (SELECT sec.tenant())) "
    "AND tenant_id = ANY ((SELECT sec.neighbours())::bigint[]) "
    "AND receiver_id = ANY ((SELECT sec.neighbours())::bigint[])"
)
# Ended by the day, by the owner or with the seat, a row is gone for the next statement: no job ends it.
SHOWN: Final = (
    "(tenant_id = (SELECT sec.tenant()) AND taken_back_at IS NULL "
    "AND until_on > (SELECT sec.today()) "
    "AND (roles)::text[] && ((SELECT sec.own_roles())::text[]) "
    "AND concerns <> (SELECT sec.own_name())) "
    "OR (sender_id = (SELECT sec.tenant()) "
    "AND (kind <> 'clue' OR (SELECT sec.may_know_of_clues())))"
)
OWN_OR_MINE: Final = "tenant_id = (SELECT sec.tenant()) OR user_id = (SELECT sec.user_id())"
OWN_AND_MINE: Final = "tenant_id = (SELECT sec.tenant()) AND user_id = (SELECT sec.user_id())"

_TABLE = re.compile(r"[a-z][a-z0-9_]{0,62}")
_PRIVILEGE = re.compile(r"(?:SELECT|INSERT|UPDATE|DELETE)(?: \([a-z0-9_]+(?:, [a-z0-9_]+)*\))?")


class RoleSQL(Operation):
    """SQL in which `@owner@`, `@app@`, `@worker@`, `@audit@` and `@statistics@` stand for the roles of `settings.DB_ROLES`.

    Servers may name their roles as they like; tests run beside a demo on one server.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, forwards: Sequence[str], backwards: Sequence[str], about: str) -> None:
        self.forwards = list(forwards)
        self.backwards = list(backwards)
        self.about = about

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return ("RoleSQL", [self.forwards, self.backwards, self.about], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The fence is no part of Django's picture of the tables."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(schema_editor, self.forwards)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(schema_editor, self.backwards)

    def describe(self) -> str:
        return self.about

    @staticmethod
    def _run(schema_editor: BaseDatabaseSchemaEditor, statements: Sequence[str]) -> None:
        for statement in statements:
            for role in settings.DB_ROLES:
                name = schema_editor.quote_name(settings.DB_ROLES[role])
                statement = statement.replace(f"@{role}@", name)
            schema_editor.execute(statement, params=None)


def fence(table: str) -> RoleSQL:
    """Own rows only, for every command."""
    return _fenced(table, select=OWN, insert=OWN, change=OWN)


def fence_delivered(table: str) -> RoleSQL:
    """The receiver's rows. The sender inserts them for a related office and keeps reading them."""
    return _fenced(
        table,
        select=OWN_OR_SENT,
        insert=SENT_TO_RELATED,
        change=OWN,
        further=[
            f"CREATE TRIGGER keeps_its_ends BEFORE UPDATE OF tenant_id, sender_id ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION sec.keep_ends()"
        ],
        further_back=[f"DROP TRIGGER keeps_its_ends ON {table}"],
    )


def fence_sent_to_neighbours(table: str, reads: str = "") -> RoleSQL:
    """As `fence_delivered`, among the offices of one city; `reads` as in `fence_narrowed`."""
    read = OWN_OR_SENT
    if reads:
        _one_call(reads)
        read = f"({OWN_OR_SENT}) AND {reads}"
    return _fenced(table, select=read, insert=SENT_TO_NEIGHBOURS, change=OWN)


def fence_between(table: str) -> RoleSQL:
    """An owner's rows that a neighbour asks for or is offered (`receiver_id`), and that the city above
    the owner (`watcher_id`) sees. Either of the two makes one; the owner alone changes it. Those of
    clues are for whoever handles clues, in each of the three."""
    return _fenced(table, select=OWN_OR_BESIDE, insert=BETWEEN_NEIGHBOURS, change=OWN)


def fence_shown(table: str) -> RoleSQL:
    """What an owner (`sender_id`) shows to another office: to its roles, until its day, until it is
    taken back, and never to whom it concerns."""
    return _fenced(table, select=SHOWN, insert=SENT_TO_NEIGHBOURS, change=OWN)


def fence_seats(table: str) -> RoleSQL:
    """Own rows, and everybody's own seats in whatever office: one chooses one at sign-in."""
    return _fenced(table, select=OWN_OR_MINE, insert=OWN, change=OWN)


def fence_personal(table: str) -> RoleSQL:
    """Rows of one person in one office: no colleague reads them, or makes any in their name."""
    return _fenced(table, select=OWN_AND_MINE, insert=OWN_AND_MINE, change=OWN_AND_MINE)


def fence_narrowed(table: str, reads: str) -> RoleSQL:
    """Own rows, and of these the ones of which the condition holds, for each command but INSERT: a
    trigger says who adds one. `reads`: one call of a function of `sec` on columns of the row."""
    _one_call(reads)
    narrowed = f"{OWN} AND {reads}"
    return _fenced(table, select=narrowed, insert=OWN, change=narrowed)


def narrow(table: str, reads: str) -> RoleSQL:
    """As `fence_narrowed`, for a table that `fence` has fenced before."""
    _checked(table)
    _one_call(reads)
    return RoleSQL(
        _alter_policies(table, f"{OWN} AND {reads}"),
        _alter_policies(table, OWN),
        f"Narrow the fence of {table}",
    )


def _one_call(reads: str) -> None:
    if not re.fullmatch(r"sec\.[a-z_]+\([a-z_]+(?:, [a-z_]+)*\)", reads):
        raise ValueError(f"{reads!r} is no call of a function of sec on columns.")


def _alter_policies(table: str, reads: str) -> list[str]:
    return [
        f"ALTER POLICY fence_select ON {table} USING ({reads})",
        f"ALTER POLICY fence_update ON {table} USING ({reads}) WITH CHECK ({reads})",
        f"ALTER POLICY fence_delete ON {table} USING ({reads})",
    ]


def composite_fk(table: str, column: str, target: str) -> RoleSQL:
    """`table.column` points into `target` within the same office. `target` is fenced already."""
    _checked(table), _checked(column), _checked(target)
    name = f"{table}_{column}_same_office"[:63]
    return RoleSQL(
        [
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (tenant_id, {column}) "
            f"REFERENCES {target} (tenant_id, id)"
        ],
        [f"ALTER TABLE {table} DROP CONSTRAINT {name}"],
        f"Keep {table}.{column} within its office",
    )


def grant(table: str, *, app: str = "", worker: str = "") -> RoleSQL:
    """The least that the web and the workers need: commands, or commands with columns."""
    _checked(table)
    granted = {"app": _privileges(app), "worker": _privileges(worker)}
    given = [(role, text) for role, text in granted.items() if text]
    return RoleSQL(
        [f"GRANT {text} ON {table} TO @{role}@" for role, text in given],
        [f"REVOKE {text} ON {table} FROM @{role}@" for role, text in given],
        f"Grant on {table}",
    )


def _fenced(
    table: str,
    *,
    select: str,
    insert: str,
    change: str,
    further: Sequence[str] = (),
    further_back: Sequence[str] = (),
) -> RoleSQL:
    """One policy per command for the roles that serve people, and one for the owner.

    FORCE binds the owner too, so migrations and `verify_audit` need a policy of their own.
    """
    _checked(table)
    policies = {
        "fence_select": f"FOR SELECT TO @app@, @worker@ USING ({select})",
        "fence_insert": f"FOR INSERT TO @app@, @worker@ WITH CHECK ({insert})",
        "fence_update": f"FOR UPDATE TO @app@, @worker@ USING ({change}) WITH CHECK ({change})",
        "fence_delete": f"FOR DELETE TO @app@, @worker@ USING ({change})",
        "fence_owner": "FOR ALL TO @owner@ USING (true) WITH CHECK (true)",
    }
    unique = f"{table}_of_tenant"[:63]
    return RoleSQL(
        [
            f"ALTER TABLE {table} ADD CONSTRAINT {unique} UNIQUE (tenant_id, id)",
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            *(f"CREATE POLICY {name} ON {table} {text}" for name, text in policies.items()),
            *further,
        ],
        [
            *further_back,
            *(f"DROP POLICY {name} ON {table}" for name in policies),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DROP CONSTRAINT {unique}",
        ],
        f"Fence {table}",
    )


def _checked(name: str) -> str:
    if not _TABLE.fullmatch(name):
        raise ValueError(f"{name!r} is no plain lower-case name.")
    return name


def _privileges(text: str) -> str:
    """As given, when each is a command that the policies govern. TRUNCATE, REFERENCES and
    TRIGGER are not, and are never granted."""
    if text and not re.fullmatch(rf"{_PRIVILEGE.pattern}(?:, {_PRIVILEGE.pattern})*", text):
        raise ValueError(f"{text!r} grants something other than SELECT, INSERT, UPDATE, DELETE.")
    return text
