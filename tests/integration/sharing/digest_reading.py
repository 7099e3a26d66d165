"""The figures of a digest, read from the rows a second time: plain selects, counted in Python.

Written from docs/architecture/digest.md, "Who counts": no SQL of the product and no sum of its domain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from kernel.clock import CHINA
from tests.integration.sharing.digests import CITY, COUNTIES, HEADINGS, Lay

Row = dict[str, Any]
Facts = Mapping[str, str]  # what a record is in each dimension

HEADING_OF = {code: heading for heading, codes in HEADINGS.items() for code in codes}
KNOWN_KINDS = {"department", "township", "school"}
# The first that was told counts; under which group, beside its name.
OUTCOMES = (
    ("to_the_procuratorate", "to_the_procuratorate"),
    ("party_expelled", "party"),
    ("party_warning", "party"),
    ("admin_demoted", "administrative"),
    ("admin_warning", "administrative"),
    ("reorganised", "without_sanction"),
    ("admonition", "without_sanction"),
    ("talk", "without_sanction"),
    ("money_confiscated", "money"),
    ("money_returned", "money"),
    ("no_liability", "nothing"),
    ("not_borne_out", "nothing"),
)
BANDS = ((0, "in_time"), (30, "days_30"), (90, "days_90"))


def day(value: datetime) -> date:
    """In China, whatever the connection's own time is."""
    return value.astimezone(CHINA).date()


class Reading:
    """All rows of the city and its counties. `until`: the first day after the digest's period."""

    def __init__(self, lay: Lay, until: date) -> None:
        self.lay = lay
        self.until = until
        self.year = (until - timedelta(days=1)).year
        self.papers = self.all("sharing_workingpaper")
        self.clues = self.all("sharing_officeclue")
        self.outcomes = self.all("sharing_clueoutcome")
        self.clocks = self.all("sharing_deadline")
        self.paper_steps = self.all("sharing_paperstep")
        self.item_steps = self.all("sharing_rectificationstep")
        self.categories = {one["id"]: one for one in self.all("sharing_findingcategory")}
        self.rooms = {one["id"]: one for one in self.all("sharing_room")}
        self.rounds = {one["id"]: one for one in self.all("scheduling_inspectionround")}
        units = self.all("scheduling_inspectedunit")
        self.units = {(one["tenant_id"], one["code"]): one["kind"] for one in units}

    def all(self, table: str) -> list[Row]:
        self.lay.cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        names = [one.name for one in self.lay.cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in self.lay.cursor.fetchall()]
        return [row for row in rows if row["tenant_id"] in (CITY, *COUNTIES)]

    def findings(self, since: date, until: date) -> Iterator[Facts]:
        """What each is that was fed back then."""
        on = {s["record_id"]: day(s["at"]) for s in self.paper_steps if s["act"] == "fed_back"}
        for paper in self.papers:
            if since <= on.get(paper["id"], date.max) < until:
                yield {
                    "county": COUNTIES.get(paper["tenant_id"], "city"),
                    "category": self._category(paper), "kind": self._kind(paper),
                    "round": self._round(paper), **self._became(paper),
                }  # fmt: skip

    def handed(self, since: date, until: date) -> Iterator[Facts]:
        for clue in self.clues:
            at = clue["handed_over_at"]
            if at and since <= day(at) < until:
                yield {"county": COUNTIES.get(clue["tenant_id"], "city"), **self._outcome(clue)}

    def _category(self, paper: Row) -> str:
        own = self.categories.get(paper["category_id"])
        if own is None:
            return "unsorted"
        if own["code"] in HEADING_OF:
            return str(own["code"])
        heading = self.categories[own["parent_id"]]["code"]
        return f"{heading}.other" if heading in HEADINGS else "unsorted"

    def _kind(self, paper: Row) -> str:
        host = self.rooms[paper["room_id"]]["host_id"]
        kind = self.units.get((host, paper["unit_code"]), "")
        return kind if kind in KNOWN_KINDS else "unknown"

    def _round(self, paper: Row) -> str:
        room = self.rooms[paper["room_id"]]
        if room["lead_id"] != CITY:
            return "own"
        led = self.rounds.get(room["round_number"])
        if led is None or led["state"] == "drafting":
            return "earlier"
        named = led["starts_on"] < self.until and led["starts_on"].year >= self.year - 1
        return f"r{led['id']}" if named else "earlier"

    def _became(self, paper: Row) -> Facts:
        """As it stood when the digest's period was over."""
        laid = [
            s for s in self.paper_steps
            if s["record_id"] == paper["id"] and s["act"] == "assigned" and day(s["at"]) < self.until
        ]  # fmt: skip
        if not laid:
            return {"state": "not_assigned", "age": "in_time"}
        steps = [
            s for s in self.item_steps
            if s["record_id"] == paper["item_id"] and day(s["at"]) < self.until
        ]  # fmt: skip
        last = max(steps, key=lambda step: step["number"], default={"after": "assigned"})
        return {"state": last["after"], "age": self._age(paper)}

    def _age(self, paper: Row) -> str:
        ran = [
            c["due_on"] for c in self.clocks
            if c["number"] == paper["item_id"] and c["due_on"] and c["started_on"] < self.until
            and not (c["ended_on"] and c["ended_on"] < self.until)
        ]  # fmt: skip
        last_day = self.until - timedelta(days=1)
        late = (last_day - max(ran)).days if ran else 0
        return next((band for most, band in BANDS if late <= most), "longer")

    def _outcome(self, clue: Row) -> Facts:
        told = [
            o
            for o in self.outcomes
            if o["clue_id"] == clue["id"] and day(o["told_at"]) < self.until
        ]
        newest = max((one["telling"] for one in told), default=0)
        last = {one["code"] for one in told if one["telling"] == newest}
        for code, group in OUTCOMES:
            if code in last:
                return {"outcome": group, f"{group}_code": code}
        return {"outcome": "pending"}


def counter(records: Iterable[Facts]) -> Callable[[tuple[tuple[str, str], ...]], int]:
    """How many of `records` a cell counts: those that are, in each dimension, what it says or below it."""
    known = list(records)
    return lambda at: sum(all(_is(facts, *one) for one in at) for facts in known)


def _is(facts: Facts, dimension: str, value: str) -> bool:
    has = facts.get(dimension, "")
    if dimension == "state" and value == "open":
        return has != "closed_out"
    if dimension == "category":
        return value in (has, HEADING_OF.get(has, has.removesuffix(".other")))
    return has == value
