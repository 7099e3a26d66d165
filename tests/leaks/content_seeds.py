"""Faults in what crosses from one office to another."""

from __future__ import annotations

from tests.leaks.shapes import seed

RELEASING = "tests/integration/scheduling/test_releasing.py"
DECLARING = "tests/integration/scheduling/test_declaring.py"

CONTENT = (
    seed(
        "mask-lets-a-fact-through",
        "content",
        "The masked question carries the native place",
        "tests/integration/exchange/test_a_round_out_and_a_plan_in.py"
        "::test_what_leaves_holds_people_and_units_and_no_fact_about_anybody",
        (
            "scheduling/domain/masking.py",
            "            native=None,\n",
            "            native=inspector.native,\n",
        ),
    ),
    seed(
        "fact-crosses-with-the-release",
        "content",
        "A released person's post is filled from their home unit, which stays at home",
        "tests/api/test_what_stays_home.py::test_no_call_of_another_office_shows_them",
        (
            "scheduling/mapping/snapshots.py",
            "        post=person.post,\n",
            "        post=person.home_unit,\n",
        ),
    ),
    seed(
        "absence-with-its-reason",
        "content",
        "Why somebody is away crosses with the dates",
        f"{RELEASING}::test_absences_cross_as_dates_and_never_with_their_reason",
        (
            "scheduling/mapping/snapshots.py",
            'away=[{"from": absence["from"], "to": absence["to"]} for absence in person.absences],',
            "away=[dict(absence) for absence in person.absences],",
        ),
    ),
    seed(
        "notice-says-who",
        "content",
        "The notice of a declaration says who declared",
        f"{DECLARING}::test_not_even_the_own_city_s_notice_says_who_it_was",
        (
            "scheduling/services/declaring.py",
            "_tell_leading_office(replace(actor, user_id=None), about)",
            "_tell_leading_office(actor, about)",
        ),
    ),
    seed(
        "record-says-why",
        "content",
        "The audit line of a declaration names its kind",
        f"{DECLARING}::test_the_record_says_who_and_of_whom_and_not_what",
        (
            "scheduling/services/declaring.py",
            "        is_new=is_new,\n",
            "        is_new=is_new,\n        kind=tie.kind,\n",
        ),
    ),
    seed(
        "flag-told-from-leave",
        "content",
        "Whoever tries to take it back learns whether the discipline body said it",
        f"{DECLARING}::test_nobody_finds_out_by_taking_it_back",
        (
            "scheduling/services/declaring.py",
            "    if may_only_stand(found) and not actor.may(Permission.DECLARE_UNAVAILABLE):\n        raise OnlyTheDisciplineBodyTakesItBack\n",
            "",
        ),
    ),
    seed(
        "text-as-it-was-typed",
        "content",
        "One word is kept in as many ways as keyboards send it",
        "tests/security/test_naughty_strings.py"
        "::test_a_name_is_kept_composed_and_shown_as_text_that_turns_nothing_around",
        (
            "platform/portal/http.py",
            '[normalize("NFC", value) for value in values]',
            "values",
        ),
    ),
)
