"""Anybody tries anything about shares, in any order; beside it days pass, people move, offices end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from sharing.services import deciding_on_shares as deciding
from sharing.services import preparing_shares as preparing
from sharing.services.asking_for_shares import ask_for_shares, offer_shares
from sharing.services.preparing_shares import Chosen
from tenancy.domain.roles import Permission, Role
from tenancy.services.administration import abolish_office
from tests.integration.sharing.share_book import Hat, Share, Terms
from tests.integration.sharing.share_draws import (
    people,
    picks,
    rarely,
    redactions,
    sound_terms,
    terms,
)
from tests.integration.sharing.share_ground import (
    CITY,
    COUNTIES,
    COUNTY_ROLES,
    HOME,
    keeper,
)
from tests.integration.sharing.share_run import Run, unbound
from tests.people import acting

SHARES_AT_MOST = 8
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


PASSED_ON = (
    "INSERT INTO sharing_shareview (tenant_id, grant_id, edition, place, kind, object_id, concerns,"
    " withheld, spans, content, digest, made_by_name)"
    " VALUES ((SELECT sec.tenant()), %s, 1, 1, 'finding', %s, '', '[]', '[]', %s,"
    " encode(sha256(convert_to(%s, 'UTF8')), 'hex'), '')"
)


class Shares(Run):
    """The rules; `Run` says how each is compared."""

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
        hand = self.book.signs(hat, share, "prepared")
        kept = self.book.prepares(hat, share, views, given)
        done = self._try(
            hat, kept is not None, preparing.prepare_share, number=share.number,
            records=[Chosen(one.kind, one.number, red) for one, red in views],
            terms=preparing.Terms(tuple(given.roles), given.until, given.may_export),
        )  # fmt: skip
        if done and kept and hand:
            share.views = dict(enumerate(kept, start=1))
            share.terms, share.state, share.since = given, "prepared", self.book.at
            share.edition += 1
            share.prepared = (hat.person, hand)
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
        with unbound() as cursor:
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
        self.book.close(gone)

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
