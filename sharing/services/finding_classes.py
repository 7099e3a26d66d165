"""An office's classes of findings: the second level, which is its own."""

from __future__ import annotations

from django.db import transaction

from kernel.clock import now
from kernel.errors import NotVisible
from sharing.domain.findings import USUAL_CLASSES, Level
from sharing.errors.papers import ClassTaken
from sharing.models.papers import FindingClass
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_by
from tenancy.domain.roles import Permission


@transaction.atomic
def add_class(*, actor: Actor, level: str, name: str) -> FindingClass:
    """A class below one of the first level. One that was retired is taken up again."""
    actor.must(Permission.KEEP_FINDING_CLASSES)
    own = FindingClass.objects.filter(tenant_id=actor.tenant_id, level=Level(level))
    there = own.filter(name=name.strip()).first()
    if there is not None and there.retired_at is None:
        raise ClassTaken(name=name)
    if there is not None:
        own.filter(pk=there.pk).update(retired_at=None)
    else:
        with refused_by("finding_class_once", ClassTaken(name=name)):
            there = own.create(tenant_id=actor.tenant_id, level=Level(level), name=name.strip())
    audit.record(actor, "sharing.finding_class.added", there)
    return there


@transaction.atomic
def add_usual_classes(*, actor: Actor) -> int:
    """Those that most offices begin with, where they are not there yet. How many were added."""
    actor.must(Permission.KEEP_FINDING_CLASSES)
    there = set(FindingClass.objects.filter(tenant_id=actor.tenant_id).values_list("level", "name"))
    wanted = [(level, name) for level, names in USUAL_CLASSES.items() for name in names]
    made = [
        FindingClass.objects.create(tenant_id=actor.tenant_id, level=level, name=name)
        for level, name in wanted
        if (level.value, name) not in there
    ]
    if made:
        audit.record(actor, "sharing.finding_class.added", made[0], added=len(made))
    return len(made)


@transaction.atomic
def retire_class(*, actor: Actor, number: int) -> None:
    """Offered no longer; papers that have it keep it."""
    actor.must(Permission.KEEP_FINDING_CLASSES)
    own = FindingClass.objects.filter(tenant_id=actor.tenant_id, pk=number)
    one = own.first()
    if one is None:
        raise NotVisible(what="finding_class", number=number)
    if one.retired_at is None:
        own.update(retired_at=now())
        audit.record(actor, "sharing.finding_class.retired", one)
