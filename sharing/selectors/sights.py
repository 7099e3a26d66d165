"""Whose facts are seen where a team is authorised, in its rooms, and in what it wrote there."""

from __future__ import annotations

from collections import Counter

from sharing.models.authorisations import AuthorisationRequest
from sharing.models.ledgers import PastProblem
from sharing.models.letters import Letter
from sharing.models.papers import WorkingPaper
from sharing.models.rectification import RectificationItem
from sharing.models.reports import InspectionReport
from sharing.models.rooms import Room, RoomSeat
from sharing.models.share_grants import ShareGrant
from tenancy.actor import Actor
from tenancy.services.reading import Sight, sees


@sees("authorisation")
def of_authorisation(actor: Actor, number: int) -> Sight:
    request = AuthorisationRequest.objects.get(pk=number)
    people = Counter(row["origin"] for row in request.people)
    return Sight(request, request.round_number, dict(people))


@sees("room")
def of_room(actor: Actor, number: int) -> Sight:
    room = Room.objects.get(tenant_id=actor.tenant_id, pk=number)
    seats = RoomSeat.objects.filter(tenant_id=actor.tenant_id, room=room)
    people = Counter(seats.values_list("origin_id", flat=True))
    return Sight(room, room.round_number, dict(people))


@sees("paper")
def of_paper(actor: Actor, number: int) -> Sight:
    paper = WorkingPaper.objects.filter(tenant_id=actor.tenant_id, pk=number).first()
    return Sight(paper, people={actor.tenant_id: None if paper is None else paper.people_count})


@sees("report")
def of_report(actor: Actor, number: int) -> Sight:
    report = InspectionReport.objects.filter(tenant_id=actor.tenant_id, pk=number).first()
    return Sight(report, people={actor.tenant_id: None})


@sees("letter")
def of_letter(actor: Actor, number: int) -> Sight:
    return Sight(Letter(pk=number), people={actor.tenant_id: None})


@sees("rectification_item")
def of_item(actor: Actor, number: int) -> Sight:
    return Sight(RectificationItem(pk=number), people={actor.tenant_id: None})


@sees("share")
def of_share(actor: Actor, number: int) -> Sight:
    return Sight(ShareGrant(pk=number), people={actor.tenant_id: None})


@sees("past_problem")
def of_past_problem(actor: Actor, number: int) -> Sight:
    return Sight(PastProblem(pk=number), people={actor.tenant_id: None})
