"""What a plan says about itself: every false claim is found, and the true twin is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduling.domain.document import ConflictEntry, PlanDocument, TierValue
from scheduling.domain.problem import Schedule
from scheduling.domain.verify import claims
from tests.rounds import tiny_plan, tiny_round, with_policy, with_team
from tests.unit.scheduling.plans import infeasible_document, true_document

# Values of the plan's tiers: uncovered 25, soft conflicts 0, and the weighted sum.
VALUES = [tier.value for tier in true_document().tiers]


def false_claims(document: PlanDocument) -> list[tuple[str, ...]]:
    found = claims(tiny_round(), true_document().problem_sha256, document)
    assert all(breach.code == "claim" for breach in found)
    assert all(breach.text and breach.message.zh for breach in found)
    return [breach.subjects for breach in found]


def bounded(*bounds: int | None) -> tuple[TierValue, ...]:
    return tuple(map(TierValue, VALUES, bounds))


def test_a_document_that_is_true_in_every_word_has_no_false_claim() -> None:
    assert VALUES[:2] == [25, 0]
    assert false_claims(true_document()) == []


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        ({"round": "r2"}, "round"),
        ({"problem_sha256": "0" * 64}, "problem_sha256"),
        ({"measures": {**true_document().measures, "travel": 1}}, "measures.travel"),
        ({"measures": {"uncovered": -25}}, "measures.uncovered"),
        ({"uncovered": ()}, "uncovered"),
        ({"uncovered": ("harbour", "harbour")}, "uncovered"),
        ({"uncovered": ("harbour", "school")}, "uncovered"),
        ({"tiers": true_document().tiers[:2]}, "tiers"),
        ({"tiers": (*true_document().tiers, TierValue(0, None))}, "tiers"),
        ({"tiers": (TierValue(24, None), *true_document().tiers[1:])}, "tiers[0].value"),
        ({"tiers": bounded(26, 0, None)}, "tiers[0].bound"),
        ({"tiers": bounded(25, 1, None)}, "tiers[1].bound"),
        ({"status": "optimal", "tiers": bounded(25, 0, None)}, "tiers[2].bound"),
        ({"status": "optimal", "tiers": bounded(24, 0, VALUES[2])}, "tiers[0].bound"),
        ({"status": "optimal", "tiers": bounded(25, 0, VALUES[2] + 1)}, "tiers[2].bound"),
    ],
)
def test_a_false_claim_is_found(change: dict[str, Any], subject: str) -> None:
    assert false_claims(replace(true_document(), **change)) == [(subject,)]


@pytest.mark.parametrize(
    "change",
    [
        {"measures": {"uncovered": 25}},  # what is not said is not false
        {"measures": {}},
        {"tiers": bounded(25, 0, VALUES[2] - 1)},
        {"tiers": bounded(0, None, None)},
        {"tiers": bounded(-3, 0, None)},  # poor, and true
        {"status": "optimal", "tiers": bounded(*VALUES)},
        {"tiers": bounded(*VALUES)},  # proven, though it does not boast of it
        {"seconds": 1e6, "engine": "another"},
    ],
)
def test_a_true_claim_is_not(change: dict[str, Any]) -> None:
    assert false_claims(replace(true_document(), **change)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"uncovered": ()}, "the plan says -, it is harbour."),
        (
            {"status": "optimal", "tiers": bounded(25, None, VALUES[2])},
            "the plan is called optimal, but the bound null leaves the value 0 unproven.",
        ),
        ({"tiers": bounded(26, 0, None)}, "the bound 26 is above the plan's own value 25."),
    ],
)
def test_a_false_claim_is_told_in_words(change: dict[str, Any], words: str) -> None:
    document = replace(true_document(), **change)

    [breach] = claims(tiny_round(), document.problem_sha256, document)

    assert breach.text == words


def test_the_order_of_uncovered_units_says_nothing() -> None:
    plan = with_team(tiny_plan(), "red", visits=tiny_plan().teams[0].visits[:1])
    document = true_document(plan)

    assert document.uncovered == ("tax", "harbour")
    assert false_claims(replace(document, uncovered=("harbour", "tax"))) == []


def test_an_objective_without_tiers_claims_nothing() -> None:
    problem = with_policy(tiny_round(), objective=())
    document = replace(true_document(problem=problem), status="optimal")

    assert claims(problem, document.problem_sha256, document) == []


def test_a_plan_that_breaks_rules_still_has_its_claims_checked() -> None:
    nobody_twice = with_team(tiny_plan(), "red", members=("cai", "cai", "wu"))

    assert false_claims(true_document(nobody_twice)) == []
    assert false_claims(replace(true_document(), schedule=Schedule(()))) != []


def test_an_infeasible_document_claims_its_round_its_hash_and_each_entry_once() -> None:
    entry = ConflictEntry("coverage", ("school",), "School must be visited.")
    same = ConflictEntry("coverage", ("school",), "It really must.")
    other = ConflictEntry("coverage", ("hospital",), "Hospital must be visited.")

    assert false_claims(infeasible_document(entry, other)) == []
    assert false_claims(infeasible_document(entry, same)) == [("conflict", "coverage", "school")]
    assert false_claims(replace(infeasible_document(), round="r2")) == [("round",)]
