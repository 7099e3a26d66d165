"""Tables of mutual corroboration: of each office its own side. 0151 fences them."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0142_approve_and_show"),
        ("tenancy", "0086_tell_guests_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HitNotice",
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
                ("about", models.CharField(max_length=20)),
                ("told_at", models.DateTimeField()),
                ("answer_until", models.DateTimeField()),
                (
                    "withdrawn_at",
                    models.DateTimeField(help_text="Its own office took the clue back.", null=True),
                ),
                (
                    "clue",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.officeclue",
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
            name="HitNoticeStep",
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
                        related_name="walked",
                        to="sharing.hitnotice",
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
            name="LedPartner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("led_at", models.DateTimeField()),
                (
                    "clue",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.officeclue",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.hitnotice",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
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
            name="ProbingAlert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("suspicion", models.CharField(max_length=20)),
                ("person_name", models.CharField(default="", max_length=100)),
                ("raised_at", models.DateTimeField()),
                (
                    "office",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "person",
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
            name="ClueParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "masks",
                    models.JSONField(help_text="How each was written and its last characters."),
                ),
                (
                    "rows",
                    models.PositiveSmallIntegerField(
                        help_text="How many tokens it makes: its share of the quota."
                    ),
                ),
                ("sealed", models.BinaryField(null=True)),
                ("noted_by_name", models.CharField(default="", max_length=100)),
                ("noted_at", models.DateTimeField(null=True)),
                ("asked_by_name", models.CharField(default="", max_length=100)),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "asked_on",
                    models.DateField(help_text="The day in China, for the quota.", null=True),
                ),
                ("withdrawn_by_name", models.CharField(default="", max_length=100)),
                ("withdrawn_at", models.DateTimeField(null=True)),
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
                    "clue",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.officeclue",
                    ),
                ),
                (
                    "noted_by",
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
            options={
                "indexes": [
                    models.Index(
                        fields=["tenant", "clue", "noted_at"], name="clue_party_of_a_clue"
                    ),
                    models.Index(
                        condition=models.Q(("asked_on__isnull", False)),
                        fields=["tenant", "asked_on"],
                        name="clue_party_asked_on_a_day",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rows__gte", 1), ("rows__lte", 100)),
                        name="clue_party_makes_tokens",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="hitnotice",
            index=models.Index(
                fields=["tenant", "-told_at", "-id"], name="hit_notice_newest_first"
            ),
        ),
        migrations.AddIndex(
            model_name="hitnotice",
            index=models.Index(fields=["tenant", "clue"], name="hit_notice_of_a_clue"),
        ),
        migrations.AddConstraint(
            model_name="hitnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("about__in", ["person", "organisation", "contact"])),
                name="hit_notice_about_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="hitnoticestep",
            constraint=models.UniqueConstraint(
                fields=("tenant", "record", "number"), name="hit_notice_step_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="ledpartner",
            index=models.Index(fields=["tenant", "notice"], name="led_partner_of_a_notice"),
        ),
        migrations.AddConstraint(
            model_name="ledpartner",
            constraint=models.UniqueConstraint(
                fields=("tenant", "reference"), name="led_partner_once"
            ),
        ),
        migrations.AddIndex(
            model_name="probingalert",
            index=models.Index(
                fields=["tenant", "-raised_at", "-id"], name="probing_alert_newest_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="probingalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("suspicion__in", ["low_yield", "many_withdrawn"])),
                name="probing_alert_known",
            ),
        ),
    ]
