"""Of shares one row each, for the table of roles: what Dinghai lets Shengsi read, a view that Shengsi lets
Dinghai read, and a group of Dinghai's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from kernel.clock import frozen, today
from sharing.access.shares import digest_of
from sharing.domain.grants import READERS, Purpose
from sharing.domain.shared_views import Shareable, View
from sharing.models.share_grants import ShareGrant, ShownView
from sharing.services.asking_for_shares import Asked, offer_shares
from sharing.services.deciding_on_shares import approve_share
from sharing.services.preparing_shares import Chosen, Terms, prepare_share
from sharing.services.share_groups import keep_group
from tenancy.actor import Actor
from tests.integration.scheduling.world import World, acting

AREAS = ("shares", "shared-views", "share-groups")
BEYOND = date(2099, 1, 1)


def rows_of_shares(world: World, people: Mapping[str, Actor], finding: int) -> dict[str, int]:
    """In force, of a finding of Dinghai's: whoever may take it back, narrow it or have it certified
    finds it so."""
    wu, shengsi = world.wu, world.offices["shengsi"]
    # The database asks its own clock for the day.
    with frozen(datetime.now(UTC)):
        share = _prepared(wu, shengsi.pk, finding)
        for approver in (people["county_leading_group"], world.lin):
            with acting(approver):
                approve_share(actor=approver, number=share.pk, seen=digest_of(share))
        with acting(wu):
            group = keep_group(actor=wu, name="x", offices=[shengsi.pk])
    return {"shares": share.pk, "shared-views": _read_in_dinghai(world), "share-groups": group.pk}


def _prepared(owner: Actor, receiver: int, finding: int) -> ShareGrant:
    """Offered and prepared by the clerk, so that others approve it."""
    roles, until_on = ["county_director"], today() + timedelta(days=300)
    asked = Asked(
        purpose=Purpose.PREPARATION, basis="x", wanted="x", kinds=[Shareable.FINDING],
        roles=roles, until_on=until_on,
    )  # fmt: skip
    records = [Chosen(Shareable.FINDING, finding)]
    with acting(owner):
        (share,) = offer_shares(actor=owner, offices=[receiver], asked=asked)
        terms = Terms(roles, until_on)
        return prepare_share(actor=owner, number=share.pk, records=records, terms=terms)


def _read_in_dinghai(world: World) -> int:
    view = View(Shareable.FINDING, {"title": "某问题"})
    with world.django_as("superuser"):
        return ShownView.objects.create(
            tenant_id=world.wu.tenant_id, sender_id=world.offices["shengsi"].pk, use="reading",
            grant_number=1, edition=1, place=1, kind="finding", purpose="preparation",
            roles=sorted(READERS), until_on=BEYOND, may_export=True, fields=["title"],
            content=view.content, digest=view.digest, shown_from=datetime.now(UTC),
        ).pk  # fmt: skip


def relation_to_shares(area: str, column: str, *, is_dinghai: bool) -> str:
    if area == "shares" and (column.startswith("other_") or column == "city_director"):
        return "shared"
    if not is_dinghai:
        return "foreign"
    return "shared" if area == "shared-views" else "own"
