"""An office is told who of another office looked at what is its own."""

from django.db import migrations

from tenancy.rls import RoleSQL

# The line stands in the chain of whoever looked, behind their fence; it names whose people were seen
# under `owners`. This door lets their directors of today read it, and of it only what is theirs: who,
# when, by what right, and how many of their own people. Not the thing's number, nor how many of
# whom else: that would tell of another office's plan, or of a third office's people.
INDEX = (
    "CREATE INDEX audit_by_owner ON tenancy_auditentry USING gin ((data -> 'owners'))"
    " WHERE data ? 'owners'"
)
SEEN_BY_OTHERS = """
CREATE FUNCTION sec.seen_by_others(reader text, act text, since timestamptz, until timestamptz,
    before bigint, at_most integer)
RETURNS TABLE (number bigint, seen_at timestamptz, person text, office_number bigint, office text,
    seat text, action text, ground text, round_number bigint, own_people bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    ours bigint := sec.tenant();
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
         WHERE seat.tenant_id = ours AND seat.user_id = sec.user_id()
           AND seat.role IN ('city_director', 'county_director') AND person.is_active
           AND seat.since_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date
           AND COALESCE(seat.until_on > (now() AT TIME ZONE 'Asia/Shanghai')::date, true))
    THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT line.id, line.at, COALESCE(person.display_name, '')::text, line.tenant_id,
           office.short_name::text, line.data ->> 'role', line.action::text, line.data ->> 'rule',
           (line.data ->> 'round')::bigint, (line.data -> 'owners' ->> ours::text)::bigint
      FROM public.tenancy_auditentry AS line
      JOIN public.tenancy_office AS office ON office.id = line.tenant_id
      LEFT JOIN public.tenancy_user AS person ON person.id = line.user_id
     WHERE line.data ? 'owners' AND line.data -> 'owners' ? ours::text
       AND line.tenant_id <> ours
       AND (reader IS NULL OR strpos(lower(person.display_name), lower(reader)) > 0)
       AND (act IS NULL OR line.action = act)
       AND (since IS NULL OR line.at >= since)
       AND (until IS NULL OR line.at < until)
       AND (before IS NULL OR (line.at, line.id) < (
            SELECT one.at, one.id FROM public.tenancy_auditentry AS one
             WHERE one.id = before AND one.data -> 'owners' ? ours::text))
     ORDER BY line.at DESC, line.id DESC
     LIMIT at_most;
END
$body$
"""
SIGNATURE = "sec.seen_by_others(text, text, timestamptz, timestamptz, bigint, integer)"


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0067_keep_tokens")]

    operations = [
        RoleSQL(
            [
                INDEX,
                SEEN_BY_OTHERS,
                f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO @app@",
            ],
            [f"DROP FUNCTION {SIGNATURE}", "DROP INDEX audit_by_owner"],
            "Tell offices who saw what is theirs",
        ),
    ]
