"""Faults about the city digest: who counts, what is withheld, when it appears."""

from __future__ import annotations

from tests.leaks.shapes import seed

COUNTING = "sharing/migrations/0162_count_for_digests.py"
GUARDING = "sharing/migrations/0161_guard_digests.py"
TABLES = "sharing/migrations/0160_digests.py"
PUBLISHING = "sharing/domain/digest/publishing.py"
MAKING = "sharing/services/making_digests.py"
ROLES = "tests/integration/sharing/test_digest_roles.py"
DIGESTS = "tests/integration/sharing/test_digests.py"
FIGURES = "tests/integration/sharing/test_digest_counting.py"
CASE_9 = (
    f"{DIGESTS}::test_leak_case_9_nothing_is_reconstructed_from_two_digests_of_the_same_records"
)

OF_DIGESTS = (
    seed(
        "digest-small-counts-alone",
        "content",
        "Only small counts are withheld, and nothing looks whether they can be computed",
        CASE_9,
        (
            PUBLISHING,
            "withheld = withheld_of(self.task(blank, decoys, own))",
            "withheld = withheld_of(self.task(blank, decoys, own), linked=False)",
        ),
        (
            PUBLISHING,
            "        if not given_away:\n            return sealed",
            "        return sealed",
        ),
    ),
    seed(
        "digest-to-counties-that-know-themselves",
        "content",
        "A county computes the counts of others from a digest and its own rows",
        CASE_9,
        (MAKING, "insiders=True", "insiders=False"),
    ),
    seed(
        "digest-before-its-day",
        "content",
        "A digest is made and published before its day",
        f"{DIGESTS}::test_none_before_its_day",
        (GUARDING, "AND sec.today() < NEW.appears_on THEN", "AND false THEN"),
    ),
    seed(
        "digest-figures-before-it-is-published",
        "fence",
        "A worker reads again what it sealed",
        f"{ROLES}::test_neither_the_web_nor_a_worker_counts_or_rewrites_what_was_asked",
        (
            TABLES,
            'worker="SELECT (id, tenant_id, digest_id, cipher, key, wrapped), INSERT,',
            'worker="SELECT, INSERT,',
        ),
    ),
    seed(
        "counts-that-nobody-wrote-down",
        "fence",
        "Counts are told in the transaction that asks, which can then be undone",
        f"{ROLES}::test_whoever_undoes_the_question_is_told_nothing",
        (
            COUNTING,
            "\n       AND row.asked_in IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint;",
            ";",
        ),
    ),
    seed(
        "counts-for-anybody",
        "who",
        "Counts across counties are told to whoever is of the city",
        f"{ROLES}::test_nobody_but_the_city_s_director_asks",
        (
            COUNTING,
            "IF NOT FOUND OR NOT sec.acts_as('city_director', 'publish_digest') THEN",
            "IF NOT FOUND THEN",
        ),
    ),
    seed(
        "counts-for-the-web",
        "fence",
        "The web may count across counties",
        f"{ROLES}::test_neither_the_web_nor_a_worker_counts_or_rewrites_what_was_asked",
        (
            COUNTING,
            'TO @statistics@" for name in CALLED)',
            'TO @statistics@, @app@" for name in CALLED)',
        ),
    ),
    seed(
        "statistics-reads-rows",
        "fence",
        "The role that counts reads the offices' directory as rows",
        f"{ROLES}::test_it_reads_no_row_of_any_table",
        (
            COUNTING,
            '"GRANT USAGE ON SCHEMA sec TO @statistics@",',
            '"GRANT USAGE ON SCHEMA sec TO @statistics@",\n'
            '                "GRANT SELECT ON sharing_digestquestion TO @statistics@",',
        ),
    ),
    seed(
        "clues-of-the-city-in-its-counties",
        "content",
        "What the city keeps is counted under a county",
        f"{FIGURES}::test_figures_are_those_of_the_rows_read_otherwise",
        (
            COUNTING,
            "THEN office.code::text ELSE 'city' END",
            "THEN office.code::text ELSE 'dinghai' END",
        ),
    ),
    seed(
        "minimum-lowered-beside-the-first-digest",
        "fence",
        "The director lowers the minimum while the first digest is begun with another",
        "tests/integration/sharing/test_digest_races.py"
        "::test_the_minimum_is_not_lowered_beside_the_first_digest",
        (
            "sharing/migrations/0181_look_afresh.py",
            "with_before(GUARD_DIGEST, PERIOD, AFRESH + LOCK_OF_RULES),",
            "with_before(GUARD_DIGEST, PERIOD, AFRESH),",
        ),
    ),
)
