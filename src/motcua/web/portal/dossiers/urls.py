"""The addresses of one's dossiers, and of looking one up without signing in."""

from django.urls import path

from . import issued_papers, lookup, mine, show, supplement, withdraw

urlpatterns = [
    path("ho-so/", mine.index, name="my-dossiers"),
    path("ho-so/<str:code>/", show.dossier, name="dossier"),
    path("ho-so/<str:code>/da-nop/", show.filed, name="filed"),
    path("ho-so/<str:code>/bo-sung/", supplement.reply, name="supplement"),
    path("ho-so/<str:code>/rut/", withdraw.withdraw, name="withdraw"),
    path("ho-so/<str:code>/tep/<uuid:file_id>/", show.file, name="dossier-file"),
    path("ho-so/<str:code>/van-ban/<uuid:paper_id>/", issued_papers.show, name="issued-paper"),
    path("tra-cuu/", lookup.ask, name="lookup"),
    path("tra-cuu/<str:token>/", lookup.show, name="lookup-result"),
    path("tra-cuu/<str:token>/van-ban/", lookup.hand_out, name="lookup-papers"),
]
