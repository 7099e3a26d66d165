"""Of shares one row each for the table of roles: a grant of Dinghai's that Putuo withdrew, a view that
Putuo shows to Dinghai, and a group.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection, transaction

from kernel.clock import now
from sharing.domain.grants import READERS
from sharing.domain.shared_views import Shareable, View
from sharing.models.share_grants import ShareGrant, ShareGroup, ShownView
from tests.days import working_day_ahead
from tests.integration.scheduling.world import World

AREAS = ("shares", "shared-views", "share-groups")
LONG = date(2099, 1, 1)
PUTUO = 9003
TERMS: dict[str, Any] = {
    "roles": ["county_director"],
    "until_on": working_day_ahead().isoformat(),
}
WANTED = TERMS | {"purpose": "preparation", "basis": "x", "wanted": "x", "kinds": ["finding"]}
BODIES: dict[str, dict[str, Any]] = {
    "ask_for_shares": WANTED | {"offices": [PUTUO]},
    "offer_shares": WANTED | {"offices": [PUTUO]},
    "prepare_share": TERMS | {"records": []},
    "approve_share": {"seen": "x"},
    "refuse_share": {"reason": "x"},
    "narrow_share": {"left_out": [1], "reason": "x"},
    "take_share_back": {"reason": "x"},
    "tell_share_destruction": {"what": "x"},
    "note_from_shared_view": {"text": "x"},
    "make_share_group": {"name": "x", "offices": [PUTUO]},
    "change_share_group": {"name": "x", "offices": [PUTUO]},
    "offer_to_share_group": WANTED,
}
# What is the owner's alone: for the city above it is not there, though it is told of the grant.
OF_THE_OWNER = (
    ("prepare_share", "post"),
    ("narrow_share", "post"),
    ("read_share_views", "get"),
    ("read_share_reach", "get"),
    ("download_share_certificate", "get"),
)


def rows_of_shares(world: World) -> dict[str, int]:
    """The triggers sleep. Over as it is, the grant refuses each act to whoever may do it."""
    city, dinghai, putuo = (world.offices[code].pk for code in ("zhoushan", "dinghai", "putuo"))
    view = View(Shareable.FINDING, {"fact": "某事实"})
    given = {"purpose": "preparation", "until_on": LONG, "roles": sorted(READERS)}
    with world.django_as("superuser"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
        grant = ShareGrant.objects.create(
            tenant_id=dinghai, receiver_id=putuo, watcher_id=city, state="withdrawn", basis="x",
            wanted="x", kinds=["finding"], asked_at=now(), **given,
        )  # fmt: skip
        shown = ShownView.objects.create(
            tenant_id=dinghai, sender_id=putuo, use="reading", grant_number=1, edition=1, place=1,
            kind="finding", may_export=True, fields=["fact"], content=view.content,
            digest=view.digest, shown_from=now(), **given,
        )  # fmt: skip
        group = ShareGroup.objects.create(
            tenant_id=dinghai, name="组", members=[putuo], made_at=now()
        )
    return {"shares": grant.pk, "shared-views": shown.pk, "share-groups": group.pk}


def relation_to_shares(area: str, column: str, *, is_dinghai: bool) -> str:
    if area == "shared-views":
        return "shared" if is_dinghai else "foreign"
    if area == "shares" and column == "city_director":
        return "shared"
    return "own" if is_dinghai else "foreign"
