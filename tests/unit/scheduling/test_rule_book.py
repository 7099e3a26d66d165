"""The rule book is complete, and each rule refuses what it should and nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from kernel.text import Language
from scheduling.domain.explain import explain
from scheduling.domain.problem import Pin, PinPerson, PinUnit, Policy, Problem, Schedule
from scheduling.domain.profiles import PROFILES
from scheduling.domain.rules import RULE_BOOK, RULE_BY_CODE, excluded
from scheduling.domain.rules.base import Rule
from scheduling.domain.rules.book import FILES, rule_book
from scheduling.domain.rules.cases import CASES, Scene
from scheduling.domain.rules.groups import groups
from scheduling.domain.rules.sources import SOURCES
from scheduling.domain.rules.statements import Excluded
from scheduling.domain.verify import breaches

ROOT = Path(__file__).resolve().parents[3]
CODES = [rule.code for rule in RULE_BOOK]
PERSON_CODES = [rule.code for rule in RULE_BOOK if rule.kind == "person"]
BEFORE_EVERY_SOLVE = 20.0


# --- Completeness -------------------------------------------------------------------------


def test_the_rule_book_has_every_code_of_the_contract_and_no_other() -> None:
    contract = (ROOT / "docs/exchange-format.md").read_text(encoding="utf-8")
    table = contract.split("## Hard rules")[1].split("## Objective")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    codes = [code for row in rows for code in re.findall(r"`(\w+)`", row.split("|")[1])]

    assert sorted(codes) == sorted(CODES)
    assert len(set(CODES)) == len(CODES)


@pytest.mark.parametrize("rule", RULE_BOOK, ids=CODES)
def test_a_rule_speaks_both_languages_and_says_where_it_comes_from(rule: Rule) -> None:
    for text in (rule.title, rule.text, *(basis.title for basis in rule.basis)):
        assert text.zh.strip()
        assert text.en.strip()
        assert re.search(r"[一-鿿]", text.zh)
        assert not re.search(r"[一-鿿]", text.en)
    assert rule.basis


@pytest.mark.parametrize("rule", RULE_BOOK, ids=CODES)
def test_a_rule_names_real_parameters_and_mentions_them_in_its_text(rule: Rule) -> None:
    known = {field.name for field in fields(Policy)}

    for key in rule.policy:
        assert key in known
        assert key in rule.text.zh
        assert key in rule.text.en


def test_every_parameter_of_the_policy_belongs_to_a_rule() -> None:
    named = {key for rule in RULE_BOOK for key in rule.policy}

    assert named == {field.name for field in fields(Policy)} - {"objective"}


def test_every_rule_has_a_worked_case() -> None:
    assert sorted(CASES) == sorted(CODES)


def test_a_tie_of_kin_or_interest_is_never_offered_for_relaxing() -> None:
    never = {code for code, rule in RULE_BY_CODE.items() if rule.remedy is None}

    assert {"own_unit", "former_post", "relative", "interest", "declared"} <= never


# --- Worked cases: the verifier's view ----------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_the_refused_plan_breaks_that_rule_alone(code: str) -> None:
    scene = CASES[code].refused

    assert {breach.code for breach in breaches(scene.problem, scene.plan)} == {code}


@pytest.mark.parametrize("code", CODES)
def test_the_allowed_twin_breaks_nothing(code: str) -> None:
    scene = CASES[code].allowed

    assert breaches(scene.problem, scene.plan) == []


# --- Worked cases: the rule's own view ----------------------------------------------------


@pytest.mark.parametrize("code", PERSON_CODES)
def test_the_rule_bars_somebody_of_the_refused_plan_and_nobody_of_its_twin(code: str) -> None:
    assert _barred(code, CASES[code].refused)
    assert not _barred(code, CASES[code].allowed)


@pytest.mark.parametrize("code", PERSON_CODES)
def test_a_bar_names_the_person_and_the_fact_in_both_languages(code: str) -> None:
    [fact, *_] = _barred(code, CASES[code].refused)
    name = CASES[code].refused.problem.inspector_by_id[fact.inspector].name

    assert name in fact.because.zh
    assert name in fact.because.en


@pytest.mark.parametrize("code", CODES)
def test_a_rule_speaks_under_its_own_code(code: str) -> None:
    problem = CASES[code].refused.problem

    assert {s.rule for s in RULE_BY_CODE[code].statements(problem)} == {code}


def _barred(code: str, scene: Scene) -> list[Excluded]:
    seats = {(p, team.role_of(p), v.unit) for team in scene.plan.teams for p in team.people
             for v in team.visits}  # fmt: skip
    return [
        fact
        for fact in excluded(scene.problem)
        if fact.rule == code
        and any((fact.inspector, role, fact.unit) in seats for role in fact.roles)
    ]


# --- Worked cases: the model's view, and turning a rule off -------------------------------


@pytest.mark.parametrize("code", CODES)
def test_the_model_refuses_the_plan_and_the_explanation_names_the_rule(code: str) -> None:
    assert code in _blamed(CASES[code].refused)


@pytest.mark.parametrize("code", CODES)
def test_the_model_allows_the_twin(code: str) -> None:
    assert _blamed(CASES[code].allowed) == set()


@pytest.mark.parametrize("code", CODES)
def test_with_the_rule_turned_off_its_case_is_refused_no_more(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the tests above would fail: each rule is held by a case that names it."""
    monkeypatch.setitem(RULE_BY_CODE[code].__dict__, "statements", lambda problem: iter(()))

    assert _blamed(CASES[code].refused) == set()


def _blamed(scene: Scene) -> set[str]:
    """The rules that keep exactly this plan from being made."""
    conflict = explain(_only_this_plan(scene), time_limit_s=BEFORE_EVERY_SOLVE)
    if conflict is None:
        return set()
    assert conflict.minimal
    return {entry.rule for entry in conflict.entries}


def _only_this_plan(scene: Scene) -> Problem:
    """The scene's round with its plan pinned: people, roles, units, dates, and no more visits."""
    visits = {team.id: len(team.visits) for team in scene.plan.teams}
    slots = tuple(replace(slot, max_units=visits.get(slot.id, 0)) for slot in scene.problem.teams)
    pins = (*scene.problem.pins, *_pins_of(scene.problem, scene.plan))
    return replace(scene.problem, teams=slots, pins=pins)


def _pins_of(problem: Problem, plan: Schedule) -> Iterator[Pin]:
    for team in plan.teams:
        for person in team.people:
            yield PinPerson(person, team.id, team.role_of(person))
        for visit in team.visits:
            yield PinUnit(visit.unit, team.id, visit.start)
    seated = {person for team in plan.teams for person in team.people}
    yield from (PinPerson(i.id, None) for i in problem.inspectors if i.id not in seated)


# --- Parts of the rules -------------------------------------------------------------------


def test_every_rule_has_a_part_in_the_round_of_its_case() -> None:
    for code in CODES:
        assert code in {group.rule for group in groups(CASES[code].refused.problem)}, code


def test_a_part_is_listed_once() -> None:
    for case in CASES.values():
        listed = groups(case.refused.problem)
        assert len(listed) == len(set(listed))


# --- The printed book ---------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_printed_book_is_current(language: Language) -> None:
    """If not: python -m scheduling.domain.rules.book"""
    printed = (ROOT / "docs" / FILES[language]).read_text(encoding="utf-8")

    assert printed == rule_book(language)


def test_every_source_that_a_basis_names_is_listed_and_every_listed_one_is_named() -> None:
    bases = [b for rule in RULE_BOOK for b in rule.basis] + [p.basis for p in PROFILES]
    marks = [re.findall(r"\[([^\]]+)\]", basis.title.en) for basis in bases]

    assert all(marks)
    assert {mark for [found] in marks for mark in found.split(", ")} == set(SOURCES)


def test_both_languages_of_a_basis_name_the_same_sources() -> None:
    for basis in [b for rule in RULE_BOOK for b in rule.basis] + [p.basis for p in PROFILES]:
        assert re.findall(r"\[[^\]]+\]", basis.title.zh) == re.findall(
            r"\[[^\]]+\]", basis.title.en
        )
