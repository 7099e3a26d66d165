"""The auditor's role reads the record of all offices, and nothing else."""

from django.db import migrations

from tenancy.rls import RoleSQL

# Installations from before this release have the roles of that time.
ROLES_ARE_THERE = """
DO $body$
BEGIN
    IF to_regrole('@audit@') IS NULL OR to_regrole('@backup@') IS NULL THEN
        RAISE EXCEPTION 'The roles for audit and backup are missing. As a superuser, run '
            'platform/launcher/sql/roles.sql once more (deploy/README.md), then migrate again.';
    END IF;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0020_sessions")]

    operations = [
        RoleSQL(
            [
                ROLES_ARE_THERE,
                "CREATE POLICY fence_audit ON tenancy_auditentry FOR SELECT TO @audit@ USING (true)",
                "GRANT USAGE ON SCHEMA public TO @audit@",
                "GRANT SELECT ON tenancy_auditentry, tenancy_audithead TO @audit@",
                "GRANT SELECT (id, code, short_name) ON tenancy_office TO @audit@",
            ],
            [
                "REVOKE SELECT (id, code, short_name) ON tenancy_office FROM @audit@",
                "REVOKE SELECT ON tenancy_auditentry, tenancy_audithead FROM @audit@",
                "REVOKE USAGE ON SCHEMA public FROM @audit@",
                "DROP POLICY fence_audit ON tenancy_auditentry",
            ],
            "Let the auditor read the record",
        )
    ]
