"""Two at once on one share, on connections of their own: one after the other, whoever comes first."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from psycopg2.extensions import connection as Connection

from kernel.clock import today
from kernel.errors import NotVisible
from sharing.access.shares import digest_of
from sharing.domain.disclosures import Way
from sharing.domain.grants import Purpose
from sharing.domain.shared_views import Redaction, Shareable
from sharing.errors.shares import ShareChanged
from sharing.errors.walking import StepOutOfTurn
from sharing.models.share_grants import ShareGrant
from sharing.services.deciding_on_shares import approve_share, take_share_back
from sharing.services.preparing_shares import Chosen, Terms, narrow_share, prepare_share
from sharing.services.showing_views import show_view
from tests.clues import received
from tests.integration.races.racing import PATIENCE_S, RACES, WON, Course, Track, lanes
from tests.integration.tenancy.raw import Raw
from tests.papers import to
from tests.people import acting
from tests.shares import DIRECTORS, approve, ask, in_force, prepare, shown
from tests.teams import Team

SIZES = [
    pytest.param(8, id="few"),
    pytest.param(RACES, id="many", marks=pytest.mark.nightly),
]
WRITTEN = (
    "sharing_sharegrant",
    "sharing_sharegrantstep",
    "sharing_shareview",
    "sharing_shownview",
    "sharing_sharedisclosure",
)
LATE = frozenset({ShareChanged, StepOutOfTurn})
# A line says that somebody was shown something: never once that was over.
SHOWN_TOO_LATE = (
    "SELECT count(*) FROM sharing_sharedisclosure AS line"
    " JOIN sharing_shownview AS shown ON shown.id = line.view"
    " JOIN sharing_sharegrant AS one ON one.id = line.grant_number"
    " WHERE line.at >= shown.taken_back_at OR line.at >= one.ended_at"
)
# In force is what was approved as it stands; what is shown is of the edition of now, and there once.
OUT_OF_STEP = (
    "SELECT (SELECT count(*) FROM sharing_sharegrant AS one WHERE state IN ('under_approval', 'active')"
    "  AND NOT EXISTS (SELECT FROM sharing_sharegrantstep AS step WHERE step.record_id = one.id"
    "    AND step.number = one.steps AND step.act IN ('approved', 'granted', 'narrowed')))"
    " + (SELECT count(*) - count(DISTINCT (record_id, number)) FROM sharing_sharegrantstep)"
    " + (SELECT greatest(count(*) - 1, 0) FROM sharing_sharegrantstep WHERE act = 'granted')"
    " + (SELECT count(*) FROM sharing_shownview AS shown JOIN sharing_sharegrant AS one"
    "  ON one.id = shown.grant_number WHERE shown.taken_back_at IS NULL AND shown.use = 'reading'"
    "  AND (one.state <> 'active' OR shown.edition <> one.edition OR shown.until_on <> one.until_on))"
    " + (SELECT count(*) FROM sharing_sharegrant AS one WHERE (one.state = 'active') <> (1 = ("
    "  SELECT count(*) FROM sharing_shownview AS shown WHERE shown.grant_number = one.id"
    "  AND shown.taken_back_at IS NULL AND shown.use = 'reading')))"
    " + (SELECT count(*) FROM sharing_sharegrant AS one WHERE one.edition <> (SELECT count(*)"
    "  FROM sharing_sharegrantstep AS step WHERE step.record_id = one.id"
    "  AND step.act IN ('prepared', 'narrowed')))"
)

# How much waits for nothing that is lacking.
NOT_IN_FORCE = "SELECT count(*) FROM sharing_sharegrant WHERE state <> 'active'"


@pytest.fixture
def record(team: Team) -> Chosen:
    return Chosen(Shareable.FINDING, to(team, "fed_back").pk)


def act(team: Team, who: str, service: Callable[..., Any], **given: Any) -> Callable[[], Any]:
    actor = team.actor(who)

    def done() -> Any:
        with acting(actor):
            return service(actor=actor, **given)

    return done


def look(team: Team, number: int) -> Callable[[], Any]:
    """Shown, or not there: each is an answer."""
    show = act(team, "jiang", show_view, number=number, way=Way.PAGE)

    def looked() -> Any:
        try:
            return show()
        except NotVisible:
            return None

    return looked


def prepare_anew(team: Team, share: ShareGrant, record: Chosen, days: int) -> Callable[[], Any]:
    terms = Terms(DIRECTORS, today() + timedelta(days=days))
    return act(team, "wu", prepare_share, number=share.pk, records=[record], terms=terms)


def approve_as_seen(team: Team, share: ShareGrant, who: str) -> Callable[[], Any]:
    actor = team.actor(who)
    with acting(actor):
        seen = digest_of(share)
    return act(team, who, approve_share, number=share.pk, seen=seen)


def taken_back_while_read(team: Team, record: Chosen) -> Course:
    share = in_force(team, [record])
    take = act(team, "lin", take_share_back, number=share.pk, reason="办结")
    [number] = shown(team.actor("jiang"))
    return Course((take, look(team, number)), SHOWN_TOO_LATE, WRITTEN, LATE, both_win=True)


def narrowed_while_read(team: Team, record: Chosen) -> Course:
    share = in_force(team, [record])
    narrow = act(
        team, "lin", narrow_share, number=share.pk, left_out=[], reason="不再需要",
        further={1: Redaction(frozenset({"fact"}))},
    )  # fmt: skip
    [number] = shown(team.actor("jiang"))
    return Course((narrow, look(team, number)), SHOWN_TOO_LATE, WRITTEN, LATE, both_win=True)


def approved_while_prepared_anew(team: Team, record: Chosen) -> Course:
    share = approve(team, prepare(team, ask(team), [record], "wu"), "lin")
    last = approve_as_seen(team, share, "he")
    return Course((last, prepare_anew(team, share, record, 5)), OUT_OF_STEP, WRITTEN, LATE)


def approved_by_two_at_once(team: Team, record: Chosen) -> Course:
    """Each is the last one lacking: it is granted once, and delivered once."""
    share = approve(team, prepare(team, ask(team), [record], "wu"), "lin")
    both = (approve_as_seen(team, share, "he"), approve_as_seen(team, share, "luo"))
    return Course(both, OUT_OF_STEP, WRITTEN, LATE)


def approved_by_owner_and_city_at_once(team: Team, record: Chosen) -> Course:
    """Each finds the other's lacking, unless one waits: then the later one is the last."""
    lin = team.actor("lin")
    clue = Chosen(Shareable.CLUE, received(team, lin, team.actor("luo")))
    share = ask(team, purpose=Purpose.HANDLING, kinds=[Shareable.CLUE])
    share = approve(team, prepare(team, share, [clue]), "lin")
    both = (approve_as_seen(team, share, "he"), approve_as_seen(team, share, "zhao"))
    return Course(both, NOT_IN_FORCE, WRITTEN, LATE, both_win=True)


def prepared_twice_at_once(team: Team, record: Chosen) -> Course:
    """One after the other: the later one is what stands."""
    share = prepare(team, ask(team), [record], "wu")
    both = (prepare_anew(team, share, record, 5), prepare_anew(team, share, record, 6))
    return Course(both, OUT_OF_STEP, WRITTEN, LATE, both_win=True)


COURSES = (
    taken_back_while_read,
    narrowed_while_read,
    approved_while_prepared_anew,
    approved_by_two_at_once,
    approved_by_owner_and_city_at_once,
    prepared_twice_at_once,
)
Lay = Callable[[Team, Chosen], Course]


@pytest.mark.parametrize("lay", COURSES, ids=lambda lay: lay.__name__)
@pytest.mark.parametrize("races", SIZES)
def test_of_two_at_once_one_comes_first(
    team: Team, record: Chosen, connect_as: Callable[[str], Connection], lay: Lay, races: int
) -> None:
    track = Track(lay(team, record), connect_as("superuser"))

    track.run(races)

    print(f"\n{lay.__name__}: {races} races, {track.broken} broken: {dict(track.ends)}")
    assert track.ends.total() == races
    assert track.broken == 0, track.ends
    assert all(WON in end for end in track.ends)
    assert track.course.both_win or f"{WON} | {WON}" not in track.ends, track.ends


# Each lock, and where whoever took it stops for somebody to overtake them.
SHOWING = (
    "sec.show_view(bigint, text)",
    "\n       FOR SHARE;",
    "    IF NOT FOUND THEN\n        RETURN",
)
WALKING = (
    "sec.walk_sharegrant()",
    "ELSE record.tenant_id = sec.tenant() END\n       FOR NO KEY UPDATE;",
    "    NEW.number := one.steps + 1;",
)
COMPLETING = (
    "sec.completes_share(bigint, bigint, text, text)",
    "ELSE record.tenant_id = sec.tenant() END\n       FOR NO KEY UPDATE;",
    "    RETURN is_last;",
)
PAUSE = (
    "    IF current_setting('tests.is_slow', true) = 'on' THEN"
    " PERFORM pg_advisory_xact_lock(77); END IF;\n"
)


def stop_there(raw: Raw, lock: tuple[str, str, str], *, is_kept: bool) -> None:
    """Let the function wait where it holds its lock, and take the lock away from it. An act's number
    within its share, which is there once, is a second lock, and goes too; so does the lock that who
    approves has taken before."""
    _rewrite(raw, lock, is_slow=True, is_kept=is_kept)
    if not is_kept:
        raw.run("ALTER TABLE sharing_sharegrantstep DROP CONSTRAINT share_grant_step_in_order")
        if lock is WALKING:
            _rewrite(raw, COMPLETING, is_slow=False, is_kept=False)
    raw.connection.commit()


def _rewrite(raw: Raw, lock: tuple[str, str, str], *, is_slow: bool, is_kept: bool) -> None:
    name, locking, place = lock
    text = raw.one("SELECT pg_get_functiondef(%s::regprocedure)", name)
    assert text.count(locking) == text.count(place) == 1
    if is_slow:
        text = text.replace(place, PAUSE + place)
    if not is_kept:
        text = text.replace(locking, locking.rpartition("\n")[0] + ";")
    raw.run(text)


def overtaken(anybody: Connection, slow: Callable[[], Any], quick: Callable[[], Any]) -> list[str]:
    """`slow` stops half-way, `quick` begins, and ends or waits for it; then `slow` goes on."""

    def told(one: Callable[[], Any], *, is_slow: bool) -> str:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('tests.is_slow', %s, false)", ["on" if is_slow else ""]
            )
        try:
            one()
        except Exception as refusal:
            return type(refusal).__name__
        return WON

    raw = Raw(anybody)
    raw.run("SELECT pg_advisory_lock(77)")
    anybody.commit()
    with lanes() as (first, second):
        going = first.submit(told, slow, is_slow=True)
        _until(raw, lambda: _waiting(raw) == 1)
        other = second.submit(told, quick, is_slow=False)
        _until(raw, lambda: other.done() or _waiting(raw) == 2)
        raw.run("SELECT pg_advisory_unlock(77)")
        anybody.commit()
        return [one.result(PATIENCE_S) for one in (going, other)]


def _waiting(raw: Raw) -> int:
    found = raw.one(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    raw.connection.commit()
    return int(found)


def _until(raw: Raw, is_so: Callable[[], bool]) -> None:
    latest = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < latest, "nobody came there"
        time.sleep(0.01)


ORDERS = (
    (taken_back_while_read, SHOWING, 1),
    (narrowed_while_read, SHOWING, 1),
    (approved_by_two_at_once, WALKING, 0),
    (approved_by_owner_and_city_at_once, COMPLETING, 0),
    (approved_while_prepared_anew, WALKING, 0),
)


@pytest.mark.parametrize("is_kept", [True, False], ids=["locked", "with the lock taken away"])
@pytest.mark.parametrize(
    ("lay", "lock", "slow"), ORDERS, ids=lambda one: getattr(one, "__name__", "")
)
def test_in_the_worst_order_the_lock_is_what_holds(
    team: Team, record: Chosen, connect_as: Callable[[str], Connection],
    lay: Lay, lock: tuple[str, str, str], slow: int, is_kept: bool,
) -> None:  # fmt: skip
    anybody = connect_as("superuser")
    course = lay(team, record)
    stop_there(Raw(anybody), lock, is_kept=is_kept)

    ends = overtaken(anybody, course.acts[slow], course.acts[1 - slow])

    broken = Raw(anybody).one(course.broken)
    assert (broken == 0) == is_kept, (broken, ends)
    if is_kept:
        assert ends.count(WON) == 1 + course.both_win
