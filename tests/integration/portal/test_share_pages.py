"""Shares on the screen: asked, prepared, approved, read, taken back; and what nobody else sees of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sharing.domain.grants import Purpose
from sharing.domain.shared_views import MARK, Redaction, Shareable
from sharing.models.office_clues import OfficeClue
from sharing.models.share_grants import ShareDisclosure, ShareGrant
from sharing.services.deciding_on_shares import take_share_back
from sharing.services.preparing_shares import Chosen
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tests.clues import received
from tests.integration.portal.desks import CHANGING
from tests.integration.security.ground import browser_of
from tests.papers import to
from tests.people import SEATED_SINCE, _office, acting
from tests.shares import ask, in_force, prepare, shown
from tests.teams import Team

NAME = "126万元"


def page_of(browser: Client, name: str, *args: Any, **query: str) -> str:
    answer = browser.get(reverse(f"portal:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def status(browser: Client, name: str, *args: Any) -> int:
    return browser.get(reverse(f"portal:{name}", args=args)).status_code


def finding(team: Team, redaction: Redaction | None = None) -> Chosen:
    return Chosen(Shareable.FINDING, to(team, "fed_back").pk, redaction or Redaction())


def plain_of(answer: Any) -> str:
    return re.sub(CHANGING, "", answer.content.decode())


def request_form(team: Team, **other: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "purpose": "preparation",
        "offices": [str(team.actor("lin").tenant_id)],
        "kinds": ["finding"],
        "wanted": "教育系统巡察发现的经费问题",
        "roles": ["county_director"],
        "until_on": "30",
        "basis": "《中国共产党巡视工作条例》",
    }
    return given | other


def test_a_request_takes_one_form_and_each_fault_stands_at_its_field(team: Team) -> None:
    browser = browser_of(team.actor("jiang"))
    address = reverse("portal:share-ask")

    refused = browser.post(address, request_form(team, kinds=[], basis=""))
    told = refused.content.decode()

    assert refused.status_code == 422
    assert "教育系统巡察发现的经费问题" in told
    unfit = browser.post(address, request_form(team, purpose="common_problem", kinds=["letter"]))
    assert "不能共享：函件" in unfit.content.decode()
    long = browser.post(address, request_form(team, until_on="day", last_on="2099-01-01"))
    assert "不超过366天" in long.content.decode()
    empty = browser.post(address, request_form(team, until_on="day"))
    assert "id_last_on_error" in empty.content.decode()
    made = browser.post(address, request_form(team))
    with acting(team.actor("jiang")):
        share = ShareGrant.objects.get()
    assert made["Location"] == reverse("portal:share-detail", args=[share.pk])
    assert "教育系统巡察发现的经费问题" in page_of(
        browser_of(team.actor("lin")), "shares", tab="of_us"
    )


def test_several_offices_are_asked_at_once_and_none_outside_the_city(team: Team) -> None:
    jiang = team.actor("jiang")
    browser = browser_of(jiang)
    others = [str(team.actor("lin").tenant_id), str(team.actor("zhao").tenant_id)]

    wrong = browser.post(reverse("portal:share-ask"), request_form(team, offices=["1"]))
    browser.post(reverse("portal:share-ask"), request_form(team, offices=others))

    assert wrong.status_code == 422
    with acting(jiang):
        assert {one.tenant_id for one in ShareGrant.objects.all()} == {int(one) for one in others}


def test_prepared_with_words_hidden_it_shows_exactly_what_the_receiver_reads(team: Team) -> None:
    one, share = finding(team), ask(team)
    wu = browser_of(team.actor("wu"))
    address = reverse("portal:share-prepare", args=[share.pk])
    key = f"finding:{one.number}"
    assert f'value="{key}"' in page_of(wu, "share-prepare", share.pk)
    terms = {"roles": ["county_director"], "until_on": "15"}

    nothing = wu.post(address, terms | {"do": "prepare"})
    added = wu.post(address, {"do": "add", "add": [key]}).content.decode()
    hidden = terms | {
        "records": [key],
        f"finding-{one.number}-phrases": NAME,
        f"finding-{one.number}-withheld": ["responsibility"],
    }
    nowhere = wu.post(
        address, hidden | {f"finding-{one.number}-phrases": "查无此句", "do": "prepare"}
    )
    looked = wu.post(address, hidden | {"do": "look"}).content.decode()
    done = wu.post(address, hidden | {"do": "prepare"})

    assert nothing.status_code == 422
    assert "请先选择至少一条记录" in nothing.content.decode()
    assert "3笔共126万元" in added
    assert "必填项" not in added, "the terms as they were asked for stand there, and no fault"
    assert nowhere.status_code == 422
    assert "查无此句" in nowhere.content.decode()
    view = looked.split("接收单位看到的内容")[1].split("hide-form")[0]
    assert NAME not in view
    assert "时任主要负责人" not in view
    assert MARK in view
    assert f'<mark class="hidden-words">{NAME}</mark>' in looked
    assert done["Location"] == reverse("portal:share-detail", args=[share.pk])
    kept = page_of(wu, "share-prepare", share.pk)
    assert f">\n{NAME}</textarea>" in kept, "prepared anew, it begins with what was hidden"


def test_whoever_approves_sees_both_sides_and_approves_what_was_seen(team: Team) -> None:
    hidden = Redaction(frozenset({"responsibility"}))
    share = prepare(team, ask(team), [finding(team, hidden)], "wu")
    lin = browser_of(team.actor("lin"))
    told = page_of(lin, "share-approve", share.pk)
    (seen,) = re.findall(r'name="seen" value="([0-9a-f]{64})"', told)
    address = reverse("portal:share-approve", args=[share.pk])

    assert "待您办理" in page_of(lin, "shares", tab="of_us")
    wrong = lin.post(address, {"seen": "0" * 64})
    looked_again = page_of(lin, "share-approve", share.pk)
    right = lin.post(address, {"seen": seen})

    assert "时任主要负责人" in told, "the record, marked as hidden"
    assert "不提供该字段" in told
    assert (wrong.status_code, wrong["Location"]) == (302, address)
    assert "您查看之后内容已有改动，没有批准" in looked_again
    assert right.status_code == 302
    after = page_of(lin, "share-approve", share.pk)
    assert "还需本单位另一人批准" in after
    assert "待您办理" not in page_of(lin, "shares", tab="of_us")
    he = browser_of(team.actor("he"))
    he.post(address, {"seen": seen})
    assert "生效中" in page_of(lin, "share-detail", share.pk)


def test_the_city_sees_the_view_of_a_clue_and_of_the_record_nothing(team: Team) -> None:
    number = received(team, team.actor("lin"), team.actor("luo"))
    chosen = Chosen(Shareable.CLUE, number, Redaction(frozenset({"gist"})))
    share = prepare(team, asked_for_a_clue(team), [chosen])
    zhao = team.actor("zhao")

    told = page_of(browser_of(zhao), "share-approve", share.pk)

    assert "骆怀川" in told
    with acting(team.actor("lin")):
        gist = OfficeClue.objects.get(pk=number).gist
        (line,) = ShareDisclosure.objects.all()
    assert gist not in told
    assert line.person_name == zhao.name, "that the city looked is on the county's record"
    assert gist in page_of(browser_of(team.actor("lin")), "share-approve", share.pk)


def asked_for_a_clue(team: Team) -> ShareGrant:
    return ask(team, purpose=Purpose.HANDLING, kinds=[Shareable.CLUE])


def test_the_receiver_sees_no_act_of_the_owner_and_the_owner_none_of_its_words(team: Team) -> None:
    share = in_force(team, [finding(team)])
    with acting(team.actor("lin")):
        take_share_back(actor=team.actor("lin"), number=share.pk, reason="内部原因不外告")

    theirs = page_of(browser_of(team.actor("jiang")), "share-detail", share.pk)
    ours = page_of(browser_of(team.actor("lin")), "share-detail", share.pk)

    for words in ("内部原因不外告", "林致远", team.actor("lin").name, team.actor("he").name):
        assert words not in theirs
    assert "内部原因不外告" in ours
    assert team.actor("he").name in ours
    assert "报告销毁" in theirs
    assert status(browser_of(team.actor("jiang")), "share-reach", share.pk) == 404


@pytest.mark.parametrize(
    "name", ["share-detail", "share-prepare", "share-approve", "share-narrow", "share-reach"]
)
def test_to_a_third_county_it_is_the_same_as_not_there(team: Team, name: str) -> None:
    share = in_force(team, [finding(team)])
    third = browser_of(_third(team))

    here = third.get(reverse(f"portal:{name}", args=[share.pk]))
    nowhere = third.get(reverse(f"portal:{name}", args=[987654321]))

    assert here.status_code == nowhere.status_code == 404
    assert plain_of(here).replace(str(share.pk), "") == plain_of(nowhere).replace("987654321", "")


def _third(team: Team) -> Actor:
    """The director of a county that has no part in it."""
    office = _office("putuo")
    with team.django_as("owner"):
        user = User.objects.create(pk=9399, username="third", display_name="程远")
        Membership.objects.create(
            tenant=office, user=user, role=Role.COUNTY_DIRECTOR, since_on=SEATED_SINCE
        )
    lin = team.actor("lin")
    return replace(
        lin, user_id=9399, name="程远", tenant_id=office.pk, office_name=office.short_name
    )


def test_a_clerk_sees_no_share_of_clues_in_any_list(team: Team) -> None:
    share = asked_for_a_clue(team)
    wu = browser_of(team.actor("wu"))

    assert "贵区教育系统" not in page_of(wu, "shares", tab="of_us")
    assert status(wu, "share-detail", share.pk) == 404
    assert "贵区教育系统" in page_of(browser_of(team.actor("lin")), "shares", tab="of_us")


def test_who_joins_a_group_is_given_nothing_until_it_is_offered(team: Team) -> None:
    lin, shengsi, city = (team.actor(who) for who in ("lin", "jiang", "zhao"))
    browser = browser_of(lin)
    made = browser.post(
        reverse("portal:share-groups"), {"name": "毗邻单位", "offices": [str(shengsi.tenant_id)]}
    )
    assert made.status_code == 302
    offered = browser.post(
        reverse("portal:share-offer"),
        request_form(team, offices=[], group=made["Location"].strip("/").split("/")[-1]),
    )
    with acting(lin):
        first = ShareGrant.objects.get()
    assert offered["Location"] == reverse("portal:share-prepare", args=[first.pk])
    browser.post(
        made["Location"],
        {"name": "毗邻单位", "offices": [str(shengsi.tenant_id), str(city.tenant_id)]},
    )
    told = page_of(browser, "share-group", made["Location"].strip("/").split("/")[-1])

    assert "未提供给" in told
    number = made["Location"].strip("/").split("/")[-1]
    browser.post(reverse("portal:share-group-offer", args=[number]), {"first": first.pk})

    with acting(lin):
        assert {one.receiver_id for one in ShareGrant.objects.all()} == {
            shengsi.tenant_id, city.tenant_id,
        }  # fmt: skip
        assert {one.state for one in ShareGrant.objects.all()} == {"asked"}
    assert "未提供给" not in page_of(browser, "share-group", number)


def test_a_record_s_page_says_who_has_a_view_of_it(team: Team) -> None:
    one = finding(team)
    lin = browser_of(team.actor("lin"))
    before = page_of(lin, "finding-detail", one.number)
    share = in_force(team, [one])

    after = page_of(lin, "finding-detail", one.number)

    assert "其他单位都没有" in before
    assert "提供共享" in before
    assert reverse("portal:share-detail", args=[share.pk]) in after
    assert "嵊泗县" in after.split("谁有这条记录的共享视图")[1]


def test_the_desk_says_what_is_asked_of_the_office(team: Team) -> None:
    lin = browser_of(team.actor("lin"))
    assert "待办理的共享" not in page_of(lin, "home")

    ask(team)

    assert "待办理的共享" in page_of(lin, "home")


def test_a_request_is_withdrawn_by_a_second_click_that_says_what_follows(team: Team) -> None:
    share = ask(team)
    browser = browser_of(team.actor("jiang"))

    told = page_of(browser, "share-detail", share.pk)

    asked, form = told.split('id="withdraw-title"')[1].split("</details>")[0].split("<form")
    assert "<details" in asked
    assert " open" not in asked.split("<details")[1].split(">")[0]
    assert "不能恢复" in asked
    assert reverse("portal:share-withdraw", args=[share.pk]) in form


def over(team: Team, *, with_a_copy: bool) -> ShareGrant:
    share = in_force(team, [finding(team)], may_export=True)
    jiang, lin = team.actor("jiang"), team.actor("lin")
    if with_a_copy:
        (number,) = shown(jiang)
        browser_of(jiang).get(reverse("portal:shared-view-export", args=[number]))
    with acting(lin):
        take_share_back(actor=lin, number=share.pk, reason="所涉事项已办结")
    return share


def test_once_destruction_is_told_the_page_says_so_and_asks_for_nothing_more(team: Team) -> None:
    share = over(team, with_a_copy=True)
    browser = browser_of(team.actor("jiang"))
    asks = page_of(browser, "share-detail", share.pk)

    browser.post(reverse("portal:share-destroyed", args=[share.pk]), {"what": "1份已删除"})

    told = page_of(browser, "share-detail", share.pk)
    assert "请销毁留存的内容，并在下面报告" in asks
    assert "补充报告" not in asks
    assert "请销毁" not in told
    assert "副本处理情况已报告" in told
    assert "1份已删除" in told.split('id="life-title"')[1].split("</section>")[0]
    assert "<summary>补充报告</summary>" in told


def test_where_nothing_was_carried_away_nothing_has_to_be_told(team: Team) -> None:
    share = over(team, with_a_copy=False)

    told = page_of(browser_of(team.actor("jiang")), "share-detail", share.pk)

    assert "无须报告" in told
    assert "请销毁" not in told
    assert "<summary>仍要报告</summary>" in told
