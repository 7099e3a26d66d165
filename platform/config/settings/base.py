"""What all installations share. Grouped by what it governs; a reason beside each number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from config import env
from launcher import embedded
from launcher.folders import CHECKOUT, DataFolder
from webui.headers import of_static_files

BASE_DIR = CHECKOUT
DATA = DataFolder.default()

# --- Apps ---------------------------------------------------------------------------
# No admin site: administrators read no business content (docs/decisions/).
INSTALLED_APPS = [
    "django.contrib.auth",  # Only its session log-in; our users and roles are tenancy's.
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # Its widget templates, for FORM_RENDERER.
    "axes",
    "csp",
    "django_htmx",
    "guardian",  # Spoken to by tenancy.object_permissions and by nothing else.
    "rest_framework",  # For its words in two languages; none of its pages is ever drawn.
    "tenancy",
    "scheduling",
    "sharing",
    "webui",
    "portal",
]

# guardian keeps permissions in tables of ours (docs/architecture/containers.md): its own generic
# ones are not made, and neither is a user who stands for nobody.
MIGRATION_MODULES = {"guardian": None}
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # No back end of its: access asks, and says why.

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "webui.headers.BrowserMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.http.LanguageMiddleware",  # Chinese, unless English was asked for by the switch.
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tenancy.middleware.OfficeMiddleware",  # Signs in, and opens the office's transaction.
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.http.DoorMiddleware",  # Closed unless a view says that it is open.
    "portal.refusals.RefusalMiddleware",
    "portal.password_gate.PasswordMiddleware",  # Nothing else before a password that is due.
    "portal.step_up.StepUpMiddleware",  # Asks again who acts, where a view is marked.
    "portal.form_keys.FormKeyMiddleware",  # A form that is sent twice is done once.
    "portal.readings.ReadingMiddleware",  # Records what was looked at. Next to the views.
    "axes.middleware.AxesMiddleware",  # Last: it speaks when a sign-in was refused for too many.
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "portal.navigation.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "webui.templatetags.once",
            ],
        },
    }
]

# --- Database: one alias; XUNCHA_ROLE says as whom -----------------------------------
# app: web processes. worker: job workers. owner: migrations and what only the owner may.
# audit: verification and export of the audit record. matcher: comparing tokens of clues.
DATABASE_URL_NAMES = {
    "app": "DATABASE_URL",
    "worker": "DATABASE_WORKER_URL",
    "owner": "DATABASE_OWNER_URL",
    "audit": "DATABASE_AUDIT_URL",
    "matcher": "DATABASE_MATCHER_URL",
}
ROLE = env.one_of("XUNCHA_ROLE", tuple(DATABASE_URL_NAMES), default="app")
IS_EMBEDDED = not any(env.is_set(name) for name in DATABASE_URL_NAMES.values())
# The roles' names in policies and grants. The owner is the one who owns, not who logs in.
DB_ROLES = {
    "owner": "xuncha_owner",
    "app": "xuncha_app",
    "worker": "xuncha_worker",
    "audit": "xuncha_audit",
    "matcher": "xuncha_matcher",
    "backup": "xuncha_backup",
    "statistics": "xuncha_statistics",
}


def _connection() -> dict[str, Any]:
    if not IS_EMBEDDED:
        return env.database(DATABASE_URL_NAMES[ROLE])
    return env.parse_database(embedded.database_login(ROLE, DATA).url, name="the embedded database")


def _key(name: str) -> bytes:
    if env.is_set(name):
        return env.hexadecimal(name)
    return bytes.fromhex(embedded.secret(name.lower(), DATA))


def _may_have(name: str) -> bool:
    """Whether a key that not every process needs is given, or may be made in the data folder."""
    return IS_EMBEDDED or env.is_set(name)


def _statistics() -> dict[str, Any] | None:
    """A second login of workers, for counting alone; of those that are given it."""
    if ROLE != "worker":
        return None
    if IS_EMBEDDED:
        login = embedded.database_login("statistics", DATA)
        return env.parse_database(login.url, name="the embedded database")
    name = "DATABASE_STATISTICS_URL"
    return env.database(name) if env.is_set(name) else None


# The city digest is counted as a role that may ask for counts and reads no row (tenancy.statistics).
# None: this process makes no digest.
STATISTICS_DATABASE = _statistics()

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        # The embedded server is started at the first connection, where a command asks for it.
        "ENGINE": (
            "config.database"
            if IS_EMBEDDED and env.flag("XUNCHA_AUTOSTART", default=False)
            else "django.db.backends.postgresql"
        ),
        # The middleware opens the office's transaction: see tenancy.context.
        "ATOMIC_REQUESTS": False,
        # Kept open for a minute: a page needs one, and a pool's idle ones are let go.
        "CONN_MAX_AGE": env.seconds("DATABASE_KEEP_S", default=60),
        "CONN_HEALTH_CHECKS": True,
        **_connection(),
    }
}

# Keys that are not given are made in the data folder; in service all must be given (prod.py).
# Signs the tenant context; the database checks it with a copy that only its owner can read.
# The matcher acts for no office and recognises nobody: it has neither of the two.
CONTEXT_KEY = b"" if ROLE == "matcher" else _key("CONTEXT_KEY")
# People's ID numbers are kept as keyed hashes only. Another key, and nobody is recognised.
ID_NUMBER_KEY = b"" if ROLE == "matcher" else _key("ID_NUMBER_KEY")
# Signs the heads of the audit chains that are kept elsewhere. Only the process that exports them
# needs it: in service it is given to that one and to nobody else.
AUDIT_SIGNING_KEY = _key("AUDIT_SIGNING_KEY") if _may_have("AUDIT_SIGNING_KEY") else b""
SECRET_KEY = env.text("SECRET_KEY") if env.is_set("SECRET_KEY") else _key("SECRET_KEY").hex()

# --- Jobs: the row in PostgreSQL is the truth, the broker is a doorbell ------------------
BROKER_URL = env.text("BROKER_URL", embedded.broker_url(DATA))
# A job whose worker died is taken up again after its lease: see tenancy.lease.
JOB_LEASE_S = env.seconds("JOB_LEASE_S", default=30)
# A job that nobody took is rung for again after this pause, then after longer ones up to five times.
JOB_RING_AFTER_S = env.seconds("JOB_RING_AFTER_S", default=10)
SOLVER_TIME_LIMIT_S = env.seconds("SOLVER_TIME_LIMIT_S", default=300)
SOLVER_WORKERS = env.whole("SOLVER_WORKERS", default=2, least=1)
# The solver stops before its process is ended, so that what it found is kept.
JOB_TIME_LIMIT_S = SOLVER_TIME_LIMIT_S + 120

# Who rings and who answers share one app; tenancy finds it here, for it may not import config.
CELERY_APP = "config.celery.app"
CELERY_BROKER_URL = BROKER_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A message is kept until its job is done or its worker is dead.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "jobs"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Redis and Valkey hand a message out again when it was not acknowledged for this long: longer
    # than any job may take, or it would run twice. The relay is what resumes a dead worker's job.
    "visibility_timeout": JOB_TIME_LIMIT_S + 60,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # A page must not hang on a dead broker: the relay rings again.
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}

# --- People -------------------------------------------------------------------------
AUTH_USER_MODEL = "tenancy.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "tenancy.backends.SecondFactorBackend",
    "tenancy.backends.PasswordBackend",
]
LOGIN_URL = "portal:sign-in"
CSRF_FAILURE_VIEW = "portal.refusals.forged"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_MIN_LENGTH = 10
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "display_name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "tenancy.services.passwords.OwnWordsValidator"},
]
# How long one serves before its person must set another; 0: without end.
PASSWORD_DAYS = env.whole("PASSWORD_DAYS", default=180, least=0)

# The fields in which somebody shows who they are: in no report and no table of tries.
PROOFS = (
    *("password", "password_now", "password_again"),
    *("proof", "proof_password", "proof_code", "code"),
)

# By name and network, by name, by network: `tenancy.domain.lockout`, which reads these two.
AXES_HANDLER = "tenancy.services.lockout.Guard"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "config.addresses.client_address"
# How many proxies of ours a request has come through.
PROXIES = env.whole("PROXIES", default=0)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", *PROOFS]
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.discretion.Filter"
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_CALLABLE = "portal.views.session.locked_out"

# --- Sessions and cookies --------------------------------------------------------------
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# The longest that the security policy may allow; what it does allow, the database enforces.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
# Lax: a link from the office's own message system must open the page that it names.
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # htmx reads the token from the page, not from the cookie.
CSRF_FAILURE_VIEW = "portal.refusals.forged"
CSRF_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Over TLS unless said otherwise; a demo on one's own machine says otherwise.
HTTPS = env.flag("HTTPS", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# With this prefix browsers take a cookie over TLS alone, and never from another host of the domain.
_HOST = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_HOST}session"
CSRF_COOKIE_NAME = f"{_HOST}csrf"

# --- What a browser may do with our pages ------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
WHITENOISE_ADD_HEADERS_FUNCTION = of_static_files
WHITENOISE_ALLOW_ALL_ORIGINS = False
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        # Both ways: Firefox and Safari know the older one.
        "report-uri": ["/policy-reports/"],
        "report-to": ["policy"],
    }
}

# --- Words, dates -------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
# Each in its own words: whoever cannot read the other one must find theirs.
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = f"{_HOST}language"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# --- The API --------------------------------------------------------------------------------
REST_FRAMEWORK = {
    # Who it is, the middleware has found out; what they may, each verb declares.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["httpapi.permissions.AsDeclared"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "httpapi.schema.DeclaredSchema",
    "EXCEPTION_HANDLER": "httpapi.errors.handle",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "COERCE_DECIMAL_TO_STRING": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Cross-county inspection",
    "VERSION": "1",
    "DESCRIPTION": "How to call it: docs/api.md. `Accept-Language` chooses between Chinese, the"
    " default, and English.",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATION_PARAMETERS": False,
    # What is shown and what is given differ; one component for both would promise too much.
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # Choices stay where they are used: names made up for them would change with every other one.
    "POSTPROCESSING_HOOKS": [],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer"},
            "session": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE_NAME},
            "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
        }
    },
}

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA.static
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.folder("MEDIA_ROOT", default=DATA.media)
# Uploads hold people's data: for the product's accounts, web and worker, which share a group.
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o770
# No file that was uploaded lies on a disk in plain before it is looked at.
FILE_UPLOAD_HANDLERS = ["httpapi.uploads.InMemory"]
KEEP_SIGN_INS_DAYS = env.whole("KEEP_SIGN_INS_DAYS", default=366, least=184)
# An upload that nobody applied, and the rows that were not taken, hold what was typed of people.
KEEP_IMPORTS_DAYS = env.whole("KEEP_IMPORTS_DAYS", default=30, least=1)
# A roster of 100,000 rows is some 10 MB; the request's body may be a little more than its file.
UPLOAD_MAX_BYTES = 30 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- Sealed records ------------------------------------------------------------------------------
# The offices' keys, one file each. On another disk than the database and the files: whoever carries
# one of them away has nothing.
KEYS_FOLDER = env.folder("KEYS_FOLDER", default=DATA.keys)
KEY_PERMISSIONS = 0o640  # made by the web or by a worker, read by both
# What new records and new keys are sealed with; what is sealed already says by itself with what.
RECORD_CIPHER = env.one_of("RECORD_CIPHER", ("aes-256-gcm", "sm4-gcm"), default="aes-256-gcm")

# --- Comparing clues (docs/architecture/corroboration.md) -------------------------------------------
# The matcher's own: the key that opens what is sealed to it, those that make tokens, the stop-list.
# In service no other process has the folder; the web has the public half of the first key alone.
MATCHER_KEYS_FOLDER = env.folder("MATCHER_KEYS_FOLDER", default=DATA.matcher_keys)
MATCHER_PUBLIC_KEY = (
    env.hexadecimal("MATCHER_PUBLIC_KEY") if env.is_set("MATCHER_PUBLIC_KEY") else b""
)
MATCHER_ALGORITHM = env.one_of(
    "MATCHER_ALGORITHM", ("hmac-sha256", "hmac-sm3"), default="hmac-sha256"
)
MATCHING_FIRST_DAY = date.fromisoformat(env.text("MATCHING_FIRST_DAY", "2026-01-05"))
MATCHING_EVERY_DAYS = env.whole("MATCHING_EVERY_DAYS", default=14, least=8)

# --- Webhooks -----------------------------------------------------------------------------------
# The authority that signed the receivers' certificates, where it is not one that the system trusts.
WEBHOOK_CA_FILE = env.text("WEBHOOK_CA_FILE", "")
# Plain http to this very machine: for whoever writes a receiver. Never in service.
WEBHOOKS_AT_HOME = False

# --- Mail -----------------------------------------------------------------------------------------
# Off unless a server is named. A letter says that something waits in the portal, and no more.
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_SECURITY = env.one_of("EMAIL_SECURITY", ("starttls", "tls", "none"), default="starttls")
EMAIL_PORT = env.whole("EMAIL_PORT", default=465 if EMAIL_SECURITY == "tls" else 587, least=1)
EMAIL_HOST_USER = env.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD", "")
EMAIL_CA_FILE = env.text("EMAIL_CA_FILE", "")
# Where mail may go: domains, set apart by commas. None: anywhere.
EMAIL_DOMAINS = env.listing("EMAIL_DOMAINS", default=[])
if EMAIL_HOST:
    env.require("EMAIL_FROM", "SITE_ADDRESS")
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "")
SITE_ADDRESS = env.text("SITE_ADDRESS", "http://localhost")

# Faults are never mailed, nor shown with the values of their frames: no ADMINS, no mail handler.
ADMINS: list[tuple[str, str]] = []
# Ours, where Django's own would keep its console and its mails to the administrators.
LOGGING_CONFIG = "logging.config.dictConfig"

# --- Log --------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s [%(process)d] %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "axes": {"level": "WARNING"},
        # Django's defaults would mail faults with the request's body, and print them beside ours.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # One line per refused page is enough; who asked for what stands in the web server's log.
        "django.request": {"level": "ERROR"},
    },
}
