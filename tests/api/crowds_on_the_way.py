"""Crowds of what happens to a plan on its way, and around it.

The database would ask each row for its reasons (an approved plan, a request that stands): the
triggers sleep, since only the paging is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from kernel.clock import now
from scheduling.models.declarations import Declaration
from scheduling.models.dispatches import ConfirmationRequest, PublishedExtract
from scheduling.models.notices import Notice
from scheduling.models.pins import RoundPin
from scheduling.models.publications import Publication
from scheduling.models.releases import ReleaseCall
from scheduling.models.rosters import Person
from scheduling.models.sealed import SealedExport
from tenancy.models import Office
from tests.api.crowd_ground import CITY, COUNTY, FIRST, Crowd, the_round
from tests.integration.scheduling.world import person

HANDED: Mapping[str, Any] = {"tenant_id": COUNTY, "sender_id": CITY}


def asleep(crowd: Crowd) -> Crowd:
    @wraps(crowd)
    def put(count: int) -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = 'replica'")
            return crowd(count)

    return put


def many(model: type[Model], count: int, row: Callable[[int], Mapping[str, Any]]) -> None:
    """Rows that are numbered on from those that are there."""
    there = model._default_manager.count()
    model._default_manager.bulk_create(model(**row(there + n)) for n in range(1, count + 1))


@asleep
def publications(count: int) -> str:
    round_ = the_round()
    many(
        Publication,
        count,
        lambda n: {
            "tenant_id": CITY,
            "round": round_,
            "plan_id": n,
            "number": n,
            "document": "{}",
            "published_at": now(),
            "ended_at": now(),
            "ending": "superseded",
        },
    )
    return f"/publications?round={round_.pk}"


@asleep
def requests(count: int) -> str:
    asked = {"number": "001", "name": "甲", "role": "member", "from": "2027-03-01",
             "to": "2027-03-05"}  # fmt: skip
    many(
        ConfirmationRequest,
        count,
        lambda n: {
            **HANDED,
            "round_id": n,
            "plan_id": n,
            "revision": 1,
            "round_name": f"轮次{n}",
            "people": [asked],
            "asked_at": now(),
        },
    )
    return "/confirmation-requests"


@asleep
def extracts(count: int) -> str:
    many(
        PublishedExtract,
        count,
        lambda n: {
            **HANDED,
            "round_id": n,
            "round_name": f"轮次{n}",
            "starts_on": FIRST + timedelta(days=n // 3),
            "ends_on": FIRST + timedelta(days=n // 3 + 20),
            "number": 1,
            "kind": "published",
            "document": {"going_out": [], "coming_in": []},
            "sent_at": now(),
        },
    )
    return "/ours"


@asleep
def notices(count: int) -> str:
    many(
        Notice,
        count,
        lambda n: {
            **HANDED,
            "kind": "call_received",
            "about": {"round": f"轮次{n}"},
            "link": "call",
            "number": n,
            "at": now(),
        },
    )
    return "/notices"


@asleep
def declarations(count: int) -> str:
    _declared(count)
    return "/declarations"


@asleep
def round_declarations(count: int) -> str:
    return f"/rounds/{_declared(count)}/declarations"


def _declared(count: int) -> int:
    round_ = the_round()
    many(
        Declaration,
        count,
        lambda n: {
            "tenant_id": CITY,
            "sender_id": COUNTY,
            "round": round_,
            "person_office_id": COUNTY,
            "person_number": f"{n:03d}",
            "target": "unit",
            "target_office_id": CITY,
            "target_code": f"U{n}",
            "kind": "relative",
            "severity": "hard",
            "declared_at": now(),
        },
    )
    return round_.pk


@asleep
def declarable_calls(count: int) -> str:
    at = now()
    many(
        ReleaseCall,
        count,
        lambda n: {
            **HANDED,
            "round_id": n,
            "name": f"轮次{n}",
            "starts_on": FIRST,
            "ends_on": FIRST + timedelta(days=20),
            "mode": "ring",
            "teams": 1,
            "people_needed": 1,
            "asks_for_units": True,
            "called_at": at + timedelta(seconds=n // 3),
        },
    )
    return "/declarable-calls"


@asleep
def declarable_people(count: int) -> str:
    there = Person.objects.count()
    office = Office.objects.get(pk=COUNTY)
    Person.objects.bulk_create(person(office, there + n) for n in range(1, count + 1))
    return "/declarable-people"


@asleep
def pins(count: int) -> str:
    round_ = the_round()
    many(
        RoundPin,
        count,
        lambda n: {
            "tenant_id": CITY,
            "round": round_,
            "content": {"inspector": f"dinghai-{n}", "out": True},
            "key": str(n),
            "set_by": "陈砚秋",
            "set_at": now(),
        },
    )
    return f"/rounds/{round_.pk}/pins"


@asleep
def sealed_exports(count: int) -> str:
    round_ = the_round()
    many(
        SealedExport,
        count,
        lambda n: {
            "tenant_id": CITY,
            "round": round_,
            "reason": "核对",
            "requested_by_id": 9007,
            "requested_by": "宋怀瑾",
            "requested_at": now(),
        },
    )
    return f"/rounds/{round_.pk}/sealed-exports"


ON_THE_WAY: dict[str, tuple[str, Crowd]] = {
    "list_publications": ("zhao", publications),
    "list_confirmation_requests": ("lin", requests),
    "list_ours": ("lin", extracts),
    "list_notices": ("lin", notices),
    "list_declarations": ("lin", declarations),
    "list_round_declarations": ("chen", round_declarations),
    "list_declarable_calls": ("lin", declarable_calls),
    "list_declarable_people": ("lin", declarable_people),
    "list_pins": ("chen", pins),
    "list_sealed_exports": ("song", sealed_exports),
}
