"""A fault's line tells where, and nothing of what was handled there."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from config.logs import Discreet

CANARY = "canary-5f1e0c9a"
ID_NUMBER = "330902199003074217"
PHONE = "13857201234"


@pytest.fixture
def written() -> Iterator[Callable[[], str]]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Discreet("%(levelname)s %(message)s"))
    logger = logging.getLogger("probe.discreet")
    logger.addHandler(handler)
    logger.propagate = False
    yield out.getvalue
    logger.removeHandler(handler)


def fail(words: str) -> None:
    try:
        raise KeyError(words)
    except KeyError as error:
        raise ValueError(f"cannot use {words}") from error


def test_an_exception_is_told_by_kind_and_place(written: Callable[[], str]) -> None:
    try:
        fail(CANARY)
    except ValueError as error:
        # As Celery does: the message itself quotes the exception.
        logging.getLogger("probe.discreet").exception("Job 7 failed: %r / %s", error, error)

    said = written()
    assert CANARY not in said
    assert "ERROR Job 7 failed: ValueError / ValueError" in said
    assert said.index("builtins.KeyError, from:") < said.index("builtins.ValueError, from:")
    assert "in fail" in said


@pytest.mark.parametrize("value", [ID_NUMBER, "11010519491231002X", "110105491231002", PHONE])
def test_what_looks_like_a_persons_number_is_removed(
    written: Callable[[], str], value: str
) -> None:
    logging.getLogger("probe.discreet").warning("GET /roster/?q=%s HTTP", value)

    assert value not in written()
    assert "q=[removed] HTTP" in written()


@pytest.mark.parametrize("value", ["1764073980123456", "20261125", "9002", "1385720123"])
def test_other_numbers_stay(written: Callable[[], str], value: str) -> None:
    logging.getLogger("probe.discreet").warning("took %s", value)

    assert value in written()


def test_every_line_of_ours_is_written_so_and_nothing_is_mailed() -> None:
    ours: dict[str, Any] = settings.LOGGING
    assert ours["formatters"]["line"]["()"] == "config.logs.Discreet"
    assert {one["formatter"] for one in ours["handlers"].values()} == {"line"}
    assert settings.ADMINS == []
    assert not any("mail" in one["class"].lower() for one in ours["handlers"].values())
    assert logging.getLogger("django").handlers == []
