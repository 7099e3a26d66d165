"""Long lists: indexes in the order of the lists, and what the fence asks of each row asked quickly.

Who reads a clue of the register and a list of hand-over is as it was (`0031`); it is asked in one
question, with the context verified once a row and not six times. `COST` says how dear such a question
is: the planner then asks it of the rows of a page and not of all rows, to sort them.
"""

from django.db import migrations, models
from django.db.models import Q

from tenancy.rls import RoleSQL

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# A seat in one's own name that gives a hand on clues: a clue is handled in person.
SEATED = """EXISTS (
        SELECT FROM public.sharing_handrole AS given
          JOIN public.tenancy_membership AS seat ON seat.role = given.role
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
         WHERE given.life = 'clue' AND given.hand = ANY (hands) AND seat.principal_id IS NULL
           AND seat.tenant_id = said[1] AND seat.user_id = said[2]
           AND seat.since_on <= day AND (seat.until_on IS NULL OR seat.until_on > day)
           AND person.is_active AND (person.expires_on IS NULL OR person.expires_on > day))"""

# Of the team, of the county that is inspected, and not its leader, who signs wherever they are from.
KEPT_AWAY = """
                    AND NOT (sec.for_outsiders(of_room, 'clues') AND EXISTS (
                        SELECT FROM public.sharing_roomseat AS place
                         WHERE place.tenant_id = said[1] AND place.room_id = of_room
                           AND place.user_id = said[2] AND place.is_local)
                         AND NOT EXISTS (
                        SELECT FROM public.sharing_roomseat AS place
                         WHERE place.tenant_id = said[1] AND place.room_id = of_room
                           AND place.user_id = said[2] AND place.role = 'leader'))"""

# Of the team: who registered it, and who leads, but for a deputy leader from the county where clues are
# for outsiders; while the room is open.
READS_TEAM_CLUE = f"""
CREATE OR REPLACE FUNCTION sec.reads_team_clue(of_room bigint, registered_by bigint) RETURNS boolean
LANGUAGE plpgsql STABLE COST 20000 {DEFINER}
AS $body$
DECLARE
    said bigint[] := sec.verified_context();
    day date := sec.today();
BEGIN
    RETURN EXISTS (
        SELECT FROM public.sharing_roommember AS named
          JOIN public.sharing_room AS room
            ON room.tenant_id = named.tenant_id AND room.id = named.room_id
         WHERE named.tenant_id = said[1] AND named.room_id = of_room
           AND named.user_id = said[2] AND room.closed_at IS NULL
           AND room.starts_on <= day AND room.until_on > day)
       AND EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
         WHERE seat.principal_id IS NULL AND seat.tenant_id = said[1] AND seat.user_id = said[2]
           AND (registered_by = said[2] AND seat.role IN ('team_leader', 'deputy_leader', 'team_member')
                OR seat.role IN ('team_leader', 'deputy_leader') {KEPT_AWAY})
           AND seat.since_on <= day AND (seat.until_on IS NULL OR seat.until_on > day)
           AND person.is_active AND (person.expires_on IS NULL OR person.expires_on > day));
END
$body$
"""

READS_OFFICE_CLUE = f"""
CREATE OR REPLACE FUNCTION sec.reads_office_clue(
    of_clue bigint, subject text, handed_over timestamp with time zone) RETURNS boolean
LANGUAGE plpgsql STABLE COST 20000 {DEFINER}
AS $body$
DECLARE
    said bigint[] := sec.verified_context();
    day date := sec.today();
    hands text[] := '{{office_director}}';
BEGIN
    IF handed_over IS NOT NULL THEN
        hands := hands || 'discipline_body'::text;
    END IF;
    RETURN {SEATED}
       AND NOT EXISTS (
        SELECT FROM public.sharing_cluetie AS tie
         WHERE tie.tenant_id = said[1] AND tie.clue_id = of_clue AND tie.user_id = said[2])
       AND NOT EXISTS (
        SELECT FROM public.tenancy_user AS person
         WHERE person.id = said[2] AND person.display_name = subject);
END
$body$
"""

READS_HAND_OVER_LIST = f"""
CREATE OR REPLACE FUNCTION sec.reads_hand_over_list(of_list bigint) RETURNS boolean
LANGUAGE plpgsql STABLE COST 20000 {DEFINER}
AS $body$
DECLARE
    said bigint[] := sec.verified_context();
    day date := sec.today();
    hands text[] := '{{office_director,discipline_body}}';
BEGIN
    RETURN {SEATED}
       AND NOT EXISTS (
        SELECT FROM public.sharing_handoverentry AS entry
          JOIN public.sharing_cluetie AS tie
            ON tie.tenant_id = entry.tenant_id AND tie.clue_id = entry.clue_id
         WHERE entry.tenant_id = said[1] AND entry.list_id = of_list AND tie.user_id = said[2])
       AND NOT EXISTS (
        SELECT FROM public.sharing_handoverentry AS entry
          JOIN public.sharing_officeclue AS clue
            ON clue.tenant_id = entry.tenant_id AND clue.id = entry.clue_id
         WHERE entry.tenant_id = said[1] AND entry.list_id = of_list
           AND clue.subject_name = (
               SELECT person.display_name FROM public.tenancy_user AS person
                WHERE person.id = said[2]));
END
$body$
"""

# As they were: of teams in 0111, the others in 0031.
TEAM_CLUE_BEFORE = f"""
CREATE OR REPLACE FUNCTION sec.reads_team_clue(of_room bigint, registered_by bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT sec.in_room(of_room) AND (registered_by = sec.user_id() OR (EXISTS (
        SELECT FROM public.tenancy_membership AS seat
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
           AND seat.principal_id IS NULL AND seat.role IN ('team_leader', 'deputy_leader')
           AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today()))
        {KEPT_AWAY.replace("said[1]", "sec.tenant()").replace("said[2]", "sec.user_id()")}))
$body$
"""
OFFICE_CLUE_BEFORE = f"""
CREATE OR REPLACE FUNCTION sec.reads_office_clue(
    of_clue bigint, subject text, handed_over timestamp with time zone) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT (sec.holds_own_hand('clue', 'office_director')
            OR (handed_over IS NOT NULL AND sec.holds_own_hand('clue', 'discipline_body')))
       AND NOT sec.tied_to_clue(of_clue, subject)
$body$
"""
HAND_OVER_LIST_BEFORE = f"""
CREATE OR REPLACE FUNCTION sec.reads_hand_over_list(of_list bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT (sec.holds_own_hand('clue', 'office_director') OR sec.holds_own_hand('clue', 'discipline_body'))
       AND NOT EXISTS (
        SELECT FROM public.sharing_handoverentry AS entry
          JOIN public.sharing_officeclue AS clue
            ON clue.tenant_id = entry.tenant_id AND clue.id = entry.clue_id
         WHERE entry.tenant_id = sec.tenant() AND entry.list_id = of_list
           AND sec.tied_to_clue(clue.id, clue.subject_name))
$body$
"""
DEAR = (
    "sees_team_clue(bigint)",
    "sees_office_clue(bigint)",
    "reads_interference(bigint, bigint, boolean)",
    "sees_informant(bigint)",
)

INDEXES = (
    ("handoverlist", "hand_over_list_newest_first", ["tenant", "-signed_at", "-id"], None),
    ("handoverentry", "hand_over_entry_of_a_clue", ["tenant", "clue", "list"], None),
    (
        "officeclue",
        "office_clue_to_hand_over",
        ["tenant", "-is_urgent", "year", "number", "id"],
        Q(state="taken_in"),
    ),
    ("officeclue", "office_clue_by_subject", ["tenant", "subject_name"], None),
    ("cluetie", "clue_tie_of_a_person", ["tenant", "user", "clue"], None),
    ("clueroute", "clue_route_newest_first", ["tenant", "-since", "-id"], None),
    ("roommember", "room_member_by_person", ["tenant", "user", "content_object"], None),
    (
        "rectificationitem",
        "rectification_by_leader_name",
        ["tenant", "leader_name", "-id"],
        None,
    ),
)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0126_guard_packages")]

    operations = [
        migrations.AddIndex(
            "rectificationitem",
            models.Index(
                name="rectification_counted",
                fields=["tenant", "id"],
                include=["desk", "leader_name", "state", "owed_on"],
            ),
        ),
        *(
            migrations.AddIndex(model, models.Index(name=name, fields=fields, condition=condition))
            for model, name, fields, condition in INDEXES
        ),
        RoleSQL(
            [READS_TEAM_CLUE, READS_OFFICE_CLUE, READS_HAND_OVER_LIST],
            [TEAM_CLUE_BEFORE, OFFICE_CLUE_BEFORE, HAND_OVER_LIST_BEFORE],
            "Ask once a row who reads a clue of a team, of the register, and a list",
        ),
        RoleSQL(
            [f"ALTER FUNCTION sec.{name} COST 20000" for name in DEAR],
            [f"ALTER FUNCTION sec.{name} COST 100" for name in DEAR],
            "Say that what the fence asks of a row is dear",
        ),
    ]
