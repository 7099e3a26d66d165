"""What was asked for, as the team sees it and as the unit does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kernel.text import Text
from sharing.access.document_requests import (
    access_document_request,
    bodies_to_ask,
    hands_on_request,
    requests_of_room,
    requests_to,
)
from sharing.access.due_days import days_of
from sharing.access.posts import reaches_post
from sharing.access.rooms import access_room
from sharing.domain.document_requests import DOCUMENT_REQUEST, is_overdue
from sharing.domain.life_cycle import Act, Hand
from sharing.domain.posts import Post
from sharing.models.document_requests import DocumentRequest, DocumentRequestStep
from sharing.models.rooms import Room
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of
from tenancy.visibility import OfficeQuerySet

MOST_OPEN = 200


@dataclass(frozen=True, slots=True)
class RequestLine:
    """`steps`: what was done, signed with name and time. `acts`: what the actor may do next."""

    request: DocumentRequest
    state: Text
    is_overdue: bool
    steps: Sequence[DocumentRequestStep]
    acts: Sequence[Act]


@dataclass(frozen=True, slots=True)
class Outstanding:
    """How many, as far as the actor sees them."""

    asked: int
    overdue: int
    in_hand: int


def room_requests(actor: Actor, number: int, window: Window) -> Part[RequestLine]:
    """The newest first."""
    return _shown(actor, requests_of_room(actor, number), window)


def unit_requests(actor: Actor, window: Window) -> Part[RequestLine]:
    """To units that the actor speaks for, the newest first."""
    actor.must(Permission.SPEAK_FOR_UNIT)
    return _shown(actor, requests_to(actor), window)


def room_requests_open(actor: Actor, number: int) -> Sequence[RequestLine]:
    """Those of the room on which the team may still act: the newest `MOST_OPEN`."""
    return _open(actor, requests_of_room(actor, number), Hand.MEMBER)


def unit_requests_open(actor: Actor) -> Sequence[RequestLine]:
    """Those which the units have still to answer: the newest `MOST_OPEN`."""
    actor.must(Permission.SPEAK_FOR_UNIT)
    return _open(actor, requests_to(actor), Hand.UNIT)


def room_request(actor: Actor, number: int, request: int) -> RequestLine | None:
    """One of the room, however old it is; None: it is not there."""
    found = requests_of_room(actor, number).filter(pk=request)
    return next(iter(_shown(actor, found, Window(1)).lines), None)


def unit_request(actor: Actor, request: int) -> RequestLine | None:
    """One to units that the actor speaks for, however old it is; None: it is not there."""
    actor.must(Permission.SPEAK_FOR_UNIT)
    found = requests_to(actor).filter(pk=request)
    return next(iter(_shown(actor, found, Window(1)).lines), None)


def request_line(actor: Actor, number: int) -> RequestLine:
    request = access_document_request(actor, number)
    steps = DocumentRequestStep.objects.filter(tenant_id=actor.tenant_id, record=request)
    return _line(
        request,
        list(steps.order_by("number")),
        hands_on_request(actor, request),
        days_of(actor.tenant_id).overdue_before,
    )


def outstanding(actor: Actor, number: int) -> Outstanding:
    requests = requests_of_room(actor, number)
    asked = requests.filter(state="asked")
    return Outstanding(
        asked.count(),
        asked.filter(due_on__lt=days_of(actor.tenant_id).overdue_before).count(),
        requests.filter(state="received").count(),
    )


def bodies_offered(actor: Actor, number: int) -> Sequence[tuple[str, str]]:
    room = access_room(actor, number, Room.Purpose.PAPERS)
    return list(bodies_to_ask(room).items())


def may_ask_for_accounts(actor: Actor, number: int) -> bool:
    return reaches_post(actor, access_room(actor, number), Post.ACCOUNTS)


def _open(
    actor: Actor, requests: OfficeQuerySet[DocumentRequest], hand: Hand
) -> Sequence[RequestLine]:
    states = {state for one in DOCUMENT_REQUEST.acts if hand in one.hands for state in one.since}
    return _shown(actor, requests.filter(state__in=states), Window(MOST_OPEN)).lines


def _shown(
    actor: Actor, requests: OfficeQuerySet[DocumentRequest], window: Window
) -> Part[RequestLine]:
    part = part_of(requests.select_related("room"), window, "-asked_on", "-number", "-pk")
    steps: dict[int, list[DocumentRequestStep]] = {}
    walked = DocumentRequestStep.objects.filter(
        tenant_id=actor.tenant_id, record__in=[one.pk for one in part.lines]
    )
    for step in walked.order_by("number"):
        steps.setdefault(step.record_id, []).append(step)
    # Hands differ by room, unit and kind alone: they are asked once for each.
    hands: dict[tuple[int, str, bool], frozenset[Hand]] = {}
    for one in part.lines:
        place = (one.room_id, one.unit_code, one.is_accounts)
        if place not in hands:
            hands[place] = hands_on_request(actor, one)
    before = days_of(actor.tenant_id).overdue_before
    return part.showing(
        [
            _line(
                one,
                steps.get(one.pk, ()),
                hands[one.room_id, one.unit_code, one.is_accounts],
                before,
            )
            for one in part.lines
        ]
    )


def _line(
    request: DocumentRequest,
    steps: Sequence[DocumentRequestStep],
    hands: frozenset[Hand],
    overdue_before: date,
) -> RequestLine:
    return RequestLine(
        request,
        DOCUMENT_REQUEST.states[request.state],
        is_overdue(request.state, request.due_on, overdue_before),
        steps,
        DOCUMENT_REQUEST.open_to(request.state, hands),
    )
