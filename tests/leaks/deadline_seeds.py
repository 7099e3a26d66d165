"""Faults in clocks and what is told of them."""

from __future__ import annotations

from tests.leaks.shapes import seed

ACCESS = "sharing/access/deadlines.py"
BY_SERVICE = "tests/integration/sharing/test_deadlines.py"
BY_SQL = "tests/integration/sharing/test_deadlines_by_sql.py"

DEADLINES = (
    seed(
        "clock-of-any-record",
        "filter",
        "Everybody of the office reads the clocks of records that they may not read",
        f"{BY_SERVICE}::test_a_clock_of_a_record_that_one_may_not_read_is_not_there",
        (
            ACCESS,
            'return Q(life=self.life, number__in=self.readers(actor).values("pk"))',
            "return Q(life=self.life)",
        ),
    ),
    seed(
        "clock-says-of-whom",
        "content",
        "The clock of a clue keeps its title, for every list of deadlines",
        f"{BY_SERVICE}::test_of_a_sensitive_record_neither_title_nor_unit_is_kept",
        (
            "sharing/services/deadlines.py",
            'title="" if kind.is_sensitive else waited.title[:200]',
            "title=waited.title[:200]",
        ),
    ),
    seed(
        "clock-moved-by-anybody",
        "fence",
        "A clerk moves the day on which something is due",
        f"{BY_SQL}::test_the_day_is_moved_by_a_director_alone",
        (
            "sharing/migrations/0070_deadlines.py",
            "        AND sec.user_id() IS NOT NULL AND NOT sec.directs('set_terms')\n    THEN\n"
            "        PERFORM sec.refuse('The day is moved",
            "        AND false\n    THEN\n        PERFORM sec.refuse('The day is moved",
        ),
    ),
)
