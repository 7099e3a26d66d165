"""What of teams at work stands on somebody's desk: their room; a team to authorise or to propose."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from portal.todos import Todo
from sharing.selectors.authorisations import unproposed_publications, waiting_authorisations
from sharing.selectors.rooms import RoomLine, room_list
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def room_todos(actor: Actor) -> Iterator[Todo]:
    if actor.may(Permission.WORK_IN_ROOM):
        yield from map(_room, room_list(actor))
    for request in waiting_authorisations(actor):
        yield Todo(
            gettext("Authorise %(team)s") % {"team": request.team_name},
            gettext("%(round)s: the city proposes the team. Nobody of it enters before you answer.")
            % {"round": request.round_name},
            "portal:authorisation-detail",
            (request.pk,),
            step=gettext("To the authorisation"),
        )
    for made in unproposed_publications(actor):
        yield Todo(
            gettext("Propose teams: %(round)s") % {"round": made.round_name},
            gettext("The plan is in force. Its teams work once they are authorised."),
            "portal:publication-teams",
            (made.number,),
            step=gettext("Propose teams"),
        )


def _room(line: RoomLine) -> Todo:
    room = line.room
    kept = gettext("direct to the city") if line.is_direct else gettext("papers and findings")
    return Todo(
        room.team_name,
        f"{room.round_name} · {room.host.short_name} · {kept}",
        "portal:room-detail",
        (room.pk,),
        count=line.days_left,
        counted=ngettext("day left", "days left", line.days_left),
        step=gettext("Go in"),
    )
