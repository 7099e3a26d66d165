"""A password has an age, a history and an end; a forgotten one is replaced by whoever shows a link.

No role reads or writes the two tables. The functions here decide by the signed context whose hashes
one compares with, and by the seats of today who makes a link.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL

HEAD = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# Four behind the one in use: five that may not come again.
KEEP = """
CREATE FUNCTION sec.keep_password(who bigint, hash text) RETURNS void
@head@
AS $body$
BEGIN
    IF hash LIKE '!%' OR hash = '' THEN
        PERFORM sec.refuse('This is no password.', 'password_is_one');
    END IF;
    INSERT INTO public.tenancy_oldpassword (user_id, hash)
    SELECT one.id, one.password FROM public.tenancy_user AS one
     WHERE one.id = who AND one.password NOT LIKE '!%' AND one.password <> '';
    DELETE FROM public.tenancy_oldpassword AS old
     WHERE old.user_id = who AND old.id NOT IN (
        SELECT kept.id FROM public.tenancy_oldpassword AS kept
         WHERE kept.user_id = who ORDER BY kept.id DESC LIMIT 4);
    UPDATE public.tenancy_user AS one
       SET password = hash, password_set_at = clock_timestamp(), password_must_change = false
     WHERE one.id = who;
    UPDATE public.tenancy_passwordreset AS link SET ended_at = clock_timestamp()
     WHERE link.user_id = who AND link.ended_at IS NULL;
END
$body$
"""

# Against the hash that stood there: of two changes at once, the second changes nothing. Every
# sign-in but the one in which it is done is over.
CHANGE = """
CREATE FUNCTION sec.change_password(before text, hash text, but bytea) RETURNS boolean
@head@
AS $body$
DECLARE
    who bigint := sec.user_id();
BEGIN
    PERFORM FROM public.tenancy_user AS one
     WHERE one.id = who AND one.password = before AND one.password NOT LIKE '!%' AND one.is_active
       AND (one.expires_on IS NULL OR one.expires_on > sec.today())
       FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM sec.keep_password(who, hash);
    UPDATE public.tenancy_signinsession AS open_one
       SET ended_at = clock_timestamp(), ended_because = 'replaced'
     WHERE open_one.user_id = who AND open_one.ended_at IS NULL
       AND open_one.digest IS DISTINCT FROM but;
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    VALUES (NULL, 'tenancy.password.changed', 'tenancy.user', who, '{}');
    RETURN true;
END
$body$
"""

# Of whoever the signed context names, and of nobody else.
OLD = """
CREATE FUNCTION sec.own_old_passwords() RETURNS SETOF text
@head@
AS $body$
BEGIN
    RETURN QUERY SELECT old.hash::text FROM public.tenancy_oldpassword AS old
     WHERE old.user_id = sec.user_id() ORDER BY old.id DESC;
END
$body$
"""

IS_ADMINISTRATOR_S = """
CREATE FUNCTION sec.is_administrators_account(person bigint) RETURNS boolean
@head@
AS $body$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.tenancy_membership AS seat
         WHERE seat.user_id = person AND sec.is_administrator(seat.role)
           AND (seat.until_on IS NULL OR seat.until_on > sec.today()));
END
$body$
"""

# The person is told at once: they may do nothing before they have set another, by the link or
# (who never asked for it) by the one that they know.
MAKE = """
CREATE FUNCTION sec.make_password_reset(person bigint, digest bytea, hours integer)
RETURNS timestamptz
@head@
AS $body$
DECLARE
    until timestamptz := clock_timestamp() + make_interval(hours => LEAST(GREATEST(hours, 1), 72));
BEGIN
    PERFORM sec.must_hold('{security_administrator}');
    IF person = sec.user_id() THEN
        PERFORM sec.refuse('Nobody resets their own password.', 'reset_not_for_oneself');
    END IF;
    IF sec.is_administrators_account(person) THEN
        PERFORM sec.refuse('No administrator takes the place of another.',
            'reset_not_of_an_administrator');
    END IF;
    UPDATE public.tenancy_user AS one SET password_must_change = true
     WHERE one.id = person AND one.is_active AND one.password NOT LIKE '!%'
       AND (one.expires_on IS NULL OR one.expires_on > sec.today());
    IF NOT FOUND THEN
        PERFORM sec.refuse('Only a password in use is reset.', 'reset_of_a_password_in_use');
    END IF;
    UPDATE public.tenancy_passwordreset AS link SET ended_at = clock_timestamp()
     WHERE link.user_id = person AND link.ended_at IS NULL;
    INSERT INTO public.tenancy_passwordreset (user_id, digest, made_by_id, expires_at)
    VALUES (person, digest, sec.user_id(), until);
    RETURN until;
END
$body$
"""

# Asked by strangers, before there is any context: who shows the secret is who was given it.
ASKED = """
CREATE FUNCTION sec.password_reset_of(shown bytea) RETURNS bigint
@head@
AS $body$
DECLARE
    found bigint;
BEGIN
    SELECT link.user_id INTO found FROM public.tenancy_passwordreset AS link
      JOIN public.tenancy_user AS person ON person.id = link.user_id
     WHERE link.digest = shown AND link.ended_at IS NULL AND link.expires_at > clock_timestamp()
       AND person.is_active AND (person.expires_on IS NULL OR person.expires_on > sec.today());
    RETURN found;
END
$body$
"""

USE = """
CREATE FUNCTION sec.use_password_reset(shown bytea, hash text) RETURNS bigint
@head@
AS $body$
DECLARE
    who bigint;
BEGIN
    UPDATE public.tenancy_passwordreset AS link
       SET ended_at = clock_timestamp(), used_at = clock_timestamp()
     WHERE link.digest = shown AND link.ended_at IS NULL
       AND link.user_id = sec.password_reset_of(shown)
    RETURNING link.user_id INTO who;
    IF NOT FOUND THEN
        PERFORM sec.refuse('This link is over.', 'reset_in_force');
    END IF;
    PERFORM sec.keep_password(who, hash);
    UPDATE public.tenancy_signinsession AS open_one
       SET ended_at = clock_timestamp(), ended_because = 'ended_by_administrator'
     WHERE open_one.user_id = who AND open_one.ended_at IS NULL;
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    VALUES (NULL, 'tenancy.password.reset', 'tenancy.user', who, '{}');
    RETURN who;
END
$body$
"""

# Never the digest. All for the security administrator; else what was made for whoever asks.
SHOW = """
CREATE FUNCTION sec.password_resets_shown(of_everybody boolean) RETURNS TABLE (id bigint,
    user_id bigint, made_by_id bigint, made_at timestamptz, expires_at timestamptz,
    used_at timestamptz, ended_at timestamptz)
@head@
AS $body$
BEGIN
    RETURN QUERY
    SELECT link.id, link.user_id, link.made_by_id, link.made_at, link.expires_at, link.used_at,
           link.ended_at
      FROM public.tenancy_passwordreset AS link
     WHERE CASE WHEN of_everybody THEN sec.is_security_administrator()
                ELSE link.user_id = sec.user_id() END
     ORDER BY link.id DESC LIMIT CASE WHEN of_everybody THEN 50 ELSE 3 END;
END
$body$
"""

# The first one, by an invitation, begins to age when it is set.
DATE_THE_FIRST = """
CREATE FUNCTION sec.date_first_password() RETURNS trigger
@head@
AS $body$
BEGIN
    NEW.password_set_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""
TRIGGER = (
    "CREATE TRIGGER date_first_password BEFORE UPDATE OF password ON tenancy_user FOR EACH ROW"
    " WHEN (OLD.password LIKE '!%' AND NEW.password NOT LIKE '!%')"
    " EXECUTE FUNCTION sec.date_first_password()"
)

INNER = {
    "sec.keep_password(bigint, text)": KEEP,
    "sec.is_administrators_account(bigint)": IS_ADMINISTRATOR_S,
    "sec.date_first_password()": DATE_THE_FIRST,
}
CALLED = {
    "sec.change_password(text, text, bytea)": CHANGE,
    "sec.own_old_passwords()": OLD,
    "sec.make_password_reset(bigint, bytea, integer)": MAKE,
    "sec.password_reset_of(bytea)": ASKED,
    "sec.use_password_reset(bytea, text)": USE,
    "sec.password_resets_shown(boolean)": SHOW,
}
FUNCTIONS = INNER | CALLED


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0051_reach_second_factors_by_functions"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_must_change",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name="user",
            name="password_set_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), help_text="By its person."
            ),
        ),
        migrations.CreateModel(
            name="OldPassword",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.CharField(max_length=128)),
                (
                    "replaced_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "-id"], name="old_password_by_person")],
            },
        ),
        migrations.CreateModel(
            name="PasswordReset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "digest",
                    models.BinaryField(help_text="SHA-256 of the link's secret.", max_length=32),
                ),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "-id"], name="reset_by_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("digest",), name="reset_by_digest"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user",),
                        name="reset_once_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user", models.F("made_by")), _negated=True),
                        name="reset_not_for_oneself",
                    ),
                ],
            },
        ),
        RoleSQL(
            [
                *(text.replace("@head@", HEAD) for text in FUNCTIONS.values()),
                *(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC" for name in FUNCTIONS),
                *(f"GRANT EXECUTE ON FUNCTION {name} TO @app@" for name in CALLED),
                TRIGGER,
            ],
            [
                "DROP TRIGGER date_first_password ON tenancy_user",
                *(f"DROP FUNCTION {name}" for name in reversed(FUNCTIONS)),
            ],
            "Reach earlier passwords and resets by functions alone",
        ),
    ]
