"""Every address of the URL conf, with a word on whose rows its numbers are.

A new address is fuzzed from the day it exists. One with a number of a kind that is not in
`NUMBERS`, or with another kind of place in it than `PLACES` knows, fails the build and is named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.expressions import RawSQL
from django.urls import URLPattern, URLResolver, get_resolver

from scheduling.models.declarations import Declaration
from scheduling.models.dispatches import ConfirmationRequest, PublishedExtract
from scheduling.models.emergencies import EmergencyAccess
from scheduling.models.imports import Import, ImportRow
from scheduling.models.notices import Notice
from scheduling.models.pins import RoundPin
from scheduling.models.plans import Plan
from scheduling.models.publications import Publication
from scheduling.models.releases import ReleaseCall
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import SolveRun
from scheduling.models.sealed import SealedExport
from sharing.models.attachments import Attachment
from sharing.models.authorisations import AuthorisationRequest
from sharing.models.clues import Clue
from sharing.models.contacts import UnitDesk
from sharing.models.corroboration import ClueParty, HitNotice
from sharing.models.deadlines import Deadline
from sharing.models.dictionary import FindingCategory
from sharing.models.digests import Digest, DigestCopy
from sharing.models.document_requests import DocumentRequest
from sharing.models.hand_over import HandOverList
from sharing.models.informants import Informant, InformantCustodian
from sharing.models.interference import InterferenceEntry
from sharing.models.ledgers import PastProblem, ProblemImport
from sharing.models.letters import Letter
from sharing.models.look_backs import LookBack
from sharing.models.office_clues import OfficeClue
from sharing.models.packages import (
    BroughtPackage,
    PartnerKey,
    ReceivedPackage,
    ReceivedRecord,
    SentPackage,
)
from sharing.models.papers import WorkingPaper
from sharing.models.past_clues import ClueImport, PastClue
from sharing.models.rectification import Evaluation, JointCase, RectificationItem, Talk
from sharing.models.reports import InspectionReport
from sharing.models.rooms import Room
from sharing.models.rules import RuleArticle, RuleEdition, RuleImport, RuleText
from sharing.models.share_grants import ShareGrant, ShownView
from sharing.models.share_groups import ShareGroup
from tenancy.models import (
    ApiToken,
    Job,
    Membership,
    Office,
    SeatChange,
    SignInSession,
    SignInTally,
    User,
    Webhook,
)

# First part of an address → the table that its number is of. A table without a column
# `tenant_id` belongs to nobody: its numbers are sent as they come, and compared with nothing.
NUMBERS: Mapping[str, type[models.Model]] = {
    "accounts": User,
    "authorisations": AuthorisationRequest,
    "categories": FindingCategory,
    "clue-ledger": OfficeClue,
    "clues": Clue,
    "attachments": Attachment,
    "confirmation-requests": ConfirmationRequest,
    "custodians": InformantCustodian,
    "hits": HitNotice,
    "deadlines": Deadline,
    "digests": DigestCopy,
    "digests-made": Digest,
    "declarations": Declaration,
    "deputies": Membership,
    "emergency": EmergencyAccess,
    "evaluations": Evaluation,
    "hand-over-lists": HandOverList,
    "findings": WorkingPaper,
    "imports": Import,
    "informants": Informant,
    "interference": InterferenceEntry,
    "items": RectificationItem,
    "joint-cases": JointCase,
    "jobs": Job,
    "letters": Letter,
    "locks": SignInTally,
    "my-room": AuthorisationRequest,
    "look-backs": LookBack,
    "notices": Notice,
    "offices": Office,
    "ours": PublishedExtract,
    "package-keys": PartnerKey,
    "package-records": ReceivedRecord,
    "packages-brought": BroughtPackage,
    "packages-received": ReceivedPackage,
    "packages-sent": SentPackage,
    "papers": WorkingPaper,
    "people": Person,
    "plans": Plan,
    "publications": Publication,
    "release-calls": ReleaseCall,
    "releases": ReleaseCall,
    "reports": InspectionReport,
    "requests": ConfirmationRequest,
    "roster": Person,
    "rooms": Room,
    "rounds": InspectionRound,
    "rule-articles": RuleArticle,
    "clue-imports": ClueImport,
    "past-clues": PastClue,
    "past-problems": PastProblem,
    "problem-imports": ProblemImport,
    "rule-imports": RuleImport,
    "rules": RuleText,
    "runs": SolveRun,
    "seat-changes": SeatChange,
    "seats": Membership,
    "sealed": SealedExport,
    "second-factors": User,
    "share-groups": ShareGroup,
    "shared-views": ShownView,
    "shares": ShareGrant,
    "sealed-exports": SealedExport,
    "sign-ins": SignInSession,
    "talks": Talk,
    "ties": Declaration,
    "tokens": ApiToken,
    "unit-contacts": UnitDesk,
    "webhooks": Webhook,
}
# Rows that only bodies and forms name.
NUMBERS_IN_BODIES: Mapping[str, type[models.Model]] = {
    "clue-parties": ClueParty,
    "document-requests": DocumentRequest,
    "import-rows": ImportRow,
    "pins": RoundPin,
    "rooms-of-teams": Room,
    "rule-editions": RuleEdition,
    "units": InspectedUnit,
}
# Rows of one person in an office: a colleague is as foreign as another office.
PERSONAL: Mapping[type[models.Model], str] = {
    ApiToken: "user_id",
    Job: "created_by_id",
    SignInSession: "user_id",
}
# Rows of one office that others are told of: by which columns.
BESIDE: Mapping[type[models.Model], tuple[str, ...]] = {ShareGrant: ("receiver_id", "watcher_id")}
# Of the installation: whose they are is told by a seat, and administrators deal with everybody's.
INSTALLATION_S: Mapping[type[models.Model], str] = {
    ApiToken: "tenant_id",
    EmergencyAccess: "tenant_id",
    Membership: "tenant_id",
    Office: "pk",
    SignInSession: "user__memberships__tenant_id",
    SignInTally: "user__memberships__tenant_id",
    User: "memberships__tenant_id",
}
# Rows that every database of the tests has count from 1: no number to know anything by.
FIRST_KNOWN = 1000
# Numbers that nobody can guess are drawn, and as long as this at least; the others are counted.
DRAWN_FROM = 10**12
NUMBER = "<int:number>"
PLACES = {
    "<slug:kind>": "roster",
    "<str:secret>": "nobody-was-invited-by-this",
    "<period:period>": "2025-Q1",
}
# What signs somebody out or in, and would end the fuzz of whoever calls it.
DOORS = {"/sign-in/", "/sign-out/", "/office/"}


@dataclass(frozen=True, slots=True)
class Address:
    pattern: str  # with a leading slash
    name: str

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("/api/")

    @property
    def area(self) -> str:
        return self.pattern.removeprefix("/api/v1").split("/")[1]

    @property
    def is_numbered(self) -> bool:
        return NUMBER in self.pattern

    def path(self, number: int | None = None) -> str:
        return self.filled.replace(NUMBER, str(number))

    @property
    def filled(self) -> str:
        """With all places but the number's filled in."""
        path = self.pattern
        for place, filled in PLACES.items():
            path = path.replace(place, filled)
        return path


def addresses() -> list[Address]:
    found = (Address("/" + pattern, name) for pattern, name in _walk(get_resolver().url_patterns))
    return [one for one in found if one.pattern not in DOORS]


def unknown(address: Address) -> list[str]:
    """What keeps an address from being called, in words that name it."""
    places = re.findall(r"<[^>]*>", address.pattern)
    faults = [
        f"{address.pattern}: {place} is no place that tests/security/addresses.py can fill in."
        for place in places
        if place != NUMBER and place not in PLACES
    ]
    if address.is_numbered and address.area not in NUMBERS:
        faults.append(
            f"{address.pattern}: say in tests/security/addresses.py (NUMBERS) whose rows"
            f" the numbers of /{address.area}/ are."
        )
    return faults


def _walk(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    for one in patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, pattern)
        elif isinstance(one, URLPattern):
            yield pattern, one.name or ""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    tenant: int | None
    sender: int | None
    person: int | None
    is_installation_s: bool = False
    beside: frozenset[int] = frozenset()  # offices that are told of it


def rows_by_table() -> Mapping[type[models.Model], list[Row]]:
    """A few rows of each table that an address can name, of every owner. Past the fence."""
    found: dict[type[models.Model], list[Row]] = {}
    tables: set[type[models.Model]] = {*NUMBERS.values(), *NUMBERS_IN_BODIES.values()}
    for model in sorted(tables, key=lambda one: one._meta.label):
        by_owner: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for row in _rows_of(model):
            of_owner = by_owner[row.tenant, row.sender, row.person]
            if len(of_owner) < 3:
                of_owner.append(row)
        found[model] = [row for rows in by_owner.values() for row in rows]
    return found


def _rows_of(model: type[models.Model]) -> Iterator[Row]:
    columns = {field.column for field in model._meta.concrete_fields}
    owner = INSTALLATION_S.get(model, "tenant_id")
    person = PERSONAL.get(model, "")
    told = [owner] if owner in columns or model in INSTALLATION_S else []
    told += [one for one in ("sender_id", person) if one in columns]
    beside = BESIDE.get(model, ())
    # The newest first; of numbers drawn at random that is where the row lies. By such numbers
    # themselves the deck would be another one at each run.
    key, lies_at = F("pk"), RawSQL(f'"{model._meta.db_table}".ctid', ())
    counted = Case(When(pk__lt=DRAWN_FROM, then=key), default=Value(DRAWN_FROM))
    rows = model._default_manager.filter(pk__gte=FIRST_KNOWN)
    rows = rows.order_by(counted.desc(), lies_at.desc())
    for line in rows.values("id", *told, *beside):
        yield Row(
            line["id"],
            line.get(owner),
            line.get("sender_id"),
            line.get(person or "-"),
            model in INSTALLATION_S,
            frozenset(line[one] for one in beside if line[one]),
        )
