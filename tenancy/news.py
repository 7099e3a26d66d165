"""Whether there is something for somebody in the portal, by whatever the house above knows of it."""

from __future__ import annotations

from typing import Protocol

from tenancy.actor import Actor


class News(Protocol):
    def __call__(self, actor: Actor, since: int) -> bool: ...


_news: list[News] = []


def news(asked: News) -> News:
    """Register who answers: whether the actor has not seen a notice of that number or a later one.
    An app's `tasks` does so, once. Asked by the worker, inside that person's fence."""
    _news.append(asked)
    return asked


def has_news(actor: Actor, since: int) -> bool:
    return any(asked(actor, since) for asked in _news)
