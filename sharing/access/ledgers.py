"""Past problems, for who sees the rectification; their imports, for the director."""

from __future__ import annotations

from kernel.errors import NotVisible
from sharing.models.ledgers import PastProblem, ProblemImport
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import OfficeQuerySet


def past_problems_visible_to(actor: Actor) -> OfficeQuerySet[PastProblem]:
    return PastProblem.objects.readable_by(actor, Permission.VIEW_RECTIFICATION)


def access_past_problem(actor: Actor, number: int) -> PastProblem:
    return past_problems_visible_to(actor).one_readable_by(
        actor, Permission.VIEW_RECTIFICATION, number
    )


def problem_imports_of(actor: Actor) -> OfficeQuerySet[ProblemImport]:
    return ProblemImport.objects.readable_by(actor, Permission.CLOSE_RECTIFICATION)


def access_problem_import(actor: Actor, number: int, *, lock: bool = False) -> ProblemImport:
    rows = problem_imports_of(actor)
    found = (rows.select_for_update(no_key=True) if lock else rows).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="problem_import", number=number)
    return found
