"""Lines of a ledger of problems beside what the office has: its units, classes, items, past lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sharing.domain.ledgers import Judgement, Said, judged
from sharing.domain.past_problems import PastProblem
from sharing.models.contacts import UnitDesk
from sharing.models.dictionary import FindingCategory
from sharing.models.ledgers import PastProblem as PastProblemRow
from sharing.models.rectification import RectificationItem
from tenancy.actor import Actor

FIELDS = (
    *("round_name", "unit_name", "issue", "state", "desk_id", "category", "severity", "cents"),
    *("lead", "department", "measures", "served_on", "due_on", "closed_on", "remark", "key"),
)
# What the registry calls a unit today is no difference to what the ledger said.
NOT_COMPARED = ("desk_id",)


@dataclass(frozen=True, slots=True)
class Desks:
    """The units of the registry, by code, and by those names that one unit alone bears."""

    by_code: Mapping[str, int]
    by_name: Mapping[str, int]

    def named(self, name: str, code: str = "") -> int | None:
        return self.by_code.get(code) if code else self.by_name.get(name)


def desks_of(actor: Actor) -> Desks:
    rows = list(UnitDesk.objects.of_office(actor).values_list("unit_code", "name", "pk"))
    names = Counter(name for _, name, _ in rows)
    return Desks(
        {code: pk for code, _, pk in rows},
        {name: pk for _, name, pk in rows if names[name] == 1},
    )


def classes_of(actor: Actor) -> list[str]:
    """What a finding may be given, in the order of the set."""
    classes = FindingCategory.objects.readable_by(actor).in_use().filter(parent__isnull=False)
    return list(classes.order_by("code").values_list("title", flat=True))


def judge_problems(actor: Actor, problems: Collection[PastProblem], today: date) -> list[Judgement]:
    """In their order."""
    kept = _kept(actor, {one.key for one in problems})
    living = _living(actor, {one.round_name for one in problems})
    classes = set(classes_of(actor))
    told = []
    for one in problems:
        said = {name: value for name, value in one.said().items() if name not in NOT_COMPARED}
        told.append(
            judged(
                said,
                faults=one.faults(today),
                remarks=one.remarks(one.category in classes),
                kept=kept.get(one.key),
                is_there=(one.desk_id, one.round_name, one.issue) in living,
                lives=one.lives,
            )
        )
    return told


def row_values(said: Said) -> dict[str, Any]:
    """Of a `PastProblem` row that says what `said` tells."""
    return {name: said[name] for name in FIELDS}


def _kept(actor: Actor, keys: Collection[str]) -> dict[str, dict[str, Any]]:
    compared = [name for name in FIELDS if name not in NOT_COMPARED]
    rows = PastProblemRow.objects.filter(tenant_id=actor.tenant_id, key__in=keys).values(*compared)
    return {row["key"]: {name: _as_json(value) for name, value in row.items()} for row in rows}


def _living(actor: Actor, rounds: Iterable[str]) -> set[tuple[int | None, str, str]]:
    """Items that did not come from the ledger: of these the past line tells."""
    items = RectificationItem.objects.filter(tenant_id=actor.tenant_id, round_name__in=rounds)
    rows = items.exclude(source_life="past_problem")
    return set(rows.values_list("desk_id", "round_name", "issue"))


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
