"""What can happen that a program may be told by a webhook. The houses above say what there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kernel.text import Text
from tenancy.domain.roles import Permission

_events: dict[str, Event] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """`permission`: whoever holds it may know of it. `address`: where a program asks for more,
    below this site, with `{number}` for the receiving office's own number."""

    code: str
    title: Text
    permission: Permission
    address: str

    def url(self, number: int | None) -> str | None:
        return None if number is None else self.address.format(number=number)


def announce(event: Event) -> None:
    """An app's `tasks` says so once, when the process starts."""
    if event.code in _events:
        raise ValueError(f"Two events are called {event.code}.")
    _events[event.code] = event


def events() -> Mapping[str, Event]:
    return MappingProxyType(_events)
