"""The platform and its people for tests: two security administrators, one of each other kind."""

from __future__ import annotations

from typing import Any

from django.db import connection

from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tests.integration.tenancy.raw import Raw

PLATFORM = 9100
SYSTEM, SECURITY, SECOND, AUDIT = 9111, 9112, 9113, 9114
ROLES = {
    SYSTEM: Role.SYSTEM_ADMINISTRATOR,
    SECURITY: Role.SECURITY_ADMINISTRATOR,
    SECOND: Role.SECURITY_ADMINISTRATOR,
    AUDIT: Role.AUDIT_ADMINISTRATOR,
}


def seat_administrators(owner: Raw) -> None:
    """By SQL, as whoever may write seats."""
    owner.run(
        "INSERT INTO tenancy_office (id, code, name, short_name, kind, name_key)"
        " VALUES (%s, 'platform', '系统管理', '系统管理', 'platform', 'xi tong')",
        PLATFORM,
    )
    for number, role in ROLES.items():
        owner.run(
            "INSERT INTO tenancy_user (id, username, display_name, password, language, is_active)"
            " VALUES (%s, %s, %s, '', 'zh-hans', true)",
            number,
            f"a{number}",
            f"管理员{number}",
        )
        owner.run(
            "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
            " VALUES (%s, %s, %s, '2020-01-01')",
            PLATFORM,
            number,
            role,
        )


class _Django:
    """Django's connection, in the little of `Raw` that is asked for here."""

    def run(self, statement: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)


def seat_by_django() -> None:
    """By whatever role Django is at the moment: the owner's."""
    seat_administrators(_Django())  # type: ignore[arg-type]


def administrator(number: int) -> Actor:
    roles = frozenset({ROLES[number]})
    return Actor(number, f"管理员{number}", PLATFORM, "系统管理", "platform", roles)
