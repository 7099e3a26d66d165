"""Calls of the fuzz: which there are, how they are made, and how two answers are compared."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.test import Client

from tenancy.actor import Actor
from tenancy.models import User
from tests.security import bodies
from tests.security.addresses import NUMBERS, Address, Row
from tests.security.canaries import legible
from tests.security.choosing import NOT_THEIRS, Chooser, Pair

VERBS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# As many digits as the ground's numbers, and of no row.
NOBODY_S = 987_654


def nobody_s_like(number: int) -> str:
    """As long a number, of no row."""
    return "987654321987654"[: len(str(number))]


KEY = "6f1b0c1e-7d1a-4b8e-9c39-{:012d}"

# What a page says anew each time.
CHANGING = re.compile(
    r'"X-CSRFToken": "[^"]*"|name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"|<time.*?</time>'
    # A job's number is of a sequence that goes on, also when the act is undone.
    r'|"job": ?\d+|<dcterms:(created|modified).*?</dcterms:',
    re.DOTALL,
)
# A request's own key is echoed nowhere; a cookie's value and end are anew each time.
COOKIE = re.compile(r"=[^;]*|expires=[^;]*", re.IGNORECASE)

# Sent along now and then: what else could tell a foreign row from none.
SPICES: tuple[dict[str, str], ...] = (
    {},
    {"If-None-Match": "*"},
    {"If-Match": '"x"'},
    {"If-Modified-Since": "Wed, 01 Jan 2020 00:00:00 GMT"},
    {"Range": "bytes=0-9"},
    {"HX-Request": "true"},
    {"Accept": "text/html"},
    {"Accept": "application/json"},
    {"Accept-Language": "en"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"X-Forwarded-Host": "elsewhere.example"},
    {"Content-Type": "text/plain"},
)
ORDERS = ("-pk", "tenant_id", "tenant__user__password", "sender", "?", "1; SELECT 1")
SMUGGLED = ("tenant", "tenant_id", "sender", "sender_id", "id", "pk", "created_by", "office")


@dataclass(frozen=True)
class Call:
    who: str
    verb: str
    path: str
    relation: str
    asked: str = ""  # the number or the word that is somebody else's
    nobody_s: str = str(NOBODY_S)  # one of the same length that is nobody's
    body: bytes = b""
    form: Any = None  # of a page: a mapping, sent as a browser does
    headers: Mapping[str, str] = field(default_factory=dict)
    by_token: bool = False

    def __str__(self) -> str:
        return f"{self.who} {self.relation}: {self.verb} {self.path} {dict(self.headers)}"

    def of_nobody(self) -> Call:
        """The same call of a number that no row has, of a word that is nowhere."""

        def swapped(text: str) -> str:
            return text.replace(self.asked, self.nobody_s)

        relation = "nobody's" if self.relation in NOT_THEIRS else self.relation
        form = self.form
        if form is not None:
            form = {
                key: [swapped(str(one)) for one in value]
                if isinstance(value, list)
                else swapped(str(value))
                for key, value in form.items()
            }
        body = swapped(self.body.decode()).encode()
        return replace(self, path=swapped(self.path), body=body, form=form, relation=relation)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def bare(self, asked: str) -> tuple[int, list[tuple[str, str]], str]:
        """All of it, save what was asked for and what is anew each time."""

        def without(text: str) -> str:
            return CHANGING.sub("", text).replace(asked, "N")

        is_book = self.body.startswith(b"PK")
        headers = sorted(
            (name, COOKIE.sub("=", value) if name == "Set-Cookie" else without(value))
            for name, value in self.headers
            # A page that is never kept says when it was made; a workbook holds when it was.
            if name != "Expires" and not (is_book and name == "Content-Length")
        )
        return self.status, headers, without(legible(self.body, ()))

    @property
    def legible(self) -> str:
        return legible(self.body, self.headers)


class Callers:
    """Browsers and programs of everybody; each signs in once."""

    def __init__(self, actors: Mapping[str, Actor], secrets: Mapping[str, str]) -> None:
        self.secrets = secrets
        self.clients = {"stranger": Client(raise_request_exception=False)}
        self.clients |= {who: _signed_in(actor) for who, actor in actors.items()}
        cookie = settings.SESSION_COOKIE_NAME
        self.sessions = {who: self.clients[who].cookies[cookie].value for who in actors}
        self.program = Client(raise_request_exception=False)
        self.keys = 0

    def ask(self, call: Call) -> Answer:
        headers = dict(call.headers)
        client = self.clients[call.who]
        if call.by_token:
            client, headers["Authorization"] = self.program, f"Bearer {self.secrets[call.who]}"
        is_api = call.path.startswith("/api/")
        if is_api and call.verb in UNSAFE:
            self.keys += 1
            headers["Idempotency-Key"] = KEY.format(self.keys)
        if call.form is not None:
            response = client.post(call.path, call.form, headers=headers)
        else:
            kind = headers.pop("Content-Type", "application/json" if is_api else FORM)
            response = client.generic(call.verb, call.path, call.body, kind, headers=headers)
        self._stay_signed_in(call.who)
        body = b"".join(response) if response.streaming else response.content
        told = [*response.headers.items()]
        told += [("Set-Cookie", str(cookie)) for cookie in response.cookies.values()]
        return Answer(response.status_code, tuple(told), body)

    def _stay_signed_in(self, who: str) -> None:
        """What was done to the session is undone with the rest; a browser has lost its cookie."""
        if who in self.sessions:
            self.clients[who].cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]


FORM = "application/x-www-form-urlencoded"


def _signed_in(actor: Actor) -> Client:
    client = Client(raise_request_exception=False)
    user = User.objects.get(pk=actor.person_id)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    session = client.session
    session["office"] = actor.tenant_id
    session.save()
    return client


def relation_of(actor: Actor, row: Row) -> str:
    """What a row is to somebody: the words of the matrix."""
    if row.is_installation_s and actor.office_kind == "platform":
        return "administered"
    if row.person is not None and row.person != actor.user_id:
        return "colleague's" if row.tenant == actor.tenant_id else "foreign"
    if row.tenant == actor.tenant_id:
        return "own" if row.sender in (None, actor.tenant_id) else "received"
    if actor.tenant_id in row.beside:
        return "received"
    return "sent" if row.sender == actor.tenant_id else "foreign"


class Deck:
    """All calls there could be, drawn in an order that the seed decides."""

    def __init__(
        self,
        found: list[Address],
        actors: Mapping[str, Actor],
        rows: Mapping[type[models.Model], list[Row]],
        tokens: list[str],
        programs: Collection[str],
        seed: int,
    ) -> None:
        self.programs = programs
        self.addresses, self.actors, self.rows, self.tokens = found, actors, rows, tokens
        self.random = random.Random(seed)
        self.names = sorted(actors)
        self.chooser = Chooser(actors, self.random)

    def once_each(self) -> Iterator[Call]:
        """Every address × verb × relation that somebody can have to its rows, by whom
        `choosing` says. Where there is no such verb, of what is not theirs alone."""
        for address in self.addresses:
            related = self._related(address)
            for verb in VERBS:
                for relation, pairs in related.items():
                    for who, row in self.chooser.chosen(address, verb, relation, pairs):
                        yield self._call(address, verb, who, row)

    def rows_at(self, address: Address) -> list[Row]:
        return self.rows[NUMBERS[address.area]]

    def more(self) -> Iterator[Call]:
        """Without end: any address, any verb, anybody, with something odd sent along."""
        by_address = [(address, self._related(address)) for address in self.addresses]
        while True:
            address, related = self.random.choice(by_address)
            # Three of four at what is not theirs: that is what this is about.
            wanted = [one for one in related if one in NOT_THEIRS] or list(related)
            relation = self.random.choice(wanted if self.random.random() < 0.75 else list(related))
            who, row = self.random.choice(related[relation])
            verb = self.random.choices(VERBS, weights=(8, 1, 1, 6, 2, 1, 1))[0]
            yield self._call(address, verb, who, row, is_odd=True)

    def _related(self, address: Address) -> dict[str, list[Pair]]:
        if not address.is_numbered:
            return {"office's": [(who, None) for who in (*self.names, "stranger")]}
        rows = self.rows_at(address)
        assert rows, f"tests/security/ground.py lays no row for {address.pattern}"
        found: dict[str, list[Pair]] = defaultdict(list)
        for who in self.names:
            for row in rows:
                found[relation_of(self.actors[who], row)].append((who, row))
        found["stranger's"] = [("stranger", row) for row in rows]
        return found

    def _call(
        self, address: Address, verb: str, who: str, row: Row | None, *, is_odd: bool = False
    ) -> Call:
        relation = "stranger's" if who == "stranger" else "office's"
        if row is not None and who != "stranger":
            relation = relation_of(self.actors[who], row)
        call = Call(
            who,
            verb,
            address.path(row.number if row else None),
            relation,
            str(row.number) if row else "",
            nobody_s_like(row.number if row else NOBODY_S),
            body=self._body(address, verb, who),
            by_token=address.is_api and who in self.programs and self.random.random() < 0.5,
        )
        return self._odd(address, call) if is_odd else call

    def _body(self, address: Address, verb: str, who: str) -> bytes:
        """Of a page with a number of one's own: the one in the address is what counts."""
        if verb not in UNSAFE:
            return b""
        if not address.is_api:
            mine = self._own_number(address, who)
            return urlencode({"number": mine, "seen": 1, "words": "x", "reason": "x"}).encode()
        said = bodies.operation(address.pattern, verb)
        schema = bodies.body_schema(said) if said else None
        return bodies.as_json(bodies.usual(schema) if schema else {})

    def _odd(self, address: Address, call: Call) -> Call:
        draw = self.random.random()
        if draw < 0.4:
            return replace(call, headers=self.random.choice(SPICES))
        if draw < 0.7:
            return replace(call, path=f"{call.path}?{urlencode(self._query(address, call.verb))}")
        if draw < 0.85 and call.verb in UNSAFE:
            return replace(call, body=self._smuggling(call))
        return call

    def _query(self, address: Address, verb: str) -> dict[str, str]:
        said = bodies.operation(address.pattern, verb) if address.is_api else None
        names = [*(bodies.queries(said) if said else ()), "q", "order", "page", "round", "after"]
        values = (
            *ORDERS,
            self.random.choice(self.tokens),
            str(self._any_number()),
            "0",
            "-1",
            "999999999999999999999",
            "",
            "\0",
        )
        return {self.random.choice(names): self.random.choice(values) for _ in range(2)}

    def _smuggling(self, call: Call) -> bytes:
        name = self.random.choice(SMUGGLED)
        number = self.random.choice((9001, 9003, 9011, 9012, self._any_number()))
        if not call.path.startswith("/api/"):
            return call.body + b"&" + urlencode({name: number}).encode()
        body = call.body.decode() or "{}"
        if not body.startswith("{"):
            return call.body
        joint = "" if body == "{}" else ", "
        return (body[:-1] + f'{joint}"{name}": {number}' + "}").encode()

    def _own_number(self, address: Address, who: str) -> int:
        if not address.is_numbered or who == "stranger":
            return NOBODY_S
        rows = self.rows[NUMBERS[address.area]]
        mine = (row for row in rows if relation_of(self.actors[who], row) in ("own", "received"))
        return next((row.number for row in mine), NOBODY_S)

    def _any_number(self) -> int:
        rows = self.random.choice(list(self.rows.values()))
        return self.random.choice(rows).number if rows else NOBODY_S


def told_apart(call: Call, answer: Answer, nobody_s: Answer) -> str:
    """Where the answer to a foreign number differs from that to nobody's; nothing: nowhere."""
    first, second = answer.bare(call.asked), nobody_s.bare(call.nobody_s)
    for what, one, other in zip(("status", "headers", "body"), first, second, strict=True):
        if one != other:
            return f"{what}: {_around(one, other)}"
    return ""


def _around(one: Any, other: Any) -> str:
    left, right = str(one), str(other)
    at = next(
        (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    return f"…{left[max(0, at - 60) : at + 60]!r} / {right[max(0, at - 60) : at + 60]!r}"
