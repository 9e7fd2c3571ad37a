"""All addresses of the installation."""

from django.urls import include, path

urlpatterns = [path("", include("motcua.web.urls"))]

handler400 = "motcua.web.errors.bad_request"
handler403 = "motcua.web.errors.forbidden"
handler404 = "motcua.web.errors.not_found"
handler500 = "motcua.web.errors.server_error"
