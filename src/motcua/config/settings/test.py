"""Settings for tests: as production, with quick password hashes."""

from .base import *  # noqa: F403 - a settings module is its names
from .base import DATABASES, STORAGES

SECRET_KEY = "for-tests-only"  # noqa: S105 - as it says
ALLOWED_HOSTS = ["*"]
DEMONSTRATION = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A pool would hand connections from one test's database to the next.
DATABASES["default"]["OPTIONS"].pop("pool", None)
# No collecting of static files before a test.
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
