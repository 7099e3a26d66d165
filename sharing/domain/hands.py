"""Which seats give somebody which hand. Of a team and of a unit only to those who are named there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from sharing.domain.life_cycle import Hand, LifeCycle
from tenancy.domain.roles import Role

_TEAM = frozenset({Role.TEAM_LEADER, Role.DEPUTY_LEADER, Role.TEAM_MEMBER})

HAND_ROLES: Mapping[Hand, frozenset[Role]] = MappingProxyType(
    {
        Hand.FINDER: _TEAM,
        Hand.MEMBER: _TEAM,
        Hand.TEAM_LEADER: frozenset({Role.TEAM_LEADER}),
        Hand.OFFICE_CLERK: frozenset({Role.COUNTY_CLERK, Role.SCHEDULER}),
        Hand.OFFICE_DIRECTOR: frozenset({Role.COUNTY_DIRECTOR, Role.CITY_DIRECTOR}),
        Hand.LEADING_GROUP: frozenset({Role.LEADING_GROUP}),
        Hand.UNIT: frozenset({Role.UNIT_LIAISON}),
        Hand.SUPERVISOR: frozenset(
            {
                Role.STATIONED_DISCIPLINE,
                Role.DISCIPLINE_BODY,
                Role.ORGANISATION_DEPARTMENT,
                Role.AUDIT_OFFICE,
            }
        ),
        Hand.DISCIPLINE_BODY: frozenset({Role.DISCIPLINE_BODY}),
        Hand.COUNTY_LEADER: frozenset({Role.COUNTY_LEADER}),
        Hand.CITY_DIRECTOR: frozenset({Role.CITY_DIRECTOR}),
        Hand.RECEIVER: frozenset(
            {
                Role.SCHEDULER,
                Role.CITY_DIRECTOR,
                Role.COUNTY_DIRECTOR,
                Role.COUNTY_CLERK,
                Role.DISCIPLINE_BODY,
            }
        ),
        Hand.ADDRESSEE: frozenset(
            {
                Role.UNIT_LIAISON,
                Role.COUNTY_LEADER,
                Role.DISCIPLINE_BODY,
                Role.ORGANISATION_DEPARTMENT,
                Role.AUDIT_OFFICE,
                Role.PETITION_OFFICE,
            }
        ),
    }
)

# Only in a room where they are named.
TEAM_HANDS = frozenset({Hand.FINDER, Hand.MEMBER, Hand.TEAM_LEADER})


def hands_of_roles(roles: Iterable[Role]) -> frozenset[Hand]:
    """The hands that these seats may give; the room or the unit is asked besides."""
    held = set(roles)
    return frozenset(hand for hand, given_by in HAND_ROLES.items() if given_by & held)


def seated_hands(life: LifeCycle) -> Iterator[tuple[str, str, str]]:
    """Every (hand, role, permission) of a life, as the database keeps them."""
    for hand, permission in life.permissions.items():
        for role in sorted(HAND_ROLES[hand]):
            yield hand, role, permission
