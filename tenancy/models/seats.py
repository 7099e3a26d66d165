"""How seats come and go: proposed by one person, put in force by another. And invitations."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from tenancy.domain.deputies import LONGEST_DAYS
from tenancy.domain.roles import ROLE_TITLES, Role
from tenancy.models.owned import Delivered, TenantOwned


class SeatChange(Delivered):
    """A proposal to give or end a seat of the office `sender`; the platform (`tenant`) decides.

    The office reads what is proposed about its own seats. Nobody writes here but
    `sec.propose_seat`, `sec.propose_deputy`, `sec.propose_transfer` and `sec.decide_seat`.
    """

    class Kind(models.TextChoices):
        GRANT = "grant"
        END = "end"
        DEPUTISE = "deputise"
        TRANSFER = "transfer"

    class State(models.TextChoices):
        OPEN = "open"
        IN_FORCE = "in_force"
        REFUSED = "refused"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.ForeignKey("tenancy.User", models.PROTECT, related_name="+")
    role = models.CharField(
        max_length=40, choices=[(role.value, ROLE_TITLES[role].en) for role in Role]
    )
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    seat_number = models.BigIntegerField(
        null=True, help_text="The seat that is to end, or that is stood in for."
    )
    principal = models.ForeignKey(
        "tenancy.User", models.PROTECT, null=True, related_name="+", help_text="Stood in for."
    )
    withheld = models.JSONField(null=True, help_text="Permissions that are not passed on.")
    to_office = models.ForeignKey(
        "tenancy.Office",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Where the person moves: every own seat in the sender's office ends.",
    )
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey("tenancy.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=500, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seat_change_not_for_oneself", condition=~Q(proposed_by=F("person"))
            ),
            models.CheckConstraint(
                name="seat_change_decided_by_another",
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("person"))),
            ),
            models.CheckConstraint(
                name="seat_change_has_a_decider_exactly_when_decided",
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(state__in=["in_force", "refused"])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="seat_change_ends_after_it_starts",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("since_on")),
            ),
            models.CheckConstraint(
                name="seat_change_names_a_seat_exactly_to_end_it",
                condition=Q(kind__in=["grant", "transfer"], seat_number__isnull=True)
                | Q(kind__in=["end", "deputise"], seat_number__isnull=False),
            ),
            models.CheckConstraint(
                name="seat_change_deputises_for_another_for_a_term",
                condition=Q(~Q(kind="deputise"), principal__isnull=True, withheld__isnull=True)
                | Q(
                    ~Q(principal=F("person")),
                    kind="deputise",
                    principal__isnull=False,
                    withheld__isnull=False,
                    until_on__isnull=False,
                    until_on__lte=F("since_on") + timedelta(days=LONGEST_DAYS),
                ),
            ),
            models.CheckConstraint(
                name="seat_change_moves_to_another_office",
                condition=Q(~Q(kind="transfer"), to_office__isnull=True)
                | Q(
                    ~Q(to_office=F("sender")),
                    kind="transfer",
                    to_office__isnull=False,
                    until_on__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="seat_change_not_decided_by_its_principal",
                condition=Q(decided_by__isnull=True)
                | Q(principal__isnull=True)
                | ~Q(decided_by=F("principal")),
            ),
            models.UniqueConstraint(
                name="seat_change_one_open_per_seat",
                fields=["tenant", "sender", "person", "role", "kind"],
                condition=Q(state="open"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.role} ({self.state})"


class Invitation(TenantOwned):
    """A link, for one person and one use, by which they set their password. Of the platform.

    Its secret is stored nowhere; `digest` is its SHA-256.
    """

    person = models.ForeignKey("tenancy.User", models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32)
    made_by = models.ForeignKey("tenancy.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="Used, or replaced by a newer one.")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="invitation_digest_once", fields=["tenant", "digest"]),
            models.UniqueConstraint(
                name="invitation_one_open_per_person",
                fields=["tenant", "person"],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.made_at})"
