"""The part that every record's page includes, the page of one file, and the way to an original."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django import Settings

from sharing.models.attachments import Attachment
from tenancy.actor import Actor
from tests import planted
from tests.integration.attachments.conftest import Cabinet
from tests.integration.security.ground import browser_of
from tests.people import PASSWORD, acting

PHOTO = planted.FILES["PLANTED.jpg"]


@pytest.fixture
def page(cabinet: Cabinet, settings: Settings) -> str:
    settings.ROOT_URLCONF = "tests.filing.page"
    return f"/folders/{cabinet.folder}/"


@pytest.fixture
def wus(wu: Actor, page: str) -> Client:
    return browser_of(wu)


def handed_in(
    browser: Client, page: str, content: bytes, name: str = "现场.jpg"
) -> tuple[int, str]:
    file = SimpleUploadedFile(name, content)
    answer = browser.post(page, {"file": file}, follow=True)
    return answer.status_code, answer.content.decode()


def newest(cabinet: Cabinet) -> Attachment:
    with acting(cabinet.actor):
        return Attachment.objects.latest("pk")


def test_an_empty_record_says_what_to_do_first(wus: Client, page: str) -> None:
    said = wus.get(page).content.decode()

    assert "还没有附件" in said
    assert "要上传的文件" in said


def test_a_file_is_followed_from_the_upload_to_the_copy(
    cabinet: Cabinet, wus: Client, page: str
) -> None:
    status, said = handed_in(wus, page, PHOTO)
    made = newest(cabinet)
    here = f"/attachments/{made.pk}/"
    assert status == 200
    assert f'hx-get="{here}"' in said
    assert "正在清理" in said

    assert cabinet.work(made) == "done"

    part = wus.get(here, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "hx-get" not in part
    assert f'href="{here}file/"' in part
    whole = wus.get(here).content.decode()
    assert made.sha256 in whole
    assert "调阅" not in whole, "a clerk is no custodian"


def test_what_is_not_taken_in_is_said_at_the_field(
    cabinet: Cabinet, wus: Client, page: str
) -> None:
    status, said = handed_in(wus, page, b"ID3\x04", "录音.mp3")

    assert status == 422
    assert "不接收录音录像" in said
    assert 'aria-invalid="true"' in said
    with acting(cabinet.actor):
        assert not Attachment.objects.exists()


def test_no_file_is_said_at_the_field(wus: Client, page: str) -> None:
    answer = wus.post(page, {})

    assert answer.status_code == 422
    assert "没有选择文件" in answer.content.decode()


def test_what_could_not_be_cleaned_says_why_and_what_to_do(
    cabinet: Cabinet, wus: Client, page: str
) -> None:
    handed_in(wus, page, b"%PDF-1.7 x", "x.pdf")
    made = newest(cabinet)
    assert cabinet.work(made) == "done"

    said = wus.get(page).content.decode()

    assert "文件已损坏" in said
    assert "打印为 PDF" in said
    assert wus.get(f"/attachments/{made.pk}/file/").status_code == 409


def test_a_custodian_shows_who_they_are_gives_a_reason_and_gets_the_original(
    cabinet: Cabinet, lin: Actor, page: str
) -> None:
    made, browser = cabinet.take(PHOTO), browser_of(lin)
    here = f"/attachments/{made.pk}/original/"
    assert here in browser.get(f"/attachments/{made.pk}/").content.decode()
    assert re.search(r"<textarea[^>]*name=\"reason\"", browser.get(here).content.decode())

    # Their last proof is of the day before.
    with cabinet.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute("UPDATE tenancy_signinsession SET proved_at = now() - interval '1 day'")
    asked = browser.post(here, {"reason": "核对"})
    assert asked.status_code == 403
    assert PHOTO not in asked.content
    wrong = browser.post(here, {"reason": "核对", "proof_password": "not this one"})
    assert PHOTO not in wrong.content

    empty = browser.post(here, {"reason": " ", "proof_password": PASSWORD})
    assert empty.status_code == 422
    got = browser.post(here, {"reason": "核对"})
    assert got.content == PHOTO
    assert got["Content-Disposition"].startswith("attachment;")
    assert got["Content-Type"] == "application/octet-stream"
    assert "no-store" in got["Cache-Control"]
