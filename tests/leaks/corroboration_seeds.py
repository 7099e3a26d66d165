"""Faults in comparing clues: told to others, too early, by one, or across cities."""

from __future__ import annotations

from tests.leaks.shapes import seed

MIGRATION = "sharing/migrations/0151_compare_clues.py"
MATCHING = "sharing/services/matching.py"
AFRESH = "sharing/migrations/0181_look_afresh.py"
BY_SERVICE = "tests/integration/sharing/test_corroboration.py"
BELL = "tests/integration/sharing/test_told_of_hits.py"
TELLS_NOTHING = "tests/integration/sharing/test_corroboration_tells_nothing.py"

CORROBORATION = (
    seed(
        "hits-in-spite-of-a-tie",
        "fence",
        "The office's director reads the notice of a clue to whose subject they have a tie",
        "tests/architecture/test_fence_catalogue.py"
        "::test_every_policy_is_one_of_the_vocabulary_and_there_is_no_other",
        (
            MIGRATION,
            'fence_narrowed("sharing_hitnotice", "sec.sees_office_clue(clue_id)")',
            'fence_narrowed("sharing_hitnotice", "sec.reads_probing_alert(clue_id)")',
        ),
    ),
    seed(
        "tokens-for-the-web",
        "fence",
        "The web's role may select the index of tokens",
        f"{BY_SERVICE}::test_the_index_is_the_matchers_alone",
        (
            MIGRATION,
            '"GRANT USAGE ON SCHEMA matcher, sec TO @matcher@",',
            '"GRANT USAGE ON SCHEMA matcher, sec TO @matcher@, @app@",'
            ' "GRANT SELECT ON ALL TABLES IN SCHEMA matcher TO @app@",',
        ),
    ),
    seed(
        "compared-across-cities",
        "fence",
        "Clues are compared with those of another city (a match that ignores who may know of whom)",
        f"{BY_SERVICE}::test_offices_of_two_cities_are_never_compared",
        (
            MIGRATION,
            "CASE office.kind WHEN 'county' THEN office.parent_id ELSE office.id END,",
            "1,",
        ),
    ),
    seed(
        "consent-of-one-person",
        "fence",
        "Whoever proposed a consent confirms it as well",
        f"{BY_SERVICE}::test_consent_takes_two_people_and_refusing_one",
        (
            MIGRATION,
            "AND (act <> 'confirmed' OR sec.user_id() IS DISTINCT FROM (",
            "AND (act <> 'confirmed' OR 0 IS DISTINCT FROM (",
        ),
    ),
    seed(
        "told-at-once",
        "answer",
        "Both owners are told when their clues are compared, and not at a moment of their own",
        f"{BY_SERVICE}::test_nobody_is_told_before_their_moment",
        (
            MATCHING,
            "WHERE NOT is_told AND told_at <= %s",
            "WHERE NOT is_told AND told_at > '-infinity'::timestamptz + (%s - now())",
        ),
    ),
    seed(
        "led-by-one-side",
        "answer",
        "Offices are named to each other although one of them refused",
        f"{TELLS_NOTHING}::test_refusal_is_silence_is_expiry",
        (
            MATCHING,
            "        if not is_led(one, other, at, moments) or have_one_person(one, other):",
            "        if have_one_person(one, other):",
        ),
    ),
    seed(
        "tie-after-the-consent",
        "fence",
        "A consent stands although one of the two who gave it has declared a tie",
        f"{BY_SERVICE}::test_the_database_takes_it_back_where_the_service_was_not_asked",
        (
            MIGRATION,
            '    ("takes_back", "cluetie", "take_back_consents"),\n',
            "",
        ),
    ),
    seed(
        "bell-of-a-hit-for-all",
        "who",
        "Whoever sits in the office is told by the bell that a clue may be related to another",
        f"{BELL}::test_who_may_answer_is_told_once_and_nobody_else",
        ("sharing/tasks/telling.py", 'Q(AnswersHit(F("number")))', "Q(number__gt=0)"),
    ),
    seed(
        "bell-after-the-clue",
        "fence",
        "The bell of a hit rings on although its own office took the clue back",
        f"{BELL}::test_a_bell_does_not_survive_what_it_is_about",
        (
            "sharing/migrations/0170_tell_of_hits.py",
            "AND notice.state IN ('told', 'proposed') AND notice.withdrawn_at IS NULL",
            "AND notice.state IN ('told', 'proposed')",
        ),
    ),
    seed(
        "quota-believes-the-web",
        "service",
        "A box makes as many tokens as it holds, whatever the quota was told",
        "tests/integration/sharing/test_corroboration_boxes.py"
        "::test_a_box_makes_no_more_tokens_than_the_quota_was_told",
        (
            "sharing/services/making_tokens.py",
            "party_of(json.loads(content), declared)",
            "party_of(json.loads(content), 100)",
        ),
    ),
    seed(
        "quota-of-each-old-snapshot",
        "fence",
        "Whoever opened connections before the first ask has the day's quota in each of them",
        "tests/integration/sharing/test_corroboration_races.py"
        "::test_under_an_old_snapshot_nobody_asks",
        (AFRESH, "with_before(ASK_ABOUT, LOCK_OF_ASKING, AFRESH),", "ASK_ABOUT,"),
    ),
    seed(
        "token-silenced-by-one-office",
        "answer",
        "An office with many clues silences a token for all others, and counts theirs by it",
        "tests/unit/sharing/test_corroboration_matching.py"
        "::test_no_office_silences_a_token_for_others",
        (
            "sharing/domain/corroboration/matching.py",
            "if len(courses) > rules.most_offices:",
            "if sum(map(len, courses)) > rules.most_offices:",
        ),
    ),
)
