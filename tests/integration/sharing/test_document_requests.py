"""Documents that a team asks for: of the team and of who speaks for the unit, each act signed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission as ModelPermission
from django.db import connection
from django.urls import reverse

from kernel.clock import frozen, today
from kernel.errors import NotVisible
from portal.views import document_requests as views
from sharing.access.document_requests import access_document_request
from sharing.access.due_days import days_of
from sharing.domain.posts import Post
from sharing.errors.document_requests import AccountsOfThePost, BodyNotThere
from sharing.errors.walking import StepLacks, StepOfAnotherHand, StepWantsAReason
from sharing.models.contacts import UnitContact, UnitDesk
from sharing.models.document_requests import DocumentRequest, DocumentRequestStep
from sharing.selectors import document_requests as selectors
from sharing.selectors.document_requests import outstanding, request_line, unit_requests
from sharing.selectors.turns import Task, turns
from sharing.services.document_requests import Asked, act_on_request, ask_for_documents
from sharing.services.posts import set_post
from tenancy.paging import Window
from tests.integration.security.ground import browser_of
from tests.integration.sharing.test_authorising_by_sql import refusal
from tests.integration.sharing.test_posts import make_local, name
from tests.people import acting
from tests.teams import UNIT_CODE, UNIT_NAME, Team

OTHER = "dh-fin"


@pytest.fixture
def spoken(team: Team) -> Team:
    """`qiao` speaks for the unit that is inspected; of another body nobody does."""
    dinghai = team.actor("qiao").tenant_id
    with team.django_as("superuser"):
        desk, other = (
            UnitDesk.objects.create(
                tenant_id=dinghai, unit_code=code, name=called, name_key="x", inspectable=True
            )
            for code, called in ((UNIT_CODE, UNIT_NAME), (OTHER, "定海区财政局"))
        )
        assert other.pk
        may = ModelPermission.objects.get(codename="speak", content_type__model="unitdesk")
        row = UnitContact(content_object=desk, user_id=9108, permission=may)
        row.tenant_id = dinghai
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            row.save(force_insert=True)
            cursor.execute("SET session_replication_role = origin")
    return team


def ask(team: Team, who: str = "mei", **changes: Any) -> DocumentRequest:
    actor = team.actor(who)
    told: dict[str, Any] = {
        "unit": UNIT_CODE,
        "what": "2024年会议记录",
        "why": "核对议事",
        "days": 3,
        "handed_to": "办公室某",
    }
    with acting(actor):
        return ask_for_documents(
            actor=actor, number=team.papers.pk, asked=Asked(**(told | changes))
        )


def act(team: Team, who: str, request: DocumentRequest, act: str, **given: Any) -> str:
    actor = team.actor(who)
    with acting(actor):
        return act_on_request(actor=actor, request=request.pk, act=act, **given).state


def sees(team: Team, who: str, request: DocumentRequest) -> bool:
    """By access and by the database, which agree."""
    actor = team.actor(who)
    with acting(actor):
        by_fence = DocumentRequest.objects.filter(pk=request.pk).exists()
        try:
            access_document_request(actor, request.pk)
            seen = True
        except NotVisible:
            seen = False
    assert seen == by_fence, who
    return seen


def test_asked_delivered_signed_for_and_given_back(spoken: Team) -> None:
    request = ask(spoken)
    assert (request.number, request.unit_name, request.asked_by_name) == (1, UNIT_NAME, "梅若溪")
    assert request.due_on > today()
    assert act(spoken, "qiao", request, "delivered") == "delivered"
    with pytest.raises(StepLacks):
        act(spoken, "mei", request, "received", pieces=3)
    told = {"pieces": 3, "person": "办公室某"}
    assert act(spoken, "mei", request, "received", **told) == "received"
    with pytest.raises(StepOfAnotherHand):
        act(spoken, "qiao", request, "returned", person="x")
    tang = spoken.actor("tang")
    with acting(tang):
        assert outstanding(tang, spoken.papers.pk).in_hand == 1
    assert act(spoken, "tang", request, "returned", person="办公室某") == "returned"

    with acting(tang):
        line = request_line(tang, request.pk)
    assert [(one.act, one.by_name, one.facts) for one in line.steps] == [
        ("delivered", "乔远山", {}),
        ("received", "梅若溪", told),
        ("returned", "唐思远", {"person": "办公室某"}),
    ]
    assert line.acts == []


def test_what_is_not_held_is_said_with_its_reason_and_asked_again(spoken: Team) -> None:
    request = ask(spoken)
    with pytest.raises(StepWantsAReason):
        act(spoken, "qiao", request, "not_held")
    assert act(spoken, "qiao", request, "not_held", reason="已移交档案馆") == "not_held"
    with pytest.raises(StepOfAnotherHand):
        act(spoken, "qiao", request, "asked_again", reason="x")
    assert act(spoken, "mei", request, "asked_again", reason="请调回") == "asked"
    assert act(spoken, "mei", request, "refused", reason="拒不提供") == "refused"
    with pytest.raises(BodyNotThere):
        ask(spoken, unit="none")


def test_what_is_due_before_days_off_is_overdue_on_the_first_day_of_work(spoken: Team) -> None:
    """As everywhere else, and as the desk counts it."""
    tang, qiao = spoken.actor("tang"), spoken.actor("qiao")
    with acting(tang):
        days = days_of(tang.tenant_id)
    is_worked = days.calendar.is_worked
    term = next(
        n for n in range(1, 20) if not is_worked(days.days_after(today(), n) + timedelta(days=1))
    )
    request = ask(spoken, days=term)
    off = request.due_on + timedelta(days=1)
    worked = next(day for n in range(20) if is_worked(day := off + timedelta(days=n)))
    for day, is_late in ((off, False), (worked, True)):
        with frozen(datetime.combine(day, time(4), UTC)):
            with acting(tang):
                assert outstanding(tang, spoken.papers.pk).overdue == is_late, day
                assert request_line(tang, request.pk).is_overdue is is_late
            with acting(qiao):
                [line] = unit_requests(qiao, Window(9)).lines
                assert line.is_overdue is is_late
                [turn] = turns(qiao)
                assert (turn.task, turn.overdue) == (Task.DELIVER, is_late)


def test_the_team_and_who_speaks_for_the_unit_see_it_and_nobody_else(spoken: Team) -> None:
    theirs, other = ask(spoken), ask(spoken, unit=OTHER)
    assert (theirs.number, other.number, ask(spoken).number) == (1, 1, 2)

    assert [sees(spoken, who, theirs) for who in ("mei", "gu", "tang", "qiao")] == [True] * 4
    assert [sees(spoken, who, other) for who in ("mei", "qiao")] == [True, False]
    others = ("ruan", "lin", "wu", "he", "luo", "shen", "bai", "zhao", "jiang")
    assert [who for who in others if sees(spoken, who, theirs)] == []
    for who in ("lin", "ruan"):
        with pytest.raises(NotVisible):
            ask(spoken, who)
    with pytest.raises(NotVisible):
        act(spoken, "qiao", other, "delivered")


def test_accounts_are_of_their_post(spoken: Team) -> None:
    with pytest.raises(AccountsOfThePost):
        ask(spoken, is_accounts=True)
    name(spoken, "mei", Post.ACCOUNTS)
    request = ask(spoken, is_accounts=True)
    assert request.number == 1
    assert [sees(spoken, who, request) for who in ("mei", "gu", "tang", "qiao")] == [True] * 4
    zhao = spoken.actor("zhao")
    with acting(zhao):
        set_post(actor=zhao, post=Post.ACCOUNTS, for_outsiders=True)
    make_local(spoken, "mei")
    make_local(spoken, "gu")
    assert [sees(spoken, who, request) for who in ("mei", "gu", "tang")] == [False, False, True]
    with pytest.raises(AccountsOfThePost):
        ask(spoken, is_accounts=True)


def test_the_database_keeps_what_was_asked_and_whose_an_act_is(spoken: Team) -> None:
    request = ask(spoken)
    tang, mei, qiao, lin = (spoken.actor(who) for who in ("tang", "mei", "qiao", "lin"))
    add = (
        "INSERT INTO sharing_documentrequest (tenant_id, room_id, state, steps, unit_code,"
        " unit_name, is_accounts, number, what, why, handed_to, asked_on, due_on, asked_by_name)"
        " VALUES (%s, %s, 'asked', 0, %s, 'x', %s, 9, 'x', 'x', 'x', %s, %s, 'x')"
    )
    days = (today(), today() + timedelta(days=3))
    given = (tang.tenant_id, spoken.papers.pk, UNIT_CODE)
    assert refusal(mei, add, *given, False, *days) == ""
    assert refusal(tang, add, *given, True, *days) == ""
    refused = "document_request_of_its_room"
    assert refusal(mei, add, *given, True, *days) == refused
    assert refusal(lin, add, *given, False, *days) == refused
    assert refusal(qiao, add, *given, False, *days) == refused
    assert refusal(mei, add, *given[:2], "none", False, *days) == refused
    assert refusal(mei, add, *given, False, days[0], days[0]) == "document_request_due_later"
    step = (
        "INSERT INTO sharing_documentrequeststep (tenant_id, record_id, number, act, hand, before,"
        " after, by_name, on_behalf_of, reason, facts)"
        " VALUES (%s, %s, 0, %s, %s, '', %s, '', '', '', '{}')"
    )
    record = (tang.tenant_id, request.pk)
    assert refusal(qiao, step, *record, "delivered", "unit", "delivered") == ""
    assert refusal(mei, step, *record, "received", "member", "received") == ""
    hand = "step_in_ones_own_hand"
    assert refusal(mei, step, *record, "delivered", "unit", "delivered") == hand
    assert refusal(qiao, step, *record, "received", "member", "received") == hand
    assert refusal(lin, step, *record, "received", "member", "received") == hand
    assert refusal(mei, step, *record, "returned", "member", "returned") == "step_in_turn"
    assert refusal(mei, "UPDATE sharing_documentrequest SET what = 'x'") == "42501"
    assert refusal(mei, "DELETE FROM sharing_documentrequest") == "42501"
    with acting(mei):
        assert not DocumentRequestStep.objects.exists()


def test_the_pages_of_the_team_and_of_the_unit(spoken: Team) -> None:
    browser = browser_of(spoken.actor("mei"))
    room = spoken.papers.pk
    page = reverse("portal:room-document-requests", args=[room])
    detail = reverse("portal:room-detail", args=[room])
    assert page in browser.get(detail).content.decode()
    assert browser.get(page).status_code == 200
    typed = {"unit": UNIT_CODE, "what": "会议记录", "why": "核对", "days": "0", "handed_to": "某"}
    faulty = browser.post(page, typed)
    assert faulty.status_code == 422
    assert "会议记录" in faulty.content.decode()
    assert browser.post(page, typed | {"days": "3"}).status_code == 302
    mei = spoken.actor("mei")
    with acting(mei):
        number = DocumentRequest.objects.get().pk

    unit = browser_of(spoken.actor("qiao"))
    asked = reverse("portal:documents-asked")
    assert "会议记录" in unit.get(asked).content.decode()
    assert unit.post(asked, {"act": f"{number}:not_held"}).status_code == 422
    assert unit.post(asked, {"act": f"{number}:delivered"}).status_code == 302
    act_at = reverse("portal:room-document-request-act", args=[room])
    said = {"act": f"{number}:received", "person": "某", "pieces": "2"}
    assert browser.post(act_at, said | {"pieces": ""}).status_code == 422
    assert browser.post(act_at, said).status_code == 302
    assert "乔远山" in browser.get(page).content.decode()
    assert browser_of(spoken.actor("ruan")).get(page).status_code == 404
    assert browser_of(spoken.actor("shen")).get(asked).status_code == 403


def test_an_older_request_is_reached_on_the_pages_and_acted_on(
    spoken: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many newer ones there are: with one on each part, and one open one offered at once."""
    monkeypatch.setattr(views, "LINES", 1)
    monkeypatch.setattr(selectors, "MOST_OPEN", 1)
    # Of one day the order is that of their numbers; their keys tell no time.
    oldest, ended, newest = (ask(spoken, what=f"第{n}件资料") for n in range(3))
    act(spoken, "mei", ended, "withdrawn", reason="不需要")
    in_room = reverse("portal:room-document-requests", args=[spoken.papers.pk])
    asked = reverse("portal:documents-asked")
    for who, at in (("mei", in_room), ("qiao", asked)):
        parts = [browser_of(spoken.actor(who)).get(at).content.decode()]
        while after := re.search(r'rel="next" href="([^"]+)"', parts[-1]):
            parts.append(browser_of(spoken.actor(who)).get(unescape(after[1])).content.decode())
        assert [oldest.what in listed(one) for one in parts] == [False, False, True]
        assert [f'value="{oldest.pk}:' in one for one in parts] == [False, False, True]

    unit = browser_of(spoken.actor("qiao"))
    assert unit.post(asked, {"act": f"{oldest.pk}:delivered"}).status_code == 302
    act_at = reverse("portal:room-document-request-act", args=[spoken.papers.pk])
    member = browser_of(spoken.actor("mei"))
    said = {"act": f"{oldest.pk}:received", "person": "某", "pieces": "2"}
    refused = member.post(act_at, said | {"pieces": ""})
    assert refused.status_code == 422
    assert f'value="{oldest.pk}:received" selected' in refused.content.decode()
    assert member.post(act_at, said).status_code == 302
    for nothing in ("", "x:received", f"{ended.pk}:received", "9" * 40 + ":received"):
        assert member.post(act_at, said | {"act": nothing}).status_code == 422
    act(spoken, "mei", newest, "withdrawn", reason="不需要")
    first = member.get(in_room).content.decode()
    assert oldest.what not in listed(first)
    assert f'value="{oldest.pk}:returned"' in first, "what ended takes no open one's place"


def listed(page: str) -> str:
    """The table alone, without the choices below it."""
    return page.partition("<tbody>")[2].partition("</tbody>")[0]
