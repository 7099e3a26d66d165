"""Files of a unit's claim and of a reply: whose they are, who reads them, until when they come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from pytest_django import Settings

from kernel.errors import DomainError, NotAllowed, NotVisible
from sharing.errors.attachments import FilesAreIn, OneOfSeveral
from sharing.models.attachments import Attachment
from sharing.models.letters import Letter, LetterReply
from sharing.models.note_files import NoteFile
from sharing.models.rectification import ItemNote, RectificationItem
from sharing.models.reply_files import ReplyFile
from sharing.selectors.letters import letter_page
from sharing.selectors.rectification import item_page
from sharing.services.attaching import Upload, open_derivative
from sharing.services.letters import act_on_letter, add_reply_file, reply_to_letter
from sharing.services.rectifying import add_claim_file, claim_done
from tenancy.runner import run_job
from tests.api.calling import program_of
from tests.integration.security.ground import browser_of
from tests.integration.sharing.county import County
from tests.integration.sharing.test_letters import sent, walked
from tests.integration.sharing.test_papers_by_sql import tried
from tests.integration.sharing.test_rectifying import act, assigned, claimed, to
from tests.people import acting

NOTES = "整改佐证".encode()
FILE = {"file_name": "佐证.txt", "content": [NOTES]}
BAD = Upload("录音.mp3", [b"ID3\x04"])


@pytest.fixture(autouse=True)
def disks(tmp_path: Path, settings: Settings) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    settings.MEDIA_ROOT, settings.KEYS_FOLDER = tmp_path / "media", keys


def readers(county: County, made: Attachment) -> set[str]:
    """Who gets the copy, once it is made."""
    assert made.job_id is not None
    with county.team.django_as("worker"):
        run_job(made.job_id)
    found = set()
    for who in ("lin", "wu", "qiao", "shen", "bai", "luo", "he", "tang", "mei", "zhao", "jiang"):
        try:
            county.by(who, open_derivative, number=made.pk)
        except NotVisible:
            continue
        found.add(who)
    return found


def newest(county: County) -> Attachment:
    with acting(county.actor("qiao")):
        return Attachment.objects.latest("pk")


def in_progress(county: County) -> RectificationItem:
    [item] = assigned(county)
    return to(county, item, "in_progress")


def received(county: County) -> Letter:
    return walked(county, sent(county), "received")


# --- Claims ---------------------------------------------------------------------------------------


def test_a_claim_comes_with_its_files_for_whoever_reads_the_item(county: County) -> None:
    item = in_progress(county)
    upload = Upload("佐证.txt", [NOTES])
    county.by(
        "qiao",
        claim_done,
        number=item.pk,
        evidence="制度",
        result="已整改",
        uploads=[upload, upload],
    )
    made = newest(county)

    assert readers(county, made) == {"lin", "wu", "he", "qiao", "shen"}
    page = county.sees("shen", item_page, item.pk)
    assert [(one.row.kind, len(one.files)) for one in page.reported] == [
        ("evidence", 2),
        ("result", 0),
    ]
    assert not page.may_attach


def test_one_file_that_is_turned_away_leaves_nothing_behind(county: County) -> None:
    item = in_progress(county)
    files = [Upload("佐证.txt", [NOTES]), BAD]
    with pytest.raises(OneOfSeveral) as refusal:
        county.by("qiao", claim_done, number=item.pk, evidence="x", result="y", uploads=files)

    assert "录音.mp3" in refusal.value.in_language("zh")[0]
    with acting(county.actor("qiao")):
        assert not Attachment.objects.exists()
        assert not ItemNote.objects.exists()
    claimed(county, item)


def test_a_further_file_until_somebody_has_checked(county: County) -> None:
    item = in_progress(county)
    with pytest.raises(FilesAreIn):
        county.by("qiao", add_claim_file, number=item.pk, **FILE)
    claimed(county, item)

    assert county.by("qiao", add_claim_file, number=item.pk, **FILE)
    for who, refusal in (("shen", NotAllowed), ("wu", NotAllowed), ("tang", NotVisible)):
        with pytest.raises(refusal):
            county.by(who, add_claim_file, number=item.pk, **FILE)
    act(county, "shen", item, "checked_done")
    with pytest.raises(FilesAreIn):
        county.by("qiao", add_claim_file, number=item.pk, **FILE)


def free(county: County, who: str) -> int:
    """A file that hangs on nothing, of somebody's own."""
    actor = county.actor(who)
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sharing_attachment (tenant_id, state, name, kind, size, sha256,"
            " derivative_sha256, remarks, taken_in_by_id, taken_in_at)"
            " VALUES (%s, 'cleaning', 'x', 'png', 1, 'x', '', '[]', %s, now()) RETURNING id",
            [actor.tenant_id, actor.user_id],
        )
        return int(cursor.fetchone()[0])


def hung(county: County, who: str, table: str, subject: int, file: int) -> str:
    link = (
        f"INSERT INTO sharing_{table} (tenant_id, subject_id, attachment_id, attached_by_id,"
        " attached_at) VALUES (%s, %s, %s, 9105, now())"
    )
    return tried(county.team, who, link, county.actor("lin").tenant_id, subject, file)


def noted(county: County, item: RectificationItem, kind: str) -> int:
    with acting(county.actor("qiao")):
        return ItemNote.objects.filter(item=item, kind=kind).latest("pk").pk


def test_by_sql_files_of_a_claim(county: County) -> None:
    item = in_progress(county)
    claimed(county, item)
    evidence, result = noted(county, item, "evidence"), noted(county, item, "result")
    own = free(county, "qiao")

    assert hung(county, "qiao", "notefile", evidence, own) == ""
    for who in ("shen", "wu", "lin", "mei"):
        theirs = free(county, who)
        assert hung(county, who, "notefile", evidence, theirs) == "notefile_in_ones_own_hand", who
    assert hung(county, "qiao", "notefile", evidence, free(county, "wu")) == "notefile_of_ones_own"
    assert hung(county, "qiao", "notefile", result, own) == "notefile_stands"
    act(county, "shen", item, "checked_not_done", "佐证不足")
    assert hung(county, "qiao", "notefile", evidence, own) == "notefile_stands"
    claimed(county, item)
    assert hung(county, "qiao", "notefile", evidence, own) == "notefile_stands"
    assert hung(county, "qiao", "notefile", noted(county, item, "evidence"), own) == ""


@pytest.mark.parametrize("table", ["notefile", "replyfile"])
def test_by_sql_nobody_takes_a_file_off(county: County, table: str) -> None:
    for who in ("qiao", "lin"):
        for sql in (
            f"UPDATE sharing_{table} SET detached_at = now()",
            f"DELETE FROM sharing_{table}",
        ):
            assert tried(county.team, who, sql) == "denied"


# --- Replies --------------------------------------------------------------------------------------


def test_a_reply_comes_with_its_files_for_whoever_reads_the_letter(county: County) -> None:
    letter = received(county)
    upload = Upload("佐证.txt", [NOTES])
    county.by("qiao", reply_to_letter, number=letter.pk, text="已办。", uploads=[upload])
    made = newest(county)

    assert {"lin", "wu", "qiao"} <= readers(county, made)
    assert not {"shen", "tang", "mei", "zhao", "jiang", "bai", "luo"} & readers(county, made)
    page = county.sees("lin", letter_page, letter.pk)
    assert [len(one.files) for one in page.answered] == [1]


def test_a_copy_s_reader_reads_the_files_of_the_reply(county: County) -> None:
    letter = walked(county, sent(county, copies=["supervisors:U01"]), "received")
    county.by("qiao", reply_to_letter, number=letter.pk, text="已办。")
    made = county.by("qiao", add_reply_file, number=letter.pk, **FILE)

    assert "shen" in readers(county, made)


@pytest.mark.parametrize(("ends", "reason"), [("closed", ""), ("reply_returned", "请补充佐证")])
def test_a_further_file_until_the_office_has_dealt_with_it(
    county: County, ends: str, reason: str
) -> None:
    letter = received(county)
    with pytest.raises(FilesAreIn):
        county.by("qiao", add_reply_file, number=letter.pk, **FILE)
    county.by("qiao", reply_to_letter, number=letter.pk, text="已办。")

    assert county.by("qiao", add_reply_file, number=letter.pk, **FILE)
    for who, refusal in (("lin", NotAllowed), ("wu", NotAllowed), ("shen", NotVisible)):
        with pytest.raises(refusal):
            county.by(who, add_reply_file, number=letter.pk, **FILE)
    county.by("lin", act_on_letter, number=letter.pk, act=ends, reason=reason)
    with pytest.raises(DomainError):
        county.by("qiao", add_reply_file, number=letter.pk, **FILE)


def test_by_sql_files_of_a_reply(county: County) -> None:
    letter = received(county)
    county.by("qiao", reply_to_letter, number=letter.pk, text="已办。")
    own = free(county, "qiao")
    with acting(county.actor("qiao")):
        first = LetterReply.objects.get(letter=letter).pk

    assert hung(county, "qiao", "replyfile", first, own) == ""
    for who in ("shen", "wu", "lin"):
        theirs = free(county, who)
        assert hung(county, who, "replyfile", first, theirs) == "replyfile_in_ones_own_hand", who
    assert hung(county, "qiao", "replyfile", first, free(county, "wu")) == "replyfile_of_ones_own"
    county.by("lin", act_on_letter, number=letter.pk, act="reply_returned", reason="请补充")
    assert hung(county, "qiao", "replyfile", first, own) == "replyfile_stands"
    county.by("qiao", reply_to_letter, number=letter.pk, text="已补充。")
    assert hung(county, "qiao", "replyfile", first, own) == "replyfile_stands"


# --- On the pages ---------------------------------------------------------------------------------


def upload(name: str = "佐证.txt", content: bytes = NOTES) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_claim_on_the_page_keeps_what_was_typed_and_takes_further_files(county: County) -> None:
    item, browser = in_progress(county), browser_of(county.actor("qiao"))
    here = f"/items/{item.pk}/"
    typed: dict[str, Any] = {"evidence": "制度文本已印发", "result": "已整改"}

    wrong = browser.post(
        f"{here}claim/", typed | {"uploads": [upload(), upload("a.mp3", b"ID3\x04")]}
    )
    said = wrong.content.decode()
    assert wrong.status_code == 422
    assert "a.mp3" in said
    assert "不接收录音录像" in said
    assert "制度文本已印发" in said
    assert browser.post(f"{here}claim/", typed | {"uploads": [upload()]}).status_code == 302
    assert "补传文件" in browser.get(here).content.decode()
    wrong = browser.post(f"{here}claim-files/", {"file": upload("b.txt", b"")})
    assert wrong.status_code == 422
    assert "空的" in wrong.content.decode()
    further = browser.post(f"{here}claim-files/", {"file": upload("二.txt")}, follow=True)
    assert "二.txt" in further.content.decode()
    with acting(county.actor("qiao")):
        assert NoteFile.objects.count() == 2
    checker = browser_of(county.actor("shen")).get(here).content.decode()
    assert "二.txt" in checker
    assert "补传文件" not in checker


def test_a_reply_on_the_page_keeps_what_was_typed_and_takes_further_files(
    county: County, settings: Settings
) -> None:
    letter, browser = received(county), browser_of(county.actor("qiao"))
    here = f"/letters/{letter.pk}/"

    wrong = browser.post(
        f"{here}reply/", {"text": "已办结", "uploads": [upload("a.mp3", b"ID3\x04")]}
    )
    assert wrong.status_code == 422
    assert "a.mp3" in wrong.content.decode()
    assert "已办结" in wrong.content.decode()
    many = browser.post(f"{here}reply/", {"text": "x", "uploads": [upload() for _ in range(11)]})
    assert "10" in many.content.decode()
    assert many.status_code == 422
    assert (
        browser.post(f"{here}reply/", {"text": "已办结", "uploads": [upload()]}).status_code == 302
    )
    said = browser.post(f"{here}reply-files/", {"file": upload("二.txt")}, follow=True)
    assert "二.txt" in said.content.decode()
    with acting(county.actor("qiao")):
        assert ReplyFile.objects.count() == 2
    assert "补传文件" not in browser_of(county.actor("lin")).get(here).content.decode()


# --- By programs ----------------------------------------------------------------------------------


def test_by_programs(county: County) -> None:
    item, letter = in_progress(county), received(county)
    claimed(county, item)
    county.by("qiao", reply_to_letter, number=letter.pk, text="已办。")
    qiao, shen = program_of(county.actor("qiao")), program_of(county.actor("shen"))

    made = qiao.upload(f"/items/{item.pk}/claim-files", file=upload())
    assert made.status == 201
    assert [len(note["files"]) for note in made.json["notes"]] == [1, 0]
    made = qiao.upload(f"/letters/{letter.pk}/reply-files", file=upload())
    assert made.status == 201
    assert [one["name"] for one in made.json["replies"][0]["files"]] == ["佐证.txt"]
    assert shen.upload(f"/items/{item.pk}/claim-files", file=upload()).status == 403
    assert shen.upload(f"/letters/{letter.pk}/reply-files", file=upload()).status in (403, 404)
    act(county, "shen", item, "checked_done")
    late = qiao.upload(f"/items/{item.pk}/claim-files", file=upload())
    assert late.code == "sharing.attachment.files_are_in"
