"""What the database insists on where files hang on records: vocabulary of migrations.

A migration that creates a table of links (`AttachedTo`) ends with::

    fence("sharing_evidencefile"),
    composite_fk("sharing_evidencefile", "attachment_id", "sharing_attachment"),
    composite_fk("sharing_evidencefile", "subject_id", "sharing_paperevidence"),
    grant("sharing_evidencefile", app="SELECT, INSERT[, UPDATE (detached_by_id, detached_at)]", worker="SELECT"),
    hangs("evidencefile", finds=..., whose=..., meanwhile=...[, carried=...]),
"""

from __future__ import annotations

from tenancy.rls import RoleSQL


def hangs(link: str, *, finds: str, whose: str, meanwhile: str, carried: str = "false") -> RoleSQL:
    """`link`: the table without its `sharing_`. `finds`: a query of the row that `NEW.subject_id` names,
    with what `whose` (whose hand it is) and `meanwhile` (as long as it may) ask of it as `one`; it locks
    the record, whose state is asked for. `carried`: what lets a file be hung that somebody else handed in.

    Who and when are the database's. What was taken off stays off.
    """
    asked = HANG.format(link=link, finds=finds, whose=whose, meanwhile=meanwhile, carried=carried)
    return RoleSQL(
        [
            asked,
            f"REVOKE ALL ON FUNCTION sec.hang_{link}() FROM PUBLIC",
            f"CREATE TRIGGER hang BEFORE INSERT OR UPDATE ON sharing_{link} "
            f"FOR EACH ROW EXECUTE FUNCTION sec.hang_{link}()",
        ],
        [f"DROP TRIGGER hang ON sharing_{link}", f"DROP FUNCTION sec.hang_{link}()"],
        f"Let a {link} be hung by whose it is",
    )


HANG = """
CREATE FUNCTION sec.hang_{link}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    one record;
BEGIN
    {finds};
    IF NOT FOUND OR ({whose}) IS NOT TRUE THEN
        RAISE EXCEPTION 'The file is of another hand.'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{link}_in_ones_own_hand',
                  TABLE = 'sharing_{link}';
    END IF;
    IF ({meanwhile}) IS NOT TRUE THEN
        RAISE EXCEPTION 'What was handed on stands.'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{link}_stands',
                  TABLE = 'sharing_{link}';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.detached_at IS NOT NULL THEN
            RAISE EXCEPTION 'What was taken off stays off.'
                USING ERRCODE = 'check_violation', CONSTRAINT = '{link}_taken_off_once',
                      TABLE = 'sharing_{link}';
        END IF;
        NEW.detached_by_id := sec.user_id();
        NEW.detached_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF NOT (({carried}) OR EXISTS (
        SELECT FROM public.sharing_attachment AS file
         WHERE file.tenant_id = NEW.tenant_id AND file.id = NEW.attachment_id
           AND file.taken_in_by_id = sec.user_id())) THEN
        RAISE EXCEPTION 'One hangs up what one handed in.'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{link}_of_ones_own',
                  TABLE = 'sharing_{link}';
    END IF;
    NEW.attached_by_id := sec.user_id();
    NEW.attached_at := clock_timestamp();
    NEW.detached_by_id := NULL;
    NEW.detached_at := NULL;
    RETURN NEW;
END
$body$
"""
