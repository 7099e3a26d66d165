"""No statement of the web writes a password: an account renews its own, and invitations set the first.

`sec.accept_invitation` (0011) sets the first password for whoever shows the link's secret.
"""

from django.db import migrations

from tenancy.rls import RoleSQL

# Compares before it writes: of two sign-ins that renew one hash at once, the second changes
# nothing. An account without a password gets its first one by invitation alone.
RENEW = """
CREATE FUNCTION sec.renew_password(before text, hash text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    who bigint := sec.user_id();
BEGIN
    IF who IS NULL OR before LIKE '!%' OR hash LIKE '!%' OR hash = '' THEN
        RAISE EXCEPTION 'Only the account itself renews its password.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.tenancy_user AS one SET password = hash
     WHERE one.id = who AND one.password = before AND one.is_active
       AND (one.expires_on IS NULL OR one.expires_on > sec.today());
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    VALUES (NULL, 'tenancy.password.renewed', 'tenancy.user', who, '{}');
    RETURN true;
END
$body$
"""
NAME = "sec.renew_password(text, text)"


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0011_decide_seats_by_two")]

    operations = [
        RoleSQL(
            [
                RENEW,
                f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {NAME} TO @app@",
                "REVOKE UPDATE (password) ON tenancy_user FROM @app@",
            ],
            [
                "GRANT UPDATE (password) ON tenancy_user TO @app@",
                f"DROP FUNCTION {NAME}",
            ],
            "Let passwords be written by their own account alone",
        ),
    ]
