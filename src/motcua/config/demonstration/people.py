"""Whom a visitor can play. All invented; their numbers and telephones can belong to nobody."""

from dataclasses import dataclass
from datetime import date

CITIZEN = "Người dân"
CITY = "Ủy ban nhân dân thành phố Cần Thơ"
COMMUNICATIONS = "Sở Thông tin và Truyền thông"
WARD = "Ủy ban nhân dân phường Cái Khế"
DISTRICT = "Ủy ban nhân dân quận Ninh Kiều"
POLICE = "Công an thành phố Cần Thơ"
INSURANCE = "Bảo hiểm xã hội thành phố Cần Thơ"


@dataclass(frozen=True, kw_only=True)
class Citizen:
    """Somebody who files."""

    username: str
    full_name: str
    personal_id: str  # the fourth digit puts the birth into the 24th century
    phone: str
    born_on: date
    sex: str
    address: str

    @property
    def part(self) -> str:
        """Return what the sign-in page says beside the name."""
        return CITIZEN


@dataclass(frozen=True, kw_only=True)
class Servant:
    """Somebody who holds a post: the role, and the unit of the agency where it is."""

    username: str
    full_name: str
    staff_code: str
    role: str  # offices.PostRole
    agency: str
    part: str
    procedure: str = ""  # which of several specialist units: the one that settles this


CITIZENS = (
    Citizen(
        username="binh",
        full_name="TRẦN VĂN BÌNH",
        personal_id="092890000011",
        phone="0900000011",
        born_on=date(1993, 5, 20),
        sex="male",
        address="Số 12, đường Cách Mạng Tháng Tám, phường Cái Khế, quận Ninh Kiều",
    ),
    Citizen(
        username="hoa",
        full_name="NGUYỄN THỊ HOA",
        personal_id="092996000012",
        phone="0900000012",
        born_on=date(1996, 9, 2),
        sex="female",
        address="Khu vực 3, phường Cái Khế, quận Ninh Kiều",
    ),
    Citizen(
        username="son",
        full_name="THẠCH SƠN",
        personal_id="092885000013",
        phone="0900000013",
        born_on=date(1985, 4, 14),
        sex="male",
        address="Ấp Thới Hòa, thị trấn Cờ Đỏ, huyện Cờ Đỏ",
    ),
    Citizen(
        username="mai",
        full_name="LÝ NGỌC MAI",
        personal_id="092958000014",
        phone="0900000014",
        born_on=date(1958, 1, 30),
        sex="female",
        address="Số 5, đường Trần Văn Khéo, phường Cái Khế, quận Ninh Kiều",
    ),
)

SERVANTS = (
    Servant(
        username="motcua",
        full_name="Lê Thị Thanh Trúc",
        staff_code="CK-01",
        role="receiver",
        agency=WARD,
        part="Cán bộ Một cửa phường Cái Khế",
    ),
    Servant(
        username="hotich",
        full_name="Phạm Quốc Bảo",
        staff_code="CK-02",
        role="processor",
        agency=WARD,
        part="Công chức Tư pháp – Hộ tịch phường Cái Khế",
    ),
    Servant(
        username="hotich2",
        full_name="Đặng Kim Ngân",
        staff_code="CK-03",
        role="processor",
        agency=WARD,
        part="Công chức Tư pháp – Hộ tịch phường Cái Khế",
    ),
    Servant(
        username="chutich",
        full_name="Võ Hữu Phước",
        staff_code="CK-04",
        role="leader",
        agency=WARD,
        part="Lãnh đạo phường Cái Khế",
    ),
    Servant(
        username="motcua-quan",
        full_name="Huỳnh Ngọc Diệp",
        staff_code="NK-01",
        role="receiver",
        agency=DISTRICT,
        part="Cán bộ Một cửa quận Ninh Kiều",
    ),
    Servant(
        username="taichinh-quan",
        full_name="Lâm Chí Công",
        staff_code="NK-02",
        role="processor",
        agency=DISTRICT,
        procedure="1.001612",
        part="Chuyên viên Tài chính – Kế hoạch quận Ninh Kiều",
    ),
    Servant(
        username="chutich-quan",
        full_name="Trương Minh Đức",
        staff_code="NK-03",
        role="leader",
        agency=DISTRICT,
        part="Lãnh đạo quận Ninh Kiều",
    ),
    Servant(
        username="quantri",
        full_name="Nguyễn Hoàng Nam",
        staff_code="NK-04",
        role="administrator",
        agency=DISTRICT,
        part="Quản trị hệ thống",
    ),
    Servant(
        username="quantri2",
        full_name="Tô Thị Ngọc Ánh",
        staff_code="NK-05",
        role="administrator",
        agency=DISTRICT,
        part="Quản trị hệ thống, người duyệt thứ hai",
    ),
    Servant(
        username="chutich-tp",
        full_name="Trần Hoàng Long",
        staff_code="TP-01",
        role="leader",
        agency=CITY,
        part="Lãnh đạo Ủy ban nhân dân thành phố",
    ),
    Servant(
        username="chanhvanphong",
        full_name="Lê Thị Hồng Gấm",
        staff_code="TP-02",
        role="leader",
        agency=CITY,
        part="Chánh Văn phòng Ủy ban nhân dân thành phố",
    ),
    Servant(
        username="kiemsoat",
        full_name="Phan Minh Thư",
        staff_code="TP-03",
        role="processor",
        agency=CITY,
        part="Chuyên viên kiểm soát thủ tục, Văn phòng Ủy ban thành phố",
    ),
    Servant(
        username="chuyendoiso",
        full_name="Đỗ Quang Huy",
        staff_code="TT-01",
        role="processor",
        agency=COMMUNICATIONS,
        part="Chuyên viên theo dõi Kế hoạch 67, Sở Thông tin và Truyền thông",
    ),
    Servant(
        username="giamdoc-tttt",
        full_name="Mai Quốc Cường",
        staff_code="TT-02",
        role="leader",
        agency=COMMUNICATIONS,
        part="Giám đốc Sở Thông tin và Truyền thông",
    ),
    Servant(
        username="motcua-congan",
        full_name="Trần Quốc Việt",
        staff_code="CA-01",
        role="receiver",
        agency=POLICE,
        part="Cán bộ Một cửa Công an thành phố",
    ),
    Servant(
        username="cutru",
        full_name="Ngô Thị Lan",
        staff_code="CA-02",
        role="processor",
        agency=POLICE,
        part="Cán bộ đăng ký cư trú, Công an thành phố",
    ),
    Servant(
        username="lanhdao-congan",
        full_name="Bùi Thanh Hải",
        staff_code="CA-03",
        role="leader",
        agency=POLICE,
        part="Lãnh đạo Công an thành phố",
    ),
    Servant(
        username="motcua-bhxh",
        full_name="Dương Mỹ Duyên",
        staff_code="BH-01",
        role="receiver",
        agency=INSURANCE,
        part="Cán bộ Một cửa Bảo hiểm xã hội",
    ),
    Servant(
        username="thebhyt",
        full_name="Cao Văn Tín",
        staff_code="BH-02",
        role="processor",
        agency=INSURANCE,
        part="Cán bộ cấp thẻ, Bảo hiểm xã hội",
    ),
    Servant(
        username="giamdoc-bhxh",
        full_name="Lý Hoàng Anh",
        staff_code="BH-03",
        role="leader",
        agency=INSURANCE,
        part="Lãnh đạo Bảo hiểm xã hội",
    ),
)

EVERYBODY: tuple[Citizen | Servant, ...] = (*CITIZENS, *SERVANTS)
