"""A second connection of a worker, as the role that may ask for counts and reads no row.

Nothing but `sec`'s counting functions answers on it. It is opened for one piece of work and closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.db import OperationalError
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ

from kernel.errors import DomainError
from kernel.text import Text
from tenancy.actor import Actor
from tenancy.signing import signed_context


class NoStatistics(DomainError):
    """This worker was not given the login."""

    code = "tenancy.statistics.not_set_up"
    message = Text(
        zh="本系统尚未配置统计专用的数据库账号，不能汇总各县数据。",
        en="The database login for counting is not set up here, so nothing can be counted across counties.",
    )
    remedy = Text(
        zh="请系统管理员按部署说明配置 DATABASE_STATISTICS_URL 后重试。数据没有任何改动。",
        en="Have DATABASE_STATISTICS_URL set as the deployment guide says, then try again. Nothing was changed.",
    )
    status = 503


class Counting:
    """Asks functions, a transaction at a time, in the office of whoever the work is for."""

    def __init__(self, connection: Any, actor: Actor) -> None:
        self._connection = connection
        self._actor = actor

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """A cursor. All that it reads is of one moment."""
        context = signed_context(
            settings.CONTEXT_KEY, tenant_id=self._actor.tenant_id, user_id=self._actor.user_id
        )
        with self._connection, self._connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.context', %s, true)", [context])
            yield cursor


def _is_the_one(connection: Any) -> bool:
    """Another role could do more than ask, whatever the settings call it."""
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return bool(cursor.fetchone() == (settings.DB_ROLES["statistics"],))


@contextmanager
def counting(actor: Actor) -> Iterator[Counting]:
    """`NoStatistics`, also where the login is another role's; `OperationalError` where the database is away."""
    login = settings.STATISTICS_DATABASE
    if login is None:
        raise NoStatistics
    try:
        connection = psycopg2.connect(
            dbname=login["NAME"], user=login["USER"], password=login["PASSWORD"],
            host=login["HOST"], port=login["PORT"] or None, **login.get("OPTIONS", {}),
        )  # fmt: skip
    except psycopg2.OperationalError as fault:
        raise OperationalError(*fault.args) from fault
    try:
        connection.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ)
        if not _is_the_one(connection):
            raise NoStatistics
        yield Counting(connection, actor)
    finally:
        connection.close()
