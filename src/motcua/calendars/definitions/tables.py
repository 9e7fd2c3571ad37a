"""The table in which an office writes down days off and days made up."""

from motcua.calendars.seeds import DayKind
from motcua.kernel.sheets import Column, ColumnKind, Table

CALENDAR_TABLE = Table(
    key="calendar",
    title="Lịch nghỉ và làm bù",
    columns=(
        Column(
            key="day",
            heading="Ngày",
            hint="Ngày/tháng/năm; mỗi ngày một dòng.",
            example="30/04/2025",
            kind=ColumnKind.DATE,
            required=True,
        ),
        Column(
            key="kind",
            heading="Loại",
            hint="«Ngày thường» bỏ điều đã ghi trước đó: ngày ấy trở lại như trong tuần.",
            example="Nghỉ lễ",
            required=True,
            choices={
                "Nghỉ lễ": DayKind.HOLIDAY,
                "Nghỉ hoán đổi": DayKind.SWAP_OFF,
                "Làm bù": DayKind.SWAP_WORK,
                "Ngày thường": DayKind.ORDINARY,
            },
        ),
        Column(
            key="name",
            heading="Tên",
            hint="Tên ngày, như văn bản ghi.",
            example="Ngày Chiến thắng",
            required=True,
        ),
        Column(
            key="basis",
            heading="Căn cứ",
            hint="Số, ngày của văn bản quyết định ngày này.",
            example="Bộ luật Lao động 2019, điều 112",
            required=True,
            length_max=300,
        ),
    ),
    notes=(
        "Ngày ghi ở đây thay cho lịch kèm theo hệ thống, sau khi người thứ hai duyệt.",
        "Hạn đã hẹn của hồ sơ đang giải quyết không tự đổi theo.",
    ),
)
