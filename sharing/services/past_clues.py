"""Taking in the ledger of clues that were handed over: history, in the register of that office alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kernel.clock import today
from scheduling.workbooks.columns import ReadRow
from scheduling.workbooks.templates import NO_LISTS
from scheduling.workbooks.words import clean
from sharing.access.past_clues import access_clue_import, sees_whole
from sharing.domain.ledgers import CLUE_TITLES, Judgement, Said
from sharing.domain.past_clues import clue_of
from sharing.mapping.ledgers import Line
from sharing.mapping.past_clues import clue_values, judge_clues
from sharing.models.ledgers import LedgerImport
from sharing.models.past_clues import ClueImport, PastClue, StagedClue
from sharing.services.importing_ledgers import (
    AT_ONCE,
    Ledger,
    Uploaded,
    cancel_ledger,
    confirm_ledger,
    ledger_template,
    upload_ledger,
)
from sharing.workbooks.ledgers import quoted
from sharing.workbooks.past_clues import CLUES, clue_read
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def upload_clues(*, actor: Actor, file_name: str, content: Iterable[bytes]) -> Uploaded:
    """`InformantColumns`, `LedgerForAnother`, and what refuses a workbook, at `file`."""
    return upload_ledger(LEDGER, actor=actor, file_name=file_name, content=content)


def confirm_clues(*, actor: Actor, number: int) -> ClueImport:
    """`LedgerForAnother`, `LedgerImportFaulty`, `LedgerImportOver`, `NothingNewInLedger`,
    `LedgerChangedMeanwhile`."""
    upload: Any = confirm_ledger(LEDGER, actor=actor, number=number)
    return upload  # type: ignore[no-any-return]


def cancel_clues(*, actor: Actor, number: int) -> ClueImport:
    """`LedgerForAnother`, `LedgerImportOver`."""
    upload: Any = cancel_ledger(LEDGER, actor=actor, number=number)
    return upload  # type: ignore[no-any-return]


def clue_template(*, actor: Actor) -> bytes:
    return ledger_template(LEDGER, actor=actor)


def _lists(_actor: Actor) -> Mapping[str, Sequence[str]]:
    return NO_LISTS


def _said_of(_actor: Actor, rows: Sequence[ReadRow]) -> list[Said]:
    return [clue_read(row.values).said() for row in rows]


def _judge(actor: Actor, said: Sequence[Said]) -> list[Judgement]:
    return judge_clues(actor, [clue_of(one) for one in said], today())


def _take(actor: Actor, upload: ClueImport, rows: Sequence[Any]) -> None:
    PastClue.objects.bulk_create(
        (
            PastClue(
                tenant_id=actor.tenant_id,
                upload_id=upload.pk,
                row_no=row.row_no,
                quote=row.quote,
                **clue_values(row.said),
            )
            for row in rows
        ),
        batch_size=AT_ONCE,
    )


def _is_about(actor: Actor, line: Line) -> bool:
    """The subject's cell of a line with faults may not have been understood: each is compared."""
    reader = _bare(actor.name)
    return any(_bare(cell["words"]) == reader for cell in quoted(line.row))


def _bare(words: str) -> str:
    return "".join(clean(words).split())


def _sees_whole(actor: Actor, upload: LedgerImport) -> bool:
    return upload.pk in sees_whole(actor, [upload.pk])


LEDGER = Ledger(
    act="sharing.clue_import",
    permission=Permission.HANDLE_CLUE,
    layout=CLUES,
    titles=CLUE_TITLES,
    gist="gist",
    uploads=ClueImport,
    staged=StagedClue,
    access=access_clue_import,
    lists=_lists,
    said_of=_said_of,
    judge=_judge,
    take=_take,
    is_for_another=_is_about,
    may_end=_sees_whole,
    once="past_clue_once",
)
