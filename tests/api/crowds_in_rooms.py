"""Crowds of what a team keeps in its rooms. Laid past the triggers: only the paging is looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission as ModelPermission

from kernel.clock import today
from sharing.models.contacts import UnitContact, UnitDesk
from sharing.models.document_requests import DocumentRequest
from sharing.models.interviews import Interview, InterviewStratum
from sharing.models.petitions import Petition
from sharing.models.posts import RoomPost
from sharing.models.rooms import Room, RoomSeat
from tests.api.crowd_ground import CITY, COUNTY, Crowd
from tests.api.crowds_of_clues import past_the_triggers, the_room
from tests.teams import UNIT_CODE

QIAO = 9108


def petitions(count: int) -> str:
    room = the_room()
    with past_the_triggers():
        there = Petition.objects.filter(room=room).count()
        Petition.objects.bulk_create(
            Petition(
                tenant_id=CITY,
                room=room,
                number=there + n + 1,
                received_on=today(),
                way="letter",
                unit_name=f"某局{n}",
                subject="other",
                gist="某事",
            )
            for n in range(count)
        )
    return f"/rooms/{room.pk}/petitions"


def interviews(count: int) -> str:
    room = _papers()
    with past_the_triggers():
        layer, _is_new = InterviewStratum.objects.get_or_create(
            tenant_id=COUNTY,
            room=room,
            unit_code=UNIT_CODE,
            title="中层",
            defaults={"target": 9, "position": 0},
        )
        seat = RoomSeat.objects.get(room=room, person_number="mei")
        RoomPost.objects.get_or_create(
            tenant_id=COUNTY, room=room, seat=seat, post="interviews", ended_at=None
        )
        there = Interview.objects.filter(room=room).count()
        Interview.objects.bulk_create(
            Interview(
                tenant_id=COUNTY,
                room=room,
                stratum=layer,
                number=there + n + 1,
                post=f"科长{n}",
                planned_on=today() + timedelta(days=n // 3),
                interviewers=[seat.pk],
            )
            for n in range(count)
        )
    return f"/rooms/{room.pk}/interviews"


def document_requests(count: int) -> str:
    room = _papers()
    with past_the_triggers():
        there = DocumentRequest.objects.count()
        DocumentRequest.objects.bulk_create(
            DocumentRequest(number=there + n + 1, asked_on=_asked(n), **_told(room))
            for n in range(count)
        )
    return f"/rooms/{room.pk}/document-requests"


def documents_asked(count: int) -> str:
    document_requests(count)
    with past_the_triggers():
        desk, is_new = UnitDesk.objects.get_or_create(
            tenant_id=COUNTY,
            unit_code=UNIT_CODE,
            defaults={"name": "某局", "name_key": "x", "inspectable": True},
        )
        if is_new:
            may = ModelPermission.objects.get(codename="speak", content_type__model="unitdesk")
            UnitContact.objects.create(content_object=desk, user_id=QIAO, permission=may)
    return "/document-requests"


def _papers() -> Room:
    """Of the team of `tests.teams`."""
    return Room.objects.get(tenant_id=COUNTY, purpose="papers", team_code="T1")


def _asked(number: int) -> Any:
    """Some on one day: their order is by number then."""
    return today() - timedelta(days=number // 3)


def _told(room: Room) -> dict[str, Any]:
    return {
        "tenant_id": COUNTY,
        "room": room,
        "state": "asked",
        "unit_code": UNIT_CODE,
        "unit_name": "某局",
        "what": "某资料",
        "why": "某事",
        "handed_to": "某",
        "due_on": today() + timedelta(days=9),
    }


IN_ROOMS: dict[str, tuple[str, Crowd]] = {
    "list_petitions": ("leader", petitions),
    "list_interviews": ("mei", interviews),
    "list_document_requests": ("mei", document_requests),
    "list_documents_asked": ("qiao", documents_asked),
}
