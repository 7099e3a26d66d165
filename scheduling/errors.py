"""This house's refusals, all on one page: what happened, with figures; what to do now."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text

# --- Rounds ---------------------------------------------------------------------------


class RoundNameTaken(DomainError):
    code = "scheduling.round.name_taken"
    message = Text(
        zh="本单位已有名为“{name}”的轮次。",
        en="Your office already has a round called “{name}”.",
    )
    remedy = Text(
        zh="请换一个名称，例如加上年份和轮次。原轮次没有任何改动。",
        en="Choose another name, for instance with the year. The existing round is unchanged.",
    )
    fields = ("name",)


class RoundDatesReversed(DomainError):
    code = "scheduling.round.dates_reversed"
    message = Text(
        zh="轮次的最后一天（{ends_on}）早于第一天（{starts_on}）。",
        en="The round would end on {ends_on}, before it starts on {starts_on}.",
    )
    remedy = Text(
        zh="请调整起止日期。没有保存任何内容。",
        en="Correct the dates. Nothing was saved.",
    )
    status = 422
    fields = ("starts_on", "ends_on")


class RoundTooLong(DomainError):
    code = "scheduling.round.too_long"
    message = Text(
        zh="轮次长达 {days} 天，最长为 {limit} 天。",
        en="The round would last {days} days; the limit is {limit}.",
    )
    remedy = Text(
        zh="请缩短起止日期，或分成几个轮次。没有保存任何内容。",
        en="Shorten it, or set up several rounds. Nothing was saved.",
    )
    status = 422
    fields = ("starts_on", "ends_on")


class UnknownMode(DomainError):
    code = "scheduling.round.unknown_mode"
    message = Text(zh="没有“{mode}”这种组织方式。", en="There is no mode called “{mode}”.")
    remedy = Text(zh="请从列表中选择。", en="Choose one from the list.")
    status = 422
    fields = ("mode",)


class RoundBeingSolved(DomainError):
    code = "scheduling.round.being_solved"
    message = Text(
        zh="“{name}”正在求解，暂时不能修改。",
        en="“{name}” is being solved and cannot be changed for now.",
    )
    remedy = Text(
        zh="请等待求解结束，或先取消求解（已找到的最佳方案会保留）。没有任何改动。",
        en="Wait for the run to end, or cancel it (its best plan is kept). Nothing was altered.",
    )


class RoundHandledByOthers(DomainError):
    code = "scheduling.round.handled_by_others"
    message = Text(
        zh="“{name}”由{handlers}经办，您可以查看，不能改动。",
        en="“{name}” is handled by {handlers}. You may read it and change nothing.",
    )
    remedy = Text(
        zh="请与经办人联系；需要参与编制的，请{directors}指定您为经办人。没有任何改动。",
        en="Ask them, or ask {directors} to name you as a handler. Nothing was altered.",
    )
    status = 403


class HandlerWithoutSeat(DomainError):
    code = "scheduling.handler.without_seat"
    message = Text(
        zh="所选人员在本单位没有有效的排期员席位，不能经办轮次。",
        en="They hold no seat of a scheduler in this office today, so they cannot handle a round.",
    )
    remedy = Text(
        zh="请从列表中选择；需要增加席位的，按授权流程办理。没有任何改动。",
        en="Choose from the list; a seat is granted by the administrators. Nothing was altered.",
    )
    status = 422
    fields = ("person",)


class LastHandler(DomainError):
    code = "scheduling.handler.last"
    message = Text(
        zh="{person}是“{name}”唯一的经办人，轮次结束前不能取消。",
        en="{person} alone handles “{name}”, which is not over yet.",
    )
    remedy = Text(
        zh="请先指定另一位经办人，再取消这一位。没有任何改动。",
        en="Name somebody else first. Nothing was altered.",
    )


class TeamsOutOfOrder(DomainError):
    code = "scheduling.round.teams_out_of_order"
    message = Text(
        zh="巡察组“{team}”的设置有矛盾：{fault}。",
        en="The settings of team “{team}” contradict each other: {fault}.",
    )
    remedy = Text(
        zh="请修正后重新保存。原有的巡察组没有任何改动。",
        en="Correct it and save again. The teams are as they were.",
    )
    status = 422


class PolicyOutOfRange(DomainError):
    code = "scheduling.round.policy_out_of_range"
    message = Text(
        zh="规则参数不符合要求：{fault}。",
        en="The rule parameters cannot be used: {fault}.",
    )
    remedy = Text(
        zh="请修正后重新保存。原有的参数没有任何改动。",
        en="Correct it and save again. The parameters are as they were.",
    )
    status = 422


class DayOutsideRound(DomainError):
    code = "scheduling.round.day_outside"
    message = Text(
        zh="{day}不在轮次的起止日期（{starts_on}至{ends_on}）之内。",
        en="{day} lies outside the round ({starts_on} to {ends_on}).",
    )
    remedy = Text(
        zh="请选择轮次内的日期。没有保存任何内容。",
        en="Choose a day within the round. Nothing was saved.",
    )
    status = 422


class UnitSettingsOutOfRange(DomainError):
    code = "scheduling.round.unit_out_of_range"
    message = Text(
        zh="被巡察单位“{unit}”的设置不符合要求：{fault}。",
        en="The settings of unit “{unit}” cannot be used: {fault}.",
    )
    remedy = Text(
        zh="请修正后重新保存。没有保存任何内容。",
        en="Correct it and save again. Nothing was saved.",
    )
    status = 422


class DistanceOutOfRange(DomainError):
    code = "scheduling.round.distance_out_of_range"
    message = Text(
        zh="第 {row} 行不符合要求：{fault}。",
        en="Row {row} cannot be used: {fault}.",
    )
    remedy = Text(
        zh="请修正后重新保存。没有保存任何内容。",
        en="Correct it and save again. Nothing was saved.",
    )
    status = 422


class NoCountiesToCall(DomainError):
    code = "scheduling.round.no_counties"
    message = Text(
        zh="没有选择要通知的单位。",
        en="No office was chosen to be notified.",
    )
    remedy = Text(zh="请至少选择一个。", en="Choose at least one.")
    status = 422
    fields = ("offices",)


# --- Releases -------------------------------------------------------------------------


class ReleasesClosed(DomainError):
    code = "scheduling.release.closed"
    message = Text(
        zh="“{name}”的放行已截止：市委巡察办已开始求解。",
        en="Releases for “{name}” are closed: the city office has begun to solve the round.",
    )
    remedy = Text(
        zh="请联系市委巡察办重新开放。已放行的内容没有任何改动。",
        en="Ask the city office to reopen releases. What you released stands unchanged.",
    )


class NothingReleased(DomainError):
    code = "scheduling.release.nothing_to_withdraw"
    message = Text(
        zh="本单位目前没有向“{name}”放行任何人员或报送单位。",
        en="Your office has released nothing to “{name}” at present.",
    )
    remedy = Text(zh="无需撤回。", en="There is nothing to withdraw.")


class NobodyPicked(DomainError):
    code = "scheduling.release.nobody_picked"
    message = Text(
        zh="没有选择任何人员或单位。",
        en="No people and no units were picked.",
    )
    remedy = Text(
        zh="请至少选择一人或一个单位；如要收回已放行的内容，请使用“撤回放行”。",
        en="Pick at least one. To take back what was released, use “Withdraw the release”.",
    )
    status = 422
    fields = ("people", "units")


class PickedPersonUnavailable(DomainError):
    code = "scheduling.release.person_unavailable"
    message = Text(
        zh="所选人员中有 {count} 人已不在本单位名册的在库人员之中。",
        en="{count} of the people picked are no longer active in your roster.",
    )
    remedy = Text(
        zh="请按最新的名册重新选择。没有放行或报送任何内容。",
        en="Pick again from the current list. Nothing was released.",
    )
    fields = ("people",)


class PickedUnitUnavailable(DomainError):
    code = "scheduling.release.unit_unavailable"
    message = Text(
        zh="所选单位中有 {count} 个已不在本单位的可巡察名录之中。",
        en="{count} of the units picked are no longer in your list of inspectable units.",
    )
    remedy = Text(
        zh="请按最新的名册重新选择。没有放行或报送任何内容。",
        en="Pick again from the current list. Nothing was released.",
    )
    fields = ("units",)


# --- Surveying and solving ------------------------------------------------------------


class RoundNotReady(DomainError):
    code = "scheduling.round.not_ready"
    message = Text(
        zh="“{name}”还不能求解：{gaps}。",
        en="“{name}” cannot be solved yet: {gaps}.",
    )
    remedy = Text(
        zh="请补齐后再试。已保存的内容没有任何改动。",
        en="Supply what is missing and try again. What is saved stands unchanged.",
    )


class RoundInconsistent(DomainError):
    code = "scheduling.round.inconsistent"
    message = Text(
        zh="轮次的数据有 {count} 处矛盾，引擎无法读取。第一处：{path}。",
        en="The round's data contradict one another in {count} places. The first: {path}.",
    )
    remedy = Text(
        zh="请核对单位、巡察组和日历的设置；如由县（区）放行的内容引起，请其重新放行。",
        en="Check units, teams and calendar; if a county's report is the cause, have it release again.",
    )


class RunNotStartable(DomainError):
    code = "scheduling.run.out_of_range"
    message = Text(
        zh="求解时限应在 {least} 至 {most} 秒之间。",
        en="The time limit must be between {least} and {most} seconds.",
    )
    remedy = Text(zh="请修改时限。", en="Choose another limit.")
    status = 422
    fields = ("time_limit_s",)


# --- Plans ----------------------------------------------------------------------------


class PlanNotVerified(DomainError):
    code = "scheduling.plan.not_verified"
    message = Text(
        zh="方案 {number} 尚未通过独立核验，不能下载。",
        en="Plan {number} has not passed the independent check and cannot be downloaded.",
    )
    remedy = Text(
        zh="请等待求解结束；如核验未通过，请重新求解。",
        en="Wait for the run to end; if the check fails, solve again.",
    )


# --- Imports --------------------------------------------------------------------------
# What is wrong with a file itself: scheduling/workbooks/refusals.py.


class ImportTooLarge(DomainError):
    code = "scheduling.import.too_large"
    message = Text(
        zh="文件超过 {limit} MB，没有接收。",
        en="The file is larger than {limit} MB and was not accepted.",
    )
    remedy = Text(
        zh="请删去图片和多余的工作表，或分成几个文件上传。名册没有任何改动。",
        en="Remove pictures and unneeded sheets, or split the file. Nothing was altered.",
    )
    status = 413
    fields = ("file",)


class NoFileChosen(DomainError):
    code = "scheduling.import.no_file"
    message = Text(zh="没有选择文件。", en="No file was chosen.")
    remedy = Text(
        zh="请先选择要上传的 xlsx 或 CSV 文件。", en="Choose the xlsx or CSV file to upload."
    )
    status = 422
    fields = ("file",)


class UnknownImportKind(DomainError):
    code = "scheduling.import.unknown_kind"
    message = Text(zh="没有“{kind}”这种导入。", en="There is no import of kind “{kind}”.")
    remedy = Text(
        zh="请选择人员名册或被巡察单位名录。", en="Choose the roster or the list of units."
    )
    status = 422
    fields = ("kind",)


class ImportNotReady(DomainError):
    code = "scheduling.import.not_ready"
    message = Text(
        zh="“{file}”现在不能应用：{state}。", en="“{file}” cannot be applied now: {state}."
    )
    remedy = Text(
        zh="请等它读完、看过比对结果后再应用。名册没有任何改动。",
        en="Wait until it has been read and compared, look at the result, then apply it. "
        "Nothing was altered.",
    )


class ImportCancelled(DomainError):
    """Kept with the import, as the words of a file's refusal are."""

    code = "scheduling.import.cancelled"
    message = Text(zh="{name} 取消了这次导入。", en="{name} cancelled this import.")
    remedy = Text(
        zh="名册没有任何改动。如仍需导入，请重新上传。",
        en="Nothing was altered. Upload the file again should it be wanted after all.",
    )


class ImportExpired(DomainError):
    """Kept with the import, as the words of a file's refusal are."""

    code = "scheduling.import.expired"
    message = Text(
        zh="这次导入 {days} 天内没有应用，文件和其中的数据已自动清除。",
        en="This import was not applied within {days} days; its file and data were removed.",
    )
    remedy = Text(
        zh="名册没有任何改动。如仍需导入，请重新上传。",
        en="Nothing was altered. Upload the file again should it be wanted after all.",
    )


class ImportNotCancellable(DomainError):
    code = "scheduling.import.not_cancellable"
    message = Text(
        zh="“{file}”现在不能取消：{state}。", en="“{file}” cannot be cancelled now: {state}."
    )
    remedy = Text(
        zh="正在读取的，请等比对结果出来后再取消；已经应用的不能取消。",
        en="Wait for the dry run of one that is being read; what was applied stays.",
    )


class NothingToApply(DomainError):
    code = "scheduling.import.nothing_to_apply"
    message = Text(
        zh="“{file}”中没有需要新增或修改的内容。",
        en="There is nothing in “{file}” to add or to change.",
    )
    remedy = Text(
        zh="无需应用。如有错误行，请改正后重新上传。名册没有任何改动。",
        en="Nothing needs to be applied. Correct any faulty rows and upload them again. "
        "Nothing was altered.",
    )


class NoFaultyRows(DomainError):
    code = "scheduling.import.no_faulty_rows"
    message = Text(
        zh="“{file}”没有错误行可下载，或者保存期已过。",
        en="“{file}” has no faulty rows to download, or they were kept long enough.",
    )
    remedy = Text(
        zh="如需再看，请重新上传原文件。", en="Upload the file again to see its faulty rows."
    )
    status = 404


# --- Declarations and pins ---------------------------------------------------------------


class PinUnreadable(DomainError):
    code = "scheduling.pin.unreadable"
    message = Text(zh="这项固定安排不成立：{fault}。", en="This pin cannot be understood: {fault}.")
    remedy = Text(
        zh="请从列表中选择本轮次的人员、单位、巡察组或县（区）。没有保存任何内容。",
        en="Choose people, units, teams and counties of the round. Nothing was saved.",
    )
    status = 422


class DeclaredPersonUnknown(DomainError):
    code = "scheduling.declaration.person_unknown"
    message = Text(
        zh="没有编号为“{number}”的人员可申报。",
        en="There is nobody numbered “{number}” to declare about.",
    )
    remedy = Text(
        zh="请从列表中选择。没有提交任何内容。",
        en="Choose somebody from the list. Nothing was declared.",
    )
    status = 422
    fields = ("person",)


class DeclaredTargetUnknown(DomainError):
    code = "scheduling.declaration.target_unknown"
    message = Text(
        zh="申报的对象不成立：{fault}。", en="What is declared about cannot be found: {fault}."
    )
    remedy = Text(
        zh="请改正对象；不清楚单位编号时，可申报整个县（区）。没有提交任何内容。",
        en="Correct it; where you do not know a unit's code, declare the whole county. "
        "Nothing was declared.",
    )
    status = 422
    fields = ("tie.office", "tie.code")


class TieOutOfRange(DomainError):
    code = "scheduling.declaration.out_of_range"
    message = Text(zh="申报的内容不成立：{fault}。", en="The declaration does not hold: {fault}.")
    remedy = Text(zh="请改正后再提交。没有提交任何内容。", en="Correct it. Nothing was declared.")
    status = 422


class OnlyTheDisciplineBodyTakesItBack(DomainError):
    code = "scheduling.declaration.cannot_come_stands"
    message = Text(
        zh="“不能参加”的登记由纪检监察机关撤回。",
        en="“Cannot come” is taken back by the discipline body.",
    )
    remedy = Text(
        zh="如此人可以参加，请与纪检监察机关联系。登记没有任何改动。",
        en="If the person can come after all, ask the discipline body. Nothing was altered.",
    )


# --- In and out -----------------------------------------------------------------------


class NothingFrozen(DomainError):
    code = "scheduling.round.nothing_frozen"
    message = Text(
        zh="“{name}”还没有可以导出的脱敏数据。",
        en="There is no masked document of “{name}” yet.",
    )
    remedy = Text(
        zh="请先生成脱敏数据：系统会把轮次现状冻结下来。",
        en="Have it made first: the round is frozen as it stands now.",
    )


class PlanFileUnreadable(DomainError):
    code = "scheduling.plan.file_unreadable"
    message = Text(
        zh="这个文件不是可用的 round-plan/1 方案，有 {count} 处问题：{faults}",
        en="This file is no usable round-plan/1; {count} faults: {faults}",
    )
    remedy = Text(
        zh="请按所列位置修正后再上传。没有保存任何内容。",
        en="Mend what is listed and upload it again. Nothing was kept.",
    )
    status = 422
    fields = ("file",)


class PlanFileTooLarge(DomainError):
    code = "scheduling.plan.file_too_large"
    message = Text(
        zh="文件超过 {most_mb} MB，不像是一个方案。",
        en="The file is larger than {most_mb} MB: too large for a plan.",
    )
    remedy = Text(zh="请核对文件后再上传。", en="Check the file and upload it again.")
    status = 413
    fields = ("file",)


class PlanOfAnotherQuestion(DomainError):
    code = "scheduling.plan.of_another_question"
    message = Text(
        zh="这个方案不是针对本轮次导出的脱敏数据做的（problem_sha256 为 {given}）。",
        en="The plan answers none of the masked documents of this round (problem_sha256 {given}).",
    )
    remedy = Text(
        zh="请用本页导出的脱敏数据求解，不要改动该文件的任何字节。没有保存任何内容。",
        en="Solve the document from this page, unchanged to the byte. Nothing was kept.",
    )
    status = 422
    fields = ("file",)


class OutsidePlanBroken(DomainError):
    code = "scheduling.plan.outside_broken"
    message = Text(
        zh="这个方案有 {count} 处不成立：{breaches}",
        en="{count} things in this plan do not hold: {breaches}",
    )
    remedy = Text(
        zh="请在外部修正后再上传。没有保存任何内容。",
        en="Mend it where it was made and upload it again. Nothing was kept.",
    )
    status = 422
    fields = ("file",)


class OutsidePlanIsNone(DomainError):
    code = "scheduling.plan.outside_is_none"
    message = Text(
        zh="文件里没有方案：它的状态是“{status}”。",
        en="The file holds no plan: its status is “{status}”.",
    )
    remedy = Text(
        zh="只有已求得的方案才能导入。没有保存任何内容。",
        en="Only a plan that was found can be taken in. Nothing was kept.",
    )
    status = 422
    fields = ("file",)


class ReasonMissing(DomainError):
    code = "scheduling.sealed_export.reason_missing"
    message = Text(zh="没有写明用途。", en="The purpose is missing.")
    remedy = Text(
        zh="未脱敏数据离开系统必须写明用途，并记入审计。",
        en="Unmasked data leave only for a stated purpose, which goes on record.",
    )
    status = 422
    fields = ("reason",)


class SealedExportGone(DomainError):
    code = "scheduling.sealed_export.gone"
    message = Text(
        zh="这份未脱敏数据现在不能领取。",
        en="This unmasked document cannot be taken now.",
    )
    remedy = Text(
        zh="每份只能由申请人本人在生成后 15 分钟内领取一次。需要时请重新申请。",
        en="Each is for the person who asked, once, within 15 minutes. Ask again if it is needed.",
    )


# --- Publication ----------------------------------------------------------------------


class StepOutOfTurn(DomainError):
    code = "scheduling.plan.step_out_of_turn"
    message = Text(
        zh="方案第 {version} 版目前是“{state}”，不能{step}。",
        en="Plan {version} is {state}: it cannot be {step}.",
    )
    remedy = Text(
        zh="请刷新页面，按方案目前的状态办理。没有任何改动。",
        en="Load the page again and go on from where the plan is. Nothing was altered.",
    )


class AnotherPlanProposed(DomainError):
    code = "scheduling.plan.another_proposed"
    message = Text(
        zh="“{round}”的方案第 {version} 版正在审批，一个轮次同一时间只能提请一个方案。",
        en="Plan {version} of “{round}” is being decided: a round has one proposal at a time.",
    )
    remedy = Text(
        zh="请先收回那个方案，或等待审批结束。没有任何改动。",
        en="Take that one back first, or wait for the decision. Nothing was altered.",
    )


class PlanStillBeingSolved(DomainError):
    code = "scheduling.plan.still_being_solved"
    message = Text(
        zh="方案第 {version} 版还在求解，不能提请审核。",
        en="Plan {version} is still being solved and cannot be proposed.",
    )
    remedy = Text(
        zh="请等待求解结束，或先停止求解（已找到的最佳方案会保留）。",
        en="Wait for the run to end, or stop it: its best plan is kept.",
    )


class PlanHeldUp(DomainError):
    """`obstacles` says all of them in one sentence; `codes` are for programs."""

    code = "scheduling.plan.held_up"
    message = Text(
        zh="方案第 {version} 版现在不能{step}：{obstacles}。",
        en="Plan {version} cannot be {step} now: {obstacles}.",
    )
    remedy = Text(
        zh="请先解决以上问题；需要改动方案的，请退回或收回后重新提请。没有任何改动。",
        en="Put these right first; where the plan has to change, it goes back to the desk and is "
        "proposed again. Nothing was altered.",
    )


class ProposerMayNotApprove(DomainError):
    code = "scheduling.plan.proposer_may_not_approve"
    message = Text(
        zh="方案第 {version} 版是您本人提请的，不能由您批准。",
        en="You proposed plan {version} yourself, so you cannot approve it.",
    )
    remedy = Text(
        zh="请由另一位有审批权限的同事办理。没有任何改动。",
        en="Another person who may approve has to. Nothing was altered.",
    )
    status = 403


class WordsMissing(DomainError):
    code = "scheduling.plan.words_missing"
    message = Text(zh="没有写明理由。", en="The reason is missing.")
    remedy = Text(
        zh="请写明理由，对方会看到。没有任何改动。",
        en="Say why: those concerned will read it. Nothing was altered.",
    )
    status = 422
    fields = ("words",)


class RequestNotOpen(DomainError):
    code = "scheduling.request.not_open"
    message = Text(
        zh="“{round}”的这份确认单已失效：方案已收回、退回、公布，或已按新的名单重新征求意见。",
        en="This request for “{round}” no longer stands: the plan was taken back, returned or "
        "published, or another list was sent since.",
    )
    remedy = Text(
        zh="请在“派出与来巡”中查看有没有新的确认单。您的答复没有记录。",
        en="See under “Going out and coming in” whether there is a newer one. Your answer was not "
        "taken down.",
    )


class UnknownPersonInAnswer(DomainError):
    code = "scheduling.request.unknown_person"
    message = Text(
        zh="确认单中没有编号为“{person}”的人员。",
        en="Nobody on this list has the number “{person}”.",
    )
    remedy = Text(
        zh="请刷新页面后重新填写。您的答复没有记录。",
        en="Load the page again. Your answer was not taken down.",
    )
    status = 422


class PublicationOver(DomainError):
    code = "scheduling.publication.over"
    message = Text(
        zh="“{round}”第 {number} 版已被更正版代替，不能撤回。",
        en="Version {number} of “{round}” was corrected by a later one and cannot be withdrawn.",
    )
    remedy = Text(
        zh="如需撤回，请打开现行版本。没有任何改动。",
        en="Open the version in force instead. Nothing was altered.",
    )


class RoundHasBegun(DomainError):
    code = "scheduling.publication.round_has_begun"
    message = Text(
        zh="“{round}”已于{starts_on}开始，公布的方案不能再撤回。",
        en="“{round}” began on {starts_on}: its plan can no longer be withdrawn.",
    )
    remedy = Text(
        zh="如需调整，请提请一个更正方案。现行方案没有任何改动。",
        en="Propose a correction instead. The plan in force is unchanged.",
    )


# --- The desk ---
# A plan that people change by hand: what may be changed, and by whom it was changed meanwhile.


class PlanOfTheEngine(DomainError):
    code = "scheduling.plan.of_the_engine"
    message = Text(
        zh="方案第 {version} 版由引擎求得，不能直接修改。",
        en="Plan version {version} was found by the engine and is never changed.",
    )
    remedy = Text(
        zh="请点“在编排台修改”，系统会建立一份草案供您调整。原方案没有任何改动。",
        en="Choose “Edit at the desk”: you get a draft to work on. The plan is as it was.",
    )


class PlanStandsStill(DomainError):
    code = "scheduling.plan.stands_still"
    message = Text(
        zh="方案第 {version} 版现为“{state}”，不能再修改。",
        en="Plan version {version} is “{state}” and cannot be changed now.",
    )
    remedy = Text(
        zh="请先将其撤回为候选方案，或另开一份草案。没有任何改动。",
        en="Take it back to a candidate first, or open another draft. Nothing was changed.",
    )


class PlanNeverAsked(DomainError):
    code = "scheduling.plan.without_question"
    message = Text(
        zh="方案第 {version} 版还没有对应的求解问题，编排台无法逐条核对。",
        en="Plan version {version} has not been judged yet: the desk has nothing to check it by.",
    )
    remedy = Text(
        zh="请先点“核验”，等核验结束后再打开编排台。没有任何改动。",
        en="Have it checked first, then open the desk. Nothing was changed.",
    )


class PlanMoved(DomainError):
    """The edit was made on an older revision. `meanwhile`: who has done what since."""

    code = "scheduling.plan.moved"
    message = Text(
        zh="方案在您查看之后已有改动：{meanwhile}。",
        en="The plan has changed since you looked: {meanwhile}.",
    )
    remedy = Text(
        zh="您的这项修改没有保存，对方的修改都在。请看过现在的方案和这项修改的影响，再决定是否执行。",
        en="Your edit was not saved, theirs stand. Look at the plan and the effect"
        " as they are now, then decide.",
    )
    fields = ("seen",)


class EditRefused(DomainError):
    """What the desk's edits themselves refuse: an act that makes no sense for this plan."""

    code = "scheduling.edit.impossible"
    message = Text(zh="{why}", en="{why}")
    remedy = Text(
        zh="请另选人员、单位、组或日期。方案没有任何改动。",
        en="Choose another person, unit, team or day. The plan is as it was.",
    )
    status = 422


class EditUnreadable(DomainError):
    code = "scheduling.edit.unreadable"
    message = Text(
        zh="这项修改缺少“{key}”或填写不对。", en="The edit lacks “{key}”, or it cannot be read."
    )
    remedy = Text(
        zh="请重新选择后再提交。方案没有任何改动。",
        en="Choose again and send it once more. The plan is as it was.",
    )
    status = 422


class SeatBarred(DomainError):
    """A rule keeps somebody from a unit. The code of the rule, never the fact behind it."""

    code = "scheduling.edit.seat_barred"
    message = Text(
        zh="{person}须回避{unit}：{title}（{rule}）。",
        en="{person} must keep away from {unit}: {title} ({rule}).",
    )
    remedy = Text(
        zh="这个席位不能安排此人，请另选他人。方案没有任何改动。",
        en="The seat cannot be theirs; choose somebody else. The plan is as it was.",
    )


class PersonCannotCome(DomainError):
    """Leave and a clearance that is not given look alike, and nobody is told which it is."""

    code = "scheduling.edit.person_cannot_come"
    message = Text(
        zh="{person}不能参加本轮巡察（{rule}）。",
        en="{person} cannot take part in this round ({rule}).",
    )
    remedy = SeatBarred.remedy


class NothingToUndo(DomainError):
    code = "scheduling.edit.nothing_to_undo"
    message = Text(zh="没有可以撤销的修改。", en="There is no edit to undo.")
    remedy = Text(
        zh="草案建立以来的修改都已撤销。方案没有任何改动。",
        en="Everything since the draft was opened is undone already. The plan is as it was.",
    )


class NothingToRedo(DomainError):
    code = "scheduling.edit.nothing_to_redo"
    message = Text(zh="没有可以恢复的修改。", en="There is no edit to do again.")
    remedy = Text(
        zh="最近一次操作不是撤销。方案没有任何改动。",
        en="The latest act was no undoing. The plan is as it was.",
    )


class DutyRefused(DomainError):
    code = "scheduling.edit.duty_refused"
    message = Text(zh="{why}", en="{why}")
    remedy = Text(
        zh="请改由本组的外来人员担任。方案没有任何改动。",
        en="Give it to somebody of the team from outside. The plan is as it was.",
    )
    status = 422


class PinUnknown(DomainError):
    code = "scheduling.pin.unknown"
    message = Text(
        zh="这项固定安排已不存在，或指向本轮没有的人员、单位或组。",
        en="This pin is gone, or it names a person, unit or team that the round has not.",
    )
    remedy = Text(
        zh="请刷新页面后重新选择。没有任何改动。",
        en="Load the page again and choose anew. Nothing was changed.",
    )


class PlanNamesTheGone(DomainError):
    code = "scheduling.plan.names_the_gone"
    message = Text(
        zh="方案中的{names}已不在本轮的放行人员、报送单位或巡察组之中，无法核验。",
        en="{names} of the plan are no longer among the people, units and teams of the round;"
        " it cannot be checked.",
    )
    remedy = Text(
        zh="请先在编排台将其移出方案，再核验。方案没有任何改动。",
        en="Take them out at the desk, then have it checked. The plan is as it was.",
    )


class EmergencyNotInForce(DomainError):
    code = "scheduling.emergency.not_in_force"
    message = Text(
        zh="这项紧急授权未确认、已结束或已到期。",
        en="This emergency access is not confirmed, or it is over.",
    )
    remedy = Text(
        zh="如仍有需要，请重新申请。没有读取任何内容。",
        en="Ask anew where it is still needed. Nothing was read.",
    )


class EmergencyAnswered(DomainError):
    code = "scheduling.emergency.answered"
    message = Text(
        zh="这项申请已处理过，或已超过 24 小时无人处理而失效。",
        en="This request was answered, or nobody answered it within 24 hours.",
    )
    remedy = Text(zh="请查看处理结果。没有任何改动。", en="Read the outcome. Nothing was changed.")


class EmergencyAsked(DomainError):
    code = "scheduling.emergency.asked_already"
    message = Text(
        zh="同一申请已在等待确认。", en="The same request waits to be confirmed already."
    )
    remedy = Text(zh="请等待处理。没有重复申请。", en="Wait for its answer. None was added.")


class EmergencyConfirmedByAnother(DomainError):
    code = "scheduling.emergency.confirmed_by_another"
    message = Text(
        zh="申请人不能处理自己的申请，无论以何种岗位。",
        en="Whoever asked does not answer it, in whichever seat.",
    )
    remedy = Text(
        zh="请由县（区）委巡察办主任或安全保密管理员处理。申请仍待处理。",
        en="The county's director or a security administrator answers it. The request waits.",
    )
    status = 403


class EmergencyOfNoRound(DomainError):
    code = "scheduling.emergency.of_no_round"
    fields = ("round_and_office",)
    message = Text(
        zh="该单位没有参加这个轮次。", en="That office was not called on for this round."
    )
    remedy = Text(zh="请另选轮次和单位。没有提出申请。", en="Choose again. Nothing was asked.")
    status = 422
