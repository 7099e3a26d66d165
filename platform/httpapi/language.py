"""Which of the two languages a program is answered in."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from kernel.text import Language

CHINESE, ENGLISH = "zh-hans", "en"


def negotiated(request: HttpRequest) -> str:
    """By `Accept-Language`; Chinese where it names neither of the two."""
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code.startswith("en"):
            return ENGLISH
        if code.startswith("zh"):
            return CHINESE
    return CHINESE


def spoken() -> Language:
    """The language that is active now."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


def spoken_tag() -> str:
    """The same for `Content-Language`."""
    return "en" if spoken() == "en" else "zh-Hans"
