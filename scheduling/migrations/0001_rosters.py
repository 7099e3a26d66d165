from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import FENCE_READY, composite_fk, fence, grant


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        FENCE_READY,
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
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
                        choices=[("roster", "Roster"), ("units", "List of units")], max_length=10
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Waiting to be read"),
                            ("reading", "Being read"),
                            ("dry_run", "Ready: look at it, then apply"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("refused", "Refused"),
                            ("failed", "Stopped by a fault"),
                        ],
                        default="uploaded",
                        max_length=10,
                    ),
                ),
                (
                    "file_name",
                    models.CharField(help_text="As the clerk's machine called it.", max_length=200),
                ),
                (
                    "stored_name",
                    models.CharField(help_text="In this office's media folder.", max_length=60),
                ),
                ("size", models.PositiveBigIntegerField(help_text="Bytes.")),
                ("sha256", models.CharField(max_length=64)),
                ("rows_read", models.PositiveIntegerField(default=0)),
                ("outline", models.JSONField(default=dict)),
                ("remarks", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("refusal", models.JSONField(null=True)),
                (
                    "compared_with",
                    models.BigIntegerField(
                        help_text="The last applied import that the dry run knew; others came later.",
                        null=True,
                    ),
                ),
                ("job_number", models.BigIntegerField(null=True)),
                ("uploaded_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "applied_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "uploaded_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sheet",
                    models.CharField(
                        help_text="The layout's key, such as `career`.", max_length=20
                    ),
                ),
                ("sheet_name", models.CharField(max_length=100)),
                ("row_no", models.PositiveIntegerField()),
                (
                    "number",
                    models.CharField(
                        blank=True, help_text="Person's number or unit's code.", max_length=50
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "Read"),
                            ("add", "To be added"),
                            ("change", "To be changed"),
                            ("same", "Unchanged"),
                            ("review", "To be looked at"),
                            ("fact", "Part of a person's facts"),
                            ("error", "Not taken"),
                        ],
                        default="read",
                        max_length=10,
                    ),
                ),
                ("payload", models.JSONField(default=dict)),
                ("errors", models.JSONField(default=list)),
                ("remarks", models.JSONField(default=list)),
                ("facts", models.JSONField(null=True)),
                ("diff", models.JSONField(default=dict)),
                ("objections", models.JSONField(default=list)),
                (
                    "accepted",
                    models.BooleanField(
                        default=False,
                        help_text="Of a row to be looked at: somebody did, and wants it taken.",
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
                    "upload",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="scheduling.import",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InspectedUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(help_text="The county's own; it identifies.", max_length=50),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "name_key",
                    models.CharField(
                        help_text="The name in pinyin, for order and search.", max_length=600
                    ),
                ),
                ("kind", models.CharField(max_length=50)),
                ("system", models.CharField(blank=True, max_length=50)),
                (
                    "parent_code",
                    models.CharField(blank=True, help_text="The body above it.", max_length=50),
                ),
                ("risk", models.PositiveSmallIntegerField()),
                ("days", models.PositiveSmallIntegerField(help_text="Working days on site.")),
                ("mandatory", models.BooleanField(default=False)),
                ("priority", models.PositiveSmallIntegerField(default=50)),
                ("skills", models.JSONField(default=dict)),
                ("wanted", models.JSONField(default=dict)),
                ("inspectable", models.BooleanField(default=True)),
                ("fact_hash", models.CharField(max_length=64)),
                ("updated_at", models.DateTimeField()),
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
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(help_text="The county's own; it identifies.", max_length=50),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "name_key",
                    models.CharField(
                        help_text="The name in pinyin, for order and search.", max_length=300
                    ),
                ),
                (
                    "initials",
                    models.CharField(
                        help_text="First letters of the pinyin, for search.", max_length=100
                    ),
                ),
                (
                    "shape_key",
                    models.CharField(
                        help_text="The name with look-alike characters folded; flags, never merges.",
                        max_length=300,
                    ),
                ),
                (
                    "id_number_digest",
                    models.CharField(
                        blank=True,
                        help_text="Keyed hash; the number itself is stored nowhere.",
                        max_length=64,
                    ),
                ),
                ("id_number_last4", models.CharField(blank=True, max_length=4)),
                ("home_unit", models.CharField(max_length=200)),
                ("system", models.CharField(blank=True, max_length=50)),
                ("post", models.CharField(blank=True, max_length=200)),
                ("rank", models.CharField(blank=True, max_length=200)),
                ("is_leader", models.BooleanField(default=False)),
                ("is_deputy", models.BooleanField(default=False)),
                ("is_expert", models.BooleanField(default=False)),
                ("skills", models.JSONField(default=list)),
                ("native_place", models.CharField(blank=True, max_length=200)),
                ("grew_up_place", models.CharField(blank=True, max_length=200)),
                ("rounds_served", models.PositiveSmallIntegerField(default=0)),
                (
                    "recent_days",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Working days on rounds in the last twelve months."
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "In the pool"),
                            ("paused", "Paused"),
                            ("left", "Left the pool"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("career", models.JSONField(default=list)),
                ("relatives", models.JSONField(default=list)),
                ("interests", models.JSONField(default=list)),
                ("absences", models.JSONField(default=list)),
                ("visited", models.JSONField(default=list)),
                ("led", models.JSONField(default=list)),
                (
                    "fact_hash",
                    models.CharField(help_text="Of all facts: tells a change.", max_length=64),
                ),
                ("updated_at", models.DateTimeField()),
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
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["tenant", "kind", "sha256"], name="import_same_file"),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["tenant", "-id"], name="import_newest_first"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                fields=["tenant", "upload", "state", "id"], name="import_row_by_state"
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["tenant", "upload", "number"], name="import_row_by_number"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(
                fields=("tenant", "upload", "sheet", "row_no"), name="import_row_once_per_sheet"
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectedunit",
            constraint=models.UniqueConstraint(
                fields=("tenant", "code"), name="inspected_unit_code_unique_in_its_office"
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectedunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("risk__gte", 1), ("risk__lte", 5)),
                name="inspected_unit_risk_between_1_and_5",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectedunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("days__gte", 1)), name="inspected_unit_stays_a_day_at_least"
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectedunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__gte", 1), ("priority__lte", 100)),
                name="inspected_unit_priority_between_1_and_100",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["tenant", "name_key", "id"], name="person_by_name_key"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["tenant", "shape_key"], name="person_by_shape_key"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                fields=("tenant", "number"), name="person_number_unique_in_its_office"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("id_number_digest", ""), _negated=True),
                fields=("tenant", "id_number_digest"),
                name="person_listed_once_by_id_number",
            ),
        ),
        fence("scheduling_person"),
        fence("scheduling_inspectedunit"),
        fence("scheduling_import"),
        fence("scheduling_importrow"),
        composite_fk("scheduling_importrow", "upload_id", "scheduling_import"),
        # The web looks and asks; only the worker that applies an import writes a roster.
        grant("scheduling_person", app="SELECT", worker="SELECT, INSERT, UPDATE"),
        grant("scheduling_inspectedunit", app="SELECT", worker="SELECT, INSERT, UPDATE"),
        grant("scheduling_import", app="SELECT, INSERT, UPDATE", worker="SELECT, UPDATE"),
        grant(
            "scheduling_importrow",
            app="SELECT, UPDATE (accepted)",
            worker="SELECT, INSERT, UPDATE, DELETE",
        ),
    ]
