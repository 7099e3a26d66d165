"""Packages of an office that outside offices sent: one taken in, one that waits, one sent back."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kernel.clock import now
from sharing.access.packages import office_code
from sharing.models.packages import ReceivedRecord
from sharing.packages.parts import LETTERS, row_of
from sharing.packages.signing import fingerprint
from sharing.packages.writing import Cover, packaged
from sharing.services.making_packages import make_package
from sharing.services.package_keys import (
    confirm_partner_key,
    register_partner_key,
    renew_signing_key,
)
from sharing.services.taking_packages import bring_package, take_in_package, write_answer
from tenancy.actor import Actor
from tests.integration.scheduling.world import acting
from tests.packages import WORDS
from tests.security.canaries import Canaries

OUTSIDE = "outside"


def lay_packages(director: Actor, group: Actor, mark: Canaries) -> None:
    """By the services. The outside office's machine is not of this installation."""
    office, pair = director.tenant_id, Ed25519PrivateKey.generate()
    public = pair.public_key()

    def words(what: str) -> str:
        return mark(office, "own", f"package: {what}")

    with acting(director):
        renew_signing_key(actor=director)
        own = office_code(director)
        key = register_partner_key(
            actor=director,
            office_code=OUTSIDE,
            office_name=words("name of the sender"),
            public=public.public_bytes_raw().hex(),
            fingerprint=fingerprint(public),
            compared=words("how the key was compared"),
        )
    with acting(group):
        confirm_partner_key(actor=group, number=key.pk, fingerprint=fingerprint(public))

    def file(number: str) -> bytes:
        row = row_of(
            LETTERS, ref=1, kind="notification_letter", reference="", title=words("title"),
            addressee=words("addressee"), text=words("text"), digest="", state="sent",
            signed_on="2026-09-01", due_on=None,
            replies=[{"text": words("reply"), "by": words("who replied"), "at": "2026-09-02"}],
        )  # fmt: skip
        cover = Cover(number * 32, OUTSIDE, own, now(), words(f"purpose of {number}"))
        return packaged(cover, {LETTERS: [row]}, key=pair, passphrase=WORDS)

    with acting(director):
        came = bring_package(actor=director, content=file("a"), passphrase=WORDS)
        package = take_in_package(actor=director, number=came.pk)
        bring_package(actor=director, content=file("b"), passphrase=WORDS)
        record = ReceivedRecord.objects.get(package=package)
        answer = write_answer(
            actor=director, number=record.pk, kind="reply", text=words("own answer")
        )
        make_package(
            actor=director,
            receiver=OUTSIDE,
            purpose=words("own purpose"),
            records=[("answers", answer.pk)],
            passphrase=WORDS,
            passphrase_again=WORDS,
        )
