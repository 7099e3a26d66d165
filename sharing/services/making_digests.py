"""Making a digest, by a worker: words, counts by the role for counting, the choice and its audit, sealing.

Nothing of it is kept before all of it is there: whoever takes it up again begins anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kernel.text import Text
from scheduling.access.rounds import rounds_visible_to
from scheduling.domain.vocabulary import UNIT_KINDS
from sharing.access.dictionary import categories_visible_to
from sharing.access.digests import calendar_of
from sharing.domain.digest.counting import CountsFault, Leaves
from sharing.domain.digest.declared import (
    EARLIER_ROUNDS,
    OTHER_KIND,
    OWN_ROUNDS,
    UNSORTED,
    Words,
    other_of,
    tables_of,
)
from sharing.domain.digest.periods import Period
from sharing.domain.digest.publications import Sealed
from sharing.domain.digest.publishing import CannotPublish, Rule, published
from sharing.domain.digest.tables import Table, TablesFault, Value
from sharing.domain.digest.worlds import Search
from sharing.errors.digests import DigestCountsDiffer, DigestGivesAway, DigestNotSetUp
from sharing.mapping.digests import (
    counties_of,
    counts_as_bytes,
    document_of,
    sealed_of,
)
from sharing.mapping.keys import key_service, record_cipher
from sharing.models.digests import Digest, SealedDigest, place_of
from sharing.vault.ciphers import Cipher
from sharing.vault.envelopes import Envelope, seal, unseal
from tenancy.actor import Actor
from tenancy.models import Office
from tenancy.statistics import Counting, counting

SECONDS_A_QUESTION = 10.0


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be made. `cohorts`: names of the periods of which it says what became."""

    digest: Digest
    period: Period
    following: Period
    cohorts: tuple[str, ...]
    words: Words
    city: str


@dataclass(frozen=True, slots=True)
class Made:
    document: str
    counts: bytes


def begin(*, actor: Actor, number: int) -> Task | None:
    """None: it is over, or was made already."""
    rows = Digest.objects.filter(tenant_id=actor.tenant_id, pk=number)
    digest = rows.filter(state=Digest.State.MAKING).first()
    if digest is None:
        return None
    calendar = calendar_of(actor)
    if calendar is None:
        raise DigestNotSetUp
    period = calendar.named(digest.period)
    city = Office.objects.get(pk=actor.tenant_id)
    return Task(
        digest, period, calendar.next_after([one.name for one in calendar.periods_until(period)]),
        tuple(one.name for one in calendar.cohorts_of(period)), words_of(actor, period), city.name,
    )  # fmt: skip


def made(*, actor: Actor, task: Task, before_each: Callable[[], None]) -> Made:
    """Count, choose and audit. `before_each` question to the solver is called; it may end it all.

    `DigestGivesAway`, `DigestCountsDiffer`, `NoStatistics`.
    """
    with counting(actor) as ask:
        earlier = _earlier(ask, actor, task.digest)
        by_period = {one.publication.period: one for one in earlier}
        settled = {
            name: Words((), (), (), counties_of(by_period[name].publication))
            for name in task.cohorts
        }
        tables = tables_of(task.words, task.period.name, settled)
        leaves = counted(ask, task.digest, tables)
    rule = Rule(
        minimum=task.digest.minimum, insiders=True,
        search=Search(SECONDS_A_QUESTION, 1, before_each),
    )  # fmt: skip
    try:
        sealed = published(task.period.name, tables, leaves, before=earlier, rule=rule)
    except CannotPublish as fault:
        raise DigestGivesAway(count=len(fault.given_away)) from fault
    except (CountsFault, TablesFault) as fault:
        raise DigestCountsDiffer from fault
    document = document_of(sealed.publication, task.period, task.following, task.city)
    return Made(document, counts_as_bytes(sealed))


def finish(*, actor: Actor, task: Task, made: Made) -> None:
    """Seal what was counted and say that it waits to be published."""
    place = place_of(actor.tenant_id, task.digest.period)
    envelope = seal(key_service(), place, made.counts, record_cipher())
    SealedDigest.objects.create(
        tenant_id=actor.tenant_id, digest=task.digest, document=made.document, sha256="",
        cipher=envelope.cipher, key=envelope.key, wrapped=envelope.wrapped, sealed=envelope.sealed,
    )  # fmt: skip
    _end(actor, task.digest.pk, Digest.State.READY)


def refuse(*, actor: Actor, number: int) -> None:
    """It was not made; why stands at the job."""
    _end(actor, number, Digest.State.REFUSED)


def counted(ask: Counting, digest: Digest, tables: tuple[Table, ...]) -> dict[str, Leaves]:
    """The counts of all tables, of one moment. First they are asked for, and that is written down."""
    with ask.transaction() as cursor:
        asked = {}
        for table in tables:
            name = table.code.partition(":")[0]
            cursor.execute("SELECT sec.ask_counts(%s, %s, %s)", [digest.pk, name, table.cohort])
            [asked[table.code]] = cursor.fetchone()
    leaves: dict[str, Leaves] = {}
    with ask.transaction() as cursor:
        for table in tables:
            cursor.execute("SELECT codes, records FROM sec.told_counts(%s)", [asked[table.code]])
            leaves[table.code] = _known(table, cursor.fetchall())
    return leaves


def words_of(actor: Actor, period: Period) -> Words:
    """The city's own categories, rounds and counties, as they are called now."""
    city = Office.objects.get(pk=actor.tenant_id)
    counties = Office.objects.filter(parent_id=city.pk).order_by("name_key", "pk")
    kinds = (Value(code, word.text) for code, word in UNIT_KINDS.items())
    return Words(
        _categories(actor), (*kinds, OTHER_KIND), _rounds(actor, period),
        tuple(Value(one.code, _same(one.short_name)) for one in counties),
    )  # fmt: skip


def _categories(actor: Actor) -> tuple[Value, ...]:
    rows = list(categories_visible_to(actor).order_by("position", "pk"))
    values: list[Value] = []
    for heading in (one for one in rows if one.is_heading):
        values.append(over := Value(heading.code, _same(heading.title)))
        classes = (one for one in rows if one.parent_id == heading.pk)
        values += [Value(one.code, _same(one.title), heading.code) for one in classes]
        values.append(other_of(over))
    return (*values, UNSORTED)


def _rounds(actor: Actor, period: Period) -> tuple[Value, ...]:
    """Those that had begun, of the two last years: whatever counts they have."""
    rows = rounds_visible_to(actor).exclude(state="drafting").filter(
        starts_on__lt=period.until, starts_on__year__gte=period.year - 1
    )  # fmt: skip
    led = (Value(f"r{one.pk}", _same(one.name)) for one in rows.order_by("starts_on", "pk"))
    return (*led, EARLIER_ROUNDS, OWN_ROUNDS)


def _same(name: str) -> Text:
    return Text(zh=name, en=name)


def _known(table: Table, rows: list[tuple[list[str], int]]) -> Leaves:
    """A kind of unit that the words do not name is another one."""
    leaves: dict[tuple[str, ...], int] = {}
    first = table.dimensions[0]
    for codes, records in rows:
        known = codes[0] in first.leaves or OTHER_KIND.code not in first.leaves
        key = (codes[0] if known else OTHER_KIND.code, *codes[1:])
        leaves[key] = leaves.get(key, 0) + records
    return leaves


def _earlier(ask: Counting, actor: Actor, digest: Digest) -> list[Sealed]:
    with ask.transaction() as cursor:
        cursor.execute(
            "SELECT period, document, cipher, key, wrapped, sealed FROM sec.earlier_digests(%s)",
            [digest.pk],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [opened(actor, *row) for row in rows]


def opened(
    actor: Actor, period: str, document: str, cipher: str, key: str, wrapped: bytes, sealed: bytes
) -> Sealed:
    """A digest as it was sealed, by whoever may have its rows."""
    envelope = Envelope(Cipher(cipher), key, bytes(wrapped), bytes(sealed))
    return sealed_of(document, unseal(key_service(), place_of(actor.tenant_id, period), envelope))


def _end(actor: Actor, number: int, state: Digest.State) -> None:
    rows = Digest.objects.filter(tenant_id=actor.tenant_id, pk=number, state=Digest.State.MAKING)
    rows.update(state=state)
