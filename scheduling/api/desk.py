"""The scheduler's desk: drafts, edits that say which revision they saw, and what they cost.

On another revision an edit is refused: `scheduling.plan.moved` says in `data.meanwhile` what
happened. `desk/news` tells it beforehand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from scheduling.api.desk_shapes import (
    LONGEST_ID,
    DeskOut,
    EditIn,
    EditLineOut,
    EditOut,
    SeenIn,
    edit_shown,
    line_shown,
)
from scheduling.api.exchange import JobStartedOut
from scheduling.api.pins import PinIn, PinOut, UnpinnedOut
from scheduling.api.runs import RunIn, RunOut, run_shown
from scheduling.models.plans import PlanEdit
from scheduling.selectors.desk_news import desk_news
from scheduling.selectors.desk_page import DeskPage, desk_page, desk_view
from scheduling.selectors.pins import pin_row
from scheduling.selectors.runs import run_page
from scheduling.services import desk, duties, pins
from scheduling.services.opening import open_draft
from tenancy.domain.roles import Permission

EDIT = Permission.EDIT_PLAN


class DutiesIn(SeenIn):
    team = serializers.CharField(max_length=LONGEST_ID)
    duties = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=LONGEST_ID)),
        help_text="By person: codes. Whom it does not name carries none.",
    )


class NewsQuery(Input):
    seen = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    token = serializers.CharField(required=False, default="", max_length=20_000)


class NewsOut(Output):
    is_new = serializers.BooleanField()
    edits = EditLineOut(many=True, help_text="Of others, the newest first.")


class DraftOut(Output):
    number = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    revision = serializers.IntegerField()
    based_on = serializers.IntegerField(source="based_on_id")


class UnpinIn(Input):
    number = Number()


class OpenDraft(Endpoint):
    @acts("open_draft", EDIT, gives=DraftOut, status=201)
    def post(self, call: Call, number: int) -> Any:
        """A copy of the plan to work on. Seats that are barred by now are left out. Again, with
        nothing done in between, it is the same draft."""
        draft = open_draft(actor=call.actor, number=number)
        return Created(draft, reverse("api:desk", args=[draft.pk]))


class Desk(Endpoint):
    @reads("read_desk", Permission.VIEW_PLAN, gives=DeskOut)
    def get(self, call: Call, number: int) -> Any:
        """The plan as the desk has it: teams, figures, broken rules, history. Rules are named, and
        no fact of recusal."""
        return _shown(desk_page(call.actor, desk_view(call.actor, number)))


class DeskNews(Endpoint):
    @reads("read_desk_news", Permission.VIEW_PLAN, gives=NewsOut, asks=NewsQuery)
    def get(self, call: Call, number: int) -> Any:
        """Whether anything is new since the caller looked; it may be asked every few seconds."""
        news = desk_news(call.actor, number, **call.asked)
        return {"is_new": news.is_new, "edits": [line_shown(line) for line in news.edits]}


class EditPlan(Endpoint):
    @acts("edit_plan", EDIT, takes=EditIn, gives=EditOut)
    def post(self, call: Call, number: int) -> Any:
        """Do one edit. A seat that a rule bars is refused; other rules may be broken on the way,
        and the price says which."""
        return edit_shown(desk.edit_plan(actor=call.actor, number=number, **call.given))


class UndoEdit(Endpoint):
    @acts("undo_edit", EDIT, takes=SeenIn, gives=EditOut)
    def post(self, call: Call, number: int) -> Any:
        """Take the latest edit back, to the letter."""
        return _done(call, number, desk.undo_edit)


class RedoEdit(Endpoint):
    @acts("redo_edit", EDIT, takes=SeenIn, gives=EditOut)
    def post(self, call: Call, number: int) -> Any:
        """Undo the latest undoing."""
        return _done(call, number, desk.redo_edit)


class SendBarredHome(Endpoint):
    @acts("send_barred_home", EDIT, takes=SeenIn, gives=EditOut)
    def post(self, call: Call, number: int) -> Any:
        """Take everybody out whose seat has been barred since they were seated."""
        return _done(call, number, desk.send_barred_home)


class SetDuties(Endpoint):
    @acts("set_duties", EDIT, takes=DutiesIn, gives=EditOut)
    def post(self, call: Call, number: int) -> Any:
        """Share out the duties of one team."""
        return _done(call, number, duties.set_duties)


class UsualDuties(Endpoint):
    @acts("propose_duties", EDIT, takes=SeenIn, gives=EditOut)
    def post(self, call: Call, number: int) -> Any:
        """Share out every team's duties as is usual."""
        return _done(call, number, duties.propose_duties)


class CheckDraft(Endpoint):
    @acts("check_draft", EDIT, gives=JobStartedOut, status=202)
    def post(self, call: Call, number: int) -> Any:
        """Have the independent check look at the draft as it is, by the round as it is."""
        return desk.check_draft(actor=call.actor, number=number)


class SolveAround(Endpoint):
    @acts("solve_around", Permission.SOLVE_ROUND, takes=RunIn, gives=RunOut, status=201)
    def post(self, call: Call, number: int) -> Any:
        """Have the engine mend the draft around the pins, with the fewest changes. What it finds
        is a plan of its own; the draft stays."""
        run = desk.solve_around(actor=call.actor, number=number, **call.given)
        page = run_shown(run_page(call.actor, run.pk))
        return Created(page, reverse("api:run", args=[run.pk]))


class PinAtDesk(Endpoint):
    @acts("pin_at_desk", EDIT, takes=PinIn, gives=PinOut, status=201)
    def post(self, call: Call, number: int) -> Any:
        """Decide something about the round of a draft; what cannot hold beside it gives way."""
        return pin_row(pins.pin(actor=call.actor, number=number, **call.given))


class UnpinAtDesk(Endpoint):
    @acts("unpin_at_desk", EDIT, takes=UnpinIn, gives=UnpinnedOut)
    def post(self, call: Call, number: int) -> Any:
        """Take a decision about the round of a draft back, by the pin's number."""
        pins.unpin(actor=call.actor, number=number, pin=call.given["number"])
        return {"removed": True}


def _done(call: Call, number: int, service: Callable[..., PlanEdit]) -> dict[str, Any]:
    return edit_shown(service(actor=call.actor, number=number, **call.given))


def _shown(page: DeskPage) -> dict[str, Any]:
    fields = ("number", "version", "revision", "token", "origin", "state", "made_by", "round_name",
              "working_days", "may_edit", "may_open", "verdict", "is_outdated", "is_checking",
              "run_at_work", "measures", "broken", "board", "undo", "redo", "pins",
              "barred")  # fmt: skip
    based_on = page.based_on
    return {field: getattr(page, field) for field in fields} | {
        "round": page.round_number,
        "based_on": based_on and {"number": based_on[0], "version": based_on[1]},
        "history": [line_shown(line) for line in page.history],
        "left_out": [{"name": name, "title": title} for name, title in page.left_out],
    }
