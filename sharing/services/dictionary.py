"""Keeping the classes of findings: begin, add, order, retire."""

from __future__ import annotations

from django.db import transaction

from kernel.clock import today
from sharing.access.dictionary import access_category_to_keep, categories_visible_to
from sharing.domain.dictionary import MOST_A_LEVEL, STANDARD, Frame, LevelFull, next_code
from sharing.errors.categories import (
    CategoriesBegunAlready,
    CategoriesChangedMeanwhile,
    CategoryHasClasses,
    CategoryHeadingIsTheCitys,
    CategoryHeadingRetired,
    CategoryIsTheCitys,
    CategoryLevelFull,
    CategoryTitleTaken,
)
from sharing.models.dictionary import FindingCategory, FindingCategoryQuerySet
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import Permission
from tenancy.models import Office

_MEANWHILE = "finding_category_code_once"


@transaction.atomic
def begin_with_standard(*, actor: Actor) -> int:
    """Take the usual headings over as the office's own. Returns how many; refused where there are some."""
    actor.must(Permission.KEEP_CATEGORIES)
    if categories_visible_to(actor).exists():
        raise CategoriesBegunAlready
    rows = [
        FindingCategory(
            tenant_id=actor.tenant_id,
            code=one.code,
            title=one.title.zh,
            frame=one.frame.value,
            position=sum(before.frame == one.frame for before in STANDARD[: place + 1]),
        )
        for place, one in enumerate(STANDARD)
    ]
    with refused_as({_MEANWHILE: CategoriesBegunAlready()}):
        FindingCategory.objects.bulk_create(rows)
    audit.record(actor, "sharing.categories.begun", added=len(rows))
    return len(rows)


@transaction.atomic
def add_category(
    *, actor: Actor, title: str, heading: int | None = None, frame: Frame = Frame.UNITS
) -> FindingCategory:
    """Add a class under the heading of that number; without one, a heading of `frame`.

    The product gives the code. Refused where the title is there already, in use or retired.
    """
    actor.must(Permission.KEEP_CATEGORIES)
    title = " ".join(title.split())
    above = None if heading is None else _heading_in_use(actor, heading)
    if above is None and categories_visible_to(actor).filter(is_citys=True).exists():
        raise CategoryHeadingIsTheCitys
    frame = Frame(above.frame) if above else frame
    siblings = _siblings(actor, above, frame)
    same = siblings.filter(title=title).first()
    if same is not None:
        raise CategoryTitleTaken(title=title, category=same.code)
    category = FindingCategory(
        tenant_id=actor.tenant_id,
        code=_next_code(actor, above, frame, siblings),
        title=title,
        frame=frame.value,
        parent=above,
        position=1 + max(siblings.values_list("position", flat=True), default=0),
    )
    with refused_as({_MEANWHILE: CategoriesChangedMeanwhile()}):
        category.save(force_insert=True)
    audit.record(actor, "sharing.category.added", category, code=category.code)
    return category


@transaction.atomic
def retire_category(*, actor: Actor, number: int) -> FindingCategory:
    """No new finding is given the class; old ones keep it. Retiring twice does it once."""
    category = _own(actor, number)
    if category.retired_on is not None:
        return category
    classes = category.classes.filter(retired_on__isnull=True).count()
    if classes:
        raise CategoryHasClasses(title=category.title, count=classes)
    category.retired_on = today()
    category.save(update_fields=["retired_on"])
    audit.record(actor, "sharing.category.retired", category, code=category.code)
    return category


@transaction.atomic
def revive_category(*, actor: Actor, number: int) -> FindingCategory:
    """Take a retired class up again."""
    category = _own(actor, number)
    if category.retired_on is None:
        return category
    if category.parent is not None and category.parent.retired_on is not None:
        raise CategoryHeadingRetired(title=category.parent.title)
    category.retired_on = None
    category.save(update_fields=["retired_on"])
    audit.record(actor, "sharing.category.revived", category, code=category.code)
    return category


@transaction.atomic
def move_category(*, actor: Actor, number: int, up: bool) -> FindingCategory:
    """Let it change places with the one before, or behind; at the end of the row nothing happens."""
    category = _own(actor, number)
    siblings = _siblings(actor, category.parent, Frame(category.frame)).select_for_update()
    row = [one for one in siblings.order_by("position", "code") if not one.is_citys]
    place = next(at for at, one in enumerate(row) if one.pk == category.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(row):
        return category
    row[place], row[other] = row[other], row[place]
    places = sorted(one.position for one in row)
    if len(set(places)) < len(places):
        places = list(range(1, len(row) + 1))
    for one, position in zip(row, places, strict=True):
        one.position = position
    FindingCategory.objects.bulk_update(row, ["position"])
    audit.record(actor, "sharing.category.moved", category, code=category.code)
    return category


def _own(actor: Actor, number: int) -> FindingCategory:
    category = access_category_to_keep(actor, number)
    if category.is_citys:
        raise CategoryIsTheCitys(title=category.title)
    return category


def _heading_in_use(actor: Actor, number: int) -> FindingCategory:
    heading = access_category_to_keep(actor, number)
    if heading.retired_on is not None or not heading.is_heading:
        raise CategoryHeadingRetired(title=heading.title)
    return heading


def _siblings(actor: Actor, above: FindingCategory | None, frame: Frame) -> FindingCategoryQuerySet:
    return categories_visible_to(actor).filter(parent=above, frame=frame.value)


def _next_code(
    actor: Actor, above: FindingCategory | None, frame: Frame, siblings: FindingCategoryQuerySet
) -> str:
    taken = siblings.values_list("code", flat=True)
    is_county = actor.office_kind == Office.Kind.COUNTY
    try:
        return next_code(frame, above.code if above else "", taken, of_a_county=is_county)
    except LevelFull as full:
        raise CategoryLevelFull(most=MOST_A_LEVEL) from full
