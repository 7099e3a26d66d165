"""Passwords: what is accepted, changing one's own, and replacing a forgotten one by a link.

An administrator never learns or chooses somebody's password: they make a link, and its holder
chooses. The database keeps earlier hashes and links (migration `passwords_that_age`).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from pypinyin import lazy_pinyin

from kernel.clock import now, today
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import as_user
from tenancy.db import ask, refused_as, refused_by
from tenancy.digests import secret_digest
from tenancy.domain import passwords as rules
from tenancy.domain.roles import Permission
from tenancy.errors import (
    NotSignedIn,
    NotToReset,
    OwnReset,
    PasswordNowWrong,
    PasswordTooWeak,
    PasswordUsedBefore,
    ResetOfAdministrator,
    ResetOver,
    SignInRefused,
    TooManyTries,
    UnknownUser,
)
from tenancy.models import PasswordReset, User
from tenancy.services import sessions
from tenancy.services.proofs import prove
from tenancy.services.sign_in import canonical_username, seats_of

RESET_HOURS = 24


class OwnWordsValidator:
    """Not built on the person's name or their office's, in characters or in pinyin.

    One of `settings.AUTH_PASSWORD_VALIDATORS`; Django's own asks the user name.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        if user is not None and rules.word_within(password, _words_of(user)) is not None:
            raise ValidationError(
                _("The password is built on your own name or your office's."), code="own_words"
            )

    def get_help_text(self) -> str:
        return _("Your password must not be built on your own name or your office's.")


@dataclass(frozen=True, slots=True)
class MadeReset:
    """`secret` is shown once, as a part of a link; nobody can read it later."""

    account: User
    secret: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ResetLine:
    """A link as a page shows it: for whom, by whom ("" at the console), and what became of it."""

    link: PasswordReset
    person: str
    made_by: str

    @property
    def is_open(self) -> bool:
        return self.link.ended_at is None and self.link.expires_at > now()


def must_change(user: User) -> bool:
    """Whether this person may do nothing else before they set another password."""
    return rules.must_change(
        user.password_set_at,
        settings.PASSWORD_DAYS,
        now(),
        is_asked_to=user.password_must_change,
    )


def expires_at(user: User) -> datetime | None:
    return rules.expiry_of(user.password_set_at, settings.PASSWORD_DAYS)


@sensitive_variables()
def check_new(password: str, account: User) -> None:
    """Refuse a weak one, and one of the last five."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise PasswordTooWeak(reasons=" ".join(weak.messages)).at("password") from weak
    if account.has_usable_password() and any(
        check_password(password, one) for one in _hashes_of(account)
    ):
        raise PasswordUsedBefore(number=rules.NOT_AGAIN).at("password")


@sensitive_variables()
def change_password(request: HttpRequest, *, password_now: str, password: str) -> None:
    """Set another password of whoever acts, under the one they have.

    Their other sign-ins are over. A wrong one is counted and recorded like one at the door; the
    count has to be kept, so let the refusal undo nothing.
    """
    user = request.user
    if not isinstance(user, User):
        raise NotSignedIn
    try:
        prove(request, password_now)
    except SignInRefused as refusal:
        raise PasswordNowWrong(**refusal.data).at("password_now") from refusal
    except TooManyTries as refusal:
        raise refusal.at("password_now") from refusal
    user.refresh_from_db(fields=["password"])  # Proving may have renewed the hash.
    check_new(password, user)
    changed = ask(
        "SELECT sec.change_password(%s, %s, %s)",
        user.password,
        make_password(password),
        sessions.digest_of(request),
    )
    if not changed:
        raise PasswordNowWrong(**_figures()).at("password_now")
    user.refresh_from_db()
    update_session_auth_hash(request, user)


@transaction.atomic
def make_reset(*, actor: Actor, username: str) -> MadeReset:
    """A link for somebody who forgot theirs; one made before is over. Until it is used, the old
    password lets them in to set another, and to nothing else."""
    actor.must(Permission.SET_SECURITY)
    name = canonical_username(username)
    account = User.objects.filter(username=name).first()
    if account is None:
        raise UnknownUser(username=name).at("username")
    secret = secrets.token_urlsafe(32)
    refusals = {
        "reset_not_for_oneself": OwnReset().at("username"),
        "reset_not_of_an_administrator": ResetOfAdministrator().at("username"),
        "reset_of_a_password_in_use": NotToReset().at("username"),
    }
    with refused_as(refusals):
        until = ask(
            "SELECT sec.make_password_reset(%s, %s, %s)",
            account.pk,
            secret_digest(secret),
            RESET_HOURS,
        )
    audit.record(actor, "tenancy.password_reset.made", account, expires=until)
    return MadeReset(account, secret, until)


@transaction.atomic
def make_reset_at_the_console(username: str) -> MadeReset:
    """The same for anybody, by whoever runs the server, as the schema's owner."""
    name = canonical_username(username)
    account = User.objects.filter(username=name).first()
    if account is None:
        raise UnknownUser(username=name)
    if not account.has_usable_password() or not account.is_open_on(today()):
        raise NotToReset
    secret = secrets.token_urlsafe(32)
    until = now() + timedelta(hours=RESET_HOURS)
    PasswordReset.objects.filter(user=account, ended_at=None).update(ended_at=now())
    PasswordReset.objects.create(user=account, digest=secret_digest(secret), expires_at=until)
    User.objects.filter(pk=account.pk).update(password_must_change=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenancy_auditentry (tenant_id, action, object_type, object_id, data)"
            " VALUES (NULL, 'tenancy.password_reset.made', 'tenancy.user', %s, %s::jsonb)",
            [account.pk, json.dumps({"at": "console"})],
        )
    return MadeReset(account, secret, until)


def account_to_reset(secret: str) -> User:
    """Whose link this is. Strangers ask: what is unknown, used and late is one refusal."""
    number = ask("SELECT sec.password_reset_of(%s)", secret_digest(secret))
    account = User.objects.filter(pk=number).first() if number is not None else None
    if account is None:
        raise ResetOver
    return account


@sensitive_variables("password")
@transaction.atomic
def use_reset(*, secret: str, password: str) -> User:
    """Set another password by a link, which is used up. Every sign-in of the person is over."""
    account = account_to_reset(secret)
    check_new(password, account)
    with refused_by("reset_in_force", ResetOver()):
        ask("SELECT sec.use_password_reset(%s, %s)", secret_digest(secret), make_password(password))
    return account


def resets(actor: Actor) -> list[ResetLine]:
    """The last fifty links, for the security administrator."""
    actor.must(Permission.SET_SECURITY)
    return _lines(True)


def own_resets() -> list[ResetLine]:
    """The last links that were made for whoever asks. Inside their fence, or `as_user`."""
    return _lines(False)


def _lines(of_everybody: bool) -> list[ResetLine]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.password_resets_shown(%s)", [of_everybody])
        columns = [column.name for column in cursor.description]
        links = [PasswordReset(**dict(zip(columns, row, strict=True))) for row in cursor.fetchall()]
    people = {one.user_id for one in links}
    people |= {one.made_by_id for one in links if one.made_by_id is not None}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "display_name"))
    return [ResetLine(one, names[one.user_id], names.get(one.made_by_id or 0, "")) for one in links]


def _hashes_of(account: User) -> Iterator[str]:
    yield account.password
    with as_user(account.pk), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.own_old_passwords()")
        earlier = [row[0] for row in cursor.fetchall()]
    yield from earlier[: rules.NOT_AGAIN - 1]


def _words_of(user: User) -> Iterator[str]:
    yield user.display_name
    yield "".join(lazy_pinyin(user.display_name))
    for seat in seats_of(user.pk) if user.pk is not None else ():
        office = seat.tenant
        yield from (office.name, office.short_name, office.code, office.name_key)
        yield "".join(lazy_pinyin(office.short_name))


def _figures() -> dict[str, int]:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return {"tries": settings.AXES_FAILURE_LIMIT, "minutes": minutes}
