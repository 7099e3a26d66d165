"""Crowds of digests. No trigger is asked: these rows are laid."""

from __future__ import annotations

from datetime import date

from kernel.clock import now
from sharing.models.digests import Digest, DigestCopy
from tests.api.crowd_ground import CITY, COUNTY, Crowd
from tests.api.crowds_of_clues import past_the_triggers


def digests(count: int) -> str:
    there = DigestCopy.objects.count()
    with past_the_triggers():
        DigestCopy.objects.bulk_create(
            DigestCopy(
                tenant_id=COUNTY, sender_id=CITY, period=f"{1000 + there + n}", published_at=now(),
                begins_on=date(1000 + there + n, 1, 1), until_on=date(1001 + there + n, 1, 1),
                document="{}", sha256="x",
            )
            for n in range(count)
        )  # fmt: skip
    return "/digests"


def digests_made(count: int) -> str:
    there = Digest.objects.count()
    with past_the_triggers():
        Digest.objects.bulk_create(
            Digest(
                tenant_id=CITY, period=f"{1000 + there + n}", minimum=3, state="published",
                begins_on=date(1000 + there + n, 1, 1), until_on=date(1001 + there + n, 1, 1),
                appears_on=date(1001 + there + n, 1, 15),
            )
            for n in range(count)
        )  # fmt: skip
    return "/digests-made"


OF_DIGESTS: dict[str, tuple[str, Crowd]] = {
    "list_digests": ("lin", digests),
    "list_digests_made": ("zhao", digests_made),
}
