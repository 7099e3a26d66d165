"""Files and forms that no page of ours sends: refused in words, and never a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernel.errors import DomainError
from scheduling.services import exchange
from tests.import_desk import SignedIn
from tests.integration.scheduling.world import World, acting

DEEP = 100_000
ODD_FILES = {
    "a null character for the question": b'{"problem_sha256": "\\u0000"}',
    "half a character for the question": b'{"problem_sha256": "\\ud800"}',
    "a very long question": json.dumps({"problem_sha256": "0" * 1_000_000}).encode(),
    "the question twice": b'{"problem_sha256": "0", "problem_sha256": "1"}',
    "half a character as a key": b'{"\\ud800": 1}',
    "half a character as a team": b'{"format": "round-plan/1", "teams": [{"id": "\\ud83d"}]}',
    "deep lists": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"teams":' * DEEP + b"1" + b"}" * DEEP,
    "a number too long": b'{"seconds": ' + b"9" * 50_000 + b"}",
    "no number at all": b'{"seconds": NaN, "problem_sha256": Infinity}',
    "a mark before it": b'\xef\xbb\xbf{"format": "round-plan/1"}',
    "many faults": json.dumps({f"k{n}": n for n in range(50_000)}).encode(),
}


@pytest.fixture
def frozen_round(world: World) -> int:
    round_ = world.released_round(people=2)
    with acting(world.chen):
        job = exchange.request_freeze(actor=world.chen, number=round_.pk)
    assert world.work(job) == "done"
    return round_.pk


def test_no_odd_file_is_a_fault(
    world: World, frozen_round: int, signed_in: SignedIn, subtests_of: Callable[[str], None]
) -> None:
    client = signed_in(world.chen)
    for name, content in ODD_FILES.items():
        subtests_of(name)
        with acting(world.chen), pytest.raises(DomainError):
            exchange.import_plan(actor=world.chen, number=frozen_round, file=content)
        answer = client.post(
            f"/rounds/{frozen_round}/exchange/", {"file": SimpleUploadedFile("x", content)}
        )
        assert answer.status_code in (409, 422), name
        assert len(answer.content) < 100_000, (name, "a refusal is no copy of the file")


ODD_PINS = {
    "nothing": "",
    "no object": "[1]",
    "deep": "[" * DEEP + "]" * DEEP,
    "a null character": '{"inspector": "\\u0000"}',
    "half a character": '{"inspector": "\\ud800"}',
    "not a number": '{"inspector": NaN}',
    "a long number": '{"inspector": ' + "9" * 50_000 + "}",
}


def test_no_odd_pin_is_a_fault(
    world: World, frozen_round: int, signed_in: SignedIn, subtests_of: Callable[[str], None]
) -> None:
    client: Client = signed_in(world.chen)
    for name, content in ODD_PINS.items():
        subtests_of(name)
        answer = client.post(f"/rounds/{frozen_round}/pins/remove/", {"content": content})
        assert answer.status_code < 500, name


@pytest.fixture
def subtests_of() -> Callable[[str], None]:
    """Says which one was at work when one of many failed."""
    return lambda name: print(f"trying: {name}")
