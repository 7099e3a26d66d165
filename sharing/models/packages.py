"""Packages for offices without a line: who signs, what was handed over, what was brought in.

Signatures, times and who acted are the database's (`sharing 0126`).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sharing.models.envelopes import Enveloped
from sharing.models.letters import Letter
from sharing.models.rectification import RectificationItem
from sharing.vault.envelopes import Place
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet

FINGERPRINT = r"^([0-9a-f]{4} ){7}[0-9a-f]{4}$"
NUMBER = r"^[0-9a-f]{32}$"
KEY = r"^[0-9a-f]{64}$"


class SigningKey(TenantOwned, Enveloped):
    """A pair of the office's own. `sealed`: the private half, under the office's key. A retired one
    signs nothing more, and what it signed can still be told by others, who keep its public half."""

    fingerprint = models.CharField(max_length=39)
    public = models.CharField(max_length=64, help_text="Ed25519, in hexadecimal.")
    sealed = models.BinaryField()
    made_by_name = models.CharField(max_length=100, default="")
    made_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["SigningKey"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="signing_key_by_fingerprint", fields=["tenant", "fingerprint"]
            ),
            models.UniqueConstraint(
                name="signing_key_one_in_use",
                fields=["tenant"],
                condition=Q(retired_at__isnull=True),
            ),
            models.CheckConstraint(
                name="signing_key_is_a_key",
                condition=Q(public__regex=KEY, fingerprint__regex=FINGERPRINT),
            ),
        ]

    @property
    def place(self) -> Place:
        return Place(self.tenant_id, "signing_key", self.fingerprint)


class PartnerKey(TenantOwned):
    """Another office's public key, as somebody here compared it. In force once a second person has
    compared it too; withdrawn, it never comes back."""

    office_code = models.CharField(max_length=50)
    office_name = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=39)
    public = models.CharField(max_length=64)
    compared = models.CharField(max_length=200, help_text="With whom, and by which way.")
    registered_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    registered_by_name = models.CharField(max_length=100, default="")
    registered_at = models.DateTimeField(null=True)
    confirmed_by_name = models.CharField(max_length=100, default="")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_by_name = models.CharField(max_length=100, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True, default="")

    objects = OfficeQuerySet["PartnerKey"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="partner_key_registered_once", fields=["tenant", "fingerprint"]
            ),
            models.CheckConstraint(
                name="partner_key_is_a_key",
                condition=Q(public__regex=KEY, fingerprint__regex=FINGERPRINT),
            ),
            models.CheckConstraint(
                name="partner_key_of_an_office",
                condition=Q(office_code__regex=r"^[a-z0-9][a-z0-9-]{0,49}$")
                & ~Q(office_name="")
                & ~Q(compared=""),
            ),
        ]

    @property
    def state(self) -> str:
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "waits" if self.confirmed_at is None else "in_force"

    def __str__(self) -> str:
        return self.office_name


class Package(TenantOwned):
    """What is said on the outside. `parts`: [{name, rows, sha256}]; `sha256`: of the whole file."""

    number = models.CharField(max_length=32)
    fingerprint = models.CharField(max_length=39, help_text="Of the key that signed it.")
    purpose = models.CharField(max_length=200)
    parts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by_name = models.CharField(max_length=100, default="")
    at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    @property
    def mark(self) -> str:
        """The first digits: what people read out."""
        return f"{self.number[:4]} {self.number[4:8]} {self.number[8:12]}"

    @property
    def rows(self) -> int:
        return sum(part["rows"] for part in self.parts)


class SentPackage(Package):
    """Made here. The file itself is kept nowhere: who lost it has another one made."""

    receiver_code = models.CharField(max_length=50)
    receiver_name = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    objects = OfficeQuerySet["SentPackage"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sent_package_once", fields=["tenant", "number"]),
            models.CheckConstraint(name="sent_package_numbered", condition=Q(number__regex=NUMBER)),
        ]


class SentRecord(TenantOwned):
    """Which record went with it: an answer that comes back names it."""

    package = models.ForeignKey(
        SentPackage, models.PROTECT, related_name="records", db_constraint=False, db_index=False
    )
    part = models.CharField(max_length=40)
    ref = models.BigIntegerField(help_text="The record's number here.")

    objects = OfficeQuerySet["SentRecord"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="sent_record_once", fields=["tenant", "package", "part", "ref"]
            )
        ]


class BroughtPackage(Package, Enveloped):
    """Verified and not yet taken in. `sealed`: its parts, under the office's own key: the file and
    its passphrase are not kept. It goes when it is taken in, dropped, or has waited too long."""

    sender_code = models.CharField(max_length=50)
    sender_name = models.CharField(max_length=100)
    made_at = models.DateTimeField(help_text="As its maker says.")
    sealed = models.BinaryField()

    objects = OfficeQuerySet["BroughtPackage"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="brought_package_once", fields=["tenant", "sender_code", "number"]
            )
        ]

    @property
    def place(self) -> Place:
        return Place(self.tenant_id, "brought_package", f"{self.sender_code}/{self.number}")


class ReceivedPackage(Package):
    """Taken in, by whom and when; stands for good."""

    sender_code = models.CharField(max_length=50)
    sender_name = models.CharField(max_length=100)
    made_at = models.DateTimeField(help_text="As its maker says.")

    objects = OfficeQuerySet["ReceivedPackage"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="received_package_once", fields=["tenant", "sender_code", "number"]
            )
        ]


class ReceivedRecord(TenantOwned):
    """One row of a package, as it was signed. `ref`: the record's number where it came from.

    Of an answer to what was sent from here, `letter` or `item` is the record that it answers.
    """

    package = models.ForeignKey(
        ReceivedPackage, models.PROTECT, related_name="records", db_constraint=False, db_index=False
    )
    part = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    ref = models.BigIntegerField()
    title = models.CharField(max_length=300)
    content = models.JSONField()
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    item = models.ForeignKey(
        RectificationItem, models.PROTECT, null=True, related_name="+", db_constraint=False,
        db_index=False,
    )  # fmt: skip

    objects = OfficeQuerySet["ReceivedRecord"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="received_record_in_its_place",
                fields=["tenant", "package", "part", "position"],
            )
        ]
        indexes = [
            models.Index(name="received_record_by_letter", fields=["tenant", "letter"]),
            models.Index(name="received_record_by_item", fields=["tenant", "item"]),
        ]

    def __str__(self) -> str:
        return self.title


class PackageAnswer(TenantOwned):
    """What this office says on a letter or an item that came in a package. It goes back in the next
    package for whoever sent it; until then it is here alone. Never taken back."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt"
        REPLY = "reply"
        PROGRESS = "progress"
        RESULT = "result"

    record = models.ForeignKey(
        ReceivedRecord, models.PROTECT, related_name="answers", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=10000)
    by_name = models.CharField(max_length=100, default="")
    at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["PackageAnswer"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="package_answer_says_something",
                condition=Q(kind__in=["receipt", "reply", "progress", "result"])
                & (Q(kind="receipt") | Q(text__regex=r"\S")),
            )
        ]
        indexes = [models.Index(name="package_answer_by_record", fields=["tenant", "record", "id"])]
