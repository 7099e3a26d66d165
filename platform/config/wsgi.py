"""For gunicorn: `gunicorn config.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

application = get_wsgi_application()

# Not before the apps are there.
from tenancy.checks import refuse_to_start  # noqa: E402

# A web process that the fence does not hold serves nothing. With `--preload` it is about to part
# into several, which must not talk on one connection.
refuse_to_start()
connections.close_all()
