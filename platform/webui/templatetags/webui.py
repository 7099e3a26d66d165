"""How dates, numbers, marks and icons look: the same on every page, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import (
    BaseForm,
    BaseFormSet,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
)
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kernel.clock import CHINA, now
from kernel.text import Text, day_text, month_text
from webui.language import html_lang, spoken
from webui.tables import Cell, Column, Table

register = template.Library()

WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
MINUTE_S, HOUR_S = 60, 3600


def day_words(value: date) -> str:
    """2026年3月2日, or 2 Mar 2026."""
    return day_text(value)[spoken()]


def days_words(first: date, last: date) -> str:
    """A span, both ends included, without repeating the year or month that they share."""
    if first == last:
        return day_words(first)
    if first.year != last.year:
        return f"{day_words(first)} – {day_words(last)}"
    if spoken() == "en":
        start = str(first.day) if first.month == last.month else day_words(first)[:-5]
        return f"{start} – {day_words(last)}"
    end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    return f"{day_words(first)} – {end}"


@register.simple_tag
def day(value: date | None) -> SafeString | str:
    """`{% day plan.starts_on %}`; a dash where there is none."""
    if value is None:
        return "–"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_words(value))


@register.simple_tag
def days(first: date, last: date) -> SafeString:
    """`{% days round.starts_on round.ends_on %}`, both ends included."""
    return format_html('<span class="nowrap">{}</span>', days_words(first, last))


@register.simple_tag
def moment(value: datetime | None) -> SafeString | str:
    """An instant, told in China's time to the minute."""
    if value is None:
        return "–"
    local = value.astimezone(CHINA)
    words = f"{day_words(local)} {local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)


@register.filter
def month(value: str) -> str:
    """A month as careers keep it, 2008-03: 2008年3月, or Mar 2008."""
    year, number = value.split("-")[:2]
    return month_text(int(year), int(number))[spoken()]


@register.simple_tag
def this_moment() -> SafeString | str:
    """When the page was made."""
    return moment(now())


@register.filter
def weekday(value: date) -> str:
    """周一, or Mon."""
    name = WEEKDAYS[spoken()][value.weekday()]
    return name if spoken() == "en" else f"周{name}"


@register.filter
def elapsed(seconds: float | None) -> str:
    """Seconds as people say them: 45 秒, 3 分 05 秒, 2 小时 10 分."""
    if seconds is None:
        return "–"
    if 0 < seconds < 1:
        return gettext("under 1 s")
    whole = int(seconds)
    if whole < MINUTE_S:
        return gettext("%(seconds)d s") % {"seconds": whole}
    if whole < HOUR_S:
        parts = {"minutes": whole // MINUTE_S, "seconds": f"{whole % MINUTE_S:02d}"}
        return gettext("%(minutes)d min %(seconds)s s") % parts
    parts = {"hours": whole // HOUR_S, "minutes": f"{whole % HOUR_S // MINUTE_S:02d}"}
    return gettext("%(hours)d h %(minutes)s min") % parts


@register.filter
def grouped(value: int | None) -> str:
    """12,345; a dash where there is no number."""
    return "–" if value is None else f"{value:,}"


@register.filter
def percent(value: float | None) -> str:
    """A share between 0 and 1 as 12.5%; whole where it is whole."""
    if value is None:
        return "–"
    return f"{value * 100:.1f}".removesuffix(".0") + "%"


@register.filter
def said(text: Text | str) -> str:
    """A text of the domain in the language of the page."""
    return text[spoken()] if isinstance(text, Text) else text


@register.filter
def listed(entries: Iterable[Text | str | tuple[Text, int]]) -> str:
    """Texts, or texts with their counts, one after another: 审计、财务 2, or Audit, Finance 2."""
    words = (
        f"{said(entry[0])} {entry[1]}" if isinstance(entry, tuple) else said(entry)
        for entry in entries
    )
    return (", " if spoken() == "en" else "、").join(words)


@register.simple_tag
def lang_code() -> str:
    return html_lang()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative sign from `img/icons.svg`. The words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("webui/img/icons.svg"),
        name,
    )


@register.simple_tag
def mark(tone: str, words: str) -> SafeString:
    """A coloured mark: `{% mark "good" words %}`. Tones: good, warn, bad, info, quiet."""
    return format_html('<span class="mark mark-{}">{}</span>', tone, words)


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's input in the look of the house."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return field.as_widget()
    if isinstance(widget, CheckboxInput):
        look = "form-check-input"
    else:
        look = "form-select" if isinstance(widget, Select) else "form-control"
    if field.errors:
        look += " is-invalid"
    return field.as_widget(attrs={"class": f"{widget.attrs.get('class', '')} {look}".strip()})


@register.inclusion_tag("webui/_faults.html")
def faults(*forms: BaseForm | Iterable[BaseForm]) -> dict[str, object]:
    """What is wrong with forms, above them: `{% faults form %}`, `{% faults rows other_rows %}`.

    What concerns a form as a whole is said here; of rows it is said above the row.
    """
    alone = [form for form in forms if isinstance(form, BaseForm)]
    rows = [row for form in forms if not isinstance(form, BaseForm) for row in form]
    said_above = [words for form in alone for words in form.non_field_errors()]
    said_above += [
        words for form in forms if isinstance(form, BaseFormSet) for words in form.non_form_errors()
    ]
    at_fields = sum(key != NON_FIELD_ERRORS for form in [*alone, *rows] for key in form.errors)
    return {
        "messages": said_above,
        "count": at_fields + len(said_above),
        "places": [place for form in alone for place in _wrong_fields(form)],
    }


def _wrong_fields(form: BaseForm) -> list[tuple[str, str]]:
    """Name and place on the page of each that is marked, in their order. Rows, which have the same
    names again and again, are marked where they stand."""
    return [
        (str(field.label), _focus_of(field))
        for field in form
        if field.name in form.errors and field.auto_id and not field.is_hidden
    ]


def _focus_of(field: BoundField) -> str:
    """The id of its input; of several under one question, that of the first: whoever follows the link
    goes on typing there."""
    return f"{field.auto_id}_0" if is_choice_group(field) and len(field) else field.auto_id


@register.filter
def is_tick(field: BoundField) -> bool:
    """A lone box to tick, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choice_group(field: BoundField) -> bool:
    """Several inputs under one question, which a `<fieldset>` must hold together."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def with_columns(table: Table) -> list[list[tuple[Cell, Column]]]:
    """Each row's cells with the column they stand in."""
    return [list(zip(row, table.columns, strict=True)) for row in table.rows]
