"""The office's own classes of findings."""

from __future__ import annotations

from kernel.errors import NotVisible
from sharing.models.dictionary import CategoryEdition, FindingCategory, FindingCategoryQuerySet
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Office


def categories_visible_to(actor: Actor) -> FindingCategoryQuerySet:
    return FindingCategory.objects.readable_by(actor)


def access_category(actor: Actor, number: int, *, lock: bool = False) -> FindingCategory:
    """The class, retired or not, or a refusal in words that do not tell whether it exists."""
    rows = categories_visible_to(actor)
    found = (rows.select_for_update() if lock else rows).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="finding_category", number=number)
    return found


def access_category_to_keep(actor: Actor, number: int) -> FindingCategory:
    """The class, locked, for whoever keeps the set."""
    category = access_category(actor, number, lock=True)
    actor.must(Permission.KEEP_CATEGORIES)
    return category


def access_class_in_use(actor: Actor, number: int) -> FindingCategory:
    """A class of level 2 that a new finding may be given."""
    classes = categories_visible_to(actor).in_use().filter(parent__isnull=False, pk=number)
    found = classes.select_related("parent").first()
    if found is None:
        raise NotVisible(what="finding_category", number=number)
    return found


def newest_edition_for(actor: Actor) -> CategoryEdition | None:
    """What the office above has issued to this one last."""
    above = Office.objects.filter(pk=actor.tenant_id).values("parent_id")
    editions = CategoryEdition.objects.filter(tenant_id=actor.tenant_id, sender_id__in=above)
    return editions.order_by("-number").first()


def newest_own_edition(actor: Actor) -> CategoryEdition | None:
    """What this office has issued last, as it keeps it for itself."""
    editions = CategoryEdition.objects.filter(tenant_id=actor.tenant_id, sender_id=actor.tenant_id)
    return editions.order_by("-number").first()
