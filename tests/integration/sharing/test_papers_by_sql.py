"""What the database refuses of papers whoever writes, whatever their code; each beside what it allows."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from sharing.domain.life_cycle import LifeCycle
from sharing.models.papers import WorkingPaper
from sharing.models.reports import InspectionReport
from tests.papers import begun, report_of, submit, to
from tests.people import acting
from tests.teams import Team

STEP = (
    "INSERT INTO sharing_paperstep (tenant_id, record_id, act, hand, after, number, before, by_name,"
    " on_behalf_of, reason, facts) VALUES (%s, %s, %s, %s, %s, 0, '', '', '', '', %s)"
)
TEXT = (
    "INSERT INTO sharing_paperversion (tenant_id, paper_id, number, title, fact, nature,"
    " responsibility, level, class_name, severity, disciplines, why, by_name)"
    " VALUES (%s, %s, %s, 'x', '', '', '', '', '', '', '[]', '', '')"
)


def tried(team: Team, who: str, sql: str, *values: Any, office: str = "dinghai") -> str:
    """The constraint that refused it; empty: done, and undone. `denied`: the role may not."""
    with acting(team.actor(who, office)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, values)
                transaction.set_rollback(True)
        except DatabaseError as error:
            diagnostics = error.__cause__.diag  # type: ignore[union-attr]
            return diagnostics.constraint_name or (
                "denied" if "permission denied" in str(error) else str(error)
            )
    return ""


def step(team: Team, who: str, paper: WorkingPaper, act: str, hand: str, facts: str = "{}") -> str:
    after = LifeCycle.after(paper.life, paper.state, act) if _leads(paper, act) else "leader_signed"
    return tried(team, who, STEP, paper.tenant_id, paper.pk, act, hand, after, facts)


def _leads(paper: WorkingPaper, act: str) -> bool:
    return paper.state in paper.life.by_name[act].since


@pytest.mark.parametrize("column", ["state = 'leader_signed'", "steps = 7", "title = 'x'"])
def test_nobody_writes_state_steps_or_what_repeats_the_text(team: Team, column: str) -> None:
    paper = begun(team)

    for who in ("mei", "tang", "lin"):
        sql = f"UPDATE sharing_workingpaper SET {column} WHERE id = %s"
        assert tried(team, who, sql, paper.pk) == "denied"
    # The twin: what leads on from a draft is its act.
    assert step(team, "mei", paper, "evidence_completed", "finder") == ""


def test_no_step_is_skipped_changed_or_taken_away(team: Team) -> None:
    paper = begun(team)

    assert step(team, "tang", paper, "signed", "team_leader") == "step_in_turn"
    for sql in ("UPDATE sharing_paperstep SET act = 'signed'", "DELETE FROM sharing_paperstep"):
        assert tried(team, "tang", sql) == "denied"
    forged = tried(
        team, "tang", STEP, paper.tenant_id, paper.pk, "meeting_passed", "team_leader", "leader_signed", "{}"
    )  # fmt: skip
    assert forged == "step_in_turn"


@pytest.mark.parametrize(
    ("state", "act", "hand", "theirs", "others"),
    [
        ("draft", "evidence_completed", "finder", "mei", ("tang", "gu", "ruan", "lin", "he")),
        ("meeting_passed", "signed", "team_leader", "tang", ("mei", "gu", "ruan", "lin", "he")),
        ("leader_signed", "taken_back", "team_leader", "tang", ("mei", "wu", "he")),
    ],
)
def test_nobody_acts_in_another_s_hand(
    team: Team, state: str, act: str, hand: str, theirs: str, others: tuple[str, ...]
) -> None:
    paper = to(team, state)

    assert step(team, theirs, paper, act, hand) == ""
    for who in others:
        assert step(team, who, paper, act, hand) == "step_in_ones_own_hand", who


def test_a_leader_whose_room_is_closed_signs_nothing(team: Team) -> None:
    paper = to(team, "meeting_passed")
    with team.django_as("owner"):
        type(team.papers).objects.filter(pk=team.papers.pk).update(until_on="2021-01-01")

    assert step(team, "tang", paper, "signed", "team_leader") == "step_in_ones_own_hand"


def test_a_step_says_who_and_from_where_whatever_it_was_told(team: Team) -> None:
    paper = to(team, "meeting_passed")
    forged = STEP.replace("on_behalf_of, reason", "on_behalf_of, by_id, reason").replace(
        "'', '', '', '', %s", "'draft', '何以宁', '何以宁', 9105, '', %s"
    )
    with acting(team.actor("tang")), connection.cursor() as cursor:
        cursor.execute(
            forged, [paper.tenant_id, paper.pk, "signed", "team_leader", "leader_signed", "{}"]
        )
        one = paper.done.get(act="signed")
        told = (one.number, one.before, one.by_id, one.by_name, one.on_behalf_of)
        assert told == (4, "meeting_passed", 9101, "唐思远", "")


def test_a_text_is_its_finder_s_while_it_is_a_draft(team: Team) -> None:
    paper = begun(team)

    def text(who: str, number: int) -> str:
        return tried(team, who, TEXT, paper.tenant_id, paper.pk, number)

    assert text("mei", 2) == ""
    assert text("mei", 1) == text("mei", 3) == "text_follows_the_newest"
    for who in ("tang", "gu", "ruan", "wu", "lin", "he"):
        assert text(who, 2) == "text_by_its_finder", who
    handed = to(team, "evidence_complete", "另一问题")
    assert tried(team, "mei", TEXT, handed.tenant_id, handed.pk, 2) == "text_stands"
    for sql in ("UPDATE sharing_paperversion SET title = 'x'", "DELETE FROM sharing_paperversion"):
        assert tried(team, "mei", sql) == "denied"


def test_what_a_text_cites_comes_with_it_and_never_later(team: Team) -> None:
    paper = begun(team)
    with acting(team.actor("mei")):
        version = paper.versions.get()
    basis = (
        "INSERT INTO sharing_paperbasis (tenant_id, version_id, position, text_title, article,"
        " edition) VALUES (%s, %s, 9, 'x', '', '')"
    )

    assert tried(team, "mei", basis, paper.tenant_id, version.pk) == "comes_with_its_text"
    assert tried(team, "wu", basis, paper.tenant_id, version.pk) == "comes_with_its_text"


def test_a_paper_is_begun_by_a_member_in_a_room_of_theirs(team: Team) -> None:
    def laid(who: str, room: int, unit: str = team.unit_code, state: str = "draft") -> str:
        return tried(
            team, who,
            "INSERT INTO sharing_workingpaper (tenant_id, room_id, unit_code, unit_name, finder_id,"
            " finder_name, year, sequence, version, title, level, class_name, severity, disciplines,"
            " state, steps) VALUES (9002, %s, %s, '', 9103, '', 0, 99, 7, 'x', '', '', '', '[]', %s, 0)",
            room, unit, state,
        )  # fmt: skip

    assert laid("mei", team.papers.pk) == ""
    assert laid("mei", team.others_papers.pk) == "paper_by_a_member"
    for who in ("ruan", "lin", "wu", "he"):
        assert laid(who, team.papers.pk) == "paper_by_a_member", who
    assert laid("mei", team.papers.pk, "elsewhere") == "paper_of_a_unit_of_its_room"
    assert laid("mei", team.papers.pk, state="leader_signed") == "life_begins_at_its_beginning"


def test_only_the_office_comments_and_only_what_is_in_a_report(team: Team) -> None:
    inside, outside = to(team, "in_report"), to(team, "leader_signed", "另一问题")

    def comment(who: str, paper: WorkingPaper) -> str:
        return tried(
            team, who,
            "INSERT INTO sharing_papercomment (tenant_id, paper_id, of_version, text, by_name)"
            " VALUES (9002, %s, 0, 'x', '')",
            paper.pk,
        )  # fmt: skip

    assert comment("wu", inside) == comment("lin", inside) == ""
    assert comment("wu", outside) == "comment_on_a_report"
    for who in ("mei", "tang", "he", "luo"):
        assert comment(who, inside) == "comment_by_the_office", who


def test_a_paper_goes_where_its_report_goes(team: Team) -> None:
    signed, inside = to(team, "leader_signed"), to(team, "in_report", "另一问题")
    report: InspectionReport = report_of(team)
    into = f'{{"report": {report.pk}}}'

    assert step(team, "tang", signed, "put_in_report", "team_leader", into) == ""
    assert step(team, "tang", signed, "put_in_report", "team_leader") == "paper_with_its_report"
    assert step(team, "he", inside, "approved", "leading_group") == "paper_with_its_report"
    assert step(team, "tang", inside, "taken_back", "team_leader") == ""
    submit(team)
    for paper, act, facts in ((signed, "put_in_report", into), (inside, "taken_back", "{}")):
        assert step(team, "tang", paper, act, "team_leader", facts) == "paper_with_its_report"
