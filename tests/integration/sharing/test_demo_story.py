"""The demo's story: every part of it stands where a visitor looks, told by the services alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kernel.clock import now
from scheduling.models.rosters import InspectedUnit
from sharing.access.due_days import days_of
from sharing.domain.corroboration.moments import Moments
from sharing.domain.corroboration.telling import TellingRules
from sharing.management import demo_feedback
from sharing.management.demo_cast import Office, city_of, county_of
from sharing.management.demo_corroboration import compare_clues
from sharing.management.demo_story import tell_story
from sharing.models.corroboration import HitNotice
from sharing.models.dictionary import FindingCategory
from sharing.models.hand_over import HandOverList
from sharing.models.interference import InterferenceEntry
from sharing.models.letters import Letter
from sharing.models.office_clues import OfficeClue
from sharing.models.papers import WorkingPaper
from sharing.models.rectification import RectificationItem
from sharing.models.rooms import RoomUnit
from sharing.models.share_grants import ShareDisclosure, ShareGrant, ShareNote
from sharing.models.weekly import WeeklyReport
from sharing.selectors.rectification import overdue
from sharing.services.dictionary import add_category, begin_with_standard
from sharing.services.matching import Course, look
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tests.people import _OFFICES, SEATED_SINCE, acting
from tests.teams import BEGINS, ENDS, Team

COUNTY = ("lin", "wu", "he", "luo", "shen", "qiao", "bai")


@pytest.fixture
def told(team: Team) -> tuple[Office, Office]:
    """The story, on the ground of teams, with what the demo's registries and dictionary have."""
    lin, zhao = team.actor("lin"), team.actor("zhao")
    with team.django_as("owner"):
        for office in (team.papers, team.direct):
            RoomUnit.objects.create(
                tenant_id=office.tenant_id, room=office, code="dh-health", name="定海区卫生健康局",
                starts_on=BEGINS, ends_on=ENDS,
            )  # fmt: skip
        Membership.objects.create(
            tenant_id=_OFFICES["zhoushan"][0], user_id=team.actor("xu").person_id,
            role=Role.UNIT_LIAISON, since_on=SEATED_SINCE,
        )  # fmt: skip
        _registry(lin, ("dh-edu", "dh-health", "dh-财政局"), team)
        _registry(zhao, ("zs-one",), team)
    with acting(lin):
        begin_with_standard(actor=lin)
        heading = FindingCategory.objects.get(tenant_id=lin.tenant_id, code="U1")
        for title in sorted({title for title, _text in demo_feedback.FINDINGS}):
            add_category(actor=lin, title=title, heading=heading.pk)
    host = county_of(team.actor(who) for who in COUNTY)
    liaison = replace(team.actor("xu"), roles=frozenset({Role.UNIT_LIAISON}))
    city = city_of([team.actor("chen"), zhao, team.actor("qin"), liaison])
    members = {
        office: (team.actor("mei", office), team.actor("tang", office))
        for office in ("dinghai", "zhoushan")
    }
    beside = [county_of([team.actor("jiang"), team.actor("ye")]), _of_putuo(team)]
    [line] = tell_story(host, city, beside, in_host=members["dinghai"], in_city=members["zhoushan"])
    assert line.strip().startswith("4 findings fed back, 10 older items")
    return host, city


def _of_putuo(team: Team) -> Office:
    """A third county, where the director works alone."""
    office = _OFFICES["putuo"][0]
    number, name, role = 9121, "许听澜", Role.COUNTY_DIRECTOR
    with team.django_as("owner"):
        User(pk=number, username=f"u{number}", display_name=name, password="!").save(
            force_insert=True
        )
        Membership.objects.create(
            tenant_id=office, user_id=number, role=role, since_on=SEATED_SINCE
        )
    with in_office(office, number):
        director = Actor.seated(user_id=number, tenant_id=office)
    assert director is not None
    return county_of([director])


def _registry(actor: Actor, codes: tuple[str, ...], team: Team) -> None:
    with team.django_as("worker"), acting(actor):
        InspectedUnit.objects.bulk_create(
            InspectedUnit(
                tenant_id=actor.tenant_id, code=code, name=f"单位{code}", name_key=code,
                kind="department", risk=3, days=10, fact_hash="", updated_at=now(),
            )
            for code in codes
        )  # fmt: skip


def _states(model: Any, actor: Actor) -> Counter[str]:
    with acting(actor):
        rows = model.objects.filter(tenant_id=actor.tenant_id)
        return Counter(rows.values_list("state", flat=True))


def test_a_visitor_finds_every_part_of_it(told: tuple[Office, Office]) -> None:
    host, city = told
    assert _states(WorkingPaper, host.director) == {"rectifying": 3, "fed_back": 1}
    states = _states(RectificationItem, host.director)
    assert set(states) == {
        "assigned", "plan_drafted", "in_progress", "claimed_done", "closed_out",
    }  # fmt: skip
    assert _states(Letter, host.director) == {"sent": 1, "closed": 1, "draft": 1}
    assert _states(OfficeClue, host.director) == {"handed_over": 1}
    assert _states(OfficeClue, city.director) == {"acknowledged": 1, "leader_signed": 1}
    assert _states(Letter, city.director) == {"sent": 1}
    for office in (host, city):
        with acting(office.director):
            items = RectificationItem.objects.filter(tenant_id=office.director.tenant_id)
            assert items.filter(overdue(days_of(office.director.tenant_id))).exists()
            assert HandOverList.objects.count() == 1
    with acting(host.director):
        assert RectificationItem.objects.filter(sent_back=1).count() == 1
        assert WeeklyReport.objects.get().signed_by == "唐思远"
    with acting(city.director):
        assert InterferenceEntry.objects.count() == 1


def test_counties_ask_one_another_and_one_reads_what_it_was_shown(
    told: tuple[Office, Office], team: Team
) -> None:
    host, _city = told
    jiang = team.actor("jiang")

    assert _states(ShareGrant, host.director) == {"active": 2, "asked": 1, "prepared": 1}
    with acting(host.director):
        assert ShareDisclosure.objects.filter(tenant_id=host.director.tenant_id).count() == 3
        assert ShareGrant.objects.filter(receiver_id=host.director.tenant_id).count() == 2
    with acting(jiang):
        assert ShareNote.objects.count() == 1


def test_where_somebody_is_missing_nothing_is_told(team: Team) -> None:
    pair = (team.actor("mei"), team.actor("tang"))
    host = county_of(team.actor(who) for who in ("lin", "wu"))
    city = city_of([team.actor("chen"), team.actor("zhao")])
    assert tell_story(host, city, [], in_host=pair, in_city=pair) == []


def test_two_offices_of_the_demo_are_told_of_related_clues(
    told: tuple[Office, Office], team: Team, settings: Any, tmp_path: Path
) -> None:
    host, city = told
    settings.MATCHER_PUBLIC_KEY, settings.MATCHER_KEYS_FOLDER = b"", tmp_path / "matcher-keys"
    moments = Moments(settings.MATCHING_FIRST_DAY, settings.MATCHING_EVERY_DAYS)
    with team.django_as("owner"):
        look(now(), Course(TellingRules(moments)))  # the demo's own matcher was quicker
        assert compare_clues(city, host) == 2

    for office, state in ((host, "proposed"), (city, "told")):
        with acting(office.director):
            assert HitNotice.objects.get().state == state
