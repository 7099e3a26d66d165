"""A file that belongs to a record: what was handed in, sealed; and what is handed on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError
from sharing.attachments.kinds import Kind
from sharing.models.envelopes import Enveloped
from sharing.vault.envelopes import Place
from tenancy.models import Job, TenantOwned

ORIGINAL, DERIVATIVE = "attachment.original", "attachment.derivative"


class Attachment(TenantOwned):
    """cleaning → ready, or refused (in words; of the file nothing is kept).

    Size and hash of the original are taken at intake and never change.
    """

    class State(models.TextChoices):
        CLEANING = "cleaning", _("Being cleaned")
        READY = "ready", _("Ready")
        REFUSED = "refused", _("Not taken in")

    state = models.CharField(max_length=10, choices=State.choices, default=State.CLEANING)
    name = models.CharField(max_length=200, help_text="As it was called, without a path.")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    size = models.PositiveBigIntegerField(help_text="Bytes of the original.")
    sha256 = models.CharField(max_length=64, help_text="Of the original, as it was handed in.")
    derivative_size = models.PositiveBigIntegerField(null=True)
    derivative_sha256 = models.CharField(max_length=64, blank=True)
    remarks = models.JSONField(default=list, help_text="What the derivative lacks: codes.")
    refusal = models.JSONField(null=True)  # {code, zh: [message, remedy], en: [...]}
    job = models.ForeignKey(
        Job, models.PROTECT, related_name="+", null=True, db_constraint=False, db_index=False
    )
    taken_in_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, db_index=False, related_name="+"
    )
    taken_in_at = models.DateTimeField()
    cleaned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attachment_is_ready_with_its_derivative",
                condition=models.Q(state="ready", derivative_size__isnull=False)
                & ~models.Q(derivative_sha256="")
                | ~models.Q(state="ready") & models.Q(derivative_sha256=""),
            ),
            models.CheckConstraint(
                name="attachment_is_refused_in_words",
                condition=models.Q(state="refused", refusal__isnull=False)
                | ~models.Q(state="refused") & models.Q(refusal__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def place(self, what: str) -> Place:
        return Place(self.tenant_id, what, str(self.pk))

    def refuse(self, refusal: DomainError) -> None:
        self.state = self.State.REFUSED
        self.refusal = {
            "code": refusal.code,
            "zh": list(refusal.in_language("zh")),
            "en": list(refusal.in_language("en")),
        }


class SealedFile(TenantOwned, Enveloped):
    """One envelope whose content lies in a file of the office's folder."""

    attachment = models.ForeignKey(
        Attachment, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    stored_name = models.CharField(max_length=60, help_text="It tells nothing.")

    class Meta:
        abstract = True


class SealedOriginal(SealedFile):
    """As it was handed in. The web seals it and cannot select it: `sec.original_of` asks who wants
    to open it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sealed_original_once", fields=["tenant", "attachment"]),
        ]


class SealedDerivative(SealedFile):
    """What everybody gets who may read the record."""

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sealed_derivative_once", fields=["tenant", "attachment"]),
        ]


class AttachedTo(TenantOwned):
    """A link between an attachment and a record. Each kind of record has a table of its own:

    it adds `subject` (a foreign key without a database constraint), a unique constraint on tenant,
    subject and attachment, and registers with `sharing.access.attachments.attached`.
    docs/architecture/attachments.md has its migration.
    """

    attachment = models.ForeignKey(
        Attachment, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    attached_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, db_index=False, related_name="+"
    )
    attached_at = models.DateTimeField()
    detached_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, db_index=False, null=True, related_name="+"
    )
    detached_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
