"""Each call by those who work with rounds, and with a token: never more than its permissions.

Every seat × every operation, on real rows: tests/integration/security/test_every_address.py.
"""

from __future__ import annotations

import re

import pytest

from httpapi.declarations import Everybody, Needed
from tenancy.actor import Actor
from tenancy.domain.roles import Permission, Role, permissions_of
from tests.api.calling import Answer, Program, program_of, program_with, token_of
from tests.architecture.test_endpoints import VERBS, routes

CALLS = {
    verb.operation: (method, "/" + re.sub(r"<\w+:\w+>", "0", address), verb.needed)
    for address, callback in routes()
    for method in VERBS
    if (verb := getattr(getattr(callback.cls, method, None), "declared", None))
}

# What carries a list away asks, beside the permission of its kind, for that to see the list.
CARRIES_AWAY = {"download_roster", "download_units"}

EVERYBODY = ("chen", "zhao", "song", "lin", "wu")
SETTLED = (
    Role.SCHEDULER,
    Role.CITY_DIRECTOR,
    Role.RECUSAL_OFFICER,
    Role.COUNTY_DIRECTOR,
    Role.COUNTY_CLERK,
)


@pytest.fixture
def persons(chen: Actor, zhao: Actor, song: Actor, lin: Actor, wu: Actor) -> dict[str, Actor]:
    return {"chen": chen, "zhao": zhao, "song": song, "lin": lin, "wu": wu}


def either(needed: Needed) -> set[Permission]:
    if isinstance(needed, Everybody):
        return set()
    return set(needed) if isinstance(needed, tuple) else {needed}


def call(program: Program, method: str, address: str) -> Answer:
    return program.get(address) if method == "get" else program.act(address, {}, method=method)


def is_let_in(answer: Answer) -> bool:
    """Past the door: what is then missing or wrong is another matter."""
    if answer.status == 403:
        assert answer.code == "kernel.act.not_allowed"
        return False
    assert answer.status in (200, 201, 202, 400, 404, 409, 415, 422), answer
    return True


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_call_is_open_to_the_roles_that_hold_its_permission(
    db: None, persons: dict[str, Actor], who: str
) -> None:
    must_be_open_by_permission(persons[who])


@pytest.mark.parametrize("permission", sorted(permissions_of(SETTLED)))
def test_a_token_with_one_permission_opens_what_that_one_opens(
    db: None, persons: dict[str, Actor], permission: Permission
) -> None:
    """Whosever it is: a token carries its permission and nothing of its owner's seats."""
    holder = next(actor for actor in persons.values() if actor.may(permission))

    must_be_open_by_token(holder, permission)


def test_the_discipline_body_s_calls_are_open_to_it(qiu: Actor) -> None:
    must_be_open_by_permission(qiu)
    must_be_open_by_token(qiu, Permission.DECLARE_UNAVAILABLE)


def must_be_open_by_permission(actor: Actor) -> None:
    program = program_of(actor)

    let_in = {
        name for name, (method, at, _) in CALLS.items() if is_let_in(call(program, method, at))
    }

    assert let_in == {
        name
        for name, (*_, needed) in CALLS.items()
        if isinstance(needed, Everybody) or either(needed) & actor.permissions
    }


def must_be_open_by_token(actor: Actor, permission: Permission) -> None:
    program = program_with(token_of(actor, permission))
    for name, (method, address, needed) in CALLS.items():
        is_open = isinstance(needed, Everybody) or permission in either(needed)
        is_open = is_open and name not in CARRIES_AWAY
        assert is_let_in(call(program, method, address)) is is_open, (name, permission)


def test_a_token_carries_the_roster_away_with_both_permissions(db: None, wu: Actor) -> None:
    both = program_with(token_of(wu, Permission.EXPORT_ROSTER, Permission.VIEW_ROSTER))
    assert is_let_in(both.get("/people/workbook"))
    assert not is_let_in(both.get("/units/workbook"))


@pytest.mark.parametrize(("method", "address", "needed"), CALLS.values(), ids=CALLS)
def test_a_stranger_is_let_in_nowhere(db: None, method: str, address: str, needed: Needed) -> None:
    answer = call(Program(), method, address)

    assert answer.status == (200 if needed is Everybody.STRANGERS else 401)
