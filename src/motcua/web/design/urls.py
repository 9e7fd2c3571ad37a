"""The gallery's address."""

from django.urls import path

from . import gallery

app_name = "design"

urlpatterns = [path("", gallery.show, name="gallery")]
