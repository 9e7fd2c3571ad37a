"""The tables in which an office writes down its units and posts, and who holds them."""

from motcua.kernel.sheets import Column, ColumnKind, Table

from .kinds import PostRole, UnitRole

UNIT_ROLES = {
    "Bộ phận Một cửa": UnitRole.ONE_STOP,
    "Bộ phận chuyên môn": UnitRole.SPECIALIST,
    "Lãnh đạo cơ quan": UnitRole.LEADERSHIP,
    "Văn thư": UnitRole.CLERICAL,
}
POST_ROLES = {
    "Tiếp nhận và trả kết quả": PostRole.RECEIVER,
    "Xử lý": PostRole.PROCESSOR,
    "Ký duyệt": PostRole.LEADER,
    "Văn thư": PostRole.CLERK,
    "Quản trị": PostRole.ADMINISTRATOR,
}

_AGENCY = Column(
    key="agency",
    heading="Mã cơ quan",
    hint="Mã định danh của cơ quan, đúng như trong hệ thống.",
    example="000.01.19.H13",
    kind=ColumnKind.CODE,
    required=True,
    length_max=20,
)

OFFICES_TABLE = Table(
    key="offices",
    title="Bộ phận và vị trí",
    columns=(
        _AGENCY,
        Column(
            key="unit",
            heading="Tên bộ phận",
            hint="Một bộ phận có nhiều vị trí thì ghi nhiều dòng, mỗi dòng một vị trí.",
            example="Tổ Hộ tịch",
            required=True,
        ),
        Column(
            key="role",
            heading="Vai trò",
            hint="Việc của bộ phận đối với hồ sơ.",
            example="Bộ phận chuyên môn",
            required=True,
            choices=UNIT_ROLES,
        ),
        Column(
            key="settles",
            heading="Thủ tục giải quyết",
            hint="Mã thủ tục, cách nhau bằng dấu chấm phẩy. Để trống: không đổi.",
            example="1.001193; 2.000815",
            kind=ColumnKind.CODE,
            length_max=2000,
        ),
        Column(
            key="since",
            heading="Có hiệu lực từ",
            hint="Ngày bộ phận bắt đầu hoạt động.",
            example="01/01/2025",
            kind=ColumnKind.DATE,
            required=True,
        ),
        Column(
            key="title",
            heading="Chức danh",
            hint="Tên vị trí trong bộ phận. Để trống: chỉ có bộ phận.",
            example="Công chức tư pháp - hộ tịch",
            length_max=150,
        ),
        Column(
            key="post_role",
            heading="Việc của chức danh",
            hint="Bắt buộc khi có chức danh.",
            example="Xử lý",
            choices=POST_ROLES,
        ),
        Column(
            key="until",
            heading="Hoạt động đến hết ngày",
            hint="Ngày cuối cùng bộ phận nhận việc mới. Để trống: không đổi.",
            example="31/12/2025",
            kind=ColumnKind.DATE,
        ),
    ),
    notes=(
        "Bộ phận và vị trí đã có, ghi giống như cũ, thì không đổi gì.",
        "Bộ phận chỉ ngừng hoạt động khi có dòng ghi ngày cuối; hồ sơ đang giữ vẫn được làm tiếp.",
    ),
)

OFFICERS_TABLE = Table(
    key="officers",
    title="Cán bộ và phân công",
    columns=(
        Column(
            key="staff_code",
            heading="Mã cán bộ",
            hint="Mã riêng của từng người, ghi cả số 0 ở đầu.",
            example="00123",
            kind=ColumnKind.CODE,
            required=True,
            length_max=30,
        ),
        Column(
            key="full_name",
            heading="Họ và tên",
            hint="Một người giữ nhiều vị trí thì ghi nhiều dòng.",
            example="Nguyễn Văn Ví Dụ",
            required=True,
            length_max=150,
        ),
        Column(
            key="username",
            heading="Tên đăng nhập",
            hint="Chữ cái không dấu, chữ số, dấu chấm, gạch nối, gạch dưới, dấu cộng hoặc @.",
            example="nguyen.van.vi.du",
            kind=ColumnKind.CODE,
            required=True,
            length_max=80,
        ),
        _AGENCY,
        Column(
            key="unit",
            heading="Bộ phận",
            hint="Tên bộ phận đang hoạt động của cơ quan ấy.",
            example="Tổ Hộ tịch",
            required=True,
        ),
        Column(
            key="title",
            heading="Chức danh",
            hint="Tên vị trí trong bộ phận ấy.",
            example="Công chức tư pháp - hộ tịch",
            required=True,
            length_max=150,
        ),
        Column(
            key="since",
            heading="Từ ngày",
            hint="Ngày đầu tiên giữ vị trí.",
            example="01/01/2025",
            kind=ColumnKind.DATE,
            required=True,
        ),
        Column(
            key="until",
            heading="Đến ngày",
            hint="Ngày cuối cùng giữ vị trí. Để trống: chưa có hạn.",
            example="31/12/2025",
            kind=ColumnKind.DATE,
        ),
    ),
    notes=(
        "Tài khoản mới chưa có mật khẩu: người quản trị cấp cách đăng nhập sau.",
        "Phân công đã có, ghi giống như cũ, thì không đổi gì. Ghi thêm ngày cuối thì kết thúc.",
    ),
)
