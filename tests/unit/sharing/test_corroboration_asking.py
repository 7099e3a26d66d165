"""Who may ask, how much in a day, and what raises an alert."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sharing.domain.clues import CLUE
from sharing.domain.corroboration.asking import (
    ASKED_ABOUT,
    NO_EVIDENCE,
    SUSPICIONS,
    UNSIGNED,
    Alert,
    Ask,
    ProbingRule,
    Quota,
    Suspicion,
    alerts,
    asks_left,
    hindrances_to_asking,
)
from tests.unit.sharing.corroborating import EAST, WEST

TODAY = date(2026, 3, 20)
LIN, WU = 11, 12


def asks(
    number: int, user: int = LIN, office: int = EAST, *, ago: int = 0, hits: int = 0,
    matched: bool = True, withdrawn: int = 0,
) -> list[Ask]:  # fmt: skip
    on = TODAY - timedelta(days=ago)
    return [
        Ask(user, office, on, n < hits if matched else None, n < withdrawn) for n in range(number)
    ]


@pytest.mark.parametrize("state", CLUE.states)
def test_a_clue_is_asked_about_from_its_signature_until_it_is_closed(state: str) -> None:
    unsigned = {"registered", "screened", "not_a_clue", "out_of_scope"}

    found = list(hindrances_to_asking(state, 1))

    assert found == ([UNSIGNED] if state in unsigned | {"closed"} else [])


def test_without_evidence_it_is_not() -> None:
    assert list(hindrances_to_asking("leader_signed", 0)) == [NO_EVIDENCE]
    assert list(hindrances_to_asking("registered", 0)) == [UNSIGNED, NO_EVIDENCE]
    assert "leader_signed" in ASKED_ABOUT


def left(asked: list[Ask], user: int = LIN, office: int = EAST) -> int:
    return asks_left(asked, Quota(of_user=3, of_office=5), user=user, office=office, on=TODAY)


def test_a_day_holds_so_many_of_a_person_and_of_an_office() -> None:
    assert left([]) == 3
    assert left(asks(2)) == 1
    assert left(asks(3)) == 0
    assert left(asks(3), WU) == 2
    assert left(asks(3) + asks(2, WU), 13) == 0
    assert left(asks(9), 13) == 0


def test_other_days_and_other_offices_do_not_count_and_withdrawn_ones_do() -> None:
    assert left(asks(3, ago=1)) == 3
    assert left(asks(3, WU, WEST)) == 3
    assert left(asks(2, withdrawn=2)) == 1


def test_a_person_of_two_offices_has_one_day() -> None:
    assert left(asks(3, LIN, WEST)) == 0


def test_the_quota_of_an_office_is_twenty_at_most() -> None:
    assert Quota().of_office <= 20


RULE = ProbingRule(window=30, fewest=40, lowest_yield=0.05, most_withdrawn=0.5)


def found(asked: list[Ask]) -> list[Alert]:
    return alerts(asked, RULE, TODAY)


def test_many_asks_with_few_hits_are_looked_at() -> None:
    of_both = [Alert(Suspicion.LOW_YIELD, EAST), Alert(Suspicion.LOW_YIELD, EAST, LIN)]

    assert found(asks(40, hits=1)) == of_both
    assert found(asks(40, hits=2)) == []
    assert found(asks(39, hits=0)) == []


def test_what_was_not_matched_yet_speaks_neither_for_nor_against() -> None:
    assert found(asks(40, matched=False)) == []
    assert found(asks(39) + asks(40, matched=False)) == []


def test_what_lies_before_the_window_is_forgotten() -> None:
    assert found(asks(40, ago=30)) == []
    assert len(found(asks(40, ago=29))) == 2


def test_guessing_that_is_shared_out_is_seen_of_the_office() -> None:
    shared = [one for user in range(8) for one in asks(5, user)]

    assert found(shared) == [Alert(Suspicion.LOW_YIELD, EAST)]


def test_one_who_guesses_among_many_who_work_is_seen_of_the_person() -> None:
    busy = [one for user in range(20, 30) for one in asks(20, user, hits=10)]

    assert found(busy + asks(40)) == [Alert(Suspicion.LOW_YIELD, EAST, LIN)]


def test_many_withdrawn_clues_are_looked_at_even_unmatched() -> None:
    assert [one.suspicion for one in found(asks(40, matched=False, withdrawn=21))] == [
        Suspicion.MANY_WITHDRAWN
    ] * 2
    assert found(asks(40, matched=False, withdrawn=20)) == []


def test_every_suspicion_has_its_words_without_a_figure() -> None:
    assert set(SUSPICIONS) == set(Suspicion)
    assert not any(one.isdigit() for text in SUSPICIONS.values() for one in text.zh + text.en)
