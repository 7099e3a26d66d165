"""Faults in papers and findings: who reads them before their time, and what a number tells."""

from __future__ import annotations

from tests.leaks.shapes import seed

ACCESS = "sharing/access/papers.py"
LEAKS = "tests/integration/sharing/test_paper_leaks.py"
BY_SQL = "tests/integration/sharing/test_papers_by_sql.py"
GUARDING = "sharing/migrations/0021_guard_papers.py"
TO_THE_UNIT = f"{LEAKS}::test_the_unit_reads_what_was_fed_back_to_it_and_only_then"

PAPERS = (
    seed(
        "host-reads-drafts",
        "filter",
        "The host county's office reads what its own team is still writing",
        f"{LEAKS}::test_the_host_reads_nothing_before_it_is_in_a_report",
        (ACCESS, "return own.filter(state__in=READ_BY_THE_HOST)", "return own"),
    ),
    seed(
        "unit-reads-before-feedback",
        "filter",
        "Who speaks for the unit reads a finding that was not fed back yet",
        TO_THE_UNIT,
        (
            ACCESS,
            "fed_back = own.filter(state__in=READ_BY_THE_UNIT)",
            "fed_back = own.filter(state__in=READ_BY_THE_HOST)",
        ),
    ),
    seed(
        "unit-reads-every-unit-s",
        "filter",
        "Who speaks for one unit reads what was fed back to all of them",
        f"{LEAKS}::test_who_speaks_for_another_unit_reads_nothing",
        (ACCESS, "return fed_back.filter(fed_back_to(actor))", "return fed_back"),
    ),
    seed(
        "unit-of-another-registry-reads",
        "filter",
        "In a lifted round a body of the city reads the feedback of the county's unit of the same code",
        "tests/integration/sharing/test_units_of_other_registries.py"
        "::test_the_other_body_s_people_read_no_feedback",
        ("sharing/access/contacts.py", "Q(room__host_id=actor.tenant_id, unit", "Q(unit"),
    ),
    seed(
        "report-behind-the-feedback",
        "answer",
        "With the feedback the unit is shown the report itself",
        TO_THE_UNIT,
        (
            "sharing/selectors/reports.py",
            'text=None if for_unit else text_of(report, "report"),',
            'text=text_of(report, "report"),',
        ),
    ),
    seed(
        "gap-in-the-numbers-of-findings",
        "content",
        "A finding is told by its paper's number: a gap tells of what came to nothing, or went as a clue",
        f"{LEAKS}::test_numbers_of_findings_leave_no_gap_that_tells_of_other_papers",
        (
            GUARDING,
            "finding_sequence = COALESCE(paper.finding_sequence, (",
            "finding_sequence = COALESCE(paper.sequence, (",
        ),
    ),
    seed(
        "record-tells-of-the-room",
        "content",
        "The office reads in its record what its team does",
        f"{LEAKS}::test_the_office_s_own_record_tells_nothing_of_the_room",
        (
            "tenancy/domain/acts.py",
            "NOT_TOLD_AT_HOME = _OF_DECLARATIONS | _IN_A_ROOM",
            "NOT_TOLD_AT_HOME = _OF_DECLARATIONS",
        ),
    ),
)
