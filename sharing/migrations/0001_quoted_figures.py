from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from tenancy.rls import FENCE_READY, fence, grant


class Migration(migrations.Migration):
    initial = True

    dependencies = [FENCE_READY]

    operations = [
        migrations.CreateModel(
            name="QuotedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(help_text="Its place in the workbook."),
                ),
                ("term", models.CharField(max_length=200)),
                ("topic", models.CharField(blank=True, max_length=200)),
                ("figure", models.CharField(max_length=200)),
                ("value", models.CharField(max_length=200)),
                (
                    "measure",
                    models.CharField(blank=True, help_text="Unit of measure.", max_length=200),
                ),
                ("quote", models.CharField(max_length=1000)),
                ("source", models.CharField(max_length=1000)),
                (
                    "caution",
                    models.CharField(
                        blank=True, help_text="What to mind in reading it.", max_length=1000
                    ),
                ),
                ("imported_at", models.DateTimeField()),
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
            model_name="quotedfigure",
            constraint=models.UniqueConstraint(
                fields=("tenant", "term", "topic", "figure"), name="quoted_figure_once_per_term"
            ),
        ),
        fence("sharing_quotedfigure"),
        # The web shows them; they come in by the command that reads the workbook.
        grant("sharing_quotedfigure", app="SELECT", worker="SELECT, INSERT, UPDATE"),
    ]
