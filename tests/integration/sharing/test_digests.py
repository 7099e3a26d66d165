"""A digest from the calendar to the counties' desks; and what nobody can compute from all of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connections, transaction

from kernel.errors import DomainError, NotAllowed, NotVisible
from sharing.domain.digest import publishing
from sharing.domain.digest.audit import Audit
from sharing.domain.digest.periods import Length
from sharing.domain.digest.publications import Publication, Sealed
from sharing.domain.digest.suppression import Task, withheld_of
from sharing.errors.digests import (
    DigestFirstYearOutOfRange,
    DigestLengthUnchanged,
    DigestMadeMeanwhile,
    DigestMinimumStands,
    DigestNotDue,
    DigestNotReady,
    DigestNotSetUp,
    DigestRuleOutOfRange,
    DigestRuleRefused,
)
from sharing.mapping.digests import publication_of, read, sealed_of
from sharing.mapping.keys import key_service
from sharing.models.digests import Digest, DigestCopy, DigestRule, SealedDigest, place_of
from sharing.selectors.digests import digest_list, digest_page
from sharing.services.digest_rules import foresee_digest_rule, set_digest_rule
from sharing.services.digests import (
    make_next_digest,
    publish_digest,
    stop_digest,
)
from sharing.services.key_rotation import rotate_keys
from sharing.vault.ciphers import Cipher
from sharing.vault.envelopes import Envelope, unseal
from tenancy.actor import Actor
from tenancy.models import Office
from tenancy.queue import Job
from tenancy.runner import run_job
from tests.integration.sharing.digests import (
    CITY,
    COUNTIES,
    DigestCity,
    Lay,
    lay_clue,
    lay_finding,
    lay_item,
    lay_office,
    lay_room,
    lay_unit,
)
from tests.people import acting
from tests.property.sharing.test_digest_attacker import Attacker, named, reconstructed

Q1, Q2, Q3, Q4 = (date(2025, month, 1) for month in (1, 4, 7, 10))


def lay_records(lay: Lay, chance: Random, quarters: tuple[date, ...] = (Q1, Q2, Q3)) -> None:
    """Three quarters of findings and clues of four counties, sparse here and there."""
    for tenant in COUNTIES:
        classes = lay_office(lay, tenant)
        room = lay_room(lay, tenant, tenant)
        for kind in ("department", "township", "school"):
            lay_unit(lay, tenant, kind, kind)
        for quarter in quarters:
            for _ in range(chance.randint(12, 25)):
                on = quarter + timedelta(days=chance.randrange(80))
                given: dict[str, Any] = {}
                if chance.random() < 0.9:
                    closed = chance.random() < 0.5
                    steps = [("in_progress", on + timedelta(days=9))]
                    steps += [("closed_out", on + timedelta(days=50))] if closed else []
                    due = on + timedelta(days=chance.choice((60, 120, 400)))
                    given = {"item": lay_item(lay, tenant, steps, due), "assigned_on": on}
                kind = chance.choices(["department", "township", "school"], [8, 3, 1])[0]
                category = chance.choices(list(classes.values()), [6, 2, 1])[0]
                lay_finding(lay, tenant, room, kind, category, on, **given)
            for _ in range(chance.randint(2, 9)):
                on = quarter + timedelta(days=chance.randrange(80))
                told = [(on + timedelta(days=60), [chance.choice(("talk", "party_warning"))])]
                lay_clue(lay, tenant, on, told if chance.random() < 0.7 else [])
    lay_office(lay, CITY)


def sealed(city: DigestCity, period: str) -> Sealed:
    """What lies behind it, opened past the database's grants."""
    with city.lay() as lay:
        lay.cursor.execute(
            "SELECT kept.document, cipher, key, wrapped, sealed FROM sharing_sealeddigest AS kept"
            " JOIN sharing_digest AS digest ON digest.id = kept.digest_id WHERE digest.period = %s",
            [period],
        )
        document, cipher, key, wrapped, content = lay.cursor.fetchone()
    envelope = Envelope(Cipher(cipher), key, bytes(wrapped), bytes(content))
    return sealed_of(document, unseal(key_service(), place_of(CITY, period), envelope))


def read_by(actor: Actor) -> dict[str, Publication]:
    with acting(actor):
        rows = list(DigestCopy.objects.order_by("begins_on"))
    return {one.period: publication_of(read(one.document)) for one in rows}


def test_from_the_calendar_to_the_counties(
    digest_city: DigestCity, lin: Actor, zhao: Actor, chen: Actor
) -> None:
    city = digest_city
    with city.lay() as lay:
        lay_records(lay, Random(1), (Q1,))
    with city.django_as("superuser"):
        for number, kind, parent in ((9101, "city", None), (9102, "county", 9101)):
            Office.objects.create(
                pk=number, code=f"elsewhere-{kind}", name="别处", short_name="别处", kind=kind,
                parent_id=parent, name_key="bie chu",
            )  # fmt: skip
    with acting(zhao):
        with pytest.raises(DigestNotSetUp):
            make_next_digest(actor=zhao)
        assert digest_list(zhao).next is None
    city.begin(since=2025)

    made = city.make()
    assert (made.period, made.state) == ("2025-Q1", "ready")
    for actor in (zhao, lin):
        with acting(actor):
            assert digest_list(actor).lines == []
    with acting(chen), pytest.raises(NotVisible):
        publish_digest(actor=chen, number=made.pk)

    with acting(zhao):
        copy = publish_digest(actor=zhao, number=made.pk)
        with pytest.raises(DigestNotReady):
            publish_digest(actor=zhao, number=made.pk)
        assert digest_page(zhao, copy.pk).title["en"] == "quarter 1 of 2025"
    with acting(lin):
        [line] = digest_list(lin).lines
        page = digest_page(lin, line.number)
        assert page.copy.document == copy.document
        assert page.copy.sha256 == copy.sha256 == city.again(made).sha256
        assert "clues" in [grid.code for grid in page.grids]
        with pytest.raises(NotVisible):
            digest_page(lin, copy.pk)
        with pytest.raises(NotAllowed):
            make_next_digest(actor=lin)
    with city.django_as("superuser"):
        read_in = set(DigestCopy.objects.values_list("tenant_id", flat=True))
        assert read_in == {CITY, *COUNTIES}, "and in no office of another city"


def test_figures_of_the_published_digest_are_the_counts_or_marks(digest_city: DigestCity) -> None:
    city = digest_city
    with city.lay() as lay:
        lay_records(lay, Random(2), (Q1,))
    city.begin(since=2025)
    city.publish()

    behind = sealed(city, "2025-Q1")
    told = read_by(city.zhao)["2025-Q1"]
    for cell, count in behind.counts.items():
        assert told.count(cell) in (None, count)
        assert told.count(cell) is None or told.count(cell) not in (1, 2)
    assert any(behind.counts[cell] in (1, 2) for cell in told.withheld), "nothing was small"


def own_of(tenant: str, behind: Mapping[str, Sealed]) -> dict[Any, int]:
    """All that one county knows of itself."""
    return {
        named(cell): count
        for one in behind.values()
        for cell, count in one.counts.items()
        if ("county", tenant) in cell.at
    }


def gained(found: Mapping[Any, int], county: str, behind: Mapping[str, Sealed]) -> set[Any]:
    """Of what was reconstructed, what somebody else has a part in."""
    counts = {named(c): n for one in behind.values() for c, n in one.counts.items()}
    return {
        name for name in found
        if counts.get((*name[:2], name[2] | {("county", county)})) != counts[name]
    }  # fmt: skip


def test_leak_case_9_nothing_is_reconstructed_from_two_digests_of_the_same_records(
    digest_city: DigestCity,
) -> None:
    """The third digest says what became of the first one's records."""
    city = digest_city
    with city.lay() as lay:
        lay_records(lay, Random(3))
    city.begin(since=2025)
    for _ in range(3):
        city.publish()

    published = list(read_by(city.zhao).values())
    behind = {one.period: sealed(city, one.period) for one in published}
    assert sum(len(one.withheld) for one in published) > 20
    attacker = Attacker(published)
    assert (attacker.reconstructed(), attacker.gave_up) == ({}, 0)
    for county in COUNTIES.values():
        found = Attacker(published, own_of(county, behind)).reconstructed()
        assert gained(found, county, behind) == set()


def test_leak_case_9_without_linked_suppression_the_same_attack_finds_them(
    digest_city: DigestCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    def alone(task: Task) -> frozenset[Any]:
        return withheld_of(task, linked=False)

    monkeypatch.setattr(publishing, "withheld_of", alone)
    monkeypatch.setattr(publishing, "audit", lambda *_, **__: Audit({}, frozenset()))
    city = digest_city
    with city.lay() as lay:
        lay_records(lay, Random(3))
    city.begin(since=2025)
    for _ in range(3):
        city.publish()

    published = list(read_by(city.zhao).values())
    counts = {named(c): n for p in published for c, n in sealed(city, p.period).counts.items()}
    found = reconstructed(published)
    assert any(counts[name] == count < 3 for name, count in found.items())


def test_what_is_given_away_is_not_published_and_said_in_words(digest_city: DigestCity) -> None:
    """One finding in the whole city: with a minimum of two nothing hides it."""
    city = digest_city
    with city.lay() as lay:
        tenant = next(iter(COUNTIES))
        lay_office(lay, CITY)
        lay_clue(lay, tenant, Q1)
    city.begin(since=2025, minimum=2)

    digest = city.make()

    assert digest.state == Digest.State.REFUSED
    assert digest.job is not None
    assert digest.job.error is not None
    assert digest.job.error["code"] == "sharing.digest.gives_away"
    assert "披露检查没有通过" in digest.job.error["message"]["zh"]
    with acting(city.zhao), pytest.raises(DigestNotReady):
        publish_digest(actor=city.zhao, number=digest.pk)
    with city.django_as("superuser"):
        assert not SealedDigest.objects.exists()
        assert not DigestCopy.objects.exists()
    assert city.make().pk == digest.pk, "it can be tried again"


def test_none_before_its_day(digest_city: DigestCity, zhao: Actor) -> None:
    digest_city.begin(since=2027)

    with acting(zhao):
        with pytest.raises(DigestNotDue, match="15 Apr 2027"):
            make_next_digest(actor=zhao)
        for begins_on, constraint in (
            (date(2027, 1, 1), "digest_from_its_day_on"),
            (date(2027, 4, 1), "digest_in_order"),
            (date(2027, 2, 1), "digest_of_a_period"),
            (date(2026, 1, 1), "digest_of_a_period"),
        ):
            refused_by_the_database(constraint, zhao, begins_on)


def refused_by_the_database(constraint: str, actor: Actor, begins_on: date) -> None:
    with pytest.raises((IntegrityError, InternalError)) as refused, transaction.atomic():
        Digest.objects.create(
            tenant_id=actor.tenant_id, period="", begins_on=begins_on, until_on=begins_on,
            appears_on=begins_on, minimum=3,
        )  # fmt: skip
    assert constraint in str(getattr(refused.value.__cause__, "diag").constraint_name)  # noqa: B009


def test_two_makers_make_one(digest_city: DigestCity, zhao: Actor) -> None:
    digest_city.begin(since=2025)
    with acting(zhao):
        first, second = make_next_digest(actor=zhao), make_next_digest(actor=zhao)
        assert first.pk == second.pk
        assert Job.objects.filter(task="sharing.make_digest").count() == 1


def test_it_is_stopped_before_and_while_it_is_made(
    digest_city: DigestCity, zhao: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = digest_city
    with city.lay() as lay:
        lay_records(lay, Random(4), (Q1,))
    city.begin(since=2025)
    with acting(zhao):
        digest = make_next_digest(actor=zhao)
        assert stop_digest(actor=zhao, number=digest.pk).state == Digest.State.REFUSED
        digest = make_next_digest(actor=zhao)
        assert digest.job is not None
        Job.objects.filter(pk=digest.job.pk).update(cancel_requested_at="2026-01-01T00:00+00")
    with city.django_as("worker"):
        assert run_job(digest.job.pk) == "cancelled"

    assert city.again(digest).state == Digest.State.REFUSED
    assert city.make().state == Digest.State.READY


def test_a_killed_worker_s_digest_is_made_by_the_next(digest_city: DigestCity, zhao: Actor) -> None:
    """What it had asked and chosen is gone; the row says that it is being made, and it begins anew."""
    city = digest_city
    with city.lay() as lay:
        lay_records(lay, Random(5), (Q1,))
    city.begin(since=2025)
    with acting(zhao):
        digest = make_next_digest(actor=zhao)
    assert digest.job is not None
    with city.lay() as lay:
        lay.cursor.execute(
            "UPDATE tenancy_job SET state = 'running', attempt = 1, lease_token = gen_random_uuid(),"
            " lease_until = now() - interval '1 minute' WHERE id = %s",
            [digest.job.pk],
        )
    with city.django_as("worker"):
        assert run_job(digest.job.pk) == "done"
        assert run_job(digest.job.pk) == "left alone"
    assert city.again(digest).state == Digest.State.READY


def test_how_digests_are_made_is_said_once_and_lengths_change_in_years_to_come(
    digest_city: DigestCity, zhao: Actor, lin: Actor
) -> None:
    city = digest_city
    with acting(zhao):
        refusal: type[DomainError]
        for year, minimum, refusal in (
            (2025, 1, DigestRuleOutOfRange), (2025, 21, DigestRuleOutOfRange),
            (2011, 3, DigestFirstYearOutOfRange), (99999, 3, DigestFirstYearOutOfRange),
        ):  # fmt: skip
            with pytest.raises(refusal):
                set_digest_rule(actor=zhao, since_year=year, length=Length.QUARTER, minimum=minimum)
    city.begin(since=2024, length=Length.YEAR, minimum=5)
    city.begin(since=2025, minimum=3)  # nothing was made yet: it is put right
    with acting(zhao):
        assert DigestRule.objects.count() == 1
        make_next_digest(actor=zhao)
        for year, length, minimum, refusal, field in (
            (2025, Length.YEAR, 3, DigestRuleRefused, "since_year"),
            (2026, Length.YEAR, 3, DigestRuleRefused, "since_year"),
            (2032, Length.YEAR, 3, DigestRuleRefused, "since_year"),
            (2027, Length.YEAR, 2, DigestMinimumStands, "minimum"),
            (2027, Length.QUARTER, 3, DigestLengthUnchanged, "length"),
        ):
            for act in (foresee_digest_rule, set_digest_rule):
                with pytest.raises(refusal) as refused:
                    act(actor=zhao, since_year=year, length=length, minimum=minimum)
                assert refused.value.fields == (field,)
        ahead = foresee_digest_rule(actor=zhao, since_year=2027, length=Length.YEAR)
        assert (ahead.next.name, ahead.first.name) == ("2025-Q1", "2027")
        assert DigestRule.objects.count() == 1, "it was looked at alone"
        set_digest_rule(actor=zhao, since_year=2027, length=Length.YEAR, minimum=3)
        assert DigestRule.objects.count() == 2
    with acting(lin):
        with pytest.raises(NotAllowed):
            set_digest_rule(actor=lin, since_year=2025, length=Length.YEAR)
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            DigestRule.objects.create(tenant_id=lin.tenant_id, since_year=2025, length="year")


def test_a_published_digest_stands(digest_city: DigestCity, zhao: Actor) -> None:
    city = digest_city
    with city.lay() as lay:
        number = city.lay_digest(lay, Q1, Q2, "published")
        making = city.lay_digest(lay, Q2, Q3, "making")
        lay.cursor.execute("SELECT 1")
    with acting(zhao):
        for state in ("making", "ready", "refused"):
            refused_to(number, state)
        for state in ("ready", "published"):  # nothing is sealed for it
            refused_to(making, state)


def refused_to(number: int, state: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Digest.objects.filter(pk=number).update(state=state)
    assert getattr(refused.value.__cause__, "diag").constraint_name == "digest_stands"  # noqa: B009


def test_after_a_rotation_of_the_office_s_key_the_next_digest_is_made(
    digest_city: DigestCity,
) -> None:
    """It opens the counts of those before it; the worker wraps their keys and reads none of them."""
    city = digest_city
    with city.lay() as lay:
        lay_records(lay, Random(8), (Q1, Q2))
    city.begin(since=2025)
    city.publish()
    before = sealed(city, "2025-Q1")

    with city.django_as("worker"):
        assert rotate_keys(office=CITY).rows == 1

    assert sealed(city, "2025-Q1") == before
    assert city.publish().period == "2025-Q2"


def test_two_who_ask_at_once_have_one_made(digest_city: DigestCity, zhao: Actor) -> None:
    """From two connections; the one that comes second is told, or given the first one's."""
    digest_city.begin(since=2025)
    barrier, said = Barrier(2), []

    def ask() -> None:
        barrier.wait()
        try:
            with acting(zhao):
                said.append(make_next_digest(actor=zhao).period)
        except DigestMadeMeanwhile:
            said.append("meanwhile")
        finally:
            connections.close_all()

    threads = [Thread(target=ask) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert set(said) <= {"2025-Q1", "meanwhile"}
    assert "2025-Q1" in said
    with acting(zhao):
        assert Digest.objects.count() == 1
        assert Job.objects.filter(task="sharing.make_digest").count() == 1
