"""Taking in the ledger of problems: every line as history, and what was open as an item besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

from django.db.models import Max

from kernel.clock import today
from scheduling.workbooks.columns import ReadRow
from sharing.access.due_days import days_of
from sharing.access.ledgers import access_problem_import
from sharing.domain.due_dates import Clock
from sharing.domain.ledgers import FIRST_ACTS, PROBLEM_TITLES, Fate, Judgement, PastState, Said
from sharing.domain.life_cycle import Hand
from sharing.domain.past_problems import problem_of
from sharing.domain.rectification import RECTIFICATION, RECTIFYING
from sharing.mapping.past_problems import classes_of, desks_of, judge_problems, row_values
from sharing.models.contacts import UnitDesk
from sharing.models.ledgers import PastProblem, ProblemImport, StagedProblem
from sharing.models.rectification import RectificationItem, RectificationStep
from sharing.services.importing_ledgers import (
    AT_ONCE,
    Ledger,
    Uploaded,
    cancel_ledger,
    confirm_ledger,
    ledger_template,
    upload_ledger,
)
from sharing.services.waiting_for_items import wait_for_what_goes_on
from sharing.workbooks.past_problems import PROBLEMS, problem_read
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def upload_problems(*, actor: Actor, file_name: str, content: Iterable[bytes]) -> Uploaded:
    """`InformantColumns`, and what refuses a workbook, at `file`."""
    return upload_ledger(LEDGER, actor=actor, file_name=file_name, content=content)


def confirm_problems(*, actor: Actor, number: int) -> ProblemImport:
    """`LedgerImportFaulty`, `LedgerImportOver`, `NothingNewInLedger`, `LedgerChangedMeanwhile`."""
    upload: Any = confirm_ledger(LEDGER, actor=actor, number=number)
    return upload  # type: ignore[no-any-return]


def cancel_problems(*, actor: Actor, number: int) -> ProblemImport:
    upload: Any = cancel_ledger(LEDGER, actor=actor, number=number)
    return upload  # type: ignore[no-any-return]


def problem_template(*, actor: Actor) -> bytes:
    return ledger_template(LEDGER, actor=actor)


def _lists(actor: Actor) -> Mapping[str, Sequence[str]]:
    desks = UnitDesk.objects.of_office(actor).filter(inspectable=True).order_by("unit_code")
    return {"unit_name": list(desks.values_list("name", flat=True)), "category": classes_of(actor)}


def _said_of(actor: Actor, rows: Sequence[ReadRow]) -> list[Said]:
    desks = desks_of(actor)
    return [
        problem_read(
            row.values, desks.named(row.values["unit_name"], row.values.get("unit_code") or "")
        ).said()
        for row in rows
    ]


def _judge(actor: Actor, said: Sequence[Said]) -> list[Judgement]:
    return judge_problems(actor, [problem_of(one) for one in said], today())


def _take(actor: Actor, upload: ProblemImport, rows: Sequence[Any]) -> None:
    past = PastProblem.objects.bulk_create(
        (
            PastProblem(
                tenant_id=actor.tenant_id,
                upload_id=upload.pk,
                row_no=row.row_no,
                quote=row.quote,
                **row_values(row.said),
            )
            for row in rows
        ),
        batch_size=AT_ONCE,
    )
    numbers = {one.row_no: one.pk for one in past}
    living = [row for row in rows if row.fate == Fate.LIVING]
    _go_on(actor, [(numbers[row.row_no], row.said) for row in living])


def _go_on(actor: Actor, lines: Sequence[tuple[int, Said]]) -> None:
    """Items of what was open. Their steps are not lines of the record: the import's line counts them."""
    plan_due, concentrated = _terms(actor)
    places = _last_places(actor, {said["desk_id"] for _, said in lines})
    items = []
    for number, said in lines:
        served_on = date.fromisoformat(said["served_on"])
        where = (said["desk_id"], said["round_name"])
        places[where] = places.get(where, 0) + 1
        items.append(
            RectificationItem(
                tenant_id=actor.tenant_id, desk_id=said["desk_id"], round_name=said["round_name"],
                position=places[where], issue=said["issue"], category=said["category"],
                source_life="past_problem", source_number=number, served_on=served_on,
                plan_due_on=plan_due(served_on), concentrated_until=concentrated(served_on),
                state=RECTIFICATION.begins_as,
            )
        )  # fmt: skip
    RectificationItem.objects.bulk_create(items, batch_size=AT_ONCE)
    RectificationStep.objects.bulk_create(
        (
            _first_step(actor, item, PastState(said["state"]))
            for item, (_, said) in zip(items, lines, strict=True)
        ),
        batch_size=AT_ONCE,
    )
    wait_for_what_goes_on(actor, _rectified_now(items))


def _rectified_now(items: Sequence[RectificationItem]) -> Iterable[RectificationItem]:
    """As the database keeps them: the plan and its day came with the first act."""
    kept = RectificationItem.objects.filter(pk__in=[item.pk for item in items])
    return kept.filter(state__in=RECTIFYING).select_related("desk").iterator()


def _first_step(actor: Actor, item: RectificationItem, state: PastState) -> RectificationStep:
    """The database says whether it may be, by whom and when, and moves the item."""
    act = RECTIFICATION.by_name[FIRST_ACTS[state]]
    return RectificationStep(
        tenant_id=actor.tenant_id, record_id=item.pk, act=act.name, hand=Hand.OFFICE_DIRECTOR,
        after=act.to or item.state,
    )  # fmt: skip


def _last_places(actor: Actor, desks: Iterable[int]) -> dict[tuple[int, str], int]:
    items = RectificationItem.objects.filter(tenant_id=actor.tenant_id, desk_id__in=desks)
    found = items.values("desk_id", "round_name").annotate(last=Max("position")).order_by()
    return {(one["desk_id"], one["round_name"]): one["last"] for one in found}


def _terms(actor: Actor) -> Sequence[Any]:
    """The ends of both terms by the day of the feedback, each reckoned once."""
    days = days_of(actor.tenant_id)
    clocks = (Clock.RECTIFICATION_PLAN, Clock.CONCENTRATED_PERIOD)
    return [cache(partial(days.due_after, clock=clock)) for clock in clocks]


LEDGER = Ledger(
    act="sharing.problem_import",
    permission=Permission.CLOSE_RECTIFICATION,
    layout=PROBLEMS,
    titles=PROBLEM_TITLES,
    gist="issue",
    uploads=ProblemImport,
    staged=StagedProblem,
    access=access_problem_import,
    lists=_lists,
    said_of=_said_of,
    judge=_judge,
    take=_take,
    is_for_another=lambda _actor, _line: False,
    may_end=lambda _actor, _upload: True,
    once="past_problem_once",
)
