"""What each role may do."""

from __future__ import annotations

import pytest

from kernel.errors import NotAllowed
from tenancy.actor import Actor
from tenancy.domain.roles import (
    ADMINISTRATORS,
    PERMISSION_TITLES,
    ROLE_TITLES,
    ROLES,
    SEATS,
    Permission,
    Role,
    permissions_of,
)


def test_every_role_and_permission_has_its_line_in_every_table() -> None:
    assert set(ROLES) == set(ROLE_TITLES) == set(Role)
    assert set(PERMISSION_TITLES) == set(Permission)
    assert frozenset().union(*SEATS.values()) == set(Role)


def test_every_permission_is_somebodys() -> None:
    held = (permissions_of(seats, kind) for kind, seats in SEATS.items())
    assert frozenset().union(*held) == set(Permission)


def test_the_scheduler_reads_no_roster_and_releases_nobody() -> None:
    assert ROLES[Role.SCHEDULER].isdisjoint(
        {
            Permission.VIEW_ROSTER,
            Permission.IMPORT_ROSTER,
            Permission.VIEW_UNITS,
            Permission.RELEASE_PEOPLE,
        }
    )


def test_a_clerk_prepares_and_the_director_releases() -> None:
    assert ROLES[Role.COUNTY_DIRECTOR] - ROLES[Role.COUNTY_CLERK] == {
        Permission.RELEASE_PEOPLE,
        Permission.CONFIRM_PEOPLE,
        Permission.NAME_HANDLERS,
        Permission.PROPOSE_SEATS,
        Permission.CONFIRM_EMERGENCY,
        Permission.VIEW_OWN_RECORD,
        Permission.MANAGE_WEBHOOKS,
        Permission.KEEP_CATEGORIES,
        Permission.KEEP_RULES,
        Permission.HANDLE_CLUE,
        Permission.SIGN_LETTERS,
        Permission.CLOSE_RECTIFICATION,
        Permission.LINK_ACCOUNTS,
        Permission.VIEW_AUTHORISATIONS,
        Permission.GRANT_AUTHORISATION,
        Permission.END_AUTHORISATION,
        Permission.FEED_BACK,
        Permission.OPEN_ORIGINALS,
        Permission.PAUSE_DEADLINES,
        Permission.SET_TERMS,
        Permission.VIEW_WEEKLY_REPORTS,
        Permission.VIEW_PACKAGES,
        Permission.MAKE_PACKAGES,
        Permission.TAKE_IN_PACKAGES,
        Permission.KEEP_PACKAGE_KEYS,
        Permission.APPROVE_SHARES,
    }
    # What both do, each does in their own hand: a director drafts and assigns as the director.
    in_the_clerks_hand = {
        Permission.COMMENT_REPORTS,
        Permission.DRAFT_LETTERS,
        Permission.STEER_RECTIFICATION,
        Permission.PREPARE_SHARES,
    }
    assert ROLES[Role.COUNTY_CLERK] - ROLES[Role.COUNTY_DIRECTOR] == in_the_clerks_hand


def test_no_county_seat_touches_a_round() -> None:
    rounds = {
        Permission.VIEW_ROUND,
        Permission.EDIT_ROUND,
        Permission.SOLVE_ROUND,
        Permission.VIEW_PLAN,
        Permission.EXPORT_PLAN,
    }
    for role in SEATS["county"]:
        assert ROLES[role].isdisjoint(rounds)


def test_who_proposes_does_not_approve_and_who_approves_does_not_edit() -> None:
    scheduler, director = ROLES[Role.SCHEDULER], ROLES[Role.CITY_DIRECTOR]

    assert scheduler.isdisjoint({Permission.APPROVE_PLAN, Permission.PUBLISH_PLAN})
    assert director.isdisjoint({Permission.EDIT_PLAN, Permission.PROPOSE_PLAN})


def test_facts_leave_through_the_recusal_officer_alone_who_prepares_nothing() -> None:
    holders = {role for role in Role if Permission.EXPORT_UNMASKED in ROLES[role]}

    assert holders == {Role.RECUSAL_OFFICER}
    assert ROLES[Role.RECUSAL_OFFICER].isdisjoint(
        {Permission.EDIT_ROUND, Permission.EDIT_PLAN, Permission.VIEW_ROSTER}
    )


def test_the_discipline_body_says_that_somebody_cannot_come_and_sees_no_round() -> None:
    """What it was named to supervise it sees, letters to it, the rules that everybody reads, shares (of
    clues it approves them), and the bell that tells of these."""
    assert ROLES[Role.DISCIPLINE_BODY] == {
        Permission.VIEW_NOTICES,
        Permission.DECLARE_UNAVAILABLE,
        Permission.SUPERVISE_UNIT,
        Permission.VIEW_RULES,
        Permission.DISPOSE_CLUE,
        Permission.READ_OWN_LETTERS,
        Permission.ANSWER_LETTERS,
        Permission.VIEW_FINDINGS,
        Permission.VIEW_DEADLINES,
        Permission.OPEN_ORIGINALS,
        Permission.VIEW_SHARES,
        Permission.ASK_FOR_SHARES,
        Permission.APPROVE_CLUE_SHARES,
        Permission.READ_SHARED_VIEWS,
    }


def test_an_administrator_may_nothing_that_the_offices_do_and_no_other_administrator_may() -> None:
    kinds = [ROLES[role] for role in sorted(ADMINISTRATORS)]
    # A director proposes at home, and answers who asks for their people in an emergency.
    shared = {Permission.PROPOSE_SEATS, Permission.CONFIRM_EMERGENCY}
    offices = permissions_of(set(Role) - ADMINISTRATORS) - shared
    both = {Permission.PROPOSE_SEATS, Permission.TRANSFER_SEATS}

    for one in kinds:
        assert one.isdisjoint(offices)
        assert all(one & other <= both for other in kinds if other is not one)


def test_administrators_sit_in_the_platforms_office_alone() -> None:
    assert SEATS["platform"] == ADMINISTRATORS
    assert all(SEATS[kind].isdisjoint(ADMINISTRATORS) for kind in SEATS if kind != "platform")


def test_several_seats_add_up() -> None:
    assert permissions_of([Role.SCHEDULER, Role.COUNTY_CLERK]) == (
        ROLES[Role.SCHEDULER] | ROLES[Role.COUNTY_CLERK]
    )
    assert permissions_of([]) == frozenset()


def test_lin_may_release_people_and_wu_is_refused_in_words(lin: Actor, wu: Actor) -> None:
    lin.must(Permission.RELEASE_PEOPLE)

    with pytest.raises(NotAllowed) as refusal:
        wu.must(Permission.RELEASE_PEOPLE)

    assert "release people" in refusal.value.in_language("en")[0]
    assert "抽调放行人员" in refusal.value.in_language("zh")[0]
