"""What somebody at the desk asks: what an edit would cost, why, why not, who else, where else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output, Said
from kernel.errors import NotVisible
from scheduling.api.desk_shapes import LONGEST_ID, EditQuery, PriceOut, price_shown
from scheduling.domain.desk.edits import EditImpossible
from scheduling.domain.problem import ROLES
from scheduling.selectors.desk_offers import (
    Offer,
    preview,
    where_else_could,
    who_could_come,
    who_else_could,
)
from scheduling.selectors.desk_page import View, desk_view
from scheduling.selectors.desk_panels import (
    person_card,
    unit_card,
    why_here,
    why_no_visit,
    why_not_there,
)
from tenancy.domain.roles import Permission

VIEW = Permission.VIEW_PLAN


class PersonQuery(Input):
    person = serializers.CharField(max_length=LONGEST_ID, help_text="An id: `dinghai-001`.")


class UnitQuery(Input):
    unit = serializers.CharField(max_length=LONGEST_ID, help_text="An id: `dinghai:U1`.")


class WhyNotQuery(Input):
    person = serializers.CharField(max_length=LONGEST_ID, required=False, default="")
    team = serializers.CharField(max_length=LONGEST_ID, required=False, default="")
    unit = serializers.CharField(max_length=LONGEST_ID, required=False, default="")

    def validate(self, given: dict[str, str]) -> dict[str, str]:
        """Two of the three make a question."""
        named = {key for key, value in given.items() if value}
        for key in ("team", "unit"):
            if key not in named and len(named) < 2:
                self.fields[key].fail("required")
        return given


class WhoElseQuery(Input):
    person = serializers.CharField(
        max_length=LONGEST_ID, required=False, default="", help_text="Whose seat it is; or:"
    )
    team = serializers.CharField(max_length=LONGEST_ID, required=False, default="")
    role = serializers.ChoiceField(choices=list(ROLES), default="member")


class PreviewOut(Output):
    revision = serializers.IntegerField(help_text="Of the plan that it was weighed on.")
    edit = serializers.DictField()
    words = Said(allow_null=True)
    price = PriceOut(allow_null=True, help_text="null: it cannot be made.")
    refusal = Said(allow_null=True)


class PassedOut(Output):
    code = serializers.CharField(source="rule")
    title = Said()
    says = Said()


class WhyOut(Output):
    person = serializers.CharField(source="card.inspector")
    name = serializers.CharField(source="card.name")
    office = serializers.CharField(source="card.office")
    team = serializers.CharField(source="card.team", allow_null=True)
    role = serializers.ChoiceField(choices=list(ROLES), source="card.role", allow_null=True)
    cannot_come = Said(source="card.cannot_come", allow_null=True)
    passed = PassedOut(many=True, help_text="The rules that concern the seat and that it keeps.")


class ReasonOut(Output):
    code = serializers.CharField()
    title = Said()
    says = Said()
    kind = serializers.CharField()
    names = serializers.CharField()
    facts = serializers.ListField(
        child=Said(), help_text="Of the own office's people, to whoever may see its roster."
    )


class WhyNotOut(Output):
    reasons = ReasonOut(many=True, help_text="None: nothing stands in the way.")


class OfferOut(Output):
    who = serializers.CharField(help_text="A person or a team, by its id.")
    name = serializers.CharField()
    office = serializers.CharField(allow_blank=True)
    team = serializers.CharField()
    role = serializers.ChoiceField(choices=list(ROLES), allow_null=True)
    instead_of = serializers.CharField(allow_null=True)
    leaves = serializers.CharField(allow_null=True)
    start = serializers.DateField(allow_null=True)
    edit = serializers.DictField(help_text="What makes it so: for `desk/edits`.")
    price = PriceOut()


class OffersOut(Output):
    revision = serializers.IntegerField(help_text="Of the plan that they were weighed on.")
    offers = OfferOut(many=True, help_text="The best first; not more than can be weighed soon.")


class EditPrice(Endpoint):
    @reads("price_edit", VIEW, gives=PreviewOut, asks=EditQuery)
    def get(self, call: Call, number: int) -> Any:
        """What an edit would cost on the plan as it is, or why it cannot be made. It changes
        nothing."""
        view = desk_view(call.actor, number)
        found = preview(view, call.asked)
        return {
            "revision": view.plan.revision,
            "edit": found.edit,
            "words": found.words,
            "price": None if found.price is None else price_shown(found.price),
            "refusal": found.refusal,
        }


class Why(Endpoint):
    @reads("ask_why", VIEW, gives=WhyOut, asks=PersonQuery)
    def get(self, call: Call, number: int) -> Any:
        """Where somebody sits, and the rules that the seat keeps."""
        view, person = desk_view(call.actor, number), call.asked["person"]
        return {"card": person_card(view, person), "passed": why_here(view, person)}


class WhyNot(Endpoint):
    @reads("ask_why_not", VIEW, gives=WhyNotOut, asks=WhyNotQuery)
    def get(self, call: Call, number: int) -> Any:
        """Everything against a person in a team or at a unit, or against a team at a unit."""
        view, asked = desk_view(call.actor, number), call.asked
        return {"reasons": _reasons(call, view, asked)}


class WhoElse(Endpoint):
    @reads("ask_who_else", VIEW, gives=OffersOut, asks=WhoElseQuery)
    def get(self, call: Call, number: int) -> Any:
        """Who could take a seat: somebody's, or one more of a team."""
        view, asked = desk_view(call.actor, number), call.asked
        seat = asked["person"] or (asked["team"], asked["role"])
        with _named_in_the_plan():
            return _offers(view, who_else_could(view, seat))


class WhereElse(Endpoint):
    @reads("ask_where_else", VIEW, gives=OffersOut, asks=PersonQuery)
    def get(self, call: Call, number: int) -> Any:
        """Which seats of other teams somebody could take, free or by a swap."""
        view = desk_view(call.actor, number)
        with _named_in_the_plan():
            return _offers(view, where_else_could(view, call.asked["person"]))


class WhoCouldVisit(Endpoint):
    @reads("ask_who_could_visit", VIEW, gives=OffersOut, asks=UnitQuery)
    def get(self, call: Call, number: int) -> Any:
        """Which teams could visit a unit, on the earliest days on which they are free."""
        view = desk_view(call.actor, number)
        with _named_in_the_plan():
            return _offers(view, who_could_come(view, call.asked["unit"]))


def _reasons(call: Call, view: View, asked: Mapping[str, str]) -> Any:
    if asked["person"]:
        person_card(view, asked["person"])
        where = {key: asked[key] for key in ("team", "unit")}
        return why_not_there(call.actor, view, asked["person"], **where)
    unit_card(view, asked["unit"])
    if asked["team"] not in view.problem.team_by_id:
        raise NotVisible(what="team", number=asked["team"])
    return why_no_visit(view, asked["unit"], asked["team"])


def _offers(view: View, found: list[Offer]) -> dict[str, Any]:
    fields = ("who", "name", "office", "team", "role", "instead_of", "leaves", "start", "edit")
    return {
        "revision": view.plan.revision,
        "offers": [
            {field: getattr(offer, field) for field in fields} | {"price": price_shown(offer.price)}
            for offer in found
        ],
    }


@contextmanager
def _named_in_the_plan() -> Iterator[None]:
    try:
        yield
    except EditImpossible:
        raise NotVisible(what="seat") from None
