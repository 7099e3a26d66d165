"""Digests as they are kept: what was published as canonical JSON, the counts behind it likewise.

Figures and counts stand table by table, in the order in which a table names its cells; a mark is a word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from kernel.text import Text
from sharing.domain.digest.declared import CITY_ITSELF
from sharing.domain.digest.periods import Period
from sharing.domain.digest.publications import Mark, Publication, Sealed
from sharing.domain.digest.publishing import COUNTY
from sharing.domain.digest.tables import Cell, Dimension, Table, Value

FORMAT = "city-digest/1"


def document_of(publication: Publication, period: Period, following: Period, city: str) -> str:
    """What readers are given. `city`: the office that publishes it."""
    return _canonical(
        {
            "format": FORMAT,
            "city": city,
            "period": publication.period,
            "title": _text(period.title),
            "begins_on": period.begins_on.isoformat(),
            "until_on": period.until.isoformat(),
            "appears_on": period.published_on.isoformat(),
            "next": {
                "title": _text(following.title),
                "appears_on": following.published_on.isoformat(),
            },
            "minimum": publication.minimum,
            "tables": [_table(one) for one in publication.tables],
            "figures": _laid(publication.tables, publication.figures),
        }
    )


def read(document: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document)
    if found["format"] != FORMAT:
        raise ValueError(f"a digest of another format: {found['format']}")
    return found


def publication_of(document: Mapping[str, Any]) -> Publication:
    tables = tuple(_read_table(one) for one in document["tables"])
    figures: dict[Cell, int | Mark] = {}
    for table in tables:
        for cell, figure in zip(table.cells(), document["figures"][table.code], strict=True):
            figures[cell] = figure if isinstance(figure, int) else Mark(figure)
    return Publication(document["period"], document["minimum"], tables, figures)


def counts_as_bytes(sealed: Sealed) -> bytes:
    return _canonical(_laid(sealed.publication.tables, sealed.counts)).encode()


def sealed_of(document: str, counts: bytes) -> Sealed:
    publication = publication_of(read(document))
    kept = json.loads(counts)
    return Sealed(
        publication,
        {
            cell: count
            for table in publication.tables
            for cell, count in zip(table.cells(), kept[table.code], strict=True)
        },
    )


def counties_of(publication: Publication) -> tuple[Value, ...]:
    """In which words the counties stood in it."""
    [clues] = (one for one in publication.tables if one.code == "clues")
    [county] = (one for one in clues.dimensions if one.code == COUNTY)
    return tuple(value for value in county.values if value.code != CITY_ITSELF.code)


def day(text: str) -> date:
    return date.fromisoformat(text)


def text_of(said: Mapping[str, str]) -> Text:
    return Text(zh=said["zh"], en=said["en"])


def _laid(tables: tuple[Table, ...], values: Mapping[Cell, Any]) -> dict[str, list[Any]]:
    return {table.code: [values[cell] for cell in table.cells()] for table in tables}


def _table(table: Table) -> dict[str, Any]:
    return {
        "code": table.code,
        "title": _text(table.title),
        "population": table.population,
        "cohort": table.cohort,
        "within": [list(one) for one in table.within],
        "dimensions": [
            {
                "code": one.code,
                "title": _text(one.title),
                "values": [
                    {"code": value.code, "title": _text(value.title), "under": value.under}
                    for value in one.values
                ],
            }
            for one in table.dimensions
        ],
    }


def _read_table(said: Mapping[str, Any]) -> Table:
    return Table(
        said["code"], text_of(said["title"]), said["population"], said["cohort"],
        tuple(_read_dimension(one) for one in said["dimensions"]),
        tuple((dimension, value) for dimension, value in said["within"]),
    )  # fmt: skip


def _read_dimension(said: Mapping[str, Any]) -> Dimension:
    values = (Value(one["code"], text_of(one["title"]), one["under"]) for one in said["values"])
    return Dimension(said["code"], text_of(said["title"]), tuple(values))


def _text(text: Text) -> dict[str, str]:
    return {"zh": text["zh"], "en": text["en"]}


def _canonical(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
