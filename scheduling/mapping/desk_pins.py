"""Pins as the desk has them: the domain's, and which of them gives way to which."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from kernel.text import Text
from scheduling.domain.problem import Pin, PinArc, PinPerson, PinUnit, Problem, Role
from scheduling.mapping.pins import Content, Pinnable, pin_words


def pin_from(content: Content) -> Pin:
    """The pin of a stored document, which was read before it was stored."""
    forbid = bool(content.get("forbid"))
    if "inspector" in content:
        role = cast("Role | None", content.get("role"))
        return PinPerson(content["inspector"], content.get("team"), role, forbid)
    if "unit" in content:
        start = content.get("start")
        first = None if start is None else date.fromisoformat(start)
        return PinUnit(content["unit"], content.get("team"), first)
    return PinArc(content["from"], content["to"], forbid)


def names_only_what_is_there(problem: Problem, pin: Pin) -> bool:
    """A pin may outlive whom it names; then it is no part of a question."""
    if isinstance(pin, PinArc):
        return {pin.origin, pin.host} <= set(problem.office_by_id)
    known = pin.team is None or pin.team in problem.team_by_id
    if isinstance(pin, PinUnit):
        unit = problem.unit_by_id.get(pin.unit)
        return known and unit is not None and unit.inspectable
    return known and pin.inspector in problem.inspector_by_id


def takes_the_place_of(new: Content, old: Content) -> bool:
    """Whether the new pin answers the question that the old one answered: where this person
    goes, who visits this unit. Kept side by side they would leave no plan."""
    for subject in ("inspector", "unit"):
        if subject in new and new[subject] == old.get(subject):
            return (_is_place(new) and _is_place(old)) or _contradict(new, old)
    return False


def _is_place(pin: Content) -> bool:
    return not pin.get("forbid")


def _contradict(new: Content, old: Content) -> bool:
    return bool(new.get("forbid")) != bool(old.get("forbid")) and new.get("team") == old.get("team")


def desk_pin_words(problem: Problem, teams: Mapping[str, str], content: Content) -> Text:
    """What was decided, as the round's own page says it. `teams` are the names of the teams."""
    known = Pinnable(
        people={person.id: person.name for person in problem.inspectors},
        units={unit.id: unit.name for unit in problem.units},
        teams=teams,
        counties={office.id: office.name for office in problem.offices},
    )
    return pin_words(content, known)
