"""Which office sends people to which county: targets, sources, reciprocity, repeats."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from scheduling.domain.model.variables import Literal, Model, total
from scheduling.domain.problem import PinArc


def add_origins(model: Model) -> None:
    """`sends[t, a]`: somebody from office a, not on a host seat, is in team t. And its bounds."""
    if not _origins_matter(model):
        return
    cp = model.cp
    least, most = model.problem.policy.home_offices
    counties = {office.id for office in model.problem.counties}
    for team in model.teams:
        for office, people in model.by_office.items():
            seats = model.seated(people, team.id)
            sends = model.sends[team.id, office] = cp.new_bool_var("")
            at = model.at.get((team.id, office))
            for seat in seats:
                if at is None:
                    cp.add_implication(seat, sends)
                else:
                    cp.add_bool_or(seat.negated(), sends, at)
            cp.add_bool_or(*seats, sends.negated())
            if at is not None:
                cp.add_bool_or(sends.negated(), at.negated())
        if model.binds("home_offices", team.id):
            used = model.used[team.id]
            origins = total(
                s for (t, o), s in model.sends.items() if t == team.id and o in counties
            )
            cp.add(origins >= least * used)
            cp.add(origins <= most)


def _origins_matter(model: Model) -> bool:
    policy = model.problem.policy
    counties = len(model.problem.counties)
    return (
        policy.home_offices[0] > 0
        or policy.home_offices[1] < counties
        or policy.office_targets < counties
        or policy.office_sources < counties
        or policy.reciprocity == "members"
        or bool(model.problem.history and policy.repeat_rounds and policy.reciprocity != "leaders")
        or any(isinstance(pin, PinArc) for pin in model.problem.pins)
    )


def limit_arcs(model: Model) -> None:
    """office_targets, office_sources, reciprocity, repeat: who inspects which county."""
    policy = model.problem.policy
    counties = [office.id for office in model.problem.counties]
    hosts = {county for _, county in model.at} | {b for _, b in model.kept.sent}
    if policy.reciprocity == "leaders":
        leads = _leading(model)
        _reciprocity(model, _arcs(model, leads, model.kept.led), counties)
        _repeat(model, leads)
    else:
        _repeat(model, model.sends)
    targets = policy.office_targets < len(hosts) and model.binds("office_targets")
    sources = policy.office_sources < len(counties) and model.binds("office_sources")
    members = policy.reciprocity == "members"
    if not (targets or sources or members):
        return
    arcs = _arcs(model, model.sends, model.kept.sent)
    if members:
        _reciprocity(model, arcs, counties)
    for office in counties:
        if targets:
            outgoing = [arc for (a, _), arc in arcs.items() if a == office]
            model.cp.add(total(outgoing) <= policy.office_targets)
        if sources:
            incoming = [arc for (a, b), arc in arcs.items() if b == office and a in counties]
            model.cp.add(total(incoming) <= policy.office_sources)


def _leading(model: Model) -> dict[tuple[str, str], Literal]:
    """(team, office): the leader comes from the office and is not on a host seat."""
    leading: dict[tuple[str, str], Literal] = {}
    for team in model.teams:
        for office, people in model.by_office.items():
            leads = [model.lead[p.id, team.id] for p in people if (p.id, team.id) in model.lead]
            if not leads:
                continue
            literal = leading[team.id, office] = model.cp.new_bool_var("")
            at = model.at.get((team.id, office))
            for lead in leads:
                clause = [lead.negated(), literal]
                model.cp.add_bool_or(clause if at is None else [*clause, at])
    return leading


def _arcs(
    model: Model,
    sends: dict[tuple[str, str], Literal],
    kept: frozenset[tuple[str, str]],
) -> dict[tuple[str, str], Literal]:
    """(a, b) is true if somebody counted by `sends` goes from office a to county b."""
    arcs: dict[tuple[str, str], Literal] = {}
    true = model.cp.new_constant(1)
    for a, b in sorted(kept):
        arcs[a, b] = true
    for (team, office), literal in sends.items():
        for host in model.hosts[team]:
            if host == office or (office, host) in kept:
                continue
            arc = arcs.get((office, host))
            if arc is None:
                arc = arcs[office, host] = model.cp.new_bool_var("")
            model.cp.add_bool_or(literal.negated(), model.at[team, host].negated(), arc)
    return arcs


def _reciprocity(model: Model, arcs: dict[tuple[str, str], Literal], counties: list[str]) -> None:
    for a, b in combinations(counties, 2):
        there, back = arcs.get((a, b)), arcs.get((b, a))
        if there is not None and back is not None and model.binds("reciprocity", a, b):
            model.cp.add_bool_or(there.negated(), back.negated())


def _repeat(model: Model, sends: dict[tuple[str, str], Literal]) -> None:
    recent = {
        (sent.origin, sent.host)
        for sent in model.problem.history
        if sent.ago <= model.problem.policy.repeat_rounds
    }
    for origin, host in sorted(recent):
        if model.binds("repeat", origin, host):
            for literals in went(model, sends, origin, host):
                model.cp.add_bool_or(*(literal.negated() for literal in literals))


def went(
    model: Model, sends: dict[tuple[str, str], Literal], origin: str, host: str
) -> Iterator[tuple[Literal, Literal]]:
    """For each team: it holds somebody from `origin`, and it visits `host`."""
    for team in model.teams:
        literal, at = sends.get((team.id, origin)), model.at.get((team.id, host))
        if literal is not None and at is not None and origin != host:
            yield literal, at
