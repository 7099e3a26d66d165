"""Decisions that a person has already taken."""

from __future__ import annotations

from collections.abc import Iterable

from scheduling.domain.model.sending import went
from scheduling.domain.model.variables import Literal, Model
from scheduling.domain.problem import PinArc, PinPerson, PinUnit
from scheduling.domain.rules.visits import pin_name


def add_pins(model: Model) -> None:
    for index, pin in enumerate(model.problem.pins):
        if not model.binds("pin", pin_name(index)):
            continue
        if isinstance(pin, PinPerson):
            _pin_person(model, pin)
        elif isinstance(pin, PinUnit):
            _pin_unit(model, pin)
        else:
            _pin_arc(model, pin)


def _pin_person(model: Model, pin: PinPerson) -> None:
    if pin.inspector in model.kept.people or pin.team in {team.id for team in model.kept.teams}:
        return
    if pin.team is None:
        _forbid(model, (model.seat.get((pin.inspector, t.id)) for t in model.teams))
        return
    key = (pin.inspector, pin.team)
    if pin.forbid:
        _forbid(model, [model.seat.get(key)])
        return
    _require(model, model.seat.get(key))
    if pin.role == "leader":
        _require(model, model.lead.get(key))
    elif pin.role == "deputy":
        _require(model, model.deputy.get(key))
    elif pin.role == "member":
        _forbid(model, [model.lead.get(key), model.deputy.get(key)])


def _pin_unit(model: Model, pin: PinUnit) -> None:
    if pin.unit in model.kept.units:
        return
    if pin.team is None:
        _forbid(model, (model.visit.get((pin.unit, team.id)) for team in model.teams))
        return
    _require(model, model.visit.get((pin.unit, pin.team)))
    if pin.start is not None:
        index = model.problem.day_index.get(pin.start)
        if index is None or pin.unit not in model.start:
            _require(model, None)
        else:
            model.cp.add(model.start[pin.unit] == index)


def _pin_arc(model: Model, pin: PinArc) -> None:
    pairs = list(went(model, model.sends, pin.origin, pin.host))
    if pin.forbid:
        for literals in pairs:
            model.cp.add_bool_or(*(literal.negated() for literal in literals))
        return
    if (pin.origin, pin.host) in model.kept.sent:
        return
    chosen = []
    for sends, at in pairs:
        both = model.cp.new_bool_var("")
        model.cp.add_implication(both, sends)
        model.cp.add_implication(both, at)
        chosen.append(both)
    model.cp.add_bool_or(chosen)


def _forbid(model: Model, literals: Iterable[Literal | None]) -> None:
    for literal in literals:
        if literal is not None:
            model.cp.add_bool_or(literal.negated())


def _require(model: Model, literal: Literal | None) -> None:
    """The literal must hold; one that does not exist cannot, and the model is infeasible."""
    model.cp.add_bool_or([] if literal is None else [literal])
