"""What a seed is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """In `file`, `old` (which stands there once) becomes `new`."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Seed:
    name: str
    layer: str
    fault: str
    caught_by: str
    changes: tuple[Change, ...]


def seed(name: str, layer: str, fault: str, caught_by: str, *changes: tuple[str, str, str]) -> Seed:
    return Seed(name, layer, fault, caught_by, tuple(Change(*one) for one in changes))
