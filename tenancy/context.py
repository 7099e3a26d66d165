"""The only way through the fence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

from tenancy.signing import signed_context


@contextmanager
def in_office(tenant_id: int, user_id: int | None = None) -> Iterator[None]:
    """One transaction in which the rows of this office, and of no other, can be seen.

    Nested in another office, it is a savepoint, and the outer office is back afterwards.
    """
    with _acting_as(signed_context(settings.CONTEXT_KEY, tenant_id=tenant_id, user_id=user_id)):
        yield


@contextmanager
def as_user(user_id: int) -> Iterator[None]:
    """One transaction in which somebody sees their own seats, in whatever office, and no more."""
    with _acting_as(signed_context(settings.CONTEXT_KEY, tenant_id=None, user_id=user_id)):
        yield


def context_is_accepted() -> bool:
    """Whether the database holds the key that this process signs with."""
    probe = signed_context(settings.CONTEXT_KEY, tenant_id=None, user_id=1)
    with _acting_as(probe), connection.cursor() as cursor:
        cursor.execute("SELECT sec.user_id()")
        return bool(cursor.fetchone() == (1,))


@contextmanager
def _acting_as(context: str) -> Iterator[None]:
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        outer = _replace_context(context)
        yield
        # A rollback takes the setting back by itself, and so does COMMIT.
        if not is_outermost and not connection.needs_rollback:
            _replace_context(outer)


def _replace_context(context: str) -> str:
    """Set it for the rest of the transaction; give back what it was, in the same round trip."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH before AS MATERIALIZED "
            "(SELECT COALESCE(current_setting('app.context', true), '') AS context) "
            "SELECT context, set_config('app.context', %s, true) FROM before",
            [context],
        )
        (outer, _) = cursor.fetchone()
    return str(outer)
