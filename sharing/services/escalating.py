"""The five letters: what is overdue is urged step by step, each step by a letter to the unit."""

from __future__ import annotations

from django.db import transaction

from sharing.access.due_days import days_of
from sharing.access.letters import must_draft
from sharing.access.rectification import access_item
from sharing.documents.drafts import before
from sharing.domain.assignments import heading_of
from sharing.domain.letters import BLOCKS, LetterKind
from sharing.domain.rectification import FIVE_LETTERS, PLANNING
from sharing.errors.rectification import NotOverdue
from sharing.mapping.addressees import Addressee, To
from sharing.models.letters import Letter
from sharing.models.rectification import RectificationItem
from sharing.services.letters import LetterDraft, drafted
from tenancy.actor import Actor


def letters_owed(item: RectificationItem) -> int:
    """How many of the five are owed for it today, at the office's steps."""
    days = days_of(item.tenant_id)
    return days.terms.steps_owed(days.late_by(item.owed_on))


@transaction.atomic
def escalate(*, actor: Actor, number: int) -> Letter:
    """Begin the next of the five letters for an overdue item. `NotOverdue` while none is owed."""
    item = access_item(actor, number)
    must_draft(actor)
    RectificationItem.objects.select_for_update(no_key=True, of=("self",)).get(
        tenant_id=item.tenant_id, pk=item.pk
    )
    begun = Letter.objects.filter(tenant_id=item.tenant_id, item=item)
    written = begun.exclude(state="discarded").count()
    if written >= letters_owed(item):
        raise NotOverdue
    title = FIVE_LETTERS[written].zh
    to = Addressee("", item.desk.name, To.UNIT, desk_id=item.desk_id)
    draft = LetterDraft("", f"{title}：{item.category}", _body(item))
    return drafted(actor, LetterKind.URGING, draft, to, item=item)


def _body(item: RectificationItem) -> str:
    """While the unit plans, its plan is what is late."""
    by = before(item.owed_on)
    late = f"{by}报送整改方案，至今未报送" if item.state == PLANNING else f"{by}完成，已逾期"
    issue = f"{item.round_name}反馈问题“{heading_of(item.issue)}”"
    return f"{issue}应{late}。\n{BLOCKS[LetterKind.URGING]}"
