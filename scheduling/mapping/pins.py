"""Pins by the ids of the exchange format: read by the engine's own reader, and said in words."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.text import Text, day_text
from scheduling.domain.document import Fault
from scheduling.domain.document.json_text import parsed
from scheduling.domain.document.node import Ids, Node
from scheduling.domain.document.pin_reader import pin
from scheduling.domain.vocabulary import TEAM_ROLES, said
from scheduling.mapping.problems import RoundRows, is_chosen

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Pinnable:
    """What a pin may name, by id, with the name that people know."""

    people: Mapping[str, str]
    units: Mapping[str, str]  # those up for inspection
    teams: Mapping[str, str]
    counties: Mapping[str, str]

    def named_by(self, key: str) -> Mapping[str, str] | None:
        """Where the value of one of a pin's keys is looked up; None for a key without ids."""
        return {
            "inspector": self.people,
            "unit": self.units,
            "team": self.teams,
            "from": self.counties,
            "to": self.counties,
        }.get(key)


def pinnable(rows: RoundRows) -> Pinnable:
    return Pinnable(
        people={key: person.name for key, person in rows.person_by_id.items()},
        units={key: unit.name for key, unit in rows.unit_by_id.items() if is_chosen(unit, rows)},
        teams={slot.code: slot.name for slot in rows.slots},
        counties={
            office.code: office.short_name
            for office in rows.offices
            if office.pk != rows.round.tenant_id
        },
    )


def pin_faults(content: Content, known: Pinnable) -> tuple[Fault, ...]:
    """What the reader of the exchange format finds wrong with a pin."""
    faults: list[Fault] = []
    pin(
        Node(parsed(json.dumps(content).encode()), "$", faults),
        Ids("inspector", known.people),
        Ids("team", known.teams),
        Ids("county office", known.counties),
        Ids("inspectable unit", known.units),
    )
    return tuple(faults)


def gone(contents: Collection[Content], known: Pinnable) -> set[str]:
    """The ids that pins name and that are no longer in the round."""
    return {
        content[key]
        for content in contents
        for key in content
        if (ids := known.named_by(key)) is not None and content[key] not in ids
    }


# --- In words -----------------------------------------------------------------------------


def pin_words(content: Content, known: Pinnable) -> Text:
    """A pin as a sentence. What is no longer there is called by its id."""
    names = {key: (known.named_by(key) or {}).get(value, value) for key, value in content.items()}
    return _pattern(content).format(
        **{key: names[key] for key in ("inspector", "unit", "team", "to") if key in names},
        origin=names.get("from", ""),
        role=said(TEAM_ROLES, content.get("role", "")),
        start=day_text(date.fromisoformat(content["start"])) if "start" in content else "",
    )


def _pattern(content: Content) -> Text:
    if "from" in content:
        if content.get("forbid"):
            return Text(zh="{origin}不派人到{to}", en="{origin} sends nobody to {to}")
        return Text(zh="{origin}派人到{to}", en="{origin} sends people to {to}")
    if "unit" in content:
        return _of_unit(content)
    if "team" not in content:
        return Text(zh="{inspector}不参加本轮次", en="{inspector} is out of the round")
    if content.get("forbid"):
        return Text(zh="{inspector}不进{team}", en="{inspector} is not in {team}")
    if "role" in content:
        return Text(zh="{inspector}任{team}{role}", en="{inspector} is in {team} as {role}")
    return Text(zh="{inspector}进{team}", en="{inspector} is in {team}")


def _of_unit(content: Content) -> Text:
    if "team" not in content:
        return Text(zh="本轮次不巡察{unit}", en="{unit} is out of the round")
    if "start" in content:
        return Text(zh="{team}自{start}起巡察{unit}", en="{team} visits {unit} from {start}")
    return Text(zh="{team}巡察{unit}", en="{team} visits {unit}")
