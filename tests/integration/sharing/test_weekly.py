"""Weekly progress: of the team, signed by its leader, then read by the office and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from kernel.clock import today
from kernel.errors import NotAllowed, NotVisible
from sharing.errors.weekly import (
    FindingsUnreadable,
    WeekNotDrafted,
    WeekNotOfTheRoom,
    WeekSigned,
)
from sharing.models.weekly import WeeklyReport
from sharing.selectors.weekly import office_reports, room_reports
from sharing.services.weekly import draft_weekly_report, sign_weekly_report
from tenancy.paging import Window
from tests.authorised import Waiting
from tests.integration.sharing.test_authorising_by_sql import refusal
from tests.integration.sharing.test_room_pages import _browser
from tests.people import _actor, acting

SAID: dict[str, Any] = {"talks": 12, "files": 30, "letters": 2, "visits": 1}
ALL = Window(50)


def _draft(waiting: Waiting, who: str, room: int, **changes: Any) -> WeeklyReport:
    actor = waiting.actor(who)
    with acting(actor):
        given = {"week": today(), "findings": "党的建设 3", **SAID, **changes}
        return draft_weekly_report(actor=actor, number=room, **given)


def _sign(waiting: Waiting, who: str, room: int) -> WeeklyReport:
    actor = waiting.actor(who)
    with acting(actor):
        return sign_weekly_report(actor=actor, number=room, week=today())


def _read(waiting: Waiting, who: str, request: int) -> int:
    actor = waiting.actor(who)
    with acting(actor):
        return len(office_reports(actor, request, ALL).lines)


def test_a_member_drafts_the_leader_signs_and_the_office_reads(waiting: Waiting) -> None:
    number = waiting.granted("tang", "mei")
    room = waiting.room(number).pk
    with pytest.raises(WeekNotDrafted):
        _sign(waiting, "tang", room)
    _draft(waiting, "mei", room)
    assert _draft(waiting, "mei", room, talks=13).talks == 13
    assert _read(waiting, "lin", number) == 0
    with pytest.raises(NotAllowed):
        _sign(waiting, "mei", room)

    signed = _sign(waiting, "tang", room)

    assert _sign(waiting, "tang", room).signed_at == signed.signed_at
    assert (signed.signed_by, signed.findings) == ("唐思远", [["党的建设", 3]])
    assert _read(waiting, "lin", number) == 1
    with pytest.raises(WeekSigned):
        _draft(waiting, "mei", room)
    tang = waiting.actor("tang")
    with acting(tang):
        assert len(room_reports(tang, room, ALL).lines) == 1


def test_nobody_else_reads_or_writes_a_week(waiting: Waiting) -> None:
    number = waiting.granted("tang")
    room, direct = waiting.room(number).pk, waiting.room(number, "direct").pk
    _draft(waiting, "tang", room)
    _sign(waiting, "tang", room)
    for who in ("gu", "lin", "jiang", "wu"):
        with pytest.raises(NotVisible):
            _draft(waiting, who, room)
    for who, refused in (("zhao", NotAllowed), ("jiang", NotVisible), ("wu", NotVisible)):
        with pytest.raises(refused):
            _read(waiting, who, number)
    city = waiting.actor("tang", "zhoushan")
    with acting(city), pytest.raises(NotVisible):
        draft_weekly_report(actor=city, number=direct, week=today(), **SAID)


def test_a_week_to_come_and_a_line_without_a_number_are_refused(waiting: Waiting) -> None:
    room = waiting.room(waiting.granted("tang")).pk
    for days in (-30, 14):
        with pytest.raises(WeekNotOfTheRoom):
            _draft(waiting, "tang", room, week=today().fromordinal(today().toordinal() + days))
    with pytest.raises(FindingsUnreadable):
        _draft(waiting, "tang", room, findings="很多")


def test_the_database_keeps_weeks_the_team_s_and_what_is_signed(waiting: Waiting) -> None:
    room = waiting.room(waiting.granted("tang", "mei")).pk
    _draft(waiting, "mei", room)
    mei, tang, lin = waiting.actor("mei"), waiting.actor("tang"), waiting.actor("lin")
    sign = "UPDATE sharing_weeklyreport SET signed_at = now(), signed_by = 'x'"
    change = "UPDATE sharing_weeklyreport SET talks = 99"

    assert refusal(mei, sign) == "weekly_report_signed_by_the_leader"
    assert refusal(lin, change) == "42501"
    assert refusal(mei, "DELETE FROM sharing_weeklyreport") == "42501"
    assert refusal(mei, "UPDATE sharing_weeklyreport SET week = week + 7") == "42501"
    assert refusal(mei, change) == refusal(tang, sign) == ""
    _sign(waiting, "tang", room)
    assert refusal(mei, change) == "weekly_report_signed_stands"
    assert refusal(tang, change) == "weekly_report_signed_stands"
    assert _actor("jiang")


def test_the_pages_of_a_week(waiting: Waiting) -> None:
    number = waiting.granted("tang")
    room = waiting.room(number).pk
    browser = _browser(waiting, waiting.actor("tang"))
    page = reverse("portal:room-weekly", args=[room])
    assert page in browser.get(reverse("portal:room-detail", args=[room])).content.decode()
    faulty = browser.post(page, {"week": today().isoformat(), "findings": "很多", **SAID})
    assert faulty.status_code == 422
    assert "很多" in faulty.content.decode()
    typed = {"week": today().isoformat(), "findings": "作风 2", **SAID}
    assert browser.post(page, typed).status_code == 302
    sign = reverse("portal:room-weekly-sign", args=[room])
    assert sign in browser.get(page).content.decode()
    assert browser.post(sign, {"week": today().isoformat()}).status_code == 302

    office = _browser(waiting, waiting.actor("lin"))
    read = reverse("portal:authorisation-weekly", args=[number])
    detail = reverse("portal:authorisation-detail", args=[number])
    assert read in office.get(detail).content.decode()
    assert "作风" in office.get(read).content.decode()


def test_a_week_that_is_none_is_not_this_week(waiting: Waiting) -> None:
    room, tang = waiting.room(waiting.granted("tang")).pk, waiting.actor("tang")
    _draft(waiting, "tang", room)
    browser, sign = _browser(waiting, tang), reverse("portal:room-weekly-sign", args=[room])
    for typed in ({}, {"week": "昨天"}):
        refused = browser.post(sign, typed)
        assert (refused.status_code, "没有签字" in refused.content.decode()) == (422, True)
    with acting(tang):
        assert WeeklyReport.objects.get().signed_at is None
