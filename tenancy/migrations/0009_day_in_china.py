"""One day for all: the calendar day in China, whatever the session's time zone.

`CURRENT_DATE` is the day of the session, which Django keeps in UTC: until eight in the morning it was
yesterday there, so that a seat of today was not in force for the database, and one that had ended was.
"""

from django.db import migrations

from tenancy.rls import RoleSQL

# As `kernel.clock.today`.
TODAY = """
CREATE FUNCTION sec.today() RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $body$ SELECT (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date $body$
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0008_name_all_roles")]

    operations = [
        RoleSQL(
            [TODAY, "REVOKE ALL ON FUNCTION sec.today() FROM PUBLIC"],
            ["DROP FUNCTION sec.today()"],
            "Say which day it is in China",
        )
    ]
