"""Taking a digest away as a workbook: a disclosure, with who took it and when on every sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from kernel.clock import CHINA, now
from kernel.text import Language, Text
from sharing.domain.digest.publications import MARK_MEANINGS, MARK_TITLES, Mark
from sharing.selectors.digests import DigestPage, digest_page
from sharing.workbooks.digests import Cover, written
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.streams import A_READING

TITLE = Text(zh="全市巡察情况通报", en="City digest of inspections")
TAKEN = Text(
    zh="{office} {person} 于 {at} 下载，仅供本单位内部使用",
    en="Taken by {person}, {office}, at {at}; for use in the office",
)
PERIOD = Text(
    zh="{city} · {period} · 最小公布数 {minimum}", en="{city} · {period} · minimum cell {minimum}"
)
SHA = Text(zh="通报内容校验码（SHA-256）：{sha}", en="SHA-256 of what was published: {sha}")


@dataclass(frozen=True, slots=True)
class TakenDigest:
    file_name: str
    content: bytes


@transaction.atomic
def take_digest(*, actor: Actor, number: int, language: Language) -> TakenDigest:
    page = digest_page(actor, number)
    content = written(_cover(actor, page, language), page.grids, language)
    audit.record(
        actor, "sharing.digest.exported", page.copy, stream=A_READING, period=page.copy.period
    )
    return TakenDigest(f"{TITLE[language]} {page.copy.period}.xlsx", content)


def _cover(actor: Actor, page: DigestPage, language: Language) -> Cover:
    at = now().astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    return Cover(
        title=TITLE[language],
        period=PERIOD.format(city=page.city, period=page.title, minimum=page.minimum)[language],
        notes=[
            *(f"{MARK_TITLES[mark][language]}: {MARK_MEANINGS[mark][language]}" for mark in Mark),
            SHA.format(sha=page.copy.sha256)[language],
        ],
        watermark=TAKEN.format(office=actor.office_name, person=actor.name, at=at)[language],
    )
