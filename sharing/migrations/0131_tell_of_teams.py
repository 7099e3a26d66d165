"""A city tells a county that a team is proposed, the county tells it of the answer, and either of an end."""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL

BEFORE = import_module("scheduling.migrations.0022_open_by_two_for_half_an_hour").ADMIT_NOTICE
UPWARDS, DOWNWARDS = "'declaration_received'", "'extract_withdrawn'"
ADMIT_NOTICE = BEFORE.replace(
    UPWARDS, f"{UPWARDS}, 'authorisation_answered', 'authorisation_ended'"
).replace(DOWNWARDS, f"{DOWNWARDS}, 'authorisation_proposed', 'authorisation_ended'")


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0130_index_lists"),
        ("scheduling", "0022_open_by_two_for_half_an_hour"),
    ]

    operations = [
        RoleSQL([ADMIT_NOTICE], [BEFORE], "Let city and county tell one another of teams"),
    ]
