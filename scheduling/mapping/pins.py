"""Pins as the exchange format writes them, to the domain's and to words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from kernel.text import Text, day_text
from scheduling.domain.problem import Pin, PinArc, PinPerson, PinUnit, Problem, Role
from scheduling.domain.vocabulary import TEAM_ROLES, said

Content = Mapping[str, Any]


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


def pin_words(problem: Problem, teams: Mapping[str, str], content: Content) -> Text:
    """What was decided, as one says it. `teams` are the names of the teams."""
    team = teams.get(content.get("team", ""), content.get("team", ""))
    if "inspector" in content:
        person = problem.inspector_by_id.get(content["inspector"])
        name = content["inspector"] if person is None else person.name
        return _of_person(name, team, content)
    if "unit" in content:
        unit = problem.unit_by_id.get(content["unit"])
        return _of_unit(content["unit"] if unit is None else unit.name, team, content)
    arc = {
        key: office.name if (office := problem.office_by_id.get(content[key])) else content[key]
        for key in ("from", "to")
    }
    if content.get("forbid"):
        return Text(zh="{a}不派人到{b}", en="{a} sends nobody to {b}").format(
            a=arc["from"], b=arc["to"]
        )
    return Text(zh="{a}派人到{b}", en="{a} sends people to {b}").format(a=arc["from"], b=arc["to"])


def _of_person(name: str, team: str, content: Content) -> Text:
    if content.get("out"):
        said_so = Text(zh="{name}不参加本轮", en="{name} is not in this round")
    elif content.get("forbid"):
        said_so = Text(zh="{name}不进{team}", en="{name} not in {team}")
    elif "role" in content:
        said_so = Text(zh="{name}任{team}{role}", en="{name} is {role} in {team}")
    else:
        said_so = Text(zh="{name}在{team}", en="{name} is in {team}")
    return said_so.format(name=name, team=team, role=said(TEAM_ROLES, content.get("role", "")))


def _of_unit(name: str, team: str, content: Content) -> Text:
    if content.get("out"):
        return Text(zh="不巡察{name}", en="{name} is not visited").format(name=name)
    if "start" in content:
        return Text(zh="{team}自{day}起巡察{name}", en="{team} visits {name} from {day} on").format(
            name=name, team=team, day=day_text(date.fromisoformat(content["start"]))
        )
    return Text(zh="{team}巡察{name}", en="{team} visits {name}").format(name=name, team=team)
