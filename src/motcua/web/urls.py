"""The addresses of all pages; each audience keeps its own list."""

from django.urls import include, path

from . import language, sign_in

urlpatterns = [
    path("dang-nhap/", sign_in.sign_in, name="sign-in"),
    path("dang-nhap/trinh-dien/", sign_in.sign_in_demonstration, name="sign-in-demonstration"),
    path("dang-xuat/", sign_in.sign_out, name="sign-out"),
    path("ngon-ngu/<str:code>/", language.set_language, name="set-language"),
    path("desk/", include("motcua.web.desk.urls")),
    path("lanh-dao/", include("motcua.web.board.urls")),
    path("console/", include("motcua.web.console.urls")),
    path("design/", include("motcua.web.design.urls")),
    path("", include("motcua.web.kiosk.urls")),
    path("", include("motcua.web.portal.urls")),
]
