"""Seats are proposed by one and put in force by another; three administrators restrain each other.

The web's role writes no seat, no account and no office but by these functions. Each asks who
acts (the signed context) and what they hold at that moment. One lock puts all of them in a line,
so that nobody decides by a seat that is being taken from them.
"""

from collections.abc import Iterable

from django.db import migrations

from tenancy.rls import RoleSQL, fence, fence_delivered, grant

HEAD = "LANGUAGE plpgsql {} SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
READS, WRITES = HEAD.format("STABLE"), HEAD.format("VOLATILE")


def written(functions: Iterable[str]) -> list[str]:
    """With the head that all doors have."""
    return [sql.replace("@reads@", READS).replace("@writes@", WRITES) for sql in functions]


IS_ADMINISTRATOR = """
CREATE FUNCTION sec.is_administrator(role text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT role IN ('system_administrator', 'security_administrator', 'audit_administrator')
$body$
"""

HOLDS = """
CREATE FUNCTION sec.holds(roles text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
           AND seat.role = ANY (roles) AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today())
           AND person.is_active
           AND (person.expires_on IS NULL OR person.expires_on > sec.today()))
$body$
"""

REFUSE = """
CREATE FUNCTION sec.refuse(sentence text, named text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RAISE EXCEPTION '%', sentence USING ERRCODE = 'check_violation', CONSTRAINT = named;
END
$body$
"""

MUST_HOLD = """
CREATE FUNCTION sec.must_hold(roles text[]) RETURNS void
@writes@
AS $body$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('tenancy.administration', 0));
    IF NOT sec.holds(roles) THEN
        RAISE EXCEPTION 'Whoever acts holds no seat for this.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$body$
"""

# Whoever holds a seat without an end, in an account without one: a kind never runs out of them.
OTHERS_LAST = """
CREATE FUNCTION sec.others_last(kind text, but bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
         WHERE seat.role = kind AND seat.user_id <> but AND seat.until_on IS NULL
           AND seat.since_on <= sec.today() AND person.is_active AND person.expires_on IS NULL)
$body$
"""

# The lock on the account's row: of two seats given to one person at once, the second waits, and
# sees the first.
SEAT_FITS = """
CREATE FUNCTION sec.seat_fits() RETURNS trigger
@writes@
AS $body$
DECLARE
    office public.tenancy_office%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.tenant_id, NEW.user_id, NEW.role)
        IS DISTINCT FROM (OLD.tenant_id, OLD.user_id, OLD.role)
    THEN
        PERFORM sec.refuse('A seat keeps its office, person and role.', 'seat_keeps_its_person');
    END IF;
    PERFORM FROM public.tenancy_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
    SELECT * INTO office FROM public.tenancy_office WHERE id = NEW.tenant_id FOR SHARE;
    IF (office.kind = 'platform') <> sec.is_administrator(NEW.role) THEN
        PERFORM sec.refuse('Administrators sit on the platform, and nobody else does.',
            'seat_administrators_on_the_platform');
    END IF;
    IF office.closed_on IS NOT NULL
        AND (NEW.until_on IS NULL OR NEW.until_on > office.closed_on)
    THEN
        PERFORM sec.refuse('An abolished office has no seats.', 'seat_of_an_open_office');
    END IF;
    IF EXISTS (
        SELECT FROM public.tenancy_membership AS other
         WHERE other.user_id = NEW.user_id AND other.id <> NEW.id
           AND (sec.is_administrator(NEW.role) OR sec.is_administrator(other.role))
           AND daterange(other.since_on, other.until_on) && daterange(NEW.since_on, NEW.until_on))
    THEN
        PERFORM sec.refuse('An administrator holds no other seat anywhere.',
            'seat_of_an_administrator_alone');
    END IF;
    RETURN NEW;
END
$body$
"""

SEAT_NOT_THE_LAST = """
CREATE FUNCTION sec.seat_not_the_last() RETURNS trigger
@writes@
AS $body$
BEGIN
    IF sec.is_administrator(OLD.role) AND OLD.until_on IS NULL THEN
        IF TG_OP = 'UPDATE' AND NEW.until_on IS NULL AND NEW.since_on <= OLD.since_on THEN
            RETURN NEW;
        END IF;
        PERFORM pg_advisory_xact_lock(hashtextextended('tenancy.administration', 0));
        IF NOT sec.others_last(OLD.role, OLD.user_id) THEN
            PERFORM sec.refuse('The last administrator of a kind stays.', 'administrator_not_the_last');
        END IF;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$body$
"""

ACCOUNT_NOT_THE_LAST = """
CREATE FUNCTION sec.account_not_the_last() RETURNS trigger
@writes@
AS $body$
DECLARE
    seat public.tenancy_membership%ROWTYPE;
BEGIN
    IF OLD.is_active AND OLD.expires_on IS NULL
        AND (NOT NEW.is_active OR NEW.expires_on IS NOT NULL)
    THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('tenancy.administration', 0));
        FOR seat IN
            SELECT * FROM public.tenancy_membership
             WHERE user_id = OLD.id AND until_on IS NULL AND sec.is_administrator(role)
        LOOP
            IF NOT sec.others_last(seat.role, OLD.id) THEN
                PERFORM sec.refuse('The last administrator of a kind stays.',
                    'administrator_not_the_last');
            END IF;
        END LOOP;
    END IF;
    RETURN NEW;
END
$body$
"""

PROPOSE = """
CREATE FUNCTION sec.propose_seat(kind text, office bigint, person bigint, role text,
    since_on date, until_on date, seat bigint, reason text) RETURNS bigint
@writes@
AS $body$
DECLARE
    platform public.tenancy_office%ROWTYPE;
    target public.tenancy_office%ROWTYPE;
    held public.tenancy_membership%ROWTYPE;
    made bigint;
BEGIN
    SELECT * INTO target FROM public.tenancy_office WHERE id = office;
    IF office = sec.tenant() AND target.kind <> 'platform' THEN
        PERFORM sec.must_hold('{city_director,county_director}');
    ELSE
        PERFORM sec.must_hold('{system_administrator,security_administrator}');
    END IF;
    SELECT * INTO platform FROM public.tenancy_office AS one WHERE one.kind = 'platform';
    IF platform.id IS NULL THEN
        PERFORM sec.refuse('There are no administrators yet.', 'seat_change_has_a_platform');
    END IF;
    IF kind = 'end' THEN
        SELECT * INTO held FROM public.tenancy_membership AS one
         WHERE one.id = seat AND one.tenant_id = office
           AND (one.until_on IS NULL OR one.until_on > sec.today());
        IF NOT FOUND THEN
            PERFORM sec.refuse('There is no such seat in force.', 'seat_change_of_a_seat_in_force');
        END IF;
        person := held.user_id;
        role := held.role;
        since_on := held.since_on;
        until_on := NULL;
    ELSE
        seat := NULL;
        IF (target.kind = 'platform') <> sec.is_administrator(role) THEN
            PERFORM sec.refuse('Administrators sit on the platform, and nobody else does.',
                'seat_administrators_on_the_platform');
        END IF;
        IF target.closed_on IS NOT NULL THEN
            PERFORM sec.refuse('An abolished office has no seats.', 'seat_of_an_open_office');
        END IF;
    END IF;
    INSERT INTO public.tenancy_seatchange (tenant_id, sender_id, kind, person_id, role, since_on,
        until_on, seat_number, reason, proposed_by_id, state, decision_reason)
    VALUES (platform.id, office, kind, person, role, since_on, until_on, seat, reason,
        sec.user_id(), 'open', '')
    RETURNING id INTO made;
    RETURN made;
END
$body$
"""

# A seat that ends on the day it began, or before, never was: the record and the change keep it.
DECIDE = """
CREATE FUNCTION sec.decide_seat(number bigint, is_put_in_force boolean, because text) RETURNS void
@writes@
AS $body$
DECLARE
    change public.tenancy_seatchange%ROWTYPE;
    seat public.tenancy_membership%ROWTYPE;
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
    ELSE
        SELECT * INTO seat FROM public.tenancy_membership AS one
         WHERE one.id = change.seat_number FOR UPDATE;
        IF seat.since_on >= sec.today() THEN
            DELETE FROM public.tenancy_membership AS one WHERE one.id = seat.id;
        ELSIF seat.until_on IS NULL OR seat.until_on > sec.today() THEN
            UPDATE public.tenancy_membership AS one SET until_on = sec.today()
             WHERE one.id = seat.id;
        END IF;
    END IF;
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    VALUES (change.sender_id,
        CASE change.kind WHEN 'grant' THEN 'tenancy.seat.given' ELSE 'tenancy.seat.ended' END,
        'tenancy.user', change.person_id,
        jsonb_build_object('role', change.role, 'change', change.id));
END
$body$
"""

SEATS_IN_FORCE = """
CREATE FUNCTION sec.seats_in_force() RETURNS TABLE (number bigint, office bigint, person bigint,
    role text, since_on date, until_on date)
@reads@
AS $body$
BEGIN
    IF sec.holds('{system_administrator,security_administrator}') THEN
        RETURN QUERY
            SELECT seat.id, seat.tenant_id, seat.user_id, seat.role::text, seat.since_on,
                   seat.until_on
              FROM public.tenancy_membership AS seat
             WHERE seat.until_on IS NULL OR seat.until_on > sec.today();
    END IF;
END
$body$
"""

MAKE_ACCOUNT = """
CREATE FUNCTION sec.make_account(username text, name text, expires_on date) RETURNS bigint
@writes@
AS $body$
DECLARE
    made bigint;
BEGIN
    PERFORM sec.must_hold('{system_administrator}');
    INSERT INTO public.tenancy_user (username, display_name, password, language, is_active,
        expires_on)
    VALUES (username, name, '!' || gen_random_uuid(), 'zh-hans', true, expires_on)
    RETURNING id INTO made;
    RETURN made;
END
$body$
"""

SET_ACCOUNT = """
CREATE FUNCTION sec.set_account(person bigint, is_open boolean, ends_on date) RETURNS void
@writes@
AS $body$
BEGIN
    PERFORM sec.must_hold('{system_administrator}');
    IF person = sec.user_id() THEN
        PERFORM sec.refuse('Nobody changes their own account.', 'account_of_another');
    END IF;
    UPDATE public.tenancy_user AS one SET is_active = is_open, expires_on = ends_on
     WHERE one.id = person;
END
$body$
"""

INVITE = """
CREATE FUNCTION sec.invite(person bigint, digest bytea, hours integer) RETURNS timestamptz
@writes@
AS $body$
DECLARE
    until timestamptz := clock_timestamp() + make_interval(hours => LEAST(GREATEST(hours, 1), 168));
BEGIN
    PERFORM sec.must_hold('{system_administrator}');
    IF person = sec.user_id() OR NOT EXISTS (
        SELECT FROM public.tenancy_user AS one
         WHERE one.id = person AND one.is_active AND one.password LIKE '!%')
    THEN
        PERFORM sec.refuse('Only an account without a password is invited.',
            'invitation_of_a_new_account');
    END IF;
    UPDATE public.tenancy_invitation AS one SET ended_at = clock_timestamp()
     WHERE one.person_id = person AND one.ended_at IS NULL;
    INSERT INTO public.tenancy_invitation (tenant_id, person_id, digest, made_by_id, expires_at)
    VALUES (sec.tenant(), person, digest, sec.user_id(), until);
    RETURN until;
END
$body$
"""

# Asked by strangers, before there is any context: who shows the secret is who was invited.
INVITED = """
CREATE FUNCTION sec.invited(shown bytea) RETURNS bigint
@reads@
AS $body$
DECLARE
    found bigint;
BEGIN
    SELECT one.person_id INTO found FROM public.tenancy_invitation AS one
      JOIN public.tenancy_user AS person ON person.id = one.person_id
     WHERE one.digest = shown AND one.ended_at IS NULL AND one.expires_at > clock_timestamp()
       AND person.is_active AND (person.expires_on IS NULL OR person.expires_on > sec.today())
       AND person.password LIKE '!%';
    RETURN found;
END
$body$
"""

ACCEPT = """
CREATE FUNCTION sec.accept_invitation(shown bytea, hash text) RETURNS bigint
@writes@
AS $body$
DECLARE
    who bigint;
    home bigint;
BEGIN
    UPDATE public.tenancy_invitation AS one SET ended_at = clock_timestamp()
     WHERE one.digest = shown AND one.ended_at IS NULL AND one.person_id = sec.invited(shown)
    RETURNING one.person_id, one.tenant_id INTO who, home;
    IF NOT FOUND OR hash LIKE '!%' OR hash = '' THEN
        PERFORM sec.refuse('This invitation is over.', 'invitation_in_force');
    END IF;
    UPDATE public.tenancy_user AS one SET password = hash WHERE one.id = who;
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    VALUES (home, 'tenancy.invitation.accepted', 'tenancy.user', who, '{}');
    RETURN who;
END
$body$
"""

MAKE_OFFICE = """
CREATE FUNCTION sec.make_office(code text, name text, short_name text, kind text, parent bigint,
    name_key text) RETURNS bigint
@writes@
AS $body$
DECLARE
    made bigint;
BEGIN
    PERFORM sec.must_hold('{system_administrator}');
    IF kind = 'platform' OR EXISTS (
        SELECT FROM public.tenancy_office AS one
         WHERE one.id = parent AND (one.closed_on IS NOT NULL OR one.kind = 'platform'))
    THEN
        PERFORM sec.refuse('An office hangs under an open office of the field.',
            'office_under_an_open_office');
    END IF;
    INSERT INTO public.tenancy_office (code, name, short_name, kind, parent_id, name_key)
    VALUES (code, name, short_name, kind, parent, name_key) RETURNING id INTO made;
    RETURN made;
END
$body$
"""

RENAME_OFFICE = """
CREATE FUNCTION sec.rename_office(office bigint, new_name text, new_short_name text,
    new_name_key text) RETURNS void
@writes@
AS $body$
BEGIN
    PERFORM sec.must_hold('{system_administrator}');
    UPDATE public.tenancy_office AS one
       SET name = new_name, short_name = new_short_name, name_key = new_name_key
     WHERE one.id = office AND one.closed_on IS NULL;
    IF NOT FOUND THEN
        PERFORM sec.refuse('An abolished office keeps its name.', 'office_is_open');
    END IF;
END
$body$
"""

# Its rows stay where they are, behind its own fence, which nobody enters any more.
CLOSE_OFFICE = """
CREATE FUNCTION sec.close_office(office bigint, heir bigint) RETURNS integer
@writes@
AS $body$
DECLARE
    ended integer;
BEGIN
    PERFORM sec.must_hold('{system_administrator}');
    PERFORM FROM public.tenancy_office AS one
      WHERE one.id = office AND one.closed_on IS NULL AND one.kind <> 'platform' FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM sec.refuse('This office cannot be abolished.', 'office_is_open');
    END IF;
    IF EXISTS (SELECT FROM public.tenancy_office AS one
                WHERE one.parent_id = office AND one.closed_on IS NULL) THEN
        PERFORM sec.refuse('Offices hang under it.', 'office_without_open_children');
    END IF;
    IF heir IS NOT NULL AND (heir = office OR NOT EXISTS (
        SELECT FROM public.tenancy_office AS one
         WHERE one.id = heir AND one.closed_on IS NULL AND one.kind <> 'platform'))
    THEN
        PERFORM sec.refuse('Its successor is another open office.', 'office_successor_is_open');
    END IF;
    UPDATE public.tenancy_seatchange AS one
       SET state = 'refused', decided_by_id = sec.user_id(), decided_at = clock_timestamp(),
           decision_reason = 'office abolished'
     WHERE one.sender_id = office AND one.state = 'open'
       AND sec.user_id() NOT IN (one.proposed_by_id, one.person_id);
    DELETE FROM public.tenancy_membership AS seat
     WHERE seat.tenant_id = office AND seat.since_on >= sec.today();
    UPDATE public.tenancy_membership AS seat SET until_on = sec.today()
     WHERE seat.tenant_id = office AND (seat.until_on IS NULL OR seat.until_on > sec.today());
    GET DIAGNOSTICS ended = ROW_COUNT;
    UPDATE public.tenancy_office AS one SET closed_on = sec.today(), successor_id = heir
     WHERE one.id = office;
    RETURN ended;
END
$body$
"""

DOORS = {
    "sec.propose_seat(text, bigint, bigint, text, date, date, bigint, text)": PROPOSE,
    "sec.decide_seat(bigint, boolean, text)": DECIDE,
    "sec.seats_in_force()": SEATS_IN_FORCE,
    "sec.make_account(text, text, date)": MAKE_ACCOUNT,
    "sec.set_account(bigint, boolean, date)": SET_ACCOUNT,
    "sec.invite(bigint, bytea, integer)": INVITE,
    "sec.invited(bytea)": INVITED,
    "sec.accept_invitation(bytea, text)": ACCEPT,
    "sec.make_office(text, text, text, text, bigint, text)": MAKE_OFFICE,
    "sec.rename_office(bigint, text, text, text)": RENAME_OFFICE,
    "sec.close_office(bigint, bigint)": CLOSE_OFFICE,
}
INNER = {
    "sec.is_administrator(text)": IS_ADMINISTRATOR,
    "sec.holds(text[])": HOLDS,
    "sec.refuse(text, text)": REFUSE,
    "sec.must_hold(text[])": MUST_HOLD,
    "sec.others_last(text, bigint)": OTHERS_LAST,
    "sec.seat_fits()": SEAT_FITS,
    "sec.seat_not_the_last()": SEAT_NOT_THE_LAST,
    "sec.account_not_the_last()": ACCOUNT_NOT_THE_LAST,
}
TRIGGERS = {
    ("seat_fits", "tenancy_membership"): "BEFORE INSERT OR UPDATE",
    ("seat_not_the_last", "tenancy_membership"): "BEFORE UPDATE OR DELETE",
    ("account_not_the_last", "tenancy_user"): "BEFORE UPDATE OF is_active, expires_on",
}


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0010_seats_under_four_eyes")]

    operations = [
        fence_delivered("tenancy_seatchange"),
        fence("tenancy_invitation"),
        grant("tenancy_seatchange", app="SELECT"),
        grant("tenancy_invitation", app="SELECT"),
        RoleSQL(
            [
                *written([*INNER.values(), *DOORS.values()]),
                *(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC" for name in [*INNER, *DOORS]),
                *(f"GRANT EXECUTE ON FUNCTION {name} TO @app@" for name in DOORS),
                *(
                    f"CREATE TRIGGER {name} {when} ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION sec.{name}()"
                    for (name, table), when in TRIGGERS.items()
                ),
                # The worker reads when accounts end: it acts for no one whose account is over.
                "GRANT SELECT (expires_on) ON tenancy_user TO @worker@",
            ],
            [
                "REVOKE SELECT (expires_on) ON tenancy_user FROM @worker@",
                *(f"DROP TRIGGER {name} ON {table}" for (name, table) in TRIGGERS),
                *(f"DROP FUNCTION {name}" for name in [*DOORS, *reversed(INNER)]),
            ],
            "Make the doors by which seats, accounts and offices change",
        ),
    ]
