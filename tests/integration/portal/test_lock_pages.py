"""The page on which the security administrator lifts holds and makes links; and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from tenancy.domain.roles import Role
from tenancy.services.offices import create_administrators
from tests.people import PASSWORD

As = Callable[[str], AbstractContextManager[None]]
PAGE = "/locks/"
NAMES = {
    Role.SYSTEM_ADMINISTRATOR: "fang",
    Role.SECURITY_ADMINISTRATOR: "yan",
    Role.AUDIT_ADMINISTRATOR: "meng",
}


@pytest.fixture
def platform(django_as: As) -> None:
    with django_as("owner"):
        create_administrators(
            {role: (name, "管理员") for role, name in NAMES.items()}, dict.fromkeys(NAMES, PASSWORD)
        )


def enter(username: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": username, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/sign-ins/").status_code == 200


def numbers(page: str) -> Iterator[str]:
    for part in page.split('action="/locks/')[1:]:
        yield part.partition("/")[0]


def test_a_hold_is_lifted_on_the_page_and_its_person_gets_in(platform: None) -> None:
    for _ in range(5):
        enter("lin", "wrong")
    assert not is_in(enter("lin"))
    yan = enter("yan")

    page = yan.get(PAGE).content.decode()
    [number] = numbers(page)
    assert "林知远" in page
    assert yan.post(f"{PAGE}{number}/lift/").status_code == 302

    assert is_in(enter("lin"))
    assert "没有暂停登录的账号" in yan.get(PAGE).content.decode()
    assert yan.post(f"{PAGE}{number}/lift/").status_code == 404


def test_a_link_is_shown_once_and_what_does_not_hold_is_said_at_the_field(platform: None) -> None:
    yan = enter("yan")

    made = yan.post(PAGE, {"username": "LIN"})
    refused = yan.post(PAGE, {"username": "meng"})

    assert made.status_code == 201
    assert "/password-reset/" in made.content.decode()
    assert "/password-reset/" not in yan.get(PAGE).content.decode()
    assert refused.status_code == 422
    assert "三员的密码不能在网页上重置" in refused.content.decode()


@pytest.mark.parametrize("username", ["lin", "fang", "meng"])
def test_it_opens_to_nobody_else(platform: None, username: str) -> None:
    client = enter(username)

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"username": "wu"}).status_code == 403
    assert client.post(f"{PAGE}1/lift/").status_code == 403
    assert 'href="/locks/"' not in client.get("/").content.decode()
