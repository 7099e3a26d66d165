"""A request that ended, asked for once more: the form begins with its terms, to be changed before it is sent."""

from __future__ import annotations

from typing import Any

from kernel.clock import today
from portal.share_forms import ONE_DAY, OTHER_DAY
from sharing.selectors.share_lists import ShareLine
from sharing.selectors.shares import request_to_repeat
from tenancy.actor import Actor

LONGEST_KEY = len(str(2**63))  # digits: a number of more is nobody's


def asked_again(actor: Actor, number: str) -> dict[str, Any]:
    """What the form begins with; nothing, where there is no such request of the actor's office."""
    line = request_to_repeat(actor, int(number)) if _is_key(number) else None
    return {} if line is None else _terms(line) | _until(line)


def _is_key(number: str) -> bool:
    return len(number) < LONGEST_KEY and number.isascii() and number.isdecimal()


def _terms(line: ShareLine) -> dict[str, Any]:
    share = line.share
    until = share.happened_until
    return {
        "purpose": share.purpose,
        "offices": [str(share.tenant_id)],
        "kinds": share.kinds,
        "wanted": share.wanted,
        "words": share.words,
        "unit": share.unit,
        "happened_from": share.happened_from,
        "happened_until": until and until - ONE_DAY,
        "roles": share.roles,
        "basis": share.basis,
        "may_export": share.may_export,
        **{f"{kind}_fields": names for kind, names in share.fields.items()},
    }


def _until(line: ShareLine) -> dict[str, Any]:
    """The same last day, where it lies ahead; else the usual number of days."""
    last = line.share.until_on - ONE_DAY
    return {"until_on": OTHER_DAY, "last_on": last} if last > today() else {}
