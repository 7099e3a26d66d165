"""One's own password: changed, aged, not taken again; and a forgotten one, replaced by a link."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.db.utils import IntegrityError, ProgrammingError
from django.test import Client

from kernel.errors import DomainError, NotAllowed
from tenancy.actor import Actor
from tenancy.context import as_user
from tenancy.digests import secret_digest
from tenancy.errors import (
    NotToReset,
    OwnReset,
    PasswordTooWeak,
    PasswordUsedBefore,
    ResetOfAdministrator,
    ResetOver,
    UnknownUser,
)
from tenancy.models import OldPassword, PasswordReset, User
from tenancy.services import passwords
from tests.integration.tenancy.administrators import (
    AUDIT,
    SECURITY,
    SYSTEM,
    administrator,
    seat_by_django,
)
from tests.people import PASSWORD, acting

As = Callable[[str], AbstractContextManager[None]]
NEW = "a boat leaves at dawn {}"
LIN, PAGE, PROTECTED = 9003, "/password/", "/roster/"


@pytest.fixture
def security(django_as: As) -> Actor:
    with django_as("owner"):
        seat_by_django()
    return administrator(SECURITY)


def enter(username: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": username, "password": password})
    return client


def is_in(client: Client, page: str = PAGE) -> bool:
    return client.get(page).status_code == 200


def change(client: Client, now: str, new: str, again: str | None = None) -> str:
    answer = client.post(
        PAGE,
        {
            "password_now": now,
            "password": new,
            "password_again": new if again is None else again,
        },
    )
    return "" if answer.status_code == 302 else answer.content.decode()


def acts(django_as: As) -> list[tuple[str, int]]:
    with django_as("superuser"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, object_id FROM tenancy_auditentry WHERE action LIKE 'tenancy.password%'"
            " ORDER BY id"
        )
        return list(cursor.fetchall())


# --- Changing ------------------------------------------------------------------------------------


def test_a_password_is_changed_under_the_old_one_and_it_is_recorded(
    committed_db: None, django_as: As
) -> None:
    lin = enter("lin")

    assert change(lin, PASSWORD, NEW) == ""

    assert is_in(lin), "where it was done, one stays signed in"
    assert is_in(enter("lin", NEW))
    assert not is_in(enter("lin", PASSWORD))
    assert acts(django_as) == [("tenancy.password.changed", LIN)]


def test_the_person_s_other_sign_ins_are_over(committed_db: None) -> None:
    lin, taken = enter("lin"), Client()
    # A session that was stolen while it was this one.
    taken.cookies["session"] = lin.cookies["session"].value
    assert is_in(taken)

    assert change(lin, PASSWORD, NEW) == ""

    assert is_in(lin)
    assert not is_in(taken)


@pytest.mark.parametrize(
    ("now", "new", "again", "said"),
    [
        ("not it", NEW, None, "当前密码不正确"),
        (PASSWORD, "short", None, "密码强度不够"),
        (PASSWORD, "password123456", None, "密码强度不够"),
        (PASSWORD, "linzhiyuan-26", None, "密码强度不够"),
        (PASSWORD, "dinghai2026!", None, "密码强度不够"),
        (PASSWORD, PASSWORD, None, "最近用过的 5 个密码之一"),
        (PASSWORD, NEW, "another", "两次输入的密码不一致"),
    ],
)
def test_what_does_not_hold_is_said_at_its_field(
    committed_db: None, now: str, new: str, again: str | None, said: str
) -> None:
    lin = enter("lin")

    assert said in change(lin, now, new, again)
    assert is_in(enter("lin", PASSWORD)), "nothing was changed"


def test_guesses_at_the_password_now_are_counted_and_held(committed_db: None) -> None:
    lin = enter("lin")

    pages = [change(lin, f"guess {number}", NEW) for number in range(6)]

    assert "当前密码不正确" in pages[0]
    assert "已暂停登录" in pages[5]
    assert "已暂停登录" in change(lin, PASSWORD, NEW)


def test_the_last_five_do_not_come_again_and_the_sixth_does(committed_db: None) -> None:
    lin, before = enter("lin"), PASSWORD
    for number in range(4):
        assert change(lin, before, NEW.format(number)) == ""
        before = NEW.format(number)

    assert "最近用过的 5 个密码之一" in change(lin, before, PASSWORD)
    assert change(lin, before, NEW.format("last")) == ""
    assert change(lin, NEW.format("last"), PASSWORD) == ""


# --- Age, and what is asked for ------------------------------------------------------------------


def grow_old(django_as: As, days: int) -> None:
    with django_as("owner"):
        User.objects.filter(pk=LIN).update(
            password_set_at=F("password_set_at") - timedelta(days=days)
        )


def test_a_password_that_is_due_is_changed_before_anything_else(
    committed_db: None, django_as: As
) -> None:
    lin = enter("lin")
    grow_old(django_as, 179)
    assert is_in(lin, PROTECTED)
    grow_old(django_as, 1)

    for page in ("/", PROTECTED, "/sign-ins/", "/office/"):
        assert lin.get(page)["Location"] == PAGE
    assert lin.get(PROTECTED, headers={"HX-Request": "true"})["HX-Redirect"] == PAGE
    refused = lin.get("/api/v1/people")
    assert (refused.status_code, refused.json()["code"]) == (403, "tenancy.password.must_change")
    assert "请先更换密码" in lin.get(PAGE).content.decode()
    assert lin.post("/sign-out/").status_code == 302

    lin = enter("lin")
    assert change(lin, PASSWORD, NEW) == ""
    assert is_in(lin, PROTECTED)


def test_an_installation_may_do_without_an_age(
    committed_db: None, django_as: As, settings: object
) -> None:
    settings.PASSWORD_DAYS = 0  # type: ignore[attr-defined]
    grow_old(django_as, 9999)

    assert is_in(enter("lin"), PROTECTED)


# --- Resets --------------------------------------------------------------------------------------


def made(security: Actor, username: str = "lin") -> str:
    with acting(security):
        return passwords.make_reset(actor=security, username=username).secret


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(
    security: Actor, django_as: As
) -> None:
    open_before = enter("lin")
    secret = made(security)

    page = Client().post(f"/password-reset/{secret}/", {"password": NEW, "password_again": NEW})

    assert page["Location"] == "/sign-in/"
    assert not is_in(open_before)
    assert not is_in(enter("lin", PASSWORD))
    assert is_in(enter("lin", NEW), PROTECTED), "chosen by its person: not asked to change again"
    assert Client().get(f"/password-reset/{secret}/").status_code == 404
    assert acts(django_as) == [
        ("tenancy.password_reset.made", LIN),
        ("tenancy.password.reset", LIN),
    ]


def test_a_link_takes_no_weak_password_and_none_of_the_last_five(security: Actor) -> None:
    secret = made(security)

    with pytest.raises(PasswordTooWeak):
        passwords.use_reset(secret=secret, password="dinghai2026")
    with pytest.raises(PasswordUsedBefore):
        passwords.use_reset(secret=secret, password=PASSWORD)
    assert passwords.use_reset(secret=secret, password=NEW).pk == LIN


def test_who_did_not_ask_for_a_reset_is_told_at_once_and_ends_the_link(security: Actor) -> None:
    lin = enter("lin")
    secret = made(security)

    assert lin.get(PROTECTED)["Location"] == PAGE
    page = lin.get(PAGE).content.decode()
    assert "管理员9112" in page
    assert "不是您本人" in page
    assert change(lin, PASSWORD, NEW) == ""
    assert Client().get(f"/password-reset/{secret}/").status_code == 404


def test_a_newer_link_ends_the_one_before_and_none_lasts(security: Actor, django_as: As) -> None:
    first, second = made(security), made(security)

    with pytest.raises(ResetOver):
        passwords.account_to_reset(first)
    assert passwords.account_to_reset(second).pk == LIN
    with django_as("owner"):
        PasswordReset.objects.update(expires_at=F("expires_at") - timedelta(hours=24))
    with pytest.raises(ResetOver):
        passwords.account_to_reset(second)


@pytest.mark.parametrize(
    ("username", "refusal"),
    [
        ("nobody", UnknownUser),
        (f"a{SECURITY}", OwnReset),
        (f"a{AUDIT}", ResetOfAdministrator),
        ("wu", NotToReset),
    ],
)
def test_whose_password_is_not_reset(
    security: Actor, django_as: As, username: str, refusal: type[DomainError]
) -> None:
    with django_as("owner"):
        User.objects.filter(username="wu").update(is_active=False)

    with pytest.raises(refusal):
        made(security, username)


def test_nobody_but_the_security_administrator_makes_a_link(security: Actor, lin: Actor) -> None:
    for actor in (lin, administrator(SYSTEM), administrator(AUDIT)):
        with acting(actor), pytest.raises(NotAllowed):
            passwords.make_reset(actor=actor, username="wu")


def test_an_administrator_s_is_replaced_from_the_server(
    security: Actor, django_as: As, capsys: pytest.CaptureFixture[str]
) -> None:
    with django_as("owner"):
        User.objects.filter(pk=AUDIT).update(password="pbkdf2_sha256$1$a$b")
        call_command("make_password_reset", f"a{AUDIT}")

    secret = capsys.readouterr().out.split("/")[2]
    assert passwords.use_reset(secret=secret, password=NEW).pk == AUDIT


# --- What the database holds, whatever the services do ---------------------------------------------


def run(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def test_the_web_s_role_reaches_no_earlier_password_and_no_link(db: None) -> None:
    for model in (OldPassword, PasswordReset):
        with pytest.raises(ProgrammingError, match="permission denied"), as_user(LIN):
            model.objects.count()


def test_earlier_hashes_are_shown_to_their_person_alone(committed_db: None) -> None:
    change(enter("lin"), PASSWORD, NEW)

    with as_user(LIN):
        assert run("SELECT count(*) FROM sec.own_old_passwords()") == (1,)
    with as_user(LIN + 1):
        assert run("SELECT count(*) FROM sec.own_old_passwords()") == (0,)
    assert run("SELECT count(*) FROM sec.own_old_passwords()") == (0,)


def test_a_statement_changes_the_password_of_whoever_acts_and_against_its_hash(db: None) -> None:
    change_to = "SELECT sec.change_password(%s, 'argon2$x', NULL)"
    hash_of_lin = User.objects.get(pk=LIN).password

    with as_user(LIN + 1):
        assert run(change_to, hash_of_lin) == (False,)
    with as_user(LIN):
        assert run(change_to, "something else") == (False,)
    assert User.objects.get(pk=LIN).password == hash_of_lin
    with as_user(LIN):
        assert run(change_to, hash_of_lin) == (True,)
    assert User.objects.get(pk=LIN).password == "argon2$x"


MAKE = "SELECT sec.make_password_reset(%s, '\\x00', 24)"


def test_a_statement_makes_no_link_without_the_seat(security: Actor, lin: Actor) -> None:
    for actor in (lin, administrator(SYSTEM)):
        with acting(actor), pytest.raises(ProgrammingError, match="holds no seat"):
            run(MAKE, LIN)
    with acting(security):
        assert run(MAKE, LIN) is not None


@pytest.mark.parametrize("number", [SECURITY, AUDIT])
def test_a_statement_makes_no_link_for_oneself_or_another_administrator(
    security: Actor, number: int
) -> None:
    with acting(security), pytest.raises(IntegrityError):
        run(MAKE, number)


def test_a_statement_sets_no_empty_password_by_a_link(security: Actor) -> None:
    secret = made(security)

    for hash_ in ("", "!never"):
        with pytest.raises(IntegrityError):
            run("SELECT sec.use_password_reset(%s, %s)", secret_digest(secret), hash_)
    assert passwords.account_to_reset(secret).pk == LIN
