"""The addresses at which procedures are found and read."""

from django.urls import path

from . import agencies, finding, reading, suitability

urlpatterns = [
    path("", finding.home, name="home"),
    path("thu-tuc/", finding.index, name="procedures"),
    path("thu-tuc/<str:code>/", reading.show, name="procedure"),
    path("thu-tuc/<str:code>/phu-hop/", suitability.check, name="suitability"),
    path("thu-tuc/<str:code>/to-roi/", reading.leaflet, name="leaflet"),
    path("su-kien/<slug:key>/", finding.life_event, name="life-event"),
    path("linh-vuc/", finding.fields, name="fields"),
    path("co-quan/", agencies.index, name="agencies"),
    path("co-quan/<str:code>/", agencies.show, name="agency"),
]
