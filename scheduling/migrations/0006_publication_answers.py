"""Let the database say which questions to a county still stand, and take no other answer.

A county sees neither the plan nor whether it is still proposed; without a word of the database it
would go on answering what nobody asks any more, and an answer could slip past a publication.
"""

from django.db import migrations, models
from django.db.models import Q

from tenancy.rls import RoleSQL

# Of each round with a proposal the newest question to the office: the one of the very revision,
# or an earlier one whose list is still the same. An empty list asks nothing.
OPEN_REQUESTS = """
CREATE FUNCTION sec.open_requests() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT newest.id
      FROM (SELECT DISTINCT ON (asked.sender_id, asked.round_id) asked.id, asked.people
              FROM public.scheduling_confirmationrequest AS asked
              JOIN public.scheduling_plan AS plan
                ON plan.tenant_id = asked.sender_id AND plan.round_id = asked.round_id
               AND plan.state IN ('proposed', 'approved')
             WHERE asked.tenant_id = sec.tenant()
             ORDER BY asked.sender_id, asked.round_id,
                      (asked.plan_id = plan.id AND asked.revision = plan.revision) DESC,
                      asked.id DESC) AS newest
     WHERE newest.people <> '[]'::jsonb
$body$
"""

# The lock makes an answer and a step of the plan wait for one another: whoever comes second
# sees what the first has done.
ADMIT_CONFIRMATION = """
CREATE FUNCTION sec.admit_confirmation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM 1 FROM public.scheduling_plan AS plan
      WHERE plan.tenant_id = NEW.tenant_id AND plan.state IN ('proposed', 'approved')
        AND plan.round_id = (
            SELECT asked.round_id FROM public.scheduling_confirmationrequest AS asked
             WHERE asked.id = NEW.request_id AND asked.tenant_id = NEW.sender_id)
        FOR SHARE;
    IF NOT EXISTS (SELECT FROM sec.open_requests() AS number WHERE number = NEW.request_id) THEN
        RAISE EXCEPTION 'Nobody asks this any more.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmation_of_an_open_request',
                  TABLE = 'scheduling_confirmation';
    END IF;
    -- Nor is it said of another plan: the foreign key would tell which ones the sender has.
    IF NOT EXISTS (
        SELECT FROM public.scheduling_confirmationrequest AS asked
         WHERE asked.id = NEW.request_id AND asked.tenant_id = NEW.sender_id
           AND asked.sender_id = NEW.tenant_id AND asked.plan_id = NEW.plan_id
           AND asked.revision = NEW.revision) THEN
        RAISE EXCEPTION 'An answer is about what was asked.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmation_of_what_was_asked',
                  TABLE = 'scheduling_confirmation';
    END IF;
    RETURN NEW;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0005_guard_plans")]

    operations = [
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=Q(("state__in", ["proposed", "approved"])),
                fields=("tenant", "round"),
                name="plan_one_proposal_per_round",
            ),
        ),
        RoleSQL(
            [
                OPEN_REQUESTS,
                ADMIT_CONFIRMATION,
                "REVOKE ALL ON FUNCTION sec.open_requests() FROM PUBLIC",
                "REVOKE ALL ON FUNCTION sec.admit_confirmation() FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.open_requests() TO @app@",
                "CREATE TRIGGER admit BEFORE INSERT ON scheduling_confirmation "
                "FOR EACH ROW EXECUTE FUNCTION sec.admit_confirmation()",
            ],
            [
                "DROP TRIGGER admit ON scheduling_confirmation",
                "DROP FUNCTION sec.admit_confirmation()",
                "DROP FUNCTION sec.open_requests()",
            ],
            "Take answers to open questions only",
        ),
    ]
