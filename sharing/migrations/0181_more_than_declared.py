"""An alert may say that somebody sealed more to the matcher than they declared to the quota."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0181_look_afresh")]

    operations = [
        migrations.RemoveConstraint(model_name="probingalert", name="probing_alert_known"),
        migrations.AddConstraint(
            model_name="probingalert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("suspicion__in", ["low_yield", "many_withdrawn", "undeclared"])
                ),
                name="probing_alert_known",
            ),
        ),
    ]
