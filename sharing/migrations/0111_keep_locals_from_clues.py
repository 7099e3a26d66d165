"""A deputy leader from the county that is inspected reads of the team's clues only their own."""

from django.db import migrations

from tenancy.rls import RoleSQL

READS = """
CREATE OR REPLACE FUNCTION sec.reads_team_clue(of_room bigint, registered_by bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT sec.in_room(of_room) AND (registered_by = sec.user_id() OR (EXISTS (
        SELECT FROM public.tenancy_membership AS seat
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
           AND seat.principal_id IS NULL AND seat.role IN ('team_leader', 'deputy_leader')
           AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today())){narrowed}))
$body$
"""
# The leader signs each clue, wherever they are from.
KEPT_AWAY = """
        AND NOT (sec.for_outsiders(of_room, 'clues') AND EXISTS (
            SELECT FROM public.sharing_roomseat AS place
             WHERE place.tenant_id = sec.tenant() AND place.room_id = of_room
               AND place.user_id = sec.user_id() AND place.is_local)
             AND NOT EXISTS (
            SELECT FROM public.sharing_roomseat AS place
             WHERE place.tenant_id = sec.tenant() AND place.room_id = of_room
               AND place.user_id = sec.user_id() AND place.role = 'leader'))"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0110_team_posts")]

    operations = [
        RoleSQL(
            [READS.replace("{narrowed}", KEPT_AWAY)],
            [READS.replace("{narrowed}", "")],
            "Keep deputy leaders of the county from clues that others registered",
        )
    ]
