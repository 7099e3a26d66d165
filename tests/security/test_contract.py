"""What the OpenAPI document promises is kept, whatever is sent and whoever sends it.

Schemathesis draws calls from the document, those that fit it and those that do not. Each is made
by somebody who may, by every role there is and by a stranger (of many draws, and of what does not
fit: by the roles in turn); every check that Schemathesis has looks at every answer. What is drawn
with a number of a row gets one that is there, so that the calls come past the look-up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from httpapi.declarations import Everybody, Verb
from httpapi.schema import document
from tenancy.actor import Actor
from tenancy.domain.roles import SEATS as SEATS_OF
from tenancy.domain.roles import Role
from tests.architecture.test_endpoints import VERBS, routes
from tests.security.addresses import NUMBERS, rows_by_table
from tests.security.calls import relation_of
from tests.security.ground import Ground

STRANGER = "stranger"
# Every role there is: of the city whose round is in force, of its first county, and of the platform.
OFFICES = {"city": "zhoushan", "county": "dinghai", "platform": "platform"}
SEATS = tuple(
    dict.fromkeys(
        f"{office}/{role}"
        for role in Role
        for kind, office in OFFICES.items()
        if role in SEATS_OF[kind]
    )
)
# The document says which shapes there are, the services what holds: an end before its start, a
# place of another list. A refusal in words, 400, 409 or 422, is how such a call should end.
UNCHECKED = [positive_data_acceptance]

OPERATIONS = {
    said["operationId"]: (address, method)
    for address, methods in document()["paths"].items()
    for method, said in methods.items()
}
DECLARED: dict[str, Verb] = {
    verb.operation: verb
    for _, callback in routes()
    for method in VERBS
    if (verb := getattr(getattr(callback.cls, method, None), "declared", None))
}
DRAWS = int(os.environ.get("DRAWS", "50"))
EXAMPLES = [pytest.param(1, id="few"), pytest.param(DRAWS, id="many", marks=pytest.mark.nightly)]


class Contract:
    """The schema, the product behind WSGI, and everybody's tokens."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.schema = schemathesis.openapi.from_dict(document())
        self.schema.app = get_wsgi_application()
        with ground.django_as("superuser"):
            self.rows = rows_by_table()
        self.seats = [seat for seat in SEATS if seat in ground.secrets]
        self.turn = 0

    def everybody(self) -> list[str]:
        """Each role once, and a stranger. Who may do nothing has no token to ask with."""
        by_role = {seat.partition("/")[2]: seat for seat in self.seats}
        return [*by_role.values(), STRANGER]

    def callers(self, operation: str) -> list[str]:
        """One who may, the next of the others, and a stranger."""
        needed = DECLARED[operation].needed
        either = needed if isinstance(needed, tuple) else (needed,)
        may = [
            seat
            for seat in self.seats
            if isinstance(needed, Everybody) or set(either) & self.ground.actors[seat].permissions
        ]
        self.turn += 1
        return [may[self.turn % len(may)], self.seats[self.turn % len(self.seats)], STRANGER]

    def own_number(self, area: str, actor: Actor) -> int | None:
        rows = self.rows[NUMBERS[area]] if area in NUMBERS else []
        own = (row.number for row in rows if relation_of(actor, row) in ("own", "received"))
        return next(own, None)

    def tried(self, case: Any, who: str) -> None:
        excluded: list[Any] = list(UNCHECKED)
        headers = {}
        if who == STRANGER:
            # There is no credential to leave out or to spoil.
            excluded.append(ignored_auth)
        else:
            headers["Authorization"] = f"Bearer {self.ground.secrets[who]}"
        with undone():
            answer = case.call(headers=headers)
            case.validate_response(answer, headers=headers, excluded_checks=excluded)


@contextmanager
def undone() -> Iterator[None]:
    """One transaction around a call, as Django's own test case has it: all of it is undone."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def contract(ground: Ground) -> Iterator[Contract]:
    """Requests do not close the connection: they all happen within the test's transaction."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield Contract(ground)
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("examples", EXAMPLES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_call_that_fits_the_document_is_answered_as_it_says(
    contract: Contract, operation: str, examples: int
) -> None:
    def made(case: Any) -> None:
        callers = contract.callers(operation)
        # Few examples by everybody, many by those whose turn it is.
        for who in callers if examples > 1 else dict.fromkeys([callers[0], *contract.everybody()]):
            if "number" in case.path_parameters and who != STRANGER:
                area = case.path.removeprefix("/api/v1/").partition("/")[0]
                number = contract.own_number(area, contract.ground.actors[who])
                case.path_parameters["number"] = number or case.path_parameters["number"]
            contract.tried(case, who)

    drawn(contract, operation, GenerationMode.POSITIVE, examples)(made)


@pytest.mark.parametrize("examples", EXAMPLES)
@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one != "read_openapi"])
def test_a_call_that_does_not_fit_the_document_is_refused_as_it_says(
    contract: Contract, operation: str, examples: int
) -> None:
    """All but the document itself, which takes nothing that could be wrong."""

    def made(case: Any) -> None:
        for who in contract.callers(operation):
            contract.tried(case, who)

    drawn(contract, operation, GenerationMode.NEGATIVE, examples)(made)


def drawn(contract: Contract, operation: str, mode: GenerationMode, examples: int) -> Any:
    address, method = OPERATIONS[operation]
    strategy = contract.schema[address][method.upper()].as_strategy(generation_mode=mode)

    def run(made: Any) -> None:
        wrapped = given(strategy)(made)
        settings(
            max_examples=examples,
            database=None,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate, Phase.shrink] if examples > 10 else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(wrapped)()

    return run
