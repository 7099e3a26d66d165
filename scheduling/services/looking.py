"""Opening what is nobody's business without a cause: the reading is an act, and leaves a line."""

from __future__ import annotations

from django.db import transaction

from scheduling.access.rosters import access_person
from scheduling.selectors.rosters import PersonPage, person_page
from tenancy.actor import Actor
from tenancy.services.reading import Sight, record_reading


@transaction.atomic
def open_person(*, actor: Actor, number: int) -> PersonPage:
    """All that the office knows of one of its people. No line, no page; of a refusal, no line."""
    page = person_page(actor, number)
    sight = Sight(access_person(actor, number), people={actor.tenant_id: 1})
    record_reading(actor, "scheduling.person.opened", sight, rule="roster_person.read")
    return page
