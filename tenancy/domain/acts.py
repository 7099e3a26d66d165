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
        "sharing.contact.named": Text(zh="指定单位联络人", en="Named a contact of a unit"),
        "sharing.contact.removed": Text(zh="取消单位联络人", en="Took a unit from a contact"),
        "sharing.evaluation.exported": Text(zh="下载整改评估表", en="Took an evaluation away"),
        "sharing.evaluation.made": Text(zh="整改评估", en="Judged a unit's rectification"),
        "sharing.history.imported": Text(zh="导入历届数据", en="Imported past terms"),
        "sharing.joint_case.closed": Text(zh="共性问题办结", en="Closed a joint case"),
        "sharing.joint_case.opened": Text(zh="共性问题立项", en="Opened a joint case"),
        "sharing.letter.closed": Text(zh="函件：办结", en="Letter: close"),
        "sharing.letter.discarded": Text(zh="函件：作废", en="Letter: discard"),
        "sharing.letter.drafted": Text(zh="函件：拟稿", en="Letter: began a draft"),
        "sharing.letter.exported": Text(zh="下载函件", en="Took a letter away"),
        "sharing.letter.handed_in": Text(zh="函件：送审", en="Letter: hand in for review"),
        "sharing.letter.listed": Text(zh="查看函件目录", en="Looked at the letters"),
        "sharing.letter.opened": Text(zh="打开函件", en="Opened a letter"),
        "sharing.letter.received": Text(zh="函件：签收", en="Letter: sign for"),
        "sharing.letter.replied": Text(zh="函件：回复", en="Letter: reply"),
        "sharing.letter.reply_returned": Text(zh="函件：退回回复", en="Letter: return the reply"),
        "sharing.letter.returned_to_draft": Text(
            zh="函件：退回修改", en="Letter: return to be changed"
        ),
        "sharing.letter.sent": Text(zh="函件：发出", en="Letter: send"),
        "sharing.letter.signed": Text(zh="函件：签发", en="Letter: number and sign"),
        "sharing.letter.urged": Text(zh="函件：催办", en="Letter: urge"),
        "sharing.letter.written": Text(zh="函件：起草", en="Letter: write"),
        "sharing.look_back.approved": Text(zh="回头看：批准", en="Look-back: approve"),
        "sharing.look_back.begun": Text(zh="回头看：进驻", en="Look-back: begin on site"),
        "sharing.look_back.closed": Text(zh="回头看：结束", en="Look-back: close"),
        "sharing.look_back.population_set": Text(
            zh="回头看：确定范围", en="Look-back: set the population"
        ),
        "sharing.look_back.result_told": Text(
            zh="回头看：提交结果", en="Look-back: tell the result"
        ),
        "sharing.look_back.returned": Text(zh="回头看：退回", en="Look-back: return"),
        "sharing.look_back.sampled": Text(zh="回头看：抽取", en="Look-back: draw"),
        "sharing.look_back.team_sent": Text(
            zh="回头看：指定巡察组", en="Look-back: named the team"
        ),
        "sharing.share_grant.approved": Text(zh="共享：批准", en="Share: approve"),
        "sharing.share_grant.asked": Text(zh="共享：申请共享", en="Share: ask"),
        "sharing.share_grant.certified": Text(
            zh="出具共享查阅证明", en="Certified who was shown what"
        ),
        "sharing.share_grant.destruction_told": Text(
            zh="共享：报告销毁", en="Share: tell of destruction"
        ),
        "sharing.share_grant.granted": Text(zh="共享：批准并生效", en="Share: put in force"),
        "sharing.share_grant.listed": Text(zh="查看共享列表", en="Looked at lists of shares"),
        "sharing.share_grant.narrowed": Text(zh="共享：缩小范围", en="Share: narrow"),
        "sharing.share_grant.offered": Text(zh="共享：提供共享", en="Share: offer"),
        "sharing.share_grant.opened": Text(zh="查看共享授权", en="Opened a share"),
        "sharing.share_grant.prepared": Text(zh="共享：拟定视图", en="Share: prepare the view"),
        "sharing.share_grant.reach_opened": Text(
            zh="查看共享查阅记录", en="Looked at who was shown a share"
        ),
        "sharing.share_grant.refused": Text(zh="共享：不予批准", en="Share: refuse"),
        "sharing.share_grant.revoked": Text(zh="共享：收回", en="Share: take back"),
        "sharing.share_grant.views_opened": Text(
            zh="对照查看共享视图和原记录", en="Looked at views beside their records"
        ),
        "sharing.share_grant.withdrawn": Text(zh="共享：撤回申请", en="Share: withdraw"),
        "sharing.share_group.kept": Text(zh="维护共享组", en="Kept a group to share with"),
        "sharing.shared_view.noted": Text(zh="根据共享视图作记录", en="Noted from a shared view"),
        "sharing.shared_view.shown": Text(zh="查阅共享视图", en="Was shown a shared view"),
        "sharing.outcome.entered": Text(zh="登记整改成果", en="Entered what rectification brought"),
        "sharing.problem_import.cancelled": Text(
            zh="取消问题台账导入", en="Cancelled a ledger of problems"
        ),
        "sharing.problem_import.confirmed": Text(
            zh="导入问题台账", en="Took in a ledger of problems"
        ),
        "sharing.problem_import.uploaded": Text(
            zh="上传问题台账", en="Uploaded a ledger of problems"
        ),
        "sharing.past_problem.listed": Text(zh="查看历史问题", en="Looked at past problems"),
        "sharing.past_problem.opened": Text(zh="打开历史问题", en="Opened a past problem"),
        "sharing.rectification.assigned": Text(
            zh="整改：交办反馈问题", en="Rectification: assigned what was fed back"
        ),
        "sharing.rectification.disclosure_set": Text(
            zh="整改：确定公开内容", en="Rectification: said what is disclosed"
        ),
        "sharing.rectification.listed": Text(
            zh="查看整改目录", en="Looked at items of rectification"
        ),
        "sharing.rectification.plan_exported": Text(
            zh="下载整改方案", en="Took a plan of rectification away"
        ),
        "sharing.rectification.opened": Text(
            zh="打开整改事项", en="Opened an item of rectification"
        ),
        "sharing.rectification_item.checked_basically": Text(
            zh="整改：审核为基本完成", en="Rectification: find done in the main"
        ),
        "sharing.rectification_item.checked_done": Text(
            zh="整改：审核为已完成", en="Rectification: find done"
        ),
        "sharing.rectification_item.checked_not_done": Text(
            zh="整改：审核为未完成", en="Rectification: find not done"
        ),
        "sharing.rectification_item.claimed": Text(
            zh="整改：申报完成", en="Rectification: claim to be done"
        ),
        "sharing.rectification_item.closed_out": Text(
            zh="整改：销号", en="Rectification: close out"
        ),
        "sharing.rectification_item.deadline_moved": Text(
            zh="整改：调整期限", en="Rectification: move the deadline"
        ),
        "sharing.rectification_item.imported": Text(
            zh="整改：台账导入，未完成", en="Rectification: take over from the ledger, not done"
        ),
        "sharing.rectification_item.imported_basically": Text(
            zh="整改：台账导入，基本完成",
            en="Rectification: take over from the ledger, done in the main",
        ),
        "sharing.rectification_item.plan_accepted": Text(
            zh="整改：方案通过", en="Rectification: accept the plan"
        ),
        "sharing.rectification_item.plan_handed_in": Text(
            zh="整改：报送整改方案", en="Rectification: hand in the plan"
        ),
        "sharing.rectification_item.plan_returned": Text(
            zh="整改：退回方案", en="Rectification: return the plan"
        ),
        "sharing.rectification_item.progress_told": Text(
            zh="整改：报告进展", en="Rectification: tell the progress"
        ),
        "sharing.rectification_item.reopened": Text(
            zh="整改：重新整改", en="Rectification: open again"
        ),
        "sharing.rectification_item.sent_back": Text(
            zh="整改：退回审核", en="Rectification: send back to the check"
        ),
        "sharing.talk.exported": Text(zh="下载约谈记录", en="Took the record of a talk away"),
        "sharing.talk.recorded": Text(zh="登记约谈", en="Recorded a talk"),
        "sharing.categories.adopted": Text(
            zh="采用市级问题分类", en="Took the city's categories over"
        ),
        "sharing.categories.begun": Text(zh="从通用分类开始", en="Began with the usual categories"),
        "sharing.categories.issued": Text(zh="下发问题分类", en="Issued the categories"),
        "sharing.category.added": Text(zh="增加问题分类", en="Added a category"),
        "sharing.category.moved": Text(zh="调整问题分类顺序", en="Moved a category"),
        "sharing.category.retired": Text(zh="停用问题分类", en="Retired a category"),
        "sharing.category.revived": Text(zh="恢复问题分类", en="Took a category up again"),
        "sharing.package.brought": Text(zh="核验数据包", en="Verified a package"),
        "sharing.package.dropped": Text(zh="放弃数据包", en="Dropped a package"),
        "sharing.package.made": Text(zh="制作数据包", en="Made a package"),
        "sharing.package.offered": Text(
            zh="查看可装入数据包的内容", en="Looked at what may go into a package"
        ),
        "sharing.package.opened": Text(
            zh="查看收到的数据包", en="Looked at a package that was received"
        ),
        "sharing.package.taken_in": Text(zh="导入数据包", en="Took a package in"),
        "sharing.package_answer.written": Text(
            zh="填写对来件的办理情况", en="Answered what came in a package"
        ),
        "sharing.package_record.opened": Text(
            zh="查看数据包中的内容", en="Looked at what came in a package"
        ),
        "sharing.partner_key.confirmed": Text(
            zh="确认外单位公钥", en="Put another office's key in force"
        ),
        "sharing.partner_key.registered": Text(
            zh="登记外单位公钥", en="Registered another office's key"
        ),
        "sharing.partner_key.withdrawn": Text(
            zh="撤销外单位公钥", en="Withdrew another office's key"
        ),
        "sharing.signing_key.made": Text(zh="生成签名密钥", en="Made a signing key"),
        "sharing.rule_edition.issued": Text(zh="下发规则", en="Issued an edition of a rule"),
        "sharing.rule_import.applied": Text(zh="规则导入生效", en="Applied an import of rules"),
        "sharing.rule_import.given_up": Text(zh="放弃规则导入", en="Gave up an import of rules"),
        "sharing.rule_import.uploaded": Text(
            zh="上传规则工作簿", en="Uploaded a workbook of rules"
        ),
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
        "sharing.member.admitted": Text(zh="接纳组员进工作间", en="Admitted a member to a room"),
        "sharing.member.ended": Text(zh="结束组员身份", en="Ended a member's place in a room"),
        "sharing.room.opened": Text(zh="进入工作间", en="Went into a room"),
        "sharing.finding.listed": Text(zh="查看问题列表", en="Looked at the findings"),
        "sharing.finding.opened": Text(zh="打开问题", en="Opened a finding"),
        "sharing.paper.begun": Text(zh="新建问题底稿", en="Began a working paper"),
        "sharing.paper.exported": Text(zh="下载问题底稿", en="Took a working paper away"),
        "sharing.paper.listed": Text(zh="查看问题底稿列表", en="Looked at the working papers"),
        "sharing.paper.opened": Text(zh="打开问题底稿", en="Opened a working paper"),
        "sharing.report.approved": Text(zh="审定巡察报告", en="Approved a report"),
        "sharing.report.begun": Text(zh="新建巡察报告", en="Began a report"),
        "sharing.report.feedback_exported": Text(zh="下载反馈意见", en="Took a feedback away"),
        "sharing.report.feedback_written": Text(zh="起草反馈意见", en="Wrote a feedback"),
        "sharing.report.head_told": Text(
            zh="向单位主要负责人反馈", en="Fed back to a head of unit"
        ),
        "sharing.report.meeting_held": Text(zh="召开反馈会", en="Held a feedback meeting"),
        "sharing.report.opened": Text(zh="打开巡察报告", en="Opened a report"),
        "sharing.report.recalled": Text(zh="撤回巡察报告", en="Took back a report"),
        "sharing.report.returned": Text(zh="退回巡察报告", en="Returned a report"),
        "sharing.report.served": Text(zh="送达反馈意见", en="Served a feedback"),
        "sharing.report.submitted": Text(zh="报送巡察报告", en="Handed in a report"),
        "sharing.report.written": Text(zh="起草巡察报告", en="Wrote a report"),
        "sharing.working_paper.approved": Text(zh="问题经领导小组审定", en="Approved a finding"),
        "sharing.working_paper.assigned": Text(
            zh="问题交办整改", en="Assigned a finding for rectification"
        ),
        "sharing.working_paper.closed": Text(zh="问题销号", en="Closed a finding"),
        "sharing.working_paper.commented": Text(
            zh="对报告所列问题提出意见", en="Commented a finding"
        ),
        "sharing.working_paper.evidence_completed": Text(
            zh="底稿提交组务会", en="Handed a paper to the team meeting"
        ),
        "sharing.working_paper.fed_back": Text(zh="反馈问题", en="Fed back a finding"),
        "sharing.working_paper.meeting_passed": Text(
            zh="底稿经组务会通过", en="Passed a paper at the team meeting"
        ),
        "sharing.working_paper.not_upheld": Text(zh="底稿问题不成立", en="Did not uphold a paper"),
        "sharing.working_paper.put_in_report": Text(
            zh="问题列入报告", en="Put a finding in a report"
        ),
        "sharing.working_paper.reopened": Text(zh="问题重新整改", en="Opened a finding again"),
        "sharing.working_paper.returned_to_team": Text(
            zh="问题退回巡察组", en="Returned a finding to the team"
        ),
        "sharing.working_paper.sent_back": Text(
            zh="底稿退回修改", en="Sent a paper back to its finder"
        ),
        "sharing.working_paper.signed": Text(zh="签署底稿", en="Signed a paper"),
        "sharing.working_paper.taken_back": Text(
            zh="收回底稿修改", en="Took a paper back to change"
        ),
        "sharing.working_paper.written": Text(zh="撰写问题底稿", en="Wrote a working paper"),
        "sharing.clue_import.cancelled": Text(
            zh="取消线索台账导入", en="Cancelled a ledger of clues"
        ),
        "sharing.clue_import.confirmed": Text(zh="导入线索台账", en="Took in a ledger of clues"),
        "sharing.clue_import.uploaded": Text(zh="上传线索台账", en="Uploaded a ledger of clues"),
        "sharing.past_clue.listed": Text(zh="查看历史线索", en="Looked at past clues"),
        "sharing.past_clue.opened": Text(zh="打开历史线索", en="Opened a past clue"),
        "sharing.clue.acknowledged": Text(zh="签收线索", en="Signed for a clue"),
        "sharing.clue.amended": Text(zh="补充问题线索", en="Amended a clue"),
        "sharing.clue.asked_again": Text(zh="要求补充办理线索", en="Asked for more about a clue"),
        "sharing.clue.begun": Text(zh="开始办理线索", en="Began to deal with a clue"),
        "sharing.clue.closed": Text(zh="办结线索", en="Closed a clue"),
        "sharing.clue.disposal_chosen": Text(
            zh="明确线索处置方式", en="Chose how a clue is dealt with"
        ),
        "sharing.clue.found_general": Text(zh="转为一般问题", en="Made a clue a finding"),
        "sharing.clue.found_out_of_scope": Text(
            zh="转信访部门", en="Passed to the petition office"
        ),
        "sharing.clue.handed_over": Text(zh="移交线索", en="Handed a clue over"),
        "sharing.clue.listed": Text(zh="查看线索台账", en="Looked at the register of clues"),
        "sharing.clue.opened": Text(zh="查看线索", en="Opened a clue"),
        "sharing.clue.registered": Text(zh="登记问题线索", en="Registered a clue"),
        "sharing.clue.result_told": Text(zh="反馈线索办理结果", en="Told what became of a clue"),
        "sharing.clue.returned": Text(zh="退回线索", en="Returned a clue"),
        "sharing.clue.screened": Text(zh="认定为线索", en="Held something to be a clue"),
        "sharing.clue.sent_back": Text(zh="退回登记人补充", en="Sent a clue back to its member"),
        "sharing.clue.signed": Text(zh="组长签发线索", en="Signed a clue"),
        "sharing.clue.taken_in": Text(zh="接收线索", en="Took a clue in"),
        "sharing.clue.tie_declared": Text(
            zh="声明与线索对象有关系", en="Declared a tie to a clue's subject"
        ),
        "sharing.clue.urged": Text(zh="催办线索", en="Urged a clue"),
        "sharing.custodian.confirmed": Text(
            zh="确认反映人身份保管人", en="Put a custodian in force"
        ),
        "sharing.custodian.ended": Text(zh="结束反映人身份保管人", en="Ended a custodian"),
        "sharing.custodian.named": Text(zh="指定反映人身份保管人", en="Named a custodian"),
        "sharing.hand_over.acknowledged": Text(
            zh="签收移交清单", en="Signed the receipt of a list"
        ),
        "sharing.hand_over.exported": Text(zh="下载移交清单", en="Took a list of hand-over away"),
        "sharing.hand_over.opened": Text(zh="查看移交清单", en="Opened a list of hand-over"),
        "sharing.hand_over.urged": Text(zh="催办移交清单", en="Urged a list of hand-over"),
        "sharing.hand_over.signed": Text(zh="签发移交清单", en="Signed a list of hand-over"),
        "sharing.informant.destroyed": Text(zh="销毁反映人身份", en="Destroyed who gave a hint"),
        "sharing.informant.entered": Text(zh="封存反映人身份", en="Sealed who gave a hint"),
        "sharing.informant.listed": Text(
            zh="查看封存清单", en="Looked at the list of what is sealed"
        ),
        "sharing.informant.opened": Text(zh="开启封存的反映人身份", en="Opened who gave a hint"),
        "sharing.interference.dealt_with": Text(
            zh="处理打听说情登记", en="Dealt with who asked or interceded"
        ),
        "sharing.interference.listed": Text(
            zh="查看打听说情登记", en="Looked at the register of interference"
        ),
        "sharing.interference.opened": Text(
            zh="打开打听说情登记", en="Opened an entry of interference"
        ),
        "sharing.interference.registered": Text(
            zh="登记打听说情", en="Registered who asked or interceded"
        ),
        "sharing.attachment.attached": Text(zh="关联附件", en="Attached a file"),
        "sharing.attachment.cleaned": Text(zh="清理附件", en="Cleaned a file"),
        "sharing.attachment.detached": Text(zh="取下附件", en="Took a file off a record"),
        "sharing.attachment.opened": Text(zh="下载附件", en="Downloaded a file"),
        "sharing.attachment.refused": Text(zh="附件未被接收", en="A file was not taken in"),
        "sharing.attachment.taken_in": Text(zh="上传附件", en="Handed in a file"),
        "sharing.key.rotated": Text(zh="轮换加密密钥", en="Rotated an office's key"),
        "sharing.original.opened": Text(zh="调阅附件原件", en="Opened the original of a file"),
        "sharing.deadline.kept": Text(zh="办结期限", en="What was waited for came"),
        "sharing.deadline.listed": Text(zh="查看期限", en="Looked at the deadlines"),
        "sharing.deadline.opened": Text(zh="打开期限", en="Opened a deadline"),
        "sharing.deadline.paused": Text(zh="暂停期限", en="Paused a deadline"),
        "sharing.deadline.reckoned": Text(
            zh="按新的工作日重算期限", en="Reckoned deadlines by another calendar"
        ),
        "sharing.deadline.resumed": Text(zh="恢复计算期限", en="Resumed a deadline"),
        "sharing.deadline.started": Text(zh="起算期限", en="Began a deadline"),
        "sharing.deadline.stopped": Text(zh="终止期限", en="Stopped a deadline"),
        "sharing.deadline.told": Text(zh="提醒期限", en="Reminded of deadlines"),
        "sharing.office_day.set": Text(zh="设置工作日", en="Set a working day"),
        "sharing.office_day.unset": Text(
            zh="恢复工作日通知", en="Took a working day's setting back"
        ),
        "sharing.terms.set": Text(zh="设置期限", en="Set the terms"),
        "sharing.document_request.asked": Text(zh="调阅资料", en="Asked for documents"),
        "sharing.document_request.asked_again": Text(
            zh="再次要求提供资料", en="Asked for documents again"
        ),
        "sharing.document_request.delivered": Text(zh="提供资料", en="Delivered documents"),
        "sharing.document_request.filed": Text(zh="留存资料复印件", en="Kept copies of documents"),
        "sharing.document_request.listed": Text(
            zh="查看调阅资料", en="Looked at document requests"
        ),
        "sharing.document_request.not_held": Text(
            zh="说明没有资料", en="Said that documents are not held"
        ),
        "sharing.document_request.received": Text(zh="签收资料", en="Signed for documents"),
        "sharing.document_request.refused": Text(
            zh="登记未予提供资料", en="Wrote down that documents were refused"
        ),
        "sharing.document_request.returned": Text(zh="归还资料", en="Gave documents back"),
        "sharing.document_request.withdrawn": Text(zh="撤回调阅", en="Withdrew a document request"),
        "sharing.interview.held": Text(zh="登记已谈话", en="Wrote down an interview held"),
        "sharing.interview.listed": Text(zh="查看谈话计划", en="Looked at the plan of interviews"),
        "sharing.interview.not_held": Text(zh="登记未谈成", en="Wrote down an interview not held"),
        "sharing.interview.planned": Text(zh="安排谈话", en="Planned an interview"),
        "sharing.interview.planned_anew": Text(zh="重新安排谈话", en="Planned an interview anew"),
        "sharing.interview.strata_set": Text(zh="设定谈话层次", en="Set the strata of interviews"),
        "sharing.petition.handled": Text(zh="办理信访", en="Handled a petition"),
        "sharing.petition.listed": Text(
            zh="查看信访登记", en="Looked at the register of petitions"
        ),
        "sharing.petition.registered": Text(zh="登记信访", en="Registered a petition"),
        "sharing.post.ended": Text(zh="结束岗位分工", en="Ended somebody's post in a team"),
        "sharing.post.named": Text(zh="指定岗位", en="Named somebody to a post of a team"),
        "sharing.post.set": Text(
            zh="设置仅限外地成员的岗位", en="Said who may hold a post of teams"
        ),
        "sharing.weekly_report.drafted": Text(zh="起草周报", en="Drafted a weekly report"),
        "sharing.weekly_report.opened": Text(zh="查看周报", en="Looked at weekly reports"),
        "sharing.weekly_report.signed": Text(zh="签发周报", en="Signed a weekly report"),
        "tenancy.deputy.given": Text(zh="授予代理", en="Gave a deputy"),
        "tenancy.deputy.proposed": Text(zh="提出代理", en="Proposed a deputy"),
        "tenancy.deputy.revoked": Text(zh="撤回代理", en="Ended a deputy's term"),
        "tenancy.hold.listed": Text(zh="查看登录锁定", en="Looked at holds at the door"),
        "tenancy.invitation.accepted": Text(zh="按邀请设置密码", en="Took up an invitation"),
        "tenancy.invitation.made": Text(zh="发出账号邀请", en="Made an invitation"),
        "tenancy.mail.asked": Text(zh="申请邮件提醒", en="Asked for mail reminders"),
        "tenancy.mail.confirmed": Text(zh="确认提醒邮箱", en="Confirmed a mail address"),
        "tenancy.mail.ended": Text(zh="停用邮件提醒", en="Ended mail reminders"),
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
        "sharing.unitdesk": Text(zh="单位联络人", en="Contacts of a unit"),
        "sharing.letter": Text(zh="函件", en="Letter"),
        "sharing.rectificationitem": Text(zh="整改事项", en="Item of rectification"),
        "sharing.problemimport": Text(zh="问题台账导入", en="Import of a ledger of problems"),
        "sharing.pastproblem": Text(zh="历史问题", en="Past problem"),
        "sharing.clueimport": Text(zh="线索台账导入", en="Import of a ledger of clues"),
        "sharing.pastclue": Text(zh="历史线索", en="Past clue"),
        "sharing.lookback": Text(zh="回头看", en="Look-back"),
        "sharing.sharegrant": Text(zh="共享授权", en="Share grant"),
        "sharing.sharegroup": Text(zh="共享组", en="Group to share with"),
        "sharing.sharenote": Text(zh="据共享视图所作记录", en="Note from a shared view"),
        "sharing.shownview": Text(zh="共享视图", en="Shared view"),
        "sharing.jointcase": Text(zh="共性问题", en="Joint case"),
        "sharing.talk": Text(zh="约谈", en="Talk"),
        "sharing.evaluation": Text(zh="整改评估", en="Evaluation"),
        "sharing.outcome": Text(zh="整改成果", en="Outcome of rectification"),
        "sharing.categoryedition": Text(zh="问题分类版本", en="Edition of categories"),
        "sharing.findingcategory": Text(zh="问题分类", en="Category of findings"),
        "sharing.signingkey": Text(zh="签名密钥", en="Signing key"),
        "sharing.partnerkey": Text(zh="外单位公钥", en="Another office's key"),
        "sharing.sentpackage": Text(zh="发出的数据包", en="Package that was sent"),
        "sharing.broughtpackage": Text(zh="待导入的数据包", en="Package that waits"),
        "sharing.receivedpackage": Text(zh="收到的数据包", en="Package that was received"),
        "sharing.receivedrecord": Text(zh="数据包中的内容", en="Record that came in a package"),
        "sharing.packageanswer": Text(zh="对来件的办理情况", en="Answer to what came in a package"),
        "sharing.ruleimport": Text(zh="规则导入", en="Import of rules"),
        "sharing.ruletext": Text(zh="法规", en="Text of the rule library"),
        "sharing.authorisationrequest": Text(zh="巡察组授权", en="Authorisation of a team"),
        "sharing.room": Text(zh="工作间", en="Room"),
        "sharing.inspectionreport": Text(zh="巡察报告", en="Report of a team"),
        "sharing.workingpaper": Text(zh="问题底稿", en="Working paper"),
        "sharing.attachment": Text(zh="附件", en="Attachment"),
        "sharing.deadline": Text(zh="期限", en="Deadline"),
        "sharing.officeday": Text(zh="工作日设置", en="Working day"),
        "sharing.termprofile": Text(zh="期限设置", en="Terms"),
        "sharing.documentrequest": Text(zh="调阅资料", en="Document request"),
        "sharing.interview": Text(zh="谈话安排", en="Interview"),
        "sharing.petition": Text(zh="信访登记", en="Petition"),
        "sharing.postsetting": Text(zh="岗位设置", en="Setting of a post"),
        "sharing.roompost": Text(zh="岗位分工", en="Post of a team"),
        "sharing.weeklyreport": Text(zh="周报", en="Weekly report"),
        "tenancy.apitoken": Text(zh="令牌", en="Token"),
        "tenancy.mailaddress": Text(zh="提醒邮箱", en="Mail address"),
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
        "days": Text(zh="工作日", en="working days"),
        "decided": Text(zh="已决定", en="decided"),
        "delivery": Text(zh="推送编号", en="delivery"),
        "differs": Text(zh="与已存不一致", en="unlike what is kept"),
        "entry": Text(zh="主机", en="host"),
        "events": Text(zh="事件数", en="events"),
        "expires": Text(zh="到期", en="expires"),
        "given_way": Text(zh="让位的固定安排", en="pins given way"),
        "history": Text(zh="存入历史", en="kept as history"),
        "idle_minutes": Text(
            zh="无操作时限（分钟，原/新）", en="idle limit (minutes, before/after)"
        ),
        "ip": Text(zh="网络地址", en="network address"),
        "is_late": Text(zh="逾期", en="late"),
        "is_new": Text(zh="新登记", en="new"),
        "kind": Text(zh="类别", en="kind"),
        "left_out": Text(zh="未纳入", en="left out"),
        "lines": Text(zh="行数", en="lines"),
        "living": Text(zh="转为整改事项", en="goes on as items"),
        "moved": Text(zh="变动的期限", en="deadlines moved"),
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
        "same": Text(zh="已有", en="there already"),
        "seconds": Text(zh="秒", en="seconds"),
        "seed": Text(zh="随机种子", en="seed"),
        "fingerprint": Text(zh="密钥指纹", en="fingerprint"),
        "package": Text(zh="数据包编号", en="package"),
        "partner": Text(zh="对方单位代码", en="other office"),
        "receiver": Text(zh="接收单位代码", en="receiver"),
        "sender": Text(zh="发出单位代码", en="sender"),
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
_OF_DECLARATIONS = frozenset({"scheduling.declaration.made", "scheduling.declaration.withdrawn"})

# What a team does in its room before its report is handed in: the office in whose tenancy it works
# must not read from its own record how many papers there are and what became of them.
_IN_A_ROOM = frozenset(
    {
        "sharing.paper.begun",
        "sharing.report.begun",
        "sharing.report.written",
        "sharing.report.opened",
        "sharing.weekly_report.drafted",
        "sharing.document_request.asked",
        "sharing.document_request.asked_again",
        "sharing.document_request.delivered",
        "sharing.document_request.filed",
        "sharing.document_request.listed",
        "sharing.document_request.not_held",
        "sharing.document_request.received",
        "sharing.document_request.refused",
        "sharing.document_request.returned",
        "sharing.document_request.withdrawn",
        "sharing.interview.held",
        "sharing.interview.listed",
        "sharing.interview.not_held",
        "sharing.interview.planned",
        "sharing.interview.planned_anew",
        "sharing.interview.strata_set",
        "sharing.petition.handled",
        "sharing.petition.listed",
        "sharing.petition.registered",
        "sharing.post.ended",
        "sharing.post.named",
        "sharing.paper.opened",
        "sharing.paper.exported",
        "sharing.paper.listed",
        "sharing.working_paper.evidence_completed",
        "sharing.working_paper.meeting_passed",
        "sharing.working_paper.not_upheld",
        "sharing.working_paper.sent_back",
        "sharing.working_paper.signed",
        "sharing.working_paper.taken_back",
        "sharing.working_paper.written",
    }
)
# Files of a paper's evidence are handed in like any others: told, they would say how far a team is. What
# custodians did with originals stays told.
_OF_FILES = frozenset(
    {
        "sharing.attachment.attached",
        "sharing.attachment.cleaned",
        "sharing.attachment.detached",
        "sharing.attachment.opened",
        "sharing.attachment.refused",
        "sharing.attachment.taken_in",
    }
)
# Clues, their lists, who gave a hint and who interceded: whoever has a tie to a subject or bears the name
# does not see the row, and would read here that it is there, from whom, and when. Whole families: an
# act of a later release is not told by having been forgotten. Who is a custodian is no secret.
_NARROWED_FAMILIES = (
    "sharing.clue.",
    "sharing.clue_import.",
    "sharing.hand_over.",
    "sharing.informant.",
    "sharing.interference.",
    "sharing.past_clue.",
    "sharing.share_grant.",
    "sharing.shared_view.",
)
_OF_CLUES = frozenset(act for act in ACTS if act.startswith(_NARROWED_FAMILIES))
NOT_TOLD_AT_HOME = _OF_DECLARATIONS | _IN_A_ROOM | _OF_FILES | _OF_CLUES

# What these acts, or others, were done to: no line about such a thing is told at home either.
OBJECTS_NOT_TOLD_AT_HOME = frozenset(
    {
        "scheduling.declaration",
        "sharing.clue",
        "sharing.clueimport",
        "sharing.handoverlist",
        "sharing.informant",
        "sharing.interferenceentry",
        "sharing.officeclue",
        "sharing.pastclue",
        "sharing.sharegrant",
        "sharing.sharenote",
        "sharing.shownview",
    }
)

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
