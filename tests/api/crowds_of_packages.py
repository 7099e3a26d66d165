"""Crowds of packages and of what came in one. No trigger is asked: these rows are laid."""

from __future__ import annotations

from typing import Any

from kernel.clock import now
from sharing.models.packages import ReceivedPackage, ReceivedRecord, SentPackage
from tests.api.crowd_ground import COUNTY, Crowd
from tests.api.crowds_of_clues import past_the_triggers


def _outside(number: int) -> dict[str, Any]:
    return {
        "tenant_id": COUNTY,
        "number": f"{number:032x}",
        "fingerprint": "x",
        "purpose": "交接",
        "parts": [],
        "sha256": "x",
        "by_name": "某",
        "at": now(),
    }


def _answers(number: int) -> dict[str, Any]:
    """A package that brought answers alone left no record, and is in the list nevertheless."""
    return _outside(number) | {"parts": [{"name": "answers", "rows": 1, "sha256": "x"}]}


def sent_packages(count: int) -> str:
    there = SentPackage.objects.count()
    with past_the_triggers():
        SentPackage.objects.bulk_create(
            SentPackage(receiver_code="x", receiver_name="x", size=1, **_outside(there + n))
            for n in range(count)
        )
    return "/packages-sent"


def received_packages(count: int) -> str:
    there = ReceivedPackage.objects.count()
    with past_the_triggers():
        ReceivedPackage.objects.bulk_create(
            ReceivedPackage(sender_code="x", sender_name="x", made_at=now(), **_answers(there + n))
            for n in range(count)
        )
    return "/packages-received"


def received_records(count: int) -> str:
    package = ReceivedPackage.objects.first()
    if package is None:
        received_packages(1)
        package = ReceivedPackage.objects.get()
    there = ReceivedRecord.objects.count()
    with past_the_triggers():
        ReceivedRecord.objects.bulk_create(
            ReceivedRecord(
                tenant_id=COUNTY,
                package=package,
                part="letters" if n % 2 else "items",
                position=there + n,
                ref=n,
                title=f"函{n}",
                content={},
            )
            for n in range(1, count + 1)
        )
    return f"/packages-received/{package.pk}/records"


OF_PACKAGES: dict[str, tuple[str, Crowd]] = {
    "list_sent_packages": ("lin", sent_packages),
    "list_received_packages": ("lin", received_packages),
    "list_received_records": ("lin", received_records),
}
