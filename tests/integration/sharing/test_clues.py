"""A clue from its register to its end: whose it is at each place, and who never hears of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from kernel.clock import today
from kernel.errors import DomainError, NotAllowed, NotVisible
from sharing.access.clues import clues_of_team, routes_watched_by
from sharing.access.office_clues import lists_visible_to, office_clues_visible_to
from sharing.domain.clues import Disposal
from sharing.domain.hand_over import sealed_with
from sharing.domain.outcomes import OutcomeCode
from sharing.errors.clues import (
    ClueNotToHandOver,
    ClueNotYours,
    ListAlreadyAcknowledged,
    NoDirectRoom,
    NothingToReceive,
    OutcomesDoNotHold,
)
from sharing.errors.walking import StepLacks, StepOutOfTurn, StepWantsAReason
from sharing.models.clues import Clue, ClueRoute, ClueStep
from sharing.models.hand_over import HandOverEntry, HandOverList
from sharing.models.office_clues import ClueOutcome, OfficeClue, OfficeClueStep
from sharing.services import clues, disposing, handing_over
from tenancy.models import AuditEntry
from tests.clues import (
    CITY_MANAGED,
    LOWER,
    arrived,
    draft,
    handed_over,
    received,
    registered,
    signed,
)
from tests.people import acting
from tests.teams import Team

OF_CLUES = (
    "sharing_clue",
    "sharing_cluestep",
    "sharing_clueroute",
    "sharing_officeclue",
    "sharing_officecluestep",
    "sharing_cluetie",
    "sharing_clueoutcome",
    "sharing_handoverlist",
    "sharing_handoverentry",
)


def rows_seen(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_a_member_registers_the_leader_judges_and_signs(team: Team) -> None:
    number = signed(team)
    tang = team.actor("tang", "zhoushan")

    with acting(tang):
        clue = Clue.objects.get(pk=number)
        steps = list(ClueStep.objects.order_by("number").values_list("act", "hand", "by_name"))
    assert (clue.state, clue.registered_by_name) == ("leader_signed", "梅若溪")
    assert steps == [
        ("screened", "team_leader", "唐思远"),
        ("signed", "team_leader", "唐思远"),
    ]


def test_of_the_team_the_leaders_see_all_and_a_member_their_own(team: Team) -> None:
    number = registered(team)

    for who, sees in (("mei", True), ("tang", True), ("gu", True), ("ruan", False)):
        actor = team.actor(who, "zhoushan")
        with acting(actor):
            assert clues_of_team(actor).filter(pk=number).exists() is sees
            assert Clue.objects.filter(pk=number).exists() is sees, "the database says the same"
    gu = team.actor("gu", "zhoushan")
    with acting(gu):
        clues.register_clue(actor=gu, draft=draft(subject_name="他人"))
    mei = team.actor("mei", "zhoushan")
    with acting(mei):
        assert Clue.objects.count() == clues_of_team(mei).count() == 1


@pytest.mark.parametrize("level", [CITY_MANAGED, LOWER])
@pytest.mark.parametrize("who", ["zhao", "qin", "xu", "chen", "lin", "luo", "he", "wu", "jiang"])
def test_until_it_is_signed_nobody_beside_the_team_reads_a_word(
    team: Team, who: str, level: str
) -> None:
    number = registered(team, management_level=level)
    actor = team.actor(who)

    with acting(actor):
        assert {table: rows_seen(table) for table in OF_CLUES} == dict.fromkeys(OF_CLUES, 0)
        for call in (clues.sign_clue, handing_over.take_in):
            with pytest.raises((NotVisible, NotAllowed)):
                call(actor=actor, number=number)


def test_the_text_is_its_writers_until_the_meeting_has_judged(team: Team) -> None:
    number = registered(team)
    mei, tang = team.actor("mei", "zhoushan"), team.actor("tang", "zhoushan")

    with acting(tang):
        with pytest.raises(ClueNotYours):
            clues.amend_clue(actor=tang, number=number, draft=draft(gist="改写"))
        with pytest.raises(IntegrityError, match="until the meeting"), transaction.atomic():
            Clue.objects.filter(pk=number).update(gist="改写")
    with acting(mei):
        clues.amend_clue(actor=mei, number=number, draft=draft(gist="补充后的概要"))
    with acting(tang):
        clues.judge_clue(actor=tang, number=number, judgement="screened", met_on=today())
    with acting(mei):
        with pytest.raises(ClueNotYours):
            clues.amend_clue(actor=mei, number=number, draft=draft(gist="再改"))
        with pytest.raises(IntegrityError, match="until the meeting"), transaction.atomic():
            Clue.objects.filter(pk=number).update(gist="再改")
        assert Clue.objects.get().gist == "补充后的概要"


def test_the_meeting_holds_it_to_be_something_else(team: Team) -> None:
    tang = team.actor("tang", "zhoushan")
    for judgement, state in (
        ("found_general", "not_a_clue"),
        ("found_out_of_scope", "out_of_scope"),
    ):
        number = registered(team)
        with acting(tang):
            with pytest.raises(StepWantsAReason):
                clues.judge_clue(actor=tang, number=number, judgement=judgement, met_on=today())
            clue = clues.judge_clue(
                actor=tang, number=number, judgement=judgement, met_on=today(), reason="属一般问题"
            )
            assert clue.state == state
            with pytest.raises(StepOutOfTurn):
                clues.sign_clue(actor=tang, number=number)


def test_what_the_meeting_needs_is_asked_for(team: Team) -> None:
    number = registered(team, evidence=())
    tang = team.actor("tang", "zhoushan")

    with acting(tang), pytest.raises(StepLacks) as refused:
        clues.judge_clue(actor=tang, number=number, judgement="screened", met_on=None)
    assert set(refused.value.fields) == {"met_on", "evidence"}


def test_a_county_managed_clue_arrives_in_the_county_and_the_city_reads_its_state_alone(
    team: Team,
) -> None:
    lin, zhao, qin = team.actor("lin"), team.actor("zhao"), team.actor("qin")
    number = arrived(team, lin)

    with acting(lin):
        clue = office_clues_visible_to(lin).get(pk=number)
        assert (clue.state, clue.subject_name, clue.signed_by) == (
            "leader_signed",
            "骆怀川",
            "唐思远",
        )
        handing_over.take_in(actor=lin, number=number)
    with acting(zhao):
        route = routes_watched_by(zhao).get()
        assert (route.office.short_name, route.state) == ("定海区", "taken_in")
        assert not office_clues_visible_to(zhao).exists()
        assert rows_seen("sharing_officeclue") == rows_seen("sharing_clue") == 0
    for other in ("jiang", "wu", "he", "bai", "qiao", "shen", "qin", "luo"):
        actor = team.actor(other)
        with acting(actor):
            assert rows_seen("sharing_officeclue") == rows_seen("sharing_clue") == 0, other
    assert qin


def seen_by(team: Team, who: str) -> dict[str, Any]:
    """Everything that somebody's office can reach: every row of every table that the web may read,
    and its record."""
    actor = team.actor(who)
    with acting(actor):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.relname FROM pg_class AS c WHERE c.relkind = 'r' AND"
                " c.relnamespace = 'public'::regnamespace AND"
                " has_table_privilege(current_user, c.oid, 'SELECT') ORDER BY 1"
            )
            tables = [name for (name,) in cursor.fetchall()]
        seen: dict[str, Any] = {}
        for table in tables:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT t::text FROM {table} AS t ORDER BY 1")
                seen[table] = cursor.fetchall()
        seen["record"] = list(AuditEntry.objects.order_by("pk").values())
    return seen


def test_leak_case_3_of_a_city_managed_clue_the_host_county_has_nothing(team: Team) -> None:
    """Every row of every table that anybody of the county can reach is the same as before, through
    the whole life of the clue; the numbers of the next one of theirs go on without a gap."""
    zhao, lin, luo, qin = (team.actor(who) for who in ("zhao", "lin", "luo", "qin"))
    first = arrived(team, lin)
    with acting(lin):
        assert handing_over.take_in(actor=lin, number=first).number == 1
    before = {who: seen_by(team, who) for who in ("lin", "luo", "wu", "he", "bai")}

    number = received(team, zhao, qin, management_level=CITY_MANAGED, subject_name="卓云帆")
    with acting(qin):
        disposing.choose_disposal(actor=qin, number=number, disposal=Disposal.PRELIMINARY_CHECK)
        disposing.tell_result(actor=qin, number=number, outcomes=[(1, OutcomeCode.ADMONITION)])
    with acting(zhao):
        disposing.close_clue(actor=zhao, number=number)

    for who, seen in before.items():
        assert seen_by(team, who) == seen, who
    next_ = arrived(team, lin)
    with acting(lin):
        assert handing_over.take_in(actor=lin, number=next_).number == 2
        list_ = handing_over.seal_list(actor=lin, clues=[first, next_])
        assert list_.number == 1
    with acting(luo):
        assert handing_over.acknowledge_list(actor=luo, number=list_.pk).receipt_number == 1
    # The twin: the county's own leaves its rows in the county.
    assert seen_by(team, "lin") != before["lin"]


def test_keys_that_a_county_sees_are_of_no_sequence(team: Team) -> None:
    lin = team.actor("lin")
    numbers = [arrived(team, lin) for _ in range(3)]

    assert all(10**14 <= one < 10**15 for one in numbers)
    assert sorted(numbers) != list(range(min(numbers), min(numbers) + 3))


def test_the_whole_way_to_the_end(team: Team) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    number, list_ = handed_over(team, lin)

    with acting(luo):
        sealed = lists_visible_to(luo).get()
        assert sealed.sha256 == sealed_with(sealed.document)
        told = json.loads(sealed.document)
        assert told["clues"][0]["subject"]["name"] == "骆怀川"
        assert told["clues"][0]["number"] == {"year": today().year, "number": 1}
        handing_over.acknowledge_list(actor=luo, number=list_.pk)
        clue = OfficeClue.objects.get(pk=number)
        assert clue.result_due_on is not None
        assert clue.disposal_due_on is not None
        assert clue.next_due_on == clue.disposal_due_on > today()
        disposing.choose_disposal(actor=luo, number=number, disposal=Disposal.TALK_INQUIRY)
        disposing.begin_disposal(actor=luo, number=number)
    with acting(lin):
        with pytest.raises(StepLacks):
            disposing.urge_clue(actor=lin, number=number, letter=" ")
        disposing.urge_clue(actor=lin, number=number, letter="定巡办函〔2026〕9号")
    with acting(luo):
        with pytest.raises(OutcomesDoNotHold):
            disposing.tell_result(actor=luo, number=number, outcomes=[])
        disposing.tell_result(actor=luo, number=number, outcomes=[(1, OutcomeCode.TALK)])
    with acting(lin):
        disposing.ask_clue_again(actor=lin, number=number, reason="请补充另一人的情况")
    with acting(luo):
        disposing.tell_result(
            actor=luo,
            number=number,
            outcomes=[(1, OutcomeCode.ADMONITION), (2, OutcomeCode.PARTY_WARNING)],
        )
    with acting(lin):
        assert disposing.close_clue(actor=lin, number=number).state == "closed"
        assert list(
            ClueOutcome.objects.order_by("pk").values_list("telling", "person", "code")
        ) == [(1, 1, "talk"), (2, 1, "admonition"), (2, 2, "party_warning")]
    zhao = team.actor("zhao")
    with acting(zhao):
        assert ClueRoute.objects.get().state == "closed"


def test_returned_it_goes_on_another_list_and_counts_its_days_anew(team: Team) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    number = received(team, lin, luo)

    with acting(luo):
        with pytest.raises(StepWantsAReason):
            disposing.return_clue(actor=luo, number=number, reason="")
        disposing.return_clue(actor=luo, number=number, reason="证据不足")
    with acting(lin):
        clue = OfficeClue.objects.get(pk=number)
        assert (clue.state, clue.disposal_due_on, clue.number) == ("taken_in", None, 1)
        again = handing_over.seal_list(actor=lin, clues=[number])
        assert again.number == 2
    with acting(luo):
        assert handing_over.acknowledge_list(actor=luo, number=again.pk).receipt_number == 2


def test_a_list_whose_clues_all_came_back_has_no_receipt(team: Team) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    number, list_ = handed_over(team, lin)

    with acting(luo):
        disposing.return_clue(actor=luo, number=number, reason="不属本机关管辖")
        with pytest.raises(NothingToReceive):
            handing_over.acknowledge_list(actor=luo, number=list_.pk)


def test_a_list_is_signed_once_by_each_side(team: Team) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    number, list_ = handed_over(team, lin)

    with acting(lin):
        with pytest.raises(ClueNotToHandOver):
            handing_over.seal_list(actor=lin, clues=[number])
        with pytest.raises(NotAllowed):
            handing_over.acknowledge_list(actor=lin, number=list_.pk)
        with pytest.raises(IntegrityError, match="once"), transaction.atomic():
            HandOverList.objects.filter(pk=list_.pk).update(acknowledged_at=list_.signed_at)
        for change in ({"document": "{}"}, {"number": 7}, {"signed_by_name": "他人"}):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                HandOverList.objects.filter(pk=list_.pk).update(**change)
    with acting(luo):
        handing_over.acknowledge_list(actor=luo, number=list_.pk)
        with pytest.raises(ListAlreadyAcknowledged):
            handing_over.acknowledge_list(actor=luo, number=list_.pk)


def test_no_sql_leads_past_the_signatures(team: Team) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    number = arrived(team, lin)

    def step(act: str, hand: str, after: str) -> None:
        with transaction.atomic():
            OfficeClueStep.objects.create(
                tenant_id=lin.tenant_id, record_id=number, act=act, hand=hand, after=after
            )

    with acting(lin):
        for act, after in (("handed_over", "handed_over"), ("closed", "closed")):
            with pytest.raises(IntegrityError):
                step(act, "office_director", after)
        handing_over.take_in(actor=lin, number=number)
        with pytest.raises(IntegrityError, match="lacks a signed list"):
            step("handed_over", "office_director", "handed_over")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            OfficeClue.objects.filter(pk=number).update(state="closed")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            OfficeClue.objects.filter(pk=number).update(gist="改写")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            OfficeClue.objects.create(tenant_id=lin.tenant_id, state="leader_signed")
        list_ = handing_over.seal_list(actor=lin, clues=[number])
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOverEntry.objects.create(
                tenant_id=lin.tenant_id, list=list_, clue_id=number, place=2
            )
    with acting(luo):
        with pytest.raises(IntegrityError, match="lacks a receipt"):
            step("acknowledged", "discipline_body", "acknowledged")
        handing_over.acknowledge_list(actor=luo, number=list_.pk)
        with pytest.raises(IntegrityError, match="lacks a way"):
            step("disposal_chosen", "discipline_body", "disposal_chosen")
        disposing.choose_disposal(actor=luo, number=number, disposal=Disposal.SHELVED)
        with pytest.raises(IntegrityError, match="lacks coded outcomes"):
            step("result_told", "discipline_body", "result_returned")
    with acting(lin), pytest.raises(IntegrityError), transaction.atomic():
        ClueOutcome.objects.create(
            tenant_id=lin.tenant_id, clue_id=number, person=1, code="admonition"
        )


def test_the_discipline_body_sees_a_clue_from_the_day_it_is_handed_over(team: Team) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    number = arrived(team, lin)

    def sees() -> bool:
        with acting(luo):
            seen = office_clues_visible_to(luo).filter(pk=number).exists()
            assert seen == OfficeClue.objects.filter(pk=number).exists()
            return seen

    assert not sees()
    with acting(lin):
        handing_over.take_in(actor=lin, number=number)
    assert not sees()
    with acting(lin):
        handing_over.seal_list(actor=lin, clues=[number])
    assert sees()


def test_r19_a_declared_tie_takes_the_clue_out_of_their_sight(team: Team) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    number, list_ = handed_over(team, lin)

    with acting(luo):
        disposing.declare_tie(actor=luo, number=number)
        assert not office_clues_visible_to(luo).exists()
        assert not lists_visible_to(luo).exists()
        assert all(rows_seen(table) == 0 for table in OF_CLUES if table != "sharing_cluetie")
        with pytest.raises(NotVisible):
            handing_over.acknowledge_list(actor=luo, number=list_.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            OfficeClueStep.objects.create(
                tenant_id=luo.tenant_id,
                record_id=number,
                act="returned",
                hand="discipline_body",
                after="taken_in",
            )
        assert AuditEntry.objects.filter(action="sharing.clue.tie_declared").count() == 1
    with acting(lin):
        assert office_clues_visible_to(lin).filter(pk=number).exists()
        assert rows_seen("sharing_cluetie") == 0, "with whom luo has a tie is nobody else's"


def test_r19_whoever_bears_the_subject_s_name_never_sees_it(team: Team) -> None:
    lin, zhao = team.actor("lin"), team.actor("zhao")
    signed(team, subject_name=lin.name)
    signed(team, subject_name=zhao.name, management_level=CITY_MANAGED)

    for actor in (lin, zhao):
        with acting(actor):
            assert not office_clues_visible_to(actor).exists()
            assert rows_seen("sharing_officeclue") == 0


def test_without_a_direct_room_nothing_is_registered(team: Team) -> None:
    for office in ("dinghai",):
        mei = team.actor("mei", office)
        with acting(mei):
            with pytest.raises(NoDirectRoom):
                clues.register_clue(actor=mei, draft=draft())
            with pytest.raises(NoDirectRoom):
                clues.register_clue(actor=mei, draft=draft(), room=team.papers.pk)
            with pytest.raises(IntegrityError, match="direct room"), transaction.atomic():
                Clue.objects.create(
                    tenant_id=mei.tenant_id,
                    room=team.papers,
                    registered_by_id=mei.person_id,
                    **draft().as_fields(),
                )


def test_evidence_has_a_limit(team: Team) -> None:
    mei = team.actor("mei", "zhoushan")
    with acting(mei), pytest.raises(DomainError):
        clues.register_clue(actor=mei, draft=draft(evidence=["x" * 501]))


@pytest.mark.parametrize("table", OF_CLUES)
def test_no_worker_reads_or_writes_a_clue(team: Team, table: str) -> None:
    with team.django_as("worker"), connection.cursor() as cursor:
        for what in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            asked = "has_table_privilege" if what == "DELETE" else "has_any_column_privilege"
            cursor.execute(f"SELECT {asked}(%s, %s)", [table, what])
            assert cursor.fetchone() == (False,)
