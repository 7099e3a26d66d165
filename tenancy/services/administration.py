"""The system administrator's work: accounts by invitation, and the tree of offices."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from pypinyin import lazy_pinyin

from tenancy import audit
from tenancy.access import access_account, access_office
from tenancy.actor import Actor
from tenancy.db import ask, refused_as, refused_by
from tenancy.digests import secret_digest
from tenancy.domain.roles import Permission
from tenancy.errors import (
    InvitationOver,
    LastAdministrator,
    NotToInvite,
    OfficeCodeTaken,
    OfficeHasChildren,
    OfficeIsClosed,
    OwnAccount,
    SuccessorIsClosed,
    UsernameTaken,
)
from tenancy.models import Office, User
from tenancy.services.passwords import check_new
from tenancy.services.sign_in import canonical_username

INVITATION_HOURS = 72


@dataclass(frozen=True, slots=True)
class Invited:
    """`secret` is shown once, as a part of a link; nobody can read it later."""

    account: User
    secret: str
    expires_at: datetime


@transaction.atomic
def invite_account(
    *, actor: Actor, username: str, display_name: str, expires_on: date | None = None
) -> Invited:
    """Make an account without a password or a seat, and the link by which its person enters."""
    actor.must(Permission.MANAGE_ACCOUNTS)
    name = canonical_username(username)
    with refused_by("tenancy_user_username_key", UsernameTaken(username=name).at("username")):
        number = ask("SELECT sec.make_account(%s, %s, %s)", name, display_name, expires_on)
    account = access_account(actor, number)
    audit.record(actor, "tenancy.user.created", account, expires=expires_on)
    return _invitation(actor, account)


@transaction.atomic
def invite_again(*, actor: Actor, number: int) -> Invited:
    """Another link for somebody who has set no password yet; the one before is over."""
    return _invitation(actor, access_account(actor, number))


@transaction.atomic
def set_account(*, actor: Actor, number: int, is_open: bool, expires_on: date | None) -> User:
    """Close or open somebody else's account, or say when it ends."""
    actor.must(Permission.MANAGE_ACCOUNTS)
    account = access_account(actor, number)
    if (account.is_active, account.expires_on) == (is_open, expires_on):
        return account
    refusals = {
        "account_of_another": OwnAccount(),
        "administrator_not_the_last": LastAdministrator(),
    }
    with refused_as(refusals):
        ask("SELECT sec.set_account(%s, %s, %s)", number, is_open, expires_on)
    audit.record(actor, "tenancy.user.set", account, open=is_open, expires=expires_on)
    account.refresh_from_db()
    return account


def invited_account(secret: str) -> User:
    """Whom this link invites. Strangers ask: what is unknown, used and late is one refusal."""
    number = ask("SELECT sec.invited(%s)", secret_digest(secret))
    account = User.objects.filter(pk=number).first() if number is not None else None
    if account is None:
        raise InvitationOver
    return account


@transaction.atomic
def accept_invitation(*, secret: str, password: str) -> User:
    """Set the first password of one's account. The link is used up."""
    account = invited_account(secret)
    check_new(password, account)
    with refused_by("invitation_in_force", InvitationOver()):
        ask("SELECT sec.accept_invitation(%s, %s)", secret_digest(secret), make_password(password))
    return account


@transaction.atomic
def add_office(
    *, actor: Actor, code: str, name: str, short_name: str, kind: Office.Kind, parent: int | None
) -> Office:
    """A new office of the tree; its seats are proposed afterwards."""
    actor.must(Permission.MANAGE_OFFICES)
    refusals = {
        "tenancy_office_code_key": OfficeCodeTaken(office=code).at("code"),
        "office_under_an_open_office": OfficeIsClosed().at("parent"),
    }
    with refused_as(refusals):
        number = ask(
            "SELECT sec.make_office(%s, %s, %s, %s, %s::bigint, %s)",
            code, name, short_name, kind, parent, _sound(name),
        )  # fmt: skip
    office = access_office(actor, number)
    audit.record(actor, "tenancy.office.created", office, code=code)
    return office


@transaction.atomic
def rename_office(*, actor: Actor, number: int, name: str, short_name: str) -> Office:
    actor.must(Permission.MANAGE_OFFICES)
    office = access_office(actor, number)
    before = office.name
    with refused_by("office_is_open", OfficeIsClosed()):
        ask("SELECT sec.rename_office(%s, %s, %s, %s)", number, name, short_name, _sound(name))
    audit.record(actor, "tenancy.office.renamed", office, before=before, after=name)
    office.refresh_from_db()
    return office


@transaction.atomic
def abolish_office(*, actor: Actor, number: int, successor: int | None) -> int:
    """Close an office for good: its seats end today, its rows stay behind its own fence.

    With a successor it was merged. How many seats ended.
    """
    actor.must(Permission.MANAGE_OFFICES)
    office = access_office(actor, number)
    refusals = {
        "office_is_open": OfficeIsClosed(),
        "office_without_open_children": OfficeHasChildren(),
        "office_successor_is_open": SuccessorIsClosed(),
    }
    with refused_as(refusals):
        ended = ask("SELECT sec.close_office(%s, %s::bigint)", number, successor)
    audit.record(actor, "tenancy.office.abolished", office, successor=successor, seats=ended)
    return int(ended)


def _invitation(actor: Actor, account: User) -> Invited:
    secret = secrets.token_urlsafe(32)
    with refused_by("invitation_of_a_new_account", NotToInvite()):
        until = ask(
            "SELECT sec.invite(%s, %s, %s)", account.pk, secret_digest(secret), INVITATION_HOURS
        )
    audit.record(actor, "tenancy.invitation.made", account, expires=until)
    return Invited(account, secret, until)


def _sound(name: str) -> str:
    return " ".join(lazy_pinyin(name))
