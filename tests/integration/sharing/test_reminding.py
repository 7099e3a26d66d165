"""The daily reminder: told once, to whom the record is, without a word of what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kernel.clock import CHINA, frozen, now, today
from scheduling.models.notices import Notice
from scheduling.selectors.notices import notice_list, unread_count
from scheduling.services.notices import tell
from sharing.access.working_days import calendar_of
from sharing.domain.notices import batch_of, day_of_batch
from sharing.models.deadlines import Deadline, DeadlineTold
from sharing.services import reminding
from sharing.services.reminding import remind_of_deadlines
from tenancy import relay
from tenancy.actor import Actor
from tests.deadlines import DIRECTOR_S, SENSITIVE, begun
from tests.integration.sharing.backdated import Backdate, backdate
from tests.people import acting

__all__ = ["backdate"]

Worker = Callable[[str], Any]


def working_day(actor: Actor, *, ahead: int = 0) -> datetime:
    """Noon in China on the first working day from then on."""
    with acting(actor):
        calendar = calendar_of(actor.tenant_id)
    on = today() + timedelta(days=ahead)
    while not calendar.is_worked(on):
        on += timedelta(days=1)
    return datetime(on.year, on.month, on.day, 12, tzinfo=CHINA).astimezone(UTC)


def reminded(django_as: Worker, at: datetime) -> int:
    with django_as("worker"), frozen(at):
        return remind_of_deadlines()


def said(actor: Actor) -> list[str]:
    with acting(actor):
        return [line.kind for line in notice_list(actor)]


def test_it_is_told_once_however_often_the_relay_asks(
    committed_db: None, django_as: Worker, lin: Actor, wu: Actor, jiang: Actor, backdate: Backdate
) -> None:
    with acting(wu):
        clocks = [begun(wu), begun(wu, number=lin.person_id)]
    for clock in clocks:
        backdate.late(clock, days=1)
    at = working_day(lin)

    assert reminded(django_as, at) == 1
    assert reminded(django_as, at) == 0
    assert said(lin) == said(wu) == ["deadlines_overdue"]
    assert said(jiang) == []
    with acting(lin):
        [notice] = notice_list(lin)
        assert (notice.page, unread_count(lin)) == ("deadlines", 1)
        assert notice.target is not None
        assert DeadlineTold.objects.filter(batch=notice.target).count() == 2
    assert reminded(django_as, at + timedelta(minutes=5)) == 0


def test_a_relay_that_was_away_tells_once_where_things_stand(
    committed_db: None, django_as: Worker, lin: Actor, backdate: Backdate
) -> None:
    """It was due soon, then over, then a week over: of which only the last is told."""
    with acting(lin):
        clock = begun(lin)
    backdate.late(clock, days=9)
    at = working_day(lin)

    assert reminded(django_as, at) == 1
    with acting(lin):
        told = DeadlineTold.objects.get()
        now_ = Deadline.objects.get()
    assert (told.kind, told.stage, now_.told) == ("deadlines_overdue", 4, 4)
    assert now_.tell_on is not None
    assert said(lin) == ["deadlines_overdue"]
    # The next step is told when it comes.
    later = datetime.combine(now_.tell_on, at.astimezone(CHINA).time(), CHINA).astimezone(UTC)
    assert reminded(django_as, later - timedelta(days=1)) == 0
    assert reminded(django_as, later) == 1
    assert said(lin) == ["deadlines_overdue"] * 2


def test_it_is_told_before_it_is_over(committed_db: None, django_as: Worker, lin: Actor) -> None:
    with acting(lin):
        clock = begun(lin)
    assert clock.soon_on is not None
    at = working_day(lin, ahead=(clock.soon_on - today()).days)

    assert reminded(django_as, at - timedelta(days=1)) == 0
    assert reminded(django_as, at) == 1
    with frozen(at):
        assert said(lin) == ["deadlines_soon"]


def test_nobody_is_told_on_a_day_off(
    committed_db: None, django_as: Worker, lin: Actor, backdate: Backdate
) -> None:
    with acting(lin):
        clock = begun(lin)
        calendar = calendar_of(lin.tenant_id)
    backdate.late(clock, days=1)
    on = today()
    while calendar.is_worked(on):
        on += timedelta(days=1)

    assert reminded(django_as, datetime(on.year, on.month, on.day, 4, tzinfo=UTC)) == 0
    assert said(lin) == []


def test_who_may_not_read_the_record_is_told_nothing(
    committed_db: None, django_as: Worker, lin: Actor, wu: Actor, backdate: Backdate
) -> None:
    with acting(lin):
        backdate_all = [begun(lin, life=DIRECTOR_S), begun(lin, life=SENSITIVE)]
    for clock in backdate_all:
        backdate.late(clock, days=1)

    assert reminded(django_as, working_day(lin)) == 1
    assert sorted(said(lin)) == ["deadlines_overdue", "direct_matter"]
    assert said(wu) == []
    with acting(wu):
        assert unread_count(wu) == 0


def test_what_is_told_says_nothing_of_what_it_is_about(
    committed_db: None, django_as: Worker, lin: Actor, backdate: Backdate
) -> None:
    with acting(lin):
        clocks = [begun(lin, title="不外传"), begun(lin, life=SENSITIVE)]
    for clock in clocks:
        backdate.late(clock, days=1)
    reminded(django_as, working_day(lin))

    with acting(lin):
        lines = notice_list(lin)
        rows = list(Notice.objects.filter(tenant_id=lin.tenant_id).values("about"))
    assert [line.says["zh"] for line in lines] == [
        "直报登记中有事项需要办理。",
        "有期限已经逾期，请查看期限看板。",
    ]
    assert rows == [{"about": {"by_id": None}}] * 2


def test_the_holidays_of_a_further_year_move_what_runs_into_it(
    committed_db: None, django_as: Worker, lin: Actor, backdate: Backdate
) -> None:
    with acting(lin):
        clock = begun(lin)
    backdate.reckoned_before(clock)

    assert reminded(django_as, now()) == 0
    with acting(lin):
        mended = Deadline.objects.get()
    assert (mended.due_on, mended.known_until) == (clock.due_on, clock.known_until)


def test_one_office_s_fault_keeps_no_other_from_being_told(
    committed_db: None,
    django_as: Worker,
    lin: Actor,
    jiang: Actor,
    backdate: Backdate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for director in (lin, jiang):
        with acting(director):
            clock = begun(director)
        backdate.late(clock, days=1)

    def broken(*, actor: Actor, **about: Any) -> None:
        if actor.tenant_id == lin.tenant_id:
            raise RuntimeError("ink ran out")
        tell(actor=actor, **about)

    with monkeypatch.context() as patched:
        patched.setattr(reminding, "tell", broken)
        assert reminded(django_as, working_day(lin)) == 1
    assert (said(lin), said(jiang)) == ([], ["deadlines_overdue"])
    assert reminded(django_as, working_day(lin)) == 1
    assert said(lin) == ["deadlines_overdue"], "what failed was undone as a whole"
    assert remind_of_deadlines in relay._chores


@pytest.mark.parametrize("number", [20261399, 0, -5, 20260230])
def test_a_number_that_is_no_day_is_none(number: int) -> None:
    assert day_of_batch(number) is None
    assert day_of_batch(batch_of(today())) == today()
