"""A figure of a digest on a page: a count, or a mark with what it means."""

from __future__ import annotations

from django import template

from kernel.text import Text
from sharing.domain.digest.publications import MARK_MEANINGS, MARK_TITLES, Mark

register = template.Library()


@register.filter
def is_mark(figure: object) -> bool:
    return isinstance(figure, Mark)


@register.filter
def mark_says(figure: Mark) -> Text:
    return MARK_TITLES[figure]


@register.filter
def mark_means(figure: Mark) -> Text:
    return MARK_MEANINGS[figure]
