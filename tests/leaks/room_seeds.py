"""Faults in a team's rooms: whose they are, until when, and who let the team in."""

from __future__ import annotations

from tests.leaks.shapes import seed

OPENING = "sharing/migrations/0011_open_rooms.py"
ROOMS = "tests/integration/sharing/test_rooms.py"
LEAKS = "tests/integration/sharing/test_room_leaks.py"
BY_SQL = "tests/integration/sharing/test_authorising_by_sql.py"
LEADING = "sharing/migrations/0132_leaders_of_their_rooms.py"
OF_ONE_TEAM = "tests/integration/sharing/test_leader_of_one_team.py"

ROOM_FAULTS = (
    seed(
        "room-outlives-its-term",
        "filter",
        "A room whose term is over lets its team in, where a seat outlasts it",
        f"{LEAKS}::test_6_the_room_s_own_term_shuts_it_where_a_seat_outlasts_it",
        ("sharing/models/rooms.py", "starts_on__lte=on, until_on__gt=on, ", "starts_on__lte=on, "),
    ),
    seed(
        "room-of-any-team",
        "filter",
        "Whoever has a seat of a team is in every room of the office",
        f"{ROOMS}::test_the_team_is_in_its_own_rooms_and_in_no_others",
        (
            "sharing/access/rooms.py",
            'return handled_by(actor.user_id, found).order_by("-pk")',
            'return found.order_by("-pk")',
        ),
    ),
    seed(
        "proposer-lets-in",
        "fence",
        "Who proposed a team's authorisation grants it, too",
        f"{BY_SQL}::test_who_proposed_grants_nothing_in_whatever_seat",
        (OPENING, "    IF asked.proposed_by_id = sec.user_id() THEN", "    IF false THEN"),
    ),
    seed(
        "leader-of-every-room",
        "fence",
        "Who leads one team signs in every room where they are a member",
        f"{OF_ONE_TEAM}::test_in_the_other_team_they_neither_judge_nor_sign_a_clue",
        (LEADING, " AND place.role = 'leader'\n", "\n"),
    ),
    seed(
        "leader-reads-every-team-s-clues",
        "filter",
        "Who leads one team has on their list the clues of every team where they are a member",
        f"{OF_ONE_TEAM}::test_in_the_other_team_they_read_their_own_clues_alone",
        (
            "sharing/access/rooms.py",
            'return rooms_of_mine(actor, purpose).filter(pk__in=places.values("room_id"))',
            "return rooms_of_mine(actor, purpose)",
        ),
    ),
)
