"""A dossier that becomes late: papers asked for and brought, the cause, the apology, the result."""

from motcua.dossiers import services
from motcua.kernel import clock
from tests.builders import a_dossier
from tests.dossiers.acts import supplement


def time_passes() -> None:
    """Let the worker do what time brought."""
    while services.wake_dossiers(at=clock.now()):
        pass


def test_from_a_supplement_to_lateness_cause_apology_and_result(ward, visitor, officer, it_becomes):
    dossier = ward.desk.awaiting_supplement(a_dossier(ward.applicant))
    it_becomes("16/10/2024 09:00")
    time_passes()
    supplement(dossier, at=clock.now())  # the clock stood still for a day
    it_becomes("18/10/2024 09:00")
    time_passes()

    holder = officer("processor")
    holder.opens("/desk/nhac-viec/")
    holder.reads("Cần ghi nguyên nhân trễ")
    holder.follows(dossier.code)
    holder.follows("Ghi nguyên nhân trễ")
    holder.chooses("Do đơn vị đang giải quyết")
    holder.writes(**{"Vì sao hồ sơ trễ": "Phường có hai người nghỉ ốm."})
    holder.presses("Ghi nguyên nhân")
    holder.reads("Đã ghi nguyên nhân trễ.")

    leader = officer("leader")
    leader.opens(f"/desk/ho-so/{dossier.code}/")
    leader.follows("Xin lỗi và hẹn lại")
    leader.writes(
        **{"Ngày hẹn lại": "21/10/2024", "Lời xin lỗi và lý do": "Chúng tôi xin lỗi Ông/Bà."}
    )
    leader.presses("Ký xin lỗi và hẹn lại")
    leader.reads("Đã xin lỗi và hẹn lại.")
    leader.reads("Đã xin lỗi và hẹn lại. Mỗi hồ sơ chỉ được hẹn lại một lần.")

    citizen = visitor(f"/ho-so/{dossier.code}/", account=ward.applicant.account)
    citizen.reads("Chúng tôi xin lỗi Ông/Bà.")
    citizen.reads("21/10/2024")

    leader.opens("/lanh-dao/tre-han/?theo=officer")
    leader.reads("Phạm Văn Sáu")
    services.propose_outcome(
        dossier_id=dossier.pk,
        mandate=ward.desk.processor,
        outcome="granted",
        opinion="Đủ điều kiện.",
        at=clock.now(),
    )
    leader.opens(f"/desk/ho-so/{dossier.code}/quyet-dinh/")
    leader.is_at("Ký quyết định")
