"""Words of shares: `{{ share.kinds|kinds }}`, `{{ share.roles|readers }}`, `{{ share.until_on|last_day|said_day }}`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kernel.clock import CHINA
from kernel.text import day_text
from portal.share_context import ShownField
from sharing.domain.shared_views import EMPTY, KIND_TITLES, MARK, Shareable
from sharing.selectors.shared_from import SharedFrom
from tenancy.domain.roles import ROLE_TITLES, Role
from tenancy.models import Office
from webui.language import spoken

register = template.Library()

RECORD_PAGES = {
    Shareable.FINDING: "finding-detail",
    Shareable.CLUE: "ledger-clue",
    Shareable.ITEM: "item-detail",
    Shareable.LETTER: "letter-detail",
}


def _one_after_another(words: Iterable[str]) -> str:
    return (", " if spoken() == "en" else "、").join(words)


@register.filter
def kinds(names: Collection[str]) -> str:
    return _one_after_another(KIND_TITLES[one][spoken()] for one in Shareable if one in names)


@register.filter
def kind_title(kind: str) -> str:
    return KIND_TITLES[Shareable(kind)][spoken()]


@register.filter
def record_page(one: SharedFrom) -> str:
    """Where the owner's people read the record that a view was made of."""
    view = one.view
    return reverse(f"portal:{RECORD_PAGES[Shareable(view.kind)]}", args=[view.object_id])


@register.filter
def office_names(offices: Iterable[Office]) -> str:
    return _one_after_another(office.short_name for office in offices)


@register.filter
def readers(roles: Collection[str]) -> str:
    named = [role for role in Role if role.value in roles]
    return _one_after_another(ROLE_TITLES[role][spoken()] for role in named)


@register.filter
def last_day(until: date) -> date:
    """Of a term that ends with the day before `until`."""
    return until - timedelta(days=1)


@register.filter
def said_day(value: date) -> str:
    return day_text(value)[spoken()]


@register.filter
def day_of(at: datetime) -> str:
    return day_text(at.astimezone(CHINA).date())[spoken()]


@register.filter
def stamp(at: datetime) -> str:
    """As a watermark says it: 2026-03-02 09:30."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


@register.filter
def shown_words(words: str) -> SafeString:
    """Of a field that is in a view; of one that says nothing it says so, as copies and certificates do."""
    if words:
        return hidden_marks(words)
    return format_html('<span class="quiet">{}</span>', EMPTY[spoken()])


@register.filter
def hidden_marks(words: str) -> SafeString:
    """The words with each mark of something hidden said as such to a reader by ear."""
    parts = words.split(MARK)
    mark = format_html('<span class="hidden-mark">{}</span>', MARK)
    return format_html_join(mark, "{}", ((part,) for part in parts))


@register.filter
def has_marks(fields: Iterable[ShownField]) -> bool:
    return any(MARK in one.words for one in fields)
