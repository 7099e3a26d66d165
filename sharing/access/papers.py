"""Who reads papers and findings.

| who | reads |
|---|---|
| the team | every paper of its room, while the term lasts |
| the office that owns the room, its leading group | findings from when they are in a report |
| discipline body, organisation department of that office | findings that were fed back |
| who speaks for the inspected unit, who supervises it, in the host's office | its findings that were fed back |
| everybody else, the team's home offices among them | nothing: no row of theirs is in their office |
"""

from __future__ import annotations

from django.db.models import QuerySet

from kernel.errors import NotVisible
from sharing.access.contacts import fed_back_to
from sharing.access.rooms import hands_in, rooms_of_mine
from sharing.domain.life_cycle import Hand
from sharing.domain.working_papers import READ_BY_THE_HOST, READ_BY_THE_UNIT
from sharing.models.papers import WorkingPaper
from sharing.models.rooms import Room
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def papers_of_mine(actor: Actor) -> QuerySet[WorkingPaper]:
    """Of the rooms where the actor works."""
    rooms = rooms_of_mine(actor, Room.Purpose.PAPERS)
    return WorkingPaper.objects.filter(tenant_id=actor.tenant_id, room__in=rooms.values("pk"))


def findings_visible_to(actor: Actor) -> QuerySet[WorkingPaper]:
    """For an office and for units: what the seat may know of, by how far it has come."""
    own = WorkingPaper.objects.filter(tenant_id=actor.tenant_id)
    if actor.may(Permission.VIEW_REPORTS):
        return own.filter(state__in=READ_BY_THE_HOST)
    fed_back = own.filter(state__in=READ_BY_THE_UNIT)
    if actor.may(Permission.VIEW_FINDINGS):
        return fed_back
    return fed_back.filter(fed_back_to(actor))


def access_paper(actor: Actor, number: int) -> WorkingPaper:
    return _one(papers_of_mine(actor), "paper", number)


def access_finding(actor: Actor, number: int) -> WorkingPaper:
    return _one(findings_visible_to(actor), "finding", number)


def access_either(actor: Actor, number: int) -> WorkingPaper:
    """To act on: as one of the team, or as one of the office."""
    found = papers_of_mine(actor).filter(pk=number).first()
    return access_finding(actor, number) if found is None else found


def versions_told(paper: WorkingPaper) -> list[int]:
    """Numbers of the texts that were in a report, the first one first: all that others than the team
    read. One that was laid there without its acts is read as it stands."""
    put = paper.done.filter(act="put_in_report").order_by("number")
    told = [step.facts["version"] for step in put if step.facts.get("version")]
    return told or [paper.version]


def hands_on(actor: Actor, paper: WorkingPaper) -> frozenset[Hand]:
    """The actor's hands on this paper: the finder's is theirs alone who wrote it."""
    hands = hands_in(actor, paper.room)
    return hands if paper.finder_id == actor.user_id else hands - {Hand.FINDER}


def _one(rows: QuerySet[WorkingPaper], what: str, number: int) -> WorkingPaper:
    found = rows.select_related("room").filter(pk=number).first()
    if found is None:
        raise NotVisible(what=what, number=number)
    return found
