"""The citizen's addresses."""

from django.urls import include, path

from .procedures import views as procedures

app_name = "portal"

urlpatterns = [
    path("", procedures.home, name="home"),
    path("thu-tuc/", procedures.index, name="procedures"),
    path("thu-tuc/<str:code>/", procedures.show, name="procedure"),
    path("", include("motcua.web.portal.filings.urls")),
    path("", include("motcua.web.portal.dossiers.urls")),
]
