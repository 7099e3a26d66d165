"""Each line and page of a share says whether it was offered or asked for, and by whom."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from sharing.models.share_grants import ShareGrant
from sharing.services.asking_for_shares import offer_shares
from tests.integration.portal.test_share_pages import page_of
from tests.integration.security.ground import browser_of
from tests.people import acting
from tests.shares import ask, asked
from tests.teams import Team


def offered(team: Team) -> ShareGrant:
    lin, shengsi = team.actor("lin"), team.actor("jiang").tenant_id
    with acting(lin):
        (share,) = offer_shares(actor=lin, offices=[shengsi], asked=asked())
    return share


def test_an_offer_is_no_request_on_either_side(team: Team) -> None:
    share = offered(team)

    for who, tab, words in (
        ("jiang", "by_us", "对方主动提供"),
        ("lin", "of_us", "本单位拟提供"),
        ("zhao", "watched", "主动提供"),
    ):
        browser = browser_of(team.actor(who))
        for page in (
            page_of(browser, "shares", tab=tab),
            page_of(browser, "share-detail", share.pk),
        ):
            assert words in page, (who, words)
            assert "已提出" in page
            assert "已申请" not in page, who


def test_a_request_is_no_offer_on_either_side(team: Team) -> None:
    share = ask(team)

    for who, tab, words in (("jiang", "by_us", "本单位申请"), ("lin", "of_us", "对方申请")):
        browser = browser_of(team.actor(who))
        for page in (
            page_of(browser, "shares", tab=tab),
            page_of(browser, "share-detail", share.pk),
        ):
            assert words in page, (who, words)
            assert "已申请" in page
            assert "已提出" not in page
    assert "撤销提供" not in page_of(browser_of(team.actor("lin")), "share-detail", share.pk)


@pytest.mark.parametrize(
    ("name", "who", "copies"),
    [("share-ask", "jiang", "申请导出副本"), ("share-offer", "lin", "允许导出副本")],
)
def test_a_request_speaks_as_whoever_asks_and_says_which_days_it_means(
    team: Team, name: str, who: str, copies: str
) -> None:
    page = page_of(browser_of(team.actor(who)), name)

    labels = {words.strip() for words in re.findall(r"<label for=[^>]*>([^<]+)", page)}
    assert {"发生时间起", "发生时间止（含当日）", copies} <= labels
    assert len({"申请导出副本", "允许导出副本"} & labels) == 1


def test_a_copy_that_is_asked_for_is_not_allowed_yet(team: Team) -> None:
    share = ask(team, may_export=True)

    page = page_of(browser_of(team.actor("lin")), "share-detail", share.pk)

    assert "申请导出" in page
    assert "允许导出" not in page


@pytest.mark.parametrize(
    ("language", "button", "state"),
    [("zh-hans", "撤销提供", "已撤销提供"), ("en", "Drop the offer", "offer dropped")],
)
def test_an_owner_drops_its_own_offer_and_refuses_nothing(
    team: Team, language: str, button: str, state: str
) -> None:
    share, lin = offered(team), browser_of(team.actor("lin"))
    lin.cookies["language"] = language
    page = page_of(lin, "share-detail", share.pk)
    assert f'">{button}</button>' in page
    assert not {"不予批准", "Refuse it"} & {
        word for word in ("不予批准", "Refuse it") if word in page
    }

    lin.post(reverse("portal:share-refuse", args=[share.pk]), {"reason": "所涉事项已办结"})

    with acting(team.actor("lin")):
        assert ShareGrant.objects.get().state == "refused"
    for who in ("lin", "jiang"):
        browser = browser_of(team.actor(who))
        browser.cookies["language"] = language
        assert state in page_of(browser, "share-detail", share.pk)
