"""What one side does about a hit: consent of two, or not.

Nothing of the other side is looked at, so that each act takes the same statements and gives the same
answers whatever the other side did.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from kernel.clock import now
from sharing.access.corroboration import access_hit_notice
from sharing.access.office_clues import hands_on_office_clue
from sharing.domain.corroboration.consent import ANSWER, HINDRANCES, Hindrance, Step, hindrance
from sharing.errors.corroboration import AnswersElsewhere, HitNotAnswered
from sharing.errors.walking import StepOutOfTurn, StepUnknown
from sharing.mapping.hit_notices import notice_of
from sharing.models.corroboration import HitNotice, HitNoticeStep
from sharing.models.office_clues import OfficeClue
from sharing.services.walking import walk
from tenancy.actor import Actor
from tenancy.db import ask

CONSENTING = frozenset({"proposed", "confirmed"})


@transaction.atomic
def answer_hit(*, actor: Actor, number: int, act: str, reason: str = "") -> HitNotice:
    """`StepUnknown`, `HitNotAnswered`, `AnswersElsewhere`, those of `walk`."""
    notice = access_hit_notice(actor, number)
    if act not in ANSWER.by_name:
        raise StepUnknown
    steps = HitNoticeStep.objects.filter(tenant_id=actor.tenant_id, record=notice)
    so_far = notice_of(notice, steps.order_by("number"))
    # Steps bear the database's time, and its clock may be ahead of ours.
    step = Step(act, actor.person_id, max([now(), *(one.at for one in so_far.steps)]))
    found = hindrance(so_far, step)
    if found is Hindrance.OUT_OF_TURN:
        raise StepOutOfTurn(state=ANSWER.states[notice.state], act=ANSWER.by_name[act].title)
    if found is not None:
        raise HitNotAnswered(why=HINDRANCES[found])
    if act in CONSENTING and ask("SELECT sec.answers_elsewhere()"):
        raise AnswersElsewhere
    walk(actor=actor, record=notice, act=act, hands=hands_on_office_clue(actor), reason=reason)
    return notice


def take_back_consents(*, actor: Actor, clue: OfficeClue) -> None:
    """The actor has a tie to the clue's subject: what they consented to is no consent any more.

    In their own name, before the tie hides the clue from them; the database does the same for whoever forgets it."""
    open_ones = HitNotice.objects.filter(
        tenant_id=actor.tenant_id,
        clue=clue,
        state__in=("proposed", "consented"),
        withdrawn_at__isnull=True,
        answer_until__gt=now(),
    )
    for notice in open_ones:
        steps = HitNoticeStep.objects.filter(tenant_id=actor.tenant_id, record=notice)
        standing = _standing(steps.order_by("number"))
        if actor.user_id in {one.by_id for one in standing}:
            walk(
                actor=actor,
                record=notice,
                act="taken_back",
                hands=hands_on_office_clue(actor),
                reason="不再参与该线索",
            )


def _standing(steps: Iterable[HitNoticeStep]) -> list[HitNoticeStep]:
    """Those of the consent that was not taken back."""
    standing: list[HitNoticeStep] = []
    for one in steps:
        standing = [*standing, one] if one.act in CONSENTING else []
    return standing
