"""Who meets whom. Each lays its own ground, and gives the two acts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from psycopg2.extensions import connection as Connection

from scheduling.errors import LastHandler, PersonCannotCome, PlanHeldUp, SeatBarred
from scheduling.services import desk, publishing
from scheduling.services.declaring import declare_unavailable
from scheduling.services.handling import name_handler, remove_handler
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.errors import SeatDecidedAlready, SeatProposedAlready
from tenancy.models import User
from tenancy.services.seats import decide_seat, propose_end, propose_seat
from tests.integration.races.racing import Course
from tests.integration.scheduling import way
from tests.integration.scheduling.desks import a_draft, reserve, schedule, see
from tests.integration.scheduling.handlers import colleague
from tests.integration.scheduling.world import COUNTIES, World, acting
from tests.integration.tenancy.administrators import (
    SECOND,
    SECURITY,
    SYSTEM,
    administrator,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw

Lay = Callable[[World, Connection], Course]
SEATS = ("tenancy_seatchange", "tenancy_membership")
CLERK = Role.COUNTY_CLERK
PUBLISHED = (
    "scheduling_plan",
    "scheduling_planstep",
    "scheduling_publication",
    "scheduling_booking",
    "scheduling_publishedextract",
    "scheduling_notice",
)


def done(actor: Actor, service: Callable[..., Any], **given: Any) -> Any:
    with acting(actor):
        return service(actor=actor, **given)


def publication_against_publication(world: World, anybody: Connection) -> Course:
    """Two rounds that send the same people at the same time: one is published."""
    first = way.solved_plan(world)
    round_ = world.make_round(name="2026年第四轮")
    world.call(round_)
    for code in COUNTIES:
        world.release(code)
    second = world.plan_of(world.solve(round_))
    plans = [way.approved(world, plan).pk for plan in (first, second)]
    publish = partial(done, world.zhao, publishing.publish_plan)
    return Course(
        (partial(publish, number=plans[0]), partial(publish, number=plans[1])),
        broken="SELECT abs((SELECT count(*) FROM scheduling_publication) - 1)"
        " + (SELECT count(*) - count(DISTINCT inspector_id) FROM scheduling_booking)"
        " + (SELECT count(*) FROM scheduling_publishedextract AS one WHERE NOT EXISTS (SELECT"
        "    FROM scheduling_publication AS p WHERE p.round_id = one.round_id))",
        tables=PUBLISHED,
        lost=frozenset({PlanHeldUp}),
    )


def grant_against_refusal(world: World, anybody: Connection) -> Course:
    """Two security administrators decide one proposal, one so and one otherwise."""
    change = propose(world, anybody)
    return Course(
        (decide(SECURITY, change, put_in_force=True), decide(SECOND, change, put_in_force=False)),
        broken="SELECT count(*) FROM tenancy_seatchange AS one WHERE state = 'open' OR"
        " (state = 'in_force') <> EXISTS (SELECT FROM tenancy_membership AS seat WHERE"
        "   (seat.tenant_id, seat.user_id, seat.role) = (one.sender_id, one.person_id, one.role))",
        tables=SEATS,
        lost=frozenset({SeatDecidedAlready}),
    )


def end_against_refusal(world: World, anybody: Connection) -> Course:
    """A seat is taken away by one of them, and left by the other."""
    grant = propose(world, anybody)
    decide(SECURITY, grant, put_in_force=True)()
    raw = Raw(anybody)
    seat = raw.one(
        "SELECT id FROM tenancy_membership WHERE user_id = %s AND role = %s",
        world.jiang.user_id,
        CLERK,
    )
    raw.run("UPDATE tenancy_membership SET since_on = '2020-02-01' WHERE id = %s", seat)
    raw.run("DELETE FROM tenancy_seatchange")
    anybody.commit()
    change = done(administrator(SYSTEM), propose_end, seat=seat, reason="调离").pk
    return Course(
        (decide(SECURITY, change, put_in_force=True), decide(SECOND, change, put_in_force=False)),
        broken="SELECT count(*) FROM tenancy_seatchange AS one JOIN tenancy_membership AS seat"
        " ON seat.id = one.seat_number WHERE one.state = 'open'"
        " OR (one.state = 'in_force') = (seat.until_on IS NULL)",
        tables=SEATS,
        lost=frozenset({SeatDecidedAlready}),
    )


def proposal_against_proposal(world: World, anybody: Connection) -> Course:
    """The county's director and an administrator ask for the same seat."""
    seat_administrators(Raw(anybody))
    anybody.commit()
    about = {"office": world.lin.tenant_id, "person": jiang(world), "role": CLERK, "reason": "替岗"}
    return Course(
        (
            partial(done, world.lin, propose_seat, **about),
            partial(done, administrator(SYSTEM), propose_seat, **about),
        ),
        broken="SELECT abs(count(*) - 1) FROM tenancy_seatchange",
        tables=SEATS,
        lost=frozenset({SeatProposedAlready}),
    )


def removal_against_removal(world: World, anybody: Connection) -> Course:
    """The round is taken from the last two who handle it: one of them stays."""
    number, wu = handled(world, anybody, is_named=True)
    take = partial(done, world.zhao, remove_handler, number=number)
    return Course(
        (partial(take, person=world.chen.person_id), partial(take, person=wu.person_id)),
        broken="SELECT abs(count(*) - 1) FROM scheduling_roundhandler",
        tables=("scheduling_roundhandler",),
        lost=frozenset({LastHandler}),
    )


def naming_against_removal(world: World, anybody: Connection) -> Course:
    """One is named while the only other one is removed: whoever comes first, somebody is left."""
    number, wu = handled(world, anybody, is_named=False)
    return Course(
        (
            partial(done, world.zhao, name_handler, number=number, person=wu.person_id),
            partial(done, world.zhao, remove_handler, number=number, person=world.chen.person_id),
        ),
        broken="SELECT (count(*) FILTER (WHERE user_id = "
        f"{wu.person_id}) <> 1)::int FROM scheduling_roundhandler",
        tables=("scheduling_roundhandler",),
        lost=frozenset({LastHandler}),
        both_win=True,
    )


def assignment_against_declaration(world: World, anybody: Connection) -> Course:
    """Somebody is seated while their own office says that they cannot come: refused, or suspended."""
    draft = a_draft(world)
    person = reserve(world, draft, "dinghai")
    team = schedule(world, draft).teams[0].id
    seat = {"edit": "seat", "inspector": person, "team": team, "role": "member"}
    seen = see(world, draft).revision
    call, number = world.call_to("dinghai").pk, person.rpartition("-")[2]
    return Course(
        (
            partial(done, world.chen, desk.edit_plan, number=draft.pk, edit=seat, seen=seen),
            partial(done, world.lin, declare_unavailable, number=call, person=number),
        ),
        broken="SELECT abs((SELECT count(*) FROM scheduling_planseat AS seat"
        "  JOIN scheduling_releasedperson AS person ON person.id = seat.person_id"
        f" WHERE person.number = '{number}' AND person.sender_id = {world.lin.tenant_id})"
        " * (SELECT count(*) FROM scheduling_declaration)"
        " - (SELECT count(*) FROM scheduling_seatsuspension))",
        tables=(
            *("scheduling_plan", "scheduling_planteam", "scheduling_planseat"),
            *("scheduling_planvisit", "scheduling_planedit", "scheduling_declaration"),
            *("scheduling_seatsuspension", "scheduling_notice"),
        ),
        lost=frozenset({SeatBarred, PersonCannotCome}),
        both_win=True,
    )


def handled(world: World, anybody: Connection, *, is_named: bool) -> tuple[int, Actor]:
    """A round that is not over for a long time, with Chen and perhaps Wu."""
    number = world.make_round().pk
    Raw(anybody).run("UPDATE scheduling_inspectionround SET ends_on = '2099-12-31'")
    anybody.commit()
    return number, colleague(world, *([number] if is_named else []))


def propose(world: World, anybody: Connection) -> int:
    """Jiang as a clerk of Dinghai's, too; not decided yet."""
    seat_administrators(Raw(anybody))
    anybody.commit()
    change = done(
        administrator(SYSTEM),
        propose_seat,
        office=world.lin.tenant_id,
        person=jiang(world),
        role=CLERK,
        reason="替岗",
    )
    return int(change.pk)


def decide(person: int, change: int, *, put_in_force: bool) -> Callable[[], Any]:
    actor = administrator(person)
    return partial(done, actor, decide_seat, number=change, put_in_force=put_in_force, reason="x")


def jiang(world: World) -> User:
    with acting(world.jiang):
        return User.objects.get(pk=world.jiang.person_id)


COURSES: tuple[Lay, ...] = (
    publication_against_publication,
    grant_against_refusal,
    end_against_refusal,
    proposal_against_proposal,
    removal_against_removal,
    naming_against_removal,
    assignment_against_declaration,
)
