"""A city tells a county that a team is proposed, the county tells it of the answer, and either of an end."""

from django.db import migrations

from tenancy.rls import RoleSQL

ADMIT_NOTICE = """
CREATE OR REPLACE FUNCTION sec.admit_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.sender_id <> NEW.tenant_id AND NOT EXISTS (
        SELECT FROM public.tenancy_office AS below
         WHERE (below.id = NEW.sender_id AND below.parent_id = NEW.tenant_id AND NEW.kind IN (
                   'people_confirmed', 'people_objected', 'release_stale', 'declaration_received'{upwards}))
            OR (below.id = NEW.tenant_id AND below.parent_id = NEW.sender_id AND NEW.kind IN (
                   'call_received', 'releases_closed', 'releases_reopened', 'confirmation_asked',
                   'confirmation_dropped', 'extract_published', 'extract_corrected',
                   'extract_withdrawn'{downwards}))) THEN
        RAISE EXCEPTION 'An office tells of its own acts.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_of_ones_own_acts',
                  TABLE = 'scheduling_notice';
    END IF;
    RETURN NEW;
END
$body$
"""
UPWARDS = ", 'authorisation_answered', 'authorisation_ended'"
DOWNWARDS = ", 'authorisation_proposed', 'authorisation_ended'"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0130_index_lists")]

    operations = [
        RoleSQL(
            [ADMIT_NOTICE.format(upwards=UPWARDS, downwards=DOWNWARDS)],
            [ADMIT_NOTICE.format(upwards="", downwards="")],
            "Let city and county tell one another of teams",
        )
    ]
