"""What PostgreSQL refuses, whoever writes and whatever their code: by plain SQL, as the roles
that serve people. Each refusal stands beside what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ, ISOLATION_LEVEL_SERIALIZABLE
from psycopg2.extensions import connection as Connection
from psycopg2.extras import Json

from scheduling.models.plans import Plan, SeatSuspension
from scheduling.models.publications import Booking
from scheduling.models.rounds import InspectionRound
from tests.integration.scheduling.stage import Hands, Stage
from tests.integration.scheduling.world import World, acting

BARRED = "plan_seat_not_barred"
STANDS = "plan_published_stands"


@pytest.fixture
def stage(world: World, connect_as: Callable[[str], Connection]) -> Stage:
    return Stage.set_up(world, connect_as)


# --- A seat that a bar of the frozen question forbids ---------------------------------------


@pytest.mark.parametrize("role", ["app", "worker"])
def test_a_seat_that_a_frozen_bar_forbids_is_refused(stage: Stage, role: str) -> None:
    stage.bar("dinghai-001", "putuo:U1")
    team, elsewhere = stage.draft("putuo:U1"), stage.draft("putuo:U2")
    hands = stage.hands(role)

    with hands.refused_as(BARRED):
        hands.seat(team, stage.people["dinghai-001"])

    assert hands.seat(team, stage.people["dinghai-002"]) == 1
    assert hands.seat(elsewhere, stage.people["dinghai-001"]) == 1


def test_a_bar_binds_in_the_roles_that_it_names(stage: Stage) -> None:
    stage.bar("dinghai-001", "putuo:U1", ("leader", "deputy"))
    team, hands = stage.draft("putuo:U1"), stage.hands()

    for role in ("leader", "deputy"):
        with hands.refused_as(BARRED):
            hands.seat(team, stage.people["dinghai-001"], role)

    assert hands.seat(team, stage.people["dinghai-001"], "member") == 1


def test_a_host_seat_is_exempt_from_a_bar_that_spares_it_and_its_twin_is_not(stage: Stage) -> None:
    stage.bar("dinghai-001", "putuo:U1", unless_host=True)
    at_home = stage.draft("putuo:U1", "dinghai:U1")
    away = stage.draft("putuo:U1", "daishan:U1")
    hands = stage.hands()

    assert hands.seat(at_home, stage.people["dinghai-001"]) == 1
    with hands.refused_as(BARRED):
        hands.seat(away, stage.people["dinghai-001"])


def test_a_host_seat_is_not_exempt_from_a_bar_that_spares_nobody(stage: Stage) -> None:
    stage.bar("dinghai-001", "putuo:U1")
    at_home, hands = stage.draft("putuo:U1", "dinghai:U1"), stage.hands()

    with hands.refused_as(BARRED):
        hands.seat(at_home, stage.people["dinghai-001"])


def test_a_host_seat_does_not_lose_the_visit_that_makes_it_one(stage: Stage) -> None:
    stage.bar("dinghai-001", "putuo:U1", unless_host=True)
    team = stage.seated(stage.draft("putuo:U1", "dinghai:U1"), "dinghai-001")
    hands = stage.hands()
    delete = "DELETE FROM scheduling_planvisit WHERE team_id = %s AND unit_id = %s"

    with hands.refused_as(BARRED):
        hands.run(delete, team.pk, stage.units["dinghai:U1"])

    assert hands.run(delete, team.pk, stage.units["putuo:U1"]) == 1
    assert hands.run(delete, team.pk, stage.units["dinghai:U1"]) == 1


def test_a_visit_that_would_bar_somebody_who_sits_is_refused(stage: Stage) -> None:
    stage.bar("dinghai-001", "putuo:U1")
    team, hands = stage.seated(stage.draft(), "dinghai-001"), stage.hands()

    with hands.refused_as(BARRED):
        hands.visit(team, stage.units["putuo:U1"])

    assert hands.visit(team, stage.units["putuo:U2"]) == 1


def test_no_update_reaches_what_an_insert_is_refused(stage: Stage) -> None:
    """The roles may not update these columns at all; the database refuses it of anybody."""
    stage.bar("dinghai-001", "putuo:U1", ("leader",))
    team = stage.seated(stage.draft("putuo:U1"), "dinghai-001")
    promote = "UPDATE scheduling_planseat SET role = %s WHERE team_id = %s"
    for role in ("app", "worker"):
        hands = stage.hands(role)
        with hands.refused("permission denied"):
            hands.run(promote, "leader", team.pk)

    anybody = stage.hands("superuser")
    with anybody.refused_as(BARRED):
        anybody.run(promote, "leader", team.pk)
    assert anybody.run(promote, "deputy", team.pk) == 1


def test_no_update_moves_a_visit_to_where_somebody_is_barred(stage: Stage) -> None:
    stage.bar("dinghai-001", "putuo:U1")
    team = stage.seated(stage.draft("putuo:U2"), "dinghai-001")
    anybody = stage.hands("superuser")
    move = "UPDATE scheduling_planvisit SET unit_id = %s WHERE team_id = %s"

    with anybody.refused_as(BARRED):
        anybody.run(move, stage.units["putuo:U1"], team.pk)
    assert anybody.run(move, stage.units["daishan:U1"], team.pk) == 1


def test_one_barred_seat_among_many_refuses_the_whole_statement(stage: Stage) -> None:
    stage.bar("dinghai-001", "putuo:U1")
    team, hands = stage.draft("putuo:U1"), stage.hands()
    insert = (
        "INSERT INTO scheduling_planseat (tenant_id, plan_id, team_id, person_id, role, duties)"
        " SELECT tenant_id, %s, %s, id, 'member', '[]' FROM scheduling_releasedperson"
        " WHERE number <> %s"
    )

    with hands.refused_as(BARRED):
        hands.run(insert, team.plan_id, team.pk, "")
    assert hands.run(insert, team.plan_id, team.pk, "001") == 4


# --- A seat that a declaration forbids ------------------------------------------------------


@pytest.mark.parametrize("target", ["putuo:U1", "putuo", "round"])
@pytest.mark.parametrize("sender", ["dinghai", "zhoushan"])
def test_a_seat_that_a_declaration_forbids_is_refused(
    stage: Stage, sender: str, target: str
) -> None:
    stage_declares(stage, sender, "dinghai-001", target)
    team, hands = stage.draft("putuo:U1"), stage.hands()

    with hands.refused_as(BARRED):
        hands.seat(team, stage.people["dinghai-001"])

    assert hands.seat(team, stage.people["dinghai-002"]) == 1


ALLOWED: dict[str, tuple[str, dict[str, Any]]] = {
    "about another unit": ("putuo:U2", {}),
    "about another county": ("daishan", {}),
    "in another role": ("putuo:U1", {"roles": Json(["leader"])}),
    "a soft one": ("putuo:U1", {"severity": "soft"}),
    "about somebody to sit with": ("putuo-001", {}),
}


@pytest.mark.parametrize(("target", "said"), ALLOWED.values(), ids=ALLOWED.keys())
def test_a_declaration_about_something_else_forbids_nothing(
    stage: Stage, target: str, said: dict[str, Any]
) -> None:
    stage_declares(stage, "dinghai", "dinghai-001", target, **said)
    team, hands = stage.draft("putuo:U1"), stage.hands()

    assert hands.seat(team, stage.people["dinghai-001"]) == 1


def test_a_declaration_binds_in_the_roles_that_it_names(stage: Stage) -> None:
    stage_declares(stage, "dinghai", "dinghai-001", "putuo", roles=Json(["leader"]))
    team, hands = stage.draft("putuo:U1"), stage.hands()

    with hands.refused_as(BARRED):
        hands.seat(team, stage.people["dinghai-001"], "leader")


def test_a_declaration_that_was_withdrawn_forbids_nothing(stage: Stage) -> None:
    county = stage.hands(office="dinghai")
    said = county.declare(stage.round, "dinghai-001", "putuo")
    county.commit()
    team, hands = stage.draft("putuo:U1"), stage.hands()
    with hands.refused_as(BARRED):
        hands.seat(team, stage.people["dinghai-001"])

    county.withdraw(said)
    county.commit()

    assert hands.seat(team, stage.people["dinghai-001"]) == 1


def test_a_declaration_for_one_round_forbids_nothing_in_another(stage: Stage) -> None:
    stage_declares(stage, "dinghai", "dinghai-001", "round")
    other, hands = another_round(stage), stage.hands()
    team = stage.draft("putuo:U1", round_=other)

    assert hands.seat(team, stage.people["dinghai-001"]) == 1


def test_nobody_declares_about_another_office_s_people(stage: Stage) -> None:
    county = stage.hands(office="dinghai")

    with county.refused_as("declaration_of_own_people_or_by_the_leading_office"):
        county.declare(stage.round, "putuo-001", "daishan")

    assert county.declare(stage.round, "dinghai-001", "daishan")
    assert stage.hands().declare(stage.round, "putuo-001", "daishan")


def test_nobody_withdraws_what_another_declared_and_nobody_changes_a_word_of_it(
    stage: Stage,
) -> None:
    said = stage_declares(stage, "dinghai", "dinghai-001", "putuo")
    city, county = stage.hands(), stage.hands(office="dinghai")

    with city.refused_as("declaration_withdrawn_by_its_sender"):
        city.withdraw(said)
    for hands in (city, county):
        for statement in ("UPDATE scheduling_declaration SET kind = ''", DELETE_DECLARATIONS):
            with hands.refused("permission denied"):
                hands.run(statement)

    assert county.withdraw(said)


DELETE_DECLARATIONS = "DELETE FROM scheduling_declaration"


# --- What a declaration does to seats that are there already --------------------------------


def test_a_declaration_suspends_the_seats_that_it_forbids_in_its_own_transaction(
    stage: Stage,
) -> None:
    here = stage.seated(stage.draft("putuo:U1"), "dinghai-001", "dinghai-002")
    stage.seated(stage.draft("daishan:U1"), "dinghai-001")
    county = stage.hands(office="dinghai")

    said = county.declare(stage.round, "dinghai-001", "putuo:U1")
    assert suspended(stage) == []  # not for others, before the act is complete
    county.commit()

    assert suspended(stage) == [(here.plan_id, stage.people["dinghai-001"], said)]


@pytest.mark.parametrize(("target", "plans"), [("putuo:U1", 1), ("putuo", 2), ("round", 3)])
def test_it_suspends_in_every_plan_that_it_concerns(stage: Stage, target: str, plans: int) -> None:
    for unit in ("putuo:U1", "putuo:U2", "daishan:U1"):
        stage.seated(stage.draft(unit), "dinghai-001")

    stage_declares(stage, "dinghai", "dinghai-001", target)

    assert len(suspended(stage)) == plans


def test_a_soft_declaration_and_plans_that_are_over_suspend_nobody(stage: Stage) -> None:
    team, hands = stage.ready("dinghai-001"), stage.hands()
    stage_declares(stage, "dinghai", "dinghai-001", "putuo", severity="soft")
    hands.end(hands.put_in_force(team.plan))
    hands.run("UPDATE scheduling_plan SET state = 'withdrawn' WHERE id = %s", team.plan_id)
    hands.commit()
    stage_declares(stage, "dinghai", "dinghai-001", "putuo")

    assert suspended(stage) == []


def test_a_suspended_seat_stays_until_somebody_replaces_it_and_withdrawing_lifts_the_bar(
    stage: Stage,
) -> None:
    team = stage.seated(stage.draft("putuo:U1"), "dinghai-001")
    county, city = stage.hands(office="dinghai"), stage.hands()
    said = county.declare(stage.round, "dinghai-001", "putuo")
    county.commit()
    asked = "SELECT person_id, unit_id, rule, declaration_id FROM sec.barred_seats(%s)"

    assert city.rows(asked, team.plan_id) == [
        (stage.people["dinghai-001"], stage.units["putuo:U1"], "relative", said)
    ]
    with city.refused_as(BARRED):
        city.visit(team, stage.units["daishan:U1"])  # the team cannot be worked on around it
    county.withdraw(said)
    county.commit()

    assert city.rows(asked, team.plan_id) == []
    assert city.visit(team, stage.units["daishan:U1"]) == 1


def test_the_barred_seats_of_a_foreign_plan_are_nothing(stage: Stage) -> None:
    team = stage.seated(stage.draft("putuo:U1"), "dinghai-001")
    stage_declares(stage, "dinghai", "dinghai-001", "putuo")
    asked = "SELECT count(*) FROM sec.barred_seats(%s)"

    assert stage.hands().one(asked, team.plan_id) == 1
    assert stage.hands("worker").one(asked, team.plan_id) == 1
    assert stage.hands(office="dinghai").one(asked, team.plan_id) == 0
    nobody = stage.hands()
    nobody.say("")
    assert nobody.one(asked, team.plan_id) == 0


def test_the_look_across_offices_is_for_the_database_alone(stage: Stage) -> None:
    for role in ("app", "worker"):
        hands = stage.hands(role)
        for call in (
            "SELECT * FROM sec.barred_among(ARRAY[1]::bigint[])",
            "SELECT sec.lock_plans(ARRAY[1]::bigint[])",
            "SELECT sec.lock_inspectors(ARRAY[1]::bigint[])",
            "SELECT sec.lock_inspector(9001, 9002, 'x')",
        ):
            with hands.refused("permission denied"):
                hands.run(call)


def test_a_suspension_is_written_by_the_database_alone(stage: Stage) -> None:
    for role in ("app", "worker"):
        hands = stage.hands(role)
        for statement in (
            "DELETE FROM scheduling_seatsuspension",
            "UPDATE scheduling_seatsuspension SET at = now()",
            "INSERT INTO scheduling_seatsuspension (tenant_id, plan_id, person_id, declaration_id,"
            " at) VALUES (9001, 1, 1, 1, now())",
            "DELETE FROM scheduling_booking",
            "UPDATE scheduling_booking SET released_at = now()",
        ):
            with hands.refused("permission denied"):
                hands.run(statement)


# --- Nobody twice ---------------------------------------------------------------------------


def test_nobody_sits_twice_in_a_plan(stage: Stage) -> None:
    team = stage.seated(stage.draft("putuo:U1"), "dinghai-001")
    second = stage.team(team.plan, code="T02")
    hands = stage.hands()

    with hands.refused_as("plan_seat_one_team_per_person"):
        hands.seat(second, stage.people["dinghai-001"])

    assert hands.seat(second, stage.people["dinghai-002"]) == 1


def test_nobody_sits_twice_in_a_plan_by_way_of_a_second_release(stage: Stage) -> None:
    team = stage.seated(stage.draft("putuo:U1"), "dinghai-001")
    second, hands = stage.team(team.plan, code="T02"), stage.hands()
    stage.world.release("dinghai", without="定海甲")
    stage.world.release("dinghai")
    again, other = (newest_release_of(hands, number) for number in ("001", "002"))
    assert again != stage.people["dinghai-001"]

    with hands.refused_as("plan_seat_one_team_per_person"):
        hands.seat(second, again)

    assert hands.seat(second, other) == 1


def test_a_seat_or_visit_belongs_to_a_team_of_its_own_plan(stage: Stage) -> None:
    team, other, hands = stage.draft(), stage.draft(), stage.hands()
    lost = stage.team(other.plan, code="T02")
    lost.plan = team.plan

    with hands.refused_as("plan_seat_in_a_team_of_its_plan"):
        hands.seat(lost, stage.people["dinghai-001"])
        hands.run("SET CONSTRAINTS ALL IMMEDIATE")
    with hands.refused_as("plan_visit_by_a_team_of_its_plan"):
        hands.visit(lost, stage.units["putuo:U1"])
        hands.run("SET CONSTRAINTS ALL IMMEDIATE")

    assert hands.seat(team, stage.people["dinghai-001"]) == 1
    assert hands.visit(team, stage.units["putuo:U1"]) == 1


def test_nobody_is_booked_twice_on_a_day_whatever_the_round(stage: Stage) -> None:
    first = stage.ready("dinghai-001")
    same_days = stage.ready("dinghai-001", round_=another_round(stage))
    others = stage.ready("dinghai-002", round_=another_round(stage, "2026年第五轮"))
    hands = stage.hands()
    published = hands.publish(first.plan)
    assert hands.rows("SELECT starts_on, ends_on FROM scheduling_booking") == [
        (date(2026, 9, 7), date(2026, 9, 25))
    ]

    with hands.refused_as("booking_books_nobody_twice"):
        hands.publish(same_days.plan)

    with hands.tried():
        assert hands.publish(others.plan)
    hands.end(published)
    assert hands.publish(same_days.plan)


def test_a_publication_that_ended_gives_its_people_free(stage: Stage) -> None:
    team, hands = stage.ready("dinghai-001", "dinghai-002"), stage.hands()
    published = hands.publish(team.plan)
    hands.commit()
    assert booked(stage) == 2

    hands.end(published)
    hands.commit()

    assert booked(stage) == 0


# --- Publication ----------------------------------------------------------------------------

APPROVED, VERIFIED = "publication_of_an_approved_plan", "publication_of_a_verified_revision"


def test_only_an_approved_plan_is_published(stage: Stage) -> None:
    team = stage.seated(stage.draft("putuo:U1"), "dinghai-001")
    stage.verified(team.plan)
    hands = stage.hands()
    change = "UPDATE scheduling_plan SET state = %s, proposed_by_id = %s, approved_by_id = %s"

    with hands.refused_as(APPROVED):
        hands.publish(team.plan)
    hands.begin()
    hands.run(change, "proposed", 9001, None)
    with hands.refused_as(APPROVED):
        hands.publish(team.plan)
    hands.begin()
    with hands.refused_as("plan_signed_by_whoever_acts"):
        hands.run(change, "approved", 9001, 9001)

    hands.act_for(hands.tenant, stage.world.zhao.user_id)
    assert hands.run(change, "approved", 9001, 9002) == 1
    hands.undo()
    assert hands.publish(stage.approved(team.plan))


NOT_CLEAN: dict[str, dict[str, Any]] = {
    "a breach": {"clean": False},
    "no word of clean": {"clean": None},
    "another revision": {"revision": 2},
    "another question": {"input_sha256": "9" * 64},
}


@pytest.mark.parametrize("said", NOT_CLEAN.values(), ids=NOT_CLEAN.keys())
def test_only_a_clean_verdict_of_this_very_revision_publishes(
    stage: Stage, said: dict[str, Any]
) -> None:
    team, hands = stage.ready("dinghai-001"), stage.hands()
    stage.verified(team.plan, **said)

    with hands.refused_as(VERIFIED):
        hands.publish(team.plan)

    stage.verified(team.plan)
    assert hands.publish(team.plan)


def test_without_a_verdict_nothing_is_published(stage: Stage) -> None:
    team, hands = stage.draft("putuo:U1"), stage.hands()
    stage.approved(team.plan)

    with hands.refused_as(VERIFIED):
        hands.publish(team.plan)


@pytest.mark.parametrize("column", ["input_sha256", "rules_sha256", "engine"])
def test_a_publication_names_the_question_the_rules_and_the_engine_of_its_plan(
    stage: Stage, column: str
) -> None:
    team, hands = stage.ready("dinghai-001"), stage.hands()

    with hands.refused_as(VERIFIED):
        hands.publish(team.plan, **{column: "others"})

    assert hands.publish(team.plan)


def test_a_plan_with_a_barred_seat_is_not_published(stage: Stage) -> None:
    team, hands = stage.ready("dinghai-001"), stage.hands()
    said = stage_declares(stage, "dinghai", "dinghai-001", "putuo")

    with hands.refused_as("publication_without_barred_seats"):
        hands.publish(team.plan)

    county = stage.hands(office="dinghai")
    county.withdraw(said)
    county.commit()
    assert hands.publish(team.plan)


def test_a_plan_that_a_later_question_bars_is_not_published(stage: Stage) -> None:
    team, hands = stage.ready("dinghai-001"), stage.hands()
    stage.bar("dinghai-001", "putuo:U1")

    with hands.refused_as("publication_without_barred_seats"):
        hands.publish(team.plan)


def test_another_office_s_plan_is_not_published_and_not_told_of(stage: Stage) -> None:
    team = stage.ready("dinghai-001")
    county = stage.hands(office="dinghai")
    nowhere = Plan(pk=99_999, round_id=team.plan.round_id, question=team.plan.question)

    for plan in (team.plan, nowhere):
        for tenant in (county.tenant, stage.world.chen.tenant_id):
            with county.refused_as("publication_by_the_director"):
                county.publish(plan, tenant_id=tenant)

    assert stage.hands().publish(team.plan)


def test_a_plan_is_published_for_its_own_round_and_answers_its_own_round_s_question(
    stage: Stage,
) -> None:
    team, other, hands = stage.ready("dinghai-001"), another_round(stage), stage.hands()

    with hands.refused_as(APPROVED):
        hands.publish(team.plan, round_id=other.pk)
    stray = stage.draft("putuo:U1", round_=other)
    anybody = stage.hands("superuser")
    move = "UPDATE scheduling_plan SET question_id = %s WHERE id = %s"
    with anybody.refused_as("plan_answers_a_question_of_its_round"):
        anybody.run(move, stage.question.pk, stray.plan_id)

    assert hands.publish(team.plan)


def test_a_plan_is_in_force_by_its_publication_alone(stage: Stage) -> None:
    team, hands = stage.ready("dinghai-001"), stage.hands()
    in_force = "UPDATE scheduling_plan SET state = 'published' WHERE id = %s"

    with hands.refused_as("plan_in_force_by_its_publication"):
        hands.run(in_force, team.plan_id)

    hands.publish(team.plan)
    assert hands.run(in_force, team.plan_id) == 1


def test_a_publication_begins_in_force(stage: Stage) -> None:
    team, hands = stage.ready("dinghai-001"), stage.hands()

    with hands.refused_as(APPROVED):
        hands.publish(team.plan, ended_at=date(2026, 9, 1), ending="withdrawn")


# --- What is published stands ---------------------------------------------------------------

CHANGES = {
    "a further team": "INSERT INTO scheduling_planteam (tenant_id, plan_id, code, name, position)"
    " VALUES (%(tenant)s, %(plan)s, 'T09', 'T09', 9)",
    "a further seat": "INSERT INTO scheduling_planseat (tenant_id, plan_id, team_id, person_id,"
    " role, duties) VALUES (%(tenant)s, %(plan)s, %(team)s, %(person)s, 'member', '[]')",
    "a further visit": "INSERT INTO scheduling_planvisit (tenant_id, plan_id, team_id, unit_id,"
    " starts_on, ends_on) VALUES (%(tenant)s, %(plan)s, %(team)s, %(unit)s, now(), now())",
    "a duty": "UPDATE scheduling_planseat SET duties = '[\"liaison\"]' WHERE plan_id = %(plan)s",
    "a seat gone": "DELETE FROM scheduling_planseat WHERE plan_id = %(plan)s",
    "a visit gone": "DELETE FROM scheduling_planvisit WHERE plan_id = %(plan)s",
    "its revision": "UPDATE scheduling_plan SET revision = 2 WHERE id = %(plan)s",
    "its figures": "UPDATE scheduling_plan SET measures = '{\"x\": 1}' WHERE id = %(plan)s",
    "its state": "UPDATE scheduling_plan SET state = 'candidate' WHERE id = %(plan)s",
}
OF_ANYBODY = {
    "a team's name": "UPDATE scheduling_planteam SET name = 'x' WHERE plan_id = %(plan)s",
    "a role": "UPDATE scheduling_planseat SET role = 'deputy' WHERE plan_id = %(plan)s",
    "a person": "UPDATE scheduling_planseat SET person_id = %(person)s WHERE plan_id = %(plan)s",
    "a day": "UPDATE scheduling_planvisit SET ends_on = 'infinity' WHERE plan_id = %(plan)s",
    "a seat taken to another plan": "UPDATE scheduling_planseat SET plan_id = %(other)s,"
    " team_id = %(other_team)s WHERE plan_id = %(plan)s",
    "its verdict": "UPDATE scheduling_plan SET verdict = NULL WHERE id = %(plan)s",
}


@pytest.mark.parametrize("ended", [False, True], ids=["in force", "over"])
def test_nothing_of_a_published_plan_changes(stage: Stage, ended: bool) -> None:
    team, other = stage.seated(stage.draft("putuo:U1"), "dinghai-001"), stage.draft()
    named = {
        "tenant": stage.world.chen.tenant_id,
        "plan": team.plan_id,
        "team": team.pk,
        "person": stage.people["dinghai-002"],
        "unit": stage.units["putuo:U2"],
        "other": other.plan_id,
        "other_team": other.pk,
    }
    allowed(stage, named)
    stage.approved(stage.verified(team.plan))
    hands = stage.hands()
    published = hands.put_in_force(team.plan)
    if ended:
        hands.end(published)
    hands.commit()

    for role, statements in (("app", CHANGES), ("superuser", CHANGES | OF_ANYBODY)):
        someone = stage.hands(role)
        for what, statement in statements.items():
            with someone.refused_as(STANDS):
                someone.cursor.execute(statement, named)
                pytest.fail(f"{role} changed {what}")


def allowed(stage: Stage, named: dict[str, Any]) -> None:
    """The twin: before the publication each of these statements is fine."""
    for role, statements in (("app", CHANGES), ("superuser", CHANGES | OF_ANYBODY)):
        someone = stage.hands(role)
        for what, statement in statements.items():
            with someone.tried():
                someone.cursor.execute(statement, named)
                assert someone.cursor.rowcount == 1, what
        someone.connection.rollback()


def test_a_plan_of_the_past_does_not_come_back_into_force(stage: Stage) -> None:
    team, hands = stage.ready("dinghai-001"), stage.hands()
    published = hands.publish(team.plan)
    change = "UPDATE scheduling_plan SET state = %s WHERE id = %s"
    assert hands.run(change, "published", team.plan_id) == 1
    hands.end(published)
    assert hands.run(change, "superseded", team.plan_id) == 1

    for state in ("published", "approved", "candidate", "withdrawn"):
        with hands.refused_as(STANDS):
            hands.run(change, state, team.plan_id)


OF_A_PUBLICATION = {
    "its document": "UPDATE scheduling_publication SET document = 'x'",
    "its number": "UPDATE scheduling_publication SET number = 7",
    "its day": "UPDATE scheduling_publication SET published_at = now()",
    "its end, twice": "UPDATE scheduling_publication SET ended_at = now(), ending = 'withdrawn'",
    "its end, undone": "UPDATE scheduling_publication SET ended_at = NULL, ending = ''",
    "all of it": "DELETE FROM scheduling_publication",
}


def test_a_publication_only_ends_and_only_once(stage: Stage) -> None:
    team, hands = stage.ready("dinghai-001"), stage.hands()
    published = hands.publish(team.plan)
    hands.commit()
    anybody = stage.hands("superuser")
    for what in ("its document", "its number", "its day", "its end, undone", "all of it"):
        with anybody.refused_as("publication_stands"):
            anybody.run(OF_A_PUBLICATION[what])

    assert anybody.end(published, "superseded") == 1
    for statement in OF_A_PUBLICATION.values():
        with anybody.refused_as("publication_stands"):
            anybody.run(statement)
    for statement in ("its document", "all of it"):
        with hands.refused("permission denied"):
            hands.run(OF_A_PUBLICATION[statement])


def test_a_correction_takes_over_in_one_act(stage: Stage) -> None:
    first, hands = stage.ready("dinghai-001"), stage.hands()
    published = hands.put_in_force(first.plan)
    hands.commit()
    second = stage.ready("dinghai-001")

    with hands.refused_as("publication_one_in_force_per_round"):
        hands.publish(second.plan, number=2)

    hands.end(published, "superseded")
    assert hands.publish(second.plan, number=2)
    hands.commit()
    assert booked(stage) == 1


# --- Verdicts -------------------------------------------------------------------------------


def test_the_web_forges_no_verdict(stage: Stage) -> None:
    team, hands = stage.draft("putuo:U1"), stage.hands()
    copy = (
        "INSERT INTO scheduling_plan (tenant_id, round_id, origin, version, revision, state, tiers,"
        " measures, uncovered, verdict, made_by, created_at, found_at) SELECT tenant_id, round_id,"
        " 'desk', 99, 1, 'candidate', '[]', '{}', '[]', %s, '', now(), now()"
        " FROM scheduling_plan WHERE id = %s"
    )

    with hands.refused("permission denied"):
        hands.run("UPDATE scheduling_plan SET verdict = '{}'")
    with hands.refused("permission denied"):
        hands.run("UPDATE scheduling_plan SET question_id = NULL")
    with hands.refused("Only the verifier gives a verdict"):
        hands.run(copy, Json({"clean": True}), team.plan_id)

    assert hands.run(copy, None, team.plan_id) == 1
    hands.undo()
    assert stage.hands("worker").run(copy, Json({"clean": False}), team.plan_id) == 1


FORGETS = {
    "a seat": "INSERT INTO scheduling_planseat (tenant_id, plan_id, team_id, person_id, role,"
    " duties) VALUES (%(tenant)s, %(plan)s, %(team)s, %(person)s, 'member', '[]')",
    "a duty": CHANGES["a duty"],
    "a seat gone": CHANGES["a seat gone"],
    "a visit": CHANGES["a further visit"],
    "a visit gone": CHANGES["a visit gone"],
    "a team": CHANGES["a further team"],
    "a figure": CHANGES["its figures"],
    "the revision": CHANGES["its revision"],
}


@pytest.mark.parametrize("statement", FORGETS.values(), ids=FORGETS.keys())
def test_whatever_changes_a_plan_takes_its_verdict_away(stage: Stage, statement: str) -> None:
    team, other = (stage.seated(stage.draft("putuo:U1"), "dinghai-001") for _ in range(2))
    for each in (team, other):
        stage.verified(each.plan)
    hands = stage.hands()
    named = {
        "tenant": stage.world.chen.tenant_id,
        "plan": team.plan_id,
        "team": team.pk,
        "person": stage.people["dinghai-002"],
        "unit": stage.units["putuo:U2"],
    }

    hands.cursor.execute(statement, named)

    verdict = "SELECT verdict FROM scheduling_plan WHERE id = %s"
    assert hands.one(verdict, team.plan_id) is None
    assert hands.one(verdict, other.plan_id) is not None


def test_a_step_on_its_way_leaves_the_verdict_alone(stage: Stage) -> None:
    team, hands = stage.seated(stage.draft("putuo:U1"), "dinghai-001"), stage.hands()
    stage.verified(team.plan)

    hands.run("UPDATE scheduling_plan SET state = 'proposed', proposed_by_id = 9001")

    assert hands.one("SELECT verdict FROM scheduling_plan WHERE id = %s", team.plan_id) is not None


# --- Snapshots ------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [ISOLATION_LEVEL_REPEATABLE_READ, ISOLATION_LEVEL_SERIALIZABLE])
def test_under_an_old_snapshot_nothing_of_this_is_written(stage: Stage, level: int) -> None:
    team = stage.seated(stage.draft("putuo:U1"), "daishan-001")
    ready = stage.ready("dinghai-002")
    acts: list[Callable[[Hands], int]] = [
        lambda hands: hands.seat(team, stage.people["dinghai-001"]),
        lambda hands: hands.visit(team, stage.units["putuo:U2"]),
        lambda hands: hands.run("DELETE FROM scheduling_planseat WHERE plan_id = %s", team.plan_id),
        lambda hands: hands.declare(stage.round, "dinghai-001", "putuo"),
        lambda hands: hands.publish(ready.plan),
    ]
    connection = stage.connect_as("app")
    connection.set_isolation_level(level)
    old = Hands(connection, stage.world)

    for act in acts:
        with old.refused("READ COMMITTED alone"):
            act(old)
    connection.rollback()
    fresh = stage.hands()
    for act in acts:
        with fresh.tried():
            assert act(fresh) >= 1


# --- The unmasked question on its way out ---------------------------------------------------

OFFICER, OTHER_OFFICER = 9011, 9012


@pytest.fixture
def sealed(stage: Stage) -> int:
    """A document that the recusal officer asked for and the worker has made just now."""
    return seal(stage)


def seal(stage: Stage) -> int:
    anybody = stage.hands("superuser")
    for number in (OFFICER, OTHER_OFFICER):
        anybody.run(
            "INSERT INTO tenancy_user (id, username, display_name, password, language, is_active)"
            " VALUES (%s, %s, %s, '', '', true) ON CONFLICT DO NOTHING",
            number,
            f"officer{number}",
            f"officer{number}",
        )
        anybody.run(
            "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
            " SELECT 9001, %s, 'recusal_officer', '2020-01-01' WHERE NOT EXISTS"
            " (SELECT FROM tenancy_membership WHERE user_id = %s)",
            number,
            number,
        )
    anybody.commit()
    city = stage.hands()
    export = city.insert(
        "scheduling_sealedexport",
        {
            "tenant_id": city.tenant,
            "round_id": stage.round.pk,
            "reason": "",
            "requested_by_id": OFFICER,
            "requested_by": "",
            "requested_at": date(2026, 9, 1),
            "sha256": "",
        },
    )
    city.commit()
    worker = stage.hands("worker")
    worker.insert(
        "scheduling_sealedcontent",
        {"tenant_id": city.tenant, "export_id": export, "content": "the document"},
    )
    worker.run("UPDATE scheduling_sealedexport SET made_at = now() WHERE id = %s", export)
    worker.commit()
    return export


def taken_by(stage: Stage, user: int | None, export: int, office: int = 9001) -> str | None:
    hands = stage.hands()
    hands.act_for(office, user)
    content = hands.one("SELECT sec.take_sealed_export(%s)", export)
    hands.connection.commit()
    return None if content is None else str(content)


def contents(stage: Stage) -> int:
    return int(stage.hands("superuser").one("SELECT count(*) FROM scheduling_sealedcontent"))


def test_the_document_is_handed_out_once_and_is_gone(stage: Stage, sealed: int) -> None:
    assert taken_by(stage, OFFICER, sealed) == "the document"

    assert taken_by(stage, OFFICER, sealed) is None
    assert contents(stage) == 0


def test_nobody_but_who_asked_for_it_takes_it(stage: Stage, sealed: int) -> None:
    scheduler = stage.world.chen.user_id

    for user in (OTHER_OFFICER, scheduler, None):
        assert taken_by(stage, user, sealed) is None
    assert taken_by(stage, OFFICER, sealed, office=9002) is None

    assert taken_by(stage, OFFICER, sealed) == "the document"


def test_who_has_left_the_seat_takes_nothing(stage: Stage, sealed: int) -> None:
    anybody = stage.hands("superuser")
    seat = "UPDATE tenancy_membership SET until_on = %s WHERE user_id = %s"
    anybody.run(seat, date(2021, 1, 1), OFFICER)
    anybody.commit()
    assert taken_by(stage, OFFICER, sealed) is None

    anybody.run(seat, None, OFFICER)
    anybody.commit()
    assert taken_by(stage, OFFICER, sealed) == "the document"


def test_after_a_quarter_of_an_hour_it_is_gone_and_before_that_it_is_not(
    stage: Stage, sealed: int
) -> None:
    anybody = stage.hands("superuser")
    made = "UPDATE scheduling_sealedexport SET made_at = now() - %s::interval WHERE id = %s"
    anybody.run(made, "14 minutes", sealed)
    anybody.commit()
    stage.hands("worker").run("SELECT sec.forget_sealed_exports()")
    assert contents(stage) == 1

    anybody.run(made, "15 minutes", sealed)
    anybody.commit()
    assert taken_by(stage, OFFICER, sealed) is None
    assert contents(stage) == 0

    again = seal(stage)
    assert taken_by(stage, OFFICER, again) == "the document"


def test_the_worker_deletes_what_nobody_has_taken_in_time(stage: Stage, sealed: int) -> None:
    anybody, worker = stage.hands("superuser"), stage.hands("worker")
    anybody.run("UPDATE scheduling_sealedexport SET made_at = now() - interval '1 hour'")
    anybody.commit()

    worker.run("SELECT sec.forget_sealed_exports()")
    worker.commit()

    assert contents(stage) == 0
    with stage.hands().refused("permission denied"):
        stage.hands().run("SELECT sec.forget_sealed_exports()")


def test_the_web_reads_the_document_in_no_other_way(stage: Stage, sealed: int) -> None:
    hands = stage.hands()
    hands.act_for(9001, OFFICER)

    for statement in (
        "SELECT content FROM scheduling_sealedcontent",
        "UPDATE scheduling_sealedexport SET requested_by_id = 9012",
        "UPDATE scheduling_sealedexport SET taken_at = NULL",
    ):
        with hands.refused("permission denied"):
            hands.run(statement)


# --- Help -----------------------------------------------------------------------------------


def stage_declares(stage: Stage, sender: str, person: str, target: str, **said: Any) -> int:
    hands = stage.hands(office=sender)
    number = hands.declare(stage.round, person, target, **said)
    hands.commit()
    return number


def another_round(stage: Stage, name: str = "2026年第四轮") -> InspectionRound:
    return stage.world.make_round(name=name)


def suspended(stage: Stage) -> list[tuple[int, int, int]]:
    with acting(stage.world.chen):
        rows = SeatSuspension.objects.order_by("pk")
        return list(rows.values_list("plan_id", "person_id", "declaration_id"))


def booked(stage: Stage) -> int:
    with acting(stage.world.chen):
        return Booking.objects.in_force().count()


def newest_release_of(hands: Hands, number: str) -> int:
    return int(
        hands.one(
            "SELECT max(id) FROM scheduling_releasedperson WHERE number = %s AND sender_id = 9002",
            number,
        )
    )
