"""Tell workers which imports nobody applied, in all offices: numbers, and nothing else."""

from __future__ import annotations

from django.db import migrations

from tenancy.rls import RoleSQL

STALE_IMPORTS = """
CREATE FUNCTION sec.stale_imports(days integer)
RETURNS TABLE (office bigint, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT upload.tenant_id, upload.id
      FROM public.scheduling_import AS upload
     WHERE upload.state IN ('uploaded', 'dry_run', 'failed')
       AND upload.uploaded_at < clock_timestamp() - make_interval(days => GREATEST(days, 1))
     ORDER BY upload.id
     LIMIT 500
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0006_publication_answers")]

    operations = [
        RoleSQL(
            [
                STALE_IMPORTS,
                "REVOKE ALL ON FUNCTION sec.stale_imports(integer) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.stale_imports(integer) TO @worker@",
            ],
            ["DROP FUNCTION sec.stale_imports(integer)"],
            "Let workers find imports that nobody applied",
        )
    ]
