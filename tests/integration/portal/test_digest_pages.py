"""The digest on the screen: set up, made, published, read by the city and its counties, taken away."""

from __future__ import annotations

from io import BytesIO
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from sharing.domain.digest.publications import MARK_TITLES, Mark
from sharing.mapping.digests import publication_of, read
from sharing.models.digests import Digest, DigestCopy
from tenancy.actor import Actor
from tenancy.models import AuditEntry
from tenancy.runner import run_job
from tests.integration.security.ground import browser_of
from tests.integration.sharing.digests import (
    DINGHAI,
    DigestCity,
    digest_city,
    lay_clue,
)
from tests.integration.sharing.test_digests import Q1, lay_records
from tests.people import acting

__all__ = ["digest_city"]  # a fixture
LIST = "portal:digests"


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, name: str, *args: Any, **typed: Any) -> None:
    answer = client.post(reverse(name, args=args), typed)
    assert answer.status_code == 302, answer.content.decode()


@pytest.fixture
def published(digest_city: DigestCity) -> DigestCity:
    with digest_city.lay() as lay:
        lay_records(lay, Random(7), (Q1,))
    digest_city.begin(since=2025)
    digest_city.publish()
    return digest_city


def test_from_setting_up_to_the_county_s_page(
    digest_city: DigestCity,
    zhao: Actor,
    lin: Actor,
) -> None:
    with digest_city.lay() as lay:
        lay_records(lay, Random(6), (Q1,))
    city, county = browser_of(zhao), browser_of(lin)
    assert "请先确定周期长度和最小公布数" in page(city, reverse(LIST))
    assert "无需办理" in page(county, reverse(LIST))

    rule = {"length": "quarter", "since_year": 2025, "minimum": 1}
    refused = city.post(reverse("portal:digest-rule"), rule)
    assert refused.status_code == 422
    assert "最小公布数须在 2 至 20 之间" in refused.content.decode()
    post(city, "portal:digest-rule", **rule | {"minimum": 3})
    assert "2025年第一季度" in page(city, reverse(LIST))

    post(city, "portal:digest-make")
    assert "正在汇总各县数据" in page(city, reverse(LIST))
    with acting(zhao):
        digest = Digest.objects.select_related("job").get()
    assert digest.job is not None
    with digest_city.django_as("worker"):
        assert run_job(digest.job.pk) == "done"
    assert "发布给各县" in page(city, reverse(LIST))
    assert "无需办理" in page(county, reverse(LIST)), "not before it is published"

    post(city, "portal:digest-publish", digest.pk)
    with acting(lin):
        copy = DigestCopy.objects.get()
    assert "2025年第一季度" in page(county, reverse(LIST))
    shown = page(county, reverse("portal:digest", args=[copy.pk]))
    for words in ("问题分类", "移交问题线索", "不予公布", "怎样阅读", "共性问题", "2025年第二季度"):
        assert words in shown
    with acting(lin):
        opened = AuditEntry.objects.get(action="sharing.digest.opened")
        assert (opened.user_id, opened.object_id) == (lin.user_id, copy.pk)


def test_each_county_reads_its_own_copy_alone(
    published: DigestCity, lin: Actor, jiang: Actor
) -> None:
    with acting(jiang):
        number = DigestCopy.objects.get().pk

    for name in ("portal:digest", "portal:digest-workbook"):
        page(browser_of(lin), reverse(name, args=[number]), 404)
        assert browser_of(jiang).get(reverse(name, args=[number])).status_code == 200


def test_the_workbook_says_what_the_page_says_and_is_a_disclosure(
    published: DigestCity, lin: Actor
) -> None:
    with acting(lin):
        copy = DigestCopy.objects.get()
    answer = browser_of(lin).get(reverse("portal:digest-workbook", args=[copy.pk]))

    book = load_workbook(BytesIO(answer.content))
    publication = publication_of(read(copy.document))
    assert len(book.worksheets) == 1 + len(publication.tables)
    for sheet, table in zip(book.worksheets[1:], publication.tables, strict=True):
        cells = [c.value for row in sheet.iter_rows(min_row=5, min_col=2) for c in row]
        told = [n for n in cells if n is not None]
        expected = [
            MARK_TITLES[f]["zh"] if isinstance(f := publication.figures[cell], Mark) else f
            for cell in table.cells()
        ]
        assert sorted(map(str, told)) == sorted(map(str, expected))
        assert "定海区 林知远" in str(sheet.cell(sheet.max_row, 1).value)
        footer: Any = sheet.oddFooter
        assert "林知远" in footer.center.text
    with acting(lin):
        [line] = AuditEntry.objects.filter(action="sharing.digest.exported")
        assert (line.user_id, line.data) == (lin.user_id, {"period": "2025-Q1"})


def test_whoever_makes_none_sees_no_desk(published: DigestCity, lin: Actor, chen: Actor) -> None:
    for actor in (lin, chen):
        client = browser_of(actor)
        assert reverse("portal:digest-rule") not in page(client, reverse(LIST))
        assert client.get(reverse("portal:digest-rule")).status_code == 403
        assert client.post(reverse("portal:digest-make")).status_code == 403


def test_a_refusal_is_said_where_it_was_asked(digest_city: DigestCity, zhao: Actor) -> None:
    digest_city.begin(since=2025, minimum=2)
    with digest_city.lay() as lay:
        lay_clue(lay, DINGHAI, Q1)
    digest_city.make()

    shown = page(browser_of(zhao), reverse(LIST))
    assert "披露检查没有通过" in shown
    assert "再次制作" in shown
