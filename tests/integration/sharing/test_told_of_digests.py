"""The bell of city digests: the director, of how far the next one is; each office, of what it was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from scheduling.access.notices import notices_visible_to
from scheduling.models.notices import Notice
from sharing.domain import digest_news
from sharing.models.digests import Digest, DigestCopy
from sharing.selectors.turns import Task, turns
from sharing.services import making_digests
from sharing.services.digests import make_next_digest, publish_digest, stop_digest
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.queue import request_cancel
from tenancy.runner import run_job
from tests.integration.security.ground import browser_of
from tests.integration.sharing.digests import CITY, COUNTIES, DigestCity, lay_clue, lay_office
from tests.people import acting


def told(person: Actor, kind: str) -> list[Notice]:
    with acting(person):
        return list(notices_visible_to(person).filter(kind=kind).order_by("pk"))


def waits(person: Actor) -> int:
    with acting(person):
        return sum(one.count for one in turns(person) if one.task is Task.PUBLISH_DIGEST)


@pytest.fixture
def city(digest_city: DigestCity) -> DigestCity:
    """With so few records that nothing has to be withheld."""
    with digest_city.lay() as lay:
        for tenant in COUNTIES:
            lay_office(lay, tenant)
            for _ in range(9):
                lay_clue(lay, tenant, date(2025, 2, 3))
        lay_office(lay, CITY)
    digest_city.begin(since=2025)
    return digest_city


def ready(city: DigestCity) -> Digest:
    made = city.make()
    assert made.state == Digest.State.READY, made.job and made.job.error
    return made


def test_the_citys_director_is_told_that_a_digest_waits_to_be_published(
    city: DigestCity, zhao: Actor, chen: Actor, lin: Actor
) -> None:
    made = ready(city)

    [bell] = told(zhao, digest_news.READY)
    assert (bell.number, bell.about) == (made.pk, {})
    assert told(chen, digest_news.READY) == told(lin, digest_news.READY) == []
    assert (waits(zhao), waits(chen), waits(lin)) == (1, 0, 0)
    assert browser_of(zhao).post(f"/notices/{bell.pk}/open/")["Location"] == "/digests/"


def test_who_reads_digests_is_told_of_one_and_who_published_it_is_not(
    city: DigestCity, zhao: Actor, chen: Actor, lin: Actor, jiang: Actor
) -> None:
    made = ready(city)
    assert told(lin, digest_news.PUBLISHED) == []
    with acting(zhao):
        publish_digest(actor=zhao, number=made.pk)

    for reader in (chen, lin, jiang):
        [bell] = told(reader, digest_news.PUBLISHED)
        with acting(reader):
            assert bell.number == DigestCopy.objects.get(tenant_id=reader.tenant_id).pk
    assert told(zhao, digest_news.PUBLISHED) == []
    body = frozenset({Role.DISCIPLINE_BODY})
    assert told(replace(lin, user_id=9999, roles=body), digest_news.PUBLISHED) == []
    [bell] = told(lin, digest_news.PUBLISHED)
    opened = browser_of(lin).post(f"/notices/{bell.pk}/open/")["Location"]
    assert opened == f"/digests/of/{made.period}/"
    assert browser_of(lin).get(opened).status_code == 200


def test_once_it_is_published_nothing_waits_to_be(city: DigestCity, zhao: Actor) -> None:
    made = ready(city)
    with acting(zhao):
        publish_digest(actor=zhao, number=made.pk)

    assert told(zhao, digest_news.READY) == []
    assert waits(zhao) == 0


def test_the_director_is_told_that_a_digest_could_not_be_made_until_it_is(
    city: DigestCity, zhao: Actor, chen: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(making_digests, "made", lambda **_given: 1 / 0)
        assert city.make().state == Digest.State.REFUSED

    [bell] = told(zhao, digest_news.NOT_MADE)
    assert (bell.number is not None, told(chen, digest_news.NOT_MADE)) == (True, [])
    assert browser_of(zhao).post(f"/notices/{bell.pk}/open/")["Location"] == "/digests/"
    ready(city)
    assert told(zhao, digest_news.NOT_MADE) == []
    assert len(told(zhao, digest_news.READY)) == 1


@pytest.mark.parametrize("is_at_work", [False, True])
def test_what_its_director_stopped_is_no_news(
    city: DigestCity, zhao: Actor, is_at_work: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting(zhao):
        digest = make_next_digest(actor=zhao)
    assert digest.job is not None
    job = digest.job.pk

    def stopped(*, before_each: Callable[[], None], **_given: object) -> None:
        with acting(zhao):
            request_cancel(zhao, job)
        before_each()

    if is_at_work:
        monkeypatch.setattr(making_digests, "made", stopped)
        with city.django_as("worker"):
            run_job(job)
    else:
        with acting(zhao):
            stop_digest(actor=zhao, number=digest.pk)

    assert city.again(digest).state == Digest.State.REFUSED
    assert told(zhao, digest_news.NOT_MADE) == []
