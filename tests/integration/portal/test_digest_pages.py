"""The digest on the screen: set up, made, published, read by the city and its counties, taken away."""

from __future__ import annotations

from io import BytesIO
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from kernel.clock import today
from sharing.domain.digest.periods import Length
from sharing.domain.digest.publications import MARK_TITLES, Mark
from sharing.mapping.digests import publication_of, read
from sharing.models.digests import Digest, DigestCopy, DigestRule
from sharing.services.digests import make_next_digest
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


def wrong_at(shown: str, field: str) -> str:
    """What is said of a field."""
    words = shown.partition(f'id="id_{field}_error">')[2].partition("</p>")[0]
    return words.rpartition("</svg>")[2].strip()


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
    assert wrong_at(refused.content.decode(), "minimum").startswith(
        "最小公布数至少为 2，至多为 20。"
    )
    zero = city.post(reverse("portal:digest-rule"), rule | {"since_year": 0, "minimum": 0})
    assert wrong_at(zero.content.decode(), "minimum").startswith("最小公布数至少为 2")
    assert "确保该值" not in zero.content.decode()
    post(city, "portal:digest-rule", **rule | {"minimum": 3})
    set_ = page(city, reverse(LIST))
    assert "已设置。下一期通报为2025年第一季度，自 2025年4月15日 起。" in set_

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


def test_each_column_of_the_list_has_its_head(published: DigestCity, lin: Actor) -> None:
    heads = page(browser_of(lin), reverse(LIST)).partition("<thead>")[2].partition("</thead>")[0]
    assert "下载" in heads
    assert "visually-hidden" not in heads


def test_each_county_reads_its_own_copy_alone(
    published: DigestCity, lin: Actor, jiang: Actor
) -> None:
    with acting(jiang):
        number = DigestCopy.objects.get().pk

    for name in ("portal:digest", "portal:digest-workbook"):
        page(browser_of(lin), reverse(name, args=[number]), 404)
        assert browser_of(jiang).get(reverse(name, args=[number])).status_code == 200


def test_one_address_shows_each_office_its_own_copy(
    published: DigestCity, zhao: Actor, lin: Actor, jiang: Actor
) -> None:
    """Numbers of copies differ: a link by number that is passed on leads nowhere."""
    address = reverse("portal:digest-of", args=["2025-Q1"])
    for reader in (zhao, lin, jiang):
        client = browser_of(reader)
        assert address in page(client, reverse(LIST))
        assert "情况通报 · 2025年第一季度" in page(client, address)
        with acting(reader):
            copy = DigestCopy.objects.get(tenant_id=reader.tenant_id)
            line = AuditEntry.objects.get(action="sharing.digest.opened", user_id=reader.person_id)
            assert line.object_id == copy.pk
            assert (line.tenant_id, copy.tenant_id) == (reader.tenant_id, reader.tenant_id)


def test_a_period_that_is_not_there_and_one_that_is_none_look_alike(
    published: DigestCity, lin: Actor
) -> None:
    client = browser_of(lin)
    for period in ("2025-Q2", "2024", "1999-H1"):
        page(client, reverse("portal:digest-of", args=[period]), 404)
    for nonsense in ("2025-Q5", "x", "2025-Q1%00"):
        assert client.get(f"/digests/of/{nonsense}/").status_code == 404


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


@pytest.fixture
def halves(digest_city: DigestCity) -> DigestCity:
    """Halves of years, the first of them being made."""
    digest_city.begin(since=2025, length=Length.HALF_YEAR)
    with acting(digest_city.zhao):
        make_next_digest(actor=digest_city.zhao)
    return digest_city


def rules_of(zhao: Actor) -> list[tuple[int, str, int]]:
    with acting(zhao):
        rows = DigestRule.objects.order_by("since_year")
        return list(rows.values_list("since_year", "length", "minimum"))


HALVES = (2025, "half_year", 3)
NEXT = today().year + 1


def test_the_page_of_the_rule_begins_with_what_is_in_force(halves: DigestCity, zhao: Actor) -> None:
    shown = page(browser_of(zhao), reverse("portal:digest-rule"))

    assert '<option value="half_year" selected>' in shown
    assert 'name="minimum"' not in shown
    assert "最小公布数为 3，不再变动" in shown
    assert f"可选 {NEXT} 至 {NEXT + 4} 年" in shown


def test_another_length_is_set_once_its_outcome_was_seen(halves: DigestCity, zhao: Actor) -> None:
    city, address = browser_of(zhao), reverse("portal:digest-rule")
    typed: dict[str, Any] = {"length": "quarter", "since_year": NEXT}

    answer = city.get(address, typed)
    shown = answer.content.decode()
    for words in (
        "半年 → <strong>一个季度</strong>", f"{NEXT}年1月1日", f"{NEXT}年第一季度", "2025年上半年",
        f"自 {NEXT}年4月15日 起发布", "自 2025年7月15日 起发布", f"最早从 {NEXT + 1} 年起", "确认调整",
    ):  # fmt: skip
        assert words in shown, words
    assert city.post(address, typed).status_code == 200, "whoever has not confirmed is shown it"
    assert rules_of(zhao) == [HALVES]

    post(city, "portal:digest-rule", **typed, confirmed="yes", minimum=9)
    assert rules_of(zhao) == [HALVES, (NEXT, "quarter", 3)]
    said = page(city, reverse(LIST))
    assert "已设置。下一期通报仍为2025年上半年，自 2025年7月15日 起" in said
    assert f"调整后的首期为{NEXT}年第一季度" in said


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        (
            {"length": "quarter", "since_year": NEXT - 1},
            "since_year",
            "只能从以后年度的1月1日起调整",
        ),
        ({"length": "quarter", "since_year": 0}, "since_year", "只能从以后年度的1月1日起调整"),
        ({"length": "half_year", "since_year": NEXT}, "length", "该年度的周期长度已经是半年"),
    ],
)
def test_what_cannot_be_set_is_said_at_its_field_before_it_is_confirmed(
    halves: DigestCity, zhao: Actor, typed: dict[str, Any], field: str, words: str
) -> None:
    answer = browser_of(zhao).get(reverse("portal:digest-rule"), typed)

    assert answer.status_code == 422
    assert words in wrong_at(answer.content.decode(), field)
    assert "确认调整" not in answer.content.decode()


def test_looking_at_the_first_rule_sets_nothing(digest_city: DigestCity, zhao: Actor) -> None:
    typed: dict[str, Any] = {"length": "year", "since_year": 2025, "minimum": 3}
    assert browser_of(zhao).get(reverse("portal:digest-rule"), typed).status_code == 200
    assert rules_of(zhao) == []
