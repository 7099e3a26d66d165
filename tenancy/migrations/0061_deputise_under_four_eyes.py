"""A deputy's seat comes like any other, by two people, and hangs on the seat that it stands for.

Whatever path is taken: for another person's own seat of the office, by somebody who holds a post
there, for a term within the seat's, one at a time, never for a deputy or an administrator; and it
ends with either seat. What decides about rights (`sec.holds`) does not count deputies' seats.
"""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL

seats = import_module("tenancy.migrations.0011_decide_seats_by_two")

# The seats that tenancy.domain.deputies.POSTS names; a test holds the two against one another.
IS_POST = """
CREATE FUNCTION sec.is_post(role text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT role IN ('scheduler', 'city_director', 'county_director', 'county_clerk')
$body$
"""

# Of the seat's row locked by the caller: of two who end and stand in at once, the second sees the
# first.
REFUSE_UNFIT_DEPUTY = """
CREATE FUNCTION sec.refuse_unfit_deputy(seat public.tenancy_membership, person bigint, since date,
    until date, but bigint) RETURNS void
@writes@
AS $body$
BEGIN
    IF seat.id IS NULL OR seat.principal_id IS NOT NULL OR NOT sec.is_post(seat.role) THEN
        PERFORM sec.refuse('This seat cannot be stood in for.', 'deputy_of_a_post');
    END IF;
    IF person = seat.user_id THEN
        PERFORM sec.refuse('Nobody stands in for themselves.', 'deputy_is_another');
    END IF;
    IF until IS NULL OR until <= since OR until > since + 90 THEN
        PERFORM sec.refuse('A deputy has a term of at most 90 days.', 'deputy_has_a_term');
    END IF;
    IF since < seat.since_on OR until > seat.until_on THEN
        PERFORM sec.refuse('A deputy goes with the seat.', 'deputy_within_the_seat');
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.tenancy_membership AS own
         WHERE own.user_id = person AND own.tenant_id = seat.tenant_id
           AND own.principal_id IS NULL AND sec.is_post(own.role)
           AND own.since_on <= since AND (own.until_on IS NULL OR own.until_on > since))
    THEN
        PERFORM sec.refuse('A deputy is of the same office.', 'deputy_of_the_office');
    END IF;
    IF EXISTS (
        SELECT FROM public.tenancy_membership AS other
         WHERE other.stands_for = seat.id AND other.id IS DISTINCT FROM but
           AND daterange(other.since_on, other.until_on) && daterange(since, until))
    THEN
        PERFORM sec.refuse('The seat has a deputy then.', 'deputy_one_at_a_time');
    END IF;
END
$body$
"""

DEPUTY_FITS = """
CREATE FUNCTION sec.deputy_fits() RETURNS trigger
@writes@
AS $body$
DECLARE
    seat public.tenancy_membership%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.principal_id, NEW.stands_for, NEW.withheld)
            IS DISTINCT FROM (OLD.principal_id, OLD.stands_for, OLD.withheld)
            OR (NEW.principal_id IS NOT NULL
                AND (NEW.since_on <> OLD.since_on OR NEW.until_on > OLD.until_on))
        THEN
            PERFORM sec.refuse('A deputy is given anew, or ends.', 'deputy_keeps_its_term');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.principal_id IS NULL AND NEW.stands_for IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO seat FROM public.tenancy_membership AS one
     WHERE one.id = NEW.stands_for FOR NO KEY UPDATE;
    IF (seat.tenant_id, seat.user_id, seat.role::text)
        IS DISTINCT FROM (NEW.tenant_id, NEW.principal_id, NEW.role::text)
    THEN
        PERFORM sec.refuse('A deputy has the seat of whom it stands in for.', 'deputy_of_a_post');
    END IF;
    PERFORM sec.refuse_unfit_deputy(seat, NEW.user_id, NEW.since_on, NEW.until_on, NEW.id);
    RETURN NEW;
END
$body$
"""

# After the statement's own rows: whoever abolishes an office ends deputies by themselves.
END_DEPUTIES = """
CREATE FUNCTION sec.end_deputies() RETURNS trigger
@writes@
AS $body$
DECLARE
    ends date := CASE TG_OP WHEN 'DELETE' THEN sec.today() ELSE NEW.until_on END;
    deputy public.tenancy_membership%ROWTYPE;
BEGIN
    IF OLD.principal_id IS NOT NULL OR ends IS NULL THEN
        RETURN NULL;
    END IF;
    FOR deputy IN
        SELECT * FROM public.tenancy_membership AS one
         WHERE one.tenant_id = OLD.tenant_id AND one.until_on > ends
           AND (one.stands_for = OLD.id
                OR (one.user_id = OLD.user_id AND one.principal_id IS NOT NULL
                    AND NOT EXISTS (
                        SELECT FROM public.tenancy_membership AS own
                         WHERE own.user_id = OLD.user_id AND own.tenant_id = OLD.tenant_id
                           AND own.principal_id IS NULL AND sec.is_post(own.role)
                           AND own.since_on <= GREATEST(ends, one.since_on)
                           AND (own.until_on IS NULL
                                OR own.until_on > GREATEST(ends, one.since_on)))))
           FOR UPDATE
    LOOP
        PERFORM sec.end_seat(deputy.id, ends);
    END LOOP;
    RETURN NULL;
END
$body$
"""

# A seat that ends on the day it began, or before, never was: the record and the change keep it.
END_SEAT = """
CREATE FUNCTION sec.end_seat(number bigint, ends date) RETURNS void
@writes@
AS $body$
BEGIN
    DELETE FROM public.tenancy_membership AS one WHERE one.id = number AND one.since_on >= ends;
    UPDATE public.tenancy_membership AS one SET until_on = ends
     WHERE one.id = number AND (one.until_on IS NULL OR one.until_on > ends);
END
$body$
"""

HOLDS = seats.HOLDS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    "AND person.is_active\n", "AND person.is_active AND seat.principal_id IS NULL\n"
)

# By one's own seat, or as the deputy of whoever holds it, unless this was withheld.
ACTS_AS = """
CREATE FUNCTION sec.acts_as(wanted text, permission text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
          LEFT JOIN public.tenancy_user AS principal ON principal.id = seat.principal_id
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
           AND seat.role = wanted AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today())
           AND person.is_active
           AND (person.expires_on IS NULL OR person.expires_on > sec.today())
           AND (seat.principal_id IS NULL
                OR (principal.is_active AND NOT seat.withheld ? permission
                    AND (principal.expires_on IS NULL OR principal.expires_on > sec.today()))))
$body$
"""

PROPOSE_DEPUTY = """
CREATE FUNCTION sec.propose_deputy(seat bigint, person bigint, since_on date, until_on date,
    withheld jsonb, reason text) RETURNS bigint
@writes@
AS $body$
DECLARE
    platform bigint;
    held public.tenancy_membership%ROWTYPE;
    made bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('tenancy.administration', 0));
    SELECT * INTO held FROM public.tenancy_membership AS one
     WHERE one.id = seat AND (one.until_on IS NULL OR one.until_on > sec.today())
       FOR NO KEY UPDATE;
    IF NOT FOUND OR (held.tenant_id, held.user_id) IS DISTINCT FROM (sec.tenant(), sec.user_id())
        OR NOT sec.holds(ARRAY[held.role::text])
    THEN
        IF held.tenant_id = sec.tenant() THEN
            PERFORM sec.must_hold('{city_director,county_director}');
        ELSE
            PERFORM sec.must_hold('{system_administrator,security_administrator}');
        END IF;
    END IF;
    since_on := GREATEST(since_on, sec.today());
    PERFORM sec.refuse_unfit_deputy(held, person, since_on, until_on, NULL);
    SELECT one.id INTO platform FROM public.tenancy_office AS one WHERE one.kind = 'platform';
    IF platform IS NULL THEN
        PERFORM sec.refuse('There are no administrators yet.', 'seat_change_has_a_platform');
    END IF;
    INSERT INTO public.tenancy_seatchange (tenant_id, sender_id, kind, person_id, role, since_on,
        until_on, seat_number, principal_id, withheld, reason, proposed_by_id, state,
        decision_reason)
    VALUES (platform, held.tenant_id, 'deputise', person, held.role, since_on, until_on, held.id,
        held.user_id, withheld, reason, sec.user_id(), 'open', '')
    RETURNING id INTO made;
    RETURN made;
END
$body$
"""

# By whom they stand in for, at once: it takes rights away, and needs nobody else.
REVOKE_DEPUTY = """
CREATE FUNCTION sec.revoke_deputy(number bigint) RETURNS bigint
@writes@
AS $body$
DECLARE
    deputy public.tenancy_membership%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('tenancy.administration', 0));
    SELECT * INTO deputy FROM public.tenancy_membership AS one
     WHERE one.id = number AND one.tenant_id = sec.tenant() AND one.principal_id = sec.user_id()
       AND one.until_on > sec.today() FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM sec.refuse('There is no such deputy of yours.', 'deputy_of_ones_own');
    END IF;
    PERFORM sec.end_seat(deputy.id, sec.today());
    RETURN deputy.user_id;
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
    IF change.kind = 'grant' THEN
        INSERT INTO public.tenancy_membership (tenant_id, user_id, role, since_on, until_on)
        VALUES (change.sender_id, change.person_id, change.role,
            GREATEST(change.since_on, sec.today()), change.until_on);
    ELSIF change.kind = 'deputise' THEN
        INSERT INTO public.tenancy_membership (tenant_id, user_id, role, since_on, until_on,
            principal_id, stands_for, withheld)
        VALUES (change.sender_id, change.person_id, change.role,
            GREATEST(change.since_on, sec.today()), change.until_on, change.principal_id,
            change.seat_number, change.withheld);
    ELSE
        PERFORM sec.end_seat(change.seat_number, sec.today());
    END IF;
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    VALUES (change.sender_id,
        CASE change.kind WHEN 'grant' THEN 'tenancy.seat.given'
            WHEN 'deputise' THEN 'tenancy.deputy.given' ELSE 'tenancy.seat.ended' END,
        'tenancy.user', change.person_id,
        jsonb_strip_nulls(jsonb_build_object('role', change.role, 'change', change.id,
            'principal', change.principal_id)));
END
$body$
"""

SEATS_IN_FORCE = """
CREATE FUNCTION sec.seats_in_force() RETURNS TABLE (number bigint, office bigint, person bigint,
    role text, since_on date, until_on date, principal bigint, stands_for bigint)
@reads@
AS $body$
BEGIN
    IF sec.holds('{system_administrator,security_administrator}') THEN
        RETURN QUERY
            SELECT seat.id, seat.tenant_id, seat.user_id, seat.role::text, seat.since_on,
                   seat.until_on, seat.principal_id, seat.stands_for
              FROM public.tenancy_membership AS seat
             WHERE seat.until_on IS NULL OR seat.until_on > sec.today();
    END IF;
END
$body$
"""

INNER = {
    "sec.is_post(text)": IS_POST,
    "sec.refuse_unfit_deputy(public.tenancy_membership, bigint, date, date, bigint)": (
        REFUSE_UNFIT_DEPUTY
    ),
    "sec.deputy_fits()": DEPUTY_FITS,
    "sec.end_seat(bigint, date)": END_SEAT,
    "sec.end_deputies()": END_DEPUTIES,
    "sec.acts_as(text, text)": ACTS_AS,
}
DOORS = {
    "sec.propose_deputy(bigint, bigint, date, date, jsonb, text)": PROPOSE_DEPUTY,
    "sec.revoke_deputy(bigint)": REVOKE_DEPUTY,
    "sec.seats_in_force()": SEATS_IN_FORCE,
}
BEFORE = {"sec.seats_in_force()": seats.SEATS_IN_FORCE}


def again(sql: str) -> str:
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0060_name_deputies")]

    operations = [
        RoleSQL(
            [
                "DROP FUNCTION sec.seats_in_force()",
                *seats.written([*INNER.values(), *DOORS.values(), HOLDS, DECIDE]),
                *(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC" for name in [*INNER, *DOORS]),
                *(f"GRANT EXECUTE ON FUNCTION {name} TO @app@" for name in DOORS),
                "CREATE TRIGGER deputy_fits BEFORE INSERT OR UPDATE ON tenancy_membership "
                "FOR EACH ROW EXECUTE FUNCTION sec.deputy_fits()",
                "CREATE TRIGGER end_deputies AFTER UPDATE OR DELETE ON tenancy_membership "
                "FOR EACH ROW EXECUTE FUNCTION sec.end_deputies()",
            ],
            [
                "DROP TRIGGER end_deputies ON tenancy_membership",
                "DROP TRIGGER deputy_fits ON tenancy_membership",
                *(f"DROP FUNCTION {name}" for name in [*DOORS, *reversed(INNER)]),
                *seats.written([*map(again, (seats.HOLDS, seats.DECIDE)), *BEFORE.values()]),
                *(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC" for name in BEFORE),
                *(f"GRANT EXECUTE ON FUNCTION {name} TO @app@" for name in BEFORE),
            ],
            "Make the doors by which deputies come and go",
        ),
    ]
