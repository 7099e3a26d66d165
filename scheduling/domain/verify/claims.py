"""What a plan says about itself, held against what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kernel.text import Text
from scheduling.domain.document.plan import PlanDocument
from scheduling.domain.goals import measures, tier_values, uncovered_units
from scheduling.domain.problem import Problem
from scheduling.domain.verify.reading import Breach


def claims(problem: Problem, problem_sha256: str, document: PlanDocument) -> list[Breach]:
    """The false claims of `document`, each with the code `claim`.

    `problem_sha256` is the hash of the bytes that the problem was read from. A bound above
    its value is false: the plan itself shows that the value can be had.
    """
    return [
        *_about_the_problem(problem, problem_sha256, document),
        *_about_the_conflict(document),
        *_about_the_schedule(problem, document),
    ]


def _about_the_problem(
    problem: Problem, problem_sha256: str, document: PlanDocument
) -> Iterator[Breach]:
    if document.round != problem.round.id:
        yield _false("round", document.round, problem.round.id)
    if document.problem_sha256 != problem_sha256:
        yield _false("problem_sha256", document.problem_sha256, problem_sha256)


def _about_the_conflict(document: PlanDocument) -> Iterator[Breach]:
    entries = Counter((entry.rule, entry.subjects) for entry in document.conflict)
    for (rule, subjects), number in entries.items():
        if number > 1:
            yield Breach(
                "claim",
                ("conflict", rule, *subjects),
                Text(
                    zh=f"同一规则、同一对象出现 {number} 次，应为 1 次。",
                    en=f"there are {number} entries of one rule and subject, 1 is allowed.",
                ),
            )


def _about_the_schedule(problem: Problem, document: PlanDocument) -> Iterator[Breach]:
    if document.schedule is None:
        return
    true_measures = measures(problem, document.schedule)
    for measure, claimed in document.measures.items():
        if claimed != true_measures[measure]:
            yield _false(f"measures.{measure}", claimed, true_measures[measure])
    yield from _about_the_tiers(tier_values(problem, true_measures), document)
    left_out = uncovered_units(problem, document.schedule)
    if sorted(document.uncovered) != sorted(left_out):
        yield _false("uncovered", ", ".join(document.uncovered), ", ".join(left_out))


def _about_the_tiers(values: list[int], document: PlanDocument) -> Iterator[Breach]:
    if len(document.tiers) != len(values):
        yield _false("tiers", f"{len(document.tiers)} tiers", f"{len(values)} tiers")
    for index, (claimed, value) in enumerate(zip(document.tiers, values, strict=False)):
        if claimed.value != value:
            yield _false(f"tiers[{index}].value", claimed.value, value)
        if claimed.bound is not None and claimed.bound > value:
            yield Breach(
                "claim",
                (f"tiers[{index}].bound",),
                Text(
                    zh=f"下界 {claimed.bound} 高于方案自身的值 {value}。",
                    en=f"the bound {claimed.bound} is above the plan's own value {value}.",
                ),
            )
        elif document.status == "optimal" and claimed.bound != value:
            bound = "null" if claimed.bound is None else claimed.bound
            yield Breach(
                "claim",
                (f"tiers[{index}].bound",),
                Text(
                    zh=f"声称最优，但下界 {bound} 未达到值 {value}。",
                    en=f"the plan is called optimal, but the bound {bound} leaves the value"
                    f" {value} unproven.",
                ),
            )


def _false(subject: str, claimed: object, true: object) -> Breach:
    said, known = (str(value) or "-" for value in (claimed, true))
    return Breach(
        "claim",
        (subject,),
        Text(zh=f"声称为 {said}，实为 {known}。", en=f"the plan says {said}, it is {known}."),
    )
