r"""Check the signed context by a pattern that PostgreSQL matches in one pass.

Bounded repeats and captures (`([0-9]{1,18})`) took some 200 µs, each time a policy asks: ten times what
the HMAC takes (docs/benchmarks/fence.md). Lengths are compared afterwards instead; what is believed stays
the same (tests/integration/tenancy/test_signed_context.py).
"""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL

before = import_module("tenancy.migrations.0002_signed_context")

# As before: anything but a well-formed, unexpired, rightly signed context is NULL and never an
# error; both digests are hashed once more before they are compared.
VERIFIED_CONTEXT = r"""
CREATE OR REPLACE FUNCTION sec.verified_context() RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    said text := NULLIF(current_setting('app.context', true), '');
    part text[];
    key sec.context_key%ROWTYPE;
    expected bytea;
BEGIN
    IF said IS NULL OR said !~ '^v1\.[0-9]+\.[0-9]+\.[0-9]+\.[0-9a-f]+$' THEN
        RETURN NULL;
    END IF;
    part := string_to_array(said, '.');
    IF length(part[2]) > 18 OR length(part[3]) > 18 OR length(part[4]) > 12
       OR length(part[5]) <> 64
       OR part[4]::bigint <= extract(epoch FROM clock_timestamp()) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO key FROM sec.context_key;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    expected := sha256(key.opad || sha256(key.ipad || convert_to(left(said, -65), 'UTF8')));
    IF sha256(key.opad || expected) <> sha256(key.opad || decode(part[5], 'hex')) THEN
        RETURN NULL;
    END IF;
    RETURN ARRAY[part[2]::bigint, part[3]::bigint];
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0071_keep_the_record_in_streams")]

    operations = [
        RoleSQL(
            [VERIFIED_CONTEXT],
            [before.VERIFIED_CONTEXT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")],
            "Check the signed context sooner",
        )
    ]
