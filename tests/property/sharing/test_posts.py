"""Who is of the county inspected is kept away from what outsiders alone may hold, in whatever way."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from sharing.domain.posts import (
    AT_HOME,
    BY_SEAT,
    DEPUTY,
    LEADER,
    POST_KEEPS,
    POST_TITLES,
    ROOM_OF,
    SIGNED_BY_THE_LEADER,
    STANDARD,
    Post,
    is_for_outsiders,
    may_be_named,
    reaches,
)
from sharing.domain.routing import OWNED_BY_MODE

POSTS = st.sampled_from(Post)
ROLES = st.sampled_from([LEADER, DEPUTY, "member"])
MODES = st.sampled_from(sorted(OWNED_BY_MODE))
CHOSEN = st.dictionaries(POSTS, st.booleans())
NAMED = st.frozensets(POSTS)


@given(POSTS, MODES, CHOSEN, ROLES, NAMED)
def test_a_local_reaches_nothing_of_an_outsiders_post_however_they_are_placed(
    post: Post, mode: str, chosen: dict[Post, bool], role: str, named: frozenset[Post]
) -> None:
    """But the signature of the leader, without which no clue leaves the team."""
    guarded = is_for_outsiders(post, mode, chosen)
    assume(guarded)

    assert not may_be_named(post, is_local=True, for_outsiders=guarded)
    reached = reaches(post, role=role, is_local=True, named_to=named, for_outsiders=guarded)
    assert reached is (role == LEADER and post in SIGNED_BY_THE_LEADER)


@given(POSTS, MODES, CHOSEN, st.booleans(), NAMED)
def test_a_member_reaches_what_they_are_named_to_and_nothing_else(
    post: Post, mode: str, chosen: dict[Post, bool], is_local: bool, named: frozenset[Post]
) -> None:
    guarded = is_for_outsiders(post, mode, chosen)
    reached = reaches(post, role="member", is_local=is_local, named_to=named, for_outsiders=guarded)

    assert reached is (post in named - BY_SEAT and not (is_local and guarded))


@given(POSTS, MODES, CHOSEN, st.sampled_from([LEADER, DEPUTY]))
def test_who_leads_from_outside_reaches_everything(
    post: Post, mode: str, chosen: dict[Post, bool], role: str
) -> None:
    guarded = is_for_outsiders(post, mode, chosen)

    assert reaches(post, role=role, is_local=False, named_to=(), for_outsiders=guarded)


@given(POSTS, MODES, CHOSEN, st.booleans())
def test_whoever_may_be_named_reaches_it_then(
    post: Post, mode: str, chosen: dict[Post, bool], is_local: bool
) -> None:
    guarded = is_for_outsiders(post, mode, chosen)
    assume(may_be_named(post, is_local=is_local, for_outsiders=guarded))

    assert reaches(post, role="member", is_local=is_local, named_to={post}, for_outsiders=guarded)


@given(POSTS, st.text(max_size=20), CHOSEN)
def test_the_office_s_word_holds_where_a_team_is_not_at_home(
    post: Post, mode: str, chosen: dict[Post, bool]
) -> None:
    """A mode that nobody decided about is guarded as any cross-inspection."""
    wanted = chosen.get(post, post in STANDARD)

    assert is_for_outsiders(post, mode, chosen) is (wanted and mode not in AT_HOME)
    assert not any(is_for_outsiders(post, at_home, chosen) for at_home in AT_HOME)


def test_every_post_has_its_words_and_its_room() -> None:
    for told in (POST_TITLES, POST_KEEPS, ROOM_OF):
        assert set(told) == set(Post)
