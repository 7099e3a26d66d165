"""Who handles a round: the others of its office read it, and change nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from kernel.errors import NotAllowed, NotVisible
from scheduling.access.handling import HANDLERS_ONLY, may_in_round
from scheduling.errors import HandlerWithoutSeat, LastHandler, RoundHandledByOthers
from scheduling.models.handlers import RoundHandler
from scheduling.models.rounds import InspectionRound
from scheduling.selectors.handling import handlers_page, unhandled_rounds
from scheduling.selectors.rounds import round_page
from scheduling.services import rounds
from scheduling.services.handling import name_handler, remove_handler
from scheduling.services.solving import start_run
from scheduling.services.surveying import request_survey
from tenancy import object_permissions
from tenancy.actor import Actor
from tenancy.domain.roles import ROLES, Permission, Role
from tenancy.models import AuditEntry, Office, User
from tests.integration.scheduling.handlers import colleague, end_seat
from tests.integration.scheduling.stage import Stage
from tests.integration.scheduling.world import FIRST_DAY, LAST_DAY, World, acting

AHEAD = {"starts_on": date(2099, 9, 7), "ends_on": date(2099, 9, 25)}


def name(world: World, number: int, person: Actor) -> None:
    with acting(world.zhao):
        name_handler(actor=world.zhao, number=number, person=person.person_id)


def remove(world: World, number: int, person: Actor) -> None:
    with acting(world.zhao):
        remove_handler(actor=world.zhao, number=number, person=person.person_id)


def revise(actor: Actor, number: int) -> None:
    with acting(actor):
        rounds.revise_round(
            actor=actor, number=number, name="改名", starts_on=FIRST_DAY, ends_on=LAST_DAY
        )


def handler_names(actor: Actor, number: int) -> list[str]:
    with acting(actor):
        page = handlers_page(actor, number)
        return [line.person.display_name for line in page.lines if line.is_seated]


def recorded(world: World) -> list[tuple[str, Any]]:
    with acting(world.zhao):
        lines = AuditEntry.objects.filter(action__startswith="scheduling.handler.").order_by("pk")
        return list(lines.values_list("action", "data__person"))


def test_whoever_makes_a_round_handles_it(world: World) -> None:
    round_ = world.make_round()

    assert handler_names(world.chen, round_.pk) == ["陈砚秋"]
    revise(world.chen, round_.pk)


def test_a_colleague_reads_the_round_and_is_told_whom_to_ask(world: World) -> None:
    round_, wu = world.make_round(), colleague(world)

    with acting(wu):
        page = round_page(wu, round_.pk)
        assert (page.may_edit, page.may_solve) == (False, False)
        for act in (
            lambda: request_survey(actor=wu, number=round_.pk),
            lambda: start_run(actor=wu, number=round_.pk),
        ):
            with pytest.raises(RoundHandledByOthers):
                act()
    with pytest.raises(RoundHandledByOthers) as refusal:
        revise(wu, round_.pk)
    told = " ".join(refusal.value.in_language("zh"))
    assert "陈砚秋" in told
    assert "赵望舒" in told


def test_whoever_is_named_works_on_it_and_whoever_is_removed_does_not(world: World) -> None:
    round_, wu = world.make_round(), colleague(world)

    name(world, round_.pk, wu)
    name(world, round_.pk, wu)
    revise(wu, round_.pk)
    remove(world, round_.pk, wu)
    remove(world, round_.pk, wu)
    with pytest.raises(RoundHandledByOthers):
        revise(wu, round_.pk)

    assert recorded(world) == [
        ("scheduling.handler.named", wu.user_id),
        ("scheduling.handler.removed", wu.user_id),
    ]


def test_what_takes_a_handler_is_refused_to_others_and_open_to_them(world: World) -> None:
    round_, wu = world.make_round(), colleague(world)

    with acting(wu):
        assert not any(may_in_round(wu, one, round_.pk) for one in HANDLERS_ONLY)
        assert may_in_round(wu, Permission.VIEW_ROUND, round_.pk)
    with acting(world.chen):
        assert all(may_in_round(world.chen, one, round_.pk) for one in HANDLERS_ONLY)


def test_only_the_director_names_and_only_of_the_own_office(world: World) -> None:
    round_, wu = world.make_round(), colleague(world)

    with acting(world.chen), pytest.raises(NotAllowed):
        name_handler(actor=world.chen, number=round_.pk, person=wu.person_id)
    with acting(world.lin), pytest.raises(NotVisible):
        name_handler(actor=world.lin, number=round_.pk, person=wu.person_id)
    assert handler_names(world.zhao, round_.pk) == ["陈砚秋"]


@pytest.mark.parametrize("whose", ["jiang", "zhao"])
def test_somebody_without_the_seat_is_not_named(world: World, whose: str) -> None:
    round_, person = world.make_round(), getattr(world, whose)

    with pytest.raises(HandlerWithoutSeat):
        name(world, round_.pk, person)


def test_a_seat_that_ended_handles_nothing_and_the_director_is_told(world: World) -> None:
    round_ = world.make_round(**AHEAD)
    with acting(world.zhao):
        assert unhandled_rounds(world.zhao) == []

    end_seat(world, world.chen)

    assert handler_names(world.zhao, round_.pk) == []
    with acting(world.zhao):
        assert [one.pk for one in unhandled_rounds(world.zhao)] == [round_.pk]
    with pytest.raises(RoundHandledByOthers):
        revise(world.chen, round_.pk)


def test_the_last_handler_stays_until_the_round_is_over(world: World) -> None:
    round_, wu = world.make_round(**AHEAD), colleague(world)

    with pytest.raises(LastHandler):
        remove(world, round_.pk, world.chen)
    name(world, round_.pk, wu)
    remove(world, round_.pk, world.chen)
    assert handler_names(world.zhao, round_.pk) == ["吴清和"]

    over = world.make_round(name="旧", starts_on=date(2020, 1, 6), ends_on=date(2020, 1, 17))
    remove(world, over.pk, world.chen)
    assert handler_names(world.zhao, over.pk) == []


def test_somebody_whose_seat_ended_does_not_count_as_the_last_one_left(world: World) -> None:
    round_ = world.make_round(**AHEAD)
    wu = colleague(world, round_.pk)
    end_seat(world, wu)

    with pytest.raises(LastHandler):
        remove(world, round_.pk, world.chen)
    remove(world, round_.pk, wu)


# --- By SQL ---------------------------------------------------------------------------------


@pytest.fixture
def stage(world: World, connect_as: Callable[[str], Connection]) -> Stage:
    return Stage.set_up(world, connect_as)


def test_the_database_lets_only_handlers_change_the_round(stage: Stage) -> None:
    """Every table of it, each with its allowed twin."""
    round_, city = stage.round.pk, stage.world.chen.tenant_id
    team = stage.draft("putuo:U1")
    wu = colleague(stage.world)
    changes = {
        "round": f"UPDATE scheduling_inspectionround SET name = 'x' WHERE id = {round_}",
        "slot": f"DELETE FROM scheduling_teamslot WHERE round_id = {round_}",
        "unit": "INSERT INTO scheduling_roundunit (tenant_id, round_id, county_id, code, chosen,"
        f" mandatory, priority, days) VALUES ({city}, {round_}, 9003, 'U1', false, false, 50, 5)",
        "pin": "INSERT INTO scheduling_roundpin (tenant_id, round_id, content, key, set_by, set_at)"
        f" VALUES ({city}, {round_}, '{{}}', 'k', '', now())",
        "run": "INSERT INTO scheduling_solverun (tenant_id, round_id, status, time_limit_s, seed,"
        " basis, requested_by, requested_at, elapsed_s, tiers, history, conflict, was_cancelled,"
        f" input_sha256, phase) VALUES ({city}, {round_}, 'waiting', 1, 0, '', '', now(), 0, '[]', '[]',"
        " NULL, false, '', '')",
        "plan": "INSERT INTO scheduling_plan (tenant_id, round_id, origin, question_id, version,"
        " revision, state, tiers, measures, uncovered, made_by, created_at, found_at)"
        " SELECT tenant_id, round_id, origin, question_id, 99, revision, state, tiers, measures,"
        f" uncovered, made_by, created_at, found_at FROM scheduling_plan WHERE id = {team.plan_id}",
        "team": "INSERT INTO scheduling_planteam (tenant_id, plan_id, code, name, position)"
        f" VALUES ({city}, {team.plan_id}, 'T9', 'T9', 9)",
        "seat": "INSERT INTO scheduling_planseat (tenant_id, plan_id, team_id, person_id, role,"
        " duties)"
        f" VALUES ({city}, {team.plan_id}, {team.pk}, {stage.people['dinghai-001']}, 'member',"
        " '[]')",
        "visit": f"DELETE FROM scheduling_planvisit WHERE plan_id = {team.plan_id}",
        "proposal": f"UPDATE scheduling_plan SET state = 'proposed', proposed_by_id = %s"
        f" WHERE id = {team.plan_id}",
    }
    for what, sql in changes.items():
        for who, is_allowed in ((stage.world.chen, True), (wu, False)):
            hands = stage.hands()
            hands.act_for(city, who.user_id)
            values = (who.user_id,) if "%s" in sql else ()
            if is_allowed:
                assert hands.run(sql, *values), what
            else:
                with hands.refused_as("round_changed_by_its_handlers"):
                    hands.run(sql, *values)
            hands.connection.rollback()


def test_the_database_lets_only_the_director_name_and_only_whom_it_may(stage: Stage) -> None:
    wu = colleague(stage.world)
    city, round_, permission = stage.world.chen.tenant_id, stage.round.pk, permission_id(stage)

    def row(person: Actor, tenant: int = city) -> dict[str, Any]:
        return {
            "tenant_id": tenant,
            "round_id": round_,
            "user_id": person.user_id,
            "permission_id": permission,
        }

    hands = stage.hands()
    hands.act_for(city, stage.world.chen.user_id)
    hands.run("UPDATE scheduling_inspectionround SET ends_on = '2099-12-31'")
    with hands.refused_as("round_handler_named_by_the_director"):
        hands.insert("scheduling_roundhandler", row(wu))
    hands.act_for(stage.world.lin.tenant_id, stage.world.lin.user_id)
    for tenant in (city, stage.world.lin.tenant_id):
        with hands.refused_as("round_handler_named_by_the_director"):
            hands.insert("scheduling_roundhandler", row(wu, tenant))
    hands.act_for(city, stage.world.zhao.user_id)
    with hands.refused_as("round_handler_holds_a_seat"):
        hands.insert("scheduling_roundhandler", row(stage.world.jiang))
    with hands.refused_as("round_keeps_a_handler"):
        hands.run("DELETE FROM scheduling_roundhandler WHERE round_id = %s", round_)
    with hands.refused("permission denied"):
        hands.run("UPDATE scheduling_roundhandler SET user_id = %s", wu.user_id)
    assert hands.insert("scheduling_roundhandler", row(wu))


def permission_id(stage: Stage) -> int:
    with acting(stage.world.chen):
        found: int = RoundHandler.objects.values_list("permission_id", flat=True)[0]
        return found


def test_the_seats_that_handle_are_those_of_the_table_of_roles() -> None:
    holders = {role for role, held in ROLES.items() if RoundHandler.needs in held}

    assert holders == {Role.SCHEDULER}, "sec.seated_to_handle says so"
    namers = {role for role, held in ROLES.items() if Permission.NAME_HANDLERS in held}
    assert namers == {Role.CITY_DIRECTOR, Role.COUNTY_DIRECTOR}, "sec.admit_handler says so"


# --- guardian -------------------------------------------------------------------------------


def test_what_nobody_made_a_table_for_nobody_can_handle(db: None, zhoushan: Office) -> None:
    """guardian would write a generic row, which outlives what it points at."""
    with pytest.raises(TypeError, match="HandlerPermission"):
        object_permissions.name_handler(9001, zhoushan)
    with pytest.raises(TypeError, match="HandlerPermission"):
        object_permissions.handled_by(9001, Office.objects.all())


def test_the_dangerous_defaults_are_off() -> None:
    assert object_permissions.PINNED == {
        "with_superuser": False,
        "accept_global_perms": False,
        "use_groups": False,
    }


def test_somebody_handles_what_they_were_named_to_and_nothing_else(world: World) -> None:
    first, second = world.make_round(), world.make_round(name="另一轮")
    wu = colleague(world, second.pk)

    with acting(world.chen):
        found = object_permissions.handled_by
        assert set(found(world.chen.person_id, InspectionRound.objects.all())) == {first, second}
        assert set(found(wu.person_id, InspectionRound.objects.all())) == {second}


def test_there_is_no_user_who_stands_for_nobody(db: None) -> None:
    assert not User.objects.filter(username__icontains="anonymous").exists()
    assert not hasattr(User, "add_obj_perm")
