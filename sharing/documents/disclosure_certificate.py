"""共享信息查阅证明: who was shown which fields of which record, in which version, when, and what for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kernel.clock import CHINA
from sharing.documents.blank import blank_document, bytes_of
from sharing.documents.closings import Signature, day, put_signature
from sharing.documents.heads import put_title
from sharing.documents.imprint import Imprint
from sharing.documents.measures import TURNED
from sharing.documents.pages import lay_out, turned
from sharing.documents.styles import Style
from sharing.documents.tables import Column, put_form, put_list
from sharing.documents.writing import put

TITLE = "共享信息查阅证明"
# Of a digest in the table, as many signs as tell one version from another to the eye.
SHORT = 16
ONE_DAY = timedelta(days=1)
_COLUMNS = (
    Column("序号", 5, centred=True),
    Column("时间", 12, centred=True),
    Column("查阅人", 8),
    Column("单位和身份", 15),
    Column("方式", 8, centred=True),
    Column("所示记录", 16),
    Column("所示字段", 25),
    Column("版本", 11, centred=True),
)
NOTHING = "在此期间没有任何人查阅。"
HOW_TO_CHECK = (
    "校验值为全部查阅记录依序计算的SHA-256。需核对时，由出证单位就同一授权重新出具证明，"
    "两份校验值一致即未经改动。"
)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One showing. `place`: of the view within the grant. `record`: by what its owner knows it, "" where
    whoever takes the certificate may not see it. `version`: the SHA-256 of the view, in hexadecimal."""

    at: datetime
    person: str
    office: str
    role: str
    way: str
    place: int
    kind: str
    record: str
    fields: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True)
class DisclosureCertificate:
    """Of one grant, up to `as_of`. `until`: exclusive. `digest`: over the lines (`sharing.domain.disclosures`)."""

    number: str
    owner: str
    receiver: str
    purpose: str
    basis: str
    since: date
    until: date
    taken_back_on: date | None
    lines: Sequence[ShownLine]
    digest: str
    as_of: datetime


def disclosure_certificate_docx(certificate: DisclosureCertificate, imprint: Imprint) -> bytes:
    document = blank_document(f"{TITLE} {certificate.number}", imprint)
    lay_out(document, imprint)
    turned(document)
    put_title(document, TITLE)
    put_form(document, _about(certificate), wide=TURNED.text_wide)
    count = len(certificate.lines)
    until = _moment(certificate.as_of)
    put(document, Style.BESIDE_TABLE, f"查阅记录（截至{until}，共{count}条）")
    if certificate.lines:
        rows = [_row(number, line) for number, line in enumerate(certificate.lines, start=1)]
        put_list(document, _COLUMNS, rows, wide=TURNED.text_wide)
    else:
        put(document, Style.BESIDE_TABLE, NOTHING)
    put(document, Style.BESIDE_TABLE, f"校验值：{certificate.digest}")
    put(document, Style.BESIDE_TABLE, HOW_TO_CHECK)
    signed_on = certificate.as_of.astimezone(CHINA).date()
    put_signature(document, Signature(certificate.owner, signed_on))
    return bytes_of(document)


def _about(one: DisclosureCertificate) -> tuple[tuple[tuple[str, str], ...], ...]:
    term = f"{day(one.since)}至{day(one.until - ONE_DAY)}（含当日）"
    return (
        (("授权编号", one.number), ("使用目的", one.purpose)),
        (("提供单位", one.owner), ("接收单位", one.receiver)),
        (("授权期限", term), ("收回日期", day(one.taken_back_on) if one.taken_back_on else "—")),
        (("共享依据", one.basis),),
    )


def _row(number: int, line: ShownLine) -> tuple[str, ...]:
    return (
        str(number),
        _moment(line.at),
        line.person,
        f"{line.office}\n{line.role}",
        line.way,
        "\n".join(filter(None, (f"{line.place}. {line.kind}", line.record))),
        "、".join(line.fields),
        line.version[:SHORT],
    )


def _moment(at: datetime) -> str:
    here = at.astimezone(CHINA)
    return f"{day(here.date())} {here:%H:%M}"
