"""The demo city comes in by the same import that people use."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.core.management import call_command

from scheduling.management import demo_city
from scheduling.models.rosters import InspectedUnit, Person
from sharing.models import QuotedFigure
from tenancy.context import in_office
from tenancy.models import AuditEntry, Job, Membership, Office, SecurityPolicy, User
from tenancy.runner import run_job
from tests.import_desk import RoleSwitch


@pytest.fixture
def a_worker_nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the loader waits, the jobs are done."""

    def work(_seconds: float) -> None:
        for number in list(Job.objects.filter(state=Job.State.QUEUED).values_list("pk", flat=True)):
            run_job(number)

    monkeypatch.setattr(time, "sleep", work)


def test_the_demo_city_is_loaded_once_however_often(
    django_as: RoleSwitch, a_worker_nearby: None, media: Path
) -> None:
    for _ in range(2):
        with django_as("owner"):
            call_command("load_demo")

    with django_as("owner"):
        people = {
            office.code: Person.objects.filter(tenant=office).count()
            for office in Office.objects.filter(code__in=demo_city.LOCATIONS)
        }
        assert people == {
            "zhoushan": 60, "dinghai": 80, "putuo": 75, "daishan": 55, "shengsi": 45,
        }  # fmt: skip
        assert InspectedUnit.objects.count() == 385
        assert InspectedUnit.objects.filter(mandatory=True).count() == 16
        assert QuotedFigure.objects.count() == 20
        assert Membership.objects.filter(tenant__code__in=demo_city.LOCATIONS).count() >= 8
        applied = AuditEntry.objects.filter(action="scheduling.import.applied").count()
        assert applied == 10
    assert list(media.rglob("*.upload")) == []


def test_a_demo_of_before_gets_whom_its_card_names_and_keeps_the_rest(
    django_as: RoleSwitch, monkeypatch: pytest.MonkeyPatch
) -> None:
    with django_as("owner"):
        with monkeypatch.context() as before:
            before.setattr(demo_city, "seat_administrators", lambda accounts: None)
            call_command("load_demo", "--accounts")
        assert not User.objects.filter(username="yan").exists()
        with in_office(Office.objects.get(code="zhoushan").pk):
            User.objects.filter(username="chen").update(display_name="陈立群（改）")

        call_command("load_demo", "--accounts")

        assert User.objects.get(username="yan").check_password("Demo-platform-2")
        assert User.objects.get(username="chen").display_name == "陈立群（改）"
        assert SecurityPolicy.objects.get().factor_roles == []
        assert not Person.objects.exists()
