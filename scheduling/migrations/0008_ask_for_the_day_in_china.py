"""Let whoever signs, and whoever takes a sealed document, hold their seat on the day in China."""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL

guards = import_module("scheduling.migrations.0005_guard_plans")
ASKING = (guards.HOLDS_SEAT, guards.TAKE_SEALED_EXPORT)


def again(sql: str, day: str) -> str:
    replaced = sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return replaced.replace("CURRENT_DATE", day)


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0007_find_stale_imports"),
        ("tenancy", "0009_day_in_china"),
    ]

    operations = [
        RoleSQL(
            [again(sql, "sec.today()") for sql in ASKING],
            [again(sql, "CURRENT_DATE") for sql in ASKING],
            "Ask for the day in China",
        )
    ]
