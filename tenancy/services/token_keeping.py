"""Tokens of everybody: owners are reminded, the security administrator finds one and revokes it.

Nobody sees by this what a token is for or what it may: its beginning, its owner and its days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from kernel.clock import CHINA
from kernel.errors import NotVisible
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Permission
from tenancy.models import ApiToken, Office, User
from tenancy.telling import tell

REMIND_DAYS = 14
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Found:
    number: int
    person: str
    office: str
    prefix: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@transaction.atomic
def remind_owners() -> int:
    """Tell each owner, once, of a token that is near its end. By the worker, of all offices: what
    is marked as told and the notice stand or fall together. How many they were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tenant_id, user_id, prefix, expires_at FROM sec.remind_of_tokens(%s, %s)",
            [REMIND_DAYS, MOST_AT_ONCE],
        )
        due = cursor.fetchall()
    for tenant_id, user_id, prefix, expires_at in due:
        day = expires_at.astimezone(CHINA).date().isoformat()
        actor = Actor.for_job(tenant_id, None)
        with in_office(tenant_id):
            tell(actor, "token_expiring", None, person=user_id, prefix=prefix, day=day)
    return len(due)


@transaction.atomic
def tokens_of_everybody(*, actor: Actor, begins: str = "", owner: str = "") -> list[Found]:
    """Those that hold first, the newest first; 500 at the most. Looking is an act on record."""
    actor.must(Permission.SET_SECURITY)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, tenant_id, user_id, prefix, created_at, expires_at, last_used_at,"
            " revoked_at FROM sec.tokens_shown(%s, %s)",
            [begins, owner],
        )
        lines = cursor.fetchall()
    offices = dict(Office.objects.values_list("pk", "short_name"))
    people = dict(
        User.objects.filter(pk__in={line[2] for line in lines}).values_list("pk", "display_name")
    )
    audit.record(actor, "tenancy.token.searched", lines=len(lines))
    return [
        Found(number, people[user_id], offices[tenant_id], *facts)
        for (number, tenant_id, user_id, *facts) in lines
    ]


@transaction.atomic
def revoke_for_owner(*, actor: Actor, number: int) -> None:
    """End a token of whoever it is from the next call on. Twice is once."""
    actor.must(Permission.SET_SECURITY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_id, user_id, is_new FROM sec.revoke_token(%s)", [number])
        found = cursor.fetchone()
    if found is None:
        raise NotVisible(what="token", number=number)
    (tenant_id, user_id, is_new) = found
    if is_new:
        told = {"office": tenant_id, "owner": user_id}
        audit.record(actor, "tenancy.token.revoked", ApiToken(pk=number), **told)
