"""What the desk takes and shows: edits, their prices, and the plan as the desk sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from httpapi.fields import Input, Output, Said
from kernel.text import Text
from scheduling.api.plans import VerdictOut
from scheduling.domain.problem import ROLES
from scheduling.mapping.edits import KINDS
from scheduling.models.plans import Plan, PlanEdit, PlanState
from scheduling.selectors.desk_news import EditLine
from scheduling.selectors.desk_page import broken_lines

LONGEST_ID = 100
EDITS = list(KINDS)


class SeenIn(Input):
    seen = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, help_text="The revision that the caller saw."
    )


class EditIn(SeenIn):
    edit = serializers.DictField(
        help_text=f"`edit` is one of {', '.join(EDITS)}; besides `a`, `b`, `inspector`, `team`, "
        "`role`, `unit`, `start`, as it needs them, by the ids of the exchange format."
    )


class EditQuery(Input):
    edit = serializers.ChoiceField(choices=EDITS)
    a = serializers.CharField(required=False, max_length=LONGEST_ID)
    b = serializers.CharField(required=False, max_length=LONGEST_ID)
    inspector = serializers.CharField(required=False, max_length=LONGEST_ID)
    team = serializers.CharField(required=False, max_length=LONGEST_ID)
    role = serializers.ChoiceField(choices=list(ROLES), required=False)
    unit = serializers.CharField(required=False, max_length=LONGEST_ID)
    start = serializers.CharField(required=False, max_length=LONGEST_ID, help_text="A day.")


class BrokenOut(Output):
    code = serializers.CharField()
    title = Said()
    names = serializers.CharField()
    says = Said()


class MeasurePairOut(Output):
    code = serializers.CharField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class PairOut(Output):
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class PriceOut(Output):
    measures = MeasurePairOut(many=True)
    tiers = PairOut(many=True, help_text="In the order of the objective.")
    new = BrokenOut(many=True, help_text="Rules that are broken by it.")
    gone = BrokenOut(many=True, help_text="Rules that are broken no more.")


class EditOut(Output):
    revision = serializers.IntegerField(help_text="What the next edit has to have seen.")
    edit = serializers.DictField()
    words = Said()
    price = PriceOut()
    made_by = serializers.CharField()
    made_at = serializers.DateTimeField()


class EditLineOut(Output):
    revision = serializers.IntegerField()
    by = serializers.CharField()
    is_own = serializers.BooleanField()
    at = serializers.DateTimeField()
    words = Said()
    price = PriceOut()
    is_undone = serializers.BooleanField()


class BoardSeatOut(Output):
    inspector = serializers.CharField()
    name = serializers.CharField()
    office = serializers.CharField()
    role = serializers.ChoiceField(choices=list(ROLES))
    duties = serializers.ListField(child=serializers.CharField())
    is_host = serializers.BooleanField()
    is_pinned = serializers.BooleanField()
    is_barred = serializers.BooleanField()


class BoardVisitOut(Output):
    unit = serializers.CharField()
    name = serializers.CharField()
    host_code = serializers.CharField()
    host = serializers.CharField()
    start = serializers.DateField()
    end = serializers.DateField()
    working_days = serializers.IntegerField()
    risk = serializers.IntegerField()
    is_mandatory = serializers.BooleanField()
    is_pinned = serializers.BooleanField()


class BoardTeamOut(Output):
    code = serializers.CharField()
    name = serializers.CharField()
    size = serializers.ListField(child=serializers.IntegerField(), help_text="Least and most.")
    lacks_leader = serializers.BooleanField()
    seats = BoardSeatOut(many=True)
    visits = BoardVisitOut(many=True)


class LeftOutUnitOut(Output):
    unit = serializers.CharField()
    name = serializers.CharField()
    host = serializers.CharField()
    priority = serializers.IntegerField()
    is_mandatory = serializers.BooleanField()


class BoardOut(Output):
    teams = BoardTeamOut(many=True)
    left_out = LeftOutUnitOut(many=True)
    people = serializers.IntegerField(help_text="In teams.")
    reserve = serializers.IntegerField(help_text="Of the round, in no team.")


class MeasureNowOut(Output):
    code = serializers.CharField()
    value = serializers.IntegerField()
    at_start = serializers.IntegerField(allow_null=True)


class DeskPinOut(Output):
    number = serializers.IntegerField()
    words = Said()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class NotSeatedOut(Output):
    name = serializers.CharField()
    title = Said()


class BasedOnOut(Output):
    number = serializers.IntegerField()
    version = serializers.IntegerField()


class DeskOut(Output):
    number = serializers.IntegerField()
    version = serializers.IntegerField()
    revision = serializers.IntegerField(help_text="What an edit has to have seen.")
    token = serializers.CharField(help_text="Another one as soon as there is something new.")
    origin = serializers.ChoiceField(choices=Plan.Origin.values)
    state = serializers.ChoiceField(choices=PlanState.values)
    made_by = serializers.CharField()
    based_on = BasedOnOut(allow_null=True)
    round = serializers.IntegerField()
    round_name = serializers.CharField()
    working_days = serializers.ListField(child=serializers.DateField())
    may_edit = serializers.BooleanField()
    may_open = serializers.BooleanField(help_text="A draft of it.")
    verdict = VerdictOut()
    is_outdated = serializers.BooleanField()
    is_checking = serializers.BooleanField()
    run_at_work = serializers.IntegerField(allow_null=True)
    measures = MeasureNowOut(many=True)
    broken = BrokenOut(many=True)
    board = BoardOut()
    history = EditLineOut(many=True, help_text="The newest first.")
    undo = Said(allow_null=True)
    redo = Said(allow_null=True)
    pins = DeskPinOut(many=True)
    left_out = NotSeatedOut(many=True, help_text="Barred when the draft was opened.")
    barred = serializers.ListField(child=serializers.CharField(), help_text="Barred by now.")


def price_shown(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The line that a draft's opening leaves has measures alone."""
    measures = stored.get("measures", {})
    return {
        "measures": [
            {"code": code, "before": before, "after": after}
            for code, (before, after) in measures.items()
        ],
        "tiers": [{"before": one, "after": two} for one, two in stored.get("tiers", ())],
        "new": broken_lines(stored.get("new", ())),
        "gone": broken_lines(stored.get("gone", ())),
    }


def edit_shown(edit: PlanEdit) -> dict[str, Any]:
    return {
        "revision": edit.revision,
        "edit": edit.content,
        "words": Text(**edit.words),
        "price": price_shown(edit.price),
        "made_by": edit.made_by,
        "made_at": edit.made_at,
    }


def line_shown(line: EditLine) -> dict[str, Any]:
    fields = ("revision", "by", "is_own", "at", "words", "is_undone")
    return {field: getattr(line, field) for field in fields} | {"price": price_shown(line.price)}
