"""What could be done at the desk, each act with its price: who else could sit here, where else
somebody could sit, which team could visit, and any one edit before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.errors import DomainError
from kernel.text import Text
from scheduling.domain.desk.appraisal import Appraisal
from scheduling.domain.desk.candidates import (
    Candidate,
    Visitor,
    where_else,
    who_could_visit,
    who_else,
)
from scheduling.domain.desk.edits import EditImpossible
from scheduling.domain.desk.price import Price, price_between
from scheduling.domain.problem import Role
from scheduling.errors import EditUnreadable
from scheduling.mapping.edits import DeskEdit, applied, edit_as_json, edit_from, edit_words
from scheduling.mapping.prices import price_as_json
from scheduling.mapping.seat_bars import changed_codes, refusal_of
from scheduling.selectors.desk_board import office_name
from scheduling.selectors.desk_page import View

OFFERS = 12  # candidates that are weighed and shown


@dataclass(frozen=True, slots=True)
class Offer:
    """A seat or a visit that could be had, and what it costs. `edit` makes it so."""

    who: str  # an inspector, or a team
    name: str
    office: str
    team: str
    role: Role | None
    instead_of: str | None
    leaves: str | None
    start: date | None
    edit: Mapping[str, Any]
    price: Mapping[str, Any]


@dataclass(frozen=True)
class Preview:
    """An edit before it is made. `refusal`: why it cannot be made, in the words of the refusal
    that making it would meet; then there is no price."""

    edit: Mapping[str, Any]
    words: Text | None
    price: Mapping[str, Any] | None
    refusal: Text | None


def preview(view: View, content: Mapping[str, Any]) -> Preview:
    """What an edit would cost on the plan as it is now. It changes nothing."""
    try:
        edit = edit_from(content)
        after = applied(view.problem, view.schedule, edit)
    except EditUnreadable as error:
        return Preview(dict(content), None, None, _said(error))
    except EditImpossible as error:
        return Preview(dict(content), None, None, error.says)
    words = edit_words(view.problem, view.schedule, view.names, edit)
    refusal = refusal_of(view.question, after, changed_codes(view.schedule, after))
    if refusal is not None:
        return Preview(edit_as_json(edit), words, None, _said(refusal))
    price = price_between(Appraisal(view.problem, view.schedule), after)
    stored = price_as_json(view.problem, view.schedule, after, price, view.names)
    return Preview(edit_as_json(edit), words, stored, None)


def _said(error: DomainError) -> Text:
    return Text(zh=error.in_language("zh")[0], en=error.in_language("en")[0])


# --- Who else, where else -------------------------------------------------------------------


def who_else_could(view: View, seat: str | tuple[str, Role]) -> list[Offer]:
    found = who_else(view.problem, view.schedule, seat, OFFERS)
    return _mending_first([_offer(view, one) for one in found if _may_come(view, one)])


def where_else_could(view: View, inspector: str) -> list[Offer]:
    found = where_else(view.problem, view.schedule, inspector, OFFERS)
    return _mending_first([_offer(view, one) for one in found if _may_come(view, one)])


def who_could_come(view: View, unit: str) -> list[Offer]:
    found = who_could_visit(view.problem, view.schedule, unit, OFFERS)
    return [_visit_offer(view, one) for one in found]


def _mending_first(offers: list[Offer]) -> list[Offer]:
    """Whoever mends a breach goes before whoever only costs little."""
    return sorted(offers, key=lambda offer: -len(offer.price["gone"]))


def _may_come(view: View, found: Candidate) -> bool:
    return found.inspector not in view.question.cannot_come


def _offer(view: View, found: Candidate) -> Offer:
    people = view.problem.inspector_by_id
    return Offer(
        who=found.inspector,
        name=people[found.inspector].name,
        office=office_name(view.problem, found.inspector),
        team=view.names.get(found.team, found.team),
        role=found.role,
        instead_of=None if found.instead_of is None else people[found.instead_of].name,
        leaves=None if found.leaves is None else view.names.get(found.leaves, found.leaves),
        start=None,
        edit=edit_as_json(found.edit),
        price=_priced(view, found.edit, found.price),
    )


def _visit_offer(view: View, found: Visitor) -> Offer:
    name = view.names.get(found.team, found.team)
    return Offer(
        who=found.team,
        name=name,
        office="",
        team=name,
        role=None,
        instead_of=None,
        leaves=None,
        start=found.start,
        edit=edit_as_json(found.edit),
        price=_priced(view, found.edit, found.price),
    )


def _priced(view: View, edit: DeskEdit, price: Price) -> Mapping[str, Any]:
    after = applied(view.problem, view.schedule, edit)
    return price_as_json(view.problem, view.schedule, after, price, view.names)
