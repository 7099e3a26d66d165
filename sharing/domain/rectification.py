"""One line of a unit's rectification (整改): from the task to its end, and back where it was not true.

The unit claims, the supervising body checks, the office closes: three hands, one after another, and
nobody checks what they claimed themselves. The words of completion are those of the reports: 已完成,
基本完成, 未完成.
"""

from __future__ import annotations

from datetime import date

from kernel.text import Text
from sharing.domain.due_dates import Clock
from sharing.domain.life_cycle import Hand, LifeCycle, act

OFFICE = (Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR)
# The three lists: issues (问题清单), tasks (任务清单), duties (责任清单).
THREE_LISTS = ("issue", "goal", "measures", "lead", "department", "due_on")

RECTIFICATION = LifeCycle(
    name="rectification_item",
    title=Text(zh="整改事项", en="item of rectification"),
    states={
        "assigned": Text(zh="已交办", en="assigned"),
        "plan_drafted": Text(zh="方案待审", en="plan handed in"),
        "in_progress": Text(zh="整改中", en="in progress"),
        "claimed_done": Text(zh="申报完成", en="claimed to be done"),
        "accepted": Text(zh="审核为已完成", en="found to be done"),
        "basically_done": Text(zh="审核为基本完成", en="found to be done in the main"),
        "closed_out": Text(zh="已销号", en="closed out"),
    },
    acts=(
        # From the ledger of the years before: it goes on where it was, and its first act says so.
        act(
            "imported", "台账导入：未完成", "take over from the ledger, not done",
            by=Hand.OFFICE_DIRECTOR, since="assigned", to="in_progress", needs=("past_problem",),
        ),
        act(
            "imported_basically", "台账导入：基本完成", "take over from the ledger, done in the main",
            by=Hand.OFFICE_DIRECTOR, since="assigned", to="basically_done",
            needs=("past_problem",),
        ),
        act(
            "plan_handed_in", "报送整改方案", "hand in the plan",
            by=Hand.UNIT, since="assigned", to="plan_drafted",
            needs=(*THREE_LISTS, "signed_by_head"),
        ),
        act(
            "plan_returned", "退回方案", "return the plan",
            by=(*OFFICE, Hand.SUPERVISOR), since="plan_drafted", to="assigned", needs_reason=True,
        ),
        act(
            "plan_accepted", "方案通过", "accept the plan",
            by=Hand.OFFICE_DIRECTOR, since="plan_drafted", to="in_progress",
        ),
        act(
            "progress_told", "报告进展", "tell the progress",
            by=Hand.UNIT, since=("in_progress", "basically_done"), to=None, needs=("progress",),
        ),
        act(
            "deadline_moved", "调整期限", "move the deadline",
            by=Hand.OFFICE_DIRECTOR, since=("in_progress", "basically_done"), to=None,
            needs=("due_on",), needs_reason=True,
        ),
        act(
            "claimed", "申报完成", "claim to be done",
            by=Hand.UNIT, since=("in_progress", "basically_done"), to="claimed_done",
            needs=("evidence", "result"),
        ),
        act(
            "checked_done", "审核：已完成", "find done",
            by=Hand.SUPERVISOR, since="claimed_done", to="accepted", needs=("checked_by",),
        ),
        act(
            "checked_basically", "审核：基本完成", "find done in the main",
            by=Hand.SUPERVISOR, since="claimed_done", to="basically_done", needs=("checked_by",),
            needs_reason=True,
        ),
        act(
            "checked_not_done", "审核：未完成", "find not done",
            by=Hand.SUPERVISOR, since="claimed_done", to="in_progress", needs=("checked_by",),
            needs_reason=True,
        ),
        act("closed_out", "销号", "close out", by=Hand.OFFICE_DIRECTOR, since="accepted", to="closed_out"),
        act(
            "sent_back", "退回审核", "send back to the check",
            by=Hand.OFFICE_DIRECTOR, since="accepted", to="claimed_done", needs_reason=True,
        ),
        act(
            "reopened", "重新整改", "open again",
            by=Hand.TEAM_LEADER, since="closed_out", to="in_progress", needs=("look_back",),
            needs_reason=True,
        ),
    ),
    finals=frozenset({"closed_out"}),
    permissions={
        Hand.UNIT: "speak_for_unit",
        Hand.SUPERVISOR: "supervise_unit",
        Hand.OFFICE_CLERK: "steer_rectification",
        Hand.OFFICE_DIRECTOR: "close_rectification",
        Hand.TEAM_LEADER: "lead_look_back",
    },
)  # fmt: skip

# With whom it is, and until when: the unit plans, then rectifies; the others' turn has no term here.
PLANNING = "assigned"
RECTIFYING = ("in_progress", "basically_done")
CHECKS = ("checked_done", "checked_basically", "checked_not_done")
# Acts that need no more than a reason.
PLAIN_ACTS = frozenset({"plan_returned", "plan_accepted", *CHECKS, "closed_out", "sent_back"})

# The five letters, one after another: how urgently an overdue item is asked for.
FIVE_LETTERS: tuple[Text, ...] = (
    Text(zh="督查督办函", en="letter of supervision"),
    Text(zh="阶段督查指导函", en="letter of guidance at a stage"),
    Text(zh="情况提醒函", en="reminder of how things stand"),
    Text(zh="告诫函", en="letter of admonition"),
    Text(zh="问责函", en="letter of accountability"),
)

# Two people of each unit are talked to after the feedback.
TALKED_TO = ("党组织主要负责人", "纪检组织主要负责人")


def clock_of(due_on: date, concentrated_until: date) -> Clock:
    """Which clock runs while the unit rectifies: that of the phase in which the item ends."""
    return Clock.CONCENTRATED_PERIOD if due_on <= concentrated_until else Clock.LONG_TERM


def phase_of(due_on: date | None, concentrated_until: date) -> Text:
    """In which phase an item ends, by its own deadline."""
    if due_on is None:
        return Text(zh="待定", en="not yet set")
    if due_on <= concentrated_until:
        return Text(zh="集中整改", en="concentrated period")
    return Text(zh="长期整改", en="long term")
