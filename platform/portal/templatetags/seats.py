"""Words for what a plan's seats are, for templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from tenancy.domain.roles import PERMISSION_TITLES, ROLE_TITLES, Permission, Role
from webui.language import spoken

register = template.Library()


@register.filter
def role_word(code: str) -> str:
    """`{{ seat.role|role_word }}`: 组长, or Leader."""
    words = {
        "leader": gettext("Leader"),
        "deputy": gettext("Deputy leader"),
        "member": gettext("Member"),
    }
    return words.get(code, code)


@register.filter
def seat_title(role: str) -> str:
    """`{{ seat.role|seat_title }}`: 安全保密管理员, or Security administrator."""
    return ROLE_TITLES[Role(role)][spoken()]


@register.filter
def permission_titles(codes: list[str]) -> str:
    """`{{ change.withheld|permission_titles }}`: 审批方案、公布方案."""
    separator = ", " if spoken() == "en" else "、"
    return separator.join(
        PERMISSION_TITLES[one][spoken()] for one in Permission if one.value in codes
    )
