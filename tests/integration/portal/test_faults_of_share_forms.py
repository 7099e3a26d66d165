"""What is wrong with a request or an offer: told at once, each at its field, named and linked above."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sharing.errors.shares import SharePeriodReversed
from sharing.models.share_grants import ShareGrant
from sharing.services.share_groups import keep_group
from tests.beside_shares import third_county
from tests.integration.portal.test_share_pages import request_form
from tests.integration.security.ground import browser_of
from tests.people import acting
from tests.shares import ask
from tests.teams import Team

GROUPS = frozenset({"purpose", "offices", "kinds", "roles"})
REVERSED = {"happened_from": "2026-10-10", "happened_until": "2026-09-09"}


def sent(browser: Client, name: str, form: dict[str, Any]) -> tuple[int, str]:
    answer = browser.post(reverse(f"portal:{name}"), form)
    return answer.status_code, answer.content.decode()


def wrong_at(page: str) -> set[str]:
    return set(re.findall(r'class="wrong" id="id_(\w+)_error"', page))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_all_that_is_wrong_is_told_at_once_and_leads_to_its_field(
    team: Team, language: str
) -> None:
    browser = browser_of(team.actor("jiang"))
    browser.cookies["language"] = language
    form = request_form(team, until_on="day", last_on="2020-01-01", **REVERSED)
    for empty in GROUPS:
        del form[empty]

    before = browser.get(reverse("portal:share-ask")).content.decode()
    status, page = sent(browser, "share-ask", form)

    assert not re.search(r'name="purpose"[^>]* required', before), "no browser stops at the first"
    fields = {*GROUPS, "last_on", "happened_until"}
    assert (status, wrong_at(page)) == (422, fields)
    assert ("有 6 处需要您核对" if language == "zh-hans" else "6 fields need") in page
    links = dict(re.findall(r'<li><a href="#id_(\w+)">([^<]+)</a>', page))
    assert list(links) == [
        "purpose_0", "offices_0", "kinds_0", "happened_until", "roles_0", "last_on"
    ], "as they stand on the page"  # fmt: skip
    assert links["purpose_0"] == ("用途" if language == "zh-hans" else "What for")
    assert all(f'id="id_{place}"' in page for place in links), "each leads to an input"
    assert 'value="2026-10-10"' in page, "nothing that was typed is lost"
    assert form["wanted"] in page


def test_a_fault_of_several_fields_links_them_below_what_it_says(team: Team) -> None:
    form = request_form(team, purpose="common_problem", kinds=["letter"])

    _status, page = sent(browser_of(team.actor("jiang")), "share-ask", form)

    assert "不能共享：函件" in page
    assert re.findall(r'<li><a href="#id_(\w+)">', page) == ["purpose_0", "kinds_0"]


@pytest.mark.parametrize("name", ["share-ask", "share-offer"])
def test_a_period_that_ends_before_it_begins_is_refused_at_its_field(team: Team, name: str) -> None:
    who = browser_of(team.actor("jiang"))
    form = request_form(team, **REVERSED)

    status, page = sent(who, name, form)

    assert (status, wrong_at(page)) == (422, {"happened_until"})
    assert "起止日期颠倒" in page
    one_day = form | {"happened_until": "2026-10-10"}
    assert sent(who, name, one_day)[0] == 302


def test_the_service_refuses_a_reversed_period_by_itself(team: Team) -> None:
    days: dict[str, Any] = {
        "happened_from": date(2026, 10, 10),
        "happened_until": date(2026, 9, 10),
    }

    with pytest.raises(SharePeriodReversed):
        ask(team, **days)


def test_an_offer_to_nobody_says_that_no_office_was_chosen(team: Team) -> None:
    status, page = sent(
        browser_of(team.actor("lin")), "share-offer", request_form(team, offices=[])
    )

    assert (status, wrong_at(page)) == (422, {"offices"})
    assert "没有选择单位" in page
    assert "同一个市" not in page


def test_an_offer_reaches_the_group_and_the_offices_ticked_each_once_and_says_how_many(
    team: Team,
) -> None:
    lin = team.actor("lin")
    shengsi, putuo = team.actor("jiang").tenant_id, third_county(team).tenant_id
    city = team.actor("zhao").tenant_id
    with acting(lin):
        group = keep_group(actor=lin, name="毗邻单位", offices=[shengsi, city])
    browser = browser_of(lin)
    form = request_form(team, group=str(group.pk), offices=[str(putuo), str(shengsi)])

    answer = browser.post(reverse("portal:share-offer"), form, follow=True)

    with acting(lin):
        made = list(ShareGrant.objects.all())
    assert sorted(one.receiver_id for one in made) == sorted([shengsi, city, putuo])
    assert len({one.batch for one in made}) == 1
    assert "已为3个单位建立" in answer.content.decode()
