"""What a person may answer, by procedure and case: all that is asked, and nothing else.

The requester's name, number and phone come from the account and are not repeated here. Nobody lives
under these numbers: the digit 8 of each says a birth in the 24th century.
"""

from typing import Any

Answers = dict[str, Any]

AN_KHANH = "31149"  # a ward of the district Ninh Kiều
THOI_LAI = "31258"  # a township of the district Thới Lai

_COUNTER: Answers = {"delivery": "counter", "declared": True}
_BY_POST: Answers = {
    "delivery": "post",
    "delivery_address": "45 đường 3 Tháng 2, phường Hưng Lợi, quận Ninh Kiều, thành phố Cần Thơ",
    "declared": True,
}

_HOUSEHOLD_BUSINESS: Answers = {
    "filed_by": "owner",
    "business_name": "Hộ kinh doanh Quán Sông Hậu",
    "business_number": "57A8000001",
    "founded_by": "individual",
    "settling_commune": AN_KHANH,
    "business_address": "12 đường Nguyễn Văn Cừ",
    "changes_on": "2024-10-10",
    **_COUNTER,
}

_COMPANY: Answers = {
    "filed_by": "founder",
    "representative_name": "Lê Thị Thử",
    "representative_personal_id": "092890000201",
    "representative_title": "Giám đốc",
    "office_commune": AN_KHANH,
    "office_address": "88 đường Nguyễn Văn Linh",
    "company_phone": "0900000088",
    "main_trade": "4722 Bán lẻ lương thực",
    "capital": 2_000_000_000,
    "workers": 8,
    "delivery": "online",
    "declared": True,
}
_ONE_MEMBER: Answers = {
    **_COMPANY,
    "company_name": "Công ty TNHH Lúa Gạo Sông Hậu",
    "owner_kind": "individual",
    "owner_name": "Lê Thị Thử",
    "owner_personal_id": "092890000201",
    "owner_nationality": "vietnamese",
    "representative": "owner",
}
_JOINT_STOCK: Answers = {
    **_COMPANY,
    "company_name": "Công ty cổ phần Trái Cây Phong Điền",
    "founder_count": 3,
    "has_organisations": False,
    "founder_names": "Lê Thị Thử 40%\nPhạm Văn Mẫu 30%\nVõ Thị Ví Dụ 30%",
    "share_value": 10_000,
    "share_count": 200_000,
}

_BUILDING: Answers = {
    "filed_by": "owner",
    "investor_name": "Trần Văn Bình",
    "investor_address": "Phường An Khánh, quận Ninh Kiều",
    "site_commune": AN_KHANH,
    "site_address": "Hẻm 51 đường 3 Tháng 2",
    "parcel": "thửa 125, tờ 14",
    "parcel_area": 90,
    "land_right": "investor",
    "building_name": "Nhà ở gia đình",
    "building_grade": "four",
    "ground_area": 72,
    "floor_area": 144,
    "floors": 2,
    "basement": False,
    "adjoining": True,
    "fire_review": False,
    "designer": "Công ty Tư vấn Thiết kế Mẫu",
    "duration": 8,
    **_COUNTER,
}

_PARCEL: Answers = {
    "parcel_commune": THOI_LAI,
    "parcel_address": "Ấp Thới Thuận A",
    "parcel": "thửa 310, tờ 9",
    "certificate_number": "CS 012345",
    "parcel_area": 500,
    "land_use": "residential",
}
_TRANSFER: Answers = {
    "filed_by": "receiver",
    **_PARCEL,
    "object": "land",
    "mortgaged": False,
    "wants_survey": False,
    "giver_name": "Nguyễn Văn Thử",
    "giver_personal_id": "092890000301",
    "receiver_name": "Trần Văn Bình",
    "receiver_personal_id": "092890000302",
    "receiver_count": 1,
    "kinship": "other",
    "price": 1_250_000_000,
    "signed_on": "2024-10-08",
    "claims_exemption": False,
    "certificate_form": "new",
    **_COUNTER,
}
_EXCHANGE: Answers = {"filed_by": "owner", **_PARCEL, "reason": "worn", **_COUNTER}
_DIVISION: Answers = {
    "filed_by": "owner",
    **_PARCEL,
    "basis": "wish",
    "parcel_count": 2,
    "parcel_list": "Thửa thứ nhất 250 m²\nThửa thứ hai 250 m²",
    "mortgaged": False,
    **_COUNTER,
}

_RECORD: Answers = {
    "filed_by": "self",
    "subject_name": "Trần Văn Bình",
    "born_on": "1993-03-12",
    "born_place": "Huyện Phong Điền, thành phố Cần Thơ",
    "nationality": "Việt Nam",
    "permanent_address": "Phường An Khánh, quận Ninh Kiều, thành phố Cần Thơ",
    "history": "2007 đến nay: phường An Khánh, học sinh rồi thợ điện",
    "purpose": "Xin việc làm",
    "ban_information": False,
    "sheets": 1,
    "relief": "none",
    "delivery": "online",
    "declared": True,
}

_LICENCE: Answers = {
    "born_on": "1990-05-20",
    "address": "Phường An Khánh, quận Ninh Kiều, thành phố Cần Thơ",
    "nationality": "vietnamese",
    "licence_class": "b2",
    "licence_number": "920000000001",
    "has_expiry": True,
    "expires_on": "2024-11-15",
    **_BY_POST,
}

_ORGANISATION: Answers = {
    "organisation_name": "Công ty TNHH Mẫu Cần Thơ",
    "organisation_code": "1800000000",
    "organisation_address": "Phường An Khánh, quận Ninh Kiều, thành phố Cần Thơ",
}
_CONFERENCE: Answers = {
    "filed_by": "head",
    **_ORGANISATION,
    "event_name": "Hội thảo quốc tế về lúa gạo đồng bằng sông Cửu Long",
    "starts_on": "2024-12-02",
    "venue": "Khách sạn Mẫu, quận Ninh Kiều",
    "guest_count": 25,
    "guest_countries": "Nhật Bản, Hà Lan",
    "has_hosting_consent": False,
    "subject": "Trao đổi về giống lúa và thị trường.",
    "funding": "Tài trợ của doanh nghiệp",
    **_COUNTER,
}
_MERIT: Answers = {
    **_ORGANISATION,
    "nominee_kind": "person",
    "nominee_count": 1,
    "nominees": "Trần Thị Ví Dụ",
    "merit": "Hoàn thành xuất sắc nhiệm vụ năm 2023.",
    "has_initiative": True,
    **_COUNTER,
}
_BUDGET: Answers = {
    **_ORGANISATION,
    "upper_unit": "Ủy ban nhân dân quận Ninh Kiều",
    "subject_name": "Trường Trung học cơ sở Mẫu",
    "budget_level": "district",
    **_COUNTER,
}
_PHARMACIST: Answers = {
    "born_on": "1994-07-01",
    "address": "Phường An Khánh, quận Ninh Kiều",
    "degree_level": "university",
    "degree_years": 4,
    "practice_place": "Nhà thuốc Mẫu",
    "practice_months": 24,
    "scope": "pharmacy",
    **_COUNTER,
}
_PROMOTION: Answers = {
    "filed_by": "head",
    **_ORGANISATION,
    "campaign_name": "Mua gạo trúng xe",
    "starts_on": "2024-11-01",
    "days": 30,
    "goods": "Gạo đóng túi",
    "prize_value": 150_000_000,
    "has_ticket": True,
    "draw": "Bốc thăm công khai có người chứng kiến.",
    "draw_place": "Tại cửa hàng, ngày 02/12/2024",
    **_COUNTER,
}
_BROKER: Answers = {
    "born_on": "1996-02-14",
    "address": "Phường An Khánh, quận Ninh Kiều",
    "nationality": "vietnamese",
    "course_place": "Trung tâm Đào tạo Mẫu",
    "sections": "both",
    **_COUNTER,
}
_DIPLOMA: Answers = {
    "filed_by": "owner",
    "holder_name": "Trần Văn Bình",
    "holder_born_on": "1993-03-12",
    "name_changed": False,
    "diploma": "upper",
    "year": 2011,
    "school": "Trường Trung học phổ thông Mẫu",
    "copies": 2,
    **_BY_POST,
}
_X_RAY: Answers = {
    **_ORGANISATION,
    "device": "dental",
    "model": "Hãng Mẫu, XR-10, số 0001",
    "made_in": 2021,
    "room": "Phòng chụp, tầng 1",
    "safety_officer": "Võ Thị Ví Dụ",
    "staff_count": 2,
    **_COUNTER,
}
_DOCUMENT: Answers = {
    **_ORGANISATION,
    "applicant_kind": "vietnamese",
    "work_title": "Kỷ yếu 20 năm thành lập",
    "author": "Ban biên soạn",
    "language": "vietnamese",
    "medium": "paper",
    "pages": 120,
    "printed_copies": 300,
    "purpose": "Phát cho người dự lễ kỷ niệm.",
    **_COUNTER,
}
_PESTICIDE_SHOP: Answers = {
    "filed_by": "head",
    "shop_name": "Cửa hàng Vật tư nông nghiệp Mẫu",
    "shop_code": "57D8000002",
    "shop_commune": THOI_LAI,
    "shop_address": "Chợ Thới Lai",
    "shop_area": 40,
    "has_store": True,
    "store_area": 60,
    "seller_name": "Phạm Văn Mẫu",
    "seller_training": "Trung cấp trồng trọt",
    **_COUNTER,
}
_FOREIGN_WORKER: Answers = {
    **_ORGANISATION,
    "worker_name": "Taro Example",
    "worker_born_on": "1985-09-09",
    "worker_nationality": "Nhật Bản",
    "passport_number": "XX0000000",
    "job": "expert",
    "job_title": "Chuyên gia kỹ thuật",
    "workplace": "Quận Cái Răng, thành phố Cần Thơ",
    "works_from": "2024-11-15",
    "works_until": "2026-11-14",
    "need_exempt": False,
    **_COUNTER,
}
_GUIDE: Answers = {
    "born_on": "1998-08-08",
    "address": "Phường An Khánh, quận Ninh Kiều",
    "degree_name": "Cao đẳng Hướng dẫn du lịch, Trường Cao đẳng Mẫu",
    "language": "Tiếng Anh",
    "language_by": "certificate",
    "history": "2016 đến 2019: sinh viên\n2019 đến nay: nhân viên lữ hành",
    **_COUNTER,
}
_INVESTMENT: Answers = {
    "filed_by": "head",
    **_ORGANISATION,
    "project_name": "Nhà máy chế biến gạo Mẫu",
    "project_code": "8800000000",
    "zone": "tra_noc_2",
    "reason": "lost",
    **_COUNTER,
}

ANSWERS: dict[str, dict[str, Answers]] = {
    "1.003868": {
        "printed": _DOCUMENT,
        "electronic": {**_DOCUMENT, "medium": "audio", "pages": 45, "printed_copies": 0},
    },
    "1.004363": {"first": _PESTICIDE_SHOP, "again": {**_PESTICIDE_SHOP, "filed_by": "proxy"}},
    "1.004616": {"first": _PHARMACIST, "after_withdrawal": {**_PHARMACIST, "degree_years": 1}},
    "1.004628": {
        "guiding_degree": _GUIDE,
        "other_degree": {**_GUIDE, "language_by": "studied_abroad"},
    },
    "1.005092": {"own": _DIPLOMA, "deceased": {**_DIPLOMA, "filed_by": "family"}},
    "1.009665": {
        "reissue": _INVESTMENT,
        "correction": {**_INVESTMENT, "reason": "wrong", "correction": "Sai địa chỉ trụ sở."},
    },
    "1.009994": {
        "house": _BUILDING,
        "work": {**_BUILDING, "building_name": "Nhà kho", "building_grade": "three"},
        "line": {**_BUILDING, "building_name": "Tuyến cáp ngầm", "adjoining": False},
    },
    "1.012392": {
        "yearly": _MERIT,
        "campaign": {**_MERIT, "has_initiative": False},
        "sudden": {**_MERIT, "merit": "Cứu người đuối nước.", "has_initiative": False},
    },
    "1.012783": {
        "worn": _EXCHANGE,
        "measured": {**_EXCHANGE, "reason": "measured", "boundary_changed": False},
        "mortgaged": _EXCHANGE,
    },
    "1.012784": {"split": _DIVISION, "merge": {**_DIVISION, "parcel_count": 1}},
    "1.012906": {
        "vietnamese": _BROKER,
        "foreign_certificate": {**_BROKER, "nationality": "other"},
    },
    "1.013831": {
        "sale": _TRANSFER,
        "gift": {**_TRANSFER, "kinship": "close", "price": 0, "claims_exemption": True},
        "inheritance": {**_TRANSFER, "kinship": "close", "price": 0, "claims_exemption": True},
    },
    "2.000004": {"new": _PROMOTION, "change": {**_PROMOTION, "days": 45}},
    "2.000205": {
        "contract": _FOREIGN_WORKER,
        "transfer": {**_FOREIGN_WORKER, "job": "manager", "need_exempt": True},
        "service_contract": {**_FOREIGN_WORKER, "job": "technician"},
    },
    "2.000488": {
        "number_one": _RECORD,
        "number_one_verified": {**_RECORD, "filed_by": "proxy", "relief": "reduced"},
        "number_two": {**_RECORD, "filed_by": "parent", "relief": "exempt"},
        "number_two_verified": {**_RECORD, "sheets": 3},
    },
    "2.000720": {
        "contents": {
            **_HOUSEHOLD_BUSINESS,
            "subject": "name",
            "new_name": "Hộ kinh doanh Quán Cái Khế",
        },
        "relocation": {
            **_HOUSEHOLD_BUSINESS,
            "subject": "address",
            "settling_commune": THOI_LAI,
            "business_address": "Chợ Thới Lai",
        },
        "owner": {
            **_HOUSEHOLD_BUSINESS,
            "filed_by": "new_owner",
            "subject": "owner",
            "owner_change": "sale",
            "new_owner_name": "Võ Thị Ví Dụ",
            "new_owner_personal_id": "092890000101",
        },
    },
    "2.001583": {
        "individual": _ONE_MEMBER,
        "organisation": {
            **{key: value for key, value in _ONE_MEMBER.items() if key != "owner_personal_id"},
            "owner_kind": "organisation",
            "owner_name": "Hợp tác xã Nông nghiệp Mẫu",
            "owner_code": "1800000000",
            "representative": "hired",
        },
    },
    "2.002043": {
        "domestic": _JOINT_STOCK,
        "foreign": {**_JOINT_STOCK, "has_organisations": True},
    },
    "2.002206": {
        "budget_unit": _BUDGET,
        "other_unit": {**_BUDGET, "subject_name": "Hội Mẫu"},
        "project_preparation": {
            **_BUDGET,
            "subject_name": "Cầu Mẫu",
            "total_investment": 45_000_000_000,
            "adjusted": False,
        },
        "project_execution": {
            **_BUDGET,
            "subject_name": "Cầu Mẫu",
            "total_investment": 45_000_000_000,
            "adjusted": True,
        },
    },
    "2.002314": {
        "vietnamese": _CONFERENCE,
        "foreign": {**_CONFERENCE, "filed_by": "proxy", "has_hosting_consent": True},
    },
    "2.002380": {"owned": _X_RAY, "leased": {**_X_RAY, "device": "ct"}},
    "3.000347": {
        "expiring": {**_LICENCE, "reason": "expiring"},
        "damaged": {**_LICENCE, "reason": "damaged"},
        "correction": {**_LICENCE, "reason": "wrong", "wrong_item": "name"},
    },
    "3.000348": {
        "lost": {
            **_LICENCE,
            "licence_class": "a1",
            "has_expiry": False,
            "reason": "lost",
            "lost_where": "Tháng 9/2024, quận Ninh Kiều",
        },
        "expired": {**_LICENCE, "expires_on": "2024-05-01", "reason": "expired"},
        "long_expired": {**_LICENCE, "expires_on": "2022-05-01", "reason": "expired"},
    },
}
# A licence without an end has no day on which it ends.
del ANSWERS["3.000348"]["lost"]["expires_on"]
