"""The scheduler's desk: a draft is opened, edited with a price, undone to the letter; what a rule
bars is refused in one set of words, and nobody overwrites anybody."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from django.db import connection, connections, transaction

from kernel.errors import DomainError, NotAllowed, NotVisible
from scheduling.domain import goals
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.verify import Breach, breaches
from scheduling.errors import (
    EditRefused,
    EditUnreadable,
    NothingToRedo,
    NothingToUndo,
    PersonCannotCome,
    PlanMoved,
    PlanOfTheEngine,
    PlanStandsStill,
    SeatBarred,
)
from scheduling.mapping.edits import applied, edit_from
from scheduling.mapping.seat_bars import refusal_of
from scheduling.models.plans import Plan, PlanEdit, PlanSeat, PlanState, PlanTeam
from scheduling.services import desk, opening
from tenancy.actor import Actor
from tenancy.models.audit import AuditEntry
from tests.integration.scheduling.desks import (
    a_draft,
    a_plan,
    declare_out,
    declare_unit,
    edit,
    letters,
    office_of,
    open_from,
    problem,
    reserve,
    schedule,
    see,
)
from tests.integration.scheduling.handlers import colleague
from tests.integration.scheduling.world import World, acting

# --- Opening --------------------------------------------------------------------------------


def test_a_draft_is_a_copy_to_the_letter_and_the_engine_s_plan_stays(world: World) -> None:
    plan = a_plan(world)
    before = letters(world, plan)

    draft = open_from(world, plan)

    assert letters(world, draft) == before == letters(world, plan)
    assert (draft.origin, draft.based_on_id, draft.version) == ("desk", plan.pk, plan.version + 1)
    assert see(world, draft).measures == see(world, plan).measures
    with acting(world.chen):
        assert AuditEntry.objects.filter(action="scheduling.draft.opened").count() == 1


def test_opening_twice_gives_one_draft_until_somebody_has_worked_on_it(world: World) -> None:
    plan = a_plan(world)
    first = open_from(world, plan)
    assert open_from(world, plan).pk == first.pk

    someone = schedule(world, first).teams[0].members[0]
    edit(world, first, edit="unseat", inspector=someone)

    assert open_from(world, plan).pk != first.pk


def test_a_seat_that_is_barred_by_now_is_left_out_of_the_draft_and_named(world: World) -> None:
    plan = a_plan(world)
    team = schedule(world, plan).teams[0]
    declare_unit(world, plan, team.members[0], team.visits[0].unit)

    draft = open_from(world, plan)

    assert team.members[0] not in schedule(world, draft).teams[0].people
    with acting(world.chen):
        opened = PlanEdit.objects.get(plan=draft)
    names = {p.id: p.name for p in problem(world, draft).inspectors}
    assert opened.content["left_out"] == [{"name": names[team.members[0]], "rule": "interest"}]


# --- Editing --------------------------------------------------------------------------------


def test_an_edit_writes_only_the_teams_that_changed_and_is_recorded_with_its_price(
    world: World,
) -> None:
    draft = a_draft(world)
    one, *others = schedule(world, draft).teams
    newcomer = reserve(world, draft, office_of(one.members[0]))
    with acting(world.chen):
        kept = set(PlanTeam.objects.filter(plan=draft).values_list("pk", "code"))

    made = edit(world, draft, edit="swap", a=one.members[0], b=newcomer)

    with acting(world.chen):
        now = set(PlanTeam.objects.filter(plan=draft).values_list("pk", "code"))
        audited = AuditEntry.objects.filter(action="scheduling.plan.edited").count()
    assert {code for _, code in kept & now} == {team.id for team in others}
    assert newcomer in schedule(world, draft).teams[0].members
    assert (see(world, draft).revision, made.revision, audited) == (2, 2, 1)
    assert [team["id"] for team in made.after] == [one.id]
    assert "接替" in made.words["zh"]
    assert "takes" in made.words["en"]


def test_the_stored_price_is_the_difference_of_two_full_evaluations(world: World) -> None:
    """A walk of edits drawn by lot; what cannot be done changes nothing."""
    draft = a_draft(world)
    luck = Random(7)
    done = 0
    for _ in range(40):
        question, before = problem(world, draft), schedule(world, draft)
        content = drawn(luck, question, before)
        try:
            made = edit(world, draft, **content)
        except (EditRefused, SeatBarred):
            assert schedule(world, draft) == before
            continue
        done += 1
        after = schedule(world, draft)
        assert set(after.teams) == set(applied(question, before, edit_from(content)).teams)
        measured = [goals.measures(question, plan) for plan in (before, after)]
        assert made.price["measures"] == {
            key: [measured[0][key], measured[1][key]] for key in measured[0]
        }
        found = [set(breaches(question, plan)) for plan in (before, after)]
        assert {line["code"] for line in made.price["new"]} == codes(found[1] - found[0])
        assert {line["code"] for line in made.price["gone"]} == codes(found[0] - found[1])
        assert see(world, draft).measures == measured[1]
    assert done >= 8


def drawn(luck: Random, question: Problem, before: Schedule) -> dict[str, Any]:
    """One act, sensible or not."""
    teams = before.teams
    seated = [person for team in teams for person in team.people]
    people = [p.id for p in question.inspectors]
    units = [visit.unit for team in teams for visit in team.visits] or ["dinghai:U1"]
    days = question.calendar
    team = luck.choice(question.teams).id
    return luck.choice(
        [
            {"edit": "swap", "a": luck.choice(seated), "b": luck.choice(people)},
            {
                "edit": "seat",
                "inspector": luck.choice(people),
                "team": team,
                "role": luck.choice(["leader", "deputy", "member"]),
            },
            {"edit": "unseat", "inspector": luck.choice(seated)},
            {"edit": "change_role", "inspector": luck.choice(seated), "role": "deputy"},
            {"edit": "move_visit", "unit": luck.choice(units), "start": str(luck.choice(days))},
            {"edit": "move_unit", "unit": luck.choice(units), "team": team},
            {"edit": "drop_visit", "unit": luck.choice(units)},
            {"edit": "add_visit", "unit": luck.choice(["dinghai:U1", "putuo:U1"]), "team": team},
        ]
    )


def codes(found: Iterable[Breach]) -> set[str]:
    return {breach.code for breach in found}


def test_nonsense_is_refused_in_words_and_changes_nothing(world: World) -> None:
    draft = a_draft(world)
    before = letters(world, draft)

    with pytest.raises(EditRefused, match="is in no team"):
        edit(world, draft, edit="unseat", inspector=reserve(world, draft, "dinghai"))
    with pytest.raises(EditUnreadable):
        edit(world, draft, edit="seat", inspector="dinghai-001", team="T01", role="emperor")
    with pytest.raises(EditUnreadable):
        edit(world, draft, edit="abolish")

    assert letters(world, draft) == before


# --- Bars -----------------------------------------------------------------------------------


def a_barred_swap(world: World, draft: Plan) -> dict[str, Any]:
    """Somebody of the county that is visited, for somebody who sits there."""
    team = schedule(world, draft).teams[0]
    county = team.visits[0].unit.partition(":")[0]
    return {"edit": "swap", "a": team.members[0], "b": reserve(world, draft, county)}


def test_a_barred_seat_is_refused_in_the_same_words_by_the_service_and_by_the_database(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft(world)
    before = letters(world, draft)
    with pytest.raises(SeatBarred) as by_service:
        edit(world, draft, **a_barred_swap(world, draft))

    looked = []

    def looking_away_once(*given: Any) -> DomainError | None:
        looked.append(given)
        return None if len(looked) == 1 else refusal_of(*given)

    monkeypatch.setattr("scheduling.services.drafts.refusal_of", looking_away_once)
    with pytest.raises(SeatBarred) as by_database:
        edit(world, draft, **a_barred_swap(world, draft))

    assert len(looked) == 2
    assert by_service.value.in_language("zh") == by_database.value.in_language("zh")
    assert "own_county" in by_service.value.in_language("zh")[0]
    assert letters(world, draft) == before
    assert see(world, draft).revision == 1


def test_whoever_is_declared_out_later_is_not_seated_and_everybody_else_is(world: World) -> None:
    draft = a_draft(world)
    team = schedule(world, draft).teams[0]
    office = office_of(team.members[0])
    ill = reserve(world, draft, office)
    declare_out(world, draft, ill)

    with pytest.raises(PersonCannotCome):
        edit(world, draft, edit="swap", a=team.members[0], b=ill)
    seated = {person for team in schedule(world, draft).teams for person in team.people}
    well = next(
        p.id
        for p in problem(world, draft).inspectors
        if p.office == office and p.id not in seated | {ill}
    )
    edit(world, draft, edit="swap", a=team.members[0], b=well)

    assert well in schedule(world, draft).teams[0].people


def test_seats_that_are_barred_meanwhile_are_taken_out_together(world: World) -> None:
    """One by one would not do: the second barred seat of a team forbids writing the team."""
    draft = a_draft(world)
    team = schedule(world, draft).teams[0]
    for person in team.people[:2]:
        declare_unit(world, draft, person, team.visits[0].unit)
    with pytest.raises(SeatBarred):
        edit(world, draft, edit="unseat", inspector=team.people[0])

    with acting(world.chen):
        desk.send_barred_home(actor=world.chen, number=draft.pk, seen=1)

    assert not set(team.people[:2]) & set(schedule(world, draft).teams[0].people)


# --- Undoing --------------------------------------------------------------------------------


def test_undoing_brings_every_row_back_to_the_letter_and_can_itself_be_undone(
    world: World,
) -> None:
    draft = a_draft(world)
    stages = [letters(world, draft)]
    team, other = schedule(world, draft).teams[:2]
    newcomer = reserve(world, draft, office_of(team.members[0]))
    steps: list[dict[str, Any]] = [
        {"edit": "swap", "a": team.members[0], "b": newcomer},
        {"edit": "drop_visit", "unit": team.visits[0].unit},
        {"edit": "unseat", "inspector": other.members[0]},
    ]
    for content in steps:
        edit(world, draft, **content)
        stages.append(letters(world, draft))

    seen = []
    with acting(world.chen):
        for step in (desk.undo_edit, desk.undo_edit, desk.redo_edit, desk.undo_edit):
            step(actor=world.chen, number=draft.pk, seen=Plan.objects.get(pk=draft.pk).revision)
            seen.append(letters(world, draft))
    assert seen == [stages[2], stages[1], stages[2], stages[1]]

    with acting(world.chen):
        desk.undo_edit(actor=world.chen, number=draft.pk, seen=see(world, draft).revision)
    assert letters(world, draft) == stages[0]


def test_a_draft_s_opening_cannot_be_undone_nor_an_edit_done_twice(world: World) -> None:
    draft = a_draft(world)

    with acting(world.chen):
        with pytest.raises(NothingToUndo):
            desk.undo_edit(actor=world.chen, number=draft.pk, seen=1)
        with pytest.raises(NothingToRedo):
            desk.redo_edit(actor=world.chen, number=draft.pk, seen=1)


# --- Two at once ----------------------------------------------------------------------------


def test_an_edit_on_an_old_revision_is_told_what_happened_meanwhile(world: World) -> None:
    draft = a_draft(world)
    one, two = schedule(world, draft).teams[:2]
    edit(world, draft, edit="unseat", inspector=one.members[0])
    before = letters(world, draft)
    names = {p.id: p.name for p in problem(world, draft).inspectors}

    with pytest.raises(PlanMoved) as refusal:
        edit(world, draft, seen=1, edit="unseat", inspector=two.members[0])
    message = refusal.value.in_language("zh")[0]
    assert "陈砚秋" in message
    assert names[one.members[0]] in message
    assert letters(world, draft) == before

    edit(world, draft, seen=2, edit="unseat", inspector=two.members[0])
    assert two.members[0] not in schedule(world, draft).teams[1].people


def test_of_two_who_edit_at_once_one_wins_and_the_other_is_told(world: World) -> None:
    """On two connections of their own; whoever comes second waits, looks, and is refused."""
    draft = a_draft(world)
    wu_too = colleague(world, draft.round_id)
    teams = schedule(world, draft).teams
    start = threading.Barrier(2)
    outcomes: list[PlanEdit | DomainError] = []

    def work(actor: Actor, person: str) -> None:
        try:
            with acting(actor):
                start.wait(10)
                wanted = {"edit": "unseat", "inspector": person}
                outcomes.append(desk.edit_plan(actor=actor, number=draft.pk, edit=wanted, seen=1))
        except PlanMoved as refusal:
            outcomes.append(refusal)
        finally:
            connections.close_all()

    pair = [(world.chen, teams[0].members[0]), (wu_too, teams[1].members[0])]
    threads = [threading.Thread(target=work, args=each) for each in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    [won] = [outcome for outcome in outcomes if isinstance(outcome, PlanEdit)]
    [told] = [outcome for outcome in outcomes if isinstance(outcome, PlanMoved)]
    assert won.made_by in told.in_language("zh")[0]
    assert see(world, draft).revision == 2
    gone = {person for _, person in pair} - {
        person for team in schedule(world, draft).teams for person in team.people
    }
    assert gone == {won.content["inspector"]}


# --- Whose, and when ------------------------------------------------------------------------


def test_the_engine_s_plan_is_not_edited_and_its_draft_is(world: World) -> None:
    plan = a_plan(world)
    person = schedule(world, plan).teams[0].members[0]

    with pytest.raises(PlanOfTheEngine):
        edit(world, plan, seen=1, edit="unseat", inspector=person)
    edit(world, open_from(world, plan), edit="unseat", inspector=person)


@pytest.mark.parametrize("state", [s for s in PlanState if s != PlanState.CANDIDATE])
def test_a_plan_on_its_way_or_in_force_stands_still(world: World, state: PlanState) -> None:
    draft = a_draft(world)
    person = schedule(world, draft).teams[0].members[0]
    with world.django_as("superuser"), transaction.atomic(), connection.cursor() as cursor:
        # Past the triggers that let a plan go only one step at a time.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE scheduling_plan SET state = %s WHERE id = %s", [state, draft.pk])

    with pytest.raises(PlanStandsStill):
        edit(world, draft, edit="unseat", inspector=person)
    with acting(world.chen), pytest.raises(PlanStandsStill):
        desk.undo_edit(actor=world.chen, number=draft.pk, seen=1)


def test_another_office_finds_no_desk_and_the_director_may_not_edit(world: World) -> None:
    draft = a_draft(world)
    wanted: dict[str, Any] = {
        "edit": "drop_visit",
        "unit": schedule(world, draft).teams[0].visits[0].unit,
    }

    with acting(world.lin), pytest.raises(NotVisible):
        desk.edit_plan(actor=world.lin, number=draft.pk, edit=wanted, seen=1)
    with acting(world.lin), pytest.raises(NotVisible):
        opening.open_draft(actor=world.lin, number=draft.pk)
    with acting(world.zhao), pytest.raises(NotAllowed):
        desk.edit_plan(actor=world.zhao, number=draft.pk, edit=wanted, seen=1)
    with acting(world.zhao), pytest.raises(NotAllowed):
        opening.open_draft(actor=world.zhao, number=draft.pk)
    edit(world, draft, **wanted)


def test_a_seat_s_duty_ends_with_it(world: World) -> None:
    draft = a_draft(world)
    team = schedule(world, draft).teams[0]
    newcomer = reserve(world, draft, office_of(team.members[0]))
    with acting(world.chen):
        PlanSeat.objects.filter(plan=draft, role="member").update(duties=["archivist"])

    edit(world, draft, edit="swap", a=team.members[0], b=newcomer)
    edit(world, draft, edit="unseat", inspector=newcomer)
    edit(world, draft, edit="seat", inspector=newcomer, team=team.id, role="member")

    _, _, number = newcomer.rpartition("-")
    with acting(world.chen):
        seats = PlanSeat.objects.filter(plan=draft, person__number=number)
        again = seats.get(person__sender__code=office_of(newcomer))
    assert again.duties == []
