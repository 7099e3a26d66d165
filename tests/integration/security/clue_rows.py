"""Of clues and what belongs to them one row each, for the table of roles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Permission as ModelPermission

from kernel.clock import now, today
from sharing.domain.interference import Approach
from sharing.models.corroboration import HitNotice
from sharing.models.office_clues import OfficeClue
from sharing.models.rooms import Room, RoomMember, RoomSeat
from sharing.services import clues, handing_over, informants
from sharing.services.interference import EntryDraft, register_interference
from tenancy.actor import Actor
from tests.clues import draft
from tests.integration.scheduling.world import World, acting

LEADER, DEPUTY, MEMBER = "city_team_leader", "city_deputy_leader", "city_team_member"
TEAM = (LEADER, DEPUTY, MEMBER)


def rows_of_clues(world: World, people: Mapping[str, Actor]) -> dict[str, int]:
    """A clue registered by the city's team member, another one handed over in Dinghai; what is
    sealed, its custodian the city's discipline body; an approach that was registered."""
    with world.django_as("superuser"):
        room = _room(world, people)
    leader, member = people[LEADER], people[MEMBER]
    lin, zhao, city_discipline = world.lin, world.zhao, people["city_discipline"]
    Path(settings.KEYS_FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    with acting(member):
        mine = clues.register_clue(actor=member, draft=draft()).pk
        signed = clues.register_clue(actor=member, draft=draft()).pk
        sealed = informants.enter_informant(actor=member, number=signed, identity={"name": "某"}).pk
        entry = register_interference(
            actor=member,
            draft=EntryDraft("某", "某局", Approach.ASKED, date(2026, 1, 5), "电话", "情况"),
        ).pk
    with acting(leader):
        clues.judge_clue(actor=leader, number=signed, judgement="screened", met_on=today())
        clues.sign_clue(actor=leader, number=signed)
    with acting(lin):
        [kept] = OfficeClue.objects.values_list("pk", flat=True)
        handing_over.take_in(actor=lin, number=kept)
        list_ = handing_over.seal_list(actor=lin, clues=[kept]).pk
    with acting(zhao):
        person = city_discipline.person_id
        named = informants.name_custodian(actor=zhao, person=person).pk
    group = people["city_leading_group"]
    with acting(group):
        informants.confirm_custodian(actor=group, number=named)
    assert room.pk
    return {
        "clues": mine,
        "clue-ledger": kept,
        "hits": _hit(world, kept),
        "hand-over-lists": list_,
        "informants": sealed,
        "custodians": named,
        "interference": entry,
    }


def _hit(world: World, clue: int) -> int:
    """As the matcher tells it."""
    told = now() - timedelta(days=1)
    with world.django_as("superuser"):
        notice = HitNotice.objects.create(
            pk=clue + 1,
            tenant_id=world.lin.tenant_id,
            clue_id=clue,
            about="person",
            told_at=told,
            answer_until=told + timedelta(days=999),
        )
    return int(notice.pk)


def relation_to_clues(area: str, column: str, *, is_city: bool, is_dinghai: bool) -> str:
    if area == "clues":
        return "team" if column in TEAM else "foreign"
    if area in ("clue-ledger", "hand-over-lists", "hits"):
        return "own" if is_dinghai else "foreign"
    if area == "informants":
        return "own" if column == "city_discipline" else "foreign"  # the custodian
    if area == "interference" and column in (LEADER, MEMBER):
        return "team"
    # Of an approach the deputy leader reads what is their own alone.
    return "own" if is_city and column != DEPUTY else "foreign"


def _room(world: World, people: Mapping[str, Actor]) -> Room:
    city, host = world.offices["zhoushan"], world.offices["dinghai"]
    room = Room.objects.create(
        tenant_id=city.pk,
        purpose="direct",
        lead_id=city.pk,
        round_number=1,
        round_name="第三轮交叉巡察",
        mode="ring",
        publication=1,
        host_id=host.pk,
        team_code="T1",
        team_name="第1巡察组",
        document_number="x",
        authorised_by="x",
        opened_by="x",
        opened_at=now(),
        starts_on=date(2020, 1, 1),
        until_on=date(2099, 1, 1),
    )
    may = ModelPermission.objects.get(
        codename="handle", content_type__app_label="sharing", content_type__model="room"
    )
    for column in TEAM:
        person = people[column]
        RoomMember.objects.create(content_object=room, user_id=person.person_id, permission=may)
        RoomSeat.objects.create(
            tenant_id=city.pk,
            room=room,
            origin_id=world.offices["shengsi"].pk,
            person_number=column,
            name=person.name,
            role={LEADER: "leader", DEPUTY: "deputy"}.get(column, "member"),
            is_local=False,
            user_id=person.user_id,
        )
    return room
