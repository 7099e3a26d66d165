"""What a program may be told by a webhook is noted in the transaction of the act.

In the receiving office's name, which the sender cannot read: whether it has a webhook shows nowhere.
"""

from __future__ import annotations

from django.db import migrations

from tenancy.rls import RoleSQL

OF_NOTICE = """
CREATE FUNCTION sec.note_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM sec.note_event(NEW.tenant_id, NEW.kind, NEW.number, NEW.at);
    RETURN NULL;
END
$body$
"""
OF_RELEASE = """
CREATE FUNCTION sec.note_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM sec.note_event(NEW.tenant_id,
        CASE WHEN NEW.is_withdrawal THEN 'release_withdrawn' ELSE 'release_given' END,
        NEW.round_id, NEW.released_at);
    RETURN NULL;
END
$body$
"""
OF_RUN = """
CREATE FUNCTION sec.note_run() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM sec.note_event(NEW.tenant_id, 'run_ended', NEW.id, NEW.finished_at);
    RETURN NULL;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0010_handle_rounds"), ("tenancy", "0065_webhooks")]

    operations = [
        RoleSQL(
            [
                OF_NOTICE,
                OF_RELEASE,
                OF_RUN,
                "REVOKE ALL ON FUNCTION sec.note_notice(), sec.note_release(), sec.note_run()"
                " FROM PUBLIC",
                "CREATE TRIGGER note_event AFTER INSERT ON scheduling_notice"
                " FOR EACH ROW EXECUTE FUNCTION sec.note_notice()",
                "CREATE TRIGGER note_event AFTER INSERT ON scheduling_release"
                " FOR EACH ROW EXECUTE FUNCTION sec.note_release()",
                "CREATE TRIGGER note_event AFTER UPDATE OF finished_at ON scheduling_solverun"
                " FOR EACH ROW WHEN (OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL)"
                " EXECUTE FUNCTION sec.note_run()",
            ],
            [
                "DROP TRIGGER note_event ON scheduling_solverun",
                "DROP TRIGGER note_event ON scheduling_release",
                "DROP TRIGGER note_event ON scheduling_notice",
                "DROP FUNCTION sec.note_notice(), sec.note_release(), sec.note_run()",
            ],
            "Note notices, releases and ended runs for webhooks",
        )
    ]
