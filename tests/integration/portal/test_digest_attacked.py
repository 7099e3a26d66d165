"""Whoever reads two digests of the same records as a county does, on paper or by a program, computes nothing.

The attacker is that of the pure tests: exact fractions, then whole numbers. It is given what was read off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

import pytest

from sharing.domain.digest import publishing
from sharing.domain.digest.audit import Audit
from sharing.domain.digest.periods import Length
from sharing.domain.digest.publications import Publication, Sealed
from sharing.domain.digest.suppression import Task, withheld_of
from sharing.mapping.digests import publication_of, read
from sharing.models.digests import DigestCopy
from tenancy.actor import Actor
from tests.integration.portal.digest_as_read import by_page, by_program, by_workbook
from tests.integration.security.ground import browser_of
from tests.integration.sharing.digests import (
    COUNTIES,
    DINGHAI,
    DigestCity,
    digest_city,
)
from tests.integration.sharing.test_digests import gained, lay_records, own_of, sealed
from tests.people import acting
from tests.property.sharing.test_digest_attacker import Attacker, named

__all__ = ["digest_city"]  # a fixture

QUARTERS = (date(2025, 1, 1), date(2025, 7, 1))  # few records, much that is small
PERIODS = ("2025-H1", "2025-H2")


def two_published(city: DigestCity) -> dict[str, Sealed]:
    """The second says what became of the first one's records. What lies behind each."""
    with city.lay() as lay:
        lay_records(lay, Random(3), QUARTERS)
    city.begin(since=2025, length=Length.HALF_YEAR)
    for _ in PERIODS:
        city.publish()
    return {name: sealed(city, name) for name in PERIODS}


def copies_of(actor: Actor) -> list[DigestCopy]:
    with acting(actor):
        return list(DigestCopy.objects.order_by("begins_on"))


def computed(
    behind: Mapping[str, Sealed], publications: Sequence[Publication]
) -> tuple[dict[Any, int], set[Any]]:
    """What follows for whoever has no rows, and for the county that reads it, with its own counts."""
    outsider = Attacker(publications)
    found = outsider.reconstructed()
    assert outsider.gave_up == 0, "it looked everywhere"
    county = COUNTIES[DINGHAI]
    theirs = Attacker(publications, own_of(county, behind)).reconstructed()
    return found, gained(theirs, county, behind)


def test_nothing_that_is_withheld_follows_from_two_digests_as_they_are_read(
    digest_city: DigestCity,
    lin: Actor,
) -> None:
    behind = two_published(digest_city)
    copies, client = copies_of(lin), browser_of(lin)
    documents = [publication_of(read(copy.document)) for copy in copies]
    assert min(len(one.withheld) for one in documents) > 10

    for reader in (by_workbook, by_program, by_page):
        publications = [reader(client, copy) for copy in copies]
        for publication, document in zip(publications, documents, strict=True):
            told = {cell: document.figures[cell] for cell in publication.figures}
            assert publication.figures == told, "they all say the same"
        assert computed(behind, publications) == ({}, set()), reader.__name__


def test_without_what_goes_with_them_small_counts_are_read_off_the_workbooks(
    digest_city: DigestCity,
    lin: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def alone(task: Task) -> frozenset[Any]:
        return withheld_of(task, linked=False)

    monkeypatch.setattr(publishing, "withheld_of", alone)
    monkeypatch.setattr(publishing, "audit", lambda *_, **__: Audit({}, frozenset()))
    behind = two_published(digest_city)
    client = browser_of(lin)

    publications = [by_workbook(client, copy) for copy in copies_of(lin)]
    found = Attacker(publications).reconstructed()

    counts = {named(c): n for one in behind.values() for c, n in one.counts.items()}
    assert any(counts[name] == count < 3 for name, count in found.items())
    assert all(counts[name] == count for name, count in found.items())
