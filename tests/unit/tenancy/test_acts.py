"""Every act that the code records has a title in both languages; content is never shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

from httpapi.rules import reads_of_operations
from portal.readings import reads_of_addresses
from sharing.models.steps import Living
from sharing.services import past_clues, past_problems
from tenancy.domain.acts import (
    ACTS,
    NOT_TOLD_AT_HOME,
    OBJECTS,
    OBJECTS_NOT_TOLD_AT_HOME,
    shown_of,
    title_of,
)
from tenancy.domain.reads import UNDECIDED

ROOT = Path(__file__).parents[3]
# The second argument of `record`, the act that `write` is given, and the acts of SQL functions.
RECORDED = re.compile(
    r"record(?:_reading)?\(\s*[\w.()]+,\s*f?\"([a-z_]+\.[a-z_]+\.[a-z_{}]+)\""
    r"|audited=\"([a-z_.]+)\""
    r"|(?:note_search|_note|_record_leaving|_at_their_offices)"
    r"\([^\"]*?\"([a-z_]+\.[a-z_]+\.[a-z_]+)\""
    r"|'((?:tenancy|scheduling|sharing)\.[a-z_]+\.[a-z_]+)'"  # in SQL: our Python has double quotes
    r"|\"(tenancy\.seat_change\.[a-z_]+)\""  # one of two, by what was decided
    r"|VALUES \(NULL, '([a-z_]+\.[a-z_]+\.[a-z_]+)'"
)
# Names that are put together: what the office answered, what became of a clock.
BUILT = {
    "scheduling.request.{action}": {"scheduling.request.confirmed", "scheduling.request.objected"},
    "sharing.interview.{act}": {
        f"sharing.interview.{act}" for act in ("held", "not_held", "planned_anew")
    },
    "sharing.deadline.{act}": {
        f"sharing.deadline.{act}" for act in ("started", "paused", "resumed", "kept", "stopped")
    },
}


def recorded() -> set[str]:
    tables = (*reads_of_addresses().values(), *reads_of_operations().values(), UNDECIDED)
    found = {reading.act for reading in tables if reading.is_noted_here}
    for house in ("platform", "scheduling", "sharing", "tenancy"):
        for path in (ROOT / house).rglob("*.py"):
            for groups in RECORDED.findall(path.read_text("utf-8")):
                action = next(filter(None, groups))
                found |= BUILT.get(action, {action})
    return found | walked() | taken_in()


def walked() -> set[str]:
    """Each act of the lives that records live (`sharing.services.walking`)."""
    lives = [model.life for model in apps.get_models() if issubclass(model, Living)]
    return {f"sharing.{life.name}.{one.name}" for life in lives for one in life.acts}


def taken_in() -> set[str]:
    """What becomes of a workbook with a ledger (`sharing.services.importing_ledgers`)."""
    ledgers = (past_problems.LEDGER.act, past_clues.LEDGER.act)
    return {f"{act}.{end}" for act in ledgers for end in ("uploaded", "confirmed", "cancelled")}


def test_every_act_that_is_recorded_has_a_title_and_no_other_has() -> None:
    found = recorded()

    assert len(found) > 60, "the acts were not found in the code"
    assert found - set(ACTS) == set(), "without a title in tenancy/domain/acts.py"
    assert set(ACTS) - found == set(), "never recorded"


def test_each_title_says_one_thing_in_both_languages() -> None:
    for language in ("zh", "en"):
        titles = [text[language] for text in ACTS.values()]
        assert len(titles) == len(set(titles))
        assert all(titles)


def test_an_act_of_a_later_release_is_told_by_its_code() -> None:
    assert title_of("scheduling.moon.seen")["zh"] == "scheduling.moon.seen"


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"round": 7, "reason": "妻弟在该单位"}, ["7"]),
        ({"before": {"name": "旧"}, "after": {"name": "新"}, "pin": {"person": "001"}}, []),
        ({"people": ["001", "002"]}, ["2"]),
        ({"code": "some words that somebody typed"}, []),
        ({"round": None, "plan": {"person": "001"}}, []),
        ({"role": "team_leader", "kind": "grant"}, ["新任岗位", "巡察组组长"]),
    ],
)
def test_numbers_and_codes_are_shown_and_content_is_not(
    data: dict[str, object], shown: list[str]
) -> None:
    assert [value["zh"] for _, value in shown_of(data)] == shown


def test_each_kind_of_object_is_a_model() -> None:
    models = {model._meta.label_lower for model in apps.get_models()}

    assert set(OBJECTS) - models == set()


def test_a_person_is_opened_by_the_door_that_records_it() -> None:
    """No page and no program reads a person's facts past `scheduling.services.looking`."""
    outside = [*(ROOT / "platform").rglob("*.py"), *(ROOT / "scheduling" / "api").rglob("*.py")]

    assert [path for path in outside if "person_page" in path.read_text("utf-8")] == []


# Of these whoever has a tie, bears the name or was passed by does not see the row.
CLUES = re.compile("clue|hand_?over|informant|interference")


def test_no_act_about_a_clue_is_told_at_home() -> None:
    """Derived from the catalogue, the tables of reads and the models: a new one cannot be forgotten."""
    tables = (*reads_of_addresses().values(), *reads_of_operations().values())
    looked = {one.act for one in tables if one.act and CLUES.search(one.of.partition("_of_")[0])}
    named = {act for act in ACTS if CLUES.search(act)}

    assert len(looked) > 5
    assert looked | named <= NOT_TOLD_AT_HOME

    kinds = {kind for kind in OBJECTS if CLUES.search(kind)}
    keepers = {
        model._meta.label_lower
        for model in apps.get_models()
        if issubclass(model, Living) and CLUES.search(model.life.name)
    }
    assert {"sharing.clue", "sharing.officeclue"} <= keepers
    assert kinds | keepers <= OBJECTS_NOT_TOLD_AT_HOME


def test_what_a_team_does_before_it_hands_in_is_not_told_at_home() -> None:
    reports = {act.rpartition(".")[2] for act in ACTS if act.startswith("sharing.report.")}
    told = {act for act in reports if f"sharing.report.{act}" not in NOT_TOLD_AT_HOME}

    assert reports - told == {"begun", "opened", "written"}
    assert "sharing.weekly_report.drafted" in NOT_TOLD_AT_HOME
    assert "sharing.weekly_report.signed" not in NOT_TOLD_AT_HOME


def test_custodians_and_letters_stay_told() -> None:
    told = {"sharing.custodian.named", "sharing.letter.signed", "sharing.rectification.opened"}

    assert told & NOT_TOLD_AT_HOME == set()
