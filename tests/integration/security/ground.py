"""One of each row, and somebody in every seat: what the table of roles is held against.

Built once for all tests of a module; each question is rolled back, so that the next one finds
everything as the one before did.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.test import Client

from launcher.psql import Login
from scheduling.domain.notices import NOTICES
from scheduling.models.dispatches import ConfirmationRequest, PublishedExtract
from scheduling.models.notices import Notice
from scheduling.models.releases import ReleaseCall
from scheduling.models.rosters import Person
from scheduling.models.runs import SolveRun
from scheduling.services import sealing
from scheduling.services.declaring import declare_unavailable
from scheduling.services.importing import upload_workbook
from sharing.models.papers import FindingClass, PaperVersion, WorkingPaper
from sharing.models.reports import InspectionReport
from sharing.models.rooms import Room, RoomMember, RoomUnit
from tenancy.actor import Actor
from tenancy.domain.matrix import Rule
from tenancy.domain.roles import MATRIX, SEATS, Permission, Role
from tenancy.models import Membership, Office, User
from tenancy.models.sessions import SignInSession
from tenancy.services import webhooks
from tenancy.services.tokens import make_token
from tests.conftest import log_django_in
from tests.integration.scheduling import way
from tests.integration.scheduling.world import World, acting
from tests.people import SEATED_SINCE, _actor, _office
from tests.teams import handle

BEFORE = datetime(2026, 9, 6, 4, tzinfo=UTC)
PLATFORM = 9090
OFFICES = {"city": "zhoushan", "county": "dinghai", "other": "shengsi"}

# Who is called otherwise than by place and role: the columns of addresses.csv.
_NAMED = {
    ("city", Role.SCHEDULER): "scheduler",
    ("city", Role.CITY_DIRECTOR): "city_director",
    ("city", Role.RECUSAL_OFFICER): "recusal_officer",
    ("city", Role.DISCIPLINE_BODY): "city_discipline",
    ("county", Role.COUNTY_DIRECTOR): "county_director",
    ("county", Role.COUNTY_CLERK): "county_clerk",
    ("county", Role.DISCIPLINE_BODY): "county_discipline",
    ("other", Role.COUNTY_DIRECTOR): "other_director",
    ("other", Role.COUNTY_CLERK): "other_clerk",
}
_SETTLED = {
    "scheduler": "chen",
    "city_director": "zhao",
    "recusal_officer": "song",
    "county_director": "lin",
    "county_clerk": "wu",
    "other_director": "jiang",
    "other_clerk": "ye",
}


@dataclass(frozen=True)
class Ground:
    """`people`: by column. `numbers`: of one row of each kind, by the first part of an address."""

    people: Mapping[str, Actor]
    numbers: Mapping[str, int]
    notice_needs: Permission


def seats() -> Iterator[tuple[str, str, Role]]:
    """Every seat there is: the column, the place, the role. Of the other county the two that keep
    its roster: to them everything of Dinghai's is foreign, as to every other seat there."""
    for place, kind in (("city", "city"), ("county", "county"), ("platform", "platform")):
        for role in Role:
            if role in SEATS[kind]:
                yield _NAMED.get((place, role), f"{place}_{role}"), place, role
    for role in (Role.COUNTY_DIRECTOR, Role.COUNTY_CLERK, Role.TEAM_LEADER):
        yield _NAMED.get(("other", role), f"other_{role}"), "other", role


@contextmanager
def django_as(login: Callable[[str], Login], role: str) -> Iterator[None]:
    connections.close_all()
    log_django_in(login(role))
    try:
        yield
    finally:
        connections.close_all()
        log_django_in(login("app"))


def built(login: Callable[[str], Login]) -> Ground:
    people = seated(login)
    offices = {
        code: _office(code) for code in ("zhoushan", "dinghai", "putuo", "daishan", "shengsi")
    }
    world = World(
        chen=people["scheduler"],
        zhao=people["city_director"],
        lin=people["county_director"],
        wu=people["county_clerk"],
        jiang=people["other_director"],
        offices=offices,
        django_as=lambda role: django_as(login, role),
    )
    return rows_of(world, people)


def seated(login: Callable[[str], Login]) -> dict[str, Actor]:
    """Whoever is not settled yet is given an account and a seat."""
    people: dict[str, Actor] = {}
    with django_as(login, "superuser"):
        Office.objects.create(
            pk=PLATFORM, code="platform", name="平台运行", short_name="平台", kind="platform",
            name_key="ping tai", lon=122, lat=30,
        )  # fmt: skip
        for number, (column, place, role) in enumerate(seats(), start=9301):
            if column in _SETTLED:
                people[column] = _actor(_SETTLED[column])
                continue
            office = Office.objects.get(code=OFFICES.get(place, place))
            user = User.objects.create(pk=number, username=f"u{number}", display_name=f"某{number}")
            Membership.objects.create(tenant=office, user=user, role=role, since_on=SEATED_SINCE)
            people[column] = Actor(
                user_id=user.pk,
                name=user.display_name,
                tenant_id=office.pk,
                office_name=office.short_name,
                office_kind=office.kind,
                roles=frozenset({role}),
            )
    return people


def rows_of(world: World, people: Mapping[str, Actor]) -> Ground:
    plan = way.solved_plan(world)
    made = way.published(world, plan)
    lin, wu, song = world.lin, world.wu, people["recusal_officer"]
    with acting(song):
        export = sealing.request_unmasked(actor=song, number=plan.round_id, reason="x")
    assert export.job is not None
    assert world.work(export.job) == "done"
    system = people["platform_system_administrator"]
    with acting(system):
        webhooks.allow_host(actor=system, entry="hooks.example.org")
    with acting(lin):
        made_hook = webhooks.make_webhook(
            actor=lin, name="x", address="https://hooks.example.org/", events=["call_received"]
        )
        call = ReleaseCall.objects.get(tenant_id=lin.tenant_id)
        free = declare_unavailable(actor=lin, number=call.pk, person="006")
        notice = Notice.objects.filter(tenant_id=lin.tenant_id).latest("pk")
        found = {
            "releases": call.pk,
            "roster": Person.objects.get(number="001").pk,
            "requests": ConfirmationRequest.objects.latest("pk").pk,
            "ours": PublishedExtract.objects.filter(tenant_id=lin.tenant_id).latest("pk").pk,
            "notices": notice.pk,
            "ties": free.pk,
            "webhooks": made_hook.webhook.pk,
            "messages": webhooks.send_test(actor=lin, number=made_hook.webhook.pk).pk,
        }
    with acting(wu):
        upload = upload_workbook(actor=wu, kind="roster", file_name="a.xlsx", content=[b"x"])
        found["imports"] = upload.upload.pk
        found["jobs"] = upload.upload.job_number or 0
        found["tokens"] = make_token(
            actor=wu, name="x", permissions=[Permission.VIEW_ROSTER], days=1
        ).token.pk
    with acting(world.chen):
        run = SolveRun.objects.latest("pk")
    [needs] = [one.permission for one in NOTICES if one.code == notice.kind]
    numbers = {
        **found,
        "rounds": plan.round_id,
        "plans": plan.pk,
        "publications": made.pk,
        "runs": run.pk,
        "sealed": export.pk,
        "accounts": wu.person_id,
        "offices": wu.tenant_id,
        **papers_of_dinghai(world, people),
        "sign-ins": sign_in_of_nobody_here(world),
    }
    return Ground(people, numbers, Permission(needs))


TEAM = {"county_team_leader", "county_deputy_leader", "county_team_member"}


def papers_of_dinghai(world: World, people: Mapping[str, Actor]) -> dict[str, int]:
    """A finding that was fed back, in its report and its room; the triggers sleep."""
    own = {"tenant_id": people["county_clerk"].tenant_id}
    place = own | {"unit_code": "U1", "unit_name": "某局"}
    with world.django_as("superuser"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
        room = Room.objects.create(
            **own,
            purpose="papers",
            lead_id=people["scheduler"].tenant_id,
            round_number=1,
            round_name="轮次",
            mode="ring",
            publication=1,
            host_id=own["tenant_id"],
            team_code="T1",
            team_name="第1组",
            opened_at=BEFORE,
            starts_on=SEATED_SINCE,
            until_on=date(2099, 1, 1),
        )
        RoomUnit.objects.create(
            **own, room=room, code="U1", name="某局", starts_on=SEATED_SINCE, ends_on=SEATED_SINCE
        )
        for column in TEAM:
            who = people[column].person_id
            RoomMember.objects.create(content_object=room, user_id=who, permission=handle())
        report = InspectionReport.objects.create(**place, room=room, state="served")
        paper = WorkingPaper.objects.create(
            **place,
            room=room,
            report=report,
            finder_id=people["county_team_member"].person_id,
            state="fed_back",
            version=1,
            title="某问题",
        )
        PaperVersion.objects.create(**own, paper=paper, number=1, title="某问题", at=BEFORE)
        kept = FindingClass.objects.create(**own, level="policy", name="某类")
    numbers = {"papers": paper.pk, "findings": paper.pk, "reports": report.pk}
    return numbers | {"finding-classes": kept.pk, "rooms": room.pk}


def sign_in_of_nobody_here(world: World) -> int:
    """Of a clerk who calls nothing: whoever calls ends their own earlier sign-in by it."""
    office = world.offices["shengsi"]
    with world.django_as("superuser"):
        clerk = User.objects.create(pk=9300, username="u9300", display_name="某9300")
        Membership.objects.create(
            tenant=office, user=clerk, role=Role.COUNTY_CLERK, since_on=SEATED_SINCE
        )
    browser_of(replace(_actor("ye"), user_id=clerk.pk))
    with world.django_as("superuser"):
        return SignInSession.objects.get(user_id=clerk.pk).pk


# --- How everybody stands to these rows --------------------------------------------------------

_KEPT_IN_DINGHAI = {"releases", "roster", "ties", "imports", "webhooks"}
_WRITTEN_IN_DINGHAI = {"papers", "findings", "reports", "finding-classes"}
_HANDED_TO_DINGHAI = {"requests", "ours"}
_OF_THE_INSTALLATION = {"accounts", "offices"}
_OF_THE_ROUND = {"rounds", "plans", "publications", "runs", "sealed"}

# By which rule somebody knows that a row of that kind is there at all.
SUBJECTS: Mapping[str, tuple[Rule, ...]] = {
    area: Rule.any_of(rules)
    for area, rules in {
        "rounds": "round.read",
        "runs": "run.read",
        "plans": "plan.read",
        "publications": "publication.read",
        "sealed": "sealed_export.ask",
        "releases": "release_call.read",
        "roster": "roster_person.read",
        "ties": "declaration.read|unavailability.declare",
        "imports": "roster_import.read",
        "requests": "confirmation_request.read",
        "ours": "extract.read",
        "notices": "notice.read",
        "papers": "paper.read",
        "findings": "report.read|finding.read",
        "reports": "paper.read|report.read|finding.read",
        "finding-classes": "finding_class.keep",
        "tokens": "token.manage",
        "webhooks": "webhook.manage",
        "jobs": "job.read",
        "accounts": "account.manage",
        "offices": "office.manage",
    }.items()
}


def relation(ground: Ground, area: str, column: str) -> str:
    """How the office of that person stands to the ground's row."""
    actor = ground.people[column]
    is_city = actor.tenant_id == ground.people["scheduler"].tenant_id
    is_dinghai = actor.tenant_id == ground.people["county_clerk"].tenant_id
    if area in _OF_THE_ROUND:
        return "led" if is_city else "foreign"
    if area in _HANDED_TO_DINGHAI:
        return "shared" if is_dinghai else "led" if is_city else "foreign"
    if area in _WRITTEN_IN_DINGHAI:
        return "foreign" if not is_dinghai else "team" if column in TEAM else "own"
    if area in _KEPT_IN_DINGHAI:
        return "own" if is_dinghai else "foreign"
    if area == "notices":
        # A notice is theirs who may what it speaks of.
        return "own" if is_dinghai and actor.may(ground.notice_needs) else "foreign"
    if area in _OF_THE_INSTALLATION:
        return "foreign"
    # A person's own: the clerk's.
    return "own" if column == "county_clerk" else "foreign"


def allows(rule: Rule, related: str, actor: Actor) -> bool:
    return any(MATRIX.mark(rule, related, role, actor.office_kind) != "-" for role in actor.roles)


def holds(rule: Rule, actor: Actor) -> bool:
    return MATRIX.needs[rule] <= actor.permissions


def word(ground: Ground, rules: tuple[Rule, ...], area: str, column: str) -> str:
    """What the table says of an act on the ground's row: `open`, `refused` or `hidden`."""
    actor, related = ground.people[column], relation(ground, area, column)
    if any(allows(rule, related, actor) for rule in rules):
        return "open"
    is_known = any(allows(rule, related, actor) for rule in SUBJECTS[area])
    return "refused" if is_known else "hidden"


def browser_of(actor: Actor) -> Client:
    """A browser in which somebody has signed in and chosen their office."""
    client = Client()
    user = User.objects.get(pk=actor.person_id)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    session = client.session
    session["office"] = actor.tenant_id
    session.save()
    return client


# What is sent along, where an empty form would be refused before anybody asks who sends it.
def sent(name: str, ground: Ground) -> dict[str, Any]:
    forms: dict[str, dict[str, Any]] = {
        "round-exchange": {"file": SimpleUploadedFile("plan.json", b"{}")},
        "round-unmasked": {"reason": "x"},
        "round-new": {"name": "x"},
        "round-mode": {"mode": "ring"},
        "emergency-decide": {"verdict": "yes"},
        "emergency-open": {"person": "001"},
        "plan-return": {"words": "x"},
        "publication-withdraw": {"words": "x"},
        "request-object": {"person_0": "x"},
        "import-new": {"kind": "roster", "file": SimpleUploadedFile("a.xlsx", b"x")},
        "ties": {"number": ground.numbers["releases"], "person": "001", "target": "county"}
        | {"office": 9003, "kind": "relative", "severity": "hard", "weight": 1},
        "ties-cannot-come": {"number": ground.numbers["releases"], "person": "001"},
        "round-declared": {"person": "9002:001", "target": "round", "kind": "other"}
        | {"severity": "hard", "weight": 1},
        "round-pins": {"what": "person", "inspector": "dinghai-001", "decision": "out"},
        "round-pin-remove": {"content": json.dumps({"inspector": "dinghai-001", "out": True})},
        "paper-act": {"act": "signed"},
        "finding-comment": {"comment": "x"},
        "report-new": {"unit": f"{ground.numbers['rooms']}:U1"},
        "report-act": {"act": "submitted"},
        "tokens": {"name": "x", "permissions": ["view_notices"], "days": 1},
        "token-revoke-any": {"number": ground.numbers["tokens"]},
        "webhook-hosts": {"entry": "other.example.org"},
        "webhook-again": {"delivery": ground.numbers["messages"]},
    }
    return forms.get(name, {"seen": 1, "team": "T01"} if name.startswith("desk") else {})
