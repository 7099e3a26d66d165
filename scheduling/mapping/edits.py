"""Edits at the desk: to and from JSON, and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any

from kernel.text import Text, day_text
from scheduling.domain.desk.edits import (
    AddVisit,
    ChangeRole,
    DropVisit,
    Edit,
    MoveUnit,
    MoveVisit,
    Seat,
    Swap,
    Unseat,
    apply,
)
from scheduling.domain.problem import ROLES, Problem, Schedule
from scheduling.domain.vocabulary import TEAM_ROLES, said
from scheduling.errors import EditUnreadable

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SendHome:
    """Several people at once: whoever was barred since they were seated."""

    inspectors: tuple[str, ...]


DeskEdit = Edit | SendHome

KINDS: Mapping[str, type[DeskEdit]] = {
    "swap": Swap,
    "seat": Seat,
    "unseat": Unseat,
    "change_role": ChangeRole,
    "move_unit": MoveUnit,
    "move_visit": MoveVisit,
    "add_visit": AddVisit,
    "drop_visit": DropVisit,
    "send_home": SendHome,
}
KIND_OF = {made: kind for kind, made in KINDS.items()}


def edit_from(content: Mapping[str, Any]) -> DeskEdit:
    """The edit that somebody typed or that was stored.

    Raises EditUnreadable by the first key that is missing or cannot be read.
    """
    kind = KINDS.get(str(content.get("edit")))
    if kind is None:
        raise EditUnreadable(key="edit")
    values = {}
    for field in fields(kind):
        given = content.get(field.name)
        if given in (None, "", []) and field.default is not MISSING:
            continue
        try:
            values[field.name] = _READ.get(field.name, _id)(given)
        except (TypeError, ValueError):
            raise EditUnreadable(key=field.name).at(field.name) from None
    return kind(**values)


def edit_as_json(edit: DeskEdit) -> Content:
    values = {field.name: getattr(edit, field.name) for field in fields(edit)}
    plain = {key: _plain(value) for key, value in values.items() if value is not None}
    return {"edit": KIND_OF[type(edit)], **plain}


def applied(problem: Problem, schedule: Schedule, edit: DeskEdit) -> Schedule:
    """The plan after the edit. Raises EditImpossible as the domain's `apply` does."""
    if isinstance(edit, SendHome):
        for person in edit.inspectors:
            schedule = apply(problem, schedule, Unseat(person))
        return schedule
    return apply(problem, schedule, edit)


def _id(given: object) -> str:
    if not isinstance(given, str) or not given:
        raise ValueError(given)
    return given


def _role(given: object) -> str:
    if given not in ROLES:
        raise ValueError(given)
    return str(given)


def _ids(given: object) -> tuple[str, ...]:
    if not isinstance(given, list | tuple) or not given:
        raise ValueError(given)
    return tuple(_id(each) for each in given)


def _day(given: object) -> date:
    return date.fromisoformat(str(given))


_READ: Mapping[str, Callable[[object], Any]] = {"role": _role, "start": _day, "inspectors": _ids}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


# --- In words -------------------------------------------------------------------------------


def edit_words(
    problem: Problem, before: Schedule, teams: Mapping[str, str], edit: DeskEdit
) -> Text:
    """What was done, as one says it. `teams` are the names of the teams by their codes."""
    return _template(before, edit).format(**_filled(problem, before, teams, edit))


def _template(before: Schedule, edit: DeskEdit) -> Text:
    if isinstance(edit, Swap):
        seated = {person for team in before.teams for person in team.people}
        if edit.b not in seated:
            return Text(zh="由 {b} 接替 {a}", en="{b} takes {a}'s seat")
        if edit.a not in seated:
            return Text(zh="由 {a} 接替 {b}", en="{a} takes {b}'s seat")
    if isinstance(edit, MoveUnit | AddVisit) and edit.start is not None:
        return _FROM_DAY[type(edit)]
    return _WORDS[type(edit)]


_FROM_DAY: Mapping[type, Text] = {
    MoveUnit: Text(
        zh="将 {unit} 改由 {team} 自{start}起巡察", en="Give {unit} to {team}, from {start} on"
    ),
    AddVisit: Text(
        zh="增加 {team} 自{start}起巡察 {unit}",
        en="Add a visit of {unit} by {team}, from {start} on",
    ),
}
_WORDS: Mapping[type, Text] = {
    Swap: Text(zh="把 {a} 与 {b} 对调", en="Swap {a} and {b}"),
    Seat: Text(zh="安排 {inspector} 任 {team} {role}", en="Seat {inspector} in {team} as {role}"),
    Unseat: Text(zh="将 {inspector} 移出 {of}", en="Send {inspector} home from {of}"),
    ChangeRole: Text(zh="{inspector} 改任 {of} {role}", en="Make {inspector} {role} of {of}"),
    MoveUnit: Text(zh="将 {unit} 改由 {team} 巡察", en="Give {unit} to {team}"),
    MoveVisit: Text(zh="将 {unit} 的进驻改到{start}起", en="Move the visit of {unit} to {start}"),
    AddVisit: Text(zh="增加 {team} 巡察 {unit}", en="Add a visit of {unit} by {team}"),
    DropVisit: Text(zh="不再巡察 {unit}", en="Leave {unit} out"),
    SendHome: Text(zh="将 {inspectors} 移出方案", en="Send {inspectors} home"),
}


def _filled(
    problem: Problem, before: Schedule, teams: Mapping[str, str], edit: DeskEdit
) -> dict[str, Any]:
    people = {person.id: person.name for person in problem.inspectors}
    values = {field.name: getattr(edit, field.name) for field in fields(edit)}
    named: dict[str, Any] = {}
    for key, value in values.items():
        if key in ("a", "b", "inspector"):
            named[key] = people.get(value, value)
        elif key == "inspectors":
            names = [people.get(each, each) for each in value]
            named[key] = Text(zh="、".join(names), en=", ".join(names))
        elif key == "unit":
            unit = problem.unit_by_id.get(value)
            named[key] = value if unit is None else unit.name
        elif key == "team":
            named[key] = teams.get(value, value)
        elif key == "role":
            role = said(TEAM_ROLES, value)
            named[key] = Text(zh=role.zh, en=role.en.lower())
        elif key == "start" and value is not None:
            named[key] = day_text(value)
    person = values.get("inspector")
    at = next((team.id for team in before.teams if person in team.people), "")
    return {**named, "of": teams.get(at, at)}
