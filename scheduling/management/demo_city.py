"""The first half of `load_demo`: offices, accounts, and the workbooks through the real import.

Every step may be repeated: what is there stays. Runs as the schema's owner, who alone writes
the directory of offices; the imports are read and applied by whatever worker is running.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from kernel.clock import today
from scheduling.models.imports import Import
from scheduling.services.importing import apply_import, upload_workbook
from scheduling.workbooks.lookalike import sound_key
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Permission, Role
from tenancy.errors import AdministratorsMadeAlready
from tenancy.models import Membership, Office, SecurityPolicy, User
from tenancy.services.offices import PLATFORM, create_administrators

DEMO = Path(settings.BASE_DIR) / "demo"
LOCATIONS = {  # lon, lat; schematic
    "zhoushan": (122.21, 29.99),
    "dinghai": (122.11, 30.02),
    "putuo": (122.32, 29.97),
    "daishan": (122.23, 30.26),
    "shengsi": (122.45, 30.73),
}
WAIT_S = 120  # for one import; the demo's take about two seconds each
LOOK_EVERY_S = 0.3

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoCity:
    """Offices by code, and for each somebody who may import and release."""

    offices: dict[str, Office]
    directors: dict[str, Actor]
    scheduler: Actor


def load_accounts() -> dict[str, Office]:
    """The offices, by code, and everybody on the card. What is there stays as it is."""
    plan = json.loads((DEMO / "show_round.json").read_text(encoding="utf-8"))
    accounts = json.loads((DEMO / "card.json").read_text(encoding="utf-8"))["accounts"]
    offices = make_offices(plan["offices"])
    sign_in_by_password_alone()
    seat_administrators([one for one in accounts if one["office_code"] == PLATFORM])
    for account in (one for one in accounts if one["office_code"] != PLATFORM):
        make_account(account, offices[account["office_code"]])
    return offices


def load_city(say: Say) -> DemoCity:
    """Offices, accounts, rosters and lists of units of the whole demo city."""
    offices = load_accounts()
    directors = {
        code: actor
        for code, office in offices.items()
        for actor in seated(office)
        if actor.may(Permission.RELEASE_PEOPLE)
    }
    [scheduler] = [
        actor for actor in seated(offices["zhoushan"]) if actor.may(Permission.EDIT_ROUND)
    ]
    for code, director in directors.items():
        name = offices[code].short_name
        for kind, file in (("roster", "人员名册"), ("units", "被巡察单位名录")):
            counts = import_workbook(director, kind, DEMO / "workbooks" / f"{name}-{file}.xlsx")
            say(f"      {name} {file}: {counts}")
    return DemoCity(offices, directors, scheduler)


def make_offices(wanted: list[dict[str, str]]) -> dict[str, Office]:
    """The city first: the counties hang under it."""
    made: dict[str, Office] = {}
    with transaction.atomic():
        for entry in sorted(wanted, key=lambda entry: entry["code"] != "zhoushan"):
            code, name = entry["code"], entry["name"]
            lon, lat = LOCATIONS[code]
            is_city = code == "zhoushan"
            made[code], _ = Office.objects.get_or_create(
                code=code,
                defaults={
                    "name": f"{name}委巡察工作领导小组办公室",
                    "short_name": name,
                    "kind": Office.Kind.CITY if is_city else Office.Kind.COUNTY,
                    "parent": None if is_city else made["zhoushan"],
                    "lon": lon,
                    "lat": lat,
                    "name_key": sound_key(name),
                },
            )
    return made


def sign_in_by_password_alone() -> None:
    """The demo's accounts stand with their passwords on a card: a second factor would protect
    nothing, and keep out whoever looks at the demo. Only before the city is there: what its
    security administrator says afterwards stays."""
    if not Office.objects.filter(code=PLATFORM).exists():
        SecurityPolicy.objects.update(factor_roles=[])


def seat_administrators(accounts: list[dict[str, Any]]) -> None:
    """As `create_administrators` does, with the card's passwords."""
    roles = {Role(account["roles"][0]): account for account in accounts}
    with suppress(AdministratorsMadeAlready):
        create_administrators(
            {role: (one["username"], one["name"]) for role, one in roles.items()},
            {role: one["password"] for role, one in roles.items()},
        )


def make_account(account: dict[str, Any], office: Office) -> User:
    """A fictional account with its seats. An account that is there keeps its password."""
    with in_office(office.pk):
        user, is_new = User.objects.get_or_create(
            username=account["username"], defaults={"display_name": account["name"]}
        )
        if is_new:
            user.set_password(account["password"])
            user.save(update_fields=["password"])
        for role in account["roles"]:
            Membership.objects.get_or_create(
                tenant=office, user=user, role=role, defaults={"since_on": today()}
            )
    return user


def import_workbook(actor: Actor, kind: str, path: Path) -> str:
    """Upload, wait for the dry run, apply, wait. As a clerk would, without the looking."""
    with in_office(actor.tenant_id, actor.user_id), path.open("rb") as file:
        pieces = iter(lambda: file.read(65536), b"")
        done = upload_workbook(actor=actor, kind=kind, file_name=path.name, content=pieces)
    upload = _settled(actor, done.upload.pk, path)
    news = upload.counts.get("add", 0) + upload.counts.get("change", 0)
    if upload.state == Import.State.DRY_RUN and news:
        with in_office(actor.tenant_id, actor.user_id):
            apply_import(actor=actor, number=upload.pk)
        upload = _settled(actor, upload.pk, path)
    return ", ".join(f"{upload.counts[key]} {key}" for key in ("add", "change", "same", "error"))


def _settled(actor: Actor, number: int, path: Path) -> Import:
    """The import when no worker has anything left to do on it."""
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        with in_office(actor.tenant_id, actor.user_id):
            upload = Import.objects.get(tenant_id=actor.tenant_id, pk=number)
        if upload.state in (Import.State.REFUSED, Import.State.FAILED):
            raise CommandError(f"{path.name}: {upload.state}. {upload.refusal or ''}")
        if not upload.is_at_work:
            return upload
        time.sleep(LOOK_EVERY_S)
    raise CommandError(
        f"{path.name} was not read within {WAIT_S} s. Is a worker running for the queue “jobs”?"
    )


def actor_who_may(office: Office, permission: Permission) -> Actor:
    """Somebody seated in the office who holds the permission."""
    return next(actor for actor in seated(office) if actor.may(permission))


def seated(office: Office) -> Iterator[Actor]:
    """Everybody with a seat in an office."""
    with in_office(office.pk):
        seats = Membership.objects.in_force(today()).filter(tenant=office)
        users = sorted(set(seats.values_list("user_id", flat=True)))
        actors = [Actor.seated(user_id=user, tenant_id=office.pk) for user in users]
    return (actor for actor in actors if actor is not None)
