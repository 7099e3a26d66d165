"""Clues of two cities: one about a cadre of the city, one of its first county; sealed and asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Permission as ModelPermission

from kernel.clock import now
from sharing.domain.interference import Approach
from sharing.models.corroboration import HitNotice
from sharing.models.office_clues import OfficeClue
from sharing.models.rooms import Room, RoomMember, RoomSeat
from sharing.services import clue_parties, clues, handing_over, informants
from sharing.services.answering_hits import answer_hit
from sharing.services.clues import ClueDraft
from sharing.services.interference import EntryDraft, register_interference
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Office
from tests.integration.scheduling.world import acting
from tests.security.canaries import Canaries

RoleSwitch = Callable[[str], AbstractContextManager[None]]
TEAM = (Role.TEAM_LEADER, Role.DEPUTY_LEADER, Role.TEAM_MEMBER)
MET_ON = date(2026, 9, 1)


def direct_room(city: Office, host: Office, actors: Mapping[str, Actor]) -> Room:
    """Past the fence: the city's own three seats are the team."""
    room = Room.objects.create(
        tenant_id=city.pk,
        purpose="direct",
        lead_id=city.pk,
        round_number=1,
        round_name="轮次",
        mode="ring",
        publication=1,
        host_id=host.pk,
        team_code="T1",
        team_name="第一组",
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
    for role in TEAM:
        person = actors[f"{city.code}/{role}"]
        RoomMember.objects.create(content_object=room, user_id=person.person_id, permission=may)
        RoomSeat.objects.create(
            tenant_id=city.pk,
            room=room,
            origin_id=host.pk,
            person_number=role,
            name=person.name,
            role={Role.TEAM_LEADER: "leader", Role.DEPUTY_LEADER: "deputy"}.get(role, "member"),
            is_local=False,
            user_id=person.user_id,
        )
    return room


def lay_clues(city: Office, host: Office, actors: Mapping[str, Actor], mark: Canaries) -> None:
    """By the services: registered, signed, handed over in both offices; one more in the team alone."""
    Path(settings.KEYS_FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    leader, deputy, member = (actors[f"{city.code}/{role}"] for role in TEAM)
    director = actors[f"{city.code}/{Role.CITY_DIRECTOR}"]
    mark.teams |= {leader.person_id, deputy.person_id, member.person_id}
    with acting(member):
        about = {
            "city_managed": _draft(mark, city.pk, "own", "city_managed"),
            "county_managed": _draft(mark, host.pk, "routed", "county_managed"),
        }
        signed = [clues.register_clue(actor=member, draft=one).pk for one in about.values()]
        clues.register_clue(actor=member, draft=_draft(mark, city.pk, "own", "lower"))
        sealed = {
            name: mark(city.pk, "sealed", f"informant's {name}") for name in informants.FIELDS
        }
        informants.enter_informant(actor=member, number=signed[0], identity=sealed)
        entry = EntryDraft(
            who=mark(city.pk, "own", "who asked"),
            post=mark(city.pk, "own", "post of who asked"),
            approach=Approach.INTERCEDED,
            happened_on=MET_ON,
            how=mark(city.pk, "own", "how they asked"),
            about=mark(city.pk, "own", "what they asked about"),
        )
        register_interference(actor=member, draft=entry)
    for number in signed:
        with acting(leader):
            clues.judge_clue(actor=leader, number=number, judgement="screened", met_on=MET_ON)
            clues.sign_clue(actor=leader, number=number)
    for one in (director, actors[f"{host.code}/{Role.COUNTY_DIRECTOR}"]):
        with acting(one):
            [number] = OfficeClue.objects.values_list("pk", flat=True)
            handing_over.take_in(actor=one, number=number)
            handing_over.seal_list(actor=one, clues=[number])
    custodian = actors[f"{city.code}/{Role.DISCIPLINE_BODY}"]
    with acting(director):
        informants.name_custodian(actor=director, person=custodian.person_id)


def lay_hit(django_as: RoleSwitch, actor: Actor, mark: Canaries) -> None:
    """Whom the clue names, one asked about and one not; and, as the matcher tells it, a hit that was
    answered. The reason of an answer is the own side's alone."""
    with acting(actor):
        [clue] = OfficeClue.objects.values_list("pk", flat=True)
        noted = {"person_name": "骆怀川", "id_number": "330902197003070013"}
        party = clue_parties.note_party(actor=actor, number=clue, written=noted)
        clue_parties.ask_about(actor=actor, number=clue, party=party.pk)
        clue_parties.note_party(actor=actor, number=clue, written={"phone": "13905800000"})
    told = now() - timedelta(days=1)
    with django_as("superuser"):
        notice = HitNotice.objects.create(
            pk=clue + 1,
            tenant_id=actor.tenant_id,
            clue_id=clue,
            about="person",
            told_at=told,
            answer_until=told + timedelta(days=999),
        )
    reason = mark(actor.tenant_id, "own", f"why a hit was refused by {actor.tenant_id}")
    with acting(actor):
        answer_hit(actor=actor, number=notice.pk, act="refused", reason=reason)


def _draft(mark: Canaries, office: int, kind: str, level: str) -> ClueDraft:
    def words(what: str) -> str:
        return mark(office, kind, f"{level}: {what}")

    return ClueDraft(
        subject_name=words("subject of a clue"),
        subject_unit=words("unit of a subject"),
        subject_post=words("post of a subject"),
        management_level=level,
        source_kind="files",
        gist=words("gist of a clue"),
        evidence=(words("evidence of a clue"),),
    )
