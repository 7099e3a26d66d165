"""A look-back: drawn by the database as by the code, visited by its team, opening what was false."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2.extensions import connection as Connection

from kernel.errors import NotAllowed, NotVisible
from sharing.access.look_backs import access_look_back
from sharing.domain.look_backs import LONGEST_NAME, drawn
from sharing.errors.rectification import CannotBeDrawn, NotDrawn, UnitUnknown
from sharing.errors.walking import StepLacks
from sharing.models.look_backs import LookBack
from sharing.selectors.rectification import item_page
from sharing.selectors.rectification_desks import look_back_page
from sharing.services.looking_back import (
    Found,
    act_on_look_back,
    plan_look_back,
    send_team,
    tell_result,
)
from tests.integration.security.ground import browser_of
from tests.integration.sharing.county import County, speak_for, supervise
from tests.integration.sharing.test_rectifying import STEP, assigned, attempt, to
from tests.people import acting
from tests.security.calls import CHANGING

FOUND = (
    "INSERT INTO sharing_lookbackresult (tenant_id, look_back_id, name, verdict, text, by_name, at,"
    " item_id) VALUES (9002, %s, %s, 'false', 'x', '', now(), %s)"
)
PLANNED = (
    "INSERT INTO sharing_lookback (tenant_id, state, steps, title, population, count, seed, drawn,"
    " unit_codes, made_by, made_on)"
    " VALUES (9002, 'planned', 0, 'x', '[]', 1, 'x', '[]', %s, 'x', now())"
)
VILLAGES = [f"第{n}村" for n in range(1, 31)]


def test_its_leader_reads_and_opens_items_of_the_units_covered_alone(county: County) -> None:
    """By page, service, API and database; another unit's closed item is as one that is not there."""
    speak_for(county, ["U02"], "qiao")
    supervise(county, ["U02"], "shen")
    covered, open_one = assigned(county, 2)
    [other] = assigned(county, unit="U02")
    for item in (covered, other):
        to(county, item, "closed_out")
    back = on_site(county, units=["U01"])
    page = county.sees("tang", look_back_page, back.pk)
    assert [one.pk for one in page.items] == [covered.pk]
    assert [one.unit_code for one in page.units] == ["U01"]
    tang, browser = county.actor("tang"), browser_of(county.actor("tang"))
    here = f"/look-backs/{back.pk}/"
    shown = browser.get(here).content.decode()
    assert f'value="{covered.pk}"' in shown
    assert f'value="{other.pk}"' not in shown

    def told(item: int) -> list[Found]:
        first, *others = back.drawn
        return [Found(first, "false", "假", item), *(Found(one, "confirmed") for one in others)]

    for number in (other.pk, open_one.pk, 10**9):
        with acting(tang), pytest.raises(NotDrawn):
            tell_result(actor=tang, number=back.pk, results=told(number))
        with pytest.raises(IntegrityError, match="units that it covers"):
            attempt(county, "tang", FOUND, back.pk, back.drawn[0], number)
    typed = {f"row{n}-verdict": "confirmed" for n in (1, 2)} | {"row0-verdict": "false"}
    answers = {
        re.sub(rf"\b({other.pk}|{10**9})\b", "N", said)
        for number in (other.pk, 10**9)
        for said in [posted_to(browser, f"{here}result/", typed | {"row0-item": number})]
    }
    assert len(answers) == 1, "to the byte"
    assert county.sees("lin", item_page, other.pk).item.state == "closed_out"

    county.by("tang", tell_result, number=back.pk, results=told(covered.pk))
    assert county.sees("lin", item_page, covered.pk).item.state == "in_progress"
    assert county.sees("lin", item_page, other.pk).item.state == "closed_out"


def posted_to(browser: Any, path: str, typed: dict[str, Any]) -> str:
    answer = browser.post(path, typed | {"row0-text": "假"})
    assert answer.status_code == 422
    return CHANGING.sub("", answer.content.decode())


def test_by_sql_no_other_unit_s_item_is_opened_by_its_result(county: County) -> None:
    """Also where a result was written down of an item that the look-back does not cover."""
    [item] = assigned(county)
    to(county, item, "closed_out")
    for units, covers in ((["U02"], False), (["U01"], True)):
        back = on_site(county, units=units)
        with county.team.django_as("superuser"), connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(FOUND, [back.pk, back.drawn[0], item.pk])
            cursor.execute("SET session_replication_role = origin")
        step = (item.pk, "reopened", "team_leader", "in_progress")
        if covers:
            assert attempt(county, "tang", STEP, *step) == 1
        else:
            with pytest.raises(IntegrityError, match="another hand"):
                attempt(county, "tang", STEP, *step)


def test_which_units_it_covers_is_set_with_the_population_and_stands(county: County) -> None:
    with pytest.raises(UnitUnknown) as refused:
        planned(county, units=["U01", "U99"])
    assert refused.value.fields == ("units",)
    back = planned(county, units=["U02", "U01", "U01"])
    assert back.unit_codes == ["U01", "U02"]
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt(
            county, "wu", "UPDATE sharing_lookback SET unit_codes = '[]' WHERE id = %s", back.pk
        )
    assert attempt(county, "wu", PLANNED, '["U01"]') == 1
    with pytest.raises(IntegrityError, match="units of the registry"):
        attempt(county, "wu", PLANNED, '["U99"]')
    with pytest.raises(DatabaseError):
        attempt(county, "wu", PLANNED, '"U01"')


def planned(county: County, **given: Any) -> LookBack:
    whole = {"title": "村级回头看", "population": VILLAGES, "count": 3, "seed": "20260302"}
    made: LookBack = county.by("wu", plan_look_back, **(whole | given))
    return made


def on_site(county: County, **given: Any) -> LookBack:
    back = planned(county, **given)
    for who, name in (("wu", "sampled"), ("he", "approved")):
        county.by(who, act_on_look_back, number=back.pk, act=name)
    county.by("wu", send_team, number=back.pk, room=county.team.papers.pk)
    begun: LookBack = county.by("tang", act_on_look_back, number=back.pk, act="begun")
    return begun


def test_the_database_draws_what_the_code_draws(county: County) -> None:
    back = planned(county)
    back = county.by("wu", act_on_look_back, number=back.pk, act="sampled")

    assert back.drawn == drawn(VILLAGES, 3, "20260302")
    step = county.sees("lin", look_back_page, back.pk).steps[-1]
    assert step.facts == {"method": "SHA-256", "seed": "20260302", "count": 3}
    again = planned(county, population=list(reversed(VILLAGES)))
    again = county.by("wu", act_on_look_back, number=again.pk, act="sampled")
    assert again.drawn == back.drawn


def test_both_draw_the_same_of_any_names(superuser_connection: Connection) -> None:
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.text(
                st.characters(exclude_characters="\0", exclude_categories=["Cs"]),
                min_size=1,
                max_size=LONGEST_NAME,
            ),
            min_size=1,
            unique=True,
        ),
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1),
    )
    def same(names: list[str], seed: str) -> None:
        count = (len(names) + 1) // 2
        with superuser_connection.cursor() as cursor:
            cursor.execute("SELECT sec.drawn(to_jsonb(%s::text[]), %s, %s)", [names, count, seed])
            [(found,)] = cursor.fetchall()
        assert found == drawn(names, count, seed)

    same()


def test_who_returns_it_has_it_drawn_again_and_both_draws_stay(county: County) -> None:
    back = planned(county)
    county.by("wu", act_on_look_back, number=back.pk, act="sampled")
    back = county.by("he", act_on_look_back, number=back.pk, act="returned", reason="范围不全")
    assert back.drawn == []
    back = county.by("wu", act_on_look_back, number=back.pk, act="sampled")
    acts = [step.act for step in county.sees("lin", look_back_page, back.pk).steps]
    assert acts == ["population_set", "sampled", "returned", "sampled"]


def test_what_was_false_is_open_again_and_counted(county: County) -> None:
    true, false = assigned(county, 2)
    to(county, true, "closed_out")
    to(county, false, "closed_out")
    back = on_site(county, units=["U01"])
    first, second, third = back.drawn
    results = [
        Found(first, "confirmed", item=true.pk),
        Found(second, "false", "台账造假", false.pk),
        Found(third, "new_finding", "另有问题"),
    ]
    county.by("tang", tell_result, number=back.pk, results=results)

    assert county.sees("lin", item_page, true.pk).item.state == "closed_out"
    page = county.sees("lin", item_page, false.pk)
    assert (page.item.state, page.item.reopened) == ("in_progress", 1)
    assert (page.steps[-1].act, page.steps[-1].reason) == ("reopened", "台账造假")
    closed = county.by("lin", act_on_look_back, number=back.pk, act="closed")
    assert closed.state == "closed"


def test_the_team_alone_tells_and_of_everybody_drawn(county: County) -> None:
    [item] = assigned(county)
    back = on_site(county)
    first, second, third = back.drawn
    tang, ruan, lin = (county.actor(who) for who in ("tang", "ruan", "lin"))
    whole = [Found(name, "confirmed") for name in back.drawn]
    with acting(ruan), pytest.raises(NotVisible):
        access_look_back(ruan, back.pk)
    with acting(lin), pytest.raises(NotAllowed):
        tell_result(actor=lin, number=back.pk, results=whole)
    with acting(tang), pytest.raises(StepLacks):
        tell_result(actor=tang, number=back.pk, results=whole[:2])
    for wrong in (
        Found("第99村", "confirmed"), Found(first, "false", "x"), Found(second, "new_finding"),
        Found(third, "false", "x", 10**9), Found(third, "false", "", item.pk),
    ):  # fmt: skip
        with acting(tang), pytest.raises(NotDrawn):
            tell_result(actor=tang, number=back.pk, results=[*whole, wrong])
    assert county.by("tang", tell_result, number=back.pk, results=whole).state == "told"


@pytest.mark.parametrize(
    "wrong", [{"count": 31}, {"count": 0}, {"population": ["甲", "甲"]}, {"population": []}]
)
def test_what_cannot_be_drawn_is_refused(county: County, wrong: dict[str, Any]) -> None:
    with pytest.raises(CannotBeDrawn):
        planned(county, **wrong)


def test_nobody_picks_who_is_drawn(county: County) -> None:
    back = planned(county)
    change = "UPDATE sharing_lookback SET {} WHERE id = %s"
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt(county, "lin", change.format("drawn = '[\"第1村\"]'"), back.pk)
    # Nor is one planned with names that are drawn already; the twin is drawn of none.
    plan = (
        "INSERT INTO sharing_lookback (tenant_id, state, steps, title, population, count, seed, drawn,"
        " unit_codes, made_by, made_on) SELECT tenant_id, 'planned', 0, title, population, count, seed,"
        " %s::jsonb, unit_codes, made_by, made_on FROM sharing_lookback WHERE id = %s"
    )
    assert attempt(county, "wu", plan, "[]", back.pk) == 1
    with pytest.raises(IntegrityError, match="before it draws"):
        attempt(county, "wu", plan, '["第1村"]', back.pk)
    assert attempt(county, "wu", change.format("seed = 'x'"), back.pk) == 1
    with pytest.raises(IntegrityError, match="before it draws"):
        attempt(county, "qiao", change.format("seed = 'x'"), back.pk)
    county.by("wu", act_on_look_back, number=back.pk, act="sampled")
    with pytest.raises(IntegrityError, match="before it draws"):
        attempt(county, "wu", change.format("seed = 'x'"), back.pk)


def test_the_database_takes_results_of_the_team_alone(county: County) -> None:
    back = on_site(county)
    found = (
        "INSERT INTO sharing_lookbackresult (tenant_id, look_back_id, name, verdict, text, by_name, at)"
        " VALUES (9002, %s, %s, 'confirmed', '', '', now())"
    )
    assert attempt(county, "mei", found, back.pk, back.drawn[0]) == 1
    with pytest.raises(IntegrityError, match="that was drawn"):
        attempt(county, "mei", found, back.pk, "第99村")
    for who in ("lin", "ruan", "qiao"):
        with pytest.raises(IntegrityError, match="Its team says"):
            attempt(county, who, found, back.pk, back.drawn[0])
