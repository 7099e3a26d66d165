"""The engine's question, frozen: its hashes, its masked form, and whom it keeps from what.

The document itself is `SolveInput`, which the worker's role alone may read. What stands here may
be read by the leading office's web process: ids, figures, rule codes, and no fact of recusal.
"""

from __future__ import annotations

from django.db import models

from scheduling.models.rounds import InspectionRound
from tenancy.models import Office, TenantOwned
from tenancy.visibility import OfficeQuerySet


class FrozenQuestion(TenantOwned):
    """What was asked about a round, under which rules, of which engine. Never changed.

    `masked` is the masked `round-problem/1` (docs/decisions/0004-masked-rounds.md): it has the
    same plans and the same measures as the question, so the desk can work on it.
    """

    round = models.ForeignKey(
        InspectionRound,
        models.PROTECT,
        related_name="questions",
        db_constraint=False,
        db_index=False,
    )
    sha256 = models.CharField(max_length=64, help_text="Of the unmasked document's bytes.")
    masked = models.TextField()
    masked_sha256 = models.CharField(max_length=64)
    rules_sha256 = models.CharField(max_length=64, help_text="Of the rule book's words.")
    engine = models.CharField(max_length=100)
    frozen_at = models.DateTimeField()

    objects = OfficeQuerySet["FrozenQuestion"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="frozen_question_once_per_round_rules_and_engine",
                fields=["tenant", "round", "sha256", "rules_sha256", "engine"],
            )
        ]


class Inspector(TenantOwned):
    """Somebody as the leading office knows them across rounds: an office and its number.

    Made by the database when they are first released. Its row is what a seat, a bar and a booking
    of one person wait for one another on.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=50)

    objects = OfficeQuerySet["Inspector"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="inspector_known_once", fields=["tenant", "office", "number"]
            )
        ]


class FrozenBar(TenantOwned):
    """One rule that keeps one person from one unit in a frozen question: the code, not the reason.

    The database refuses a seat that a bar of its plan's question forbids. Person and unit are
    named as they stay the same after a second release.
    """

    question = models.ForeignKey(
        FrozenQuestion, models.PROTECT, related_name="bars", db_constraint=False, db_index=False
    )
    inspector = models.ForeignKey(
        Inspector, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    unit_office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    unit_code = models.CharField(max_length=50)
    rule = models.CharField(max_length=40)
    roles = models.JSONField()  # the roles it binds in
    unless_host = models.BooleanField(help_text="A host seat is exempt.")

    objects = OfficeQuerySet["FrozenBar"].as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="frozen_bar_by_pair",
                fields=["tenant", "question", "inspector", "unit_office", "unit_code"],
            )
        ]
