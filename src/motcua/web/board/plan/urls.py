"""The addresses of the plan, below the leader's."""

from django.urls import path

from . import agency_plans, duties, obstacles, reminders, reports, tasks

urlpatterns = [
    path("", tasks.index, name="plan"),
    path("nhiem-vu/<str:clause>/", tasks.show, name="plan-task"),
    path("viec/<int:duty_id>/", duties.show, name="plan-duty"),
    path("viec/<int:duty_id>/bao-cao/", duties.report, name="plan-duty-report"),
    path("viec/<int:duty_id>/minh-chung/", duties.add_evidence, name="plan-evidence-create"),
    path(
        "viec/<int:duty_id>/minh-chung/<int:evidence_id>/",
        duties.evidence_file,
        name="plan-evidence-file",
    ),
    path("viec/<int:duty_id>/xac-nhan/", duties.judge, name="plan-duty-judgement"),
    path("nhac-viec/", reminders.show, name="plan-reminders"),
    path("nhac-viec/da-doc/", reminders.read, name="plan-reminders-read"),
    path("vuong-mac/", obstacles.index, name="plan-obstacles"),
    path("vuong-mac/moi/", obstacles.new, name="plan-obstacle-new"),
    path("vuong-mac/<int:obstacle_id>/", obstacles.show, name="plan-obstacle"),
    path("vuong-mac/<int:obstacle_id>/buoc/", obstacles.act, name="plan-obstacle-act"),
    path("ke-hoach-co-quan/", agency_plans.index, name="plan-agency-plans"),
    path("ke-hoach-co-quan/moi/", agency_plans.new, name="plan-agency-plan-new"),
    path("ke-hoach-co-quan/<int:agency_plan_id>/", agency_plans.show, name="plan-agency-plan"),
    path(
        "ke-hoach-co-quan/<int:agency_plan_id>/tep/",
        agency_plans.file,
        name="plan-agency-plan-file",
    ),
    path("bao-cao/", reports.index, name="plan-reports"),
    path("bao-cao/<int:report_id>/", reports.show, name="plan-report"),
    path("bao-cao/<int:report_id>/doan-van/", reports.rewrite, name="plan-report-paragraph"),
    path("bao-cao/<int:report_id>/buoc/", reports.act, name="plan-report-act"),
    path("bao-cao/<int:report_id>/tep/<str:format_>/", reports.file, name="plan-report-file"),
]
