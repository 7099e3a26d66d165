"""The tables of rounds, releases, surveys, runs and plans."""

import django.db.models.deletion
from django.db import migrations, models

from tenancy.rls import FENCE_READY


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0001_rosters"),
        FENCE_READY,
    ]

    operations = [
        migrations.CreateModel(
            name="InspectionRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(help_text="The last calendar day of the round.")),
                ("mode", models.CharField(max_length=30)),
                ("policy", models.JSONField()),
                ("calendar_overrides", models.JSONField(default=dict)),
                ("travel", models.JSONField(default=list)),
                ("past_arcs", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafting", "Being set up"),
                            ("collecting", "Counties are releasing people"),
                            ("closed", "Releases closed"),
                        ],
                        default="drafting",
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(help_text="Counts the round's plans, one a run."),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=1, help_text="Counts the improvements that its run has saved."
                    ),
                ),
                ("tiers", models.JSONField(default=list)),
                ("measures", models.JSONField(default=dict)),
                ("uncovered", models.JSONField(default=list)),
                ("verdict", models.JSONField(null=True)),
                ("created_at", models.DateTimeField()),
                ("found_at", models.DateTimeField(help_text="When this revision was found.")),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="scheduling.inspectionround",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanTeam",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=50)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teams",
                        to="scheduling.plan",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("is_withdrawal", models.BooleanField(default=False)),
                (
                    "content",
                    models.CharField(
                        help_text="Which people and units were picked: tells a repeat from a change.",
                        max_length=64,
                    ),
                ),
                ("released_by", models.CharField(max_length=100)),
                ("released_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="scheduling.inspectionround",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReleaseCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("mode", models.CharField(max_length=30)),
                ("teams", models.PositiveSmallIntegerField()),
                (
                    "people_needed",
                    models.PositiveSmallIntegerField(help_text="Asked of the receiver alone."),
                ),
                ("skills_needed", models.JSONField(default=dict)),
                (
                    "asks_for_units",
                    models.BooleanField(help_text="Whether the receiver's units take part."),
                ),
                ("answer_by", models.DateField(null=True)),
                ("called_at", models.DateTimeField()),
                (
                    "sender",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("closed", "Closed"), ("reopened", "Open again")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "sender",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="scheduling.releasecall",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReleasedPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="The person's number in the sender's roster.", max_length=50
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("post", models.CharField(max_length=200)),
                ("is_leader", models.BooleanField()),
                ("is_deputy", models.BooleanField()),
                ("skills", models.JSONField(default=list)),
                ("rounds_served", models.PositiveSmallIntegerField()),
                ("recent_days", models.PositiveSmallIntegerField()),
                ("away", models.JSONField(default=list)),
                (
                    "release",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="scheduling.release",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scheduling.inspectionround",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReleasedFacts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("home_unit", models.CharField(blank=True, max_length=200)),
                ("system", models.CharField(blank=True, max_length=50)),
                ("native_place", models.CharField(blank=True, max_length=200)),
                ("grew_up_place", models.CharField(blank=True, max_length=200)),
                ("posts", models.JSONField(default=list)),
                ("relatives", models.JSONField(default=list)),
                ("interests", models.JSONField(default=list)),
                ("visited", models.JSONField(default=list)),
                ("led", models.JSONField(default=list)),
                (
                    "sender",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scheduling.releasedperson",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "released facts",
            },
        ),
        migrations.CreateModel(
            name="PlanSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("leader", "Leader"),
                            ("deputy", "Deputy leader"),
                            ("member", "Member"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="scheduling.plan",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="scheduling.planteam",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scheduling.releasedperson",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportedUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=50)),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=50)),
                ("system", models.CharField(blank=True, max_length=50)),
                ("parent_code", models.CharField(blank=True, max_length=50)),
                ("risk", models.PositiveSmallIntegerField()),
                ("days", models.PositiveSmallIntegerField()),
                ("mandatory", models.BooleanField()),
                ("priority", models.PositiveSmallIntegerField()),
                ("skills", models.JSONField(default=dict)),
                ("wanted", models.JSONField(default=dict)),
                ("inspectable", models.BooleanField()),
                (
                    "release",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="scheduling.release",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scheduling.inspectionround",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="scheduling.plan",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="scheduling.planteam",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scheduling.reportedunit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoundUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=50)),
                ("chosen", models.BooleanField()),
                ("mandatory", models.BooleanField()),
                ("priority", models.PositiveSmallIntegerField()),
                ("days", models.PositiveSmallIntegerField()),
                ("window_earliest", models.DateField(null=True)),
                ("window_latest", models.DateField(null=True)),
                (
                    "county",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_decisions",
                        to="scheduling.inspectionround",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SolveRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("time_limit_s", models.PositiveIntegerField()),
                ("seed", models.PositiveIntegerField()),
                (
                    "basis",
                    models.CharField(
                        help_text="What was asked about: differs once the round has changed.",
                        max_length=64,
                    ),
                ),
                ("input_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a worker"),
                            ("solving", "Solving"),
                            ("optimal", "Proven best"),
                            ("feasible", "A plan, not proven best"),
                            ("infeasible", "No plan can exist"),
                            ("unknown", "No plan found in time"),
                            ("failed", "Stopped by a fault"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("phase", models.CharField(blank=True, max_length=40)),
                ("tiers", models.JSONField(default=list)),
                ("gap", models.FloatField(null=True)),
                ("elapsed_s", models.FloatField(default=0)),
                ("history", models.JSONField(default=list)),
                ("conflict", models.JSONField(null=True)),
                ("was_cancelled", models.BooleanField(default=False)),
                ("requested_by", models.CharField(max_length=100)),
                ("requested_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "job",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.job",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="scheduling.inspectionround",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SolveInput",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scheduling.solverun",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="plan",
            name="run",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="scheduling.solverun",
            ),
        ),
        migrations.CreateModel(
            name="StaleNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stale_notices",
                        to="scheduling.releasedperson",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        help_text="What was counted over: differs once the round has changed.",
                        max_length=64,
                    ),
                ),
                ("figures", models.JSONField()),
                ("seconds", models.FloatField()),
                ("computed_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surveys",
                        to="scheduling.inspectionround",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Bar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=40)),
                ("roles", models.JSONField()),
                ("unless_host", models.BooleanField(help_text="A host seat is exempt.")),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scheduling.releasedperson",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scheduling.reportedunit",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bars",
                        to="scheduling.survey",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TeamSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=50)),
                ("position", models.PositiveSmallIntegerField()),
                ("size_min", models.PositiveSmallIntegerField()),
                ("size_max", models.PositiveSmallIntegerField()),
                ("deputies_min", models.PositiveSmallIntegerField()),
                ("deputies_max", models.PositiveSmallIntegerField()),
                ("concurrency", models.PositiveSmallIntegerField(default=1)),
                ("max_units", models.PositiveSmallIntegerField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_slots",
                        to="scheduling.inspectionround",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="inspectionround",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="round_ends_on_or_after_its_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectionround",
            constraint=models.UniqueConstraint(
                fields=("tenant", "name"), name="round_name_unique_in_its_office"
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectionround",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["drafting", "collecting", "closed"])),
                name="round_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planteam",
            constraint=models.UniqueConstraint(
                fields=("tenant", "plan", "code"), name="plan_team_fills_a_slot_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                fields=("tenant", "round", "sender", "version"), name="release_version_taken_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasecall",
            constraint=models.UniqueConstraint(
                fields=("tenant", "sender", "round_id"), name="release_call_once_per_round"
            ),
        ),
        migrations.AddIndex(
            model_name="callnotice",
            index=models.Index(fields=["tenant", "call", "-id"], name="call_notice_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="releasedperson",
            constraint=models.UniqueConstraint(
                fields=("tenant", "release", "number"), name="released_person_once_per_release"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedfacts",
            constraint=models.UniqueConstraint(
                fields=("tenant", "person"), name="released_facts_once_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="planseat",
            constraint=models.UniqueConstraint(
                fields=("tenant", "plan", "person"), name="plan_seat_one_team_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="planseat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "leader")),
                fields=("tenant", "plan", "team"),
                name="plan_seat_one_leader_per_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="planseat",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["leader", "deputy", "member"])),
                name="plan_seat_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedunit",
            constraint=models.UniqueConstraint(
                fields=("tenant", "release", "code"), name="reported_unit_once_per_release"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("risk__gte", 1), ("risk__lte", 5)),
                name="reported_unit_risk_between_1_and_5",
            ),
        ),
        migrations.AddConstraint(
            model_name="planvisit",
            constraint=models.UniqueConstraint(
                fields=("tenant", "plan", "unit"), name="plan_visit_once_per_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="planvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="plan_visit_ends_on_or_after_its_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundunit",
            constraint=models.UniqueConstraint(
                fields=("tenant", "round", "county", "code"), name="round_unit_decided_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="roundunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__gte", 1), ("priority__lte", 100)),
                name="round_unit_priority_between_1_and_100",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("days__gte", 1)), name="round_unit_takes_at_least_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="roundunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("window_earliest__isnull", True),
                    ("window_latest__isnull", True),
                    ("window_latest__gte", models.F("window_earliest")),
                    _connector="OR",
                ),
                name="round_unit_window_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="solverun",
            index=models.Index(fields=["tenant", "round", "-id"], name="solve_run_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="solverun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at__isnull", True)),
                fields=("tenant", "round"),
                name="solve_run_one_running_per_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="solverun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("status__in", ["waiting", "solving"])),
                    models.Q(
                        ("finished_at__isnull", False),
                        ("status__in", ["optimal", "feasible", "infeasible", "unknown", "failed"]),
                    ),
                    _connector="OR",
                ),
                name="solve_run_is_finished_when_it_has_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="solveinput",
            constraint=models.UniqueConstraint(
                fields=("tenant", "run"), name="solve_input_once_per_run"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("tenant", "run"), name="plan_one_per_run"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=("tenant", "round", "version"), name="plan_version_taken_once_in_its_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="stalenotice",
            constraint=models.UniqueConstraint(
                fields=("tenant", "person"), name="stale_notice_once_per_released_person"
            ),
        ),
        migrations.AddIndex(
            model_name="survey",
            index=models.Index(fields=["tenant", "round", "-id"], name="survey_newest_first"),
        ),
        migrations.AddIndex(
            model_name="bar",
            index=models.Index(
                fields=["tenant", "survey", "person", "unit"], name="bar_by_person_and_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="teamslot",
            constraint=models.UniqueConstraint(
                fields=("tenant", "round", "code"), name="team_slot_code_unique_in_its_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="teamslot",
            constraint=models.CheckConstraint(
                condition=models.Q(("size_max__gte", models.F("size_min")), ("size_min__gte", 1)),
                name="team_slot_holds_at_least_one_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamslot",
            constraint=models.CheckConstraint(
                condition=models.Q(("deputies_max__gte", models.F("deputies_min"))),
                name="team_slot_deputies_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamslot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("concurrency__gte", 1),
                    models.Q(("max_units__isnull", True), ("max_units__gte", 1), _connector="OR"),
                ),
                name="team_slot_visits_at_least_one_unit",
            ),
        ),
    ]
