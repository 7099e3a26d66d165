"""Ledgers of the years before, of both kinds: one taken in, one that waits; canaries in every cell."""

from __future__ import annotations

from sharing.services.past_clues import confirm_clues, upload_clues
from sharing.services.past_problems import confirm_problems, upload_problems
from tenancy.actor import Actor
from tests.integration.scheduling.world import acting
from tests.ledgers import clue, clue_file, problem, problem_file
from tests.security.canaries import Canaries


def lay_ledgers(director: Actor, mark: Canaries) -> None:
    with acting(director):
        for waits in ("", " that waits"):
            _problems(director, mark, waits)
            _clues(director, mark, waits)


def _problems(director: Actor, mark: Canaries, waits: str) -> None:
    def said(what: str) -> str:
        return mark(director.tenant_id, "own", f"{what} of a past problem{waits}")

    row = problem(
        said("issue"), round=said("round"), unit=said("unit"), category=said("category"),
        lead=said("leader"), department=said("department"), measures=said("measures"),
        remark=said("remark"),
    )  # fmt: skip
    name = f"{said('file')}.xlsx"
    made = upload_problems(actor=director, file_name=name, content=problem_file(row)).upload
    if not waits:
        confirm_problems(actor=director, number=made.pk)


def _clues(director: Actor, mark: Canaries, waits: str) -> None:
    def said(what: str) -> str:
        return mark(director.tenant_id, "own", f"{what} of a past clue{waits}")

    row = clue(
        f"1{waits}", subject=said("subject"), post=said("post"), level="其他人员",
        gist=said("gist"), receipt=said("receipt"),
    )  # fmt: skip
    name = f"{said('file')}.xlsx"
    made = upload_clues(actor=director, file_name=name, content=clue_file(row)).upload
    if not waits:
        confirm_clues(actor=director, number=made.pk)
