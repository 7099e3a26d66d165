"""Plans put together by plain SQL, as the web's role or the worker's could: to see what the
database itself refuses.

The frozen question of a stage has no bars but those that a test lays, so that a refusal has one
reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection
from psycopg2.extras import Json

from kernel.clock import now
from scheduling.mapping.basis import newest_release
from scheduling.models.dispatches import Confirmation, ConfirmationRequest
from scheduling.models.plans import Plan, PlanSeat, PlanTeam
from scheduling.models.questions import FrozenBar, FrozenQuestion, Inspector
from scheduling.models.releases import ReleasedPerson, ReportedUnit
from scheduling.models.rounds import InspectionRound
from tenancy.actor import Actor
from tenancy.context import in_office
from tests.integration.scheduling.world import FIRST_DAY, LAST_DAY, World, acting
from tests.integration.tenancy.raw import Raw

RULES, ENGINE = "1" * 64, "engine 1"
ALL_ROLES = ("leader", "deputy", "member")


class Hands(Raw):
    """One session that acts for an office by plain SQL, within one transaction at a time."""

    def __init__(self, connection: Connection, world: World, office: str = "zhoushan") -> None:
        super().__init__(connection)
        self.world = world
        self.tenant = world.offices[office].pk
        self.begin()

    def begin(self) -> None:
        user = {
            self.world.chen.tenant_id: self.world.chen,
            self.world.lin.tenant_id: self.world.lin,
        }
        self.act_for(self.tenant, user[self.tenant].user_id if self.tenant in user else None)

    def commit(self) -> None:
        self.connection.commit()
        self.begin()

    def undo(self) -> None:
        self.connection.rollback()
        self.begin()

    def seat(self, team: PlanTeam, person: int, role: str = "member") -> int:
        return self.run(
            "INSERT INTO scheduling_planseat (tenant_id, plan_id, team_id, person_id, role, duties)"
            " VALUES (%s, %s, %s, %s, %s, '[]')",
            self.tenant,
            team.plan_id,
            team.pk,
            person,
            role,
        )

    def visit(
        self, team: PlanTeam, unit: int, days: tuple[Any, Any] = (FIRST_DAY, FIRST_DAY)
    ) -> int:
        return self.run(
            "INSERT INTO scheduling_planvisit (tenant_id, plan_id, team_id, unit_id, starts_on,"
            " ends_on) VALUES (%s, %s, %s, %s, %s, %s)",
            self.tenant,
            team.plan_id,
            team.pk,
            unit,
            *days,
        )

    def declare(self, round_: InspectionRound, person: str, target: str, **said: Any) -> int:
        """`target`: "round", "putuo", "putuo:U1" or "putuo-001". The new key."""
        home, number = person.split("-")
        county, mark, code = re.findall(r"^(\w+)([:-]?)(.*)$", target)[0]
        kind = "round" if target == "round" else {":": "unit", "-": "person"}.get(mark, "county")
        row = {
            "tenant_id": self.world.chen.tenant_id,
            "sender_id": self.tenant,
            "round_id": round_.pk,
            "person_office_id": self.world.offices[home].pk,
            "person_number": number,
            "target": kind,
            "target_office_id": None if kind == "round" else self.world.offices[county].pk,
            "target_code": code,
            "kind": "relative",
            "severity": "hard",
            "weight": 1,
            "roles": Json([]),
            "declared_at": now(),
        } | said
        return self.insert("scheduling_declaration", row)

    def take_back(self, plan: Plan) -> int:
        """Back to the desk, where it can be edited again."""
        return self.run(
            "UPDATE scheduling_plan SET state = 'candidate', proposed_by_id = NULL,"
            " approved_by_id = NULL WHERE id = %s",
            plan.pk,
        )

    def put_in_force(self, plan: Plan, **said: Any) -> int:
        """The publication, and the plan's own word of it."""
        published = self.publish(plan, **said)
        self.run("UPDATE scheduling_plan SET state = 'published' WHERE id = %s", plan.pk)
        return published

    def withdraw(self, declaration: int) -> int:
        row = {
            "tenant_id": self.world.chen.tenant_id,
            "sender_id": self.tenant,
            "declaration_id": declaration,
            "at": now(),
        }
        return self.insert("scheduling_declarationwithdrawal", row)

    def publish(self, plan: Plan, **said: Any) -> int:
        """As the director, who alone may."""
        self.act_for(self.tenant, self.world.zhao.user_id)
        return self.insert("scheduling_publication", self.publication_of(plan) | said)

    def publication_of(self, plan: Plan) -> dict[str, Any]:
        return {
            "tenant_id": self.tenant,
            "round_id": plan.round_id,
            "plan_id": plan.pk,
            "number": 1,
            "input_sha256": plan.question.sha256 if plan.question else "",
            "rules_sha256": RULES,
            "engine": ENGINE,
            "plan_sha256": "2" * 64,
            "document": "{}",
            "published_by": "",
            "published_at": now(),
            "ending": "",
            "ended_by": "",
            "ended_because": "",
        }

    def end(self, publication: int, ending: str = "withdrawn") -> int:
        return self.run(
            "UPDATE scheduling_publication SET ended_at = now(), ending = %s WHERE id = %s",
            ending,
            publication,
        )

    def take_round_from(self, round_: InspectionRound, person: Actor) -> int:
        """As the director."""
        self.act_for(self.tenant, self.world.zhao.user_id)
        return self.run(
            "DELETE FROM scheduling_roundhandler WHERE round_id = %s AND user_id = %s",
            round_.pk,
            person.user_id,
        )

    def name_for_round(self, round_: InspectionRound, person: Actor) -> int:
        self.act_for(self.tenant, self.world.zhao.user_id)
        return self.run(
            "INSERT INTO scheduling_roundhandler (tenant_id, round_id, user_id, permission_id)"
            " SELECT tenant_id, round_id, %s, permission_id FROM scheduling_roundhandler"
            " WHERE round_id = %s LIMIT 1",
            person.user_id,
            round_.pk,
        )

    def insert(self, table: str, row: dict[str, Any]) -> int:
        places = ", ".join(["%s"] * len(row))
        return int(
            self.one(
                f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places}) RETURNING id",
                *row.values(),
            )
        )

    @contextmanager
    def refused_as(self, constraint: str) -> Iterator[None]:
        """The database refuses by this constraint; the transaction goes on."""
        self.cursor.execute("SAVEPOINT before_refusal")
        with pytest.raises(psycopg2.Error) as refusal:
            yield
        self.cursor.execute("ROLLBACK TO SAVEPOINT before_refusal")
        assert refusal.value.diag.constraint_name == constraint, refusal.value

    @contextmanager
    def tried(self) -> Iterator[None]:
        """What is done within is undone again: the next one starts from the same rows."""
        self.cursor.execute("SAVEPOINT before_trial")
        yield
        self.cursor.execute("ROLLBACK TO SAVEPOINT before_trial")


@dataclass
class Stage:
    """A round with released people, and a plan of it that is still empty."""

    world: World
    round: InspectionRound
    questions: dict[int, FrozenQuestion]
    people: dict[str, int]
    units: dict[str, int]
    connect_as: Callable[[str], Connection]

    @classmethod
    def set_up(cls, world: World, connect_as: Callable[[str], Connection]) -> Stage:
        patience(connect_as("superuser"))
        round_ = world.released_round(people=2)
        with acting(world.chen):
            people = {
                f"{row.sender.code}-{row.number}": row.pk
                for row in ReleasedPerson.objects.select_related("sender")
            }
            units = {
                f"{row.sender.code}:{row.code}": row.pk
                for row in ReportedUnit.objects.select_related("sender")
            }
        questions = {round_.pk: asked(world, round_)}
        return cls(world, round_, questions, people, units, connect_as)

    def open_ended(self, person: Actor) -> Actor:
        """The round is not over for a while yet; gives back who is to handle it."""
        anybody = self.hands("superuser")
        anybody.run("UPDATE scheduling_inspectionround SET ends_on = '2099-12-31'")
        anybody.commit()
        return person

    @property
    def question(self) -> FrozenQuestion:
        return self.questions[self.round.pk]

    def hands(self, role: str = "app", office: str = "zhoushan") -> Hands:
        return Hands(self.connect_as(role), self.world, office)

    def draft(self, *visits: str, round_: InspectionRound | None = None) -> PlanTeam:
        """A new plan with one team that visits these units on the first day."""
        round_ = round_ or self.round
        question = self.questions.get(round_.pk) or asked(self.world, round_)
        self.questions[round_.pk] = question
        with acting(self.world.chen):
            plan = Plan.objects.create(
                tenant_id=self.world.chen.tenant_id,
                round=round_,
                origin=Plan.Origin.DESK,
                question=question,
                version=Plan.objects.filter(round=round_).count() + 1,
                created_at=now(),
                found_at=now(),
            )
            return self.team(plan, *visits)

    def team(self, plan: Plan, *visits: str, code: str = "T01") -> PlanTeam:
        with acting(self.world.chen):
            team = PlanTeam.objects.create(
                tenant_id=plan.tenant_id, plan=plan, code=code, name=code, position=1
            )
            for unit in visits:
                team.visits.create(
                    tenant_id=team.tenant_id,
                    plan_id=team.plan_id,
                    unit_id=self.units[unit],
                    starts_on=FIRST_DAY,
                    ends_on=LAST_DAY,
                )
            return team

    def seated(self, team: PlanTeam, *people: str) -> PlanTeam:
        with acting(self.world.chen):
            for person in people:
                team.seats.create(
                    tenant_id=team.tenant_id,
                    plan_id=team.plan_id,
                    person_id=self.people[person],
                    role="member",
                )
        return team

    def bar(self, person: str, unit: str, roles: tuple[str, ...] = ALL_ROLES, **said: Any) -> None:
        """Lay a bar into the frozen question, as the worker does when it freezes one."""
        (home, number), (county, code) = person.split("-"), unit.split(":")
        with self.world.django_as("worker"), in_office(self.question.tenant_id):
            FrozenBar.objects.create(
                tenant_id=self.question.tenant_id,
                question=self.question,
                inspector=Inspector.objects.get(office__code=home, number=number),
                unit_office=self.world.offices[county],
                unit_code=code,
                rule="former_post",
                roles=list(roles),
                **{"unless_host": False} | said,
            )

    def verified(self, plan: Plan, **said: Any) -> Plan:
        """The worker's verdict on the plan as it is now; `said` in place of what it would say."""
        assert plan.question is not None
        with self.world.django_as("worker"), in_office(plan.tenant_id):
            round_ = InspectionRound.objects.get(pk=plan.round_id)
            verdict = {
                "clean": True,
                "revision": plan.revision,
                "input_sha256": plan.question.sha256,
                "checked_at": now().isoformat(),
                "round_changed_at": round_.changed_at.isoformat(),
                "newest_release": newest_release(round_),
            } | said
            Plan.objects.filter(pk=plan.pk).update(verdict=verdict)
        return plan

    def approved(self, plan: Plan) -> Plan:
        """Each signs for themselves: the database takes no other signature."""
        chen, zhao, row = self.world.chen, self.world.zhao, Plan.objects.filter(pk=plan.pk)
        with acting(chen):
            row.update(state="proposed", proposed_by_id=chen.user_id)
        self.confirmed(plan)
        with acting(zhao):
            row.update(state="approved", approved_by_id=zhao.user_id)
        return plan

    def confirmed(self, plan: Plan) -> None:
        """Each office that sends somebody is asked, where it was not yet, and says yes."""
        chen = self.world.chen
        about = {"plan_id": plan.pk, "revision": plan.revision}
        with acting(chen):
            seats = PlanSeat.objects.filter(plan=plan).select_related("person__sender")
            asked = [
                ConfirmationRequest.objects.get_or_create(
                    tenant=office,
                    sender_id=chen.tenant_id,
                    **about,
                    defaults={
                        "round_id": plan.round_id,
                        "people": [{"number": "001"}],
                        "asked_at": now(),
                    },
                )[0]
                for office in {seat.person.sender for seat in seats}
            ]
        for request in asked:
            with in_office(request.tenant_id):
                Confirmation.objects.create(
                    tenant_id=chen.tenant_id,
                    sender_id=request.tenant_id,
                    request_id=request.pk,
                    **about,
                    is_confirmed=True,
                    answered_at=now(),
                )

    def another_question(self) -> int:
        """Of the same round, as it would be frozen after a change."""
        return asked(self.world, self.round, sha256="f" * 64).pk

    def ready(
        self, *people: str, round_: InspectionRound | None = None, at: str = "putuo:U1"
    ) -> PlanTeam:
        """A team of a plan that may be published: these people at one unit."""
        team = self.seated(self.draft(at, round_=round_), *people)
        self.approved(self.verified(team.plan))
        return team


def asked(world: World, round_: InspectionRound, sha256: str = "") -> FrozenQuestion:
    with world.django_as("worker"), in_office(round_.tenant_id):
        return FrozenQuestion.objects.create(
            tenant_id=round_.tenant_id,
            round=round_,
            sha256=sha256 or f"{round_.pk:064x}",
            masked="{}",
            masked_sha256="0" * 64,
            rules_sha256=RULES,
            engine=ENGINE,
            frozen_at=now(),
        )


def patience(anybody: Connection) -> None:
    """Two sessions of one test that wait for each other are a fault of the test: it is told soon,
    also when one of them is Django's."""
    with anybody.cursor() as cursor:
        cursor.execute(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = 5000',"
            " current_database()); END $$"
        )
    anybody.commit()
