"""How teams are authorised, and who sits in their rooms: for the directors, never what is kept there."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.clock import today
from scheduling.selectors.published_teams import (
    InForce,
    PublishedTeam,
    publications_in_force,
    published_teams,
    round_of_publication,
)
from sharing.access.authorisations import (
    access_request,
    answers_visible_to,
    open_requests,
    requests_visible_to,
    rooms_of_office,
)
from sharing.domain.authorisations import Difference, Post, difference
from sharing.models.authorisations import Authorisation, AuthorisationRequest
from sharing.models.rooms import Room, RoomMember, RoomSeat, RoomUnit
from tenancy.actor import Actor
from tenancy.db import ask
from tenancy.domain.roles import Permission
from tenancy.models import Membership
from tenancy.paging import Part, Window, part_of

NEWEST = 100
_NO_TEAM: Mapping[str, Any] = {"publication": None, "people": (), "admissible": ()}


@dataclass(frozen=True, slots=True)
class AuthorisationLine:
    """`state`: waiting, in_force, to_come, expired, revoked, refused, outdated."""

    request: AuthorisationRequest
    state: str
    answer: Authorisation | None
    room: Room | None

    @property
    def number(self) -> int:
        return self.request.pk


@dataclass(frozen=True, slots=True)
class SeatLine:
    """`state`: in, no_account, ended (with words), withdrawn (their seat ended otherwise), left (by
    the plan in force they are of the team no more)."""

    post: Post
    state: str
    because: str = ""
    may_admit: bool = False
    may_end: bool = False


@dataclass(frozen=True, slots=True)
class AuthorisationPage:
    line: AuthorisationLine
    seats: Sequence[SeatLine]
    units: Sequence[RoomUnit]
    change: Difference | None
    edition: int | None  # the version in force, where the room works by an older one
    is_withdrawn: bool  # no plan of the round is in force
    may: frozenset[str]

    @property
    def present(self) -> int:
        return sum(seat.state == "in" for seat in self.seats)

    @property
    def missing(self) -> Sequence[SeatLine]:
        return [seat for seat in self.seats if seat.state in ("no_account", "withdrawn")]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team of a publication at one county's units, as far as it is authorised."""

    team: PublishedTeam
    line: AuthorisationLine | None

    @property
    def is_proposable(self) -> bool:
        return self.line is None or self.line.state not in ("waiting", "in_force", "to_come")


def authorisation_list(actor: Actor) -> Sequence[AuthorisationLine]:
    """The newest of those that the office answers or proposed."""
    actor.must(Permission.VIEW_AUTHORISATIONS)
    return _lines(actor, _newest(actor)[:NEWEST])


def authorisations_part(actor: Actor, window: Window) -> Part[AuthorisationLine]:
    actor.must(Permission.VIEW_AUTHORISATIONS)
    part = part_of(_newest(actor), window, "-pk")
    return part.showing(_lines(actor, part.lines))


def waiting_authorisations(actor: Actor) -> Sequence[AuthorisationRequest]:
    """What the actor is to answer."""
    if not actor.may(Permission.GRANT_AUTHORISATION):
        return ()
    waiting = requests_visible_to(actor).filter(tenant_id=actor.tenant_id, pk__in=open_requests())
    return list(waiting.exclude(proposed_by_id=actor.person_id).order_by("pk"))


def unproposed_publications(actor: Actor) -> Sequence[InForce]:
    """What is in force, and of which no team was proposed yet; for whoever proposes."""
    if not actor.may(Permission.PROPOSE_AUTHORISATION):
        return ()
    proposed = requests_visible_to(actor).filter(sender_id=actor.tenant_id)
    rounds = set(proposed.order_by().values_list("round_number", flat=True).distinct())
    return [made for made in publications_in_force(actor) if made.round not in rounds]


def authorisation_page(actor: Actor, number: int) -> AuthorisationPage:
    request = access_request(actor, number)
    [line] = _lines(actor, [request])
    room = line.room
    may = _may(actor, line)
    if room is None:
        seats = [SeatLine(Post.of(row), "") for row in request.people]
        return AuthorisationPage(line, seats, _planned_units(request), None, None, False, may)
    team = json.loads(ask("SELECT sec.team_now(%s)", number) or "null") or _NO_TEAM
    planned = [Post.of(row) for row in team["people"]]
    rows = list(RoomSeat.objects.filter(tenant_id=actor.tenant_id, room=room).order_by("pk"))
    working = [_post(row) for row in rows if row.ended_on is None]
    is_live = line.state in ("in_force", "to_come")
    is_withdrawn = is_live and team["publication"] is None
    change = difference(working, planned) if is_live and not is_withdrawn else None
    admissible = {(origin, person) for origin, person in team["admissible"]}
    units = RoomUnit.objects.filter(tenant_id=actor.tenant_id, room=room)
    return AuthorisationPage(
        line=line,
        seats=_seats(room, rows, planned, admissible, may, is_live=is_live),
        units=list(units.order_by("starts_on", "code")),
        change=change,
        edition=team["publication"] if _is_newer(team["publication"], room, is_live) else None,
        is_withdrawn=is_withdrawn,
        may=may,
    )


def teams_to_authorise(actor: Actor, publication: int) -> Sequence[TeamLine]:
    """Each team of what was published at each county, for whoever proposes; nobody else needs it."""
    teams = published_teams(actor, publication)
    if not actor.may(Permission.VIEW_AUTHORISATIONS):
        return ()
    round_number = round_of_publication(actor, publication)
    newest = _newest(actor).filter(round_number=round_number, sender_id=actor.tenant_id)
    lines: dict[tuple[str, int], AuthorisationLine] = {}
    for line in _lines(actor, newest):
        lines.setdefault((line.request.team_code, line.request.host_id), line)
    return [TeamLine(team, lines.get((team.code, team.host))) for team in teams]


# --- Lines ------------------------------------------------------------------------------------


def _newest(actor: Actor) -> Any:
    return requests_visible_to(actor).select_related("host", "tenant", "sender").order_by("-pk")


def _lines(actor: Actor, requests: Iterable[AuthorisationRequest]) -> Sequence[AuthorisationLine]:
    """In a constant number of queries."""
    requests = list(requests)
    numbers = [one.pk for one in requests]
    waiting = open_requests() if requests else ()
    answers = {
        one.request_number: one
        for one in answers_visible_to(actor).filter(request_number__in=numbers)
    }
    rooms = {
        one.request_number: one
        for one in rooms_of_office(actor).filter(request_number__in=numbers).order_by("pk")
    }
    return [_line(one, answers.get(one.pk), rooms.get(one.pk), waiting) for one in requests]


def _line(
    request: AuthorisationRequest,
    answer: Authorisation | None,
    room: Room | None,
    waiting: Collection[int],
) -> AuthorisationLine:
    opened = room if answer is not None and answer.is_granted else None
    return AuthorisationLine(request, _state(request, answer, opened, waiting), answer, opened)


def _state(
    request: AuthorisationRequest,
    answer: Authorisation | None,
    room: Room | None,
    waiting: Collection[int],
) -> str:
    if answer is None:
        return "waiting" if request.pk in waiting else "outdated"
    if not answer.is_granted:
        return "refused"
    if room is None or (room.closed_at is not None and room.closed_because):
        return "revoked"
    if room.until_on <= today() or room.closed_at is not None:
        return "expired"
    return "to_come" if room.starts_on > today() else "in_force"


def _may(actor: Actor, line: AuthorisationLine) -> frozenset[str]:
    is_owner = line.request.tenant_id == actor.tenant_id
    is_live = line.state in ("in_force", "to_come")
    grants = is_owner and actor.may(Permission.GRANT_AUTHORISATION)
    offered = {
        "answer": grants
        and line.state == "waiting"
        and line.request.proposed_by_id != actor.user_id,
        "admit": grants and is_live,
        "weekly": is_owner and line.room is not None and actor.may(Permission.VIEW_WEEKLY_REPORTS),
        "end": is_live and actor.may(Permission.END_AUTHORISATION),
    }
    return frozenset(name for name, is_offered in offered.items() if is_offered)


# --- Who sits there ---------------------------------------------------------------------------


def _seats(
    room: Room,
    rows: Sequence[RoomSeat],
    planned: Sequence[Post],
    admissible: Collection[tuple[int, str]],
    may: Collection[str],
    *,
    is_live: bool,
) -> Sequence[SeatLine]:
    seated, of_team = _seated(room), {post.key: post for post in planned}
    lines = []
    for row in rows:
        post = _post(row)
        state = _seat_state(row, seated, is_live=is_live)
        is_moved = state == "in" and of_team.get(post.key, post).role != post.role
        is_out = state in ("no_account", "withdrawn", "ended") or is_moved
        lines.append(
            SeatLine(
                post=post,
                state="left" if state == "in" and planned and post.key not in of_team else state,
                because=row.ended_because,
                may_admit=is_out and post.key in admissible and "admit" in may,
                may_end=row.ended_on is None and "end" in may,
            )
        )
    there = {line.post.key for line in lines}
    joining = [post for post in planned if is_live and post.key not in there]
    return [
        *lines,
        *(
            SeatLine(post, "no_account", may_admit=post.key in admissible and "admit" in may)
            for post in joining
        ),
    ]


def _seated(room: Room) -> Collection[int]:
    """Whose guest's seat is in force, or to come, and who are named in the room."""
    seats = Membership.objects.not_over(today()).filter(tenant_id=room.tenant_id, is_guest=True)
    named = RoomMember.objects.filter(tenant_id=room.tenant_id, content_object=room)
    return set(named.filter(user_id__in=seats.values("user_id")).values_list("user_id", flat=True))


def _seat_state(row: RoomSeat, seated: Collection[int], *, is_live: bool) -> str:
    if row.ended_on is not None:
        return "ended"
    if row.user_id is None:
        return "no_account"
    return "in" if row.user_id in seated or not is_live else "withdrawn"


def _post(row: RoomSeat) -> Post:
    return Post(
        origin=row.origin_id,
        number=row.person_number,
        name=row.name,
        post=row.post,
        role=row.role,
        is_local=row.is_local,
    )


def _planned_units(request: AuthorisationRequest) -> Sequence[RoomUnit]:
    return [
        RoomUnit(
            code=row["code"],
            name=row["name"],
            starts_on=date.fromisoformat(row["starts_on"]),
            ends_on=date.fromisoformat(row["ends_on"]),
        )
        for row in request.units
    ]


def _is_newer(edition: int | None, room: Room, is_live: bool) -> bool:
    return is_live and edition is not None and edition != room.publication
