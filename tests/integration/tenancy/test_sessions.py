"""One session of each person, its end, and who may see and end it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from typing import Any

import psycopg2
import pytest
from django.db import connection
from django.test import Client
from psycopg2 import sql

from tenancy.actor import Actor
from tenancy.services.sessions import forget_sign_ins
from tests.import_desk import RoleSwitch
from tests.integration.tenancy.raw import Raw
from tests.people import PASSWORD

SIGN_IN, SIGN_INS = "/sign-in/", "/sign-ins/"


def enter(username: str, browser: str = "Firefox Linux") -> Client:
    client = Client(headers={"User-Agent": browser})
    answer = client.post(SIGN_IN, {"username": username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(SIGN_INS).status_code == 200


def set_back(raw: Any, column: str, minutes: int) -> None:
    with raw.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "UPDATE tenancy_signinsession SET {column} = {column} - make_interval(mins => %s)"
            ).format(column=sql.Identifier(column)),
            [minutes],
        )
    raw.commit()


def seat_security(raw: Any) -> None:
    """Zhao becomes the installation's security administrator, in an office of its own."""
    with raw.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenancy_office (id, code, name, short_name, kind, name_key)"
            " VALUES (9090, 'platform', '平台', '平台', 'platform', 'ping tai')"
        )
        cursor.execute("UPDATE tenancy_membership SET until_on = '2021-01-01' WHERE user_id = 9002")
        cursor.execute(
            "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
            " VALUES (9090, 9002, 'security_administrator', '2021-01-01')"
        )
    raw.commit()


def test_a_new_sign_in_ends_the_old_one_which_is_told_why(committed_db: None) -> None:
    first = enter("lin")
    second = enter("lin")

    answer = first.get(SIGN_INS)

    assert answer["Location"].endswith("&because=replaced")
    assert "同一账号在别处登录" in first.get(answer["Location"]).content.decode()
    assert is_in(second)


def test_a_colleagues_sign_in_ends_nothing(committed_db: None) -> None:
    lin = enter("lin")
    enter("wu")

    assert is_in(lin)


def test_words_in_the_address_are_ours_alone(committed_db: None) -> None:
    assert "notice-warning" not in Client().get(f"{SIGN_IN}?because=<b>").content.decode()


@pytest.mark.parametrize(
    ("column", "minutes", "ending"),
    [("seen_at", 16, "idle"), ("opened_at", 8 * 60 + 1, "too_long")],
)
def test_a_session_has_an_end(
    committed_db: None, superuser_connection: Any, column: str, minutes: int, ending: str
) -> None:
    lin = enter("lin")
    set_back(superuser_connection, column, minutes - 2)
    assert is_in(lin)

    set_back(superuser_connection, column, minutes)

    assert lin.get(SIGN_INS)["Location"].endswith(f"because={ending}")
    assert not is_in(lin)


def test_a_page_that_looks_again_by_itself_does_not_keep_a_session_open(
    committed_db: None, superuser_connection: Any
) -> None:
    lin = enter("lin")
    set_back(superuser_connection, "seen_at", 10)
    assert lin.get(SIGN_INS, headers={"X-Looks-Again": "true"}).status_code == 200
    set_back(superuser_connection, "seen_at", 6)

    assert not is_in(lin)


def test_use_keeps_a_session_open(committed_db: None, superuser_connection: Any) -> None:
    lin = enter("lin")
    for _ in range(3):
        set_back(superuser_connection, "seen_at", 10)
        assert is_in(lin)


def test_signing_out_ends_it_and_clears_the_browser(committed_db: None) -> None:
    lin = enter("lin")
    kept = SimpleCookie(lin.cookies)

    answer = lin.post("/sign-out/")
    lin.cookies = kept

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(lin)


def test_two_sign_ins_at_once_leave_one_session(
    committed_db: None, superuser_connection: Any
) -> None:
    def once(_: int) -> Client:
        try:
            return enter("lin")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        clients = list(pool.map(once, range(6)))

    open_ones = Raw(superuser_connection).rows(
        "SELECT count(*) FROM tenancy_signinsession WHERE ended_at IS NULL AND user_id = 9003"
    )
    assert open_ones == [(1,)]
    assert sum(is_in(client) for client in clients) == 1


def test_one_sees_ones_own_and_where_they_came_from(committed_db: None) -> None:
    enter("wu", "Chrome Windows")
    lin = enter("lin", "Edg Windows")

    shown = lin.get(SIGN_INS).content.decode()

    assert "Edge · Windows" in shown
    assert "127.0.0.0/24" in shown
    assert "Chrome" not in shown


def test_nobody_ends_a_colleagues_and_the_security_administrator_does(
    committed_db: None, superuser_connection: Any
) -> None:
    seat_security(superuser_connection)
    lin, wu, zhao = enter("lin"), enter("wu"), enter("zhao")
    [(number,)] = Raw(superuser_connection).rows(
        "SELECT id FROM tenancy_signinsession WHERE user_id = 9003"
    )
    end = f"{SIGN_INS}{number}/end/"

    assert wu.post(end).status_code == 404
    assert is_in(lin)
    assert "林知远" in zhao.get(f"{SIGN_INS}everybody/").content.decode()
    assert zhao.post(end).status_code == 302
    assert lin.get(SIGN_INS)["Location"].endswith("because=ended_by_administrator")
    assert Raw(superuser_connection).rows(
        "SELECT object_id FROM tenancy_auditentry WHERE action = 'tenancy.session.ended'"
    ) == [(9003,)]


def test_by_sql_nobody_reads_the_table_or_a_colleagues_sessions(
    committed_db: None, app_connection: Any, lin: Actor
) -> None:
    enter("wu")
    raw = Raw(app_connection)

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        raw.rows("SELECT * FROM tenancy_signinsession")
    app_connection.rollback()

    assert raw.rows("SELECT * FROM sec.sessions_shown(true)") == []
    assert raw.rows("SELECT * FROM sec.sessions_shown(false)") == []
    assert (
        raw.rows("SELECT sec.end_session(id) FROM generate_series(1, 50) AS id") == [(None,)] * 50
    )


def test_the_table_keeps_no_key_that_opens_anything(
    committed_db: None, superuser_connection: Any
) -> None:
    lin = enter("lin")
    word = lin.session["session"]

    [(digest,)] = Raw(superuser_connection).rows("SELECT digest FROM tenancy_signinsession")

    assert word.encode() not in bytes(digest)
    assert len(bytes(digest)) == 32


def test_old_sign_ins_are_forgotten_and_none_of_the_last_half_year(
    committed_db: None, superuser_connection: Any, django_as: RoleSwitch
) -> None:
    day_min = 24 * 60
    for username, days in (("lin", 400), ("wu", 183), ("zhao", 0)):
        enter(username)
        with superuser_connection.cursor() as cursor:
            cursor.execute(
                "UPDATE tenancy_signinsession SET seen_at = seen_at - make_interval(mins => %s)"
                " WHERE user_id = (SELECT id FROM tenancy_user WHERE username = %s)",
                [days * day_min, username],
            )
        superuser_connection.commit()

    with django_as("worker"):
        assert forget_sign_ins() == 1
        assert forget_sign_ins(older_than_days=0) == 0

    left = "SELECT user_id FROM tenancy_signinsession ORDER BY 1"
    assert Raw(superuser_connection).rows(left) == [(9002,), (9004,)]


def test_the_web_forgets_no_sign_in(app_connection: Any) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        Raw(app_connection).rows("SELECT sec.forget_sign_ins(400)")
