"""What the database insists on for ledgers that come in by a workbook: vocabulary of migrations.

A migration that creates an import, its staged rows and the lines that are taken ends with::

    imports_ledger("problem", upload="problemimport", staged="stagedproblem", past="pastproblem",
                   may="sec.acts_as(…)"),

- who may, says `may`: for the import, its rows and the lines;
- an import ends once, and is taken whole: with no faulty row, and every row that was to be taken there;
- a row is staged while its import waits, and goes when it is over;
- a line is what was looked at: every field and the quote as staged. Who and when are the database's.
"""

from __future__ import annotations

from tenancy.rls import RoleSQL

_HEAD = """RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$"""

_REFUSE = "RAISE EXCEPTION '{words}' USING ERRCODE = '{code}', CONSTRAINT = '{name}', TABLE = TG_TABLE_NAME"

ADMIT_IMPORT = """
CREATE FUNCTION sec.admit_{upload}() {head}
BEGIN
    IF NOT ({may}) THEN
        {not_yours};
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'dry_run' THEN
            {ends_once};
        END IF;
        SELECT person.display_name INTO NEW.uploaded_by_name
          FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
        NEW.uploaded_at := clock_timestamp();
        NEW.ended_at := NULL;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'dry_run' OR NEW.state = 'dry_run' THEN
        {ends_once};
    END IF;
    IF NEW.state = 'applied' AND EXISTS (
        SELECT FROM public.sharing_{staged} AS waits
         WHERE waits.tenant_id = NEW.tenant_id AND waits.upload_id = NEW.id
           AND (waits.fate = 'faulty' OR waits.fate IN ('living', 'history') AND NOT EXISTS (
               SELECT FROM public.sharing_{past} AS kept
                WHERE kept.tenant_id = waits.tenant_id AND kept.upload_id = waits.upload_id
                  AND kept.row_no = waits.row_no))) THEN
        {taken_whole};
    END IF;
    NEW.ended_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""

ADMIT_STAGED = """
CREATE FUNCTION sec.admit_{staged}() {head}
DECLARE
    one public.sharing_{staged}%ROWTYPE;
    of_import text;
BEGIN
    IF TG_OP = 'DELETE' THEN one := OLD; ELSE one := NEW; END IF;
    SELECT upload.state INTO of_import FROM public.sharing_{upload} AS upload
     WHERE upload.tenant_id = sec.tenant() AND upload.tenant_id = one.tenant_id
       AND upload.id = one.upload_id;
    IF NOT ({may}) THEN
        {not_yours};
    END IF;
    IF of_import IS NULL OR (of_import = 'dry_run') <> (TG_OP = 'INSERT') THEN
        {of_its_import};
    END IF;
    RETURN one;
END
$body$
"""

ADMIT_PAST = """
CREATE FUNCTION sec.admit_{past}() {head}
BEGIN
    IF NOT ({may}) THEN
        {not_yours};
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.sharing_{staged} AS waits
          JOIN public.sharing_{upload} AS upload
            ON upload.tenant_id = waits.tenant_id AND upload.id = waits.upload_id
         WHERE waits.tenant_id = sec.tenant() AND waits.tenant_id = NEW.tenant_id
           AND waits.upload_id = NEW.upload_id AND waits.row_no = NEW.row_no
           AND upload.state = 'dry_run' AND waits.fate IN ('living', 'history')
           AND to_jsonb(NEW) @> waits.said AND waits.said ? 'key' AND waits.quote = NEW.quote) THEN
        {as_read};
    END IF;
    SELECT person.display_name INTO NEW.imported_by_name
      FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
    NEW.imported_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""


def imports_ledger(kind: str, *, upload: str, staged: str, past: str, may: str) -> RoleSQL:
    """Tables without their `sharing_`. `may`: SQL that is true of who may take in such a ledger."""
    refusals = {
        "not_yours": ("A director takes in a ledger.", "by_the_director", "insufficient_privilege"),
        "ends_once": ("An import ends once.", "ends_once", "check_violation"),
        "taken_whole": ("A ledger is taken whole.", "taken_whole", "check_violation"),
        "of_its_import": ("A row is of an import that waits.", "row_waits", "check_violation"),
        "as_read": ("What is kept is what was read.", "kept_as_read", "check_violation"),
    }
    filled = {
        name: _REFUSE.format(words=words, code=code, name=f"{kind}_ledger_{suffix}")
        for name, (words, suffix, code) in refusals.items()
    }
    names = {"upload": upload, "staged": staged, "past": past, "may": may, "head": _HEAD}
    triggers = {
        upload: "BEFORE INSERT OR UPDATE",
        staged: "BEFORE INSERT OR DELETE",
        past: "BEFORE INSERT",
    }
    return RoleSQL(
        [
            *(one.format(**names, **filled) for one in (ADMIT_IMPORT, ADMIT_STAGED, ADMIT_PAST)),
            *(f"REVOKE ALL ON FUNCTION sec.admit_{table}() FROM PUBLIC" for table in triggers),
            *(
                f"CREATE TRIGGER admit {when} ON sharing_{table}"
                f" FOR EACH ROW EXECUTE FUNCTION sec.admit_{table}()"
                for table, when in triggers.items()
            ),
        ],
        [
            *(f"DROP TRIGGER admit ON sharing_{table}" for table in triggers),
            *(f"DROP FUNCTION sec.admit_{table}()" for table in triggers),
        ],
        f"Take in a ledger of {kind}s as it was read",
    )
