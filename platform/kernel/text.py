"""Words in both languages, for code that knows no framework."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence, said in Chinese and in English."""

    zh: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en

    def format(self, **data: Any) -> Text:
        """Fill the same placeholders in both languages.

        A value that is itself a `Text`, and a day, are said in the language around them.
        """
        return Text(zh=self._filled("zh", data), en=self._filled("en", data))

    def _filled(self, language: Language, data: dict[str, Any]) -> str:
        return self[language].format(**{key: _said(v, language) for key, v in data.items()})

    def __str__(self) -> str:
        return self.en


def listed(words: Iterable[Text]) -> Text:
    """One after another, as each language lists things."""
    said = list(words)
    return Text(zh="、".join(one.zh for one in said), en=", ".join(one.en for one in said))


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_text(year: int, month: int) -> Text:
    """2008年3月, or Mar 2008."""
    return Text(zh=f"{year}年{month}月", en=f"{MONTHS[month - 1]} {year}")


def day_text(value: date) -> Text:
    """2026年3月2日, or 2 Mar 2026: how a day is written everywhere."""
    return Text(
        zh=f"{value.year}年{value.month}月{value.day}日",
        en=f"{value.day} {MONTHS[value.month - 1]} {value.year}",
    )


def moment_text(at: datetime) -> Text:
    """2026年3月2日 09:30, or 2 Mar 2026 09:30, of an instant in the time in which it is to be told."""
    day = day_text(at)
    return Text(zh=f"{day.zh} {at:%H:%M}", en=f"{day.en} {at:%H:%M}")


def _said(value: Any, language: Language) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        value = day_text(value)
    return value[language] if isinstance(value, Text) else value
