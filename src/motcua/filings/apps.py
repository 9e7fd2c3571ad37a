from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "motcua.filings"
    label = "filings"
