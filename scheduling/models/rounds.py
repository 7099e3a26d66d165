"""A round as its leading office sets it up: window, mode, policy, team slots, chosen units."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenancy.models import Office, TenantOwned
from tenancy.visibility import OfficeQuerySet


class RoundState(models.TextChoices):
    DRAFTING = "drafting", _("Being set up")
    COLLECTING = "collecting", _("Counties are releasing people")
    CLOSED = "closed", _("Releases closed")


class InspectionRound(TenantOwned):
    """A round, owned by the office that leads it. Its tenant is the leading city office.

    `policy` is the exchange format's `policy`, complete: every key is present, so that a later
    change of a default never alters an old round.
    """

    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last calendar day of the round.")
    mode = models.CharField(max_length=30)
    policy = models.JSONField()
    calendar_overrides = models.JSONField(default=dict)  # {"2027-01-01": "rest" | "work"}
    travel = models.JSONField(default=list)  # [{"a": office code, "b": office code, "km": n}]
    past_arcs = models.JSONField(default=list)  # [{"from": code, "to": code, "ago": n}]
    state = models.CharField(max_length=20, choices=RoundState.choices, default=RoundState.DRAFTING)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = OfficeQuerySet["InspectionRound"].as_manager()

    class Meta:
        permissions = [("handle", "May handle it")]
        constraints = [
            models.CheckConstraint(
                name="round_ends_on_or_after_its_start",
                condition=Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                name="round_name_unique_in_its_office", fields=["tenant", "name"]
            ),
            models.CheckConstraint(
                name="round_state_is_known", condition=Q(state__in=RoundState.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamSlot(TenantOwned):
    """A team to fill. `size` counts everybody: one leader, the deputies, the members."""

    round = models.ForeignKey(
        InspectionRound,
        models.PROTECT,
        related_name="team_slots",
        db_constraint=False,
        db_index=False,
    )
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=50)
    position = models.PositiveSmallIntegerField()
    size_min = models.PositiveSmallIntegerField()
    size_max = models.PositiveSmallIntegerField()
    deputies_min = models.PositiveSmallIntegerField()
    deputies_max = models.PositiveSmallIntegerField()
    concurrency = models.PositiveSmallIntegerField(default=1)
    max_units = models.PositiveSmallIntegerField(null=True)

    objects = OfficeQuerySet["TeamSlot"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="team_slot_code_unique_in_its_round", fields=["tenant", "round", "code"]
            ),
            models.CheckConstraint(
                name="team_slot_holds_at_least_one_person",
                condition=Q(size_min__gte=1, size_max__gte=F("size_min")),
            ),
            models.CheckConstraint(
                name="team_slot_deputies_in_order",
                condition=Q(deputies_max__gte=F("deputies_min")),
            ),
            models.CheckConstraint(
                name="team_slot_visits_at_least_one_unit",
                condition=Q(concurrency__gte=1) & (Q(max_units__isnull=True) | Q(max_units__gte=1)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoundUnit(TenantOwned):
    """What the scheduler decided about one reported unit.

    Keyed by county and the county's own code, not by the reported row, so that the decision
    survives a second release. Without a row the county's report stands as it is.
    """

    round = models.ForeignKey(
        InspectionRound,
        models.PROTECT,
        related_name="unit_decisions",
        db_constraint=False,
        db_index=False,
    )
    county = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=50)
    chosen = models.BooleanField()
    mandatory = models.BooleanField()
    priority = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    window_earliest = models.DateField(null=True)
    window_latest = models.DateField(null=True)

    objects = OfficeQuerySet["RoundUnit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="round_unit_decided_once", fields=["tenant", "round", "county", "code"]
            ),
            models.CheckConstraint(
                name="round_unit_priority_between_1_and_100",
                condition=Q(priority__gte=1, priority__lte=100),
            ),
            models.CheckConstraint(
                name="round_unit_takes_at_least_a_day", condition=Q(days__gte=1)
            ),
            models.CheckConstraint(
                name="round_unit_window_in_order",
                condition=Q(window_earliest__isnull=True)
                | Q(window_latest__isnull=True)
                | Q(window_latest__gte=F("window_earliest")),
            ),
        ]
