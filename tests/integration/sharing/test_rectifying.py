"""An item's way to its end and back, each act by whose it is; and what the database holds to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kernel.clock import frozen, today
from kernel.errors import DomainError, NotVisible
from portal.letter_forms import LetterForm
from sharing.access.rectification import access_item
from sharing.domain.letters import LetterKind
from sharing.errors.days import DayAhead, DayTooEarly, DueTooFar
from sharing.errors.rectification import (
    CaseStillOpen,
    CaseWithoutItems,
    CheckedByTheClaimant,
    DeadlineBeforeFeedback,
    FedBackAlready,
    IssueTooLong,
    ItemNotOfTheUnit,
    LeaderUnknown,
    NothingFedBack,
    NotOverdue,
    OutcomeUnfit,
    TalkHeldAlready,
    TooManyIssues,
    UnitUnknown,
)
from sharing.errors.walking import StepLacks, StepOutOfTurn, StepWantsAReason
from sharing.models.rectification import RectificationItem, RectificationStep
from sharing.selectors.letters import letter_desk
from sharing.selectors.rectification import (
    ItemSieve,
    item_page,
    items_part,
    led_part,
    my_items_part,
    supervised_part,
)
from sharing.selectors.rectification_board import board
from sharing.selectors.rectification_desks import case_page, outcomes_part, talks_part
from sharing.services.escalating import escalate
from sharing.services.joint_cases import close_case, open_case
from sharing.services.letters import LetterDraft, act_on_letter, revise_letter
from sharing.services.outcomes import enter_outcome
from sharing.services.rectifying import (
    Issue,
    ItemPlan,
    act_on_item,
    assign_from_feedback,
    claim_done,
    hand_in_plan,
    move_deadline,
    set_disclosure,
    tell_progress,
)
from sharing.services.talks import record_talk
from tenancy.domain.roles import Role
from tenancy.models import Membership
from tenancy.paging import Window
from tests.integration.sharing.county import County, speak_for
from tests.integration.sharing.test_authorising_by_sql import refusal as by_sql
from tests.people import SEATED_SINCE, acting

SERVED = date(2026, 3, 2)
ALL = Window(100)


def assigned(
    county: County, count: int = 1, unit: str = "U01", **given: Any
) -> list[RectificationItem]:
    made: list[RectificationItem] = county.by(
        "wu", assign_from_feedback, unit_code=unit, round_name="第三轮", served_on=SERVED,
        issues=[Issue(f"问题{n}", "党的建设") for n in range(1, count + 1)], **given,
    )  # fmt: skip
    return made


def plan(due_on: date | None = None, **given: Any) -> ItemPlan:
    typed = {
        "goal": "整改到位", "measures": "建章立制", "lead": "甲局长", "department": "办公室",
        "due_on": due_on or SERVED + timedelta(days=30), "head": "乙书记",
        "head_signed_on": SERVED + timedelta(days=5),
    }  # fmt: skip
    return ItemPlan(**(typed | given))  # type: ignore[arg-type]


def to(county: County, item: RectificationItem, state: str) -> RectificationItem:
    """On its plain way to that state."""
    way: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("plan_drafted", lambda: county.by("qiao", hand_in_plan, number=item.pk, plan=plan())),
        ("in_progress", lambda: act(county, "lin", item, "plan_accepted")),
        ("claimed_done", lambda: claimed(county, item)),
        ("accepted", lambda: act(county, "shen", item, "checked_done")),
        ("closed_out", lambda: act(county, "lin", item, "closed_out")),
    )
    for reached, walk in way:
        done: RectificationItem = walk()
        if reached == state:
            return done
    raise AssertionError(state)


def act(county: County, who: str, item: RectificationItem, name: str, reason: str = "") -> Any:
    return county.by(who, act_on_item, number=item.pk, act=name, reason=reason)


def claimed(county: County, item: RectificationItem, who: str = "qiao") -> Any:
    return county.by(who, claim_done, number=item.pk, evidence="制度文本", result="已整改")


def test_the_second_time_it_closes(county: County) -> None:
    """County rectifies, the supervisor sends it back, the second time it closes."""
    [item] = assigned(county)
    to(county, item, "claimed_done")
    act(county, "shen", item, "checked_not_done", "佐证不足")
    county.by("qiao", tell_progress, number=item.pk, text="正在补充")
    claimed(county, item)
    act(county, "shen", item, "checked_done")
    act(county, "lin", item, "sent_back", "请复核现场")
    act(county, "shen", item, "checked_done")
    item = act(county, "lin", item, "closed_out")

    assert (item.state, item.claims, item.sent_back, item.reopened) == ("closed_out", 2, 2, 0)
    page = county.sees("lin", item_page, item.pk)
    assert [note.kind for note in page.notes] == [
        "evidence", "result", "progress", "evidence", "result",
    ]  # fmt: skip
    assert page.notes[0].by_name == "乔远山"
    assert page.steps[3].reason == "佐证不足"


def test_everybody_sees_theirs_and_nothing_else(county: County) -> None:
    [item] = assigned(county, leader=f"leader:{county.actor('bai').user_id}")
    [other] = assigned(county, unit="U02")
    seen = {
        "lin": [other.pk, item.pk], "wu": [other.pk, item.pk], "he": [other.pk, item.pk],
    }  # fmt: skip
    for who, there in seen.items():
        assert [line.item.pk for line in county.sees(who, items_part, ALL).lines] == there
    for who, look in (("qiao", my_items_part), ("shen", supervised_part), ("bai", led_part)):
        assert [line.item.pk for line in county.sees(who, look, ALL).lines] == [item.pk]
        assert county.sees(who, access_item, item.pk) == item
        with acting(county.actor(who)), pytest.raises(NotVisible):
            access_item(county.actor(who), other.pk)
    for actor in (county.actor("luo"), county.actor("tang"), county.actor("jiang")):
        with acting(actor), pytest.raises(NotVisible):
            access_item(actor, item.pk)


def test_what_is_asked_of_each_is_offered_to_them(county: County) -> None:
    [item] = assigned(county)
    to(county, item, "claimed_done")

    offered = {
        who: [one.name for one in county.sees(who, item_page, item.pk).acts]
        for who in ("lin", "wu", "qiao", "shen", "he")
    }
    assert offered == {
        "lin": [], "wu": [], "qiao": [], "he": [],
        "shen": ["checked_done", "checked_basically", "checked_not_done"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "state", "name"),
    [
        ("lin", "claimed_done", "checked_done"),
        ("qiao", "claimed_done", "checked_done"),
        ("wu", "accepted", "closed_out"),
        ("shen", "accepted", "closed_out"),
        ("qiao", "plan_drafted", "plan_accepted"),
    ],
)
def test_an_act_of_another_is_refused(county: County, who: str, state: str, name: str) -> None:
    [item] = assigned(county)
    to(county, item, state)
    with acting(county.actor(who)), pytest.raises(DomainError) as refused:
        act_on_item(actor=county.actor(who), number=item.pk, act=name, reason="x")
    assert refused.value.status == 403


def test_nothing_is_closed_that_was_not_claimed_and_checked(county: County) -> None:
    for item, state in zip(
        assigned(county, 3), ("plan_drafted", "in_progress", "claimed_done"), strict=True
    ):
        to(county, item, state)
        with acting(county.actor("lin")), pytest.raises(StepOutOfTurn):
            act_on_item(actor=county.actor("lin"), number=item.pk, act="closed_out")


def test_what_is_lacking_is_named(county: County) -> None:
    [item] = assigned(county)
    qiao, shen, lin = (county.actor(who) for who in ("qiao", "shen", "lin"))
    with acting(qiao), pytest.raises(StepLacks) as lacking:
        hand_in_plan(actor=qiao, number=item.pk, plan=plan(goal="", head=""))
    assert lacking.value.fields == ("goal", "signed_by_head")
    with acting(qiao), pytest.raises(DeadlineBeforeFeedback):
        hand_in_plan(actor=qiao, number=item.pk, plan=plan(SERVED))
    to(county, item, "in_progress")
    with acting(qiao), pytest.raises(StepLacks):
        claim_done(actor=qiao, number=item.pk, evidence=" ", result="已整改")
    claimed(county, item)
    with acting(shen), pytest.raises(StepWantsAReason):
        act_on_item(actor=shen, number=item.pk, act="checked_not_done")
    wu = county.actor("wu")
    for given, refusal in (
        ({"unit_code": "U99"}, UnitUnknown),
        ({"issues": []}, NothingFedBack),
        ({"leader": f"leader:{lin.user_id}"}, LeaderUnknown),
    ):
        whole = {
            "unit_code": "U01",
            "round_name": "x",
            "served_on": SERVED,
            "issues": [Issue("x", "y")],
        }
        with acting(wu), pytest.raises(refusal):
            assign_from_feedback(actor=wu, **(whole | given))  # type: ignore[arg-type]


def test_a_finding_is_assigned_once(county: County) -> None:
    given = {
        "unit_code": "U01", "round_name": "x", "served_on": SERVED,
        "issues": [Issue("x", "y", "working_paper", 7)],
    }  # fmt: skip
    county.by("wu", assign_from_feedback, **given)
    with acting(county.actor("wu")), pytest.raises(FedBackAlready):
        assign_from_feedback(actor=county.actor("wu"), **given)  # type: ignore[arg-type]


def test_terms_and_phases_follow_the_profile(county: County) -> None:
    first, second = assigned(county, 2)
    assert first.plan_due_on == date(2026, 3, 23)  # fifteen working days after 2 March 2026
    assert first.concentrated_until == date(2026, 4, 30)
    county.by("qiao", hand_in_plan, number=first.pk, plan=plan(first.concentrated_until))
    county.by(
        "qiao",
        hand_in_plan,
        number=second.pk,
        plan=plan(first.concentrated_until + timedelta(days=1)),
    )

    phases = [county.sees("qiao", item_page, one.pk).line.phase.zh for one in (first, second)]
    assert phases == ["集中整改", "长期整改"]


def test_the_five_letters_are_owed_one_after_another(county: County) -> None:
    [item] = assigned(county)
    wu = county.actor("wu")
    on = item.plan_due_on
    with at(on), acting(wu), pytest.raises(NotOverdue):
        escalate(actor=wu, number=item.pk)
    with at(on + timedelta(days=1)):
        first = county.by("wu", escalate, number=item.pk)
        assert first.title.startswith("督查督办函")
        assert county.sees("wu", item_page, item.pk).line.late == 1
        with acting(wu), pytest.raises(NotOverdue) as refused:
            escalate(actor=wu, number=item.pk)
        assert "“期限设置”" in refused.value.remedy.zh, "each office chooses its steps"
    assert first.body.startswith(f"第三轮反馈问题“问题1”应{written(on)}报送整改方案，至今未报送。")
    with at(on + timedelta(days=7)):
        assert county.by("wu", escalate, number=item.pk).title.startswith("阶段督查指导函")
    county.by("wu", act_on_letter, number=first.pk, act="handed_in")
    county.by("lin", act_on_letter, number=first.pk, act="signed")
    county.by("wu", act_on_letter, number=first.pk, act="sent")
    assert county.by("qiao", act_on_letter, number=first.pk, act="received").item_id == item.pk


def test_a_letter_for_what_is_not_done_in_time_says_so(county: County) -> None:
    [item] = assigned(county)
    to(county, item, "in_progress")
    due = SERVED + timedelta(days=30)
    with at(due + timedelta(days=10)):
        begun = county.by("wu", escalate, number=item.pk)

    assert begun.body.startswith(f"第三轮反馈问题“问题1”应{written(due)}完成，已逾期。")


def written(day: date) -> str:
    return f"于{day.year}年{day.month}月{day.day}日前"


def test_an_urging_letter_keeps_its_addressee(county: County) -> None:
    [item] = assigned(county)
    on = item.plan_due_on
    with at(on + timedelta(days=1)):
        begun = county.by("wu", escalate, number=item.pk)
    form = LetterForm(
        county.sees("wu", letter_desk, begun.pk), LetterKind.URGING,
        {"to": "unit:U02", "title": "督查督办函", "body": "改过", "reply_days": "5"},
    )  # fmt: skip
    assert form.is_valid()
    assert form.cleaned_data["to"] == "unit:U01"

    given = LetterDraft("unit:U02", "督查督办函", "改过")
    written = county.by("wu", revise_letter, number=begun.pk, draft=given)
    assert (written.desk_id, written.addressee, written.body) == (
        item.desk_id, begun.addressee, "改过",
    )  # fmt: skip


def test_the_database_keeps_an_urging_letter_to_the_unit_of_its_item(county: County) -> None:
    [item] = assigned(county)
    with at(item.plan_due_on + timedelta(days=1)):
        begun = county.by("wu", escalate, number=item.pk)
    wu = county.actor("wu")
    change = "UPDATE sharing_letter SET {} WHERE id = %s"
    assert by_sql(wu, change.format("title = 'x'"), begun.pk) == ""
    other = f"desk_id = {county.desk('U02').pk}"
    for kept in (other, "addressee = 'x'"):
        assert by_sql(wu, change.format(kept), begun.pk) == "letter_urges_its_addressee"
    add = (
        "INSERT INTO sharing_letter (tenant_id, state, steps, kind, goes_to, desk_id, role,"
        " addressee, title, body, reply_days, reference, frozen, digest, urged, drafted_by,"
        " drafted_at, item_id) VALUES (9002, 'draft', 0, 'urging_letter', 'unit', %s, '', 'x', 'x',"
        " 'x', 5, '', '', '', 0, 'x', now(), %s)"
    )
    assert by_sql(wu, add, county.desk("U01").pk, item.pk) == ""
    assert by_sql(wu, add, county.desk("U02").pk, item.pk) == "letter_urges_its_addressee"


def at(day: date) -> Any:
    return frozen(datetime.combine(day, time(4), UTC))


def test_a_deadline_moves_with_its_reason(county: County) -> None:
    [item] = assigned(county)
    to(county, item, "in_progress")
    later = SERVED + timedelta(days=90)
    lin = county.actor("lin")
    with acting(lin), pytest.raises(StepWantsAReason):
        move_deadline(actor=lin, number=item.pk, due_on=later, reason="")
    moved = county.by("lin", move_deadline, number=item.pk, due_on=later, reason="需立法")

    assert moved.due_on == later
    step = county.sees("lin", item_page, item.pk).steps[-1]
    assert step.facts == {"before": str(SERVED + timedelta(days=30)), "due_on": str(later)}


def test_what_came_of_it_is_linked_to_what_caused_it(county: County) -> None:
    first, second = assigned(county, 2)
    [other] = assigned(county, unit="U02")
    rule = county.by(
        "qiao", enter_outcome, number=first.pk, kind="rule_made", title="采购管理办法", on=SERVED,
        also=[second.pk],
    )  # fmt: skip
    county.by(
        "wu", enter_outcome, number=first.pk, kind="money_recovered", title="追缴", on=SERVED,
        cents=14_000_000_00,
    )  # fmt: skip
    county.by(
        "wu",
        enter_outcome,
        number=other.pk,
        kind="accountability",
        title="问责",
        on=SERVED,
        people=4,
    )
    qiao = county.actor("qiao")
    with acting(qiao), pytest.raises(ItemNotOfTheUnit):
        enter_outcome(
            actor=qiao, number=first.pk, kind="rule_made", title="x", on=SERVED, also=[other.pk]
        )
    with acting(qiao), pytest.raises(OutcomeUnfit):
        enter_outcome(actor=qiao, number=first.pk, kind="money_recovered", title="x", on=SERVED)

    [line] = county.sees("lin", outcomes_part, ALL, "rule_made").lines
    assert (line.pk, len(line.causes.all())) == (rule.pk, 2)
    found = county.sees("lin", board)
    assert (found.rules_made, found.cents, found.accounted) == (1, 14_000_000_00, 4)


def test_talks_are_queued_for_two_people_and_recorded_once(county: County) -> None:
    assigned(county)
    assigned(county)
    talks = county.sees("lin", talks_part, ALL, True).lines
    assert sorted(talk.post for talk in talks) == ["党组织主要负责人", "纪检组织主要负责人"]
    given = {
        "number": talks[0].pk, "person": "丙", "matter": "整改", "held_on": SERVED,
        "held_by": "丁书记", "commitment": "按期完成",
    }  # fmt: skip
    county.by("wu", record_talk, **given)
    with acting(county.actor("wu")), pytest.raises(TalkHeldAlready):
        record_talk(actor=county.actor("wu"), **given)
    assert len(county.sees("lin", talks_part, ALL, True).lines) == 1


def test_a_joint_case_holds_items_of_several_units(county: County) -> None:
    items = [*assigned(county), *assigned(county, unit="U02")]
    bai = f"leader:{county.actor('bai').user_id}"
    given = {"title": "采购不规范", "leader": bai, "departments": "财政局"}
    case = county.by("wu", open_case, items=[one.pk for one in items], **given)
    with acting(county.actor("wu")), pytest.raises(CaseWithoutItems):
        open_case(actor=county.actor("wu"), items=[items[0].pk], **given)

    assert len(county.sees("bai", case_page, case.pk).lines) == 2
    assert len(county.sees("bai", led_part, ALL).lines) == 2
    with acting(county.actor("lin")), pytest.raises(CaseStillOpen):
        close_case(actor=county.actor("lin"), number=case.pk, conclusion="完成")
    speak_for(county, ["U02"], "qiao")
    to(county, items[0], "closed_out")
    assert county.sees("lin", case_page, case.pk).open == 1


def test_the_board_counts_by_unit_and_leader(county: County) -> None:
    bai = county.actor("bai")
    done, *_ = assigned(county, 3, leader=f"leader:{bai.user_id}")
    assigned(county, 2, unit="U02")
    to(county, done, "closed_out")
    with at(date(2026, 12, 1)):
        found = county.sees("lin", board)

    assert [(one.code, one.open, one.overdue, one.closed) for one in found.units] == [
        ("U01", 2, 2, 1), ("U02", 2, 2, 0),
    ]  # fmt: skip
    assert [(one.name, one.open, one.closed) for one in found.leaders] == [("白霁月", 2, 1)]
    assert (found.all.total, found.talks_left) == (5, 4)
    overdue = ItemSieve(overdue=True, unit="U01")
    with at(date(2026, 12, 1)):
        assert len(county.sees("lin", items_part, ALL, overdue).lines) == 2


AHEAD, EVER, SLIP = timedelta(days=1), date.max, date(26, 3, 2)


def refused(county: County, who: str, service: Any, field: str, why: Any, **given: Any) -> None:
    actor = county.actor(who)
    with acting(actor), pytest.raises(why) as refusal:
        service(actor=actor, **given)
    assert refusal.value.fields == (field,)


def test_a_day_that_cannot_be_is_refused_at_its_field(county: County) -> None:
    fed_back: dict[str, Any] = {"unit_code": "U01", "round_name": "x", "issues": [Issue("x", "y")]}
    for day, why in ((today() + AHEAD, DayAhead), (EVER, DayAhead), (SLIP, DayTooEarly)):
        refused(county, "wu", assign_from_feedback, "served_on", why, **fed_back, served_on=day)

    [item] = assigned(county)
    for typed, field, because in (
        (plan(EVER), "due_on", DueTooFar),
        (plan(head_signed_on=SERVED - AHEAD), "head_signed_on", DayTooEarly),
        (plan(head_signed_on=today() + AHEAD), "head_signed_on", DayAhead),
    ):
        refused(county, "qiao", hand_in_plan, field, because, number=item.pk, plan=typed)
    far = {"number": item.pk, "due_on": EVER, "reason": "x"}
    refused(county, "lin", move_deadline, "due_on", DueTooFar, **far)
    rule = {"number": item.pk, "kind": "rule_made", "title": "x"}
    refused(county, "wu", enter_outcome, "on", DayAhead, **rule, on=EVER)
    refused(county, "wu", enter_outcome, "on", DayTooEarly, **rule, on=SLIP)
    talk = county.sees("lin", talks_part, ALL, True).lines[0].pk
    said = {"number": talk, "person": "x", "matter": "x", "held_by": "x", "commitment": "x"}
    for day, why in ((today() + AHEAD, DayAhead), (SERVED - AHEAD, DayTooEarly)):
        refused(county, "wu", record_talk, "held_on", why, **said, held_on=day)


def test_what_no_item_holds_is_refused_with_its_line(county: County) -> None:
    given: dict[str, Any] = {"unit_code": "U01", "round_name": "x", "served_on": SERVED}
    for wrong in (Issue("字" * 5_001, "类"), Issue("问题", "类" * 101)):
        issues = [Issue("问题", "类"), wrong]
        actor = county.actor("wu")
        with acting(actor), pytest.raises(IssueTooLong, match="Number 2 is") as refusal:
            assign_from_feedback(actor=actor, **given, issues=issues)
        assert refusal.value.fields == ("issues",)
    many = [Issue("问题", "类")] * 501
    refused(county, "wu", assign_from_feedback, "issues", TooManyIssues, **given, issues=many)
    county.by("wu", assign_from_feedback, **given, issues=[Issue("字" * 5_000, "类" * 100)])


def test_an_outcome_of_no_known_kind_is_refused_by_service_and_database(county: County) -> None:
    [item] = assigned(county)
    rule = {"number": item.pk, "title": "x", "on": SERVED}
    refused(county, "wu", enter_outcome, "kind", OutcomeUnfit, **rule, kind="x")
    entered = (
        'INSERT INTO sharing_outcome (tenant_id, desk_id, kind, title, "on", by_name, at)'
        " VALUES (9002, %s, %s, 'x', '2026-03-02', '', now())"
    )
    assert attempt(county, "wu", entered, item.desk_id, "rule_made") == 1
    with pytest.raises(IntegrityError, match="outcome_of_a_known_kind"):
        attempt(county, "wu", entered, item.desk_id, "x")


# --- Asked of the database itself ------------------------------------------------------------------


def attempt(county: County, who: str, sql: str, *values: Any) -> int:
    with acting(county.actor(who)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        touched = int(cursor.rowcount)
        transaction.set_rollback(True)
    return touched


STEP = (
    "INSERT INTO sharing_rectificationstep (tenant_id, record_id, act, hand, after, reason, facts,"
    " number, before, by_name, on_behalf_of) VALUES (9002, %s, %s, %s, %s, 'x', '{}', 0, '', '', '')"
)


@pytest.mark.parametrize(
    "column",
    [
        "state = 'closed_out'",
        "claims = 0",
        "sent_back = 0",
        "reopened = 0",
        "issue = 'x'",
        "served_on = now()",
    ],
)
def test_nobody_writes_states_counters_or_what_was_served(county: County, column: str) -> None:
    [item] = assigned(county)
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt(
            county, "lin", f"UPDATE sharing_rectificationitem SET {column} WHERE id = %s", item.pk
        )


def test_who_claimed_does_not_check_whatever_they_hold(county: County) -> None:
    """Somebody who became a supervisor after they spoke for the unit."""
    [item] = assigned(county)
    to(county, item, "claimed_done")
    also_supervises(county)
    check = (STEP, item.pk, "checked_done", "supervisor", "accepted")

    with pytest.raises(IntegrityError, match="another hand"):
        attempt(county, "qiao", *check)
    assert attempt(county, "shen", *check) == 1


def also_supervises(county: County) -> None:
    """The liaison is now seated as a stationed group, and named so in place of the old naming."""
    qiao = county.actor("qiao")
    with county.team.django_as("owner"):
        Membership.objects.create(
            tenant_id=qiao.tenant_id, user_id=qiao.person_id, role="stationed_discipline",
            since_on=SEATED_SINCE,
        )  # fmt: skip
    with county.team.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE sharing_unitcontact DISABLE TRIGGER admit")
        cursor.execute(
            "UPDATE sharing_unitcontact SET permission_id = (SELECT permission_id FROM"
            " sharing_unitcontact WHERE user_id = %s) WHERE user_id = %s",
            [county.actor("shen").user_id, qiao.user_id],
        )


def test_who_checked_does_not_close(county: County) -> None:
    [item] = assigned(county)
    to(county, item, "accepted")
    shen = county.actor("shen")
    with county.team.django_as("owner"):
        Membership.objects.create(
            tenant_id=shen.tenant_id, user_id=shen.person_id, role="county_director",
            since_on=SEATED_SINCE,
        )  # fmt: skip
    close = (STEP, item.pk, "closed_out", "office_director", "closed_out")

    with pytest.raises(IntegrityError, match="another hand"):
        attempt(county, "shen", *close)
    assert attempt(county, "lin", *close) == 1


@pytest.mark.parametrize(
    ("who", "act_", "hand", "after", "state"),
    [
        (
            "luo",
            "checked_done",
            "supervisor",
            "accepted",
            "claimed_done",
        ),  # supervises another unit
        ("lin", "checked_done", "office_director", "accepted", "claimed_done"),
        ("qiao", "claimed", "unit", "claimed_done", "in_progress"),  # without evidence
        ("lin", "closed_out", "office_director", "closed_out", "claimed_done"),
        ("lin", "plan_accepted", "office_director", "closed_out", "plan_drafted"),
    ],
)
def test_the_database_refuses_a_step_that_is_not_theirs_or_not_in_turn(
    county: County, who: str, act_: str, hand: str, after: str, state: str
) -> None:
    [item] = assigned(county)
    to(county, item, state)
    with pytest.raises(IntegrityError, match=r"another hand|No act"):
        attempt(county, who, STEP, item.pk, act_, hand, after)


def test_each_writes_their_own_part_alone(county: County) -> None:
    [item] = assigned(county)
    change = "UPDATE sharing_rectificationitem SET {} WHERE id = %s"
    theirs = {"goal = 'x'": "qiao", "withheld_because = 'x'": "wu", "leader_name = 'x'": "wu"}
    for column, who in theirs.items():
        assert attempt(county, who, change.format(column), item.pk) == 1
        for other in {"qiao", "wu", "shen", "he"} - {who}:
            with pytest.raises(IntegrityError, match="another's to write"):
                attempt(county, other, change.format(column), item.pk)
    to(county, item, "in_progress")
    for who in ("qiao", "wu"):
        with pytest.raises(IntegrityError, match="another's to write"):
            attempt(county, who, change.format("due_on = '2030-01-01'"), item.pk)
    assert attempt(county, "lin", change.format("due_on = '2030-01-01'"), item.pk) == 1
    county.by("wu", set_disclosure, number=item.pk, withheld_because="涉密", disclosure="")


def test_the_counters_are_the_acts(county: County) -> None:
    [item] = assigned(county)
    to(county, item, "claimed_done")
    act(county, "shen", item, "checked_not_done", "x")
    claimed(county, item)
    act(county, "shen", item, "checked_basically", "x")
    item = claimed(county, item)
    with acting(county.actor("lin")):
        acts = list(RectificationStep.objects.filter(record=item).values_list("act", flat=True))

    assert item.claims == acts.count("claimed") == 3
    assert item.sent_back == acts.count("checked_not_done") + acts.count("sent_back") == 1
    assert today() > SERVED


def test_a_claim_and_its_check_by_one_person_is_refused_in_words(county: County) -> None:
    [item] = assigned(county)
    to(county, item, "claimed_done")
    also_supervises(county)

    both = replace(county.actor("qiao"), roles=frozenset({Role.STATIONED_DISCIPLINE}))
    with acting(both), pytest.raises(CheckedByTheClaimant):
        act_on_item(actor=both, number=item.pk, act="checked_done")
