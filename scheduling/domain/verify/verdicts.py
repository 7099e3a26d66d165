"""`breaches` for many plans of one problem that differ in a few teams.

The checks are the same and so is the answer, entry by entry; what was found in a team is kept
and not looked for again while that team stays as it is. A property test holds it to
`breaches`.
"""

from __future__ import annotations

from scheduling.domain.problem import Problem, Schedule, Team
from scheduling.domain.verify.checks import CHECKS, OF_ONE_TEAM
from scheduling.domain.verify.reading import Breach, FilledSlot, Reading

Found = dict[str, tuple[Breach, ...]]  # by rule code


class Verdicts:
    """What the verifier says of plans of `problem`. Keeps every team that it has seen."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._read: dict[Team, FilledSlot] = {}
        self._found: dict[Team, Found] = {}

    def breaches(self, schedule: Schedule) -> list[Breach]:
        """The same list as `verify.breaches(problem, schedule)`."""
        reading = Reading(self._problem, schedule, self._read)
        alone = [self._found_in(team) for team in schedule.teams]
        found: list[Breach] = []
        for code, check in CHECKS.items():
            if code in OF_ONE_TEAM:
                found.extend(breach for team in alone for breach in team.get(code, ()))
            else:
                found.extend(check(reading))
        return list(dict.fromkeys(found))

    def within(self, team: Team) -> tuple[Breach, ...]:
        """The breaches that the team alone shows; the rules across teams are not asked."""
        return tuple(breach for found in self._found_in(team).values() for breach in found)

    def _found_in(self, team: Team) -> Found:
        found = self._found.get(team)
        if found is None:
            reading = Reading(self._problem, Schedule((team,)), self._read)
            every = {code: tuple(CHECKS[code](reading)) for code in CHECKS if code in OF_ONE_TEAM}
            found = self._found[team] = {code: some for code, some in every.items() if some}
        return found
