"""The rule library: editions are added, never changed, and a citation keeps what it cites."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

from kernel.errors import NotAllowed, NotVisible
from scheduling.workbooks.refusals import NotAWorkbook
from sharing.access.rules import access_article, access_article_in_force, articles_visible_to
from sharing.errors.rules import (
    NothingNewInRules,
    RuleImportFaulty,
    RuleImportOver,
    RuleIssuedAlready,
)
from sharing.models.rules import RuleArticle, RuleImport, RuleText
from sharing.selectors.rules import (
    article_page,
    articles_part,
    rule_import_page,
    search_articles,
    text_page,
    texts_part,
)
from sharing.services.importing_rules import apply_rules, give_up_rules, upload_rules
from sharing.services.issuing_rules import issue_rule
from tenancy.actor import Actor
from tenancy.models import AuditEntry
from tenancy.paging import Window
from tests.integration.tenancy.raw import Raw
from tests.people import acting
from tests.workbook_files import book

pytestmark = pytest.mark.usefixtures("django_as", "media")

ALL = Window(50)
HEAD = ["法规名称", "版本", "施行日期", "废止", "条次", "内容", "性质"]
TITLE = "政府采购法"
OLD = [TITLE, "旧版", "2003-01-01", "", "第二十八条", "不得化整为零规避公开招标。", ""]
NEW = [TITLE, "新版", "2025-01-01", "", "第三十条", "不得以任何方式规避公开招标。", ""]
GIST = ["会计法", "", "2000-07-01", "", "第九条", "会计核算须依据实际发生的事项", "要旨"]
DURING, AFTER = date(2020, 1, 1), date(2026, 1, 1)


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def workbook(*rows: list[str]) -> list[bytes]:
    buffer = BytesIO()
    book({"规则库": [HEAD, *rows]}).save(buffer)
    return [buffer.getvalue()]


def upload(actor: Actor, *rows: list[str]) -> RuleImport:
    with acting(actor):
        return upload_rules(actor=actor, file_name="规则.xlsx", content=workbook(*rows))


def take(actor: Actor, *rows: list[str]) -> None:
    made = upload(actor, *rows)
    with acting(actor):
        apply_rules(actor=actor, number=made.pk)


def text_of(actor: Actor, title: str = TITLE) -> RuleText:
    with acting(actor):
        lines = texts_part(actor, ALL, search=title).lines
        return lines[0].text


def article_of(actor: Actor, number: str) -> RuleArticle:
    with acting(actor):
        return articles_visible_to(actor).get(number=number)


def found(actor: Actor, search: str, on: date = AFTER) -> list[str]:
    with acting(actor):
        return [one.number for one in search_articles(actor, search=search, on=on).articles]


def test_a_workbook_is_looked_at_before_it_is_taken(lin: Actor, media: Path) -> None:
    made = upload(lin, OLD, GIST)
    with acting(lin):
        page = rule_import_page(lin, made.pk)
        assert [(draft["title"], words["zh"]) for draft, words in page.drafts] == [
            (TITLE, "新增法规"),
            ("会计法", "新增法规"),
        ]
        assert texts_part(lin, ALL).lines == []
        apply_rules(actor=lin, number=made.pk)
        apply_rules(actor=lin, number=made.pk)
        assert [line.text.title for line in texts_part(lin, ALL).lines] == ["会计法", TITLE]
        with pytest.raises(RuleImportOver):
            give_up_rules(actor=lin, number=made.pk)
        [applied] = AuditEntry.objects.filter(action="sharing.rule_import.applied")
        assert applied.data["added"] == 2
    assert list(media.rglob("*.upload")) == [], "the file is kept nowhere"


def test_a_fault_anywhere_keeps_the_whole_workbook_out(lin: Actor) -> None:
    made = upload(lin, OLD, [*GIST[:4], "", "甲", ""])
    with acting(lin):
        page = rule_import_page(lin, made.pk)
        assert [(fault["row"], page.drafts) for fault, _ in page.faults] == [(3, [])]
        with pytest.raises(RuleImportFaulty):
            apply_rules(actor=lin, number=made.pk)
        give_up_rules(actor=lin, number=made.pk)
        with pytest.raises(RuleImportOver):
            apply_rules(actor=lin, number=made.pk)
        assert texts_part(lin, ALL).lines == []


def test_what_is_no_workbook_is_refused_at_the_file(lin: Actor, media: Path) -> None:
    with acting(lin), pytest.raises(NotAWorkbook) as refusal:
        upload_rules(actor=lin, file_name="x.png", content=[b"\x89PNG\r\n\x1a\n" + b"0" * 64])
    assert refusal.value.fields == ("file",)
    assert list(media.rglob("*.upload")) == []


def test_the_same_again_is_nothing_new_and_other_words_are_a_correction(lin: Actor) -> None:
    take(lin, OLD)
    again = upload(lin, OLD)
    with acting(lin), pytest.raises(NothingNewInRules):
        apply_rules(actor=lin, number=again.pk)
    cited = article_of(lin, "第二十八条")
    mended = [*OLD[:5], "不得化整为零规避公开招标采购。", ""]
    take(lin, mended)

    with acting(lin):
        assert access_article(lin, cited.pk).words == OLD[5], "what was cited says what it said"
        assert article_page(lin, cited.pk).line.is_corrected
        with pytest.raises(NotVisible):
            access_article_in_force(lin, cited.pk, AFTER)
        [one] = search_articles(lin, search="公开招标采购", on=AFTER).articles
        assert access_article_in_force(lin, one.pk, AFTER).words == mended[5]


def test_the_library_tells_what_was_in_force_on_a_day(lin: Actor) -> None:
    take(lin, OLD, NEW, [TITLE, "", "2030-01-01", "是", "", "", ""])

    assert found(lin, "规避", date(2002, 12, 31)) == []
    assert found(lin, "规避", DURING) == ["第二十八条"]
    assert found(lin, "规避", AFTER) == ["第三十条"]
    assert found(lin, "规避", date(2030, 1, 1)) == []
    with acting(lin):
        [during], [gone] = (
            texts_part(lin, ALL, on=day).lines for day in (DURING, date(2030, 1, 1))
        )
        assert during.edition is not None
        assert (during.edition.label, gone.edition) == ("旧版", None)
        page = text_page(lin, text_of(lin).pk)
        assert [(line.edition.label, line.until) for line in page.editions][1:] == [
            ("新版", date(2029, 12, 31)),
            ("旧版", date(2024, 12, 31)),
        ]
        assert page.shown is not None
        assert page.shown.edition.label == "新版"
        [article] = articles_part(lin, page.text.pk, ALL).lines
        assert article.number == "第三十条"


def test_articles_are_found_by_words_numbers_titles_and_pinyin(lin: Actor) -> None:
    take(lin, OLD, GIST)

    for search in ("化整为零", "zhengfucaigou", "zfcg", "政府采购 二十八", "采购法 规避"):
        assert found(lin, search) == ["第二十八条"], search
    assert found(lin, "采购法 会计") == []
    assert found(lin, "   ") == []
    assert found(lin, "条") == ["第九条", "第二十八条"]


def test_a_search_is_cut_off_at_its_cap(lin: Actor) -> None:
    rows = [["大法", "", "2020-01-01", "", f"第{number}条", "甲", ""] for number in range(60)]
    take(lin, *rows)
    with acting(lin):
        page = search_articles(lin, search="大法", on=AFTER)
    assert (len(page.articles), page.is_more) == (50, True)


def test_the_city_issues_and_a_county_cites_its_own_copy(zhao: Actor, lin: Actor) -> None:
    take(zhao, OLD)
    number = text_of(zhao).pk
    with acting(lin), pytest.raises(NotVisible):
        text_page(lin, number)
    with acting(zhao):
        assert issue_rule(actor=zhao, number=number) == 4
        with pytest.raises(RuleIssuedAlready):
            issue_rule(actor=zhao, number=number)
    copy = text_of(lin)
    cited = article_of(lin, "第二十八条")
    assert (copy.sender_id, copy.tenant_id) == (zhao.tenant_id, lin.tenant_id)
    with acting(lin):
        assert text_page(lin, copy.pk).is_citys
        assert not text_page(lin, copy.pk).may_issue

    take(zhao, NEW)
    with acting(zhao):
        assert issue_rule(actor=zhao, number=number) == 4
        assert [line.text.pk for line in texts_part(zhao, ALL).lines] == [number]
    assert found(lin, "规避") == ["第三十条"]
    with acting(lin):
        assert access_article(lin, cited.pk).words == OLD[5]
        assert article_page(lin, cited.pk).line.until == date(2024, 12, 31)


def test_a_county_keeps_its_own_beside_the_city_s_and_issues_none(
    zhao: Actor, lin: Actor, jiang: Actor
) -> None:
    take(zhao, OLD)
    with acting(zhao):
        issue_rule(actor=zhao, number=text_of(zhao).pk)
    take(lin, NEW)

    with acting(lin):
        lines = texts_part(lin, ALL).lines
        assert sorted(line.is_citys for line in lines) == [False, True]
        with pytest.raises(NotAllowed):
            issue_rule(actor=lin, number=lines[0].text.pk)
    assert found(jiang, "规避") == ["第二十八条"]


def test_who_reads_and_who_keeps(lin: Actor, wu: Actor, chen: Actor, jiang: Actor) -> None:
    take(lin, OLD)
    made = upload(lin, NEW)
    assert found(wu, "规避") == ["第二十八条"]
    with acting(wu), pytest.raises(NotAllowed):
        upload_rules(actor=wu, file_name="x", content=workbook(OLD))
    with acting(chen), pytest.raises(NotAllowed):
        texts_part(chen, ALL)
    for stranger in (wu, jiang):
        with acting(stranger), pytest.raises(NotVisible):
            apply_rules(actor=stranger, number=made.pk)
    number = article_of(lin, "第二十八条").pk
    with acting(jiang), pytest.raises(NotVisible):
        access_article(jiang, number)


# --- By SQL ---------------------------------------------------------------------------------


TEXT = (
    "INSERT INTO sharing_ruletext (tenant_id, sender_id, title, title_key, initials, issuer,"
    " number, added_at) VALUES (%s, %s, 'x', 'x', 'x', '', '', now()) RETURNING id"
)
EDITION = (
    "INSERT INTO sharing_ruleedition (tenant_id, sender_id, text_id, label, effective_from,"
    " revision, is_repeal, article_count, added_at)"
    " VALUES (%s, %s, %s, 'x', '2026-01-01', 9, false, 1, now()) RETURNING id"
)
ARTICLE = (
    "INSERT INTO sharing_rulearticle (tenant_id, sender_id, edition_id, position, number, chapter,"
    " words, is_gist) VALUES (%s, %s, %s, %s, 'x', '', 'x', false)"
)


def refused(hands: Raw, constraint: str, sql: str, *values: Any) -> None:
    hands.cursor.execute("SAVEPOINT s")
    with pytest.raises(psycopg2.Error) as refusal:
        hands.run(sql, *values)
    assert refusal.value.diag.constraint_name == constraint
    hands.cursor.execute("ROLLBACK TO SAVEPOINT s")


def test_the_database_lets_a_director_add_and_nobody_change(
    zhao: Actor, lin: Actor, wu: Actor, connect_as: Callable[[str], Connection]
) -> None:
    take(zhao, OLD)
    with acting(zhao):
        issue_rule(actor=zhao, number=text_of(zhao).pk)
    citys, county, city = text_of(lin).pk, lin.tenant_id, zhao.tenant_id
    hands = Raw(connect_as("app"))
    hands.act_for(county, wu.user_id)
    refused(hands, "rule_kept_by_the_director", TEXT, county, county)
    hands.act_for(county, lin.user_id)
    for tenant, sender in ((city, county), (county, city)):
        refused(hands, "rule_kept_by_the_director", TEXT, tenant, sender)
    refused(hands, "rule_of_whoever_keeps_it", EDITION, county, county, citys)
    cited = article_of(lin, "第二十八条")
    refused(hands, "rule_edition_is_closed", ARTICLE, county, county, cited.edition_id, 2)
    refused(hands, "rule_of_whoever_keeps_it", ARTICLE, county, county, cited.edition_id, 1)
    for table in ("ruletext", "ruleedition", "rulearticle"):
        for sql in (f"UPDATE sharing_{table} SET id = id", f"DELETE FROM sharing_{table}"):
            with hands.refused("permission denied"):
                hands.run(sql)
    own = hands.one(TEXT, county, county)
    edition = hands.one(EDITION, county, county, own)
    assert hands.run(ARTICLE, county, county, edition, 1) == 1
    refused(hands, "rule_edition_is_closed", ARTICLE, county, county, edition, 2)
    hands.act_for(city, zhao.user_id)
    assert hands.run(TEXT, county, city) == 1


def test_the_database_ends_an_import_once_and_only_by_a_director(
    lin: Actor, wu: Actor, connect_as: Callable[[str], Connection]
) -> None:
    upload(lin, OLD)
    hands = Raw(connect_as("app"))
    end = "UPDATE sharing_ruleimport SET state = 'given_up'"
    hands.act_for(lin.tenant_id, wu.user_id)
    refused(hands, "rule_kept_by_the_director", end)
    hands.act_for(lin.tenant_id, lin.user_id)
    assert hands.run(end) == 1
    refused(hands, "rule_import_ends_once", "UPDATE sharing_ruleimport SET state = 'applied'")
