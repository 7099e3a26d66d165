"""Who must approve a share grant, and who reads under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kernel.clock import CHINA
from sharing.domain.grants import (
    KINDS_FOR,
    LONGEST_DAYS,
    SHARE_GRANT,
    Approval,
    Grant,
    Group,
    Lack,
    Purpose,
    TermFault,
    counted,
    exports,
    is_narrower,
    is_over,
    lacking,
    reads,
    receivers_of,
    term_fault,
    to_be_asked_for,
)
from sharing.domain.life_cycle import Hand
from sharing.domain.shared_views import Redaction, Shareable, Span

COUNTY, CITY, OTHER = 2, 1, 3
NOON = datetime(2026, 3, 2, 12, tzinfo=CHINA)
GRANT = Grant(COUNTY, OTHER, frozenset({"county_director"}), NOON, NOON + timedelta(days=30))

DIRECTOR = Approval(11, Hand.OFFICE_DIRECTOR, COUNTY, "d")
GROUP = Approval(12, Hand.LEADING_GROUP, COUNTY, "d")
DISCIPLINE = Approval(13, Hand.DISCIPLINE_BODY, COUNTY, "d")
CITYS = Approval(14, Hand.CITY_DIRECTOR, CITY, "d")
FINDING, CLUE = [Shareable.FINDING], [Shareable.CLUE, Shareable.FINDING]


@pytest.mark.parametrize(
    ("kinds", "approvals", "lacks"),
    [
        (FINDING, [], [Lack.TWO_OF_THE_OWNER, Lack.THE_DIRECTOR]),
        (FINDING, [DIRECTOR], [Lack.TWO_OF_THE_OWNER]),
        (FINDING, [DIRECTOR, DIRECTOR], [Lack.TWO_OF_THE_OWNER]),
        (FINDING, [DIRECTOR, GROUP], []),
        (FINDING, [GROUP, DISCIPLINE], [Lack.THE_DIRECTOR]),
        (FINDING, [DIRECTOR, CITYS], [Lack.TWO_OF_THE_OWNER]),
        (CLUE, [DIRECTOR, GROUP], [Lack.DISCIPLINE_BODY_OR_CITY]),
        (CLUE, [DIRECTOR, DISCIPLINE], []),
        (CLUE, [DIRECTOR, CITYS], [Lack.TWO_OF_THE_OWNER]),
        (CLUE, [DIRECTOR, GROUP, CITYS], []),
        (
            CLUE,
            [DIRECTOR, GROUP, replace(DISCIPLINE, office=OTHER)],
            [Lack.DISCIPLINE_BODY_OR_CITY],
        ),
    ],
)
def test_two_people_of_the_owner_approve_and_of_clues_one_who_watches_them(
    kinds: list[Shareable], approvals: list[Approval], lacks: list[Lack]
) -> None:
    assert list(lacking(kinds, COUNTY, approvals)) == lacks


def test_one_person_in_two_seats_is_one_person() -> None:
    in_both = [DIRECTOR, replace(GROUP, person=DIRECTOR.person)]

    assert list(lacking(FINDING, COUNTY, in_both)) == [Lack.TWO_OF_THE_OWNER]


def test_nobody_watches_over_clues_that_they_share_as_director() -> None:
    as_both = [DIRECTOR, replace(DISCIPLINE, person=DIRECTOR.person), GROUP]

    assert list(lacking(CLUE, COUNTY, as_both)) == [Lack.DISCIPLINE_BODY_OR_CITY]
    assert list(lacking(CLUE, COUNTY, [*as_both, CITYS])) == []


def test_a_director_who_offers_has_spoken_and_two_others_approve() -> None:
    def lacks(*approvals: Approval, kinds: list[Shareable] = FINDING) -> list[Lack]:
        return list(lacking(kinds, COUNTY, approvals, offered_by_director=True))

    assert lacks(GROUP, DISCIPLINE) == []
    assert lacks(GROUP) == [Lack.TWO_OF_THE_OWNER]
    assert lacks(GROUP, DISCIPLINE, kinds=CLUE) == []
    assert lacks(GROUP, replace(GROUP, person=15), kinds=CLUE) == [Lack.DISCIPLINE_BODY_OR_CITY]
    assert list(lacking(FINDING, COUNTY, [GROUP, DISCIPLINE])) == [Lack.THE_DIRECTOR]


def test_whoever_declared_a_tie_since_has_approved_nothing() -> None:
    both = [DIRECTOR, DISCIPLINE]

    assert counted(both, asked_by=99, digest="d", stepped_back={13}) == [DIRECTOR]
    assert counted(both, asked_by=99, digest="d", stepped_back={14}) == both


def test_an_approval_counts_for_the_view_that_was_seen_and_not_for_ones_own_wish() -> None:
    assert counted([DIRECTOR, GROUP], asked_by=99, digest="d") == [DIRECTOR, GROUP]
    assert counted([DIRECTOR, GROUP], asked_by=99, digest="e") == []
    assert counted([DIRECTOR, GROUP], asked_by=11, digest="d") == [GROUP]


def test_who_reads_and_from_when_until_when() -> None:
    def shown(
        grant: Grant = GRANT,
        *,
        office: int = OTHER,
        role: str = "county_director",
        at: datetime = NOON,
    ) -> bool:
        return reads(grant, office=office, role=role, at=at)

    assert shown()
    assert not shown(office=COUNTY)
    assert not shown(role="county_clerk")
    assert not shown(at=NOON - timedelta(microseconds=1))
    assert shown(at=GRANT.until - timedelta(microseconds=1))
    assert not shown(at=GRANT.until)
    for state in set(SHARE_GRANT.states) - {"active"}:
        assert not shown(replace(GRANT, state=state)), state


def test_export_is_off_until_it_is_granted() -> None:
    def taken(grant: Grant) -> bool:
        return exports(grant, office=OTHER, role="county_director", at=NOON)

    assert not taken(GRANT)
    assert taken(replace(GRANT, may_export=True))
    assert not taken(replace(GRANT, may_export=True, state="revoked"))


def test_what_is_over_is_to_be_destroyed() -> None:
    assert not is_over(GRANT, NOON)
    assert is_over(GRANT, GRANT.until)
    assert is_over(replace(GRANT, state="revoked"), NOON)
    assert not is_over(replace(GRANT, state="refused"), GRANT.until), "nothing was ever shown"


def test_a_term_has_its_longest_and_the_strictest_kind_decides() -> None:
    today = date(2026, 3, 2)

    def fault(days: int, kinds: list[Shareable] = FINDING, since: date = today) -> TermFault | None:
        return term_fault(kinds, since, since + timedelta(days=days), on=today)

    assert fault(0) is TermFault.OUT_OF_ORDER
    assert fault(10, since=today - timedelta(days=10)) is TermFault.OVER
    assert fault(366) is None
    assert fault(367) is TermFault.TOO_LONG
    assert fault(91, CLUE) is TermFault.TOO_LONG
    assert fault(90, CLUE) is None
    shorter = {**LONGEST_DAYS, Shareable.FINDING: 10}
    until = today + timedelta(days=11)
    assert term_fault(FINDING, today, until, on=today, longest=shorter) is TermFault.TOO_LONG


def test_a_clue_is_shared_to_corroborate_or_handle_one_alone() -> None:
    for_clues = {one for one, kinds in KINDS_FOR.items() if Shareable.CLUE in kinds}

    assert for_clues == {Purpose.CORROBORATION, Purpose.HANDLING}
    assert set(KINDS_FOR) == set(Purpose)


def test_an_owner_narrows_alone_and_never_widens() -> None:
    before = Redaction(frozenset({"money"}), (Span("fact", 2, 5),))

    assert is_narrower(before, before)
    assert is_narrower(before, Redaction(frozenset({"money"}), (Span("fact", 0, 9),)))
    assert is_narrower(before, Redaction(frozenset({"money", "fact"})))
    assert not is_narrower(before, Redaction(frozenset(), (Span("fact", 2, 5),)))
    assert not is_narrower(before, Redaction(frozenset({"money"}), (Span("fact", 3, 5),)))
    assert is_narrower(
        before, Redaction(frozenset({"money"}), (Span("fact", 1, 3), Span("fact", 3, 6)))
    )


def test_a_group_is_its_members_of_the_day() -> None:
    islands = Group("海岛片", frozenset({2, 3, 4}))

    assert receivers_of(islands, owner=2) == {3, 4}
    grown = replace(islands, members=islands.members | {5})
    assert to_be_asked_for(grown, 2, granted=[3, 4]) == {5}


def test_approvals_fall_when_the_view_is_prepared_anew() -> None:
    assert SHARE_GRANT.replayed(["prepared", "approved", "prepared"]) == "prepared"
    assert SHARE_GRANT.replayed(["prepared", "approved", "granted"]) == "active"
    for skipped in (["granted"], ["prepared", "granted"], ["approved"]):
        with pytest.raises(ValueError, match="does not lead on"):
            SHARE_GRANT.replayed(skipped)


def test_nobody_of_the_receiver_approves_and_nobody_of_the_owner_withdraws() -> None:
    hands = {one.name: one.hands for one in SHARE_GRANT.acts}

    for name in ("prepared", "approved", "granted", "refused", "narrowed", "revoked"):
        assert Hand.RECEIVER not in hands[name]
    assert hands["withdrawn"] == hands["destruction_told"] == {Hand.RECEIVER}
