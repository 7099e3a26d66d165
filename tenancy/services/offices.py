"""Making offices, accounts and seats. Run as the schema's owner: no web process may."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from pypinyin import lazy_pinyin

from kernel.clock import now, today
from kernel.text import Text
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.db import refused_as, refused_by
from tenancy.domain.roles import ADMINISTRATORS, ROLE_TITLES, SEATS, Role
from tenancy.domain.sessions import Ending
from tenancy.errors import (
    AdministratorsMadeAlready,
    OfficeCodeTaken,
    OfficeIsClosed,
    PasswordTooWeak,
    SeatDoesNotFit,
    SeatHeldAlready,
    SeatOfAdministratorAlone,
    SecondFactorNotThere,
    UnknownOffice,
    UnknownUser,
    UsernameTaken,
)
from tenancy.models import Membership, Office, RecoveryCode, SecondFactor, SignInSession, User
from tenancy.services.sign_in import canonical_username


@dataclass(frozen=True, slots=True)
class NewAccount:
    """The password is shown once, when it was made here; nobody can read it later."""

    user: User
    made_password: str | None


@transaction.atomic
def create_office(
    *,
    code: str,
    name: str,
    short_name: str,
    kind: Office.Kind,
    parent_code: str | None = None,
    lon: float | None = None,
    lat: float | None = None,
) -> Office:
    """Add an office to the tree, below `parent_code` where it is given."""
    parent = office_of_code(parent_code) if parent_code else None
    with refused_by("tenancy_office_code_key", OfficeCodeTaken(office=code)):
        office = Office.objects.create(
            code=code,
            name=name,
            short_name=short_name,
            kind=kind,
            parent=parent,
            lon=lon,
            lat=lat,
            name_key=" ".join(lazy_pinyin(name)),
        )
    with in_office(office.pk):
        audit.record(_housekeeping(office), "tenancy.office.created", office, code=code)
    return office


@transaction.atomic
def create_user(
    *,
    username: str,
    display_name: str,
    office_code: str,
    role: Role,
    password: str | None = None,
    since_on: date | None = None,
    until_on: date | None = None,
) -> NewAccount:
    """Make an account with its first seat. Without a password, one is made and given back."""
    office = office_of_code(office_code)
    user = User(username=canonical_username(username), display_name=display_name)
    made = None if password is not None else secrets.token_urlsafe(12)
    if password is not None:
        _refuse_weak(password, user)
    user.set_password(password if password is not None else made)
    with refused_by("tenancy_user_username_key", UsernameTaken(username=user.username)):
        user.save()
    _seat(user, office, role, since_on, until_on)
    return NewAccount(user, made)


@transaction.atomic
def give_seat(
    *,
    username: str,
    office_code: str,
    role: Role,
    since_on: date | None = None,
    until_on: date | None = None,
) -> Membership:
    """A further seat for somebody who has an account, here or in another office."""
    user = account_of_name(username)
    return _seat(user, office_of_code(office_code), role, since_on, until_on)


def account_of_name(username: str) -> User:
    user = User.objects.filter(username=canonical_username(username)).first()
    if user is None:
        raise UnknownUser(username=username).at("username")
    return user


def office_of_code(code: str) -> Office:
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise UnknownOffice(office=code)
    return office


def _seat(
    user: User, office: Office, role: Role, since_on: date | None, until_on: date | None
) -> Membership:
    if role not in SEATS[office.kind]:
        raise SeatDoesNotFit(
            office=office.short_name, role=ROLE_TITLES[role], fitting=seats_in_words(office)
        )
    since = since_on or today()
    taken = SeatHeldAlready(username=user.username, since=since.isoformat())
    with in_office(office.pk):
        refusals = {
            "membership_once_per_role_and_day": taken,
            "seat_of_an_administrator_alone": SeatOfAdministratorAlone(),
            "seat_of_an_open_office": OfficeIsClosed(),
        }
        with refused_as(refusals):
            seat = Membership.objects.create(
                tenant=office, user=user, role=role, since_on=since, until_on=until_on
            )
        audit.record(
            _housekeeping(office), "tenancy.seat.given", user, role=role, since=since.isoformat()
        )
    return seat


def _housekeeping(office: Office) -> Actor:
    return Actor(None, "", office.pk, office.short_name, office.kind, frozenset())


def seats_in_words(office: Office) -> Text:
    titles = [ROLE_TITLES[role] for role in Role if role in SEATS[office.kind]]
    return Text(
        zh="、".join(title.zh for title in titles) or "无",
        en=", ".join(title.en for title in titles) or "none",
    )


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise PasswordTooWeak(reasons=" ".join(weak.messages)) from weak


PLATFORM = "platform"


@transaction.atomic
def create_administrators(
    people: Mapping[Role, tuple[str, str]], passwords: Mapping[Role, str] | None = None
) -> list[NewAccount]:
    """The first three administrators and the platform they sit on. Once: later ones are proposed.

    `people` gives each role its user name and name; the three are three accounts.
    """
    if Membership.objects.filter(role__in=ADMINISTRATORS).exists():
        raise AdministratorsMadeAlready
    if not Office.objects.filter(code=PLATFORM).exists():
        create_office(
            code=PLATFORM, name="系统管理", short_name="系统管理", kind=Office.Kind.PLATFORM
        )
    return [
        create_user(
            username=username,
            display_name=name,
            office_code=PLATFORM,
            role=role,
            password=(passwords or {}).get(role),
        )
        for role, (username, name) in people.items()
    ]


@transaction.atomic
def reset_second_factor_of(username: str) -> None:
    """For the last security administrator, by whoever runs the database. Recorded in each office
    where the person has a seat; whose it was reads at the next sign-in that it happened."""
    user = account_of_name(username)
    factor = SecondFactor.objects.filter(pk=user.pk, confirmed_at__isnull=False)
    if not factor.update(secret=b"", confirmed_at=None, last_step=None, reset_at=now()):
        raise SecondFactorNotThere
    RecoveryCode.objects.filter(user=user).delete()
    SignInSession.objects.filter(user=user, ended_at__isnull=True).update(
        ended_at=now(), ended_because=Ending.ENDED_BY_ADMINISTRATOR
    )
    seats = Membership.objects.in_force(today()).filter(user=user).select_related("tenant")
    for office in {seat.tenant for seat in seats}:
        with in_office(office.pk):
            audit.record(_housekeeping(office), "tenancy.second_factor.reset", user)
