"""Faults in who may."""

from __future__ import annotations

from tests.leaks.shapes import seed

ADDRESSES = (
    "tests/integration/security/test_every_address.py"
    "::test_every_address_answers_every_seat_as_the_table_of_roles_says"
)
MATRIX = "tenancy/domain/matrix/matrix.csv"

WHO = (
    seed(
        "expired-token",
        "who",
        "A token opens the API after its time, and after it was revoked",
        "tests/api/test_tokens.py::test_every_token_that_does_not_hold_is_refused_in_the_same_words",
        (
            "tenancy/middleware.py",
            "if holder is not None and holder.is_in_force:",
            "if holder is not None:",
        ),
    ),
    seed(
        "token-with-all-permissions",
        "who",
        "A token may all that its owner may",
        "tests/api/test_tokens.py::test_it_may_what_its_token_was_given_and_no_more",
        (
            "tenancy/actor.py",
            "return held if self.token_number is None else held & self.token_permissions",
            "return held",
        ),
    ),
    seed(
        "token-opens-pages",
        "who",
        "A program's token opens the pages of people",
        "tests/api/test_tokens.py::test_a_token_opens_the_api_and_no_page",
        (
            "tenancy/middleware.py",
            "if door == API_DOOR and (shown := bearer_token(request)) is not None:",
            "if (shown := bearer_token(request)) is not None:",
        ),
        (
            "tenancy/middleware.py",
            "        request.user = AnonymousUser()\n        holder = tokens.holder_of(shown, address_of(request))\n",
            "        from tenancy.models import User\n\n        holder = tokens.holder_of(shown, address_of(request))\n"
            "        request.user = User(pk=holder.user_id) if holder else AnonymousUser()\n",
        ),
    ),
    seed(
        "forged-call",
        "who",
        "A session's unsafe call is taken from any site (no CSRF check)",
        "tests/api/test_tokens.py::test_a_session_s_unsafe_call_must_not_be_forged_and_a_token_s_cannot_be",
        (
            "platform/httpapi/endpoint.py",
            "            SessionAuthentication().enforce_csrf(request)\n",
            "            pass\n",
        ),
    ),
    seed(
        "open-to-everybody-seated",
        "who",
        "An operation is open to whoever has a seat (the wildcard)",
        "tests/architecture/test_endpoints.py::test_every_verb_of_an_endpoint_says_who_may_call_it",
        (
            "scheduling/api/people.py",
            '@lists("list_people", Permission.VIEW_ROSTER,',
            '@lists("list_people", Everybody.SEATED,',
        ),
        (
            "scheduling/api/people.py",
            "import Call, lists, reads",
            "import Call, Everybody, lists, reads",
        ),
    ),
    seed(
        "another-permission-named",
        "who",
        "An operation names another permission than the service asks for (a slip in the table)",
        "tests/api/test_who_may.py::test_a_call_is_open_to_the_roles_that_hold_its_permission",
        (
            "scheduling/api/people.py",
            '@lists("list_people", Permission.VIEW_ROSTER,',
            '@lists("list_people", Permission.VIEW_NOTICES,',
        ),
    ),
    seed(
        "scheduler-reads-rosters",
        "who",
        "The scheduler's role reads the city's roster, with kin and career",
        "tests/unit/tenancy/test_roles.py::test_the_scheduler_reads_no_roster_and_releases_nobody",
        (
            MATRIX,
            "\nroster_person,read,view_roster,own,-,",
            "\nroster_person,read,view_roster,own,may,",
        ),
    ),
    seed(
        "administrator-with-business",
        "who",
        "An administrator of the platform sees rounds",
        "tests/unit/tenancy/test_roles.py"
        "::test_an_administrator_may_nothing_that_the_offices_do_and_no_other_administrator_may",
        (
            MATRIX,
            "\nround,read,view_round,led,may,may,may,-,-,-,may@city,-,-,-,-,-,may@city,-,-,-,-,",
            "\nround,read,view_round,led,may,may,may,-,-,-,may@city,-,-,-,-,-,may@city,-,-,-,may,",
        ),
    ),
    seed(
        "rule-of-everybody",
        "who",
        "An operation's line in the table of rules is the one that every seat holds",
        "tests/architecture/test_rules.py::test_what_an_endpoint_asks_for_is_what_its_rule_needs",
        (
            "platform/httpapi/operations.csv",
            "\nlist_people,roster_person.read\n",
            "\nlist_people,self.read\n",
        ),
    ),
    seed(
        "rule-misspelt",
        "who",
        "An address names a rule that is none, by a slip of the pen",
        "tests/architecture/test_rules.py::test_every_rule_of_an_address_stands_in_the_table",
        (
            "platform/portal/rules.py",
            '        "roster": Address("roster_person.read"),\n',
            '        "roster": Address("roster_people.read"),\n',
        ),
    ),
    seed(
        "own-seat-decided",
        "who",
        "A seat is put in force by whoever proposed it",
        "tests/property/tenancy/test_four_eyes.py::test_who_decides_is_a_third_person",
        ("tenancy/domain/seats.py", "decider not in (proposer, person)", "decider != person"),
    ),
    seed(
        "everybody-s-sign-ins",
        "who",
        "Whoever asks is told who is signed in at all, and where",
        "tests/integration/tenancy/test_sessions.py"
        "::test_by_sql_nobody_reads_the_table_or_a_colleagues_sessions",
        (
            "tenancy/migrations/0020_sessions.py",
            "THEN one.ended_at IS NULL AND sec.is_security_administrator()",
            "THEN one.ended_at IS NULL",
        ),
    ),
    seed(
        "export-without-permission",
        "who",
        "The export of the roster does not ask for the permission to export",
        "tests/integration/exchange/test_workbooks_out.py"
        "::test_whoever_reads_the_roster_and_may_not_export_it_does_not",
        (
            "scheduling/services/exporting.py",
            "    actor.must(Permission.EXPORT_ROSTER)\n    people = people_visible_to",
            "    people = people_visible_to",
        ),
    ),
    seed(
        "role-not-asked",
        "who",
        "Whoever sees a plan may do everything with it",
        ADDRESSES,
        ("scheduling/access/plans.py", "    actor.must(permission)\n", ""),
    ),
    seed(
        "view-asks-the-database",
        "who",
        "A view fetches a row by itself, past access",
        "tests/architecture/test_contracts.py::test_only_the_layers_for_it_query_the_database",
        (
            "platform/portal/views/rosters.py",
            "    page = open_person(actor=actor, number=number)\n",
            "    page = type(open_person(actor=actor, number=number).line.person).objects.get(\n"
            "        pk=number\n    )\n",
        ),
    ),
)
