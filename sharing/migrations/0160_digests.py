"""The city digest: how it is made, what was asked for it, and what was published of it.

docs/architecture/digest.md says who reads which table."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import composite_fk, fence, fence_delivered, grant


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0151_compare_clues"),
        ("tenancy", "0086_tell_guests_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(help_text="2026-Q3, 2026-H2, 2026.", max_length=7)),
                ("begins_on", models.DateField()),
                ("until_on", models.DateField(help_text="The first day after it.")),
                ("appears_on", models.DateField(help_text="Not before this day.")),
                ("minimum", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("making", "Making"),
                            ("ready", "Ready"),
                            ("refused", "Refused"),
                            ("published", "Published"),
                        ],
                        default="making",
                        max_length=10,
                    ),
                ),
                ("asked_by_name", models.CharField(default="", max_length=100)),
                ("asked_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(null=True)),
                ("published_by_name", models.CharField(default="", max_length=100)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "sha256",
                    models.CharField(default="", help_text="Of what was published.", max_length=64),
                ),
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
            name="DigestCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=7)),
                ("begins_on", models.DateField()),
                ("until_on", models.DateField()),
                ("published_at", models.DateTimeField()),
                ("document", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
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
            name="DigestQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=40)),
                (
                    "cohort",
                    models.CharField(
                        help_text="The period whose records are counted.", max_length=7
                    ),
                ),
                ("asked_by_name", models.CharField(max_length=100)),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_in",
                    models.BigIntegerField(
                        help_text="The transaction that asked: it is told nothing."
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "digest",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="sharing.digest",
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
            name="DigestRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since_year", models.PositiveSmallIntegerField()),
                (
                    "length",
                    models.CharField(
                        choices=[
                            ("quarter", "quarter"),
                            ("half_year", "half_year"),
                            ("year", "year"),
                        ],
                        max_length=10,
                    ),
                ),
                ("minimum", models.PositiveSmallIntegerField(default=3)),
                ("set_by_name", models.CharField(default="", max_length=100)),
                ("set_at", models.DateTimeField(null=True)),
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
            name="SealedDigest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cipher", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=40)),
                ("wrapped", models.BinaryField()),
                ("document", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
                (
                    "digest",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.digest",
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
            model_name="digest",
            constraint=models.UniqueConstraint(
                fields=("tenant", "period"), name="digest_once_a_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["making", "ready", "refused", "published"])),
                name="digest_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="digestcopy",
            constraint=models.UniqueConstraint(
                fields=("tenant", "sender", "period"), name="digest_copy_once"
            ),
        ),
        migrations.AddIndex(
            model_name="digestquestion",
            index=models.Index(fields=["tenant", "digest", "-id"], name="digest_question_newest"),
        ),
        migrations.AddConstraint(
            model_name="digestrule",
            constraint=models.UniqueConstraint(
                fields=("tenant", "since_year"), name="digest_rule_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="digestrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("length__in", ["quarter", "half_year", "year"]),
                    ("minimum__gte", 2),
                    ("minimum__lte", 20),
                    ("since_year__gte", 2012),
                ),
                name="digest_rule_within_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealeddigest",
            constraint=models.UniqueConstraint(
                fields=("tenant", "digest"), name="sealed_digest_once"
            ),
        ),
        fence("sharing_digestrule"),
        fence("sharing_digest"),
        composite_fk("sharing_digest", "job_id", "tenancy_job"),
        fence("sharing_sealeddigest"),
        composite_fk("sharing_sealeddigest", "digest_id", "sharing_digest"),
        fence_delivered("sharing_digestcopy"),
        fence("sharing_digestquestion"),
        composite_fk("sharing_digestquestion", "digest_id", "sharing_digest"),
        grant(
            "sharing_digestrule",
            app="SELECT, INSERT, UPDATE (since_year, length, minimum)",
            worker="SELECT",
        ),
        grant(
            "sharing_digest",
            app="SELECT, INSERT, UPDATE (state, job_id)",
            worker="SELECT, UPDATE (state)",
        ),
        # What will be read, and the counts behind it: a worker adds them and reads neither again.
        grant(
            "sharing_sealeddigest",
            worker="SELECT (id, tenant_id, digest_id, cipher, key, wrapped), INSERT,"
            " UPDATE (key, wrapped)",
        ),
        grant("sharing_digestcopy", app="SELECT"),
        grant("sharing_digestquestion", app="SELECT"),
    ]
