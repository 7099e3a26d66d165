"""The rule parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

from scheduling.domain.document.faults import quoted
from scheduling.domain.document.node import Node
from scheduling.domain.problem import (
    MEASURES,
    ROLES,
    HostSeats,
    Policy,
    RoleScope,
    Tier,
    default_objective,
)

Reciprocity = Literal["off", "leaders", "members"]


def policy(node: Node, *, with_baseline: bool) -> Policy:
    """Keys that are not given have the defaults of the contract."""
    fields = node.fields((), tuple(_READERS))
    given: dict[str, Any] = {
        key: read(fields[key]) for key, read in _READERS.items() if key in fields
    }
    given.setdefault("objective", default_objective(with_baseline=with_baseline))
    return Policy(**given)


def _host_seats(node: Node) -> HostSeats:
    fields = node.fields(("max", "roles"))
    roles = fields["roles"].each(lambda role: role.one_of(ROLES))
    return HostSeats(fields["max"].whole(), frozenset(roles))


def _objective(node: Node) -> tuple[Tier, ...]:
    return node.each(_tier)


def _tier(node: Node) -> Mapping[str, int]:
    weights: dict[str, int] = {}
    for measure, weight in node.entries().items():
        if measure not in MEASURES:
            weight.fault(f"unknown measure {quoted(measure)}; known are {', '.join(MEASURES)}")
        else:
            weights[measure] = weight.whole()
    return weights


def _scope(node: Node) -> RoleScope:
    return node.one_of(get_args(RoleScope))


def _reciprocity(node: Node) -> Reciprocity:
    return node.one_of(get_args(Reciprocity))


def _whole_or_null(node: Node) -> int | None:
    return node.or_null(Node.whole)


_READERS: Mapping[str, Callable[[Node], Any]] = {
    "home_offices": Node.bounds,
    "host_seats": _host_seats,
    "team_counties": Node.whole,
    "office_targets": Node.whole,
    "office_sources": Node.whole,
    "per_office_max": Node.whole,
    "reciprocity": _reciprocity,
    "repeat_rounds": Node.whole,
    "former_post_years": Node.whole,
    "former_post_total_years": _whole_or_null,
    "system": _scope,
    "home_unit_quota": Node.whole,
    "native": _scope,
    "revisit_rounds": Node.whole,
    "max_absence_days": Node.whole,
    "experienced": Node.whole,
    "recent_days_cap": _whole_or_null,
    "objective": _objective,
}
