"""Whoever can run SQL behind the web process, as one person of one office: what they cannot forge.

The context is signed, so they are who they are and where they are; everything else in a statement
is theirs to choose.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection
from psycopg2.extras import Json

from kernel.clock import now
from scheduling.domain.notices import KIND_BY_CODE
from scheduling.models.dispatches import ConfirmationRequest
from scheduling.models.plans import PlanTeam
from tenancy.domain.roles import ROLES, Permission, Role
from tests.integration.scheduling.stage import Hands, Stage
from tests.integration.scheduling.world import World, acting
from tests.integration.tenancy.raw import refused_by_policy

NO_PLAN, NO_ROUND = 987_654, 987_654
SIGN = (
    "UPDATE scheduling_plan SET state = %s, proposed_by_id = %s, approved_by_id = %s WHERE id = %s"
)


@pytest.fixture
def stage(world: World, connect_as: Callable[[str], Connection]) -> Stage:
    return Stage.set_up(world, connect_as)


@pytest.fixture
def draft(stage: Stage) -> PlanTeam:
    """A verified candidate."""
    team = stage.seated(stage.draft("putuo:U1"), "dinghai-001")
    stage.verified(team.plan)
    return team


def hands_of(stage: Stage, user: int | None, office: str = "zhoushan") -> Hands:
    hands = stage.hands(office=office)
    hands.act_for(hands.tenant, user)
    return hands


# --- Signatures -----------------------------------------------------------------------------


def test_the_scheduler_signs_for_nobody_else(stage: Stage, draft: PlanTeam) -> None:
    chen, zhao, plan = stage.world.chen.user_id, stage.world.zhao.user_id, draft.plan_id
    scheduler = hands_of(stage, chen)

    with scheduler.refused_as("plan_signed_by_whoever_acts"):
        scheduler.run(SIGN, "proposed", zhao, None, plan)
    with scheduler.refused_as("plan_steps_in_turn"):
        scheduler.run(SIGN, "approved", chen, zhao, plan)
    assert scheduler.run(SIGN, "proposed", chen, None, plan) == 1
    for approver in (zhao, 9099):
        with scheduler.refused_as("plan_signed_by_whoever_acts"):
            scheduler.run(SIGN, "approved", chen, approver, plan)
    with scheduler.refused("plan_approved_by_another_than_proposed_it|signs for somebody else"):
        scheduler.run(SIGN, "approved", chen, chen, plan)


def test_the_director_does_not_name_another_proposer_to_approve_the_own_proposal(
    stage: Stage, draft: PlanTeam
) -> None:
    chen, zhao, plan = stage.world.chen.user_id, stage.world.zhao.user_id, draft.plan_id
    director = hands_of(stage, zhao)

    with director.refused_as("plan_signed_by_whoever_acts"):
        director.run(SIGN, "proposed", chen, None, plan)
    with director.refused_as("round_changed_by_its_handlers"):
        director.run(SIGN, "proposed", zhao, None, plan)
    director.act_for(stage.world.zhao.tenant_id, chen)
    assert director.run(SIGN, "proposed", chen, None, plan) == 1
    director.act_for(stage.world.zhao.tenant_id, zhao)
    with director.refused_as("plan_signed_by_whoever_acts"):
        director.run(SIGN, "approved", 9099, zhao, plan)


def test_the_scheduler_does_not_publish_what_the_director_approved(stage: Stage) -> None:
    team = stage.ready("dinghai-001")
    scheduler = hands_of(stage, stage.world.chen.user_id)

    with scheduler.refused_as("publication_by_the_director"):
        scheduler.insert("scheduling_publication", scheduler.publication_of(team.plan))

    director = hands_of(stage, stage.world.zhao.user_id)
    assert director.insert("scheduling_publication", director.publication_of(team.plan))


def test_those_who_sign_are_those_whom_the_table_of_roles_names() -> None:
    for permission in (Permission.APPROVE_PLAN, Permission.PUBLISH_PLAN):
        holders = {role for role, held in ROLES.items() if permission in held}
        assert holders == {Role.CITY_DIRECTOR}, "sec.plan_signed and sec.admit_publication say so"


def test_no_plan_begins_half_way(stage: Stage, draft: PlanTeam) -> None:
    city = hands_of(stage, stage.world.chen.user_id)
    chen, zhao = stage.world.chen.user_id, stage.world.zhao.user_id
    copy = (
        "INSERT INTO scheduling_plan (tenant_id, round_id, origin, question_id, version, revision,"
        " state, tiers, measures, uncovered, made_by, created_at, found_at, proposed_by_id,"
        " approved_by_id) SELECT tenant_id, round_id, origin, question_id, 99, revision, %s, tiers,"
        " measures, uncovered, made_by, created_at, found_at, %s, %s FROM scheduling_plan"
        " WHERE id = %s"
    )

    for state, proposer, approver in (
        ("approved", chen, zhao),
        ("proposed", chen, None),
        ("candidate", chen, None),
        ("superseded", None, None),
    ):
        with city.refused_as("plan_begins_unsigned"):
            city.run(copy, state, proposer, approver, draft.plan_id)
    assert city.run(copy, "candidate", None, None, draft.plan_id) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM scheduling_planseat WHERE plan_id = %s",
        "UPDATE scheduling_planseat SET duties = '[\"petitions\"]' WHERE plan_id = %s",
        "DELETE FROM scheduling_planvisit WHERE plan_id = %s",
        "INSERT INTO scheduling_planteam (tenant_id, plan_id, code, name, position)"
        " VALUES (9001, %s, 'T99', '', 9)",
        "UPDATE scheduling_plan SET revision = revision + 1 WHERE id = %s",
    ],
)
def test_what_was_approved_is_not_changed_behind_the_approval(stage: Stage, statement: str) -> None:
    approved, desk = stage.ready("dinghai-001"), stage.seated(stage.draft("putuo:U1"), "putuo-001")
    city = hands_of(stage, stage.world.chen.user_id)

    with city.refused_as("plan_stands_while_it_is_proposed"):
        city.run(statement, approved.plan_id)

    with city.tried():
        assert city.run(statement, desk.plan_id) == 1


def test_an_approval_is_not_moved_to_another_question(stage: Stage) -> None:
    """A check by a changed round's question would make an approval say what nobody approved."""
    team, other = stage.ready("dinghai-001"), stage.another_question()
    worker = stage.hands("worker")
    change = "UPDATE scheduling_plan SET question_id = %s WHERE id = %s"

    with worker.refused_as("plan_stands_while_it_is_proposed"):
        worker.run(change, other, team.plan_id)
    assert worker.run(change, other, stage.draft("putuo:U1").plan_id) == 1


# --- Work on behalf of others -----------------------------------------------------------------


def test_nobody_has_work_done_in_another_s_name(stage: Stage) -> None:
    """A job acts with the seats of whoever asked for it: the director's job in the scheduler's
    name would propose as the scheduler, for the director to approve."""
    job = {"tenant_id": 9001, "task": "scheduling.check_and_propose", "args": Json({})}
    job |= {"queue": "jobs", "state": "queued", "attempt": 0, "rings": 0, "progress": Json({})}
    director = hands_of(stage, stage.world.zhao.user_id)

    with director.refused_as("job_asked_for_by_whoever_acts"):
        director.insert("tenancy_job", {**job, "created_by_id": stage.world.chen.user_id})

    assert director.insert("tenancy_job", {**job, "created_by_id": stage.world.zhao.user_id})


def test_nobody_makes_a_token_that_acts_as_a_colleague(stage: Stage) -> None:
    token = {"tenant_id": 9002, "name": "x", "prefix": "xc_", "digest": b"\1" * 32}
    token |= {"permissions": Json(["release_people"]), "created_at": now()}
    token |= {"expires_at": now().replace(year=now().year + 1, day=1)}
    clerk = hands_of(stage, stage.world.wu.user_id, "dinghai")

    with clerk.refused(refused_by_policy()):
        clerk.insert("tenancy_apitoken", {**token, "user_id": stage.world.lin.user_id})

    assert clerk.insert("tenancy_apitoken", {**token, "user_id": stage.world.wu.user_id})


def test_nobody_reads_or_plants_a_reply_that_is_a_colleague_s(stage: Stage) -> None:
    key = {"tenant_id": 9002, "key": str(uuid4()), "method": "POST", "path": "/", "status": 200}
    key |= {"body_hash": b"\1" * 32, "headers": Json({}), "body": b"for Lin alone"}
    lin, wu = stage.world.lin.user_id, stage.world.wu.user_id
    director = hands_of(stage, lin, "dinghai")
    director.insert("tenancy_idempotencykey", {**key, "user_id": lin})
    director.connection.commit()

    clerk = hands_of(stage, wu, "dinghai")
    with clerk.refused(refused_by_policy()):
        clerk.insert("tenancy_idempotencykey", {**key, "key": str(uuid4()), "user_id": lin})
    assert clerk.rows("SELECT 1 FROM tenancy_idempotencykey") == []
    assert clerk.run("UPDATE tenancy_idempotencykey SET body = ''") == 0

    director.act_for(9002, lin)
    assert director.one("SELECT count(*) FROM tenancy_idempotencykey") == 1


# --- Bars, however the statement is written -----------------------------------------------------


def test_a_barred_seat_is_refused_in_every_form_of_statement(stage: Stage) -> None:
    stage.bar("dinghai-001", "putuo:U1")
    team, away = stage.draft("putuo:U1"), stage.draft("daishan:U1")
    city, barred = stage.hands(), stage.people["dinghai-001"]
    row = f"9001, {team.plan_id}, {team.pk}, {barred}, 'member', '[]'"
    columns = "(tenant_id, plan_id, team_id, person_id, role, duties)"
    seat = f"INSERT INTO scheduling_planseat {columns}"

    for statement in (
        f"{seat} VALUES ({row}) ON CONFLICT DO NOTHING",
        f"{seat} VALUES ({row}) ON CONFLICT (tenant_id, plan_id, person_id)"
        " DO UPDATE SET duties = '[]'",
        f"{seat} SELECT {row} RETURNING id",
        f"WITH taken AS ({seat} VALUES ({row}) RETURNING 1) SELECT count(*) FROM taken",
        # The seat and the visit that bars it, within one statement.
        f"WITH went AS (INSERT INTO scheduling_planvisit (tenant_id, plan_id, team_id, unit_id,"
        f" starts_on, ends_on) VALUES (9001, {away.plan_id}, {away.pk},"
        f" {stage.units['putuo:U1']}, '2026-09-07', '2026-09-07') RETURNING 1) {seat}"
        f" SELECT 9001, {away.plan_id}, {away.pk}, {barred}, 'member', '[]' FROM went",
    ):
        with city.refused_as("plan_seat_not_barred"):
            city.run(statement)

    assert city.seat(away, barred) == 1
    with city.refused("COPY FROM not supported with row-level security"):
        city.cursor.copy_expert(f"COPY scheduling_planseat {columns} FROM STDIN", io.StringIO())


def test_nobody_writes_what_the_database_writes_itself(stage: Stage) -> None:
    """Bookings, inspectors, suspensions and frozen questions are no statement's to make."""
    stage.hands().publish(stage.ready("dinghai-001").plan)
    for table in ("booking", "inspector", "seatsuspension", "frozenbar", "frozenquestion"):
        name = f"scheduling_{table}"
        for statement in (
            f"INSERT INTO {name} (tenant_id) VALUES (9001)",
            f"UPDATE {name} SET tenant_id = 9001",
            f"DELETE FROM {name}",
        ):
            for role in ("app", "worker"):
                if role == "worker" and table.startswith("frozen") and "INSERT" in statement:
                    continue  # freezing is the worker's
                hands = stage.hands(role)
                with hands.refused("permission denied"):
                    hands.run(statement)


# --- What crosses between offices ---------------------------------------------------------------


def notice(sender: int, receiver: int, kind: str) -> dict[str, Any]:
    return {
        "tenant_id": receiver,
        "sender_id": sender,
        "kind": kind,
        "about": Json({}),
        "link": "",
        "at": now(),
    }


def test_an_office_announces_no_act_of_another(stage: Stage) -> None:
    county, city = stage.hands(office="dinghai"), stage.hands()
    upwards = {
        "people_confirmed",
        "people_objected",
        "release_stale",
        "declaration_received",
        "authorisation_answered",
        "authorisation_ended",
    }
    downwards = {
        "call_received",
        "releases_closed",
        "releases_reopened",
        "confirmation_asked",
        "confirmation_dropped",
        "extract_published",
        "extract_corrected",
        "extract_withdrawn",
        "authorisation_proposed",
        "authorisation_ended",
    }
    for kind in KIND_BY_CODE.values():
        row = notice(9002, 9001, kind.code)
        if kind.code in upwards:
            assert county.insert("scheduling_notice", row)
        else:
            with county.refused_as("notice_of_ones_own_acts"):
                county.insert("scheduling_notice", row)
        row = notice(9001, 9002, kind.code)
        if kind.code in downwards:
            assert city.insert("scheduling_notice", row)
        else:
            with city.refused_as("notice_of_ones_own_acts"):
                city.insert("scheduling_notice", row)
        assert city.insert("scheduling_notice", notice(9001, 9001, kind.code))


def test_nothing_is_handed_out_that_is_not_published(stage: Stage) -> None:
    team = stage.ready("dinghai-001")
    city = hands_of(stage, stage.world.zhao.user_id)
    extract = {
        "tenant_id": 9002,
        "sender_id": 9001,
        "round_id": stage.round.pk,
        "round_name": "",
        "starts_on": stage.round.starts_on,
        "ends_on": stage.round.ends_on,
        "number": 1,
        "kind": "published",
        "document": Json({}),
        "sha256": "",
        "sent_at": now(),
    }

    with city.refused_as("extract_of_a_publication"):
        city.insert("scheduling_publishedextract", extract)

    city.publish(team.plan)
    assert city.insert("scheduling_publishedextract", extract)


# --- Refusals that tell nothing -----------------------------------------------------------------


def refusal(hands: Hands, act: Callable[[], object]) -> tuple[Any, ...]:
    """All that the sender learns from it."""
    hands.cursor.execute("SAVEPOINT before_refusal")
    with pytest.raises(psycopg2.Error) as caught:
        act()
    hands.cursor.execute("ROLLBACK TO SAVEPOINT before_refusal")
    told = caught.value.diag
    return (
        told.sqlstate,
        told.constraint_name,
        told.message_primary,
        told.message_detail,
        told.table_name,
    )


def test_a_county_cannot_ask_by_declaring_which_rounds_there_are(stage: Stage) -> None:
    """It is heard about rounds to which it was called, and about no other."""
    secret = stage.world.make_round(name="2026年第四轮")
    county = stage.hands(office="dinghai")

    def declared_for(round_number: int) -> tuple[Any, ...]:
        return refusal(
            county,
            lambda: county.declare(stage.round, "dinghai-001", "round", round_id=round_number),
        )

    assert declared_for(secret.pk) == declared_for(NO_ROUND)
    assert county.declare(stage.round, "dinghai-001", "round")


def test_a_county_cannot_ask_by_withdrawing_which_declarations_there_are(stage: Stage) -> None:
    other = stage.hands(office="shengsi")
    foreign = other.declare(stage.round, "shengsi-001", "round")
    other.connection.commit()
    county = stage.hands(office="dinghai")

    assert refusal(county, lambda: county.withdraw(foreign)) == refusal(
        county, lambda: county.withdraw(foreign + 1000)
    )
    own = county.declare(stage.round, "dinghai-001", "round")
    assert county.withdraw(own)


def test_a_county_cannot_ask_in_another_s_name(stage: Stage) -> None:
    """Who else was called to which round, who declared what, which plans may be published."""
    secret = stage.world.make_round(name="2026年第四轮")
    other = stage.hands(office="shengsi")
    foreign = other.declare(stage.round, "shengsi-001", "round")
    other.connection.commit()
    plan, county = stage.ready("dinghai-001").plan, stage.hands(office="dinghai")
    theirs = stage.world.offices["shengsi"].pk

    def declared(round_number: int) -> tuple[Any, ...]:
        said = {"round_id": round_number, "sender_id": theirs}
        return refusal(county, lambda: county.declare(stage.round, "shengsi-001", "round", **said))

    def withdrawn(number: int) -> tuple[Any, ...]:
        row = {"tenant_id": 9001, "sender_id": theirs, "declaration_id": number, "at": now()}
        return refusal(county, lambda: county.insert("scheduling_declarationwithdrawal", row))

    def published(number: int) -> tuple[Any, ...]:
        row = county.publication_of(plan) | {"tenant_id": 9001, "plan_id": number}
        return refusal(county, lambda: county.insert("scheduling_publication", row))

    assert declared(stage.round.pk) == declared(secret.pk) == declared(NO_ROUND)
    assert withdrawn(foreign) == withdrawn(foreign + 1000)
    assert published(plan.pk) == published(NO_PLAN)


def test_a_county_cannot_ask_by_answering_which_plans_there_are(stage: Stage) -> None:
    """Nor say yes to one about which it was not asked."""
    world = stage.world
    asked_about, secret = stage.ready("dinghai-001"), stage.draft("putuo:U1")
    with acting(world.chen):
        request = ConfirmationRequest.objects.get(tenant_id=9002, plan_id=asked_about.plan_id)
    county = stage.hands(office="dinghai")
    answer = {
        "tenant_id": 9001,
        "sender_id": 9002,
        "request_id": request.pk,
        "plan_id": asked_about.plan_id,
        "revision": request.revision,
        "is_confirmed": True,
        "objections": Json([]),
        "answered_by": "",
        "answered_at": now(),
    }

    def answered(**said: Any) -> tuple[Any, ...]:
        return refusal(county, lambda: county.insert("scheduling_confirmation", {**answer, **said}))

    assert answered(plan_id=secret.plan_id) == answered(plan_id=NO_PLAN)
    assert answered(revision=7)[1] == "confirmation_of_what_was_asked"
    assert county.insert("scheduling_confirmation", answer)


def test_what_the_guards_know_is_not_for_sale(stage: Stage) -> None:
    """The functions behind the triggers answer nobody who serves people."""
    county = stage.hands(office="dinghai")
    for question in (
        "SELECT sec.holds_seat('city_director')",
        "SELECT * FROM sec.barred_among(ARRAY[1, 2, 3]::bigint[])",
        "SELECT sec.lock_plans(ARRAY[1]::bigint[])",
        "SELECT sec.lock_inspector(9001, 9002, '001')",
        "SELECT * FROM sec.office_of_job(1)",
    ):
        with county.refused("permission denied"):
            county.run(question)
    assert county.rows("SELECT * FROM sec.barred_seats(1)") == []
