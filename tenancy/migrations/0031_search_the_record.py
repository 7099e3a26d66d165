"""The audit administrator searches the record of all offices; nobody else gets a row of it."""

from django.db import migrations, models

from tenancy.rls import RoleSQL

# Who asks is read from the signed context, and what they sit as from the seats of today. Somebody
# without that seat gets what somebody gets who finds nothing. Written as one statement per call, so
# that each search is planned for what it asks. `chain` 0 is the platform's own chain.
READ_RECORD = """
CREATE FUNCTION sec.read_record(people bigint[], chain bigint, act text, kind text, number bigint,
    since timestamptz, until timestamptz, before bigint, at_most integer)
RETURNS SETOF public.tenancy_auditentry
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    wanted text := '';
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_office AS office ON office.id = seat.tenant_id
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
           AND seat.role = 'audit_administrator' AND office.kind = 'platform' AND person.is_active
           AND seat.since_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date
           AND COALESCE(seat.until_on > (now() AT TIME ZONE 'Asia/Shanghai')::date, true))
    THEN
        RETURN;
    END IF;
    IF people IS NOT NULL THEN wanted := wanted || ' AND user_id = ANY ($1)'; END IF;
    IF chain = 0 THEN wanted := wanted || ' AND tenant_id IS NULL';
    ELSIF chain IS NOT NULL THEN wanted := wanted || ' AND tenant_id = $2'; END IF;
    IF act IS NOT NULL THEN wanted := wanted || ' AND action = $3'; END IF;
    IF kind IS NOT NULL THEN wanted := wanted || ' AND object_type = $4'; END IF;
    IF number IS NOT NULL THEN wanted := wanted || ' AND object_id = $5'; END IF;
    IF since IS NOT NULL THEN wanted := wanted || ' AND at >= $6'; END IF;
    IF until IS NOT NULL THEN wanted := wanted || ' AND at < $7'; END IF;
    IF before IS NOT NULL THEN
        wanted := wanted || ' AND (at, id) <'
            ' (SELECT one.at, one.id FROM public.tenancy_auditentry AS one WHERE one.id = $8)';
    END IF;
    RETURN QUERY EXECUTE 'SELECT * FROM public.tenancy_auditentry WHERE true' || wanted
        || ' ORDER BY at DESC, id DESC LIMIT $9'
        USING people, chain, act, kind, number, since, until, before, at_most;
END
$body$
"""
SIGNATURE = (
    "sec.read_record(bigint[], bigint, text, text, bigint, timestamptz, timestamptz, bigint,"
    " integer)"
)


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0030_let_the_auditor_read_the_record")]

    operations = [
        migrations.AddIndex("auditentry", models.Index(fields=["at", "id"], name="audit_by_time")),
        migrations.AddIndex(
            "auditentry", models.Index(fields=["user", "at", "id"], name="audit_by_person")
        ),
        migrations.AddIndex(
            "auditentry", models.Index(fields=["tenant", "at", "id"], name="audit_by_office")
        ),
        migrations.AddIndex(
            "auditentry", models.Index(fields=["action", "at", "id"], name="audit_by_act")
        ),
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["object_type", "object_id", "at", "id"], name="audit_by_object"),
        ),
        RoleSQL(
            [
                READ_RECORD,
                f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO @app@",
            ],
            [f"DROP FUNCTION {SIGNATURE}"],
            "Let the audit administrator search the record",
        ),
    ]
