"""A request names records by words of their title, name or number; what was asked before names none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0162_count_for_digests")]

    operations = [
        migrations.AddField(
            model_name="sharegrant",
            name="words",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="Of records alone that have these in title, name or number.",
                max_length=200,
            ),
        ),
    ]
