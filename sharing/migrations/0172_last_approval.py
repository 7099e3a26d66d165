"""The approval that was the last one lacking puts a share in force, also where it is the city's.

Who approves asks the database whether it is: the city sees nobody else's approval, and of two who approve
at once one is the last.
"""

from django.db import migrations

from tenancy.rls import RoleSQL

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# Asked by who approves, in the hand in which they do. The record is locked until they have: whoever
# approves beside them waits, and then finds this approval there.
COMPLETES = f"""
CREATE FUNCTION sec.completes_share(of_owner bigint, of_grant bigint, acting text, said text)
RETURNS boolean LANGUAGE plpgsql VOLATILE {DEFINER}
AS $body$
DECLARE
    one public.sharing_sharegrant%ROWTYPE;
    is_last boolean;
BEGIN
    IF NOT sec.holds_own_hand('share_grant', acting) THEN
        RETURN false;
    END IF;
    SELECT * INTO one FROM public.sharing_sharegrant AS record
     WHERE record.tenant_id = of_owner AND record.id = of_grant
       AND CASE acting
           WHEN 'city_director' THEN record.watcher_id = sec.tenant()
                AND record.receiver_id <> sec.tenant() AND 'clue' = ANY (record.kinds)
           WHEN 'receiver' THEN false
           ELSE record.tenant_id = sec.tenant() END
       FOR NO KEY UPDATE;
    is_last := FOUND AND one.state = 'under_approval'
        AND sec.share_holds(one, 'granted', acting, said) IS TRUE;
    RETURN is_last;
END
$body$
"""

# Its owner's people look at what another office's act put in force.
TELL_OWNER = f"""
CREATE FUNCTION sec.tell_owner_of_share() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    PERFORM sec.tell_of_share(NEW.tenant_id, 'share_in_force', NEW.record_id);
    RETURN NULL;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0171_tell_of_digests")]

    operations = [
        RoleSQL(
            [
                COMPLETES,
                TELL_OWNER,
                "REVOKE ALL ON FUNCTION sec.completes_share(bigint, bigint, text, text), "
                "sec.tell_owner_of_share() FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.completes_share(bigint, bigint, text, text) TO @app@",
                "CREATE TRIGGER tell_owner AFTER INSERT ON sharing_sharegrantstep FOR EACH ROW "
                "WHEN (NEW.act = 'granted' AND NEW.sender_id <> NEW.tenant_id) "
                "EXECUTE FUNCTION sec.tell_owner_of_share()",
            ],
            [
                "DROP TRIGGER tell_owner ON sharing_sharegrantstep",
                "DROP FUNCTION sec.tell_owner_of_share()",
                "DROP FUNCTION sec.completes_share(bigint, bigint, text, text)",
            ],
            "Let the last approval put a share in force, whose it may be",
        )
    ]
