"""Permissions, roles and seats. Who may do what is read from one reviewed table (`MATRIX`);
nothing else in the product decides it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text
from tenancy.domain.matrix import read_matrix, stored_table


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
    VIEW_DEADLINES = "view_deadlines"
    PAUSE_DEADLINES = "pause_deadlines"
    SET_TERMS = "set_terms"
    VIEW_HISTORY = "view_history"
    VIEW_OWN_SEAT = "view_own_seat"
    WORK_IN_ROOM = "work_in_room"
    SIGN_WEEKLY_REPORTS = "sign_weekly_reports"
    VIEW_WEEKLY_REPORTS = "view_weekly_reports"
    NAME_POSTS = "name_posts"
    SET_POSTS = "set_posts"
    LINK_ACCOUNTS = "link_accounts"
    VIEW_AUTHORISATIONS = "view_authorisations"
    PROPOSE_AUTHORISATION = "propose_authorisation"
    GRANT_AUTHORISATION = "grant_authorisation"
    END_AUTHORISATION = "end_authorisation"
    WRITE_PAPERS = "write_papers"
    SIGN_PAPERS = "sign_papers"
    VIEW_REPORTS = "view_reports"
    COMMENT_REPORTS = "comment_reports"
    APPROVE_REPORTS = "approve_reports"
    FEED_BACK = "feed_back"
    VIEW_FINDINGS = "view_findings"
    REGISTER_CLUE = "register_clue"
    SCREEN_CLUE = "screen_clue"
    HANDLE_CLUE = "handle_clue"
    DISPOSE_CLUE = "dispose_clue"
    WATCH_CLUES = "watch_clues"
    KEEP_INFORMANTS = "keep_informants"
    NAME_CUSTODIANS = "name_custodians"
    CONFIRM_CUSTODIANS = "confirm_custodians"
    REPORT_INTERFERENCE = "report_interference"
    DEAL_WITH_INTERFERENCE = "deal_with_interference"
    VIEW_LETTERS = "view_letters"
    DRAFT_LETTERS = "draft_letters"
    SIGN_LETTERS = "sign_letters"
    APPROVE_LETTERS = "approve_letters"
    READ_OWN_LETTERS = "read_own_letters"
    ANSWER_LETTERS = "answer_letters"
    VIEW_RECTIFICATION = "view_rectification"
    STEER_RECTIFICATION = "steer_rectification"
    CLOSE_RECTIFICATION = "close_rectification"
    APPROVE_LOOK_BACK = "approve_look_back"
    LEAD_LOOK_BACK = "lead_look_back"
    LEAD_JOINT_CASES = "lead_joint_cases"
    NAME_HANDLERS = "name_handlers"
    NAME_DEPUTY = "name_deputy"
    VIEW_OWN_RECORD = "view_own_record"
    MANAGE_WEBHOOKS = "manage_webhooks"
    VIEW_CONTACTS = "view_contacts"
    SPEAK_FOR_UNIT = "speak_for_unit"
    SUPERVISE_UNIT = "supervise_unit"
    VIEW_CATEGORIES = "view_categories"
    KEEP_CATEGORIES = "keep_categories"
    VIEW_RULES = "view_rules"
    KEEP_RULES = "keep_rules"
    ISSUE_DICTIONARIES = "issue_dictionaries"
    OPEN_ORIGINALS = "open_originals"
    VIEW_PACKAGES = "view_packages"
    MAKE_PACKAGES = "make_packages"
    TAKE_IN_PACKAGES = "take_in_packages"
    KEEP_PACKAGE_KEYS = "keep_package_keys"
    CONFIRM_PACKAGE_KEYS = "confirm_package_keys"
    VIEW_SHARES = "view_shares"
    ASK_FOR_SHARES = "ask_for_shares"
    PREPARE_SHARES = "prepare_shares"
    APPROVE_SHARES = "approve_shares"
    DECIDE_SHARES = "decide_shares"
    APPROVE_CLUE_SHARES = "approve_clue_shares"
    WATCH_CLUE_SHARES = "watch_clue_shares"
    READ_SHARED_VIEWS = "read_shared_views"
    VIEW_DIGEST = "view_digest"
    PUBLISH_DIGEST = "publish_digest"
    MANAGE_OFFICES = "manage_offices"
    MANAGE_ACCOUNTS = "manage_accounts"
    PROPOSE_SEATS = "propose_seats"
    TRANSFER_SEATS = "transfer_seats"
    DECIDE_SEATS = "decide_seats"
    ASK_EMERGENCY = "ask_emergency"
    CONFIRM_EMERGENCY = "confirm_emergency"
    KEEP_WEBHOOK_HOSTS = "keep_webhook_hosts"
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

# The reviewed table, tenancy/domain/matrix/matrix.csv. One with a gap stops the import, in words.
MATRIX = read_matrix(stored_table(), roles=Role, permissions=Permission, kinds=SEATS)

# By the kind of the office: of some records a city's seats read what a county's do not.
ROLES_IN: Mapping[str, Mapping[Role, frozenset[Permission]]] = MappingProxyType(
    {
        kind: MappingProxyType(
            {role: frozenset(map(Permission, MATRIX.permissions(role, kind))) for role in seats}
        )
        for kind, seats in SEATS.items()
    }
)

# What a role may in whatever kind of office it has a seat: the least of them.
ROLES: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        role: frozenset.intersection(
            *(held[role] for held in ROLES_IN.values() if role in held),
        )
        for role in Role
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
        Permission.VIEW_DEADLINES: Text(zh="查看期限", en="see deadlines"),
        Permission.PAUSE_DEADLINES: Text(zh="暂停期限", en="pause deadlines"),
        Permission.SET_TERMS: Text(zh="设置期限和工作日", en="set terms and working days"),
        Permission.VIEW_HISTORY: Text(zh="查看历届数据", en="see past terms"),
        Permission.WORK_IN_ROOM: Text(zh="在本组工作间办理", en="work in one's team's room"),
        Permission.SIGN_WEEKLY_REPORTS: Text(zh="签发周报", en="sign the team's weekly reports"),
        Permission.VIEW_WEEKLY_REPORTS: Text(zh="查看各组周报", en="read teams' weekly reports"),
        Permission.NAME_POSTS: Text(zh="指定本组岗位", en="name people to posts of the team"),
        Permission.SET_POSTS: Text(
            zh="设置仅限外地成员的岗位", en="keep posts of teams to outsiders"
        ),
        Permission.LINK_ACCOUNTS: Text(
            zh="登记人员账号", en="say whose account somebody of the roster has"
        ),
        Permission.VIEW_AUTHORISATIONS: Text(
            zh="查看巡察组授权", en="see how teams are authorised"
        ),
        Permission.PROPOSE_AUTHORISATION: Text(
            zh="提请巡察组授权", en="propose to authorise teams"
        ),
        Permission.GRANT_AUTHORISATION: Text(zh="办理巡察组授权", en="authorise teams"),
        Permission.END_AUTHORISATION: Text(
            zh="收回巡察组授权", en="end what a team was authorised to"
        ),
        Permission.WRITE_PAPERS: Text(zh="撰写问题底稿", en="write working papers"),
        Permission.SIGN_PAPERS: Text(zh="审议和签署问题底稿", en="judge and sign working papers"),
        Permission.VIEW_REPORTS: Text(zh="查看巡察报告", en="see reports of teams"),
        Permission.COMMENT_REPORTS: Text(zh="对报告提出意见", en="comment reports"),
        Permission.APPROVE_REPORTS: Text(zh="审定巡察报告", en="approve reports"),
        Permission.FEED_BACK: Text(zh="组织反馈", en="feed back"),
        Permission.VIEW_FINDINGS: Text(zh="查看已反馈的问题", en="see what was fed back"),
        Permission.REGISTER_CLUE: Text(zh="登记问题线索", en="register clues"),
        Permission.SCREEN_CLUE: Text(zh="研判和签发线索", en="screen and sign clues"),
        Permission.HANDLE_CLUE: Text(zh="接收和移交线索", en="take clues in and hand them over"),
        Permission.DISPOSE_CLUE: Text(zh="处置线索", en="deal with clues"),
        Permission.WATCH_CLUES: Text(
            zh="查看各县（区）线索数量和进度", en="see how many clues counties have, and how far"
        ),
        Permission.KEEP_INFORMANTS: Text(zh="保管反映人身份", en="keep who gave a hint"),
        Permission.NAME_CUSTODIANS: Text(
            zh="指定反映人身份保管人", en="name who keeps who gave a hint"
        ),
        Permission.CONFIRM_CUSTODIANS: Text(
            zh="确认反映人身份保管人", en="confirm who keeps who gave a hint"
        ),
        Permission.REPORT_INTERFERENCE: Text(
            zh="登记打听说情", en="register who asked or interceded"
        ),
        Permission.DEAL_WITH_INTERFERENCE: Text(
            zh="处理打听说情登记", en="deal with who asked or interceded"
        ),
        Permission.VIEW_LETTERS: Text(zh="查看本单位函件", en="see the office's letters"),
        Permission.DRAFT_LETTERS: Text(zh="起草、发出函件", en="draft and send letters"),
        Permission.SIGN_LETTERS: Text(zh="审核、签发函件", en="review and sign letters"),
        Permission.APPROVE_LETTERS: Text(zh="审批、签发重要函件", en="approve letters"),
        Permission.READ_OWN_LETTERS: Text(zh="查看收到的函件", en="see letters to oneself"),
        Permission.ANSWER_LETTERS: Text(zh="签收、回复函件", en="sign for letters and reply"),
        Permission.VIEW_RECTIFICATION: Text(zh="查看整改", en="see the rectification"),
        Permission.STEER_RECTIFICATION: Text(zh="交办、督办整改", en="assign rectification"),
        Permission.CLOSE_RECTIFICATION: Text(zh="整改销号", en="close out rectification"),
        Permission.APPROVE_LOOK_BACK: Text(zh="批准回头看", en="approve look-backs"),
        Permission.LEAD_LOOK_BACK: Text(zh="带队回头看", en="lead a look-back"),
        Permission.LEAD_JOINT_CASES: Text(zh="领办共性问题", en="lead joint cases"),
        Permission.VIEW_OWN_SEAT: Text(zh="查看本人席位和本组", en="see one's own seat and team"),
        Permission.NAME_HANDLERS: Text(zh="指定经办人", en="name who handles what"),
        Permission.NAME_DEPUTY: Text(zh="指定代理人", en="name a deputy"),
        Permission.VIEW_OWN_RECORD: Text(zh="查看谁看过本单位数据", en="see who saw what is ours"),
        Permission.OPEN_ORIGINALS: Text(zh="调阅附件原件", en="open originals of attachments"),
        Permission.MANAGE_WEBHOOKS: Text(zh="管理消息推送", en="manage webhooks"),
        Permission.VIEW_CONTACTS: Text(zh="查看单位联络人", en="see who speaks for which unit"),
        Permission.SPEAK_FOR_UNIT: Text(zh="代表被巡察单位", en="speak for an inspected unit"),
        Permission.SUPERVISE_UNIT: Text(
            zh="监督单位整改", en="supervise the rectification of a unit"
        ),
        Permission.VIEW_CATEGORIES: Text(zh="查看问题分类", en="see the categories of findings"),
        Permission.KEEP_CATEGORIES: Text(zh="维护问题分类", en="keep the categories of findings"),
        Permission.VIEW_RULES: Text(zh="查看规则库", en="see the rule library"),
        Permission.KEEP_RULES: Text(zh="维护规则库", en="keep the rule library"),
        Permission.ISSUE_DICTIONARIES: Text(
            zh="向县（区）下发分类和规则", en="issue categories and rules to the counties"
        ),
        Permission.VIEW_DIGEST: Text(zh="查看情况通报", en="Read the city digest"),
        Permission.PUBLISH_DIGEST: Text(
            zh="制作和发布情况通报", en="Have the city digest made, and publish it"
        ),
        Permission.VIEW_PACKAGES: Text(
            zh="查看发出和收到的数据包", en="see packages sent and received"
        ),
        Permission.MAKE_PACKAGES: Text(zh="制作数据包", en="make packages"),
        Permission.TAKE_IN_PACKAGES: Text(zh="导入数据包", en="take packages in"),
        Permission.KEEP_PACKAGE_KEYS: Text(zh="管理数据包密钥", en="keep the keys of packages"),
        Permission.CONFIRM_PACKAGE_KEYS: Text(
            zh="确认外单位公钥", en="confirm other offices' keys"
        ),
        Permission.VIEW_SHARES: Text(
            zh="查看共享申请和授权", en="see what is asked for and shared"
        ),
        Permission.ASK_FOR_SHARES: Text(zh="申请共享", en="ask other offices for views"),
        Permission.PREPARE_SHARES: Text(zh="拟定共享视图", en="prepare views for others"),
        Permission.APPROVE_SHARES: Text(zh="批准、收回共享", en="approve and take back shares"),
        Permission.DECIDE_SHARES: Text(zh="审定共享", en="decide on shares"),
        Permission.APPROVE_CLUE_SHARES: Text(
            zh="批准涉及问题线索的共享", en="approve shares of clues"
        ),
        Permission.WATCH_CLUE_SHARES: Text(
            zh="批准县（区）涉及问题线索的共享", en="approve counties' shares of clues"
        ),
        Permission.READ_SHARED_VIEWS: Text(zh="查阅共享视图", en="read views shared with them"),
        Permission.MANAGE_OFFICES: Text(zh="管理机构", en="manage offices"),
        Permission.MANAGE_ACCOUNTS: Text(zh="管理账号", en="manage accounts"),
        Permission.PROPOSE_SEATS: Text(zh="提出授权变更", en="propose seats"),
        Permission.TRANSFER_SEATS: Text(zh="提出人员调动", en="move people between offices"),
        Permission.DECIDE_SEATS: Text(zh="批准授权变更", en="put seats in force"),
        Permission.ASK_EMERGENCY: Text(zh="申请紧急授权", en="ask for emergency access"),
        Permission.CONFIRM_EMERGENCY: Text(zh="确认紧急授权", en="confirm emergency access"),
        Permission.KEEP_WEBHOOK_HOSTS: Text(
            zh="维护允许推送的主机", en="keep the hosts that webhooks may go to"
        ),
        Permission.SET_SECURITY: Text(zh="设置安全策略", en="set the security policy"),
        Permission.READ_ALL_RECORDS: Text(zh="查阅全部审计记录", en="read every record"),
        Permission.EXPORT_RECORDS: Text(zh="导出审计记录", en="export records"),
    }
)


def permissions_of(roles: Iterable[Role], kind: str | None = None) -> frozenset[Permission]:
    """What somebody with all these roles may in that kind of office; None: in any kind."""
    held = ROLES if kind is None else ROLES_IN.get(kind, {})
    return frozenset[Permission]().union(*(held.get(role, frozenset()) for role in roles))
