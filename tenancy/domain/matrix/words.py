"""What the records, verbs and relations of the table are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kernel.text import Text

RECORDS: Mapping[str, Text] = MappingProxyType(
    {
        "roster_person": Text(zh="人员名册", en="Roster"),
        "unit": Text(zh="被巡察单位名录", en="Units to inspect"),
        "roster_import": Text(zh="人员名册导入", en="Import of a roster"),
        "unit_import": Text(zh="单位名录导入", en="Import of units"),
        "release_call": Text(zh="抽调通知", en="Call for releases"),
        "release": Text(zh="抽调放行", en="Release of people"),
        "released_person": Text(zh="放行至轮次的人员", en="People released to a round"),
        "round": Text(zh="巡察轮次", en="Inspection round"),
        "pin": Text(zh="预先指定", en="Decisions taken beforehand"),
        "run": Text(zh="求解", en="Solver run"),
        "plan": Text(zh="排期方案", en="Plan"),
        "draft": Text(zh="调整中的方案", en="Plan on the desk"),
        "publication": Text(zh="公布的方案", en="Published plan"),
        "exchange": Text(zh="脱敏轮次数据与外部方案", en="Masked round and outside plans"),
        "sealed_export": Text(zh="未脱敏轮次数据", en="Unmasked round, sealed"),
        "extract": Text(zh="下发的公布摘要", en="Extract handed to an office"),
        "confirmation_request": Text(zh="派出人员确认", en="Request to confirm who is sent"),
        "declaration": Text(zh="本单位人员回避申报", en="Declared ties of own people"),
        "unavailability": Text(zh="不能参加的登记", en="People who cannot come"),
        "round_declaration": Text(zh="轮次收到的回避申报", en="Declarations that reached a round"),
        "notice": Text(zh="通知", en="Notices"),
        "past_term": Text(zh="历届数据", en="Past terms"),
        "own_seat": Text(zh="本人席位和本组", en="One's own seat and team"),
        "room": Text(zh="本组工作间", en="One's team's room"),
        "weekly_report": Text(zh="巡察组周报", en="A team's weekly report"),
        "person_account": Text(zh="人员账号登记", en="Whose account somebody has"),
        "authorisation": Text(zh="巡察组授权", en="Authorisation of a team"),
        "handler": Text(zh="经办人", en="Who handles what"),
        "deputy": Text(zh="代理人", en="Deputies"),
        "office_record": Text(zh="谁看过本单位数据", en="Who saw what is ours"),
        "webhook": Text(zh="消息推送", en="Webhooks"),
        "webhook_host": Text(zh="允许推送的主机", en="Hosts that webhooks may go to"),
        "token": Text(zh="本人接口令牌", en="One's own tokens"),
        "job": Text(zh="本人提交的后台任务", en="Jobs that one asked for"),
        "self": Text(zh="本人账号和工作台", en="Oneself and one's desk"),
        "office_directory": Text(zh="机构名录", en="Directory of offices"),
        "permission_table": Text(zh="谁可以做什么", en="Who may do what"),
        "office": Text(zh="机构", en="Offices"),
        "account": Text(zh="账号", en="Accounts"),
        "seat": Text(zh="授权", en="Seats"),
        "emergency": Text(zh="紧急授权", en="Emergency access"),
        "security_policy": Text(zh="安全策略", en="Security policy"),
        "audit_record": Text(zh="全部审计记录", en="All records of the audit"),
    }
)

VERBS: Mapping[str, Text] = MappingProxyType(
    {
        "read": Text(zh="查看", en="see"),
        "export": Text(zh="导出", en="export"),
        "make": Text(zh="提交", en="make"),
        "give": Text(zh="放行和撤回", en="give and withdraw"),
        "prepare": Text(zh="编制", en="prepare"),
        "set": Text(zh="设置", en="set"),
        "start": Text(zh="发起和停止", en="start and stop"),
        "propose": Text(zh="提请", en="propose"),
        "approve": Text(zh="审批和退回", en="approve and return"),
        "publish": Text(zh="公布", en="publish"),
        "edit": Text(zh="调整", en="edit"),
        "solve": Text(zh="围绕调整求解", en="solve around the edits"),
        "withdraw": Text(zh="撤回", en="withdraw"),
        "take_in": Text(zh="导入", en="take in"),
        "ask": Text(zh="申请", en="ask for"),
        "answer": Text(zh="确认或提出异议", en="confirm or object"),
        "declare": Text(zh="登记", en="declare"),
        "name": Text(zh="指定", en="name"),
        "manage": Text(zh="管理", en="manage"),
        "transfer": Text(zh="调动", en="move to another office"),
        "decide": Text(zh="批准", en="put in force"),
        "confirm": Text(zh="确认", en="confirm"),
        "work": Text(zh="办理", en="work in"),
        "sign": Text(zh="签发", en="sign"),
        "grant": Text(zh="授权或不予授权", en="grant or refuse"),
        "end": Text(zh="收回", en="end"),
    }
)

RELATION_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "own": Text(zh="本单位的", en="of one's own office"),
        "led": Text(zh="本单位牵头轮次的", en="of a round that one's office leads"),
        "team": Text(zh="本组的", en="of one's own team"),
        "released": Text(zh="放行给本单位的", en="released to one's office"),
        "shared": Text(zh="下发或共享给本单位的", en="handed to or shared with one's office"),
        "revoked": Text(zh="下发、共享后收回的", en="handed over, then taken back"),
        "foreign": Text(zh="其他单位的", en="of another office"),
    }
)
