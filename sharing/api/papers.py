"""Working papers of a team, and findings as the office reads them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import MOST_NUMBER, Input, Number, Output, entries
from sharing.api.attachments import AttachedFiles
from sharing.domain.dictionary import Discipline, Severity
from sharing.domain.findings import MOST_LINES, EvidenceKind
from sharing.domain.working_papers import WORKING_PAPER
from sharing.selectors.papers import (
    READS_FINDINGS,
    PaperQuery,
    comparison_page,
    finding_page,
    findings_part,
    paper_page,
    papers_part,
)
from sharing.services import paper_acts
from sharing.services.evidence_files import add_evidence_file, take_off_evidence_file
from sharing.services.paper_texts import Basis, Evidence, PaperText, begin_paper, write_paper
from tenancy.domain.roles import Permission

STATES = list(WORKING_PAPER.states)
ACTS = [*paper_acts.ACTS, "put_in_report"]


class PaperBasisIn(Input):
    text_title = serializers.CharField(max_length=200)
    article = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    edition = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")


class PaperEvidenceIn(Input):
    kind = serializers.ChoiceField(choices=[one.value for one in EvidenceKind])
    title = serializers.CharField(max_length=200)
    dated_on = serializers.DateField(required=False, allow_null=True, default=None)
    pages = serializers.IntegerField(
        min_value=1, max_value=100_000, required=False, allow_null=True, default=None
    )
    kept_at = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    line_before = serializers.IntegerField(
        min_value=1,
        max_value=1_000,
        required=False,
        allow_null=True,
        default=None,
        help_text="Its position in the version before: the files of that line come along.",
    )


class PaperTextIn(Input):
    title = serializers.CharField(max_length=200)
    fact = serializers.CharField(max_length=20_000, required=False, allow_blank=True, default="")
    nature = serializers.CharField(max_length=5_000, required=False, allow_blank=True, default="")
    responsibility = serializers.CharField(
        max_length=5_000, required=False, allow_blank=True, default=""
    )
    category = Number(
        required=False,
        allow_null=True,
        default=None,
        help_text="A class of the second level, of `list_categories`.",
    )
    severity = serializers.ChoiceField(
        choices=[one.value for one in Severity], required=False, allow_blank=True, default=""
    )
    money_cents = serializers.IntegerField(
        min_value=0, max_value=10**16, required=False, allow_null=True, default=None
    )
    people_count = serializers.IntegerField(
        min_value=0, max_value=1_000_000, required=False, allow_null=True, default=None
    )
    disciplines = serializers.ListField(
        child=serializers.ChoiceField(choices=[one.value for one in Discipline]),
        required=False,
        max_length=6,
    )
    bases = entries(PaperBasisIn, MOST_LINES, required=False)
    evidence = entries(PaperEvidenceIn, MOST_LINES, required=False)


class BeginPaperIn(PaperTextIn):
    room = Number(help_text="A room in which the caller works.")
    unit = serializers.CharField(max_length=50, help_text="The code of a unit of the team.")


class PaperVersionIn(PaperTextIn):
    based_on = serializers.IntegerField(
        min_value=1, max_value=1_000_000, help_text="The version that the writer had before them."
    )
    why = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class PaperActIn(Input):
    act = serializers.ChoiceField(choices=ACTS)
    reason = serializers.CharField(max_length=2_000, required=False, allow_blank=True)
    met_on = serializers.DateField(required=False)
    opinion = serializers.CharField(max_length=2_000, required=False, allow_blank=True)
    report = Number(required=False, help_text="Of `put_in_report`: which report.")


class PaperCommentIn(Input):
    comment = serializers.CharField(max_length=2_000)


class EvidenceFileIn(Input):
    line = serializers.IntegerField(
        min_value=1, max_value=1_000, help_text="The position of the line in the newest version."
    )
    file = serializers.FileField(allow_empty_file=True, help_text="What it is says its content.")


class TakeOffIn(Input):
    attachment = Number(help_text="One that hangs on the newest version.")


class PapersQuery(Input):
    search = serializers.CharField(max_length=100, required=False, help_text="In titles.")
    unit = serializers.CharField(max_length=50, required=False)
    level = serializers.CharField(max_length=20, required=False)
    state = serializers.ChoiceField(choices=STATES, required=False)
    severity = serializers.ChoiceField(choices=[one.value for one in Severity], required=False)
    finder = serializers.IntegerField(required=False, min_value=1, max_value=MOST_NUMBER)


class ComparisonQuery(Input):
    old = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False, default=0)
    new = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False, default=0)


class PaperLineOut(Output):
    number = serializers.IntegerField(source="pk")
    mark = serializers.CharField(help_text="Its number in the team.")
    unit = serializers.CharField(source="unit_code")
    unit_name = serializers.CharField()
    title = serializers.CharField()
    level = serializers.CharField()
    class_name = serializers.CharField()
    severity = serializers.CharField()
    money_cents = serializers.IntegerField(allow_null=True)
    people_count = serializers.IntegerField(allow_null=True)
    finder_name = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=STATES)
    changed_at = serializers.DateTimeField()


class FindingLineOut(Output):
    number = serializers.IntegerField(source="pk")
    mark = serializers.CharField(source="finding_mark", help_text="Its number as a finding.")
    unit = serializers.CharField(source="unit_code")
    unit_name = serializers.CharField()
    team_name = serializers.CharField(source="room.team_name")
    title = serializers.CharField()
    level = serializers.CharField()
    class_name = serializers.CharField()
    severity = serializers.CharField()
    money_cents = serializers.IntegerField(allow_null=True)
    people_count = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(choices=STATES)


class PaperBasisOut(Output):
    text_title = serializers.CharField()
    article = serializers.CharField()
    edition = serializers.CharField()


class PaperEvidenceOut(Output):
    kind = serializers.CharField()
    title = serializers.CharField()
    dated_on = serializers.DateField(allow_null=True)
    pages = serializers.IntegerField(allow_null=True)
    kept_at = serializers.CharField()


class PaperTextOut(Output):
    number = serializers.IntegerField()
    title = serializers.CharField()
    fact = serializers.CharField()
    nature = serializers.CharField()
    responsibility = serializers.CharField()
    level = serializers.CharField()
    class_name = serializers.CharField()
    severity = serializers.CharField()
    money_cents = serializers.IntegerField(allow_null=True)
    people_count = serializers.IntegerField(allow_null=True)
    disciplines = serializers.ListField(child=serializers.CharField())
    bases = PaperBasisOut(many=True, source="bases.all")
    evidence = PaperEvidenceOut(many=True, source="evidence.all")
    by_name = serializers.CharField()
    at = serializers.DateTimeField()


class FindingTextOut(PaperTextOut):
    number = serializers.IntegerField(
        allow_null=True,
        help_text="Of the version: for the team and the office that has the report.",
    )
    by_name = serializers.CharField(
        allow_null=True, help_text="The same: nobody else learns who of the team wrote it."
    )


class LifeStepOut(Output):
    act = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    by_name = serializers.CharField()
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class PaperCommentOut(Output):
    of_version = serializers.IntegerField()
    text = serializers.CharField()
    by_name = serializers.CharField()
    at = serializers.DateTimeField()


class PaperVersionLineOut(Output):
    number = serializers.IntegerField()
    by_name = serializers.CharField()
    at = serializers.DateTimeField()
    why = serializers.CharField()


class EvidenceFilesOut(Output):
    line = serializers.IntegerField(
        source="evidence.position", help_text="Its position, from 1 on."
    )
    files = AttachedFiles()


class PaperOut(Output):
    paper = PaperLineOut()
    text = PaperTextOut(source="version")
    evidence = EvidenceFilesOut(many=True, help_text="Which files hang on which line.")
    may_attach = serializers.BooleanField(help_text="Whether the caller may hand in and take off.")
    lacks = serializers.ListField(
        child=serializers.CharField(), help_text="What it still needs before the team meeting."
    )
    steps = LifeStepOut(many=True)
    versions = PaperVersionLineOut(many=True)
    comments = PaperCommentOut(many=True)
    open_acts = serializers.SerializerMethodField(help_text="What the caller may do next.")

    def get_open_acts(self, page: Any) -> list[str]:
        return [one.name for one in page.acts]


class FindingOut(Output):
    finding = FindingLineOut(source="paper")
    text = FindingTextOut(source="version")
    evidence = EvidenceFilesOut(many=True, help_text="Which files hang on which line.")
    steps = LifeStepOut(many=True)
    comments = PaperCommentOut(many=True)

    def to_representation(self, page: Any) -> dict[str, Any]:
        told = super().to_representation(page)
        if page.is_for_unit:
            told["text"] |= {"number": None, "by_name": None}
        return told


class TextPieceOut(Output):
    change = serializers.ChoiceField(choices=["same", "gone", "came"])
    text = serializers.CharField(trim_whitespace=False)


class TextChangeOut(Output):
    part = serializers.CharField(source="name")
    before = TextPieceOut(many=True, source="difference.before")
    after = TextPieceOut(many=True, source="difference.after")


class PaperComparisonOut(Output):
    old = serializers.IntegerField(source="old.number")
    new = serializers.IntegerField(source="new.number")
    changes = TextChangeOut(many=True)


class Papers(Endpoint):
    @lists("list_papers", Permission.WORK_IN_ROOM, gives=PaperLineOut, asks=PapersQuery)
    def get(self, call: Call) -> Any:
        """Papers of the rooms in which the caller works, the newest first."""
        return papers_part(call.actor, _query(call), call.window)

    @acts("begin_paper", Permission.WRITE_PAPERS, takes=BeginPaperIn, gives=PaperOut, status=201)
    def post(self, call: Call) -> Any:
        """Write down an issue. All but the title may be missing from a draft."""
        given = dict(call.given)
        room, unit = given.pop("room"), given.pop("unit")
        paper = begin_paper(actor=call.actor, room=room, unit=unit, text=_text(given))
        return Created(paper_page(call.actor, paper.pk), f"/api/v1/papers/{paper.pk}")


class OnePaper(Endpoint):
    @reads("read_paper", Permission.WORK_IN_ROOM, gives=PaperOut)
    def get(self, call: Call, number: int) -> Any:
        """A paper of the caller's team, with every act and what the office said of it."""
        return paper_page(call.actor, number)


class PaperVersions(Endpoint):
    @acts("write_paper", Permission.WRITE_PAPERS, takes=PaperVersionIn, gives=PaperOut)
    def post(self, call: Call, number: int) -> Any:
        """Save a further version. Its finder's alone, while it is a draft."""
        given = dict(call.given)
        based_on, why = given.pop("based_on"), given.pop("why")
        write_paper(actor=call.actor, number=number, text=_text(given), based_on=based_on, why=why)
        return paper_page(call.actor, number)


class PaperFiles(Endpoint):
    @acts(
        "add_evidence_file",
        Permission.WRITE_PAPERS,
        takes=EvidenceFileIn,
        gives=PaperOut,
        status=201,
        takes_file=True,
    )
    def post(self, call: Call, number: int) -> Any:
        """Hand in a file for a line of the evidence. Its finder's alone, before it is handed on."""
        file, line = call.given["file"], call.given["line"]
        made = add_evidence_file(
            actor=call.actor, number=number, line=line, file_name=file.name, content=file.chunks()
        )
        return Created(paper_page(call.actor, number), f"/api/v1/attachments/{made.pk}")


class PaperFilesOff(Endpoint):
    @acts("take_off_evidence_file", Permission.WRITE_PAPERS, takes=TakeOffIn, gives=PaperOut)
    def post(self, call: Call, number: int) -> Any:
        """Take a file off the newest version; earlier ones keep it."""
        take_off_evidence_file(actor=call.actor, number=number, **call.given)
        return paper_page(call.actor, number)


class PaperComparison(Endpoint):
    @reads(
        "compare_paper_versions",
        Permission.WORK_IN_ROOM,
        gives=PaperComparisonOut,
        asks=ComparisonQuery,
    )
    def get(self, call: Call, number: int) -> Any:
        """Two versions side by side; unless said otherwise the newest and the one before."""
        return comparison_page(call.actor, number, call.asked["old"], call.asked["new"])


class PaperActs(Endpoint):
    @acts(
        "act_on_paper",
        (Permission.WRITE_PAPERS, Permission.SIGN_PAPERS),
        takes=PaperActIn,
        gives=PaperOut,
    )
    def post(self, call: Call, number: int) -> Any:
        """Hand it to the team meeting, pass, send back, not uphold, sign, put in the report, take
        back. What an act needs and was not given is refused by name."""
        given = dict(call.given)
        name = given.pop("act")
        if name == "put_in_report":
            report = given.get("report", 0)
            paper_acts.put_in_report(actor=call.actor, number=number, report=report)
        else:
            paper_acts.do(actor=call.actor, number=number, act=name, given=given)
        return paper_page(call.actor, number)


class Findings(Endpoint):
    @lists("list_findings", READS_FINDINGS, gives=FindingLineOut, asks=PapersQuery)
    def get(self, call: Call) -> Any:
        """Findings that the office may know of, the newest first."""
        return findings_part(call.actor, _query(call), call.window)


class OneFinding(Endpoint):
    @reads("read_finding", READS_FINDINGS, gives=FindingOut)
    def get(self, call: Call, number: int) -> Any:
        """A finding as it is in the report. The reading is recorded."""
        return finding_page(call.actor, number)


class FindingComments(Endpoint):
    @acts(
        "comment_finding",
        (Permission.COMMENT_REPORTS, Permission.FEED_BACK),
        takes=PaperCommentIn,
        gives=FindingOut,
    )
    def post(self, call: Call, number: int) -> Any:
        """Say what the office thinks of it. The text stays the team's."""
        finding_page(call.actor, number)
        paper_acts.comment_paper(actor=call.actor, number=number, comment=call.given["comment"])
        return finding_page(call.actor, number)


def _text(given: dict[str, Any]) -> PaperText:
    return PaperText(
        **{
            **given,
            "disciplines": given.get("disciplines", ()),
            "bases": [Basis(**one) for one in given.get("bases", ())],
            "evidence": [Evidence(**one) for one in given.get("evidence", ())],
        }
    )


def _query(call: Call) -> PaperQuery:
    names = ("search", "unit", "level", "state", "severity", "finder")
    return PaperQuery(**{name: call.asked[name] for name in names if name in call.asked})
