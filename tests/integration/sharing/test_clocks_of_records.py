"""The clocks that acts begin and end: of letters, items, clues and feedback; and who reads them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from kernel.clock import today
from sharing.access.deadlines import deadlines_visible_to
from sharing.access.due_days import days_of
from sharing.domain.clues import Disposal
from sharing.domain.due_dates import Clock
from sharing.domain.letters import LetterKind
from sharing.domain.outcomes import OutcomeCode
from sharing.models.deadlines import Deadline
from sharing.models.letters import Letter
from sharing.models.office_clues import NEVER, OfficeClue
from sharing.models.rectification import RectificationItem
from sharing.selectors.deadlines import deadlines_part
from sharing.selectors.rectification_board import board
from sharing.services import disposing
from sharing.services.deadlines import pause_clock, resume_clock
from sharing.services.handing_over import acknowledge_list, seal_list, take_in
from sharing.services.letters import (
    LetterDraft,
    act_on_letter,
    draft_letter,
    reply_to_letter,
    urge_letter,
)
from sharing.services.rectifying import (
    Issue,
    ItemPlan,
    act_on_item,
    assign_from_feedback,
    claim_done,
    hand_in_plan,
    move_deadline,
)
from sharing.services.terms import set_terms
from tenancy.paging import Window
from tests.clues import CITY_MANAGED, arrived, received
from tests.integration.sharing.county import County
from tests.papers import report_of, to
from tests.people import acting
from tests.teams import Team

ALL = Window(50)
AHEAD = 200  # days: beyond every term of the profile
RoleSwitch = Callable[[str], AbstractContextManager[None]]


def waited(county: County, life: str, number: int) -> list[tuple[str, str]]:
    """(what for, how it stands), in the order in which it was begun."""
    lin = county.actor("lin")
    with acting(lin):
        rows = Deadline.objects.filter(tenant_id=lin.tenant_id, life=life, number=number)
        return list(rows.order_by("pk").values_list("clock", "state"))


def running(county: County, life: str, number: int) -> Deadline:
    lin = county.actor("lin")
    with acting(lin):
        return Deadline.objects.get(life=life, number=number, state="running")


def sent(county: County, kind: LetterKind = LetterKind.NOTIFICATION, days: int = 10) -> Letter:
    draft = LetterDraft("unit:U01", "关于共性问题的函", reply_days=days)
    letter = county.by("wu", draft_letter, kind=kind, draft=draft)
    return walked(county, letter)


def walked(county: County, letter: Letter) -> Letter:
    for who, act in (("wu", "handed_in"), ("lin", "signed"), ("wu", "sent")):
        letter = county.by(who, act_on_letter, number=letter.pk, act=act)
    return letter


def answered(county: County, letter: Letter) -> None:
    county.by("qiao", reply_to_letter, number=letter.pk, text="已办")


def test_a_letter_is_waited_for_from_its_sending_to_its_reply(county: County) -> None:
    letter = sent(county)
    clock = running(county, "letter", letter.pk)
    assert (clock.clock, clock.until_on, clock.due_on) == (
        "notification_reply", letter.due_on, letter.due_on,
    )  # fmt: skip
    assert clock.title == f"{letter.reference}《关于共性问题的函》"
    county.by("qiao", act_on_letter, number=letter.pk, act="received")
    urging = walked(county, county.by("wu", urge_letter, number=letter.pk))
    assert waited(county, "letter", urging.pk) == [("letter_reply", "running")]
    answered(county, letter)

    assert waited(county, "letter", letter.pk) == [("notification_reply", "kept")]
    assert waited(county, "letter", urging.pk) == [("letter_reply", "kept")]
    county.by("lin", act_on_letter, number=letter.pk, act="reply_returned", reason="请补充")
    assert waited(county, "letter", letter.pk)[1:] == [("notification_reply", "running")]
    assert running(county, "letter", letter.pk).until_on == letter.due_on, "the day stands"
    answered(county, letter)
    county.by("lin", act_on_letter, number=letter.pk, act="closed")
    assert [state for _, state in waited(county, "letter", letter.pk)] == ["kept", "kept"]


def test_a_reply_that_is_returned_late_has_the_term_for_what_was_returned(county: County) -> None:
    letter = sent(county, days=1)
    county.by("qiao", act_on_letter, number=letter.pk, act="received")
    answered(county, letter)
    county.by("lin", act_on_letter, number=letter.pk, act="reply_returned", reason="请补充")

    again = running(county, "letter", letter.pk)
    assert (again.clock, again.days, again.until_on) == ("resubmission", 5, None)
    lin = county.actor("lin")
    with acting(lin):
        assert Letter.objects.get(pk=letter.pk).owed_on == again.due_on


def test_an_office_s_term_is_the_letters_where_nobody_says_other(county: County) -> None:
    terms = {"profile": "reg_2017", "soon_days": 3, "steps": (1,), "reason": "会议决定"}
    county.by("lin", set_terms, seen=0, own={"notification_reply": 7}, **terms)
    letter = county.by(
        "wu", draft_letter, kind=LetterKind.NOTIFICATION, draft=LetterDraft("unit:U01", "函")
    )
    assert letter.reply_days == 7


def test_whoever_reads_the_letter_reads_its_clock(county: County) -> None:
    letter = sent(county)

    def numbers(who: str) -> list[int]:
        part = county.sees(who, deadlines_part, ALL)
        return [line.record for line in part.lines]

    assert numbers("lin") == numbers("wu") == numbers("qiao") == [letter.pk]
    assert numbers("bai") == numbers("shen") == []


def assigned(county: County, served: date, leader: str = "") -> RectificationItem:
    [item] = county.by(
        "wu", assign_from_feedback, unit_code="U01", round_name="第三轮", served_on=served,
        issues=[Issue("问题", "党的建设")], leader=leader,
    )  # fmt: skip
    return item  # type: ignore[no-any-return]


def planned(county: County, item: RectificationItem, due_on: date) -> None:
    plan = ItemPlan("整改到位", "建章立制", "甲局长", "办公室", due_on, "乙书记", today())
    county.by("qiao", hand_in_plan, number=item.pk, plan=plan)


def acts(county: County, who: str, item: RectificationItem, act: str, reason: str = "") -> None:
    county.by(who, act_on_item, number=item.pk, act=act, reason=reason)


def claimed(county: County, item: RectificationItem) -> None:
    county.by("qiao", claim_done, number=item.pk, evidence="制度文本", result="已整改")


def test_an_item_is_waited_for_turn_by_turn(county: County) -> None:
    item = assigned(county, today())
    plan = running(county, "rectification_item", item.pk)
    assert (plan.clock, plan.until_on) == ("rectification_plan", item.plan_due_on)
    assert plan.asked_unit == item.desk.name
    planned(county, item, today() + timedelta(days=AHEAD))
    assert waited(county, "rectification_item", item.pk) == [("rectification_plan", "kept")]
    acts(county, "wu", item, "plan_returned", "措施不具体")
    planned(county, item, today() + timedelta(days=AHEAD))
    acts(county, "lin", item, "plan_accepted")
    assert running(county, "rectification_item", item.pk).clock == "long_term"
    sooner = item.concentrated_until
    county.by("lin", move_deadline, number=item.pk, due_on=sooner, reason="提前")
    moved = running(county, "rectification_item", item.pk)
    assert (moved.clock, moved.until_on) == ("concentrated_period", sooner)
    claimed(county, item)
    acts(county, "shen", item, "checked_not_done", "佐证不足")
    assert running(county, "rectification_item", item.pk).until_on == sooner
    claimed(county, item)
    acts(county, "shen", item, "checked_done")
    acts(county, "lin", item, "closed_out")

    assert waited(county, "rectification_item", item.pk) == [
        ("rectification_plan", "kept"),
        ("rectification_plan", "kept"),
        ("long_term", "stopped"),
        ("concentrated_period", "kept"),
        ("concentrated_period", "kept"),
    ]


def test_what_is_overdue_stands_with_unit_and_leader_and_not_while_it_is_checked(
    county: County,
) -> None:
    bai = county.actor("bai")
    item = assigned(county, today() - timedelta(days=90), leader=f"leader:{bai.user_id}")
    due = today() - timedelta(days=30)

    def overdue() -> tuple[int, int, int]:
        shown = county.sees("lin", board)
        return shown.all.overdue, shown.units[0].overdue, shown.leaders[0].overdue

    assert overdue() == (1, 1, 1), "its plan is late"
    planned(county, item, due)
    assert overdue() == (0, 0, 0), "it is the office's turn"
    acts(county, "lin", item, "plan_accepted")
    assert overdue() == (1, 1, 1)
    with acting(bai):
        [line] = deadlines_part(bai, ALL).lines
        assert (line.record, line.due_on) == (item.pk, due)
        assert line.late > 0
    claimed(county, item)
    acts(county, "shen", item, "checked_not_done", "佐证不足")
    again = running(county, "rectification_item", item.pk)
    assert (again.clock, again.days) == ("resubmission", 5)
    assert overdue() == (0, 0, 0)


def test_from_the_feedback_on_the_plan_is_waited_for(county: County) -> None:
    to(county.team, "fed_back")
    report = report_of(county.team).pk
    clock = running(county, "report", report)
    assert (clock.clock, clock.started_on) == ("rectification_plan", today())
    lin = county.actor("lin")
    with acting(lin):
        assert clock.until_on == days_of(lin.tenant_id).due_after(today(), Clock.RECTIFICATION_PLAN)


CLUES = ("lin", "luo")  # Dinghai's director and discipline body


def clocks_of(team: Team, who: str, office: str = "dinghai") -> list[tuple[str, str]]:
    actor = team.actor(who, office)
    with acting(actor):
        return list(deadlines_visible_to(actor).order_by("pk").values_list("clock", "state"))


def test_a_clue_is_waited_for_from_the_receipt_on(team: Team) -> None:
    lin, luo = (team.actor(who, "dinghai") for who in CLUES)
    number = received(team, lin, luo)
    both = [("clue_disposal", "running"), ("clue_result", "running")]
    assert clocks_of(team, "lin") == clocks_of(team, "luo") == both
    with acting(luo):
        for clock in Deadline.objects.all():
            assert (clock.title, clock.asked_unit, clock.asked_hand) == ("", "", "discipline_body")
        disposing.choose_disposal(actor=luo, number=number, disposal=Disposal.PRELIMINARY_CHECK)
    assert clocks_of(team, "lin")[0] == ("clue_disposal", "kept")
    with acting(luo):
        disposing.tell_result(actor=luo, number=number, outcomes=[(1, OutcomeCode.TALK)])
    assert clocks_of(team, "lin")[1] == ("clue_result", "kept")
    with acting(lin):
        disposing.ask_clue_again(actor=lin, number=number, reason="请补充")
        clue = OfficeClue.objects.get(pk=number)
        again = Deadline.objects.get(state="running")
    assert (again.clock, clue.next_due_on) == ("clue_result", again.due_on)


def test_the_clocks_of_a_list_begin_together(team: Team) -> None:
    """In as many statements for three clues as for one."""
    lin, luo = (team.actor(who, "dinghai") for who in CLUES)
    numbers = [arrived(team, lin) for _ in range(3)]
    with acting(lin):
        for number in numbers:
            take_in(actor=lin, number=number)
        list_ = seal_list(actor=lin, clues=numbers)
    with acting(luo), CaptureQueriesContext(connection) as asked:
        acknowledge_list(actor=luo, number=list_.pk)

    begun = [one for one in asked if one["sql"].startswith('INSERT INTO "sharing_deadline"')]
    assert len(begun) == 2
    assert sorted(clocks_of(team, "luo")) == [
        *[("clue_disposal", "running")] * 3, *[("clue_result", "running")] * 3,
    ]  # fmt: skip
    with acting(lin):
        assert OfficeClue.objects.filter(pk__in=numbers, next_due_on__lt=NEVER).count() == 3


def test_the_register_follows_a_pause_and_a_return_ends_the_clocks(team: Team) -> None:
    lin, luo = (team.actor(who, "dinghai") for who in CLUES)
    number = received(team, lin, luo)
    with acting(lin):
        clock = Deadline.objects.get(clock="clue_disposal")
        pause_clock(actor=lin, number=clock.pk, reason="等待上级答复")
        assert OfficeClue.objects.get(pk=number).next_due_on == NEVER
        resume_clock(actor=lin, number=clock.pk)
        assert OfficeClue.objects.get(pk=number).next_due_on == clock.due_on
    with acting(luo):
        disposing.return_clue(actor=luo, number=number, reason="材料不全")
    stopped = [("clue_disposal", "stopped"), ("clue_result", "stopped")]
    assert clocks_of(team, "lin") == stopped


def test_of_a_clue_s_clock_nobody_else_hears_also_not_by_sql(team: Team) -> None:
    lin, luo = (team.actor(who, "dinghai") for who in CLUES)
    received(team, lin, luo)
    with acting(lin):
        pause_clock(actor=lin, number=Deadline.objects.first().pk, reason="领导指示")  # type: ignore[union-attr]
    for who, sees in (("lin", True), ("luo", True), ("wu", False), ("he", False), ("shen", False)):
        actor = team.actor(who, "dinghai")
        with acting(actor), connection.cursor() as cursor:
            for table in ("sharing_deadline", "sharing_deadlinepause"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert (cursor.fetchone()[0] > 0) is sees, (who, table)


def test_of_a_city_managed_clue_no_clock_is_in_the_county(team: Team) -> None:
    zhao, qin = team.actor("zhao"), team.actor("qin")
    received(team, zhao, qin, management_level=CITY_MANAGED)
    assert len(clocks_of(team, "zhao", "zhoushan")) == 2
    assert clocks_of(team, "lin") == clocks_of(team, "luo") == []
    with acting(team.actor("lin", "dinghai")):
        assert not Deadline.objects.exists()


def test_the_worker_asks_who_may_be_told_of_each_of_them(
    committed_db: None, team: Team, django_as: RoleSwitch
) -> None:
    lin, luo = (team.actor(who, "dinghai") for who in CLUES)
    received(team, lin, luo)
    wu = team.actor("wu", "dinghai")
    with django_as("worker"):
        for actor, count in ((luo, 2), (lin, 2), (wu, 0)):
            with acting(actor):
                assert deadlines_visible_to(actor).count() == count


@pytest.mark.parametrize("column", ["disposal_due_on", "result_due_on"])
def test_nobody_writes_the_days_of_a_clue(team: Team, column: str) -> None:
    lin, luo = (team.actor(who, "dinghai") for who in CLUES)
    number = received(team, lin, luo)
    with acting(luo), pytest.raises(ProgrammingError, match="permission"), transaction.atomic():
        OfficeClue.objects.filter(pk=number).update(**{column: today()})


def test_nobody_writes_what_is_owed(county: County) -> None:
    letter, item = sent(county), assigned(county, today())
    wu = county.actor("wu")
    rows: list[Any] = [
        Letter.objects.filter(pk=letter.pk), RectificationItem.objects.filter(pk=item.pk)
    ]  # fmt: skip
    for row in rows:
        with acting(wu), pytest.raises(ProgrammingError, match="permission"), transaction.atomic():
            row.update(owed_on=None)


def test_a_clock_has_a_term_or_a_day(county: County) -> None:
    item = assigned(county, today())
    wu = county.actor("wu")
    given = Deadline(
        tenant_id=wu.tenant_id, life="letter", number=item.pk, clock="letter_reply", title="x",
        asked_hand="unit", days=5, until_on=today(), started_on=today(), due_on=today(),
        started_by_id=wu.user_id, known_until=2026,
    )  # fmt: skip
    with acting(wu), pytest.raises(IntegrityError, match="term_or_a_day"), transaction.atomic():
        given.save(force_insert=True)
    given.days, given.due_on = 0, today() - timedelta(days=1)
    with acting(wu), pytest.raises(IntegrityError, match="at least"), transaction.atomic():
        given.save(force_insert=True)
    given.due_on = today()
    with acting(wu):
        given.save(force_insert=True)
