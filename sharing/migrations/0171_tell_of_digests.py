"""Each office is told of the digest that it was given; the city's director, of how far the next one is."""

from django.db import migrations

from tenancy.rls import RoleSQL

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# To whoever publishes it, it is no news.
TELL_OF_COPY = f"""
CREATE FUNCTION sec.tell_by_digest_copy() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    INSERT INTO public.scheduling_notice (tenant_id, sender_id, kind, about, link, number, at)
    VALUES (NEW.tenant_id, NEW.tenant_id, 'digest_published',
            CASE WHEN NEW.tenant_id = sec.tenant()
                 THEN jsonb_build_object('by_id', sec.user_id()) ELSE '{{}}' END,
            'digest', NEW.id, clock_timestamp());
    RETURN NULL;
END
$body$
"""

# What its director had stopped is no news either.
TELL_OF_DIGEST = f"""
CREATE FUNCTION sec.tell_by_digest() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    INSERT INTO public.scheduling_notice (tenant_id, sender_id, kind, about, link, number, at)
    SELECT NEW.tenant_id, NEW.tenant_id,
           CASE NEW.state WHEN 'ready' THEN 'digest_ready' ELSE 'digest_not_made' END,
           '{{}}', 'digests', NEW.id, clock_timestamp()
     WHERE NEW.state = 'ready' OR NOT EXISTS (
        SELECT FROM public.tenancy_job AS job
         WHERE job.tenant_id = NEW.tenant_id AND job.id = NEW.job_id
           AND job.cancel_requested_at IS NOT NULL);
    RETURN NULL;
END
$body$
"""

FUNCTIONS = ("tell_by_digest_copy()", TELL_OF_COPY), ("tell_by_digest()", TELL_OF_DIGEST)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0170_tell_of_hits")]

    operations = [
        RoleSQL(
            [
                *(sql for _, sql in FUNCTIONS),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name, _ in FUNCTIONS),
                "CREATE TRIGGER tell AFTER INSERT ON sharing_digestcopy "
                "FOR EACH ROW EXECUTE FUNCTION sec.tell_by_digest_copy()",
                "CREATE TRIGGER tell AFTER UPDATE ON sharing_digest FOR EACH ROW "
                "WHEN (OLD.state = 'making' AND NEW.state IN ('ready', 'refused')) "
                "EXECUTE FUNCTION sec.tell_by_digest()",
            ],
            [
                "DROP TRIGGER tell ON sharing_digest",
                "DROP TRIGGER tell ON sharing_digestcopy",
                *(f"DROP FUNCTION sec.{name}" for name, _ in FUNCTIONS),
            ],
            "Tell of digests",
        )
    ]
