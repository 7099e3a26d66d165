"""Whose a record is, and where a clue goes.

Records belong to one office by the round's mode: to the host county; where the city has lifted the
round to itself, to the city; where levels work jointly, to each its own. A clue about a cadre whom
the city manages goes to the city past the host county, which then learns of it neither by a number
nor by a count (`docs/field.md`, ownership by mode and leak case 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kernel.text import Text


class ManagementLevel(StrEnum):
    """Who manages the cadre a clue is about (干部管理权限)."""

    CITY = "city_managed"
    COUNTY = "county_managed"
    LOWER = "lower"


LEVEL_TITLES = {
    ManagementLevel.CITY: Text(zh="市管干部", en="managed by the city"),
    ManagementLevel.COUNTY: Text(zh="县（区）管干部", en="managed by the county"),
    ManagementLevel.LOWER: Text(zh="其他人员", en="others: village cadres and staff"),
}


class Owning(StrEnum):
    """By mode, whose the records of a round are."""

    HOST = "host"
    CITY = "city"
    EACH_ITS_OWN = "each_its_own"


# By the codes of the modes (`scheduling.domain.profiles`), and rounds that are no cross-inspection.
OWNED_BY_MODE = {
    "own": Owning.HOST,
    "ring": Owning.HOST,
    "swap": Owning.HOST,
    "half_unit": Owning.HOST,
    "recombined": Owning.HOST,
    "mixed": Owning.HOST,
    "lifted": Owning.CITY,
    "joint": Owning.EACH_ITS_OWN,
}


@dataclass(frozen=True, slots=True)
class Offices:
    """Of one visit: the city, the county where the unit is, the county that the team comes from.

    `team_of_city`: the team is the city's own; with a joint round its papers are the city's."""

    city: int
    host: int
    origin: int | None = None
    team_of_city: bool = False


class UnknownMode(ValueError):
    """A mode that nobody decided about owns nothing: nothing is stored under it."""


def owner_of(mode: str, offices: Offices) -> int:
    """The office whose rows a team's papers, findings and rectification are. `UnknownMode`."""
    match OWNED_BY_MODE.get(mode):
        case Owning.HOST:
            return offices.host
        case Owning.CITY:
            return offices.city
        case Owning.EACH_ITS_OWN:
            return offices.city if offices.team_of_city else offices.host
        case _:
            raise UnknownMode(mode)


def clue_goes_to(mode: str, level: ManagementLevel, offices: Offices) -> int:
    """The office that takes the clue in and hands it over, to its own discipline body."""
    owner = owner_of(mode, offices)
    return offices.city if level is ManagementLevel.CITY else owner


def may_know_of_clue(office: int, mode: str, level: ManagementLevel, offices: Offices) -> bool:
    """Whether the office may learn that the clue is there at all, by text, number, count or record.

    The city reads how many a county has and how far they are; the county where the team comes from
    and any third one know of none.
    """
    return office in {offices.city, clue_goes_to(mode, level, offices)}
