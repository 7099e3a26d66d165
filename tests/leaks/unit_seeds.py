"""Faults in who speaks for a unit."""

from __future__ import annotations

from tests.leaks.shapes import seed

CONTACTS = "tests/integration/sharing/test_contacts.py"
SPEAKING = "sharing/migrations/0080_speak_for_units.py"

UNITS = (
    seed(
        "anybody-names-who-speaks",
        "who",
        "Whoever runs SQL in an office says who speaks for its units",
        f"{CONTACTS}::test_the_database_lets_the_director_alone_name_and_remove",
        (
            SPEAKING,
            "\n       OR NOT (sec.holds_seat('county_director') OR sec.holds_seat('city_director')) THEN",
            " THEN",
        ),
    ),
    seed(
        "liaison-speaks-without-a-seat",
        "who",
        "For the database a liaison whose seat has ended still speaks for the unit",
        f"{CONTACTS}::test_the_database_knows_who_speaks_for_a_unit",
        (SPEAKING, "\n       AND sec.seated_for_unit(sec.user_id(), capacity)\n", "\n"),
    ),
    seed(
        "hat-does-not-count-for-units",
        "who",
        "Who speaks for a unit is asked of the person, not of the seat that they wear",
        f"{CONTACTS}::test_nobody_speaks_for_a_unit_and_supervises_it",
        ("sharing/access/contacts.py", " or not actor.may(needed)", ""),
    ),
)
