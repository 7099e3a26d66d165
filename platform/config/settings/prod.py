"""In service: everything comes from the environment, nothing has a default that could be wrong."""

from __future__ import annotations

from config import env

_ROLE = env.text("XUNCHA_ROLE", "app")
# Before the shared settings look for an embedded server and make keys of their own.
_OF_OFFICES = ("CONTEXT_KEY", "ID_NUMBER_KEY", "BROKER_URL", "ALLOWED_HOSTS", "MEDIA_ROOT")
env.require(
    "SECRET_KEY",
    # The matcher serves nobody and acts for no office.
    *(("MATCHER_KEYS_FOLDER",) if _ROLE == "matcher" else _OF_OFFICES),
    {
        "app": "DATABASE_URL",
        "worker": "DATABASE_WORKER_URL",
        "owner": "DATABASE_OWNER_URL",
        "audit": "DATABASE_AUDIT_URL",
        "matcher": "DATABASE_MATCHER_URL",
    }[_ROLE],
    # Whoever migrates, audits or backs up has no business with the offices' keys.
    *(("KEYS_FOLDER",) if _ROLE in ("app", "worker") else ()),
)

from config.settings.base import *  # noqa: E402, F403

DEBUG = False
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", default=[])

# TLS ends at a reverse proxy that sets this header and drops it when a client sends it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS  # noqa: F405
# The one that ends TLS, unless said otherwise; it appends the client's address.
PROXIES = env.whole("PROXIES", default=1)
SECURE_HSTS_SECONDS = env.whole("HSTS_S", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", default=False)
SILENCED_SYSTEM_CHECKS = [
    *SILENCED_SYSTEM_CHECKS,  # noqa: F405
    "security.W005",  # What else the site's domain serves, its own people know: HSTS_SUBDOMAINS.
    "security.W021",  # The preload list is of the public web; this is not.
]
