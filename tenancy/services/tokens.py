"""Tokens: made and revoked by people on their page, shown by programs on every call."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import connection, transaction
from django.http import HttpRequest

from kernel.clock import now
from kernel.errors import DomainError
from tenancy import audit
from tenancy.access import access_own_token, own_tokens
from tenancy.actor import Actor
from tenancy.digests import secret_digest
from tenancy.domain.networks import address_read, network_of
from tenancy.domain.roles import Permission
from tenancy.errors import (
    NetworkNotValid,
    NotAsADeputy,
    TokenLifeOutOfRange,
    TokenPermissionNotHeld,
    TokenRefused,
    TokenShownElsewhere,
    TooManyTokens,
    TooManyTokenTries,
)
from tenancy.models import ApiToken
from tenancy.models.tokens import LONGEST_TOKEN_DAYS
from tenancy.services.lockout import OF_PROGRAMS
from tenancy.services.sign_in import record_refusal, wait_in_line

MOST_NETWORKS = 10  # of one token
MOST_TOKENS = 20  # in force, of one person in one office
_MARK = "xc_"  # so that a scanner of leaked files knows one when it sees it
_SHOWN = len(_MARK) + 6
# Names are in lower case, so this is nobody's: all tokens from one address are counted together.
_COUNTED_AS = OF_PROGRAMS


@dataclass(frozen=True, slots=True)
class NewToken:
    """`secret` is shown once; nobody can read it later."""

    token: ApiToken
    secret: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose a token is, as the database says before there is any context."""

    number: int
    tenant_id: int
    user_id: int
    permissions: frozenset[Permission]
    reads_only: bool
    is_in_force: bool
    is_elsewhere: bool  # it would hold, but not on the network that it was shown from


@transaction.atomic
def make_token(
    *,
    actor: Actor,
    name: str,
    permissions: Collection[Permission],
    days: int,
    reads_only: bool = False,
    networks: Collection[str] = (),
) -> NewToken:
    """Give a program a part of what one may do oneself, for a time."""
    if actor.on_behalf_of is not None:
        raise NotAsADeputy
    if not 1 <= days <= LONGEST_TOKEN_DAYS:
        raise TokenLifeOutOfRange(days=days, most=LONGEST_TOKEN_DAYS)
    if not permissions or not set(permissions) <= actor.permissions:
        raise TokenPermissionNotHeld
    in_force = own_tokens(actor).filter(revoked_at__isnull=True, expires_at__gt=now())
    if in_force.count() >= MOST_TOKENS:
        raise TooManyTokens(most=MOST_TOKENS)
    bound_to = _networks(networks)
    secret = _MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        tenant_id=actor.tenant_id,
        user_id=actor.person_id,
        name=name,
        prefix=secret[:_SHOWN],
        digest=secret_digest(secret),
        permissions=sorted(permissions),
        reads_only=reads_only,
        networks=bound_to,
        created_at=now(),
        expires_at=now() + timedelta(days=days),
    )
    audit.record(
        actor,
        "tenancy.token.made",
        token,
        permissions=token.permissions,
        expires=token.expires_at,
        reads_only=reads_only,
        networks=bound_to,
    )
    return NewToken(token, secret)


@transaction.atomic
def revoke_token(*, actor: Actor, number: int) -> ApiToken:
    """End one's own token from the next call on. Doing it twice does it once."""
    token = access_own_token(actor, number)
    if token.revoked_at is None:
        token.revoked_at = now()
        token.save(update_fields=["revoked_at"])
        audit.record(actor, "tenancy.token.revoked", token)
    return token


def holder_of(shown: str, shown_from: str) -> Holder | None:
    """Whose token this is, also when it is over. Called outside of any transaction.

    It is looked up by its digest: how long that takes tells nothing about the secret.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM sec.holder_of_token(%s, %s::inet)",
            [secret_digest(shown), address_read(shown_from)],
        )
        (number, tenant_id, user_id, stored, *facts) = cursor.fetchone()
    if number is None:
        return None
    permissions = frozenset(known_permissions(json.loads(stored)))
    return Holder(number, tenant_id, user_id, permissions, *facts)


def known_permissions(stored: Iterable[str]) -> list[Permission]:
    """Of a token: one that the product does not know any more is nobody's."""
    codes = {code.value for code in Permission}
    return [Permission(code) for code in stored if code in codes]


def actor_of(holder: Holder) -> Actor | None:
    """The person with the seats of today, within the token. Inside that office's fence."""
    person = Actor.seated(user_id=holder.user_id, tenant_id=holder.tenant_id)
    if person is None:
        return None
    return replace(
        person,
        token_number=holder.number,
        token_permissions=holder.permissions,
        reads_only=holder.reads_only,
    )


def refuse(request: HttpRequest, shown: str, holder: Holder | None) -> DomainError:
    """Count and record a token that is not accepted; the words to answer with.

    After some from one address no more are recorded, or a stranger could make the record as
    long as they like.
    """
    credentials = {"username": _COUNTED_AS}
    with transaction.atomic(durable=True):
        wait_in_line(request, _COUNTED_AS)
        if not AxesProxyHandler.is_allowed(request, credentials):
            return TooManyTokenTries(
                tries=settings.AXES_FAILURE_LIMIT,
                minutes=int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
            )
        user_login_failed.send(sender=__name__, request=request, credentials=credentials)
        owner = None if holder is None else holder.user_id
        is_elsewhere = holder is not None and holder.is_elsewhere
        because = TokenShownElsewhere() if is_elsewhere else TokenRefused()
        record_refusal(request, because, account=owner, token=shown)
    return TokenRefused()


def _networks(texts: Collection[str]) -> list[str]:
    if len(texts) > MOST_NETWORKS:
        raise NetworkNotValid(network=f"> {MOST_NETWORKS}")
    found = set()
    for text in texts:
        try:
            found.add(network_of(text))
        except ValueError as error:
            raise NetworkNotValid(network=text[:60]) from error
    return sorted(found)
