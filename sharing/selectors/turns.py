"""Whose turn it is: how much waits for somebody, by what they would do with it.

Each line is a state in which the record's own table of acts leads on by the actor's hand, and counts
what the actor reads anyway. Nothing is counted above a cap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sharing.access.corroboration import hit_notices_running
from sharing.access.digests import digests_visible_to
from sharing.access.document_requests import requests_to
from sharing.access.due_days import days_of
from sharing.access.letters import answerable_by, letters_of_office, may_draft
from sharing.access.look_backs import look_backs_visible_to
from sharing.access.office_clues import lists_visible_to, office_clues_visible_to
from sharing.access.rectification import (
    cases_led,
    items_of_my_units,
    items_of_office,
    items_supervised,
    steers,
)
from sharing.access.reports import reports_visible_to
from sharing.access.rooms import rooms_of_mine
from sharing.domain.document_requests import OUTSTANDING
from sharing.domain.hands import hands_of_roles
from sharing.domain.letters import LETTER, LETTER_RULES
from sharing.domain.rectification import PLANNING, RECTIFYING
from sharing.models.corroboration import HitNoticeStep
from sharing.models.hand_over import HandOverEntry
from sharing.models.rooms import Room
from sharing.selectors.counting import capped
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


class Task(StrEnum):
    """What somebody would do with what waits."""

    PLAN = "plan"
    RECTIFY = "rectify"
    CHECK = "check"
    ACCEPT_PLAN = "accept_plan"
    CLOSE_OUT = "close_out"
    LEAD_CASE = "lead_case"
    APPROVE_LOOK_BACK = "approve_look_back"
    SEND_LOOK_BACK_TEAM = "send_look_back_team"
    LEAD_LOOK_BACK = "lead_look_back"
    CLOSE_LOOK_BACK = "close_look_back"
    SIGN_FOR_LETTER = "sign_for_letter"
    ANSWER_LETTER = "answer_letter"
    SIGN_LETTER = "sign_letter"
    SEND_LETTER = "send_letter"
    READ_REPLY = "read_reply"
    DELIVER = "deliver"
    APPROVE_REPORT = "approve_report"
    TAKE_IN = "take_in"
    HAND_OVER = "hand_over"
    SIGN_RECEIPT = "sign_receipt"
    CHOOSE_DISPOSAL = "choose_disposal"
    TELL_RESULT = "tell_result"
    CLOSE_CLUE = "close_clue"
    ANSWER_HIT = "answer_hit"
    CONFIRM_HIT = "confirm_hit"
    PUBLISH_DIGEST = "publish_digest"


@dataclass(frozen=True, slots=True)
class Turn:
    """`overdue` of the `count` are past their day."""

    task: Task
    count: int
    overdue: int


@dataclass(frozen=True, slots=True)
class _Waiting:
    """`late` narrows the rows to those past their day."""

    task: Task
    permission: Permission
    rows: Callable[[Actor], QuerySet[Any]]
    only: Q
    late: Callable[[date], Q] | None = None


def _owed(day: date) -> Q:
    return Q(owed_on__lt=day)


def _due(day: date) -> Q:
    return Q(due_on__lt=day)


def _next_due(day: date) -> Q:
    return Q(next_due_on__lt=day)


def _to_be_signed(actor: Actor) -> QuerySet[Any]:
    """Of the kinds that the actor's hand signs; of a deputy only where that was passed on."""
    hands = {
        hand
        for hand in hands_of_roles(actor.roles) & LETTER.permissions.keys()
        if actor.may(Permission(LETTER.permissions[hand]))
    }
    kinds = [kind.value for kind, rule in LETTER_RULES.items() if rule.signer in hands]
    return letters_of_office(actor).filter(kind__in=kinds)


def _to_be_sent(actor: Actor) -> QuerySet[Any]:
    letters = letters_of_office(actor)
    return letters if may_draft(actor) else letters.none()


def _without_a_team(actor: Actor) -> QuerySet[Any]:
    backs = look_backs_visible_to(actor).filter(room=None)
    return backs if steers(actor) else backs.none()


def _visited_by_my_team(actor: Actor) -> QuerySet[Any]:
    mine = rooms_of_mine(actor, Room.Purpose.PAPERS)
    return look_backs_visible_to(actor).filter(room__in=mine.values("pk"))


def _lists_to_sign(actor: Actor) -> QuerySet[Any]:
    """Whose receipt is missing, of another's hand, with a clue that was not sent back."""
    there = HandOverEntry.objects.filter(list=OuterRef("pk"), returned_at=None)
    there = there.filter(tenant_id=actor.tenant_id)
    lists = lists_visible_to(actor).exclude(signed_by_id=actor.user_id)
    return lists.filter(Exists(there))


def _hits_of_others(actor: Actor) -> QuerySet[Any]:
    """Where a colleague has agreed: the actor may be the second, and the first is not."""
    own = HitNoticeStep.objects.filter(
        tenant_id=actor.tenant_id, record=OuterRef("pk"), number=OuterRef("steps"),
        by_id=actor.user_id,
    )  # fmt: skip
    return hit_notices_running(actor).exclude(Exists(own))


def _state(*states: str) -> Q:
    return Q(state__in=states)


_WAITING: tuple[_Waiting, ...] = (
    _Waiting(Task.PLAN, Permission.SPEAK_FOR_UNIT, items_of_my_units, _state(PLANNING), _owed),
    _Waiting(
        Task.RECTIFY, Permission.SPEAK_FOR_UNIT, items_of_my_units, _state(*RECTIFYING), _owed
    ),
    _Waiting(Task.CHECK, Permission.SUPERVISE_UNIT, items_supervised, _state("claimed_done")),
    _Waiting(
        Task.ACCEPT_PLAN, Permission.CLOSE_RECTIFICATION, items_of_office, _state("plan_drafted")
    ),
    _Waiting(Task.CLOSE_OUT, Permission.CLOSE_RECTIFICATION, items_of_office, _state("accepted")),
    _Waiting(Task.LEAD_CASE, Permission.LEAD_JOINT_CASES, cases_led, Q(closed_on=None)),
    _Waiting(
        Task.APPROVE_LOOK_BACK,
        Permission.APPROVE_LOOK_BACK,
        look_backs_visible_to,
        _state("sampled"),
    ),
    _Waiting(
        Task.SEND_LOOK_BACK_TEAM,
        Permission.VIEW_RECTIFICATION,
        _without_a_team,
        _state("approved"),
    ),
    _Waiting(
        Task.LEAD_LOOK_BACK,
        Permission.LEAD_LOOK_BACK,
        _visited_by_my_team,
        _state("approved", "on_site"),
    ),
    _Waiting(
        Task.CLOSE_LOOK_BACK, Permission.CLOSE_RECTIFICATION, look_backs_visible_to, _state("told")
    ),
    _Waiting(Task.SIGN_FOR_LETTER, Permission.ANSWER_LETTERS, answerable_by, _state("sent"), _owed),
    _Waiting(
        Task.ANSWER_LETTER, Permission.ANSWER_LETTERS, answerable_by, _state("received"), _owed
    ),
    _Waiting(Task.SIGN_LETTER, Permission.VIEW_LETTERS, _to_be_signed, _state("under_review")),
    _Waiting(Task.SEND_LETTER, Permission.VIEW_LETTERS, _to_be_sent, _state("numbered")),
    _Waiting(Task.READ_REPLY, Permission.SIGN_LETTERS, letters_of_office, _state("replied")),
    _Waiting(Task.DELIVER, Permission.SPEAK_FOR_UNIT, requests_to, _state(*OUTSTANDING), _due),
    _Waiting(
        Task.APPROVE_REPORT, Permission.APPROVE_REPORTS, reports_visible_to, _state("submitted")
    ),
    _Waiting(
        Task.TAKE_IN, Permission.HANDLE_CLUE, office_clues_visible_to, _state("leader_signed")
    ),
    _Waiting(Task.HAND_OVER, Permission.HANDLE_CLUE, office_clues_visible_to, _state("taken_in")),
    _Waiting(Task.SIGN_RECEIPT, Permission.DISPOSE_CLUE, _lists_to_sign, Q(acknowledged_at=None)),
    _Waiting(
        Task.CHOOSE_DISPOSAL,
        Permission.DISPOSE_CLUE,
        office_clues_visible_to,
        _state("acknowledged"),
        _next_due,
    ),
    _Waiting(
        Task.TELL_RESULT,
        Permission.DISPOSE_CLUE,
        office_clues_visible_to,
        _state("disposal_chosen", "in_process"),
        _next_due,
    ),
    _Waiting(
        Task.CLOSE_CLUE, Permission.HANDLE_CLUE, office_clues_visible_to, _state("result_returned")
    ),
    # Of clues, so of those alone who see them; that is asked of each.
    _Waiting(Task.ANSWER_HIT, Permission.VIEW_NOTICES, hit_notices_running, _state("told")),
    _Waiting(Task.CONFIRM_HIT, Permission.VIEW_NOTICES, _hits_of_others, _state("proposed")),
    _Waiting(Task.PUBLISH_DIGEST, Permission.PUBLISH_DIGEST, digests_visible_to, _state("ready")),
)


def turns(actor: Actor) -> Iterator[Turn]:
    """What waits for the actor, in the order of the work; nothing of what does not."""
    day = days_of(actor.tenant_id).overdue_before
    for one in _WAITING:
        if not actor.may(one.permission):
            continue
        rows = one.rows(actor).filter(one.only)
        count = capped(rows)
        if count:
            late = capped(rows.filter(one.late(day))) if one.late else 0
            yield Turn(one.task, count, late)
