"""Shares between Dinghai and Shengsi, for tests: fictional people and matters.

Dinghai owns: lin (director), wu (clerk), he (leading group), luo (discipline body). Shengsi asks: jiang
(director), ye (clerk). zhao directs the city.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from kernel.clock import today
from sharing.access.shares import digest_of, shown_to
from sharing.domain.grants import Purpose
from sharing.domain.shared_views import Shareable
from sharing.models.share_grants import ShareGrant
from sharing.services.asking_for_shares import Asked, ask_for_shares
from sharing.services.deciding_on_shares import approve_share
from sharing.services.preparing_shares import Chosen, Terms, prepare_share
from tenancy.actor import Actor
from tests.people import acting
from tests.teams import Team

DIRECTORS = ("county_director",)


def asked(**other: Any) -> Asked:
    given: dict[str, Any] = {
        "purpose": Purpose.PREPARATION,
        "basis": "《被巡察党组织配合巡察工作规定》",
        "wanted": "贵区教育系统巡察发现的工程建设类问题",
        "kinds": [Shareable.FINDING],
        "roles": DIRECTORS,
        "until_on": today() + timedelta(days=30),
    }
    return Asked(**(given | other))


def ask(team: Team, who: str = "jiang", **other: Any) -> ShareGrant:
    """By Shengsi, of Dinghai."""
    actor, owner = team.actor(who), team.actor("lin").tenant_id
    with acting(actor):
        (share,) = ask_for_shares(actor=actor, offices=[owner], asked=asked(**other))
    return share


def prepare(
    team: Team,
    share: ShareGrant,
    records: Sequence[Chosen],
    who: str = "lin",
    *,
    roles: Collection[str] = DIRECTORS,
    until_on: date | None = None,
    may_export: bool = False,
) -> ShareGrant:
    actor = team.actor(who)
    terms = Terms(tuple(roles), until_on or share.until_on, may_export)
    with acting(actor):
        return prepare_share(actor=actor, number=share.pk, records=records, terms=terms)


def approve(team: Team, share: ShareGrant, *people: str) -> ShareGrant:
    for who in people:
        actor = team.actor(who)
        with acting(actor):
            share = approve_share(actor=actor, number=share.pk, seen=digest_of(share))
    return share


def in_force(team: Team, records: Sequence[Chosen], **other: Any) -> ShareGrant:
    """Asked for by Shengsi's director, prepared by Dinghai's clerk, approved by director and group; of
    clues by its director and discipline body."""
    export = bool(other.pop("may_export", False))
    of_clues = any(one.kind is Shareable.CLUE for one in records)
    if of_clues:
        other = {"purpose": Purpose.HANDLING, "kinds": [Shareable.CLUE]} | other
    share = ask(team, **other)
    share = prepare(team, share, records, "lin" if of_clues else "wu", may_export=export)
    return approve(team, share, "lin", "luo" if of_clues else "he")


def shown(actor: Actor) -> list[int]:
    """Numbers of the views that somebody may open now, by the filter and the fence together."""
    with acting(actor):
        return list(shown_to(actor).order_by("shown_from", "place").values_list("pk", flat=True))
