"""Freezing a round's question: its hashes, its masked form and its bars. By the worker.

The masked form is what the desk works on, and the bars are what the database refuses seats by:
both hold rule codes and no reasons.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from kernel.clock import now
from scheduling.domain.document import problem_as_json
from scheduling.domain.masking import mask
from scheduling.domain.problem import Problem
from scheduling.domain.rules import excluded
from scheduling.domain.rules.fingerprint import rules_sha256
from scheduling.domain.rules.statements import Excluded
from scheduling.domain.solve import engine_name
from scheduling.mapping.problems import Question, question_of
from scheduling.models.questions import FrozenBar, FrozenQuestion, Inspector
from scheduling.models.rounds import InspectionRound

BATCH = 5_000  # bars inserted at a time


def freeze(
    round_: InspectionRound, *, baseline: Sequence[dict[str, Any]] | None = None
) -> tuple[FrozenQuestion, Question]:
    """The round's question as its rows stand now, frozen once. Within one transaction."""
    question = question_of(round_, baseline=baseline)
    return frozen(round_, question), question


def frozen(round_: InspectionRound, question: Question) -> FrozenQuestion:
    """The row that stands for this question; made, with its bars, when there is none yet."""
    found = FrozenQuestion.objects.filter(
        tenant_id=round_.tenant_id,
        round=round_,
        sha256=question.sha256,
        rules_sha256=rules_sha256(),
        engine=engine_name(),
    ).first()
    if found is not None:
        return found
    masked = masked_document(question.problem)
    made = FrozenQuestion.objects.create(
        tenant_id=round_.tenant_id,
        round=round_,
        sha256=question.sha256,
        masked=masked,
        masked_sha256=sha256(masked.encode()).hexdigest(),
        rules_sha256=rules_sha256(),
        engine=engine_name(),
        frozen_at=now(),
    )
    FrozenBar.objects.bulk_create(
        _bars(made, question, excluded(question.problem)), batch_size=BATCH
    )
    return made


def masked_document(problem: Problem) -> str:
    """The masked `round-problem/1`: what may leave the office that owns the facts."""
    return json.dumps(problem_as_json(mask(problem)), ensure_ascii=False, indent=1)


def _bars(made: FrozenQuestion, question: Question, bars: Iterable[Excluded]) -> list[FrozenBar]:
    """One row per person, unit, rule and exemption, its roles joined.

    What was declared is left out: the database reads the declarations themselves, which may be
    withdrawn.
    """
    roles: dict[tuple[str, str, str, bool], set[str]] = defaultdict(set)
    for bar in bars:
        if bar.rule != "declared":
            roles[bar.inspector, bar.unit, bar.rule, bar.unless_host] |= bar.roles
    people, units = question.rows.person_by_id, question.rows.unit_by_id
    known = {
        (inspector.office_id, inspector.number): inspector.pk
        for inspector in Inspector.objects.filter(tenant_id=made.tenant_id)
    }
    return [
        FrozenBar(
            tenant_id=made.tenant_id,
            question=made,
            inspector_id=known[people[person].sender_id, people[person].number],
            unit_office_id=units[unit].sender_id,
            unit_code=units[unit].code,
            rule=rule,
            roles=sorted(bound),
            unless_host=unless_host,
        )
        for (person, unit, rule, unless_host), bound in roles.items()
        if question.problem.unit_by_id[unit].inspectable
    ]
