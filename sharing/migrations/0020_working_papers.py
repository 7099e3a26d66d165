"""Papers, reports and their texts, fenced. `0021` says what the database insists on."""

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import composite_fk, fence, grant

READ_AND_ADDED = (
    "inspectionreport",
    "reportstep",
    "reporttext",
    "workingpaper",
    "paperstep",
    "paperversion",
    "paperbasis",
    "paperevidence",
    "papercomment",
)
WITHIN_THE_OFFICE = (
    ("inspectionreport", "room_id", "room"),
    ("reportstep", "record_id", "inspectionreport"),
    ("reporttext", "report_id", "inspectionreport"),
    ("workingpaper", "room_id", "room"),
    ("workingpaper", "report_id", "inspectionreport"),
    ("paperstep", "record_id", "workingpaper"),
    ("paperversion", "paper_id", "workingpaper"),
    ("paperbasis", "version_id", "paperversion"),
    ("paperevidence", "version_id", "paperversion"),
    ("papercomment", "paper_id", "workingpaper"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0012_report_weekly"),
        ("tenancy", "0072_verify_contexts_sooner"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InspectionReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=40)),
                (
                    "steps",
                    models.PositiveIntegerField(default=0, help_text="How many acts were done."),
                ),
                ("unit_code", models.CharField(max_length=50)),
                ("unit_name", models.CharField(max_length=200)),
                ("begun_at", models.DateTimeField(null=True)),
                (
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="sharing.room",
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
            name="PaperVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("fact", models.TextField(blank=True, max_length=20000)),
                ("nature", models.TextField(blank=True, max_length=5000)),
                ("responsibility", models.TextField(blank=True, max_length=5000)),
                (
                    "level",
                    models.CharField(default="", help_text="The heading's code.", max_length=20),
                ),
                ("class_name", models.CharField(default="", max_length=200)),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("slight", "slight"),
                            ("grave", "grave"),
                            ("very_grave", "very_grave"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "money_cents",
                    models.BigIntegerField(
                        null=True, validators=[django.core.validators.MinValueValidator(0)]
                    ),
                ),
                ("people_count", models.PositiveIntegerField(null=True)),
                ("disciplines", models.JSONField(default=list)),
                (
                    "why",
                    models.CharField(
                        blank=True, help_text="Why it was written anew.", max_length=500
                    ),
                ),
                ("by_name", models.CharField(default="", max_length=100)),
                ("at", models.DateTimeField(null=True)),
                (
                    "by",
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
            ],
        ),
        migrations.CreateModel(
            name="PaperEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "Document"),
                            ("accounts", "Accounts and vouchers"),
                            ("minutes", "Minutes"),
                            ("interview", "Record of an interview"),
                            ("site", "Record of a visit"),
                            ("data", "Comparison of data"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("dated_on", models.DateField(null=True)),
                ("pages", models.PositiveIntegerField(null=True)),
                ("kept_at", models.CharField(blank=True, max_length=200)),
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
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="sharing.paperversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text_title", models.CharField(max_length=200)),
                ("article", models.CharField(blank=True, max_length=100)),
                (
                    "edition",
                    models.CharField(
                        blank=True, help_text="Of what year or revision.", max_length=100
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
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bases",
                        to="sharing.paperversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("act", models.CharField(max_length=40)),
                ("hand", models.CharField(max_length=40)),
                ("before", models.CharField(default="", max_length=40)),
                ("after", models.CharField(max_length=40)),
                ("by_name", models.CharField(default="", max_length=100)),
                (
                    "on_behalf_of",
                    models.CharField(default="", help_text="Of a deputy: whose.", max_length=100),
                ),
                ("reason", models.CharField(blank=True, max_length=2000)),
                (
                    "facts",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="What the act was asked for: days, opinions, numbers. Content, and in no log.",
                    ),
                ),
                ("at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_column="record_id",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="done",
                        to="sharing.inspectionreport",
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
            name="ReportText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("report", "Report"), ("feedback", "Feedback")], max_length=10
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("overview", models.TextField(blank=True, max_length=10000)),
                ("evaluation", models.TextField(blank=True, max_length=10000)),
                ("advice", models.TextField(blank=True, max_length=10000)),
                (
                    "duty",
                    models.TextField(
                        blank=True, help_text="Of a feedback: what to report.", max_length=5000
                    ),
                ),
                ("by_name", models.CharField(default="", max_length=100)),
                ("at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="sharing.inspectionreport",
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
            name="WorkingPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=40)),
                (
                    "steps",
                    models.PositiveIntegerField(default=0, help_text="How many acts were done."),
                ),
                ("unit_code", models.CharField(max_length=50)),
                ("unit_name", models.CharField(max_length=200)),
                ("finder_name", models.CharField(default="", max_length=100)),
                ("year", models.PositiveIntegerField(default=0)),
                (
                    "sequence",
                    models.PositiveIntegerField(default=0, help_text="In its room, without a gap."),
                ),
                (
                    "finding_sequence",
                    models.PositiveIntegerField(
                        help_text="Among what its room put in reports: all that others than the team are told.",
                        null=True,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("title", models.CharField(default="", max_length=200)),
                ("level", models.CharField(default="", max_length=20)),
                ("class_name", models.CharField(default="", max_length=200)),
                ("severity", models.CharField(default="", max_length=10)),
                ("money_cents", models.BigIntegerField(null=True)),
                ("people_count", models.PositiveIntegerField(null=True)),
                ("disciplines", models.JSONField(default=list)),
                ("begun_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "finder",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="sharing.inspectionreport",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="sharing.room",
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
        migrations.AddField(
            model_name="paperversion",
            name="paper",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="sharing.workingpaper",
            ),
        ),
        migrations.CreateModel(
            name="PaperStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("act", models.CharField(max_length=40)),
                ("hand", models.CharField(max_length=40)),
                ("before", models.CharField(default="", max_length=40)),
                ("after", models.CharField(max_length=40)),
                ("by_name", models.CharField(default="", max_length=100)),
                (
                    "on_behalf_of",
                    models.CharField(default="", help_text="Of a deputy: whose.", max_length=100),
                ),
                ("reason", models.CharField(blank=True, max_length=2000)),
                (
                    "facts",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="What the act was asked for: days, opinions, numbers. Content, and in no log.",
                    ),
                ),
                ("at", models.DateTimeField(null=True)),
                (
                    "by",
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
                    "record",
                    models.ForeignKey(
                        db_column="record_id",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="done",
                        to="sharing.workingpaper",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("of_version", models.PositiveIntegerField(default=0)),
                ("text", models.TextField(max_length=2000)),
                ("by_name", models.CharField(default="", max_length=100)),
                ("at", models.DateTimeField(null=True)),
                (
                    "by",
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
                    "paper",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="sharing.workingpaper",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="inspectionreport",
            index=models.Index(fields=["tenant", "state", "-id"], name="report_by_state"),
        ),
        migrations.AddConstraint(
            model_name="inspectionreport",
            constraint=models.UniqueConstraint(
                fields=("tenant", "room", "unit_code"), name="report_once_per_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="paperevidence",
            constraint=models.UniqueConstraint(
                fields=("tenant", "version", "position"), name="paper_evidence_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="paperbasis",
            constraint=models.UniqueConstraint(
                fields=("tenant", "version", "position"), name="paper_basis_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportstep",
            constraint=models.UniqueConstraint(
                fields=("tenant", "record", "number"), name="report_step_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reporttext",
            constraint=models.UniqueConstraint(
                fields=("tenant", "report", "part", "number"), name="report_text_once"
            ),
        ),
        migrations.AddIndex(
            model_name="workingpaper",
            index=models.Index(fields=["tenant", "room", "state", "-id"], name="paper_by_room"),
        ),
        migrations.AddIndex(
            model_name="workingpaper",
            index=models.Index(fields=["tenant", "state", "-id"], name="paper_by_state"),
        ),
        migrations.AddIndex(
            model_name="workingpaper",
            index=models.Index(fields=["tenant", "unit_code", "-id"], name="paper_by_unit"),
        ),
        migrations.AddIndex(
            model_name="workingpaper",
            index=models.Index(
                fields=["tenant", "report", "finding_sequence"], name="paper_by_report"
            ),
        ),
        migrations.AddConstraint(
            model_name="workingpaper",
            constraint=models.UniqueConstraint(
                fields=("tenant", "room", "sequence"), name="paper_numbered_once_in_its_room"
            ),
        ),
        migrations.AddConstraint(
            model_name="workingpaper",
            constraint=models.UniqueConstraint(
                fields=("tenant", "room", "finding_sequence"),
                name="finding_numbered_once_in_its_room",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperversion",
            constraint=models.UniqueConstraint(
                fields=("tenant", "paper", "number"), name="paper_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="paperstep",
            constraint=models.UniqueConstraint(
                fields=("tenant", "record", "number"), name="paper_step_numbered_once"
            ),
        ),
        migrations.AddIndex(
            model_name="papercomment",
            index=models.Index(fields=["tenant", "paper", "id"], name="comment_by_paper"),
        ),
        *(fence(f"sharing_{table}") for table in READ_AND_ADDED),
        *(
            composite_fk(f"sharing_{table}", column, f"sharing_{target}")
            for table, column, target in WITHIN_THE_OFFICE
        ),
        # Nothing of them is changed or deleted by anybody: the database repeats what is newest.
        *(grant(f"sharing_{table}", app="SELECT, INSERT") for table in READ_AND_ADDED),
    ]
