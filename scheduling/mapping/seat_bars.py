"""Whether a seat is barred, as a refusal: the same words whoever notices it first, the desk's
preview, the service, or the database."""

from __future__ import annotations

from collections.abc import Sequence

from scheduling.domain import goals
from scheduling.domain.desk.bars import bars_in
from scheduling.domain.problem import Schedule, Team
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.domain.verify import Verdicts
from scheduling.errors import PersonCannotCome, SeatBarred
from scheduling.mapping.desk_questions import DeskQuestion


def refusal_of(
    question: DeskQuestion, after: Schedule, changed: Sequence[str]
) -> SeatBarred | PersonCannotCome | None:
    """The first seat of the changed teams that may not be. The other teams are not written,
    so a seat of theirs that is barred by now stands in nobody's way."""
    problem = question.problem
    verdicts = Verdicts(problem)
    for team in teams_of(after, changed):
        for person, role in goals.roles_in(team):
            name = problem.inspector_by_id[person].name
            if person in question.cannot_come:
                return PersonCannotCome(person=name, rule=question.cannot_come[person])
            for bar in bars_in(problem, verdicts, team, person, role):
                return SeatBarred(
                    person=name,
                    unit=problem.unit_by_id[bar.unit].name,
                    title=RULE_BY_CODE[bar.rule].title,
                    rule=bar.rule,
                )
    return None


def changed_codes(before: Schedule, after: Schedule) -> list[str]:
    """The codes of the teams that differ in people or visits."""
    old = {team.id: team for team in before.teams}
    new = {team.id: team for team in after.teams}
    return [code for code in dict.fromkeys((*old, *new)) if old.get(code) != new.get(code)]


def teams_of(schedule: Schedule, codes: Sequence[str]) -> list[Team]:
    """These teams; one that the plan leaves out stands there empty."""
    found = {team.id: team for team in schedule.teams}
    return [found.get(code, Team(code, None, (), (), ())) for code in codes]
