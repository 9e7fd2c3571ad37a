from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "motcua.offices"
    label = "offices"
