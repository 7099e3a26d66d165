"""A share from its request to the receipt of destruction: who does what, and what is shown meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from psycopg2.extensions import connection as Connection

from kernel.clock import today
from kernel.errors import DomainError, NotVisible
from sharing.access.shares import (
    digest_of,
    disclosures_of,
    is_last_approval,
    shares_owned,
    shares_received,
    shown_to,
)
from sharing.domain.disclosures import Way
from sharing.domain.grants import Offer, Purpose
from sharing.domain.life_cycle import Hand
from sharing.domain.shared_views import MARK, Redaction, Shareable, Span
from sharing.errors.shares import (
    ShareApprovedByWhoAsked,
    ShareChanged,
    ShareNotNarrower,
    ShareNotOver,
    ShareOwnerAbolished,
    ShareRecordMissing,
    ViewNotCarried,
)
from sharing.errors.walking import StepOfAnotherHand, StepOutOfTurn
from sharing.models.share_grants import (
    ShareDisclosure,
    ShareGrant,
    ShareView,
    ShownView,
)
from sharing.selectors.share_lists import asked_by_us, shared_with_us
from sharing.selectors.shares import share_page
from sharing.services.asking_for_shares import offer_shares
from sharing.services.deciding_on_shares import (
    approve_share,
    refuse_share,
    take_share_back,
    tell_of_destruction,
    withdraw_share,
)
from sharing.services.preparing_shares import NOTHING_HIDDEN, Chosen, narrow_share
from sharing.services.showing_views import note_from_view, show_view
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tenancy.paging import Window
from tenancy.services.administration import abolish_office
from tests.clues import received
from tests.integration.security.ground import browser_of
from tests.integration.sharing.share_ground import keeper, lay_platform
from tests.integration.tenancy.raw import Raw
from tests.papers import to
from tests.people import acting
from tests.shares import approve, ask, asked, in_force, prepare, shown
from tests.teams import Team

HANDLING: dict[str, Any] = {"purpose": Purpose.HANDLING, "kinds": [Shareable.CLUE]}


def finding(team: Team, redaction: Redaction = NOTHING_HIDDEN) -> Chosen:
    return Chosen(Shareable.FINDING, to(team, "fed_back").pk, redaction)


def clue(team: Team, redaction: Redaction = NOTHING_HIDDEN) -> Chosen:
    number = received(team, team.actor("lin"), team.actor("luo"))
    return Chosen(Shareable.CLUE, number, redaction)


def test_what_two_people_approved_is_shown_as_they_saw_it(team: Team) -> None:
    hidden = Redaction(frozenset({"responsibility"}), (Span("unit", 0, 2),))
    share = in_force(team, [finding(team, hidden)])
    jiang = team.actor("jiang")

    (number,) = shown(jiang)
    with acting(jiang):
        showing = show_view(actor=jiang, number=number, way=Way.PAGE)

    assert share.state == "active"
    assert showing.view.shown["unit"].startswith(MARK)
    assert "responsibility" not in showing.view.shown
    lin = team.actor("lin")
    with acting(lin):
        view = ShareView.objects.get(grant=share)
        (line,) = disclosures_of(lin, share)
    assert (showing.view.content, showing.view.digest) == (view.content, view.digest)
    assert (line.person_name, line.role, line.way, line.digest) == (
        "江听澜", "county_director", "page", view.digest,
    )  # fmt: skip
    assert set(line.fields) == set(showing.view.shown)


def test_one_person_s_approval_is_not_enough_and_the_asker_s_is_none(team: Team) -> None:
    share = prepare(team, ask(team), [finding(team)], "wu")
    lin = team.actor("lin")

    share = approve(team, share, "lin", "lin")

    assert share.state == "under_approval"
    assert shown(team.actor("jiang")) == []
    with acting(lin), pytest.raises(ShareChanged):
        approve_share(actor=lin, number=share.pk, seen="0" * 64)
    assert approve(team, share, "he").state == "active"


def test_whoever_asked_does_not_approve(team: Team) -> None:
    lin, shengsi = team.actor("lin"), team.actor("jiang").tenant_id
    with acting(lin):
        (share,) = offer_shares(actor=lin, offices=[shengsi], asked=asked())
    prepare(team, share, [finding(team)], "wu")

    with pytest.raises(ShareApprovedByWhoAsked):
        approve(team, share, "lin")
    assert approve(team, share, "luo").state == "under_approval"


def test_a_clue_takes_the_discipline_body_or_the_city_besides(team: Team) -> None:
    share = prepare(team, ask(team, **HANDLING), [clue(team)])

    assert approve(team, share, "lin", "he").state == "under_approval"
    assert approve(team, share, "zhao").state == "active", "whichever comes last"


def test_the_citys_approval_stands_in_for_nobody_of_the_owner(team: Team) -> None:
    share = prepare(team, ask(team, **HANDLING), [clue(team)])

    assert approve(team, share, "zhao", "lin").state == "under_approval"
    assert approve(team, share, "zhao").state == "under_approval", "twice is once"
    assert approve(team, share, "he").state == "active"


def test_whether_an_approval_is_the_last_is_answered_to_whose_it_is(team: Team) -> None:
    share = approve(team, prepare(team, ask(team, **HANDLING), [clue(team)]), "lin", "he")
    zhao, lin, jiang, wu = (team.actor(who) for who in ("zhao", "lin", "jiang", "wu"))
    luo = team.actor("luo")

    with acting(zhao):
        seen = digest_of(share)
        assert is_last_approval(share, Hand.CITY_DIRECTOR, seen)
        assert not is_last_approval(share, Hand.OFFICE_DIRECTOR, seen), "of an own share alone"
        assert not is_last_approval(share, Hand.CITY_DIRECTOR, "0" * 64), "of what was seen"
    with acting(luo):
        assert is_last_approval(share, Hand.DISCIPLINE_BODY, seen), "of the owner as well"
    of_others = (
        (lin, Hand.CITY_DIRECTOR),
        (jiang, Hand.DISCIPLINE_BODY),
        (wu, Hand.DISCIPLINE_BODY),
    )
    for who, hand in of_others:
        with acting(who):
            assert not is_last_approval(share, hand, seen)


def test_the_city_is_shown_the_view_that_it_approves_and_nothing_of_the_rest(team: Team) -> None:
    hidden = Redaction(frozenset({"gist"}))
    share = prepare(team, ask(team, **HANDLING), [clue(team, hidden)])
    zhao = team.actor("zhao")

    with acting(zhao):
        (number,) = shown_to(zhao, ShownView.Use.APPROVAL).values_list("pk", flat=True)
        view = show_view(actor=zhao, number=number, way=Way.PAGE).view
        assert ShareView.objects.count() == 0
    assert "gist" not in view.shown
    assert view.shown["subject"] == "骆怀川"
    assert approve(team, share, "lin", "luo").state == "active"
    with acting(zhao), pytest.raises(NotVisible):
        show_view(actor=zhao, number=number, way=Way.PAGE)


def test_a_view_prepared_anew_and_terms_changed_have_no_approvals(team: Team) -> None:
    one = finding(team)
    share = approve(team, prepare(team, ask(team), [one], "wu"), "lin")

    share = prepare(team, share, [one], "wu", until_on=today() + timedelta(days=5))

    assert share.state == "prepared"
    assert approve(team, share, "he").state == "under_approval"
    assert approve(team, share, "lin").state == "active"


def test_taken_back_it_is_gone_for_the_next_request(team: Team) -> None:
    share = in_force(team, [finding(team)])
    lin, jiang = team.actor("lin"), team.actor("jiang")
    (number,) = shown(jiang)

    with acting(lin):
        take_share_back(actor=lin, number=share.pk, reason="所涉事项已办结")

    assert shown(jiang) == []
    with acting(jiang), pytest.raises(NotVisible):
        show_view(actor=jiang, number=number, way=Way.PAGE)
    with acting(jiang):
        assert shares_received(jiang).get().state == "revoked"
        tell_of_destruction(actor=jiang, number=share.pk, what="未留存副本")
        with pytest.raises(StepOutOfTurn):
            withdraw_share(actor=jiang, number=share.pk)


def test_nothing_is_to_be_destroyed_while_it_is_in_force(team: Team) -> None:
    share = in_force(team, [finding(team)])
    jiang = team.actor("jiang")

    with acting(jiang), pytest.raises(ShareNotOver):
        tell_of_destruction(actor=jiang, number=share.pk, what="未留存副本")


def test_whether_it_is_over_is_asked_after_whose_act_it_is(team: Team) -> None:
    share = in_force(team, [finding(team)])
    lin = team.actor("lin")

    with acting(lin), pytest.raises(StepOfAnotherHand):
        tell_of_destruction(actor=lin, number=share.pk, what="未留存副本")


def test_the_owner_narrows_at_once_and_never_widens(team: Team) -> None:
    share = in_force(team, [finding(team)])
    lin, jiang = team.actor("lin"), team.actor("jiang")
    (before,) = shown(jiang)

    with acting(lin):
        with pytest.raises(ShareNotNarrower):
            narrow_share(actor=lin, number=share.pk, further={}, left_out=[], reason="无")
        narrow_share(
            actor=lin,
            number=share.pk,
            further={1: Redaction(frozenset({"fact"}), (Span("title", 0, 1),))},
            left_out=[],
            reason="事实部分不再需要",
        )

    (after,) = shown(jiang)
    assert after != before
    with acting(jiang):
        view = show_view(actor=jiang, number=after, way=Way.PAGE).view
    assert "fact" not in view.shown
    assert view.shown["title"].startswith(MARK)


def test_whom_one_of_the_views_concerns_does_not_narrow_the_others(team: Team) -> None:
    """They are not shown it, and would leave it out unawares."""
    lin = team.actor("lin")
    of_another = received(team, lin, team.actor("luo"), subject_name="卜景行")
    share = in_force(team, [clue(team), Chosen(Shareable.CLUE, of_another)])
    given: dict[str, Any] = {
        "number": share.pk,
        "further": {2: Redaction(frozenset({"gist"}))},
        "left_out": [],
        "reason": "不再需要",
    }
    with team.django_as("owner"):
        User.objects.filter(pk=lin.person_id).update(display_name="骆怀川")
    with acting(lin), pytest.raises(StepOfAnotherHand):
        narrow_share(actor=lin, **given)

    with team.django_as("owner"):
        User.objects.filter(pk=lin.person_id).update(display_name=lin.name)
    with acting(lin):
        assert narrow_share(actor=lin, **given).edition == 2
    assert len(shown(team.actor("jiang"))) == 2


def test_what_is_past_its_day_stays_listed_until_its_copies_are_told_of(
    team: Team, superuser_connection: Connection
) -> None:
    share = in_force(team, [finding(team)])
    jiang = team.actor("jiang")
    with superuser_connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # time passes past every guard
        for table, key in (("sharegrant", "id"), ("shownview", "grant_number")):
            cursor.execute(
                f"UPDATE sharing_{table} SET until_on = %s WHERE {key} = %s", [today(), share.pk]
            )
    superuser_connection.commit()

    assert shown(jiang) == []
    with acting(jiang):
        assert shared_with_us(jiang, Window(5)).lines == []
        [line] = asked_by_us(jiang, Window(5)).lines
    assert (line.share.pk, line.is_over) == (share.pk, True)


def test_approvals_still_count_of_what_was_narrowed(team: Team) -> None:
    share = in_force(team, [finding(team)])
    lin = team.actor("lin")

    with acting(lin):
        narrow_share(
            actor=lin, number=share.pk, left_out=[], reason="不再需要",
            further={1: Redaction(frozenset({"fact"}))},
        )  # fmt: skip
        assert [one.counts for one in share_page(lin, share.pk).approvals] == [True, True]


def test_export_is_off_until_the_grant_says_otherwise(team: Team) -> None:
    in_force(team, [finding(team)])
    jiang = team.actor("jiang")
    (number,) = shown(jiang)
    with acting(jiang), pytest.raises(ViewNotCarried):
        show_view(actor=jiang, number=number, way=Way.EXPORT)


def test_where_the_grant_says_so_it_is_exported_and_written_down(team: Team) -> None:
    share = in_force(team, [finding(team)], may_export=True)
    jiang, lin = team.actor("jiang"), team.actor("lin")
    (number,) = shown(jiang)

    with acting(jiang):
        show_view(actor=jiang, number=number, way=Way.EXPORT)
        note_from_view(actor=jiang, number=number, text="与本县某工程同一施工单位")
    with acting(lin):
        ways = list(disclosures_of(lin, share).order_by("at").values_list("way", flat=True))
    assert ways == ["export", "note"]


@pytest.mark.parametrize("state", ["draft", "in_report", "group_approved"])
def test_what_was_not_fed_back_is_in_no_view(team: Team, state: str) -> None:
    number = to(team, state).pk
    share = ask(team)

    with pytest.raises(ShareRecordMissing):
        prepare(team, share, [Chosen(Shareable.FINDING, number)], "lin")


def test_a_refused_one_and_a_withdrawn_one_are_over(team: Team) -> None:
    lin, jiang = team.actor("lin"), team.actor("jiang")
    refused, withdrawn = ask(team), ask(team)

    with acting(lin):
        assert refuse_share(actor=lin, number=refused.pk, reason="与用途无关").state == "refused"
    with acting(jiang):
        assert withdraw_share(actor=jiang, number=withdrawn.pk).state == "withdrawn"
    with acting(lin), pytest.raises(StepOutOfTurn):
        refuse_share(actor=lin, number=withdrawn.pk, reason="与用途无关")


def test_a_clerk_knows_of_no_share_of_clues(team: Team) -> None:
    share = ask(team, purpose=Purpose.HANDLING, kinds=[Shareable.CLUE])
    other = ask(team)
    wu = team.actor("wu")

    with acting(wu):
        assert set(ShareGrant.objects.values_list("pk", flat=True)) == {other.pk}
        assert [one.pk for one in shares_owned(wu)] == [other.pk]
    lin = team.actor("lin")
    with acting(lin):
        assert {one.pk for one in shares_owned(lin)} == {share.pk, other.pk}


def test_a_clerk_is_told_of_no_clue_that_was_shown(team: Team) -> None:
    in_force(team, [clue(team)])
    jiang, wu, lin = team.actor("jiang"), team.actor("wu"), team.actor("lin")
    (number,) = shown(jiang)
    with acting(jiang):
        show_view(actor=jiang, number=number, way=Way.PAGE)

    told = {}
    for who in (wu, lin):
        with acting(who):
            told[who.name] = (ShownView.objects.count(), ShareDisclosure.objects.count())
    assert told == {"吴清和": (0, 0), "林知远": (2, 1)}  # for the city, for the receiver


def test_whom_a_clue_is_about_reads_no_view_of_it(team: Team) -> None:
    number = received(team, team.actor("lin"), team.actor("luo"), subject_name="江听澜")
    in_force(team, [Chosen(Shareable.CLUE, number)])

    assert shown(team.actor("jiang")) == []


def test_its_twin_reads_it(team: Team) -> None:
    in_force(team, [clue(team)])

    assert len(shown(team.actor("jiang"))) == 1


def test_the_rule_book_and_the_database_reckon_one_digest(team: Team) -> None:
    share = prepare(team, ask(team), [finding(team)], "wu")
    lin = team.actor("lin")
    with acting(lin):
        views = list(ShareView.objects.filter(grant=share).order_by("place"))
        offer = Offer(
            owner=share.tenant_id,
            receiver=share.receiver_id,
            edition=share.edition,
            purpose=Purpose(share.purpose),
            roles=frozenset(share.roles),
            until=share.until_on,
            may_export=share.may_export,
            views=[one.digest for one in views],
        )
        assert digest_of(share) == offer.digest


def test_only_the_owner_s_people_prepare(team: Team) -> None:
    share = ask(team)
    jiang = team.actor("jiang")
    with pytest.raises((StepOfAnotherHand, NotVisible)):
        prepare(team, share, [finding(team)], "jiang")
    with acting(jiang), pytest.raises(DomainError):
        take_share_back(actor=jiang, number=share.pk, reason="x")


def test_somebody_in_two_seats_approves_in_one(team: Team) -> None:
    """Of clues the discipline body is asked besides, also where the director sits in both seats."""
    share = approve(team, prepare(team, ask(team, **HANDLING), [clue(team)]), "he")
    lin = team.actor("lin")
    with team.django_as("owner"):
        Membership.objects.create(
            tenant_id=lin.tenant_id,
            user_id=lin.person_id,
            role=Role.DISCIPLINE_BODY,
            since_on=today(),
        )
    both = replace(lin, roles=frozenset({Role.COUNTY_DIRECTOR, Role.DISCIPLINE_BODY}))

    with acting(both):
        share = approve_share(actor=both, number=share.pk, seen=digest_of(share))

    assert share.state == "under_approval"
    assert approve(team, share, "luo").state == "active"


def test_with_an_office_that_is_no_more_nothing_waits_and_nobody_is_told(
    team: Team, connect_as: Callable[[str], Connection]
) -> None:
    share, waiting = in_force(team, [finding(team)]), ask(team)
    raw, jiang = Raw(connect_as("superuser")), team.actor("jiang")
    lay_platform(raw)
    raw.connection.commit()
    with acting(keeper()):
        abolish_office(actor=keeper(), number=team.actor("lin").tenant_id, successor=None)

    with acting(jiang):
        states = {line.share.pk: line.share.state for line in asked_by_us(jiang, Window(20)).lines}
        assert states == {share.pk: "revoked", waiting.pk: "withdrawn"}
        assert shared_with_us(jiang, Window(20)).lines == []
        assert share_page(jiang, share.pk).acts == []
        with pytest.raises(ShareOwnerAbolished):
            tell_of_destruction(actor=jiang, number=share.pk, what="已销毁")
        with pytest.raises(ShareOwnerAbolished):
            withdraw_share(actor=jiang, number=waiting.pk)
    page = browser_of(jiang).get(reverse("portal:share-detail", args=[share.pk])).content.decode()
    assert "已撤销" in page
    assert "留存的副本请予销毁" in page


def test_the_city_has_nothing_to_approve_for_an_office_that_is_no_more(
    team: Team, connect_as: Callable[[str], Connection]
) -> None:
    share = prepare(team, ask(team, **HANDLING), [clue(team)])
    raw, zhao = Raw(connect_as("superuser")), team.actor("zhao")
    lay_platform(raw)
    raw.connection.commit()
    [number] = to_approve(team, share)
    with acting(keeper()):
        abolish_office(actor=keeper(), number=team.actor("jiang").tenant_id, successor=None)

    assert to_approve(team, share) == []
    with acting(zhao), pytest.raises(NotVisible):
        show_view(actor=zhao, number=number, way=Way.PAGE)


def to_approve(team: Team, share: ShareGrant) -> list[int]:
    zhao = team.actor("zhao")
    with acting(zhao):
        rows = shown_to(zhao, ShownView.Use.APPROVAL).filter(grant_number=share.pk)
        return list(rows.values_list("pk", flat=True))
