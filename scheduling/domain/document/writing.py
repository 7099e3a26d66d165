"""Problems and plans as JSON values. What is read back is equal to what was written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from scheduling.domain.document.plan import PlanDocument
from scheduling.domain.document.plan_reader import PLAN_FORMAT
from scheduling.domain.document.problem_reader import PROBLEM_FORMAT
from scheduling.domain.problem import (
    ROLES,
    Declared,
    Inspector,
    Office,
    Pin,
    PinArc,
    PinPerson,
    PinUnit,
    Policy,
    Post,
    Problem,
    Relative,
    Role,
    Team,
    TeamSlot,
    Unit,
)

Json = dict[str, Any]


def write_problem(problem: Problem) -> bytes:
    """`round-problem/1`, UTF-8. `read_problem` reads back an equal problem; equal problems
    with their lists in the same order are written to the same bytes."""
    return json.dumps(problem_as_json(problem), ensure_ascii=False, indent=1).encode()


def problem_as_json(problem: Problem) -> Json:
    """`round-problem/1`; optional lists that are empty are left out, the policy is spelt out."""
    return {
        "format": PROBLEM_FORMAT,
        "round": {
            "id": problem.round.id,
            "name": problem.round.name,
            "start": problem.round.start.isoformat(),
            "end": problem.round.end.isoformat(),
        },
        "calendar": [day.isoformat() for day in problem.calendar],
        "offices": [_office(office) for office in problem.offices],
        "units": [_unit(unit) for unit in problem.units],
        "inspectors": [_inspector(inspector) for inspector in problem.inspectors],
        "teams": [_slot(slot) for slot in problem.teams],
        **_given(
            declared=[_declared(entry) for entry in problem.declared],
            pairs=[
                {"a": pair.a, "b": pair.b, "kind": pair.kind, "severity": "hard"}
                for pair in problem.pairs
            ],
            history=[
                {"from": sent.origin, "to": sent.host, "ago": sent.ago} for sent in problem.history
            ],
            pins=[_pin(pin) for pin in problem.pins],
            baseline=teams_as_json(problem.baseline or ()),
            travel=_travel(problem.travel),
        ),
        "policy": _policy(problem.policy),
    }


def plan_as_json(plan: PlanDocument) -> Json:
    """`round-plan/1`; every key is there, of the conflict only where there is one."""
    written: Json = {
        "format": PLAN_FORMAT,
        "round": plan.round,
        "problem_sha256": plan.problem_sha256,
        "status": plan.status,
        "tiers": [{"value": tier.value, "bound": tier.bound} for tier in plan.tiers],
        "measures": dict(plan.measures),
        "teams": [] if plan.schedule is None else teams_as_json(plan.schedule.teams),
        "uncovered": list(plan.uncovered),
        "seconds": plan.seconds,
        "engine": plan.engine,
    }
    if plan.status == "infeasible":
        written["conflict"] = [
            {"rule": entry.rule, "subjects": list(entry.subjects), "text": entry.text}
            for entry in plan.conflict
        ]
        written["minimal"] = plan.minimal is True
    return written


def teams_as_json(teams: Iterable[Team]) -> list[Json]:
    """The `teams` of a plan, or of a baseline."""
    return [
        {
            "id": team.id,
            "leader": team.leader,
            "deputies": list(team.deputies),
            "members": list(team.members),
            "visits": [
                {
                    "unit": visit.unit,
                    "start": visit.start.isoformat(),
                    "end": visit.end.isoformat(),
                }
                for visit in team.visits
            ],
        }
        for team in teams
    ]


def _given(**fields: Any) -> Json:
    """The fields that say something: neither None nor empty."""
    return {key: value for key, value in fields.items() if value not in (None, [], {})}


def _office(office: Office) -> Json:
    return {
        "id": office.id,
        "name": office.name,
        "kind": office.kind,
        "location": list(office.location),
    }


def _unit(unit: Unit) -> Json:
    earliest, latest = unit.window.earliest, unit.window.latest
    return {
        "id": unit.id,
        "name": unit.name,
        "county": unit.county,
        **_given(parent=unit.parent, system=unit.system),
        "kind": unit.kind,
        **({} if unit.inspectable else {"inspectable": False}),
        "risk": unit.risk,
        "days": unit.days,
        "mandatory": unit.mandatory,
        "priority": unit.priority,
        **_given(
            window=_given(
                earliest=earliest and earliest.isoformat(), latest=latest and latest.isoformat()
            )
        ),
        "skills": dict(unit.skills),
        **_given(wanted=dict(unit.wanted)),
    }


def _inspector(inspector: Inspector) -> Json:
    return {
        "id": inspector.id,
        "name": inspector.name,
        "office": inspector.office,
        **_given(
            home_unit=inspector.home_unit,
            system=inspector.system,
            native=inspector.native,
            grew_up=inspector.grew_up,
        ),
        "leader": inspector.leader,
        "deputy": inspector.deputy,
        "skills": sorted(inspector.skills),
        "rounds": inspector.rounds,
        "recent_days": inspector.recent_days,
        **_given(
            away=[
                {"from": away.start.isoformat(), "to": away.end.isoformat()}
                for away in inspector.away
            ],
            posts=[_post(post) for post in inspector.posts],
            relatives=[_relative(relative) for relative in inspector.relatives],
            interests=[{"unit": unit} for unit in inspector.interests],
            visited=[{"unit": past.unit, "ago": past.ago} for past in inspector.visited],
            led=[{"county": past.county, "ago": past.ago} for past in inspector.led],
        ),
    }


def _post(post: Post) -> Json:
    end = None if post.end is None else str(post.end)
    return {**_given(unit=post.unit, office=post.office), "from": str(post.start), "to": end}


def _relative(relative: Relative) -> Json:
    return {
        **_given(unit=relative.unit, office=relative.office),
        "relation": relative.relation,
        "position": relative.position,
    }


def _slot(slot: TeamSlot) -> Json:
    return {
        "id": slot.id,
        "size": list(slot.size),
        "deputies": list(slot.deputies),
        "concurrency": slot.concurrency,
        **_given(max_units=slot.max_units),
    }


def _declared(entry: Declared) -> Json:
    return {
        "inspector": entry.inspector,
        **_given(unit=entry.unit, office=entry.office),
        "kind": entry.kind,
        "severity": entry.severity,
        # A masked round has tens of thousands of entries: what is usual is left out.
        **({} if entry.weight == 1 else {"weight": entry.weight}),
        **({} if entry.roles == frozenset(ROLES) else {"roles": _roles(entry.roles)}),
        **({"unless_host": True} if entry.unless_host else {}),
    }


def _roles(roles: frozenset[Role]) -> list[Role]:
    return [role for role in ROLES if role in roles]


def _pin(pin: Pin) -> Json:
    if isinstance(pin, PinPerson):
        return {"inspector": pin.inspector, **_where(pin), **_given(role=pin.role), **_forbid(pin)}
    if isinstance(pin, PinUnit):
        start = pin.start and pin.start.isoformat()
        return {"unit": pin.unit, **_where(pin), **_given(start=start)}
    return {"from": pin.origin, "to": pin.host, **_forbid(pin)}


def _where(pin: PinPerson | PinUnit) -> Json:
    return {"out": True} if pin.team is None else {"team": pin.team}


def _forbid(pin: PinPerson | PinArc) -> Json:
    return {"forbid": True} if pin.forbid else {}


def _travel(travel: Mapping[tuple[str, str], int]) -> list[Json]:
    return [{"a": a, "b": b, "km": km} for (a, b), km in travel.items() if a < b]


def _policy(policy: Policy) -> Json:
    return {
        "home_offices": list(policy.home_offices),
        "host_seats": {"max": policy.host_seats.max, "roles": _roles(policy.host_seats.roles)},
        "team_counties": policy.team_counties,
        "office_targets": policy.office_targets,
        "office_sources": policy.office_sources,
        "per_office_max": policy.per_office_max,
        "reciprocity": policy.reciprocity,
        "repeat_rounds": policy.repeat_rounds,
        "former_post_years": policy.former_post_years,
        "former_post_total_years": policy.former_post_total_years,
        "system": policy.system,
        "home_unit_quota": policy.home_unit_quota,
        "native": policy.native,
        "revisit_rounds": policy.revisit_rounds,
        "max_absence_days": policy.max_absence_days,
        "experienced": policy.experienced,
        "recent_days_cap": policy.recent_days_cap,
        "objective": [dict(tier) for tier in policy.objective],
    }
