"""Every page and operation that shows somebody's facts leaves its line, and no other one does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from httpapi.rules import reads_of_operations
from portal.readings import reads_of_addresses
from portal.rules import RULES
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.reads import AGAIN, NO, Reading
from tenancy.models import AuditEntry
from tests.api.test_who_may import CALLS
from tests.integration.portal.test_the_door import _addresses
from tests.integration.security.ground import Ground
from tests.integration.security.test_every_address import (
    NOT_THERE,
    OUTER,
    browsers,
    call_path,
    ground,
    path_of,
)

__all__ = ["browsers", "ground"]

LOOKED = {
    reading.act
    for reading in (*reads_of_addresses().values(), *reads_of_operations().values())
    if reading.act
}
# Between them they open every page there is; the others' answers are test_every_address.py's.
WHO = (
    "scheduler",
    "city_director",
    "recusal_officer",
    "county_director",
    "county_clerk",
    "other_clerk",
    "city_discipline",
    "city_team_leader",
    "county_team_leader",
    "county_team_member",
    "county_unit_liaison",
    "county_county_leader",
    "platform_system_administrator",
    "platform_security_administrator",
    "platform_audit_administrator",
)
# There is nothing to hand out on this ground, or nobody to whom: the answer is a refusal for everybody.
NOT_ON_THE_GROUND = {
    "import-faulty-rows",
    "download_faulty_rows",
    "emergency-detail",
    "clue-informant",
    "my-room",
    "room-petitions",
    "list_petitions",
    "report-document",
    "download_feedback",
}
ASKED = {
    "ask_where_else": {"person": "dinghai-001"},
    "ask_who_could_visit": {"unit": "dinghai-u1"},
    "ask_who_else": {"team": "T01"},
    "ask_why": {"person": "dinghai-001"},
    "ask_why_not": {"person": "dinghai-001", "unit": "dinghai-u1"},
}


def lines_of(actor: Actor) -> list[AuditEntry]:
    with in_office(actor.tenant_id, actor.user_id):
        lines = AuditEntry.objects.filter(user_id=actor.person_id, action__in=LOOKED)
        return list(lines.order_by("pk"))


def seen_by(
    ground: Ground, browsers: Mapping[str, Client], path: str
) -> Iterator[tuple[int, list[AuditEntry]]]:
    """Who gets in, with the lines that it left. Nothing is kept."""
    for who in WHO:
        client, actor = browsers[who], ground.people[who]
        with transaction.atomic():
            answer = client.get(path, headers={"Accept-Language": "en"})
            left = lines_of(actor)
            transaction.set_rollback(True)
        yield answer.status_code, left


def as_decided(
    ground: Ground, browsers: Mapping[str, Client], path: str, reading: Reading
) -> list[str]:
    """What differs from the decision; whoever is refused leaves no line."""
    wrong, is_open = [], False
    for status, left in seen_by(ground, browsers, path):
        acts = [line.action for line in left]
        is_open |= status in (200, 204)
        wanted = [] if status != 200 or reading.reads == NO else [reading.act]
        if acts != wanted:
            wrong.append(f"{path} {status}: {acts}, wanted {wanted}")
    return wrong if is_open else [f"{path}: nobody gets in"]


def test_every_page_leaves_the_line_that_was_decided(
    ground: Ground, browsers: Mapping[str, Client]
) -> None:
    wrong: list[str] = []
    for name, pattern in _addresses():
        if name in OUTER | NOT_ON_THE_GROUND or RULES[name].get in ("", "page"):
            continue
        reading = reads_of_addresses()[name]
        path = path_of(pattern.replace("template/7", "template/roster"), ground.numbers)
        wrong += as_decided(ground, browsers, path, reading)

    assert not wrong, "\n".join(wrong)


def test_every_operation_leaves_the_line_that_was_decided(
    ground: Ground, browsers: Mapping[str, Client]
) -> None:
    wrong: list[str] = []
    for name, reading in reads_of_operations().items():
        method, address, _ = CALLS[name]
        if method != "get" or name in NOT_ON_THE_GROUND | set(ASKED) | {
            "price_edit",
            "search_rules",
        }:
            continue
        path = call_path(address, ground.numbers).replace(
            f"templates/{NOT_THERE}", "templates/roster"
        )
        wrong += as_decided(ground, browsers, path, reading)

    assert not wrong, "\n".join(wrong)


def test_a_line_says_whose_people_and_by_what_right(
    ground: Ground, browsers: Mapping[str, Client]
) -> None:
    path = f"/plans/{ground.numbers['plans']}/"
    with transaction.atomic():
        browsers["scheduler"].get(path)
        [line] = lines_of(ground.people["scheduler"])
        transaction.set_rollback(True)

    assert line.object_type == "scheduling.plan"
    assert line.object_id == ground.numbers["plans"]
    assert line.data["rule"] == "plan.read"
    assert line.data["role"] == "scheduler"
    assert line.data["round"] == ground.numbers["rounds"]
    dinghai = str(ground.people["county_clerk"].tenant_id)
    assert line.data["owners"][dinghai] > 0
    assert line.data["people"] == sum(line.data["owners"].values())


def test_what_looks_again_by_itself_is_one_opening(
    ground: Ground, browsers: Mapping[str, Client]
) -> None:
    path, who = f"/runs/{ground.numbers['runs']}/", "scheduler"
    assert reads_of_addresses()["run-detail"].reads == AGAIN
    with transaction.atomic():
        for _ in range(3):
            assert browsers[who].get(path).status_code == 200
        left = lines_of(ground.people[who])
        transaction.set_rollback(True)

    assert len(left) == 1


@pytest.mark.parametrize("path", ["/plans/{plans}/", "/api/v1/plans/{plans}"])
def test_no_line_no_page(
    ground: Ground, browsers: Mapping[str, Client], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    client = browsers["scheduler"]
    monkeypatch.setattr(client, "raise_request_exception", False)

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fails)
    answer = client.get(path.format(**ground.numbers))

    assert answer.status_code == 500
    assert "方案" not in answer.content.decode()
    assert "measures" not in answer.content.decode()


def test_a_refused_form_shows_the_page_and_leaves_its_line(
    ground: Ground, browsers: Mapping[str, Client]
) -> None:
    with transaction.atomic():
        answer = browsers["county_clerk"].post("/ties/", {})
        left = lines_of(ground.people["county_clerk"])
        transaction.set_rollback(True)

    assert answer.status_code == 422
    assert [line.action for line in left] == ["scheduling.declaration.listed"]
