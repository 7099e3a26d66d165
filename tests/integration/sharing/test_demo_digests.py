"""The demo's digests: full enough to look at, in a few seconds, and as safe as any."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from kernel.clock import frozen, today
from launcher.psql import Login
from sharing.domain.digest.periods import Calendar, Length
from sharing.management.demo_digests import publish_past_digests
from sharing.models.digests import DigestCopy
from sharing.selectors.digests import digest_page
from sharing.services.dictionary import begin_with_standard
from sharing.services.digest_rules import set_digest_rule
from tenancy.actor import Actor
from tests.integration.scheduling.world import RoleSwitch
from tests.integration.sharing.digests import lay_digest_of, laying
from tests.integration.sharing.test_digests import read_by
from tests.people import acting
from tests.property.sharing.test_digest_attacker import reconstructed


def test_the_demo_has_digests_and_repeating_it_changes_nothing(
    django_as: RoleSwitch, zhao: Actor, lin: Actor
) -> None:
    with acting(zhao):
        begin_with_standard(actor=zhao)
    began = time.monotonic()
    with django_as("owner"):
        assert publish_past_digests(zhao)
        assert publish_past_digests(zhao) == []
    took = time.monotonic() - began
    assert took < 60, "the demo waits for it"
    print("TOOK", took)

    with acting(lin):
        copies = list(DigestCopy.objects.filter(tenant_id=lin.tenant_id).order_by("begins_on"))
        page = digest_page(lin, copies[-1].pk)
    assert len(copies) >= 2
    assert page.settled
    assert page.withheld > 0
    assert reconstructed(list(read_by(lin).values())) == {}


def test_a_demo_that_is_started_again_later_goes_on_with_what_became_due(
    django_as: RoleSwitch, login_as: Callable[[str], Login], zhao: Actor, lin: Actor
) -> None:
    """Also where the director had the next one made, which is refused: its records are not those drawn."""
    with acting(zhao):
        begin_with_standard(actor=zhao)
    calendar = Calendar(((today().year - 2, Length.HALF_YEAR),))
    *_, last = takewhile(lambda one: one.published_on <= today(), calendar.periods())
    before = datetime.combine(last.published_on - timedelta(days=1), datetime.min.time(), UTC)
    with django_as("owner"), frozen(before):
        assert publish_past_digests(zhao)
        assert publish_past_digests(zhao) == []
    with acting(lin):
        assert not DigestCopy.objects.filter(period=last.name).exists()
    with laying(login_as("superuser")) as lay:
        lay_digest_of(lay, last.name, last.begins_on, last.until, "refused")
        lay.cursor.execute(
            'INSERT INTO sharing_digestquestion (tenant_id, digest_id, "table", cohort, asked_by_name,'
            " asked_at, asked_in) SELECT tenant_id, id, 'clues', period, '', now(), 1"
            " FROM sharing_digest WHERE state = 'published' LIMIT 1"
        )
    with django_as("owner"):
        assert publish_past_digests(zhao) == [], "one was counted from records"
    with laying(login_as("superuser")) as lay:
        lay.cursor.execute("DELETE FROM sharing_digestquestion")

    with django_as("owner"):
        assert publish_past_digests(zhao) == ["      1 digests of earlier half-years"]
        assert publish_past_digests(zhao) == []

    with acting(lin):
        newest = DigestCopy.objects.order_by("begins_on").last()
    assert newest is not None
    assert newest.period == last.name
    assert reconstructed(list(read_by(lin).values())) == {}


def test_where_somebody_set_digests_up_the_demo_draws_none(
    django_as: RoleSwitch, zhao: Actor
) -> None:
    with acting(zhao):
        set_digest_rule(actor=zhao, since_year=today().year - 1, length=Length.QUARTER)
    with django_as("owner"):
        assert publish_past_digests(zhao) == []
