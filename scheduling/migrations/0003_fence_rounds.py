"""Fence the tables of rounds, and grant the least on each.

What crosses offices is delivered and never changed: nobody holds UPDATE or DELETE on it. On
the released facts and the frozen question the web's role may not look at all.
"""

from django.db import migrations

from tenancy.rls import RoleSQL, composite_fk, fence, fence_delivered, grant

OWN = (
    "inspectionround",
    "teamslot",
    "roundunit",
    "survey",
    "bar",
    "solverun",
    "solveinput",
    "plan",
    "planteam",
    "planseat",
    "planvisit",
)
DELIVERED = (
    "releasecall",
    "callnotice",
    "release",
    "releasedperson",
    "releasedfacts",
    "reportedunit",
    "stalenotice",
)
SAME_OFFICE = (
    ("teamslot", "round_id", "inspectionround"),
    ("roundunit", "round_id", "inspectionround"),
    ("callnotice", "call_id", "releasecall"),
    ("release", "round_id", "inspectionround"),
    ("releasedperson", "round_id", "inspectionround"),
    ("reportedunit", "round_id", "inspectionround"),
    ("survey", "round_id", "inspectionround"),
    ("bar", "survey_id", "survey"),
    ("bar", "person_id", "releasedperson"),
    ("bar", "unit_id", "reportedunit"),
    ("solverun", "round_id", "inspectionround"),
    ("solveinput", "run_id", "solverun"),
    ("plan", "round_id", "inspectionround"),
    ("plan", "run_id", "solverun"),
    ("planteam", "plan_id", "plan"),
    ("planseat", "plan_id", "plan"),
    ("planseat", "team_id", "planteam"),
    ("planseat", "person_id", "releasedperson"),
    ("planvisit", "plan_id", "plan"),
    ("planvisit", "team_id", "planteam"),
    ("planvisit", "unit_id", "reportedunit"),
)
# A part of a release is sent by whoever sent the whole.
SAME_SENDER = (
    ("releasedperson", "release_id", "release"),
    ("reportedunit", "release_id", "release"),
    ("releasedfacts", "person_id", "releasedperson"),
    ("stalenotice", "person_id", "releasedperson"),
)


def named(table: str) -> str:
    return f"scheduling_{table}"


def one_sender(table: str) -> RoleSQL:
    """Something for `same_sender` to point at."""
    name = f"{named(table)}_of_sender"
    return RoleSQL(
        [f"ALTER TABLE {named(table)} ADD CONSTRAINT {name} UNIQUE (tenant_id, sender_id, id)"],
        [f"ALTER TABLE {named(table)} DROP CONSTRAINT {name}"],
        f"Let rows name {table} with its sender",
    )


def same_sender(table: str, column: str, target: str) -> RoleSQL:
    name = f"{named(table)}_{column}_same_sender"
    return RoleSQL(
        [
            f"ALTER TABLE {named(table)} ADD CONSTRAINT {name} "
            f"FOREIGN KEY (tenant_id, sender_id, {column}) "
            f"REFERENCES {named(target)} (tenant_id, sender_id, id)"
        ],
        [f"ALTER TABLE {named(table)} DROP CONSTRAINT {name}"],
        f"Keep {table}.{column} with one receiver and one sender",
    )


# The round of a call is its sender's; a release answers a call that its sender received.
CALL_OF_OWN_ROUND = RoleSQL(
    [
        "ALTER TABLE scheduling_releasecall ADD CONSTRAINT release_call_for_own_round "
        "FOREIGN KEY (sender_id, round_id) REFERENCES scheduling_inspectionround (tenant_id, id)"
    ],
    ["ALTER TABLE scheduling_releasecall DROP CONSTRAINT release_call_for_own_round"],
    "Let offices call for their own rounds only",
)
RELEASE_WHEN_CALLED = RoleSQL(
    [
        "ALTER TABLE scheduling_release ADD CONSTRAINT release_answers_a_call "
        "FOREIGN KEY (sender_id, tenant_id, round_id) "
        "REFERENCES scheduling_releasecall (tenant_id, sender_id, round_id)"
    ],
    ["ALTER TABLE scheduling_release DROP CONSTRAINT release_answers_a_call"],
    "Let offices release only when called on",
)


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0002_rounds"),
        # A run points at its job, so the table of jobs must be fenced before.
        ("tenancy", "0003_fence_offices_and_grant"),
    ]

    operations = [
        *(fence(named(table)) for table in OWN),
        *(fence_delivered(named(table)) for table in DELIVERED),
        *(composite_fk(named(t), column, named(target)) for t, column, target in SAME_OFFICE),
        composite_fk("scheduling_solverun", "job_id", "tenancy_job"),
        one_sender("release"),
        one_sender("releasedperson"),
        *(same_sender(*link) for link in SAME_SENDER),
        CALL_OF_OWN_ROUND,
        RELEASE_WHEN_CALLED,
        grant("scheduling_inspectionround", app="SELECT, INSERT, UPDATE", worker="SELECT"),
        grant("scheduling_teamslot", app="SELECT, INSERT, DELETE", worker="SELECT"),
        grant("scheduling_roundunit", app="SELECT, INSERT, UPDATE", worker="SELECT"),
        grant("scheduling_releasecall", app="SELECT, INSERT", worker="SELECT"),
        grant("scheduling_callnotice", app="SELECT, INSERT", worker="SELECT"),
        grant("scheduling_release", app="SELECT, INSERT", worker="SELECT"),
        grant("scheduling_releasedperson", app="SELECT, INSERT", worker="SELECT"),
        # Django asks for the new row's key; that much of it the web may see.
        grant("scheduling_releasedfacts", app="INSERT, SELECT (id)", worker="SELECT"),
        grant("scheduling_reportedunit", app="SELECT, INSERT", worker="SELECT"),
        # The worker that applies an import tells the leading offices.
        grant("scheduling_stalenotice", app="SELECT, INSERT", worker="SELECT, INSERT"),
        grant("scheduling_survey", app="SELECT", worker="SELECT, INSERT, DELETE"),
        grant("scheduling_bar", app="SELECT", worker="SELECT, INSERT, DELETE"),
        grant(
            "scheduling_solverun",
            app="SELECT, INSERT, UPDATE (job_id, status, was_cancelled, finished_at)",
            worker="SELECT, UPDATE",
        ),
        grant("scheduling_solveinput", worker="SELECT, INSERT"),
        grant("scheduling_plan", app="SELECT", worker="SELECT, INSERT, UPDATE"),
        grant("scheduling_planteam", app="SELECT", worker="SELECT, INSERT, DELETE"),
        grant("scheduling_planseat", app="SELECT", worker="SELECT, INSERT, DELETE"),
        grant("scheduling_planvisit", app="SELECT", worker="SELECT, INSERT, DELETE"),
    ]
