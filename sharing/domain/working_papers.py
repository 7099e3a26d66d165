"""A finding from the first working paper (问题底稿) to feedback and the end of its rectification.

One paper holds one issue, told in three parts: fact, nature, responsibility. The office comments and
does not rewrite: no act of an office touches the text. A text that was signed changes only by being
taken back, as a further version.
"""

from __future__ import annotations

from kernel.text import Text
from sharing.domain.life_cycle import Hand, LifeCycle, act

TEAM = (Hand.FINDER, Hand.TEAM_LEADER)
OFFICE = (Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR)

# What a paper says before a meeting may judge it.
THREE_PARTS = ("fact", "nature", "responsibility")
COMPLETE = ("title", *THREE_PARTS, "bases", "evidence", "category")

WORKING_PAPER = LifeCycle(
    name="working_paper",
    title=Text(zh="问题（底稿至整改）", en="finding, from its paper to its end"),
    states={
        "draft": Text(zh="起草中", en="draft"),
        "evidence_complete": Text(zh="证据齐备", en="evidence complete"),
        "meeting_passed": Text(zh="组务会通过", en="passed by the team meeting"),
        "leader_signed": Text(zh="组长签字", en="signed by the team leader"),
        "in_report": Text(zh="列入报告", en="in the report"),
        "group_approved": Text(zh="领导小组审定", en="approved by the leading group"),
        "fed_back": Text(zh="已反馈", en="fed back"),
        "rectifying": Text(zh="整改中", en="being rectified"),
        "closed": Text(zh="已销号", en="closed"),
        "withdrawn": Text(zh="不成立", en="not upheld"),
    },
    acts=(
        act("written", "撰写", "write", by=Hand.FINDER, since="draft", to=None),
        act(
            "evidence_completed", "提交组务会", "hand to the team meeting",
            by=Hand.FINDER, since="draft", to="evidence_complete", needs=COMPLETE,
        ),
        act(
            "meeting_passed", "组务会通过", "pass at the team meeting",
            by=Hand.TEAM_LEADER, since="evidence_complete", to="meeting_passed",
            needs=("met_on", "meeting_opinion"),
        ),
        act(
            "sent_back", "退回修改", "send back to the finder",
            by=Hand.TEAM_LEADER, since=("evidence_complete", "meeting_passed"), to="draft",
            needs_reason=True,
        ),
        act(
            "not_upheld", "问题不成立", "not uphold",
            by=Hand.TEAM_LEADER, since=("evidence_complete", "meeting_passed"), to="withdrawn",
            needs_reason=True,
        ),
        act(
            "signed", "组长签字", "sign",
            by=Hand.TEAM_LEADER, since="meeting_passed", to="leader_signed",
        ),
        act(
            "put_in_report", "列入巡察报告", "put in the report",
            by=Hand.TEAM_LEADER, since="leader_signed", to="in_report", needs=("report",),
        ),
        act(
            "commented", "提出意见", "comment",
            by=OFFICE, since="in_report", to=None, needs=("comment",),
        ),
        act(
            "taken_back", "收回修改", "take back to change",
            by=Hand.TEAM_LEADER, since=("leader_signed", "in_report"), to="draft",
            needs_reason=True,
        ),
        act(
            "approved", "领导小组审定", "approve",
            by=Hand.LEADING_GROUP, since="in_report", to="group_approved", needs=("heard_on",),
        ),
        act(
            "returned_to_team", "退回巡察组", "return to the team",
            by=Hand.LEADING_GROUP, since="in_report", to="leader_signed", needs_reason=True,
        ),
        act(
            "fed_back", "反馈", "feed back",
            by=(Hand.TEAM_LEADER, Hand.OFFICE_DIRECTOR), since="group_approved", to="fed_back",
            needs=("served_on",),
        ),
        act(
            "assigned", "交办整改", "assign for rectification",
            by=OFFICE, since="fed_back", to="rectifying", needs=("rectification",),
        ),
        act(
            "closed", "销号", "close",
            by=Hand.OFFICE_DIRECTOR, since="rectifying", to="closed", needs=("all_items_closed",),
        ),
        act(
            "reopened", "重新整改", "open again",
            by=Hand.TEAM_LEADER, since="closed", to="rectifying", needs=("look_back",),
            needs_reason=True,
        ),
    ),
    finals=frozenset({"closed", "withdrawn"}),
    permissions={
        Hand.FINDER: "write_papers",
        Hand.TEAM_LEADER: "sign_papers",
        Hand.OFFICE_CLERK: "comment_reports",
        Hand.OFFICE_DIRECTOR: "feed_back",
        Hand.LEADING_GROUP: "approve_reports",
    },
)  # fmt: skip

# The inspected unit and the host county's office hear of a finding from here on.
READ_BY_THE_UNIT = frozenset({"fed_back", "rectifying", "closed"})
READ_BY_THE_HOST = frozenset({"in_report", "group_approved"}) | READ_BY_THE_UNIT
