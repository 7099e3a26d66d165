"""What the scheduler decides at the desk beside the seats: pins, duties, a new solve, a check."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kernel.errors import NotAllowed, NotVisible
from scheduling.domain.duties import ARCHIVIST, LIAISON, PETITION_HANDLER
from scheduling.errors import DutyRefused, EditUnreadable, PinUnknown, RoundBeingSolved
from scheduling.models.pins import RoundPin
from scheduling.models.plans import Plan, PlanSeat
from scheduling.models.rosters import Person
from scheduling.selectors.desk_offers import who_else_could
from scheduling.selectors.desk_page import desk_page, desk_view
from scheduling.selectors.desk_panels import why_not_there
from scheduling.services import desk, duties, pins
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role
from tests.integration.scheduling.desks import (
    a_draft,
    declare_unit,
    edit,
    letters,
    office_of,
    open_from,
    reserve,
    schedule,
    see,
)
from tests.integration.scheduling.world import CANARY, COUNTIES, World, acting, person

HALF_UNIT = {"mode": "half_unit"}


def pinned(world: World, draft: Plan, **content: object) -> RoundPin:
    with acting(world.chen):
        return pins.pin(actor=world.chen, number=draft.pk, pin=content)


def all_pins(world: World) -> list[dict[str, object]]:
    with acting(world.chen):
        return [pin.content for pin in RoundPin.objects.order_by("pk")]


# --- Pins -----------------------------------------------------------------------------------


def test_a_pin_stands_once_and_gives_way_to_its_contrary(world: World) -> None:
    draft = a_draft(world)
    team = schedule(world, draft).teams[0]
    person = team.members[0]

    for _ in range(2):
        pinned(world, draft, inspector=person, team=team.id, role="member")
    assert all_pins(world) == [{"inspector": person, "team": team.id, "role": "member"}]

    pinned(world, draft, inspector=person, team="T02")
    assert all_pins(world) == [{"inspector": person, "team": "T02"}]
    pinned(world, draft, inspector=person, team="T02", forbid=True)
    assert all_pins(world) == [{"inspector": person, "team": "T02", "forbid": True}]

    with acting(world.chen):
        [standing] = RoundPin.objects.all()
        pins.unpin(actor=world.chen, number=draft.pk, pin=standing.pk)
        with pytest.raises(PinUnknown):
            pins.unpin(actor=world.chen, number=draft.pk, pin=standing.pk)
    assert all_pins(world) == []


def test_an_edit_against_a_pin_is_priced_as_a_breach_and_is_not_forbidden(world: World) -> None:
    draft = a_draft(world)
    team = schedule(world, draft).teams[0]
    newcomer = reserve(world, draft, office_of(team.members[0]))
    pinned(world, draft, inspector=team.members[0], team=team.id)

    against = edit(world, draft, edit="swap", a=team.members[0], b=newcomer)
    back = edit(world, draft, edit="swap", a=newcomer, b=team.members[0])

    assert [line["code"] for line in against.price["new"]] == ["pin"]
    assert [line["code"] for line in back.price["gone"]] == ["pin"]


def test_a_pin_names_what_is_there_and_nothing_else(world: World) -> None:
    draft = a_draft(world)

    for nonsense in (
        {"inspector": "dinghai-999", "team": "T01"},
        {"inspector": "dinghai-001", "team": "T99"},
        {"inspector": "dinghai-001"},
        {"unit": "dinghai:U1", "team": "T01", "start": "never"},
        {"inspector": "dinghai-001", "team": "T01", "role": "emperor"},
    ):
        with pytest.raises(PinUnknown):
            pinned(world, draft, **nonsense)
    assert all_pins(world) == []


def test_a_pin_waits_for_a_run_that_is_at_work(world: World) -> None:
    draft = a_draft(world)
    team = schedule(world, draft).teams[0]
    with acting(world.chen):
        desk.solve_around(actor=world.chen, number=draft.pk, time_limit_s=1)

    with pytest.raises(RoundBeingSolved):
        pinned(world, draft, inspector=team.members[0], team=team.id)


def test_pins_are_the_scheduler_s_alone(world: World) -> None:
    draft = a_draft(world)
    wanted = {"inspector": schedule(world, draft).teams[0].members[0], "team": "T01"}

    with acting(world.lin), pytest.raises(NotVisible):
        pins.pin(actor=world.lin, number=draft.pk, pin=wanted)
    with acting(world.zhao), pytest.raises(NotAllowed):
        pins.pin(actor=world.zhao, number=draft.pk, pin=wanted)
    pinned(world, draft, **wanted)


# --- The engine and the verifier ------------------------------------------------------------


def test_the_engine_mends_the_draft_around_the_pins_with_few_changes(world: World) -> None:
    draft = a_draft(world)
    one, *others = schedule(world, draft).teams
    newcomer = reserve(world, draft, office_of(one.members[0]))
    edit(world, draft, edit="swap", a=one.members[0], b=newcomer)
    edit(world, draft, edit="unseat", inspector=others[0].members[0])
    pinned(world, draft, inspector=newcomer, team=one.id, role="member")
    before = letters(world, draft)

    with acting(world.chen):
        run = desk.solve_around(actor=world.chen, number=draft.pk, time_limit_s=3)
    assert run.job is not None
    assert world.work(run.job) == "done"

    found = world.plan_of(world.see_run(run.pk))
    mended = {team.id: team for team in schedule(world, found).teams}
    assert found.is_usable
    assert newcomer in mended[one.id].members
    assert found.measures["changes"] <= 2
    assert letters(world, draft) == before
    assert found.version == draft.version + 1


def test_a_check_gives_the_draft_a_verdict_of_its_revision(world: World) -> None:
    draft = a_draft(world)
    person = schedule(world, draft).teams[0].members[0]
    with acting(world.chen):
        job = desk.check_draft(actor=world.chen, number=draft.pk)
        page = desk_page(world.chen, desk_view(world.chen, draft.pk))
        assert page.is_checking
    assert world.work(job) == "done"
    assert see(world, draft).is_usable

    edit(world, draft, edit="unseat", inspector=person)
    assert not see(world, draft).is_usable
    with acting(world.chen):
        job = desk.check_draft(actor=world.chen, number=draft.pk)
    assert world.work(job) == "done"
    verdict = see(world, draft).verdict
    assert verdict is not None
    assert [line["code"] for line in verdict["breaches"]] == ["team_size"]


def of_one_employer(world: World, numbers: list[str]) -> None:
    """These people of every county work together, at a place with the canary's name."""
    world.settle()
    with world.django_as("worker"):
        for code in COUNTIES:
            with in_office(world.offices[code].pk):
                Person.objects.filter(number__in=numbers).update(home_unit=f"{CANARY}同一单位")


def test_neither_a_price_nor_a_verdict_names_somebody_s_employer(world: World) -> None:
    """Three colleagues in one plan break a rule; where they work is a fact of theirs."""
    of_one_employer(world, ["003", "004", "005", "006"])
    round_ = world.make_round()
    world.call(round_)
    for code in COUNTIES:
        world.release(code)
    draft = open_from(world, world.plan_of(world.solve(round_, seconds=2)))
    seated = {person for team in schedule(world, draft).teams for person in team.people}
    team = schedule(world, draft).teams[0]
    office = office_of(team.members[0])
    for number in ("003", "004", "005", "006"):
        if f"{office}-{number}" not in seated:
            made = edit(
                world,
                draft,
                edit="seat",
                inspector=f"{office}-{number}",
                team=team.id,
                role="member",
            )
    with acting(world.chen):
        job = desk.check_draft(actor=world.chen, number=draft.pk)
    assert world.work(job) == "done"

    verdict = see(world, draft).verdict
    assert verdict is not None
    assert "home_unit_quota" in {line["code"] for line in verdict["breaches"]}
    assert CANARY not in str(verdict)
    assert CANARY not in str(made.price)


def test_a_clash_names_nobody_s_employer(world: World) -> None:
    of_one_employer(world, ["001", "002", "003", "004", "005", "006"])
    round_ = world.make_round()
    world.call(round_)
    for code in COUNTIES:
        world.release(code)

    run = world.solve(round_, seconds=5)

    assert run.status == "infeasible"
    assert "home_unit_quota" in str(run.conflict)
    assert CANARY not in str(run.conflict)


def test_what_was_declared_since_the_plan_was_made_bars_on_the_desk_at_once(
    world: World,
) -> None:
    draft = a_draft(world)
    team = schedule(world, draft).teams[0]
    newcomer = reserve(world, draft, office_of(team.members[0]))

    def offered() -> set[str]:
        with acting(world.chen):
            view = desk_view(world.chen, draft.pk)
            return {offer.who for offer in who_else_could(view, team.members[0])}

    assert newcomer in offered()
    declare_unit(world, draft, newcomer, team.visits[0].unit)
    assert newcomer not in offered()


# --- Duties ---------------------------------------------------------------------------------


def shared(world: World, draft: Plan) -> dict[str, list[str]]:
    with acting(world.chen):
        seats = PlanSeat.objects.filter(plan=draft).exclude(duties=[])
        return {
            f"{seat.person.sender.code}-{seat.person.number}": seat.duties
            for seat in seats.select_related("person__sender")
        }


def test_duties_are_shared_out_and_undone_like_any_edit(world: World) -> None:
    draft = a_draft(world)
    team = schedule(world, draft).teams[0]
    before = letters(world, draft)
    given = {team.members[0]: [ARCHIVIST, LIAISON], team.people[0]: [PETITION_HANDLER]}

    with acting(world.chen):
        made = duties.set_duties(
            actor=world.chen, number=draft.pk, team=team.id, duties=given, seen=1
        )
    assert shared(world, draft) == {
        team.members[0]: [LIAISON, ARCHIVIST],
        team.people[0]: [PETITION_HANDLER],
    }
    assert "联络员" in made.words["zh"]
    with acting(world.chen):
        desk.undo_edit(actor=world.chen, number=draft.pk, seen=2)
    assert letters(world, draft) == before


def test_the_usual_duties_are_shared_out_in_every_team(world: World) -> None:
    draft = a_draft(world)

    with acting(world.chen):
        duties.propose_duties(actor=world.chen, number=draft.pk, seen=1)

    carried = [duty for codes in shared(world, draft).values() for duty in codes]
    teams = len(schedule(world, draft).teams)
    assert {duty: carried.count(duty) for duty in (LIAISON, PETITION_HANDLER, ARCHIVIST)} == {
        LIAISON: teams,
        PETITION_HANDLER: teams,
        ARCHIVIST: teams,
    }


def test_duties_go_to_people_of_the_team_and_to_known_duties(world: World) -> None:
    draft = a_draft(world)
    one, two = schedule(world, draft).teams[:2]

    for given in ({two.people[0]: [LIAISON]}, {one.people[0]: ["cook"]}):
        with acting(world.chen), pytest.raises(EditUnreadable):
            duties.set_duties(actor=world.chen, number=draft.pk, team=one.id, duties=given, seen=1)
    assert shared(world, draft) == {}


def test_a_local_person_hears_no_petitioners_and_an_outsider_does(world: World) -> None:
    draft = a_draft(world, **HALF_UNIT)
    for team in schedule(world, draft).teams:
        visited = {visit.unit.partition(":")[0] for visit in team.visits}
        local = next((p for p in team.people if office_of(p) in visited), None)
        outsider = next((p for p in team.people if office_of(p) not in visited), None)
        if local and outsider:
            break
    else:
        pytest.fail("A half-unit round has teams of both.")

    def give(person: str) -> None:
        with acting(world.chen):
            duties.set_duties(
                actor=world.chen,
                number=draft.pk,
                team=team.id,
                duties={person: [PETITION_HANDLER]},
                seen=1,
            )

    with pytest.raises(DutyRefused):
        give(local)
    give(outsider)


# --- In words -------------------------------------------------------------------------------


def test_the_city_s_own_people_are_explained_to_whoever_may_see_its_roster(
    world: World,
) -> None:
    """By the roster's own words to a scheduler who is the director as well, for people of the
    city; to the scheduler alone, and of a county's people to anybody, by the code."""
    draft = a_draft_with_the_city_s_people(world)
    both = replace(world.chen, roles=frozenset({Role.SCHEDULER, Role.CITY_DIRECTOR}))
    unit = "dinghai:U2"

    def told(actor: Actor, person: str) -> tuple[list[str], str]:
        with acting(actor):
            view = desk_view(actor, draft.pk)
            reasons = why_not_there(actor, view, person, unit=unit)
        return [r.code for r in reasons], "".join(f.zh for r in reasons for f in r.facts)

    codes, facts = told(both, "zhoushan-001")
    assert "former_post" in codes
    assert "定海区财政局" in facts
    assert told(world.chen, "zhoushan-001") == (codes, "")
    assert told(both, "dinghai-001") == (["own_county"], "")


def a_draft_with_the_city_s_people(world: World) -> Plan:
    """Somebody of the city office held a post at Dinghai's finance bureau until last year."""
    world.settle()
    city = world.offices["zhoushan"]
    post = {"body": "定海区财政局", "post": "局长", "from": "2020-01", "to": "2025-06"}
    with world.django_as("worker"), in_office(city.pk):
        Person.objects.bulk_create([person(city, 1, career=[post]), person(city, 2)])
    round_ = world.make_round()
    world.call(round_, (*COUNTIES, "zhoushan"))
    for code in (*COUNTIES, "zhoushan"):
        world.release(code)
    return open_from(world, world.plan_of(world.solve(round_, seconds=2)))
