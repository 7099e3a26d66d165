"""The one place that asks what time it is, so that tests can say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

# China keeps one civil time in all provinces and no daylight saving.
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")

_frozen_at: ContextVar[datetime | None] = ContextVar("frozen_at", default=None)


def now() -> datetime:
    """The present instant, in UTC."""
    return _frozen_at.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in China."""
    return now().astimezone(CHINA).date()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock still within the block. `at` must be aware."""
    if at.tzinfo is None:
        raise ValueError("A frozen clock needs an aware datetime.")
    token = _frozen_at.set(at)
    try:
        yield
    finally:
        _frozen_at.reset(token)
