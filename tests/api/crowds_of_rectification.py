"""Crowds of letters, items and what stands beside them. Laid past their triggers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import Permission

from kernel.clock import now
from scheduling.models.rosters import InspectedUnit
from sharing.models.contacts import SPEAK, SUPERVISE, UnitContact, UnitDesk
from sharing.models.letters import Letter
from sharing.models.look_backs import LookBack
from sharing.models.rectification import (
    Evaluation,
    JointCase,
    Outcome,
    RectificationItem,
    Talk,
)
from tenancy.models import Office
from tests.api.crowd_ground import COUNTY, Crowd
from tests.api.crowds_of_dictionaries import QIU, triggers_asleep
from tests.integration.scheduling.world import unit

DAY = date(2026, 3, 2)
NING, FEI = 9022, 9023  # a liaison and a county leader


def letters(count: int) -> str:
    _make(Letter, (_letter() for _ in range(count)))
    return "/letters"


def inbox(count: int) -> str:
    _make(Letter, (_letter(state="sent", due_on=DAY) for _ in range(count)))
    return "/inbox"


def items(count: int) -> str:
    desk, there = _desk(), RectificationItem.objects.count()
    _make(RectificationItem, (_item(desk, there + n) for n in range(1, count + 1)))
    return "/items"


def supervised(count: int) -> str:
    items(count)
    _named(QIU, SUPERVISE)
    return "/supervised-items"


def my_items(count: int) -> str:
    items(count)
    _named(NING, SPEAK)
    return "/my-items"


def led_items(count: int) -> str:
    items(count)
    with triggers_asleep():
        RectificationItem.objects.update(leader_id=FEI, leader_name="费明")
    return "/led-items"


def joint_cases(count: int) -> str:
    _make(
        JointCase,
        (
            JointCase(
                tenant_id=COUNTY, title="x", leader_id=QIU, leader_name="x", opened_by="x",
                opened_on=DAY,
            )
            for _ in range(count)
        ),
    )  # fmt: skip
    return "/joint-cases"


def talks(count: int) -> str:
    desk, there = _desk(), Talk.objects.count()
    _make(
        Talk,
        (
            Talk(tenant_id=COUNTY, desk=desk, round_name="x", post=f"{there + n}", queued_on=DAY)
            for n in range(count)
        ),
    )
    return "/talks"


def outcomes(count: int) -> str:
    desk = _desk()
    _make(
        Outcome,
        (
            Outcome(tenant_id=COUNTY, desk=desk, kind="rule_made", title="x", on=DAY, at=now())
            for _ in range(count)
        ),
    )
    return "/outcomes"


def evaluations(count: int) -> str:
    desk = _desk()
    _make(
        Evaluation,
        (
            Evaluation(
                tenant_id=COUNTY, desk=desk, round_name="x", parameters={}, deductions=[],
                false_items=0, score=90, grade="good", by_name="x", at=now(),
            )
            for _ in range(count)
        ),
    )  # fmt: skip
    return "/evaluations"


def look_backs(count: int) -> str:
    _make(
        LookBack,
        (
            LookBack(tenant_id=COUNTY, state="planned", title="x", made_by="x", made_on=DAY)
            for _ in range(count)
        ),
    )
    return "/look-backs"


OF_RECTIFICATION: dict[str, tuple[str, Crowd]] = {
    "list_letters": ("lin", letters),
    "list_inbox": ("qiu", inbox),
    "list_items": ("lin", items),
    "list_supervised_items": ("qiu", supervised),
    "list_my_items": ("ning", my_items),
    "list_led_items": ("fei", led_items),
    "list_joint_cases": ("lin", joint_cases),
    "list_talks": ("lin", talks),
    "list_outcomes": ("lin", outcomes),
    "list_evaluations": ("lin", evaluations),
    "list_look_backs": ("lin", look_backs),
}


def _make(model: Any, rows: Any) -> None:
    with triggers_asleep():
        model.objects.bulk_create(rows)


def _named(person: int, capacity: str) -> None:
    with triggers_asleep():
        UnitContact.objects.get_or_create(
            tenant_id=COUNTY,
            content_object=_desk(),
            user_id=person,
            permission=Permission.objects.get(codename=capacity),
        )


def _desk() -> UnitDesk:
    if not UnitDesk.objects.filter(tenant_id=COUNTY).exists():
        InspectedUnit.objects.bulk_create([unit(Office.objects.get(pk=COUNTY), "U001", "单位")])
    return UnitDesk.objects.filter(tenant_id=COUNTY).earliest("pk")


def _letter(**given: Any) -> Letter:
    whole = {
        "tenant_id": COUNTY, "state": "draft", "kind": "notification_letter", "goes_to": "body",
        "role": "discipline_body", "addressee": "x", "title": "x", "reply_days": 5,
        "drafted_by": "x", "drafted_at": now(),
    }  # fmt: skip
    return Letter(**(whole | given))


def _item(desk: UnitDesk, position: int) -> RectificationItem:
    return RectificationItem(
        tenant_id=COUNTY, state="assigned", desk=desk, round_name="x", position=position, issue="x",
        category="x", served_on=DAY, plan_due_on=DAY, concentrated_until=DAY,
    )  # fmt: skip
