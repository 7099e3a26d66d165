"""What browsers reported: pages that broke their policy. Of no office."""

from __future__ import annotations

from django.db import models


class PolicyViolation(models.Model):
    """One kind of violation on one kind of page, and how often. No address, no person, no text.

    Nobody who serves people reads or writes this table: `sec.note_violation` counts, and
    `sec.violations` tells the security administrator.
    """

    directive = models.CharField(max_length=40)
    blocked = models.CharField(max_length=20)
    page = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="policy_violation_counted_once", fields=["directive", "blocked", "page"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.directive} {self.blocked} {self.page}"
