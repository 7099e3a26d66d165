"""Anybody tries anything about shares in any order, and after each step four answers are compared.

One run is one transaction that is rolled back. Django's login is a superuser's, so that days pass and
people move by plain SQL; whatever a person does is done as the app's role, which the fence binds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from kernel.clock import CHINA, frozen
from kernel.errors import DomainError, NotVisible
from sharing.access.shares import shown_to
from sharing.domain.disclosures import Way
from sharing.domain.grants import CLUE_READERS, Purpose
from sharing.domain.shared_views import FIELDS, Redaction, Shareable, Span
from sharing.errors.shares import ViewNotCarried
from sharing.models.share_grants import ShownView
from sharing.services import deciding_on_shares as deciding
from sharing.services import preparing_shares as preparing
from sharing.services.asking_for_shares import Asked, ask_for_shares, offer_shares
from sharing.services.preparing_shares import Chosen
from sharing.services.showing_views import show_view
from tenancy.actor import Actor
from tenancy.domain.roles import Permission, Role
from tenancy.services.administration import abolish_office
from tenancy.signing import signed_context
from tests.integration.sharing.share_book import Hat, Kept, Record, Share, Shown, Terms
from tests.integration.sharing.share_ground import (
    CITY,
    COUNTIES,
    COUNTY_ROLES,
    HOME,
    Ground,
    keeper,
)
from tests.people import acting

SHARES_AT_MOST = 8
ROLES_READ = sorted({*CLUE_READERS, "county_clerk"})
COUNTY, CLERK = "county_director", "county_clerk"
TERM_ENDS = [-1, 0, 1, 20, 60, 90, 91, 367]
SPOILING = (
    "DELETE FROM sharing_sharegrant",
    "DELETE FROM sharing_sharegrantstep",
    "DELETE FROM sharing_shareview",
    "DELETE FROM sharing_shownview",
    "DELETE FROM sharing_sharedisclosure",
    "UPDATE sharing_sharegrant SET state = 'active'",
    "UPDATE sharing_sharegrant SET receiver_id = tenant_id",
    "UPDATE sharing_shownview SET taken_back_at = NULL",
    "UPDATE sharing_shownview SET until_on = DATE '2099-01-01', roles = '{county_clerk}'",
    "UPDATE sharing_sharedisclosure SET person_name = ''",
    "SELECT content FROM sharing_shownview",
)  # fmt: skip
WIDENING = (
    "UPDATE sharing_sharegrant SET until_on = until_on + 1 WHERE state IN ('active', 'revoked')"
)

picks = st.integers(0, 10_000)
# From 10 on: somebody who sits where such an act is done; below that: anybody.
people = st.integers(0, 9) | st.integers(10, 39) | st.integers(10, 39)
rarely = st.sampled_from([False, False, False, True])


def sound_terms() -> st.SearchStrategy[tuple[frozenset[str], int, bool]]:
    readers = st.sampled_from([(COUNTY,), (COUNTY, "discipline_body"), (COUNTY, "city_director")])
    return st.tuples(readers.map(frozenset), st.sampled_from([20, 60, 90]), st.booleans())


def terms() -> st.SearchStrategy[tuple[frozenset[str], int, bool]]:
    """Readers, days from now, export: most of them such that they can be."""
    readers = st.sets(st.sampled_from(ROLES_READ), max_size=3).map(frozenset)
    odd = st.tuples(readers, st.sampled_from(TERM_ENDS), st.booleans())
    return sound_terms() | sound_terms() | sound_terms() | odd


def redactions() -> st.SearchStrategy[tuple[bool, int, int]]:
    """Whether a field is withheld, and from where to where words of another are hidden."""
    return st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 3))


class Shares(RuleBasedStateMachine):
    """`ground` and `tally` are set by whoever runs it; the tally says what came to be tried at all."""

    ground: Ground
    tally: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.ends = ExitStack()
        self.ends.enter_context(_rolled_back())
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {settings.DB_ROLES['app']}")
        self.clock = self.ends.enter_context(ExitStack())
        self.book = self.ground.book()
        self.hats = {hat: set(roles) for hat, roles in self.book.seats.items()}
        self.numbers: dict[int, Shown] = {}
        self.showings = 0
        self._turn_to(self.book.day)

    def teardown(self) -> None:
        self.ends.close()

    # Acts on shares.

    @rule(who=people, of=picks, clue=st.booleans(), on=terms(), flaw=st.integers(0, 9))
    def ask(self, who: int, of: int, clue: bool, on: Any, flaw: int) -> None:
        if len(self.book.shares) >= SHARES_AT_MOST:
            return
        hat = self._hat(who)
        owner = HOME if of % 3 else [*COUNTIES, CITY][of % 5]
        asked, purpose, kinds, on_terms = self._asked(clue, on, flaw)
        expected = self._may_ask(hat, owner, purpose, kinds, on_terms)
        made = self._try(hat, expected, ask_for_shares, offices=[owner], asked=asked)
        if made:
            self._made(made[0], hat, owner, hat.office, purpose, kinds, on_terms)

    @rule(who=people, to=picks, clue=st.booleans(), on=terms(), flaw=st.integers(0, 9))
    def offer(self, who: int, to: int, clue: bool, on: Any, flaw: int) -> None:
        if len(self.book.shares) >= SHARES_AT_MOST:
            return
        hat = self._hat(who)
        receiver = [*COUNTIES, CITY][to % 5]
        asked, purpose, kinds, on_terms = self._asked(clue, on, flaw)
        may = self.book.may(hat)
        expected = (
            self.book.fits(hat, purpose, kinds, on_terms)
            and Permission.VIEW_SHARES in may
            and bool({Permission.PREPARE_SHARES, Permission.APPROVE_SHARES} & may)
            and receiver in self.book.neighbours(hat.office)
        )
        made = self._try(hat, expected, offer_shares, offices=[receiver], asked=asked)
        if made:
            self._made(made[0], hat, hat.office, receiver, purpose, kinds, on_terms)

    @initialize(by=picks, clue=st.booleans(), on=sound_terms(), hidden=redactions())
    def begin(self, by: int, clue: bool, on: Any, hidden: Any) -> None:
        self._bring(by, clue, on, hidden)

    @precondition(lambda self: len(self.book.shares) < SHARES_AT_MOST)
    @rule(by=picks, clue=st.booleans(), on=sound_terms(), hidden=redactions())
    def bring_in_force(self, by: int, clue: bool, on: Any, hidden: Any) -> None:
        self._bring(by, clue, on, hidden)

    def _bring(self, by: int, clue: bool, on: Any, hidden: Any) -> None:
        """Asked for, prepared, approved by several: as far as whoever is there by now can."""
        asked, purpose, kinds, given = self._asked(clue, on, 0)
        able = [one for one in self.book.seats if self._may_ask(one, HOME, purpose, kinds, given)]
        if not able:
            return
        hat = able[by % len(able)]
        [row] = self._try(hat, True, ask_for_shares, offices=[HOME], asked=asked)
        share = self._made(row, hat, HOME, hat.office, purpose, kinds, given)
        for other in [one for one in self.book.seats if one.office == HOME]:
            if share.state == "asked":
                self._prepare(other, share, given, [0, 1, 2], hidden)
        self._approve_by_all(share, list(self.book.seats))

    @precondition(lambda self: self.book.shares)
    @rule(
        who=people, of=picks, on=terms(), hidden=redactions(),
        records=st.lists(st.integers(0, 2), max_size=3, unique=True), as_it_is=st.booleans(),
    )  # fmt: skip
    def prepare(
        self, who: int, of: int, on: Any, hidden: Any, records: list[int], as_it_is: bool
    ) -> None:
        """By anybody: who tries it with what was shown to them passes nothing on."""
        share = self._share(of, "asked", "prepared", "under_approval")
        given = share.terms if as_it_is else self._terms(on)
        self._prepare(self._hat(who, share.owner), share, given, records, hidden)

    def _prepare(
        self, hat: Hat, share: Share, given: Terms, records: list[int], hidden: Any
    ) -> None:
        chosen = [self.ground.records[one] for one in records]
        if len(chosen) > 1:
            chosen = [one for one in chosen if one.kind in share.kinds] or chosen
        views = [(one, self._redaction(one, hidden)) for one in chosen]
        kept = self.book.prepares(hat, share, views, given)
        done = self._try(
            hat, kept is not None, preparing.prepare_share, number=share.number,
            records=[Chosen(one.kind, one.number, red) for one, red in views],
            terms=preparing.Terms(tuple(given.roles), given.until, given.may_export),
        )  # fmt: skip
        if done and kept:
            share.views = dict(enumerate(kept, start=1))
            share.terms, share.state, share.since = given, "prepared", self.book.at
            share.edition += 1
            self._delivered(share)

    @precondition(lambda self: self.book.shares)
    @rule(who=people, of=picks, seen=st.sampled_from("111110"))
    def approve(self, who: int, of: int, seen: str) -> None:
        share = self._share(of, "prepared", "under_approval")
        self._approve(self._hat(who, share.owner), share, share.digest if int(seen) else "0" * 64)

    @precondition(lambda self: self.book.shares)
    @rule(of=picks, order=st.permutations(range(10)))
    def approve_by_several(self, of: int, order: list[int]) -> None:
        share = self._share(of, "prepared", "under_approval")
        self._approve_by_all(share, [self._hat(who, share.owner) for who in order])

    def _approve_by_all(self, share: Share, hats: list[Hat]) -> None:
        for hat in hats:
            if share.state in ("prepared", "under_approval"):
                self._approve(hat, share, share.digest)

    @precondition(lambda self: self.book.shares)
    @rule(who=people, of=picks)
    def refuse(self, who: int, of: int) -> None:
        share = self._share(of)
        self._end(
            self._hat(who, share.owner), share, "refused", deciding.refuse_share, reason="无关"
        )

    @precondition(lambda self: self.book.shares)
    @rule(who=people, of=picks)
    def withdraw(self, who: int, of: int) -> None:
        share = self._share(of)
        self._end(self._hat(who, share.receiver), share, "withdrawn", deciding.withdraw_share)

    @precondition(lambda self: self.book.shares)
    @rule(who=people, of=picks)
    def take_back(self, who: int, of: int) -> None:
        share = self._share(of, "active")
        self._end(
            self._hat(who, share.owner), share, "revoked", deciding.take_share_back, reason="办结"
        )

    @precondition(lambda self: self.book.shares)
    @rule(
        who=people, of=picks, hidden=redactions(), at=picks,
        left_out=st.sampled_from([(), (), (), (1,), (2,), (1, 2, 3)]).map(set),
    )  # fmt: skip
    def narrow(self, who: int, of: int, left_out: set[int], hidden: Any, at: int) -> None:
        share = self._share(of, "active")
        hat = self._hat(who, share.owner)
        places = sorted(share.views) or [1]
        place = places[at % len(places)]
        kept_at = share.views.get(place)
        further = {place: self._redaction(kept_at.record, hidden)} if kept_at else {}
        kept = self.book.narrows(hat, share, further, left_out)
        done = self._try(
            hat, kept is not None, preparing.narrow_share, number=share.number,
            further=further, left_out=sorted(left_out), reason="不再需要",
        )  # fmt: skip
        if done and kept:
            share.views, share.edition = kept, share.edition + 1
            self._delivered(share)

    @precondition(lambda self: self.book.shares)
    @rule(who=people, of=picks)
    def tell_of_destruction(self, who: int, of: int) -> None:
        share = self._share(of, "active", "revoked")
        hat = self._hat(who, share.receiver)
        is_over = share.state == "revoked" or share.terms.until <= self.book.day
        expected = is_over and self.book.signs(hat, share, "destruction_told") is not None
        self._try(hat, expected, deciding.tell_of_destruction, number=share.number, what="未留存")

    # What happens around them.

    @rule(days=st.sampled_from([1, 1, 1, 1, 19, 41]))
    def days_pass(self, days: int) -> None:
        self._turn_to(self.book.day + timedelta(days=days))

    @rule(who=people, is_meant=rarely)
    def end_a_seat(self, who: int, is_meant: bool) -> None:
        if is_meant:
            self._unseat(self._hat(who))

    @rule(who=people, to=picks, role=st.sampled_from(COUNTY_ROLES), is_moved=rarely)
    def seat(self, who: int, to: int, role: Role, is_moved: bool) -> None:
        """In another office, or beside the seat that they have."""
        person = list(self.book.names)[who % 10]
        if is_moved:
            self._unseat(self._hat(who))
        office = [*COUNTIES, HOME, HOME][to % 6]
        hat = Hat(person, office)
        if office in self.book.closed or role in self.book.roles(hat):
            return
        with _unbound() as cursor:
            cursor.execute(
                "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
                [office, person, role, self.book.day],
            )
            if cursor.fetchone() is None:
                return
        self.book.seats.setdefault(hat, set()).add(role)
        self.hats.setdefault(hat, set()).add(role)

    @precondition(lambda self: len(self.book.closed) < 2)
    @rule(which=picks, heir=picks, is_meant=rarely)
    def merge_offices(self, which: int, heir: int, is_meant: bool) -> None:
        if not is_meant:
            return
        # The one with the records last: with it all is over.
        open_ones = [one for one in COUNTIES if one not in self.book.closed]
        if which % 4 and HOME in open_ones:
            open_ones.remove(HOME)
        gone = open_ones[which % len(open_ones)]
        heirs = [one for one in (*COUNTIES, CITY) if one not in (*self.book.closed, gone)]
        other = heirs[heir % len(heirs)]
        clerk = keeper()
        with acting(clerk):
            abolish_office(actor=clerk, number=gone, successor=other)
        self.tally["merged"] += 1
        self.book.closed.add(gone)
        for hat in [one for one in self.book.seats if one.office == gone]:
            del self.book.seats[hat]

    @rule(who=people, what=st.sampled_from([*SPOILING, WIDENING]))
    def spoil_by_sql(self, who: int, what: str) -> None:
        hat = self._hat(who)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                self._become(cursor, hat)
                cursor.execute(what)
                touched = cursor.rowcount
        except DatabaseError:
            return
        # Of rows that are not theirs to change, none is found.
        assert (what, touched) == (WIDENING, 0), hat

    @precondition(lambda self: self.numbers)
    @rule(who=people, which=picks)
    def pass_on_by_sql(self, who: int, which: int) -> None:
        """A view is no record: who was shown one makes none of it."""
        hat = self._hat(who)
        number = list(self.numbers)[which % len(self.numbers)]
        own = [one for one in self.book.shares.values() if one.owner == hat.office != HOME]
        content = '{"format":1,"kind":"finding","shown":{"fact":"x"}}'
        for share in own:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    self._become(cursor, hat)
                    cursor.execute(PASSED_ON, [share.number, number, content, content])
                raise AssertionError("a view was made of a view")
            except DatabaseError:
                continue

    # How it is compared.

    def check_invariants(self, settings: Any, output: Any, runtimes: Any) -> None:
        super().check_invariants(settings, output, runtimes)
        self.compare()

    def compare(self) -> None:
        self.tally["steps"] += 1
        for hat, once in self.hats.items():
            expected = self.book.shown(hat)
            self.tally["compared"] += 1
            self.tally["compared, and something is shown"] += bool(expected)
            to_read = {one for one in expected if one.way != "export"}
            carried = {(s.share, s.edition, s.place) for s in expected if s.way == "export"}
            actor = self._actor(hat, once)
            with connection.cursor() as cursor:
                self._become(cursor, hat)
                found = {
                    one.pk: one for use in ShownView.Use.values for one in shown_to(actor, use)
                }
                assert self._named(found) == to_read, ("access", hat)
                exported = {
                    (one.grant_number, one.edition, one.place)
                    for one in found.values()
                    if one.may_export
                }
                assert exported == carried, ("export", hat)
                assert self._by_sql(cursor) == to_read, ("sql", hat)
            self._compare_services(hat, actor, to_read, carried)

    def _compare_services(
        self, hat: Hat, actor: Actor, to_read: set[Shown], carried: set[tuple[int, int, int]]
    ) -> None:
        """The newest views of each share, and what is read besides."""
        newest = {(one.share, one.place): number for number, one in self.numbers.items()}
        read = {number for number, one in self.numbers.items() if one in to_read}
        for number in {*list(newest.values())[-self.ground.newest :], *read}:
            one = self.numbers[number]
            way = Way.EXPORT if (one.share + number) % 2 else Way.PAGE
            can = one in to_read and (
                way is Way.PAGE or (one.share, one.edition, one.place) in carried
            )
            try:
                with acting(actor):
                    view = show_view(actor=actor, number=number, way=way).view
            except (NotVisible, ViewNotCarried):
                assert not can, ("service", hat, one)
                continue
            assert can, ("service", hat, one)
            assert view == self._kept(one).view
            self.showings += 1

    def _by_sql(self, cursor: Any) -> set[Shown]:
        """Each view that there ever was, by its number: what the words are got for."""
        cursor.execute(
            "SELECT view FROM unnest(%s::bigint[]) AS view"
            " WHERE sec.show_view(view, 'page') IS NOT NULL",
            [list(self.numbers)],
        )
        opened = {number for (number,) in cursor.fetchall()}
        cursor.execute("SELECT id FROM sharing_shownview WHERE sender_id <> (SELECT sec.tenant())")
        assert {number for (number,) in cursor.fetchall()} == opened
        self.showings += len(opened)
        return self._named(opened)

    def _named(self, numbers: Any) -> set[Shown]:
        return {self.numbers[one] for one in numbers}

    def _kept(self, one: Shown) -> Kept:
        return self.book.shares[one.share].views[one.place]

    # What the rules share.

    def _try(self, hat: Hat, expected: bool, service: Callable[..., Any], **given: Any) -> Any:
        """It is done, or refused, as the rule book has it."""
        actor = self._actor(hat, self.book.roles(hat) or self.hats.get(hat, set()))
        told: Exception | None = None
        try:
            with acting(actor):
                done = service(actor=actor, **given)
        except (DomainError, DatabaseError) as refusal:
            done, told = None, refusal
        assert (told is None) == expected, (hat, service.__name__, given, repr(told))
        self.tally[service.__name__ + (" refused" if told else "")] += 1
        return done

    def _end(self, hat: Hat, share: Share, act: str, service: Any, **given: Any) -> None:
        expected = self.book.signs(hat, share, act) is not None
        if self._try(hat, expected, service, number=share.number, **given):
            share.state = act

    def _approve(self, hat: Hat, share: Share, seen: str) -> None:
        hand = self.book.approves(hat, share, seen)
        done = self._try(
            hat, hand is not None, deciding.approve_share, number=share.number, seen=seen
        )
        if done and hand:
            self.book.approve(hat, share, hand)
            assert done.state == share.state
            if share.state == "active":
                self.tally["granted"] += 1
                self._delivered(share)

    def _may_ask(
        self, hat: Hat, owner: int, purpose: Purpose, kinds: frozenset[Shareable], on: Terms
    ) -> bool:
        return (
            self.book.fits(hat, purpose, kinds, on)
            and Permission.ASK_FOR_SHARES in self.book.may(hat)
            and owner in self.book.neighbours(hat.office)
        )

    def _made(
        self, row: Any, hat: Hat, owner: int, receiver: int, purpose: Purpose,
        kinds: frozenset[Shareable], on: Terms,
    ) -> Share:  # fmt: skip
        watcher = self.book.cities[owner]
        share = Share(row.pk, owner, receiver, watcher, purpose, kinds, on, hat.person)
        self.book.shares[row.pk] = share
        return share

    def _delivered(self, share: Share) -> None:
        """What the database made to be read, by its numbers."""
        with _unbound() as cursor:
            cursor.execute(
                "SELECT id, edition, place, use FROM sharing_shownview WHERE grant_number = %s"
                " ORDER BY shown_from, place",
                [share.number],
            )
            for number, *rest in cursor.fetchall():
                self.numbers[number] = Shown(share.number, *rest)

    def _unseat(self, hat: Hat) -> None:
        with _unbound() as cursor:
            # A seat that began today is taken away as if it had never been: none ends before it began.
            cursor.execute(
                "DELETE FROM tenancy_membership"
                " WHERE tenant_id = %s AND user_id = %s AND since_on >= %s",
                [hat.office, hat.person, self.book.day],
            )
            cursor.execute(
                "UPDATE tenancy_membership SET until_on = %s WHERE tenant_id = %s AND user_id = %s"
                " AND (until_on IS NULL OR until_on > %s)",
                [self.book.day, hat.office, hat.person, self.book.day],
            )
        self.tally["unseated"] += bool(self.book.seats.pop(hat, None))

    def _turn_to(self, day: date) -> None:
        self.book.at = datetime.combine(day, time(12), CHINA)
        self.clock.close()
        self.clock.enter_context(frozen(self.book.at))
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('tests.today', %s, true)", [day.isoformat()])

    def _hat(self, who: int, wanted: int | None = None) -> Hat:
        """Of that person: there, where they sit there; else where they sit or sat."""
        there = [one for one in self.book.seats if wanted in (None, one.office)]
        if who >= 10 and there:
            return there[who % len(there)]
        person = list(self.book.names)[who % 10]
        ever = [one for one in self.hats if one.person == person]
        now = [one for one in ever if self.book.roles(one)] or ever
        return next((one for one in now if one.office == wanted), now[-1])

    def _share(self, of: int, *states: str) -> Share:
        """One in such a state, where there is one."""
        every = list(self.book.shares.values())
        fit = [one for one in every if one.state in states] or every
        return fit[of % len(fit)]

    def _actor(self, hat: Hat, roles: Any) -> Actor:
        kind = "city" if self.book.cities[hat.office] is None else "county"
        name = self.book.names[hat.person]
        return Actor(hat.person, name, hat.office, str(hat.office), kind, frozenset(roles))

    def _asked(
        self, clue: bool, on: Any, flaw: int
    ) -> tuple[Asked, Purpose, frozenset[Shareable], Terms]:
        purpose = Purpose.HANDLING if clue else Purpose.PREPARATION
        kinds = frozenset({Shareable.CLUE} if clue else {Shareable.FINDING})
        if flaw == 1:
            kinds |= {Shareable.FINDING, Shareable.CLUE}
        given = self._terms(on)
        asked = Asked(
            purpose=purpose, basis="条例", wanted="材料", kinds=kinds, roles=given.roles,
            until_on=given.until, may_export=given.may_export,
        )  # fmt: skip
        return asked, purpose, kinds, given

    def _terms(self, on: Any) -> Terms:
        roles, days, may_export = on
        return Terms(roles, self.book.day + timedelta(days=days), may_export)

    def _redaction(self, record: Record, hidden: Any) -> Redaction:
        is_withheld, start, length = hidden
        first, second = ("fact", "title") if record.kind is Shareable.FINDING else ("gist", "post")
        assert first in FIELDS[record.kind]
        spans = (Span(second, start, start + length),) if length else ()
        return Redaction(frozenset({first} if is_withheld else ()), spans)

    def _become(self, cursor: Any, hat: Hat) -> None:
        context = signed_context(settings.CONTEXT_KEY, tenant_id=hat.office, user_id=hat.person)
        cursor.execute("SELECT set_config('app.context', %s, true)", [context])


PASSED_ON = (
    "INSERT INTO sharing_shareview (tenant_id, grant_id, edition, place, kind, object_id, concerns,"
    " withheld, spans, content, digest, made_by_name)"
    " VALUES ((SELECT sec.tenant()), %s, 1, 1, 'finding', %s, '', '[]', '[]', %s,"
    " encode(sha256(convert_to(%s, 'UTF8')), 'hex'), '')"
)


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _unbound() -> Iterator[Any]:
    """As the superuser, whom no trigger asks."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET LOCAL session_replication_role = 'replica'")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = 'origin'")
        cursor.execute(f"SET LOCAL ROLE {settings.DB_ROLES['app']}")
