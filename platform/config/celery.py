"""The doorbell: Celery carries a job's number from the web to a worker, and nothing else.

Run it as `celery -A config`; never run this file itself (it would hide the package of its name).
"""

from __future__ import annotations

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

app = Celery("xuncha")
# Read when first needed: Django's settings import this package on their way.
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_everybody_does(**_: Any) -> None:
    """Celery would set up a log of its own, whose lines quote what an exception says."""
    dictConfig(settings.LOGGING)
