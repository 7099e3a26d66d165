"""A shared view on the screen: read, carried away, taken back, narrowed, and how far it reached."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from django.urls import reverse

from sharing.domain.shared_views import MARK, Redaction, Shareable
from sharing.models.papers import PaperVersion
from sharing.models.share_grants import ShareDisclosure, ShareNote, ShareView
from sharing.services.deciding_on_shares import take_share_back
from sharing.services.preparing_shares import Chosen
from tenancy.models import AuditEntry
from tests.clues import received
from tests.integration.portal.test_share_pages import (
    NAME,
    asked_for_a_clue,
    finding,
    page_of,
    plain_of,
    status,
)
from tests.integration.security.ground import browser_of
from tests.people import acting
from tests.shares import approve, in_force, prepare, shown
from tests.teams import Team


def test_reading_says_who_is_told_and_bears_the_reader_s_mark(team: Team) -> None:
    share = in_force(team, [finding(team, Redaction(frozenset({"fact"})))])
    jiang = team.actor("jiang")
    (number,) = shown(jiang)
    browser = browser_of(jiang)

    told = page_of(browser, "shared-view", number)

    assert "江听澜" in told.split('class="watermark"')[1].split("</svg>")[0]
    assert "定海区会知道" in told
    assert "126万元的经费支出" not in told
    assert "shared-view-export" not in told
    assert reverse("portal:shared-view-export", args=[number]) not in told
    assert status(browser, "shared-view-export", number) == 403
    with acting(team.actor("lin")):
        assert [one.way for one in ShareDisclosure.objects.filter(grant_number=share.pk)] == [
            "page"
        ]
    answer = browser.get(reverse("portal:shared-view", args=[number]))
    assert "no-store" in answer["Cache-Control"]


def test_a_copy_is_taken_where_it_is_allowed_with_the_reader_s_name_on_it(team: Team) -> None:
    in_force(team, [finding(team, Redaction(frozenset({"fact"})))], may_export=True)
    jiang = team.actor("jiang")
    (number,) = shown(jiang)

    answer = browser_of(jiang).get(reverse("portal:shared-view-export", args=[number]))

    assert answer.status_code == 200
    words = _words(answer.content)
    assert "江听澜" in words
    assert "党组会未按规定研究重大经费支出" in words
    assert "126万元的经费支出" not in words


def _words(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as file:
        texts = [file.read(name).decode() for name in file.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", "", "".join(texts))


def test_taken_back_its_page_is_not_there_and_the_open_page_is_told(team: Team) -> None:
    share = in_force(team, [finding(team)])
    jiang, lin = team.actor("jiang"), team.actor("lin")
    (number,) = shown(jiang)
    browser = browser_of(jiang)
    standing = reverse("portal:shared-view-standing", args=[number])
    assert browser.get(standing).status_code == 204

    answer = browser_of(lin).post(
        reverse("portal:share-take-back", args=[share.pk]), {"reason": "所涉事项已办结"}
    )

    assert answer["Location"] == reverse("portal:share-reach", args=[share.pk])
    over = browser.get(standing)
    assert over.status_code == 404
    assert "这份视图已不再提供" in over.content.decode()
    assert status(browser, "shared-view", number) == 404
    elsewhere = browser.get(reverse("portal:shared-view-standing", args=[987654321]))
    assert plain_of(elsewhere) == plain_of(over)


def test_less_is_shown_at_once_and_refused_is_only_what_hides_nothing(team: Team) -> None:
    share = in_force(team, [finding(team)])
    lin, jiang = team.actor("lin"), team.actor("jiang")
    browser, address = browser_of(lin), reverse("portal:share-narrow", args=[share.pk])

    nothing = browser.post(address, {"reason": "不再需要"})
    less = browser.post(address, {"reason": "不再需要", "place-1-phrases": NAME})

    assert nothing.status_code == 422
    assert "不再需要" in nothing.content.decode()
    assert less.status_code == 302
    (number,) = shown(jiang)
    told = page_of(browser_of(jiang), "shared-view", number)
    assert NAME not in told
    assert MARK in told


def test_the_reach_is_drawn_and_its_certificate_is_an_act(team: Team) -> None:
    share = in_force(team, [finding(team)], may_export=True)
    jiang, lin = team.actor("jiang"), team.actor("lin")
    (number,) = shown(jiang)
    reader = browser_of(jiang)
    page_of(reader, "shared-view", number)
    reader.get(reverse("portal:shared-view-export", args=[number]))
    noted = reader.post(
        reverse("portal:shared-view-note", args=[number]), {"text": "与本县某工程同一施工单位"}
    )
    browser = browser_of(lin)

    told = page_of(browser, "share-reach", share.pk)
    certificate = browser.get(reverse("portal:share-certificate", args=[share.pk]))

    assert noted.status_code == 302
    with acting(jiang):
        assert ShareNote.objects.get().text == "与本县某工程同一施工单位"
    line = told.split('<ul class="reach">')[1].split("</ul>")[0]
    assert [line.count(f'class="dot-{sign}"') for sign in ("read", "copy", "note")] == [1, 1, 1]
    assert "查阅1次" in line
    assert "江听澜" in line
    assert "副本1份" in line
    assert "记录1条" in line
    assert "同一施工单位" not in told
    words = _words(certificate.content)
    assert "共享信息查阅证明" in words
    assert "江听澜" in words
    assert jiang.office_name in words
    with acting(lin):
        assert ShareView.objects.get().view.shown["title"] in words
    with acting(lin):
        assert AuditEntry.objects.filter(action="sharing.share_grant.certified").count() == 1
    assert status(reader, "share-certificate", share.pk) == 404


def test_page_copy_and_certificate_tell_alike_of_a_field_that_says_nothing(team: Team) -> None:
    one = finding(team)
    with team.django_as("owner"):
        # A sum that nobody found: the field is in the view, and says nothing.
        PaperVersion.objects.filter(paper_id=one.number).update(money_cents=None)
    share = in_force(team, [one], may_export=True)
    jiang, lin = team.actor("jiang"), team.actor("lin")
    (number,) = shown(jiang)
    reader, browser = browser_of(jiang), browser_of(lin)

    told = page_of(reader, "shared-view", number)
    copy = _words(reader.get(reverse("portal:shared-view-export", args=[number])).content)
    certificate = browser.get(reverse("portal:share-certificate", args=[share.pk]))
    reach = page_of(browser, "share-reach", share.pk)

    assert re.search(r"<dt>涉及金额</dt><dd><bdi><span[^>]*>（无）</span></bdi></dd>", told)
    assert "涉及金额（无）" in copy
    assert "涉及金额（无）" in _words(certificate.content)
    assert "涉及金额（无）" in reach


def test_who_looked_at_a_clue_to_approve_it_is_none_of_its_readers(team: Team) -> None:
    number = received(team, team.actor("lin"), team.actor("luo"))
    share = prepare(team, asked_for_a_clue(team), [Chosen(Shareable.CLUE, number, Redaction())])
    zhao = team.actor("zhao")
    page_of(browser_of(zhao), "share-approve", share.pk)
    browser = browser_of(team.actor("lin"))
    approve(team, share, "lin", "luo")

    told = page_of(browser, "share-reach", share.pk)
    certificate = browser.get(reverse("portal:share-certificate", args=[share.pk]))

    assert "还没有人查阅" in told
    assert zhao.name in told.split("为审批查看过的人")[1].split("</section>")[0]
    words = _words(certificate.content)
    assert "审批查看" in words
    assert "页面查看" not in words


def test_a_note_that_comes_too_late_is_not_lost_unseen_and_leads_to_the_share(team: Team) -> None:
    share = in_force(team, [finding(team)], may_export=True)
    jiang, lin = team.actor("jiang"), team.actor("lin")
    (number,) = shown(jiang)
    reader = browser_of(jiang)
    page_of(reader, "shared-view", number)
    with acting(lin):
        take_share_back(actor=lin, number=share.pk, reason="所涉事项已办结")

    late = reader.post(
        reverse("portal:shared-view-note", args=[number]), {"text": "与本县某工程同一施工单位"}
    )
    open_page = reader.get(reverse("portal:shared-view-standing", args=[number])).content.decode()

    told = late.content.decode()
    assert late.status_code == 404
    assert "这份视图已不再提供" in told
    assert "未保存：您刚才填写的内容" in told
    assert "与本县某工程同一施工单位" in told
    assert "不得另行留存" in told
    assert reverse("portal:share-detail", args=[share.pk]) in told.split("view-over")[1]
    with acting(jiang):
        assert not ShareNote.objects.exists()
    assert reverse("portal:share-detail", args=[share.pk]) in open_page
    for gone in ("view-told", "view-copy", "view-note"):
        assert f'id="{gone}" hx-swap-oob="delete"' in open_page
    for name in ("shared-view", "shared-view-export"):
        assert (
            "这份视图已不再提供"
            in reader.get(reverse(f"portal:{name}", args=[number])).content.decode()
        )


def test_whoever_never_had_it_open_is_told_nothing_of_a_view_that_is_over(team: Team) -> None:
    share = in_force(team, [finding(team)])
    lin = team.actor("lin")
    (number,) = shown(team.actor("jiang"))
    with acting(lin):
        take_share_back(actor=lin, number=share.pk, reason="所涉事项已办结")
    reader = browser_of(team.actor("jiang"))

    for wrong in (number, 987654321):
        late = reader.post(reverse("portal:shared-view-note", args=[wrong]), {"text": "某记录"})
        assert late.status_code == 404
        assert "某记录" not in late.content.decode()
        assert "不再提供" not in late.content.decode()


def test_views_are_told_apart_by_what_was_asked_for_and_what_was_opened(team: Team) -> None:
    one = finding(team)
    for wanted in ("学校食堂采购问题", "校舍修缮招标问题"):
        in_force(team, [one], wanted=wanted)
    jiang = team.actor("jiang")
    first, second = shown(jiang)
    reader = browser_of(jiang)
    page_of(reader, "shared-view", second)

    rows = page_of(reader, "shared-views").split("<tbody>")[1].split("</tr>")

    of_first, of_second = (
        next(row for row in rows if reverse("portal:shared-view", args=[number]) in row)
        for number in (first, second)
    )
    assert "学校食堂采购问题" in of_first
    assert "您还没有打开过" in of_first
    assert "校舍修缮招标问题" in of_second
    assert "最近打开" in of_second
    for row in (of_first, of_second):
        assert "党组会未按规定研究重大经费支出" not in row, "a title is a word of the view"


def test_the_owner_s_page_names_the_record_of_each_view_and_leads_to_it(team: Team) -> None:
    one = finding(team)
    share = in_force(team, [one])

    ours = page_of(browser_of(team.actor("lin")), "share-detail", share.pk)
    theirs = page_of(browser_of(team.actor("jiang")), "share-detail", share.pk)

    assert "党组会未按规定研究重大经费支出" in ours
    assert reverse("portal:finding-detail", args=[one.number]) in ours
    assert "党组会未按规定研究重大经费支出" not in theirs
    assert "您还没有打开过" in theirs
