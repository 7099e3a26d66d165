"""What is offered to several offices at once begins, for each, as it was prepared for another of them."""

from __future__ import annotations

import re
from typing import Any

from sharing.domain.grants import Purpose
from sharing.domain.shared_views import Redaction, Shareable, Span
from sharing.models.share_grants import ShareGrant
from sharing.services.asking_for_shares import offer_shares
from sharing.services.deciding_on_shares import refuse_share
from sharing.services.preparing_shares import Chosen, narrow_share
from tenancy.domain.roles import Role
from tests.beside_shares import seated
from tests.clues import received
from tests.integration.portal.test_share_pages import finding, page_of
from tests.integration.security.ground import browser_of
from tests.people import acting
from tests.shares import approve, asked, prepare
from tests.teams import Team

SAID = "已按同批提供给"


def batch(team: Team, who: str = "lin", **other: Any) -> tuple[ShareGrant, ShareGrant]:
    """Offered by Dinghai to Shengsi and to the city."""
    actor = team.actor(who)
    offices = [team.actor(there).tenant_id for there in ("jiang", "zhao")]
    with acting(actor):
        one, another = offer_shares(actor=actor, offices=offices, asked=asked(**other))
    return one, another


def begun(team: Team, share: ShareGrant, who: str = "wu") -> str:
    return page_of(browser_of(team.actor(who)), "share-prepare", share.pk)


def redacted(team: Team) -> Chosen:
    return finding(team, Redaction(frozenset({"responsibility"}), (Span("fact", 15, 20),)))


def test_the_second_office_s_view_begins_as_the_first_one_s_was_prepared(team: Team) -> None:
    first, second = batch(team)
    one = redacted(team)
    assert SAID not in begun(team, second), "nothing is prepared yet"
    prepare(team, first, [one], "wu")

    page = begun(team, second)

    assert f"{SAID}<bdi>{first.receiver.short_name}</bdi>" in page
    assert f'name="records" value="finding:{one.number}"' in page
    assert re.search(r'-withheld" value="responsibility"[^>]*checked', page)
    view = page.split("hide-view")[1].split("hide-form")[0]
    assert "hidden-mark" in view
    assert SAID not in begun(team, first), "one that is prepared begins as it stands"


def test_once_prepared_it_goes_its_own_way(team: Team) -> None:
    first, second = batch(team)
    one = redacted(team)
    prepare(team, first, [one], "wu")
    prepare(team, second, [Chosen(one.kind, one.number)], "wu")

    page = begun(team, second)

    assert SAID not in page
    assert not re.search(r'-withheld" value="responsibility"[^>]*checked', page)


def test_what_was_dropped_is_no_pattern(team: Team) -> None:
    first, second = batch(team)
    prepare(team, first, [redacted(team)], "wu")
    lin = team.actor("lin")
    with acting(lin):
        refuse_share(actor=lin, number=first.pk, reason="所涉事项已办结")

    page = begun(team, second)

    assert SAID not in page
    assert 'name="records"' not in page


def test_a_share_of_another_batch_is_no_pattern(team: Team) -> None:
    first, _other = batch(team)
    prepare(team, first, [redacted(team)], "wu")
    _third, fourth = batch(team)

    assert SAID not in begun(team, fourth)


def test_of_a_view_that_was_narrowed_nothing_is_filled_in(team: Team) -> None:
    """Its spans count the characters that it showed, not the record's: taken over, they would hide
    something else."""
    first, second = batch(team, "wu")
    approve(team, prepare(team, first, [redacted(team)], "wu"), "lin", "he")
    assert SAID in begun(team, second), "in force it is a pattern"
    wu, less = team.actor("wu"), Redaction(spans=(Span("title", 0, 3),))
    with acting(wu):
        narrow_share(actor=wu, number=first.pk, further={1: less}, left_out=[], reason="范围过大")

    page = begun(team, second)

    assert SAID not in page
    assert 'name="records"' not in page


def test_a_record_that_the_reader_could_not_choose_is_not_filled_in_either(team: Team) -> None:
    """A view of a clue is shown to nobody whom the clue concerns."""
    lin, subject = team.actor("lin"), "骆怀川"
    first, second = batch(team, purpose=Purpose.HANDLING, kinds=[Shareable.CLUE])
    number = received(team, lin, team.actor("luo"))
    prepare(team, first, [Chosen(Shareable.CLUE, number)])
    concerned = seated(team, "dinghai", 9703, subject, Role.COUNTY_DIRECTOR)

    for reader, is_filled in ((lin, True), (concerned, False)):
        page = page_of(browser_of(reader), "share-prepare", second.pk)
        assert (SAID in page) is is_filled
        assert (f"clue:{number}" in page) is is_filled
        assert "此后有变化" not in page
