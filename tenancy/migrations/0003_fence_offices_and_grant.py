"""Fence the tables of this house, and grant the least on each.

The sessions and the lock-out counters belong to no office; the web alone uses them.
"""

from django.db import migrations

from tenancy.rls import fence, fence_seats, grant

ALL = "SELECT, INSERT, UPDATE, DELETE"
APPEND = "SELECT, INSERT (tenant_id, action, object_type, object_id, data)"


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0002_signed_context"),
        ("sessions", "0001_initial"),
        ("axes", "0010_accessattemptexpiration"),
    ]

    operations = [
        fence_seats("tenancy_membership"),
        fence("tenancy_auditentry"),
        fence("tenancy_job"),
        grant("tenancy_office", app="SELECT", worker="SELECT"),
        # The worker never answers a sign-in: it sees names, and no password's hash.
        grant(
            "tenancy_user",
            app="SELECT, UPDATE (password, last_login, language)",
            worker="SELECT (id, display_name, language, is_active)",
        ),
        grant("tenancy_membership", app="SELECT", worker="SELECT"),
        grant("tenancy_auditentry", app=APPEND, worker=APPEND),
        grant(
            "tenancy_job",
            app="SELECT, INSERT, UPDATE (state, cancel_requested_at, finished_at)",
            worker="SELECT, INSERT, UPDATE",
        ),
        grant("django_session", app=ALL),
        grant("axes_accessattempt", app=ALL),
        grant("axes_accessattemptexpiration", app=ALL),
        # `manage.py` compares it with the code before it serves.
        grant("django_migrations", app="SELECT", worker="SELECT"),
    ]
