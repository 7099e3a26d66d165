"""The security policy of an installation: what it holds, and within which bounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tenancy.domain.roles import ADMINISTRATORS, Role

# Whoever sets the policy cannot leave these out.
ALWAYS_NEED_A_FACTOR = ADMINISTRATORS
# Until somebody sets it. Seats of teams and of other bodies are added by choice.
NEED_A_FACTOR = ADMINISTRATORS | {Role.CITY_DIRECTOR, Role.COUNTY_DIRECTOR, Role.SCHEDULER}


@dataclass(frozen=True, slots=True)
class SecurityRules:
    """As in force. The defaults are those of a new installation."""

    factor_roles: frozenset[Role] = NEED_A_FACTOR
    idle_minutes: int = 15
    absolute_hours: int = 8
    step_up_minutes: int = 10

    def needs_factor(self, roles: Iterable[Role]) -> bool:
        """Of somebody with these seats, in whatever offices."""
        return not self.factor_roles.isdisjoint(roles)

    @property
    def left_out(self) -> frozenset[Role]:
        """Roles that have to sign in with a code, and would not."""
        return ALWAYS_NEED_A_FACTOR - self.factor_roles


# (least, most): the same stands in the database's constraints.
BOUNDS = {
    "idle_minutes": (5, 30),
    "absolute_hours": (1, 12),
    "step_up_minutes": (2, 30),
}


def out_of_bounds(rules: SecurityRules) -> list[str]:
    """The names of what is too little or too much."""
    return [
        name for name, (least, most) in BOUNDS.items() if not least <= getattr(rules, name) <= most
    ]
