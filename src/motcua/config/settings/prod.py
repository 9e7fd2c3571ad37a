"""Settings of a city's real system: what is not said aloud stops the start."""

from motcua.config import embedded, logs

from . import environment
from .base import *  # noqa: F403 - a settings module is its names
from .base import BEHIND_PROXY, MIDDLEWARE

SHORTEST_SECRET = 50

SECRET_KEY = environment.required(
    "MOTCUA_SECRET_KEY",
    "Hãy đặt một chuỗi bí mật ngẫu nhiên, ví dụ kết quả của lệnh: openssl rand -base64 60. "
    "Để chạy bản trình diễn, hãy dùng: make run.",
)
if len(SECRET_KEY) < SHORTEST_SECRET:
    raise environment.UnreadableSetting(
        f"MOTCUA_SECRET_KEY quá ngắn: cần ít nhất {SHORTEST_SECRET} ký tự. "
        "Hãy tạo bằng lệnh: openssl rand -base64 60."
    )
if not embedded.database_is_named():
    environment.required(
        "DATABASE_URL",
        "Hãy đặt địa chỉ PostgreSQL, ví dụ: postgresql://nguoidung:matkhau@maychu:5432/motcua.",
    )
environment.required(
    "ALLOWED_HOSTS",
    "Hãy đặt tên miền của hệ thống, cách nhau bằng dấu phẩy, ví dụ: dichvucong.example.vn.",
)
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Browsers refuse such a cookie from a neighbouring subdomain or over plain HTTP.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
# Redirects and HSTS are Django's; what a page may do is said by web/security.py everywhere.
_ours, _django = MIDDLEWARE[:2], MIDDLEWARE[2:]
MIDDLEWARE = [*_ours, "django.middleware.security.SecurityMiddleware", *_django]
SECURE_SSL_REDIRECT = True
# Probes come from inside, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = logs.configuration(
    json=environment.flag("MOTCUA_LOG_JSON", True),
    level=environment.text("MOTCUA_LOG_LEVEL", "INFO"),
)
