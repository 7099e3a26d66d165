"""The city's set of classes goes to its counties as an edition; a county takes it over."""

from __future__ import annotations

from django.db import transaction

from kernel.clock import now, today
from sharing.access.dictionary import (
    categories_visible_to,
    newest_edition_for,
    newest_own_edition,
)
from sharing.domain.dictionary import Entry, adoption_of
from sharing.errors.categories import EditionMeetsOtherWords, NothingToAdopt, NothingToIssue
from sharing.mapping.dictionary import as_json, entries_of
from sharing.models.dictionary import CategoryEdition, FindingCategory
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Office


@transaction.atomic
def issue_categories(*, actor: Actor, remark: str = "") -> CategoryEdition:
    """Hand the set as it stands to every county, and keep a copy. Refused where nothing is new.

    Nothing changes in a county before its director takes it over.
    """
    actor.must(Permission.ISSUE_DICTIONARIES)
    entries = as_json(entries_of(categories_visible_to(actor)))
    before = newest_own_edition(actor)
    if not entries or (before is not None and before.entries == entries):
        raise NothingToIssue
    number = 1 if before is None else before.number + 1
    counties = Office.objects.filter(parent_id=actor.tenant_id).values_list("pk", flat=True)
    issued = [
        CategoryEdition(
            tenant_id=office,
            sender_id=actor.tenant_id,
            number=number,
            entries=entries,
            remark=remark.strip(),
            issued_at=now(),
        )
        for office in (actor.tenant_id, *counties)
    ]
    CategoryEdition.objects.bulk_create(issued)
    audit.record(
        actor, "sharing.categories.issued", issued[0], number=number, offices=len(counties)
    )
    return issued[0]


@transaction.atomic
def adopt_categories(*, actor: Actor) -> CategoryEdition:
    """Take the newest edition over. Own classes of level 2 stay, and so does whatever cites an old one."""
    actor.must(Permission.KEEP_CATEGORIES)
    edition = newest_edition_for(actor)
    if edition is None:
        raise NothingToAdopt
    held = categories_visible_to(actor).select_for_update()
    rows = {row.code: row for row in held}
    told = edition.told()
    adoption = adoption_of(told, entries_of(rows.values()))
    if adoption.other_words:
        raise EditionMeetsOtherWords(codes="、".join(adoption.other_words))
    taken_over = [one for one in told if one.code in rows and not rows[one.code].is_citys]
    if adoption.changes_nothing and not taken_over:
        raise NothingToAdopt
    _update(rows, told)
    for one in told:  # Headings stand before their classes.
        if one.code not in rows:
            rows[one.code] = _add(actor, one, rows.get(one.parent))
    _retire_own_headings(rows)
    audit.record(
        actor,
        "sharing.categories.adopted",
        edition,
        number=edition.number,
        added=len(adoption.added),
        changed=len(adoption.retired) + len(adoption.revived) + len(adoption.moved),
    )
    return edition


def _update(rows: dict[str, FindingCategory], told: list[Entry]) -> None:
    changed = []
    for one in told:
        row = rows.get(one.code)
        if row is None:
            continue
        row.is_citys, row.position = True, one.position
        row.retired_on = (row.retired_on or today()) if one.retired else None
        changed.append(row)
    FindingCategory.objects.bulk_update(changed, ["is_citys", "position", "retired_on"])


def _add(actor: Actor, one: Entry, parent: FindingCategory | None) -> FindingCategory:
    return FindingCategory.objects.create(
        tenant_id=actor.tenant_id,
        code=one.code,
        title=one.title,
        frame=one.frame.value,
        parent=parent,
        position=one.position,
        is_citys=True,
        retired_on=today() if one.retired else None,
    )


def _retire_own_headings(rows: dict[str, FindingCategory]) -> None:
    """From now on level 1 is the city's; what the county had of its own there stays on old records."""
    own = [
        row
        for row in rows.values()
        if row.is_heading and not row.is_citys and row.retired_on is None
    ]
    own_numbers = {row.pk for row in own}
    under = [
        row for row in rows.values() if row.parent_id in own_numbers and row.retired_on is None
    ]
    for row in (*under, *own):
        row.retired_on = today()
    FindingCategory.objects.bulk_update([*under, *own], ["retired_on"])
