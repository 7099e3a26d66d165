"""Mutual corroboration on the screen: what is said before, and where, of acts that cannot be undone."""

from __future__ import annotations

from django.urls import reverse

from sharing.services.clue_parties import note_party
from tenancy.actor import Actor
from tests.integration.security.ground import browser_of
from tests.integration.sharing.counties import Counties, counties
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
