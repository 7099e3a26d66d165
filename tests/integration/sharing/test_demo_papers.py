"""The demo's team has papers on their way, once."""

from __future__ import annotations

from sharing.management.demo_papers import PAPERS, lay_papers
from sharing.models.dictionary import FindingCategory
from sharing.models.papers import WorkingPaper
from sharing.services.dictionary import add_category, begin_with_standard
from tests.people import acting
from tests.teams import Team


def test_each_paper_lies_where_its_way_ends_and_none_is_laid_twice(team: Team) -> None:
    lin, mei, tang = (team.actor(who) for who in ("lin", "mei", "tang"))
    with acting(lin):
        begin_with_standard(actor=lin)
        heading = FindingCategory.objects.get(tenant_id=lin.tenant_id, code="U1")
        for title, *_ in PAPERS:
            add_category(actor=lin, title=title, heading=heading.pk)

    assert lay_papers(finder=mei, leader=tang) == len(PAPERS)
    assert lay_papers(finder=mei, leader=tang) == 0
    with acting(mei):
        states = WorkingPaper.objects.order_by("pk").values_list("state", flat=True)
        assert list(states) == ["in_report", "leader_signed", "evidence_complete", "draft"]


def test_without_classes_the_papers_stay_drafts(team: Team) -> None:
    mei, tang = team.actor("mei"), team.actor("tang")

    assert lay_papers(finder=mei, leader=tang) == len(PAPERS)
    with acting(mei):
        assert set(WorkingPaper.objects.values_list("state", flat=True)) == {"draft"}
