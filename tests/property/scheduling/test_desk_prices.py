"""What is written down of an edit: its price is the difference of two full evaluations, its words
and its JSON can be read back, and no fact stands in it."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduling.domain import goals
from scheduling.domain.desk.appraisal import Appraisal
from scheduling.domain.desk.edits import EditImpossible
from scheduling.domain.desk.price import price_between
from scheduling.domain.masking import mask
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.verify import breaches
from scheduling.mapping.edits import applied, edit_as_json, edit_from, edit_words
from scheduling.mapping.prices import (
    breaches_as_json,
    duties_in,
    price_as_json,
    teams_in,
    with_duties,
)
from tests.property.scheduling.test_desk import edits
from tests.strategies import problems, schedules

QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES: dict[str, str] = {}


def drawn_edit(data: st.DataObject) -> tuple[Problem, Schedule, object, Schedule]:
    problem = mask(data.draw(problems()))
    assume(problem.inspectors and problem.units and problem.teams)
    before = data.draw(schedules(problem))
    edit = data.draw(edits(problem))
    try:
        return problem, before, edit, applied(problem, before, edit)
    except EditImpossible:
        assume(False)
        raise


@QUICK
@given(st.data())
def test_a_stored_price_is_the_difference_of_two_full_evaluations(data: st.DataObject) -> None:
    problem, before, _, after = drawn_edit(data)

    price = price_between(Appraisal(problem, before), after)
    stored = json.loads(json.dumps(price_as_json(problem, before, after, price, NAMES)))

    measured = goals.measures(problem, before), goals.measures(problem, after)
    assert stored["measures"] == {key: [measured[0][key], measured[1][key]] for key in measured[0]}
    tiers = [goals.tier_values(problem, figures) for figures in measured]
    assert stored["tiers"] == [list(pair) for pair in zip(*tiers, strict=True)]
    found = breaches(problem, before), breaches(problem, after)
    new = [breach for breach in found[1] if breach not in set(found[0])]
    gone = [breach for breach in found[0] if breach not in set(found[1])]
    assert stored["new"] == breaches_as_json(problem, after, new, NAMES)
    assert stored["gone"] == breaches_as_json(problem, before, gone, NAMES)


@QUICK
@given(st.data())
def test_an_edit_is_read_back_from_what_was_written_and_said_in_both_languages(
    data: st.DataObject,
) -> None:
    problem, before, edit, after = drawn_edit(data)

    stored = json.loads(json.dumps(edit_as_json(edit)))  # type: ignore[arg-type]
    words = edit_words(problem, before, NAMES, edit)  # type: ignore[arg-type]

    assert edit_from(stored) == edit
    assert applied(problem, before, edit_from(stored)) == after
    assert "{" not in words.zh + words.en
    assert words.zh != words.en


@QUICK
@given(st.data())
def test_teams_and_their_duties_are_read_back_to_the_letter(data: st.DataObject) -> None:
    problem = data.draw(problems())
    schedule = data.draw(schedules(problem))
    people = [person for team in schedule.teams for person in team.people]
    chosen = data.draw(st.lists(st.sampled_from(people), unique=True)) if people else []
    duties = dict.fromkeys(chosen, ("liaison", "archivist"))

    stored = json.loads(json.dumps(with_duties(schedule.teams, duties)))

    assert tuple(teams_in(stored)) == schedule.teams
    assert duties_in(stored) == duties
