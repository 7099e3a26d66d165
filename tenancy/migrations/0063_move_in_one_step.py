"""Somebody moves to another office by one proposal and one decision: every own seat in the old
office ends and one in the new begins, on one day, in one transaction. Deputies end with the seats;
whoever is signed in is signed out when the day has come."""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL

seats = import_module("tenancy.migrations.0011_decide_seats_by_two")
deputies = import_module("tenancy.migrations.0061_deputise_under_four_eyes")

HOLDS_THERE = """
CREATE FUNCTION sec.refuse_move_from_nowhere(person bigint, office bigint, since date) RETURNS void
@writes@
AS $body$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
         WHERE seat.user_id = person AND seat.tenant_id = office AND seat.principal_id IS NULL
           AND (seat.until_on IS NULL OR seat.until_on > since))
    THEN
        PERFORM sec.refuse('Nobody moves from where they hold nothing.', 'transfer_from_a_seat');
    END IF;
END
$body$
"""

PROPOSE_TRANSFER = """
CREATE FUNCTION sec.propose_transfer(office bigint, person bigint, to_office bigint, role text,
    since_on date, reason text) RETURNS bigint
@writes@
AS $body$
DECLARE
    platform public.tenancy_office%ROWTYPE;
    target public.tenancy_office%ROWTYPE;
    made bigint;
BEGIN
    PERFORM sec.must_hold('{system_administrator,security_administrator}');
    SELECT * INTO platform FROM public.tenancy_office AS one WHERE one.kind = 'platform';
    SELECT * INTO target FROM public.tenancy_office AS one WHERE one.id = to_office;
    IF platform.id IN (office, to_office) OR sec.is_administrator(role) THEN
        PERFORM sec.refuse('Administrators sit on the platform, and nobody else does.',
            'seat_administrators_on_the_platform');
    END IF;
    IF target.id IS NULL OR target.closed_on IS NOT NULL THEN
        PERFORM sec.refuse('An abolished office has no seats.', 'seat_of_an_open_office');
    END IF;
    IF office = to_office THEN
        PERFORM sec.refuse('Nobody moves to where they are.', 'transfer_from_a_seat');
    END IF;
    since_on := GREATEST(since_on, sec.today());
    PERFORM sec.refuse_move_from_nowhere(person, office, since_on);
    INSERT INTO public.tenancy_seatchange (tenant_id, sender_id, kind, person_id, role, since_on,
        to_office_id, reason, proposed_by_id, state, decision_reason)
    VALUES (platform.id, office, 'transfer', person, role, since_on, to_office, reason,
        sec.user_id(), 'open', '')
    RETURNING id INTO made;
    RETURN made;
END
$body$
"""

MOVE_PERSON = """
CREATE FUNCTION sec.move_person(change public.tenancy_seatchange) RETURNS void
@writes@
AS $body$
DECLARE
    starts date := GREATEST(change.since_on, sec.today());
    seat bigint;
BEGIN
    PERFORM FROM public.tenancy_user AS one WHERE one.id = change.person_id FOR NO KEY UPDATE;
    PERFORM sec.refuse_move_from_nowhere(change.person_id, change.sender_id, starts);
    FOR seat IN
        SELECT one.id FROM public.tenancy_membership AS one
         WHERE one.user_id = change.person_id AND one.tenant_id = change.sender_id
           AND one.principal_id IS NULL AND (one.until_on IS NULL OR one.until_on > starts)
         ORDER BY one.id FOR UPDATE
    LOOP
        PERFORM sec.end_seat(seat, starts);
    END LOOP;
    INSERT INTO public.tenancy_membership (tenant_id, user_id, role, since_on)
    VALUES (change.to_office_id, change.person_id, change.role, starts);
    IF starts <= sec.today() THEN
        UPDATE public.tenancy_signinsession AS one
           SET ended_at = clock_timestamp(), ended_because = 'moved'
         WHERE one.user_id = change.person_id AND one.ended_at IS NULL;
    END IF;
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    VALUES (change.to_office_id, 'tenancy.seat.moved', 'tenancy.user', change.person_id,
        jsonb_build_object('role', change.role, 'change', change.id));
END
$body$
"""

DECIDE = """
CREATE OR REPLACE FUNCTION sec.decide_seat(number bigint, is_put_in_force boolean, because text)
RETURNS void
@writes@
AS $body$
DECLARE
    change public.tenancy_seatchange%ROWTYPE;
BEGIN
    PERFORM sec.must_hold('{security_administrator}');
    SELECT * INTO change FROM public.tenancy_seatchange AS one
     WHERE one.id = number AND one.tenant_id = sec.tenant() FOR UPDATE;
    IF NOT FOUND OR change.state <> 'open' THEN
        PERFORM sec.refuse('This is decided already, or is not there.', 'seat_change_decided_once');
    END IF;
    UPDATE public.tenancy_seatchange AS one
       SET state = CASE WHEN is_put_in_force THEN 'in_force' ELSE 'refused' END,
           decided_by_id = sec.user_id(), decided_at = clock_timestamp(), decision_reason = because
     WHERE one.id = number;
    IF NOT is_put_in_force THEN
        RETURN;
    END IF;
    CASE change.kind
    WHEN 'grant' THEN
        INSERT INTO public.tenancy_membership (tenant_id, user_id, role, since_on, until_on)
        VALUES (change.sender_id, change.person_id, change.role,
            GREATEST(change.since_on, sec.today()), change.until_on);
    WHEN 'deputise' THEN
        INSERT INTO public.tenancy_membership (tenant_id, user_id, role, since_on, until_on,
            principal_id, stands_for, withheld)
        VALUES (change.sender_id, change.person_id, change.role,
            GREATEST(change.since_on, sec.today()), change.until_on, change.principal_id,
            change.seat_number, change.withheld);
    WHEN 'transfer' THEN
        PERFORM sec.move_person(change);
    ELSE
        PERFORM sec.end_seat(change.seat_number, sec.today());
    END CASE;
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    VALUES (change.sender_id,
        CASE change.kind WHEN 'grant' THEN 'tenancy.seat.given'
            WHEN 'deputise' THEN 'tenancy.deputy.given' WHEN 'transfer' THEN 'tenancy.seat.moved'
            ELSE 'tenancy.seat.ended' END,
        'tenancy.user', change.person_id,
        jsonb_strip_nulls(jsonb_build_object('role', change.role, 'change', change.id,
            'principal', change.principal_id)));
END
$body$
"""

INNER = {
    "sec.refuse_move_from_nowhere(bigint, bigint, date)": HOLDS_THERE,
    "sec.move_person(public.tenancy_seatchange)": MOVE_PERSON,
}
DOORS = {"sec.propose_transfer(bigint, bigint, bigint, text, date, text)": PROPOSE_TRANSFER}


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0062_move_between_offices")]

    operations = [
        RoleSQL(
            [
                *seats.written([*INNER.values(), *DOORS.values(), DECIDE]),
                *(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC" for name in [*INNER, *DOORS]),
                *(f"GRANT EXECUTE ON FUNCTION {name} TO @app@" for name in DOORS),
            ],
            [
                *seats.written([deputies.DECIDE]),
                *(f"DROP FUNCTION {name}" for name in [*DOORS, *INNER]),
            ],
            "Make the door by which people move between offices",
        ),
    ]
