"""The masked round leaves, another solver answers it, and its plan comes back as a candidate."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernel.errors import DomainError, NotAllowed, NotVisible
from scheduling.domain.cli.checking import check_plan
from scheduling.domain.cli.exits import Exit
from scheduling.domain.cli.files import ProblemFile
from scheduling.domain.cli.solving import document_of
from scheduling.domain.document import plan_as_json, read_plan, read_problem
from scheduling.domain.problem import Problem
from scheduling.domain.solve import Search
from scheduling.errors import (
    NothingFrozen,
    OutsidePlanBroken,
    OutsidePlanIsNone,
    PlanFileTooLarge,
    PlanFileUnreadable,
    PlanNotVerified,
    PlanOfAnotherQuestion,
)
from scheduling.models.plans import Plan, PlanSeat
from scheduling.models.rounds import InspectionRound
from scheduling.services import exchange
from scheduling.services.exchange import plan_document
from tenancy.actor import Actor
from tenancy.models import AuditEntry, Job
from tests.integration.scheduling.world import CANARY, World, acting


@dataclass
class Outside:
    """Somebody with another solver: they hold the masked document and nothing else."""

    world: World
    round: InspectionRound
    document: bytes

    @property
    def problem(self) -> Problem:
        return read_problem(self.document)

    def answer(self, **changes: Any) -> bytes:
        """A plan for the document, as `round-plan/1`, with some of its claims changed."""
        outcome = Search(self.problem, time_limit_s=5, workers=1, work_limit=1.0).outcome
        asked = ProblemFile(self.problem, sha256(self.document).hexdigest())
        document = replace(document_of(asked, outcome), engine="somebody else's 1.0")
        return json.dumps({**plan_as_json(document), **changes}).encode()

    def bring(self, file: bytes) -> Plan:
        with acting(self.world.chen):
            return exchange.import_plan(actor=self.world.chen, number=self.round.pk, file=file)


@pytest.fixture
def outside(world: World) -> Outside:
    round_ = world.released_round()
    with acting(world.chen):
        job = exchange.request_freeze(actor=world.chen, number=round_.pk)
    assert world.work(job) == "done"
    with acting(world.chen):
        document = exchange.export_masked(actor=world.chen, number=round_.pk)
    return Outside(world, round_, document.content)


def test_what_leaves_holds_people_and_units_and_no_fact_about_anybody(outside: Outside) -> None:
    problem = outside.problem

    assert CANARY not in outside.document.decode()
    assert len(problem.inspectors) == 24
    assert all(person.native is None and not person.posts for person in problem.inspectors)
    assert any(unit.inspectable for unit in problem.units)


def test_a_plan_of_another_solver_becomes_a_candidate_that_the_worker_finds_clean(
    outside: Outside,
) -> None:
    plan = outside.bring(outside.answer())

    assert (plan.origin, plan.state, plan.verdict) == ("outside", "candidate", None)
    with acting(outside.world.chen):
        job = Job.objects.filter(task="scheduling.check_plan").latest("pk")
    assert outside.world.work(job) == "done"
    with acting(outside.world.chen):
        checked = Plan.objects.get(pk=plan.pk)
        assert checked.is_usable
        assert AuditEntry.objects.filter(action="scheduling.plan.imported").count() == 1


def test_the_same_plan_twice_is_one_candidate(outside: Outside) -> None:
    file = outside.answer()

    assert outside.bring(file).pk == outside.bring(file).pk


def test_it_goes_out_again_as_a_document_that_the_command_line_accepts(
    outside: Outside, tmp_path: Path
) -> None:
    run = outside.world.solve(outside.round)
    plan = outside.world.plan_of(run)
    with acting(outside.world.chen):
        masked = exchange.export_masked(actor=outside.world.chen, number=outside.round.pk)
        document = exchange.export_plan_document(actor=outside.world.chen, number=plan.pk)
    (tmp_path / "problem.json").write_bytes(masked.content)
    (tmp_path / "plan.json").write_bytes(document.content)

    out, err = StringIO(), StringIO()
    status = check_plan(tmp_path / "problem.json", tmp_path / "plan.json", out=out, err=err)

    assert (status, err.getvalue()) == (Exit.DONE, ""), out.getvalue()
    assert CANARY not in document.content.decode()


def test_the_document_of_a_plan_says_what_the_rows_hold(outside: Outside) -> None:
    plan = outside.bring(outside.answer())
    with acting(outside.world.chen):
        document = plan_document(plan, outside.problem)
        seats = PlanSeat.objects.filter(plan=plan).count()

    assert document.schedule is not None
    assert sum(len(team.people) for team in document.schedule.teams) == seats
    assert read_plan(json.dumps(plan_as_json(document)).encode(), outside.problem) == document


@pytest.mark.parametrize(
    ("changes", "refusal", "says"),
    [
        ({"problem_sha256": "0" * 64}, PlanOfAnotherQuestion, "000000000000"),
        ({"measures": {"travel": 1}}, OutsidePlanBroken, "measures.travel"),
        ({"teams": []}, OutsidePlanBroken, "coverage"),
        ({"surprise": 1}, PlanFileUnreadable, "$.surprise"),
        ({"seconds": "long"}, PlanFileUnreadable, "$.seconds"),
    ],
)
def test_what_is_broken_or_false_is_named_and_nothing_is_kept(
    outside: Outside, changes: dict[str, Any], refusal: type[DomainError], says: str
) -> None:
    with pytest.raises(refusal) as caught:
        outside.bring(outside.answer(**changes))

    assert says in str(caught.value)
    with acting(outside.world.chen):
        assert not Plan.objects.exists()


@pytest.mark.parametrize("file", [b"", b"{", b"\xff\xfe\x00", b"[]", b'{"problem_sha256": 7}'])
def test_a_file_that_is_no_plan_is_refused_in_words(outside: Outside, file: bytes) -> None:
    with pytest.raises(PlanFileUnreadable):
        outside.bring(file)


def test_a_document_that_says_that_there_is_no_plan_is_none(outside: Outside) -> None:
    known = json.loads(outside.answer())
    kept = ("format", "round", "problem_sha256", "seconds", "engine")
    file = json.dumps({**{key: known[key] for key in kept}, "status": "unknown"}).encode()

    with pytest.raises(OutsidePlanIsNone):
        outside.bring(file)


def test_a_file_too_large_for_a_plan_is_not_read(outside: Outside) -> None:
    with pytest.raises(PlanFileTooLarge):
        outside.bring(b" " * (exchange.MOST_MB * 2**20 + 1))


def test_before_anything_is_frozen_there_is_nothing_to_take_out(world: World) -> None:
    round_ = world.released_round()

    with acting(world.chen), pytest.raises(NothingFrozen):
        exchange.export_masked(actor=world.chen, number=round_.pk)


def test_a_plan_that_nobody_checked_does_not_leave(outside: Outside) -> None:
    plan = outside.bring(outside.answer())

    with acting(outside.world.chen), pytest.raises(PlanNotVerified):
        exchange.export_plan_document(actor=outside.world.chen, number=plan.pk)


def test_only_the_scheduler_of_the_leading_office_takes_documents_out_and_in(
    outside: Outside,
) -> None:
    world, number = outside.world, outside.round.pk
    with acting(world.zhao), pytest.raises(NotAllowed):
        exchange.export_masked(actor=world.zhao, number=number)
    with acting(world.zhao), pytest.raises(NotAllowed):
        exchange.import_plan(actor=world.zhao, number=number, file=b"{}")
    with acting(world.lin), pytest.raises(NotVisible):
        exchange.export_masked(actor=world.lin, number=number)
    with acting(world.lin), pytest.raises(NotVisible):
        exchange.import_plan(actor=world.lin, number=number, file=b"{}")


def test_the_page_takes_the_file_in_and_shows_a_fault_at_it(
    outside: Outside, signed_in: Callable[[Actor], Client]
) -> None:
    client, address = signed_in(outside.world.chen), f"/rounds/{outside.round.pk}/exchange/"

    refused = client.post(address, {"file": SimpleUploadedFile("plan.json", b"{}")})
    taken = client.post(address, {"file": SimpleUploadedFile("plan.json", outside.answer())})

    assert refused.status_code == 422
    assert "round-plan/1" in refused.content.decode()
    assert taken.status_code == 302
    with acting(outside.world.chen):
        assert taken["Location"] == f"/plans/{Plan.objects.get().pk}/"
