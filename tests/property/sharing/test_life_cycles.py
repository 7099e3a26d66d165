"""No path reaches a state without the acts before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.text import Language
from sharing.domain.clues import CLUE
from sharing.domain.letters import LETTER
from sharing.domain.life_cycle import Hand, LifeCycle
from sharing.domain.lives import FILES, LIVES, lives_page
from sharing.domain.needs import NEED_TITLES, OF_ONE_ACT
from sharing.domain.rectification import RECTIFICATION
from sharing.domain.working_papers import WORKING_PAPER

DOCS = Path(__file__).parents[3] / "docs"
EVERY_LIFE = pytest.mark.parametrize("life", LIVES, ids=[one.name for one in LIVES])

# Past items come from a ledger: their plan was made on paper, before the product.
PLANNED = "plan_accepted|imported|imported_basically"
# Whoever is there has come through: state, then what must stand among the acts before it.
ONLY_AFTER = {
    ("working_paper", "leader_signed"): ("evidence_completed", "meeting_passed", "signed"),
    ("working_paper", "group_approved"): ("signed", "put_in_report", "approved"),
    ("working_paper", "fed_back"): ("approved", "fed_back"),
    ("working_paper", "closed"): ("fed_back", "assigned", "closed"),
    ("report", "approved"): ("submitted", "approved"),
    ("report", "served"): ("submitted", "approved", "head_told", "meeting_held", "served"),
    ("clue", "handed_over"): ("screened", "signed", "taken_in", "handed_over"),
    ("clue", "acknowledged"): ("handed_over", "acknowledged"),
    ("clue", "closed"): ("acknowledged", "disposal_chosen", "result_told", "closed"),
    ("rectification_item", "accepted"): (PLANNED, "claimed", "checked_done"),
    ("rectification_item", "closed_out"): (PLANNED, "claimed", "checked_done", "closed_out"),
    ("letter", "sent"): ("handed_in", "signed", "sent"),
    ("letter", "closed"): ("sent", "received", "replied", "closed"),
    ("look_back", "on_site"): ("sampled", "approved", "begun"),
}


@st.composite
def paths(draw: st.DrawFn, life: LifeCycle) -> list[str]:
    """Acts that lead on from one another, from the beginning, whoever does them."""
    state, done = life.begins_as, []
    for _ in range(draw(st.integers(0, 25))):
        open_acts = [one for one in life.acts if state in one.since]
        if not open_acts:
            break
        one = draw(st.sampled_from(open_acts))
        done.append(one.name)
        state = life.after(state, one.name)
    return done


@EVERY_LIFE
@given(data=st.data())
def test_a_state_is_reached_through_the_acts_before_it(
    life: LifeCycle, data: st.DataObject
) -> None:
    done = data.draw(paths(life))
    state = life.replayed(done)

    for needed in ONLY_AFTER.get((life.name, state), ()):
        assert set(needed.split("|")) & set(done), (needed, done)


@EVERY_LIFE
@given(data=st.data())
def test_an_act_that_does_not_lead_on_is_refused(life: LifeCycle, data: st.DataObject) -> None:
    state = life.replayed(data.draw(paths(life)))
    one = data.draw(st.sampled_from(life.acts))

    if state in one.since:
        assert life.after(state, one.name) == (one.to or state)
    else:
        with pytest.raises(ValueError, match=one.name):
            life.after(state, one.name)


@EVERY_LIFE
@given(hands=st.sets(st.sampled_from(Hand)), data=st.data())
def test_nobody_is_offered_what_is_not_theirs(
    life: LifeCycle, hands: set[Hand], data: st.DataObject
) -> None:
    state = life.replayed(data.draw(paths(life)))

    for one in life.open_to(state, hands):
        assert one.hands & hands
        assert state in one.since


@EVERY_LIFE
def test_an_end_is_reached_and_left_only_by_opening_again(life: LifeCycle) -> None:
    for final in life.finals:
        leaving = {one.name for one in life.acts if final in one.since and one.to is not None}
        assert leaving <= {"reopened"}


def test_whoever_claims_does_not_check_and_whoever_checks_does_not_close() -> None:
    acts = RECTIFICATION.by_name
    checks = [one for name, one in acts.items() if name.startswith("checked")]

    assert len(checks) == 3
    for check in checks:
        assert not check.hands & acts["claimed"].hands
        assert not check.hands & acts["closed_out"].hands


def test_no_office_rewrites_a_paper() -> None:
    offices = {Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR, Hand.LEADING_GROUP}

    for one in WORKING_PAPER.acts:
        if one.to == "draft" or one.name == "written":
            assert not one.hands & offices


def test_nobody_but_the_discipline_body_says_what_becomes_of_a_clue() -> None:
    for name in ("acknowledged", "disposal_chosen", "begun", "result_told"):
        assert CLUE.by_name[name].hands == {Hand.DISCIPLINE_BODY}


def test_a_table_that_does_not_hold_together_is_no_life_cycle() -> None:
    with pytest.raises(ValueError, match="nothing leads to sent"):
        LifeCycle(
            "letter",
            LETTER.title,
            LETTER.states,
            tuple(one for one in LETTER.acts if one.name != "sent"),
            LETTER.finals,
        )


@pytest.mark.parametrize("language", FILES)
def test_the_tables_in_the_documents_are_these(language: Language) -> None:
    """If not: python -m sharing.domain.lives"""
    committed = (DOCS / FILES[language]).read_text(encoding="utf-8")

    assert committed == lives_page(language)


def test_every_need_has_its_words_and_no_word_is_left_over() -> None:
    needed = {need for life in LIVES for one in life.acts for need in one.needs}

    assert needed == set(NEED_TITLES)
    by_act = {(one.name, need) for life in LIVES for one in life.acts for need in one.needs}
    assert set(OF_ONE_ACT) <= by_act
