"""Why this process must not start: reasons that would let it past the fence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


@register(Tags.security, deploy=True)
def fence_holds(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[Error]:
    """`manage.py check --deploy`: asks the database that the settings name."""
    return list(reasons_not_to_start())


def refuse_to_start() -> None:
    """For web and worker processes, before they serve. The owner's processes are commands."""
    if reasons := list(reasons_not_to_start()):
        listed = "\n".join(f"  {one.id}: {one.msg}\n    {one.hint}" for one in reasons)
        raise ImproperlyConfigured(f"This process would not be held by the fence:\n{listed}")


def reasons_not_to_start() -> Iterator[Error]:
    yield from _about_the_role()
    yield from _about_other_sessions()
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


def _about_the_tables() -> Iterator[Error]:
    for fence in fences():
        if fence.gaps:
            yield Error(
                f"{fence.table} is not fenced: {'; '.join(fence.gaps)}.",
                hint="Its migration must end with tenancy.rls.fence; then run `manage.py migrate`.",
                id="tenancy.E006",
            )
