"""Nothing of another office by any address, verb, person and body: oracles O1 to O3.

O1: no answer, log line or message holds a word that is in another office's rows alone.
O2: a number of somebody else's row is answered as a number of no row: status, headers, body.
O3: nothing of another office changes, whoever calls what.

Calls of what is one's own are undone afterwards; all others are left to commit, so that O3 looks
at what they really did.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from django.db import transaction

from kernel.clock import now
from scheduling.models.notices import Notice
from tenancy.actor import Actor
from tenancy.models.sessions import SignInSession
from tests.people import acting
from tests.security.addresses import NUMBER, Address, addresses, rows_by_table, unknown
from tests.security.bodies import DIRECTORY, NAMING, PLAIN, body_schema, naming, operations
from tests.security.calls import (
    UNSAFE,
    VERBS,
    Answer,
    Call,
    Callers,
    Deck,
    nobody_s_like,
    relation_of,
    told_apart,
)
from tests.security.checksums import checksums
from tests.security.choosing import NOT_THEIRS, is_there, might, role_of
from tests.security.ground import Ground
from tests.security.swaps import in_bodies, in_forms, in_searches, own

SEED = 20260906
CALLS = 10_000
NIGHTLY_CALLS = int(os.environ.get("CALLS", "100000"))
UNDONE = (
    *("own", "received", "sent", "office's", "administered"),
    *("swapped", "searched", "another's place"),
)
# "That seat is over, or is not there": a conflict that says no more than that.
OVER_OR_NOT_THERE = "/seats/"
COMPARED = (*NOT_THEIRS, "swapped", "searched")


@pytest.mark.parametrize("address", addresses(), ids=lambda one: one.pattern)
def test_an_address_can_be_called(address: Address) -> None:
    assert unknown(address) == []


def test_an_address_that_nobody_can_call_would_be_named() -> None:
    assert unknown(Address("/secrets/<int:number>/", "")) == [
        "/secrets/<int:number>/: say in tests/security/addresses.py (NUMBERS) whose rows the"
        " numbers of /secrets/ are."
    ]
    assert unknown(Address("/x/<uuid:key>/", "")) == [
        "/x/<uuid:key>/: <uuid:key> is no place that tests/security/addresses.py can fill in."
    ]


class Lines(logging.Handler):
    """Everything that anybody logs, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler.lines
    logging.getLogger().removeHandler(handler)


class Fuzz:
    """Makes the calls, and writes down what an oracle says against one."""

    def __init__(self, ground: Ground, seed: int) -> None:
        self.ground = ground
        self.callers = Callers(ground.actors, ground.secrets)  # First: sign-ins are rows, too.
        with ground.django_as("superuser"):
            # Of what is undone nobody is seen: on a slow machine they would be signed out half-way.
            SignInSession.objects.update(seen_at=datetime.now(UTC) + timedelta(days=1))
            self.rows = rows_by_table()
        tokens = [f"kq{head}" for head in sorted(ground.canaries.made)]
        self.deck = Deck(addresses(), ground.actors, self.rows, tokens, ground.secrets, seed)
        self.readers = {who: ground.reader(who) for who in ground.actors}
        self.readers["stranger"] = ground.stranger
        self.faults: Counter[str] = Counter()
        self.told: Counter[str] = Counter()  # relation and class of status: that it was no sham

    @property
    def made(self) -> int:
        return self.told.total()

    def run(self, calls: Iterable[Call], size: int | None = None) -> None:
        for call in calls:
            if size is not None and self.made >= size:
                return
            self.tried(call)

    def tried(self, call: Call) -> Answer:
        answer = self.ask(call)
        if not (call.asked and call.relation in COMPARED):
            return answer
        if call.relation in NOT_THEIRS and was_found(call, answer):
            self.faults[f"O2 {call}: {answer.status}, so another row was looked at"] += 1
        if difference := told_apart(call, answer, self.ask(call.of_nobody())):
            self.faults[f"O2 {call}: {difference}"] += 1
        return answer

    def ask(self, call: Call) -> Answer:
        if call.relation in UNDONE:
            with transaction.atomic():
                answer = self.callers.ask(call)
                if answer.status < 300 and call.verb in UNSAFE:
                    self._read_messages(call)
                transaction.set_rollback(True)
        else:
            answer = self.callers.ask(call)
        self.told[f"{call.relation} {answer.status // 100}xx"] += 1
        if answer.status >= 500:
            self.faults[f"5xx {call}: {answer.status}"] += 1
        self._read(call, answer.legible)
        return answer

    def _read(self, call: Call, text: str) -> None:
        """What one asked for may be said again."""
        asked = self.ground.canaries.found_in(call.path)
        for mark in self.ground.canaries.foreign_in(text, self.readers[call.who]):
            if mark not in asked:
                self.faults[f"O1 {call}: {mark}"] += 1

    def _read_messages(self, call: Call) -> None:
        """What the call sent to other offices, each line by its receiver's eyes."""
        if call.who == "stranger":
            return
        actor = self.ground.actors[call.who]
        with acting(actor):
            sent = Notice.objects.filter(sender_id=actor.tenant_id, at__gte=now())
            lines = list(sent.values_list("tenant_id", "about"))
        for office, about in lines:
            reader = self.ground.reader_in(office)
            for mark in self.ground.canaries.foreign_in(str(about), reader):
                self.faults[f"O1 {call}: a notice to {office} says {mark}"] += 1


def was_found(call: Call, answer: Answer) -> bool:
    """Whether the answer is one about a row, where there is none for whoever asks."""
    if answer.status == 409:
        return not call.path.startswith(OVER_OR_NOT_THERE)
    return answer.status < 300 or (answer.status, call.verb) == (302, "POST")


@contextmanager
def nothing_elsewhere(ground: Ground, fuzz: Fuzz, lines: list[str]) -> Iterator[None]:
    """O1 to O3 over all that happens inside."""
    with ground.django_as("superuser"):
        before = checksums()
    yield
    with ground.django_as("superuser"):
        after = checksums()
    assert not fuzz.faults, "\n".join(islice(fuzz.faults, 20))
    assert {at for at in before | after if before.get(at) != after.get(at)} == set()
    assert [line for line in lines if ground.canaries.found_in(line)] == []


@pytest.mark.parametrize(
    "size", [pytest.param(CALLS, id="some"), pytest.param(NIGHTLY_CALLS, marks=pytest.mark.nightly)]
)
def test_no_call_tells_or_changes_anything_of_another_office(
    ground: Ground, lines: list[str], size: int
) -> None:
    fuzz = Fuzz(ground, SEED)

    with nothing_elsewhere(ground, fuzz, lines):
        fuzz.run(fuzz.deck.once_each())
        fuzz.run(fuzz.deck.more(), size)

    # It was no sham: everybody is signed in to the end, what is one's own was shown and done, what
    # is not was not there.
    homes = {who: fuzz.ask(Call(who, "GET", "/", "office's")).status for who in ground.actors}
    assert set(homes.values()) == {200}, homes
    assert fuzz.told["own 2xx"] > size // 500
    assert fuzz.told["foreign 4xx"] > size // 10
    assert fuzz.told["foreign 2xx"] == 0


def test_whoever_signs_out_on_the_way_is_signed_in_for_the_next_call(ground: Ground) -> None:
    """Else the longer a run is, the more of it strangers make."""
    fuzz = Fuzz(ground, SEED)

    for who in busy(ground):
        left = fuzz.ask(Call(who, "POST", "/sign-out/", "office's"))
        assert left.status == 302
        assert fuzz.ask(Call(who, "GET", "/", "office's")).status == 200


def test_the_filters_alone_keep_offices_apart(ground: Ground, lines: list[str]) -> None:
    """With the fence away: everybody's process is a superuser's, and sees all rows."""
    fuzz = Fuzz(ground, SEED)
    calls = (call for call in fuzz.deck.once_each() if call.verb in ("GET", "POST"))

    with nothing_elsewhere(ground, fuzz, lines), ground.django_as("superuser"):
        fuzz.run(calls)

    assert fuzz.told["own 2xx"] > 40
    assert fuzz.told["foreign 4xx"] > 100


@pytest.mark.nightly
def test_the_filters_alone_keep_numbers_in_bodies_apart(ground: Ground, lines: list[str]) -> None:
    """What a body names is asked for by the access functions that an address asks: at every commit
    they are tried by addresses, and here by bodies too."""
    fuzz = Fuzz(ground, SEED)

    with nothing_elsewhere(ground, fuzz, lines), ground.django_as("superuser"):
        fuzz.run(in_bodies(addresses(), busy(ground), fuzz.rows))

    assert fuzz.told["foreign 4xx"] > 100


def test_what_one_office_was_shown_is_shown_to_no_other(ground: Ground, lines: list[str]) -> None:
    """Nothing that a process keeps after an answer finds its way into the next one."""
    fuzz, actors = Fuzz(ground, SEED), busy(ground)

    with nothing_elsewhere(ground, fuzz, lines):
        for address in (one for one in addresses() if one.is_numbered):
            for who, actor in actors.items():
                number = next(iter(own(fuzz.rows, actor, address)), None)
                if number is None:
                    continue
                nobody_s = nobody_s_like(number)
                mine = Call(who, "GET", address.path(number), "own", str(number), nobody_s)
                if fuzz.ask(mine).status == 200:
                    fuzz.run(peeking(fuzz, mine))
                    break

    assert fuzz.told["foreign 4xx"] > 100


def peeking(fuzz: Fuzz, mine: Call) -> Iterator[Call]:
    """The same address, asked for by directors whom the row is neither sent by nor handed to, and by
    an administrator: they would see most, if what was kept for one were told to another."""
    rows = {row.number: row for rows in fuzz.rows.values() for row in rows}
    for who, actor in busy(fuzz.ground).items():
        sees_much = who.endswith(("_director", "/system_administrator"))
        if sees_much and relation_of(actor, rows[int(mine.asked)]) in NOT_THEIRS:
            yield replace(mine, who=who, relation="foreign")


def test_no_number_in_a_body_or_query_is_told_from_nobody_s(
    ground: Ground, lines: list[str]
) -> None:
    fuzz = Fuzz(ground, SEED)

    with nothing_elsewhere(ground, fuzz, lines):
        fuzz.run(in_bodies(addresses(), busy(ground), fuzz.rows))

    assert fuzz.told["swapped 4xx"] > 50


def test_no_number_in_a_form_is_told_from_nobody_s(ground: Ground, lines: list[str]) -> None:
    fuzz, actors = Fuzz(ground, SEED), busy(ground)
    pages = [one for one in addresses() if not one.is_api]

    with nothing_elsewhere(ground, fuzz, lines):
        for who, actor in actors.items():
            for address in pages:
                for number in own(fuzz.rows, actor, address):
                    call = Call(who, "GET", address.path(number), "own")
                    page = fuzz.ask(call)
                    if page.status == 200 and not page.body.startswith(b"PK"):
                        shown = replace(call, relation="swapped")
                        fuzz.run(in_forms(page.body.decode(), shown, fuzz.rows, actor))

    assert fuzz.told.total() > 300
    assert sum(n for how, n in fuzz.told.items() if how.startswith("swapped")) > 20, fuzz.told


def test_no_search_finds_what_is_in_another_office_s_rows_alone(
    ground: Ground, lines: list[str]
) -> None:
    fuzz, actors = Fuzz(ground, SEED), busy(ground)
    words = {
        who: [
            ground.canaries(mark.office, mark.kind, mark.what, mark.person)
            for mark in islice(
                (
                    mark
                    for mark in reversed(ground.canaries.made.values())
                    if not ground.canaries.may_read(fuzz.readers[who], mark)
                    and mark.what.endswith("name")
                ),
                1,
            )
        ]
        for who in actors
    }

    with nothing_elsewhere(ground, fuzz, lines):
        fuzz.run(in_searches(addresses(), actors, words))

    assert fuzz.told["searched 2xx"] > 50


def test_no_place_in_another_s_list_opens_a_list(ground: Ground, lines: list[str]) -> None:
    """Cursors are signed for their address, not for their reader: each reads their own rows."""
    fuzz, actors = Fuzz(ground, SEED), busy(ground)

    with nothing_elsewhere(ground, fuzz, lines):
        for address in (one for one in addresses() if one.is_api and not one.is_numbered):
            for who in actors:
                first = fuzz.ask(Call(who, "GET", f"{address.path()}?limit=1", "own"))
                following = json.loads(first.body or b"{}") if first.status == 200 else {}
                if not isinstance(following, dict) or not following.get("next"):
                    continue
                for other in actors:
                    fuzz.ask(Call(other, "GET", following["next"], "another's place"))

    assert fuzz.told["another's place 2xx"] > 20


def busy(ground: Ground) -> dict[str, Actor]:
    """Those with much to do: of the city, of a county, of one beside and one elsewhere."""
    seats = (
        "zhoushan/scheduler",
        "zhoushan/city_director",
        "zhoushan/recusal_officer",
        "dinghai/county_director",
        "dinghai/county_clerk",
        "dinghai/discipline_body",
        "platform/system_administrator",
        "platform/security_administrator",
        "platform/audit_administrator",
        "xincheng/county_director",
        "mingzhou/city_director",
        "dongao/county_director",
    )
    return {seat: ground.actors[seat] for seat in seats}


@pytest.mark.parametrize("said", operations().values(), ids=lambda said: said["operationId"])
def test_every_whole_number_of_a_body_is_known_to_name_a_row_or_none(said: dict[str, Any]) -> None:
    """A new one is told in tests/security/bodies.py: then it is swapped like the others."""
    schema = body_schema(said)
    names = {name for _, name in naming(schema)} if schema else set()

    assert names - PLAIN - DIRECTORY - set(NAMING) == set()


def test_the_calls_once_each_reach_every_address_and_verb_and_fit_into_a_commit_s_share(
    ground: Ground,
) -> None:
    calls = list(Fuzz(ground, SEED).deck.once_each())
    pairs = sum(call.relation in COMPARED for call in calls)

    assert {(call.verb, call.path) for call in calls if not call.asked} >= {
        (verb, one.path()) for one in addresses() if not one.is_numbered for verb in VERBS
    }
    assert {asked_at(call) for call in calls if call.relation == "foreign"} >= {
        (verb, one.filled) for one in addresses() if one.is_numbered for verb in VERBS
    }
    assert len(calls) + pairs <= 20_000


def test_for_another_s_row_ask_all_who_might_if_it_were_their_own_office_s(ground: Ground) -> None:
    """Else a missing permission would stand before the row, and hide that nothing else does."""
    deck = Fuzz(ground, SEED).deck
    asked: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for call in deck.once_each():
        role = role_of(call.who) if call.relation == "foreign" else ""
        asked[asked_at(call)].add((call.relation, role))

    lacking = [
        f"{verb} {one.pattern}: {missing}"
        for one in addresses()
        for verb in VERBS
        if one.is_numbered and is_there(one, verb)
        if (missing := standings(deck, one, verb) - asked[verb, one.filled])
    ]
    assert lacking == []


def asked_at(call: Call) -> tuple[str, str]:
    """The verb, and the address with a place for the number."""
    return call.verb, re.sub(rf"/{call.asked}(?=/|$)", f"/{NUMBER}", call.path, count=1)


def standings(deck: Deck, address: Address, verb: str) -> set[tuple[str, str]]:
    """How somebody stands to a row there; of what is foreign, in which role, of those who would be
    heard in such an office."""
    found: set[tuple[str, str]] = set()
    for who, actor in deck.actors.items():
        is_heard = might(actor.permissions, address, verb)
        for row in deck.rows_at(address):
            relation = relation_of(actor, row)
            if relation != "foreign":
                found.add((relation, ""))
            elif is_heard and deck.chooser.is_peer(who, row):
                found.add((relation, role_of(who)))
    return found
