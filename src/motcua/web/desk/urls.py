"""The officer's addresses. Every act is a noun under its dossier."""

from django.urls import path

from motcua.dossiers.models import Channel

from . import notices, registers
from .counter import card_readings, finder, intakes, shifts
from .dossiers import (
    acceptances,
    apologies,
    assignments,
    consultations,
    control_sheets,
    decisions,
    delay_causes,
    exports,
    extensions,
    further_rounds,
    issued_papers,
    lists,
    obligation_discharges,
    obligations,
    papers,
    proposals,
    receipt_slips,
    refusals,
    returns,
    send_backs,
    stops,
    supplement_requests,
    suspensions,
    take_ups,
    views,
    withdrawals,
)
from .queue import acts as line_acts
from .queue import panel, transfers

app_name = "desk"

_DOSSIER = "ho-so/<str:code>/"

urlpatterns = [
    path("", lists.home, name="home"),
    path("tiep-nhan/", lists.intake, name="intake"),
    path("tra-ket-qua/", lists.returns, name="returns"),
    path("xuat/", exports.show, name="export"),
    path("quay/", finder.show, {"channel": Channel.DIRECT}, name="counter"),
    path("quay/ma-qr-the/", card_readings.create, name="card-reading-create"),
    path("quay/<str:code>/", intakes.new, {"channel": Channel.DIRECT}, name="counter-intake-new"),
    path("buu-chinh/", finder.show, {"channel": Channel.POST}, name="post"),
    path("buu-chinh/<str:code>/", intakes.new, {"channel": Channel.POST}, name="post-intake-new"),
    path("ban-giao-ca/", shifts.new, name="shift-new"),
    path("ban-giao-ca/<uuid:shift_id>/", shifts.show, name="shift"),
    path("so-theo-doi/", registers.show, name="register"),
    path("tim/", lists.search, name="search"),
    path("nhac-viec/", notices.show, name="notices"),
    path("nhac-viec/da-doc/", notices.read, name="notices-read"),
    path("hang-doi/", panel.show, name="line"),
    path("hang-doi/quay/", line_acts.take_counter, name="counter-take"),
    path("hang-doi/luot-goi/", line_acts.call, name="call-create"),
    path("hang-doi/so/<int:ticket_id>/chuyen/", transfers.new, name="transfer-new"),
    path("hang-doi/so/<int:ticket_id>/<str:noun>/", line_acts.create, name="ticket-act"),
    path(_DOSSIER, views.show, name="dossier"),
    path(f"{_DOSSIER}giay-to/<uuid:file_id>/", papers.show, name="paper"),
    path(f"{_DOSSIER}van-ban/<uuid:paper_id>/", issued_papers.show, name="issued-paper"),
    path(f"{_DOSSIER}phieu-kiem-soat/", control_sheets.show, name="control-sheet"),
    path(f"{_DOSSIER}giay-tiep-nhan/", receipt_slips.show, name="receipt-slip"),
    path(f"{_DOSSIER}tiep-nhan/", acceptances.new, name="acceptance-new"),
    path(f"{_DOSSIER}tu-choi/", refusals.new, name="refusal-new"),
    path(
        f"{_DOSSIER}bo-sung-truoc-tiep-nhan/",
        supplement_requests.new_at_intake,
        name="intake-supplement-request-new",
    ),
    path(f"{_DOSSIER}nhan-xu-ly/", take_ups.create, name="take-up-create"),
    path(f"{_DOSSIER}phan-cong/", assignments.new, name="assignment-new"),
    path(f"{_DOSSIER}trinh-ky/", proposals.new, name="proposal-new"),
    path(f"{_DOSSIER}bo-sung/", supplement_requests.new, name="supplement-request-new"),
    path(f"{_DOSSIER}nghia-vu/", obligations.new, name="obligation-new"),
    path(
        f"{_DOSSIER}nghia-vu/hoan-thanh/",
        obligation_discharges.new,
        name="obligation-discharge-new",
    ),
    path(f"{_DOSSIER}lay-y-kien/", consultations.new, name="consultation-new"),
    path(
        f"{_DOSSIER}lay-y-kien/tra-loi/",
        consultations.answer_new,
        name="consultation-answer-new",
    ),
    path(f"{_DOSSIER}tam-ngung/", suspensions.new, name="suspension-new"),
    path(f"{_DOSSIER}tam-ngung/ket-thuc/", suspensions.end_new, name="suspension-end-new"),
    path(
        f"{_DOSSIER}bo-sung-truoc-tiep-nhan/them/",
        further_rounds.new_at_intake,
        name="further-intake-round-new",
    ),
    path(f"{_DOSSIER}bo-sung/them/", further_rounds.new, name="further-round-new"),
    path(
        f"{_DOSSIER}bo-sung/them/dong-y/",
        further_rounds.approval_new,
        name="further-round-approval-new",
    ),
    path(
        f"{_DOSSIER}bo-sung/them/khong-dong-y/",
        further_rounds.refusal_new,
        name="further-round-refusal-new",
    ),
    path(f"{_DOSSIER}rut/", withdrawals.grant_new, name="withdrawal-new"),
    path(f"{_DOSSIER}rut/khong-dong-y/", withdrawals.refusal_new, name="withdrawal-refusal-new"),
    path(f"{_DOSSIER}quyet-dinh/", decisions.new, name="decision-new"),
    path(f"{_DOSSIER}tra-lai/", send_backs.new, name="send-back-new"),
    path(f"{_DOSSIER}dung-xu-ly/", stops.new, name="stop-new"),
    path(f"{_DOSSIER}ban-giao/", returns.new, name="return-new"),
    path(f"{_DOSSIER}nguyen-nhan-tre/", delay_causes.new, name="delay-cause-new"),
    path(f"{_DOSSIER}xin-loi/", apologies.new, name="apology-new"),
    path(f"{_DOSSIER}gia-han/", extensions.new, name="extension-new"),
]
