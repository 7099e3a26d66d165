"""What the reader of problems refuses, each with its allowed twin nearby."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scheduling.domain.document import read_problem
from scheduling.domain.problem import MEASURES, PinArc, PinPerson, PinUnit, default_objective
from tests.unit.scheduling.documents import (
    faults_in,
    full_document,
    with_value,
    without,
    written,
)


def test_a_document_with_every_list_reads_without_a_fault() -> None:
    problem = read_problem(written(full_document()))

    assert problem.round.start == date(2026, 3, 1)
    assert problem.travel == {("east", "west"): 40, ("west", "east"): 40}
    assert problem.pins == (
        PinPerson("chen", "red", "leader"),
        PinUnit("school", "red", date(2026, 3, 2)),
        PinArc("west", "east", forbid=True),
    )
    assert problem.policy.home_offices == (1, 2)
    assert problem.policy.reciprocity == "members"
    assert problem.baseline is not None
    assert problem.baseline[0].members == ("gone",)


# (place, value put there, path of the fault, words of the fault)
REFUSED: list[tuple[str, object, str, str]] = [
    ("format", "round-plan/1", "$.format", '"round-problem/1" is expected'),
    ("colour", 1, "$.colour", 'unknown key "colour"'),
    ("round.place", "hall", "$.round.place", 'unknown key "place"'),
    ("units.1.the colour", 1, '$.units[1]["the colour"]', "unknown key"),
    ("inspectors.0.age", 40, "$.inspectors[0].age", "unknown key"),
    ("policy.speed", 1, "$.policy.speed", "unknown key"),
    ("policy.host_seats", {"max": 1, "roles": [], "x": 1}, "$.policy.host_seats.x", "unknown key"),
    # Types
    ("units", {}, "$.units", "is an object, a list is expected"),
    ("units.1", "tax", "$.units[1]", "an object is expected"),
    ("units.1.days", "3", "$.units[1].days", 'is the text "3", a whole number is expected'),
    ("units.1.days", 3.0, "$.units[1].days", "a whole number is expected"),
    ("units.1.days", True, "$.units[1].days", "is true, a whole number is expected"),
    ("units.1.mandatory", 1, "$.units[1].mandatory", "true or false is expected"),
    ("units.1.system", None, "$.units[1].system", "is null, a text is expected"),
    ("units.1.name", 5, "$.units[1].name", "a text is expected"),
    ("units.1.skills", [], "$.units[1].skills", "is a list, an object is expected"),
    ("units.1.skills", {"law": 1.5}, "$.units[1].skills.law", "a whole number is expected"),
    ("inspectors.0.skills", ["law", 3], "$.inspectors[0].skills[1]", "a text is expected"),
    ("policy", [], "$.policy", "an object is expected"),
    ("policy.home_offices", 1, "$.policy.home_offices", "a list is expected"),
    ("policy.home_offices", [1], "$.policy.home_offices", "[min, max] is expected"),
    ("policy.objective", {}, "$.policy.objective", "a list is expected"),
    ("offices.0.location", [1], "$.offices[0].location", "[longitude, latitude]"),
    ("offices.0.location", ["1", 2], "$.offices[0].location[0]", "a number is expected"),
    ("offices.0.location", [30, 122], "$.offices[0].location[1]", "from -90 to 90"),
    # Ranges
    ("units.1.days", 0, "$.units[1].days", "at least 1"),
    ("units.1.risk", 6, "$.units[1].risk", "at most 5"),
    ("units.1.priority", 0, "$.units[1].priority", "at least 1"),
    ("units.1.priority", 101, "$.units[1].priority", "at most 100"),
    ("units.1.skills", {"law": -1}, "$.units[1].skills.law", "at least 0"),
    ("inspectors.0.rounds", -1, "$.inspectors[0].rounds", "at least 0"),
    ("inspectors.0.recent_days", -1, "$.inspectors[0].recent_days", "at least 0"),
    ("inspectors.2.visited.0.ago", 0, "$.inspectors[2].visited[0].ago", "at least 1"),
    ("inspectors.2.led.0.ago", 0, "$.inspectors[2].led[0].ago", "at least 1"),
    ("history.0.ago", 0, "$.history[0].ago", "at least 1"),
    ("offices.0.location", [180.5, 0], "$.offices[0].location[0]", "from -180 to 180"),
    ("offices.0.location", [0, -90.5], "$.offices[0].location[1]", "from -90 to 90"),
    ("travel.0.km", -1, "$.travel[0].km", "at least 0"),
    ("travel.0.km", 10**18, "$.travel[0].km", "at most 1000000000"),
    ("teams.0.size", [4, 3], "$.teams[0].size", "the least is above the most"),
    ("teams.0.deputies", [2, 1], "$.teams[0].deputies", "the least is above the most"),
    ("teams.0.concurrency", 0, "$.teams[0].concurrency", "at least 1"),
    ("teams.0.max_units", -1, "$.teams[0].max_units", "at least 0"),
    ("policy.home_offices", [3, 2], "$.policy.home_offices", "the least is above the most"),
    ("policy.recent_days_cap", -1, "$.policy.recent_days_cap", "at least 0"),
    ("policy.objective", [{"travel": -1}], "$.policy.objective[0].travel", "at least 0"),
    ("policy.objective", [{"travel": 0.5}], "$.policy.objective[0].travel", "a whole number"),
    ("declared.1.weight", -1, "$.declared[1].weight", "at least 0"),
    ("declared.0.unless_host", 1, "$.declared[0].unless_host", "true or false"),
    ("declared.1.unless_host", True, "$.declared[1].unless_host", "a soft conflict spares nobody"),
    # Days and months
    ("round.end", "2026-02-28", "$.round.end", 'before "start"'),
    ("round.start", "2026-02-30", "$.round.start", "there is no such day"),
    ("round.start", "20260301", "$.round.start", "a date YYYY-MM-DD is expected"),
    ("round.start", "2026-03-01T00:00", "$.round.start", "a date YYYY-MM-DD is expected"),
    ("round.start", "２０２６-03-01", "$.round.start", "a date YYYY-MM-DD is expected"),
    ("calendar", [], "$.calendar", "is empty"),
    ("calendar.1", "2026-03-02", "$.calendar[1]", "does not come after 2026-03-02"),
    ("calendar.9", "2026-03-16", "$.calendar[9]", "outside the round"),
    ("units.1.window", {"earliest": "2026-03-05", "latest": "2026-03-04"},
     "$.units[1].window.latest", 'before "earliest"'),
    ("inspectors.2.away.0.to", "2026-03-03", "$.inspectors[2].away[0].to", 'before "from"'),
    ("inspectors.2.posts.0.to", "2019-12", "$.inspectors[2].posts[0].to", 'before "from"'),
    ("inspectors.2.posts.0.from", "2020-13", "$.inspectors[2].posts[0].from", "no such month"),
    ("inspectors.2.posts.0.from", "0000-05", "$.inspectors[2].posts[0].from", "no such month"),
    ("inspectors.2.posts.0.from", "2020-00", "$.inspectors[2].posts[0].from", "no such month"),
    ("inspectors.2.posts.0.from", "2020-1", "$.inspectors[2].posts[0].from", "a month YYYY-MM"),
    ("inspectors.2.posts.0.from", None, "$.inspectors[2].posts[0].from", "a month YYYY-MM"),
    # Words from a list
    ("offices.0.kind", "province", "$.offices[0].kind", '"county" or "city" is expected'),
    ("inspectors.2.relatives.0.relation", "cousin", "$.inspectors[2].relatives[0].relation", '"other"'),
    ("inspectors.2.relatives.0.position", "boss", "$.inspectors[2].relatives[0].position", '"head"'),
    ("declared.0.severity", "mild", "$.declared[0].severity", '"hard" or "soft"'),
    ("declared.0.roles", ["chair"], "$.declared[0].roles[0]", '"member"'),
    ("pairs.0.severity", "soft", "$.pairs[0].severity", '"hard" is expected'),
    ("policy.reciprocity", "all", "$.policy.reciprocity", '"members" is expected'),
    ("policy.system", True, "$.policy.system", '"off" or "leaders" or "all"'),
    ("policy.host_seats", {"max": 1, "roles": ["boss"]}, "$.policy.host_seats.roles[0]", '"leader"'),
    ("policy.objective", [{"speed": 1}], "$.policy.objective[0].speed", 'unknown measure "speed"'),
    # Names
    ("units.1.id", "school", "$.units[1].id", "the id at $.units[0].id already"),
    ("inspectors.3.id", "lin", "$.inspectors[3].id", "already"),
    ("teams.1.id", "red", "$.teams[1].id", "already"),
    ("offices.2.kind", "city", "$.offices[2]", "a second city"),
    ("units.1.county", "city", "$.units[1].county", "the id of no county office"),
    ("units.1.parent", "mill", "$.units[1].parent", "the id of no unit"),
    ("inspectors.0.office", "south", "$.inspectors[0].office", "the id of no office"),
    ("inspectors.2.posts.0.unit", "mill", "$.inspectors[2].posts[0].unit", "the id of no unit"),
    ("inspectors.2.relatives.0.office", "tax", "$.inspectors[2].relatives[0].office", "of no office"),
    ("inspectors.2.interests.0.unit", "mill", "$.inspectors[2].interests[0].unit", "of no unit"),
    ("inspectors.2.visited.0.unit", "mill", "$.inspectors[2].visited[0].unit", "of no unit"),
    ("inspectors.2.led.0.county", "city", "$.inspectors[2].led[0].county", "of no county office"),
    ("declared.0.inspector", "nobody", "$.declared[0].inspector", "of no inspector"),
    ("declared.0.unit", "mill", "$.declared[0].unit", "of no unit"),
    ("pairs.0.a", "nobody", "$.pairs[0].a", "of no inspector"),
    ("pairs.0.b", "lin", "$.pairs[0].b", "two different inspectors"),
    ("history.0.from", "south", "$.history[0].from", "of no office"),
    ("history.0.to", "city", "$.history[0].to", "of no county office"),
    ("travel.0.b", "east", "$.travel[0].b", "two different offices"),
    # Unit or office
    ("inspectors.2.posts.0.office", "east", "$.inspectors[2].posts[0]", "both"),
    ("inspectors.2.relatives.0.unit", "tax", "$.inspectors[2].relatives[0]", "both"),
    ("declared.0.office", "east", "$.declared[0]", "both"),
    # Pins
    ("pins.0", {"inspector": "chen"}, "$.pins[0]", "a pin has one of"),
    ("pins.0", {}, "$.pins[0]", "a pin has one of"),
    ("pins.0", {"inspector": "chen", "unit": "tax", "team": "red"}, "$.pins[0]", "a pin has one of"),
    ("pins.0", {"inspector": "chen", "team": "red", "role": "leader", "forbid": True},
     "$.pins[0]", "a pin has one of"),
    ("pins.0", {"inspector": "chen", "out": False}, "$.pins[0].out", "true is expected"),
    ("pins.0", {"inspector": "chen", "team": "green"}, "$.pins[0].team", "of no team"),
    ("pins.0", {"inspector": "chen", "team": "red", "role": "boss"}, "$.pins[0].role", '"leader"'),
    ("pins.0", {"inspector": "chen", "squad": "red"}, "$.pins[0].squad", "unknown key"),
    ("pins.1.unit", "mill", "$.pins[1].unit", "of no inspectable unit"),
    ("pins.1.start", "2026-3-2", "$.pins[1].start", "a date"),
    ("pins.2.from", "city", "$.pins[2].from", "of no county office"),
    # Baseline
    ("baseline.0.members", ["wu"], "$.baseline[0]", "in the baseline already"),
    ("baseline.0.visits.0.end", "soon", "$.baseline[0].visits[0].end", "a date"),
    ("baseline.0.head", "wu", "$.baseline[0].head", "unknown key"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "value", "path", "words"), REFUSED)
def test_a_spoilt_place_is_named_with_what_is_expected(
    place: str, value: object, path: str, words: str
) -> None:
    faults = faults_in(written(with_value(full_document(), place, value)))

    assert any(fault.path == path and words in fault.text for fault in faults), faults


def test_a_day_outside_the_round_is_told_beside_a_key_that_begins_like_the_round() -> None:
    document = {**full_document(), "rounds": 1}
    document["calendar"].append("2026-12-01")

    paths = [fault.path for fault in faults_in(written(document))]

    assert sorted(paths) == ["$.calendar[10]", "$.rounds"]


# (place, value put there)
ALLOWED: list[tuple[str, object]] = [
    ("units.1.days", 99),  # too long for the round, which is for the engine to say
    ("units.1.inspectable", False),
    ("units.1.risk", 1),
    ("units.1.risk", 5),
    ("units.1.priority", 1),
    ("units.1.priority", 100),
    ("travel.0.km", 10**9),
    ("calendar.9", "2026-03-15"),
    ("offices.0.location", [-180, -90]),
    ("offices.0.location", [180, 90]),
    ("inspectors.2.led.0.ago", 1),
    ("inspectors.2.posts.0.to", "2020-12"),
    ("teams.0.concurrency", 1),
    ("units.1.window", {}),
    ("units.1.window", {"earliest": "2026-03-05", "latest": "2026-03-05"}),
    ("units.1.window", {"latest": "2027-01-01"}),
    ("round.start", "2026-03-02"),
    ("inspectors.2.away.0.to", "2026-03-04"),
    ("inspectors.2.posts.0.to", None),
    ("inspectors.2.posts.0.to", "2020-01"),
    ("inspectors.2.native", "somewhere else"),
    ("inspectors.2.home_unit", "a mill"),
    ("inspectors.2.office", "city"),
    ("inspectors.2.skills", []),
    ("offices.0.kind", "county"),  # a province solved as several cities
    ("offices.0.location", [122, 30.5]),
    ("teams.0.size", [3, 3]),
    ("teams.0.max_units", 0),
    ("declared.0.roles", ["leader", "deputy"]),
    ("pins.0", {"inspector": "chen", "out": True}),
    ("pins.0", {"inspector": "chen", "team": "red", "forbid": True}),
    ("pins.0", {"unit": "tax", "out": True}),
    ("pins.0", {"unit": "tax", "team": "blue"}),
    ("pins.0", {"from": "east", "to": "east"}),
    ("pins.1.start", "2027-01-01"),  # impossible, which is no fault of the document
    ("baseline", []),
    ("baseline.0.id", "team that is gone"),
    ("baseline.0.visits.0.unit", "gone"),
    ("baseline.0.leader", None),
    ("travel", []),
    ("policy.recent_days_cap", None),
    ("policy.former_post_total_years", 3),
    ("policy.objective", [dict.fromkeys(MEASURES, 0)]),
    ("policy.host_seats", {"max": 2, "roles": ["deputy", "member"]}),
    ("units.0.name", "巡察 \U0001f3eb"),
]


@pytest.mark.parametrize(("place", "value"), ALLOWED)
def test_its_allowed_twin_is_read(place: str, value: object) -> None:
    read_problem(written(with_value(full_document(), place, value)))


REQUIRED = [
    *("format", "round", "calendar", "offices", "units", "inspectors", "teams", "policy"),
    *(f"round.{key}" for key in ("id", "name", "start", "end")),
    *(f"offices.0.{key}" for key in ("id", "name", "kind", "location")),
    *(f"units.0.{key}" for key in ("id", "name", "county", "kind", "risk", "days", "skills")),
    *(f"units.0.{key}" for key in ("mandatory", "priority")),
    *(f"inspectors.0.{key}" for key in ("id", "name", "office", "leader", "deputy", "skills")),
    *(f"inspectors.0.{key}" for key in ("rounds", "recent_days")),
    *(f"teams.0.{key}" for key in ("id", "size", "deputies")),
    *("inspectors.2.posts.0.to", "inspectors.2.relatives.0.relation"),
    *("travel.0.km", "pairs.0.kind", "history.0.ago", "baseline.0.visits", "declared.0.kind"),
]


@pytest.mark.parametrize("place", REQUIRED)
def test_a_missing_key_is_named(place: str) -> None:
    faults = faults_in(written(without(full_document(), place)))

    steps = [f"[{step}]" if step.isdigit() else f".{step}" for step in place.split(".")]
    path = "$" + "".join(steps)
    assert [fault for fault in faults if fault.path == path and fault.text == "is missing"]


@pytest.mark.parametrize("key", ["declared", "pairs", "history", "pins", "baseline", "travel"])
def test_an_optional_list_may_be_left_out(key: str) -> None:
    read_problem(written(without(full_document(), key)))


@pytest.mark.parametrize("entry", ["inspectors.2.posts.0.unit", "declared.0.unit"])
def test_an_entry_about_neither_a_unit_nor_an_office_is_refused(entry: str) -> None:
    [fault] = faults_in(written(without(full_document(), entry)))

    assert 'has neither of "unit" and "office"' in fault.text


@pytest.mark.parametrize(
    ("parents", "is_cycle"),
    [
        ({"tax": "tax"}, True),
        ({"tax": "school", "school": "tax"}, True),
        ({"tax": "school", "school": "hospital", "hospital": "school"}, True),
        ({"tax": "school", "school": "hospital"}, False),
    ],
)
def test_a_cycle_of_parents_is_refused_and_a_chain_is_not(
    parents: dict[str, str], is_cycle: bool
) -> None:
    document = full_document()
    for unit in document["units"]:
        unit.pop("parent", None)
        unit.update({"parent": parents[unit["id"]]} if unit["id"] in parents else {})

    if is_cycle:
        [fault] = faults_in(written(document))
        assert "a cycle of parents" in fault.text
    else:
        read_problem(written(document))


def test_a_pair_of_offices_is_in_travel_once_whatever_its_order() -> None:
    document = full_document()
    document["travel"].append({"a": "west", "b": "east", "km": 40})

    [fault] = faults_in(written(document))

    assert str(fault) == '$.travel[1]: gives the distance of "west" and "east" a second time'


def test_a_unit_that_is_not_up_for_inspection_is_not_pinned() -> None:
    document = with_value(full_document(), "units.0.inspectable", False)

    [fault] = faults_in(written(document))

    assert str(fault) == '$.pins[1].unit: is "school", which is the id of no inspectable unit'


def test_a_unit_that_only_carries_facts_may_have_no_days() -> None:
    document = with_value(full_document(), "units.4.inspectable", False)

    read_problem(written(with_value(document, "units.4.days", 0)))


def test_a_unit_is_in_the_baseline_once() -> None:
    document = full_document()
    document["baseline"].append(
        {**document["baseline"][0], "id": "blue", "leader": None, "deputies": [], "members": []}
    )

    [fault] = faults_in(written(document))

    assert fault.path == "$.baseline[1]"
    assert "which the baseline visits already" in fault.text


def test_every_fault_is_told_in_one_pass() -> None:
    document = full_document()
    document["units"][1]["days"] = -1
    document["inspectors"][0]["office"] = "south"
    document["pins"][0]["role"] = "boss"
    del document["round"]["name"]

    paths = [fault.path for fault in faults_in(written(document))]

    assert paths == [
        "$.round.name",
        "$.units[1].days",
        "$.inspectors[0].office",
        "$.pins[0].role",
    ]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("round.start", "soon"),
        ("round.end", "0001-01-32"),
        ("inspectors.2.away.0.from", "9999-99-99"),
        ("inspectors.2.posts.0.to", "1999-99"),
        ("teams.0.size", ["4", 3]),
        ("teams.0.size", [4, "3"]),
    ],
)
def test_what_cannot_be_read_is_not_compared_as_well(place: str, value: object) -> None:
    faults = faults_in(written(with_value(full_document(), place, value)))

    assert len(faults) == 1


def test_what_is_left_out_has_the_value_of_the_contract() -> None:
    problem = read_problem(written(full_document()))

    assert problem.teams[0].concurrency == 1
    assert problem.teams[0].max_units is None
    assert problem.declared[0].weight == 1
    assert problem.declared[0].roles == {"leader", "deputy", "member"}
    assert not problem.declared[0].unless_host
    assert problem.units[0].inspectable
    assert problem.policy.former_post_years == 3


def test_a_list_that_is_missing_makes_no_faults_where_it_is_referred_to() -> None:
    [fault] = faults_in(written(without(full_document(), "inspectors")))

    assert str(fault) == "$.inspectors: is missing"


@pytest.mark.parametrize("has_baseline", [True, False])
def test_the_objective_defaults_by_whether_there_is_a_baseline(has_baseline: bool) -> None:
    document = without(full_document(), "policy.objective")
    if not has_baseline:
        document["baseline"] = []

    problem = read_problem(written(document))

    assert problem.policy.objective == default_objective(with_baseline=has_baseline)
    assert (problem.baseline is not None) == has_baseline
    assert ("changes" in problem.policy.objective[1]) == has_baseline


def test_the_contract_names_every_key_of_the_policy() -> None:
    contract = (Path(__file__).parents[3] / "docs/exchange-format.md").read_text()

    policy = read_problem(written(full_document())).policy

    for key in type(policy).__dataclass_fields__:
        assert f"| `{key}` |" in contract
