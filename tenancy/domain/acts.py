"""Every act of the record, as it is told, and which of its data may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from kernel.text import Text
from tenancy.domain.roles import ROLE_TITLES

ACTS: Mapping[str, Text] = MappingProxyType(
    {
        "scheduling.declaration.listed": Text(
            zh="查看本单位回避申报", en="Looked at the own declarations"
        ),
        "scheduling.declaration.made": Text(
            zh="登记回避或不能参加", en="Declared a tie or an absence"
        ),
        "scheduling.declaration.withdrawn": Text(
            zh="撤回回避或不能参加", en="Took back a tie or an absence"
        ),
        "scheduling.desk.opened": Text(zh="打开方案调整台", en="Opened a plan on the desk"),
        "scheduling.draft.opened": Text(zh="打开草稿", en="Opened a draft"),
        "scheduling.emergency.asked": Text(zh="申请紧急授权", en="Asked for emergency access"),
        "scheduling.emergency.confirmed": Text(
            zh="确认紧急授权", en="Confirmed an emergency access"
        ),
        "scheduling.emergency.ended": Text(zh="结束紧急授权", en="Ended an emergency access"),
        "scheduling.emergency.opened": Text(
            zh="凭紧急授权打开人员情况", en="Opened a person's facts in an emergency"
        ),
        "scheduling.emergency.refused": Text(zh="驳回紧急授权", en="Refused an emergency access"),
        "scheduling.emergency.viewed": Text(zh="查看紧急授权", en="Looked at an emergency access"),
        "scheduling.extract.exported": Text(
            zh="导出本单位公布名单", en="Exported the own part of a published plan"
        ),
        "scheduling.extract.listed": Text(
            zh="查看本单位派出和到来人员", en="Looked at who is sent and who comes"
        ),
        "scheduling.extract.opened": Text(
            zh="打开本单位公布名单", en="Opened the own part of a publication"
        ),
        "scheduling.handler.named": Text(zh="指定轮次经办人", en="Named a handler of a round"),
        "scheduling.handler.removed": Text(zh="取消轮次经办人", en="Took a round from a handler"),
        "scheduling.import.abandoned": Text(zh="导入中断", en="An import was abandoned"),
        "scheduling.import.applied": Text(zh="导入生效", en="Applied an import"),
        "scheduling.import.cancelled": Text(zh="取消导入", en="Cancelled an import"),
        "scheduling.import.compared": Text(zh="比对导入文件", en="Compared an import"),
        "scheduling.import.downloaded": Text(zh="下载导入文件", en="Downloaded an imported file"),
        "scheduling.import.expired": Text(zh="导入逾期清除", en="An import ran out"),
        "scheduling.import.opened": Text(zh="查看导入内容", en="Looked at what an import holds"),
        "scheduling.import.refused": Text(zh="导入文件被拒绝", en="An imported file was refused"),
        "scheduling.import.requested": Text(zh="要求导入生效", en="Asked to apply an import"),
        "scheduling.import.uploaded": Text(zh="上传导入文件", en="Uploaded a file to import"),
        "scheduling.notice.listed": Text(zh="查看通知", en="Looked at the notices"),
        "scheduling.person.opened": Text(zh="打开人员详情", en="Opened a person's page"),
        "scheduling.plan.approved": Text(zh="批准方案", en="Approved a plan"),
        "scheduling.plan.check_requested": Text(
            zh="要求核验方案", en="Asked for a check of a plan"
        ),
        "scheduling.plan.checked": Text(zh="核验方案", en="Checked a plan"),
        "scheduling.plan.duties_set": Text(zh="调整组内分工", en="Set duties in a plan"),
        "scheduling.plan.edit_redone": Text(zh="恢复方案调整", en="Redid an edit of a plan"),
        "scheduling.plan.edit_undone": Text(zh="撤销方案调整", en="Undid an edit of a plan"),
        "scheduling.plan.edited": Text(zh="调整方案", en="Edited a plan"),
        "scheduling.plan.exported": Text(zh="导出方案", en="Exported a plan"),
        "scheduling.plan.exported_as_document": Text(
            zh="导出方案文件", en="Exported a plan as a document"
        ),
        "scheduling.plan.held_up": Text(zh="方案提请受阻", en="A proposal was held up"),
        "scheduling.plan.imported": Text(zh="导入外部方案", en="Imported an outside plan"),
        "scheduling.plan.opened": Text(zh="打开方案", en="Opened a plan"),
        "scheduling.plan.proposal_requested": Text(
            zh="要求提请审核方案", en="Asked to propose a plan"
        ),
        "scheduling.plan.proposed": Text(zh="提请审核方案", en="Proposed a plan"),
        "scheduling.plan.published": Text(zh="公布方案", en="Published a plan"),
        "scheduling.plan.returned": Text(zh="退回方案", en="Returned a plan"),
        "scheduling.plan.taken_back": Text(zh="收回方案", en="Took back a plan"),
        "scheduling.plan.team_lists_exported": Text(zh="导出组员名单", en="Exported team lists"),
        "scheduling.plan.withdrawn": Text(zh="撤回已公布方案", en="Withdrew a published plan"),
        "scheduling.publication.exported": Text(
            zh="导出公布方案文件", en="Exported a published plan"
        ),
        "scheduling.publication.opened": Text(zh="打开公布方案", en="Opened a published plan"),
        "scheduling.release.opened": Text(zh="打开抽调放行页面", en="Opened the people to release"),
        "scheduling.release.outdated": Text(zh="放行内容过期", en="Releases became outdated"),
        "scheduling.release.released": Text(zh="放行人员", en="Released people"),
        "scheduling.release.withdrawn": Text(zh="撤回放行", en="Withdrew a release"),
        "scheduling.request.confirmed": Text(zh="确认派出人员", en="Confirmed who is sent"),
        "scheduling.request.objected": Text(zh="对派出人员提出异议", en="Objected to who is sent"),
        "scheduling.request.opened": Text(
            zh="打开派出确认请求", en="Opened a request to confirm who is sent"
        ),
        "scheduling.roster.exported": Text(zh="导出人员名册", en="Exported the roster"),
        "scheduling.roster.searched": Text(zh="查阅人员名册", en="Looked at the roster"),
        "scheduling.round.compared": Text(zh="比较候选方案", en="Compared plans of a round"),
        "scheduling.round.created": Text(zh="新建轮次", en="Made a round"),
        "scheduling.round.days_overridden": Text(zh="调整工作日", en="Changed working days"),
        "scheduling.round.declarations_opened": Text(
            zh="查看轮次收到的回避申报", en="Looked at the declarations of a round"
        ),
        "scheduling.round.distances_set": Text(zh="设置距离", en="Set distances"),
        "scheduling.round.exported_masked": Text(
            zh="导出脱敏轮次数据", en="Exported a masked round"
        ),
        "scheduling.round.freeze_requested": Text(
            zh="要求固定轮次数据", en="Asked to freeze a round"
        ),
        "scheduling.round.frozen": Text(zh="固定轮次数据", en="Froze a round"),
        "scheduling.round.office_called": Text(zh="向单位发出抽调通知", en="Called an office"),
        "scheduling.round.opened": Text(zh="打开轮次", en="Opened a round"),
        "scheduling.round.pinned": Text(zh="固定安排", en="Pinned an assignment"),
        "scheduling.round.pins_opened": Text(
            zh="查看预先指定", en="Looked at the decisions taken beforehand"
        ),
        "scheduling.round.policy_set": Text(zh="设置规则", en="Set the rules"),
        "scheduling.round.releases_closed": Text(zh="截止放行", en="Closed the releases"),
        "scheduling.round.releases_reopened": Text(zh="重新开放放行", en="Reopened the releases"),
        "scheduling.round.revised": Text(zh="修改轮次", en="Revised a round"),
        "scheduling.round.teams_set": Text(zh="设置巡察组", en="Set the teams"),
        "scheduling.round.units_chosen": Text(zh="选定被巡察单位", en="Chose the units"),
        "scheduling.round.unpinned": Text(zh="取消固定安排", en="Unpinned an assignment"),
        "scheduling.run.broken_off": Text(zh="求解中断", en="A run broke off"),
        "scheduling.run.cancelled": Text(zh="停止求解", en="Cancelled a run"),
        "scheduling.run.finished": Text(zh="求解完成", en="A run finished"),
        "scheduling.run.opened": Text(
            zh="查看求解结果和说明", en="Looked at a run and its reasons"
        ),
        "scheduling.run.started": Text(zh="开始求解", en="Started a run"),
        "scheduling.sealed_export.made": Text(zh="生成密封导出", en="Made a sealed export"),
        "scheduling.sealed_export.requested": Text(
            zh="申请密封导出", en="Asked for a sealed export"
        ),
        "scheduling.sealed_export.taken": Text(zh="取走密封导出", en="Took a sealed export"),
        "scheduling.survey.made": Text(zh="完成摸底", en="Made a survey"),
        "scheduling.survey.opened": Text(zh="查看摸底结果", en="Looked at a survey"),
        "scheduling.survey.requested": Text(zh="要求摸底", en="Asked for a survey"),
        "scheduling.units.exported": Text(zh="导出被巡察单位名录", en="Exported the units"),
        "sharing.account.linked": Text(
            zh="登记人员账号", en="Said whose account somebody of the roster has"
        ),
        "sharing.account.listed": Text(
            zh="查看人员账号登记", en="Looked at whose account is whose"
        ),
        "sharing.account.unlinked": Text(
            zh="解除人员账号登记", en="Took back whose account somebody has"
        ),
        "sharing.authorisation.followed": Text(
            zh="按更正后的方案更新工作间", en="Took over a corrected plan into a room"
        ),
        "sharing.authorisation.granted": Text(zh="授权巡察组", en="Authorised a team"),
        "sharing.authorisation.opened": Text(
            zh="查看巡察组授权", en="Looked at the authorisation of a team"
        ),
        "sharing.authorisation.proposed": Text(
            zh="提请授权巡察组", en="Proposed to authorise a team"
        ),
        "sharing.authorisation.refused": Text(
            zh="不予授权巡察组", en="Refused to authorise a team"
        ),
        "sharing.authorisation.revoked": Text(
            zh="收回巡察组授权", en="Revoked what a team was authorised to"
        ),
        "sharing.history.imported": Text(zh="导入历届数据", en="Imported past terms"),
        "sharing.member.admitted": Text(zh="接纳组员进工作间", en="Admitted a member to a room"),
        "sharing.member.ended": Text(zh="结束组员身份", en="Ended a member's place in a room"),
        "sharing.room.opened": Text(zh="进入工作间", en="Went into a room"),
        "sharing.weekly_report.drafted": Text(zh="起草周报", en="Drafted a weekly report"),
        "sharing.weekly_report.opened": Text(zh="查看周报", en="Looked at weekly reports"),
        "sharing.weekly_report.signed": Text(zh="签发周报", en="Signed a weekly report"),
        "tenancy.deputy.given": Text(zh="授予代理", en="Gave a deputy"),
        "tenancy.deputy.proposed": Text(zh="提出代理", en="Proposed a deputy"),
        "tenancy.deputy.revoked": Text(zh="撤回代理", en="Ended a deputy's term"),
        "tenancy.hold.listed": Text(zh="查看登录锁定", en="Looked at holds at the door"),
        "tenancy.invitation.accepted": Text(zh="按邀请设置密码", en="Took up an invitation"),
        "tenancy.invitation.made": Text(zh="发出账号邀请", en="Made an invitation"),
        "tenancy.office.abolished": Text(zh="撤销机构", en="Abolished an office"),
        "tenancy.office.created": Text(zh="新建机构", en="Made an office"),
        "tenancy.office.renamed": Text(zh="机构更名", en="Renamed an office"),
        "tenancy.page.opened": Text(zh="打开页面", en="Opened a page"),
        "tenancy.password.changed": Text(zh="更换密码", en="Changed the own password"),
        "tenancy.password.renewed": Text(zh="更新密码", en="Renewed a password"),
        "tenancy.password.reset": Text(
            zh="凭重置链接设置密码", en="Set a password by a link to reset it"
        ),
        "tenancy.password_reset.made": Text(
            zh="生成密码重置链接", en="Made a link to reset a password"
        ),
        "tenancy.record.exported": Text(zh="导出审计记录", en="Exported the record"),
        "tenancy.record.searched": Text(zh="查阅审计记录", en="Read the record"),
        "tenancy.seat.ended": Text(zh="终止岗位", en="Ended a seat"),
        "tenancy.seat.given": Text(zh="授予席位", en="Gave a seat"),
        "tenancy.seat.moved": Text(zh="调入或调出", en="Moved to another office"),
        "tenancy.seat_change.proposed": Text(zh="提出授权变更", en="Proposed a change of seats"),
        "tenancy.seat_change.put_in_force": Text(zh="批准授权变更", en="Put a change in force"),
        "tenancy.seat_change.refused": Text(zh="驳回授权变更", en="Refused a change of seats"),
        "tenancy.second_factor.codes_renewed": Text(
            zh="重新生成恢复码", en="Made new recovery codes"
        ),
        "tenancy.second_factor.given_up": Text(zh="停用验证器", en="Gave up an authenticator"),
        "tenancy.second_factor.listed": Text(zh="查看验证器名单", en="Looked at authenticators"),
        "tenancy.second_factor.recovery_used": Text(zh="使用恢复码", en="Used a recovery code"),
        "tenancy.second_factor.reset": Text(zh="重置验证器", en="Reset an authenticator"),
        "tenancy.second_factor.set_up": Text(zh="设置验证器", en="Set up an authenticator"),
        "tenancy.security_policy.set": Text(zh="修改安全策略", en="Set the security policy"),
        "tenancy.session.closed": Text(zh="退出登录", en="Signed out"),
        "tenancy.session.ended": Text(zh="终止登录", en="Ended a sign-in"),
        "tenancy.session.left": Text(zh="离开机构", en="Left an office"),
        "tenancy.session.listed": Text(zh="查看全部登录", en="Looked at everybody's sign-ins"),
        "tenancy.session.opened": Text(zh="登录", en="Signed in"),
        "tenancy.sign_in.held": Text(
            zh="连续输错，暂停登录", en="Signing in was held after wrong tries"
        ),
        "tenancy.sign_in.refused": Text(zh="登录被拒绝", en="A sign-in was refused"),
        "tenancy.sign_in.released": Text(zh="提前解除暂停登录", en="Lifted a hold at the door"),
        "tenancy.token.made": Text(zh="生成令牌", en="Made a token"),
        "tenancy.token.revoked": Text(zh="吊销令牌", en="Revoked a token"),
        "tenancy.token.searched": Text(zh="查找令牌", en="Looked for tokens"),
        "tenancy.user.created": Text(zh="新建账号", en="Made an account"),
        "tenancy.user.listed": Text(zh="查看账号名单", en="Looked at the accounts"),
        "tenancy.user.opened": Text(zh="打开账号", en="Opened an account"),
        "tenancy.user.set": Text(zh="变更账号状态", en="Changed an account"),
        "tenancy.webhook.disabled": Text(zh="消息推送停用", en="A webhook was disabled"),
        "tenancy.webhook.ended": Text(zh="终止消息推送", en="Ended a webhook"),
        "tenancy.webhook.made": Text(zh="新建消息推送", en="Made a webhook"),
        "tenancy.webhook.repeated": Text(zh="重发一条推送", en="Sent a message again"),
        "tenancy.webhook.resumed": Text(zh="恢复消息推送", en="Resumed a webhook"),
        "tenancy.webhook.rotated": Text(zh="更换推送密钥", en="Rotated a webhook's secret"),
        "tenancy.webhook.tested": Text(zh="发送测试推送", en="Sent a test message"),
        "tenancy.webhook_host.allowed": Text(zh="允许推送主机", en="Allowed a host"),
        "tenancy.webhook_host.refused": Text(zh="取消允许推送主机", en="Took a host off the list"),
    }
)

# What an act can be about: models, in words.
OBJECTS: Mapping[str, Text] = MappingProxyType(
    {
        "scheduling.confirmationrequest": Text(zh="派出确认请求", en="Request to confirm"),
        "scheduling.declaration": Text(zh="回避申报", en="Declaration"),
        "scheduling.emergencyaccess": Text(zh="紧急授权", en="Emergency access"),
        "scheduling.import": Text(zh="导入", en="Import"),
        "scheduling.inspectionround": Text(zh="轮次", en="Round"),
        "scheduling.person": Text(zh="人员", en="Person"),
        "scheduling.plan": Text(zh="方案", en="Plan"),
        "scheduling.publication": Text(zh="公布方案", en="Publication"),
        "scheduling.publishedextract": Text(zh="本单位公布名单", en="Own part of a publication"),
        "scheduling.release": Text(zh="放行", en="Release"),
        "scheduling.sealedexport": Text(zh="密封导出", en="Sealed export"),
        "scheduling.solverun": Text(zh="求解", en="Run"),
        "sharing.authorisationrequest": Text(zh="巡察组授权", en="Authorisation of a team"),
        "sharing.room": Text(zh="工作间", en="Room"),
        "sharing.weeklyreport": Text(zh="周报", en="Weekly report"),
        "tenancy.apitoken": Text(zh="令牌", en="Token"),
        "tenancy.office": Text(zh="机构", en="Office"),
        "tenancy.seatchange": Text(zh="授权变更", en="Change of seats"),
        "tenancy.securitypolicy": Text(zh="安全策略", en="Security policy"),
        "tenancy.user": Text(zh="账号", en="Account"),
        "tenancy.webhook": Text(zh="消息推送", en="Webhook"),
    }
)

# Numbers and codes that explain an act. What is not named here is never shown: words that people
# typed, the facts of a round before and after, edits, pins.
SHOWN: Mapping[str, Text] = MappingProxyType(
    {
        "absolute_hours": Text(
            zh="登录时限（小时，原/新）", en="longest sign-in (hours, before/after)"
        ),
        "accepted": Text(zh="已接受", en="accepted"),
        "added": Text(zh="新增", en="added"),
        "added_roles": Text(zh="新增须用验证码的角色数", en="roles added that need a code"),
        "barred": Text(zh="回避", en="barred"),
        "because": Text(zh="原因代码", en="reason code"),
        "call": Text(zh="抽调通知", en="call"),
        "changed": Text(zh="变更", en="changed"),
        "chosen": Text(zh="选定", en="chosen"),
        "clean": Text(zh="核验通过", en="check holds"),
        "code": Text(zh="代码", en="code"),
        "corrects": Text(zh="更正版本", en="corrects version"),
        "decided": Text(zh="已决定", en="decided"),
        "delivery": Text(zh="推送编号", en="delivery"),
        "entry": Text(zh="主机", en="host"),
        "events": Text(zh="事件数", en="events"),
        "expires": Text(zh="到期", en="expires"),
        "given_way": Text(zh="让位的固定安排", en="pins given way"),
        "idle_minutes": Text(
            zh="无操作时限（分钟，原/新）", en="idle limit (minutes, before/after)"
        ),
        "ip": Text(zh="网络地址", en="network address"),
        "is_new": Text(zh="新登记", en="new"),
        "kind": Text(zh="类别", en="kind"),
        "left_out": Text(zh="未纳入", en="left out"),
        "lines": Text(zh="行数", en="lines"),
        "mode": Text(zh="组织方式", en="mode"),
        "number": Text(zh="编号", en="number"),
        "objections": Text(zh="异议", en="objections"),
        "office": Text(zh="机构编号", en="office"),
        "offices_asked": Text(zh="征求单位数", en="offices asked"),
        "outdated_releases": Text(zh="过期放行", en="outdated releases"),
        "owner": Text(zh="持有人编号", en="owner"),
        "pairs": Text(zh="组合数", en="pairs"),
        "people": Text(zh="人数", en="people"),
        "permissions": Text(zh="权限数", en="permissions"),
        "page": Text(zh="页面", en="page"),
        "plan": Text(zh="方案", en="plan"),
        "plan_sha256": Text(zh="方案摘要", en="plan digest"),
        "principal": Text(zh="被代理人编号", en="number of whom they stand in for"),
        "question": Text(zh="固定数据", en="frozen question"),
        "removed_roles": Text(zh="不再须用验证码的角色数", en="roles that no longer need a code"),
        "revision": Text(zh="修订", en="revision"),
        "role": Text(zh="岗位", en="seat"),
        "round": Text(zh="轮次", en="round"),
        "rows": Text(zh="行数", en="rows"),
        "rule": Text(zh="依据", en="ground"),
        "seconds": Text(zh="秒", en="seconds"),
        "seed": Text(zh="随机种子", en="seed"),
        "sha256": Text(zh="摘要", en="digest"),
        "since": Text(zh="起始", en="since"),
        "status": Text(zh="状态", en="status"),
        "step_up_minutes": Text(
            zh="再次验证时限（分钟，原/新）", en="step-up limit (minutes, before/after)"
        ),
        "teams": Text(zh="组数", en="teams"),
        "time_limit_s": Text(zh="时限（秒）", en="time limit (s)"),
        "token": Text(zh="令牌", en="token"),
        "undoes": Text(zh="撤销的调整", en="undoes"),
        "units": Text(zh="单位数", en="units"),
        "version": Text(zh="版本", en="version"),
        "written": Text(zh="写入", en="written"),
    }
)

# Codes that an act is told with, in words.
CODES: Mapping[str, Text] = MappingProxyType(
    {role.value: title for role, title in ROLE_TITLES.items()}
    | {
        "end": Text(zh="终止岗位", en="end of the seat"),
        "feasible": Text(zh="可行", en="feasible"),
        "grant": Text(zh="新任岗位", en="new seat"),
        "infeasible": Text(zh="无可行方案", en="no plan"),
        "optimal": Text(zh="已证最优", en="proven best"),
        "roster": Text(zh="人员名册", en="roster"),
        "units": Text(zh="被巡察单位名录", en="units"),
    }
)

# Who said that somebody has to stay away, the clerk or the discipline body, is told to nobody of
# the office: these acts stand in the audit administrator's record alone.
NOT_TOLD_AT_HOME = frozenset({"scheduling.declaration.made", "scheduling.declaration.withdrawn"})

# By these an office sees what another one handed to it; each line names whose people they are.
READINGS_OF_OTHERS = frozenset(
    {
        "scheduling.desk.opened",
        "scheduling.extract.exported",
        "scheduling.plan.exported",
        "scheduling.plan.exported_as_document",
        "scheduling.plan.opened",
        "scheduling.plan.team_lists_exported",
        "scheduling.publication.exported",
        "scheduling.publication.opened",
        "scheduling.round.compared",
        "scheduling.round.declarations_opened",
        "scheduling.round.exported_masked",
        "scheduling.round.opened",
        "scheduling.round.pins_opened",
        "scheduling.run.opened",
        "scheduling.sealed_export.taken",
        "scheduling.survey.opened",
    }
)

_WORD = re.compile(r"[\w.:+/-]{1,64}")


def title_of(action: str) -> Text:
    """The act in words; one of a later release by its code."""
    return ACTS.get(action) or Text(zh=action, en=action)


def object_of(object_type: str) -> Text:
    return OBJECTS.get(object_type) or Text(zh=object_type, en=object_type)


def shown_of(data: Mapping[str, Any]) -> Iterator[tuple[Text, Text]]:
    """What may be shown of an act's data: of a list its length, of words those without a gap."""
    for key, label in SHOWN.items():
        value = data.get(key)
        if isinstance(value, list):
            value = len(value)
        if value is not None and _WORD.fullmatch(str(value)):
            yield label, CODES.get(str(value)) or Text(zh=str(value), en=str(value))
