"""An outcome is of a kind that the product knows: no other was ever offered."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("sharing", "0135_show_no_line_to_its_subject")]

    operations = [
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                name="outcome_of_a_known_kind",
                condition=Q(
                    kind__in=[
                        "rule_made",
                        "money_recovered",
                        "accountability",
                        "wider_fix",
                        "special_campaign",
                    ]
                ),
            ),
        ),
    ]
