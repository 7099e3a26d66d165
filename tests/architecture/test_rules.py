"""Nothing that can be asked for without a rule of the table of roles: addresses, operations, jobs,
chores, the menu, and every field that is told to programs."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.urls import reverse
from rest_framework import serializers

import scheduling.tasks
from httpapi.declarations import Everybody, Verb
from httpapi.rules import rules_of_operations
from portal.menu import MENU
from portal.rules import NO_VERB, PAGE, RULES, alternatives
from tenancy import relay
from tenancy.domain.matrix import Rule
from tenancy.domain.roles import ADMINISTRATORS, MATRIX, ROLES_IN, Permission
from tenancy.queue import rules_of_jobs
from tests.architecture.test_endpoints import VERBS, routes
from tests.integration.portal.test_the_door import _addresses

assert scheduling.tasks  # importing it registers the jobs

FIELDS = Path(__file__).with_name("fields.csv")
KINDS_OF_FIELDS = ("public", "office", "personal", "sensitive")

# What the product does by itself, for nobody, and why it needs no rule.
CHORES = {
    "purge_keys": "replies older than two days; it reads none of them",
    "forget_stale_imports": "uploads that nobody applied in time; it opens none of them",
    "forget_mails": "letters that are over for months; it holds no address and no word of them",
    "forget_deliveries": "messages of webhooks that are over for months",
    "forget_sign_ins": "who was signed in from where, a year ago; it reads none of them",
    "remind_owners": "owners of tokens that are near their end; it reads how each begins",
    "forget_orphans": "sealed files that no row names; it opens none of them",
    "forget_brought": "packages that were verified and never taken in; it opens none of them",
    "remind_of_deadlines": "what is due soon or overdue, by numbers and days; it opens no record",
    "forget_untaken": "sealed documents that nobody took; it opens none of them",
}

PROMPTS = {
    "queue_deliveries": "messages of webhooks that are due become jobs; it reads none",
    "queue_mails": "letters that are due become jobs; it reads none",
}


def operations() -> Mapping[str, Verb]:
    return {
        verb.operation: verb
        for _, callback in routes()
        for name in VERBS
        if (verb := getattr(getattr(callback.cls, name, None), "declared", None))
    }


def unknown(rules: tuple[Rule, ...]) -> list[str]:
    return [str(rule) for rule in rules if rule not in MATRIX.needs]


def test_every_address_of_the_portal_declares_its_rule() -> None:
    there = {name for name, _ in _addresses()}

    assert there - set(RULES) == set(), "Give each its line in platform/portal/rules.py."
    assert set(RULES) - there == set(), "No such address is left."


def test_every_rule_of_an_address_stands_in_the_table() -> None:
    written = {name: (rule.get, rule.post) for name, rule in RULES.items()}

    assert {
        name: found
        for name, cells in written.items()
        if (found := [one for cell in cells for one in unknown(alternatives(cell))])
    } == {}
    idle = [name for name, cells in written.items() if set(cells) <= {PAGE, NO_VERB}]
    assert idle == [], "An address that answers nothing."


def test_every_operation_declares_its_rule() -> None:
    ruled = rules_of_operations()

    assert set(operations()) - set(ruled) == set(), "platform/httpapi/operations.csv lacks them."
    assert set(ruled) - set(operations()) == set(), "No such operation is left."
    assert {name: found for name, rules in ruled.items() if (found := unknown(rules))} == {}


@pytest.mark.parametrize("operation", sorted(operations()))
def test_what_an_endpoint_asks_for_is_what_its_rule_needs(operation: str) -> None:
    """An endpoint names one permission, or several of which one is enough; where a rule needs two
    at once the endpoint names at least one of them and the service asks for the other."""
    needed, rules = operations()[operation].needed, rules_of_operations()[operation]

    if isinstance(needed, Everybody):
        strangers = needed is Everybody.STRANGERS
        assert strangers is (rules == ())
        assert all(MATRIX.needs[rule] == frozenset() for rule in rules)
        return
    either = set(needed) if isinstance(needed, tuple) else {needed}
    assert rules
    for rule in rules:
        assert either & MATRIX.needs[rule], f"{operation} lets nobody in for {rule}."
    for permission in either:
        assert any(permission in MATRIX.needs[rule] for rule in rules), permission


def test_every_job_declares_what_it_runs_for() -> None:
    jobs = rules_of_jobs()

    assert jobs
    assert [name for name, rules in jobs.items() if not rules] == [], "job(…, runs_for=…)"
    assert {name: found for name, rules in jobs.items() if (found := unknown(rules))} == {}


def test_celery_runs_nothing_of_ours_but_jobs() -> None:
    """What is no job has no row, no office and no rule."""
    ours = {name for name in current_app.tasks if not name.startswith("celery.")}

    assert ours == {"jobs.run"}


def test_every_chore_has_its_reason() -> None:
    assert {work.__name__ for work in relay._chores} == set(CHORES)
    assert {work.__name__ for work in relay._prompts} == set(PROMPTS)


def test_the_menu_offers_every_role_exactly_what_its_rules_open() -> None:
    """Where a door names a permission besides, it names one that the rule needs."""
    for door in (door for group in MENU for door in group.doors):
        name = door.url_name.removeprefix("portal:")
        assert reverse(door.url_name)
        rules = alternatives(RULES[name].get)
        assert rules, f"The menu leads to {name}, which nobody may look at."
        if door.permission is not None:
            assert any(door.permission in MATRIX.needs[rule] for rule in rules), name


def test_every_permission_opens_something_or_waits_for_its_page() -> None:
    """A rule that no address and no operation uses is either waiting or forgotten."""
    used = {rule for rules in rules_of_operations().values() for rule in rules}
    for rule in RULES.values():
        used |= {*alternatives(rule.get), *alternatives(rule.post)}

    assert {str(rule) for rule in set(MATRIX.needs) - used} <= WAITING


# Named in the table already; their pages are made beside this one.
WAITING = {
    "room.work",
    "released_person.read",  # seen on the pages of the round and its plans, never by itself
    "own_seat.read",
}


# --- Fields --------------------------------------------------------------------------------------


def fields_told() -> Iterator[tuple[str, str]]:
    """Every (serializer, field) that some operation tells, nested ones too."""
    seen: set[type[Any]] = set()
    waiting = [verb.gives for verb in operations().values() if verb.gives is not None]
    while waiting:
        shape = waiting.pop()
        if shape in seen:
            continue
        seen.add(shape)
        shown = shape()
        for name, field in getattr(shown, "fields", {}).items():
            yield shape.__name__, name
            waiting += nested(field)


def nested(field: Any) -> list[type[Any]]:
    child = getattr(field, "child", field)
    return [type(child)] if isinstance(child, serializers.Serializer) else []


def classified() -> dict[tuple[str, str], str]:
    with FIELDS.open(encoding="utf-8", newline="") as file:
        return {(row["serializer"], row["field"]): row["class"] for row in csv.DictReader(file)}


def test_every_field_that_programs_are_told_is_classified() -> None:
    told, known = set(fields_told()), classified()

    assert sorted(told - set(known)) == [], "tests/architecture/fields.csv lacks them."
    assert sorted(set(known) - told) == [], "No such field is left."
    assert set(known.values()) <= set(KINDS_OF_FIELDS)


def shapes_within(shape: type[Any]) -> set[str]:
    found: set[str] = set()
    waiting = [shape]
    while waiting:
        one = waiting.pop()
        if one.__name__ not in found:
            found.add(one.__name__)
            for field in getattr(one(), "fields", {}).values():
                waiting += nested(field)
    return found


def kinds_told(verb: Verb) -> set[str]:
    shapes = shapes_within(verb.gives) if verb.gives else set()
    return {kind for (shape, _), kind in classified().items() if shape in shapes}


def test_sensitive_facts_are_told_to_those_alone_who_keep_the_roster() -> None:
    """Kin, places and careers: by what reads the roster or its imports, and by nothing else."""
    telling = {name for name, verb in operations().items() if "sensitive" in kinds_told(verb)}
    keepers = {
        Permission.VIEW_ROSTER,
        Permission.IMPORT_ROSTER,
        Permission.IMPORT_UNITS,
        Permission.DECLARE_TIES,
        Permission.DECLARE_UNAVAILABLE,
    }

    for name in telling:
        for rule in rules_of_operations()[name]:
            assert MATRIX.needs[rule] & keepers, name


def test_nothing_of_persons_or_offices_is_told_to_administrators() -> None:
    for name, verb in operations().items():
        if not kinds_told(verb) & {"personal", "sensitive", "office"}:
            continue
        for rule in rules_of_operations()[name]:
            for role in ADMINISTRATORS:
                held = ROLES_IN["platform"][role]
                assert not MATRIX.needs[rule] or not MATRIX.needs[rule] <= held, (name, role)
