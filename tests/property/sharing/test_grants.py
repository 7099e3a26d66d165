"""Of every order of acts: what nobody approved is read by nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kernel.clock import CHINA
from sharing.domain.grants import SHARE_GRANT, Approval, Grant, counted, lacking, reads
from sharing.domain.life_cycle import Hand
from sharing.domain.shared_views import Shareable

ACTS = st.lists(st.sampled_from([one.name for one in SHARE_GRANT.acts]), max_size=12)
OWNER, CITY = 2, 1
APPROVALS = st.lists(
    st.builds(
        Approval,
        st.integers(11, 14),
        st.sampled_from([
            Hand.OFFICE_DIRECTOR, Hand.LEADING_GROUP, Hand.DISCIPLINE_BODY, Hand.CITY_DIRECTOR,
        ]),
        st.sampled_from([OWNER, CITY]),
        st.sampled_from(["now", "before"]),
    ),
    max_size=6,
)  # fmt: skip
KINDS = st.sets(st.sampled_from(list(Shareable)), min_size=1)
BEGINS = datetime(2026, 3, 2, tzinfo=CHINA)


@given(ACTS)
def test_in_force_is_what_was_prepared_and_approved_twice_since(acts: list[str]) -> None:
    try:
        state = SHARE_GRANT.replayed(acts)
    except ValueError:
        return
    if state in {"active", "revoked"}:
        until = acts.index("granted")
        since = max(at for at in range(until) if acts[at] == "prepared")
        assert acts[since:until].count("approved") >= 1
    else:
        assert "granted" not in acts


@given(KINDS, APPROVALS, st.integers(11, 15))
def test_enough_is_two_people_of_the_owner_with_the_director_and_who_watches_clues(
    kinds: set[Shareable], approvals: list[Approval], asked_by: int
) -> None:
    fit = [
        (one.person, one.hand.value, one.office == OWNER)
        for one in approvals
        if one.digest == "now" and one.person != asked_by
    ]
    people = {person for person, _, is_own in fit if is_own}
    directed = {who for who, hand, is_own in fit if hand == "office_director" and is_own}
    watched = {
        who
        for who, hand, is_own in fit
        if hand == "city_director" or (hand == "discipline_body" and is_own)
    }
    by_another = any(one != other for one in directed for other in watched)
    enough = len(people) >= 2 and directed and (by_another or Shareable.CLUE not in kinds)

    found = counted(approvals, asked_by=asked_by, digest="now")

    assert bool(enough) == (not list(lacking(kinds, OWNER, found)))


@given(
    st.sampled_from(sorted(SHARE_GRANT.states)),
    st.integers(1, 4),
    st.sampled_from(["county_director", "county_clerk"]),
    st.integers(-3, 13),
)
def test_nobody_reads_outside_of_office_role_term_and_force(
    state: str, office: int, role: str, day: int
) -> None:
    grant = Grant(
        OWNER, 3, frozenset({"county_director"}), BEGINS, BEGINS + timedelta(days=10), state
    )

    shown = reads(grant, office=office, role=role, at=BEGINS + timedelta(days=day))

    assert shown == (
        state == "active" and office == 3 and role == "county_director" and 0 <= day < 10
    )
