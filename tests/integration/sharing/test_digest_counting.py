"""The figures of a digest, read from the rows a second time and otherwise; and who may count at all."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from sharing.domain.digest.declared import tables_of
from sharing.services.making_digests import begin, counted
from tenancy.statistics import counting
from tests.integration.sharing.digests import (
    CITY,
    COUNTIES,
    DINGHAI,
    DigestCity,
    Lay,
    lay_clue,
    lay_finding,
    lay_item,
    lay_office,
    lay_room,
    lay_unit,
)
from tests.people import acting

Q1, Q2, Q3, Q4 = (date(2025, month, 1) for month in (1, 4, 7, 10))
END = date(2026, 1, 1)


def lay_records(lay: Lay, chance: Random) -> None:
    """Findings and clues of a year and a half, in four counties and the city."""
    kinds = ("department", "township", "school", "a kind that nobody knows")
    for tenant in (CITY, *COUNTIES):
        classes = lay_office(lay, tenant)
        if tenant == DINGHAI:
            classes |= lay_office(lay, tenant, citys={"U9": ("U9.B01",)})
        host = DINGHAI if tenant == CITY else tenant
        rooms = [
            lay_room(lay, tenant, host, lead=lead, round_number=n)
            for lead, n in ((CITY, 1), (CITY, 2), (tenant, 3))
        ]
        if tenant != CITY:
            for kind in kinds:
                lay_unit(lay, tenant, f"u-{kind[:6]}", kind)
        for _ in range(chance.randint(20, 40)):
            on = Q1 + timedelta(days=chance.randrange(-40, 460))
            given: dict[str, Any] = {}
            if chance.random() < 0.8:
                given["assigned_on"] = on + timedelta(days=chance.randrange(60))
                day, steps = given["assigned_on"], []
                for after in chance.choice([(), ("plan_drafted",), ("plan_drafted", "in_progress"),
                    ("plan_drafted", "in_progress", "claimed_done", "accepted", "closed_out")]):  # fmt: skip
                    day += timedelta(days=chance.randrange(60))
                    steps.append((after, day))
                due = chance.choice([None, on + timedelta(days=chance.randrange(10, 200))])
                given["item"] = lay_item(lay, tenant, steps, due)
            category = chance.choice([*classes.values(), None])
            unit = f"u-{chance.choice([*kinds, 'gone'])[:6]}"
            lay_finding(lay, tenant, chance.choice(rooms), unit, category, on, **given)
        for _ in range(chance.randint(5, 15)):
            on = Q1 + timedelta(days=chance.randrange(-40, 460))
            tellings, told = [], on
            for _ in range(chance.randrange(3)):
                told += timedelta(days=chance.randrange(90))
                tellings.append((told, chance.sample(
                    ["talk", "party_warning", "admin_demoted", "money_returned", "not_borne_out",
                     "to_the_procuratorate"], chance.randint(1, 3))))  # fmt: skip
            lay_clue(lay, tenant, on, tellings)


def day(value: Any) -> date:
    moved: datetime = value + timedelta(hours=8)
    return moved.date()


class Reading:
    """All rows of the city, read by plain selects and counted in Python: no SQL of the product."""

    def __init__(self, lay: Lay) -> None:
        self.lay = lay
        self.papers = self.all("sharing_workingpaper")
        self.steps = self.all("sharing_paperstep")
        self.items = self.all("sharing_rectificationstep")
        self.clocks = self.all("sharing_deadline")
        self.clues = self.all("sharing_officeclue")
        self.outcomes = self.all("sharing_clueoutcome")
        self.categories = {one["id"]: one for one in self.all("sharing_findingcategory")}
        self.rooms = {one["id"]: one for one in self.all("sharing_room")}
        self.units = {
            (u["tenant_id"], u["code"]): u["kind"] for u in self.all("scheduling_inspectedunit")
        }

    def all(self, table: str) -> list[dict[str, Any]]:
        self.lay.cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        names = [one.name for one in self.lay.cursor.description]
        return [dict(zip(names, row, strict=True)) for row in self.lay.cursor.fetchall()]

    def findings(self, since: date, until: date) -> list[dict[str, Any]]:
        on = {s["record_id"]: day(s["at"]) for s in self.steps if s["act"] == "fed_back"}
        return [one for one in self.papers if since <= on[one["id"]] < until]

    def county(self, row: dict[str, Any]) -> str:
        return COUNTIES.get(row["tenant_id"], "city")

    def category(self, paper: dict[str, Any]) -> str:
        own = self.categories.get(paper["category_id"])
        if own is None or own["code"].startswith("U9"):
            return "unsorted"
        return str(own["code"])

    def kind(self, paper: dict[str, Any]) -> str:
        host = self.rooms[paper["room_id"]]["host_id"]
        kind = self.units.get((host, paper["unit_code"]), "")
        return kind if kind in ("department", "township", "school") else "unknown"

    def round(self, paper: dict[str, Any]) -> str:
        return "earlier" if self.rooms[paper["room_id"]]["lead_id"] == CITY else "own"

    def state(self, paper: dict[str, Any], as_of: date) -> str:
        laid = [s for s in self.steps if s["record_id"] == paper["id"] and s["act"] == "assigned"]
        if not laid or day(laid[0]["at"]) >= as_of:
            return "not_assigned"
        done = [
            s for s in self.items if s["record_id"] == paper["item_id"] and day(s["at"]) < as_of
        ]
        return str(done[-1]["after"]) if done else "assigned"

    def age(self, paper: dict[str, Any], as_of: date) -> str:
        due = [c["due_on"] for c in self.clocks if c["number"] == paper["item_id"]]
        if self.state(paper, as_of) == "not_assigned" or not due:
            return "in_time"
        late = (as_of - due[0]).days - 1
        return (
            "in_time"
            if late <= 0
            else "days_30"
            if late <= 30
            else "days_90"
            if late <= 90
            else "longer"
        )

    def handed(self, since: date, until: date) -> list[dict[str, Any]]:
        return [
            c
            for c in self.clues
            if c["handed_over_at"] and since <= day(c["handed_over_at"]) < until
        ]

    def outcome(self, clue: dict[str, Any], as_of: date) -> tuple[str, str]:
        told = [
            o for o in self.outcomes if o["clue_id"] == clue["id"] and day(o["told_at"]) < as_of
        ]
        last = {o["code"] for o in told if o["telling"] == max(t["telling"] for t in told)}
        for code, group in (
            ("to_the_procuratorate", "to_the_procuratorate"), ("party_warning", "party"),
            ("admin_demoted", "administrative"), ("talk", "without_sanction"),
            ("money_returned", "money"), ("not_borne_out", "nothing"),
        ):  # fmt: skip
            if code in last:
                return group, code
        return "pending", ""


QUARTERS = (Q1, Q2, Q3, Q4, END)


def counts_of(city: DigestCity, nth: int) -> dict[str, dict[tuple[str, ...], int]]:
    """Of the quarter so far from the first, as the job counts it; those before it are published."""
    with city.lay() as lay:
        for place in range(nth + 1):
            state = "published" if place < nth else "making"
            number = city.lay_digest(lay, QUARTERS[place], QUARTERS[place + 1], state)
    with acting(city.zhao):
        task = begin(actor=city.zhao, number=number)
    assert task is not None
    cohorts = dict.fromkeys(task.cohorts, task.words)
    with counting(city.zhao) as ask:
        leaves = counted(ask, task.digest, tables_of(task.words, task.period.name, cohorts))
    return {code: dict(found) for code, found in leaves.items()}


@pytest.mark.parametrize("nth", range(4))
@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_the_rows_read_otherwise(
    digest_city: DigestCity, seed: int, nth: int
) -> None:
    """A second reading, written apart: plain selects, counted in Python."""
    city, chance = digest_city, Random(10 * seed + nth)
    with city.lay() as lay:
        lay_records(lay, chance)
        reading = Reading(lay)
    city.begin(since=2025)
    since = date.min if nth == 0 else QUARTERS[nth]
    until = QUARTERS[nth + 1]

    told = counts_of(city, nth)

    of, handed = reading.findings(since, until), reading.handed(since, until)
    assert of
    assert told.pop("categories") == Counter((reading.category(p), reading.county(p)) for p in of)
    assert told.pop("kinds") == Counter((reading.kind(p), reading.county(p)) for p in of)
    assert told.pop("rounds") == Counter((reading.round(p), reading.county(p)) for p in of)
    assert told.pop("clues") == Counter((reading.county(c),) for c in handed)
    if nth < 2:
        assert told == {}
        return
    cohort = f"2025-Q{nth - 1}"
    then = (date.min if nth == 2 else QUARTERS[nth - 2], QUARTERS[nth - 1])
    of, handed = reading.findings(*then), reading.handed(*then)
    states = [(reading.state(p, until), reading.county(p)) for p in of]
    assert told.pop(f"rectification:{cohort}") == Counter(states)
    assert told.pop(f"ages:{cohort}") == Counter(
        (reading.age(p, until), reading.county(p))
        for p in of
        if reading.state(p, until) != "closed_out"
    )
    became = [(*reading.outcome(c, until), reading.county(c)) for c in handed]
    assert told.pop(f"outcomes:{cohort}") == Counter((group, county) for group, _, county in became)
    for table, found in told.items():
        group = table.partition("_code")[0]
        assert found == Counter((code,) for one, code, _ in became if one == group)


def test_a_county_s_own_words_and_the_days_in_china(digest_city: DigestCity) -> None:
    """Fed back at one in the morning of 1 April in China, which is March still in UTC."""
    city = digest_city
    with city.lay() as lay:
        own = lay_office(lay, CITY) and lay_office(
            lay, DINGHAI, citys={"U1": ("U1.B01",), "U9": ("U9.B01",)}
        )
        room = lay_room(lay, DINGHAI, DINGHAI)
        for category in own.values():
            paper = lay_finding(lay, DINGHAI, room, "gone", category, Q2)
            lay.cursor.execute(
                "UPDATE sharing_paperstep SET at = '2025-03-31 17:00+00' WHERE record_id = %s",
                [paper],
            )
    city.begin(since=2025)

    assert counts_of(city, 1)["categories"] == {
        ("U1.other", "dinghai"): 1,
        ("unsorted", "dinghai"): 1,
    }
