"""Crowds of rooms, authorisations and weeks. Laid past the triggers: only the paging is looked at."""

from __future__ import annotations

from datetime import date, timedelta

from kernel.clock import now, today
from sharing.models.authorisations import AuthorisationRequest
from sharing.models.rooms import Room, RoomMember
from sharing.models.weekly import WeeklyReport
from tests.api.crowd_ground import CITY, COUNTY, Crowd
from tests.api.crowds_of_clues import past_the_triggers
from tests.teams import BEGINS, ENDS, handle

MEI = 9103
MONDAY = date(2026, 1, 5)


def rooms(count: int) -> str:
    there = Room.objects.count()
    with past_the_triggers():
        for n in range(there, there + count):
            room = _room(f"N{n}")
            RoomMember.objects.create(content_object=room, user_id=MEI, permission=handle())
    return "/rooms"


def authorisations(count: int) -> str:
    with past_the_triggers():
        for n in range(count):
            _request(n)
    return "/authorisations"


def weeks(count: int) -> str:
    _weeks(count)
    return f"/rooms/{_papers().pk}/weekly-reports"


def signed_weeks(count: int) -> str:
    room = _papers()
    with past_the_triggers():
        if room.request_number is None:
            room.request_number = _request(1).pk
            room.save(update_fields=["request_number"])
    _weeks(count)
    return f"/authorisations/{room.request_number}/weekly-reports"


def _weeks(count: int) -> None:
    room, there = _papers(), WeeklyReport.objects.count()
    with past_the_triggers():
        WeeklyReport.objects.bulk_create(
            WeeklyReport(
                tenant_id=COUNTY,
                room=room,
                week=MONDAY + timedelta(weeks=n),
                talks=n,
                files=n,
                letters=n,
                visits=n,
                drafted_by="梅若溪",
                drafted_at=now(),
                signed_by="唐思远",
                signed_at=now(),
            )
            for n in range(there, there + count)
        )


def _papers() -> Room:
    """Of the team of `tests.teams`."""
    return Room.objects.get(tenant_id=COUNTY, purpose="papers", team_code="T1")


def _room(team: str) -> Room:
    return Room.objects.create(
        tenant_id=COUNTY,
        purpose="papers",
        lead_id=CITY,
        round_number=1,
        round_name="第三轮",
        mode="ring",
        publication=1,
        host_id=COUNTY,
        team_code=team,
        team_name=team,
        document_number=team,
        authorised_by="某县委",
        opened_by="某主任",
        opened_at=now(),
        starts_on=BEGINS,
        until_on=ENDS,
    )


def _request(n: int) -> AuthorisationRequest:
    return AuthorisationRequest.objects.create(
        tenant_id=COUNTY,
        sender_id=CITY,
        publication_id=1,
        publication=1,
        published_on=today(),
        round_number=n,
        round_name="第三轮",
        mode="ring",
        host_id=COUNTY,
        team_code="T1",
        team_name="第一巡察组",
        people=[],
        units=[],
        starts_on=today(),
        until_on=today() + timedelta(days=30),
        proposed_by_id=1,
        proposed_by="某主任",
        proposed_at=now(),
    )


OF_TEAMS: dict[str, tuple[str, Crowd]] = {
    "list_rooms": ("mei", rooms),
    "list_authorisations": ("lin", authorisations),
    "list_weekly_reports": ("mei", weeks),
    "list_signed_weekly_reports": ("lin", signed_weeks),
}
