"""A clue (问题线索) from its register to its end with the discipline body.

It is judged by the team's meeting, signed by the leader, and goes where `routing` says; at no place
does an act of the host county's office lie on the way of a clue about a city-managed cadre. The
product routes and records: what becomes of a person is the discipline body's alone, told back in codes.
"""

from __future__ import annotations

from enum import StrEnum

from kernel.text import Text
from sharing.domain.life_cycle import Hand, LifeCycle, act


class SourceKind(StrEnum):
    """How a clue came up. Who gave the hint stands nowhere beside it."""

    PETITION_LETTER = "petition_letter"
    PETITION_CALL = "petition_call"
    PETITION_VISIT = "petition_visit"
    INTERVIEW = "interview"
    FILES = "files"
    ON_THE_SPOT = "on_the_spot"
    OTHER = "other"


SOURCE_TITLES = {
    SourceKind.PETITION_LETTER: Text(zh="来信", en="letter"),
    SourceKind.PETITION_CALL: Text(zh="来电", en="call"),
    SourceKind.PETITION_VISIT: Text(zh="来访", en="visit"),
    SourceKind.INTERVIEW: Text(zh="个别谈话", en="interview"),
    SourceKind.FILES: Text(zh="查阅资料", en="files read"),
    SourceKind.ON_THE_SPOT: Text(zh="实地走访", en="seen on the spot"),
    SourceKind.OTHER: Text(zh="其他", en="other"),
}


class Disposal(StrEnum):
    """The four ways in which a clue is dealt with (纪检监察机关监督执纪工作规则, art. 21)."""

    TALK_INQUIRY = "talk_inquiry"
    PRELIMINARY_CHECK = "preliminary_check"
    SHELVED = "shelved"
    CLOSED_NO_ACTION = "closed_no_action"


DISPOSAL_TITLES = {
    Disposal.TALK_INQUIRY: Text(zh="谈话函询", en="talk or written inquiry"),
    Disposal.PRELIMINARY_CHECK: Text(zh="初步核实", en="preliminary check"),
    Disposal.SHELVED: Text(zh="暂存待查", en="kept for later"),
    Disposal.CLOSED_NO_ACTION: Text(zh="予以了结", en="closed without action"),
}

CLUE = LifeCycle(
    name="clue",
    title=Text(zh="问题线索", en="clue"),
    states={
        "registered": Text(zh="已登记", en="registered"),
        "screened": Text(zh="认定为线索", en="held to be a clue"),
        "leader_signed": Text(zh="组长签字", en="signed by the team leader"),
        "taken_in": Text(zh="巡察办接收", en="taken in by the office"),
        "handed_over": Text(zh="已移交", en="handed over"),
        "acknowledged": Text(zh="已签收", en="receipt signed"),
        "disposal_chosen": Text(zh="已明确处置方式", en="way of disposal chosen"),
        "in_process": Text(zh="办理中", en="being dealt with"),
        "result_returned": Text(zh="已反馈结果", en="result told"),
        "closed": Text(zh="已办结", en="closed"),
        "not_a_clue": Text(zh="转为一般问题", en="a finding, not a clue"),
        "out_of_scope": Text(zh="转信访部门", en="passed to the petition office"),
    },
    acts=(
        act("amended", "补充", "amend", by=Hand.MEMBER, since="registered", to=None),
        act(
            "screened", "认定为线索", "hold to be a clue",
            by=Hand.TEAM_LEADER, since="registered", to="screened",
            needs=("met_on", "gist", "management_level", "evidence"),
        ),
        act(
            "found_general", "转为一般问题", "make it a finding",
            by=Hand.TEAM_LEADER, since="registered", to="not_a_clue", needs=("met_on",),
            needs_reason=True,
        ),
        act(
            "found_out_of_scope", "转信访部门", "pass to the petition office",
            by=Hand.TEAM_LEADER, since="registered", to="out_of_scope", needs=("met_on",),
            needs_reason=True,
        ),
        act(
            "sent_back", "退回补充", "send back to the member",
            by=Hand.TEAM_LEADER, since="screened", to="registered", needs_reason=True,
        ),
        act("signed", "组长签字", "sign", by=Hand.TEAM_LEADER, since="screened", to="leader_signed"),
        act("taken_in", "接收", "take in", by=Hand.OFFICE_DIRECTOR, since="leader_signed", to="taken_in"),
        act(
            "handed_over", "移交", "hand over",
            by=Hand.OFFICE_DIRECTOR, since="taken_in", to="handed_over",
            needs=("hand_over_list", "number", "signed_by_sender"),
        ),
        act(
            "acknowledged", "签收", "sign the receipt",
            by=Hand.DISCIPLINE_BODY, since="handed_over", to="acknowledged",
            needs=("receipt_number", "signed_by_receiver"),
        ),
        act(
            "returned", "退回补充", "return for more",
            by=Hand.DISCIPLINE_BODY, since=("handed_over", "acknowledged"), to="taken_in",
            needs_reason=True,
        ),
        act(
            "urged", "催办", "urge",
            by=Hand.OFFICE_DIRECTOR,
            since=("handed_over", "acknowledged", "disposal_chosen", "in_process"), to=None,
            needs=("letter",),
        ),
        act(
            "disposal_chosen", "明确处置方式", "choose the way of disposal",
            by=Hand.DISCIPLINE_BODY, since="acknowledged", to="disposal_chosen",
            needs=("disposal",),
        ),
        act("begun", "开始办理", "begin", by=Hand.DISCIPLINE_BODY, since="disposal_chosen", to="in_process"),
        act(
            "result_told", "反馈结果", "tell the result",
            by=Hand.DISCIPLINE_BODY, since=("disposal_chosen", "in_process"),
            to="result_returned", needs=("outcomes",),
        ),
        act(
            "asked_again", "要求补充办理", "ask for more",
            by=Hand.OFFICE_DIRECTOR, since="result_returned", to="in_process", needs_reason=True,
        ),
        act(
            "closed", "办结", "close",
            by=Hand.OFFICE_DIRECTOR, since="result_returned", to="closed",
        ),
    ),
    finals=frozenset({"closed", "not_a_clue", "out_of_scope"}),
    permissions={
        Hand.MEMBER: "register_clue",
        Hand.TEAM_LEADER: "screen_clue",
        Hand.OFFICE_DIRECTOR: "handle_clue",
        Hand.DISCIPLINE_BODY: "dispose_clue",
    },
)  # fmt: skip
