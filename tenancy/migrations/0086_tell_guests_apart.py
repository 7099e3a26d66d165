"""Guests' seats are told as what they are, and nobody moves by one: it is no seat of the office."""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL

seats = import_module("tenancy.migrations.0011_decide_seats_by_two")
deputies = import_module("tenancy.migrations.0061_deputise_under_four_eyes")
moves = import_module("tenancy.migrations.0063_move_in_one_step")

SHOWN = "sec.seats_in_force()"
SEATS_IN_FORCE = deputies.SEATS_IN_FORCE.replace(
    "stands_for bigint)", "stands_for bigint, is_guest boolean)"
).replace("seat.stands_for\n", "seat.stands_for, seat.is_guest\n")
HOLDS_THERE = moves.HOLDS_THERE.replace(
    "AND seat.principal_id IS NULL", "AND seat.principal_id IS NULL AND NOT seat.is_guest"
)
MOVE_PERSON = moves.MOVE_PERSON.replace(
    "AND one.principal_id IS NULL", "AND one.principal_id IS NULL AND NOT one.is_guest"
)


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0085_seat_guests")]

    operations = [
        RoleSQL(
            [
                f"DROP FUNCTION {SHOWN}",
                *seats.written([SEATS_IN_FORCE, *map(deputies.again, (HOLDS_THERE, MOVE_PERSON))]),
                f"REVOKE ALL ON FUNCTION {SHOWN} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SHOWN} TO @app@",
            ],
            [
                f"DROP FUNCTION {SHOWN}",
                *seats.written(
                    [
                        deputies.SEATS_IN_FORCE,
                        *map(deputies.again, (moves.HOLDS_THERE, moves.MOVE_PERSON)),
                    ]
                ),
                f"REVOKE ALL ON FUNCTION {SHOWN} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SHOWN} TO @app@",
            ],
            "Tell guests' seats from those of the office",
        ),
    ]
