"""Mutual corroboration on the screen: what is said before, and where, of acts that cannot be undone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sharing.models.corroboration import HitNotice
from sharing.models.office_clues import OfficeClue
from sharing.services.clue_parties import note_party
from tenancy.actor import Actor
from tests.integration.security.ground import browser_of
from tests.integration.sharing.counties import Counties, answer, counties
from tests.matching import OTHER_ID_NUMBER, asked
from tests.people import acting

__all__ = ["counties"]  # a fixture
NOT_GIVEN_BACK = "撤回后不能恢复，占用的额度不退还。"
NOTHING_USED = "没有占用额度"


def page(actor: Actor, name: str, *numbers: int) -> str:
    answer = browser_of(actor).get(reverse(name, args=numbers))
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_something_is_taken_back_it_is_said_that_the_quota_is_not(
    counties: Counties,
) -> None:
    asked(counties.lin, counties.here)
    clue = page(counties.lin, "portal:ledger-clue", counties.here)
    before, _, after = clue.partition(reverse("portal:clue-party-withdraw", args=[counties.here]))
    opening = before.rpartition("<details")[2]
    assert "<summary>撤回" in opening
    assert NOT_GIVEN_BACK in opening
    assert "确认撤回" in after
    assert NOTHING_USED not in clue

    with acting(counties.luo):
        note_party(actor=counties.luo, number=counties.here, written={"id_number": OTHER_ID_NUMBER})
    assert NOTHING_USED in page(counties.lin, "portal:ledger-clue", counties.here)


def test_whoever_answers_no_hits_is_told_who_does(db: None, wu: Actor, lin: Actor) -> None:
    refused = browser_of(wu).get(reverse("portal:hits"))

    assert refused.status_code == 403
    shown = refused.content.decode()
    assert "查看和答复互相印证：由本单位主任办理，线索移交后还有纪检监察机关" in shown
    assert "接收和移交线索" not in shown
    page(lin, "portal:hits")


def test_an_empty_form_is_said_above_it_and_at_no_field(counties: Counties) -> None:
    address = reverse("portal:clue-party-note", args=[counties.here])
    refused = browser_of(counties.lin).post(address, {"person_name": "骆怀川"})

    assert refused.status_code == 422
    shown = refused.content.decode()
    above = shown.partition('name="person_name"')[0]
    assert "只有姓名或只有单位编码的，不作比对" in above
    assert "同时填写姓名和所在单位的单位编码" in above
    assert "field-wrong" not in shown
    assert "所在单位的代码" not in shown


@pytest.mark.parametrize(
    ("state", "first"),
    [
        ("leader_signed", "请先接收、移交本线索，再由纪检监察机关人员复核"),
        ("taken_in", "请先移交本线索，再由纪检监察机关人员复核"),
        ("handed_over", None),
    ],
)
def test_a_hit_says_who_confirms_and_what_comes_before(
    counties: Counties, state: str, first: str | None
) -> None:
    counties.both_told()
    if first is not None:
        with counties.django_as("owner"):
            OfficeClue.objects.filter(pk=counties.here).update(state=state, handed_over_at=None)
    with acting(counties.lin):
        number = HitNotice.objects.get().pk

    for act in ("proposed", None):
        shown = page(counties.lin, "portal:hit", number)
        assert "复核人为巡察办主任或纪检监察机关人员" in shown
        assert ("无法复核" in shown) is (first is not None)
        assert first is None or first in shown
        if act:
            answer(counties.lin, act)
    assert browser_of(counties.luo).get(reverse("portal:hit", args=[number])).status_code == (
        200 if first is None else 404
    )


def test_once_two_have_agreed_nobody_is_asked_for_a_second(counties: Counties) -> None:
    counties.both_told()
    counties.consent(counties.lin, counties.luo)
    with acting(counties.lin):
        number = HitNotice.objects.get().pk

    shown = page(counties.lin, "portal:hit", number)
    assert "不同意的，一人即可作出" in shown
    assert "复核人为" not in shown
