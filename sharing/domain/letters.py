"""Letters between an office and whom it asks (函告、领办函、建议书、催办函 …): one life for all kinds.

Who signs, how long the addressee has, and who gets a copy differ by kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from kernel.law import LegalBasis, practice
from kernel.text import Text
from sharing.domain.due_dates import Clock
from sharing.domain.life_cycle import Hand, LifeCycle, act

OFFICE = (Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR)
SIGNERS = (Hand.OFFICE_DIRECTOR, Hand.LEADING_GROUP)
WAITING = ("sent", "received")

LETTER = LifeCycle(
    name="letter",
    title=Text(zh="函件", en="letter"),
    states={
        "draft": Text(zh="起草中", en="draft"),
        "under_review": Text(zh="审核中", en="under review"),
        "numbered": Text(zh="已编号签发", en="numbered and signed"),
        "sent": Text(zh="已发出", en="sent"),
        "received": Text(zh="已签收", en="received"),
        "replied": Text(zh="已回复", en="replied"),
        "closed": Text(zh="已办结", en="closed"),
        "discarded": Text(zh="已作废", en="discarded"),
    },
    acts=(
        act("written", "起草", "write", by=OFFICE, since="draft", to=None),
        act(
            "handed_in", "送审", "hand in for review",
            by=OFFICE, since="draft", to="under_review", needs=("addressee", "title", "body"),
        ),
        act(
            "returned_to_draft", "退回修改", "return to be changed",
            by=SIGNERS, since="under_review", to="draft", needs_reason=True,
        ),
        act(
            "signed", "签发", "number and sign",
            by=SIGNERS, since="under_review", to="numbered", needs=("number", "due_on"),
        ),
        act(
            "discarded", "作废", "discard",
            by=OFFICE, since=("draft", "under_review", "numbered"), to="discarded",
            needs_reason=True,
        ),
        act("sent", "发出", "send", by=OFFICE, since="numbered", to="sent"),
        act("received", "签收", "sign for", by=Hand.ADDRESSEE, since="sent", to="received"),
        act("urged", "催办", "urge", by=OFFICE, since=WAITING, to=None, needs=("urging",)),
        act(
            "replied", "回复", "reply",
            by=Hand.ADDRESSEE, since="received", to="replied", needs=("reply",),
        ),
        act(
            "reply_returned", "退回回复", "return the reply",
            by=Hand.OFFICE_DIRECTOR, since="replied", to="received", needs_reason=True,
        ),
        act("closed", "办结", "close", by=Hand.OFFICE_DIRECTOR, since="replied", to="closed"),
    ),
    finals=frozenset({"closed", "discarded"}),
    permissions={
        Hand.OFFICE_CLERK: "draft_letters",
        Hand.OFFICE_DIRECTOR: "sign_letters",
        Hand.LEADING_GROUP: "approve_letters",
        Hand.ADDRESSEE: "answer_letters",
    },
)  # fmt: skip

# Acts that need nothing but a reason, where the table asks for one.
PLAIN_ACTS = frozenset({"returned_to_draft", "discarded", "received", "reply_returned", "closed"})

# Not yet anybody's but the office's; and what its addressee has in hand.
IN_THE_OFFICE = frozenset({"draft", "under_review", "numbered", "discarded"})
WITH_THE_ADDRESSEE = frozenset(LETTER.states) - IN_THE_OFFICE
# Never went out as a letter in force; one that was discarded after its signature keeps its number.
NOT_IN_FORCE = frozenset({"draft", "under_review", "discarded"})


class LetterKind(StrEnum):
    NOTIFICATION = "notification_letter"
    LEAD_HANDLING = "lead_handling_letter"
    PROPOSAL = "proposal_letter"
    RECTIFICATION_NOTICE = "rectification_notice"
    SECONDMENT = "secondment_letter"
    URGING = "urging_letter"


@dataclass(frozen=True, slots=True)
class LetterRule:
    """`days`: working days until the reply is due, where the drafter says no other number."""

    title: Text
    signer: Hand
    days: int
    copies: tuple[Hand, ...]
    basis: LegalBasis


LETTER_RULES: Mapping[LetterKind, LetterRule] = MappingProxyType(
    {
        LetterKind.NOTIFICATION: LetterRule(
            Text(zh="函告", en="letter of notification"),
            Hand.OFFICE_DIRECTOR, 40, (),
            practice("以书面函告形式向职能部门反馈，要求限期整改", "departments are told in writing, with a term"),
        ),
        LetterKind.LEAD_HANDLING: LetterRule(
            Text(zh="领办函", en="lead-handling letter"),
            Hand.LEADING_GROUP, 10, (),
            practice("县分管领导领办制", "county leaders take matters in charge"),
        ),
        LetterKind.PROPOSAL: LetterRule(
            Text(zh="巡察建议书", en="letter of proposal"),
            Hand.LEADING_GROUP, 40,
            (Hand.COUNTY_LEADER, Hand.DISCIPLINE_BODY, Hand.SUPERVISOR),
            practice("经领导小组批准，抄送分管领导、纪检监察机关和组织部门", "approved by the leading group, with copies"),
        ),
        LetterKind.RECTIFICATION_NOTICE: LetterRule(
            Text(zh="整改通知", en="notice of rectification"),
            Hand.OFFICE_DIRECTOR, 15, (Hand.SUPERVISOR,),
            practice("随反馈意见一并送达", "served together with the feedback"),
        ),
        LetterKind.SECONDMENT: LetterRule(
            Text(zh="抽调函", en="letter of secondment"),
            Hand.OFFICE_DIRECTOR, 10, (),
            practice("提前十个工作日送达原单位", "ten working days ahead, to the home unit"),
        ),
        LetterKind.URGING: LetterRule(
            Text(zh="催办函", en="urging letter"),
            Hand.OFFICE_DIRECTOR, 5, (),
            practice("逾期后逐级催办", "step by step, once it is overdue"),
        ),
    }
)  # fmt: skip

# Of these the office sets the term for all; of the others it is the letter's own.
CLOCKS: Mapping[LetterKind, Clock] = MappingProxyType(
    {
        LetterKind.NOTIFICATION: Clock.NOTIFICATION_REPLY,
        LetterKind.LEAD_HANDLING: Clock.LEAD_HANDLING,
    }
)


def clock_of(kind: LetterKind) -> Clock:
    """Which clock runs for the reply."""
    return CLOCKS.get(kind, Clock.LETTER_REPLY)


# How a number begins: 巡函〔2026〕3号. Each series is counted by itself, every year anew.
SERIES: Mapping[LetterKind, str] = MappingProxyType(
    {
        LetterKind.NOTIFICATION: "巡函",
        LetterKind.LEAD_HANDLING: "巡领",
        LetterKind.PROPOSAL: "巡建",
        LetterKind.RECTIFICATION_NOTICE: "巡整",
        LetterKind.SECONDMENT: "巡调",
        LetterKind.URGING: "巡催",
    }
)

# What a draft begins with; the drafter goes on from there. Letters are Chinese whatever the page is.
BLOCKS: Mapping[LetterKind, str] = MappingProxyType(
    {
        LetterKind.NOTIFICATION: (
            "巡察中发现以下共性问题，涉及你单位职责，现予函告。\n\n一、问题\n\n二、有关要求\n"
            "请认真研究，制定措施，限期整改，并在规定期限内书面回复整改情况。"
        ),
        LetterKind.LEAD_HANDLING: (
            "根据分管领导领办制，请您领办以下整改事项。\n\n一、涉及单位和问题\n\n二、领办要求\n"
            "请牵头协调相关部门统一整改，并在规定期限内反馈领办情况。"
        ),
        LetterKind.PROPOSAL: (
            "针对巡察发现的共性问题和行业问题，提出如下建议。\n\n一、问题及成因\n\n二、建议\n"
            "请研究落实，并在规定期限内书面回复。"
        ),
        LetterKind.RECTIFICATION_NOTICE: (
            "巡察反馈意见已送达。请对照反馈问题制定整改方案和问题、任务、责任三张清单，"
            "由主要负责人签字后在规定期限内报送。"
        ),
        LetterKind.SECONDMENT: "因巡察工作需要，拟抽调下列人员脱产参加巡察。\n\n一、人员和时间\n\n二、有关要求",
        LetterKind.URGING: "下列事项已逾期，请尽快办理，并在规定期限内书面回复。",
    }
)


def reference(kind: str, year: int, number: int) -> str:
    """A letter's number in words, as the database writes it."""
    return f"{SERIES[LetterKind(kind)]}〔{year}〕{number}号"


def canonical_text(
    *,
    reference: str,
    title: str,
    addressee: str,
    copies: tuple[str, ...],
    due_on: date,
    signed_by: str,
    signed_on: date,
    body: str,
) -> str:
    """What is frozen at the signature, line by line; the database writes the same and digests it."""
    return "\n".join(
        [
            f"文号：{reference}",
            f"标题：{title}",
            f"主送：{addressee}",
            f"抄送：{'、'.join(copies) or '无'}",
            f"回复期限：{due_on.isoformat()}",
            f"签发：{signed_by}",
            f"签发日期：{signed_on.isoformat()}",
            "正文：",
            body,
        ]
    )
