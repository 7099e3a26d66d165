"""For tests: a server of their own, no certificate, cheap passwords."""

from __future__ import annotations

from config.settings.base import *  # noqa: F403

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
HTTPS = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "session", "csrf", "language"
SECRET_KEY = "only for tests: not a secret, and long enough for every check"  # noqa: S105
ID_NUMBER_KEY = bytes.fromhex("1d" * 32)
CONTEXT_KEY = bytes.fromhex("5e" * 32)

# The public half of tests.matching.BOX_KEY; a test that compares makes the folder of keys itself.
MATCHER_PUBLIC_KEY = bytes.fromhex(
    "13be4feaeaf204c7fd3358fc9c00721881d174278128227ec674f37f7fe97b6d"
)
MATCHER_KEYS_FOLDER = DATA.test.matcher_keys  # noqa: F405

# Made with the tests' server (tests/databases.py).
KEYS_FOLDER = DATA.test.keys  # noqa: F405
# A record that files hang on, for the tests of attachments alone.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.filing"]  # noqa: F405

# Where the tests' database is, tests/databases.py says once it runs.
DATABASES["default"] |= {  # noqa: F405
    "ENGINE": "django.db.backends.postgresql",
    "NAME": "not-yet-known-to-tests",
    "CONN_MAX_AGE": 0,
}

# The real hasher takes 50 ms on purpose; a test that signs in does not need them.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# No collected files are needed: whitenoise finds them where they are.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
BROKER_URL = CELERY_BROKER_URL = "memory://"

# A receiver that is being written runs on the same machine.
WEBHOOKS_AT_HOME = True
