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
    EDIT_PLAN = "edit_plan"
    PROPOSE_PLAN = "propose_plan"
    APPROVE_PLAN = "approve_plan"
    PUBLISH_PLAN = "publish_plan"
    EXPORT_ROUND = "export_round"
    EXPORT_UNMASKED = "export_unmasked"
    IMPORT_PLAN = "import_plan"
    EXPORT_ROSTER = "export_roster"
    CONFIRM_PEOPLE = "confirm_people"
    VIEW_DISPATCH = "view_dispatch"
    DECLARE_TIES = "declare_ties"
    DECLARE_UNAVAILABLE = "declare_unavailable"
    VIEW_NOTICES = "view_notices"
    VIEW_HISTORY = "view_history"


class Role(StrEnum):
    """A seat in an office. Somebody may hold several, also in several offices."""

    SCHEDULER = "scheduler"
    CITY_DIRECTOR = "city_director"
    RECUSAL_OFFICER = "recusal_officer"
    DISCIPLINE_BODY = "discipline_body"
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
        Permission.EXPORT_ROSTER,
        Permission.VIEW_DISPATCH,
        Permission.DECLARE_TIES,
        Permission.VIEW_NOTICES,
    }
)
_DIRECTOR = _CLERK | {Permission.RELEASE_PEOPLE, Permission.CONFIRM_PEOPLE}

ROLES: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.COUNTY_CLERK: _CLERK,
        Role.COUNTY_DIRECTOR: _DIRECTOR,
        # The city's own people are released to a round by the city's director.
        Role.CITY_DIRECTOR: _DIRECTOR
        | {
            Permission.VIEW_ROUND,
            Permission.VIEW_PLAN,
            Permission.EXPORT_PLAN,
            Permission.APPROVE_PLAN,
            Permission.PUBLISH_PLAN,
        },
        # The scheduler reads no roster, not even the city's: releases and rule codes only.
        Role.SCHEDULER: frozenset(
            {
                Permission.VIEW_ROUND,
                Permission.EDIT_ROUND,
                Permission.SOLVE_ROUND,
                Permission.VIEW_PLAN,
                Permission.EXPORT_PLAN,
                Permission.EDIT_PLAN,
                Permission.PROPOSE_PLAN,
                Permission.EXPORT_ROUND,
                Permission.IMPORT_PLAN,
                Permission.DECLARE_TIES,
                Permission.VIEW_NOTICES,
            }
        ),
        # The one who may take a round's question away with its facts; they prepare no plan.
        Role.RECUSAL_OFFICER: frozenset(
            {
                Permission.VIEW_ROUND,
                Permission.VIEW_PLAN,
                Permission.EXPORT_UNMASKED,
                Permission.VIEW_NOTICES,
            }
        ),
        # Says that somebody cannot come, and to nobody why.
        Role.DISCIPLINE_BODY: frozenset({Permission.DECLARE_UNAVAILABLE}),
    }
)

# Which kind of office has which seats (the kinds of tenancy.models.Office).
SEATS: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        "province": frozenset(),
        "city": frozenset(
            {Role.SCHEDULER, Role.CITY_DIRECTOR, Role.RECUSAL_OFFICER, Role.DISCIPLINE_BODY}
        ),
        "county": frozenset({Role.COUNTY_DIRECTOR, Role.COUNTY_CLERK, Role.DISCIPLINE_BODY}),
    }
)

ROLE_TITLES: Mapping[Role, Text] = MappingProxyType(
    {
        Role.SCHEDULER: Text(zh="排期员", en="Scheduler"),
        Role.CITY_DIRECTOR: Text(zh="市委巡察办主任", en="Director of the city office"),
        Role.RECUSAL_OFFICER: Text(zh="回避审核员", en="Recusal officer"),
        Role.DISCIPLINE_BODY: Text(zh="纪检监察机关", en="Discipline body"),
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
        Permission.EDIT_PLAN: Text(zh="调整方案", en="edit plans"),
        Permission.PROPOSE_PLAN: Text(zh="提请审核方案", en="propose plans"),
        Permission.APPROVE_PLAN: Text(zh="审批方案", en="approve plans"),
        Permission.PUBLISH_PLAN: Text(zh="公布方案", en="publish plans"),
        Permission.EXPORT_ROUND: Text(zh="导出脱敏轮次数据", en="export masked rounds"),
        Permission.EXPORT_UNMASKED: Text(zh="导出未脱敏轮次数据", en="export unmasked rounds"),
        Permission.IMPORT_PLAN: Text(zh="导入外部方案", en="import outside plans"),
        Permission.EXPORT_ROSTER: Text(zh="导出名册", en="export rosters"),
        Permission.CONFIRM_PEOPLE: Text(zh="确认派出人员", en="confirm who is sent"),
        Permission.VIEW_DISPATCH: Text(zh="查看派出与来巡", en="see who goes out and who comes"),
        Permission.DECLARE_TIES: Text(zh="申报回避情形", en="declare ties"),
        Permission.DECLARE_UNAVAILABLE: Text(zh="登记不能参加", en="declare people unavailable"),
        Permission.VIEW_NOTICES: Text(zh="查看通知", en="see notices"),
        Permission.VIEW_HISTORY: Text(zh="查看历届数据", en="see past terms"),
    }
)


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """What somebody with all these roles may do."""
    return frozenset[Permission]().union(*(ROLES[role] for role in roles))
