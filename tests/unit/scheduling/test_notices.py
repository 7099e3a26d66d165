"""The kinds of notices: each has its words, its readers and its page."""

from __future__ import annotations

import pytest

from scheduling.domain.notices import KIND_BY_CODE, NOTICES, NoticeKind, add_kinds, kinds_for
from tenancy.domain.roles import Permission, Role, permissions_of


@pytest.mark.parametrize("kind", NOTICES, ids=lambda kind: kind.code)
def test_a_kind_says_the_same_in_both_languages_to_a_permission_that_exists(
    kind: NoticeKind,
) -> None:
    about = dict.fromkeys(kind.names, "3")
    told = kind.told(about)

    assert "{" not in told.zh + told.en
    assert told.zh.endswith("。")
    assert told.en.endswith(".")
    assert kind.permission in set(Permission)
    assert len(kind.code) <= 40


def test_no_two_kinds_have_one_code() -> None:
    assert {kind.code for kind in NOTICES} <= set(KIND_BY_CODE)
    assert len({kind.code for kind in NOTICES}) == len(NOTICES)
    with pytest.raises(ValueError, match="Two kinds of notices are called call_received"):
        add_kinds([KIND_BY_CODE["call_received"]])


def test_a_county_s_clerk_is_not_told_what_only_the_director_can_do() -> None:
    clerk = kinds_for(permissions_of([Role.COUNTY_CLERK]))
    director = kinds_for(permissions_of([Role.COUNTY_DIRECTOR]))

    assert "confirmation_asked" in director
    assert "confirmation_asked" not in clerk
    assert "extract_published" in clerk
    assert not {"plan_proposed", "release_stale", "plan_published"} & {*clerk, *director}


def test_the_discipline_body_is_told_nothing_of_rounds() -> None:
    told = set(kinds_for(permissions_of([Role.DISCIPLINE_BODY])))

    # An end that nears of a token of one's own is no round's.
    assert told & {kind.code for kind in NOTICES} <= {"token_expiring"}
