"""What people answer in civil status, certification and poverty: one plain filing a case."""

from collections.abc import Mapping

# Nobody can have this number: the fourth digit puts the birth into the 24th century.
REQUESTER = {
    "requester_name": "Trần Văn Bình",
    "requester_personal_id": "092890000011",
    "requester_phone": "0900000011",
}
CAI_KHE = "31117"  # a ward of the district Ninh Kiều
ADDRESS = "Số 12, đường Trần Phú, phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ"

Answers = dict[str, object]

_MARRIAGE: Answers = {
    "party": "groom",
    "settling_commune": CAI_KHE,
    "groom_born_on": "1996-03-12",
    "groom_ethnicity": "Kinh",
    "groom_address": ADDRESS,
    "groom_history": "never",
    "groom_resident": True,
    "bride_name": "Nguyễn Thị Hoa",
    "bride_personal_id": "092996000012",
    "bride_born_on": "1998-09-02",
    "bride_ethnicity": "Khmer",
    "bride_address": "Ấp Thới Hòa, thị trấn Cờ Đỏ, huyện Cờ Đỏ, thành phố Cần Thơ",
    "bride_history": "never",
    "bride_resident": False,
    "copies": 2,
    "declared": True,
}
_DEATH: Answers = {
    "relationship": "close_family",
    "deceased_name": "Trần Văn Tám",
    "deceased_sex": "male",
    "deceased_born_year": 1941,
    "deceased_ethnicity": "Kinh",
    "died_on": "2024-10-11",
    "died_place": "Nhà riêng, phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ",
    "death_cause": "Già yếu",
    "death_circumstance": "home",
    "last_residence_known": True,
    "last_residence": ADDRESS,
    "settling_commune": CAI_KHE,
    "copies": 2,
    "delivery": "online",
    "declared": True,
}
_MARITAL_STATUS: Answers = {
    "relationship": "self",
    "subject_born_on": "1996-03-12",
    "subject_sex": "male",
    "residence_kind": "permanent",
    "subject_address": ADDRESS,
    "marital_status": "never_married",
    "purpose": "property",
    "issued_before": "never",
    "settling_commune": CAI_KHE,
    "fee_relief": "none",
    "delivery": "online",
    "declared": True,
}
_CIVIL_STATUS_COPY: Answers = {
    "relationship": "self",
    "document_kind": "birth",
    "subject_name": "Trần Văn Bình",
    "registered_place": "Phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ",
    "registered_year": 1993,
    "copies": 3,
    "settling_commune": CAI_KHE,
    "delivery": "counter",
    "declared": True,
}
_BIRTH_AGAIN: Answers = {
    "relationship": "self",
    "subject_name": "Trần Văn Bình",
    "subject_sex": "male",
    "born_on": "1968-05-20",
    "born_place": "Xã Trung An, huyện Thốt Nốt, tỉnh Cần Thơ",
    "ethnicity": "Kinh",
    "hometown": "Xã Trung An, huyện Thốt Nốt, tỉnh Cần Thơ",
    "mother_name": "Lê Thị Lài",
    "mother_born_year": 1940,
    "registered_place": "Phường Cái Khế, thành phố Cần Thơ, tỉnh Hậu Giang",
    "registered_year": 1979,
    "birth_evidence": "other_papers",
    "public_servant": False,
    "settling_commune": CAI_KHE,
    "fee_relief": "none",
    "copies": 1,
    "delivery": "counter",
    "declared": True,
}
_CHANGE: Answers = {
    "relationship": "parent",
    "subject_name": "Trần Gia Hân",
    "subject_born_on": "2013-07-01",
    "age_group": "nine_to_thirteen",
    "document_kind": "birth",
    "document_number": "Số 120/2013, ngày 10/7/2013, Ủy ban nhân dân phường Cái Khế",
    "current_content": "Tên: Trần Gia Hân",
    "new_content": "Tên: Trần Gia Ân",
    "reason": "Tên đang ghi trùng với chị họ, gây nhầm lẫn.",
    "settling_commune": CAI_KHE,
    "fee_relief": "none",
    "copies": 0,
    "declared": True,
}
_CHANGE_OF_ADULT: Answers = {
    **_CHANGE,
    "relationship": "self",
    "subject_name": "Trần Văn Bình",
    "subject_born_on": "1993-05-20",
    "age_group": "adult",
    "current_content": "Ngày sinh: 20/05/1993",
    "new_content": "Ngày sinh: 02/05/1993",
    "reason": "Ghi sai ngày so với giấy chứng sinh.",
}
_GUARDIANSHIP: Answers = {
    "relationship": "guardian",
    "guardian_address": ADDRESS,
    "guardian_tie": "Chú ruột",
    "ward_name": "Trần Minh Khang",
    "ward_born_on": "2016-02-09",
    "ward_sex": "male",
    "ward_address": ADDRESS,
    "ward_kind": "minor",
    "several_eligible": False,
    "settling_commune": CAI_KHE,
    "copies": 0,
    "declared": True,
}
_SIGNATURE: Answers = {
    "document_name": "Giấy cam đoan về nơi ở",
    "document_language": "vietnamese",
    "sign_method": "signature",
    "signer_count": 1,
    "speaks_vietnamese": True,
    "settling_commune": CAI_KHE,
    "declared": True,
}
_REGISTER_COPY: Answers = {
    "relationship": "holder",
    "document_name": "Quyết định công nhận hộ cận nghèo",
    "issued_year": 2021,
    "settling_commune": CAI_KHE,
    "copies": 2,
    "delivery": "online",
    "declared": True,
}
_POVERTY: Answers = {
    "relationship": "head",
    "head_ethnicity": "Kinh",
    "settling_commune": CAI_KHE,
    "household_address": "Khu vực 3",
    "member_count": 4,
    "working_count": 1,
    "children_count": 2,
    "members_list": "Nguyễn Thị Hoa, 1996, vợ\nTrần Minh An, 2017, con\nTrần Minh Ân, 2021, con",
    "monthly_income": 4_500_000,
    "hardship": "illness",
    "circumstances": "Vợ bệnh nặng từ đầu năm, nhà thuê, không có bảo hiểm y tế.",
    "visit_time": "evening",
    "delivery": "counter",
    "declared": True,
}

_SAMPLES: Mapping[str, Mapping[str, Answers]] = {
    "1.000656": {
        "on_time": _DEATH,
        "late": {**_DEATH, "died_on": "2024-08-02", "death_circumstance": "health_facility"},
        "long_ago": {**_DEATH, "died_on": "1987-03-09", "deceased_born_year": 1910},
    },
    "1.000894": {
        "standard": _MARRIAGE,
        "verified": {**_MARRIAGE, "groom_history": "divorced", "bride_resident": True},
    },
    "1.004837": {
        "appointed": _GUARDIANSHIP,
        "natural": {**_GUARDIANSHIP, "several_eligible": True},
    },
    "1.004859": {
        "change": _CHANGE,
        "correction": {
            **_CHANGE,
            "age_group": "under_nine",
            "subject_born_on": "2019-07-01",
            "current_content": "Ngày sinh: 01/07/2019",
            "new_content": "Ngày sinh: 07/01/2019",
            "reason": "Ghi nhầm ngày và tháng.",
        },
        "supplement": {
            **_CHANGE,
            "relationship": "self",
            "age_group": "from_fourteen",
            "subject_born_on": "1979-07-01",
            "current_content": "Quê quán: bỏ trống",
            "new_content": "Quê quán: huyện Phong Điền, thành phố Cần Thơ",
            "reason": "Khi đăng ký không ghi quê quán.",
        },
    },
    "1.004873": {
        "standard": _MARITAL_STATUS,
        "lived_elsewhere": {
            **_MARITAL_STATUS,
            "former_residences": "Phường 4, thành phố Vĩnh Long, từ 2016 đến 2020",
            "purpose": "marriage",
            "partner_name": "Nguyễn Thị Hoa",
            "marriage_place": "Thị trấn Cờ Đỏ, huyện Cờ Đỏ, thành phố Cần Thơ",
        },
    },
    "1.004884": {
        "same_place": _BIRTH_AGAIN,
        "other_place": {
            **_BIRTH_AGAIN,
            "registered_place": "Xã Long Mỹ, huyện Long Mỹ, tỉnh Hậu Giang",
            "birth_evidence": "old_copy",
        },
    },
    "1.011607": {
        "newly_poor": _POVERTY,
        "near_poor_worse": {**_POVERTY, "hardship": "job_loss"},
    },
    "2.000635": {"standard": _CIVIL_STATUS_COPY},
    "2.000748": {
        "change": {
            **_CHANGE_OF_ADULT,
            "current_content": "Tên: Trần Văn Bình",
            "new_content": "Tên: Trần Thanh Bình",
            "reason": "Tên thường gọi từ nhỏ, tránh nhầm với người cùng tên trong nhà.",
        },
        "correction": _CHANGE_OF_ADULT,
        "ethnicity": {
            **_CHANGE_OF_ADULT,
            "current_content": "Dân tộc: Kinh",
            "new_content": "Dân tộc: Khmer",
            "reason": "Theo dân tộc của mẹ đẻ.",
        },
    },
    "2.000884": {
        "document": _SIGNATURE,
        "authorisation_letter": {
            **_SIGNATURE,
            "document_name": "Giấy ủy quyền nhận lương hưu",
            "sign_method": "fingerprint",
        },
        "personal_history": {**_SIGNATURE, "document_name": "Sơ yếu lý lịch"},
    },
    "2.000908": {"standard": _REGISTER_COPY},
}

CASES = tuple((code, case) for code, cases in _SAMPLES.items() for case in cases)


def sample_answers(code: str, case: str, **changes: object) -> Answers:
    """
    Return the answers of a plain filing at the ward Cái Khế, or at its district.

    What the account knows of the requester is not among them: `REQUESTER` stands for that.
    """
    return {**_SAMPLES[code][case], **changes}
