"""A team's weekly progress."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output
from sharing.domain.weekly import typed_of
from sharing.models.weekly import WeeklyReport
from sharing.selectors.weekly import office_reports, room_reports
from sharing.services.weekly import draft_weekly_report, sign_weekly_report
from tenancy.domain.roles import Permission

MOST = 99_999


class WeeklyReportIn(Input):
    week = serializers.DateField(help_text="Any day of it.")
    talks = serializers.IntegerField(min_value=0, max_value=MOST)
    files = serializers.IntegerField(min_value=0, max_value=MOST, help_text="Files read.")
    letters = serializers.IntegerField(min_value=0, max_value=MOST)
    visits = serializers.IntegerField(min_value=0, max_value=MOST)
    findings = serializers.CharField(
        max_length=2000,
        required=False,
        default="",
        allow_blank=True,
        help_text="A class with its number a line.",
    )
    next_week = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class WeekIn(Input):
    week = serializers.DateField(help_text="Any day of it.")


class WeeklyReportOut(Output):
    week = serializers.DateField(help_text="Its Monday.")
    talks = serializers.IntegerField()
    files = serializers.IntegerField()
    letters = serializers.IntegerField()
    visits = serializers.IntegerField()
    findings = serializers.SerializerMethodField(help_text="A class with its number a line.")
    next_week = serializers.CharField()
    drafted_by = serializers.CharField()
    signed_by = serializers.CharField(allow_blank=True)
    signed_at = serializers.DateTimeField(allow_null=True)

    def get_findings(self, report: WeeklyReport) -> str:
        return typed_of(report.findings)


class SignedWeeklyReportOut(WeeklyReportOut):
    """As the office reads it."""


class RoomWeeklyReports(Endpoint):
    @lists("list_weekly_reports", Permission.WORK_IN_ROOM, gives=WeeklyReportOut)
    def get(self, call: Call, number: int) -> Any:
        """The team's own, the newest week first."""
        return room_reports(call.actor, number, call.window)

    @acts(
        "draft_weekly_report", Permission.WORK_IN_ROOM, takes=WeeklyReportIn, gives=WeeklyReportOut
    )
    def post(self, call: Call, number: int) -> Any:
        """Draft a week's report; drafting the same week again replaces it until it is signed."""
        return draft_weekly_report(actor=call.actor, number=number, **call.given)


class SignWeeklyReport(Endpoint):
    @acts("sign_weekly_report", Permission.SIGN_WEEKLY_REPORTS, takes=WeekIn, gives=WeeklyReportOut)
    def post(self, call: Call, number: int) -> Any:
        """The leader's word on a week: it stands from now on, and the office reads it."""
        return sign_weekly_report(actor=call.actor, number=number, **call.given)


class OfficeWeeklyReports(Endpoint):
    @lists(
        "list_signed_weekly_reports", Permission.VIEW_WEEKLY_REPORTS, gives=SignedWeeklyReportOut
    )
    def get(self, call: Call, number: int) -> Any:
        """What a team's leader has signed, for the office whose the papers are."""
        return office_reports(call.actor, number, call.window)
