"""Tokens near their end, told to their owners; and tokens of any office, for the security administrator.

Of a token of somebody else nothing is told but how it begins, whose it is and when: not its name,
which its owner typed, and not what it may.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Value

from tenancy.rls import RoleSQL

# Once for each token. One that was made for less than that is not worth a notice.
REMIND = """
CREATE FUNCTION sec.remind_of_tokens(days integer, at_most integer)
RETURNS TABLE (tenant_id bigint, user_id bigint, prefix text, expires_at timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE public.tenancy_apitoken AS one SET reminded_at = clock_timestamp()
     WHERE one.id IN (
        SELECT due.id FROM public.tenancy_apitoken AS due
         WHERE due.revoked_at IS NULL AND due.reminded_at IS NULL
           AND due.expires_at > clock_timestamp()
           AND due.expires_at <= clock_timestamp() + make_interval(days => days)
           AND due.expires_at - due.created_at > make_interval(days => days)
         ORDER BY due.expires_at LIMIT at_most FOR UPDATE SKIP LOCKED)
    RETURNING one.tenant_id, one.user_id, one.prefix::text, one.expires_at
$body$
"""

SHOW = """
CREATE FUNCTION sec.tokens_shown(begins text, owner text)
RETURNS TABLE (number bigint, tenant_id bigint, user_id bigint, prefix text,
               created_at timestamptz, expires_at timestamptz, last_used_at timestamptz,
               revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT one.id, one.tenant_id, one.user_id, one.prefix::text, one.created_at, one.expires_at,
           one.last_used_at, one.revoked_at
      FROM public.tenancy_apitoken AS one
      JOIN public.tenancy_user AS person ON person.id = one.user_id
     WHERE sec.holds('{security_administrator}')
       AND (begins = '' OR starts_with(one.prefix, left(begins, 9)))
       AND (owner = '' OR strpos(lower(person.username), lower(owner)) > 0
            OR strpos(person.display_name, owner) > 0)
     ORDER BY (one.revoked_at IS NOT NULL OR one.expires_at <= clock_timestamp()), one.id DESC
     LIMIT 500
$body$
"""

# Nothing where there is none, or it is not theirs to revoke. Twice is once.
REVOKE = """
CREATE FUNCTION sec.revoke_token(number bigint)
RETURNS TABLE (tenant_id bigint, user_id bigint, is_new boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    token public.tenancy_apitoken%ROWTYPE;
BEGIN
    IF NOT sec.holds('{security_administrator}') THEN
        RETURN;
    END IF;
    SELECT * INTO token FROM public.tenancy_apitoken AS one WHERE one.id = number FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF token.revoked_at IS NULL THEN
        UPDATE public.tenancy_apitoken AS one
           SET revoked_at = clock_timestamp(), revoked_by_administrator = true
         WHERE one.id = number;
    END IF;
    RETURN QUERY SELECT token.tenant_id, token.user_id, token.revoked_at IS NULL;
END
$body$
"""

FUNCTIONS = (
    "sec.remind_of_tokens(integer, integer), sec.tokens_shown(text, text), sec.revoke_token(bigint)"
)


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0066_claim_forms_again")]

    operations = [
        migrations.AddField("apitoken", "reminded_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "apitoken",
            "revoked_by_administrator",
            models.BooleanField(db_default=Value(False)),
        ),
        RoleSQL(
            [
                REMIND,
                SHOW,
                REVOKE,
                f"REVOKE ALL ON FUNCTION {FUNCTIONS} FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.remind_of_tokens(integer, integer) TO @worker@",
                "GRANT EXECUTE ON FUNCTION sec.tokens_shown(text, text),"
                " sec.revoke_token(bigint) TO @app@",
            ],
            [f"DROP FUNCTION {FUNCTIONS}"],
            "Remind owners of tokens, and let the security administrator find and revoke them",
        ),
    ]
