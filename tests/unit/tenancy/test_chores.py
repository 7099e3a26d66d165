"""What the relay does every few minutes: one chore that fails holds up nothing else."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from tenancy import relay


def faulty() -> None:
    raise PermissionError("a file that stays")


def away() -> None:
    raise OperationalError


def test_a_chore_that_fails_says_so_and_the_next_is_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def next_one() -> None:
        done.append("done")

    monkeypatch.setattr(relay, "_chores", [faulty, next_one])

    relay.do_chores()

    assert done == ["done"]
    assert "The chore faulty failed" in caplog.text


def test_that_the_database_is_away_is_for_whoever_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "_chores", [away])

    with pytest.raises(OperationalError):
        relay.do_chores()
