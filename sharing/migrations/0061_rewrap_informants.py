"""Let a worker wrap the keys of informants anew: it is told the wrapped keys, and nothing else of them."""

from __future__ import annotations

from django.db import migrations

from tenancy.rls import RoleSQL

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

INFORMANT_KEYS = f"""
CREATE FUNCTION sec.informant_keys(current text, after bigint, at_most integer)
RETURNS TABLE (number bigint, code text, key text, wrapped bytea)
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT one.id, one.code::text, one.key::text, one.wrapped
      FROM public.sharing_informant AS one
     WHERE one.tenant_id = sec.tenant() AND one.id > after AND one.key <> current
       AND one.destroyed_at IS NULL
     ORDER BY one.id LIMIT LEAST(at_most, 500)
$body$
"""

# Only where the key is still the one that was told: what was destroyed meanwhile stays destroyed.
REWRAP_INFORMANT = f"""
CREATE FUNCTION sec.rewrap_informant(of_informant bigint, was bytea, key_of_now text, anew bytea)
RETURNS boolean LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    UPDATE public.sharing_informant AS one SET key = key_of_now, wrapped = anew
     WHERE one.tenant_id = sec.tenant() AND one.id = of_informant
       AND one.wrapped = was AND one.destroyed_at IS NULL;
    RETURN FOUND;
END
$body$
"""
FUNCTIONS = (
    "informant_keys(text, bigint, integer)",
    "rewrap_informant(bigint, bytea, text, bytea)",
)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0041_rectify")]

    operations = [
        RoleSQL(
            [
                INFORMANT_KEYS,
                REWRAP_INFORMANT,
                *(f"REVOKE ALL ON FUNCTION sec.{one} FROM PUBLIC" for one in FUNCTIONS),
                *(f"GRANT EXECUTE ON FUNCTION sec.{one} TO @worker@" for one in FUNCTIONS),
            ],
            [f"DROP FUNCTION sec.{one}" for one in FUNCTIONS],
            "Let a worker wrap the keys of informants anew",
        )
    ]
