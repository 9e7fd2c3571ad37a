"""Settings common to every way of running. The environment is read here, once."""

import os
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).parents[4]
SOURCE = Path(__file__).parents[2]

SECRET_KEY = os.environ.get("MOTCUA_SECRET_KEY", "dev")
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "motcua.kernel.ledger",
    "motcua.accounts",
    "motcua.offices",
    "motcua.parties",
    "motcua.procedures",
    "motcua.documents",
    "motcua.dossiers",
    "motcua.filings",
    "motcua.web",
    "motcua.config.apps.WiringConfig",
]
AUTH_USER_MODEL = "accounts.Account"
MIDDLEWARE = [
    "motcua.web.security.SecurityHeaders",
    "motcua.web.language.ChosenLanguage",
    "motcua.web.security.PageSessions",
    "django.middleware.common.CommonMiddleware",
    "motcua.web.security.PageCsrf",
    "motcua.web.security.PageAccounts",
    "motcua.web.security.PageMessages",
]
CSRF_FAILURE_VIEW = "motcua.web.errors.csrf_failure"
ROOT_URLCONF = "motcua.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.web.frame.frame",
            ]
        },
    }
]
# DATABASE_URL in full (postgresql://user:password@host:port/name), or libpq's own PG* variables:
# libpq reads those by itself, all but the name, which Django wants to know.
_dsn = conninfo_to_dict(os.environ.get("DATABASE_URL", ""))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _dsn.pop("dbname", None) or os.environ.get("PGDATABASE", "motcua"),
        "OPTIONS": _dsn,
    }
}
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "web" / "locale"]
STATIC_URL = "/static/"
LOGIN_URL = "/dang-nhap/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILES_DIR = Path(os.environ.get("MOTCUA_FILES_DIR", ROOT / "var" / "files"))
CITY_PHONE = os.environ.get("MOTCUA_CITY_PHONE", "1022")  # to be confirmed by the city
CITY_PHONE_HOURS = os.environ.get("MOTCUA_CITY_PHONE_HOURS", "")
DEMO_ACCOUNTS: list[dict[str, str]] = []  # {"username", "role", "label"}, shown in this order
DEMONSTRATION = os.environ.get("MOTCUA_DEMO", "") == "1"
