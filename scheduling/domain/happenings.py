"""What of scheduling a program may be told by a webhook: notices, and what has none.

A program is told the code, the receiving office's own number and where to ask; the titles are for
whoever chooses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kernel.text import Text
from scheduling.domain.notices import NOTICES

ADDRESSES: Mapping[str, str] = MappingProxyType(
    {
        "call": "/api/v1/release-calls/{number}",
        "round": "/api/v1/rounds/{number}",
        "plan": "/api/v1/plans/{number}",
        "publication": "/api/v1/publications/{number}",
        "request": "/api/v1/confirmation-requests/{number}",
        "extract": "/api/v1/ours/{number}",
        "run": "/api/v1/runs/{number}",
    }
)

TITLES: Mapping[str, Text] = MappingProxyType(
    {
        "call_received": Text(zh="收到抽调通知", en="A call was received"),
        "releases_closed": Text(zh="放行截止", en="Releases were closed"),
        "releases_reopened": Text(zh="放行重新开放", en="Releases were reopened"),
        "confirmation_asked": Text(zh="请求确认派出人员", en="Confirmation was asked for"),
        "confirmation_dropped": Text(zh="无需再确认派出人员", en="Nothing is to be confirmed now"),
        "extract_published": Text(zh="涉及本单位的方案公布", en="Own part of a plan was published"),
        "extract_corrected": Text(zh="涉及本单位的方案更正", en="Own part of a plan was corrected"),
        "extract_withdrawn": Text(zh="涉及本单位的方案撤回", en="Own part of a plan was withdrawn"),
        "people_confirmed": Text(zh="派出人员已确认", en="An office confirmed"),
        "people_objected": Text(zh="派出人员有异议", en="An office objected"),
        "plan_proposed": Text(zh="方案提请审核", en="A plan was proposed"),
        "plan_taken_back": Text(zh="方案收回", en="A plan was taken back"),
        "plan_returned": Text(zh="方案退回", en="A plan was returned"),
        "plan_approved": Text(zh="方案批准", en="A plan was approved"),
        "plan_published": Text(zh="方案公布", en="A plan was published"),
        "plan_corrected": Text(zh="方案更正", en="A plan was corrected"),
        "plan_withdrawn": Text(zh="方案撤回", en="A plan was withdrawn"),
        "release_stale": Text(zh="放行内容过期", en="Releases became outdated"),
        "declaration_received": Text(zh="收到回避申报", en="A declaration was received"),
    }
)

# About the office's own programs, and what a person has to answer within minutes: told to people.
NOT_FOR_PROGRAMS = frozenset(
    {"webhook_disabled", "token_expiring", "emergency_asked", "emergency_in_force"}
)


@dataclass(frozen=True, slots=True)
class Happening:
    """`permission`: the value of a tenancy permission; `address` has a place for the number."""

    code: str
    title: Text
    permission: str
    address: str


def happenings() -> Iterator[Happening]:
    for kind in NOTICES:
        if kind.code not in NOT_FOR_PROGRAMS:
            yield Happening(kind.code, TITLES[kind.code], kind.permission, ADDRESSES[kind.page])
    rounds = ADDRESSES["round"]
    given = Text(zh="单位放行人员", en="An office released people")
    withdrawn = Text(zh="单位撤回放行", en="An office withdrew its release")
    ended = Text(zh="求解结束", en="A run ended")
    yield Happening("release_given", given, "view_round", rounds)
    yield Happening("release_withdrawn", withdrawn, "view_round", rounds)
    yield Happening("run_ended", ended, "view_round", ADDRESSES["run"])
