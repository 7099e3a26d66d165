"""Reports of teams and their feedback; the office's classes of findings."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from sharing.api.papers import LifeStepOut
from sharing.api.rectification import STEERERS, AssignedOut
from sharing.domain.reports import REPORT
from sharing.selectors.reports import READS, report_page, reports_part
from sharing.services import reports as services
from sharing.services.assigning import assign_findings
from tenancy.domain.roles import Permission

STATES = list(REPORT.states)
MOST_FINDINGS = 500
FEEDS_BACK = (Permission.SIGN_PAPERS, Permission.FEED_BACK)


class BeginReportIn(Input):
    room = Number(help_text="A room in which the caller works.")
    unit = serializers.CharField(max_length=50)


class ReportChaptersIn(Input):
    part = serializers.ChoiceField(choices=["report", "feedback"])
    based_on = serializers.IntegerField(min_value=0, max_value=1_000_000)
    overview = serializers.CharField(
        max_length=10_000, required=False, allow_blank=True, default=""
    )
    evaluation = serializers.CharField(
        max_length=10_000, required=False, allow_blank=True, default=""
    )
    advice = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")
    duty = serializers.CharField(max_length=5_000, required=False, allow_blank=True, default="")


class ReportActIn(Input):
    act = serializers.ChoiceField(choices=list(services.ACTS))
    reason = serializers.CharField(max_length=2_000, required=False, allow_blank=True)
    heard_on = serializers.DateField(required=False)
    told_on = serializers.DateField(required=False)
    met_on = serializers.DateField(required=False)
    attendance = serializers.CharField(max_length=2_000, required=False, allow_blank=True)
    served_on = serializers.DateField(required=False)


class ReportLineOut(Output):
    number = serializers.IntegerField(source="pk")
    unit = serializers.CharField(source="unit_code")
    unit_name = serializers.CharField()
    team_name = serializers.CharField(source="room.team_name")
    round_name = serializers.CharField(source="room.round_name")
    state = serializers.ChoiceField(choices=STATES)


class ReportTextOut(Output):
    number = serializers.IntegerField()
    overview = serializers.CharField()
    evaluation = serializers.CharField()
    advice = serializers.CharField()
    duty = serializers.CharField()
    by_name = serializers.CharField()
    at = serializers.DateTimeField()


class ReportFindingOut(Output):
    number = serializers.IntegerField(source="paper.pk")
    mark = serializers.CharField(source="paper.finding_mark")
    level = serializers.CharField(source="paper.level")
    title = serializers.CharField(source="version.title")
    fact = serializers.CharField(source="version.fact")
    nature = serializers.CharField(source="version.nature")
    responsibility = serializers.CharField(source="version.responsibility")
    state = serializers.CharField(source="paper.state")
    item = serializers.IntegerField(
        source="item.pk", default=None, allow_null=True,
        help_text="What it became once it was assigned, where the caller sees it.",
    )  # fmt: skip


class ReportOut(Output):
    report = ReportLineOut()
    text = ReportTextOut(allow_null=True)
    feedback = ReportTextOut(allow_null=True)
    findings = ReportFindingOut(many=True)
    steps = LifeStepOut(many=True)
    open_acts = serializers.SerializerMethodField(help_text="What the caller may do next.")

    def get_open_acts(self, page: Any) -> list[str]:
        return [one.name for one in page.acts]


class AssignFindingsIn(Input):
    findings = serializers.ListField(
        child=Number(), min_length=1, max_length=MOST_FINDINGS,
        help_text="Numbers of findings of the report that are not assigned yet.",
    )  # fmt: skip
    together = serializers.BooleanField(
        default=False, help_text="All of them one item; they are of one class then."
    )
    leader = serializers.CharField(
        max_length=100, required=False, default="", allow_blank=True, help_text="leader:<number>"
    )


class Reports(Endpoint):
    @lists("list_reports", READS, gives=ReportLineOut)
    def get(self, call: Call) -> Any:
        """Reports that the caller may know of, the newest first."""
        return reports_part(call.actor, call.window)

    @acts("begin_report", Permission.SIGN_PAPERS, takes=BeginReportIn, gives=ReportOut, status=201)
    def post(self, call: Call) -> Any:
        """The team's report on a unit. Beginning it again gives the one that is there."""
        made = services.begin_report(actor=call.actor, **call.given)
        return Created(report_page(call.actor, made.pk), f"/api/v1/reports/{made.pk}")


class OneReport(Endpoint):
    @reads("read_report", READS, gives=ReportOut)
    def get(self, call: Call, number: int) -> Any:
        """A report with its findings, word for word, and the feedback."""
        return report_page(call.actor, number)


class ReportTexts(Endpoint):
    @acts("write_report", FEEDS_BACK, takes=ReportChaptersIn, gives=ReportOut)
    def post(self, call: Call, number: int) -> Any:
        """Save a further text of the report, or of its feedback."""
        given = dict(call.given)
        part, based_on = given.pop("part"), given.pop("based_on")
        services.write_report(
            actor=call.actor, number=number, part=part, based_on=based_on, chapters=given
        )
        return report_page(call.actor, number)


class ReportActs(Endpoint):
    @acts(
        "act_on_report",
        (Permission.SIGN_PAPERS, Permission.APPROVE_REPORTS, Permission.FEED_BACK),
        takes=ReportActIn,
        gives=ReportOut,
    )
    def post(self, call: Call, number: int) -> Any:
        """Hand in, take back, return, approve, tell the head, hold the meeting, serve. What an act
        needs and was not given is refused by name."""
        given = dict(call.given)
        services.do(actor=call.actor, number=number, act=given.pop("act"), given=given)
        return report_page(call.actor, number)


class ReportAssignment(Endpoint):
    @acts("assign_findings", STEERERS, takes=AssignFindingsIn, gives=AssignedOut, status=201)
    def post(self, call: Call, number: int) -> Any:
        """Assign findings of a served report to its unit, each an item of its own or all of them one."""
        return {"items": assign_findings(actor=call.actor, number=number, **call.given)}
