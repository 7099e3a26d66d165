"""A request on the screen: the fields that it names are shown to both sides, and what nobody asked for
begins withheld; days in the reader's language, and of what is over the day on which it ended."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from portal.share_hiding_forms import HideForm
from sharing.domain.grants import Purpose
from sharing.domain.shared_views import FIELDS, Redaction, Shareable
from sharing.errors.shares import ShareFieldsUnfit
from sharing.models.share_grants import ShareGrant, ShareView
from sharing.services.deciding_on_shares import refuse_share, take_share_back
from tests.integration.portal.test_share_pages import finding, page_of, request_form
from tests.integration.security.ground import browser_of
from tests.people import acting
from tests.shares import ask, in_force
from tests.teams import Team

NAMED = ["title", "fact"]
TERMS = {"roles": ["county_director"], "until_on": "15"}


def named(team: Team, **other: Any) -> ShareGrant:
    return ask(team, fields={Shareable.FINDING: NAMED}, **other)


def added(browser: Client, share: ShareGrant, key: str) -> str:
    address = reverse("portal:share-prepare", args=[share.pk])
    return browser.post(address, {"do": "add", "add": [key]}).content.decode()


def ticked(page: str, prefix: str) -> set[str]:
    boxes = re.findall(rf'<input type="checkbox" name="{prefix}-withheld"[^>]*>', page)
    return {re.findall(r'value="(\w+)"', box)[0] for box in boxes if " checked" in box}


def prepared(team: Team, browser: Client, share: ShareGrant, **sent: Any) -> frozenset[str]:
    """Which fields the view has."""
    browser.post(reverse("portal:share-prepare", args=[share.pk]), TERMS | {"do": "prepare"} | sent)
    with acting(team.actor("wu")):
        return frozenset(ShareView.objects.latest("pk").view.shown)


def test_a_request_names_fields_of_the_kinds_that_it_is_about_and_both_sides_see_them(
    team: Team,
) -> None:
    browser = browser_of(team.actor("jiang"))
    form = request_form(team, finding_fields=["fact", "title"], letter_fields=["body"])

    made = browser.post(reverse("portal:share-ask"), form)

    assert made.status_code == 302
    with acting(team.actor("jiang")):
        share = ShareGrant.objects.get()
    assert share.fields == {"finding": NAMED}, "of letters nothing was asked for"
    for who in ("jiang", "lin"):
        told = page_of(browser_of(team.actor(who)), "share-detail", share.pk)
        assert "问题标题、事实" in told
    assert "问题标题、事实" in page_of(browser_of(team.actor("wu")), "share-prepare", share.pk)


def test_a_request_that_names_none_asks_for_as_many_as_are_needed(team: Team) -> None:
    browser = browser_of(team.actor("jiang"))

    browser.post(reverse("portal:share-ask"), request_form(team))

    with acting(team.actor("jiang")):
        share = ShareGrant.objects.get()
    assert share.fields == {}
    assert "由提供单位按用途确定" in page_of(browser, "share-detail", share.pk)
    wu = browser_of(team.actor("wu"))
    one = finding(team)
    page = added(wu, share, f"finding:{one.number}")
    assert ticked(page, f"finding-{one.number}") == set()
    assert "未申请" not in page


def test_fields_of_a_refused_request_stay_ticked_and_in_sight(team: Team) -> None:
    browser = browser_of(team.actor("jiang"))

    told = browser.post(
        reverse("portal:share-ask"), request_form(team, basis="", finding_fields=["money"])
    )

    assert told.status_code == 422
    page = told.content.decode()
    assert re.search(r'name="finding_fields" value="money"[^>]*checked', page)
    assert re.search(r'data-kind="finding" open', page)
    assert not re.search(r'data-kind="letter" open', page)


def test_whoever_handles_no_clues_is_offered_no_fields_of_clues(team: Team) -> None:
    ye, jiang = (browser_of(team.actor(who)) for who in ("ye", "jiang"))

    assert "clue_fields" not in page_of(ye, "share-ask")
    assert "finding_fields" in page_of(ye, "share-ask")
    assert "clue_fields" in page_of(jiang, "share-ask")


def test_what_was_not_asked_for_begins_withheld_and_is_withheld_unless_unticked(
    team: Team,
) -> None:
    one, share = finding(team), named(team)
    key, prefix = f"finding:{one.number}", f"finding-{one.number}"
    wu = browser_of(team.actor("wu"))

    page = added(wu, share, key)

    unasked = set(FIELDS[Shareable.FINDING]) - set(NAMED)
    assert ticked(page, prefix) == unasked
    assert "责任（未申请）" in page
    view = page.split("接收单位看到的内容")[1].split("hide-form")[0]
    assert "3笔共126万元" in view
    assert "时任主要负责人" not in view
    assert prepared(team, wu, share, records=[key], **{f"{prefix}-withheld": list(unasked)}) == {
        *NAMED
    }


def test_the_owner_withholds_more_than_that_or_shows_what_was_not_asked_for(team: Team) -> None:
    one, share = finding(team), named(team)
    key, prefix = f"finding:{one.number}", f"finding-{one.number}"
    wu = browser_of(team.actor("wu"))
    unasked = set(FIELDS[Shareable.FINDING]) - set(NAMED)

    less = {f"{prefix}-withheld": [*unasked, "fact"]}
    assert prepared(team, wu, share, records=[key], **less) == {"title"}
    again = page_of(wu, "share-prepare", share.pk)
    assert ticked(again, prefix) == {*unasked, "fact"}, "prepared anew, it begins with its view"
    more = {f"{prefix}-withheld": [*(unasked - {"category"})]}
    assert prepared(team, wu, share, records=[key], **more) == {*NAMED, "category"}


def test_an_empty_field_that_nobody_asked_for_is_withheld_too() -> None:
    """Shown empty, it would tell that there is nothing."""
    typed = QueryDict("one-withheld=money&one-phrases=")

    def form(*unasked: str) -> HideForm:
        words = {"title": "党组会未按规定研究", "money": ""}
        return HideForm(Shareable.FINDING, words, typed, prefix="one", unasked=unasked)

    asked_for, unasked = form(), form("money")

    assert not asked_for.is_valid()
    assert unasked.is_valid()
    assert unasked.redaction.withheld == {"money"}


def test_less_of_a_view_is_shown_whatever_was_asked_for(team: Team) -> None:
    """Of a grant in force: fields that its view does not have are none that could be hidden."""
    unasked = frozenset(FIELDS[Shareable.FINDING]) - set(NAMED)
    view = finding(team, Redaction(unasked))
    share = in_force(team, [view], fields={Shareable.FINDING: NAMED})

    page = page_of(browser_of(team.actor("lin")), "share-narrow", share.pk)

    assert set(re.findall(r'name="place-1-withheld" value="(\w+)"', page)) == set(NAMED)


@pytest.mark.parametrize(
    "fields",
    [{Shareable.LETTER: ["body"]}, {Shareable.FINDING: ["fact", "informant"]}],
    ids=["of a kind that is not asked for", "that the kind does not have"],
)
def test_fields_that_are_none_are_refused_and_not_passed_over(team: Team, fields: Any) -> None:
    with pytest.raises(ShareFieldsUnfit):
        ask(team, fields=fields)

    with acting(team.actor("jiang")):
        assert not ShareGrant.objects.exists()
    assert ask(team, fields={Shareable.FINDING: NAMED, Shareable.LETTER: []}).fields == {
        "finding": NAMED
    }


def test_the_days_of_a_term_are_told_in_the_reader_s_language(team: Team) -> None:
    """Whichever language the process spoke first."""
    browser = browser_of(team.actor("jiang"))

    for language, days in (("en", "15 days"), ("zh-hans", "15天"), ("en", "15 days")):
        browser.cookies["language"] = language
        assert days in page_of(browser, "share-ask")


def test_of_what_was_taken_back_it_says_when_it_ended_and_not_until_when_it_was_to_be(
    team: Team,
) -> None:
    share = in_force(team, [finding(team)])
    browser = browser_of(team.actor("jiang"))
    before = page_of(browser, "share-detail", share.pk)

    with acting(team.actor("lin")):
        take_share_back(actor=team.actor("lin"), number=share.pk, reason="所涉事项已办结")

    after = page_of(browser, "share-detail", share.pk)
    assert re.search(r'class="days-words">[^<]*至', before)
    assert re.search(r'class="days-words">[^<]*结束', after)
    assert not re.search(r'class="days-words">[^<]*至', after)


def test_where_no_record_matches_there_is_no_button_to_take_one_in(team: Team) -> None:
    share, wu = named(team, unit="并无此单位"), browser_of(team.actor("wu"))
    finding(team)

    narrow = page_of(wu, "share-prepare", share.pk)
    wide = wu.post(
        reverse("portal:share-prepare", args=[share.pk]), {"do": "search", "sieve-unit": ""}
    ).content.decode()

    assert 'value="add"' not in narrow
    assert "可以减少搜索条件" in narrow
    assert 'value="add"' in wide


def test_a_request_names_records_and_the_owner_s_search_begins_with_it(team: Team) -> None:
    one = finding(team)
    jiang, wu = (browser_of(team.actor(who)) for who in ("jiang", "wu"))

    def offered(words: str) -> str:
        answer = jiang.post(reverse("portal:share-ask"), request_form(team, words=words))
        number = int(answer["Location"].strip("/").split("/")[-1])
        assert words in page_of(wu, "share-detail", number)
        return page_of(wu, "share-prepare", number)

    meant, other = offered("重大经费支出"), offered("校舍修缮")

    assert f'value="finding:{one.number}"' in meant
    assert f'value="finding:{one.number}"' not in other
    assert re.search(r'name="sieve-words" value="校舍修缮"', other)


def refused(team: Team, **other: Any) -> ShareGrant:
    share, lin = ask(team, **other), team.actor("lin")
    with acting(lin):
        refuse_share(actor=lin, number=share.pk, reason="内部原因不外告")
    return share


def test_a_refused_request_says_who_refused_and_to_others_not_why(team: Team) -> None:
    share = refused(team)

    theirs = page_of(browser_of(team.actor("jiang")), "share-detail", share.pk)
    ours = page_of(browser_of(team.actor("lin")), "share-detail", share.pk)

    assert "定海区未批准" in theirs
    assert "内部原因不外告" not in theirs
    assert team.actor("lin").name not in theirs
    told = ours.split('id="life-title"')[1].split("</section>")[0]
    assert "内部原因不外告" in told
    assert team.actor("lin").name in told
    assert "again=" not in ours


def test_what_the_city_may_have_refused_is_not_laid_at_the_owner_s_door(team: Team) -> None:
    share = refused(team, purpose=Purpose.HANDLING, kinds=[Shareable.CLUE])

    theirs = page_of(browser_of(team.actor("jiang")), "share-detail", share.pk)

    assert "定海区未批准" not in theirs
    assert "定海区或者" in theirs


def test_a_refused_request_is_asked_again_on_the_same_terms(team: Team) -> None:
    share = refused(team, fields={Shareable.FINDING: NAMED}, unit="海滨中学", may_export=True)
    browser = browser_of(team.actor("jiang"))
    again = reverse("portal:share-ask") + f"?again={share.pk}"
    assert again in page_of(browser, "share-detail", share.pk)

    form = browser.get(again).context["form"]

    assert form["wanted"].value() == share.wanted
    assert form["unit"].value() == "海滨中学"
    assert form["offices"].value() == [str(share.tenant_id)]
    assert form["finding_fields"].value() == NAMED
    assert form["roles"].value() == share.roles
    assert form["may_export"].value() is True
    assert form["last_on"].value() == share.until_on - timedelta(days=1)
    for wrong in ("", "x", "²", "9" * 19, "9" * 5000, "987654321"):
        begun = browser.get(reverse("portal:share-ask"), {"again": wrong}).context["form"]
        assert not begun["unit"].value()


def test_nobody_begins_with_the_terms_of_another_office_s_request(team: Team) -> None:
    share = refused(team, unit="海滨中学")
    waiting = ask(team, unit="海滨中学")

    for who, number in (("lin", share.pk), ("jiang", waiting.pk)):
        answer = browser_of(team.actor(who)).get(reverse("portal:share-ask"), {"again": number})
        assert "海滨中学" not in answer.content.decode()
