"""The operator's addresses."""

from django.urls import path

from . import health

app_name = "console"

urlpatterns = [path("health/", health.show, name="health")]
