"""A run of shares: what is there, how something is tried, and how four answers are compared after it.

One run is one transaction that is rolled back. Django's login is a superuser's, so that days pass and
people move by plain SQL; whatever a person does is done as the app's role, which the fence binds.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.urls import resolve
from hypothesis.stateful import RuleBasedStateMachine

from kernel.clock import CHINA, frozen
from kernel.errors import DomainError, NotVisible
from sharing.access.shares import shown_to
from sharing.domain.disclosures import Way
from sharing.domain.grants import Purpose
from sharing.domain.shared_views import FIELDS, Redaction, Shareable, Span
from sharing.errors.shares import ViewNotCarried
from sharing.models.share_grants import ShownView
from sharing.services import deciding_on_shares as deciding
from sharing.services.asking_for_shares import Asked
from sharing.services.showing_views import show_view
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.signing import signed_context
from tests.integration.sharing.share_book import Hat, Kept, Record, Share, Shown, Terms
from tests.integration.sharing.share_ground import (
    Ground,
)
from tests.people import acting

# Of how many people who are shown nothing one is asked for by services; of how many people one by the API.
OTHERS_EACH, PROGRAMS_EACH = 4, 8
REQUESTS = RequestFactory()


class Run(RuleBasedStateMachine):
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
        self.compared: object = None
        self._turn_to(self.book.day)

    def teardown(self) -> None:
        self.ends.close()

    # How it is compared.

    def check_invariants(self, settings: Any, output: Any, runtimes: Any) -> None:
        """After a step by which nothing changed, SQL alone is asked: that is most of them."""
        super().check_invariants(settings, output, runtimes)
        stands = self._standing()
        self.compare(is_changed=stands != self.compared)
        self.compared = stands

    def _standing(self) -> object:
        """The rule book as it is now: what anybody is shown follows from it."""
        book = self.book
        shares = [
            (one.number, one.state, one.edition, one.digest, len(one.approvals))
            for one in book.shares.values()
        ]
        seats = {hat: frozenset(roles) for hat, roles in book.seats.items()}
        return book.at, seats, frozenset(book.closed), shares

    def compare(self, *, is_changed: bool) -> None:
        self.tally["steps"] += 1
        self.tally["steps that changed something"] += is_changed
        with unbound() as cursor:
            cursor.execute("SELECT count(*) FROM sharing_sharedisclosure")
            assert cursor.fetchone() == (self.showings,), "one line for each showing, and no other"
            cursor.execute("SELECT id, state FROM sharing_sharegrant")
            assert dict(cursor.fetchall()) == {n: one.state for n, one in self.book.shares.items()}
        turn = self.tally["steps"]
        for place, (hat, once) in enumerate(self.hats.items()):
            expected = self.book.shown(hat)
            self.tally["compared"] += 1
            self.tally["compared, and something is shown"] += bool(expected)
            to_read = {one for one in expected if one.way != "export"}
            carried = {(s.share, s.edition, s.place) for s in expected if s.way == "export"}
            actor = self._actor(hat, once)
            with connection.cursor() as cursor:
                self._become(cursor, hat)
                assert self._by_sql(cursor) == to_read, ("sql", hat)
                # Whoever is shown something; of the others some: it costs as much as all the rest.
                if not is_changed or (not expected and (place + turn) % OTHERS_EACH):
                    continue
                self._compare_access(hat, actor, to_read, carried)
            self._compare_services(hat, actor, to_read, carried)
            if (place + turn) % PROGRAMS_EACH == 0:
                self._compare_api(hat, actor, to_read)

    def _compare_access(
        self, hat: Hat, actor: Actor, to_read: set[Shown], carried: set[tuple[int, int, int]]
    ) -> None:
        found = {one.pk: one for use in ShownView.Use.values for one in shown_to(actor, use)}
        assert self._named(found) == to_read, ("access", hat)
        exported = {
            (one.grant_number, one.edition, one.place) for one in found.values() if one.may_export
        }
        assert exported == carried, ("export", hat)

    def _compare_api(self, hat: Hat, actor: Actor, to_read: set[Shown]) -> None:
        """What a program of theirs lists, and the newest view of all, opened."""
        reading = {
            number
            for number, one in self.numbers.items()
            if one in to_read and one.way == ShownView.Use.READING
        }
        listed = self._called(actor, "shared-views")
        assert {one["number"] for one in listed.get("items", ())} == reading, ("api", hat)
        self.tally["asked by a program"] += 1
        if self.numbers:
            number = next(reversed(self.numbers))
            can = self.numbers[number] in to_read
            opened = self._called(actor, f"shared-views/{number}")
            assert ("shown" in opened) == can, ("api", hat, self.numbers[number])
            self.showings += can

    def _called(self, actor: Actor, path: str) -> dict[str, Any]:
        """The answer of the API's view itself: whoever calls was found out before it."""
        address = f"/api/v1/{path}"
        view, _, places = resolve(address)
        request = REQUESTS.get(address)
        request.actor = actor  # type: ignore[attr-defined]
        with acting(actor):
            answer = view(request, **places)
        self.tally[f"answered {answer.status_code} to a program"] += 1
        told: dict[str, Any] = json.loads(
            answer.rendered_content if hasattr(answer, "rendered_content") else answer.content
        )
        return told

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
        share.is_offered = hat.office == owner
        self.book.shares[row.pk] = share
        return share

    def _delivered(self, share: Share) -> None:
        """What the database made to be read, by its numbers."""
        with unbound() as cursor:
            cursor.execute(
                "SELECT id, edition, place, use FROM sharing_shownview WHERE grant_number = %s"
                " ORDER BY shown_from, place",
                [share.number],
            )
            for number, *rest in cursor.fetchall():
                self.numbers[number] = Shown(share.number, *rest)

    def _unseat(self, hat: Hat) -> None:
        with unbound() as cursor:
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


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def unbound() -> Iterator[Any]:
    """As the superuser, whom no trigger asks."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET LOCAL session_replication_role = 'replica'")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = 'origin'")
        cursor.execute(f"SET LOCAL ROLE {settings.DB_ROLES['app']}")
