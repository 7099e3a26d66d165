"""Each refusal on a plan's way, with its allowed twin: the same act by the right person, in turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from kernel.clock import frozen, now
from kernel.errors import DomainError, NotAllowed, NotVisible
from scheduling.domain.extracts import people_to_confirm
from scheduling.errors import (
    AnotherPlanProposed,
    PlanHeldUp,
    PlanStillBeingSolved,
    ProposerMayNotApprove,
    PublicationOver,
    RequestNotOpen,
    RoundHasBegun,
    StepOutOfTurn,
    UnknownPersonInAnswer,
    WordsMissing,
)
from scheduling.mapping.publications import sheet_of
from scheduling.models.declarations import Declaration
from scheduling.models.dispatches import Confirmation
from scheduling.models.notices import Notice
from scheduling.models.plans import Plan, PlanSeat, PlanState, PlanStep
from scheduling.models.publications import Booking, Publication
from scheduling.models.releases import ReleasedPerson, StaleNotice
from scheduling.models.rosters import Person
from scheduling.models.runs import RunStatus, SolveRun
from scheduling.services import confirming, proposing, publishing, rounds
from scheduling.services.calling import reopen_releases
from scheduling.services.releasing import roster_changed
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tests.integration.scheduling import way
from tests.integration.scheduling.world import COUNTIES, FIRST_DAY, LAST_DAY, World, acting

LATER = datetime(2026, 9, 6, 5, tzinfo=UTC)
BEGUN = datetime(2026, 9, 7, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _before_the_round() -> Iterator[None]:
    with frozen(way.BEFORE):
        yield


@pytest.fixture
def plan(world: World) -> Plan:
    return way.solved_plan(world)


@contextmanager
def refused(error: type[DomainError], words: str = "", *codes: str) -> Iterator[None]:
    with pytest.raises(error) as caught:
        yield
    assert words in caught.value.in_language("zh")[0]
    assert "{" not in "".join(caught.value.in_language("en"))
    if codes:
        assert caught.value.data["codes"] == list(codes)


def propose(world: World, plan: Plan, actor: Actor | None = None) -> Plan:
    actor = actor or world.chen
    with acting(actor):
        return proposing.propose_plan(actor=actor, number=plan.pk).plan


def seat_of(world: World, plan: Plan, office: str = "dinghai") -> PlanSeat:
    with acting(world.chen):
        seats = PlanSeat.objects.filter(plan=plan).select_related("person", "team")
        return seats.filter(person__sender__code=office).order_by("pk")[0]


def declare(world: World, plan: Plan, seat: PlanSeat) -> Declaration:
    with acting(world.lin):
        return Declaration.objects.create(
            tenant_id=plan.tenant_id,
            sender_id=world.lin.tenant_id,
            round_id=plan.round_id,
            person_office_id=world.lin.tenant_id,
            person_number=seat.person.number,
            target=Declaration.Target.ROUND,
            kind="leave",
            severity=Declaration.Severity.HARD,
            declared_at=now(),
        )


def outdate(world: World, seat: PlanSeat) -> None:
    with world.django_as("worker"), acting(world.lin):
        person = Person.objects.filter(number=seat.person.number)
        person.update(fact_hash="other facts")
        roster_changed(actor=world.lin, person_ids=person.values_list("pk", flat=True))


# --- Proposing ------------------------------------------------------------------------


def test_only_the_scheduler_proposes_and_a_county_does_not_know_the_plan(
    world: World, plan: Plan
) -> None:
    with refused(NotAllowed, "提请"):
        propose(world, plan, world.zhao)
    for number in (plan.pk, 987_654):
        with acting(world.lin), refused(NotVisible):
            proposing.propose_plan(actor=world.lin, number=number)

    assert propose(world, plan).state == PlanState.PROPOSED


def test_proposing_twice_does_it_once(world: World, plan: Plan) -> None:
    propose(world, plan)

    assert propose(world, plan).state == PlanState.PROPOSED

    with acting(world.chen):
        assert PlanStep.objects.filter(plan=plan).count() == 1
    assert [len(way.requests_to(world.director(code))) for code in COUNTIES] == [1, 1, 1, 1]


def test_a_round_has_one_proposal_at_a_time(world: World, plan: Plan) -> None:
    other = way.draft_of(world, plan)
    propose(world, plan)

    with refused(AnotherPlanProposed, f"第 {plan.version} 版正在审批"):
        propose(world, other)

    with acting(world.chen):
        proposing.take_back_plan(actor=world.chen, number=plan.pk)
    assert way.propose(world, other).state == PlanState.PROPOSED


def test_a_plan_that_is_still_being_solved_is_not_proposed(world: World, plan: Plan) -> None:
    over = {"finished_at": now(), "status": plan_run(world, plan).status}
    set_run(world, plan, finished_at=None, status=RunStatus.SOLVING)

    with refused(PlanStillBeingSolved):
        propose(world, plan)

    set_run(world, plan, **over)
    assert propose(world, plan).state == PlanState.PROPOSED


def plan_run(world: World, plan: Plan) -> SolveRun:
    with acting(world.chen):
        return SolveRun.objects.get(pk=plan.run_id or 0)


def set_run(world: World, plan: Plan, **fields: Any) -> None:
    with world.django_as("worker"), acting(world.chen):
        SolveRun.objects.filter(pk=plan.run_id or 0).update(**fields)


def test_a_plan_that_nobody_has_looked_at_is_checked_first_and_proposed_by_itself(
    world: World, plan: Plan
) -> None:
    draft = way.draft_of(world, plan)

    done = way.ask_to_propose(world, draft)

    assert done.job is not None
    again = way.ask_to_propose(world, draft)
    assert again.job is not None
    assert again.job.pk == done.job.pk
    assert way.see(world, draft).state == PlanState.CANDIDATE
    assert world.work(done.job) == "done"
    draft = way.see(world, draft)
    assert (draft.state, draft.proposed_by_id) == (PlanState.PROPOSED, world.chen.user_id)
    assert draft.is_usable


def test_what_the_check_finds_keeps_the_plan_at_the_desk(world: World, plan: Plan) -> None:
    """A pin since then: nobody of that name may go."""
    seat = seat_of(world, plan)
    declare(world, plan, seat)

    done = way.ask_to_propose(world, plan)

    assert done.job is not None
    assert world.work(done.job) == "done"
    plan = way.see(world, plan)
    assert plan.state == PlanState.CANDIDATE
    assert plan.verdict is not None
    assert not plan.verdict["clean"]
    with refused(PlanHeldUp, f"停用的席位：{seat.person.name}"):
        propose(world, plan)


def test_a_stale_release_of_somebody_seated_is_named_by_its_office(
    world: World, plan: Plan
) -> None:
    outdate(world, seat_of(world, plan))
    way.propose(world, plan)  # the check, which cannot make the release fresh

    with refused(PlanHeldUp, "定海区放行的 1 名入选人员情况有变", "stale"):
        propose(world, plan)

    with acting(world.chen):
        reopen_releases(actor=world.chen, number=plan.round_id)
    world.release("dinghai")
    assert way.propose(world, plan).state == PlanState.PROPOSED


def test_who_is_no_longer_released_is_named_and_nothing_is_checked_in_vain(
    world: World, plan: Plan
) -> None:
    seat = seat_of(world, plan)
    with acting(world.chen):
        reopen_releases(actor=world.chen, number=plan.round_id)
    world.release("dinghai", without=seat.person.name)

    with refused(PlanHeldUp, f"不在放行和报送之列：{seat.person.name}"):
        propose(world, plan)

    world.release("dinghai")
    assert way.propose(world, plan).state == PlanState.PROPOSED


def test_a_local_who_hears_petitioners_is_in_the_way(world: World) -> None:
    plan = way.solved_plan(world, mode="half_unit")
    with acting(world.chen):
        hosts = {
            visit.team_id: visit.unit.sender_id for visit in plan.visits.select_related("unit")
        }
        seats = PlanSeat.objects.filter(plan=plan).select_related("person")
        local = next(s for s in seats if s.person.sender_id == hosts[s.team_id])
        PlanSeat.objects.filter(pk=local.pk).update(duties=["petition_handler"])
    way.propose(world, plan)

    with refused(PlanHeldUp, "信访专员", "duty"):
        propose(world, plan)

    with acting(world.chen):
        PlanSeat.objects.filter(plan=plan, person=local.person).update(duties=["liaison"])
    assert way.propose(world, plan).state == PlanState.PROPOSED


# --- Confirming -----------------------------------------------------------------------


def test_the_director_alone_confirms_and_only_for_the_own_office(world: World, plan: Plan) -> None:
    propose(world, plan)
    request = way.requests_to(world.lin)[0]

    with acting(world.wu), refused(NotAllowed, "确认派出人员"):
        confirming.confirm_people(actor=world.wu, number=request.pk)
    for number in (request.pk, 987_654):
        with acting(world.jiang), refused(NotVisible):
            confirming.confirm_people(actor=world.jiang, number=number)

    assert way.answer(world, "dinghai").is_confirmed


def test_a_request_says_who_in_which_role_and_when_and_no_more(world: World, plan: Plan) -> None:
    propose(world, plan)

    people = way.requests_to(world.lin)[0].people

    assert {tuple(sorted(person)) for person in people} == {
        ("from", "name", "number", "role", "to")
    }
    assert all(person["name"].startswith("定海") for person in people)


def test_the_newest_answer_counts_and_the_same_one_twice_is_one(world: World, plan: Plan) -> None:
    propose(world, plan)
    number = way.requests_to(world.lin)[0].people[0]["number"]

    first = way.answer(world, "dinghai", {number: "已另有任务"})
    assert way.answer(world, "dinghai", {number: "已另有任务"}).pk == first.pk
    way.confirm_all(world, [code for code in COUNTIES if code != "dinghai"])
    with acting(world.zhao), refused(PlanHeldUp, "定海区对 1 名派出人员有异议", "objection"):
        publishing.approve_plan(actor=world.zhao, number=plan.pk)

    assert way.answer(world, "dinghai").is_confirmed
    assert way.approve(world, plan).state == PlanState.APPROVED


def test_an_objection_needs_words_and_somebody_of_the_list(world: World, plan: Plan) -> None:
    propose(world, plan)
    request = way.requests_to(world.lin)[0]
    number = request.people[0]["number"]

    for objections, error in (
        ({}, WordsMissing),
        ({number: "  "}, WordsMissing),
        ({"nobody": "不行"}, UnknownPersonInAnswer),
    ):
        with acting(world.lin), refused(error):
            confirming.object_to_people(actor=world.lin, number=request.pk, objections=objections)
    with acting(world.lin):
        assert not Confirmation.objects.sent_by(world.lin).exists()
    assert not way.answer(world, "dinghai", {number: "家中有事"}).is_confirmed


def test_a_request_of_an_older_revision_is_answered_no_more(world: World, plan: Plan) -> None:
    propose(world, plan)
    request = way.requests_to(world.lin)[0]
    with acting(world.chen):
        proposing.take_back_plan(actor=world.chen, number=plan.pk)

    with acting(world.lin), refused(RequestNotOpen, "已失效"):
        confirming.confirm_people(actor=world.lin, number=request.pk)

    propose(world, plan)
    assert way.answer(world, "dinghai").request_id == request.pk
    draft = way.other_roles(world, plan)
    with acting(world.chen):
        proposing.take_back_plan(actor=world.chen, number=plan.pk)
    way.propose(world, draft)
    with acting(world.lin), refused(RequestNotOpen, "已失效"):
        confirming.confirm_people(actor=world.lin, number=request.pk)
    assert way.answer(world, "dinghai").plan_id == draft.pk


def test_an_unchanged_list_keeps_its_confirmation_and_a_changed_one_is_asked_again(
    world: World, plan: Plan
) -> None:
    propose(world, plan)
    way.confirm_all(world)
    with acting(world.chen):
        proposing.take_back_plan(actor=world.chen, number=plan.pk)

    way.propose(world, way.other_roles(world, plan))

    asked = {code: len(way.requests_to(world.director(code))) for code in COUNTIES}
    assert asked == {"dinghai": 2, "putuo": 1, "daishan": 1, "shengsi": 1}
    with acting(world.zhao):
        [other] = Plan.objects.filter(state=PlanState.PROPOSED)
    with acting(world.zhao), refused(PlanHeldUp, "尚未确认派出人员的单位：定海区", "unconfirmed"):
        publishing.approve_plan(actor=world.zhao, number=other.pk)
    way.answer(world, "dinghai")
    assert way.approve(world, other).state == PlanState.APPROVED


def test_an_office_that_sends_nobody_any_more_has_nothing_left_to_answer(
    world: World, plan: Plan
) -> None:
    propose(world, plan)
    with acting(world.chen):
        proposing.take_back_plan(actor=world.chen, number=plan.pk)
    draft = way.draft_of(world, plan)
    with acting(world.chen):
        lists = dict(people_to_confirm(sheet_of(draft)))
        del lists["shengsi"]
        Plan.objects.filter(pk=draft.pk).update(
            state=PlanState.PROPOSED, proposed_by_id=world.chen.user_id
        )
        assert proposing._ask_offices(world.chen, draft, lists) == 3

    first, empty = way.requests_to(world.jiang)
    assert (len(first.people) > 0, empty.people) == (True, [])
    for request in (first, empty):
        with acting(world.jiang), pytest.raises((RequestNotOpen, NotVisible)):
            confirming.confirm_people(actor=world.jiang, number=request.pk)
    with acting(world.jiang):
        told = Notice.objects.filter(tenant_id=world.jiang.tenant_id).latest("pk")
    assert (told.kind, told.number) == ("confirmation_dropped", first.pk)
    assert way.answer(world, "dinghai").is_confirmed


# --- Approving and returning ----------------------------------------------------------


def test_approval_waits_for_every_office(world: World, plan: Plan) -> None:
    propose(world, plan)
    way.confirm_all(world, ["dinghai", "putuo"])

    with acting(world.zhao), refused(PlanHeldUp, "岱山县、嵊泗县", "unconfirmed"):
        publishing.approve_plan(actor=world.zhao, number=plan.pk)

    way.confirm_all(world)
    assert way.approve(world, plan).state == PlanState.APPROVED


def test_whoever_proposed_does_not_approve(world: World, plan: Plan) -> None:
    both = replace(world.chen, roles=frozenset({Role.SCHEDULER, Role.CITY_DIRECTOR}))
    propose(world, plan, both)
    way.confirm_all(world)

    with acting(both), refused(ProposerMayNotApprove, "您本人提请"):
        publishing.approve_plan(actor=both, number=plan.pk)

    assert way.approve(world, plan).approved_by_id == world.zhao.user_id


def test_the_scheduler_neither_approves_nor_publishes_nor_returns(world: World, plan: Plan) -> None:
    way.propose(world, plan)
    way.confirm_all(world)
    for act in (
        lambda: publishing.approve_plan(actor=world.chen, number=plan.pk),
        lambda: publishing.return_plan(actor=world.chen, number=plan.pk, words="x"),
        lambda: publishing.publish_plan(actor=world.chen, number=plan.pk),
    ):
        with acting(world.chen), refused(NotAllowed):
            act()

    way.approve(world, plan)
    assert way.publish(world, plan).number == 1


def test_a_return_needs_words_and_leads_back_to_the_desk(world: World, plan: Plan) -> None:
    propose(world, plan)
    with acting(world.zhao), refused(WordsMissing):
        publishing.return_plan(actor=world.zhao, number=plan.pk, words="  ")

    with acting(world.zhao):
        publishing.return_plan(actor=world.zhao, number=plan.pk, words="第一组过弱")

    plan = way.see(world, plan)
    assert (plan.state, plan.proposed_by_id) == (PlanState.CANDIDATE, None)
    with acting(world.chen):
        assert PlanStep.objects.filter(plan=plan).latest("pk").words == "第一组过弱"
    assert propose(world, plan).state == PlanState.PROPOSED


def test_steps_out_of_turn_are_refused_in_words(world: World, plan: Plan) -> None:
    with acting(world.zhao):
        with refused(StepOutOfTurn, "目前是“候选”，不能批准"):
            publishing.approve_plan(actor=world.zhao, number=plan.pk)
        with refused(StepOutOfTurn, "不能公布"):
            publishing.publish_plan(actor=world.zhao, number=plan.pk)
        with refused(StepOutOfTurn, "不能退回"):
            publishing.return_plan(actor=world.zhao, number=plan.pk, words="x")
    way.published(world, plan)
    with acting(world.chen):
        with refused(StepOutOfTurn, "已公布执行"):
            proposing.propose_plan(actor=world.chen, number=plan.pk)
        with refused(StepOutOfTurn, "不能收回"):
            proposing.take_back_plan(actor=world.chen, number=plan.pk)


# --- Publishing -----------------------------------------------------------------------


def test_publication_refuses_what_changed_since_and_names_it(world: World, plan: Plan) -> None:
    way.approved(world, plan)
    with frozen(LATER), acting(world.chen):
        rounds.revise_round(
            actor=world.chen,
            number=plan.round_id,
            name="改了名",
            starts_on=FIRST_DAY,
            ends_on=LAST_DAY,
        )

    with acting(world.zhao), refused(PlanHeldUp, "轮次的设置有改动", "outdated"):
        publishing.publish_plan(actor=world.zhao, number=plan.pk)

    with acting(world.chen):
        proposing.take_back_plan(actor=world.chen, number=plan.pk)
    assert way.published(world, plan).number == 1


def test_publication_refuses_a_release_gone_stale_by_office(world: World, plan: Plan) -> None:
    way.approved(world, plan)
    outdate(world, seat_of(world, plan))

    with acting(world.zhao), refused(PlanHeldUp, "定海区", "outdated", "stale"):
        publishing.publish_plan(actor=world.zhao, number=plan.pk)
    with acting(world.zhao):
        assert StaleNotice.objects.count() == 1
        assert not Publication.objects.exists()


def test_publication_refuses_a_suspended_seat_by_name(world: World, plan: Plan) -> None:
    way.approved(world, plan)
    seat = seat_of(world, plan)
    declare(world, plan, seat)

    with acting(world.zhao), refused(PlanHeldUp, f"停用的席位：{seat.person.name}（定海区"):
        publishing.publish_plan(actor=world.zhao, number=plan.pk)


def test_publication_refuses_an_objection_that_came_after_the_approval(
    world: World, plan: Plan
) -> None:
    way.approved(world, plan)
    number = way.requests_to(world.lin)[0].people[0]["number"]
    way.answer(world, "dinghai", {number: "临时抽不开身"})

    with acting(world.zhao), refused(PlanHeldUp, "有异议", "objection"):
        publishing.publish_plan(actor=world.zhao, number=plan.pk)

    way.answer(world, "dinghai")
    assert way.publish(world, plan).number == 1


def second_round(world: World, first: Plan) -> Plan:
    """Another round on the same days with the same people, solved before the first is in force."""
    round_ = world.make_round(name="2026年第四轮")
    world.call(round_)
    for code in COUNTIES:
        world.release(code)
    return world.plan_of(world.solve(round_))


def test_publication_refuses_somebody_booked_elsewhere_and_says_where_and_when(
    world: World, plan: Plan
) -> None:
    other = second_round(world, plan)
    way.approved(world, plan)
    way.approved(world, other)
    way.publish(world, plan)

    with pytest.raises(PlanHeldUp) as caught:
        way.publish(world, other)

    said = caught.value.in_language("zh")[0]
    assert "booked" in caught.value.data["codes"]
    assert "已由“2026年第三轮”安排" in said
    assert "2026年9月" in said
    withdraw(world, plan)
    assert way.see(world, other).state == PlanState.APPROVED
    with acting(world.chen):
        proposing.take_back_plan(actor=world.chen, number=other.pk)
    assert way.published(world, other).number == 1


# --- Correcting and withdrawing -------------------------------------------------------


def withdraw(world: World, plan: Plan, words: str = "上级另有部署") -> Publication:
    with acting(world.zhao):
        made = Publication.objects.get(plan=plan)
        return publishing.withdraw_publication(actor=world.zhao, number=made.pk, words=words)


def test_a_correction_takes_the_place_of_what_is_in_force(world: World, plan: Plan) -> None:
    first = way.published(world, plan)
    draft = way.other_roles(world, plan)
    way.propose(world, draft)
    way.answer(world, "dinghai")
    way.approve(world, draft)

    second = way.publish(world, draft)

    assert second.number == 2
    assert second.difference is not None
    assert len(second.difference["people"]) == 2
    assert {one["office"] for one in second.difference["people"]} == {"定海区"}
    with acting(world.zhao):
        first.refresh_from_db()
        assert (first.ending, first.ended_by) == ("superseded", "赵望舒")
        assert not Booking.objects.in_force().filter(publication=first).exists()
        assert Publication.objects.in_force().get().pk == second.pk
    assert way.see(world, plan).state == PlanState.SUPERSEDED
    assert {way.extract_of(world.director(c)).kind for c in COUNTIES} == {"corrected"}
    with acting(world.zhao), refused(PublicationOver, "已被更正版代替"):
        publishing.withdraw_publication(actor=world.zhao, number=first.pk, words="x")


def test_a_plan_is_withdrawn_before_its_round_begins_with_words(world: World, plan: Plan) -> None:
    made = way.published(world, plan)
    with refused(WordsMissing):
        withdraw(world, plan, words=" ")

    assert withdraw(world, plan).ended_because == "上级另有部署"

    assert withdraw(world, plan).pk == made.pk
    assert way.see(world, plan).state == PlanState.WITHDRAWN
    with acting(world.zhao):
        assert not Booking.objects.in_force().exists()
    extract = way.extract_of(world.lin)
    assert (extract.kind, extract.document) == ("withdrawn", {"going_out": [], "coming_in": []})


def test_after_the_round_has_begun_nothing_is_withdrawn(world: World, plan: Plan) -> None:
    way.published(world, plan)

    with frozen(BEGUN), refused(RoundHasBegun, "已于2026年9月7日开始"):
        withdraw(world, plan)

    assert way.see(world, plan).state == PlanState.PUBLISHED
    assert withdraw(world, plan).ending == "withdrawn"


def test_the_scheduler_does_not_withdraw_and_a_county_does_not_know_the_publication(
    world: World, plan: Plan
) -> None:
    made = way.published(world, plan)

    with acting(world.chen), refused(NotAllowed):
        publishing.withdraw_publication(actor=world.chen, number=made.pk, words="x")
    for number in (made.pk, 987_654):
        with acting(world.lin), refused(NotVisible):
            publishing.withdraw_publication(actor=world.lin, number=number, words="x")


def test_a_published_plan_is_not_judged_away(world: World, plan: Plan) -> None:
    way.published(world, plan)

    with acting(world.chen):
        assert ReleasedPerson.objects.exists()
        assert Plan.objects.get(pk=plan.pk).is_usable
