"""The record of what was done."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model
from django.db.transaction import TransactionManagementError

from tenancy.actor import Actor
from tenancy.domain.streams import ACTS

_ACTION = re.compile(r"[a-z_]+\.[a-z_]+\.[a-z_]+")


def record(
    actor: Actor, action: str, obj: Model | None = None, *, stream: int = ACTS, **data: Any
) -> None:
    """Append one line to the record of the actor's office, in the transaction of the act.

    `action` is `app.object.past_participle`; `data` holds numbers and words that explain it, never
    content; a program's act names its token, a deputy's whom they stand in for. Who, for which
    office and when, the database takes from the signed context and its clock. Call it late in the
    transaction: until the commit, nobody else of the office can append to the same stream.
    `stream`: `A_READING` for what was looked at or taken away; which of the reads' streams it goes
    to, the database says.
    """
    if not _ACTION.fullmatch(action):
        raise ValueError(f"{action!r} is not of the form app.object.past_participle.")
    if not connection.in_atomic_block:
        raise TransactionManagementError("An act and its record stand in one transaction.")
    if actor.token_number is not None:
        data["token"] = actor.token_number
    if actor.on_behalf_of is not None:
        data["on_behalf_of"] = actor.on_behalf_of.user_id
    with connection.cursor() as cursor:
        # Not by the model: number, time and hashes are the trigger's, and not ours to name.
        cursor.execute(
            "INSERT INTO tenancy_auditentry (tenant_id, stream, action, object_type, object_id, data) "
            "VALUES (%s, %s, %s, %s, %s, %s::jsonb)",
            [
                actor.tenant_id,
                stream,
                action,
                obj._meta.label_lower if obj is not None else "",
                obj.pk if obj is not None else None,
                json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False),
            ],
        )
