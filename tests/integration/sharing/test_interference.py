"""Who asked or interceded: past the host county, past the leader where the member says so (leak case 4)."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from kernel.clock import today
from kernel.errors import NotAllowed, NotVisible
from sharing.access.interference import access_entry, entries_visible_to
from sharing.domain.interference import Approach, Outcome
from sharing.errors.clues import NoDirectRoom
from sharing.errors.informants import DealtWithAlready, HappenedInTheFuture
from sharing.models.interference import InterferenceEntry
from sharing.services.interference import (
    EntryDraft,
    deal_with_interference,
    register_interference,
)
from tests.people import acting
from tests.teams import Team


def draft(**changes: object) -> EntryDraft:
    fields: dict[str, object] = {
        "who": "卓某",
        "post": "定海区某局副局长",
        "approach": Approach.INTERCEDED,
        "happened_on": today(),
        "how": "电话",
        "about": "询问对教育局的巡察发现",
    }
    return EntryDraft(**(fields | changes))  # type: ignore[arg-type]


def entry(team: Team, **changes: object) -> int:
    mei = team.actor("mei", "zhoushan")
    with acting(mei):
        return int(register_interference(actor=mei, draft=draft(**changes)).pk)


def sees(team: Team, who: str, number: int) -> bool:
    """By access and by the database, which agree."""
    actor = team.actor(who, "zhoushan")
    with acting(actor):
        seen = entries_visible_to(actor).filter(pk=number).exists()
        assert InterferenceEntry.objects.filter(pk=number).exists() is seen, who
        if not seen:
            with pytest.raises(NotVisible):
                access_entry(actor, number)
    return seen


def test_leak_case_4_the_city_and_the_team_s_leader_read_it_the_counties_never(team: Team) -> None:
    number = entry(team)

    assert {who for who in ("mei", "tang", "zhao", "qin") if sees(team, who, number)} == {
        *("mei", "tang", "zhao", "qin")
    }
    others = ("gu", "ruan", "lin", "wu", "he", "luo", "shen", "bai", "jiang", "xu", "chen", "song")
    assert not [who for who in others if sees(team, who, number)]


def test_a_member_may_choose_that_the_leader_reads_nothing(team: Team) -> None:
    number = entry(team, past_leader=True)

    assert not sees(team, "tang", number)
    for who in ("mei", "zhao", "qin"):
        assert sees(team, who, number)


def test_the_city_says_what_is_done_and_the_end_stands(team: Team) -> None:
    number = entry(team)
    mei, zhao, qin = team.actor("mei", "zhoushan"), team.actor("zhao"), team.actor("qin")

    with acting(mei):
        with pytest.raises(NotAllowed):
            deal_with_interference(actor=mei, number=number, outcome=Outcome.NOTED)
        with pytest.raises(IntegrityError, match="the city says"), transaction.atomic():
            InterferenceEntry.objects.filter(pk=number).update(outcome="noted")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            InterferenceEntry.objects.filter(pk=number).update(about="无")
    with acting(zhao):
        done = deal_with_interference(actor=zhao, number=number, outcome=Outcome.TALKED_TO)
        assert (done.outcome, done.outcome_by_name) == ("talked_to", "赵望舒")
    with acting(qin):
        deal_with_interference(actor=qin, number=number, outcome=Outcome.TO_DISCIPLINE)
        with pytest.raises(DealtWithAlready):
            deal_with_interference(actor=qin, number=number, outcome=Outcome.NOTED)


def test_it_is_registered_in_the_direct_room_and_of_the_past(team: Team) -> None:
    papers, direct = team.actor("mei"), team.actor("mei", "zhoushan")

    with acting(papers), pytest.raises(NoDirectRoom):
        register_interference(actor=papers, draft=draft(), room=team.papers.pk)
    with acting(direct), pytest.raises(HappenedInTheFuture):
        register_interference(actor=direct, draft=draft(happened_on=today().replace(year=2098)))
