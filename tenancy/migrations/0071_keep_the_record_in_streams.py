"""The record in streams: one for acts and four for reads, each a hash chain with a head of its own.

Lines from before are the acts'; they keep their numbers and their hashes. Back again only while
nothing stands in the other streams: a chain is not put together from two.
"""

from importlib import import_module

from django.db import migrations, models

from tenancy.rls import RoleSQL

CHAINED = import_module("tenancy.migrations.0004_chain_audit")
SEARCHED = import_module("tenancy.migrations.0031_search_the_record")


def again(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


# A line that is no act's says at its end in which stream it stands: moved to another, it is changed.
AUDIT_HASH = again(CHAINED.AUDIT_HASH).replace(
    "|| sec.netstring(encode(entry.prev_hash, 'hex')), 'UTF8'))",
    "|| sec.netstring(encode(entry.prev_hash, 'hex'))"
    " || CASE WHEN entry.stream = 0 THEN '' ELSE sec.netstring(entry.stream::text) END, 'UTF8'))",
)
# Reads are spread by person: one's own follow one another, those of others do not wait for them.
CHAIN = """
CREATE OR REPLACE FUNCTION sec.chain_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    head public.tenancy_audithead%ROWTYPE;
BEGIN
    NEW.user_id := sec.user_id();
    NEW.office_id := sec.tenant();
    IF NEW.stream <> 0 THEN
        NEW.stream := 1 + COALESCE(NEW.user_id, 0) % 4;
    END IF;
    SELECT * INTO head FROM public.tenancy_audithead
     WHERE chain = COALESCE(NEW.tenant_id, 0) AND stream = NEW.stream FOR UPDATE;
    IF NOT FOUND THEN
        -- The first line of a record opens all of its streams. A single head that lacks was cut
        -- away, and is not made again.
        INSERT INTO public.tenancy_audithead (chain, stream, seq, hash)
        SELECT COALESCE(NEW.tenant_id, 0), one, 0, sha256('') FROM generate_series(0, 4) AS one
         WHERE NOT EXISTS (SELECT FROM public.tenancy_audithead AS any_of_it
                            WHERE any_of_it.chain = COALESCE(NEW.tenant_id, 0))
        ON CONFLICT (chain, stream) DO NOTHING;
        SELECT * INTO head FROM public.tenancy_audithead
         WHERE chain = COALESCE(NEW.tenant_id, 0) AND stream = NEW.stream FOR UPDATE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'A stream of this audit record has lost its head.'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    NEW.at := clock_timestamp();
    NEW.seq := head.seq + 1;
    NEW.prev_hash := head.hash;
    NEW.hash := sec.audit_hash(NEW);
    UPDATE public.tenancy_audithead SET seq = NEW.seq, hash = NEW.hash
     WHERE chain = head.chain AND stream = head.stream;
    RETURN NEW;
END
$body$
"""
ONE_STEP = again(CHAINED.ONE_STEP).replace(
    "IF NEW.chain <> OLD.chain OR", "IF NEW.chain <> OLD.chain OR NEW.stream <> OLD.stream OR"
)
# As before, and by kind of stream: `reads` false is acts alone, true is reads alone.
READ_RECORD = (
    SEARCHED.READ_RECORD.replace(
        "before bigint, at_most integer)",
        "before bigint, at_most integer, reads boolean DEFAULT NULL)",
    )
    .replace(
        "    RETURN QUERY EXECUTE",
        "    IF reads IS NOT NULL THEN wanted := wanted || ' AND (stream > 0) = $10'; END IF;\n"
        "    RETURN QUERY EXECUTE",
    )
    .replace("before, at_most;", "before, at_most, reads;")
)
SIGNATURE = SEARCHED.SIGNATURE.replace("integer)", "integer, boolean)")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0070_tell_offices_who_saw_what_is_theirs")]

    operations = [
        migrations.AddField(
            "auditentry",
            "stream",
            models.PositiveSmallIntegerField(
                default=0, db_default=0, editable=False, help_text="0: acts; the others: reads."
            ),
        ),
        migrations.RemoveConstraint("auditentry", "audit_entry_one_per_number"),
        migrations.AddConstraint(
            "auditentry",
            models.UniqueConstraint(
                name="audit_entry_one_per_number",
                fields=["tenant", "stream", "seq"],
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            "auditentry",
            models.CheckConstraint(
                name="audit_entry_in_a_stream", condition=models.Q(stream__lte=4)
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("AuditHead"),
                migrations.CreateModel(
                    "AuditHead",
                    [
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "chain",
                                "stream",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "chain",
                            models.BigIntegerField(
                                help_text="The office's key; 0 is the platform's own chain."
                            ),
                        ),
                        ("stream", models.PositiveSmallIntegerField(default=0)),
                        ("seq", models.BigIntegerField()),
                        ("hash", models.BinaryField(max_length=32)),
                    ],
                ),
            ]
        ),
        RoleSQL(
            [
                "ALTER TABLE tenancy_audithead ADD COLUMN stream smallint NOT NULL DEFAULT 0"
                " CONSTRAINT audit_head_in_a_stream CHECK (stream BETWEEN 0 AND 4)",
                "ALTER TABLE tenancy_audithead DROP CONSTRAINT tenancy_audithead_pkey",
                "ALTER TABLE tenancy_audithead ADD PRIMARY KEY (chain, stream)",
                "INSERT INTO tenancy_audithead (chain, stream, seq, hash)"
                " SELECT chain, one, 0, sha256('') FROM tenancy_audithead, generate_series(1, 4) AS one",
                AUDIT_HASH,
                CHAIN,
                ONE_STEP,
                "GRANT INSERT (stream) ON tenancy_auditentry TO @app@, @worker@",
                f"DROP FUNCTION {SEARCHED.SIGNATURE}",
                READ_RECORD,
                f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO @app@",
            ],
            [
                f"DROP FUNCTION {SIGNATURE}",
                SEARCHED.READ_RECORD,
                f"REVOKE ALL ON FUNCTION {SEARCHED.SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SEARCHED.SIGNATURE} TO @app@",
                "REVOKE INSERT (stream) ON tenancy_auditentry FROM @app@, @worker@",
                again(CHAINED.ONE_STEP),
                again(CHAINED.CHAIN),
                again(CHAINED.AUDIT_HASH),
                "ALTER TABLE tenancy_audithead DISABLE TRIGGER refuse_delete",
                "DELETE FROM tenancy_audithead WHERE stream > 0",
                "ALTER TABLE tenancy_audithead ENABLE TRIGGER refuse_delete",
                "ALTER TABLE tenancy_audithead DROP CONSTRAINT tenancy_audithead_pkey",
                "ALTER TABLE tenancy_audithead DROP COLUMN stream",
                "ALTER TABLE tenancy_audithead ADD PRIMARY KEY (chain)",
            ],
            "Keep the record in streams",
        ),
    ]
