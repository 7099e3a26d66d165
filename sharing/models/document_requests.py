"""Documents that a team has asked a unit for, in its papers' room."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sharing.domain.document_requests import DOCUMENT_REQUEST
from sharing.models.rooms import Room
from sharing.models.steps import Living, Step
from tenancy.visibility import OfficeQuerySet


class DocumentRequestStep(Step):
    record = models.ForeignKey(
        "DocumentRequest", models.PROTECT, db_column="record_id", related_name="walked",
        db_constraint=False, db_index=False,
    )  # fmt: skip

    objects = OfficeQuerySet["DocumentRequestStep"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="document_request_step_in_order", fields=["tenant", "record", "number"]
            )
        ]


class DocumentRequest(Living):
    """`number`: counted by room, unit and kind, so that a unit sees no gap where others were asked.

    `is_accounts`: of the post for accounts. Of what was asked nothing changes.
    """

    life = DOCUMENT_REQUEST
    step_model = DocumentRequestStep

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    unit_code = models.CharField(max_length=50, help_text="As in the office's registry.")
    unit_name = models.CharField(max_length=200, default="")
    is_accounts = models.BooleanField(default=False)
    number = models.PositiveIntegerField(default=0)
    what = models.CharField(max_length=500)
    why = models.CharField(max_length=500)
    handed_to = models.CharField(max_length=100, help_text="Who of the unit took the request.")
    asked_on = models.DateField(null=True)
    due_on = models.DateField()
    asked_by_name = models.CharField(max_length=100, default="")

    objects = OfficeQuerySet["DocumentRequest"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="document_request_number_once",
                fields=["tenant", "room", "unit_code", "is_accounts", "number"],
            ),
            models.CheckConstraint(
                name="document_request_due_later", condition=Q(due_on__gt=F("asked_on"))
            ),
        ]
        indexes = [
            models.Index(name="document_request_by_room", fields=["tenant", "room", "-id"]),
            models.Index(name="document_request_by_unit", fields=["tenant", "unit_code", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name} {self.number}"
