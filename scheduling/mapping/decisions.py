"""What people have declared and decided about a round, as parts of the engine's question.

A declaration or a booking about somebody who is not released to the round binds nobody and is
left out. A pin that names what is no longer there is no question at all: `gaps_of` says so.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduling.models.declarations import Declaration
from scheduling.models.pins import RoundPin
from scheduling.models.publications import Booking
from scheduling.models.rounds import InspectionRound
from tenancy.models import Office

Document = dict[str, Any]
Key = tuple[int, str]  # office and the office's own number


def person_id(office: Office, number: str) -> str:
    return person_named(office.code, number)


def person_named(office_code: str, number: str) -> str:
    return f"{office_code}-{number}"


def unit_id(office: Office, code: str) -> str:
    return unit_named(office.code, code)


def unit_named(office_code: str, code: str) -> str:
    return f"{office_code}:{code}"


def pin_key(content: Mapping[str, Any]) -> str:
    """The same decision has the same key, however it was typed."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Decisions:
    """Read in three queries, however many there are."""

    declarations: Sequence[Declaration]
    pins: Sequence[RoundPin]
    bookings: Mapping[Key, Sequence[Booking]]  # in other rounds, within this one's window


def decisions_of(round_: InspectionRound) -> Decisions:
    own = {"tenant_id": round_.tenant_id, "round": round_}
    bookings: dict[Key, list[Booking]] = defaultdict(list)
    for booking in bookings_elsewhere(round_):
        bookings[booking.inspector.office_id, booking.inspector.number].append(booking)
    return Decisions(
        declarations=list(Declaration.objects.filter(**own).standing().order_by("pk")),
        pins=list(RoundPin.objects.filter(**own).order_by("key")),
        bookings=bookings,
    )


def bookings_elsewhere(round_: InspectionRound) -> Iterable[Booking]:
    """The days on which people are booked by other rounds of the same office."""
    return (
        Booking.objects.in_force()
        .filter(
            tenant_id=round_.tenant_id,
            starts_on__lte=round_.ends_on,
            ends_on__gte=round_.starts_on,
        )
        .exclude(publication__round=round_)
        .select_related("inspector")
        .order_by("starts_on", "pk")
    )


def decided(decisions: Decisions, *, offices: Mapping[int, Office], ids: set[str]) -> Document:
    """The question's `declared`, `pairs` and `pins`. `ids` are the people and units in it."""
    said = [_Said.of(entry, offices) for entry in decisions.declarations]
    about = [one for one in said if one.person in ids]
    return {
        "declared": [
            entry
            for one in about
            if one.row.target in (Declaration.Target.UNIT, Declaration.Target.COUNTY)
            and (one.county is not None or one.unit in ids)
            for entry in (one.declared(),)
        ],
        "pairs": [
            {"a": one.person, "b": one.other, "kind": one.row.kind, "severity": "hard"}
            for one in about
            if one.row.target == Declaration.Target.PERSON and one.other in ids
        ],
        # Who cannot come at all is out of the round: leave and a clearance that is not given
        # look the same, and neither says why.
        "pins": _once(
            [
                *(
                    {"inspector": one.person, "out": True}
                    for one in about
                    if one.row.target == Declaration.Target.ROUND
                ),
                *(pin.content for pin in decisions.pins),
            ]
        ),
    }


def away_elsewhere(decisions: Decisions, office: int, number: str) -> list[Document]:
    """The days on which other rounds have booked this person."""
    return [
        {"from": booking.starts_on.isoformat(), "to": booking.ends_on.isoformat()}
        for booking in decisions.bookings.get((office, number), ())
    ]


@dataclass(frozen=True, slots=True)
class _Said:
    """A declaration with its ids as the exchange format writes them."""

    row: Declaration
    person: str
    unit: str | None
    county: str | None
    other: str | None

    @classmethod
    def of(cls, row: Declaration, offices: Mapping[int, Office]) -> _Said:
        office = offices.get(row.person_office_id)
        target = None if row.target_office_id is None else offices.get(row.target_office_id)
        kinds = Declaration.Target
        return cls(
            row=row,
            person="" if office is None else person_id(office, row.person_number),
            unit=unit_id(target, row.target_code) if target and row.target == kinds.UNIT else None,
            county=target.code if target and row.target == kinds.COUNTY else None,
            other=person_id(target, row.target_code)
            if target and row.target == kinds.PERSON
            else None,
        )

    def declared(self) -> Document:
        where = {"unit": self.unit} if self.unit else {"office": self.county}
        return {
            "inspector": self.person,
            **where,
            "kind": self.row.kind,
            "severity": self.row.severity,
            "weight": self.row.weight,
            **({"roles": self.row.roles} if self.row.roles else {}),
        }


def _once(pins: Iterable[Document]) -> list[Document]:
    return list({pin_key(pin): pin for pin in pins}.values())
