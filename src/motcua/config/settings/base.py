"""Settings common to every way of running. The environment is read here, once."""

from datetime import datetime
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from motcua.config import logs
from motcua.kernel.connections import Pooled

from . import environment

ROOT = Path(__file__).parents[4]
SOURCE = Path(__file__).parents[2]
# What the running system writes: files, the embedded database, collected static files.
VAR = environment.folder("MOTCUA_VAR", ROOT / "var")
CATALOGUE_DIR = environment.folder("MOTCUA_CATALOGUE", ROOT / "catalogue")

DEBUG = False
DEMONSTRATION = False
DEMO_DOSSIERS = 0  # how many the city is filled with, besides those with a story
CLOCK_START: datetime | None = None

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "motcua.kernel.ledger",
    "motcua.calendars",
    "motcua.accounts",
    "motcua.offices",
    "motcua.parties",
    "motcua.procedures",
    "motcua.queues",
    "motcua.documents",
    "motcua.dossiers",
    "motcua.filings",
    "motcua.steering",
    "motcua.disclosure",
    "motcua.plans",
    "motcua.web",
    "motcua.config.apps.WiringConfig",
]
AUTH_USER_MODEL = "accounts.Account"
MIDDLEWARE = [
    "motcua.web.health.Probes",
    "motcua.web.security.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.web.language.ChosenLanguage",
    "motcua.web.addresses.WholeAddresses",
    "motcua.web.security.PageSessions",
    "django.middleware.common.CommonMiddleware",
    "motcua.web.security.PageCsrf",
    "motcua.web.addresses.WholeForms",
    "motcua.web.security.PageAccounts",
    "motcua.web.security.PageMessages",
    "motcua.web.errors.no_door_without_a_form",
]
CSRF_FAILURE_VIEW = "motcua.web.errors.csrf_failure"
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.web.security.form_token",
                "motcua.web.frame.frame",
            ]
        },
    }
]

# DATABASE_URL in full (postgresql://user:password@host:port/name), or libpq's own PG* variables:
# libpq reads those by itself, all but the name, which Django wants to know.
_dsn = conninfo_to_dict(environment.text("DATABASE_URL"))
# The server plans a statement once a connection has sent it so often. It needs a session: between
# us and PostgreSQL a pooler must pool sessions, or know of prepared statements.
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}
DATABASES: dict[str, dict] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _dsn.pop("dbname", None) or environment.text("PGDATABASE", "motcua"),
        "OPTIONS": _dsn | PREPARED,
        # A connection that died with the database is found before a citizen finds it.
        "CONN_HEALTH_CHECKS": True,
    }
}
# Threads of one web process. Each needs one connection at a time, so the pool is as large.
WEB_THREADS = environment.number("WEB_THREADS", 4, least=1)


def pooled(databases: dict[str, dict], *, size: int) -> None:
    """Let a process keep up to `size` connections; whoever finds none free for 5 s is refused."""
    kept = {"min_size": 1, "max_size": size, "timeout": 5, "max_idle": 300}
    databases["default"]["OPTIONS"]["pool"] = kept | {"connection_class": Pooled}


# 0 switches the pool off: the worker's threads each hold a connection of their own.
if _pool_size := environment.number("MOTCUA_POOL", WEB_THREADS + 1):
    pooled(DATABASES, size=_pool_size)

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# The city's place in the national list of agency codes; dossier codes end with it.
PROVINCE_AGENCY_CODE = environment.text("MOTCUA_PROVINCE_AGENCY_CODE", "H13")

USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "web" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
FILES_DIR = environment.folder("MOTCUA_FILES_DIR", VAR / "files")

# Papers come as multipart files and are streamed to disk past the first limit. The second is for
# everything else in a request: no form of ours comes near it.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# One paper of a dossier: a page photographed by a phone is a tenth of it.
UPLOAD_BYTES_MAX = 10_000_000
FILE_UPLOAD_PERMISSIONS = 0o600

# Only when the proxy in front writes X-Forwarded-For and X-Forwarded-Proto anew: then, and only
# then, what they say of the visitor is believed.
BEHIND_PROXY = environment.flag("MOTCUA_BEHIND_PROXY", False)

LOGIN_URL = "/dang-nhap/"
# In the database, so that a session can be ended from our side.
SESSION_ENGINE = "motcua.web.sessions"
AUTHENTICATION_BACKENDS = ["motcua.web.sessions.Accounts"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

LOG_JSON = environment.flag("MOTCUA_LOG_JSON", False)
LOGGING = logs.configuration(json=LOG_JSON, level=environment.text("MOTCUA_LOG_LEVEL", "INFO"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The telephone number on every page, to be confirmed by the city.
# Where citizens reach the portal, as it stands on printed papers; empty: as the reader came.
PUBLIC_ADDRESS = environment.text("MOTCUA_PUBLIC_ADDRESS").rstrip("/")
CITY_PHONE = environment.text("MOTCUA_CITY_PHONE", "1022")
CITY_PHONE_HOURS = environment.text("MOTCUA_CITY_PHONE_HOURS")
# Where a procedure that is not settled here is explained and begun; {code} is its national code.
NATIONAL_PORTAL_PROCEDURE = environment.text(
    "MOTCUA_NATIONAL_PORTAL_PROCEDURE",
    "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc={code}",
)
# Whom time tells of what: the holder when this share of the limit is left, but no earlier than so
# many working hours before; a head again each time so many working hours have passed.
WARNING_PERCENT = environment.number("MOTCUA_WARNING_PERCENT", 20)
WARNING_HOURS = environment.number("MOTCUA_WARNING_HOURS", 16)
ESCALATION_HOURS = environment.number("MOTCUA_ESCALATION_HOURS", 16, least=1)
SILENCE_WARNING_HOURS = environment.number("MOTCUA_SILENCE_WARNING_HOURS", 24)
# Agencies whose leaders see the lateness of the whole city; others see their own and what it leads.
CITY_LEADING_AGENCIES = environment.names("MOTCUA_CITY_LEADING_AGENCIES")
# How long an applicant has for an answer where no text says so. The city's own time [?], and so it
# ends no dossier: only a version's rule does.
ANSWER_WORKING_DAYS = environment.number("MOTCUA_ANSWER_WORKING_DAYS", 30, least=1)
# Before the due moment an apology may be signed for a delay that is seen coming.
APOLOGY_HOURS_BEFORE = environment.number("MOTCUA_APOLOGY_HOURS_BEFORE", 4)
# An apology promises a working day no further off than so many days.
PROMISE_DAYS_MAX = environment.number("MOTCUA_PROMISE_DAYS_MAX", 30, least=1)
# How long those named in a month's publication may answer. The city's own time [?].
REPLY_WORKING_DAYS = environment.number("MOTCUA_REPLY_WORKING_DAYS", 3, least=1)
# The waking runs every minute; silent for so long, somebody must look.
WAKING_SILENT_MINUTES = environment.number("MOTCUA_WAKING_SILENT_MINUTES", 10, least=2)
# Lines at the counters. 0 sets no limit.
QUEUE_LAST_TICKET_MINUTES = environment.number("MOTCUA_QUEUE_LAST_TICKET_MINUTES", 15)
QUEUE_TICKETS_A_DAY = environment.number("MOTCUA_QUEUE_TICKETS_A_DAY", 500)
KIOSK_TICKETS_A_MINUTE = environment.number("MOTCUA_KIOSK_TICKETS_A_MINUTE", 12)
# Where the kiosks stand; nobody else takes numbers. Empty: anybody may, from anywhere.
KIOSK_NETWORKS = environment.networks("MOTCUA_KIOSK_NETWORKS")
DEMO_ACCOUNTS: list[dict[str, str]] = []  # {"username", "role", "label"}, shown in this order
