"""A calendar as somebody ticked it, turned into the overrides that it takes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from scheduling.access.rounds import access_round
from scheduling.domain.working_days import work_calendar
from scheduling.mapping.calendars import official_notices
from scheduling.models.rounds import InspectionRound
from scheduling.services.round_drafts import check_within
from scheduling.services.rounds import override_days
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def choose_working_days(*, actor: Actor, number: int, worked: Collection[date]) -> InspectionRound:
    """Work on exactly these days of the round. Only what departs from the notices is kept, so
    that a later notice still reaches the days that nobody touched."""
    round_ = access_round(actor, number, Permission.EDIT_ROUND)
    for day in sorted(worked):
        check_within(round_, day, "worked")
    announced = work_calendar(
        round_.starts_on, round_.ends_on, notices=official_notices(), overrides={}
    )
    overrides = {
        day.on: day.on in worked
        for day in announced.days
        if day.is_working_day != (day.on in worked)
    }
    return override_days(actor=actor, number=number, overrides=overrides)
