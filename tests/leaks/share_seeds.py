"""Faults about shares: what a receiver is told, what it still reads, and who is asked for what."""

from __future__ import annotations

from tests.leaks.shapes import seed

LEAKS = "tests/integration/sharing/test_share_leaks.py"
PROGRAMS = "tests/api/test_shares.py"
BODIES = "tests/api/test_share_bodies.py"
SHARES = "tests/integration/sharing/test_shares.py"
APPROVING = "tests/integration/sharing/test_approving_shares.py"

BY_SQL = (
    seed(
        "shared-words-past-the-line",
        "fence",
        "A receiver selects the words of a view, and nobody learns that they were shown",
        f"{LEAKS}::test_leak_case_7_nobody_selects_the_words_past_the_line",
        (
            "sharing/migrations/0140_share_grants.py",
            'app=f"SELECT ({SHOWN_COLUMNS})"',
            'app="SELECT"',
        ),
    ),
    seed(
        "shown-after-its-day",
        "fence",
        "A view is shown after its last day, until some job ends it",
        f"{LEAKS}::test_leak_case_7_what_is_over_is_shown_to_no_statement",
        (
            "sharing/migrations/0142_approve_and_show.py",
            "AND view.until_on > sec.today() AND view.roles",
            "AND view.roles",
        ),
    ),
    seed(
        "shown-after-taking-back",
        "fence",
        "Whoever knows its number is shown a view that was taken back",
        f"{LEAKS}::test_leak_case_7_what_is_over_is_shown_to_no_statement",
        (
            "sharing/migrations/0142_approve_and_show.py",
            "view.id = of_view AND view.taken_back_at IS NULL",
            "view.id = of_view",
        ),
    ),
    seed(
        "view-of-a-view",
        "fence",
        "A receiver makes a view of what it was shown, and passes it on",
        f"{LEAKS}::test_leak_case_7_a_view_is_made_of_no_view",
        (
            "sharing/migrations/0141_walk_share_grants.py",
            "WHEN 'finding' THEN EXISTS (",
            "WHEN 'finding' THEN true OR EXISTS (",
        ),
    ),
    seed(
        "line-to-the-reader",
        "fence",
        "The line of a showing goes to whoever was shown it, and the owner has none",
        f"{SHARES}::test_what_two_people_approved_is_shown_as_they_saw_it",
        (
            "sharing/migrations/0142_approve_and_show.py",
            "VALUES (shown.sender_id, shown.tenant_id, shown.grant_number",
            "VALUES (shown.tenant_id, shown.sender_id, shown.grant_number",
        ),
    ),
    seed(
        "export-unasked",
        "fence",
        "What the grant lets nobody carry away is exported",
        f"{PROGRAMS}::test_a_copy_is_had_where_the_grant_says_so_and_not_else",
        (
            "sharing/migrations/0142_approve_and_show.py",
            "(by_way IN ('export', 'print') AND shown.may_export)",
            "(by_way IN ('export', 'print'))",
        ),
    ),
    seed(
        "widened-by-narrowing",
        "fence",
        "Views that lay beside what was approved come in force by narrowing, checked by nobody",
        f"{APPROVING}::test_what_is_in_force_becomes_no_wider_by_views_left_before",
        (
            "sharing/migrations/0142_approve_and_show.py",
            "RETURN has_next AND sec.share_narrows(one);",
            "RETURN has_next;",
        ),
    ),
    seed(
        "approved-beside-others",
        "fence",
        "What is approved has views of the next edition beside it, which nobody was shown",
        f"{APPROVING}::test_views_left_beside_what_is_approved_let_nobody_approve_it",
        (
            "sharing/migrations/0142_approve_and_show.py",
            "one.asked_by_id = sec.user_id() OR has_next",
            "one.asked_by_id = sec.user_id()",
        ),
    ),
    seed(
        "approved-unseen-by-who-is-tied",
        "fence",
        "Whoever has a tie to a clue approves the share of it, and was shown nothing",
        f"{APPROVING}::test_whoever_has_a_tie_approves_nothing_that_they_are_not_shown",
        (
            "sharing/migrations/0142_approve_and_show.py",
            "       OR sec.share_hides(one) THEN\n        RETURN false;",
            "       THEN\n        RETURN false;",
        ),
    ),
    seed(
        "approval-of-who-stepped-back",
        "fence",
        "An approval counts on after whoever gave it has declared a tie",
        f"{APPROVING}::test_a_tie_declared_after_approving_undoes_the_approval",
        (
            "sharing/migrations/0142_approve_and_show.py",
            "AND walked.by_id <> ALL (sec.stepped_back(one.tenant_id, one.id))",
            "",
        ),
    ),
    seed(
        "director-watches-themselves",
        "fence",
        "The director, who sits in the discipline body as well, watches over the clue they share",
        f"{APPROVING}::test_a_director_who_sits_in_the_discipline_body_does_not_watch_over_themselves",
        (
            "sharing/migrations/0142_approve_and_show.py",
            "((watched AND (of_these >= 2 OR offered))",
            "((watched)",
        ),
    ),
    seed(
        "approval-rises-again",
        "fence",
        "An approval of an earlier edition counts once the words are the same again",
        f"{APPROVING}::test_an_approval_of_an_earlier_edition_does_not_rise_again_with_its_words",
        (
            "sharing/migrations/0142_approve_and_show.py",
            "one.receiver_id::text, one.edition::text,",
            "one.receiver_id::text, '',",
        ),
        (
            "sharing/domain/grants.py",
            "            str(self.edition),",
            '            "",',
        ),
    ),
    seed(
        "noted-from-what-is-approved",
        "fence",
        "The city notes down words of a view that it looks at to approve it",
        f"{APPROVING}::test_nothing_is_noted_down_from_what_is_looked_at_to_approve_it",
        (
            "sharing/migrations/0142_approve_and_show.py",
            "OR (by_way = 'note' AND shown.use = 'reading')",
            "OR (by_way = 'note')",
        ),
    ),
    seed(
        "terms-older-than-their-digest",
        "filter",
        "The page shows terms that were read before those that its approval names",
        f"{APPROVING}::test_terms_changed_while_the_page_is_made_are_not_approved_by_it",
        (
            "sharing/selectors/shares.py",
            'digest=_seen(share, views if is_ours else shown) if use == ShownView.Use.APPROVAL else "",',
            'digest=digest_of(share) if use == ShownView.Use.APPROVAL else "",',
        ),
    ),
    seed(
        "clue-grants-to-the-clerk",
        "fence",
        "Whoever deals with no clues sees that one is shared, with whom and why",
        f"{SHARES}::test_a_clerk_knows_of_no_share_of_clues",
        (
            "tenancy/rls.py",
            "\"AND ('clue' <> ALL ((kinds)::text[]) OR (SELECT sec.may_know_of_clues()))\"",
            '"AND true"',
        ),
    ),
    seed(
        "keys-of-shown-views-in-sequence",
        "content",
        "Views that are shown count through all offices: a gap tells of others",
        f"{LEAKS}::test_leak_case_3_no_number_of_shares_follows_another",
        (
            "sharing/migrations/0140_share_grants.py",
            'AT_RANDOM = ("sharegrant", "shownview")',
            'AT_RANDOM = ("sharegrant",)',
        ),
    ),
)
BY_CODE = (
    seed(
        "reach-to-the-receiver",
        "answer",
        "A receiver asks how far a grant reached, and is answered",
        f"{PROGRAMS}::test_what_is_the_owner_s_alone_is_not_there_for_the_receiver",
        (
            "sharing/selectors/share_reach.py",
            '''nobody else."""
    share = access_own_share(actor, number)''',
            '''nobody else."""
    share = access_share(actor, number)''',
        ),
    ),
    seed(
        "digest-to-the-receiver",
        "answer",
        "A receiver tells by the digest that the owner changed what it may get",
        f"{LEAKS}::test_leak_case_3_the_receiver_cannot_tell_how_often_the_owner_prepared",
        (
            "sharing/selectors/shares.py",
            'digest=_seen(share, views if is_ours else shown) if use == ShownView.Use.APPROVAL else "",',
            "digest=str(share.edition),",
        ),
    ),
    seed(
        "sights-of-any-number",
        "answer",
        "Of a record that is not there it is said that nobody has a view of it",
        f"{LEAKS}::test_leak_case_1_a_third_county_that_guesses_a_number_finds_nothing",
        (
            "sharing/selectors/share_sights.py",
            "if record_to_share(actor, kind, number) is None:",
            "if record_to_share(actor, kind, number) is None and number == 0:",
        ),
    ),
    seed(
        "asked-of-any-office",
        "service",
        "Among offices that are asked, one of another city goes by unseen",
        f"{BODIES}::test_one_office_of_another_city_among_neighbours_undoes_the_whole",
        (
            "sharing/services/asking_for_shares.py",
            "elif len(set(offices)) > AT_ONCE or set(offices) - beside:",
            "elif not set(offices) & beside or len(set(offices)) > AT_ONCE:",
        ),
    ),
    seed(
        "places-passed-over",
        "service",
        "Among places that are left out, one that is none is passed over in silence",
        f"{BODIES}::test_a_place_that_is_none_among_places_that_are_undoes_the_whole",
        (
            "sharing/services/preparing_shares.py",
            "for place in sorted({*further, *left_out} - {one.place for one in before}):",
            "for place in sorted({*further, *left_out} - set(range(200))):",
        ),
    ),
    seed(
        "phrases-passed-over",
        "service",
        "A name that is to be hidden and was misspelt stays in clear, and nobody is told",
        f"{BODIES}::test_a_phrase_that_stands_nowhere_is_said_and_nothing_is_prepared",
        ("sharing/selectors/shared_redactions.py", "    if nowhere:", "    if False:"),
    ),
    seed(
        "views-by-who-sees-shares",
        "who",
        "Whoever sees that something is shared reads it: the permission is another",
        f"{PROGRAMS}::test_a_token_that_sees_shares_reads_no_view",
        (
            "sharing/api/share_views.py",
            '@reads("read_shared_view", Permission.READ_SHARED_VIEWS,',
            '@reads("read_shared_view", Permission.VIEW_SHARES,',
        ),
    ),
    seed(
        "last-approval-told-to-all",
        "who",
        "Whoever is of the office is told whether one approval more puts a share in force",
        "tests/integration/sharing/test_shares.py"
        "::test_whether_an_approval_is_the_last_is_answered_to_whose_it_is",
        (
            "sharing/migrations/0172_last_approval.py",
            "IF NOT sec.holds_own_hand('share_grant', acting) THEN",
            "IF false THEN",
        ),
    ),
    seed(
        "grants-by-who-is-seated",
        "who",
        "An operation of shares is open to whoever has a seat (the wildcard)",
        f"{PROGRAMS}::test_no_operation_is_open_to_whoever_is_seated",
        (
            "sharing/api/share_groups.py",
            '@lists("list_share_offices", Permission.VIEW_SHARES,',
            '@lists("list_share_offices", (),',
        ),
    ),
)
SHARE_FAULTS = (*BY_SQL, *BY_CODE)
