"""Telling an office something, by whatever the house above has for it.

Notices are scheduling's; this house tells of its own by the one that registered here.
"""

from __future__ import annotations

from typing import Protocol

from tenancy.actor import Actor


class Teller(Protocol):
    def __call__(
        self, actor: Actor, kind: str, number: int | None, *, person: int | None, **about: str | int
    ) -> None: ...


_tellers: list[Teller] = []


def teller(told: Teller) -> Teller:
    """Register who tells. An app's `tasks` does so, once."""
    _tellers.append(told)
    return told


def tell(
    actor: Actor,
    kind: str,
    number: int | None,
    *,
    person: int | None = None,
    **about: str | int,
) -> None:
    """Tell the actor's own office, or one person there, within the transaction of what it is about."""
    for told in _tellers:
        told(actor, kind, number, person=person, **about)
