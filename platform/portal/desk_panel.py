"""The desk's panel, arranged: one person, seat, team, unit or edit, and one question of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.desk_forms import EDIT_KEYS
from portal.desk_words import PriceView, price_view, role_word
from scheduling.access.handling import may_in_round
from scheduling.domain import vocabulary
from scheduling.domain.duties import DUTIES
from scheduling.domain.problem import ROLES
from scheduling.selectors import desk_offers, desk_panels
from scheduling.selectors.desk_offers import Offer
from scheduling.selectors.desk_page import View
from scheduling.selectors.desk_panels import PersonCard, UnitCard
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from webui.language import spoken

Asked = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tab:
    title: str | Promise
    query: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class OfferRow:
    offer: Offer
    role: str
    price: PriceView
    fields: Sequence[tuple[str, str]]
    query: str  # to its price


def panel_context(actor: Actor, view: View, asked: Asked) -> dict[str, Any]:
    """What `desk/_panel.html` shows."""
    made = _arranged(actor, view, asked)
    return {
        "panel": {
            **made,
            "query": urlencode(asked),
            "number": view.plan.pk,
            "seen": view.plan.revision,
            "may_edit": view.plan.is_editable
            and may_in_round(actor, Permission.EDIT_PLAN, view.plan.round_id),
        }
    }


def done_context(actor: Actor, view: View, done: Any, asked: Asked) -> dict[str, Any]:
    """The panel after an act: what was done and what it cost, before what was open."""
    context = panel_context(actor, view, _next(view, done.content, _without_edit(asked)))
    context["panel"]["done"] = {
        "words": done.words[spoken()],
        "price": price_view(done.price),
        "is_undoing": bool(done.content.get("undone")),
    }
    return context


def _next(view: View, edit: Mapping[str, Any], asked: Asked) -> Asked:
    """Whoever took a seat from outside is looked at next, rather than who went home."""
    took, left = edit.get("b"), edit.get("a")
    seated = {person for team in view.schedule.teams for person in team.people}
    if asked.get("person") == left and took in seated and left not in seated:
        return {"person": str(took)}
    return asked


def _without_edit(asked: Asked) -> Asked:
    """Of a panel that showed a price, what it was about: the person, or the unit."""
    if "edit" not in asked:
        return asked
    for key, field in (("person", "a"), ("person", "inspector"), ("unit", "unit")):
        if asked.get(field):
            return {key: asked[field]}
    return {}


def _arranged(actor: Actor, view: View, asked: Asked) -> dict[str, Any]:
    if "edit" in asked:
        return price_panel(view, {key: asked[key] for key in EDIT_KEYS if key in asked})
    if "person" in asked:
        return _person(actor, view, asked)
    if "unit" in asked:
        return _unit(view, asked)
    if "team" in asked:
        return _team(view, asked)
    found = desk_panels.people_named(view, asked.get("q", ""))
    return {"kind": "find", "q": asked.get("q", ""), "found": [_named(card) for card in found]}


# --- A person -------------------------------------------------------------------------------

PERSON_TABS: Mapping[str, str | Promise] = {
    "why": _("Why here"),
    "else": _("Who else"),
    "where": _("Where else"),
    "not": _("Why not"),
    "change": _("Adjust"),
}


def _person(actor: Actor, view: View, asked: Asked) -> dict[str, Any]:
    card = desk_panels.person_card(view, asked["person"])
    tabs = [tab for tab in PERSON_TABS if card.team or tab not in ("why", "else")]
    shown = asked.get("view", "")
    shown = shown if shown in tabs else tabs[0]
    parts: Mapping[str, Callable[[], dict[str, Any]]] = {
        "why": lambda: {"passed": desk_panels.why_here(view, card.inspector)},
        "else": lambda: {"offers": _offers(desk_offers.who_else_could(view, card.inspector))},
        "where": lambda: {"offers": _offers(desk_offers.where_else_could(view, card.inspector))},
        "not": lambda: _why_not(actor, view, card, asked),
        "change": lambda: _changes(view, card),
    }
    return {
        "kind": "person",
        "card": card,
        **_named(card),
        "tabs": _tabs({"person": card.inspector}, tabs, PERSON_TABS, shown),
        "view": shown,
        **parts[shown](),
    }


def _named(card: PersonCard) -> dict[str, Any]:
    separator = ", " if spoken() == "en" else "、"
    skills = vocabulary.SKILLS
    return {
        "card": card,
        "role": "" if card.role is None else role_word(card.role),
        "skills": separator.join(vocabulary.said(skills, code)[spoken()] for code in card.skills),
        "pools": separator.join(role_word(role) for role in card.may_hold),
    }


def _why_not(actor: Actor, view: View, card: PersonCard, asked: Asked) -> dict[str, Any]:
    place = _place(view, asked)
    reasons = desk_panels.why_not_there(actor, view, card.inspector, **place) if place else ()
    return {
        "to": place.get("team", ""),
        "at": place.get("unit", ""),
        "for": place.get("instead_of", ""),
        "asked": bool(place),
        "reasons": reasons,
        "seated": _seated(view, without=card.team),
        "team_choices": _team_choices(view),
        "unit_choices": _unit_choices(view),
    }


def _place(view: View, asked: Asked) -> dict[str, str]:
    """Where somebody might sit, as far as the address names what is there."""
    place = {}
    holder = asked.get("for", "")
    team = next((t.id for t in view.schedule.teams if holder in t.people), "")
    if team:
        place = {"team": team, "instead_of": holder}
    elif asked.get("to", "") in view.problem.team_by_id:
        place = {"team": asked["to"]}
    if asked.get("at", "") in view.problem.unit_by_id:
        place["unit"] = asked["at"]
    return place


def _seated(view: View, *, without: str | None) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """Those who sit in other teams, by team, for a list with headings."""
    people = view.problem.inspector_by_id
    return [
        (view.names.get(team.id, team.id), [(p, people[p].name) for p in team.people])
        for team in view.schedule.teams
        if team.people and team.id != without
    ]


def _changes(view: View, card: PersonCard) -> dict[str, Any]:
    return {
        "team_choices": _team_choices(view, without=card.team),
        "role_choices": [(role, role_word(role)) for role in card.may_hold],
        "new_roles": [(r, role_word(r)) for r in card.may_hold if r != card.role],
        "seated": _seated(view, without=card.team),
        "pins": [
            pin for pin in view.question.pins if pin.content.get("inspector") == card.inspector
        ],
    }


# --- A team, a free seat, a unit ------------------------------------------------------------


def _team(view: View, asked: Asked) -> dict[str, Any]:
    """A team; with a role, who could take one more seat of it."""
    code, role = asked["team"], asked.get("role", "")
    if code not in view.problem.team_by_id:
        return {"kind": "find", "q": "", "found": []}
    team = next((each for each in view.schedule.teams if each.id == code), None)
    people = () if team is None else team.people
    offers = None
    if role in ROLES:
        offers = _offers(desk_offers.who_else_could(view, (code, role)))
    return {
        "kind": "team",
        "code": code,
        "name": view.names.get(code, code),
        "rows": [_duty_row(view, person) for person in people],
        "roles": [(each, role_word(each)) for each in ROLES],
        "free_role": role if role in ROLES else "",
        "free_role_word": role_word(role) if role in ROLES else "",
        "offers": offers,
        "left_out": _left_out(view),
        "duty_words": [(duty, text[spoken()]) for duty, text in DUTIES.items()],
    }


def _duty_row(view: View, person: str) -> dict[str, Any]:
    carried = view.duties.get(person, ())
    return {
        **_named(desk_panels.person_card(view, person)),
        "ticks": [
            {"value": f"{duty}:{person}", "words": text[spoken()], "is_on": duty in carried}
            for duty, text in DUTIES.items()
        ],
    }


UNIT_TABS: Mapping[str, str | Promise] = {
    "else": _("Who else"),
    "not": _("Why not"),
    "change": _("Adjust"),
}


def _unit(view: View, asked: Asked) -> dict[str, Any]:
    card = desk_panels.unit_card(view, asked["unit"])
    shown = asked.get("view", "")
    shown = shown if shown in UNIT_TABS else "change"
    to = asked.get("to", "")
    parts: Mapping[str, Callable[[], dict[str, Any]]] = {
        "else": lambda: {"offers": _offers(desk_offers.who_could_come(view, card.unit))},
        "not": lambda: {
            "to": to,
            "to_name": view.names.get(to, ""),
            "asked": to in view.problem.team_by_id,
            "reasons": desk_panels.why_no_visit(view, card.unit, to)
            if to in view.problem.team_by_id
            else (),
        },
        "change": lambda: _visit_changes(view, card),
    }
    return {
        "kind": "unit",
        "card": card,
        "tabs": _tabs({"unit": card.unit}, list(UNIT_TABS), UNIT_TABS, shown),
        "view": shown,
        "team_choices": _team_choices(view, without=card.team),
        **parts[shown](),
    }


def _visit_changes(view: View, card: UnitCard) -> dict[str, Any]:
    return {
        "all_teams": _team_choices(view),
        "pins": [pin for pin in view.question.pins if pin.content.get("unit") == card.unit],
    }


def _left_out(view: View) -> Sequence[tuple[str, str]]:
    visited = {visit.unit for team in view.schedule.teams for visit in team.visits}
    return [
        (unit.id, unit.name)
        for unit in view.problem.units
        if unit.inspectable and unit.id not in visited
    ]


def _team_choices(view: View, *, without: str | None = None) -> Sequence[tuple[str, str]]:
    return [
        (slot.id, view.names.get(slot.id, slot.id))
        for slot in view.problem.teams
        if slot.id != without
    ]


def _unit_choices(view: View) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """By county, for a list with headings."""
    by_county: dict[str, list[tuple[str, str]]] = {}
    for unit in view.problem.units:
        if unit.inspectable:
            county = view.problem.office_by_id[unit.county].name
            by_county.setdefault(county, []).append((unit.id, unit.name))
    return list(by_county.items())


# --- An edit --------------------------------------------------------------------------------


def price_panel(view: View, content: Mapping[str, str]) -> dict[str, Any]:
    """What an edit would cost, and the button that makes it."""
    found = desk_offers.preview(view, content)
    return {
        "kind": "price",
        "words": None if found.words is None else found.words[spoken()],
        "price": None if found.price is None else price_view(found.price),
        "refusal": None if found.refusal is None else found.refusal[spoken()],
        "fields": _fields(found.edit),
        "back": urlencode(_without_edit({"edit": "", **content})),
    }


def _offers(offers: Sequence[Offer]) -> Sequence[OfferRow]:
    return [
        OfferRow(
            offer,
            "" if offer.role is None else role_word(offer.role),
            price_view(offer.price),
            _fields(offer.edit),
            urlencode(offer.edit),
        )
        for offer in offers
    ]


def _fields(edit: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    return [(key, str(value)) for key, value in edit.items() if key in EDIT_KEYS]


def _tabs(
    about: Mapping[str, str], shown: Sequence[str], titles: Mapping[str, str | Promise], here: str
) -> Sequence[Tab]:
    return [Tab(titles[key], urlencode({**about, "view": key}), key == here) for key in shown]
