"""A lifted round: records lie with the city, and name the county's units by the county's codes. Whoever
speaks for a body of the city that bears the same code reads nothing of them, and answers nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from kernel.clock import now
from kernel.errors import NotVisible
from scheduling.models.rosters import InspectedUnit
from sharing.access.document_requests import (
    access_document_request,
    hands_on_request,
    requests_to,
)
from sharing.access.evidence import access_evidence
from sharing.access.papers import access_finding, findings_visible_to
from sharing.access.reports import access_report, reports_visible_to
from sharing.domain.life_cycle import Hand
from sharing.models.contacts import SPEAK, UnitDesk
from sharing.models.deadlines import Deadline
from sharing.models.document_requests import DocumentRequest
from sharing.models.papers import PaperEvidence
from sharing.models.rooms import Room
from sharing.services.contacts import name_contact
from sharing.services.document_requests import Asked, act_on_request, ask_for_documents
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tests.authorised import Waiting, _as
from tests.integration.security.ground import browser_of
from tests.integration.sharing.county import County, take_in_unit_of_team
from tests.integration.sharing.test_authorising_by_sql import refusal
from tests.papers import report_of, to
from tests.people import _OFFICES, SEATED_SINCE, acting
from tests.teams import UNIT_CODE

ASKED = Asked(unit=UNIT_CODE, what="会议记录", why="核对", days=3, handed_to="某")
DELIVERED = (
    "INSERT INTO sharing_documentrequeststep (tenant_id, record_id, number, act, hand, before,"
    " after, by_name, on_behalf_of, reason, facts)"
    " VALUES (%s, %s, 0, 'delivered', 'unit', '', 'delivered', '', '', '', '{}')"
)


def lift(county: County) -> None:
    """The room's papers are of a county whose registry this office's is not."""
    with county.team.django_as("owner"):
        Room.objects.filter(pk=county.team.papers.pk).update(host_id=_OFFICES["shengsi"][0])


def reads(actor: Actor, access: Callable[[Actor, int], object], number: int) -> bool:
    with acting(actor):
        try:
            access(actor, number)
        except NotVisible:
            return False
    return True


@pytest.mark.parametrize("who", ["qiao", "shen"])
def test_the_other_body_s_people_read_no_feedback(county: County, who: str) -> None:
    """Liaison and supervisor; the twin: the same in a round that was not lifted."""
    take_in_unit_of_team(county)
    finding = to(county.team, "fed_back")
    report, actor = report_of(county.team).pk, county.actor(who)
    with acting(county.actor("lin")):
        [evidence] = PaperEvidence.objects.filter(version__paper=finding)
    browser = browser_of(actor)
    pages = [
        reverse(f"portal:{name}", args=[number])
        for name, number in (
            ("finding-detail", finding.pk), ("report-detail", report), ("report-document", report)
        )
    ]  # fmt: skip

    def seen() -> set[bool]:
        with acting(actor):
            lists = [findings_visible_to(actor).exists(), reports_visible_to(actor).exists()]
        return {
            *lists,
            reads(actor, access_finding, finding.pk),
            reads(actor, access_report, report),
            reads(actor, access_evidence, evidence.pk),
            *(browser.get(page).status_code == 200 for page in pages),
        }

    assert seen() == {True}
    lift(county)
    assert seen() == {False}
    none = browser.get(reverse("portal:finding-detail", args=[10**9]))
    assert none.status_code == browser.get(pages[0]).status_code == 404
    assert reads(county.actor("lin"), access_finding, finding.pk), "the office whose the papers are"
    assert reads(county.actor("tang"), access_report, report)


def test_the_office_that_assigns_nothing_waits_for_no_plan(county: County) -> None:
    """The twin, in test_clocks_of_records.py: from the feedback on the plan is waited for."""
    take_in_unit_of_team(county)
    lift(county)
    to(county.team, "fed_back")
    with acting(county.actor("lin")):
        assert not Deadline.objects.filter(life="report").exists()


def test_the_other_body_s_liaison_answers_no_request(county: County) -> None:
    """By access, page and database; the twin: before."""
    take_in_unit_of_team(county)
    mei, qiao = county.actor("mei"), county.actor("qiao")
    request = county.by("mei", ask_for_documents, number=county.team.papers.pk, asked=ASKED)
    record = (qiao.tenant_id, request.pk)
    browser, page = browser_of(qiao), reverse("portal:documents-asked")
    assert seen_of(qiao, request) == (True, True, True, True)
    assert refusal(qiao, DELIVERED, *record) == ""
    assert "会议记录" in browser.get(page).content.decode()

    lift(county)
    assert seen_of(qiao, request) == (False, False, False, False)
    assert refusal(qiao, DELIVERED, *record) == "step_in_ones_own_hand"
    assert "会议记录" not in browser.get(page).content.decode()
    with acting(qiao), pytest.raises(NotVisible):
        act_on_request(actor=qiao, request=request.pk, act="delivered")
    with acting(mei):
        assert act_on_request(actor=mei, request=request.pk, act="received", pieces=1, person="某")


def seen_of(actor: Actor, request: DocumentRequest) -> tuple[bool, ...]:
    """In the list, by number, by hand, by the fence."""
    reached = reads(actor, access_document_request, request.pk)
    with acting(actor):
        return (
            requests_to(actor).exists(),
            reached,
            Hand.UNIT in hands_on_request(actor, request),
            DocumentRequest.objects.exists(),
        )


@pytest.fixture
def namesake(lifted: Waiting) -> tuple[Waiting, Actor]:
    """Somebody who speaks for a body of the city with the code of the county's unit."""
    zhao, liaison = lifted.actor("zhao"), _as(9120, "柳岸", "zhoushan", Role.UNIT_LIAISON)
    with lifted.django_as("owner"):
        User(pk=9120, username="liu", display_name="柳岸", password="!").save(force_insert=True)
        Membership.objects.create(
            tenant_id=zhao.tenant_id, user_id=9120, role=Role.UNIT_LIAISON, since_on=SEATED_SINCE
        )
    with lifted.django_as("worker"), acting(zhao):
        InspectedUnit.objects.create(
            tenant_id=zhao.tenant_id, code=UNIT_CODE, name="市教育局", name_key="shi jiao yu ju",
            kind="department", risk=3, days=10, fact_hash="", updated_at=now(),
        )  # fmt: skip
    with acting(zhao):
        desk = UnitDesk.objects.get(tenant_id=zhao.tenant_id, unit_code=UNIT_CODE)
        name_contact(actor=zhao, number=desk.pk, capacity=SPEAK, person=9120)
    return lifted, liaison


def test_in_the_city_s_room_the_request_is_the_county_s_unit_s(
    namesake: tuple[Waiting, Actor],
) -> None:
    lifted, liaison = namesake
    lifted.link("tang", "gu", "mei")
    number = lifted.propose()
    lifted.grant(number, who="xu")
    room, mei = lifted.room(number), lifted.actor("mei", "zhoushan")
    with acting(mei):
        request = ask_for_documents(actor=mei, number=room.pk, asked=ASKED)
    assert request.unit_name == "定海区教育局"
    assert seen_of(liaison, request) == (False, False, False, False)
    refused = refusal(liaison, DELIVERED, liaison.tenant_id, request.pk)
    assert refused == "step_in_ones_own_hand"
    assert reads(mei, access_document_request, request.pk)
