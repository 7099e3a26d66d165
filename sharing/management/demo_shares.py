"""What the demo's counties ask of one another and share: in force, running out, waiting. Fictional."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from kernel.clock import today
from sharing.access.shared_records import record_to_share, records_to_share
from sharing.access.shares import digest_of, shown_to
from sharing.domain.disclosures import Way
from sharing.domain.grants import Purpose
from sharing.domain.shared_views import Redaction, Shareable, places_of
from sharing.management.demo_cast import Office, by
from sharing.mapping.shared_records import words_of
from sharing.models.share_grants import ShareGrant
from sharing.services.asking_for_shares import Asked, ask_for_shares
from sharing.services.deciding_on_shares import approve_share
from sharing.services.preparing_shares import Chosen, Terms, prepare_share
from sharing.services.showing_views import note_from_view, show_view
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role

BASIS = "《中国共产党巡视工作条例》"
READERS = ("county_clerk", "county_director")
LONG, SHORT = 60, 9


def share_views(host: Office, other: Office, third: Office) -> int:
    """How many were asked for. `host` owns what is in force; `other` reads it."""
    finding = _ask(
        other, host, Purpose.PREPARATION, Shareable.FINDING, "教育、卫生系统工程建设类问题"
    )
    _share(host, finding, Shareable.FINDING, READERS, LONG, withheld={"responsibility"})
    _read(other.director, finding, note="本县同类项目招标文件表述相近，列入巡前准备重点。")
    letter = _ask(
        other, host, Purpose.SUPERVISION, Shareable.LETTER, "督办整改的函件，作为本县行文参考"
    )
    _share(host, letter, Shareable.LETTER, READERS, SHORT)
    _read(other.clerk, letter)
    _ask(third, host, Purpose.COMMON_PROBLEM, Shareable.ITEM, "津贴补贴发放类问题的整改措施")
    for owner in (other, third):
        _ask(host, owner, Purpose.COMMON_PROBLEM, Shareable.FINDING, "下属单位财务管理类问题")
    clue = _ask(other, host, Purpose.HANDLING, Shareable.CLUE, "同一施工单位在贵区涉及的线索")
    _prepare(host, host.director, clue, Shareable.CLUE, ("county_director",), LONG, {"evidence"})
    return 6


def _ask(
    receiver: Office, owner: Office, purpose: Purpose, kind: Shareable, wanted: str
) -> ShareGrant:
    is_clue = kind is Shareable.CLUE
    asked = Asked(
        purpose=purpose,
        basis=BASIS,
        wanted=wanted,
        kinds=[kind],
        roles=("county_director",) if is_clue else READERS,
        until_on=today() + timedelta(days=LONG),
    )
    actor = receiver.director if is_clue else receiver.clerk
    (share,) = by(actor, ask_for_shares, offices=[owner.director.tenant_id], asked=asked)
    return share


def _prepare(
    owner: Office,
    actor: Actor,
    share: ShareGrant,
    kind: Shareable,
    roles: Collection[str],
    days: int,
    withheld: Collection[str] = (),
) -> None:
    """Of the newest record of the kind; the unit that it names is hidden wherever it stands."""
    with in_office(actor.tenant_id, actor.user_id):
        number = int(records_to_share(actor, kind).order_by("-pk")[:1].get().pk)
        words = words_of(kind, record_to_share(actor, kind, number))
        names = [words[name] for name in ("unit", "addressee") if words.get(name)]
        hidden = Redaction(frozenset(withheld), places_of(kind, words, names))
    by(
        actor, prepare_share,
        number=share.pk, records=[Chosen(kind, number, hidden)],
        terms=Terms(tuple(roles), today() + timedelta(days=days)),
    )  # fmt: skip


def _share(
    owner: Office,
    share: ShareGrant,
    kind: Shareable,
    roles: Collection[str],
    days: int,
    **hidden: Any,
) -> None:
    _prepare(owner, owner.clerk, share, kind, roles, days, **hidden)
    for actor in (owner.director, owner.one(Role.LEADING_GROUP)):
        with in_office(actor.tenant_id, actor.user_id):
            approve_share(actor=actor, number=share.pk, seen=digest_of(share))


def _read(actor: Actor, share: ShareGrant, note: str = "") -> None:
    with in_office(actor.tenant_id, actor.user_id):
        number = shown_to(actor).filter(grant_number=share.pk)[:1].get().pk
        show_view(actor=actor, number=number, way=Way.PAGE)
        if note:
            note_from_view(actor=actor, number=number, text=note)
