"""What a service finds wrong stands at its field, with everything typed; its twin is taken."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from scheduling.models.releases import Release
from scheduling.models.rosters import Person
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import SolveRun
from tests.integration.portal.desks import Answer, desk_of, typed, words
from tests.integration.portal.test_round_pages import NEW
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.world import World, acting

__all__ = ["world"]

Sent = dict[str, str | list[str]]


@pytest.fixture
def scheduler(world: World) -> Client:
    return desk_of("chen")


def marked(answer: Answer) -> set[str]:
    """The names of the inputs that are shown as wrong."""
    marks = re.findall(r'<(?:input|select)\b[^>]*aria-invalid="true"[^>]*>', _page(answer))
    return {name for mark in marks for name in re.findall(r'\bname="([^"]*)"', mark)}


def valued(answer: Answer, name: str) -> str:
    mark = re.search(rf'<input\b[^>]*\bname="{re.escape(name)}"[^>]*>', _page(answer))
    assert mark is not None, name
    found = re.search(r'\bvalue="([^"]*)"', mark[0])
    return unescape(found[1]) if found else ""


def _page(answer: Answer) -> str:
    return answer.content.decode()


# --- A round, its dates, its call -----------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "fields", "said"),
    [
        ({"ends_on": "2026-09-01"}, {"starts_on", "ends_on"}, "最后一天（2026年9月1日）早于第一天"),
        ({"ends_on": "2028-09-01"}, {"starts_on", "ends_on"}, "最长为 366 天"),
        ({"name": "已有的轮次"}, {"name"}, "请换一个名称"),
        ({"size_max": "3"}, {"size_min", "size_max"}, "人数下限须不小于 1"),
        ({"deputies_min": "3"}, {"deputies_min", "deputies_max"}, "副组长人数下限大于上限"),
        (
            {"size_min": "2", "size_max": "2", "deputies_min": "2"},
            {"size_max", "deputies_min"},
            "超过人数上限",
        ),
    ],
)
def test_a_new_round_keeps_what_was_typed_and_marks_what_does_not_hold(
    world: World, scheduler: Client, changes: dict[str, str], fields: set[str], said: str
) -> None:
    world.make_round(name="已有的轮次")
    sent = NEW | {"max_units": "9"} | changes

    refused = scheduler.post("/rounds/new/", sent)
    taken = scheduler.post("/rounds/new/", NEW)

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert marked(refused) == fields
    assert said in words(refused)
    assert {key: valued(refused, key) for key in sent if key != "mode"} == {
        key: value for key, value in sent.items() if key != "mode"
    }


def test_a_refusal_at_a_field_is_in_the_language_of_the_page(
    world: World, scheduler: Client
) -> None:
    scheduler.post("/language/", {"language": "en"})

    answer = scheduler.post("/rounds/new/", NEW | {"ends_on": "2026-09-01"})

    assert "The round would end on 1 Sep 2026, before it starts on 21 Sep 2026." in words(answer)
    assert "Correct the dates. Nothing was saved." in words(answer)
    assert words(answer).count("See above.") == 2


def test_a_round_s_name_and_dates_are_refused_where_they_are_typed(
    world: World, scheduler: Client
) -> None:
    world.make_round(name="已有的轮次")
    address = f"/rounds/{world.make_round().pk}/window/"
    good = typed(scheduler, address)

    taken = scheduler.post(address, good | {"name": "已有的轮次"})
    reversed_ = scheduler.post(address, good | {"ends_on": "2026-01-01"})

    assert (taken.status_code, marked(taken)) == (422, {"name"})
    assert (reversed_.status_code, marked(reversed_)) == (422, {"starts_on", "ends_on"})
    assert valued(reversed_, "ends_on") == "2026-01-01"
    assert scheduler.post(address, good).status_code == 302


# --- Working days, teams, units, rules, distances -------------------------------------


def test_a_day_outside_the_round_is_refused_and_the_other_ticks_stay(
    world: World, scheduler: Client
) -> None:
    address = f"/rounds/{world.make_round().pk}/calendar/"

    refused = scheduler.post(address, {"worked": ["2026-09-12", "2027-01-04"]})

    assert refused.status_code == 422
    assert "2027年1月4日不在轮次的起止日期" in words(refused)
    checked = re.findall(r'value="([^"]*)" checked', _page(refused))
    assert checked == ["2026-09-12"]
    assert scheduler.post(address, {"worked": ["2026-09-12"]}).status_code == 302


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"code": "T01"}, {"code"}),
        ({"size_min": "4", "size_max": "3"}, {"size_min", "size_max"}),
        ({"deputies_min": "2", "deputies_max": "1"}, {"deputies_min", "deputies_max"}),
    ],
)
def test_a_team_out_of_order_is_marked_in_its_row(
    world: World, scheduler: Client, changes: dict[str, str], fields: set[str]
) -> None:
    address = f"/rounds/{world.make_round().pk}/teams/"
    good = typed(scheduler, address)
    sent = good | {f"team-2-{key}": value for key, value in changes.items()}

    # The row before goes: the service's second team stands in the third row of the page.
    refused = scheduler.post(address, sent | {"team-1-DELETE": "on", "team-2-name": "机动组"})

    assert refused.status_code == 422
    assert marked(refused) == {f"team-2-{field}" for field in fields}
    assert "机动组" in words(refused)
    assert valued(refused, "team-2-name") == "机动组"
    assert scheduler.post(address, good).status_code == 302


@pytest.mark.parametrize(
    ("changes", "fields", "said"),
    [
        ({"priority": "101"}, {"priority"}, "优先级须在 1 至 100 之间"),
        ({"days": "0"}, {"days"}, "进驻天数"),
        ({"days": "9999999"}, {"days"}, "进驻天数"),
        (
            {"earliest": "2026-09-20", "latest": "2026-09-10"},
            {"earliest", "latest"},
            "最晚日期早于最早日期",
        ),
        ({"earliest": "2026-01-05"}, {"earliest"}, "2026年1月5日不在轮次的起止日期"),
        ({"latest": "2027-01-05"}, {"latest"}, "2027年1月5日不在轮次的起止日期"),
    ],
)
def test_a_unit_s_settings_are_marked_in_its_row(
    world: World, scheduler: Client, changes: dict[str, str], fields: set[str], said: str
) -> None:
    address = f"/rounds/{world.released_round().pk}/units/"
    good = typed(scheduler, address)
    rows = sorted(key.removesuffix("-priority") for key in good if key.endswith("-priority"))
    row = rows[2]

    refused = scheduler.post(
        address, good | {f"{row}-{key}": value for key, value in changes.items()}
    )

    assert refused.status_code == 422
    assert marked(refused) == {f"{row}-{field}" for field in fields}
    assert said in words(refused)
    assert scheduler.post(address, good).status_code == 302


def test_counties_of_a_team_out_of_order_are_marked_by_the_engine_s_own_reader(
    world: World, scheduler: Client
) -> None:
    address = f"/rounds/{world.make_round().pk}/rules/"
    good = typed(scheduler, address)

    refused = scheduler.post(address, good | {"home_offices_min": "5"})

    assert refused.status_code == 422
    assert marked(refused) == {"home_offices_min", "home_offices_max"}
    assert "每组来源县数的下限大于上限" in words(refused)
    assert valued(refused, "home_offices_min") == "5"
    both = {"home_offices_min": "5", "home_offices_max": "5"}
    assert scheduler.post(address, good | both).status_code == 302


@pytest.mark.parametrize(
    ("changes", "fields", "said"),
    [
        ({"travel-0-b": "dinghai"}, {"travel-0-a", "travel-0-b"}, "两个巡察办相同"),
        (
            {"travel-1-a": "shengsi", "travel-1-b": "dinghai", "travel-1-km": "80"},
            {"travel-1-a", "travel-1-b"},
            "与前面的行重复",
        ),
        ({"past-0-host": "putuo"}, {"past-0-origin", "past-0-host"}, "两个巡察办相同"),
    ],
)
def test_distances_and_earlier_rounds_are_marked_in_their_rows(
    world: World, scheduler: Client, changes: dict[str, str], fields: set[str], said: str
) -> None:
    address = f"/rounds/{world.make_round().pk}/distances/"
    good = typed(scheduler, address) | {
        "travel-0-a": "dinghai", "travel-0-b": "shengsi", "travel-0-km": "90",
        "past-0-origin": "putuo", "past-0-host": "daishan", "past-0-ago": "1",
    }  # fmt: skip

    refused = scheduler.post(address, good | changes)

    assert refused.status_code == 422
    assert marked(refused) == fields
    assert said in words(refused)
    assert valued(refused, "travel-0-km") == "90"
    assert scheduler.post(address, good).status_code == 302


# --- The engine, releases, workbooks --------------------------------------------------


def test_a_time_limit_out_of_range_is_refused_on_the_page_of_the_round(
    world: World, scheduler: Client
) -> None:
    number = world.released_round().pk
    address = f"/rounds/{number}/run/"

    refused = scheduler.post(address, {"time_limit_s": "99999999"})
    typo = scheduler.post(address, {"time_limit_s": "soon"})

    for answer, kept in ((refused, "99999999"), (typo, "soon")):
        assert (answer.status_code, marked(answer)) == (422, {"time_limit_s"})
        assert valued(answer, "time_limit_s") == kept
    assert "求解时限应在" in words(refused)
    with acting(world.chen):
        assert not SolveRun.objects.exists()
    assert scheduler.get(address).headers["Location"] == f"/rounds/{number}/"
    assert scheduler.post(address, {"time_limit_s": "5"}).status_code == 302


def test_a_refused_part_is_answered_with_the_part(world: World, scheduler: Client) -> None:
    address, htmx = f"/rounds/{world.released_round().pk}/run/", {"HX-Request": "true"}

    refused = scheduler.post(address, {"time_limit_s": "0"}, headers=htmx)
    taken = scheduler.post(address, {"time_limit_s": "5"}, headers=htmx)

    assert (refused.status_code, marked(refused)) == (422, {"time_limit_s"})
    assert "<html" not in _page(refused)
    assert "HX-Retarget" not in refused.headers
    assert taken.headers["HX-Redirect"].startswith("/runs/")


def test_what_is_no_fault_of_the_typed_stays_a_page(world: World, scheduler: Client) -> None:
    bare_round = world.make_round().pk
    solved = world.released_round(name="求解中")
    sent = typed(scheduler, f"/rounds/{solved.pk}/window/")
    world.start(solved)

    not_ready = scheduler.post(f"/rounds/{bare_round}/run/", {"time_limit_s": "5"})
    being_solved = scheduler.post(f"/rounds/{solved.pk}/window/", sent)

    assert (not_ready.status_code, being_solved.status_code) == (409, 409)
    assert "还没有单位放行人员" in words(not_ready)
    assert "正在求解" in words(being_solved)


def test_a_pick_that_left_the_roster_is_refused_and_the_others_stay_picked(world: World) -> None:
    world.settle()
    world.call(world.make_round(), ["dinghai"])
    number, director = world.call_to("dinghai").pk, desk_of("lin")
    with acting(world.lin):
        people = list(Person.objects.order_by("number").values_list("pk", flat=True))[:2]
    address = f"/releases/{number}/give/"

    refused = director.post(address, {"people": [*people, 987654]})

    assert refused.status_code == 422
    assert "所选人员中有 1 人" in words(refused)
    picked = re.findall(r'name="people" value="(\d+)"[^>]* checked', _page(refused))
    assert [int(key) for key in picked] == people
    with acting(world.lin):
        assert not Release.objects.sent_by(world.lin).exists()
    assert director.get(address).headers["Location"] == f"/releases/{number}/"
    assert director.post(address, {"people": people}).status_code == 302


@pytest.mark.parametrize(
    ("kind", "content", "fields"), [("roster", b"", {"file"}), ("tombola", b"x", {"kind"})]
)
def test_a_workbook_that_is_none_is_refused_at_the_field(
    world: World, kind: str, content: bytes, fields: set[str]
) -> None:
    clerk = desk_of("wu")

    def sent(kind: str, content: bytes) -> Sent:
        return {"kind": kind, "file": SimpleUploadedFile("名册.csv", content)}  # type: ignore[dict-item]

    refused = clerk.post("/imports/", sent(kind, content))

    assert (refused.status_code, marked(refused)) == (422, fields)
    assert clerk.post("/imports/", sent("roster", b"a,b\n1,2\n")).status_code == 302


def test_a_refused_form_writes_nothing_of_what_it_began(world: World, scheduler: Client) -> None:
    """The teams of a new round are refused after the round itself was written."""
    scheduler.post("/rounds/new/", NEW | {"size_max": "3"})

    with acting(world.chen):
        assert not InspectionRound.objects.filter(name=NEW["name"]).exists()
