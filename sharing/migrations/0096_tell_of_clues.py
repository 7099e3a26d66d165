"""The office that a clue arrives at is told: there, and nowhere else."""

from django.db import migrations

from tenancy.rls import RoleSQL, grant

# The team's leader has no seat in a county and tells it nothing: the clue's own row does.
TELL_OF_CLUE = """
CREATE FUNCTION sec.tell_of_clue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    INSERT INTO public.scheduling_notice (tenant_id, sender_id, kind, about, link, number, at)
    VALUES (NEW.tenant_id, NEW.tenant_id, 'clue_arrived', '{}', 'ledger_clue', NEW.id,
            clock_timestamp());
    RETURN NULL;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0095_begin_clocks"), ("scheduling", "0065_tell_of_events")]

    operations = [
        RoleSQL(
            [
                TELL_OF_CLUE,
                "REVOKE ALL ON FUNCTION sec.tell_of_clue() FROM PUBLIC",
                "CREATE TRIGGER tell AFTER INSERT ON sharing_officeclue"
                " FOR EACH ROW EXECUTE FUNCTION sec.tell_of_clue()",
                "GRANT EXECUTE ON FUNCTION sec.reads_hand_over_list(bigint) TO @worker@",
            ],
            [
                "REVOKE EXECUTE ON FUNCTION sec.reads_hand_over_list(bigint) FROM @worker@",
                "DROP TRIGGER tell ON sharing_officeclue",
                "DROP FUNCTION sec.tell_of_clue()",
            ],
            "Tell the office of a clue that arrived",
        ),
        # Before it mails, the worker asks whose they are.
        grant("sharing_authorisationrequest", worker="SELECT (id, tenant_id, sender_id)"),
    ]
