"""The demo city's digests of the years before: counts that were drawn, since its records begin today.

Withheld, audited, sealed and published as any other: by the rule of the product, through its services.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from django.db import transaction

from kernel.clock import today
from sharing.access.digests import calendar_of, digests_visible_to
from sharing.domain.digest.counting import Leaves
from sharing.domain.digest.declared import (
    CLOSED,
    CODES,
    EARLIER_ROUNDS,
    OTHER_KIND,
    PENDING,
    UNSORTED,
    tables_of,
)
from sharing.domain.digest.periods import Length, Period
from sharing.domain.digest.publications import Sealed
from sharing.domain.digest.publishing import CannotPublish, Rule, published
from sharing.domain.digest.tables import Table
from sharing.mapping.digests import counts_as_bytes, document_of
from sharing.models.digests import Digest
from sharing.services.digests import publish_digest, set_digest_rule
from sharing.services.making_digests import Made, Task, begin, finish
from tenancy.actor import Actor
from tenancy.context import in_office

SEED = 20260101
MOST_TRIES = 5
FINDINGS = (90, 170)  # of a county in half a year
CLUES = (9, 24)
Shares = Mapping[str, float]


@transaction.atomic
def publish_past_digests(director: Actor) -> list[str]:
    """All that are due, by half-years from last year on. Nothing, where digests are set up already.

    All or none: a start that is stopped between two of them leaves no calendar behind.
    """
    with in_office(director.tenant_id, director.user_id):
        if calendar_of(director) is not None:
            return []
        set_digest_rule(actor=director, since_year=today().year - 1, length=Length.HALF_YEAR)
        calendar = calendar_of(director)
    assert calendar is not None  # noqa: S101
    chance = Random(SEED)  # noqa: S311
    sealed: list[Sealed] = []
    for period in calendar.periods():
        if today() < period.published_on:
            break
        sealed.append(_published(director, period, sealed, chance))
    return [f"      {len(sealed)} digests of earlier half-years"] if sealed else []


def _published(director: Actor, period: Period, before: list[Sealed], chance: Random) -> Sealed:
    with in_office(director.tenant_id, director.user_id):
        digest = Digest(tenant_id=director.tenant_id, begins_on=period.begins_on)
        digest.period, digest.minimum = period.name, Rule().minimum
        digest.until_on, digest.appears_on = period.until, period.published_on
        digest.save(force_insert=True)
        task = begin(actor=director, number=digest.pk)
        assert task is not None  # noqa: S101
        sealed = _sealed(task, before, chance)
        document = document_of(sealed.publication, period, task.following, task.city)
        finish(actor=director, task=task, made=Made(document, counts_as_bytes(sealed)))
        publish_digest(actor=director, number=digests_visible_to(director).get(pk=digest.pk).pk)
    return sealed


def _sealed(task: Task, before: list[Sealed], chance: Random) -> Sealed:
    """Counts that cannot be published are drawn anew."""
    tables = tables_of(task.words, task.period.name, dict.fromkeys(task.cohorts, task.words))
    for _ in range(MOST_TRIES):
        leaves = _drawn(tables, before, chance)
        try:
            return published(
                task.period.name, tables, leaves, before=before, rule=Rule(insiders=True)
            )
        except CannotPublish:
            continue
    raise RuntimeError("The demo's digest cannot be published: draw other counts.")


def _drawn(tables: tuple[Table, ...], before: list[Sealed], chance: Random) -> dict[str, Leaves]:
    [clues] = (one for one in tables if one.code == "clues")
    counties = [code for code in clues.dimensions[0].leaves if code != "city"]
    findings = {county: chance.randint(*FINDINGS) for county in counties}
    leaves: dict[str, Leaves] = {
        "clues": {(county,): chance.randint(*CLUES) for county in counties}
    }
    for table in tables:
        if table.code in ("categories", "kinds", "rounds"):
            leaves[table.code] = _spread(_named(table), findings, chance)
    for sealed in before:
        leaves |= _became(tables, sealed, chance)
    return leaves


def _named(table: Table) -> tuple[str, ...]:
    """What the city's own words name; hardly anything is left over."""
    leaves = table.dimensions[0].leaves
    left_over = {UNSORTED.code, OTHER_KIND.code, EARLIER_ROUNDS.code}
    return tuple(c for c in leaves if not c.endswith(".other") and c not in left_over) or leaves


def _became(tables: tuple[Table, ...], sealed: Sealed, chance: Random) -> dict[str, Leaves]:
    """Of an earlier digest's counts, where this one says what became of them."""
    cohort = sealed.publication.period
    codes = {one.code: one for one in tables if one.code.endswith(f":{cohort}")}
    if not codes:
        return {}
    [clues] = (one for one in sealed.publication.tables if one.code == "clues")
    findings = next(one for one in sealed.publication.tables if one.code == "kinds")
    of_county = {c: sealed.counts[findings.cell("", c)] for c in findings.dimensions[1].leaves}
    states = _spread((CLOSED, "in_progress", "accepted"), of_county, chance, (6, 3, 1))
    still = {
        county: sum(n for (state, c), n in states.items() if c == county and state != CLOSED)
        for county in of_county
    }
    handed = {c: sealed.counts[clues.cell(c)] for c in clues.dimensions[0].leaves}
    groups = _spread(
        (PENDING.code, "party", "without_sanction", "nothing"), handed, chance, (1, 2, 3, 2)
    )
    found: dict[str, Leaves] = {
        f"rectification:{cohort}": states,
        f"ages:{cohort}": _spread(("in_time", "days_30", "days_90"), still, chance, (5, 2, 1)),
        f"outcomes:{cohort}": groups,
    }
    for group, dimension in CODES.items():
        whole = {"": sum(n for (code, _), n in groups.items() if code == group)}
        spread = _spread(dimension.leaves, whole, chance)
        found[f"{dimension.code}:{cohort}"] = {(code,): n for (code, _), n in spread.items()}
    return found


def _spread(
    values: tuple[str, ...], of: Mapping[str, int], chance: Random, weights: tuple[int, ...] = ()
) -> dict[tuple[str, ...], int]:
    """Each of so many falls on one of the values; the first ones are the likelier."""
    leaves: dict[tuple[str, ...], int] = {}
    likely = weights or tuple(max(1, 12 - 2 * place) for place in range(len(values)))
    for name, many in of.items():
        for value in chance.choices(values, likely, k=many):
            leaves[value, name] = leaves.get((value, name), 0) + 1
    return leaves
