"""A look-back says whose ends it may judge: its team looks at closed items of those units alone."""

from importlib import import_module

from django.db import migrations, models

from sharing.models.guards import walks_otherwise
from tenancy.rls import RoleSQL

RECTIFY = import_module("sharing.migrations.0041_rectify")
LEADERS = import_module("sharing.migrations.0132_leaders_of_their_rooms")


def again(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


LOOK_BACK, RESULT = again(RECTIFY.GUARD_LOOK_BACK), again(RECTIFY.GUARD_RESULT)
BEGINS = "BEGIN\n    IF TG_OP = 'UPDATE' AND NEW.state <> OLD.state THEN"
COVERS_UNITS = """BEGIN
    IF (TG_OP = 'INSERT' OR NEW.unit_codes IS DISTINCT FROM OLD.unit_codes)
       AND (jsonb_typeof(NEW.unit_codes) <> 'array' OR EXISTS (
           SELECT FROM jsonb_array_elements(NEW.unit_codes) AS named (code)
            WHERE NOT EXISTS (
               SELECT FROM public.sharing_unitdesk AS desk
                WHERE desk.tenant_id = sec.tenant() AND to_jsonb(desk.unit_code) = named.code))) THEN
        RAISE EXCEPTION 'It covers units of the registry.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'look_back_of_units_of_the_registry',
                  TABLE = 'sharing_lookback';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state <> OLD.state THEN"""
ENDS = """    SELECT person.display_name INTO NEW.by_name"""
OF_ITS_UNITS = """    IF NEW.item_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.sharing_rectificationitem AS item
          JOIN public.sharing_unitdesk AS desk
            ON desk.tenant_id = item.tenant_id AND desk.id = item.desk_id
         WHERE item.tenant_id = one.tenant_id AND item.id = NEW.item_id
           AND item.state = 'closed_out' AND one.unit_codes ? desk.unit_code) THEN
        RAISE EXCEPTION 'It looks at closed items of the units that it covers.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'look_back_of_its_units',
                  TABLE = 'sharing_lookbackresult';
    END IF;
"""
LOOK_BACK_OF_UNITS = (
    LOOK_BACK.replace(BEGINS, COVERS_UNITS)
    .replace("(NEW.title, ", "(NEW.unit_codes, NEW.title, ")
    .replace("(OLD.title, ", "(OLD.unit_codes, OLD.title, ")
)
RESULT_OF_UNITS = RESULT.replace(ENDS, OF_ITS_UNITS + ENDS)
BEFORE = LEADERS.led(RECTIFY.ITEM_ASKS, "sec.in_room(back.room_id)", "sec.leads_room(back.room_id)")
IN_ITS_ROOM = "AND found.verdict = 'false' AND sec.leads_room(back.room_id)"
COVERED = """ AND back.unit_codes ? (
               SELECT desk.unit_code FROM public.sharing_unitdesk AS desk
                WHERE desk.tenant_id = one.tenant_id AND desk.id = one.desk_id)"""
ASKS = LEADERS.led(BEFORE, IN_ITS_ROOM, IN_ITS_ROOM + COVERED)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0133_answer_for_own_units")]

    operations = [
        migrations.AddField(
            "lookback",
            "unit_codes",
            models.JSONField(
                default=list,
                help_text="Units whose closed items its team may look at.",
            ),
        ),
        RoleSQL(
            [LOOK_BACK_OF_UNITS, RESULT_OF_UNITS],
            [LOOK_BACK, RESULT],
            "Let a look-back judge ends of the units that it covers",
        ),
        walks_otherwise(
            "rectificationitem",
            step="rectificationstep",
            life="rectification_item",
            before=BEFORE,
            asks=ASKS,
        ),
    ]
