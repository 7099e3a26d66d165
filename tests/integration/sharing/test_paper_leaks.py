"""Who does not read of papers, each beside somebody who does (docs/architecture/papers.md)."""

from __future__ import annotations

import json

import pytest

from kernel.errors import NotVisible
from sharing.access.papers import (
    access_finding,
    access_paper,
    findings_visible_to,
    papers_of_mine,
)
from sharing.access.reports import access_report, reports_visible_to
from sharing.api.papers import FindingOut
from sharing.api.reports import ReportOut
from sharing.models.contacts import SPEAK, SUPERVISE, UnitDesk
from sharing.models.papers import PaperVersion, WorkingPaper
from sharing.models.reports import InspectionReport
from sharing.selectors.papers import PaperQuery, finding_page, findings_part
from sharing.selectors.reports import report_page
from sharing.services import paper_acts, reports
from sharing.services.contacts import name_contact
from sharing.services.paper_texts import write_paper
from tenancy.domain.acts import NOT_TOLD_AT_HOME
from tenancy.models import AuditEntry
from tenancy.paging import Window
from tests.papers import _led, approve, report_of, serve, submit, to, whole
from tests.people import acting
from tests.teams import UNIT_CODE, Team


def sees_paper(team: Team, who: str, paper: WorkingPaper) -> bool:
    actor = team.actor(who)
    with acting(actor):
        try:
            return access_paper(actor, paper.pk) == paper
        except NotVisible:
            return False


def sees_finding(team: Team, who: str, paper: WorkingPaper) -> bool:
    actor = team.actor(who)
    with acting(actor):
        try:
            found = access_finding(actor, paper.pk) == paper
        except NotVisible:
            found = False
        assert found == (paper in findings_visible_to(actor))
    return found


def test_a_third_county_that_guesses_the_number_finds_nothing(team: Team) -> None:
    """Leak case 1. The twin: the host's office, of the same number."""
    paper = to(team, "fed_back")

    assert sees_finding(team, "lin", paper)
    ye = team.actor("ye")
    with acting(ye):
        for model in (WorkingPaper, PaperVersion, InspectionReport):
            assert not model.objects.exists(), "not even a row of it is there to count"
        for number in (paper.pk, 987_654_321):
            with pytest.raises(NotVisible) as refused:
                access_finding(ye, number)
            assert refused.value.data["what"] == "finding"
        with pytest.raises(NotVisible):
            access_report(ye, paper.report_id or 0)


def test_the_office_that_sent_the_team_reads_none_of_its_papers(team: Team) -> None:
    """Leak case 2: Shengsi, whose people lead the team. The twin: they themselves, in the room."""
    paper = to(team, "in_report")

    assert sees_paper(team, "tang", paper)
    jiang = team.actor("jiang")
    with acting(jiang):
        assert not WorkingPaper.objects.exists()
        assert not findings_visible_to(jiang).exists()
        assert not papers_of_mine(jiang).exists()


@pytest.mark.parametrize("state", ["draft", "evidence_complete", "meeting_passed", "leader_signed"])
def test_the_host_reads_nothing_before_it_is_in_a_report(team: Team, state: str) -> None:
    paper = to(team, state)

    assert sees_paper(team, "mei", paper)
    for who in ("lin", "wu", "he", "luo", "qiao", "bai"):
        assert not sees_finding(team, who, paper), who
        assert not sees_paper(team, who, paper), who


def test_the_host_reads_what_is_in_a_report_and_others_what_was_fed_back(team: Team) -> None:
    paper = to(team, "in_report")
    for who in ("lin", "wu", "he"):
        assert sees_finding(team, who, paper), who
    for who in ("luo", "qiao", "shen", "bai"):
        assert not sees_finding(team, who, paper), who
    approve(team)
    assert not sees_finding(team, "luo", paper)
    serve(team)
    assert sees_finding(team, "luo", paper)
    for who in ("qiao", "shen", "bai"):
        assert not sees_finding(team, who, paper), who


def speaks(team: Team, who: str, capacity: str, code: str = UNIT_CODE) -> None:
    """Named by the director for that unit, whose desk the registry has."""
    lin = team.actor("lin")
    with team.django_as("owner"):
        desk, _ = UnitDesk.objects.get_or_create(
            tenant_id=lin.tenant_id, unit_code=code, defaults={"name": code, "inspectable": True}
        )
    with acting(lin):
        person = team.actor(who).person_id
        name_contact(actor=lin, number=desk.pk, capacity=capacity, person=person)


@pytest.mark.parametrize(("who", "capacity"), [("qiao", SPEAK), ("shen", SUPERVISE)])
def test_the_unit_reads_what_was_fed_back_to_it_and_only_then(
    team: Team, who: str, capacity: str
) -> None:
    """Leak case 5. The twin: after feedback; and never another unit's."""
    paper, actor = to(team, "in_report"), team.actor(who)
    speaks(team, who, capacity)

    def reads() -> tuple[bool, bool]:
        with acting(actor):
            reports = reports_visible_to(actor).filter(pk=report_of_paper)
            return paper in findings_visible_to(actor), reports.exists()

    report_of_paper = report_of(team).pk
    assert reads() == (False, False)
    approve(team)
    assert reads() == (False, False)
    serve(team)
    assert reads() == (True, True)
    with acting(actor):
        page = report_page(actor, report_of_paper)
        assert page.text is None
        assert {one.act for one in page.steps} == {"head_told", "meeting_held", "served"}
        finding = finding_page(actor, paper.pk)
        assert {one.act for one in finding.steps} == {"fed_back"}


def test_the_discipline_body_gets_what_the_unit_gets(team: Team) -> None:
    """Not the report behind the feedback, nor what the office said, nor what was written before. The
    twin: the office, which reads all of it."""
    paper = to(team, "in_report")
    lin, luo, tang, mei = (team.actor(who) for who in ("lin", "luo", "tang", "mei"))
    report = approve_with_a_comment(team, paper)
    serve(team)
    with acting(luo):
        page, finding = report_page(luo, report), finding_page(luo, paper.pk)
        told = FindingOut(finding).data
        assert page.text is None
        assert page.is_for_unit
        assert page.feedback is not None
        assert [one.paper.pk for one in page.findings] == [paper.pk]
        assert {one.act for one in page.steps} == {"head_told", "meeting_held", "served"}
        assert {one.act for one in finding.steps} == {"fed_back"}
        assert (list(finding.comments), list(finding.changed)) == ([], [])
        assert (told["text"]["by_name"], told["text"]["number"]) == (None, None)
        assert told["text"]["title"] == paper.title
        assert told["comments"] == []
        api = ReportOut(page).data
        assert api["text"] is None
    assert mei.name not in json.dumps(told, ensure_ascii=False, default=str)
    with acting(lin):
        page, finding = report_page(lin, report), finding_page(lin, paper.pk)
        told = FindingOut(finding).data
        assert page.text is not None
        assert [one.text for one in finding.comments] == ["定性依据宜补充"]
        assert (told["text"]["by_name"], told["text"]["number"]) == (mei.name, 2)
        assert finding.changed
    with acting(tang):
        assert report_page(tang, report).text is not None


def approve_with_a_comment(team: Team, paper: WorkingPaper) -> int:
    """Handed in, commented and returned, written anew, put in again and approved."""
    lin, he, tang, mei = (team.actor(who) for who in ("lin", "he", "tang", "mei"))
    report = submit(team)
    with acting(lin):
        paper_acts.comment_paper(actor=lin, number=paper.pk, comment="定性依据宜补充")
    with acting(he):
        reports.return_report(actor=he, number=report.pk, reason="请补充依据")
    with acting(tang):
        paper_acts.take_back(actor=tang, number=paper.pk, reason="补充依据")
    with acting(mei):
        text = whole(team, nature="集体决策制度执行不到位。")
        write_paper(actor=mei, number=paper.pk, text=text, based_on=1, why="补充")
        paper_acts.hand_to_meeting(actor=mei, number=paper.pk)
    with acting(tang):
        for reached in ("meeting_passed", "leader_signed", "in_report"):
            _led(team, paper, reached)
    return approve(team).pk


def test_nobody_asks_the_list_of_findings_who_wrote_them(team: Team) -> None:
    """A liaison, or the discipline body, that asks for each of the team in turn. The twin: the office."""
    paper = to(team, "fed_back")
    speaks(team, "qiao", SPEAK)
    finder, nobody = paper.finder_id, 987_654_321
    for who, finds in (("lin", [paper.pk]), ("qiao", []), ("luo", [])):
        actor = team.actor(who)
        with acting(actor):
            asked = [
                [row.pk for row in findings_part(actor, PaperQuery(finder=one), Window(10)).lines]
                for one in (finder, nobody, None)
            ]
        assert asked == [finds, [], [paper.pk]], who


def test_who_speaks_for_another_unit_reads_nothing(team: Team) -> None:
    to(team, "fed_back")
    speaks(team, "qiao", SPEAK, "another")
    qiao = team.actor("qiao")
    with acting(qiao):
        assert not findings_visible_to(qiao).exists()
        assert not reports_visible_to(qiao).exists()


def test_a_report_is_the_team_s_until_it_is_handed_in(team: Team) -> None:
    paper = to(team, "in_report")
    report = report_of(team)
    for who, sees in (("tang", True), ("mei", True), ("lin", False), ("he", False)):
        actor = team.actor(who)
        with acting(actor):
            assert reports_visible_to(actor).filter(pk=report.pk).exists() == sees, who
    approve(team)
    for who, sees in (("mei", True), ("lin", True), ("he", True), ("luo", False), ("qiao", False)):
        actor = team.actor(who)
        with acting(actor):
            assert reports_visible_to(actor).filter(pk=report.pk).exists() == sees, who
    assert paper.report_id == report.pk


def test_another_team_in_the_same_office_reads_nothing(team: Team) -> None:
    paper = to(team, "in_report")

    assert not sees_paper(team, "ruan", paper)
    assert not sees_finding(team, "ruan", paper)
    with acting(team.actor("ruan")):
        assert not reports_visible_to(team.actor("ruan")).exists()


def test_numbers_of_findings_leave_no_gap_that_tells_of_other_papers(team: Team) -> None:
    """The second paper never came so far: what the office is told counts on without it."""
    first = to(team, "in_report")
    to(team, "draft", "未成立")
    third = to(team, "in_report", "第三个问题")

    assert (first.sequence, third.sequence) == (1, 3)
    assert (first.finding_mark[-3:], third.finding_mark[-3:]) == ("001", "002")


def test_the_office_s_own_record_tells_nothing_of_the_room(team: Team) -> None:
    """Leak case 8: audit views obey the rules of the screens."""
    to(team, "leader_signed")
    with acting(team.actor("lin")):
        acts = set(
            AuditEntry.objects.filter(object_type="sharing.workingpaper").values_list(
                "action", flat=True
            )
        )
    assert acts, "the acts are on record"
    assert acts <= NOT_TOLD_AT_HOME
