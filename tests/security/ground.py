"""Two cities, each with a round that went all the way, and a canary in every field.

| city | counties in its round | a county beside it |
|---|---|---|
| 舟山 (the one of `tests.people`) | 定海, 普陀, 岱山, 嵊泗 | 新城: called on by nobody |
| 明州 | 东岙, 西岙, 南岙 | |

Everything goes through the services, as in the product; only rosters and lists of units are laid
in as an import would leave them. Every table counts from a place of its own, all with the same
number of digits: a number tells which table it is of, and two answers to two numbers have the
same length.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from django.contrib.auth.models import Permission as ModelPermission
from django.db import connection

from kernel.clock import frozen, now
from scheduling.models.declarations import Declaration
from scheduling.models.plans import Plan
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.models.rounds import InspectionRound
from scheduling.services import pinning, rounds, sealing
from scheduling.services.declaring import declare_unavailable
from scheduling.services.emergencies import ask_emergency
from scheduling.services.opening import open_draft
from scheduling.services.round_drafts import uniform_teams
from sharing.domain.evaluations import Deduction, Part
from sharing.domain.letters import LetterKind
from sharing.domain.petitions import Subject, Way, is_traceable
from sharing.models.authorisations import Authorisation, AuthorisationRequest
from sharing.models.contacts import SPEAK, UnitDesk
from sharing.models.dictionary import FindingCategory
from sharing.models.rooms import Room, RoomMember, RoomSeat, RoomUnit
from sharing.models.rules import RuleText
from sharing.services.attaching import take_in
from sharing.services.contacts import name_contact
from sharing.services.dictionary import add_category, begin_with_standard
from sharing.services.document_requests import Asked, ask_for_documents
from sharing.services.evaluating import evaluate
from sharing.services.importing_rules import apply_rules, upload_rules
from sharing.services.interviews import set_strata
from sharing.services.issuing_categories import adopt_categories, issue_categories
from sharing.services.issuing_rules import issue_rule
from sharing.services.joint_cases import open_case
from sharing.services.letters import LetterDraft, act_on_letter, draft_letter, reply_to_letter
from sharing.services.looking_back import plan_look_back
from sharing.services.petitions import PetitionDraft, register_petition
from sharing.services.rectifying import Issue, ItemPlan, assign_from_feedback, hand_in_plan
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.lockout import Tier
from tenancy.domain.roles import SEATS, Role
from tenancy.models import Membership, Office, SignInTally, User
from tenancy.runner import run_job
from tenancy.services.seats import propose_seat
from tenancy.services.tokens import make_token
from tenancy.services.webhooks import allow_host, events_for, make_webhook
from tests.digest_rows import lay_digest
from tests.filing.models import Folder, FolderFile
from tests.import_desk import Desk
from tests.integration.scheduling import way
from tests.integration.scheduling.world import COUNTIES, FIRST_DAY, LAST_DAY, World, acting, unit
from tests.integration.scheduling.world import person as person_of
from tests.people import SEATED_SINCE
from tests.security.canaries import Canaries, Reader
from tests.security.clue_ground import direct_room, lay_clues, lay_hit
from tests.security.ledger_ground import lay_ledgers
from tests.security.package_ground import lay_packages
from tests.security.paper_ground import lay_papers
from tests.security.share_ground import Neighbours, lay_shares
from tests.security.waiting import lay_deadlines
from tests.workbook_files import PEOPLE_HEAD, book, saved

RoleSwitch = Callable[[str], AbstractContextManager[None]]

# Which table a number is of: 100000 + place * 5000.
FIRST_NUMBER, ROOM = 100_000, 5_000
FIRST_PERSON = 840_000
RULES_HEAD = ["法规名称", "发文机关", "文号", "版本", "施行日期", "章节", "条次", "内容"]
HOOKS = "hooks.example.cn"
# Offices keep the numbers of `tests.people`; those added here follow on.
NEW_OFFICES = {
    "xincheng": (9006, "新城县委巡察办", "新城县", "county", 9001),
    "mingzhou": (9011, "明州市委巡察办", "明州市", "city", None),
    "dongao": (9012, "东岙县委巡察办", "东岙县", "county", 9011),
    "xiao": (9013, "西岙县委巡察办", "西岙县", "county", 9011),
    "nanao": (9014, "南岙县委巡察办", "南岙县", "county", 9011),
    "platform": (9020, "系统管理", "系统管理", "platform", None),
}
ELSEWHERE = ("dongao", "xiao", "nanao")
SECONDS = 2
LONG_AFTER = date(2099, 1, 1)
LATER = (date(2026, 11, 9), date(2026, 11, 27))


@dataclass
class Ground:
    canaries: Canaries
    offices: dict[str, Office]
    actors: dict[str, Actor]  # "dinghai/county_director"
    django_as: RoleSwitch
    secrets: dict[str, str] = field(default_factory=dict)  # tokens' secrets, by actor

    @property
    def stranger(self) -> Reader:
        return Reader(None, None, None)

    def reader_in(self, office: int) -> Reader:
        """Anybody of that office."""
        return next(
            self.reader(who) for who, actor in self.actors.items() if actor.tenant_id == office
        )

    def reader(self, name: str) -> Reader:
        actor = self.actors[name]
        office = next(one for one in self.offices.values() if one.pk == actor.tenant_id)
        return Reader(
            office.pk,
            actor.user_id,
            office.parent_id,
            office.pk in self.canaries.called,
            Role.RECUSAL_OFFICER in actor.roles,
            bool(actor.roles & {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}),
            Role.SECURITY_ADMINISTRATOR in actor.roles,
        )


@dataclass
class Town(World):
    """A city of its own: everybody's hands, as the scheduling tests have them for theirs."""

    codes: tuple[str, ...] = COUNTIES
    directors: dict[str, Actor] = field(default_factory=dict)
    canaries: Canaries = field(default_factory=Canaries)

    def director(self, code: str) -> Actor:
        return self.directors[code]

    def settle_marked(self) -> None:
        with self.django_as("worker"):
            for code in self.codes:
                office = self.offices[code]
                with in_office(office.pk):
                    Person.objects.bulk_create(self._person(office, n) for n in range(1, 7))
                    InspectedUnit.objects.bulk_create(self._units(office))

    def _person(self, office: Office, number: int) -> Person:
        def mark(kind: str, what: str) -> str:
            return self.canaries(office.pk, kind, f"person {number} {what}")

        return person_of(
            office,
            number,
            name=f"{office.short_name[:2]}{mark('talent', 'name')}",
            post=mark("talent", "post"),
            rank=mark("facts", "rank"),
            home_unit=mark("facts", "home unit"),
            native_place=f"浙江省{mark('facts', 'native place')}县",
            grew_up_place=f"浙江省{mark('facts', 'grew up')}县",
            career=[
                {
                    "body": mark("facts", "career body"),
                    "post": mark("facts", "career post"),
                    "from": "2010-01",
                    "to": "2015-01",
                }
            ],
            relatives=[
                {
                    "body": mark("facts", "relative's body"),
                    "relation": "spouse",
                    "position": "staff",
                }
            ],
            interests=[{"body": mark("facts", "interest")}],
            absences=[
                {"from": "2026-01-05", "to": "2026-01-06", "reason": mark("facts", "absence")}
            ],
        )

    def _units(self, office: Office) -> list[InspectedUnit]:
        def name(code: str) -> str:
            return f"{office.short_name}{self.canaries(office.pk, 'unit', f'unit {code}')}局"

        return [
            unit(office, "U1", name("U1"), system="education"),
            unit(office, "U2", name("U2"), mandatory=True, skills={"finance": 1}),
            unit(office, "U3", name("U3"), parent_code="U1", inspectable=False, kind="school"),
        ]

    def a_round_in_force(self) -> Plan:
        """Called, released, surveyed, pinned, solved, approved, published; and a draft beside."""
        self.settle_marked()
        round_ = self._round("round 1", FIRST_DAY, LAST_DAY)
        self.call(round_, self.codes)
        for code in self.codes:
            self.release(code)
        self.ask_in_an_emergency(round_.pk)
        self.survey(round_)
        self.declare(round_.pk)
        run = self.solve(round_, seconds=SECONDS)
        plan = self.plan_of(run)
        assert way.propose(self, plan).state == "proposed"
        way.confirm_all(self, self.codes)
        way.approve(self, plan)
        way.publish(self, plan)
        with acting(self.chen):
            open_draft(actor=self.chen, number=plan.pk)
        # A second one, which the counties are called to and have not answered.
        self.call(self._round("round 2", *LATER), self.codes)
        return plan

    def _round(self, what: str, first: date, last: date) -> InspectionRound:
        city = self.chen.tenant_id
        teams = uniform_teams(len(self.codes), size=(3, 4), deputies=(1, 1), max_units=2)
        with acting(self.chen):
            return rounds.create_round(
                actor=self.chen,
                name=self.canaries(city, "round", what),
                starts_on=first,
                ends_on=last,
                mode="ring",
                teams=teams,
            )

    def ask_in_an_emergency(self, round_number: int) -> None:
        office = self.offices[self.codes[0]]
        with acting(self.chen):
            ask_emergency(actor=self.chen, round_number=round_number, office=office.pk, reason="急")

    def declare(self, round_number: int) -> Declaration:
        code = self.codes[0]
        actor = self.director(code)
        with acting(self.chen):
            pinning.pin(
                actor=self.chen,
                number=round_number,
                content={"inspector": f"{self.codes[1]}-006", "out": True},
            )
        with acting(actor):
            return declare_unavailable(actor=actor, number=self.call_to(code).pk, person="006")


def build(django_as: RoleSwitch, folder: Path) -> Ground:
    """As committed rows, in a database of one's own; the caller holds the clock."""
    with django_as("superuser"):
        _space_out_numbers()
        offices = _offices()
        actors = _seats(offices)
        _locks(actors)
    canaries = Canaries(parents={office.pk: office.parent_id for office in offices.values()})
    ground = Ground(canaries, offices, actors, django_as)
    for city, codes in (("zhoushan", COUNTIES), ("mingzhou", ELSEWHERE)):
        canaries.called |= {offices[code].pk for code in codes}
        town = _town(ground, city, codes)
        plan = town.a_round_in_force()
        _unmasked(town, ground, city, plan)
        _emergency(town, ground, plan)
        _dictionaries(ground, city, codes)
        city_office, host = offices[city], offices[codes[0]]
        with django_as("superuser"):
            direct_room(city_office, host, actors)
        lay_clues(city_office, host, actors, canaries)
        for code, role in ((city, Role.CITY_DIRECTOR), (codes[0], Role.COUNTY_DIRECTOR)):
            lay_hit(django_as, actors[f"{code}/{role}"], canaries)
        for code, role in ((city, Role.CITY_DIRECTOR), (codes[0], Role.COUNTY_DIRECTOR)):
            group = actors[f"{code}/{Role.LEADING_GROUP}"]
            lay_packages(actors[f"{code}/{role}"], group, canaries)
        lay_shares(Neighbours(city, codes[0], codes[1], actors, canaries, django_as))
        _teams_at_work(town, ground, city, plan)
        with django_as("superuser"):
            counties = [offices[code].pk for code in codes]
            word = canaries(city_office.pk, "issued", "category of a digest")
            lay_digest(city_office.pk, counties, word=word, name=city_office.name)
        for code in codes:
            _rectification(ground, code)
            lay_ledgers(ground.actors[f"{code}/{Role.COUNTY_DIRECTOR}"], canaries)
    _allow_hooks(actors["platform/system_administrator"])
    for name, actor in actors.items():
        _belongings(ground, name, actor, folder)
    return ground


def _space_out_numbers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seqrelid::regclass::text FROM pg_sequence JOIN pg_class ON oid = seqrelid"
            " WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
        )
        for place, (sequence,) in enumerate(cursor.fetchall()):
            number = FIRST_NUMBER + place * ROOM
            cursor.execute("SELECT setval(%s::regclass, %s)", [sequence, number])


def _offices() -> dict[str, Office]:
    Office.objects.bulk_create(
        Office(
            pk=number,
            code=code,
            name=name,
            short_name=short_name,
            kind=kind,
            parent_id=parent,
            lon=121.5,
            lat=29.8,
            name_key=code,
        )
        for code, (number, name, short_name, kind, parent) in NEW_OFFICES.items()
    )
    return {office.code: office for office in Office.objects.order_by("pk")}


def _seats(offices: dict[str, Office]) -> dict[str, Actor]:
    """One person for every seat that an office of its kind has."""
    made: dict[str, Actor] = {}
    for office in offices.values():
        for role in sorted(SEATS[office.kind]):
            user = User.objects.create(
                pk=FIRST_PERSON + len(made),
                username=f"{office.code}.{role}",
                display_name=f"{office.short_name}{role}",
            )
            Membership.objects.create(
                tenant_id=office.pk, user=user, role=role, since_on=SEATED_SINCE
            )
            made[f"{office.code}/{role}"] = Actor(
                user_id=user.pk,
                name=user.display_name,
                tenant_id=office.pk,
                office_name=office.short_name,
                office_kind=office.kind,
                roles=frozenset({role}),
            )
    return made


def _locks(actors: dict[str, Actor]) -> None:
    """Somebody of two offices has been held up at the door."""
    for name in ("dinghai/county_clerk", "dongao/county_clerk"):
        SignInTally.objects.create(
            key=sha256(name.encode()).digest(),
            tier=Tier.PAIR,
            user_id=actors[name].user_id,
            failures=5,
            held_until=datetime(2099, 1, 1, tzinfo=UTC),
        )


def _town(ground: Ground, city: str, codes: tuple[str, ...]) -> Town:
    actors = ground.actors
    directors = {code: actors[f"{code}/{Role.COUNTY_DIRECTOR}"] for code in codes}
    first, last = codes[0], codes[-1]
    return Town(
        actors[f"{city}/{Role.SCHEDULER}"],
        actors[f"{city}/{Role.CITY_DIRECTOR}"],
        directors[first],
        actors[f"{first}/{Role.COUNTY_CLERK}"],
        directors[last],
        ground.offices,
        ground.django_as,
        codes,
        directors,
        ground.canaries,
    )


def _unmasked(town: Town, ground: Ground, city: str, plan: Plan) -> None:
    song = ground.actors[f"{city}/{Role.RECUSAL_OFFICER}"]
    reason = ground.canaries(song.tenant_id, "own", "reason of a sealed export")
    with acting(song):
        export = sealing.request_unmasked(actor=song, number=plan.round_id, reason=reason)
    assert export.job is not None
    assert town.work(export.job) == "done"


def _teams_at_work(town: Town, ground: Ground, city: str, plan: Plan) -> None:
    """For each county a team that waits for its word, and one at work in both of its rooms."""
    lead = ground.offices[city].pk
    kept: list[tuple[Actor, Room]] = []
    with ground.django_as("superuser"):
        may = ModelPermission.objects.get(codename="handle", content_type__model="room")
        for code in town.codes:
            host = ground.offices[code].pk
            for team in ("waits", "works"):
                name = ground.canaries(host, "handed", f"name of the team that {team}")
                asked = _asked(lead, host, plan, name, team)
            for purpose, office, place in (("papers", host, code), ("direct", lead, city)):
                words = ground.canaries(office, "own", f"words of a {purpose} room for {code}")
                room = Room.objects.create(
                    tenant_id=office, purpose=purpose, lead_id=lead, host_id=host,
                    round_number=plan.round_id, round_name=words, mode="ring", publication=1,
                    team_code="works", team_name=words, request_number=asked.pk,
                    document_number=words, authorised_by=words, opened_by="x", opened_at=now(),
                    starts_on=SEATED_SINCE, until_on=LONG_AFTER,
                )  # fmt: skip
                RoomUnit.objects.create(
                    tenant_id=office, room=room, code="U1", name=words,
                    starts_on=SEATED_SINCE, ends_on=LONG_AFTER,
                )  # fmt: skip
                leader = ground.actors.get(f"{place}/{Role.TEAM_LEADER}")
                RoomSeat.objects.create(
                    tenant_id=office, room=room, origin_id=host, person_number="001", name=words,
                    role="leader", is_local=False, user_id=None if leader is None else leader.user_id,
                )  # fmt: skip
                if leader is not None:
                    RoomMember.objects.create(
                        content_object=room, user_id=leader.person_id, permission=may
                    )
                    kept.append((leader, room))
    for leader, room in kept:
        _kept_in_room(ground, leader, room)


def _kept_in_room(ground: Ground, leader: Actor, room: Room) -> None:
    """A petition in a direct room; strata, a request for documents and papers in one of papers."""

    def mark(what: str) -> str:
        # A register of petitions takes no canary that looks like somebody's number.
        words = ground.canaries(leader.tenant_id, "own", f"{what} of {room.pk}")
        return mark(what) if is_traceable(words) else words

    with acting(leader):
        if room.purpose == "direct":
            draft = PetitionDraft(
                SEATED_SINCE, Way.LETTER, mark("who is petitioned about"), Subject.OTHER,
                mark("gist of a petition"),
            )  # fmt: skip
            register_petition(actor=leader, number=room.pk, draft=draft)
            return
        strata = f"{mark('stratum')} 3"
        set_strata(actor=leader, number=room.pk, unit="U1", strata=strata)
        asked = Asked("U1", mark("documents"), mark("what for"), 3, mark("who took it"))
        ask_for_documents(actor=leader, number=room.pk, asked=asked)
    office = next(one for one in ground.offices.values() if one.pk == leader.tenant_id)
    lay_papers(leader, ground.actors[f"{office.code}/{Role.LEADING_GROUP}"], room, mark)


def _asked(lead: int, host: int, plan: Plan, name: str, team: str) -> AuthorisationRequest:
    asked = AuthorisationRequest.objects.create(
        tenant_id=host, sender_id=lead, publication_id=plan.publications.get().pk, publication=1,
        published_on=SEATED_SINCE, round_number=plan.round_id, round_name=name, mode="ring",
        host_id=host, team_code=team, team_name=name, people=[], units=[],
        starts_on=SEATED_SINCE, until_on=LONG_AFTER, proposed_by_id=0, proposed_by=name,
        proposed_at=now(),
    )  # fmt: skip
    if team == "works":
        Authorisation.objects.create(
            tenant_id=lead, sender_id=host, request_number=asked.pk, round_number=plan.round_id,
            is_granted=True, document_number=name, authorised_by=name, starts_on=SEATED_SINCE,
            until_on=LONG_AFTER, answered_by_id=0, answered_by=name, answered_at=now(),
        )  # fmt: skip
    return asked


def _emergency(town: Town, ground: Ground, plan: Plan) -> None:
    """The city asks to read what its first county keeps, in the round that is in force."""
    county = ground.offices[town.codes[0]].pk
    reason = ground.canaries(county, "emergency", "reason of an emergency")
    ground.canaries.asked_for.add("round 1")
    with acting(town.zhao):
        ask_emergency(actor=town.zhao, round_number=plan.round_id, office=county, reason=reason)


def _dictionaries(ground: Ground, city: str, codes: tuple[str, ...]) -> None:
    """Classes and rules of the city, issued to its counties; of each county its own beside them, and
    who speaks for its first unit."""
    mark, director = ground.canaries, ground.actors[f"{city}/{Role.CITY_DIRECTOR}"]
    _own_dictionaries(director, mark, "issued")
    with acting(director):
        issue_categories(
            actor=director, remark=mark(director.tenant_id, "issued", "remark of an edition")
        )
        [text] = RuleText.objects.filter(tenant_id=director.tenant_id)
        issue_rule(actor=director, number=text.pk)
    for code in codes:
        county = ground.actors[f"{code}/{Role.COUNTY_DIRECTOR}"]
        with acting(county):
            adopt_categories(actor=county)
        _own_dictionaries(county, mark, "own")
        with acting(county):
            desk = UnitDesk.objects.get(tenant_id=county.tenant_id, unit_code="U1")
            liaison = ground.actors[f"{code}/{Role.UNIT_LIAISON}"]
            name_contact(actor=county, number=desk.pk, capacity=SPEAK, person=liaison.person_id)


def _rectification(ground: Ground, code: str) -> None:
    """What was fed back to the county's first unit, its plan, a letter about it, and what stands beside."""
    director = ground.actors[f"{code}/{Role.COUNTY_DIRECTOR}"]
    liaison = ground.actors[f"{code}/{Role.UNIT_LIAISON}"]
    leader = f"leader:{ground.actors[f'{code}/{Role.COUNTY_LEADER}'].user_id}"

    def mark(what: str) -> str:
        return ground.canaries(director.tenant_id, "own", what)

    served = date(2026, 3, 2)
    with acting(director):
        issues = [Issue(mark("issue"), mark("category of an item"))]
        [item] = assign_from_feedback(
            actor=director, unit_code="U1", round_name=mark("round of an item"), served_on=served,
            issues=issues, leader=leader,
        )  # fmt: skip
        plan_look_back(
            actor=director, title=mark("look-back"), population=[mark("village")], count=1
        )
        case = open_case(
            actor=director, title=mark("joint case"), leader=leader,
            departments=mark("departments"), items=[item.pk],
        )  # fmt: skip
        evaluate(
            actor=director, unit_code="U1", round_name=mark("round of a sheet"), false_items=0,
            deductions=[Deduction(Part.TASKS, 5, mark("reason of a deduction"))],
        )  # fmt: skip
        draft = LetterDraft("unit:U1", mark("title of a letter"), mark("text of a letter"))
        letter = draft_letter(
            actor=director, kind=LetterKind.NOTIFICATION, draft=draft, case=case.pk
        )
        for act in ("handed_in", "signed", "sent"):
            act_on_letter(actor=director, number=letter.pk, act=act)
    with acting(liaison):
        plan = ItemPlan(
            mark("goal"), mark("measures"), mark("leader of a unit"), mark("department"),
            date(2026, 4, 1), mark("head of a unit"), served,
        )  # fmt: skip
        hand_in_plan(actor=liaison, number=item.pk, plan=plan)
        act_on_letter(actor=liaison, number=letter.pk, act="received")
        reply_to_letter(actor=liaison, number=letter.pk, text=mark("reply to a letter"))


def _own_dictionaries(actor: Actor, mark: Canaries, kind: str) -> None:
    office = actor.tenant_id
    with acting(actor):
        if kind == "issued":
            begin_with_standard(actor=actor)
        heading = FindingCategory.objects.filter(tenant_id=office, parent=None).earliest("pk")
        add_category(actor=actor, title=mark(office, kind, "class"), heading=heading.pk)
        # One is applied; the other waits, seen by whoever keeps the library.
        for what, kept in ((kind, True), ("own", False)):
            rows = BytesIO()
            book({"规则库": [RULES_HEAD, _rule(mark, office, what, kept)]}).save(rows)
            name = f"{mark(office, 'own', 'file of rules')}.xlsx"
            made = upload_rules(actor=actor, file_name=name, content=[rows.getvalue()])
            if kept:
                apply_rules(actor=actor, number=made.pk)


def _rule(mark: Canaries, office: int, kind: str, kept: bool) -> list[str]:
    def said(what: str) -> str:
        return mark(office, kind, f"{what} of a rule{'' if kept else ' that waits'}")

    return [
        said("title"), said("issuer"), said("number"), said("label"), "2020-01-01",
        said("chapter"), "第一条", said("words"),
    ]  # fmt: skip


def _hand_in(ground: Ground, actor: Actor) -> None:
    """A file on a record that everybody of the office may read, cleaned."""
    name, text = (
        ground.canaries(actor.tenant_id, "own", f"{what} of a file") for what in ("name", "text")
    )
    with acting(actor):
        made = take_in(
            actor=actor,
            link=FolderFile,
            subject=Folder.objects.create(tenant_id=actor.tenant_id).pk,
            file_name=f"{name}.txt",
            content=[text.encode()],
        )
    assert made.job_id is not None
    with ground.django_as("worker"):
        assert run_job(made.job_id) == "done"


def _allow_hooks(administrator: Actor) -> None:
    with acting(administrator):
        allow_host(actor=administrator, entry=HOOKS)


def _belongings(ground: Ground, name: str, actor: Actor, folder: Path) -> None:
    """An import of each office that may make one, a seat proposed and a webhook in each, and
    everybody's token."""
    mark, office = ground.canaries, actor.tenant_id
    if actor.roles <= {Role.COUNTY_CLERK, Role.CITY_DIRECTOR}:
        file = saved(
            book(
                {
                    "人员": [
                        PEOPLE_HEAD,
                        (
                            "A001",
                            f"林{mark(office, 'own', 'imported name')}",
                            None,
                            mark(office, "own", "imported unit"),
                            "财务",
                            "组长库",
                            "浙江省",
                        ),
                        ("A002", mark(office, "own", "faulty row"), "1", "", "没有", "没有", ""),
                    ]
                }
            ),
            folder,
            f"{mark(office, 'own', 'file name')}.xlsx",
        )
        desk = Desk(actor, ground.django_as)
        desk.upload(file)
        _hand_in(ground, actor)
    if actor.roles & {Role.CITY_DIRECTOR, Role.COUNTY_DIRECTOR}:
        reason = mark(office, "seat", "reason of a proposed seat")
        colleague = User.objects.get(username=f"{name.partition('/')[0]}.{Role.TEAM_MEMBER}")
        with acting(actor):
            propose_seat(
                actor=actor,
                office=office,
                person=colleague,
                role=Role.DEPUTY_LEADER,
                reason=reason,
            )
            make_webhook(
                actor=actor,
                name=mark(office, "own", "name of a webhook"),
                address=f"https://{HOOKS}/{mark(office, 'own', 'address of a webhook')}",
                events=[events_for(actor)[0].code],
            )
        lay_deadlines(mark, actor)
    if not actor.permissions:
        return
    # By the real clock: the database's is asked whether a token has run out.
    with frozen(datetime.now(UTC)), acting(actor):
        label = mark(office, "personal", f"token of {name}", actor.user_id)
        made = make_token(actor=actor, name=label, permissions=sorted(actor.permissions), days=1)
        ground.secrets[name] = made.secret
