"""Past clues and their imports, for the director and the discipline body of the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.text import Text
from sharing.access.past_clues import (
    access_clue_import,
    access_past_clue,
    clue_imports_of,
    past_clues_visible_to,
    sees_whole,
)
from sharing.domain.clues import DISPOSAL_TITLES, Disposal
from sharing.domain.outcomes import OUTCOME_TITLES, OutcomeCode
from sharing.domain.routing import LEVEL_TITLES, ManagementLevel
from sharing.models.past_clues import PastClue
from sharing.selectors.ledgers import (
    MOST_TERMS,
    RECENT,
    LedgerImportPage,
    RecentImport,
    StagedShown,
    import_page_of,
    rows_part_of,
)
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class PastClueLine:
    past: PastClue
    level: Text
    disposal: Text | None
    outcomes: Sequence[Text]


def past_clues_part(actor: Actor, window: Window, search: str = "") -> Part[PastClueLine]:
    """What was handed over last stands first. Words are looked for in number, subject and gist."""
    rows = past_clues_visible_to(actor)
    for term in search[:100].split()[:MOST_TERMS]:
        rows = rows.filter(number__contains=term) | rows.filter(
            subject_name__contains=term
        ) | rows.filter(gist__contains=term)  # fmt: skip
    part = part_of(rows, window, "-handed_over_on", "-pk")
    return part.showing([_line(one) for one in part.lines])


def past_clue_page(actor: Actor, number: int) -> PastClueLine:
    return _line(access_past_clue(actor, number))


def recent_clue_imports(actor: Actor) -> Sequence[RecentImport]:
    actor.must(Permission.HANDLE_CLUE)
    found = list(clue_imports_of(actor).order_by("-uploaded_at", "-pk")[:RECENT])
    whole = sees_whole(actor, [one.pk for one in found])
    return [RecentImport(one, one.rows_read if one.pk in whole else None) for one in found]


def clue_import_page(actor: Actor, number: int) -> LedgerImportPage:
    """For whom a line is about, neither counts nor rows."""
    upload = access_clue_import(actor, number)
    return import_page_of(upload, is_whole=bool(sees_whole(actor, [upload.pk])))


def clue_rows_part(actor: Actor, number: int, window: Window, fate: str = "") -> Part[StagedShown]:
    """Rows of an import that waits, in the order of the file; of one that is over, none; nor for whom
    a line is about, of any line."""
    upload = access_clue_import(actor, number)
    whole = sees_whole(actor, [upload.pk])
    rows = upload.rows.filter(tenant_id=actor.tenant_id, upload_id__in=whole)
    return rows_part_of(rows, window, fate)


def _line(past: PastClue) -> PastClueLine:
    return PastClueLine(
        past=past,
        level=LEVEL_TITLES[ManagementLevel(past.management_level)],
        disposal=DISPOSAL_TITLES[Disposal(past.disposal)] if past.disposal else None,
        outcomes=[OUTCOME_TITLES[OutcomeCode(code)] for code in past.outcomes],
    )
