"""Faults about packages: where clues may go, who answers what."""

from __future__ import annotations

from tests.leaks.shapes import seed

TESTS = "tests/integration/sharing/test_packages.py"

PACKAGES = (
    seed(
        "package-of-clues-to-any-office",
        "content",
        "Lists of clues are offered for a package to whichever office",
        f"{TESTS}::test_only_what_its_maker_reads_and_what_may_go_there",
        (
            "sharing/access/packages.py",
            "lists if receiver == office_code(actor) else lists.none()",
            "lists",
        ),
    ),
    seed(
        "package-answers-by-anybody",
        "content",
        "An office answers a letter that was never sent to it",
        f"{TESTS}::test_an_answer_of_an_office_that_did_not_get_the_letter_is_told",
        (
            "sharing/selectors/brought_packages.py",
            "package__receiver_code=office, ",
            "",
        ),
    ),
    seed(
        "package-of-lists-to-a-namesake",
        "filter",
        "A package in which the database hides every record is still in the list",
        f"{TESTS}::test_a_package_does_not_tell_of_lists_to_who_may_not_see_them",
        (
            "sharing/access/packages.py",
            'Q(parts__contains=[{"name": ANSWERS}])',
            "Q(pk__isnull=False)",
        ),
    ),
)
