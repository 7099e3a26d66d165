"""The doorbell: Celery carries a job's number from the web to a worker, and nothing else.

Run it as `celery -A config`; never run this file itself (it would hide the package of its name).
"""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

app = Celery("xuncha")
# Read when first needed: Django's settings import this package on their way.
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
