"""Wrong tries are counted by functions, under keyed digests: a typed name is nowhere kept.

What django-axes kept of them (names as typed, addresses) is not used any more, nor granted.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL

HEAD = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# Which tier holds this try; '' where none does. All is read whatever is found first: a known name
# and an unknown one take the same time. `known_days`: from where somebody has signed in within
# that time, only what was tried from there counts against them.
HELD = """
CREATE FUNCTION sec.sign_in_held(pair_key bytea, name_key bytea, network_key bytea,
    account bigint, place text, known_days integer, slowed_to interval) RETURNS text
@head@
AS $body$
DECLARE
    is_known boolean;
    pair_is_held boolean;
    name_is_held boolean;
    is_slowed boolean;
BEGIN
    SELECT EXISTS (
        SELECT FROM public.tenancy_signinsession AS one
         WHERE one.user_id = account AND one.network = place AND place <> ''
           AND one.opened_at > clock_timestamp() - make_interval(days => known_days))
      INTO is_known;
    SELECT EXISTS (
        SELECT FROM public.tenancy_signintally AS one
         WHERE one.key = pair_key AND one.held_until > clock_timestamp()) INTO pair_is_held;
    SELECT EXISTS (
        SELECT FROM public.tenancy_signintally AS one
         WHERE one.key = name_key AND one.held_until > clock_timestamp()) INTO name_is_held;
    SELECT EXISTS (
        SELECT FROM public.tenancy_signintally AS one
         WHERE one.key = network_key AND one.held_until > clock_timestamp()
           AND one.last_at > clock_timestamp() - slowed_to) INTO is_slowed;
    RETURN CASE WHEN pair_is_held THEN 'pair'
                WHEN is_known THEN ''
                WHEN name_is_held THEN 'name'
                WHEN is_slowed THEN 'network'
                ELSE '' END;
END
$body$
"""

# Whether this try brought the hold about. During a hold nothing is counted; after it, from 1.
NOTE = """
CREATE FUNCTION sec.note_wrong_try(tier_of text, key_of bytea, account bigint, place text,
    most integer, within interval, lasts interval) RETURNS boolean
@head@
AS $body$
DECLARE
    counted integer;
    is_held boolean;
BEGIN
    DELETE FROM public.tenancy_signintally AS old WHERE old.id IN (
        SELECT one.id FROM public.tenancy_signintally AS one
         WHERE one.last_at < clock_timestamp() - interval '1 day'
         LIMIT 100 FOR UPDATE SKIP LOCKED);
    INSERT INTO public.tenancy_signintally AS one (key, tier, user_id, network, failures)
    VALUES (key_of, tier_of, account, place, 1)
    ON CONFLICT (key) DO UPDATE SET
        last_at = clock_timestamp(),
        failures = CASE
            WHEN one.held_until > clock_timestamp() THEN one.failures
            WHEN one.held_until IS NULL AND one.first_at > clock_timestamp() - within
            THEN one.failures + 1 ELSE 1 END,
        first_at = CASE
            WHEN one.held_until > clock_timestamp()
              OR (one.held_until IS NULL AND one.first_at > clock_timestamp() - within)
            THEN one.first_at ELSE clock_timestamp() END,
        held_until = CASE
            WHEN one.held_until > clock_timestamp() THEN one.held_until END
    RETURNING one.failures, one.held_until IS NOT NULL INTO counted, is_held;
    IF is_held OR counted < most THEN
        RETURN is_held;
    END IF;
    UPDATE public.tenancy_signintally AS one SET held_until = clock_timestamp() + lasts
     WHERE one.key = key_of;
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    VALUES (NULL, 'tenancy.sign_in.held', CASE WHEN account IS NULL THEN '' ELSE 'tenancy.user' END,
        account, jsonb_build_object('tier', tier_of, 'network', place));
    RETURN true;
END
$body$
"""

# Whoever knew the password: what was mistyped before is forgotten, for this name from there.
FORGET = """
CREATE FUNCTION sec.forget_wrong_tries(key_of bytea) RETURNS void
@head@
AS $body$
BEGIN
    DELETE FROM public.tenancy_signintally AS one WHERE one.key = key_of AND one.tier = 'pair';
END
$body$
"""

SHOW = """
CREATE FUNCTION sec.holds_shown() RETURNS TABLE (id bigint, tier text, user_id bigint,
    network text, failures integer, last_at timestamptz, held_until timestamptz)
@head@
AS $body$
BEGIN
    RETURN QUERY
    SELECT one.id, one.tier::text, one.user_id, one.network::text, one.failures, one.last_at,
           one.held_until
      FROM public.tenancy_signintally AS one
     WHERE one.held_until > clock_timestamp() AND sec.is_security_administrator()
     ORDER BY one.held_until DESC, one.id DESC LIMIT 200;
END
$body$
"""

# NULL where there is none, or whoever asks may not: the two look the same.
LIFT = """
CREATE FUNCTION sec.lift_hold(number bigint) RETURNS jsonb
@head@
AS $body$
DECLARE
    lifted jsonb;
BEGIN
    DELETE FROM public.tenancy_signintally AS one
     WHERE one.id = number AND one.held_until > clock_timestamp()
       AND sec.is_security_administrator()
    RETURNING jsonb_build_object('tier', one.tier, 'user', one.user_id, 'network', one.network)
      INTO lifted;
    RETURN lifted;
END
$body$
"""

FUNCTIONS = {
    "sec.sign_in_held(bytea, bytea, bytea, bigint, text, integer, interval)": HELD,
    "sec.note_wrong_try(text, bytea, bigint, text, integer, interval, interval)": NOTE,
    "sec.forget_wrong_tries(bytea)": FORGET,
    "sec.holds_shown()": SHOW,
    "sec.lift_hold(bigint)": LIFT,
}
AXES = "axes_accessattempt, axes_accessattemptexpiration"


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0055_passwords_that_age")]

    operations = [
        migrations.CreateModel(
            name="SignInTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BinaryField(max_length=32)),
                (
                    "tier",
                    models.CharField(
                        choices=[("pair", "pair"), ("name", "name"), ("network", "network")],
                        max_length=10,
                    ),
                ),
                ("network", models.CharField(blank=True, max_length=50)),
                ("failures", models.IntegerField()),
                (
                    "first_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "last_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("held_until", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["last_at"], name="tally_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("key",), name="tally_by_key"),
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ["pair", "name", "network"])),
                        name="tally_of_a_tier",
                    ),
                ],
            },
        ),
        RoleSQL(
            [
                *(text.replace("@head@", HEAD) for text in FUNCTIONS.values()),
                *(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC" for name in FUNCTIONS),
                *(f"GRANT EXECUTE ON FUNCTION {name} TO @app@" for name in FUNCTIONS),
                f"REVOKE ALL ON {AXES} FROM @app@",
            ],
            [
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON {AXES} TO @app@",
                *(f"DROP FUNCTION {name}" for name in reversed(FUNCTIONS)),
            ],
            "Reach the counts by functions alone",
        ),
    ]
