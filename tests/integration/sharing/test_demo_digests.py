"""The demo's digests: full enough to look at, in a few seconds, and as safe as any."""

from __future__ import annotations

import time

from sharing.management.demo_digests import publish_past_digests
from sharing.models.digests import DigestCopy
from sharing.selectors.digests import digest_page
from sharing.services.dictionary import begin_with_standard
from tenancy.actor import Actor
from tests.integration.scheduling.world import RoleSwitch
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
