"""Sessions: one of each person, with an end, kept by digest and reached by functions alone.

No role that serves people reads or writes the table. What a function shows or ends is one's own by the
signed context, or anybody's where the context's person is security administrator today.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL

# Two sign-ins at once wait for one another at the person's lock; the index holds it besides.
OPEN = """
CREATE FUNCTION sec.open_session(account bigint, shown bytea, network text, browser text)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('session of ' || account, 0));
    UPDATE public.tenancy_signinsession AS one
       SET ended_at = clock_timestamp(), ended_because = 'replaced'
     WHERE one.user_id = account AND one.ended_at IS NULL;
    INSERT INTO public.tenancy_signinsession
        (user_id, digest, network, browser, opened_at, seen_at, proved_at, ended_because)
    VALUES (account, shown, left(network, 50), left(browser, 60),
            clock_timestamp(), clock_timestamp(), clock_timestamp(), '');
END
$body$
"""

# Asked once on every request. A page that looks again by itself is nobody's presence (`is_used`).
LOOK = """
CREATE FUNCTION sec.look_at_session(account bigint, shown bytea, idle_minutes integer,
    absolute_minutes integer, is_used boolean, OUT ending text, OUT proved_at timestamptz)
RETURNS record
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    found_one public.tenancy_signinsession%ROWTYPE;
BEGIN
    SELECT * INTO found_one FROM public.tenancy_signinsession AS one
     WHERE one.digest = shown AND one.user_id = account;
    IF NOT FOUND THEN
        ending := 'unknown';
        RETURN;
    END IF;
    ending := found_one.ended_because;
    IF found_one.ended_at IS NULL THEN
        IF found_one.seen_at < clock_timestamp() - make_interval(mins => idle_minutes) THEN
            ending := 'idle';
        ELSIF found_one.opened_at < clock_timestamp() - make_interval(mins => absolute_minutes) THEN
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

CLOSE = """
CREATE FUNCTION sec.close_session(shown bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE public.tenancy_signinsession AS one
       SET ended_at = clock_timestamp(), ended_because = 'signed_out'
     WHERE one.digest = shown AND one.ended_at IS NULL;
END
$body$
"""

# After a password or code that was right, for whoever acts.
PROVE = """
CREATE FUNCTION sec.prove_session(shown bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE public.tenancy_signinsession AS one SET proved_at = clock_timestamp()
     WHERE one.digest = shown AND one.ended_at IS NULL AND one.user_id = sec.user_id();
END
$body$
"""

KEEPS_THE_KEYS = """
CREATE FUNCTION sec.is_security_administrator() RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_user AS account ON account.id = seat.user_id
         WHERE seat.user_id = sec.user_id() AND seat.tenant_id = sec.tenant()
           AND seat.role = 'security_administrator' AND account.is_active
           AND seat.since_on <= (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date
           AND (seat.until_on IS NULL
                OR seat.until_on > (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date));
END
$body$
"""

# Never the digest. The newest first; of others, those that are open.
SHOW = """
CREATE FUNCTION sec.sessions_shown(of_everybody boolean) RETURNS TABLE (id bigint, user_id bigint,
    network text, browser text, opened_at timestamptz, seen_at timestamptz, ended_at timestamptz,
    ended_because text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RETURN QUERY
    SELECT one.id, one.user_id, one.network::text, one.browser::text, one.opened_at, one.seen_at,
           one.ended_at, one.ended_because::text
      FROM public.tenancy_signinsession AS one
     WHERE CASE WHEN of_everybody THEN one.ended_at IS NULL AND sec.is_security_administrator()
                ELSE one.user_id = sec.user_id() END
     ORDER BY one.id DESC LIMIT CASE WHEN of_everybody THEN 500 ELSE 20 END;
END
$body$
"""

# NULL where there is none that is open, or it is not theirs to end: the two look the same.
END = """
CREATE FUNCTION sec.end_session(number bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    whose bigint;
BEGIN
    UPDATE public.tenancy_signinsession AS one
       SET ended_at = clock_timestamp(),
           ended_because = CASE WHEN one.user_id = sec.user_id() THEN 'signed_out'
                                ELSE 'ended_by_administrator' END
     WHERE one.id = number AND one.ended_at IS NULL
       AND (one.user_id = sec.user_id() OR sec.is_security_administrator())
    RETURNING one.user_id INTO whose;
    RETURN whose;
END
$body$
"""

SIGNATURES = {
    "sec.open_session(bigint, bytea, text, text)": OPEN,
    "sec.look_at_session(bigint, bytea, integer, integer, boolean)": LOOK,
    "sec.close_session(bytea)": CLOSE,
    "sec.prove_session(bytea)": PROVE,
    "sec.is_security_administrator()": KEEPS_THE_KEYS,
    "sec.sessions_shown(boolean)": SHOW,
    "sec.end_session(bigint)": END,
}
INNER = "sec.is_security_administrator()"


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0012_passwords_by_their_own_account"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignInSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "digest",
                    models.BinaryField(
                        help_text="SHA-256 of what the session carries.", max_length=32
                    ),
                ),
                ("network", models.CharField(max_length=50)),
                ("browser", models.CharField(max_length=60)),
                (
                    "opened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="To half a minute.",
                    ),
                ),
                (
                    "proved_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="The last password or code.",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed_out", "signed_out"),
                            ("replaced", "replaced"),
                            ("idle", "idle"),
                            ("too_long", "too_long"),
                            ("ended_by_administrator", "ended_by_administrator"),
                        ],
                        max_length=30,
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
                "indexes": [models.Index(fields=["user", "-id"], name="session_by_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("digest",), name="session_by_digest"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user",),
                        name="session_once_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_because", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                (
                                    "ended_because__in",
                                    [
                                        "signed_out",
                                        "replaced",
                                        "idle",
                                        "too_long",
                                        "ended_by_administrator",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="session_ends_for_a_reason",
                    ),
                ],
            },
        ),
        RoleSQL(
            [
                *SIGNATURES.values(),
                *(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC" for name in SIGNATURES),
                *(
                    f"GRANT EXECUTE ON FUNCTION {name} TO @app@"
                    for name in SIGNATURES
                    if name != INNER
                ),
            ],
            [f"DROP FUNCTION {name}" for name in reversed(SIGNATURES)],
            "Reach sessions by functions alone",
        ),
    ]
