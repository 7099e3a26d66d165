"""What an office waits for: its terms, its working days, each running clock, pauses, what was told."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from sharing.domain.due_dates import CLOCK_TITLES, Clock
from sharing.domain.terms import SENSITIVE_LIVES
from tenancy.models import TenantOwned

SENSITIVE = sorted(SENSITIVE_LIVES)


class TermProfile(TenantOwned):
    """One version of an office's terms: the newest holds for clocks that begin from now on.

    Never changed: `own` holds the terms that differ from the profile's, by clock; `evaluation` by what
    a unit's rectification is judged.
    """

    version = models.PositiveIntegerField()
    profile = models.CharField(max_length=40)
    own = models.JSONField(default=dict)
    soon_days = models.PositiveSmallIntegerField()
    steps = models.JSONField(default=list)
    evaluation = models.JSONField(default=dict, help_text="Empty: the standard parameters.")
    reason = models.CharField(max_length=500)
    set_by = models.ForeignKey("tenancy.User", models.PROTECT, db_index=False, related_name="+")
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="term_profile_version_once", fields=["tenant", "version"]),
            models.CheckConstraint(
                name="term_profile_warns_within_reason",
                condition=Q(soon_days__gte=1, soon_days__lte=30),
            ),
            models.CheckConstraint(name="term_profile_says_why", condition=~Q(reason="")),
        ]


class OfficeDay(TenantOwned):
    """A day of which the office says otherwise than the State Council's notice."""

    on = models.DateField()
    is_worked = models.BooleanField()
    reason = models.CharField(max_length=200)
    set_by = models.ForeignKey("tenancy.User", models.PROTECT, db_index=False, related_name="+")
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="office_day_once", fields=["tenant", "on"]),
            models.CheckConstraint(name="office_day_says_why", condition=~Q(reason="")),
        ]


class Deadline(TenantOwned):
    """One clock of one record. `life` and `number` name the record; who may read it reads this.

    Of sensitive lives no title and no unit is kept here. `soon_on`, `tell_on` and `known_until`
    follow from `due_on`: when it is due soon, when there is more to tell of it, and the last year
    whose holidays were known when it was reckoned.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        PAUSED = "paused"
        KEPT = "kept"
        KEPT_LATE = "kept_late"
        STOPPED = "stopped"

    life = models.CharField(max_length=40)
    number = models.BigIntegerField(help_text="The record's number in its life.")
    clock = models.CharField(
        max_length=40, choices=[(one.value, CLOCK_TITLES[one].en) for one in Clock]
    )
    title = models.CharField(max_length=200, blank=True)
    asked_hand = models.CharField(max_length=40, blank=True, help_text="A hand of life_cycle.")
    asked_unit = models.CharField(max_length=200, blank=True)
    asked_user = models.ForeignKey(
        "tenancy.User", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    terms = models.ForeignKey(
        TermProfile,
        models.PROTECT,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="With which it began; none: the standard ones.",
    )
    days = models.PositiveSmallIntegerField(help_text="Working days; 0: until a named day.")
    until_on = models.DateField(null=True, help_text="A day that the record names.")
    started_on = models.DateField()
    started_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    due_on = models.DateField(null=True)
    soon_on = models.DateField(null=True)
    tell_on = models.DateField(null=True)
    told = models.PositiveSmallIntegerField(default=0, help_text="A stage of domain.terms.")
    known_until = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="deadline_one_running_per_clock",
                fields=["tenant", "life", "number", "clock"],
                condition=Q(state__in=["running", "paused"]),
            ),
            models.CheckConstraint(
                name="deadline_ends_when_it_is_over",
                condition=Q(state__in=["running", "paused"], ended_on__isnull=True)
                | Q(state__in=["kept", "kept_late", "stopped"], ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="deadline_is_due_unless_paused",
                condition=Q(state__in=["running", "kept", "kept_late"], due_on__isnull=False)
                | Q(state="paused", due_on__isnull=True, tell_on__isnull=True)
                | Q(state="stopped"),
            ),
            models.CheckConstraint(
                name="deadline_late_is_late",
                condition=~Q(state__in=["kept", "kept_late"])
                | Q(state="kept", ended_on__lte=F("due_on"))
                | Q(state="kept_late", ended_on__gt=F("due_on")),
            ),
            models.CheckConstraint(
                name="deadline_has_a_term_or_a_day",
                condition=Q(days__gte=1, until_on__isnull=True) | Q(days=0, until_on__isnull=False),
            ),
            models.CheckConstraint(
                name="deadline_asks_one",
                condition=Q(asked_unit="", asked_user__isnull=True) & ~Q(asked_hand="")
                | Q(asked_hand="", asked_user__isnull=True) & ~Q(asked_unit="")
                | Q(asked_hand="", asked_unit="", asked_user__isnull=False),
            ),
            models.CheckConstraint(
                name="deadline_of_a_sensitive_record_says_nothing",
                condition=~Q(life__in=SENSITIVE) | Q(title="", asked_unit=""),
            ),
        ]
        indexes = [
            models.Index(
                name="deadline_by_due_day",
                fields=["tenant", "due_on", "id"],
                condition=Q(state="running"),
            ),
            models.Index(name="deadline_by_state", fields=["tenant", "state", "-id"]),
            models.Index(name="deadline_of_a_record", fields=["tenant", "life", "number"]),
            # Looked for across all offices.
            models.Index(name="deadline_to_tell", fields=["tell_on"], condition=Q(state="running")),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.RUNNING, self.State.PAUSED)


class DeadlinePause(TenantOwned):
    """Days that do not count: from `first` to the day before `until`."""

    deadline = models.ForeignKey(
        Deadline, models.PROTECT, db_constraint=False, db_index=False, related_name="pauses"
    )
    first = models.DateField()
    until = models.DateField(null=True, help_text="The first day that counts again.")
    reason = models.CharField(max_length=500)
    paused_by = models.ForeignKey("tenancy.User", models.PROTECT, db_index=False, related_name="+")
    resumed_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="deadline_pause_one_at_a_time",
                fields=["tenant", "deadline"],
                condition=Q(until__isnull=True),
            ),
            models.CheckConstraint(
                name="deadline_pause_ends_after_it_begins",
                condition=Q(until__isnull=True, resumed_by__isnull=True)
                | Q(until__gte=F("first"), resumed_by__isnull=False),
            ),
            models.CheckConstraint(name="deadline_pause_says_why", condition=~Q(reason="")),
        ]
        indexes = [models.Index(name="deadline_pause_of_one", fields=["tenant", "deadline", "id"])]


class DeadlineTold(TenantOwned):
    """That a stage of a deadline was told, by which kind of notice: once a day at the most.

    `batch` is the day as a number (20261126): what the notices of that day are about.
    """

    deadline = models.ForeignKey(
        Deadline, models.PROTECT, db_constraint=False, db_index=False, related_name="tellings"
    )
    stage = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    batch = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="deadline_told_once_a_day", fields=["tenant", "deadline", "batch"]
            )
        ]
        indexes = [models.Index(name="deadline_told_on", fields=["tenant", "batch", "kind"])]
