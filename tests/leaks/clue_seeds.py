"""Faults about clues, who gave them, and who interceded."""

from __future__ import annotations

from tests.leaks.shapes import seed

WALKING = "sharing/migrations/0031_walk_clues.py"
READING = "sharing/migrations/0130_index_lists.py"
SEALING = "sharing/migrations/0033_seal_informants.py"
BY_SERVICE = "tests/integration/sharing/test_clues.py"
INFORMANTS = "tests/integration/sharing/test_informants.py"
INTERFERENCE = "tests/integration/sharing/test_interference.py"
HIDDEN = f"{BY_SERVICE}::test_leak_case_3_of_a_city_managed_clue_the_host_county_has_nothing"
COUNTED = f"{BY_SERVICE}::test_a_county_managed_clue_arrives_in_the_county_and_the_city_reads_its_state_alone"

CLUES = (
    seed(
        "clue-to-the-host-whoever-manages",
        "content",
        "A clue about a cadre of the city is delivered to the host county",
        HIDDEN,
        (
            WALKING,
            "WHEN one.management_level = 'city_managed' THEN room.tenant_id",
            "WHEN false THEN 0",
        ),
    ),
    seed(
        "clue-numbers-of-all-offices",
        "content",
        "Numbers of the register count through all offices: a gap tells of the city's",
        HIDDEN,
        (
            WALKING,
            "WHERE other.tenant_id = NEW.tenant_id AND other.year = that_year)",
            "WHERE other.year = that_year)",
        ),
    ),
    seed(
        "receipts-of-all-offices",
        "content",
        "Receipts count through all offices",
        HIDDEN,
        (
            WALKING,
            "WHERE one.tenant_id = OLD.tenant_id AND one.receipt_year = NEW.receipt_year);",
            "WHERE one.receipt_year = NEW.receipt_year);",
        ),
    ),
    seed(
        "clue-keys-of-a-sequence",
        "content",
        "Keys of the register come from one sequence of all offices",
        f"{BY_SERVICE}::test_keys_that_a_county_sees_are_of_no_sequence",
        (WALKING, '    ("drawn", "BEFORE INSERT", "officeclue", "key_at_random"),\n', ""),
    ),
    seed(
        "clue-read-by-the-city-s-office",
        "fence",
        "The city's director reads what a team has registered",
        f"{BY_SERVICE}::test_until_it_is_signed_nobody_beside_the_team_reads_a_word",
        (
            READING,
            "    RETURN EXISTS (\n        SELECT FROM public.sharing_roommember",
            "    RETURN sec.holds_own_hand('clue', 'office_director') OR EXISTS (\n"
            "        SELECT FROM public.sharing_roommember",
        ),
    ),
    seed(
        "register-without-the-hand-over",
        "fence",
        "The discipline body reads clues that were not handed over yet",
        f"{BY_SERVICE}::test_the_discipline_body_sees_a_clue_from_the_day_it_is_handed_over",
        (READING, "    IF handed_over IS NOT NULL THEN", "    IF true THEN"),
    ),
    seed(
        "tie-passed-over",
        "fence",
        "Who declared a tie to the subject reads the clue on",
        f"{BY_SERVICE}::test_r19_a_declared_tie_takes_the_clue_out_of_their_sight",
        (
            READING,
            "tie.clue_id = of_clue AND tie.user_id = said[2])",
            "tie.clue_id = of_clue AND false)",
        ),
    ),
    seed(
        "team-s-list-of-anybody",
        "filter",
        "A member's list shows what colleagues have registered",
        f"{BY_SERVICE}::test_of_the_team_the_leaders_see_all_and_a_member_their_own",
        ("sharing/access/clues.py", "return found.filter(mine)", "return found"),
        (
            READING,
            "(registered_by = said[2] AND seat.role IN",
            "(seat.role IN",
        ),
    ),
    seed(
        "deputy-leader-of-the-county",
        "fence",
        "A deputy leader from the county inspected reads the team's clues",
        "tests/integration/sharing/test_posts.py"
        "::test_a_deputy_leader_of_the_county_reads_of_the_clues_only_their_own",
        (READING, "AND NOT (sec.for_outsiders(of_room, 'clues') AND", "AND NOT (false AND"),
    ),
    seed(
        "petitions-of-the-whole-team",
        "fence",
        "Whoever works in the room reads its petitions",
        "tests/integration/sharing/test_petitions.py"
        "::test_the_post_registers_and_nobody_else_sees_a_thing",
        (
            "sharing/migrations/0112_petitions.py",
            "AS $body$ SELECT sec.holds_post(of_room, 'petitions') $body$",
            "AS $body$ SELECT sec.in_room(of_room) $body$",
        ),
    ),
    seed(
        "counts-with-the-text",
        "filter",
        "The city's director handles what a county has",
        COUNTED,
        (
            "sharing/access/office_clues.py",
            "found = OfficeClue.objects.filter(tenant_id=actor.tenant_id)",
            "found = OfficeClue.objects.all()",
        ),
        (
            "tenancy/rls.py",
            '    narrowed = f"{OWN} AND {reads}"',
            '    narrowed = f"({OWN}) IS NOT NULL AND {reads}"',
        ),
    ),
    seed(
        "informant-travels",
        "content",
        "An endpoint reads who gave a hint",
        "tests/architecture/test_informants.py::test_these_are_called_by_pages_alone",
        (
            "sharing/api/clues.py",
            "from sharing.services import clues\n",
            "from sharing.access.informants import informants_kept_by  # noqa: F401\n"
            "from sharing.services import clues\n",
        ),
    ),
    seed(
        "informant-to-anybody",
        "who",
        "Whoever sits for the discipline body opens what is sealed, named or not",
        f"{INFORMANTS}::test_one_whose_term_as_custodian_ended_opens_nothing",
        (SEALING, "AND named.confirmed_at IS NOT NULL AND named.ended_at IS NULL)", ")"),
    ),
    seed(
        "custodian-by-one",
        "who",
        "The director puts a custodian in force alone",
        f"{INFORMANTS}::test_custodians_are_three_at_most_and_come_in_force_by_two",
        (
            SEALING,
            "       OR NOT sec.sits_as(sec.user_id(), ARRAY['leading_group']) THEN",
            "       OR false THEN",
        ),
        (SEALING, "       OR sec.user_id() IN (OLD.user_id, OLD.named_by_id)\n", ""),
    ),
    seed(
        "informant-selected",
        "fence",
        "The web selects what is sealed",
        f"{INFORMANTS}::test_who_entered_it_and_the_custodian_select_nothing_that_is_sealed",
        (
            SEALING,
            'app="INSERT, SELECT (id, tenant_id, clue_id, code, entered_at, destroyed_at)"',
            'app="INSERT, SELECT"',
        ),
    ),
    seed(
        "informant-in-plain",
        "content",
        "What is entered is kept as it was typed",
        f"{INFORMANTS}::test_planted_words_are_found_nowhere_but_in_ciphertext",
        ("sharing/services/informants.py", "sealed=envelope.sealed,", "sealed=content,"),
        (
            "sharing/services/informants.py",
            "content = unseal(key_service(), _place(informant.tenant_id, informant.code), envelope)",
            "content = envelope.sealed",
        ),
    ),
    seed(
        "interference-to-the-leader",
        "fence",
        "The leader reads an approach that goes past them",
        f"{INTERFERENCE}::test_a_member_may_choose_that_the_leader_reads_nothing",
        (
            SEALING,
            "            NOT past_leader AND sec.sits_as(",
            "            true AND sec.sits_as(",
        ),
    ),
    seed(
        "interference-to-the-leading-group",
        "fence",
        "Whoever sits in the city's leading group reads who interceded",
        f"{INTERFERENCE}::test_leak_case_4_the_city_and_the_team_s_leader_read_it_the_counties_never",
        (
            SEALING,
            "SELECT sec.sits_as(sec.user_id(), ARRAY['city_director', 'discipline_body'])\n"
            "        OR (sec.in_room(of_room)",
            "SELECT sec.sits_as(sec.user_id(),"
            " ARRAY['city_director', 'discipline_body', 'leading_group'])\n"
            "        OR (sec.in_room(of_room)",
        ),
    ),
    seed(
        "interference-in-the-host-county",
        "content",
        "An approach is registered in the room for papers, which is the host county's",
        f"{INTERFERENCE}::test_it_is_registered_in_the_direct_room_and_of_the_past",
        (
            "sharing/services/interference.py",
            "rooms_of_mine(actor, Room.Purpose.DIRECT)",
            "rooms_of_mine(actor)",
        ),
        (
            SEALING,
            "AND room.id = NEW.room_id AND room.purpose = 'direct')",
            "AND room.id = NEW.room_id)",
        ),
    ),
    seed(
        "list-with-a-hidden-clue",
        "fence",
        "Who declared a tie to a subject reads the list of hand-over on which the clue stands",
        f"{BY_SERVICE}::test_r19_a_declared_tie_takes_the_clue_out_of_their_sight",
        (
            READING,
            "entry.list_id = of_list AND tie.user_id = said[2])",
            "entry.list_id = of_list AND false)",
        ),
        (
            "sharing/access/office_clues.py",
            "return found.exclude(pk__in=hidden[0]).exclude(pk__in=hidden[1])",
            "return found",
        ),
    ),
)
