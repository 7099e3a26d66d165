"""What the relay does about deadlines, and to whom notices of them are shown."""

from __future__ import annotations

from django.db.models import QuerySet

from scheduling.access.notices import limited
from sharing.access.deadlines import tellings_visible_to
from sharing.domain.notices import KINDS_ABOUT_DEADLINES
from sharing.models.deadlines import DeadlineTold
from sharing.services.reminding import remind_of_deadlines
from tenancy.actor import Actor
from tenancy.relay import chore

chore(remind_of_deadlines)


def _told_as(kind: str) -> None:
    @limited(kind)
    def batches(actor: Actor) -> QuerySet[DeadlineTold, int]:
        """The days on which the actor's own deadlines were told."""
        return tellings_visible_to(actor).filter(kind=kind).values_list("batch", flat=True)


for _kind in KINDS_ABOUT_DEADLINES:
    _told_as(_kind)
