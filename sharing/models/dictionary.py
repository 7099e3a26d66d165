"""The office's classes of findings, and the editions in which a city hands its own to its counties."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from sharing.domain.dictionary import FRAME_TITLES, Entry, Frame
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Delivered, TenantOwned


class FindingCategoryQuerySet(models.QuerySet["FindingCategory"]):
    def readable_by(self, actor: Actor) -> Self:
        """Own rows only. The policy says so too; this can be read, and tested, without it."""
        if not actor.may(Permission.VIEW_CATEGORIES):
            return self.none()
        return self.filter(tenant_id=actor.tenant_id)

    def in_use(self) -> Self:
        """Those that a new finding may be given; a retired one stays on old records."""
        return self.filter(retired_on__isnull=True)


class FindingCategory(TenantOwned):
    """A class of findings: of level 1 without a parent, of level 2 under one.

    Its code and title are never rewritten: what a finding was called stays. Another wording is another
    class, and the earlier one is retired.
    """

    code = models.CharField(max_length=20, help_text="Given by the product, never twice.")
    title = models.CharField(max_length=200)
    frame = models.CharField(
        max_length=20, choices=[(frame.value, title.en) for frame, title in FRAME_TITLES.items()]
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="classes",
    )
    position = models.PositiveSmallIntegerField(help_text="Its place among its siblings.")
    is_citys = models.BooleanField(default=False, help_text="Taken over from the city's edition.")
    retired_on = models.DateField(null=True)

    objects = FindingCategoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="finding_category_code_once", fields=["tenant", "code"]),
            models.CheckConstraint(
                name="finding_category_has_a_title", condition=~Q(code="") & ~Q(title="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_heading(self) -> bool:
        return self.parent_id is None

    def entry(self, parent_code: str) -> Entry:
        return Entry(
            code=self.code,
            parent=parent_code,
            frame=Frame(self.frame),
            title=self.title,
            position=self.position,
            retired=self.retired_on is not None,
        )


class CategoryEdition(Delivered):
    """The city's classes as of one day, for one office. Nobody changes it.

    `entries`: [{code, parent, frame, title, position, retired}], in order; level 1 comes first.
    """

    number = models.PositiveIntegerField(help_text="The sender's own, from 1.")
    entries = models.JSONField()
    remark = models.CharField(max_length=500, blank=True, help_text="What is new in it.")
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="category_edition_once", fields=["tenant", "sender", "number"]
            )
        ]

    def __str__(self) -> str:
        return str(self.number)

    def told(self) -> list[Entry]:
        return [Entry(**one | {"frame": Frame(one["frame"])}) for one in self.entries]
