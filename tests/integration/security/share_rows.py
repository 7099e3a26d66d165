"""Of shares one row each, for the table of roles: what Dinghai offers to Shengsi, a view that Shengsi lets
Dinghai read, and a group of Dinghai's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from kernel.clock import frozen, today
from sharing.domain.grants import READERS, Purpose
from sharing.domain.shared_views import Shareable, View
from sharing.models.share_grants import ShownView
from sharing.services.asking_for_shares import Asked, offer_shares
from sharing.services.share_groups import keep_group
from tests.integration.scheduling.world import World, acting

AREAS = ("shares", "shared-views", "share-groups")
BEYOND = date(2099, 1, 1)


def rows_of_shares(world: World) -> dict[str, int]:
    """Offered by the clerk, so that the director may approve it; not prepared yet."""
    wu, shengsi = world.wu, world.offices["shengsi"]
    # The database asks its own clock for the day.
    with acting(wu), frozen(datetime.now(UTC)):
        asked = Asked(
            purpose=Purpose.PREPARATION, basis="x", wanted="x", kinds=[Shareable.FINDING],
            roles=["county_director"], until_on=today() + timedelta(days=300),
        )  # fmt: skip
        (share,) = offer_shares(actor=wu, offices=[shengsi.pk], asked=asked)
        group = keep_group(actor=wu, name="x", offices=[shengsi.pk])
    return {"shares": share.pk, "shared-views": _read_in_dinghai(world), "share-groups": group.pk}


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
