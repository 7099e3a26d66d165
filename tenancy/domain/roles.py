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
    VIEW_OWN_SEAT = "view_own_seat"
    NAME_HANDLERS = "name_handlers"
    NAME_DEPUTY = "name_deputy"
    VIEW_OWN_RECORD = "view_own_record"
    MANAGE_WEBHOOKS = "manage_webhooks"
    MANAGE_OFFICES = "manage_offices"
    MANAGE_ACCOUNTS = "manage_accounts"
    PROPOSE_SEATS = "propose_seats"
    DECIDE_SEATS = "decide_seats"
    ASK_EMERGENCY = "ask_emergency"
    CONFIRM_EMERGENCY = "confirm_emergency"
    SET_SECURITY = "set_security"
    READ_ALL_RECORDS = "read_all_records"
    EXPORT_RECORDS = "export_records"


class Role(StrEnum):
    """A seat in an office. Somebody may hold several, also in several offices."""

    SCHEDULER = "scheduler"
    CITY_DIRECTOR = "city_director"
    RECUSAL_OFFICER = "recusal_officer"
    DISCIPLINE_BODY = "discipline_body"
    COUNTY_DIRECTOR = "county_director"
    COUNTY_CLERK = "county_clerk"
    LEADING_GROUP = "leading_group"
    TEAM_LEADER = "team_leader"
    DEPUTY_LEADER = "deputy_leader"
    TEAM_MEMBER = "team_member"
    UNIT_LIAISON = "unit_liaison"
    STATIONED_DISCIPLINE = "stationed_discipline"
    ORGANISATION_DEPARTMENT = "organisation_department"
    AUDIT_OFFICE = "audit_office"
    PETITION_OFFICE = "petition_office"
    COUNTY_LEADER = "county_leader"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


# Three people who restrain one another; each holds no other seat anywhere.
ADMINISTRATORS = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
)

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
_DIRECTOR = _CLERK | {
    Permission.RELEASE_PEOPLE,
    Permission.CONFIRM_PEOPLE,
    Permission.NAME_HANDLERS,
    Permission.NAME_DEPUTY,
    Permission.PROPOSE_SEATS,
    Permission.ASK_EMERGENCY,
    Permission.CONFIRM_EMERGENCY,
    Permission.VIEW_OWN_RECORD,
    Permission.MANAGE_WEBHOOKS,
}
# Who sits in a team reads of it what is theirs; the rest of their work comes with findings.
_ON_A_TEAM = frozenset({Permission.VIEW_OWN_SEAT, Permission.VIEW_NOTICES})

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
        Role.LEADING_GROUP: frozenset({Permission.VIEW_HISTORY, Permission.VIEW_NOTICES}),
        Role.TEAM_LEADER: _ON_A_TEAM,
        Role.DEPUTY_LEADER: _ON_A_TEAM,
        Role.TEAM_MEMBER: _ON_A_TEAM,
        Role.UNIT_LIAISON: frozenset({Permission.VIEW_NOTICES}),
        Role.STATIONED_DISCIPLINE: frozenset({Permission.VIEW_NOTICES}),
        # Keeps the talent pool with the office (domain dictionary 6.2: basic facts and careers).
        Role.ORGANISATION_DEPARTMENT: frozenset(
            {
                Permission.VIEW_ROSTER,
                Permission.IMPORT_ROSTER,
                Permission.EXPORT_ROSTER,
                Permission.VIEW_NOTICES,
            }
        ),
        Role.AUDIT_OFFICE: frozenset({Permission.VIEW_UNITS, Permission.VIEW_NOTICES}),
        Role.PETITION_OFFICE: frozenset({Permission.VIEW_NOTICES}),
        Role.COUNTY_LEADER: frozenset({Permission.VIEW_NOTICES}),
        Role.SYSTEM_ADMINISTRATOR: frozenset(
            {Permission.MANAGE_OFFICES, Permission.MANAGE_ACCOUNTS, Permission.PROPOSE_SEATS}
        ),
        Role.SECURITY_ADMINISTRATOR: frozenset(
            {Permission.PROPOSE_SEATS, Permission.DECIDE_SEATS, Permission.SET_SECURITY}
        ),
        Role.AUDIT_ADMINISTRATOR: frozenset(
            {Permission.READ_ALL_RECORDS, Permission.EXPORT_RECORDS}
        ),
    }
)

# Seats that a city has as a county has them.
_BESIDE_ANY_OFFICE = frozenset(
    {
        Role.LEADING_GROUP,
        Role.DISCIPLINE_BODY,
        Role.STATIONED_DISCIPLINE,
        Role.ORGANISATION_DEPARTMENT,
        Role.AUDIT_OFFICE,
        Role.PETITION_OFFICE,
        Role.TEAM_LEADER,
        Role.DEPUTY_LEADER,
        Role.TEAM_MEMBER,
        Role.UNIT_LIAISON,
    }
)

# Which kind of office has which seats (the kinds of tenancy.models.Office).
SEATS: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        # Runs the installation: it owns no row of any office's work.
        "platform": ADMINISTRATORS,
        "province": frozenset(),
        "city": _BESIDE_ANY_OFFICE | {Role.SCHEDULER, Role.CITY_DIRECTOR, Role.RECUSAL_OFFICER},
        "county": _BESIDE_ANY_OFFICE
        | {Role.COUNTY_DIRECTOR, Role.COUNTY_CLERK, Role.COUNTY_LEADER},
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
        Role.LEADING_GROUP: Text(zh="巡察工作领导小组", en="Leading group"),
        Role.TEAM_LEADER: Text(zh="巡察组组长", en="Team leader"),
        Role.DEPUTY_LEADER: Text(zh="巡察组副组长", en="Deputy team leader"),
        Role.TEAM_MEMBER: Text(zh="巡察组成员", en="Team member"),
        Role.UNIT_LIAISON: Text(zh="被巡察单位联络员", en="Liaison of an inspected unit"),
        Role.STATIONED_DISCIPLINE: Text(zh="派驻纪检监察组", en="Stationed discipline group"),
        Role.ORGANISATION_DEPARTMENT: Text(zh="组织部门", en="Organisation department"),
        Role.AUDIT_OFFICE: Text(zh="审计机关", en="Audit office"),
        Role.PETITION_OFFICE: Text(zh="信访部门", en="Petition office"),
        Role.COUNTY_LEADER: Text(zh="县（区）领导", en="County leader"),
        Role.SYSTEM_ADMINISTRATOR: Text(zh="系统管理员", en="System administrator"),
        Role.SECURITY_ADMINISTRATOR: Text(zh="安全保密管理员", en="Security administrator"),
        Role.AUDIT_ADMINISTRATOR: Text(zh="安全审计员", en="Audit administrator"),
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
        Permission.VIEW_OWN_SEAT: Text(zh="查看本人席位和本组", en="see one's own seat and team"),
        Permission.NAME_HANDLERS: Text(zh="指定经办人", en="name who handles what"),
        Permission.NAME_DEPUTY: Text(zh="指定代理人", en="name a deputy"),
        Permission.VIEW_OWN_RECORD: Text(zh="查看谁看过本单位数据", en="see who saw what is ours"),
        Permission.MANAGE_WEBHOOKS: Text(zh="管理消息推送", en="manage webhooks"),
        Permission.MANAGE_OFFICES: Text(zh="管理机构", en="manage offices"),
        Permission.MANAGE_ACCOUNTS: Text(zh="管理账号", en="manage accounts"),
        Permission.PROPOSE_SEATS: Text(zh="提出授权变更", en="propose seats"),
        Permission.DECIDE_SEATS: Text(zh="批准授权变更", en="put seats in force"),
        Permission.ASK_EMERGENCY: Text(zh="申请应急授权", en="ask for emergency access"),
        Permission.CONFIRM_EMERGENCY: Text(zh="确认应急授权", en="confirm emergency access"),
        Permission.SET_SECURITY: Text(zh="设置安全策略", en="set the security policy"),
        Permission.READ_ALL_RECORDS: Text(zh="查阅全部审计记录", en="read every record"),
        Permission.EXPORT_RECORDS: Text(zh="导出审计记录", en="export records"),
    }
)


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """What somebody with all these roles may do."""
    return frozenset[Permission]().union(*(ROLES[role] for role in roles))
