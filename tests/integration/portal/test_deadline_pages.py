"""The board, the calendar, a deadline's page and the terms, as people use them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kernel.clock import frozen, now, today
from sharing.domain.due_dates import Clock
from sharing.models.deadlines import Deadline, OfficeDay, TermProfile
from tenancy.actor import Actor
from tests.deadlines import DIRECTOR_S, SENSITIVE, begun
from tests.integration.portal.desks import desk_of, words
from tests.integration.sharing.backdated import Backdate, backdate
from tests.people import acting

__all__ = ["backdate"]

TERMS = {"seen": 0, "profile": "reg_2017", "soon_days": 4, "steps": [1, 10], "clue_result": 30}


def seen(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def test_an_empty_board_says_what_begins_a_deadline(db: None) -> None:
    page = seen(desk_of("lin"), "/deadlines/")

    assert "暂无等待办理的期限" in page
    assert 'class="due-tabs"' not in page


def test_the_board_shows_what_is_due_and_to_whom_it_is_not_nothing(
    committed_db: None, lin: Actor, wu: Actor, backdate: Backdate
) -> None:
    with acting(lin):
        late = begun(lin, title="某局整改方案")
        begun(lin, life=DIRECTOR_S, title="只给主任看")
        begun(lin, life=SENSITIVE, title="绝密")
    backdate.late(late, days=4)

    page = seen(desk_of("lin"), "/deadlines/?which=overdue")
    assert "某局整改方案" in page
    assert "已逾期" in page
    assert "只给主任看" not in page
    everything = seen(desk_of("lin"), "/deadlines/")
    assert "只给主任看" in everything
    assert "直报登记中的一件事项" in everything
    assert "绝密" not in everything
    assert "反馈线索办理结果" not in seen(desk_of("lin"), f"/deadlines/{late.pk}/")
    clerk = seen(desk_of("wu"), "/deadlines/")
    assert "某局整改方案" in clerk
    assert "只给主任看" not in clerk
    assert "直报" not in clerk
    month = seen(desk_of("lin"), f"/deadlines/month/?month={today() - timedelta(days=4):%Y-%m}")
    assert "某局整改方案" in month
    for odd in ("/deadlines/?which=x", "/deadlines/?after=x", "/deadlines/?clock=x"):
        assert desk_of("lin").get(odd).status_code == 422
    for month_ in ("x", "2026-13", "0001-01", "9999-12"):
        assert desk_of("lin").get(f"/deadlines/month/?month={month_}").status_code == 200


def test_the_board_goes_on_where_it_ended(committed_db: None, lin: Actor, wu: Actor) -> None:
    with acting(lin):
        first = begun(lin, title="甲事项")
        second = begun(lin, number=wu.person_id, title="乙事项", days=60)
    assert first.due_on is not None

    after = f"/deadlines/?after={first.due_on.isoformat()}_{first.pk}"
    page = seen(desk_of("lin"), after)
    assert "甲事项" not in page
    assert "乙事项" in page
    assert "乙事项" in seen(desk_of("lin"), f"/deadlines/?which=open&after={second.pk}"), (
        "a key of another order begins anew"
    )


def test_a_director_pauses_with_a_reason_and_a_clerk_does_not(
    committed_db: None, lin: Actor, wu: Actor
) -> None:
    with acting(wu):
        clock = begun(wu, title="某局整改方案")
    here = f"/deadlines/{clock.pk}/"
    clerk, director = desk_of("wu"), desk_of("lin")

    assert "从今天起暂停" not in seen(clerk, here)
    assert clerk.post(f"{here}pause/", {"reason": "x"}).status_code == 403
    assert "从今天起暂停" in seen(director, here)
    empty = director.post(f"{here}pause/", {"reason": ""})
    assert empty.status_code == 422
    assert director.post(f"{here}pause/", {"reason": "等待批复<b>"}).status_code == 302
    page = seen(clerk, here)
    assert "等待批复&lt;b&gt;" in page
    assert "恢复计算" not in page
    assert clerk.post(f"{here}resume/").status_code == 403
    assert director.post(f"{here}resume/").status_code == 302
    assert director.post(f"{here}resume/").status_code == 409
    with acting(lin):
        assert Deadline.objects.get().state == "running"


def test_a_foreign_deadline_is_as_unknown_as_none(
    committed_db: None, lin: Actor, wu: Actor
) -> None:
    with acting(lin):
        secret = begun(lin, life=DIRECTOR_S)
        ours = begun(lin)

    def answers(who: str, number: int) -> list[tuple[int, str]]:
        client = desk_of(who)
        found: list[Any] = [client.get(f"/deadlines/{number}/")]
        for act in ("pause", "resume"):
            found.append(client.post(f"/deadlines/{number}/{act}/", {"reason": "x"}))
        return [(one.status_code, words(one)) for one in found]

    for who, number in (("wu", secret.pk), ("jiang", ours.pk), ("jiang", secret.pk)):
        assert [status for status, _ in answers(who, number)] == [404] * 3
        with frozen(now()):
            assert answers(who, number) == answers(who, 987654321)


def test_terms_are_looked_at_before_they_are_saved(committed_db: None, lin: Actor) -> None:
    director = desk_of("lin")
    page = seen(director, "/deadline-terms/")
    assert "2017 年条例" in page
    assert "第二十七条" in page

    shown = director.post("/deadline-terms/", TERMS)
    assert shown.status_code == 200
    preview = shown.content.decode()
    assert "将有以下变化" in preview
    assert 'name="save"' in preview
    with acting(lin):
        assert not TermProfile.objects.exists(), "nothing is saved by looking"
    unreasoned = director.post("/deadline-terms/", TERMS | {"save": 1})
    assert (unreasoned.status_code, "没有写明理由" in unreasoned.content.decode()) == (422, True)
    saved = director.post("/deadline-terms/", TERMS | {"save": 1, "reason": "领导小组决定"})
    assert saved.status_code == 302
    with acting(lin):
        row = TermProfile.objects.get()
        assert (row.version, row.own, row.soon_days, row.steps) == (
            1,
            {"clue_result": 30},
            4,
            [1, 10],
        )
    again = director.post("/deadline-terms/", TERMS | {"save": 1, "reason": "x", "soon_days": 5})
    assert again.status_code == 409, "somebody set them since"
    wrong = director.post("/deadline-terms/", TERMS | {"clue_result": 0})
    assert wrong.status_code == 422
    same = director.post("/deadline-terms/", TERMS | {"seen": 1})
    assert same.status_code == 422
    assert "领导小组决定" in seen(director, "/deadline-terms/")


def test_a_working_day_is_set_and_taken_back(committed_db: None, lin: Actor) -> None:
    director = desk_of("lin")
    with acting(lin):
        clock = begun(lin)
    assert clock.due_on is not None
    day = {"on": clock.due_on.isoformat(), "is_worked": "no", "reason": "全市停工"}

    assert director.post("/deadline-terms/days/", day).status_code == 302
    assert "全市停工" in seen(director, "/deadline-terms/")
    with acting(lin):
        assert Deadline.objects.get().due_on != clock.due_on
    past = director.post("/deadline-terms/days/", day | {"on": "2020-01-01"})
    assert (past.status_code, "已经过去" in past.content.decode()) == (422, True)
    gone = director.post("/deadline-terms/days/remove/", {"on": day["on"]})
    assert gone.status_code == 302
    with acting(lin):
        assert not OfficeDay.objects.exists()
        assert Deadline.objects.get().due_on == clock.due_on


@pytest.mark.parametrize("path", ["/deadline-terms/", "/deadline-terms/days/"])
def test_a_clerk_sets_no_terms(db: None, path: str) -> None:
    assert desk_of("wu").post(path, TERMS).status_code == 403
    assert "设置期限" not in seen(desk_of("wu"), "/deadlines/")


def test_every_clock_can_be_looked_for(db: None) -> None:
    client = desk_of("lin")
    for clock in Clock:
        assert client.get(f"/deadlines/?clock={clock}").status_code == 200
