"""A team's report on one unit, from its first draft to the feedback that is served at the unit.

The findings in it are its papers and walk with it: what the leading group approves or returns is the
report, and each of its papers says so in its own life (`sharing.domain.working_papers`).
"""

from __future__ import annotations

from kernel.text import Text
from sharing.domain.life_cycle import Hand, LifeCycle, act

OFFICE = (Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR)
WHO_FEEDS_BACK = (Hand.TEAM_LEADER, Hand.OFFICE_DIRECTOR)

REPORT = LifeCycle(
    name="report",
    title=Text(zh="巡察报告（起草至反馈）", en="report, from its draft to feedback"),
    states={
        "drafting": Text(zh="起草中", en="being drafted"),
        "submitted": Text(zh="已报送", en="handed in"),
        "approved": Text(zh="领导小组审定", en="approved by the leading group"),
        "head_told": Text(zh="已向主要负责人反馈", en="fed back to the head"),
        "meeting_held": Text(zh="已召开反馈会", en="feedback meeting held"),
        "served": Text(zh="反馈意见已送达", en="feedback served"),
    },
    acts=(
        act(
            "written", "起草报告", "write the report",
            by=Hand.TEAM_LEADER, since="drafting", to=None,
        ),
        act(
            "submitted", "报送报告", "hand in the report",
            by=Hand.TEAM_LEADER, since="drafting", to="submitted",
            needs=("evaluation", "advice", "findings"),
        ),
        act(
            "recalled", "撤回报告", "take back the report",
            by=Hand.TEAM_LEADER, since="submitted", to="drafting", needs_reason=True,
        ),
        act(
            "returned", "退回报告", "return the report",
            by=Hand.LEADING_GROUP, since="submitted", to="drafting", needs_reason=True,
        ),
        act(
            "approved", "审定报告", "approve the report",
            by=Hand.LEADING_GROUP, since="submitted", to="approved", needs=("heard_on",),
        ),
        act(
            "feedback_written", "起草反馈意见", "write the feedback",
            by=WHO_FEEDS_BACK, since=("approved", "head_told", "meeting_held"), to=None,
        ),
        act(
            "head_told", "向主要负责人反馈", "feed back to the head",
            by=Hand.TEAM_LEADER, since="approved", to="head_told",
            needs=("told_on", "feedback_text"),
        ),
        act(
            "meeting_held", "召开反馈会", "hold the feedback meeting",
            by=WHO_FEEDS_BACK, since="head_told", to="meeting_held", needs=("met_on", "attendance"),
        ),
        act(
            "served", "送达反馈意见", "serve the feedback",
            by=WHO_FEEDS_BACK, since="meeting_held", to="served",
            needs=("served_on", "feedback_text"),
        ),
    ),
    finals=frozenset({"served"}),
    permissions={
        Hand.TEAM_LEADER: "sign_papers",
        Hand.OFFICE_DIRECTOR: "feed_back",
        Hand.LEADING_GROUP: "approve_reports",
    },
)  # fmt: skip

# The office and the leading group read the report from here on; before, it is the team's.
READ_BY_THE_HOST = frozenset(REPORT.states) - {"drafting"}
READ_BY_THE_UNIT = frozenset({"served"})
