"""Crowds of past lines, and of rows on their way in. Laid past their triggers."""

from __future__ import annotations

from datetime import date
from typing import Any

from kernel.clock import now
from sharing.models.ledgers import PastProblem, ProblemImport, StagedProblem
from sharing.models.past_clues import ClueImport, PastClue, StagedClue
from tests.api.crowd_ground import COUNTY, Crowd
from tests.api.crowds_of_clues import past_the_triggers


def past_problems(count: int) -> str:
    upload, there = _upload(ProblemImport), PastProblem.objects.count()
    _make(
        PastProblem(
            tenant_id=COUNTY, upload=upload, row_no=there + n, key=f"{there + n:064d}", quote=[],
            imported_at=now(), round_name="x", unit_name="x", issue="x", state="done",
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    return "/past-problems"


def past_clues(count: int) -> str:
    upload, there = _upload(ClueImport), PastClue.objects.count()
    _make(
        PastClue(
            tenant_id=COUNTY, upload=upload, row_no=there + n, key=f"{there + n:064d}", quote=[],
            imported_at=now(), number=f"{there + n}", subject_name="某", management_level="lower",
            gist="x", handed_over_on=date(2020, 1, 1 + n % 3),
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    return "/past-clues"


def problem_rows(count: int) -> str:
    upload = _upload(ProblemImport)
    _staged(StagedProblem, upload, count)
    return f"/problem-imports/{upload.pk}/rows"


def clue_rows(count: int) -> str:
    upload = _upload(ClueImport)
    _staged(StagedClue, upload, count)
    return f"/clue-imports/{upload.pk}/rows"


OF_LEDGERS: dict[str, tuple[str, Crowd]] = {
    "list_past_problems": ("lin", past_problems),
    "list_past_clues": ("lin", past_clues),
    "list_problem_import_rows": ("lin", problem_rows),
    "list_clue_import_rows": ("lin", clue_rows),
}


def _upload(model: Any) -> Any:
    upload = model.objects.first()
    if upload is None:
        upload = model(
            tenant_id=COUNTY, file_name="x", sha256="0" * 64, rows_read=1, uploaded_at=now()
        )
        with past_the_triggers():
            upload.save()
    return upload


def _staged(model: Any, upload: Any, count: int) -> None:
    there = model.objects.count()
    _make(
        model(
            tenant_id=COUNTY, upload=upload, row_no=there + n, sheet_name="x", fate="faulty",
            quote=[], faults=[{"column": "x", "cell": "A1", "zh": "空", "en": "blank"}],
        )
        for n in range(1, count + 1)
    )  # fmt: skip


def _make(rows: Any) -> None:
    made = list(rows)
    with past_the_triggers():
        type(made[0]).objects.bulk_create(made)
