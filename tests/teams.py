"""A team at work in Dinghai, with its two rooms, and everybody around it: fictional people.

| person | seat |
|---|---|
| `tang` 唐思远 | team leader, of Shengsi: guest in Dinghai (papers) and in the city (direct) |
| `gu` 顾长风 | deputy leader, of Shengsi: the same |
| `mei` 梅若溪 | member, of Daishan: the same |
| `ruan` 阮知秋 | member of another team: guest in Dinghai and the city, in rooms of that team |
| `he` 何以宁 | leading group of Dinghai |
| `luo` 罗清让 | discipline body of Dinghai |
| `shen` 沈墨言 | stationed discipline group of Dinghai |
| `qiao` 乔远山 | liaison of an inspected unit of Dinghai |
| `bai` 白霁月 | county leader of Dinghai |
| `xu` 徐行健 | leading group of the city |
| `qin` 秦明川 | discipline body of the city |

Beside them those of `tests.people`: lin (director of Dinghai), wu (clerk), zhao (director of the city).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission as ModelPermission

from kernel.clock import now
from sharing.models.rooms import Room, RoomMember, RoomSeat, RoomUnit
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tests.people import _OFFICES, SEATED_SINCE, _actor, _office

BEGINS, ENDS = date(2020, 1, 1), date(2099, 1, 1)
UNIT_CODE, UNIT_NAME = "dh-edu", "定海区教育局"
_PEOPLE = {
    "tang": (9101, "唐思远"),
    "gu": (9102, "顾长风"),
    "mei": (9103, "梅若溪"),
    "ruan": (9104, "阮知秋"),
    "he": (9105, "何以宁"),
    "luo": (9106, "罗清让"),
    "shen": (9107, "沈墨言"),
    "qiao": (9108, "乔远山"),
    "bai": (9109, "白霁月"),
    "xu": (9110, "徐行健"),
    "qin": (9111, "秦明川"),
}
_TEAM = {"tang": Role.TEAM_LEADER, "gu": Role.DEPUTY_LEADER, "mei": Role.TEAM_MEMBER}
_BESIDE = (
    ("he", "dinghai", Role.LEADING_GROUP),
    ("luo", "dinghai", Role.DISCIPLINE_BODY),
    ("shen", "dinghai", Role.STATIONED_DISCIPLINE),
    ("qiao", "dinghai", Role.UNIT_LIAISON),
    ("bai", "dinghai", Role.COUNTY_LEADER),
    ("xu", "zhoushan", Role.LEADING_GROUP),
    ("qin", "zhoushan", Role.DISCIPLINE_BODY),
)


@dataclass
class Team:
    """`papers` and `direct`: rooms of this team. `actor("mei")`: in Dinghai; `actor("mei",
    "zhoushan")`: in the city. Real commits; `django_as` as the fixture of that name."""

    django_as: Callable[[str], AbstractContextManager[Any]]
    papers: Room
    direct: Room
    others_papers: Room
    others_direct: Room
    unit_code: str = UNIT_CODE

    def actor(self, who: str, office: str = "dinghai") -> Actor:
        """Somebody of `tests.people` where they sit, one of `_BESIDE` likewise, a guest anywhere."""
        if who not in _PEOPLE:
            return _actor(who)
        number, name = _PEOPLE[who]
        seats = {one: (where, role) for one, where, role in _BESIDE}
        code, role = seats.get(who, (office, _TEAM.get(who, Role.TEAM_MEMBER)))
        place = _office(code)
        return Actor(
            user_id=number,
            name=name,
            tenant_id=place.pk,
            office_name=place.short_name,
            office_kind=place.kind,
            roles=frozenset({role}),
        )


@pytest.fixture
def team(committed_db: None, django_as: Callable[[str], AbstractContextManager[Any]]) -> Team:
    """Laid as the owner, committed."""
    with django_as("owner"):
        for username, (number, name) in _PEOPLE.items():
            User(pk=number, username=username, display_name=name, password="!").save(
                force_insert=True
            )
        for who, office, role in _BESIDE:
            _sit(who, office, role)
        guests = (*_TEAM.items(), ("ruan", Role.TEAM_MEMBER))
        for who, role in guests:
            _sit(who, "dinghai", role, ENDS)
            _sit(who, "zhoushan", role, ENDS)
        return Team(
            django_as,
            papers=_room("papers", "T1", "dinghai", tuple(_TEAM)),
            direct=_room("direct", "T1", "zhoushan", tuple(_TEAM)),
            others_papers=_room("papers", "T2", "dinghai", ("ruan",)),
            others_direct=_room("direct", "T2", "zhoushan", ("ruan",)),
        )


def _sit(who: str, office: str, role: Role, until: date | None = None) -> None:
    Membership.objects.create(
        tenant_id=_OFFICES[office][0],
        user_id=_PEOPLE[who][0],
        role=role,
        since_on=SEATED_SINCE,
        until_on=until,
    )


def _room(purpose: str, team: str, office: str, members: tuple[str, ...]) -> Room:
    tenant = _OFFICES[office][0]
    room = Room.objects.create(
        tenant_id=tenant,
        purpose=purpose,
        lead_id=_OFFICES["zhoushan"][0],
        round_number=1,
        round_name="第三轮交叉巡察",
        mode="ring",
        publication=1,
        host_id=_OFFICES["dinghai"][0],
        team_code=team,
        team_name=f"第{team[1:]}巡察组",
        document_number="定委〔2026〕12号",
        authorised_by="定海区委",
        opened_by="林知远",
        opened_at=now(),
        starts_on=BEGINS,
        until_on=ENDS,
    )
    RoomUnit.objects.create(
        tenant_id=tenant,
        room=room,
        code=UNIT_CODE,
        name=UNIT_NAME,
        starts_on=BEGINS,
        ends_on=ENDS,
    )
    may = handle()
    for who in members:
        number, name = _PEOPLE[who]
        RoomMember.objects.create(content_object=room, user_id=number, permission=may)
        RoomSeat.objects.create(
            tenant_id=tenant,
            room=room,
            origin_id=_OFFICES["shengsi"][0],
            person_number=who,
            name=name,
            role={"tang": "leader", "gu": "deputy"}.get(who, "member"),
            is_local=False,
            user_id=number,
        )
    return room


def handle() -> ModelPermission:
    """What a room's members are named with."""
    return ModelPermission.objects.get(
        codename="handle", content_type__app_label="sharing", content_type__model="room"
    )
