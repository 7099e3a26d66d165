"""Crowds of clues and what belongs to them. No trigger is asked: these rows are laid, not walked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Permission as ModelPermission
from django.db import connection

from kernel.clock import now, today
from sharing.models.clues import Clue, ClueRoute
from sharing.models.corroboration import HitNotice
from sharing.models.hand_over import HandOverList
from sharing.models.interference import InterferenceEntry
from sharing.models.office_clues import OfficeClue
from sharing.models.rooms import Room, RoomMember, RoomSeat
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tests.api.crowd_ground import CITY, COUNTY, Crowd
from tests.people import SEATED_SINCE

LEADER = Actor(
    user_id=9391,
    name="领队",
    tenant_id=CITY,
    office_name="舟山市",
    office_kind="city",
    roles=frozenset({Role.TEAM_LEADER}),
)
TEXT: Mapping[str, Any] = {
    "subject_unit": "某局",
    "management_level": "county_managed",
    "source_kind": "files",
    "gist": "某事",
}


@contextmanager
def past_the_triggers() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")


def the_room() -> Room:
    """A direct room of the city, which the leader leads."""
    User.objects.get_or_create(pk=9391, defaults={"username": "leader", "display_name": "领队"})
    Membership.objects.get_or_create(
        tenant_id=CITY, user_id=9391, role=Role.TEAM_LEADER, since_on=SEATED_SINCE
    )
    room, is_new = Room.objects.get_or_create(
        tenant_id=CITY,
        purpose="direct",
        lead_id=CITY,
        round_number=99,
        host_id=COUNTY,
        team_code="T1",
        defaults={
            "round_name": "轮次",
            "mode": "ring",
            "publication": 1,
            "team_name": "第一组",
            "document_number": "x",
            "authorised_by": "x",
            "opened_by": "x",
            "opened_at": now(),
            "starts_on": date(2020, 1, 1),
            "until_on": date(2099, 1, 1),
        },
    )
    if is_new:
        may = ModelPermission.objects.get(
            codename="handle", content_type__app_label="sharing", content_type__model="room"
        )
        RoomMember.objects.create(content_object=room, user_id=9391, permission=may)
        RoomSeat.objects.create(
            tenant_id=CITY, room=room, user_id=9391, origin_id=COUNTY, person_number="L",
            name="领队", role="leader", is_local=False,
        )  # fmt: skip
    return room


def team_clues(count: int) -> str:
    room = the_room()
    with past_the_triggers():
        Clue.objects.bulk_create(
            Clue(
                tenant_id=CITY,
                room=room,
                registered_by_id=9391,
                registered_at=now(),
                subject_name=f"某{n}",
                state="registered",
                **TEXT,
            )
            for n in range(count)
        )
    return "/clues"


def routes(count: int) -> str:
    team_clues(count)
    routed = ClueRoute.objects.values("clue_id")
    with past_the_triggers():
        ClueRoute.objects.bulk_create(
            ClueRoute(
                tenant_id=CITY,
                clue_id=clue,
                office_id=COUNTY,
                office_clue=clue,
                round_name="轮次",
                is_urgent=False,
                state="taken_in",
                # Some at one moment: their order is by number then.
                since=now() - timedelta(hours=clue // 3),
            )
            for clue in Clue.objects.exclude(pk__in=routed).values_list("pk", flat=True)
        )
    return "/clue-routes"


def office_clues(count: int) -> str:
    there = OfficeClue.objects.count()
    with past_the_triggers():
        OfficeClue.objects.bulk_create(
            OfficeClue(
                tenant_id=COUNTY,
                subject_name=f"某{n}",
                state="acknowledged",
                round_name="轮次",
                team_name="第一组",
                signed_by="某",
                signed_at=now(),
                year=2026,
                number=there + n + 1,
                next_due_on=today() + timedelta(days=n // 3),
                **TEXT,
            )
            for n in range(count)
        )
    return "/clue-ledger"


def hand_over_lists(count: int) -> str:
    there = HandOverList.objects.count()
    with past_the_triggers():
        HandOverList.objects.bulk_create(
            HandOverList(
                tenant_id=COUNTY,
                year=2026,
                number=there + n + 1,
                size=1,
                document="{}",
                sha256="",
                signed_by_id=9003,
                signed_at=now() - timedelta(hours=n // 3),
            )
            for n in range(count)
        )
    return "/hand-over-lists"


def hits(count: int) -> str:
    office_clues(count)
    told = HitNotice.objects.values("clue_id")
    with past_the_triggers():
        HitNotice.objects.bulk_create(
            HitNotice(
                tenant_id=COUNTY,
                clue_id=clue,
                about="person",
                state="told",
                # Some at one moment: their order is by number then.
                told_at=now() - timedelta(hours=1 + place // 3),
                answer_until=now() + timedelta(days=60),
            )
            for place, clue in enumerate(
                OfficeClue.objects.exclude(pk__in=told).values_list("pk", flat=True)
            )
        )
    return "/hits"


def interference(count: int) -> str:
    room = the_room()
    with past_the_triggers():
        InterferenceEntry.objects.bulk_create(
            InterferenceEntry(
                tenant_id=CITY,
                room=room,
                registered_by_id=9391,
                registered_at=now(),
                who=f"某{n}",
                post="某局",
                approach="asked",
                happened_on=date(2026, 1, 5),
                how="电话",
                about="某事",
            )
            for n in range(count)
        )
    return "/interference"


OF_CLUES: dict[str, tuple[str, Crowd]] = {
    "list_team_clues": ("leader", team_clues),
    "list_clue_routes": ("zhao", routes),
    "list_office_clues": ("lin", office_clues),
    "list_hand_over_lists": ("lin", hand_over_lists),
    "list_interference": ("zhao", interference),
    "list_hits": ("lin", hits),
}
