"""Of packages and their keys one row each, all of Dinghai, for the table of roles."""

from __future__ import annotations

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from kernel.clock import now
from sharing.domain.hand_over import sealed_with
from sharing.models.packages import PartnerKey, ReceivedRecord, SentPackage
from sharing.packages.parts import ANSWERS, HAND_OVER, row_of
from sharing.packages.signing import fingerprint
from sharing.packages.writing import Cover, packaged
from sharing.services.package_keys import (
    fingerprint_of,
    register_partner_key,
    renew_signing_key,
)
from sharing.services.taking_packages import bring_package, take_in_package
from tests.integration.scheduling.world import World, acting
from tests.packages import WORDS

AREAS = (
    "packages-sent",
    "packages-received",
    "packages-brought",
    "package-records",
    "package-keys",
)


def rows_of_packages(world: World) -> dict[str, int]:
    """A list of clues that came from a machine of Dinghai's own, a package that waits, one that was
    sent, and a key that waits for the leading group."""
    lin, pair = world.lin, Ed25519PrivateKey.generate()
    public = pair.public_key().public_bytes_raw().hex()
    document = json.dumps({"clues": []})
    list_ = row_of(
        HAND_OVER, ref=1, year=2026, number=1, document=document, sha256=sealed_with(document),
        signed_by="某", signed_at="2026-01-01",
    )  # fmt: skip
    with world.django_as("superuser"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
        PartnerKey.objects.create(
            tenant_id=lin.tenant_id, office_code="dinghai", office_name="本办另一台机器",
            fingerprint=fingerprint(pair.public_key()), public=public, compared="x",
            registered_at=now(), confirmed_at=now(),
        )  # fmt: skip
        sent = SentPackage.objects.create(
            tenant_id=lin.tenant_id, number="c" * 32, fingerprint="x", purpose="x", parts=[],
            sha256="x", receiver_code="dinghai", receiver_name="x", size=1, at=now(),
        )  # fmt: skip

    def file(number: str, **parts: list[dict[str, object]]) -> bytes:
        cover = Cover(number * 32, "dinghai", "dinghai", now(), "x")
        return packaged(cover, parts, key=pair, passphrase=WORDS)

    with acting(lin):
        renew_signing_key(actor=lin)
        key = register_partner_key(
            actor=lin, office_code="zhoushan", office_name="x", public="ab" * 32,
            fingerprint=fingerprint_of("ab" * 32), compared="x",
        )  # fmt: skip
        came = bring_package(actor=lin, content=file("a", **{HAND_OVER: [list_]}), passphrase=WORDS)
        received = take_in_package(actor=lin, number=came.pk)
        waits = bring_package(actor=lin, content=file("b", **{ANSWERS: []}), passphrase=WORDS)
        record = ReceivedRecord.objects.get(package=received)
    return {
        "packages-sent": sent.pk,
        "packages-received": received.pk,
        "packages-brought": waits.pk,
        "package-records": record.pk,
        "package-keys": key.pk,
    }
