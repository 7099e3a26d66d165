"""Which of the two languages this response is in."""

from __future__ import annotations

from django.utils import translation

from kernel.text import Language


def spoken() -> Language:
    """The language that is active now. Whatever is not English is read as Chinese."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


def html_lang() -> str:
    """The same as a tag for `lang` attributes."""
    return "en" if spoken() == "en" else "zh-Hans"
