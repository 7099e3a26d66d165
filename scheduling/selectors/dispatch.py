"""What of published plans is an office's own, and what it has to answer. For the county's pages.

Everything here is a row that was handed to the office: nothing else of a plan can be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kernel.text import Text
from scheduling.access.publications import (
    access_extract,
    access_request,
    extracts_visible_to,
    open_requests,
    requests_visible_to,
)
from scheduling.access.rosters import people_visible_to
from scheduling.domain.duties import DUTIES
from scheduling.domain.extracts import NOTHING, ROLE_ORDER, Changed, Row, changes_between
from scheduling.models.dispatches import Confirmation, ConfirmationRequest, PublishedExtract
from scheduling.selectors.releases import CallLine, release_list
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@dataclass(frozen=True, slots=True)
class Stay:
    """A team at a unit. `county` is empty where it is one's own."""

    county: str
    unit: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class GoingLine:
    number: str
    name: str
    role: str
    duties: Sequence[Text]
    team: str
    leader: str
    stays: Sequence[Stay]
    is_new: bool = False  # new or changed by a correction


@dataclass(frozen=True, slots=True)
class GoingTeam:
    """A team with people of one's own: they alone, the leader's name, and where it goes."""

    team: str
    leader: str
    has_own_leader: bool
    counties: Sequence[str]
    stays: Sequence[Stay]
    people: Sequence[GoingLine]


@dataclass(frozen=True, slots=True)
class Guest:
    name: str
    post: str
    role: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class ComingLine:
    team: str
    people: Sequence[Guest]
    stays: Sequence[Stay]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class GoingChange:
    before: GoingLine | None
    after: GoingLine | None

    @property
    def name(self) -> str:
        line = self.after or self.before
        return line.name if line else ""


@dataclass(frozen=True, slots=True)
class ComingChange:
    before: ComingLine | None
    after: ComingLine | None

    @property
    def team(self) -> str:
        line = self.after or self.before
        return line.team if line else ""


@dataclass(frozen=True, slots=True)
class ExtractPage:
    """One version of a round's plan as it was handed over. `newest`: the one that counts."""

    extract: PublishedExtract
    city: str
    newest: PublishedExtract
    going: Sequence[GoingLine]
    coming: Sequence[ComingLine]
    going_changes: Sequence[GoingChange]
    coming_changes: Sequence[ComingChange]

    @property
    def going_teams(self) -> Sequence[GoingTeam]:
        by_team: dict[str, list[GoingLine]] = defaultdict(list)
        for line in self.going:
            by_team[line.team].append(line)
        return [_going_team(team, lines) for team, lines in sorted(by_team.items())]

    @property
    def is_newest(self) -> bool:
        return self.extract.pk == self.newest.pk

    @property
    def is_withdrawn(self) -> bool:
        return self.extract.kind == PublishedExtract.Kind.WITHDRAWN

    @property
    def is_correction(self) -> bool:
        return self.extract.kind == PublishedExtract.Kind.CORRECTED

    @property
    def units(self) -> int:
        return sum(len(line.stays) for line in self.coming)


@dataclass(frozen=True, slots=True)
class RequestLine:
    number: int
    round_name: str
    people: int
    asked_at: datetime
    is_open: bool
    answer: Confirmation | None


@dataclass(frozen=True, slots=True)
class OursPage:
    people: int | None
    calls: Sequence[CallLine]
    requests: Sequence[RequestLine]
    rounds: Sequence[ExtractPage]

    @property
    def people_released(self) -> int:
        return sum(line.people for line in self.calls if line.is_released)

    @property
    def calls_waiting(self) -> int:
        return sum(not line.is_released and not line.is_closed for line in self.calls)

    @property
    def to_answer(self) -> int:
        return sum(line.is_open and line.answer is None for line in self.requests)


def ours_page(actor: Actor) -> OursPage:
    """The office's own side of every round. A constant number of queries."""
    actor.must(Permission.VIEW_DISPATCH)
    sees_people = actor.may(Permission.VIEW_ROSTER)
    return OursPage(
        people=people_visible_to(actor).active().count() if sees_people else None,
        calls=release_list(actor) if actor.may(Permission.VIEW_RELEASES) else (),
        requests=request_list(actor),
        rounds=_rounds(actor),
    )


def extract_page(actor: Actor, number: int) -> ExtractPage:
    extract = access_extract(actor, number)
    versions = extracts_visible_to(actor).filter(
        sender_id=extract.sender_id, round_id=extract.round_id
    )
    return _page(list(versions.select_related("sender").order_by("pk")), extract.pk)


def request_list(actor: Actor) -> Sequence[RequestLine]:
    """The newest request of each round, newest round first."""
    newest = requests_visible_to(actor).order_by("sender_id", "round_id", "-pk")
    standing = open_requests()
    requests = sorted(newest.distinct("sender_id", "round_id"), key=lambda request: -request.pk)
    answers = answers_to(actor, [request.pk for request in requests])
    return [request_line(request, standing, answers) for request in requests if request.people]


@dataclass(frozen=True, slots=True)
class PersonAsked:
    number: str
    name: str
    role: str
    first: date
    last: date
    objection: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    request: ConfirmationRequest
    city: str
    people: Sequence[PersonAsked]
    answer: Confirmation | None
    is_open: bool
    may_answer: bool


def request_page(actor: Actor, number: int) -> RequestPage:
    request = access_request(actor, number, Permission.VIEW_DISPATCH)
    answer = answers_to(actor, [request.pk]).get(request.pk)
    objections = {one["number"]: one["words"] for one in (answer.objections if answer else ())}
    is_open = request.pk in open_requests()
    return RequestPage(
        request=request,
        city=request.sender.short_name,
        people=[
            PersonAsked(
                person["number"],
                person["name"],
                person["role"],
                date.fromisoformat(person["from"]),
                date.fromisoformat(person["to"]),
                objections.get(person["number"], ""),
            )
            for person in request.people
        ],
        answer=answer,
        is_open=is_open,
        may_answer=is_open and actor.may(Permission.CONFIRM_PEOPLE),
    )


def request_line(
    request: ConfirmationRequest, standing: object, answers: Mapping[int, Confirmation]
) -> RequestLine:
    return RequestLine(
        number=request.pk,
        round_name=request.round_name,
        people=len(request.people),
        asked_at=request.asked_at,
        is_open=request.pk in standing,  # type: ignore[operator]
        answer=answers.get(request.pk),
    )


def answers_to(actor: Actor, requests: Sequence[int]) -> Mapping[int, Confirmation]:
    given = Confirmation.objects.sent_by(actor).filter(request_id__in=requests)
    newest = given.order_by("request_id", "-pk").distinct("request_id")
    return {answer.request_id: answer for answer in newest}


def _rounds(actor: Actor) -> Sequence[ExtractPage]:
    versions: dict[tuple[int, int], list[PublishedExtract]] = defaultdict(list)
    for extract in extracts_visible_to(actor).select_related("sender").order_by("pk"):
        versions[extract.sender_id, extract.round_id].append(extract)
    pages = [_page(found, found[-1].pk) for found in versions.values()]
    return sorted(pages, key=lambda page: page.extract.starts_on, reverse=True)


def _page(versions: Sequence[PublishedExtract], number: int) -> ExtractPage:
    """`versions`: all of one round, in the order in which they were sent."""
    at = next(k for k, extract in enumerate(versions) if extract.pk == number)
    extract = versions[at]
    before = versions[at - 1].document if at else NOTHING
    is_correction = extract.kind == PublishedExtract.Kind.CORRECTED
    changes = changes_between(before, extract.document if is_correction else before)
    new = {id_ for change in (*changes.going_out, *changes.coming_in) for id_ in _ids(change.after)}
    return ExtractPage(
        extract=extract,
        city=extract.sender.short_name,
        newest=versions[-1],
        going=[_going(row, is_new=row["number"] in new) for row in extract.document["going_out"]],
        coming=[_coming(row, is_new=row["team"] in new) for row in extract.document["coming_in"]],
        going_changes=[_going_change(change) for change in changes.going_out],
        coming_changes=[_coming_change(change) for change in changes.coming_in],
    )


def lines_of(extract: PublishedExtract) -> tuple[Sequence[GoingLine], Sequence[ComingLine]]:
    """Whom the office sends and who comes, of an extract that the caller was given access to."""
    return (
        [_going(row) for row in extract.document["going_out"]],
        [_coming(row) for row in extract.document["coming_in"]],
    )


def _ids(row: Row | None) -> Sequence[str]:
    return () if row is None else (row["number"] if "number" in row else row["team"],)


def _going_change(change: Changed) -> GoingChange:
    before, after = change.before, change.after
    return GoingChange(_going(before) if before else None, _going(after) if after else None)


def _coming_change(change: Changed) -> ComingChange:
    before, after = change.before, change.after
    return ComingChange(_coming(before) if before else None, _coming(after) if after else None)


def _going(row: Mapping[str, Any], *, is_new: bool = False) -> GoingLine:
    return GoingLine(
        number=row["number"],
        name=row["name"],
        role=row["role"],
        duties=[DUTIES[code] for code in row["duties"]],
        team=row["team_name"],
        leader=row["leader"],
        stays=[_stay(visit) for visit in row["visits"]],
        is_new=is_new,
    )


def _going_team(team: str, lines: Sequence[GoingLine]) -> GoingTeam:
    first = lines[0]
    return GoingTeam(
        team=team,
        leader=first.leader,
        has_own_leader=any(line.role == "leader" for line in lines),
        counties=list(dict.fromkeys(stay.county for stay in first.stays)),
        stays=first.stays,
        people=sorted(lines, key=lambda line: ROLE_ORDER.index(line.role)),
    )


def _coming(row: Mapping[str, Any], *, is_new: bool = False) -> ComingLine:
    return ComingLine(
        team=row["team_name"],
        people=[Guest(**person) for person in row["people"]],
        stays=[_stay(visit) for visit in row["visits"]],
        is_new=is_new,
    )


def _stay(visit: Mapping[str, str]) -> Stay:
    return Stay(
        visit.get("county", ""),
        visit["unit"],
        date.fromisoformat(visit["from"]),
        date.fromisoformat(visit["to"]),
    )
