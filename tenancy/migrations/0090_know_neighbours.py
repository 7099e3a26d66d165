"""Whom an office may ask for something, and what somebody is, as policies ask it once a statement."""

from django.db import migrations

from tenancy.rls import RoleSQL

# Itself, the city above it, the offices under it, and those under the same city. None that is closed.
NEIGHBOURS = """
CREATE FUNCTION sec.neighbours() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    WITH me AS (SELECT id, parent_id FROM public.tenancy_office WHERE id = sec.tenant()),
         above AS (SELECT city.id FROM public.tenancy_office AS city, me
                    WHERE city.id = me.parent_id AND city.kind = 'city')
    SELECT array_agg(office.id)
      FROM public.tenancy_office AS office, me
     WHERE office.closed_on IS NULL
       AND (office.id = me.id OR office.parent_id = me.id
            OR office.id IN (SELECT id FROM above) OR office.parent_id IN (SELECT id FROM above))
$body$
"""
# Seats of one's own: who stands in for somebody is shown nothing that was shared with them.
OWN_ROLES = """
CREATE FUNCTION sec.own_roles() RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT array_agg(seat.role::text ORDER BY seat.role)
      FROM public.tenancy_membership AS seat
      JOIN public.tenancy_user AS person ON person.id = seat.user_id
     WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
       AND seat.principal_id IS NULL AND seat.since_on <= sec.today()
       AND (seat.until_on IS NULL OR seat.until_on > sec.today())
       AND person.is_active AND (person.expires_on IS NULL OR person.expires_on > sec.today())
$body$
"""
OWN_NAME = """
CREATE FUNCTION sec.own_name() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT person.display_name FROM public.tenancy_user AS person WHERE person.id = sec.user_id()
$body$
"""
# Who directs, decides or deals with clues: a clerk knows of none, wherever it is asked about.
MAY_KNOW_OF_CLUES = """
CREATE FUNCTION sec.may_know_of_clues() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT COALESCE(sec.own_roles()
        && '{city_director, county_director, leading_group, discipline_body}'::text[], false)
$body$
"""
CALLED = "sec.neighbours(), sec.own_roles(), sec.own_name(), sec.may_know_of_clues()"


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0086_tell_guests_apart")]

    operations = [
        RoleSQL(
            [
                NEIGHBOURS,
                OWN_ROLES,
                OWN_NAME,
                MAY_KNOW_OF_CLUES,
                f"REVOKE ALL ON FUNCTION {CALLED} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {CALLED}, sec.today() TO @app@, @worker@",
            ],
            [
                "REVOKE EXECUTE ON FUNCTION sec.today() FROM @app@, @worker@",
                f"DROP FUNCTION {CALLED}",
            ],
            "Know neighbours, one's own roles and one's own name",
        )
    ]
