"""Every act of the record, as it is told, and which of its data may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from kernel.text import Text

ACTS: Mapping[str, Text] = MappingProxyType(
    {
        "scheduling.declaration.made": Text(
            zh="登记回避或不能参加", en="Declared a tie or an absence"
        ),
        "scheduling.declaration.withdrawn": Text(
            zh="撤回回避或不能参加", en="Took back a tie or an absence"
        ),
        "scheduling.draft.opened": Text(zh="打开草稿", en="Opened a draft"),
        "scheduling.extract.exported": Text(
            zh="导出本单位公布名单", en="Exported the own part of a published plan"
        ),
        "scheduling.import.abandoned": Text(zh="导入中断", en="An import was abandoned"),
        "scheduling.import.applied": Text(zh="导入生效", en="Applied an import"),
        "scheduling.import.cancelled": Text(zh="取消导入", en="Cancelled an import"),
        "scheduling.import.compared": Text(zh="比对导入文件", en="Compared an import"),
        "scheduling.import.downloaded": Text(zh="下载导入文件", en="Downloaded an imported file"),
        "scheduling.import.refused": Text(zh="导入文件被拒绝", en="An imported file was refused"),
        "scheduling.import.requested": Text(zh="要求导入生效", en="Asked to apply an import"),
        "scheduling.import.uploaded": Text(zh="上传导入文件", en="Uploaded a file to import"),
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
        "scheduling.release.outdated": Text(zh="放行内容过期", en="Releases became outdated"),
        "scheduling.release.released": Text(zh="放行人员", en="Released people"),
        "scheduling.release.withdrawn": Text(zh="撤回放行", en="Withdrew a release"),
        "scheduling.request.confirmed": Text(zh="确认派出人员", en="Confirmed who is sent"),
        "scheduling.request.objected": Text(zh="对派出人员提出异议", en="Objected to who is sent"),
        "scheduling.roster.exported": Text(zh="导出人员名册", en="Exported the roster"),
        "scheduling.round.created": Text(zh="新建轮次", en="Made a round"),
        "scheduling.round.days_overridden": Text(zh="调整工作日", en="Changed working days"),
        "scheduling.round.distances_set": Text(zh="设置距离", en="Set distances"),
        "scheduling.round.exported_masked": Text(
            zh="导出脱敏轮次数据", en="Exported a masked round"
        ),
        "scheduling.round.freeze_requested": Text(
            zh="要求固定轮次数据", en="Asked to freeze a round"
        ),
        "scheduling.round.frozen": Text(zh="固定轮次数据", en="Froze a round"),
        "scheduling.round.office_called": Text(zh="向单位发出抽调通知", en="Called an office"),
        "scheduling.round.pinned": Text(zh="固定安排", en="Pinned an assignment"),
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
        "scheduling.run.started": Text(zh="开始求解", en="Started a run"),
        "scheduling.sealed_export.made": Text(zh="生成密封导出", en="Made a sealed export"),
        "scheduling.sealed_export.requested": Text(
            zh="申请密封导出", en="Asked for a sealed export"
        ),
        "scheduling.sealed_export.taken": Text(zh="取走密封导出", en="Took a sealed export"),
        "scheduling.survey.made": Text(zh="完成摸底", en="Made a survey"),
        "scheduling.survey.requested": Text(zh="要求摸底", en="Asked for a survey"),
        "scheduling.units.exported": Text(zh="导出被巡察单位名录", en="Exported the units"),
        "sharing.history.imported": Text(zh="导入历届数据", en="Imported past terms"),
        "tenancy.office.created": Text(zh="新建机构", en="Made an office"),
        "tenancy.record.exported": Text(zh="导出审计记录", en="Exported the record"),
        "tenancy.record.searched": Text(zh="查阅审计记录", en="Read the record"),
        "tenancy.seat.given": Text(zh="授予席位", en="Gave a seat"),
        "tenancy.session.closed": Text(zh="退出登录", en="Signed out"),
        "tenancy.session.left": Text(zh="离开机构", en="Left an office"),
        "tenancy.session.opened": Text(zh="登录", en="Signed in"),
        "tenancy.sign_in.refused": Text(zh="登录被拒绝", en="A sign-in was refused"),
        "tenancy.token.made": Text(zh="生成令牌", en="Made a token"),
        "tenancy.token.searched": Text(zh="查找令牌", en="Looked for tokens"),
        "tenancy.token.revoked": Text(zh="吊销令牌", en="Revoked a token"),
        "scheduling.handler.named": Text(zh="指定轮次经办人", en="Named a handler of a round"),
        "scheduling.handler.removed": Text(zh="取消轮次经办人", en="Took a round from a handler"),
        "scheduling.import.expired": Text(zh="导入逾期清除", en="An import ran out"),
        "tenancy.invitation.made": Text(zh="发出账号邀请", en="Made an invitation"),
        "tenancy.office.abolished": Text(zh="撤销机构", en="Abolished an office"),
        "tenancy.office.renamed": Text(zh="机构更名", en="Renamed an office"),
        "tenancy.seat_change.proposed": Text(zh="提出授权变更", en="Proposed a change of seats"),
        "tenancy.session.ended": Text(zh="终止登录", en="Ended a sign-in"),
        "tenancy.webhook.disabled": Text(zh="消息推送停用", en="A webhook was disabled"),
        "tenancy.webhook.ended": Text(zh="终止消息推送", en="Ended a webhook"),
        "tenancy.webhook.made": Text(zh="新建消息推送", en="Made a webhook"),
        "tenancy.webhook.repeated": Text(zh="重发一条推送", en="Sent a message again"),
        "tenancy.webhook.resumed": Text(zh="恢复消息推送", en="Resumed a webhook"),
        "tenancy.webhook.rotated": Text(zh="更换推送密钥", en="Rotated a webhook's secret"),
        "tenancy.webhook.tested": Text(zh="发送测试推送", en="Sent a test message"),
        "tenancy.webhook_host.allowed": Text(zh="允许推送主机", en="Allowed a host"),
        "tenancy.webhook_host.refused": Text(zh="取消允许推送主机", en="Took a host off the list"),
        "tenancy.user.created": Text(zh="新建账号", en="Made an account"),
        "tenancy.user.set": Text(zh="变更账号状态", en="Changed an account"),
    }
)

# What an act can be about: models, in words.
OBJECTS: Mapping[str, Text] = MappingProxyType(
    {
        "scheduling.confirmationrequest": Text(zh="派出确认请求", en="Request to confirm"),
        "scheduling.declaration": Text(zh="回避申报", en="Declaration"),
        "scheduling.import": Text(zh="导入", en="Import"),
        "scheduling.inspectionround": Text(zh="轮次", en="Round"),
        "scheduling.person": Text(zh="人员", en="Person"),
        "scheduling.plan": Text(zh="方案", en="Plan"),
        "scheduling.publication": Text(zh="公布方案", en="Publication"),
        "scheduling.publishedextract": Text(zh="本单位公布名单", en="Own part of a publication"),
        "scheduling.release": Text(zh="放行", en="Release"),
        "scheduling.sealedexport": Text(zh="密封导出", en="Sealed export"),
        "scheduling.solverun": Text(zh="求解", en="Run"),
        "tenancy.apitoken": Text(zh="令牌", en="Token"),
        "tenancy.office": Text(zh="机构", en="Office"),
        "tenancy.user": Text(zh="账号", en="Account"),
        "tenancy.webhook": Text(zh="消息推送", en="Webhook"),
    }
)

# Numbers and codes that explain an act. What is not named here is never shown: words that people
# typed, the facts of a round before and after, edits, pins.
SHOWN: Mapping[str, Text] = MappingProxyType(
    {
        "accepted": Text(zh="已接受", en="accepted"),
        "added": Text(zh="新增", en="added"),
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
        "plan": Text(zh="方案", en="plan"),
        "plan_sha256": Text(zh="方案摘要", en="plan digest"),
        "question": Text(zh="固定数据", en="frozen question"),
        "revision": Text(zh="修订", en="revision"),
        "role": Text(zh="角色", en="role"),
        "round": Text(zh="轮次", en="round"),
        "rows": Text(zh="行数", en="rows"),
        "seconds": Text(zh="秒", en="seconds"),
        "seed": Text(zh="随机种子", en="seed"),
        "sha256": Text(zh="摘要", en="digest"),
        "since": Text(zh="起始", en="since"),
        "status": Text(zh="状态", en="status"),
        "teams": Text(zh="组数", en="teams"),
        "time_limit_s": Text(zh="时限（秒）", en="time limit (s)"),
        "token": Text(zh="令牌", en="token"),
        "undoes": Text(zh="撤销的调整", en="undoes"),
        "units": Text(zh="单位数", en="units"),
        "version": Text(zh="版本", en="version"),
        "written": Text(zh="写入", en="written"),
    }
)

# Who said that somebody has to stay away, the clerk or the discipline body, is told to nobody of
# the office: these acts stand in the audit administrator's record alone.
NOT_TOLD_AT_HOME = frozenset({"scheduling.declaration.made", "scheduling.declaration.withdrawn"})

_WORD = re.compile(r"[\w.:+/-]{1,64}")


def title_of(action: str) -> Text:
    """The act in words; one of a later release by its code."""
    return ACTS.get(action) or Text(zh=action, en=action)


def object_of(object_type: str) -> Text:
    return OBJECTS.get(object_type) or Text(zh=object_type, en=object_type)


def shown_of(data: Mapping[str, Any]) -> Iterator[tuple[Text, str]]:
    """What may be shown of an act's data: of a list its length, of words those without a gap."""
    for key, label in SHOWN.items():
        value = data.get(key)
        if isinstance(value, list):
            value = len(value)
        if value is not None and _WORD.fullmatch(str(value)):
            yield label, str(value)
