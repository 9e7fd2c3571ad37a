"""The addresses of what stands in the hall: the kiosk, the calling screen, one's place in line."""

from django.urls import path

from . import hall, lookup, places, procedures, screen, tickets

app_name = "kiosk"

_KIOSK = "kiosk/<int:unit_id>/"

urlpatterns = [
    path(_KIOSK, hall.start, name="start"),
    path(f"{_KIOSK}lay-so/", tickets.purposes, name="purposes"),
    path(f"{_KIOSK}lay-so/<str:purpose>/", tickets.new, name="ticket-new"),
    path(f"{_KIOSK}so/<str:secret>/", tickets.show, name="ticket"),
    path(f"{_KIOSK}tra-cuu/", lookup.ask, name="lookup"),
    path(f"{_KIOSK}thu-tuc/", procedures.index, name="procedures"),
    path(f"{_KIOSK}thu-tuc/<str:code>/", procedures.show, name="procedure"),
    path(f"{_KIOSK}gio-phuc-vu/", hall.hours, name="hours"),
    path(f"{_KIOSK}dang-goi/", hall.calls, name="calls"),
    path(f"{_KIOSK}tro-giup/", hall.help_page, name="help"),
    path("man-hinh/<int:unit_id>/", screen.show, name="screen"),
    path("so/<str:secret>/", places.show, name="place"),
]
