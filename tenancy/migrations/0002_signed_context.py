"""Schema `sec`: what the policies ask. The web's role may call it and not look inside."""

from django.db import migrations

from tenancy.rls import RoleSQL

# HMAC-SHA256 out of sha256(): the embedded server has no pgcrypto. The pads are kept instead of
# the key, so that nothing here has to build them.
CONTEXT_KEY = """
CREATE TABLE sec.context_key (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    ipad bytea NOT NULL CHECK (octet_length(ipad) = 64),
    opad bytea NOT NULL CHECK (octet_length(opad) = 64)
)
"""

# Anything but a well-formed, unexpired, rightly signed context is NULL and never an error: an
# error would tell a forger which part was wrong, and would break pages on a reused connection,
# where a transaction-local setting that ended reads as ''.
# Both digests are hashed once more before they are compared, so that the time of the comparison
# tells nothing about the right one.
VERIFIED_CONTEXT = r"""
CREATE FUNCTION sec.verified_context() RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    part text[];
    key sec.context_key%ROWTYPE;
    expected bytea;
BEGIN
    part := regexp_match(
        NULLIF(current_setting('app.context', true), ''),
        '^(v1\.([0-9]{1,18})\.([0-9]{1,18})\.([0-9]{1,12}))\.([0-9a-f]{64})$'
    );
    IF part IS NULL OR part[4]::bigint <= extract(epoch FROM clock_timestamp()) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO key FROM sec.context_key;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    expected := sha256(key.opad || sha256(key.ipad || convert_to(part[1], 'UTF8')));
    IF sha256(key.opad || expected) <> sha256(key.opad || decode(part[5], 'hex')) THEN
        RETURN NULL;
    END IF;
    RETURN ARRAY[part[2]::bigint, part[3]::bigint];
END
$body$
"""

TENANT = """
CREATE FUNCTION sec.tenant() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$ SELECT NULLIF((sec.verified_context())[1], 0) $body$
"""

USER_ID = """
CREATE FUNCTION sec.user_id() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$ SELECT NULLIF((sec.verified_context())[2], 0) $body$
"""

RELATED_OFFICES = """
CREATE FUNCTION sec.related_offices() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    WITH me AS (SELECT id, parent_id FROM public.tenancy_office WHERE id = sec.tenant())
    SELECT array_agg(office.id)
      FROM public.tenancy_office AS office, me
     WHERE office.id = me.id OR office.id = me.parent_id OR office.parent_id = me.id
$body$
"""

KEEP_ENDS = """
CREATE FUNCTION sec.keep_ends() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF (NEW.tenant_id, NEW.sender_id) IS DISTINCT FROM (OLD.tenant_id, OLD.sender_id) THEN
        RAISE EXCEPTION 'A delivered row keeps its sender and its receiver.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]

    operations = [
        RoleSQL(
            [
                "CREATE SCHEMA sec",
                CONTEXT_KEY,
                VERIFIED_CONTEXT,
                TENANT,
                USER_ID,
                RELATED_OFFICES,
                KEEP_ENDS,
                "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sec FROM PUBLIC",
                "GRANT USAGE ON SCHEMA sec TO @app@, @worker@",
                "GRANT EXECUTE ON FUNCTION sec.tenant(), sec.user_id(), sec.related_offices() "
                "TO @app@, @worker@",
            ],
            [
                "DROP FUNCTION sec.keep_ends(), sec.related_offices(), sec.user_id(), "
                "sec.tenant(), sec.verified_context()",
                "DROP TABLE sec.context_key",
                "DROP SCHEMA sec",
            ],
            "Make the schema that checks the signed context",
        )
    ]
