"""Weekly progress: of the team in its room; once signed, of the directors of the room's office."""

from __future__ import annotations

from kernel.errors import NotAllowed
from sharing.access.authorisations import access_request, rooms_of_office
from sharing.access.rooms import access_room
from sharing.models.rooms import Room
from sharing.models.weekly import WeeklyReport
from tenancy.actor import Actor
from tenancy.domain.roles import PERMISSION_TITLES, Permission
from tenancy.visibility import OfficeQuerySet


def reports_of_room(actor: Actor, number: int) -> OfficeQuerySet[WeeklyReport]:
    """All of one's own team; the room is where one works, or is not there."""
    room = access_room(actor, number, Room.Purpose.PAPERS)
    return WeeklyReport.objects.filter(tenant_id=actor.tenant_id, room=room)


def signed_reports(actor: Actor, request: int) -> OfficeQuerySet[WeeklyReport]:
    """Of the team of that authorisation, where its papers are the office's own."""
    found = access_request(actor, request)
    actor.must(Permission.VIEW_WEEKLY_REPORTS)
    if found.tenant_id != actor.tenant_id:
        raise NotAllowed(permission=PERMISSION_TITLES[Permission.VIEW_WEEKLY_REPORTS])
    rooms = rooms_of_office(actor).filter(request_number=request, purpose=Room.Purpose.PAPERS)
    reports = WeeklyReport.objects.filter(tenant_id=actor.tenant_id, signed_at__isnull=False)
    return reports.filter(room_id__in=rooms.values("pk"))
