"""The leader's addresses."""

from django.urls import path

from . import lateness

app_name = "board"

urlpatterns = [
    path("tre-han/", lateness.show, name="lateness"),
    path("tre-han/ho-so/", lateness.dossiers, name="late-dossiers"),
]
