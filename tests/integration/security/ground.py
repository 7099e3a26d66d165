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
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission as ModelPermission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.test import Client

from kernel.clock import frozen
from launcher.psql import Login
from scheduling.domain.notices import KIND_BY_CODE
from scheduling.models.dispatches import ConfirmationRequest, PublishedExtract
from scheduling.models.notices import Notice
from scheduling.models.publications import Publication
from scheduling.models.releases import ReleaseCall
from scheduling.models.rosters import Person
from scheduling.models.runs import SolveRun
from scheduling.services import sealing
from scheduling.services.declaring import declare_unavailable
from scheduling.services.importing import upload_workbook
from sharing.domain.letters import LetterKind
from sharing.models.attachments import Attachment
from sharing.models.authorisations import AuthorisationRequest
from sharing.models.contacts import UnitDesk
from sharing.models.dictionary import FindingCategory
from sharing.models.ledgers import PastProblem
from sharing.models.papers import PaperVersion, WorkingPaper
from sharing.models.past_clues import PastClue
from sharing.models.rectification import Talk
from sharing.models.reports import InspectionReport
from sharing.models.rooms import Room, RoomMember, RoomSeat
from sharing.models.rules import RuleArticle
from sharing.selectors.rules import has_rules
from sharing.services.attaching import take_in
from sharing.services.dictionary import begin_with_standard
from sharing.services.evaluating import evaluate
from sharing.services.importing_rules import apply_rules, upload_rules
from sharing.services.joint_cases import open_case
from sharing.services.letters import LetterDraft, act_on_letter, draft_letter
from sharing.services.looking_back import plan_look_back
from sharing.services.past_clues import confirm_clues, upload_clues
from sharing.services.past_problems import confirm_problems, upload_problems
from sharing.services.rectifying import Issue, assign_from_feedback
from tenancy.actor import Actor
from tenancy.domain.matrix import Rule
from tenancy.domain.roles import MATRIX, SEATS, Permission, Role
from tenancy.models import Membership, Office, User
from tenancy.models.sessions import SignInSession
from tenancy.services import webhooks
from tenancy.services.tokens import make_token
from tests.conftest import log_django_in
from tests.days import working_day_ahead
from tests.deadlines import begun
from tests.digest_rows import lay_digest
from tests.filing.models import Folder, FolderFile
from tests.integration.scheduling import way
from tests.integration.scheduling.world import World, acting
from tests.integration.security.clue_rows import relation_to_clues, rows_of_clues
from tests.integration.security.package_rows import AREAS as PACKAGES
from tests.integration.security.package_rows import rows_of_packages
from tests.integration.security.share_rows import AREAS as SHARES
from tests.integration.security.share_rows import relation_to_shares, rows_of_shares
from tests.ledgers import clue, clue_file, problem, problem_file
from tests.people import SEATED_SINCE, _actor, _office
from tests.teams import UNIT_CODE, _room
from tests.workbook_files import book

BEFORE = datetime(2026, 9, 6, 4, tzinfo=UTC)
PLATFORM = 9090
OFFICES = {"city": "zhoushan", "county": "dinghai", "other": "shengsi"}

# Who is called otherwise than by place and role: the columns of addresses.csv.
RULES_HEAD = ["法规名称", "施行日期", "条次", "内容"]
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
        found |= dictionaries_of(lin)
        found |= ledgers_of(lin)
        with frozen(datetime.now(UTC)):  # the database asks its own clock for the day
            found["deadlines"] = begun(lin, number=lin.person_id).pk
        found |= rectification_of(lin, people["county_county_leader"])
    with acting(wu):
        upload = upload_workbook(actor=wu, kind="roster", file_name="a.xlsx", content=[b"x"])
        file = taken_in(wu)
        found["attachments"] = file.pk
        found["imports"] = upload.upload.pk
        found["jobs"] = upload.upload.job_number or 0
        found["tokens"] = make_token(
            actor=wu, name="x", permissions=[Permission.VIEW_ROSTER], days=1
        ).token.pk
    assert file.job is not None
    assert world.work(file.job) == "done"
    with acting(world.chen):
        run = SolveRun.objects.latest("pk")
    needs = KIND_BY_CODE[notice.kind].permission
    numbers = {
        **found,
        **rows_of_clues(world, people),
        **rows_of_packages(world),
        **rows_of_digests(world),
        "rounds": plan.round_id,
        "plans": plan.pk,
        "publications": made.pk,
        "runs": run.pk,
        "sealed": export.pk,
        "accounts": wu.person_id,
        "offices": wu.tenant_id,
        "sign-ins": sign_in_of_nobody_here(world),
        **team_at_work(world, people, made),
    }
    numbers |= papers_of_dinghai(world, people, numbers["rooms"])
    numbers |= rows_of_shares(world, people, numbers["findings"])
    return Ground(people, numbers, Permission(needs))


def rows_of_digests(world: World) -> dict[str, int]:
    """The city's digest, and Dinghai's copy of it."""
    city, dinghai = world.chen.tenant_id, world.lin.tenant_id
    with world.django_as("superuser"):
        digest, copies = lay_digest(city, [dinghai], word="x")
    return {"digests": copies[dinghai], "digests-made": digest}


def team_at_work(world: World, people: Mapping[str, Actor], made: Publication) -> dict[str, int]:
    """A team that waits to be authorised for Dinghai, and the room there of those who hold its
    seats."""
    city, dinghai = world.chen.tenant_id, world.lin.tenant_id
    with world.django_as("superuser"):
        asked = AuthorisationRequest.objects.create(
            tenant_id=dinghai, sender_id=city, publication_id=made.pk, publication=made.number,
            published_on=BEFORE.date(), round_number=made.round_id, round_name="x", mode="ring",
            host_id=dinghai, team_code="T9", team_name="x", people=[], units=[],
            starts_on=BEFORE.date(), until_on=date(2099, 1, 1), proposed_by_id=0, proposed_by="x",
            proposed_at=BEFORE,
        )  # fmt: skip
        room = _room("papers", "T9", "dinghai", ())
        Room.objects.filter(pk=room.pk).update(request_number=asked.pk)
        may = ModelPermission.objects.get(codename="handle", content_type__model="room")
        for column in TEAM_OF_DINGHAI:
            person, place = people[column], column.removeprefix("county_")
            RoomMember.objects.create(content_object=room, user_id=person.person_id, permission=may)
            RoomSeat.objects.create(
                tenant_id=dinghai, room=room, origin_id=_office("shengsi").pk, person_number=place,
                name=person.name, is_local=False, user_id=person.user_id,
                role={"team_leader": "leader", "deputy_leader": "deputy"}.get(place, "member"),
            )  # fmt: skip
    return {"authorisations": asked.pk, "rooms": room.pk, "my-room": asked.pk}


def rectification_of(lin: Actor, leader: Actor) -> dict[str, int]:
    """A letter that was sent, an item in a joint case, a talk, a sheet and a look-back of Dinghai."""
    desk = UnitDesk.objects.filter(tenant_id=lin.tenant_id).latest("pk")
    code, served = f"leader:{leader.user_id}", date(2026, 9, 1)
    [item] = assign_from_feedback(
        actor=lin, unit_code=desk.unit_code, round_name="x", served_on=served,
        issues=[Issue("x", "y")],
    )  # fmt: skip
    case = open_case(actor=lin, title="x", leader=code, departments="", items=[item.pk])
    draft = LetterDraft(f"unit:{desk.unit_code}", "x", "x")
    letter = draft_letter(actor=lin, kind=LetterKind.NOTIFICATION, draft=draft)
    for act in ("handed_in", "signed", "sent"):
        act_on_letter(actor=lin, number=letter.pk, act=act)
    sheet = evaluate(
        actor=lin, unit_code=desk.unit_code, round_name="x", deductions=[], false_items=0
    )
    back = plan_look_back(actor=lin, title="x", population=["甲", "乙"], count=1)
    return {
        "letters": letter.pk,
        "items": item.pk,
        "joint-cases": case.pk,
        "evaluations": sheet.pk,
        "talks": Talk.objects.filter(tenant_id=lin.tenant_id).latest("pk").pk,
        "look-backs": back.pk,
    }


def dictionaries_of(lin: Actor) -> dict[str, int]:
    """A desk, a class of findings, a text with an article, and an import, all of Dinghai's own."""
    begin_with_standard(actor=lin)
    for _ in range(2):
        rows = book({"规则库": [RULES_HEAD, ["甲规则", "2020-01-01", "第一条", "甲"]]})
        buffer = BytesIO()
        rows.save(buffer)
        made = upload_rules(actor=lin, file_name="a.xlsx", content=[buffer.getvalue()])
        if not has_rules(lin):
            apply_rules(actor=lin, number=made.pk)
    article = RuleArticle.objects.get(tenant_id=lin.tenant_id)
    return {
        "unit-contacts": UnitDesk.objects.filter(tenant_id=lin.tenant_id).latest("pk").pk,
        "categories": FindingCategory.objects.filter(tenant_id=lin.tenant_id).latest("pk").pk,
        "rules": article.edition.text_id,
        "rule-articles": article.pk,
        "rule-imports": made.pk,
    }


def ledgers_of(lin: Actor) -> dict[str, int]:
    """Of each ledger of Dinghai's past one line that was taken in, and a file that waits."""
    file: dict[str, Any] = {"actor": lin, "file_name": "a.xlsx"}
    problems = upload_problems(**file, content=problem_file(problem("甲"))).upload
    clues = upload_clues(**file, content=clue_file(clue("1"))).upload
    confirm_problems(actor=lin, number=problems.pk)
    confirm_clues(actor=lin, number=clues.pk)
    return {
        "past-problems": PastProblem.objects.get(tenant_id=lin.tenant_id).pk,
        "past-clues": PastClue.objects.get(tenant_id=lin.tenant_id).pk,
        "problem-imports": upload_problems(**file, content=problem_file(problem("乙"))).upload.pk,
        "clue-imports": upload_clues(**file, content=clue_file(clue("2"))).upload.pk,
    }


def taken_in(actor: Actor) -> Attachment:
    """A file on a record that everybody of the office may read."""
    folder = Folder.objects.create(tenant_id=actor.tenant_id)
    return take_in(
        actor=actor, link=FolderFile, subject=folder.pk, file_name="a.txt", content=[b"x"]
    )


def papers_of_dinghai(world: World, people: Mapping[str, Actor], room: int) -> dict[str, int]:
    """A finding that was fed back, in its report; the triggers sleep."""
    own = {"tenant_id": people["county_clerk"].tenant_id}
    place = own | {"room_id": room, "unit_code": UNIT_CODE, "unit_name": "某局"}
    with world.django_as("superuser"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
        report = InspectionReport.objects.create(**place, state="served")
        paper = WorkingPaper.objects.create(
            **place,
            report=report,
            finder_id=people["county_team_member"].person_id,
            state="fed_back",
            version=1,
            title="某问题",
        )
        PaperVersion.objects.create(**own, paper=paper, number=1, title="某问题", at=BEFORE)
    return {"papers": paper.pk, "findings": paper.pk, "reports": report.pk}


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

_KEPT_IN_DINGHAI = {
    *("attachments", "deadlines", "releases", "roster", "ties", "imports", "webhooks"),
    *("unit-contacts", "categories", "rules", "rule-articles", "rule-imports"),
    "digests",
    *PACKAGES,
    *("problem-imports", "clue-imports", "past-clues"),
}
_HANDED_TO_DINGHAI = {"requests", "ours", "authorisations"}
_OF_THE_TEAM = {"rooms", "my-room"}
TEAM_OF_DINGHAI = ("county_team_leader", "county_deputy_leader", "county_team_member")
_OF_CLUES = {
    *("clues", "clue-ledger", "hand-over-lists", "informants", "custodians", "interference"),
    "hits",
}
_OF_THE_OFFICE_ALONE = {
    *("letters", "items", "joint-cases", "talks", "evaluations", "look-backs"),
    *("letters", "items", "joint-cases", "talks", "look-backs", "past-problems"),
}
_WRITTEN_IN_DINGHAI = {"papers", "findings", "reports"}
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
        "attachments": "attachment.read",
        "requests": "confirmation_request.read",
        "ours": "extract.read",
        "notices": "notice.read",
        "papers": "paper.read",
        "findings": "report.read|finding.read|spoken_unit.read|supervised_unit.read",
        "reports": "paper.read|report.read|finding.read",
        "tokens": "token.manage",
        "unit-contacts": "unit_contact.read",
        "letters": "letter.read|own_letter.read",
        "items": "rectification_item.read|spoken_unit.read|supervised_unit.read|led_case.read",
        "joint-cases": "rectification_item.read|led_case.read",
        "talks": "rectification_item.read",
        "evaluations": "rectification_item.read",
        "look-backs": "rectification_item.read|look_back.visit",
        "categories": "category.read",
        "rules": "rule.read",
        "rule-articles": "rule.read",
        "rule-imports": "rule.keep",
        "past-problems": "rectification_item.read",
        "problem-imports": "rectification_item.close",
        "past-clues": "office_clue.handle|office_clue.dispose",
        "clue-imports": "office_clue.handle",
        "webhooks": "webhook.manage",
        "deadlines": "deadline.read",
        "jobs": "job.read",
        "accounts": "account.manage",
        "offices": "office.manage",
        "authorisations": "authorisation.read",
        "rooms": "room.work",
        "my-room": "room.work",
        "clues": "team_clue.register",
        "clue-ledger": "office_clue.handle|office_clue.dispose",
        "hand-over-lists": "office_clue.handle|office_clue.dispose",
        "hits": "office_clue.handle|office_clue.dispose",
        "informants": "informant.open",
        "custodians": "custodian.name|custodian.confirm",
        "interference": "interference.report|interference.deal",
        "digests": "digest.read",
        "digests-made": "digest.publish",
        "packages-sent": "package.read",
        "packages-received": "package.read|office_clue.dispose",
        "packages-brought": "package.take_in",
        "package-records": "package.read|office_clue.dispose",
        "package-keys": "package_key.keep|package_key.confirm",
        "shares": "share_grant.read",
        "shared-views": "shared_view.read|share_grant.watch",
        "share-groups": "share_grant.read",
    }.items()
}


def relation(ground: Ground, area: str, column: str) -> str:
    """How the office of that person stands to the ground's row."""
    actor = ground.people[column]
    is_city = actor.tenant_id == ground.people["scheduler"].tenant_id
    is_dinghai = actor.tenant_id == ground.people["county_clerk"].tenant_id
    if area in _OF_CLUES:
        return relation_to_clues(area, column, is_city=is_city, is_dinghai=is_dinghai)
    if area == "digests-made":
        return "own" if is_city else "foreign"
    if area in SHARES:
        return relation_to_shares(area, column, is_dinghai=is_dinghai)
    if area in _OF_THE_ROUND:
        return "led" if is_city else "foreign"
    if area in _HANDED_TO_DINGHAI:
        return "shared" if is_dinghai else "led" if is_city else "foreign"
    if area in _OF_THE_TEAM:
        return "team" if column in TEAM_OF_DINGHAI else "own" if is_dinghai else "foreign"
    if area in _WRITTEN_IN_DINGHAI:
        # Nobody speaks for the unit of the ground, or supervises it.
        reads = actor.may(Permission.VIEW_FINDINGS)
        if column in TEAM_OF_DINGHAI:
            return "team"
        return "own" if is_dinghai and reads else "foreign"
    if area in _KEPT_IN_DINGHAI:
        return "own" if is_dinghai else "foreign"
    if area in _OF_THE_OFFICE_ALONE:
        # A letter to a unit for which nobody speaks, a look-back without a team; the leader has the case.
        leads = area in ("items", "joint-cases") and actor.may(Permission.LEAD_JOINT_CASES)
        reads = actor.may(Permission.VIEW_RECTIFICATION)
        return "own" if is_dinghai and (reads or leads) else "foreign"
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
        "attachment-original": {"reason": "x"},
        "import-new": {"kind": "roster", "file": SimpleUploadedFile("a.xlsx", b"x")},
        "ties": {"number": ground.numbers["releases"], "person": "001", "target": "county"}
        | {"office": 9003, "kind": "relative", "severity": "hard", "weight": 1},
        "ties-cannot-come": {"number": ground.numbers["releases"], "person": "001"},
        "round-declared": {"person": "9002:001", "target": "round", "kind": "other"}
        | {"severity": "hard", "weight": 1},
        "round-pins": {"what": "person", "inspector": "dinghai-001", "decision": "out"},
        "round-pin-remove": {"content": json.dumps({"inspector": "dinghai-001", "out": True})},
        "paper-act": {"act": "signed"},
        "package-key-confirm": {"fingerprint": "x"},
        "package-key-withdraw": {"reason": "x"},
        "package-record-answer": {"kind": "reply", "text": "x"},
        "paper-files": {"line": 1, "file": SimpleUploadedFile("a.txt", b"x")},
        "paper-files-off": {"attachment": ground.numbers["attachments"]},
        "finding-comment": {"comment": "x"},
        "share-refuse": {"reason": "x"},
        "share-take-back": {"reason": "x"},
        "share-narrow": {"reason": "x"},
        "share-destroyed": {"what": "x"},
        "shared-view-note": {"text": "x"},
        "report-new": {"unit": f"{ground.numbers['rooms']}:{UNIT_CODE}"},
        "report-act": {"act": "submitted"},
        "tokens": {"name": "x", "permissions": ["view_notices"], "days": 1},
        "token-revoke-any": {"number": ground.numbers["tokens"]},
        "deadline-pause": {"reason": "x"},
        "deadline-terms": {"seen": 0, "profile": "reg_2017", "soon_days": 5, "steps": [1]},
        "deadline-day-set": {
            "on": working_day_ahead().isoformat(),
            "is_worked": "no",
            "reason": "x",
        },
        "deadline-day-unset": {"on": working_day_ahead().isoformat()},
        "letter-act": {"act": "x"},
        "item-act": {"act": "plan_returned"},
        "letter-reply": {"text": "x"},
        "letter-reply-files": {"file": SimpleUploadedFile("a.txt", b"x")},
        "item-plan": {
            "goal": "x",
            "measures": "x",
            "lead": "x",
            "department": "x",
            "due_on": working_day_ahead().isoformat(),
            "head": "x",
            "head_signed_on": "2026-09-02",
        },
        "item-progress": {"text": "x"},
        "item-claim": {"evidence": "x", "result": "x"},
        "item-claim-files": {"file": SimpleUploadedFile("a.txt", b"x")},
        "item-deadline": {"due_on": working_day_ahead().isoformat(), "reason": "x"},
        "item-outcome": {"kind": "rule_made", "title": "x", "on": "2026-01-01"},
        "look-back-act": {"act": "x"},
        "webhook-hosts": {"entry": "other.example.org"},
        "webhook-again": {"delivery": ground.numbers["messages"]},
    }
    return forms.get(name, {"seen": 1, "team": "T01"} if name.startswith("desk") else {})
