"""A ledger of clues on its way in shows nobody a line about themselves; whoever does not see it whole
neither confirms nor cancels it. Who takes in ledgers stays as it was (`0121`)."""

from django.db import migrations

from tenancy.rls import RoleSQL, narrow

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# What a line says of its subject, and each cell as it was written: of a faulty one nothing else is kept.
NAMES = f"""
CREATE FUNCTION sec.line_names(reader text, said jsonb, quote jsonb) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT said ->> 'subject_name' IS NOT DISTINCT FROM reader OR EXISTS (
        SELECT FROM jsonb_array_elements(
            CASE WHEN jsonb_typeof(quote) = 'array' THEN quote ELSE '[]'::jsonb END) AS cell
         WHERE regexp_replace(normalize(cell ->> 'words', NFKC), '\\s', '', 'g')
             = regexp_replace(normalize(reader, NFKC), '\\s', '', 'g'))
$body$
"""
READS_STAGED = f"""
CREATE FUNCTION sec.reads_staged_clue(of_office bigint, said jsonb, quote jsonb) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT sec.takes_in_clues(of_office) AND NOT sec.line_names((
        SELECT person.display_name FROM public.tenancy_user AS person
         WHERE person.id = sec.user_id()), said, quote)
$body$
"""
# Of a ledger that was taken in: of the lines that it left in the register.
SEES_WHOLE = f"""
CREATE FUNCTION sec.sees_whole_clue_import(of_office bigint, of_upload bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT sec.takes_in_clues(of_office) AND NOT EXISTS (
        SELECT FROM public.tenancy_user AS person
         WHERE person.id = sec.user_id() AND (
             EXISTS (SELECT FROM public.sharing_stagedclue AS waits
                      WHERE waits.tenant_id = of_office AND waits.upload_id = of_upload
                        AND sec.line_names(person.display_name, waits.said, waits.quote))
             OR EXISTS (SELECT FROM public.sharing_pastclue AS kept
                         WHERE kept.tenant_id = of_office AND kept.upload_id = of_upload
                           AND kept.subject_name = person.display_name)))
$body$
"""
END_WHOLE = f"""
CREATE FUNCTION sec.end_whole_clue_import() RETURNS trigger
LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NOT sec.sees_whole_clue_import(OLD.tenant_id, OLD.id) THEN
        RAISE EXCEPTION 'Another director takes this ledger in.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'clue_ledger_of_another',
                  TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$
"""
FUNCTIONS = {
    "line_names(text, jsonb, jsonb)": NAMES,
    "reads_staged_clue(bigint, jsonb, jsonb)": READS_STAGED,
    "sees_whole_clue_import(bigint, bigint)": SEES_WHOLE,
    "end_whole_clue_import()": END_WHOLE,
}
ASKED_BY_THE_WEB = (
    "reads_staged_clue(bigint, jsonb, jsonb)",
    "sees_whole_clue_import(bigint, bigint)",
)
STAGED = "sharing_stagedclue"


def narrowed() -> RoleSQL:
    """The fence of `0121` again, by the narrower question; back to the one that was there."""
    by = narrow(STAGED, "sec.reads_staged_clue(tenant_id, said, quote)")
    before = narrow(STAGED, "sec.takes_in_clues(tenant_id)")
    return RoleSQL(by.forwards, before.forwards, by.about)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0134_cover_units")]

    operations = [
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(f"GRANT EXECUTE ON FUNCTION sec.{name} TO @app@" for name in ASKED_BY_THE_WEB),
            ],
            [f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)],
            "Say who sees a line of a ledger of clues, and who all of them",
        ),
        narrowed(),
        RoleSQL(
            [
                "CREATE TRIGGER ends_whole BEFORE UPDATE ON sharing_clueimport"
                " FOR EACH ROW EXECUTE FUNCTION sec.end_whole_clue_import()"
            ],
            ["DROP TRIGGER ends_whole ON sharing_clueimport"],
            "Let nobody end a ledger of clues who does not see it whole",
        ),
    ]
