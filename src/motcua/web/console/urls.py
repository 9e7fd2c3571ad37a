"""The operator's addresses."""

from django.urls import path

from . import calendar, calendar_changes, health, national, service_hours, tables

app_name = "console"

urlpatterns = [
    path("health/", health.show, name="health"),
    path("danh-muc/", national.index, name="national"),
    path("danh-muc/<str:code>/", national.show, name="national-record"),
    path("danh-muc/<str:code>/duyet/", national.review, name="national-review"),
    path("lich/", calendar.index, name="calendar"),
    path("lich/de-nghi/<str:kind>/", calendar_changes.new, name="calendar-change-new"),
    path("lich/<int:change_id>/", calendar_changes.show, name="calendar-change"),
    path("lich/<int:change_id>/tac-dong/", calendar_changes.effect, name="calendar-effect"),
    path("lich/<int:change_id>/quyet-dinh/", calendar_changes.decide, name="calendar-decision"),
    path("gio-phuc-vu/", service_hours.index, name="service-hours"),
    path("gio-phuc-vu/<int:unit_id>/", service_hours.show, name="unit-hours"),
    path("bang-tinh/", tables.index, name="tables"),
    path("bang-tinh/<str:kind>/", tables.show, name="table"),
    path("bang-tinh/<str:kind>/mau.xlsx", tables.template, name="table-template"),
]
