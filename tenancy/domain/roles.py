"""Who may do what, as a table. Nothing else in the product decides it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text


class Permission(StrEnum):
    """One thing that somebody may do in the office they signed in to."""

    VIEW_ROSTER = "view_roster"
    IMPORT_ROSTER = "import_roster"
    VIEW_UNITS = "view_units"
    IMPORT_UNITS = "import_units"
    RELEASE_PEOPLE = "release_people"
    VIEW_RELEASES = "view_releases"
    VIEW_ROUND = "view_round"
    EDIT_ROUND = "edit_round"
    SOLVE_ROUND = "solve_round"
    VIEW_PLAN = "view_plan"
    EXPORT_PLAN = "export_plan"
    VIEW_HISTORY = "view_history"


class Role(StrEnum):
    """A seat in an office. Somebody may hold several, also in several offices."""

    SCHEDULER = "scheduler"
    CITY_DIRECTOR = "city_director"
    COUNTY_DIRECTOR = "county_director"
    COUNTY_CLERK = "county_clerk"


_CLERK = frozenset(
    {
        Permission.VIEW_ROSTER,
        Permission.IMPORT_ROSTER,
        Permission.VIEW_UNITS,
        Permission.IMPORT_UNITS,
        Permission.VIEW_RELEASES,
        Permission.VIEW_HISTORY,
    }
)
_DIRECTOR = _CLERK | {Permission.RELEASE_PEOPLE}

ROLES: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.COUNTY_CLERK: _CLERK,
        Role.COUNTY_DIRECTOR: _DIRECTOR,
        # The city's own people are released to a round by the city's director.
        Role.CITY_DIRECTOR: _DIRECTOR
        | {Permission.VIEW_ROUND, Permission.VIEW_PLAN, Permission.EXPORT_PLAN},
        # The scheduler reads no roster, not even the city's: releases and rule codes only.
        Role.SCHEDULER: frozenset(
            {
                Permission.VIEW_ROUND,
                Permission.EDIT_ROUND,
                Permission.SOLVE_ROUND,
                Permission.VIEW_PLAN,
                Permission.EXPORT_PLAN,
            }
        ),
    }
)

# Which kind of office has which seats (the kinds of tenancy.models.Office).
SEATS: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        "province": frozenset(),
        "city": frozenset({Role.SCHEDULER, Role.CITY_DIRECTOR}),
        "county": frozenset({Role.COUNTY_DIRECTOR, Role.COUNTY_CLERK}),
    }
)

ROLE_TITLES: Mapping[Role, Text] = MappingProxyType(
    {
        Role.SCHEDULER: Text(zh="排期员", en="Scheduler"),
        Role.CITY_DIRECTOR: Text(zh="市委巡察办主任", en="Director of the city office"),
        Role.COUNTY_DIRECTOR: Text(zh="县（区）委巡察办主任", en="Director of the county office"),
        Role.COUNTY_CLERK: Text(zh="县（区）委巡察办经办人", en="Clerk of the county office"),
    }
)

PERMISSION_TITLES: Mapping[Permission, Text] = MappingProxyType(
    {
        Permission.VIEW_ROSTER: Text(zh="查看人员名册", en="see the roster"),
        Permission.IMPORT_ROSTER: Text(zh="导入人员名册", en="import the roster"),
        Permission.VIEW_UNITS: Text(zh="查看被巡察单位名录", en="see the units"),
        Permission.IMPORT_UNITS: Text(zh="导入被巡察单位名录", en="import the units"),
        Permission.RELEASE_PEOPLE: Text(zh="抽调放行人员", en="release people"),
        Permission.VIEW_RELEASES: Text(zh="查看抽调放行", en="see releases"),
        Permission.VIEW_ROUND: Text(zh="查看轮次", en="see rounds"),
        Permission.EDIT_ROUND: Text(zh="编制轮次", en="prepare rounds"),
        Permission.SOLVE_ROUND: Text(zh="求解排期", en="solve rounds"),
        Permission.VIEW_PLAN: Text(zh="查看方案", en="see plans"),
        Permission.EXPORT_PLAN: Text(zh="导出方案", en="export plans"),
        Permission.VIEW_HISTORY: Text(zh="查看历届数据", en="see past terms"),
    }
)


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """What somebody with all these roles may do."""
    return frozenset[Permission]().union(*(ROLES[role] for role in roles))
