"""Terms and pauses, from their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sharing.domain.due_dates import Clock, Pause
from sharing.domain.evaluations import STANDARD, numbers_of, parameters_from
from sharing.domain.terms import STANDARD_TERMS, OfficeTerms
from sharing.models.deadlines import DeadlinePause, TermProfile


def terms_from(row: TermProfile | None) -> OfficeTerms:
    """None: the office, or the clock, has the standard ones."""
    if row is None:
        return STANDARD_TERMS
    own = {Clock(clock): days for clock, days in row.own.items()}
    evaluation = parameters_from(row.evaluation) if row.evaluation else STANDARD
    return OfficeTerms(row.profile, own, row.soon_days, tuple(row.steps), evaluation)


def stored(terms: OfficeTerms) -> Mapping[str, Any]:
    """The columns of a version."""
    return {
        "profile": terms.profile,
        "own": {str(clock): days for clock, days in terms.own.items()},
        "soon_days": terms.soon_days,
        "steps": list(terms.steps),
        "evaluation": {} if terms.evaluation == STANDARD else numbers_of(terms.evaluation),
    }


def pauses_from(rows: Iterable[DeadlinePause]) -> list[Pause]:
    return [Pause(row.first, row.until) for row in rows]
