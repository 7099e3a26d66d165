"""The rule library: texts, their editions, their articles. Rows are added and never changed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from sharing.domain.rulebook import Edition
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Delivered, TenantOwned


class RuleTextQuerySet(models.QuerySet["RuleText"]):
    def readable_by(self, actor: Actor) -> Self:
        """Own rows, and what the city handed over. What this office handed to others is theirs."""
        if not actor.may(Permission.VIEW_RULES):
            return self.none()
        return self.filter(tenant_id=actor.tenant_id)


class RuleText(Delivered):
    """A law, a regulation of the Party, a rule of the office's own. `sender`: who keeps it."""

    title = models.CharField(max_length=300)
    title_key = models.CharField(max_length=1800, help_text="The title in pinyin.")
    initials = models.CharField(max_length=300, help_text="First letters of the pinyin.")
    issuer = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=100, blank=True, help_text="The document's number.")
    added_at = models.DateTimeField()

    objects = RuleTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="rule_text_once_by_title", fields=["tenant", "sender", "title"]
            )
        ]

    def __str__(self) -> str:
        return self.title


class RuleEdition(Delivered):
    """A text as it stood from one day on. Of two of the same day the later revision counts.

    `is_repeal`: from that day on the text is not in force; such an edition has no articles.
    """

    text = models.ForeignKey(
        RuleText, models.PROTECT, db_constraint=False, db_index=False, related_name="editions"
    )
    label = models.CharField(max_length=100, help_text="As people call it: 2023年修订.")
    effective_from = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    is_repeal = models.BooleanField(default=False)
    article_count = models.PositiveIntegerField(
        help_text="Said when it is made: no article can be slipped in afterwards."
    )
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            # In the order in which one asks which was in force on a day.
            models.UniqueConstraint(
                name="rule_edition_once",
                fields=["tenant", "text", "effective_from", "revision"],
            )
        ]

    def __str__(self) -> str:
        return self.label

    def fact(self) -> Edition:
        return Edition(self.effective_from, self.revision, self.is_repeal)


class RuleArticle(Delivered):
    """One article of one edition: what a finding cites. `is_gist`: the words are about the article,
    not its own, and are shown as such."""

    edition = models.ForeignKey(
        RuleEdition, models.PROTECT, db_constraint=False, db_index=False, related_name="articles"
    )
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=50, help_text="As printed: 第二十七条.")
    chapter = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    is_gist = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="rule_article_once_per_edition", fields=["tenant", "edition", "number"]
            ),
            models.UniqueConstraint(
                name="rule_article_in_its_place", fields=["tenant", "edition", "position"]
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RuleImport(TenantOwned):
    """A workbook of rules as it was read: looked at first, then applied or given up.

    `drafts`: [{title, issuer, number, label, effective_from, is_repeal, fate, articles: [{number,
    chapter, words, is_gist}]}]; emptied when it is over. `faults`: [{row, column, cell, zh, en}].
    """

    class State(models.TextChoices):
        DRY_RUN = "dry_run", _("Ready: look at it, then apply")
        APPLIED = "applied", _("Applied")
        GIVEN_UP = "given_up", _("Given up")

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRY_RUN)
    rows_read = models.PositiveIntegerField()
    drafts = models.JSONField()
    faults = models.JSONField()
    remarks = models.JSONField()
    uploaded_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file_name
