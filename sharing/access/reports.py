"""Who reads a team's report: the team; the office that owns its room once it was handed in; once its
feedback was served, who speaks for the unit and who supervises it, in the office of its registry."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kernel.errors import NotVisible
from kernel.text import Text
from sharing.access.contacts import fed_back_to
from sharing.access.deadlines import clocked
from sharing.access.rooms import hands_in, rooms_of_mine
from sharing.domain.life_cycle import Hand
from sharing.domain.reports import READ_BY_THE_HOST, READ_BY_THE_UNIT
from sharing.models.reports import InspectionReport
from sharing.models.rooms import Room
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@clocked("report", title=Text(zh="反馈意见", en="feedback"), page="report-detail")
def reports_visible_to(actor: Actor) -> QuerySet[InspectionReport]:
    own = InspectionReport.objects.filter(tenant_id=actor.tenant_id)
    of_mine = rooms_of_mine(actor, Room.Purpose.PAPERS).values("pk")
    seen = Q(room__in=of_mine)
    if actor.may(Permission.VIEW_REPORTS):
        seen |= Q(state__in=READ_BY_THE_HOST)
    elif actor.may(Permission.VIEW_FINDINGS):
        seen |= Q(state__in=READ_BY_THE_UNIT)
    else:
        seen |= Q(state__in=READ_BY_THE_UNIT) & fed_back_to(actor)
    return own.filter(seen)


def access_report(actor: Actor, number: int) -> InspectionReport:
    found = reports_visible_to(actor).select_related("room").filter(pk=number).first()
    if found is None:
        raise NotVisible(what="report", number=number)
    return found


def hands_on_report(actor: Actor, report: InspectionReport) -> frozenset[Hand]:
    return hands_in(actor, report.room)
