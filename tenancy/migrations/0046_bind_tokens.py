"""Tokens that only read, and tokens that hold on some networks only."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Value

from tenancy.rls import RoleSQL

# As before, and: a token that is bound to networks does not hold elsewhere. Its owner is shown
# when and from where it was refused; both notes are written once a minute at the most.
WHOSE_IT_IS = """
CREATE FUNCTION sec.holder_of_token(shown bytea, shown_from inet, OUT number bigint,
    OUT tenant_id bigint, OUT user_id bigint, OUT permissions jsonb, OUT reads_only boolean,
    OUT is_in_force boolean, OUT is_elsewhere boolean)
RETURNS record
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    token public.tenancy_apitoken%ROWTYPE;
    minute_ago timestamptz := clock_timestamp() - interval '1 minute';
BEGIN
    SELECT * INTO token FROM public.tenancy_apitoken AS one WHERE one.digest = shown;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    number := token.id;
    tenant_id := token.tenant_id;
    user_id := token.user_id;
    permissions := token.permissions;
    reads_only := token.reads_only;
    is_in_force := token.revoked_at IS NULL AND token.expires_at > clock_timestamp();
    is_elsewhere := is_in_force AND jsonb_array_length(token.networks) > 0 AND NOT EXISTS (
        SELECT FROM jsonb_array_elements_text(token.networks) AS named(network)
         WHERE COALESCE(shown_from <<= named.network::cidr, false));
    IF is_elsewhere THEN
        is_in_force := false;
        IF COALESCE(token.refused_at < minute_ago, true) THEN
            UPDATE public.tenancy_apitoken AS one
               SET refused_at = clock_timestamp(), refused_from = shown_from
             WHERE one.id = token.id;
        END IF;
    ELSIF is_in_force AND COALESCE(token.last_used_at < minute_ago, true) THEN
        UPDATE public.tenancy_apitoken AS one
           SET last_used_at = clock_timestamp(), last_used_from = shown_from
         WHERE one.id = token.id;
    END IF;
END
$body$
"""

WHOSE_IT_WAS = """
CREATE FUNCTION sec.holder_of_token(shown bytea, OUT number bigint, OUT tenant_id bigint,
    OUT user_id bigint, OUT permissions jsonb, OUT is_in_force boolean)
RETURNS record
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    token public.tenancy_apitoken%ROWTYPE;
BEGIN
    SELECT * INTO token FROM public.tenancy_apitoken AS one WHERE one.digest = shown;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    number := token.id;
    tenant_id := token.tenant_id;
    user_id := token.user_id;
    permissions := token.permissions;
    is_in_force := token.revoked_at IS NULL AND token.expires_at > clock_timestamp();
    IF is_in_force AND COALESCE(token.last_used_at < clock_timestamp() - interval '1 minute', true)
    THEN
        UPDATE public.tenancy_apitoken AS one SET last_used_at = clock_timestamp()
         WHERE one.id = token.id;
    END IF;
END
$body$
"""

# The web may write `revoked_at` and nothing else of a token that is made.
STAYS_REVOKED = """
CREATE FUNCTION sec.keep_token() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM named.network::cidr
           FROM jsonb_array_elements_text(NEW.networks) AS named(network);
    ELSIF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL THEN
        RAISE EXCEPTION 'A revoked token stays revoked.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0045_count_violations")]

    operations = [
        migrations.AddField(
            "apitoken",
            "reads_only",
            models.BooleanField(
                db_default=Value(False), help_text="No unsafe call, whatever its permissions."
            ),
        ),
        migrations.AddField(
            "apitoken",
            "networks",
            models.JSONField(
                db_default=Value([], models.JSONField()),
                help_text="Where it holds, as CIDR; an empty list: everywhere.",
            ),
        ),
        migrations.AddField("apitoken", "last_used_from", models.GenericIPAddressField(null=True)),
        migrations.AddField("apitoken", "refused_at", models.DateTimeField(null=True)),
        migrations.AddField("apitoken", "refused_from", models.GenericIPAddressField(null=True)),
        RoleSQL(
            [
                "DROP FUNCTION sec.holder_of_token(bytea)",
                WHOSE_IT_IS,
                STAYS_REVOKED,
                "REVOKE ALL ON FUNCTION sec.holder_of_token(bytea, inet), sec.keep_token()"
                " FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.holder_of_token(bytea, inet) TO @app@",
                "CREATE TRIGGER keep_token BEFORE INSERT OR UPDATE ON tenancy_apitoken "
                "FOR EACH ROW EXECUTE FUNCTION sec.keep_token()",
            ],
            [
                "DROP TRIGGER keep_token ON tenancy_apitoken",
                "DROP FUNCTION sec.keep_token(), sec.holder_of_token(bytea, inet)",
                WHOSE_IT_WAS,
                "REVOKE ALL ON FUNCTION sec.holder_of_token(bytea) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.holder_of_token(bytea) TO @app@",
            ],
            "Ask from where a token is shown, and keep a revoked one revoked",
        ),
    ]
