"""Pins: decisions that the scheduler takes before the engine is asked.

A pin is validated by the reader that the engine itself has. Pins that contradict one another
are let in: a run explains them in the rules' words, better than a form could.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kernel.clock import now
from kernel.text import Text
from scheduling.access.pins import pins_visible_to
from scheduling.access.rounds import access_round_to_edit
from scheduling.domain.document import Fault
from scheduling.errors import PinUnreadable
from scheduling.mapping.decisions import pin_key
from scheduling.mapping.pins import pin_faults, pinnable
from scheduling.mapping.problems import rows_of
from scheduling.models.pins import RoundPin
from tenancy import audit
from tenancy.actor import Actor

_WRONG = {
    "inspector": Text(zh="本轮次没有这名人员", en="nobody in the round has this id"),
    "unit": Text(
        zh="本轮次可巡察的单位中没有它", en="no unit up for inspection in the round has this id"
    ),
    "team": Text(zh="本轮次没有这个巡察组", en="the round has no such team"),
    "from": Text(zh="没有这个县（区）", en="there is no such county"),
    "to": Text(zh="没有这个县（区）", en="there is no such county"),
    "role": Text(zh="没有这个职务", en="there is no such role"),
    "start": Text(zh="日期写法不对", en="it is no date"),
}
_FORM = Text(zh="各项内容合不到一起", en="its parts do not go together")


@transaction.atomic
def pin(*, actor: Actor, number: int, content: Mapping[str, Any]) -> RoundPin:
    """Take a decision about round `number`: one pin of the exchange format, by its ids.

    Taking the same decision twice takes it once.
    """
    round_ = access_round_to_edit(actor, number)
    faults = pin_faults(content, pinnable(rows_of(round_, with_facts=False)))
    if faults:
        raise _refusal(faults[0])
    made, is_new = RoundPin.objects.get_or_create(
        tenant_id=actor.tenant_id,
        round=round_,
        key=pin_key(content),
        defaults={"content": dict(content), "set_by": actor.name, "set_at": now()},
    )
    if is_new:
        audit.record(actor, "scheduling.round.pinned", round_, pin=dict(content))
    return made


@transaction.atomic
def unpin(*, actor: Actor, number: int, content: Mapping[str, Any]) -> bool:
    """Take a decision back. False when it does not stand, and nothing was to do.

    Not validated: one that names what is no longer in the round must be removable.
    """
    round_ = access_round_to_edit(actor, number)
    found = pins_visible_to(actor).filter(round=round_, key=pin_key(content))
    gone, _ = found.delete()
    if gone:
        audit.record(actor, "scheduling.round.unpinned", round_, pin=dict(content))
    return bool(gone)


def _refusal(fault: Fault) -> PinUnreadable:
    key = fault.path.removeprefix("$.")
    refusal = PinUnreadable(fault=_WRONG.get(key, _FORM))
    return refusal.at(f"content.{key}") if key in _WRONG else refusal
