"""An office's terms say, too, by what a unit's rectification is judged."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0097_urge_lists")]

    operations = [
        migrations.AddField(
            "termprofile",
            "evaluation",
            models.JSONField(default=dict, help_text="Empty: the standard parameters."),
        ),
    ]
