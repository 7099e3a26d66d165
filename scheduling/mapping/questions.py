"""A frozen question as the web may read it: the masked problem."""

from __future__ import annotations

from scheduling.domain.document import read_problem
from scheduling.domain.problem import Problem
from scheduling.models.questions import FrozenQuestion

KEPT_IN_MEMORY = 16  # problems of this process

_known: dict[str, Problem] = {}


def masked_problem(question: FrozenQuestion) -> Problem:
    """The masked problem of a question that the caller was given access to.

    Problems never change and their hash names them, so each process reads one once: reading a
    round of 900 people takes about a second. With `question.masked` deferred, one that is known
    costs no trip to the database.
    """
    sha256 = question.masked_sha256
    problem = _known.get(sha256)
    if problem is None:
        problem = read_problem(question.masked.encode())
        while len(_known) >= KEPT_IN_MEMORY:
            _known.pop(next(iter(_known)), None)
        _known[sha256] = problem
    return problem
