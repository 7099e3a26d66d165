"""Weekly progress as lists: the team's own, and what of it the office reads."""

from __future__ import annotations

from sharing.access.weekly import reports_of_room, signed_reports
from sharing.models.weekly import WeeklyReport
from tenancy.actor import Actor
from tenancy.paging import Part, Window, part_of


def room_reports(actor: Actor, number: int, window: Window) -> Part[WeeklyReport]:
    """The newest week first."""
    return part_of(reports_of_room(actor, number), window, "-week")


def office_reports(actor: Actor, request: int, window: Window) -> Part[WeeklyReport]:
    return part_of(signed_reports(actor, request), window, "-week")
