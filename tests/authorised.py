"""A published round whose team waits to be authorised for Dinghai: fictional people.

| person | of | in team T1 | account |
|---|---|---|---|
| `tang` 唐思远 | Shengsi, number 001 | leader | 9101 |
| `gu` 顾长风 | Shengsi, number 002 | deputy | 9102 |
| `mei` 梅若溪 | Dinghai, number 003: a local | member | 9103 |

Beside them `jiang` directs Shengsi, `lin` Dinghai, `zhao` the city; `xu` is of the city's leading
group. Rounds, plans and publications are laid in as they would stand after the real way, which
`tests/integration/sharing/test_a_team_at_work.py` walks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from kernel.clock import now, today
from scheduling.models.plans import Plan, PlanSeat, PlanTeam, PlanVisit
from scheduling.models.publications import Publication
from scheduling.models.releases import Release, ReleasedPerson, ReportedUnit
from scheduling.models.rosters import Person
from scheduling.models.rounds import InspectionRound
from sharing.models.rooms import Room
from sharing.services import accounts, authorising
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tests.integration.scheduling.world import person as person_of
from tests.people import SEATED_SINCE, _actor, _office, acting

Switch = Callable[[str], AbstractContextManager[Any]]
PEOPLE = {
    "tang": (9101, "唐思远", "shengsi", "001", "leader"),
    "gu": (9102, "顾长风", "shengsi", "002", "deputy"),
    "mei": (9103, "梅若溪", "dinghai", "003", "member"),
}
SEATS = {"leader": Role.TEAM_LEADER, "deputy": Role.DEPUTY_LEADER, "member": Role.TEAM_MEMBER}
XU = (9110, "徐行健")
DAYS = 30
DOCUMENT, BODY = "定委〔2026〕12号", "中共定海区委"


@dataclass
class Waiting:
    """`publication`: number of what is in force. All acts are the services'."""

    django_as: Switch
    publication: int
    round: int

    def actor(self, who: str, office: str = "") -> Actor:
        """Somebody of `tests.people`; one of the team as a guest in `office`; `xu`."""
        if who in PEOPLE:
            number, name, _, _, role = PEOPLE[who]
            return _as(number, name, office or "dinghai", SEATS[role])
        if who == "xu":
            return _as(*XU, "zhoushan", Role.LEADING_GROUP)
        return _actor(who)

    def link(self, *people: str) -> None:
        for who in people:
            _, _, origin, person, _ = PEOPLE[who]
            director = _actor({"shengsi": "jiang", "dinghai": "lin"}[origin])
            with acting(director):
                row = Person.objects.get(number=person)
                accounts.link_account(actor=director, number=row.pk, username=who)

    def propose(self, *, until: date | None = None) -> int:
        zhao = _actor("zhao")
        with acting(zhao):
            return authorising.propose_team(
                actor=zhao,
                publication=self.publication,
                host=_office("dinghai").pk,
                team="T1",
                starts_on=today(),
                until_on=until or today() + timedelta(days=DAYS),
            ).pk

    def grant(self, number: int, *, who: str = "lin", document: str = DOCUMENT) -> int:
        actor = self.actor(who)
        with acting(actor):
            return authorising.grant(
                actor=actor,
                number=number,
                document_number=document,
                authorised_by=BODY,
                **self.term(),
            )

    def term(self) -> dict[str, date]:
        return {"starts_on": today(), "until_on": today() + timedelta(days=DAYS)}

    def granted(self, *linked: str) -> int:
        """The request's number, with these people's accounts linked before."""
        self.link(*linked)
        number = self.propose()
        assert self.grant(number) == len(linked)
        return number

    def room(self, number: int, purpose: str = "papers") -> Room:
        with self.django_as("owner"):
            return Room.objects.get(request_number=number, purpose=purpose)

    def corrected(self, *, people: tuple[str, ...]) -> None:
        """A next version is in force, with these of the team in it."""
        with self.django_as("superuser"), _unguarded():
            Publication.objects.filter(pk=self.publication).update(
                ended_at=now(), ending="superseded"
            )
            versions = Plan.objects.filter(round_id=self.round).count()
            self.publication = _plan(self.round, versions + 1, people)


def _as(number: int, name: str, code: str, role: Role) -> Actor:
    office = _office(code)
    return Actor(
        user_id=number,
        name=name,
        tenant_id=office.pk,
        office_name=office.short_name,
        office_kind=office.kind,
        roles=frozenset({role}),
    )


@pytest.fixture
def waiting(committed_db: None, django_as: Switch) -> Waiting:
    return laid(django_as, "half_unit")


@pytest.fixture
def lifted(committed_db: None, django_as: Switch) -> Waiting:
    """The same, in a round that the city has lifted to itself."""
    return laid(django_as, "lifted")


def laid(django_as: Switch, mode: str) -> Waiting:
    with django_as("superuser"), _unguarded():
        for who, (number, name, *_) in PEOPLE.items():
            _account(number, who, name)
        _account(*XU[:1], "xu", XU[1])
        Membership.objects.create(
            tenant_id=_office("zhoushan").pk,
            user_id=XU[0],
            role=Role.LEADING_GROUP,
            since_on=SEATED_SINCE,
        )
        round_ = InspectionRound.objects.create(
            tenant_id=_office("zhoushan").pk,
            name="第三轮交叉巡察",
            starts_on=today(),
            ends_on=today() + timedelta(days=20),
            mode=mode,
            policy={},
            created_at=now(),
            changed_at=now(),
        )
        publication = _plan(round_.pk, 1, tuple(PEOPLE))
    return Waiting(django_as, publication, round_.pk)


def _account(number: int, username: str, name: str) -> None:
    User(pk=number, username=username, display_name=name, password="!").save(force_insert=True)


@contextmanager
def _unguarded() -> Iterator[None]:
    """Rows as they stand at the end of a way that the triggers would have one walk."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = origin")


def _plan(round_number: int, version: int, people: tuple[str, ...]) -> int:
    lead = _office("zhoushan").pk
    plan = Plan.objects.create(
        tenant_id=lead,
        round_id=round_number,
        origin=Plan.Origin.DESK,
        version=version,
        state="published",
        created_at=now(),
        found_at=now(),
    )
    team = PlanTeam.objects.create(
        tenant_id=lead, plan=plan, code="T1", name="第一巡察组", position=1
    )
    for who in people:
        _, name, origin, number, role = PEOPLE[who]
        office = _office(origin)
        released = _released(lead, round_number, office.pk, version, number)
        if version == 1:
            person_of(office, int(number), name=name).save(force_insert=True)
        person = ReleasedPerson.objects.create(
            tenant_id=lead,
            sender_id=office.pk,
            release=released,
            round_id=round_number,
            number=number,
            name=name,
            post="科长",
            is_leader=True,
            is_deputy=True,
            rounds_served=1,
            recent_days=0,
        )
        PlanSeat.objects.create(tenant_id=lead, plan=plan, team=team, person=person, role=role)
    _visit(lead, plan, team, version)
    return Publication.objects.create(
        tenant_id=lead,
        round_id=round_number,
        plan=plan,
        number=version,
        input_sha256="0" * 64,
        rules_sha256="0" * 64,
        engine="tests",
        plan_sha256="0" * 64,
        document="{}",
        published_by="赵望舒",
        published_at=now(),
    ).pk


def _released(lead: int, round_number: int, sender: int, version: int, content: str) -> Release:
    return Release.objects.create(
        tenant_id=lead,
        sender_id=sender,
        round_id=round_number,
        version=version * 1000 + int(content or 0),
        content=content,
        released_by="某主任",
        released_at=now(),
    )


def _visit(lead: int, plan: Plan, team: PlanTeam, version: int) -> None:
    host = _office("dinghai").pk
    unit = ReportedUnit.objects.create(
        tenant_id=lead,
        sender_id=host,
        release=_released(lead, plan.round_id, host, version, ""),
        round_id=plan.round_id,
        code="dh-edu",
        name="定海区教育局",
        kind="department",
        risk=3,
        days=5,
        mandatory=False,
        priority=50,
        inspectable=True,
    )
    PlanVisit.objects.create(
        tenant_id=lead,
        plan=plan,
        team=team,
        unit=unit,
        starts_on=today() + timedelta(days=version),
        ends_on=today() + timedelta(days=10),
    )
