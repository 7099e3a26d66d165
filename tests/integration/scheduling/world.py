"""A city with a round in it: four counties with small rosters, and everybody's hands.

Facts that nobody but the engine may read carry the word in `CANARY`, so that a test can look
for it wherever somebody might see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.clock import now
from scheduling.models.plans import Plan
from scheduling.models.releases import ReleaseCall
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import SolveRun
from scheduling.models.surveys import Survey
from scheduling.services import calling, releasing, rounds, solving, surveying
from scheduling.services.round_drafts import uniform_teams
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role
from tenancy.models import Job, Office
from tenancy.runner import run_job

CANARY = "金丝雀"
COUNTIES = ("dinghai", "putuo", "daishan", "shengsi")
FIRST_DAY, LAST_DAY = date(2026, 9, 7), date(2026, 9, 25)

NAMES = "甲乙丙丁戊己庚辛壬癸"

RoleSwitch = Callable[[str], AbstractContextManager[None]]


@dataclass
class World:
    """What the people of a test do, each within their own office."""

    chen: Actor  # the city's scheduler
    zhao: Actor  # the city's director
    lin: Actor  # Dinghai's director
    wu: Actor  # Dinghai's clerk
    jiang: Actor  # Shengsi's director
    offices: dict[str, Office]
    django_as: RoleSwitch

    def director(self, code: str) -> Actor:
        """Whoever releases in that office."""
        known = {"zhoushan": self.zhao, "dinghai": self.lin, "shengsi": self.jiang}
        return known.get(code) or housekeeper(self.offices[code])

    def settle(self, *, people: int = 6, bureaus: int = 2) -> None:
        """Rosters and lists of units, as imports would have left them."""
        with self.django_as("worker"):
            for code in COUNTIES:
                office = self.offices[code]
                with in_office(office.pk):
                    Person.objects.bulk_create(people_of(office, people))
                    InspectedUnit.objects.bulk_create(units_of(office, bureaus))

    def make_round(self, **changes: Any) -> InspectionRound:
        teams = uniform_teams(4, size=(3, 4), deputies=(1, 1), max_units=2)
        usual: dict[str, Any] = {
            "name": "2026年第三轮",
            "starts_on": FIRST_DAY,
            "ends_on": LAST_DAY,
            "mode": "ring",
            "teams": teams,
        }
        with acting(self.chen):
            return rounds.create_round(actor=self.chen, **(usual | changes))

    def call(self, round_: InspectionRound, codes: Iterable[str] = COUNTIES) -> None:
        draft = calling.CallDraft(offices=[self.offices[code].pk for code in codes], people=6)
        with acting(self.chen):
            calling.call_on_offices(actor=self.chen, number=round_.pk, call=draft)

    def call_to(self, code: str) -> ReleaseCall:
        office = self.offices[code]
        with in_office(office.pk):
            return ReleaseCall.objects.filter(tenant_id=office.pk).latest("pk")

    def release(self, code: str, *, without: str = "") -> None:
        """Everybody and every inspectable unit of the office, but the person named."""
        actor, call = self.director(code), self.call_to(code)
        with acting(actor):
            people = Person.objects.active().exclude(name=without)
            releasing.release(
                actor=actor,
                number=call.pk,
                people=list(people.values_list("pk", flat=True)),
                units=list(InspectedUnit.objects.inspectable().values_list("pk", flat=True)),
            )

    def released_round(
        self, *, people: int = 6, bureaus: int = 2, **changes: Any
    ) -> InspectionRound:
        self.settle(people=people, bureaus=bureaus)
        round_ = self.make_round(**changes)
        self.call(round_)
        for code in COUNTIES:
            self.release(code)
        return round_

    def survey(self, round_: InspectionRound) -> Survey:
        with acting(self.chen):
            job = surveying.request_survey(actor=self.chen, number=round_.pk)
        assert self.work(job) == "done"
        with acting(self.chen):
            return Survey.objects.get(round=round_)

    def start(self, round_: InspectionRound, *, seconds: int = 3) -> SolveRun:
        with acting(self.chen):
            return solving.start_run(actor=self.chen, number=round_.pk, time_limit_s=seconds)

    def solve(self, round_: InspectionRound, *, seconds: int = 3) -> SolveRun:
        run = self.start(round_, seconds=seconds)
        assert run.job is not None
        assert self.work(run.job) == "done"
        return self.see_run(run.pk)

    def work(self, job: Job) -> str:
        """What a worker process does when it is told the number."""
        with self.django_as("worker"):
            return run_job(job.pk)

    def see_run(self, number: int) -> SolveRun:
        with acting(self.chen):
            return SolveRun.objects.select_related("job").get(pk=number)

    def plan_of(self, run: SolveRun) -> Plan:
        with acting(self.chen):
            return Plan.objects.get(run=run)


def acting(actor: Actor) -> AbstractContextManager[None]:
    return in_office(actor.tenant_id, actor.user_id)


def housekeeper(office: Office) -> Actor:
    """Somebody of an office for whom the tests have no name."""
    return Actor(
        user_id=None,
        name=f"{office.short_name}主任",
        tenant_id=office.pk,
        office_name=office.short_name,
        office_kind=office.kind,
        roles=frozenset({Role.COUNTY_DIRECTOR}),
    )


def people_of(office: Office, count: int = 6) -> list[Person]:
    """The first two may lead, the next two may deputise; everybody knows discipline or finance."""
    return [person(office, number) for number in range(1, count + 1)]


def person(office: Office, number: int, **facts: Any) -> Person:
    area = office.short_name
    usual: dict[str, Any] = {
        "number": f"{number:03d}",
        "name": f"{area[:2]}{NAMES[number - 1] if number <= len(NAMES) else number}",
        "name_key": f"{number:03d}",
        "initials": "",
        "home_unit": f"{CANARY}原单位{number}",
        "post": "科长",
        "is_leader": number <= 2,
        "is_deputy": number in (3, 4),
        "skills": ["discipline", "finance"] if number % 2 else ["discipline"],
        "native_place": f"浙江省{CANARY}县",
        "grew_up_place": "",
        "rounds_served": 3,
        "career": [
            {"body": f"{CANARY}旧单位", "post": f"{CANARY}职务", "from": "2010-01", "to": "2015-01"}
        ],
        "relatives": [{"body": f"{CANARY}亲属单位", "relation": "spouse", "position": "staff"}],
        "interests": [{"body": f"{CANARY}公司"}],
        "absences": [],
        "fact_hash": f"{office.code}-{number}",
        "updated_at": now(),
    }
    return Person(tenant=office, **(usual | facts))


def units_of(office: Office, bureaus: int = 2) -> list[InspectedUnit]:
    """An education bureau with a school below it, a finance bureau that must be visited, and
    as many more bureaus as it takes."""
    area = office.short_name
    return [
        unit(office, "U1", f"{area}教育局", system="education"),
        unit(
            office, "U2", f"{area}财政局", system="finance", mandatory=True, skills={"finance": 1}
        ),
        unit(office, "U3", f"{area}第一中学", parent_code="U1", inspectable=False, kind="school"),
        *(
            unit(office, f"B{n}", f"{area}第{n}局", risk=n % 5 + 1, wanted={"finance": 2})
            for n in range(3, bureaus + 1)
        ),
    ]


def unit(office: Office, code: str, name: str, **facts: Any) -> InspectedUnit:
    usual: dict[str, Any] = {
        "code": code,
        "name": name,
        "name_key": code,
        "kind": "department",
        "risk": 3,
        "days": 5,
        "priority": 50,
        "fact_hash": f"{office.code}-{code}",
        "updated_at": now(),
    }
    return InspectedUnit(tenant=office, **(usual | facts))
