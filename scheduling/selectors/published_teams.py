"""The teams of what was published, for those who authorise them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kernel.clock import today
from scheduling.access.publications import access_publication, publications_visible_to
from scheduling.models.plans import PlanVisit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@dataclass(frozen=True, slots=True)
class PublishedTeam:
    """A team at one county's units. `host`: the county's number."""

    code: str
    name: str
    host: int
    host_name: str
    starts_on: date
    ends_on: date
    units: int


@dataclass(frozen=True, slots=True)
class InForce:
    """What is in force in a round: its number, and the round's."""

    number: int
    round: int
    round_name: str


def round_of_publication(actor: Actor, number: int) -> int:
    return access_publication(actor, number, Permission.VIEW_PLAN).round_id


def published_teams(actor: Actor, number: int) -> Sequence[PublishedTeam]:
    """Team by team, and of each county by county."""
    made = access_publication(actor, number, Permission.VIEW_PLAN)
    visits = (
        PlanVisit.objects.filter(tenant_id=made.tenant_id, plan_id=made.plan_id)
        .select_related("team", "unit__sender")
        .order_by("team__position", "unit__sender__code", "starts_on")
    )
    grouped: dict[tuple[str, int], list[PlanVisit]] = {}
    for visit in visits:
        grouped.setdefault((visit.team.code, visit.unit.sender_id), []).append(visit)
    return [_team(visits) for visits in grouped.values()]


def publications_in_force(actor: Actor) -> Sequence[InForce]:
    """Of rounds that are not over, the newest first."""
    made = publications_visible_to(actor).in_force().filter(round__ends_on__gte=today())
    rows = made.order_by("-pk").values_list("pk", "round_id", "round__name")
    return [InForce(*row) for row in rows]


def _team(visits: Sequence[PlanVisit]) -> PublishedTeam:
    team, host = visits[0].team, visits[0].unit.sender
    return PublishedTeam(
        code=team.code,
        name=team.name,
        host=host.pk,
        host_name=host.short_name,
        starts_on=min(visit.starts_on for visit in visits),
        ends_on=max(visit.ends_on for visit in visits),
        units=len(visits),
    )
