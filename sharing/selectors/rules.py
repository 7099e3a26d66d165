"""The rule library as its pages and programs see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from kernel.clock import today
from kernel.text import Text
from sharing.access.rules import (
    access_article,
    access_rule_import,
    access_text,
    articles_visible_to,
    editions_in_force,
    editions_visible_to,
    rule_imports_of,
    texts_visible_to,
)
from sharing.access.words import holds
from sharing.domain.rulebook import FATES, MOST_FOUND, Fate, in_force, last_day
from sharing.models.rules import RuleArticle, RuleEdition, RuleImport, RuleText
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Office
from tenancy.paging import Part, Window, part_of

RECENT = 10
MOST_TERMS = 5


@dataclass(frozen=True, slots=True)
class TextLine:
    """`edition`: the one in force on the day that was asked for; None: none was."""

    text: RuleText
    edition: RuleEdition | None
    is_citys: bool


@dataclass(frozen=True, slots=True)
class EditionLine:
    """`until`: the last day; None: open-ended. `is_corrected`: a later revision of the same day counts."""

    edition: RuleEdition
    until: date | None
    is_in_force: bool
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class TextPage:
    text: RuleText
    is_citys: bool
    editions: Sequence[EditionLine]
    shown: EditionLine | None
    may_issue: bool


@dataclass(frozen=True, slots=True)
class ArticlePage:
    article: RuleArticle
    text: RuleText
    line: EditionLine
    is_citys: bool


@dataclass(frozen=True, slots=True)
class Found:
    """At most `MOST_FOUND` articles of editions in force on the day; `is_more`: there are others."""

    articles: Sequence[RuleArticle]
    on: date
    is_more: bool


@dataclass(frozen=True, slots=True)
class RuleImportPage:
    upload: RuleImport
    drafts: Sequence[tuple[dict[str, Any], Text]]
    faults: Sequence[tuple[dict[str, Any], Text]]
    remarks: Sequence[Text]
    has_news: bool


def has_rules(actor: Actor) -> bool:
    return texts_visible_to(actor).exists()


def texts_part(
    actor: Actor, window: Window, *, search: str = "", on: date | None = None
) -> Part[TextLine]:
    """Texts by the sound of their titles, with the edition in force on the day (today)."""
    actor.must(Permission.VIEW_RULES)
    texts = texts_visible_to(actor)
    for term in _terms(search):
        texts = texts.filter(_of_titles(term))
    part = part_of(texts, window, "title_key", "pk")
    editions = editions_in_force(actor, on or today()).filter(text__in=part.lines)
    newest = {one.text_id: one for one in editions}
    return part.showing(
        [TextLine(one, newest.get(one.pk), one.sender_id != actor.tenant_id) for one in part.lines]
    )


def text_page(actor: Actor, number: int, edition: int = 0) -> TextPage:
    """A text with its editions, newest first; `shown` is the one asked for, else that of today."""
    text = access_text(actor, number)
    lines = _edition_lines(actor, text)
    wanted = next((one for one in lines if one.edition.pk == edition), None)
    current = next((one for one in lines if one.is_in_force), None)
    return TextPage(
        text=text,
        is_citys=text.sender_id != actor.tenant_id,
        editions=lines,
        shown=wanted or current or next(iter(lines), None),
        may_issue=_may_issue(actor, text),
    )


def articles_part(actor: Actor, number: int, window: Window, edition: int = 0) -> Part[RuleArticle]:
    """The articles of the edition that `text_page` shows."""
    page = text_page(actor, number, edition)
    articles = articles_visible_to(actor)
    shown = page.shown
    found = articles.none() if shown is None else articles.filter(edition=shown.edition)
    return part_of(found, window, "position")


def article_page(actor: Actor, number: int) -> ArticlePage:
    article = access_article(actor, number)
    text = article.edition.text
    [line] = [one for one in _edition_lines(actor, text) if one.edition.pk == article.edition_id]
    return ArticlePage(article, text, line, text.sender_id != actor.tenant_id)


def search_articles(actor: Actor, *, search: str, on: date | None = None) -> Found:
    """Articles in force on the day whose title, number or words hold every term: substrings, and of
    titles the pinyin too. The office's library is some thousands of rows, cut off at a cap."""
    actor.must(Permission.VIEW_RULES)
    day, terms = on or today(), _terms(search)
    if not terms:
        return Found((), day, is_more=False)
    editions = editions_in_force(actor, day)
    found = articles_visible_to(actor).filter(edition__in=editions.values("pk"))
    for term in terms:
        texts = texts_visible_to(actor).filter(_of_titles(term))
        found = found.filter(
            Q(edition__text__in=texts.values("pk"))
            | holds("number", term)
            | holds("chapter", term)
            | holds("words", term)
        )
    order = ("edition__text__title_key", "edition_id", "position")
    rows = list(found.select_related("edition__text").order_by(*order)[: MOST_FOUND + 1])
    return Found(rows[:MOST_FOUND], day, is_more=len(rows) > MOST_FOUND)


def recent_rule_imports(actor: Actor) -> Sequence[RuleImport]:
    return list(rule_imports_of(actor).order_by("-pk")[:RECENT])


def rule_import_page(actor: Actor, number: int) -> RuleImportPage:
    upload = access_rule_import(actor, number)
    fates = [Fate(one["fate"]) for one in upload.drafts]
    return RuleImportPage(
        upload=upload,
        drafts=[(one, FATES[fate]) for one, fate in zip(upload.drafts, fates, strict=True)],
        faults=[(one, Text(zh=one["zh"], en=one["en"])) for one in upload.faults],
        remarks=[Text(zh=one["zh"], en=one["en"]) for one in upload.remarks],
        has_news=any(fate is not Fate.SAME for fate in fates),
    )


def _edition_lines(actor: Actor, text: RuleText) -> list[EditionLine]:
    rows: QuerySet[RuleEdition] = editions_visible_to(actor).filter(text=text)
    editions = list(rows.order_by("-effective_from", "-revision"))
    facts = [one.fact() for one in editions]
    current = in_force(facts, today())
    lines = []
    for row, fact in zip(editions, facts, strict=True):
        until = last_day(fact, facts)
        lines.append(
            EditionLine(
                edition=row,
                until=until,
                is_in_force=fact == current,
                is_corrected=until is not None and until < row.effective_from,
            )
        )
    return lines


def _may_issue(actor: Actor, text: RuleText) -> bool:
    """Where the actor may, the text is the office's own, and there is a county to give it to."""
    return (
        actor.may(Permission.ISSUE_DICTIONARIES)
        and text.sender_id == actor.tenant_id
        and Office.objects.filter(parent_id=actor.tenant_id).exists()
    )


def _terms(search: str) -> list[str]:
    return search[:100].split()[:MOST_TERMS]


def _of_titles(term: str) -> Q:
    plain = term.lower()
    return (
        holds("title", term)
        | Q(title_key__contains=plain)
        | Q(initials__startswith=plain)
        | holds("number", term)
    )
