"""Why this process must not start: reasons that would let it past the fence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection

from tenancy.catalogue import fences
from tenancy.context import context_is_accepted

_ROLE = """
SELECT current_user::text, rolsuper, rolbypassrls,
       EXISTS (SELECT FROM pg_roles owner
                WHERE owner.rolname = %s AND pg_has_role(current_user, owner.oid, 'MEMBER')),
       (SELECT string_agg(tablename, ', ') FROM pg_tables
         WHERE schemaname IN ('public', 'sec') AND tableowner = current_user)
  FROM pg_roles WHERE rolname = current_user
"""


# With these values no statement, parameter or error of ours is in the server's log. An extension
# that is not loaded has no setting.
KEEPS_VALUES_OUT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "log_min_messages": frozenset({"fatal", "panic"}),
        "log_min_error_statement": frozenset({"fatal", "panic"}),
        "log_error_verbosity": frozenset({"terse"}),
        "log_statement": frozenset({"none"}),
        "log_min_duration_statement": frozenset({"-1"}),
        "log_min_duration_sample": frozenset({"-1"}),
        "log_transaction_sample_rate": frozenset({"0"}),
        "log_parameter_max_length": frozenset({"0"}),
        "log_parameter_max_length_on_error": frozenset({"0"}),
        "debug_print_parse": frozenset({"off"}),
        "debug_print_rewritten": frozenset({"off"}),
        "debug_print_plan": frozenset({"off"}),
        "auto_explain.log_min_duration": frozenset({"-1"}),
        "pgaudit.log": frozenset({"none"}),
    }
)


@register(Tags.security, deploy=True)
def fence_holds(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[Error]:
    """`manage.py check --deploy`: asks the database that the settings name."""
    return list(reasons_not_to_start())


def refuse_to_start() -> None:
    """For web and worker processes, before they serve. The owner's processes are commands."""
    if reasons := list(reasons_not_to_start()):
        raise ImproperlyConfigured(_listed(reasons))


def _listed(reasons: Sequence[Error]) -> str:
    listed = "\n".join(f"  {one.id}: {one.msg}\n    {one.hint}" for one in reasons)
    return f"This process would not be held by the fence:\n{listed}"


def refuse_to_start_without_context() -> None:
    """For a process that acts for no office and reads none of their tables: it has no key to sign with."""
    reasons = [*_about_the_role(), *_about_other_sessions(), *_about_the_servers_log()]
    if reasons:
        raise ImproperlyConfigured(_listed(reasons))


def reasons_not_to_start() -> Iterator[Error]:
    yield from _about_the_role()
    yield from _about_other_sessions()
    yield from _about_the_servers_log()
    try:
        is_accepted = context_is_accepted()
    except ProgrammingError:
        yield Error(
            "The database has no schema `sec`, or this role may not use it.",
            hint="Run `manage.py migrate` as the owner.",
            id="tenancy.E004",
        )
        return
    if not is_accepted:
        yield Error(
            "The database does not accept contexts signed with CONTEXT_KEY: every page is empty.",
            hint="Run `manage.py install_context_key` as the owner, with the same CONTEXT_KEY.",
            id="tenancy.E005",
        )
    yield from _about_the_tables()


def _about_the_role() -> Iterator[Error]:
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, [settings.DB_ROLES["owner"]])
        name, is_superuser, bypasses, is_owner, owned = cursor.fetchone()
    if is_superuser or bypasses:
        yield Error(
            f"The database role {name} is a superuser or bypasses row-level security.",
            hint="Connect as the app's or the worker's role.",
            id="tenancy.E001",
        )
    if is_owner:
        yield Error(
            f"The database role {name} is the owner of the schema, or may become it.",
            hint="Connect as the app's or the worker's role; the owner is for migrations.",
            id="tenancy.E002",
        )
    elif owned:
        yield Error(
            f"The database role {name} owns tables: {owned}.",
            hint="Give them to the owner's role: a table's owner can take its fence away.",
            id="tenancy.E003",
        )


def _about_other_sessions() -> Iterator[Error]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW track_activities")
        [setting] = cursor.fetchone()
    if setting != "off":
        yield Error(
            "The server shows this role the statements of its other sessions, and with them the"
            " signed contexts of other offices.",
            hint="As a superuser: ALTER ROLE … SET track_activities = off, for the app's and the"
            " worker's role; then start the process again.",
            id="tenancy.E007",
        )


def _about_the_servers_log() -> Iterator[Error]:
    """Each setting by name: who reads it knows what to change."""
    telling = []
    with connection.cursor() as cursor:
        for name, kept_out in KEEPS_VALUES_OUT.items():
            # The second argument: an extension's setting is there only while it is loaded.
            cursor.execute("SELECT current_setting(%s, true)", [name])
            [value] = cursor.fetchone()
            if value not in kept_out and value not in (None, ""):
                telling.append(f"{name} = {value}")
    if telling:
        yield Error(
            "The server would write people's data into its log, from the statements and errors of"
            f" this role: {', '.join(telling)}.",
            hint="As a superuser: run platform/launcher/sql/roles.sql once more (it sets all of"
            " these for our roles), unload auto_explain and pgaudit for this database; then start"
            " the process again.",
            id="tenancy.E009",
        )


def _about_the_tables() -> Iterator[Error]:
    for fence in fences():
        if fence.gaps:
            yield Error(
                f"{fence.table} is not fenced: {'; '.join(fence.gaps)}.",
                hint="Its migration must end with tenancy.rls.fence; then run `manage.py migrate`.",
                id="tenancy.E006",
            )
