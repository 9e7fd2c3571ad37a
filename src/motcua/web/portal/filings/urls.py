"""The addresses of filing online."""

from django.urls import path

from . import attachments, check, questions, start, tasks

urlpatterns = [
    path("thu-tuc/<str:code>/nop/", start.start, name="filing-start"),
    path("nop-ho-so/<uuid:draft_id>/", tasks.show, name="filing-tasks"),
    path("nop-ho-so/<uuid:draft_id>/bo/", tasks.discard, name="filing-discard"),
    path("nop-ho-so/<uuid:draft_id>/cau-hoi/<str:key>/", questions.ask, name="filing-page"),
    path(
        "nop-ho-so/<uuid:draft_id>/cau-hoi/<str:key>/luu-tam/",
        questions.autosave,
        name="filing-autosave",
    ),
    path("nop-ho-so/<uuid:draft_id>/giay-to/<str:key>/", attachments.attach, name="filing-paper"),
    path("nop-ho-so/<uuid:draft_id>/kiem-tra/", check.check, name="filing-check"),
]
