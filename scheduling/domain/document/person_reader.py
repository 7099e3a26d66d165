"""An inspector of the problem and the facts about them."""

from __future__ import annotations

from typing import get_args

from scheduling.domain.document.node import Fields, Ids, Node
from scheduling.domain.problem import (
    Away,
    Inspector,
    Led,
    Position,
    Post,
    Relation,
    Relative,
    Visited,
)

REQUIRED = ("id", "name", "office", "leader", "deputy", "skills", "rounds", "recent_days")
OPTIONAL = (
    "home_unit",
    "system",
    "native",
    "grew_up",
    "away",
    "posts",
    "relatives",
    "interests",
    "visited",
    "led",
)


def inspector(node: Node, offices: Ids, counties: Ids, units: Ids) -> Inspector:
    """`home_unit`, `native` and `grew_up` may be ids or any other words."""
    fields = node.fields(REQUIRED, OPTIONAL)
    return Inspector(
        id=fields["id"].string(),
        name=fields["name"].string(),
        office=offices.refer(fields["office"]),
        leader=fields["leader"].flag(),
        deputy=fields["deputy"].flag(),
        skills=frozenset(fields["skills"].each(Node.string)),
        rounds=fields["rounds"].whole(),
        recent_days=fields["recent_days"].whole(),
        home_unit=fields.maybe("home_unit", Node.string),
        system=fields.maybe("system", Node.string),
        native=fields.maybe("native", Node.string),
        grew_up=fields.maybe("grew_up", Node.string),
        away=fields.get("away", lambda n: n.each(_away), ()),
        posts=fields.get("posts", lambda n: n.each(lambda e: _post(e, offices, units)), ()),
        relatives=fields.get(
            "relatives", lambda n: n.each(lambda e: _relative(e, offices, units)), ()
        ),
        interests=fields.get("interests", lambda n: n.each(lambda e: _interest(e, units)), ()),
        visited=fields.get("visited", lambda n: n.each(lambda e: _visited(e, units)), ()),
        led=fields.get("led", lambda n: n.each(lambda e: _led(e, counties)), ()),
    )


def _away(node: Node) -> Away:
    fields = node.fields(("from", "to"))
    away = Away(fields["from"].day(), fields["to"].day())
    fields.in_order("from", "to")
    return away


def _post(node: Node, offices: Ids, units: Ids) -> Post:
    fields = node.fields(("from", "to"), ("unit", "office"))
    unit, office = _unit_or_office(fields, offices, units)
    post = Post(
        start=fields["from"].month(),
        end=fields["to"].or_null(Node.month),
        unit=unit,
        office=office,
    )
    fields.in_order("from", "to")
    return post


def _relative(node: Node, offices: Ids, units: Ids) -> Relative:
    fields = node.fields(("relation", "position"), ("unit", "office"))
    unit, office = _unit_or_office(fields, offices, units)
    return Relative(
        relation=fields["relation"].one_of(get_args(Relation)),
        position=fields["position"].one_of(get_args(Position)),
        unit=unit,
        office=office,
    )


def _interest(node: Node, units: Ids) -> str:
    return units.refer(node.fields(("unit",))["unit"])


def _visited(node: Node, units: Ids) -> Visited:
    fields = node.fields(("unit", "ago"))
    return Visited(units.refer(fields["unit"]), fields["ago"].whole(1))


def _led(node: Node, counties: Ids) -> Led:
    fields = node.fields(("county", "ago"))
    return Led(counties.refer(fields["county"]), fields["ago"].whole(1))


def _unit_or_office(fields: Fields, offices: Ids, units: Ids) -> tuple[str | None, str | None]:
    fields.exactly_one("unit", "office")
    return fields.maybe("unit", units.refer), fields.maybe("office", offices.refer)
