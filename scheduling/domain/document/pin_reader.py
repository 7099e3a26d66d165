"""Decisions that a person has taken already. Contradictory pins are no fault."""

from __future__ import annotations

from scheduling.domain.document.node import Fields, Ids, Node
from scheduling.domain.problem import ROLES, Pin, PinArc, PinPerson, PinUnit

FORMS: tuple[tuple[str, ...], ...] = (
    ("inspector", "team"),
    ("inspector", "team", "role"),
    ("inspector", "team", "forbid"),
    ("inspector", "out"),
    ("unit", "team"),
    ("unit", "team", "start"),
    ("unit", "out"),
    ("from", "to"),
    ("from", "to", "forbid"),
)
KEYS = tuple(dict.fromkeys(key for form in FORMS for key in form))


def pin(node: Node, inspectors: Ids, teams: Ids, counties: Ids, visitable: Ids) -> Pin:
    """`visitable` are the units that may be pinned: those up for inspection."""
    fields = node.fields((), KEYS)
    given = tuple(key for key in KEYS if key in fields)
    if isinstance(node.value, dict) and not any(set(given) == set(form) for form in FORMS):
        forms = "; ".join(", ".join(form) for form in FORMS)
        node.fault(f"has the keys {', '.join(given) or '(none)'}; a pin has one of: {forms}")
    if "inspector" in fields:
        return _person(fields, inspectors, teams)
    if "unit" in fields:
        return _unit(fields, visitable, teams)
    return PinArc(
        counties.refer(fields["from"]), counties.refer(fields["to"]), _flag(fields, "forbid")
    )


def _person(fields: Fields, inspectors: Ids, teams: Ids) -> PinPerson:
    _flag(fields, "out")
    return PinPerson(
        inspector=inspectors.refer(fields["inspector"]),
        team=fields.maybe("team", teams.refer),
        role=fields.maybe("role", lambda role: role.one_of(ROLES)),
        forbid=_flag(fields, "forbid"),
    )


def _unit(fields: Fields, visitable: Ids, teams: Ids) -> PinUnit:
    _flag(fields, "out")
    return PinUnit(
        unit=visitable.refer(fields["unit"]),
        team=fields.maybe("team", teams.refer),
        start=fields.maybe("start", Node.day),
    )


def _flag(fields: Fields, key: str) -> bool:
    return fields.get(key, Node.truth, False)
