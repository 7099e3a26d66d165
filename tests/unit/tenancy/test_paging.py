"""Where a part of a list begins."""

from __future__ import annotations

import re

from scheduling.models.rosters import Person
from tenancy.paging import Window, part_of


def asked(*order: str, after: tuple[str | int, ...]) -> str:
    """The question that a part behind that key puts to the database."""
    captured: list[str] = []

    class Asking(list[object]):
        def order_by(self, *names: str) -> Asking:
            return self

        def filter(self, condition: object) -> Asking:
            captured.append(str(Person.objects.filter(condition).query))
            return self

    part_of(Asking(), Window(2, after), *order)  # type: ignore[arg-type]
    return captured[0]


def test_a_place_in_a_list_is_a_bound_that_an_index_begins_at() -> None:
    """`a > x OR (a = x AND b > y)` alone would have the database read from the first row."""
    sql = asked("name", "pk", after=("陈", 7))

    assert re.search(r'"name" >= 陈 AND \(', sql)
    assert re.search(r'"name" > 陈 OR \(', sql)


def test_the_bound_goes_the_way_of_the_order() -> None:
    assert re.search(r'"name" <= 陈 AND \(', asked("-name", "-pk", after=("陈", 7)))
