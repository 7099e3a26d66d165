"""Second factors with their recovery codes, and the one row of the security policy."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0047_forget_old_sign_ins"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecurityPolicy",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                (
                    "factor_roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("idle_minutes", models.PositiveSmallIntegerField()),
                ("absolute_hours", models.PositiveSmallIntegerField()),
                ("step_up_minutes", models.PositiveSmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="security_policy_is_one_row"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("idle_minutes__gte", 5), ("idle_minutes__lte", 30)),
                        name="security_policy_idle_minutes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absolute_hours__gte", 1), ("absolute_hours__lte", 12)),
                        name="security_policy_absolute_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step_up_minutes__gte", 2), ("step_up_minutes__lte", 30)
                        ),
                        name="security_policy_step_up_minutes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "digest",
                    models.BinaryField(help_text="SHA-256 of 80 random bits.", max_length=32),
                ),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "digest"), name="recovery_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "secret",
                    models.BinaryField(
                        help_text="Encrypted: tenancy.sealed_secrets. Empty after a reset."
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "last_step",
                    models.BigIntegerField(help_text="The last one used, never again.", null=True),
                ),
                ("reset_at", models.DateTimeField(null=True)),
                (
                    "reset_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("last_step__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("last_step__isnull", False)),
                            _connector="OR",
                        ),
                        name="second_factor_confirmed_by_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reset_by__isnull", True),
                            models.Q(("reset_by", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="second_factor_reset_by_another",
                    ),
                ],
            },
        ),
    ]
