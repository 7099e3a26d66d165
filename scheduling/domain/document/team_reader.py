"""The `teams` of a plan, which are also the form of a problem's baseline."""

from __future__ import annotations

from collections.abc import Callable

from scheduling.domain.document.faults import quoted
from scheduling.domain.document.node import Ids, Node
from scheduling.domain.problem import Team, Visit

Reference = Callable[[Node], str]


def published_teams(node: Node) -> tuple[Team, ...]:
    """A baseline. Its ids may be gone by now, so none is looked up.

    It was published, so nobody and nothing is in it twice.
    """
    teams = node.each_with_id(lambda item: _team(item, Node.string, Node.string, Node.string))
    people: set[str] = set()
    units: set[str] = set()
    for item, team in zip(node.items(), teams, strict=True):
        for person in team.people:
            if person in people:
                item.fault(f"holds {quoted(person)}, who is in the baseline already")
            people.add(person)
        for visit in team.visits:
            if visit.unit in units:
                item.fault(f"visits {quoted(visit.unit)}, which the baseline visits already")
            units.add(visit.unit)
    return teams


def planned_teams(node: Node, teams: Ids, inspectors: Ids, units: Ids) -> tuple[Team, ...]:
    """The teams of a plan. Whether they obey the rules is not asked here."""
    return node.each_with_id(lambda item: _team(item, teams.refer, inspectors.refer, units.refer))


def _team(node: Node, slot: Reference, inspector: Reference, unit: Reference) -> Team:
    fields = node.fields(("id", "leader", "deputies", "members", "visits"))
    return Team(
        id=slot(fields["id"]),
        leader=fields["leader"].or_null(inspector),
        deputies=fields["deputies"].each(inspector),
        members=fields["members"].each(inspector),
        visits=fields["visits"].each(lambda visit: _visit(visit, unit)),
    )


def _visit(node: Node, unit: Reference) -> Visit:
    fields = node.fields(("unit", "start", "end"))
    return Visit(unit(fields["unit"]), fields["start"].day(), fields["end"].day())
