"""On one's own machine: the embedded servers, plain http, errors shown in the browser."""

from __future__ import annotations

import hashlib

from config import env
from config.settings.base import *  # noqa: F403

DEBUG = env.flag("DEBUG", default=True)
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# There is no certificate on one's own machine.
HTTPS = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False

# Browsers tell hosts apart, not ports: beside another checkout's demo, or its sign-ins end ours.
_MARK = hashlib.sha256(str(DATA.path).encode()).hexdigest()[:8]  # noqa: F405
SESSION_COOKIE_NAME = f"session_{_MARK}"
CSRF_COOKIE_NAME = f"csrf_{_MARK}"
LANGUAGE_COOKIE_NAME = "language"

# Nothing travels far here: the tenth of a minute that compressing takes is saved.
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
}

# A receiver that is being written runs on the same machine.
WEBHOOKS_AT_HOME = True
