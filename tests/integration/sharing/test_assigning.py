"""From feedback to rectification: each finding is assigned once, ends with its item, and is open again with it."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from kernel.clock import today
from kernel.errors import DomainError, NotAllowed, NotVisible
from sharing.errors.assigning import (
    AssignedMeanwhile,
    ClassesApart,
    FindingsNotWaiting,
    NotServedYet,
    UnitOfAnotherRegistry,
)
from sharing.models.dictionary import FindingCategory
from sharing.models.papers import WorkingPaper
from sharing.models.rectification import RectificationItem, Talk
from sharing.models.rooms import Room, RoomSeat
from sharing.selectors.assigning import assignment_page, waiting_reports
from sharing.selectors.papers import finding_page
from sharing.selectors.rectification import item_page
from sharing.selectors.reports import report_page
from sharing.services import paper_acts
from sharing.services.assigning import assign_findings
from sharing.services.dictionary import add_category
from sharing.services.looking_back import (
    Found,
    act_on_look_back,
    plan_look_back,
    send_team,
    tell_result,
)
from sharing.services.rectifying import Issue, assign_from_feedback
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership
from tests.integration.sharing.county import County, take_in_unit_of_team
from tests.integration.sharing.test_clocks_of_records import waited
from tests.integration.sharing.test_letter_races import at_once
from tests.integration.sharing.test_rectifying import SERVED, act, claimed, to
from tests.papers import approve as approved
from tests.papers import begun, class_of, report_of, serve, whole
from tests.papers import to as paper_to
from tests.people import _OFFICES, SEATED_SINCE, acting
from tests.teams import ENDS


@pytest.fixture
def served(county: County) -> tuple[County, list[WorkingPaper]]:
    """Two findings of one class that were fed back."""
    take_in_unit_of_team(county)
    team = county.team
    papers = [paper_to(team, "in_report", title) for title in ("第一问题", "第二问题")]
    approved(team)
    serve(team, SERVED)
    return county, papers


def report(county: County) -> int:
    return report_of(county.team).pk


def assign(county: County, *papers: WorkingPaper, who: str = "wu", **given: Any) -> Any:
    numbers = [one.pk for one in papers]
    return county.by(who, assign_findings, number=report(county), findings=numbers, **given)


def state(county: County, paper: WorkingPaper) -> str:
    with acting(county.actor("lin")):
        return WorkingPaper.objects.get(pk=paper.pk).state


def test_finding_by_finding_until_none_waits(
    served: tuple[County, list[WorkingPaper]],
) -> None:
    county, (first, second) = served
    [waiting] = county.sees("wu", waiting_reports)
    assert (waiting.report.pk, waiting.count) == (report(county), 2)
    assert county.sees("he", waiting_reports) == ()

    [item] = assign(county, first, leader=f"leader:{county.actor('bai').user_id}")
    with acting(county.actor("lin")):
        item = RectificationItem.objects.get(pk=item.pk)
        fact = first.versions.get(number=first.version).fact
        assert item.issue == f"第一问题\n{fact}"
        assert (item.category, item.served_on, item.leader_name) == (
            "民主集中制",
            SERVED,
            "白霁月",
        )
        assert Talk.objects.filter(desk=item.desk).count() == 2
    page = county.sees("wu", assignment_page, report(county))
    assert [one.paper.pk for one in page.waiting] == [second.pk]
    [one] = page.assigned
    assert (one.paper.pk, one.line.item if one.line else None) == (first.pk, item)
    assert [state(county, one) for one in (first, second)] == ["rectifying", "fed_back"]
    assert [one.count for one in county.sees("lin", waiting_reports)] == [1]

    assign(county, second, who="lin")
    assert county.sees("lin", waiting_reports) == []


def test_the_clock_of_the_feedback_runs_until_its_last_finding_is_assigned(
    served: tuple[County, list[WorkingPaper]],
) -> None:
    county, (first, second) = served
    number = report(county)
    county.by(
        "wu", assign_from_feedback, unit_code=county.team.unit_code,
        round_name=county.team.papers.round_name, served_on=SERVED, issues=[Issue("另件", "其他")],
    )  # fmt: skip
    assert waited(county, "report", number) == [("rectification_plan", "running")]
    assign(county, first)
    assert waited(county, "report", number) == [("rectification_plan", "running")]
    assign(county, second)
    assert waited(county, "report", number) == [("rectification_plan", "stopped")]


def test_from_the_finding_one_sees_its_item_and_back(
    served: tuple[County, list[WorkingPaper]],
) -> None:
    county, (first, second) = served
    [item] = assign(
        county, first, second, together=True, leader=f"leader:{county.actor('bai').user_id}"
    )
    for who in ("wu", "lin", "qiao", "shen", "he"):
        page = county.sees(who, item_page, item.pk)
        assert [one.pk for one in page.findings] == [first.pk, second.pk], who
        assert county.sees(who, finding_page, first.pk).item == item, who
        [one, _other] = county.sees(who, report_page, report(county)).findings
        assert one.item == item
    # The leader in charge reads the item, and no finding; the discipline body the finding alone.
    assert county.sees("bai", item_page, item.pk).findings == []
    assert county.sees("luo", finding_page, first.pk).item is None
    assert county.sees("tang", report_page, report(county)).findings[0].item is None


def test_findings_end_with_their_item(served: tuple[County, list[WorkingPaper]]) -> None:
    county, (first, second) = served
    [item] = assign(county, first, second, together=True)
    to(county, item, "accepted")
    assert state(county, first) == "rectifying"
    act(county, "lin", item, "closed_out")

    assert [state(county, one) for one in (first, second)] == ["closed", "closed"]
    last = county.sees("wu", finding_page, first.pk).steps[-1]
    assert (last.act, last.hand, last.by_name) == ("closed", "office_director", "林知远")


def test_a_look_back_opens_the_finding_with_its_item(
    served: tuple[County, list[WorkingPaper]],
) -> None:
    """By the leader of another team, who was never in the room of the paper."""
    county, (first, second) = served
    true, false = assign(county, first, second)
    for item in (true, false):
        to(county, item, "closed_out")
    ruan = leading(county)
    back = county.by(
        "wu", plan_look_back, title="回头看", population=["甲"], count=1, seed="1",
        units=[county.team.unit_code],
    )  # fmt: skip
    county.by("wu", act_on_look_back, number=back.pk, act="sampled")
    county.by("he", act_on_look_back, number=back.pk, act="approved")
    county.by("wu", send_team, number=back.pk, room=county.team.others_papers.pk)
    with acting(ruan):
        act_on_look_back(actor=ruan, number=back.pk, act="begun")
        found = [Found("甲", "false", "台账造假", false.pk)]
        tell_result(actor=ruan, number=back.pk, results=found)

    assert [state(county, one) for one in (first, second)] == ["closed", "rectifying"]
    last = county.sees("wu", finding_page, second.pk).steps[-1]
    assert (last.act, last.reason, last.by_name) == ("reopened", "台账造假", "阮知秋")
    to_the_end_again(county, false)
    assert state(county, second) == "closed"


def leading(county: County) -> Actor:
    """ruan leads the other team."""
    ruan = county.actor("ruan")
    with county.team.django_as("owner"):
        Membership.objects.create(
            tenant_id=_OFFICES["dinghai"][0], user_id=ruan.person_id, role=Role.TEAM_LEADER,
            since_on=SEATED_SINCE, until_on=ENDS,
        )  # fmt: skip
        RoomSeat.objects.filter(room=county.team.others_papers, person_number="ruan").update(
            role="leader"
        )
    return replace(ruan, roles=ruan.roles | {Role.TEAM_LEADER})


def to_the_end_again(county: County, item: RectificationItem) -> None:
    claimed(county, item)
    act(county, "shen", item, "checked_done")
    act(county, "lin", item, "closed_out")


def test_a_finding_is_assigned_once(served: tuple[County, list[WorkingPaper]]) -> None:
    county, (first, second) = served
    assign(county, first)
    for again in ([first], [first, second], []):
        with pytest.raises(FindingsNotWaiting):
            assign(county, *again)
    assert state(county, second) == "fed_back", "of a refused call nothing is left"
    assign(county, second)


def test_of_two_at_once_one_assigns_it(served: tuple[County, list[WorkingPaper]]) -> None:
    county, (first, second) = served
    given = {"number": report(county), "findings": [first.pk, second.pk]}
    both = at_once(county, ("wu", assign_findings, given), ("lin", assign_findings, given))

    assert sum(isinstance(one, DomainError) for one in both) == 1
    with acting(county.actor("lin")):
        assert RectificationItem.objects.count() == 2


def test_of_two_by_hand_at_once_the_later_one_is_told(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read which place is the last before either writes."""
    both_have_read, save = Barrier(2), RectificationItem.save

    def saved(item: RectificationItem, **options: Any) -> None:
        both_have_read.wait(60)
        save(item, **options)

    monkeypatch.setattr(RectificationItem, "save", saved)
    given = {
        "unit_code": "U01", "round_name": "x", "served_on": SERVED, "issues": [Issue("x", "y")],
    }  # fmt: skip
    both = at_once(
        county, ("wu", assign_from_feedback, given), ("lin", assign_from_feedback, given)
    )

    assert sum(isinstance(one, AssignedMeanwhile) for one in both) == 1, both
    with acting(county.actor("lin")):
        assert RectificationItem.objects.count() == 1


def test_what_is_of_two_classes_is_not_one_item(county: County) -> None:
    take_in_unit_of_team(county)
    team, lin = county.team, county.actor("lin")
    class_of(team)
    with acting(lin):
        heading = FindingCategory.objects.get(tenant_id=lin.tenant_id, code="U3")
        other = add_category(actor=lin, title="选人用人", heading=heading.pk).pk
    papers = [
        led(county, whole(team)),
        led(county, replace(whole(team, title="另一问题"), category=other)),
    ]
    approved(team)
    serve(team, SERVED)
    with pytest.raises(ClassesApart):
        assign(county, *papers, together=True)
    assert len(assign(county, *papers)) == 2


def led(county: County, text: Any) -> WorkingPaper:
    """Into the report."""
    paper = begun(county.team, text=text)
    county.by("mei", paper_acts.hand_to_meeting, number=paper.pk)
    county.by("tang", paper_acts.pass_at_meeting, number=paper.pk, met_on=today(), opinion="成立")
    county.by("tang", paper_acts.sign_paper, number=paper.pk)
    county.by("tang", paper_acts.put_in_report, number=paper.pk, report=report(county))
    return paper


def test_before_it_is_served_nothing_is_assigned(county: County) -> None:
    take_in_unit_of_team(county)
    paper = paper_to(county.team, "in_report")
    approved(county.team)
    with pytest.raises(NotServedYet):
        assign(county, paper)
    assert county.sees("wu", waiting_reports) == []
    serve(county.team, SERVED)
    assert len(assign(county, paper)) == 1


def test_whoever_does_not_steer_assigns_nothing(
    served: tuple[County, list[WorkingPaper]],
) -> None:
    county, (first, _second) = served
    refused: dict[str, type[DomainError]] = {
        "he": NotAllowed, "luo": NotAllowed, "qiao": NotAllowed, "shen": NotAllowed,
        "bai": NotVisible, "tang": NotAllowed, "mei": NotAllowed,
    }  # fmt: skip
    for who, refusal in refused.items():
        with pytest.raises(refusal):
            assign(county, first, who=who)
    for stranger in (county.actor("zhao"), county.actor("jiang")):
        with acting(stranger), pytest.raises((NotVisible, NotAllowed)):
            assign_findings(actor=stranger, number=report(county), findings=[first.pk])


def test_of_a_lifted_round_the_city_assigns_nothing(
    served: tuple[County, list[WorkingPaper]],
) -> None:
    """A unit's code is of its own county's registry: in another it may be another unit's."""
    county, (first, _second) = served
    with county.team.django_as("owner"):
        Room.objects.filter(pk=county.team.papers.pk).update(host_id=_OFFICES["shengsi"][0])
    with pytest.raises(UnitOfAnotherRegistry):
        assign(county, first)
    assert county.sees("wu", waiting_reports) == []
