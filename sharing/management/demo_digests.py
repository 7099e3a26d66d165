"""The demo city's digests of the years before: counts that were drawn, since its records begin today.

Withheld, audited, sealed and published as any other: by the rule of the product, through its services.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
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
from sharing.models.digests import Digest, DigestQuestion, SealedDigest
from sharing.services.digest_rules import set_digest_rule
from sharing.services.digests import publish_digest
from sharing.services.making_digests import Made, Task, begin, finish, opened
from tenancy.actor import Actor
from tenancy.context import in_office

SEED = 20260101
MOST_TRIES = 5
FINDINGS = (90, 170)  # of a county in half a year
CLUES = (9, 24)
Shares = Mapping[str, float]


class DemoOutOfStep(RuntimeError):
    """The demo's own steps do not follow on one another: a fault of the program, not of its data."""


@transaction.atomic
def publish_past_digests(director: Actor) -> list[str]:
    """All that are due, by half-years from last year on; at a later start what became due since.

    All or none: a start that is stopped between two of them leaves no calendar behind. Nothing, where
    somebody set digests up themselves or counted records: drawn figures would not agree with those.
    """
    with in_office(director.tenant_id, director.user_id):
        earlier = _drawn_before(director)
        if calendar_of(director) is None:
            set_digest_rule(actor=director, since_year=today().year - 1, length=Length.HALF_YEAR)
        elif not earlier:
            return []
        calendar = calendar_of(director)
    if calendar is None:
        raise DemoOutOfStep("the rule that was set is not there")
    sealed = list(earlier)
    for period in islice(calendar.periods(), len(sealed), None):
        if today() < period.published_on:
            break
        one = _published(director, period, sealed)
        if one is None:
            break
        sealed.append(one)
    made = len(sealed) - len(earlier)
    return [f"      {made} digests of earlier half-years"] if made else []


def _drawn_before(director: Actor) -> list[Sealed]:
    """Those that are published, as they were sealed. None, where one of them was counted from records."""
    kept = SealedDigest.objects.filter(
        tenant_id=director.tenant_id, digest__state=Digest.State.PUBLISHED
    ).select_related("digest").order_by("digest__begins_on")  # fmt: skip
    if DigestQuestion.objects.filter(digest__in=kept.values("digest")).exists():
        return []
    return [
        opened(
            director, one.digest.period, one.document, one.cipher, one.key,
            bytes(one.wrapped), bytes(one.sealed),
        )
        for one in kept
    ]  # fmt: skip


def _published(director: Actor, period: Period, before: list[Sealed]) -> Sealed | None:
    """None: somebody has it made, or made it."""
    with in_office(director.tenant_id, director.user_id):
        digest = _begun(director, period)
        if digest is None:
            return None
        task = begin(actor=director, number=digest.pk)
        if task is None:
            raise DemoOutOfStep("the digest that was begun is over")
        sealed = _sealed(task, before, Random(f"{SEED} {period.name}"))  # noqa: S311
        document = document_of(sealed.publication, period, task.following, task.city)
        finish(actor=director, task=task, made=Made(document, counts_as_bytes(sealed)))
        publish_digest(actor=director, number=digest.pk)
    return sealed


def _begun(director: Actor, period: Period) -> Digest | None:
    """One that was refused, as it is when records of today are held against drawn figures, begins anew."""
    there = digests_visible_to(director).filter(period=period.name).first()
    if there is not None and there.state != Digest.State.REFUSED:
        return None
    digest = there or Digest(tenant_id=director.tenant_id, begins_on=period.begins_on)
    if there is None:
        digest.period, digest.minimum = period.name, Rule().minimum
        digest.until_on, digest.appears_on = period.until, period.published_on
    digest.state = Digest.State.MAKING
    digest.save()
    return digest


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
