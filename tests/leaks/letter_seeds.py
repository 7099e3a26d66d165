"""Faults in letters: read too early, by others, signed by another."""

from __future__ import annotations

from tests.leaks.shapes import seed

ACCESS = "sharing/access/letters.py"
BY_SERVICE = "tests/integration/sharing/test_letters.py"
SEEN = f"{BY_SERVICE}::test_an_addressee_sees_it_after_it_was_sent_and_no_other_one"

LETTERS = (
    seed(
        "letter-before-it-is-sent",
        "filter",
        "An addressee reads the draft of a letter",
        SEEN,
        (
            ACCESS,
            "filter(_names(actor) | Exists(copied), state__in=WITH_THE_ADDRESSEE)",
            "filter(_names(actor) | Exists(copied))",
        ),
    ),
    seed(
        "letter-to-any-unit",
        "filter",
        "Who speaks for one unit reads letters to all units",
        SEEN,
        (
            ACCESS,
            'named |= Q(goes_to="unit", desk__in=units_spoken_for(actor).values("pk"))',
            'named |= Q(goes_to="unit")',
        ),
    ),
    seed(
        "office-s-steps-to-the-addressee",
        "answer",
        "The addressee is shown who drafted, reviewed and returned the letter",
        SEEN,
        (
            "sharing/selectors/letters.py",
            'steps=list(steps.order_by("number")) if office else [],',
            'steps=list(steps.order_by("number")),',
        ),
    ),
    seed(
        "letter-rewritten-after-the-signature",
        "fence",
        "The text of a letter changes after it was signed",
        f"{BY_SERVICE}::test_a_signed_letter_stands_still",
        (
            "sharing/migrations/0040_send_letters.py",
            "    IF NOT is_office OR (TG_OP = 'UPDATE' AND OLD.state <> 'draft') THEN",
            "    IF NOT is_office THEN",
        ),
    ),
)
