"""In service: everything comes from the environment, nothing has a default that could be wrong."""

from __future__ import annotations

from config import env
from config.settings.base import *  # noqa: F403

DEBUG = False
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", default=[])
SECRET_KEY = env.text("SECRET_KEY")
CONTEXT_KEY = env.hexadecimal("CONTEXT_KEY")
BROKER_URL = CELERY_BROKER_URL = env.text("BROKER_URL")
DATABASES["default"] |= env.database(DATABASE_URL_NAMES[ROLE])  # noqa: F405

# TLS ends at a reverse proxy that sets this header and drops it when a client sends it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS  # noqa: F405
# The proxy appends the client's address; one proxy stands before us unless said otherwise.
AXES_IPWARE_PROXY_COUNT = env.whole("PROXIES", default=1)
SECURE_HSTS_SECONDS = env.whole("HSTS_S", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", default=False)
