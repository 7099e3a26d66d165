"""Refusals about share grants and the views of them."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class ShareOfficeUnknown(DomainError):
    code = "sharing.share.office_unknown"
    message = Text(
        zh="只能与同一个市的巡察办共享。", en="Views are shared among the offices of one city."
    )
    remedy = Text(
        zh="请从列表中选择单位。已填写的内容没有丢失。",
        en="Choose offices from the list. What you typed is kept.",
    )
    status = 422
    fields = ("offices",)


class ShareOfNoOffice(DomainError):
    code = "sharing.share.of_no_office"
    message = Text(zh="没有选择单位。", en="No office was chosen.")
    remedy = Text(
        zh="请至少选择一个单位。已填写的内容没有丢失。",
        en="Choose at least one. What you typed is kept.",
    )
    status = 422
    fields = ("offices",)


class ShareOfNothing(DomainError):
    code = "sharing.share.of_nothing"
    message = Text(
        zh="请至少选择一类记录。", en="Say of which kinds of records it is to be, at least one."
    )
    remedy = Text(
        zh="选择后重新提交。已填写的内容没有丢失。",
        en="Choose, then go on. What you typed is kept.",
    )
    status = 422
    fields = ("kinds",)


class ShareNotForPurpose(DomainError):
    code = "sharing.share.not_for_purpose"
    message = Text(
        zh="用途“{purpose}”不能共享：{kinds}。", en="For “{purpose}” these are not shared: {kinds}."
    )
    remedy = Text(
        zh="请改选用途，或去掉这些记录。问题线索只能用于互相印证和线索办理。",
        en="Choose another purpose or leave these out. Clues are shared to corroborate or to handle"
        " one, and for nothing else.",
    )
    status = 422
    fields = ("purpose", "kinds")


class ShareFieldsUnfit(DomainError):
    code = "sharing.share.fields_unfit"
    message = Text(
        zh="所选字段不属于申请的记录：{kind}。",
        en="Fields were named that the records asked for do not have: {kind}.",
    )
    remedy = Text(
        zh="请选择这类记录，或去掉其字段。已填写的内容没有丢失。",
        en="Ask for that kind of records, or leave its fields out. What you typed is kept.",
    )
    status = 422
    fields = ("fields",)


class SharePeriodReversed(DomainError):
    code = "sharing.share.period_reversed"
    message = Text(zh="起止日期颠倒。", en="The period ends before it begins.")
    remedy = Text(
        zh="请核对起止日期。已填写的内容没有丢失。",
        en="Look at both days. What you typed is kept.",
    )
    status = 422
    fields = ("happened_until",)


class ShareReadersUnfit(DomainError):
    code = "sharing.share.readers_unfit"
    message = Text(zh="这些角色不能查阅：{roles}。", en="These cannot be its readers: {roles}.")
    remedy = Text(
        zh="请改选查阅角色。含问题线索的，只有主任和纪检监察机关可以查阅。",
        en="Choose other readers. Of clues those alone read who handle clues.",
    )
    status = 422
    fields = ("roles",)


class ShareTermUnfit(DomainError):
    code = "sharing.share.term_unfit"
    message = Text(
        zh="共享期限须在今天之后，不超过{days}天。",
        en="Its last day lies ahead, and at most {days} days.",
    )
    remedy = Text(
        zh="请改选截止日期。到期后可以重新申请。",
        en="Choose another day. Once it is over, it can be asked for anew.",
    )
    status = 422
    fields = ("until_on",)


class ShareClueAskedByWhoHandlesNone(DomainError):
    code = "sharing.share.clue_asked_by_who_handles_none"
    message = Text(
        zh="问题线索的共享由主任或纪检监察机关申请和提供。",
        en="Views of clues are asked for and offered by the director or the discipline body.",
    )
    remedy = Text(
        zh="请由他们办理，或去掉问题线索。", en="Leave it to them, or leave the clues out."
    )
    status = 403
    fields = ("kinds",)


class ShareRecordMissing(DomainError):
    code = "sharing.share.record_missing"
    message = Text(
        zh="第{place}项记录不存在，或者不能共享。",
        en="Record {place} is not there, or is none that can be shared.",
    )
    remedy = Text(
        zh="只能选择本单位已反馈的问题、线索、整改事项和已签发的函件。没有保存任何内容。",
        en="Choose findings that were fed back, clues, items and signed letters of your own office."
        " Nothing was saved.",
    )
    status = 422
    fields = ("records",)


class ShareKindNotAskedFor(DomainError):
    code = "sharing.share.kind_not_asked_for"
    message = Text(zh="申请中没有这类记录：{kind}。", en="This kind was not asked for: {kind}.")
    remedy = Text(
        zh="请去掉这类记录，另行提供。没有保存任何内容。",
        en="Leave it out, and offer it by itself. Nothing was saved.",
    )
    status = 422
    fields = ("records",)


class ShareRedactionUnfit(DomainError):
    code = "sharing.share.redaction_unfit"
    message = Text(
        zh="第{place}项的隐去设置不适用：{faults}。",
        en="What is hidden in record {place} does not fit: {faults}.",
    )
    remedy = Text(
        zh="记录可能已有改动，请重新打开后再设置。没有保存任何内容。",
        en="The record may have changed: open it anew. Nothing was saved.",
    )
    status = 422
    fields = ("records",)


class SharePhraseNowhere(DomainError):
    code = "sharing.share.phrase_nowhere"
    message = Text(
        zh="第{place}项中没有这些文字：{phrases}。",
        en="These words stand nowhere in record {place}: {phrases}.",
    )
    remedy = Text(
        zh="请核对写法；金额、日期等只能整体隐去。没有保存任何内容。",
        en="Check how they are written there; sums and days are withheld whole. Nothing was saved.",
    )
    status = 422
    fields = ("records",)


class ShareNeverInForce(DomainError):
    code = "sharing.share.never_in_force"
    message = Text(
        zh="授权没有生效过，没有查阅可以证明。",
        en="It was never in force: there is nothing to certify.",
    )
    remedy = Text(
        zh="办理情况见授权页面。没有任何改动。",
        en="How it went stands on its page. Nothing was changed.",
    )


class ShareTooMany(DomainError):
    code = "sharing.share.too_many"
    message = Text(zh="一次最多{most}项。", en="At most {most} at once.")
    remedy = Text(zh="请分批办理。没有保存任何内容。", en="Do it in parts. Nothing was saved.")
    status = 422
    fields = ("records",)


class ShareChanged(DomainError):
    code = "sharing.share.changed"
    message = Text(
        zh="视图或条件已有改动，不是您看到的那一份。",
        en="The view or its terms have changed since you looked.",
    )
    remedy = Text(
        zh="请刷新页面，查看后再批准。没有任何改动。",
        en="Load the page anew and look before you approve. Nothing was changed.",
    )


class ShareApprovedByWhoAsked(DomainError):
    code = "sharing.share.approved_by_who_asked"
    message = Text(zh="提出的人不能批准。", en="Whoever asked for it does not approve it.")
    remedy = Text(
        zh="请由其他人批准。没有任何改动。", en="Leave it to others. Nothing was changed."
    )
    status = 403


class ShareNotShownWhole(DomainError):
    """Says not why: to whom a clue concerns, it would tell that there is one."""

    code = "sharing.share.not_shown_whole"
    message = Text(
        zh="这项共享的内容没有全部向您显示，您不能批准。",
        en="Not all of it is shown to you: you cannot approve it.",
    )
    remedy = Text(
        zh="请由能看到全部内容的人批准。没有任何改动。",
        en="Leave it to those who are shown the whole. Nothing was changed.",
    )
    status = 403


class ShareOwnerAbolished(DomainError):
    code = "sharing.share.owner_abolished"
    message = Text(
        zh="{office}已撤销，共享随之终止。",
        en="{office} is no more, and what it shared ended with it.",
    )
    remedy = Text(
        zh="请销毁留存的副本，无需再报告。没有任何改动。",
        en="Destroy what you kept of it; nobody is left to be told. Nothing was changed.",
    )


class ShareNotNarrower(DomainError):
    code = "sharing.share.not_narrower"
    message = Text(
        zh="缩小范围只能隐去更多内容，或者撤下部分记录。",
        en="To narrow is to hide more or to take records out.",
    )
    remedy = Text(
        zh="需要增加内容的，请另行共享。没有任何改动。",
        en="For more, share anew. Nothing was changed.",
    )
    status = 422


class ShareNotOver(DomainError):
    code = "sharing.share.not_over"
    message = Text(
        zh="授权还没有到期或收回，不需要报告销毁。",
        en="It is neither over nor taken back: there is nothing to destroy yet.",
    )
    remedy = Text(zh="到期后再报告。没有任何改动。", en="Tell it then. Nothing was changed.")


class ViewNotCarried(DomainError):
    code = "sharing.shared_view.not_carried"
    message = Text(
        zh="提供单位没有允许导出和打印。", en="Its owner lets nobody export or print it."
    )
    remedy = Text(
        zh="确有需要的，请另行申请并说明理由。没有导出任何内容。",
        en="If you need it, ask for it and say why. Nothing was exported.",
    )
    status = 403


class ShareGroupNameTaken(DomainError):
    code = "sharing.share_group.name_taken"
    message = Text(zh="已有同名的共享组“{name}”。", en="There is a group “{name}” already.")
    remedy = Text(
        zh="请换一个名称。已填写的内容没有丢失。", en="Choose another name. What you typed is kept."
    )
    fields = ("name",)
