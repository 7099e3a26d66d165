"""How a plan comes into force: which step follows which, what stands in the way, whom to ask.

Pure: facts are handed in, words and answers come out. Whoever acts holds the locks.

Sources: docs/field.md (a schedule is proposed by the office, confirmed by the counties that send
people, approved by the leading side, and then published; a change is a numbered amendment).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kernel.text import Text, day_text

# --- Steps ----------------------------------------------------------------------------------

AFTER: Mapping[tuple[str, str], str] = {
    ("candidate", "proposed"): "proposed",
    ("proposed", "taken_back"): "candidate",
    ("proposed", "returned"): "candidate",
    ("proposed", "approved"): "approved",
    ("approved", "taken_back"): "candidate",
    ("approved", "returned"): "candidate",
    ("approved", "published"): "published",
    ("published", "superseded"): "superseded",
    ("published", "withdrawn"): "withdrawn",
}
STANDING = ("proposed", "approved")  # of a round one plan at a time

STATE_WORDS: Mapping[str, Text] = {
    "candidate": Text(zh="候选", en="a candidate"),
    "proposed": Text(zh="已提请审核", en="proposed"),
    "approved": Text(zh="已批准", en="approved"),
    "published": Text(zh="已公布执行", en="in force"),
    "superseded": Text(zh="已被更正版代替", en="corrected by a later version"),
    "withdrawn": Text(zh="已撤回", en="withdrawn"),
}


def state_after(state: str, step: str) -> str | None:
    """Where the step leads; None when it cannot be taken from here."""
    return AFTER.get((state, step))


# --- Whom to ask ----------------------------------------------------------------------------

Sent = Mapping[str, Any]  # {number, name, role, from, to}: one of a request's people


def is_same_list(asked: Sequence[Sent], wanted: Sequence[Sent]) -> bool:
    """Whether an office that was asked about the one need not be asked about the other.

    A name spelt anew in the roster is the same person; another role, or other days, are not the
    same request.
    """
    return {_asked_of(one) for one in asked} == {_asked_of(one) for one in wanted}


def _asked_of(one: Sent) -> tuple[str, ...]:
    return (one["number"], one["role"], one["from"], one["to"])


# --- What stands in the way -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that has to be put right first. `code` is for programs, `says` for people."""

    code: str
    says: Text


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody of the plan whom another round has booked on some of the same days."""

    name: str
    office: str
    round: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a plan on its way. Names and figures; no fact of recusal.

    `gone`: seated people who are no longer released. `changed`: what changed since the verdict;
    None when it is of the round as it stands.
    """

    is_checked: bool = True
    breaches: Sequence[Text] = ()
    changed: Sequence[Text] | None = None
    gone: Sequence[str] = ()
    stale: Mapping[str, int] = field(default_factory=dict)  # office -> people of the plan
    suspended: Sequence[str] = ()
    duties: Sequence[Text] = ()
    clashes: Sequence[Clash] = ()
    unanswered: Sequence[str] = ()  # offices
    objecting: Mapping[str, int] = field(default_factory=dict)


def in_the_way(facts: Facts) -> tuple[Obstacle, ...]:
    """Of a proposal: everything about the plan itself."""
    return (*_unseen(facts), *_of_people(facts), *_of_the_plan(facts))


def in_the_way_of_force(facts: Facts) -> tuple[Obstacle, ...]:
    """Of an approval and of a publication: the same, and the counties' word."""
    return (*in_the_way(facts), *_of_confirmations(facts))


def needs_a_check(facts: Facts) -> bool:
    """Whether a worker has to look first, and it is worth it."""
    return (not facts.is_checked or facts.changed is not None) and not facts.gone


def _unseen(facts: Facts) -> Iterator[Obstacle]:
    if not facts.is_checked:
        yield Obstacle(
            "unchecked",
            Text(
                zh="方案的这一版尚未经过独立核验",
                en="the independent check has not looked at this revision",
            ),
        )
    elif facts.changed is not None:
        unknown = Text(zh="轮次数据有变动", en="the round's data changed")
        yield Obstacle(
            "outdated",
            Text(
                zh="核验之后情况有变：{what}", en="something changed since the check: {what}"
            ).format(what=joined(facts.changed or [unknown])),
        )


def _of_people(facts: Facts) -> Iterator[Obstacle]:
    if facts.gone:
        yield Obstacle(
            "gone",
            Text(
                zh="方案中的人员或单位已不在放行和报送之列：{names}",
                en="the plan names who or what is no longer released: {names}",
            ).format(names=_names(facts.gone)),
        )
    for office, count in facts.stale.items():
        yield Obstacle(
            "stale",
            Text(
                zh="{office}放行的 {count} 名入选人员情况有变，须由该单位重新放行",
                en="{count} of the people sent by {office} are out of date: it has to release anew",
            ).format(office=office, count=count),
        )
    if facts.suspended:
        yield Obstacle(
            "suspended",
            Text(
                zh="因申报回避或不能参加而停用的席位：{names}",
                en="seats suspended by a declaration: {names}",
            ).format(names=_names(facts.suspended)),
        )
    for clash in facts.clashes:
        yield Obstacle("booked", _clash(clash))


def _of_the_plan(facts: Facts) -> Iterator[Obstacle]:
    for breach in facts.breaches:
        yield Obstacle(
            "breach", Text(zh="违反规则：{rule}", en="a rule is broken: {rule}").format(rule=breach)
        )
    for fault in facts.duties:
        yield Obstacle("duty", fault)


def _of_confirmations(facts: Facts) -> Iterator[Obstacle]:
    for office, count in facts.objecting.items():
        yield Obstacle(
            "objection",
            Text(
                zh="{office}对 {count} 名派出人员有异议",
                en="{office} objects to {count} of the people it is to send",
            ).format(office=office, count=count),
        )
    if facts.unanswered:
        yield Obstacle(
            "unconfirmed",
            Text(
                zh="尚未确认派出人员的单位：{names}", en="offices that have not confirmed: {names}"
            ).format(names=_names(facts.unanswered)),
        )


def _clash(clash: Clash) -> Text:
    return Text(
        zh="{name}（{office}）{first}至{last}已由“{round}”安排",
        en="{name} ({office}) is booked by “{round}” from {first} to {last}",
    ).format(
        name=clash.name,
        office=clash.office,
        round=clash.round,
        first=day_text(clash.starts_on),
        last=day_text(clash.ends_on),
    )


def _names(names: Sequence[str]) -> Text:
    return Text(zh="、".join(names), en=", ".join(names))


def joined(texts: Sequence[Text]) -> Text:
    """Several clauses as one."""
    return Text(
        zh="；".join(text.zh.rstrip("。") for text in texts),
        en="; ".join(text.en.rstrip(".") for text in texts),
    )
