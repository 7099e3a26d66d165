"""What an office has to answer and what is its own of published plans, a part at a time."""

from __future__ import annotations

from scheduling.access.publications import (
    extracts_visible_to,
    open_requests,
    requests_visible_to,
)
from scheduling.models.dispatches import PublishedExtract
from scheduling.selectors.dispatch import RequestLine, answers_to, request_line
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of


def requests_part(actor: Actor, window: Window) -> Part[RequestLine]:
    """The newest request of each round that names anybody, newest first."""
    actor.must(Permission.VIEW_DISPATCH)
    visible = requests_visible_to(actor)
    newest = visible.order_by("sender_id", "round_id", "-pk").distinct("sender_id", "round_id")
    asked = visible.filter(pk__in=newest.values("pk")).exclude(people=[])
    part = part_of(asked, window, "-pk")
    standing = open_requests()
    answers = answers_to(actor, [request.pk for request in part.lines])
    return part.showing([request_line(request, standing, answers) for request in part.lines])


def extracts_part(actor: Actor, window: Window) -> Part[PublishedExtract]:
    """What counts of each round: its newest extract, the latest round first."""
    actor.must(Permission.VIEW_DISPATCH)
    current = extracts_visible_to(actor).current().select_related("sender")
    return part_of(current, window, "-starts_on", "-pk")
