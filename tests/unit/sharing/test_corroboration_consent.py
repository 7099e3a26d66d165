"""What a side may do about a hit, and when the two are led together."""

from __future__ import annotations

from dataclasses import fields

import pytest

from sharing.domain.corroboration.classes import About
from sharing.domain.corroboration.consent import (
    ANSWER,
    HINDRANCES,
    Hindrance,
    Notice,
    NotToBeDone,
    Step,
    answered,
    hindrance,
)
from sharing.domain.corroboration.matching import Holder
from sharing.domain.corroboration.views import PHASE_TITLES, Phase, View, is_led, led_at, seen
from tests.unit.sharing.corroborating import EAST, MOMENTS, SOUTH, WEST, day

LIN, WU, CHEN = 11, 12, 13
TERM = 10


def notice(office: int, told: float = 0) -> Notice:
    return Notice(Holder(office, 1), About.PERSON, day(told), day(told + TERM))


def after(
    one: Notice, *steps: tuple[str, int, float], concerned: frozenset[int] = frozenset()
) -> Notice:
    for act, by, at in steps:
        one = answered(one, Step(act, by, day(at)), concerned)
    return one


def consented(office: int, at: float, told: float = 0) -> Notice:
    return after(notice(office, told), ("proposed", LIN, at), ("confirmed", WU, at))


def why_not(
    one: Notice, act: str, by: int, at: float, concerned: frozenset[int] = frozenset()
) -> Hindrance | None:
    return hindrance(one, Step(act, by, day(at)), concerned)


def test_consent_takes_two_people() -> None:
    proposed = after(notice(EAST), ("proposed", LIN, 1))

    assert why_not(proposed, "confirmed", LIN, 2) is Hindrance.SAME_PERSON
    assert why_not(proposed, "confirmed", WU, 2) is None
    assert proposed.state == "proposed"
    assert after(proposed, ("confirmed", WU, 2)).state == "consented"


@pytest.mark.parametrize("act", ["proposed", "refused"])
def test_whom_the_clue_is_about_answers_nothing(act: str) -> None:
    assert why_not(notice(EAST), act, LIN, 1, frozenset({LIN})) is Hindrance.CONCERNED
    assert why_not(notice(EAST), act, WU, 1, frozenset({LIN})) is None


def test_whoever_has_a_tie_confirms_nothing_and_what_they_proposed_is_not_confirmed() -> None:
    proposed = after(notice(EAST), ("proposed", LIN, 1))

    assert why_not(proposed, "confirmed", WU, 2, frozenset({WU})) is Hindrance.CONCERNED
    assert why_not(proposed, "confirmed", WU, 2, frozenset({LIN})) is Hindrance.FIRST_IS_CONCERNED
    assert why_not(proposed, "taken_back", WU, 2, frozenset({LIN})) is None
    assert why_not(proposed, "confirmed", WU, 2, frozenset({CHEN})) is None


@pytest.mark.parametrize(
    ("at", "found"),
    [(-0.01, Hindrance.NOT_TOLD), (0, None), (9.99, None), (TERM, Hindrance.OVER)],
)
def test_a_side_answers_from_when_it_is_told_to_the_end(at: float, found: Hindrance | None) -> None:
    assert why_not(notice(EAST), "proposed", LIN, at) is found


def test_a_clue_that_was_withdrawn_is_answered_no_more() -> None:
    gone = Notice(Holder(EAST, 1), About.PERSON, day(0), day(TERM), withdrawn_at=day(3))

    assert why_not(gone, "proposed", LIN, 3) is Hindrance.OVER
    assert why_not(gone, "proposed", LIN, 2.9) is None


def test_steps_follow_on_one_another() -> None:
    refused = after(notice(EAST), ("refused", LIN, 2))

    assert why_not(notice(EAST), "confirmed", LIN, 1) is Hindrance.OUT_OF_TURN
    assert why_not(refused, "proposed", WU, 3) is Hindrance.OUT_OF_TURN
    proposed = after(notice(EAST), ("proposed", LIN, 2))
    assert why_not(proposed, "confirmed", WU, 1) is Hindrance.OUT_OF_TURN
    with pytest.raises(NotToBeDone) as refusal:
        after(refused, ("proposed", WU, 3))
    assert refusal.value.hindrance is Hindrance.OUT_OF_TURN


def test_two_consents_lead_together_at_the_next_moment() -> None:
    east, west = consented(EAST, 1.5), consented(WEST, 3.2)

    assert led_at(east, west, MOMENTS) == day(4)
    assert not is_led(east, west, day(3.9), MOMENTS)
    assert is_led(east, west, day(4), MOMENTS)


def test_the_last_moment_still_counts_and_after_it_none() -> None:
    east = consented(EAST, 9.9)

    assert led_at(east, consented(WEST, 9.5), MOMENTS) == day(TERM)
    assert led_at(east, consented(WEST, 10.5, told=2), MOMENTS) is None


def test_one_s_term_is_over_while_the_other_s_runs() -> None:
    """East sees its own end and never learns that West would have consented."""
    east, west = consented(EAST, 1), consented(WEST, 11, told=5)

    assert led_at(east, west, MOMENTS) is None
    found = seen(east, [west], day(12), MOMENTS)
    assert found is not None
    assert found.phase is Phase.ENDED


def test_consent_that_was_taken_back_before_the_moment_leads_nowhere() -> None:
    back = after(consented(EAST, 1), ("taken_back", LIN, 2.5))

    assert led_at(back, consented(WEST, 2.2), MOMENTS) is None
    assert led_at(back, consented(WEST, 1.2), MOMENTS) == day(2)
    again = after(back, ("proposed", WU, 4), ("confirmed", CHEN, 4.5))
    assert led_at(again, consented(WEST, 2.2), MOMENTS) == day(5)


def view(own: Notice, *others: Notice, at: float) -> View:
    found = seen(own, others, day(at), MOMENTS)
    assert found is not None
    return found


def test_a_side_sees_its_own_answer_then_the_office_or_the_end() -> None:
    silent, west = notice(WEST), consented(WEST, 3)
    east = consented(EAST, 2)

    assert seen(east, [west], day(-1), MOMENTS) is None
    assert view(notice(EAST), silent, at=1).phase is Phase.TO_ANSWER
    assert view(after(notice(EAST), ("proposed", LIN, 1)), at=1).phase is Phase.TO_CONFIRM
    assert view(east, silent, at=3).phase is Phase.WAITING
    assert view(east, silent, at=TERM).phase is Phase.ENDED
    assert view(after(notice(EAST), ("refused", LIN, 1)), at=99).phase is Phase.REFUSED
    led = view(east, west, at=4)
    assert led.phase is Phase.LED_TOGETHER
    assert led.offices == {WEST}
    assert view(east, west, at=99) == led


def test_with_several_partners_those_alone_are_named_that_consented() -> None:
    east = consented(EAST, 2)

    found = view(east, consented(WEST, 3), notice(SOUTH), at=5)

    assert found.offices == {WEST}
    assert view(east, consented(WEST, 3), consented(SOUTH, 5), at=6).offices == {WEST, SOUTH}


def test_what_is_led_together_stays_so_whatever_is_taken_back_later() -> None:
    east, west = consented(EAST, 1), consented(WEST, 1)

    assert is_led(east, after(west, ("taken_back", LIN, 3)), day(50), MOMENTS)


def test_a_view_tells_no_office_no_count_and_no_time_of_the_other() -> None:
    found = view(notice(EAST), consented(WEST, 1), consented(SOUTH, 2), at=5)

    assert {one.name for one in fields(View)} == {"about", "phase", "answer_until", "offices"}
    assert found == View(About.PERSON, Phase.TO_ANSWER, day(TERM), frozenset())
    assert found.words.zh == "至少还有一个单位可能掌握与本线索相关的线索（人员）。"
    assert not any(one.isdigit() for one in found.words.zh + found.words.en)


def test_every_phase_and_hindrance_has_its_words() -> None:
    assert set(PHASE_TITLES) == set(Phase)
    assert set(HINDRANCES) == set(Hindrance)
    assert {*ANSWER.states} | {"ended", "led_together"} == {one.value for one in Phase}
