"""Faults in the classes of findings and in the rule library."""

from __future__ import annotations

from tests.leaks.shapes import seed

CATEGORIES = "tests/integration/sharing/test_categories.py"
RULES = "tests/integration/sharing/test_rules.py"
SORTING = "sharing/migrations/0081_sort_findings.py"
LIBRARY = "sharing/migrations/0082_keep_rules.py"

DICTIONARIES = (
    seed(
        "class-passed-off-as-the-city-s",
        "content",
        "A county makes a class of findings that calls itself the city's",
        f"{CATEGORIES}::test_the_database_takes_for_the_city_s_only_what_the_city_issued",
        (SORTING, "IF told IS NULL OR NOT told @>", "IF told IS NULL AND NOT told @>"),
    ),
    seed(
        "article-slipped-into-an-edition",
        "content",
        "An article is added to an edition that findings cite already",
        f"{RULES}::test_the_database_lets_a_director_add_and_nobody_change",
        (LIBRARY, "IF NEW.position NOT BETWEEN 1 AND announced THEN", "IF false THEN"),
    ),
    seed(
        "edition-to-anybody",
        "fence",
        "A city issues its classes to an office that is none of its counties",
        f"{CATEGORIES}::test_the_database_lets_the_city_s_director_alone_issue_and_to_its_counties_alone",
        (
            SORTING,
            "AND (office.id = NEW.sender_id OR office.parent_id = NEW.sender_id)) THEN",
            "AND true) THEN",
        ),
    ),
    seed(
        "class-kept-by-anybody",
        "fence",
        "Somebody other than the director keeps the classes of findings",
        f"{CATEGORIES}::test_the_database_lets_a_director_keep_two_levels_and_rewrite_nothing",
        (
            SORTING,
            "\n       OR NOT (sec.acts_as('county_director', 'keep_categories')"
            "\n               OR sec.acts_as('city_director', 'keep_categories')) THEN",
            " THEN",
        ),
    ),
)
