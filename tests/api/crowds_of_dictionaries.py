"""Crowds of contacts, categories and rules. What a director's hand makes is laid past its triggers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.contrib.auth.models import Permission
from django.db import connection

from kernel.clock import now
from scheduling.models.rosters import InspectedUnit
from sharing.models.contacts import SUPERVISE, UnitContact, UnitDesk
from sharing.models.dictionary import FindingCategory
from sharing.models.rules import RuleArticle, RuleEdition, RuleText
from tenancy.models import Office
from tests.api.crowd_ground import COUNTY, Crowd
from tests.integration.scheduling.world import unit

QIU = 9021  # Dinghai's discipline body


@contextmanager
def triggers_asleep() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = 'replica'")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = 'origin'")


def unit_contacts(count: int) -> str:
    """The registry's own trigger makes the desks."""
    there = InspectedUnit.objects.count()
    office = Office.objects.get(pk=COUNTY)
    InspectedUnit.objects.bulk_create(
        unit(office, f"U{there + n:03d}", f"单位{there + n}") for n in range(1, count + 1)
    )
    return "/unit-contacts"


def my_units(count: int) -> str:
    unit_contacts(count)
    named = UnitContact.objects.values("content_object")
    permission = Permission.objects.get(codename=SUPERVISE)
    with triggers_asleep():
        UnitContact.objects.bulk_create(
            UnitContact(tenant_id=COUNTY, content_object=desk, user_id=QIU, permission=permission)
            for desk in UnitDesk.objects.exclude(pk__in=named)
        )
    return "/my-units"


def categories(count: int) -> str:
    there = FindingCategory.objects.count()
    with triggers_asleep():
        FindingCategory.objects.bulk_create(
            FindingCategory(
                tenant_id=COUNTY,
                code=f"U{there + n:03d}",
                title=f"类{n}",
                frame="units",
                position=n,
            )
            for n in range(1, count + 1)
        )
    return "/categories"


def rule_texts(count: int) -> str:
    there = RuleText.objects.count()
    with triggers_asleep():
        RuleText.objects.bulk_create(_text(there + n) for n in range(1, count + 1))
    return "/rules"


def rule_articles(count: int) -> str:
    with triggers_asleep():
        edition = RuleEdition.objects.first() or _edition()
        there = RuleArticle.objects.count()
        RuleArticle.objects.bulk_create(
            RuleArticle(
                tenant_id=COUNTY,
                sender_id=COUNTY,
                edition=edition,
                position=there + n,
                number=f"第{there + n}条",
                words="x",
            )
            for n in range(1, count + 1)
        )
    return f"/rules/{edition.text_id}/articles"


OF_DICTIONARIES: dict[str, tuple[str, Crowd]] = {
    "list_unit_contacts": ("lin", unit_contacts),
    "list_my_units": ("qiu", my_units),
    "list_categories": ("lin", categories),
    "list_rule_texts": ("lin", rule_texts),
    "list_rule_articles": ("lin", rule_articles),
}


def _text(number: int) -> RuleText:
    return RuleText(
        tenant_id=COUNTY,
        sender_id=COUNTY,
        title=f"规则{number}",
        # Some sound alike: their order is by number then.
        title_key=f"guize{number % 3}",
        initials="gz",
        added_at=now(),
    )


def _edition() -> RuleEdition:
    text = _text(0)
    text.save()
    return RuleEdition.objects.create(
        tenant_id=COUNTY,
        sender_id=COUNTY,
        text=text,
        label="x",
        effective_from=date(2020, 1, 1),
        article_count=1000,
        added_at=now(),
    )
