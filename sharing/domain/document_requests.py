"""What a team asks a unit's files for (调阅): asked, delivered or not, signed for, given back. Pure."""

from __future__ import annotations

from datetime import date

from kernel.text import Text
from sharing.domain.life_cycle import Hand, LifeCycle, act

DOCUMENT_REQUEST = LifeCycle(
    name="document_request",
    title=Text(zh="调阅资料", en="document request"),
    states={
        "asked": Text(zh="待提供", en="asked for"),
        "delivered": Text(zh="单位已提供", en="delivered by the unit"),
        "not_held": Text(zh="单位说明没有", en="not held, as the unit says"),
        "refused": Text(zh="未予提供", en="refused"),
        "received": Text(zh="已签收", en="signed for"),
        "returned": Text(zh="已归还", en="given back"),
        "filed": Text(zh="留存复印件", en="copies kept"),
        "withdrawn": Text(zh="已撤回", en="withdrawn"),
    },
    acts=(
        act("delivered", "提供资料", "deliver", by=Hand.UNIT, since="asked", to="delivered"),
        act(
            "not_held", "说明没有", "say that it is not held",
            by=Hand.UNIT, since="asked", to="not_held", needs_reason=True,
        ),
        act(
            "received", "签收", "sign for it",
            by=Hand.MEMBER, since=("asked", "delivered"), to="received",
            needs=("pieces", "person"),
        ),
        act(
            "refused", "登记未予提供", "write down a refusal",
            by=Hand.MEMBER, since="asked", to="refused", needs_reason=True,
        ),
        act(
            "asked_again", "再次要求提供", "ask again",
            by=Hand.MEMBER, since=("delivered", "not_held", "refused"), to="asked",
            needs_reason=True,
        ),
        act(
            "returned", "归还", "give back",
            by=Hand.MEMBER, since="received", to="returned", needs=("person",),
        ),
        act("filed", "留存复印件", "keep the copies", by=Hand.MEMBER, since="received", to="filed"),
        act(
            "withdrawn", "撤回", "withdraw",
            by=Hand.MEMBER, since="asked", to="withdrawn", needs_reason=True,
        ),
    ),
    finals=frozenset({"returned", "filed", "withdrawn"}),
    permissions={Hand.UNIT: "speak_for_unit", Hand.MEMBER: "work_in_room"},
)  # fmt: skip

# What the team waits for.
OUTSTANDING = frozenset({"asked"})
LONGEST_DAYS = 60


def is_overdue(state: str, due_on: date, overdue_before: date) -> bool:
    """`overdue_before`: what was due before that day is late by a working day at least."""
    return state in OUTSTANDING and due_on < overdue_before
