"""The operator's addresses."""

from django.urls import path

from . import health, national, tables

app_name = "console"

urlpatterns = [
    path("health/", health.show, name="health"),
    path("danh-muc/", national.index, name="national"),
    path("danh-muc/<str:code>/", national.show, name="national-record"),
    path("danh-muc/<str:code>/duyet/", national.review, name="national-review"),
    path("bang-tinh/", tables.index, name="tables"),
    path("bang-tinh/<str:kind>/", tables.show, name="table"),
    path("bang-tinh/<str:kind>/mau.xlsx", tables.template, name="table-template"),
]
