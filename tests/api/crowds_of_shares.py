"""Crowds of grants, of views that are shown and of groups. No trigger is asked: these rows are laid."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kernel.clock import now, today
from sharing.models.share_grants import ShareGrant, ShownView
from sharing.models.share_groups import ShareGroup
from tenancy.models import Office
from tests.api.crowd_ground import CITY, COUNTY, Crowd
from tests.api.crowds_of_clues import past_the_triggers

BESIDE = 9003
SOON = 7


def _grant(number: int, **other: Any) -> ShareGrant:
    # Some were asked for at one moment: their order is by number then.
    given: dict[str, Any] = {
        "tenant_id": BESIDE,
        "receiver_id": COUNTY,
        "watcher_id": CITY,
        "state": "active",
        "purpose": "preparation",
        "basis": "某规定",
        "wanted": f"事项{number}",
        "kinds": ["finding"],
        "roles": ["county_director"],
        "until_on": today() + timedelta(days=30),
        "asked_at": now() - timedelta(days=number // 3),
    }
    return ShareGrant(**(given | other))


def shares(count: int) -> str:
    there = ShareGrant.objects.count()
    with past_the_triggers():
        ShareGrant.objects.bulk_create(_grant(there + n) for n in range(count))
    return "/shares"


def running_out(count: int) -> str:
    """Half of them ours, and some over on the same day."""
    there = ShareGrant.objects.count()
    with past_the_triggers():
        ShareGrant.objects.bulk_create(
            _grant(
                there + n,
                tenant_id=COUNTY if n % 2 else BESIDE,
                receiver_id=BESIDE if n % 2 else COUNTY,
                until_on=today() + timedelta(days=1 + n % SOON),
            )
            for n in range(count)
        )
    return "/shares?list=running_out"


def shared_views(count: int) -> str:
    there = ShownView.objects.count()
    with past_the_triggers():
        ShownView.objects.bulk_create(_shown(there + n) for n in range(count))
    return "/shared-views"


def share_groups(count: int) -> str:
    there = ShareGroup.objects.count()
    with past_the_triggers():
        ShareGroup.objects.bulk_create(
            ShareGroup(tenant_id=COUNTY, name=f"组{there + n}", members=[BESIDE], made_at=now())
            for n in range(count)
        )
    return "/share-groups"


def _shown(number: int) -> ShownView:
    return ShownView(
        tenant_id=COUNTY,
        sender_id=BESIDE,
        use="reading",
        grant_number=1,
        edition=1,
        place=number + 1,
        kind="finding",
        purpose="preparation",
        roles=["county_director"],
        until_on=today() + timedelta(days=30),
        may_export=False,
        fields=["fact"],
        content="{}",
        digest="x",
        shown_from=now() - timedelta(days=number // 3),
    )


def share_offices(count: int) -> str:
    there = Office.objects.count()
    Office.objects.bulk_create(
        Office(
            code=f"beside{there + n}",
            name=f"县{there + n}",
            short_name=f"县{there + n}",
            kind="county",
            parent_id=CITY,
            name_key=f"xian {n % 3}",
        )
        for n in range(1, count + 1)
    )
    return "/share-offices"


OF_SHARES: dict[str, tuple[str, Crowd]] = {
    "list_shares": ("lin", shares),
    "list_shared_views": ("lin", shared_views),
    "list_share_groups": ("lin", share_groups),
    "list_share_offices": ("lin", share_offices),
}
