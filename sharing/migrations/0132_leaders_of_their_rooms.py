"""A leader leads one room: what is asked of a leader's hand is asked of the place in that very room.

All direct rooms lie in the city, and a guest's seat is of the office: who leads one team there and is a
member of another wears the leader's seat in both. The functions are as they were, with that one more.
"""

from importlib import import_module

from django.db import migrations, models

from sharing.models.guards import walks_otherwise
from tenancy.rls import RoleSQL

sealing = import_module("sharing.migrations.0033_seal_informants")
papers = import_module("sharing.migrations.0021_guard_papers")
rectifying = import_module("sharing.migrations.0041_rectify")
assigning = import_module("sharing.migrations.0100_assign_findings")
lists = import_module("sharing.migrations.0130_index_lists")

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# A place that ended is none.
LEADS_ROOM = f"""
CREATE FUNCTION sec.leads_room(of_room bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT sec.in_room(of_room) AND EXISTS (
        SELECT FROM public.sharing_roomseat AS place
         WHERE place.tenant_id = sec.tenant() AND place.room_id = of_room
           AND place.user_id = sec.user_id() AND place.role = 'leader'
           AND place.ended_on IS NULL)
$body$
"""


def otherwise(text: str, old: str, new: str) -> str:
    """`text` with `old`, which stands there once, as `new`. `ValueError`."""
    if text.count(old) != 1:
        raise ValueError(f"Not once: {old}")
    return text.replace(old, new)


def again(made: str) -> str:
    """What makes a function, also where it is there already."""
    return otherwise(made, "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


LEADING_SEAT = "OR seat.role IN ('team_leader', 'deputy_leader')"
LEADING_PLACE = f"""{LEADING_SEAT} AND EXISTS (
                    SELECT FROM public.sharing_roomseat AS place
                     WHERE place.tenant_id = said[1] AND place.room_id = of_room
                       AND place.user_id = said[2] AND place.role IN ('leader', 'deputy')
                       AND place.ended_on IS NULL)"""
OF_NOW = "AND place.role = 'leader' AND place.ended_on IS NULL"
READS_TEAM_CLUE = otherwise(
    otherwise(lists.READS_TEAM_CLUE, "AND place.role = 'leader'", OF_NOW),
    LEADING_SEAT,
    LEADING_PLACE,
)

# As dear as 0130 has said.
INTERFERENCE_BEFORE = otherwise(
    again(sealing.READS_INTERFERENCE), "sql STABLE", "sql STABLE COST 20000"
)
READS_INTERFERENCE = otherwise(
    INTERFERENCE_BEFORE,
    "ARRAY['team_leader'])",
    "ARRAY['team_leader'])\n            AND sec.leads_room(of_room)",
)

LAY_REPORT = otherwise(papers.LAY_REPORT, "sec.in_room(NEW.room_id)", "sec.leads_room(NEW.room_id)")
WRITE_REPORT = otherwise(
    papers.WRITE_REPORT, "sec.in_room(one.room_id)", "sec.leads_room(one.room_id)"
)

OF_MEMBERS, OF_THE_LEADER = "sec.in_room(one.room_id)", "sec.leads_room(one.room_id)"
CLUE_BEFORE = {
    "member": f"{OF_MEMBERS} AND one.registered_by_id = sec.user_id()",
    "team_leader": OF_MEMBERS,
    "office_director": "false",
    "discipline_body": "false",
}
REPORT_BEFORE = {"team_leader": OF_MEMBERS}


def led(before: dict[str, str], old: str = OF_MEMBERS, new: str = OF_THE_LEADER) -> dict[str, str]:
    return before | {"team_leader": otherwise(before["team_leader"], old, new)}


# record, its steps, its life, what was asked before, what is asked from here on.
WALKS = (
    ("clue", "cluestep", "clue", CLUE_BEFORE, led(CLUE_BEFORE)),
    ("workingpaper", "paperstep", "working_paper", assigning.ASKS, led(assigning.ASKS)),
    ("inspectionreport", "reportstep", "report", REPORT_BEFORE, led(REPORT_BEFORE)),
    (
        "rectificationitem",
        "rectificationstep",
        "rectification_item",
        rectifying.ITEM_ASKS,
        led(rectifying.ITEM_ASKS, "sec.in_room(back.room_id)", "sec.leads_room(back.room_id)"),
    ),
    ("lookback", "lookbackstep", "look_back", rectifying.BACK_ASKS, led(rectifying.BACK_ASKS)),
)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0131_tell_of_teams")]

    operations = [
        migrations.AddIndex(
            "roomseat",
            models.Index(name="room_seat_of_a_person", fields=["tenant", "user", "room"]),
        ),
        RoleSQL(
            [LEADS_ROOM, "REVOKE ALL ON FUNCTION sec.leads_room(bigint) FROM PUBLIC"],
            ["DROP FUNCTION sec.leads_room(bigint)"],
            "Say who leads a room",
        ),
        RoleSQL(
            [READS_TEAM_CLUE, READS_INTERFERENCE, again(LAY_REPORT), again(WRITE_REPORT)],
            [
                lists.READS_TEAM_CLUE,
                INTERFERENCE_BEFORE,
                again(papers.LAY_REPORT),
                again(papers.WRITE_REPORT),
            ],
            "Ask of clues, interference and reports who leads that very room",
        ),
        *(
            walks_otherwise(record, step=step, life=life, before=before, asks=asks)
            for record, step, life, before, asks in WALKS
        ),
    ]
