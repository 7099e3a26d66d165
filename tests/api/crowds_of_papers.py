"""Crowds of papers and reports in the room of the team (`tests.teams`); their triggers sleep."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.clock import now
from sharing.models.papers import WorkingPaper
from sharing.models.reports import InspectionReport
from sharing.models.rooms import Room
from tests.api.crowd_ground import COUNTY, Crowd
from tests.api.crowds_on_the_way import asleep, many

TEAM_MEMBER = 9103


def _room() -> Room:
    return Room.objects.get(tenant_id=COUNTY, team_code="T1")


@asleep
def papers(count: int) -> str:
    _papers(count)
    return "/papers"


@asleep
def findings(count: int) -> str:
    _papers(count)
    return "/findings"


def _papers(count: int) -> None:
    room = _room()
    many(
        WorkingPaper,
        count,
        lambda n: {
            "tenant_id": COUNTY,
            "room": room,
            "unit_code": "U1",
            "unit_name": "单位",
            "finder_id": TEAM_MEMBER,
            "finder_name": "甲",
            "year": 2027,
            "sequence": n,
            "finding_sequence": n,
            "version": 1,
            "title": f"问题{n}",
            "state": "in_report",
            "begun_at": now(),
            "changed_at": now(),
        },
    )


@asleep
def reports(count: int) -> str:
    room = _room()
    many(
        InspectionReport,
        count,
        lambda n: {
            "tenant_id": COUNTY,
            "room": room,
            "unit_code": f"U{n}",
            "unit_name": f"单位{n}",
            "state": "submitted",
            "begun_at": now(),
        },
    )
    return "/reports"


OF_PAPERS: Mapping[str, tuple[str, Crowd]] = {
    "list_papers": ("mei", papers),
    "list_findings": ("lin", findings),
    "list_reports": ("lin", reports),
}
