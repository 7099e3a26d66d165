"""A form that was refused and is mended carries its key again, with other content."""

from __future__ import annotations

from django.db import migrations

from tenancy.rls import grant


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0065_webhooks")]

    operations = [grant("tenancy_idempotencykey", app="UPDATE (body_hash)")]
