"""What the database refuses of findings and their items, whoever writes; each beside what it allows."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connection, transaction

from sharing.models.papers import WorkingPaper
from sharing.models.rectification import RectificationItem
from tests.integration.sharing.county import County, take_in_unit_of_team
from tests.integration.sharing.test_assigning import assign, report
from tests.integration.sharing.test_rectifying import SERVED, assigned, to
from tests.papers import approve, serve
from tests.papers import to as paper_to
from tests.people import acting

STEP = (
    "INSERT INTO sharing_{}step (tenant_id, record_id, act, hand, after, number, before, by_name,"
    " on_behalf_of, reason, facts) VALUES (%s, %s, %s, %s, %s, 0, '', '', '', '', %s)"
)
ITEM = (
    "INSERT INTO sharing_rectificationitem (tenant_id, state, steps, desk_id, round_name, position,"
    " issue, category, source_life, served_on, leader_name, plan_due_on, concentrated_until, goal,"
    " measures, lead, department, head, withheld_because, disclosure, claims, sent_back, reopened,"
    " report_id) SELECT tenant_id, 'assigned', 0, {desk}, {round}, 77, {issue}, category, '', {day},"
    " '', plan_due_on, concentrated_until, '', '', '', '', '', '', '', 0, 0, 0, {report}"
    " FROM sharing_rectificationitem WHERE id = {like} RETURNING id"
)


def tried(county: County, who: str, *statements: tuple[str, list[Any]]) -> str:
    """The constraint that refused them, together and at their end; empty: done, and undone."""
    with acting(county.actor(who)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for sql, values in statements:
                    cursor.execute(sql, values)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                transaction.set_rollback(True)
        except DatabaseError as error:
            diagnostics = error.__cause__.diag  # type: ignore[union-attr]
            return diagnostics.constraint_name or (
                "denied" if "permission denied" in str(error) else str(error)
            )
    return ""


def paper_step(paper: WorkingPaper, act: str, after: str, facts: str = "{}") -> Any:
    hand = "team_leader" if act == "reopened" else "office_director"
    return STEP.format("paper"), [paper.tenant_id, paper.pk, act, hand, after, facts]


def item_step(item: RectificationItem, act: str, after: str) -> Any:
    return STEP.format("rectification"), [
        item.tenant_id, item.pk, act, "office_director", after, "{}",
    ]  # fmt: skip


def test_findings_and_items_are_kept_in_step(county: County) -> None:
    take_in_unit_of_team(county)
    first, second = (paper_to(county.team, "in_report", title) for title in ("第一", "第二"))
    approve(county.team)
    serve(county.team, SERVED)
    [item] = assign(county, first)
    [stranger] = assigned(county)  # of no report, of another unit

    _laid_as_it_was_served(county, item, second)
    _assigned_where_it_stands(county, item, stranger, second)
    denied = ("UPDATE sharing_workingpaper SET item_id = %s WHERE id = %s", [item.pk, second.pk])
    assert tried(county, "lin", denied) == "denied"

    closing = paper_step(first, "closed", "closed")
    assert tried(county, "lin", closing) == "finding_with_its_item", "its item is open"
    to(county, item, "accepted")
    ending = item_step(item, "closed_out", "closed_out")
    assert tried(county, "lin", ending) == "item_with_its_findings", "its finding is left open"
    assert tried(county, "lin", ending, closing) == ""
    reopening = paper_step(first, "reopened", "rectifying")
    assert tried(county, "lin", ending, closing, reopening) == "finding_with_its_item"


def _laid_as_it_was_served(county: County, item: RectificationItem, paper: WorkingPaper) -> None:
    """An item from a report, by SQL, with one thing other than it is."""
    with acting(county.actor("lin")):
        text = paper.versions.get(number=paper.version)
    true = {
        "desk": "desk_id", "round": "round_name", "day": "served_on", "report": str(report(county)),
        "like": str(item.pk), "issue": "%s",
    }  # fmt: skip
    words = [f"{text.title}\n{text.fact}"]
    tie = STEP.format("paper").replace(
        "VALUES (%s, %s, %s, %s, %s, 0, '', '', '', '', %s)",
        "SELECT %s, %s, 'assigned', 'office_director', 'rectifying', 0, '', '', '', '',"
        " jsonb_build_object('rectification', max(id)) FROM sharing_rectificationitem",
    )
    tied = (tie, [paper.tenant_id, paper.pk])
    assert tried(county, "lin", (ITEM.format(**true), words), tied) == ""
    assert tried(county, "lin", (ITEM.format(**true), words)) == "rectification_of_a_finding"
    other = str(county.desk("U02").pk)
    for wrong in ({"desk": other}, {"round": "'另一轮'"}, {"day": "served_on + 1"}):
        made = (ITEM.format(**(true | wrong)), words)
        assert tried(county, "lin", made, tied) == "rectification_from_its_report", wrong
    rewritten = (ITEM.format(**true), ["另一说法"])
    assert tried(county, "lin", rewritten, tied) == "finding_with_its_item"


def _assigned_where_it_stands(
    county: County, item: RectificationItem, stranger: RectificationItem, paper: WorkingPaper
) -> None:
    for number in (item.pk, stranger.pk, 10**9, "null", '"x"'):
        facts = f'{{"rectification": {number}}}'
        step = paper_step(paper, "assigned", "rectifying", facts)
        assert tried(county, "lin", step) == "finding_with_its_item", number
