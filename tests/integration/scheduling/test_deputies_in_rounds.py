"""What a deputy does with rounds and plans: within the seat, less than its holder, and never both
pairs of eyes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from kernel.clock import today
from scheduling.access.handling import handles
from scheduling.errors import ProposerMayNotApprove
from scheduling.models.rounds import InspectionRound
from scheduling.services import publishing
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Membership, User
from tests.integration.scheduling import way
from tests.integration.scheduling.world import World, acting


def stands_in(world: World, person: int, principal: Actor, *withheld: Permission) -> Actor:
    """As the owner seats a deputy; the doors have tests of their own."""
    with world.django_as("owner"):
        seat = Membership.objects.get(user_id=principal.person_id, principal__isnull=True)
        deputy = Membership.objects.create(
            tenant_id=seat.tenant_id,
            user=User.objects.get(pk=person),
            role=seat.role,
            since_on=today(),
            until_on=today() + timedelta(days=9),
            principal_id=principal.user_id,
            stands_for=seat.pk,
            withheld=list(withheld),
        )
    with acting(principal):
        actor = Actor.wearing(deputy.pk, user_id=person, tenant_id=seat.tenant_id)
    assert actor is not None
    return actor


def test_who_proposed_does_not_approve_in_a_deputy_s_hat(world: World) -> None:
    plan = way.solved_plan(world)
    way.propose(world, plan)
    way.confirm_all(world)
    hat = stands_in(world, world.chen.person_id, world.zhao)
    assert hat.may(Permission.APPROVE_PLAN)

    with acting(hat), pytest.raises(ProposerMayNotApprove):
        publishing.approve_plan(actor=hat, number=plan.pk)
    sign = "UPDATE scheduling_plan SET state = 'approved', approved_by_id = %s WHERE id = %s"
    refused = pytest.raises(DatabaseError, match="plan_approved_by_another")
    with acting(hat), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sign, [hat.user_id, plan.pk])

    assert way.approve(world, plan).state == "approved"


def test_a_deputy_handles_what_the_scheduler_handles_and_leaves_nothing_behind(
    world: World,
) -> None:
    round_ = world.make_round()
    with acting(world.zhao):
        assert not handles(world.zhao, round_.pk)
    hat = stands_in(world, world.zhao.person_id, world.chen)

    with acting(hat):
        assert handles(hat, round_.pk)
        InspectionRound.objects.filter(pk=round_.pk).update(name="改名")  # the database agrees
    world.chen, chen = hat, world.chen
    made = world.make_round(name="2026年第四轮")
    world.chen = chen

    with acting(chen):
        assert handles(chen, made.pk)
    with acting(world.zhao):
        assert not handles(world.zhao, made.pk)
    with world.django_as("owner"):
        Membership.objects.filter(principal__isnull=False).delete()
    with acting(hat), pytest.raises(DatabaseError, match="handle the round"), transaction.atomic():
        InspectionRound.objects.filter(pk=round_.pk).update(name="再改名")


def test_what_was_withheld_is_withheld_in_the_database_too(world: World) -> None:
    round_ = world.make_round()
    hat = stands_in(world, world.zhao.person_id, world.chen, Permission.EDIT_ROUND)

    with acting(hat):
        assert not handles(hat, round_.pk)
        with pytest.raises(DatabaseError, match="handle the round"), transaction.atomic():
            InspectionRound.objects.filter(pk=round_.pk).update(name="改名")
