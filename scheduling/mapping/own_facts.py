"""Why somebody is barred, in words: for their own office, from its own roster.

The released facts are the worker's. What an office keeps in its roster it may read itself, so
its own people can be explained to whoever there may see the roster; to nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from kernel.text import Text
from scheduling.domain.desk.reasons import facts_of
from scheduling.mapping.decisions import Decisions
from scheduling.mapping.problems import RoundRows, document_of, problem_in, rows_of
from scheduling.mapping.snapshots import released_facts
from scheduling.models.releases import ReleasedPerson
from scheduling.models.rosters import Person
from scheduling.models.rounds import InspectionRound


def own_facts(
    round_: InspectionRound, person: Person, released: ReleasedPerson, unit: str
) -> Sequence[Text]:
    """The facts of the roster that keep `person` from the unit, each once.

    By the roster as it stands now: it may have moved on since the release.
    """
    rows = rows_of(round_, with_facts=False)
    alone: RoundRows = replace(
        rows,
        people=[released],
        facts={released.pk: released_facts(person, released)},
        declared=Decisions((), (), {}),
    )
    problem = problem_in(json.dumps(document_of(alone), ensure_ascii=False))
    if unit not in problem.unit_by_id or not problem.unit_by_id[unit].inspectable:
        return ()
    return facts_of(problem, next(iter(alone.person_by_id)), unit)
