"""Rows of a workbook to the facts of a person or a unit, and back out of the database.

`facts` is a dictionary of a row's columns, as JSON: what the dry run compares field by field,
what an import applies, and what `fact_hash` is the hash of.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from scheduling.models.rosters import InspectedUnit, Person
from scheduling.workbooks.identity import IdNumber
from scheduling.workbooks.lookalike import initials_key, shape_key, sound_key

Facts = dict[str, Any]

# What a new person is, where the workbook says nothing. The keys, in the order of the page.
PERSON_DEFAULTS: Mapping[str, Any] = {
    "number": "",
    "name": "",
    "id_number_digest": "",
    "id_number_last4": "",
    "home_unit": "",
    "system": "",
    "post": "",
    "rank": "",
    "is_leader": False,
    "is_deputy": False,
    "is_expert": False,
    "skills": [],
    "native_place": "",
    "grew_up_place": "",
    "rounds_served": 0,
    "recent_days": 0,
    "status": "active",
    "career": [],
    "relatives": [],
    "interests": [],
    "absences": [],
    "visited": [],
    "led": [],
}

UNIT_DEFAULTS: Mapping[str, Any] = {
    "code": "",
    "name": "",
    "kind": "department",
    "system": "",
    "parent_code": "",
    "risk": 1,
    "days": 1,
    "mandatory": False,
    "priority": 50,
    "skills": {},
    "wanted": {},
    "inspectable": True,
}

# Which facts a sheet states in full.
FACTS_OF_SHEET: Mapping[str, tuple[str, ...]] = {
    "career": ("career",),
    "relatives": ("relatives",),
    "interests": ("interests",),
    "absences": ("absences",),
    "served": ("visited", "led"),
}


def person_facts(person: Person) -> Facts:
    return {field: getattr(person, field) for field in PERSON_DEFAULTS}


def unit_facts(unit: InspectedUnit) -> Facts:
    return {field: getattr(unit, field) for field in UNIT_DEFAULTS}


def facts_hash(facts: Facts) -> str:
    """The same facts have the same hash, however their keys were ordered."""
    return hashlib.sha256(
        json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def id_digest(tenant_id: int, number: IdNumber) -> str:
    """Tells the same number in the same office, and nothing else.

    All ID numbers can be tried in minutes, so a plain hash would hide nothing: the key makes
    the difference. It is mixed with the office, so that two offices' digests never compare.
    """
    key = hmac.digest(settings.ID_NUMBER_KEY, f"id-number/{tenant_id}".encode(), "sha256")
    return hmac.new(key, number.full.encode(), "sha256").hexdigest()


def staged_person(tenant_id: int, values: Mapping[str, Any]) -> Facts:
    """What one row of 人员 states. Fields whose column is missing are missing here, too."""
    staged = {k: v for k, v in values.items() if k not in ("id_number", "pools")}
    if "skills" in staged:
        staged["skills"] = sorted(staged["skills"])
    identity = values.get("id_number")
    if identity is not None:
        staged["id_number_digest"] = id_digest(tenant_id, identity)
        staged["id_number_last4"] = identity.last4
    if "pools" in values:
        pools = values["pools"]
        staged["is_leader"] = "leader" in pools
        staged["is_deputy"] = "deputy" in pools
        staged["is_expert"] = "expert" in pools
    return staged


def staged_unit(values: Mapping[str, Any]) -> Facts:
    """What one row of 被巡察单位 states. `parent` may be a code or a name; see `comparing`."""
    staged = dict(values)
    if "number" in staged:
        staged["code"] = staged.pop("number")
    return staged


def stated_by_facts(sheets: Sequence[str], rows: Sequence[tuple[str, Facts]]) -> Facts:
    """One person's rows of the fact sheets, as the facts that those sheets state in full.

    `sheets` are the sheets that the file has; of one that it has without a row for this person,
    the facts become empty lists.
    """
    stated: Facts = {field: [] for sheet in sheets for field in FACTS_OF_SHEET.get(sheet, ())}
    for sheet, payload in rows:
        values = {k: v for k, v in payload.items() if k not in ("number", "name")}
        if sheet == "served":
            _add_round_served(stated, values)
        else:
            stated[sheet].append(values)
    return {field: _in_order(entries) for field, entries in stated.items()}


def with_search_keys(facts: Facts) -> Facts:
    """The facts with what is derived from them: keys for search and order, and the hash."""
    name = facts["name"]
    derived = {"name_key": sound_key(name)[:300], "fact_hash": facts_hash(facts)}
    if "number" in facts:  # a person
        derived |= {"initials": initials_key(name)[:100], "shape_key": shape_key(name)[:300]}
    return facts | derived


def changed_fields(before: Facts, after: Facts) -> dict[str, list[Any]]:
    """{field: [before, after]}; of the ID number, its last four characters."""
    changed = {
        field: [before[field], after[field]]
        for field in after
        if before[field] != after[field] and field != "id_number_digest"
    }
    if before.get("id_number_digest") != after.get("id_number_digest"):
        changed["id_number_last4"] = [before["id_number_last4"], after["id_number_last4"]]
    return changed


def _add_round_served(stated: Facts, values: Facts) -> None:
    if values.get("body"):
        stated["visited"].append({"body": values["body"], "ago": values["ago"]})
    if values.get("role") == "leader" and values.get("county"):
        stated["led"].append({"county": values["county"], "ago": values["ago"]})


def _in_order(entries: list[Any]) -> list[Any]:
    """By date where there is one; the order of the rows in the file says nothing."""
    seen = {json.dumps(entry, sort_keys=True, ensure_ascii=False): entry for entry in entries}
    return [seen[key] for key in sorted(seen, key=lambda key: (seen[key].get("from") or "", key))]
