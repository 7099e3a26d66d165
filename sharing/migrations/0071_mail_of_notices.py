"""What the bell tells is mailed to whoever asked for it: a letter is written with the notice.

Whether that person is told the notice at all is judged when the letter goes, by the worker.
"""

from django.db import migrations

from tenancy.rls import RoleSQL, grant

OF_NOTICE = """
CREATE FUNCTION sec.mail_of_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM sec.note_mail(NEW.tenant_id, (NEW.about ->> 'for_id')::bigint,
        CASE WHEN NEW.link = 'deadlines' THEN 'deadline'
             WHEN starts_with(NEW.link, 'letter') THEN 'letter'
             ELSE 'notice' END, NEW.id);
    RETURN NULL;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0070_deadlines"),
        ("scheduling", "0065_tell_of_events"),
        ("tenancy", "0080_mail"),
    ]

    operations = [
        # What somebody has seen in the portal is not mailed to them.
        grant("scheduling_noticeread", worker="SELECT"),
        RoleSQL(
            [
                OF_NOTICE,
                "REVOKE ALL ON FUNCTION sec.mail_of_notice() FROM PUBLIC",
                "CREATE TRIGGER mail_of_notice AFTER INSERT ON scheduling_notice"
                " FOR EACH ROW EXECUTE FUNCTION sec.mail_of_notice()",
            ],
            [
                "DROP TRIGGER mail_of_notice ON scheduling_notice",
                "DROP FUNCTION sec.mail_of_notice()",
            ],
            "Write a letter with each notice",
        ),
    ]
