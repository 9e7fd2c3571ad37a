"""The office's addresses for the monthly publication, and those of the right of reply."""

from django.urls import path

from . import corrections, lines, publications, replies

urlpatterns = [
    path("", publications.index, name="publications"),
    path("phan-hoi/", replies.index, name="replies"),
    path("phan-hoi/<int:publication_id>/<int:line_id>/", replies.new, name="reply-new"),
    path("<int:publication_id>/", publications.show, name="publication"),
    path("<int:publication_id>/viec/", publications.act, name="publication-act"),
    path("<int:publication_id>/ban-trinh/", publications.reading, name="publication-reading"),
    path("<int:publication_id>/dong/<int:line_id>/", lines.show, name="publication-line"),
    path("<int:publication_id>/dinh-chinh/", corrections.new, name="correction-new"),
    path(
        "<int:publication_id>/dinh-chinh/<int:correction_id>/",
        corrections.decide,
        name="correction-decision",
    ),
]
