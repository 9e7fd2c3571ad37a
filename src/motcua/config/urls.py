"""Which address leads to which audience."""

from django.urls import URLPattern, URLResolver, path

from motcua.web import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
