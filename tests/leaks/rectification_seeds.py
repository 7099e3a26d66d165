"""Faults in rectification: whose items, whose hand, whose draw."""

from __future__ import annotations

from tests.leaks.shapes import seed

ACCESS = "sharing/access/rectification.py"
RECTIFYING = "sharing/migrations/0041_rectify.py"
BY_SERVICE = "tests/integration/sharing/test_rectifying.py"
LOOKING_BACK = "tests/integration/sharing/test_looking_back.py"

RECTIFICATION = (
    seed(
        "items-of-every-unit",
        "filter",
        "Who speaks for one unit reads the items of all units",
        f"{BY_SERVICE}::test_everybody_sees_theirs_and_nothing_else",
        (
            ACCESS,
            'return items.filter(desk__in=units_spoken_for(actor).values("pk"))',
            "return items",
        ),
    ),
    seed(
        "claimant-checks",
        "fence",
        "Whoever claimed that an item is done checks it, in a later seat",
        f"{BY_SERVICE}::test_who_claimed_does_not_check_whatever_they_hold",
        (
            RECTIFYING,
            " AND NOT {DONE_BY_ME.format(chr(39) + 'claimed' + chr(39))}\"",
            '"',
        ),
    ),
    seed(
        "checker-closes",
        "fence",
        "Whoever claimed or checked an item closes it",
        f"{BY_SERVICE}::test_who_checked_does_not_close",
        (
            RECTIFYING,
            """DONE_BY_ME.format("'claimed', 'checked_done'")""",
            """DONE_BY_ME.format("'nothing'")""",
        ),
    ),
    seed(
        "drawn-by-hand",
        "fence",
        "Who is looked back at is picked, and not drawn",
        f"{LOOKING_BACK}::test_nobody_picks_who_is_drawn",
        (RECTIFYING, "NEW.drawn <> '[]' OR NOT is_office", "false OR NOT is_office"),
    ),
    seed(
        "result-of-whom-nobody-drew",
        "fence",
        "A team tells results of a village that was not drawn",
        f"{LOOKING_BACK}::test_the_database_takes_results_of_the_team_alone",
        (RECTIFYING, " OR NOT one.drawn ? NEW.name\n", "\n"),
    ),
    seed(
        "look-back-at-every-unit",
        "filter",
        "The leader of a look-back reads closed items of units that it does not cover",
        f"{LOOKING_BACK}::test_its_leader_reads_and_opens_items_of_the_units_covered_alone",
        (
            "sharing/access/look_backs.py",
            'state="closed_out", desk__unit_code__in=back.unit_codes',
            'state="closed_out"',
        ),
    ),
    seed(
        "look-back-opens-every-unit-s",
        "fence",
        "A result of a look-back opens an item of a unit that it does not cover",
        f"{LOOKING_BACK}::test_by_sql_no_other_unit_s_item_is_opened_by_its_result",
        (
            "sharing/migrations/0134_cover_units.py",
            "led(BEFORE, IN_ITS_ROOM, IN_ITS_ROOM + COVERED)",
            "led(BEFORE, IN_ITS_ROOM, IN_ITS_ROOM)",
        ),
    ),
)
