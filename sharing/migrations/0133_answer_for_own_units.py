"""A unit's code is of the registry of the room's host: in a lifted round nobody of the city's registry
answers for it."""

from importlib import import_module

from django.db import migrations

from sharing.models.guards import walks_otherwise
from tenancy.rls import RoleSQL

ASKED = import_module("sharing.migrations.0114_document_requests")

SPEAKS_IN_ROOM = f"""
CREATE FUNCTION sec.speaks_for_code(of_room bigint, of_unit text) RETURNS boolean
LANGUAGE sql STABLE {ASKED.DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_room AS room
          JOIN public.sharing_unitdesk AS desk
            ON desk.tenant_id = room.tenant_id AND desk.unit_code = of_unit
         WHERE room.tenant_id = sec.tenant() AND room.id = of_room
           AND room.host_id = room.tenant_id AND sec.speaks_for(desk.id))
$body$
"""
BEFORE = ASKED.READS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
READS = BEFORE.replace("sec.speaks_for_code(of_unit)", "sec.speaks_for_code(of_room, of_unit)")
MEMBER = {"member": "sec.asks_for_documents(one.room_id, one.is_accounts)"}


class Migration(migrations.Migration):
    dependencies = [("sharing", "0132_leaders_of_their_rooms")]

    operations = [
        RoleSQL(
            [
                SPEAKS_IN_ROOM,
                "REVOKE ALL ON FUNCTION sec.speaks_for_code(bigint, text) FROM PUBLIC",
                READS,
            ],
            [BEFORE, "DROP FUNCTION sec.speaks_for_code(bigint, text)"],
            "Say who answers for a unit by the room in which it is asked",
        ),
        walks_otherwise(
            "documentrequest",
            step="documentrequeststep",
            life="document_request",
            before={**MEMBER, "unit": "sec.speaks_for_code(one.unit_code)"},
            asks={**MEMBER, "unit": "sec.speaks_for_code(one.room_id, one.unit_code)"},
        ),
        RoleSQL(
            ["DROP FUNCTION sec.speaks_for_code(text)"],
            [
                ASKED.SPEAKS_FOR_CODE,
                "REVOKE ALL ON FUNCTION sec.speaks_for_code(text) FROM PUBLIC",
            ],
            "Forget who answers for a code wherever it stands",
        ),
    ]
