"""The demo's dictionaries: classes and rules of the city, issued to its counties; a liaison and a
supervisor of a unit of Shengsi. Through the services, by those who may."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from scheduling.management.demo_city import DEMO, actor_who_may
from sharing.access.contacts import desks_visible_to
from sharing.access.dictionary import categories_visible_to
from sharing.access.rules import texts_visible_to
from sharing.models.contacts import SPEAK, SUPERVISE
from sharing.services.contacts import name_contact
from sharing.services.dictionary import add_category, begin_with_standard
from sharing.services.importing_rules import apply_rules, upload_rules
from sharing.services.issuing_categories import adopt_categories, issue_categories
from sharing.services.issuing_rules import issue_rule
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Permission
from tenancy.models import Office

# Level 2, under the usual headings: made up for the demo.
CLASSES: list[tuple[str, str]] = [
    ("U1", "贯彻上级决策部署打折扣"),
    ("U1", "意识形态工作责任制不落实"),
    ("U2", "形式主义、官僚主义问题"),
    ("U2", "财务管理不规范"),
    ("U2", "工程项目招投标不规范"),
    ("U3", "选人用人不规范"),
    ("U3", "党组议事决策不规范"),
    ("U4", "以前发现的问题整改不到位"),
    ("G1", "惠民政策落实有偏差"),
    ("G2", "集体资金、资产、资源管理不规范"),
    ("G3", "党组织生活不正常"),
    ("G4", "审计发现的问题没有改到位"),
]
OWN_CLASSES: list[tuple[str, str]] = [("G2", "海岛交通补贴发放不规范")]  # Shengsi's own

RULES_BOOK = DEMO / "workbooks" / "规则库.xlsx"


@transaction.atomic
def load_dictionaries(say: Callable[[str], None]) -> None:
    """What is there already stays as it is. All or nothing: of a start that is stopped in between,
    no city has classes that its counties lack."""
    offices = {office.code: office for office in Office.objects.exclude(kind="platform")}
    city = actor_who_may(offices["zhoushan"], Permission.ISSUE_DICTIONARIES)
    counties = [
        actor_who_may(office, Permission.KEEP_CATEGORIES)
        for office in offices.values()
        if office.parent_id == city.tenant_id
    ]
    with in_office(city.tenant_id, city.user_id):
        is_new = not categories_visible_to(city).exists()
        if is_new:
            begin_with_standard(actor=city)
            _add(city, CLASSES)
            issue_categories(actor=city, remark="全市统一分类，首版")
            _take_rules(city, RULES_BOOK)
    if not is_new:
        return
    for county in counties:
        with in_office(county.tenant_id, county.user_id):
            adopt_categories(actor=county)
            if county.tenant_id == offices["shengsi"].pk:
                _add(county, OWN_CLASSES)
    _name(offices["shengsi"])
    say("      Categories and rules of the city, issued to its counties; contacts of a unit.")


def _add(actor: Actor, classes: list[tuple[str, str]]) -> None:
    for code, title in classes:
        heading = categories_visible_to(actor).get(code=code)
        add_category(actor=actor, title=title, heading=heading.pk)


def _take_rules(actor: Actor, path: Path) -> None:
    content = [path.read_bytes()]
    upload = upload_rules(actor=actor, file_name=path.name, content=content)
    apply_rules(actor=actor, number=upload.pk)
    for text in texts_visible_to(actor):
        issue_rule(actor=actor, number=text.pk)


def _name(office: Office) -> None:
    director = actor_who_may(office, Permission.NAME_HANDLERS)
    liaison = actor_who_may(office, Permission.SPEAK_FOR_UNIT)
    supervisor = actor_who_may(office, Permission.SUPERVISE_UNIT)
    with in_office(director.tenant_id, director.user_id):
        first = desks_visible_to(director).filter(inspectable=True).order_by("unit_code").first()
        if first is None:
            return
        for person, capacity in ((liaison, SPEAK), (supervisor, SUPERVISE)):
            name_contact(
                actor=director, number=first.pk, capacity=capacity, person=person.person_id
            )
