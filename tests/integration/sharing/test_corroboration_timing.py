"""How long asking and answering take tells nothing of what another office holds, or did (by `./run nightly`).

Pairs in turn, the order within each pair by chance, each call undone afterwards, and the median of the
differences within pairs with its bootstrap interval, as tlsfuzzer measures. That a look would find a leak is shown by
one: a statement that only one of the two makes.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from django.db import connection, transaction

from sharing.models.corroboration import HitNotice
from sharing.services.answering_hits import answer_hit
from sharing.services.clue_parties import ask_about, note_party
from tenancy.actor import Actor
from tests.integration.sharing.counties import DINGHAI, SHENGSI, Counties
from tests.matching import ID_NUMBER, OTHER_ID_NUMBER, asked, laid_clue
from tests.people import acting

PAIRS, WARM_UP, RESAMPLES = int(os.environ.get("PAIRS", "4000")), 200, 2_000
MOST_US = 50.0
Act = Callable[[], object]
Prepared = tuple[Act, Act]  # what happens before the clock runs, and what is timed

pytestmark = pytest.mark.nightly


class Undone(Exception):
    pass


@dataclass(frozen=True)
class Difference:
    """The median of what one took longer than the other beside it, in microseconds, with the interval of
    99 in 100 resamples. Of two in one turn a machine that slows down slows both."""

    median: float
    low: float
    high: float

    @property
    def is_seen(self) -> bool:
        return not self.low <= 0 <= self.high


def measured(one: Act | Prepared, other: Act | Prepared, pairs: int = PAIRS) -> Difference:
    taken: dict[bool, list[float]] = {True: [], False: []}
    chance = random.Random(6)
    for turn in range(pairs + WARM_UP):
        for is_one in chance.sample((True, False), 2):
            seconds = _seconds(one if is_one else other)
            if turn >= WARM_UP:
                taken[is_one].append(seconds * 1e6)
    return _difference(np.array(taken[True]), np.array(taken[False]))


def _seconds(what: Act | Prepared) -> float:
    prepare, act = what if isinstance(what, tuple) else (None, what)
    try:
        with transaction.atomic():
            if prepare is not None:
                prepare()
            began = time.perf_counter()
            act()
            took = time.perf_counter() - began
            raise Undone
    except Undone:
        return took


def _difference(one: np.ndarray, other: np.ndarray) -> Difference:
    longer = one - other
    drawn = np.random.default_rng(6).integers(0, len(longer), (RESAMPLES, len(longer)))
    low, high = np.percentile(np.median(longer[drawn], axis=1), [0.5, 99.5])
    return Difference(float(np.median(longer)), float(low), float(high))


def noted(actor: Actor, clue: int, number: str) -> int:
    with acting(actor):
        party = note_party(actor=actor, number=clue, written={"id_number": number})
        return int(party.pk)


def test_asking_takes_as_long_whether_another_office_holds_it_or_not(counties: Counties) -> None:
    lin = counties.lin
    asked(counties.jiang, counties.there)  # Shengsi holds ID_NUMBER, and nobody the other one.
    counties.matcher.take_in_and_tell()
    held, alone = (noted(lin, counties.here, one) for one in (ID_NUMBER, OTHER_ID_NUMBER))

    def asking(party: int) -> Act:
        return lambda: ask_about(actor=lin, number=counties.here, party=party)

    def one_statement_more() -> None:
        ask_about(actor=lin, number=counties.here, party=alone)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    with acting(lin):
        difference = measured(asking(held), asking(alone))
        twin = measured(one_statement_more, asking(alone))

    print(f"\nasking: {difference}\none statement more: {twin}")
    assert abs(difference.median) <= MOST_US
    assert not difference.is_seen or abs(difference.median) < MOST_US / 10
    assert twin.is_seen, "a leak of one statement would be found"


def test_answering_takes_as_long_whatever_the_other_side_did(counties: Counties) -> None:
    lin = counties.lin
    with counties.django_as("owner"):
        second = laid_clue(DINGHAI), laid_clue(SHENGSI, subject_name="卜景行")
    counties.both_ask()
    for actor, clue in ((lin, second[0]), (counties.jiang, second[1])):
        asked(actor, clue, id_number=OTHER_ID_NUMBER)
    counties.matcher.take_in_and_tell()
    with counties.django_as("owner"):
        here, there, apart = (
            HitNotice.objects.get(clue_id=one).pk
            for one in (counties.here, counties.there, second[1])
        )

    def consenting(number: int) -> Act:
        """Two people of the other office, in the same transaction and before the clock runs."""

        def act() -> None:
            for person, name in ((counties.jiang, "proposed"), (counties.mo, "confirmed")):
                with acting(person):
                    answer_hit(actor=person, number=number, act=name)

        return act

    def answering() -> None:
        with acting(lin):
            answer_hit(actor=lin, number=here, act="proposed")

    # The same notice is answered; the other office consents to it, or to another one.
    consented, silent = ((consenting(one), answering) for one in (there, apart))
    difference = measured(consented, silent)

    print(f"\nanswering: {difference}")
    assert abs(difference.median) <= MOST_US
    assert not difference.is_seen or abs(difference.median) < MOST_US / 10
