"""The addresses at which everybody reads what the city publishes of itself."""

from django.urls import path

from . import months, open_data

urlpatterns = [
    path("cong-khai/", months.index, name="disclosures"),
    path("cong-khai/tu-dien-du-lieu/", open_data.dictionary, name="disclosure-dictionary"),
    path("cong-khai/<str:month>/", months.show, name="disclosure"),
    path("cong-khai/<str:month>/du-lieu.json", open_data.as_json, name="disclosure-json"),
    path("cong-khai/<str:month>/<slug:table>.csv", open_data.as_csv, name="disclosure-csv"),
    path("cong-khai/<str:month>/co-quan/<str:code>/", months.agency, name="disclosure-agency"),
]
