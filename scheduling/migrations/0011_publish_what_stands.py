"""Let the database itself ask, before a publication, whether the round is still the one that was
checked and whether every office that sends somebody has said yes; and let nobody ask an office about
a plan that nobody has proposed.

The services ask the same with more words (`scheduling.selectors.in_the_way`), and by a fingerprint of
everything that the question rests on. Here it is asked by what the verifier wrote into its verdict: when the
round was last changed, and which release of it was the newest. Equal or not, so that no clock decides.
"""

from django.db import migrations

from tenancy.rls import RoleSQL

# After `admit`, by name: it has locked the plan, so that no answer comes between.
PUBLISH_WHAT_STANDS = """
CREATE FUNCTION sec.publish_what_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    plan public.scheduling_plan%ROWTYPE;
    round public.scheduling_inspectionround%ROWTYPE;
BEGIN
    SELECT * INTO plan FROM public.scheduling_plan AS one
     WHERE one.tenant_id = NEW.tenant_id AND one.id = NEW.plan_id;
    SELECT * INTO round FROM public.scheduling_inspectionround AS one
     WHERE one.tenant_id = NEW.tenant_id AND one.id = NEW.round_id FOR SHARE;
    IF (plan.verdict ->> 'round_changed_at')::timestamptz IS DISTINCT FROM round.changed_at
       OR (plan.verdict ->> 'newest_release')::bigint IS DISTINCT FROM (
           SELECT max(given.id) FROM public.scheduling_release AS given
            WHERE given.tenant_id = NEW.tenant_id AND given.round_id = NEW.round_id) THEN
        RAISE EXCEPTION 'The round changed since the plan was checked.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'publication_of_an_unchanged_round',
                  TABLE = 'scheduling_publication';
    END IF;
    IF EXISTS (
        SELECT person.sender_id FROM public.scheduling_planseat AS seat
          JOIN public.scheduling_releasedperson AS person ON person.id = seat.person_id
         WHERE seat.tenant_id = NEW.tenant_id AND seat.plan_id = NEW.plan_id
           AND EXISTS (SELECT FROM public.scheduling_planvisit AS visit
                        WHERE visit.team_id = seat.team_id)
        EXCEPT
        SELECT standing.tenant_id FROM (
            SELECT DISTINCT ON (asked.tenant_id) asked.tenant_id, asked.id, asked.people
              FROM public.scheduling_confirmationrequest AS asked
             WHERE asked.sender_id = NEW.tenant_id AND asked.round_id = NEW.round_id
             ORDER BY asked.tenant_id,
                      (asked.plan_id = plan.id AND asked.revision = plan.revision) DESC,
                      asked.id DESC) AS standing
         WHERE standing.people <> '[]'::jsonb
           AND (SELECT answer.is_confirmed FROM public.scheduling_confirmation AS answer
                 WHERE answer.tenant_id = NEW.tenant_id AND answer.request_id = standing.id
                   AND answer.sender_id = standing.tenant_id
                 ORDER BY answer.id DESC LIMIT 1)) THEN
        RAISE EXCEPTION 'Every office that sends somebody has said yes.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'publication_of_confirmed_people',
                  TABLE = 'scheduling_publication';
    END IF;
    RETURN NEW;
END
$body$
"""

ADMIT_REQUEST = """
CREATE FUNCTION sec.admit_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.sender_id IS DISTINCT FROM sec.tenant() OR NOT EXISTS (
        SELECT FROM public.scheduling_plan AS plan
         WHERE plan.tenant_id = NEW.sender_id AND plan.id = NEW.plan_id
           AND plan.round_id = NEW.round_id AND plan.revision = NEW.revision
           AND plan.state = 'proposed' AND plan.proposed_by_id = sec.user_id()) THEN
        RAISE EXCEPTION 'Offices are asked about what is proposed, by whoever proposes it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'request_of_a_proposal',
                  TABLE = 'scheduling_confirmationrequest';
    END IF;
    RETURN NEW;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0010_handle_rounds")]

    operations = [
        RoleSQL(
            [
                PUBLISH_WHAT_STANDS,
                ADMIT_REQUEST,
                "REVOKE ALL ON FUNCTION sec.publish_what_stands(), sec.admit_request() FROM PUBLIC",
                "CREATE TRIGGER admit_what_stands BEFORE INSERT ON scheduling_publication "
                "FOR EACH ROW EXECUTE FUNCTION sec.publish_what_stands()",
                "CREATE TRIGGER admit BEFORE INSERT ON scheduling_confirmationrequest "
                "FOR EACH ROW EXECUTE FUNCTION sec.admit_request()",
            ],
            [
                "DROP TRIGGER admit ON scheduling_confirmationrequest",
                "DROP TRIGGER admit_what_stands ON scheduling_publication",
                "DROP FUNCTION sec.admit_request()",
                "DROP FUNCTION sec.publish_what_stands()",
            ],
            "Publish only what stands, ask only about what is proposed",
        )
    ]
