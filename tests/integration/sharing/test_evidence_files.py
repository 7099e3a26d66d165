"""Files of a paper's evidence: whose they are, who reads them, what a further version does with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from pytest_django import Settings

from kernel.errors import DomainError, NotVisible
from sharing.errors.evidence_files import EvidenceFileOfTheFinder, EvidenceStands, EvidenceUnknown
from sharing.models.attachments import Attachment
from sharing.models.evidence_files import EvidenceFile
from sharing.models.papers import PaperEvidence, WorkingPaper
from sharing.selectors.attachments import attachment_page
from sharing.selectors.papers import finding_page, paper_page
from sharing.services import paper_acts
from sharing.services.attaching import open_derivative
from sharing.services.evidence_files import add_evidence_file, take_off_evidence_file
from sharing.services.paper_texts import Evidence, write_paper
from tenancy.domain.acts import NOT_TOLD_AT_HOME
from tenancy.models import AuditEntry
from tenancy.runner import run_job
from tests.api.calling import program_of
from tests.evidence import NOTES, handed_in
from tests.integration.security.ground import browser_of
from tests.integration.sharing.test_papers_by_sql import tried
from tests.papers import _led, approve, begun, serve, to, whole
from tests.people import acting
from tests.teams import Team


@pytest.fixture(autouse=True)
def disks(tmp_path: Path, settings: Settings) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    settings.MEDIA_ROOT, settings.KEYS_FOLDER = tmp_path / "media", keys


def cleaned(team: Team, made: Attachment) -> None:
    assert made.job_id is not None
    with team.django_as("worker"):
        assert run_job(made.job_id) == "done"


def reads(team: Team, who: str, made: Attachment) -> bool:
    actor = team.actor(who)
    try:
        with acting(actor):
            return open_derivative(actor=actor, number=made.pk).content == NOTES
    except NotVisible:
        return False


def rewritten(team: Team, paper: WorkingPaper, line_before: int | None, why: str = "") -> None:
    mei = team.actor("mei")
    line = Evidence("minutes", "党组会记录（全）", line_before=line_before)
    other = Evidence("document", "通知")
    with acting(mei):
        write_paper(
            actor=mei,
            number=paper.pk,
            text=whole(team, evidence=(other, line)),
            based_on=WorkingPaper.objects.get(pk=paper.pk).version,
            why=why,
        )


def hanging(team: Team, paper: WorkingPaper) -> list[list[int]]:
    """Numbers of the files at each line of the newest version."""
    mei = team.actor("mei")
    with acting(mei):
        page = paper_page(mei, paper.pk)
    return [[file.attachment.pk for file in line.files] for line in page.evidence]


def test_the_team_reads_it_at_once_and_others_when_its_version_reaches_them(team: Team) -> None:
    paper = begun(team)
    made = handed_in(team, paper)
    cleaned(team, made)
    readers = ("tang", "gu", "mei", "ruan", "lin", "wu", "he", "luo", "qiao", "bai", "shen", "zhao")

    def who() -> set[str]:
        return {one for one in readers if reads(team, one, made)}

    assert who() == {"tang", "gu", "mei"}
    mei, tang = team.actor("mei"), team.actor("tang")
    with acting(mei):
        paper_acts.hand_to_meeting(actor=mei, number=paper.pk)
    with acting(tang):
        for reached in ("meeting_passed", "leader_signed"):
            _led(team, paper, reached)
    assert who() == {"tang", "gu", "mei"}
    with acting(tang):
        _led(team, paper, "in_report")
    assert who() == {"tang", "gu", "mei", "lin", "wu", "he"}
    approve(team)
    serve(team)
    assert "luo" in who()
    assert not {"ruan", "zhao", "shen"} & who()


def test_the_office_reads_no_file_of_a_text_that_was_in_no_report(team: Team) -> None:
    """The first version had a file; the one that went into the report has not."""
    paper = begun(team)
    first = handed_in(team, paper)
    rewritten(team, paper, None)
    second = handed_in(team, paper)
    cleaned(team, first)
    cleaned(team, second)
    mei, tang, lin = (team.actor(one) for one in ("mei", "tang", "lin"))
    with acting(mei):
        paper_acts.hand_to_meeting(actor=mei, number=paper.pk)
    with acting(tang):
        for reached in ("meeting_passed", "leader_signed", "in_report"):
            _led(team, paper, reached)

    assert not reads(team, "lin", first)
    assert reads(team, "lin", second)
    assert reads(team, "mei", first)
    with acting(lin):
        shown = finding_page(lin, paper.pk).evidence
    assert [[one.attachment.pk for one in line.files] for line in shown] == [[second.pk], []]


def test_a_further_version_takes_along_what_hangs_on_its_lines(team: Team) -> None:
    paper = begun(team)
    made = handed_in(team, paper)

    rewritten(team, paper, 1)
    assert hanging(team, paper) == [[], [made.pk]]
    rewritten(team, paper, None)
    assert hanging(team, paper) == [[], []]
    with acting(team.actor("mei")):
        assert EvidenceFile.objects.filter(attachment=made.pk).count() == 2


def test_what_was_taken_off_is_still_at_the_earlier_version(team: Team) -> None:
    paper, mei = begun(team), team.actor("mei")
    made = handed_in(team, paper)
    rewritten(team, paper, 1)

    with acting(mei):
        take_off_evidence_file(actor=mei, number=paper.pk, attachment=made.pk)
    assert hanging(team, paper) == [[], []]
    with acting(mei):
        left = EvidenceFile.objects.get(attachment=made.pk, detached_at=None)
        assert left.subject.version.number == 1
    with acting(mei), pytest.raises(NotVisible):
        take_off_evidence_file(actor=mei, number=paper.pk, attachment=made.pk)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("tang", EvidenceFileOfTheFinder), ("ruan", NotVisible), ("wu", NotVisible)],
)
def test_only_the_finder_hands_in(team: Team, who: str, refusal: type[DomainError]) -> None:
    paper = begun(team)

    with pytest.raises(refusal):
        handed_in(team, paper, who)
    assert handed_in(team, paper)


def test_a_text_that_was_handed_on_keeps_its_files_until_it_is_written_anew(team: Team) -> None:
    paper, mei, tang = to(team, "evidence_complete"), team.actor("mei"), team.actor("tang")

    with pytest.raises(EvidenceStands):
        handed_in(team, paper)
    with acting(tang):
        paper_acts.send_back(actor=tang, number=paper.pk, reason="补证据")
    with pytest.raises(EvidenceStands):
        handed_in(team, paper)
    rewritten(team, paper, 1, why="补证据")
    assert handed_in(team, paper)
    with acting(mei), pytest.raises(EvidenceUnknown):
        add_evidence_file(actor=mei, number=paper.pk, line=9, file_name="a.txt", content=[b"x"])


def test_when_the_term_is_over_nothing_is_taken_in_or_read(team: Team) -> None:
    paper = begun(team)
    made = handed_in(team, paper)
    cleaned(team, made)
    assert reads(team, "mei", made)
    with team.django_as("owner"):
        type(team.papers).objects.filter(pk=team.papers.pk).update(until_on="2021-01-01")

    with pytest.raises(NotVisible):
        handed_in(team, paper)
    assert not reads(team, "mei", made)


def test_who_handed_in_a_file_is_told_to_team_and_office_alone(team: Team) -> None:
    """It is the finder, whom the feedback does not name. On the finding's page and on the file's own."""
    paper = begun(team)
    made = handed_in(team, paper)
    cleaned(team, made)
    mei, tang = team.actor("mei"), team.actor("tang")
    with acting(mei):
        paper_acts.hand_to_meeting(actor=mei, number=paper.pk)
    with acting(tang):
        for reached in ("meeting_passed", "leader_signed", "in_report"):
            _led(team, paper, reached)
    approve(team)
    serve(team)
    for who, told in (("lin", mei.name), ("luo", None)):
        actor = team.actor(who)
        with acting(actor):
            (line,) = [one for one in finding_page(actor, paper.pk).evidence if one.files]
            assert [one.by_name for one in line.files] == [told], who
            assert attachment_page(actor, made.pk).by_name == told, who
        browser = browser_of(actor)
        for address in (f"/findings/{paper.pk}/", f"/attachments/{made.pk}/"):
            shown = browser.get(address)
            assert shown.status_code == 200
            assert (mei.name in shown.content.decode()) == (told is not None), (who, address)
    with acting(tang):
        assert attachment_page(tang, made.pk).by_name == mei.name


def test_the_office_s_own_record_tells_of_no_file(team: Team) -> None:
    made = handed_in(team, begun(team))
    cleaned(team, made)
    assert reads(team, "mei", made)

    with acting(team.actor("lin")):
        lines = AuditEntry.objects.filter(object_type="sharing.attachment")
        acts = set(lines.values_list("action", flat=True))
    assert len(acts) == 3
    assert acts <= NOT_TOLD_AT_HOME


# --- By SQL ---------------------------------------------------------------------------------------

LINK = (
    "INSERT INTO sharing_evidencefile (tenant_id, subject_id, attachment_id, attached_by_id,"
    " attached_at) VALUES (%s, %s, %s, 9105, now())"
)


def free(team: Team, who: str, office: str = "dinghai") -> int:
    """A file that hangs on nothing, of somebody's own."""
    actor = team.actor(who, office)
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sharing_attachment (tenant_id, state, name, kind, size, sha256,"
            " derivative_sha256, remarks, taken_in_by_id, taken_in_at)"
            " VALUES (%s, 'cleaning', 'x', 'png', 1, 'x', '', '[]', %s, now()) RETURNING id",
            [actor.tenant_id, actor.user_id],
        )
        return int(cursor.fetchone()[0])


def line_of(team: Team, paper: WorkingPaper, version: int = 1) -> int:
    with acting(team.actor("mei")):
        return PaperEvidence.objects.get(
            version__paper=paper, version__number=version, position=1
        ).pk


def hung(team: Team, who: str, subject: int, file: int) -> str:
    tenant = team.actor("mei").tenant_id
    return tried(team, who, LINK, tenant, subject, file)


def test_by_sql_one_s_own_file_on_one_s_own_paper(team: Team) -> None:
    paper = begun(team)
    subject = line_of(team, paper)

    assert hung(team, "mei", subject, free(team, "mei")) == ""
    for who in ("tang", "gu", "ruan", "lin", "wu", "he"):
        assert hung(team, who, subject, free(team, who)) == "evidencefile_in_ones_own_hand", who
    # Somebody else's file would be read by the whole team then.
    assert hung(team, "mei", subject, free(team, "wu")) == "evidencefile_of_ones_own"


def test_by_sql_who_and_when_are_the_database_s(team: Team) -> None:
    paper, mei = begun(team), team.actor("mei")
    file, subject = free(team, "mei"), line_of(team, paper)
    with acting(mei), connection.cursor() as cursor:
        cursor.execute(LINK, [mei.tenant_id, subject, file])
        assert EvidenceFile.objects.get(attachment=file).attached_by_id == mei.user_id


def test_by_sql_nothing_on_what_was_handed_on_or_on_an_earlier_text(team: Team) -> None:
    paper = to(team, "evidence_complete")
    file = free(team, "mei")
    assert hung(team, "mei", line_of(team, paper), file) == "evidencefile_stands"

    draft = begun(team)
    rewritten(team, draft, None)
    assert hung(team, "mei", line_of(team, draft), file) == "evidencefile_stands"
    assert hung(team, "mei", line_of(team, draft, 2), file) == ""


def test_by_sql_taken_off_by_the_finder_once_and_never_moved(team: Team) -> None:
    paper = begun(team)
    made = handed_in(team, paper)
    off = "UPDATE sharing_evidencefile SET detached_at = now() WHERE attachment_id = %s"

    assert tried(team, "tang", off, made.pk) == "evidencefile_in_ones_own_hand"
    assert tried(team, "mei", off, made.pk) == ""
    for sql in (
        "UPDATE sharing_evidencefile SET subject_id = 1",
        "UPDATE sharing_evidencefile SET attachment_id = 1",
        "DELETE FROM sharing_evidencefile",
    ):
        assert tried(team, "mei", sql) == "denied"
    mei = team.actor("mei")
    with acting(mei):
        take_off_evidence_file(actor=mei, number=paper.pk, attachment=made.pk)
    assert tried(team, "mei", off, made.pk) == "evidencefile_taken_off_once"


def test_by_sql_a_room_that_is_closed_takes_nothing(team: Team) -> None:
    paper = begun(team)
    subject, file = line_of(team, paper), free(team, "mei")
    assert hung(team, "mei", subject, file) == ""
    with team.django_as("owner"):
        type(team.papers).objects.filter(pk=team.papers.pk).update(until_on="2021-01-01")

    assert hung(team, "mei", subject, file) == "evidencefile_in_ones_own_hand"


# --- On the page ----------------------------------------------------------------------------------


def test_a_file_is_handed_in_at_its_line_and_taken_off(team: Team) -> None:
    paper, browser = begun(team), browser_of(team.actor("mei"))
    here = f"/papers/{paper.pk}/"
    sent = {"line": 1, "file": SimpleUploadedFile("记录.txt", NOTES)}

    said = browser.post(f"{here}files/", sent, follow=True).content.decode()
    assert "记录.txt" in said
    assert "正在清理" in said
    with acting(team.actor("mei")):
        made = Attachment.objects.latest("pk")
    said = browser.post(f"{here}files/off/", {"attachment": made.pk}, follow=True).content.decode()
    assert "记录.txt" not in said
    assert browser.post(f"{here}files/off/", {"attachment": made.pk}).status_code == 404


def test_what_is_wrong_is_said_at_the_field_of_its_line(team: Team) -> None:
    paper, browser = begun(team), browser_of(team.actor("mei"))
    here = f"/papers/{paper.pk}/files/"

    for content, words in ((b"ID3\x04", "不接收录音录像"), (b"", "空的")):
        sent = {"line": 1, "file": SimpleUploadedFile("a.mp3", content)}
        answer = browser.post(here, sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert 'aria-invalid="true"' in answer.content.decode()
    leader = browser_of(team.actor("tang"))
    answer = leader.post(here, {"line": 1, "file": SimpleUploadedFile("a.txt", b"x")})
    assert "梅若溪" in answer.content.decode()
    with acting(team.actor("mei")):
        assert not Attachment.objects.exists()


def test_the_form_of_a_text_takes_the_files_along(team: Team) -> None:
    paper, mei = begun(team), team.actor("mei")
    made, browser = handed_in(team, paper), browser_of(mei)
    page = browser.get(f"/papers/{paper.pk}/edit/").content.decode()
    assert 'name="evidence-0-line_before" value="1"' in page

    sent = {
        "title": "x", "based_on": 1, "bases-TOTAL_FORMS": 0, "bases-INITIAL_FORMS": 0,
        "evidence-TOTAL_FORMS": 1, "evidence-INITIAL_FORMS": 1, "evidence-0-kind": "minutes",
        "evidence-0-title": "改名", "evidence-0-line_before": 1,
    }  # fmt: skip
    assert browser.post(f"/papers/{paper.pk}/edit/", sent).status_code == 302
    assert hanging(team, paper) == [[made.pk]]


# --- By programs ----------------------------------------------------------------------------------


def test_by_programs(team: Team) -> None:
    paper, mei = begun(team), program_of(team.actor("mei"))
    here = f"/papers/{paper.pk}"

    made = mei.upload(f"{here}/files", line=1, file=SimpleUploadedFile("记录.txt", NOTES))
    assert made.status == 201
    [line] = made.json["evidence"]
    [file] = line["files"]
    assert (line["line"], file["name"], file["is_at_work"]) == (1, "记录.txt", True)
    wrong = mei.upload(f"{here}/files", line=1, file=SimpleUploadedFile("a.mp3", b"ID3\x04"))
    assert wrong.code == "sharing.attachment.recording"
    kept = mei.act(
        f"{here}/versions",
        {
            "title": "x",
            "based_on": 1,
            "evidence": [{"kind": "minutes", "title": "改名", "line_before": 1}],
        },
    )
    assert kept.json["evidence"][0]["files"][0]["number"] == file["number"]
    assert kept.json["may_attach"]
    off = mei.act(f"{here}/files/off", {"attachment": file["number"]})
    assert off.json["evidence"][0]["files"] == []
    ruan = program_of(team.actor("ruan"))
    assert (
        ruan.upload(f"{here}/files", line=1, file=SimpleUploadedFile("a.txt", b"x")).status == 404
    )
