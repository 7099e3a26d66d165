"""The desk's page, arranged: figures of the strip, the next step, the timetable's data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from kernel.clock import now
from portal.charts import TONES
from portal.desk_words import PriceView, Step, price_view, role_word, step_of
from scheduling.domain.duties import DUTIES
from scheduling.selectors.desk_board import BoardSeat, BoardTeam
from scheduling.selectors.desk_news import EditLine, News
from scheduling.selectors.desk_page import DeskPage
from webui.language import spoken
from webui.templatetags.webui import days_words, elapsed


@dataclass(frozen=True, slots=True)
class SeatRow:
    seat: BoardSeat
    role: str
    duties: Sequence[str]


@dataclass(frozen=True, slots=True)
class TeamRow:
    team: BoardTeam
    hosts: Sequence[tuple[str, int]]  # name and colour
    seats: Sequence[SeatRow]
    fill: str  # tone of the head count
    count: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    line: EditLine
    price: PriceView


def desk_context(page: DeskPage) -> dict[str, Any]:
    tones = _tones(page)
    return {
        "page": page,
        "steps": _steps(page),
        "next_step": _next_step(page),
        "verdict_mark": _verdict_mark(page),
        "rows": [_team_row(team, tones) for team in page.board.teams],
        "hosts": _hosts(page, tones),
        "gantt_json": json.dumps(_gantt(page, tones), ensure_ascii=False),
        "history": [HistoryRow(line, price_view(line.price)) for line in page.history],
        "edits": sum(bool(line.price) for line in page.history[:-1]),
    }


def live_context(news: News) -> dict[str, Any]:
    """Who did what a moment ago, for whoever sits at the same desk."""
    return {
        "told": [
            {"line": line, "ago": elapsed((now() - line.at).total_seconds())} for line in news.edits
        ]
    }


def _steps(page: DeskPage) -> Sequence[Step]:
    return [
        step_of(m.code, m.value if m.at_start is None else m.at_start, m.value)
        for m in page.measures
    ]


def _verdict_mark(page: DeskPage) -> tuple[str, str]:
    """A tone and words for the whole question's judge, the worker's verifier."""
    if page.is_checking:
        return "info", gettext("being checked")
    if page.verdict.checked_at is None:
        return "quiet", gettext("not checked yet")
    if page.verdict.holds and page.is_outdated:
        return "warn", gettext("checked before the round changed")
    if page.verdict.holds:
        return "good", gettext("check passed")
    return "bad", gettext("check failed")


def _next_step(page: DeskPage) -> str:
    """What the strip's one strong button is for."""
    if not page.may_edit:
        return "open" if page.may_open else "look"
    if page.barred:
        return "barred"
    if page.is_checking or page.run_at_work:
        return "wait"
    if page.broken:
        return "solve"
    if page.verdict.holds and not page.is_outdated:
        return "plan"
    return "check"


# --- The board ------------------------------------------------------------------------------


def _tones(page: DeskPage) -> Mapping[str, int]:
    """County → its colour; the same whoever is sent where, as long as it is inspected."""
    hosts = sorted({visit.host_code for team in page.board.teams for visit in team.visits})
    return {code: index % TONES for index, code in enumerate(hosts)}


def _hosts(page: DeskPage, tones: Mapping[str, int]) -> Sequence[tuple[str, int]]:
    named = {v.host_code: v.host for team in page.board.teams for v in team.visits}
    return [(named[code], tone) for code, tone in tones.items()]


def _team_row(team: BoardTeam, tones: Mapping[str, int]) -> TeamRow:
    hosts = {visit.host: tones[visit.host_code] for visit in team.visits}
    least, most = team.size
    fits = least <= len(team.seats) <= most or (not team.seats and not team.visits)
    return TeamRow(
        team,
        tuple(hosts.items()),
        [_seat_row(seat) for seat in team.seats],
        "quiet" if fits else "bad",
        f"{len(team.seats)} / {least}" + ("" if least == most else f"–{most}"),
    )


def _seat_row(seat: BoardSeat) -> SeatRow:
    duties = [DUTIES[code][spoken()] for code in seat.duties if code in DUTIES]
    return SeatRow(seat, role_word(seat.role), duties)


def _gantt(page: DeskPage, tones: Mapping[str, int]) -> dict[str, Any]:
    """For `js/gantt.js` and `js/desk.js`."""
    here = reverse("portal:desk", args=[page.number])
    return {
        "start": page.starts_on.isoformat(),
        "end": page.ends_on.isoformat(),
        "revision": page.revision,
        "days": [day.isoformat() for day in page.working_days] if page.may_edit else [],
        "teams": [
            {
                "id": team.code,
                "name": team.name,
                "leader": team.leader.name if team.leader else "",
                "href": f"{here}?{urlencode({'team': team.code})}",
            }
            for team in page.board.teams
        ],
        "visits": [
            {
                "id": visit.unit,
                "team": team.code,
                "unit": visit.name,
                "host": visit.host,
                "tone": tones[visit.host_code],
                "start": visit.start.isoformat(),
                "end": visit.end.isoformat(),
                "pinned": visit.is_pinned,
                "href": f"{here}?{urlencode({'unit': visit.unit})}",
                "title": gettext("%(team)s at %(unit)s (%(host)s), %(days)s")
                % {
                    "team": team.name,
                    "unit": visit.name,
                    "host": visit.host,
                    "days": days_words(visit.start, visit.end),
                },
            }
            for team in page.board.teams
            for visit in team.visits
        ],
        "off": [
            {
                "start": off.first.isoformat(),
                "end": (off.last + timedelta(days=1)).isoformat(),
                "name": off.name[spoken()] if off.name else "",
            }
            for off in page.days_off
        ],
    }
