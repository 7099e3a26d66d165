"""The roles that an installation gets, and the secrets they log in with."""

from __future__ import annotations

import stat

import pytest

from launcher import embedded
from launcher.folders import DataFolder
from launcher.postgres import Cluster
from launcher.psql import Login, SqlRefused, sql


@pytest.fixture
def prepared(cluster: Cluster, folder: DataFolder) -> DataFolder:
    cluster.ensure_running()
    embedded.ensure_database(folder)
    return folder


def test_app_and_worker_log_in_without_any_power_over_the_fence(prepared: DataFolder) -> None:
    for role in ("app", "worker"):
        who = embedded.database_login(role, prepared)

        answer = sql(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, "
            "pg_has_role(current_user, 'xuncha_owner', 'MEMBER') "
            "FROM pg_roles WHERE rolname = current_user;",
            who,
        )

        assert answer.split() == [f"xuncha_{role}", "f", "f", "f", "f", "f"]


def test_app_makes_no_table_and_no_temporary_one(prepared: DataFolder) -> None:
    app = embedded.database_login("app", prepared)

    for statement in ("CREATE TABLE mine(i int);", "CREATE TEMPORARY TABLE mine(i int);"):
        with pytest.raises(SqlRefused, match="permission denied"):
            sql(statement, app)


def test_the_migrator_acts_as_the_owner_who_cannot_log_in(
    prepared: DataFolder, cluster: Cluster
) -> None:
    migrator = embedded.database_login("owner", prepared)

    assert sql("SELECT session_user, current_user;", migrator).split() == [
        "xuncha_migrator",
        "xuncha_owner",
    ]
    sql("CREATE TABLE ours(i int); DROP TABLE ours;", migrator)
    with pytest.raises(SqlRefused, match="not permitted to log in"):
        sql("SELECT 1;", _with_password(cluster, migrator, "xuncha_owner"))


def test_preparing_again_keeps_the_passwords_and_mends_a_role(
    prepared: DataFolder, cluster: Cluster
) -> None:
    before = embedded.database_login("app", prepared)
    sql("ALTER ROLE xuncha_app BYPASSRLS;", cluster.superuser)

    embedded.ensure_database(prepared)

    after = embedded.database_login("app", prepared)
    assert after == before
    answer = sql("SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user;", after)
    assert answer.strip() == "f"


def test_secrets_are_for_their_owner_alone(prepared: DataFolder) -> None:
    embedded.secret("context_key", prepared)

    assert stat.S_IMODE(prepared.secrets.stat().st_mode) == 0o700
    files = list(prepared.secrets.iterdir())
    assert {"postgres", "xuncha_app", "context_key"} <= {file.name for file in files}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def _with_password(cluster: Cluster, like: Login, user: str) -> Login:
    sql(f"ALTER ROLE {user} PASSWORD 'known';", cluster.superuser)
    return Login(like.host, like.port, user, "known", like.database)
