"""Second factors, recovery codes and the policy are reached by functions alone.

Each asks the signed context who acts: one's own factor, or, for a reset and for the policy, whether
that is a security administrator today. What changes a factor besides using it, and what changes the
policy, needs an open session of theirs with a fresh proof: SQL behind the web's role, too.
"""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL, grant

_SESSIONS = import_module("tenancy.migrations.0020_sessions")
_SEATS = import_module("tenancy.migrations.0011_decide_seats_by_two")
_OLD_LOOK = "sec.look_at_session(bigint, bytea, integer, integer, boolean)"

FIRST_POLICY = """
INSERT INTO public.tenancy_securitypolicy
    (id, factor_roles, idle_minutes, absolute_hours, step_up_minutes)
VALUES (1, '{system_administrator,security_administrator,audit_administrator,city_director,
county_director,scheduler}', 15, 8, 10)
"""

# A minute more than the pages ask for: who was asked in time is not refused on the way.
IS_PROVEN = """
CREATE FUNCTION sec.is_proven() RETURNS boolean
@writes@
AS $body$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.tenancy_signinsession AS one, public.tenancy_securitypolicy AS policy
         WHERE one.user_id = sec.user_id() AND one.ended_at IS NULL
           AND one.proved_at
               > clock_timestamp() - make_interval(mins => policy.step_up_minutes + 1));
END
$body$
"""

MUST_BE_PROVEN = """
CREATE FUNCTION sec.must_be_proven() RETURNS void
@writes@
AS $body$
BEGIN
    IF NOT sec.is_proven() THEN
        RAISE EXCEPTION 'This needs a fresh proof of who acts.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proof_is_fresh',
                  TABLE = 'tenancy_signinsession';
    END IF;
END
$body$
"""

# By any seat of today, in whatever office. Where there is no policy: everybody.
NEEDS = """
CREATE FUNCTION sec.needs_second_factor(account bigint) RETURNS boolean
@writes@
AS $body$
BEGIN
    RETURN NOT EXISTS (SELECT FROM public.tenancy_securitypolicy)
        OR EXISTS (
            SELECT FROM public.tenancy_membership AS seat, public.tenancy_securitypolicy AS policy
             WHERE seat.user_id = account AND seat.role = ANY (policy.factor_roles)
               AND seat.since_on <= sec.today()
               AND (seat.until_on IS NULL OR seat.until_on > sec.today()));
END
$body$
"""

# One row for whoever is known; none without a person in the context.
OWN = """
CREATE FUNCTION sec.own_second_factor() RETURNS TABLE (secret bytea, confirmed_at timestamptz,
    last_step bigint, reset_at timestamptz, reset_by bigint, codes_left integer, is_needed boolean)
@writes@
AS $body$
BEGIN
    RETURN QUERY
    SELECT factor.secret, factor.confirmed_at, factor.last_step, factor.reset_at, factor.reset_by_id,
           (SELECT count(*)::integer FROM public.tenancy_recoverycode AS code
             WHERE code.user_id = me.id AND code.used_at IS NULL),
           sec.needs_second_factor(me.id)
      FROM (SELECT sec.user_id() AS id) AS me
      LEFT JOIN public.tenancy_secondfactor AS factor ON factor.user_id = me.id
     WHERE me.id IS NOT NULL;
END
$body$
"""

# False: there is one already, which stays.
BEGIN_IT = """
CREATE FUNCTION sec.begin_second_factor(sealed bytea) RETURNS boolean
@writes@
AS $body$
BEGIN
    PERFORM sec.must_be_proven();
    INSERT INTO public.tenancy_secondfactor (user_id, secret) VALUES (sec.user_id(), sealed)
    ON CONFLICT (user_id) DO UPDATE SET secret = EXCLUDED.secret
     WHERE tenancy_secondfactor.confirmed_at IS NULL;
    RETURN FOUND;
END
$body$
"""

REPLACE_CODES = """
CREATE FUNCTION sec.replace_recovery_codes(digests bytea[]) RETURNS void
@writes@
AS $body$
BEGIN
    DELETE FROM public.tenancy_recoverycode AS code WHERE code.user_id = sec.user_id();
    INSERT INTO public.tenancy_recoverycode (user_id, digest)
    SELECT sec.user_id(), digest FROM unnest(digests) AS digest;
END
$body$
"""

# The secret that the code was looked at with: another one, begun meanwhile, is not confirmed.
CONFIRM = """
CREATE FUNCTION sec.confirm_second_factor(sealed bytea, step bigint, digests bytea[])
RETURNS boolean
@writes@
AS $body$
BEGIN
    PERFORM sec.must_be_proven();
    UPDATE public.tenancy_secondfactor AS factor
       SET confirmed_at = clock_timestamp(), last_step = step
     WHERE factor.user_id = sec.user_id() AND factor.confirmed_at IS NULL
       AND factor.secret = sealed AND octet_length(factor.secret) > 0;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM sec.replace_recovery_codes(digests);
    RETURN true;
END
$body$
"""

# Of two who show one code at once, the second finds the step used.
USE_STEP = """
CREATE FUNCTION sec.use_factor_step(step bigint) RETURNS boolean
@writes@
AS $body$
BEGIN
    UPDATE public.tenancy_secondfactor AS factor SET last_step = step
     WHERE factor.user_id = sec.user_id() AND factor.confirmed_at IS NOT NULL
       AND factor.last_step < step;
    RETURN FOUND;
END
$body$
"""

USE_CODE = """
CREATE FUNCTION sec.use_recovery_code(shown bytea) RETURNS boolean
@writes@
AS $body$
BEGIN
    UPDATE public.tenancy_recoverycode AS code SET used_at = clock_timestamp()
     WHERE code.user_id = sec.user_id() AND code.digest = shown AND code.used_at IS NULL
       AND EXISTS (SELECT FROM public.tenancy_secondfactor AS factor
                    WHERE factor.user_id = code.user_id AND factor.confirmed_at IS NOT NULL);
    RETURN FOUND;
END
$body$
"""

RENEW = """
CREATE FUNCTION sec.renew_recovery_codes(digests bytea[]) RETURNS boolean
@writes@
AS $body$
BEGIN
    PERFORM sec.must_be_proven();
    PERFORM FROM public.tenancy_secondfactor AS factor
     WHERE factor.user_id = sec.user_id() AND factor.confirmed_at IS NOT NULL FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM sec.replace_recovery_codes(digests);
    RETURN true;
END
$body$
"""

GIVE_UP = """
CREATE FUNCTION sec.give_up_second_factor() RETURNS boolean
@writes@
AS $body$
BEGIN
    PERFORM sec.must_be_proven();
    IF sec.needs_second_factor(sec.user_id()) THEN
        PERFORM sec.refuse('The policy asks for a second factor.', 'second_factor_needed');
    END IF;
    DELETE FROM public.tenancy_recoverycode AS code WHERE code.user_id = sec.user_id();
    DELETE FROM public.tenancy_secondfactor AS factor
     WHERE factor.user_id = sec.user_id() AND factor.confirmed_at IS NOT NULL;
    RETURN FOUND;
END
$body$
"""

# Somebody else's, for who lost telephone and codes; they are signed out, and set up another at the
# next sign-in. False: there is none.
RESET = """
CREATE FUNCTION sec.reset_second_factor(account bigint) RETURNS boolean
@writes@
AS $body$
BEGIN
    PERFORM sec.must_hold('{security_administrator}');
    PERFORM sec.must_be_proven();
    IF account = sec.user_id() THEN
        PERFORM sec.refuse('Nobody resets their own.', 'second_factor_of_another');
    END IF;
    UPDATE public.tenancy_secondfactor AS factor
       SET secret = '', confirmed_at = NULL, last_step = NULL,
           reset_at = clock_timestamp(), reset_by_id = sec.user_id()
     WHERE factor.user_id = account AND factor.confirmed_at IS NOT NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM public.tenancy_recoverycode AS code WHERE code.user_id = account;
    UPDATE public.tenancy_signinsession AS one
       SET ended_at = clock_timestamp(), ended_because = 'ended_by_administrator'
     WHERE one.user_id = account AND one.ended_at IS NULL;
    RETURN true;
END
$body$
"""

# Who has one, and who has none and needs it. Never a secret. Nothing for anybody else.
SHOWN = """
CREATE FUNCTION sec.second_factors_shown() RETURNS TABLE (account bigint, is_needed boolean,
    confirmed_at timestamptz, reset_at timestamptz, reset_by bigint, codes_left integer)
@writes@
AS $body$
BEGIN
    IF NOT sec.is_security_administrator() THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT one.id, one.is_needed, factor.confirmed_at, factor.reset_at, factor.reset_by_id,
           (SELECT count(*)::integer FROM public.tenancy_recoverycode AS code
             WHERE code.user_id = one.id AND code.used_at IS NULL)
      FROM (SELECT person.id, person.username, sec.needs_second_factor(person.id) AS is_needed
              FROM public.tenancy_user AS person
             WHERE person.is_active) AS one
      LEFT JOIN public.tenancy_secondfactor AS factor ON factor.user_id = one.id
     WHERE one.is_needed OR factor.confirmed_at IS NOT NULL OR factor.reset_at IS NOT NULL
     ORDER BY one.username;
END
$body$
"""

# The table's constraints hold the bounds. Administrators are left out by nobody who serves people.
SET_POLICY = """
CREATE FUNCTION sec.set_security_policy(roles text[], idle integer, absolute integer,
    step_up integer) RETURNS void
@writes@
AS $body$
BEGIN
    PERFORM sec.must_hold('{security_administrator}');
    PERFORM sec.must_be_proven();
    IF NOT roles @> '{{system_administrator,security_administrator,audit_administrator}}' THEN
        PERFORM sec.refuse('Administrators sign in with a second factor.',
            'security_policy_administrators');
    END IF;
    UPDATE public.tenancy_securitypolicy AS policy
       SET factor_roles = roles, idle_minutes = idle, absolute_hours = absolute,
           step_up_minutes = step_up;
END
$body$
"""

# As before (migration `sessions`), with the limits of the policy in place of the caller's. Where there
# is no policy, every session is over.
LOOK = """
CREATE FUNCTION sec.look_at_session(account bigint, shown bytea, is_used boolean,
    OUT ending text, OUT proved_at timestamptz)
RETURNS record
@writes@
AS $body$
DECLARE
    found_one public.tenancy_signinsession%ROWTYPE;
    policy public.tenancy_securitypolicy%ROWTYPE;
BEGIN
    SELECT * INTO found_one FROM public.tenancy_signinsession AS one
     WHERE one.digest = shown AND one.user_id = account;
    IF NOT FOUND THEN
        ending := 'unknown';
        RETURN;
    END IF;
    ending := found_one.ended_because;
    IF found_one.ended_at IS NULL THEN
        SELECT * INTO policy FROM public.tenancy_securitypolicy;
        IF found_one.seen_at
            < clock_timestamp() - make_interval(mins => COALESCE(policy.idle_minutes, 0))
        THEN
            ending := 'idle';
        ELSIF found_one.opened_at
            < clock_timestamp() - make_interval(hours => COALESCE(policy.absolute_hours, 0))
        THEN
            ending := 'too_long';
        ELSIF is_used AND found_one.seen_at < clock_timestamp() - interval '30 seconds' THEN
            UPDATE public.tenancy_signinsession AS one SET seen_at = clock_timestamp()
             WHERE one.id = found_one.id;
        END IF;
        IF ending <> '' THEN
            UPDATE public.tenancy_signinsession AS one
               SET ended_at = clock_timestamp(), ended_because = ending
             WHERE one.id = found_one.id AND one.ended_at IS NULL;
        END IF;
    END IF;
    IF ending = '' THEN
        proved_at := found_one.proved_at;
    END IF;
END
$body$
"""

DOORS = {
    "sec.own_second_factor()": OWN,
    "sec.begin_second_factor(bytea)": BEGIN_IT,
    "sec.confirm_second_factor(bytea, bigint, bytea[])": CONFIRM,
    "sec.use_factor_step(bigint)": USE_STEP,
    "sec.use_recovery_code(bytea)": USE_CODE,
    "sec.renew_recovery_codes(bytea[])": RENEW,
    "sec.give_up_second_factor()": GIVE_UP,
    "sec.reset_second_factor(bigint)": RESET,
    "sec.second_factors_shown()": SHOWN,
    "sec.set_security_policy(text[], integer, integer, integer)": SET_POLICY,
    "sec.look_at_session(bigint, bytea, boolean)": LOOK,
}
INNER = {
    "sec.is_proven()": IS_PROVEN,
    "sec.must_be_proven()": MUST_BE_PROVEN,
    "sec.needs_second_factor(bigint)": NEEDS,
    "sec.replace_recovery_codes(bytea[])": REPLACE_CODES,
}


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0050_second_factor_and_policy")]

    operations = [
        grant("tenancy_securitypolicy", app="SELECT"),
        RoleSQL(
            [
                FIRST_POLICY,
                f"DROP FUNCTION {_OLD_LOOK}",
                *_SEATS.written([*INNER.values(), *DOORS.values()]),
                *(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC" for name in [*INNER, *DOORS]),
                *(f"GRANT EXECUTE ON FUNCTION {name} TO @app@" for name in DOORS),
            ],
            [
                *(f"DROP FUNCTION {name}" for name in [*DOORS, *reversed(INNER)]),
                _SESSIONS.LOOK,
                f"REVOKE ALL ON FUNCTION {_OLD_LOOK} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {_OLD_LOOK} TO @app@",
                "DELETE FROM public.tenancy_securitypolicy",
            ],
            "Reach second factors by functions alone, and take the limits of sessions from the"
            " policy",
        ),
    ]
