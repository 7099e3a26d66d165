"""Codes of papers in words: `{% code "severity" paper.severity %}`, `{{ cents|yuan }}`."""

from __future__ import annotations

from django import template

from kernel.text import Text
from portal.paper_context import CODES
from sharing.domain.life_cycle import LifeCycle
from webui.language import spoken

register = template.Library()

TONES = {
    "draft": "quiet",
    "drafting": "quiet",
    "withdrawn": "bad",
    "leader_signed": "info",
    "in_report": "info",
    "submitted": "info",
    "group_approved": "good",
    "approved": "good",
    "fed_back": "good",
    "served": "good",
    "closed": "good",
}
SEVERITY_TONES = {"very_grave": "bad", "grave": "warn", "slight": "quiet"}


@register.simple_tag
def code(kind: str, value: str) -> str:
    """The words of a code; of one that is not known, the code."""
    text = CODES.get(f"{kind}:{value}")
    return value if text is None else text[spoken()]


@register.filter
def tone(state: str) -> str:
    return TONES.get(state, "warn")


@register.filter
def severity_tone(value: str) -> str:
    return SEVERITY_TONES.get(value, "quiet")


@register.simple_tag
def state_words(states: dict[str, Text], state: str) -> str:
    return states[state][spoken()]


@register.simple_tag
def act_words(life: LifeCycle, name: str) -> str:
    return life.by_name[name].title[spoken()]


@register.filter
def yuan(cents: int | None) -> str:
    return "" if cents is None else f"{cents / 100:,.2f}"
