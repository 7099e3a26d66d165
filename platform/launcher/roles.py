"""The database roles and the database: made by the superuser, put right at each start."""

from __future__ import annotations

from collections.abc import Callable

from launcher.psql import Login, script, sql

# Which login stands for which part. Migrations log in as the migrator, which acts as the owner.
LOGINS = {
    "app": "xuncha_app",
    "worker": "xuncha_worker",
    "owner": "xuncha_migrator",
    "audit": "xuncha_audit",
    "matcher": "xuncha_matcher",
    "backup": "xuncha_backup",
    "statistics": "xuncha_statistics",
}


def prepare_roles(superuser: Login, password: Callable[[str], str]) -> None:
    """Make or mend the roles; `password` gives the password of a login."""
    variables = {
        "app_password": password(LOGINS["app"]),
        "worker_password": password(LOGINS["worker"]),
        "migrator_password": password(LOGINS["owner"]),
        "audit_password": password(LOGINS["audit"]),
        "matcher_password": password(LOGINS["matcher"]),
        "backup_password": password(LOGINS["backup"]),
        "statistics_password": password(LOGINS["statistics"]),
    }
    sql(script("roles.sql"), superuser, variables)


def prepare_database(superuser: Login, database: str, *, locale: str) -> None:
    sql(script("database.sql"), superuser, {"database": database, "locale": locale})
