"""What a worker may learn of any office's job: whose it is, and that it is due. Nothing else."""

from django.db import migrations

from tenancy.rls import RoleSQL

OFFICE_OF_JOB = """
CREATE FUNCTION sec.office_of_job(number bigint, OUT tenant_id bigint, OUT created_by_id bigint)
RETURNS record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT job.tenant_id, job.created_by_id FROM public.tenancy_job AS job WHERE job.id = number
$body$
"""

# Due: queued and not rung for lately, or running under a lease that ran out. Each ring doubles the
# pause, up to five times the first one: a job may wait for hours behind others, and must not fill
# the broker; a broker that lost its data is made good within that pause.
DUE_JOBS = """
CREATE FUNCTION sec.due_jobs(pause_s integer, at_most integer)
RETURNS TABLE (number bigint, queue text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE public.tenancy_job AS job
       SET rung_at = clock_timestamp(), rings = LEAST(job.rings + 1, 100)
     WHERE job.id IN (
        SELECT due.id
          FROM public.tenancy_job AS due
         WHERE (due.state = 'queued' OR (due.state = 'running' AND due.lease_until < clock_timestamp()))
           AND COALESCE(due.rung_at, due.created_at) < clock_timestamp()
               - make_interval(secs => LEAST(pause_s * 2 ^ LEAST(due.rings, 10), pause_s * 5))
         ORDER BY due.id
         LIMIT at_most
           FOR UPDATE SKIP LOCKED)
    RETURNING job.id, job.queue::text
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0004_chain_audit")]

    operations = [
        RoleSQL(
            [
                OFFICE_OF_JOB,
                DUE_JOBS,
                "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sec FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.office_of_job(bigint), "
                "sec.due_jobs(integer, integer) TO @worker@",
            ],
            [
                "DROP FUNCTION sec.due_jobs(integer, integer), sec.office_of_job(bigint)",
            ],
            "Let workers find jobs",
        )
    ]
