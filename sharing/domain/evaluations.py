"""The evaluation sheet of a unit's rectification (评估): a hundred points, by deduction, four grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text

FULL = 100
MOST_FALSE_ITEMS = 100_000


class Part(StrEnum):
    ORGANISATION = "organisation"
    DUTY = "duty"
    TASKS = "tasks"
    SATISFACTION = "satisfaction"


PART_TITLES: Mapping[Part, Text] = MappingProxyType(
    {
        Part.ORGANISATION: Text(zh="组织领导", en="organisation"),
        Part.DUTY: Text(zh="责任落实", en="duty"),
        Part.TASKS: Text(zh="任务完成", en="tasks"),
        Part.SATISFACTION: Text(zh="群众满意度", en="satisfaction"),
    }
)


class Grade(StrEnum):
    GOOD = "good"
    RATHER_GOOD = "rather_good"
    FAIR = "fair"
    POOR = "poor"


GRADE_TITLES: Mapping[Grade, Text] = MappingProxyType(
    {
        Grade.GOOD: Text(zh="好", en="good"),
        Grade.RATHER_GOOD: Text(zh="较好", en="rather good"),
        Grade.FAIR: Text(zh="一般", en="fair"),
        Grade.POOR: Text(zh="差", en="poor"),
    }
)


class UnfitSheet(ValueError):
    """`field`: which of the given does not hold."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Parameters:
    """An office's own: how much each part weighs, from which score on a grade is given, and how many
    items that were falsely reported leave nothing. Raises `UnfitSheet`."""

    parts: Mapping[Part, int] = field(
        default_factory=lambda: MappingProxyType(
            {Part.ORGANISATION: 15, Part.DUTY: 15, Part.TASKS: 60, Part.SATISFACTION: 10}
        )
    )
    good: int = 90
    rather_good: int = 80
    fair: int = 60
    false_items: int = 5

    def __post_init__(self) -> None:
        if set(self.parts) != set(Part) or sum(self.parts.values()) != FULL:
            raise UnfitSheet("parts")
        if min(self.parts.values()) < 0:
            raise UnfitSheet("parts")
        if not 0 < self.fair < self.rather_good < self.good <= FULL:
            raise UnfitSheet("grades")
        if self.false_items < 1:
            raise UnfitSheet("false_items")


STANDARD = Parameters()
LIMITS = ("good", "rather_good", "fair", "false_items")


def parameters_from(numbers: Mapping[str, int]) -> Parameters:
    """By the names of the parts and of `LIMITS`, each of them. Raises `UnfitSheet`."""
    if set(numbers) != {*map(str, Part), *LIMITS}:
        raise UnfitSheet("parts")
    parts = MappingProxyType({part: numbers[part] for part in Part})
    return Parameters(parts, **{name: numbers[name] for name in LIMITS})


def numbers_of(parameters: Parameters) -> dict[str, int]:
    """What `parameters_from` reads."""
    parts = {str(part): parameters.parts[part] for part in Part}
    return parts | {name: getattr(parameters, name) for name in LIMITS}


@dataclass(frozen=True, slots=True)
class Deduction:
    part: Part
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    score: int
    grade: Grade


def judged(
    deductions: Sequence[Deduction], false_items: int, parameters: Parameters = STANDARD
) -> Judged:
    """The score and its grade. A part loses no more than it weighs; so many false items leave 0.

    `UnfitSheet` ("deductions"): one without points or reason; ("false_items"): none that can be.
    """
    if any(one.points < 1 or not one.reason.strip() for one in deductions):
        raise UnfitSheet("deductions")
    if not 0 <= false_items <= MOST_FALSE_ITEMS:
        raise UnfitSheet("false_items")
    if false_items >= parameters.false_items:
        return Judged(0, Grade.POOR)
    score = 0
    for part, weight in parameters.parts.items():
        lost = sum(one.points for one in deductions if one.part == part)
        score += max(weight - lost, 0)
    return Judged(score, _grade(score, parameters))


def _grade(score: int, parameters: Parameters) -> Grade:
    if score >= parameters.good:
        return Grade.GOOD
    if score >= parameters.rather_good:
        return Grade.RATHER_GOOD
    return Grade.FAIR if score >= parameters.fair else Grade.POOR
