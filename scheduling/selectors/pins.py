"""The pins of a round, in words and as a matrix of counties."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.text import Text
from scheduling.access.handling import may_in_round
from scheduling.access.pins import pins_visible_to
from scheduling.access.rounds import access_round
from scheduling.mapping.pins import Pinnable, gone, pin_words, pinnable
from scheduling.mapping.problems import rows_of
from scheduling.models.pins import RoundPin
from scheduling.models.rounds import InspectionRound
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class PinLine:
    """`content` is what `unpin` takes, as JSON. `is_gone`: it names what left the round."""

    content: str
    words: Text
    set_by: str
    set_at: datetime
    is_gone: bool


@dataclass(frozen=True, slots=True)
class ArcCell:
    """From one county to another: `must`, `never`, both at once, or neither."""

    host: str
    is_self: bool
    must: bool
    never: bool


@dataclass(frozen=True, slots=True)
class ArcRow:
    origin: str
    cells: Sequence[ArcCell]


@dataclass(frozen=True, slots=True)
class PinsPage:
    round: InspectionRound
    people: Sequence[PinLine]
    units: Sequence[PinLine]
    arcs: Sequence[PinLine]
    matrix: Sequence[ArcRow]
    counties: Sequence[str]
    known: Pinnable
    may_edit: bool


def pins_page(actor: Actor, number: int) -> PinsPage:
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    known = pinnable(rows_of(round_, with_facts=False))
    pins = list(pins_visible_to(actor).filter(round=round_).order_by("pk"))
    return PinsPage(
        round=round_,
        people=_lines(pins, known, "inspector"),
        units=_lines(pins, known, "unit"),
        arcs=_lines(pins, known, "from"),
        matrix=_matrix(pins, known.counties),
        counties=list(known.counties.values()),
        known=known,
        may_edit=may_in_round(actor, Permission.EDIT_ROUND, number),
    )


def _lines(pins: Sequence[RoundPin], known: Pinnable, key: str) -> list[PinLine]:
    return [
        PinLine(
            content=json.dumps(pin.content, ensure_ascii=False),
            words=pin_words(pin.content, known),
            set_by=pin.set_by,
            set_at=pin.set_at,
            is_gone=bool(gone([pin.content], known)),
        )
        for pin in pins
        if key in pin.content
    ]


@dataclass(frozen=True, slots=True)
class PinRow:
    pin: RoundPin
    words: Text
    is_gone: bool


def pins_part(actor: Actor, number: int, window: Window) -> Part[PinRow]:
    """The pins of a round, in the order in which they were set."""
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    part = part_of(pins_visible_to(actor).filter(round=round_), window, "pk")
    known = pinnable(rows_of(round_, with_facts=False))
    return part.showing(
        [
            PinRow(pin, pin_words(pin.content, known), bool(gone([pin.content], known)))
            for pin in part.lines
        ]
    )


def pin_row(pin: RoundPin) -> PinRow:
    """One pin, of a round that the caller was given access to."""
    known = pinnable(rows_of(pin.round, with_facts=False))
    return PinRow(pin, pin_words(pin.content, known), bool(gone([pin.content], known)))


def _matrix(pins: Sequence[RoundPin], counties: Mapping[str, str]) -> list[ArcRow]:
    arcs = {
        (pin.content["from"], pin.content["to"], bool(pin.content.get("forbid")))
        for pin in pins
        if "from" in pin.content
    }
    return [
        ArcRow(
            name,
            [
                ArcCell(
                    host_name,
                    origin == host,
                    (origin, host, False) in arcs,
                    (origin, host, True) in arcs,
                )
                for host, host_name in counties.items()
            ],
        )
        for origin, name in counties.items()
    ]
