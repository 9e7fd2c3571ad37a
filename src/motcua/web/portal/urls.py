"""The citizen's addresses."""

from django.urls import include, path

app_name = "portal"

urlpatterns = [
    path("", include("motcua.web.portal.procedures.urls")),
    path("", include("motcua.web.portal.disclosure.urls")),
    path("", include("motcua.web.portal.filings.urls")),
    path("", include("motcua.web.portal.dossiers.urls")),
]
