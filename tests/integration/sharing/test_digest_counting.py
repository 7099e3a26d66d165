"""The figures of a digest, whatever the rows are; and whose days and words they go by."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from kernel.clock import CHINA
from sharing.domain.digest.counting import Leaves, counts_of
from sharing.domain.digest.declared import Population, tables_of
from sharing.domain.digest.periods import Calendar, Length, Period
from sharing.domain.digest.tables import Table
from sharing.services.making_digests import begin, counted
from tenancy.models import Office
from tenancy.statistics import counting
from tests.integration.sharing.digest_reading import Reading, counter
from tests.integration.sharing.digest_records import (
    ELSEWHERE,
    FAR_COUNTY,
    Records,
    lay_drawn,
    of_each_kind,
    records,
)
from tests.integration.sharing.digests import (
    CITY,
    COUNTIES,
    DINGHAI,
    DigestCity,
    lay_digest_of,
    lay_finding,
    lay_office,
    lay_room,
)
from tests.people import acting

LAID = (
    "sharing_digestquestion", "sharing_digest", "sharing_digestrule", "sharing_workingpaper",
    "sharing_paperstep", "sharing_rectificationitem", "sharing_rectificationstep", "sharing_deadline",
    "sharing_officeclue", "sharing_clueoutcome", "sharing_findingcategory", "sharing_room",
    "scheduling_inspectedunit", "scheduling_inspectionround",
)  # fmt: skip
# Of so many periods back a digest says what became.
BACK = {Length.QUARTER: 2, Length.HALF_YEAR: 1, Length.YEAR: 1}
SIZES = [
    pytest.param(12, id="some"),
    pytest.param(int(os.environ.get("RUNS", "2000")), id="many", marks=pytest.mark.nightly),
]
ONE_IN_THE_MORNING = datetime(2025, 4, 1, 1, tzinfo=CHINA)
WORDS = (
    *(("county", code) for code in (*COUNTIES.values(), "city")),
    *(("category", code) for code in ("U1", "U1.01", "U1.other", "U2.01", "unsorted")),
    *(("kind", code) for code in ("department", "school", "unknown")),
    *(("round", code) for code in ("r1", "r2", "earlier", "own")),
    *(("state", code) for code in ("open", "closed_out", "not_assigned", "assigned")),
    *(("age", code) for code in ("in_time", "days_30", "days_90", "longer")),
    *(("outcome", code) for code in ("pending", "party", "money", "to_the_procuratorate")),
)
# Which digest of the office's, from the first.
WHICH = st.sampled_from(
    [(length, nth) for length in Length for nth in (0, BACK[length], BACK[length] + 1)]
)


@pytest.mark.parametrize("runs", SIZES)
def test_figures_are_those_of_the_rows_read_otherwise(digest_city: DigestCity, runs: int) -> None:
    """Every cell of every table, margins as well: a second reading, written apart."""
    seen: Counter[tuple[str, str]] = Counter()
    with digest_city.django_as("superuser"):
        for number, kind, parent in ((ELSEWHERE, "city", None), (FAR_COUNTY, "county", ELSEWHERE)):
            Office.objects.create(
                pk=number, code=f"elsewhere-{kind}", name="别处", short_name="别处", kind=kind,
                parent_id=parent, name_key="bie chu",
            )  # fmt: skip

    @settings(
        max_examples=runs, deadline=None, database=None, derandomize=runs < 100,
        suppress_health_check=[*HealthCheck], report_multiple_bugs=False,
        phases=[Phase.explicit, Phase.generate],  # to look for a shorter one takes minutes; the cell is named
    )  # fmt: skip
    @example(of_each_kind(), (Length.QUARTER, 2))
    @given(records(), WHICH)
    def compare(drawn: Records, which: tuple[Length, int]) -> None:
        length, nth = which
        periods = list(islice(Calendar(((2025, length),)).periods(), nth + 1))
        with digest_city.lay() as lay:
            for table in LAID:
                lay.cursor.execute(f"DELETE FROM {table}")
            lay_drawn(lay, drawn)
            reading = Reading(lay, periods[-1].until)
        digest_city.begin(since=2025, length=length)
        tables, leaves = told_of(digest_city, periods)

        assert {one.cohort for one in tables} == {periods[-1].name, *cohort_of(periods)}
        for cohort in periods:
            theirs = [one for one in tables if one.cohort == cohort.name]
            since = date.min if cohort == periods[0] else cohort.begins_on
            read = {
                Population.FINDINGS: counter(reading.findings(since, cohort.until)),
                Population.CLUES: counter(reading.handed(since, cohort.until)),
            }
            for cell, count in counts_of(theirs, leaves).items():
                assert count == read[Population(cell.population)](cell.at), cell
                seen.update(dict(cell.at).items() if count else ())

    compare()
    assert {"party_code", "nothing_code"} <= {dimension for dimension, _ in seen}
    missing = set(WORDS) - seen.keys()
    assert missing == set(), "in vain would be what nothing was counted of"


def cohort_of(periods: Sequence[Period]) -> list[str]:
    """Of what the last of them says what became."""
    back = BACK[periods[-1].length]
    return [periods[-1 - back].name] if len(periods) > back else []


def told_of(
    city: DigestCity, periods: Sequence[Period]
) -> tuple[tuple[Table, ...], dict[str, Leaves]]:
    """Of the last period, as the job counts it; those before it are published."""
    with city.lay() as lay:
        for one in periods:
            state = "making" if one == periods[-1] else "published"
            number = lay_digest_of(lay, one.name, one.begins_on, one.until, state)
    with acting(city.zhao):
        task = begin(actor=city.zhao, number=number)
    assert task is not None
    cohorts = dict.fromkeys(task.cohorts, task.words)
    tables = tables_of(task.words, task.period.name, cohorts)
    with counting(city.zhao) as ask:
        return tables, counted(ask, task.digest, tables)


def test_a_county_s_own_words_and_the_days_in_china(digest_city: DigestCity) -> None:
    """Fed back at one in the morning of 1 April in China, which is March still in UTC."""
    city = digest_city
    with city.lay() as lay:
        own = lay_office(lay, CITY) and lay_office(
            lay, DINGHAI, citys={"U1": ("U1.B01",), "U9": ("U9.B01",)}
        )
        room = lay_room(lay, DINGHAI, DINGHAI)
        for category in own.values():
            lay_finding(lay, DINGHAI, room, "gone", category, ONE_IN_THE_MORNING)
    city.begin(since=2025)

    _, leaves = told_of(city, list(islice(Calendar(((2025, Length.QUARTER),)).periods(), 2)))

    assert leaves["categories"] == {("U1.other", "dinghai"): 1, ("unsorted", "dinghai"): 1}
