"""The audit chain is made by the database: no role that serves people can number or hash a row."""

from django.db import migrations

from tenancy.rls import RoleSQL

# Length-prefixed parts: no two different rows write the same text.
NETSTRING = """
CREATE FUNCTION sec.netstring(part text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $body$ SELECT COALESCE(octet_length(part)::text || ':' || part, '-') || ',' $body$
"""

# tenancy/audit_chain.py says the same in Python, for `verify_audit`.
AUDIT_HASH = """
CREATE FUNCTION sec.audit_hash(entry public.tenancy_auditentry) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT sha256(convert_to(
        sec.netstring(entry.tenant_id::text)
        || sec.netstring(entry.seq::text)
        || sec.netstring((extract(epoch FROM entry.at) * 1000000)::bigint::text)
        || sec.netstring(entry.user_id::text)
        || sec.netstring(entry.office_id::text)
        || sec.netstring(entry.action)
        || sec.netstring(entry.object_type)
        || sec.netstring(entry.object_id::text)
        || sec.netstring(entry.data::text)
        || sec.netstring(encode(entry.prev_hash, 'hex')), 'UTF8'))
$body$
"""

# The head's row lock is what puts parallel writers in a line; it is held until they commit.
CHAIN = """
CREATE FUNCTION sec.chain_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    head public.tenancy_audithead%ROWTYPE;
BEGIN
    INSERT INTO public.tenancy_audithead (chain, seq, hash)
    VALUES (COALESCE(NEW.tenant_id, 0), 0, sha256(''))
    ON CONFLICT (chain) DO NOTHING;
    SELECT * INTO head FROM public.tenancy_audithead
     WHERE chain = COALESCE(NEW.tenant_id, 0) FOR UPDATE;
    NEW.user_id := sec.user_id();
    NEW.office_id := sec.tenant();
    NEW.at := clock_timestamp();
    NEW.seq := head.seq + 1;
    NEW.prev_hash := head.hash;
    NEW.hash := sec.audit_hash(NEW);
    UPDATE public.tenancy_audithead SET seq = NEW.seq, hash = NEW.hash WHERE chain = head.chain;
    RETURN NEW;
END
$body$
"""

REFUSE = """
CREATE FUNCTION sec.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RAISE EXCEPTION 'The audit record is never changed or shortened (% on %).', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$body$
"""

ONE_STEP = """
CREATE FUNCTION sec.one_step_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.chain <> OLD.chain OR NEW.seq <> OLD.seq + 1 THEN
        RAISE EXCEPTION 'The head of an audit chain only moves on, one entry at a time.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$body$
"""

# The platform's own chain belongs to no office, so no policy lets anybody write it: this door does.
REFUSED_SIGN_IN = """
CREATE FUNCTION sec.record_refused_sign_in(account bigint, data jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    VALUES (NULL, 'tenancy.sign_in.refused', CASE WHEN account IS NULL THEN '' ELSE 'tenancy.user' END,
            account, data)
$body$
"""

TRIGGERS = [
    "CREATE TRIGGER chain BEFORE INSERT ON tenancy_auditentry "
    "FOR EACH ROW EXECUTE FUNCTION sec.chain_audit()",
    "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON tenancy_auditentry "
    "FOR EACH ROW EXECUTE FUNCTION sec.refuse_change()",
    "CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tenancy_auditentry "
    "FOR EACH STATEMENT EXECUTE FUNCTION sec.refuse_change()",
    "CREATE TRIGGER one_step_on BEFORE UPDATE ON tenancy_audithead "
    "FOR EACH ROW EXECUTE FUNCTION sec.one_step_on()",
    "CREATE TRIGGER refuse_delete BEFORE DELETE ON tenancy_audithead "
    "FOR EACH ROW EXECUTE FUNCTION sec.refuse_change()",
    "CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tenancy_audithead "
    "FOR EACH STATEMENT EXECUTE FUNCTION sec.refuse_change()",
]


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0003_fence_offices_and_grant")]

    operations = [
        RoleSQL(
            [
                NETSTRING,
                AUDIT_HASH,
                CHAIN,
                REFUSE,
                ONE_STEP,
                REFUSED_SIGN_IN,
                "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sec FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.record_refused_sign_in(bigint, jsonb) TO @app@",
                *TRIGGERS,
            ],
            [
                "DROP TRIGGER refuse_truncate ON tenancy_audithead",
                "DROP TRIGGER refuse_delete ON tenancy_audithead",
                "DROP TRIGGER one_step_on ON tenancy_audithead",
                "DROP TRIGGER refuse_truncate ON tenancy_auditentry",
                "DROP TRIGGER refuse_change ON tenancy_auditentry",
                "DROP TRIGGER chain ON tenancy_auditentry",
                "DROP FUNCTION sec.record_refused_sign_in(bigint, jsonb), sec.one_step_on(), "
                "sec.refuse_change(), sec.chain_audit(), "
                "sec.audit_hash(public.tenancy_auditentry), sec.netstring(text)",
            ],
            "Chain the audit record",
        )
    ]
