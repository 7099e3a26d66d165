"""For gunicorn: `gunicorn config.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

application = get_wsgi_application()

# Not before the apps are there; a web process that the fence does not hold serves nothing.
from tenancy.checks import refuse_to_start  # noqa: E402

refuse_to_start()
