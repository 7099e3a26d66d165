"""What the certificate of a disclosure says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from docx import Document

from sharing.documents.closings import day
from sharing.documents.disclosure_certificate import (
    NOTHING,
    DisclosureCertificate,
    disclosure_certificate_docx,
)
from tests.documents import SENT, disclosure_certificate
from tests.unit.sharing.reading_docx import words_of

CERTIFICATE = disclosure_certificate()


def said(certificate: DisclosureCertificate) -> str:
    return words_of(disclosure_certificate_docx(certificate, SENT))


def test_it_tells_under_what_grant_who_was_shown_which_fields_when_and_how() -> None:
    words = said(CERTIFICATE)

    for one in (
        *(CERTIFICATE.number, CERTIFICATE.owner, CERTIFICATE.receiver, CERTIFICATE.purpose),
        *(CERTIFICATE.basis, CERTIFICATE.digest, "2026年11月20日至2027年2月17日（含当日）"),
        *("2026年12月1日", "共4条", "2026年11月24日 09:30", "林晓", "页面查看"),
        *("西屿县委巡察办", "2. 巡察发现问题", "东屿县住建局 · 防波堤修缮工程未经集体研究"),
        *("问题标题、事实、定性（无）", "9f" * 8),
    ):
        assert one in words, one


def test_a_moment_is_told_as_it_was_in_china() -> None:
    at_night = replace(CERTIFICATE.lines[0], at=datetime(2026, 11, 23, 17, 5, tzinfo=UTC))

    assert "2026年11月24日 01:05" in said(replace(CERTIFICATE, lines=[at_night]))


def test_where_nobody_was_shown_anything_it_says_so() -> None:
    nobody, somebody = said(replace(CERTIFICATE, lines=[])), said(CERTIFICATE)

    assert "共0条" in nobody
    assert NOTHING in nobody
    assert NOTHING not in somebody


def test_a_grant_that_was_not_taken_back_has_no_such_day() -> None:
    assert "收回日期" in said(replace(CERTIFICATE, taken_back_on=None))
    assert "2026年12月1日" not in said(replace(CERTIFICATE, taken_back_on=None))


def test_the_owner_signs_it_with_the_day_on_which_it_was_made() -> None:
    document = Document(BytesIO(disclosure_certificate_docx(CERTIFICATE, SENT)))

    signer, dated = document.paragraphs[-2:]

    assert (signer.text, dated.text) == (CERTIFICATE.owner, day(CERTIFICATE.as_of.date()))
