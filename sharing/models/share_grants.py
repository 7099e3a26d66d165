"""Share grants: who asked whom for what, what was approved, and what is shown of it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kernel.text import Text
from sharing.domain.grants import PURPOSE_TITLES, SHARE_GRANT, Purpose
from sharing.domain.offers import state_title
from sharing.domain.shared_views import (
    FIELDS,
    KIND_TITLES,
    Redaction,
    Shareable,
    Span,
    View,
    not_asked_for,
    view_from,
)
from sharing.models.steps import Living, Step
from tenancy.models import Delivered, Office, TenantOwned, User
from tenancy.visibility import DeliveredQuerySet, OfficeQuerySet

KINDS = [kind.value for kind in Shareable]


class ShareGrantQuerySet(OfficeQuerySet["ShareGrant"]):
    def in_force(self, on: Any) -> ShareGrantQuerySet:
        """What its receiver reads on that day."""
        return self.filter(state="active", until_on__gt=on)


class ShareGrant(Living):
    """`tenant`: the owner of what is shared. `receiver` reads; `watcher` is the city above the owner.

    The receiver sees this row and none of the owner's acts: nothing may stand here that is the
    owner's alone. Its key is drawn at random, since gaps would tell how much is shared with others.
    """

    life = SHARE_GRANT

    receiver = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    watcher = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    is_offered = models.BooleanField(default=False, help_text="By its owner, unasked.")
    batch = models.UUIDField(null=True, help_text="Asked of, or offered to, several at once.")
    purpose = models.CharField(max_length=20)
    basis = models.CharField(max_length=300, help_text="Legal basis.")
    wanted = models.CharField(max_length=1000, help_text="What is asked for, in words.")
    kinds = ArrayField(models.CharField(max_length=20))
    unit = models.CharField(max_length=200, blank=True, help_text="Of this unit alone.")
    words = models.CharField(
        max_length=200,
        blank=True,
        db_default="",
        help_text="Of records alone that have these in title, name or number.",
    )
    happened_from = models.DateField(null=True)
    happened_until = models.DateField(null=True, help_text="Exclusive.")
    fields = models.JSONField(
        default=dict, help_text="By kind, names of fields asked for; none: all."
    )
    roles = ArrayField(models.CharField(max_length=40), help_text="Who reads, there.")
    until_on = models.DateField(help_text="The first day on which nobody reads.")
    may_export = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    asked_by_name = models.CharField(max_length=100, default="")
    asked_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=0, help_text="Of its views, as they stand.")
    granted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Refused, withdrawn or taken back.")

    objects = ShareGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="share_purpose_known", condition=Q(purpose__in=[one.value for one in Purpose])
            ),
            models.CheckConstraint(
                name="share_of_known_kinds",
                condition=Q(kinds__contained_by=KINDS) & Q(kinds__len__gt=0),
            ),
            models.CheckConstraint(name="share_has_readers", condition=Q(roles__len__gt=0)),
            models.CheckConstraint(
                name="share_to_another", condition=~Q(receiver=models.F("tenant"))
            ),
        ]
        indexes = [
            models.Index(name="share_of_owner", fields=["tenant", "state", "-asked_at", "id"]),
            models.Index(name="share_of_receiver", fields=["receiver", "state", "-asked_at", "id"]),
            models.Index(name="share_watched", fields=["watcher", "state", "-asked_at", "id"]),
            # Lists of several states go on from the newest, and sort none of the rest.
            models.Index(name="share_of_owner_newest", fields=["tenant", "-asked_at", "id"]),
            models.Index(name="share_of_receiver_newest", fields=["receiver", "-asked_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.wanted

    @property
    def state_title(self) -> Text:
        return state_title(self.state, is_offered=self.is_offered)

    @property
    def purpose_title(self) -> Text:
        return PURPOSE_TITLES[Purpose(self.purpose)]

    @property
    def shareables(self) -> list[Shareable]:
        return [kind for kind in Shareable if kind.value in self.kinds]

    @property
    def named_fields(self) -> list[tuple[Text, list[Text]]]:
        """By kind, in words, those that a request names."""
        return [
            (KIND_TITLES[kind], [FIELDS[kind][name].title for name in self.fields[kind.value]])
            for kind in self.shareables
            if self.fields.get(kind.value)
        ]

    def unasked(self, kind: Shareable) -> frozenset[str]:
        """Names of its fields that nobody asked for: withheld, unless the owner shows them."""
        return not_asked_for(kind, self.fields.get(kind.value, ()))


class ShareGrantStep(Step):
    """`sender`: the office that acted: the owner, or the receiver, or the city above the owner."""

    record = models.ForeignKey(
        ShareGrant,
        models.PROTECT,
        related_name="walked",
        db_column="record_id",
        db_constraint=False,
        db_index=False,
    )
    sender = models.ForeignKey(Office, models.PROTECT, related_name="+", editable=False)

    objects = DeliveredQuerySet["ShareGrantStep"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="share_grant_step_in_order", fields=["tenant", "record", "number"]
            )
        ]


ShareGrant.step_model = ShareGrantStep


class ShareView(TenantOwned):
    """A view as it was prepared, of one record: the owner's. What others read is `ShownView`."""

    grant = models.ForeignKey(
        ShareGrant, models.PROTECT, related_name="views", db_constraint=False, db_index=False
    )
    edition = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField(help_text="1, 2, … within the grant; it keeps it.")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField(help_text="Of the record, by its kind.")
    concerns = models.CharField(max_length=100, blank=True, help_text="Of a clue: its subject.")
    withheld = models.JSONField(default=list)
    spans = models.JSONField(default=list, help_text="[field, start, end]")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    made_by_name = models.CharField(max_length=100, default="")
    made_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["ShareView"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="share_view_place_once", fields=["tenant", "grant", "edition", "place"]
            ),
            models.CheckConstraint(name="share_view_of_known_kind", condition=Q(kind__in=KINDS)),
        ]
        indexes = [
            models.Index(name="share_view_of_record", fields=["tenant", "kind", "object_id"])
        ]

    @property
    def view(self) -> View:
        return view_from(self.content)

    @property
    def redaction(self) -> Redaction:
        spans = tuple(Span(field, start, end) for field, start, end in self.spans)
        return Redaction(frozenset(self.withheld), spans)


class ShownViewQuerySet(DeliveredQuerySet["ShownView"]):
    def readable(self) -> ShownViewQuerySet:
        """Without what no role may select."""
        return self.defer("content", "concerns")


class ShownView(Delivered):
    """A view where it is read: in the receiver's office, or in the city's that approves.

    The database makes and ends these rows and nobody else. `content` is granted to no role: it is
    read through `sec.show_view`, which leaves the line of who was shown it.
    """

    class Use(models.TextChoices):
        READING = "reading"
        APPROVAL = "approval"

    use = models.CharField(max_length=10, choices=Use.choices)
    grant_number = models.BigIntegerField(help_text="The row is the owner's.")
    edition = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20)
    roles = ArrayField(models.CharField(max_length=40))
    until_on = models.DateField()
    may_export = models.BooleanField()
    concerns = models.CharField(max_length=100, blank=True)
    fields = ArrayField(models.CharField(max_length=30), help_text="Names of those that it has.")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    shown_from = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects = ShownViewQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="shown_view_newest_first",
                fields=["tenant", "-shown_from", "id"],
                condition=Q(taken_back_at__isnull=True),
            ),
            models.Index(name="shown_view_of_grant", fields=["tenant", "grant_number", "place"]),
            models.Index(name="shown_view_sent", fields=["sender", "grant_number"]),
        ]

    @property
    def field_titles(self) -> list[Text]:
        titles = FIELDS[Shareable(self.kind)]
        return [titles[name].title for name in titles if name in self.fields]


class ShareDisclosure(Delivered):
    """Somebody of the receiver was shown something: delivered to the owner as it is shown."""

    grant_number = models.BigIntegerField()
    view = models.BigIntegerField(help_text="Of the shown view.")
    kind = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    edition = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    fields = ArrayField(models.CharField(max_length=30))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    person_name = models.CharField(max_length=100)
    role = models.CharField(max_length=40)
    purpose = models.CharField(max_length=20)
    way = models.CharField(max_length=10)
    at = models.DateTimeField()

    objects = DeliveredQuerySet["ShareDisclosure"].as_manager()

    class Meta:
        indexes = [
            models.Index(name="disclosure_of_grant", fields=["tenant", "grant_number", "at", "id"]),
            models.Index(name="disclosure_by_receiver", fields=["sender", "-at", "id"]),
        ]


class ShareNote(TenantOwned):
    """What somebody noted down from a view: the receiver's own. The owner learns that there is one."""

    grant_number = models.BigIntegerField()
    view = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    concerns = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64)
    text = models.CharField(max_length=4000)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    written_by_name = models.CharField(max_length=100, default="")
    written_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["ShareNote"].as_manager()

    class Meta:
        indexes = [
            models.Index(name="share_note_of_grant", fields=["tenant", "grant_number", "id"])
        ]
