"""No count goes above a cap: what is older than so many rows is not counted, and that is said."""

from __future__ import annotations

from typing import Final, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)

MOST_COUNTED: Final = 10_000


def newest(rows: QuerySet[Row]) -> tuple[QuerySet[Row], bool]:
    """The newest `MOST_COUNTED` of an office's rows, and whether there are others."""
    keys = rows.order_by("-pk").values_list("pk", flat=True)
    last = keys[MOST_COUNTED - 1 : MOST_COUNTED + 1]
    found = list(last)
    is_cut = len(found) > 1
    return (rows.filter(pk__gte=found[0]) if is_cut else rows), is_cut


def capped(rows: QuerySet[Row], most: int | None = None) -> int:
    """How many, up to the cap."""
    return rows.order_by().values("pk")[: most or MOST_COUNTED].count()
