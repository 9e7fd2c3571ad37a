"""The leader's addresses."""

from django.urls import include, path

from .agency import acts, show
from .announcements import index as announcements
from .announcements import show as announcement
from .index766 import dossiers as index766_dossiers
from .index766 import index as index766
from .index766 import listing as index766_listing
from .index766 import times as index766_times
from .lateness import dossiers as late_dossiers
from .lateness import further_rounds, paused
from .lateness import index as lateness
from .reports import settlement
from .targets import dossiers, files
from .targets import show as targets

app_name = "board"

urlpatterns = [
    path("cong-khai/", include("motcua.web.board.disclosure.urls")),
    path("cong-bo-thu-tuc/", announcements.show, name="announcements"),
    path("cong-bo-thu-tuc/moi/", announcements.new, name="announcement-new"),
    path("cong-bo-thu-tuc/<int:announcement_id>/", announcement.show, name="announcement"),
    path("tre-han/", lateness.show, name="lateness"),
    path("tre-han/ho-so/", late_dossiers.show, name="late-dossiers"),
    path("chi-tieu/", targets.show, name="targets"),
    path("chi-tieu/bang/", targets.table, name="targets-table"),
    path("chi-tieu/tep/", files.export, name="targets-export"),
    path("chi-tieu/tai-lieu-hop/", files.pack, name="targets-pack"),
    path("bao-cao/", settlement.show, name="settlement"),
    path("bao-cao/tep/", settlement.export, name="settlement-export"),
    path("co-quan/", show.own, name="own-agency"),
    path("co-quan/<str:code>/", show.show, name="agency"),
    path("co-quan/<str:code>/ho-so/", dossiers.show, name="agency-dossiers"),
    path("co-quan/<str:code>/chi-tieu/", acts.target, name="target-new"),
    path("co-quan/<str:code>/giai-trinh/", acts.explanation, name="explanation-new"),
    path("giai-trinh/<int:explanation_id>/", acts.answer, name="explanation-answer"),
    path("tre-han/bo-sung-them/", further_rounds.show, name="further-rounds"),
    path("tre-han/tam-dung/", paused.show, name="paused-dossiers"),
    path("chi-so-766/", index766.show, name="index766"),
    path("chi-so-766/ho-so/", index766_dossiers.show, name="index766-dossiers"),
    path("chi-so-766/thoi-gian/", index766_times.show, name="index766-times"),
    path("chi-so-766/tieu-chi/<str:code>/", index766_listing.show, name="index766-listing"),
    path("ke-hoach/", include("motcua.web.board.plan.urls")),
]
