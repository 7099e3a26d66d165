"""What offices wait for, with a canary in each text: clocks, a pause, terms, a working day."""

from __future__ import annotations

from datetime import UTC, datetime

from kernel.clock import frozen
from sharing.domain.due_dates import Clock
from sharing.services.deadlines import Asked, pause_clock
from sharing.services.terms import set_office_day, set_terms
from tenancy.actor import Actor
from tests.days import working_day_ahead
from tests.deadlines import begun
from tests.integration.scheduling.world import acting
from tests.security.canaries import Canaries


def lay_deadlines(mark: Canaries, actor: Actor) -> None:
    """A director's. By the real clock: the database asks its own for the day."""
    office = actor.tenant_id
    with frozen(datetime.now(UTC)), acting(actor):
        set_terms(
            actor=actor,
            seen=0,
            profile="reg_2017",
            own={},
            soon_days=5,
            steps=(1,),
            reason=mark(office, "own", "reason of the terms"),
        )
        set_office_day(
            actor=actor,
            on=working_day_ahead(),
            is_worked=False,
            reason=mark(office, "own", "reason of a working day"),
        )
        begun(
            actor,
            title=mark(office, "own", "title of a deadline"),
            asked=Asked(unit=mark(office, "own", "unit that is waited for")),
        )
        paused = begun(
            actor, title=mark(office, "own", "title of a paused one"), clock=Clock.CLUE_RESULT
        )
        reason = mark(office, "own", "reason of a pause")
        pause_clock(actor=actor, number=paused.pk, reason=reason)
