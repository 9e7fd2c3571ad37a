"""From facts to a report: blocks of text and tables, and nothing else read."""

from datetime import date, datetime
from fractions import Fraction

from motcua.kernel.clock import CITY_TIME

from .reports import Block, BlockKind, Content, Facts, TaskFact

# What a report says is Vietnamese whatever language the screen is in: it is an official paper.
NO_DATA = "Chưa có số liệu"


def compose(facts: Facts) -> Content:
    """Return the report that these facts make."""
    half = "6 tháng đầu năm" if facts.period.first.month == 1 else "6 tháng cuối năm"
    named = f"Kế hoạch số {facts.number} ngày {_day(facts.issued_on)}"
    return Content(
        title="BÁO CÁO",
        about=(
            f"Tình hình, kết quả thực hiện {named} về nâng cao chất lượng và hiệu quả cung cấp "
            f"dịch vụ công trực tuyến, {half} {facts.period.first.year}"
        ),
        agency_above=facts.overseer,
        agency=facts.keeper,
        place=facts.place,
        addressees=(facts.overseer, "Bộ Thông tin và Truyền thông"),
        missing=tuple(
            (each.name, len(each.untold), ", ".join(each.untold))
            for each in facts.agencies
            if each.untold
        ),
        blocks=(
            *_leadership(facts, named, half),
            *_results(facts),
            *_targets(facts),
            *_difficulties(facts),
            *_next(facts),
        ),
    )


def percent(ratio: Fraction | None, *, sign: bool = False) -> str:
    """Return a ratio as "29,7 %", rounded half up; without one, that there is no data."""
    if ratio is None:
        return NO_DATA
    tenths = int(abs(ratio) * 1000 + Fraction(1, 2))
    before = "-" if ratio < 0 and tenths else "+" if sign and tenths else ""
    return f"{before}{tenths // 10},{tenths % 10} %"


def _leadership(facts: Facts, named: str, half: str) -> list[Block]:
    owing = [each for each in facts.agencies if each.has_plan is not None]
    planned = [each for each in owing if each.has_plan]
    without = [each.name for each in owing if not each.has_plan]
    told = (
        f"Thực hiện {named}, {facts.keeper} đã theo dõi, đôn đốc các cơ quan, đơn vị theo từng "
        f"nhiệm vụ được giao trong {half} {facts.period.first.year}. Số liệu tính đến "
        f"{_moment(facts.as_of)}."
    )
    plans = (
        f"Có {len(planned)}/{len(owing)} cơ quan đã ban hành kế hoạch triển khai hoặc lồng ghép "
        "vào Kế hoạch Chuyển đổi số của cơ quan, đơn vị."
    )
    if without:
        plans += f" Chưa đăng ký: {'; '.join(without)}."
    if facts.uncovered:
        plans += (
            f" Các nhiệm vụ chưa có trong kế hoạch của cơ quan nào: {', '.join(facts.uncovered)}."
        )
    return [
        _heading("I", "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO"),
        _paragraph("leadership", told),
        _paragraph("agency_plans", plans),
    ]


def _results(facts: Facts) -> list[Block]:
    duties = sum(task.duties for task in facts.tasks)
    done = sum(task.done for task in facts.tasks)
    told = sum(task.told for task in facts.tasks)
    overdue = sum(task.overdue for task in facts.tasks)
    share = f" (đạt {percent(Fraction(done, duties))})" if duties else ""
    blocks = [
        _heading("II", "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ"),
        _paragraph(
            "results",
            f"Trong kỳ có {duties} việc phải báo cáo: {done} việc đã hoàn thành và có minh "
            f"chứng{share}, {told} việc đã báo cáo tiến độ, {overdue} việc quá hạn.",
        ),
    ]
    for number, (key, title) in enumerate(facts.parts, start=1):
        blocks += _part(key, f"{number}. {title}", [t for t in facts.tasks if t.part == key])
    return [*blocks, _agencies(facts)]


def _part(key: str, title: str, tasks: list[TaskFact]) -> list[Block]:
    """Return what became of the tasks under a heading of the plan; nothing where it has none."""
    if not tasks:
        return []
    done = sum(task.done for task in tasks)
    late = sum(task.overdue for task in tasks)
    count = sum(task.duties for task in tasks)
    columns = (
        "Mục", "Nhiệm vụ", "Cơ quan thực hiện", "Số việc", "Hoàn thành", "Quá hạn", "Minh chứng",
    )  # fmt: skip
    return [
        _heading(f"part-{key}", title, small=True),
        _paragraph(f"part-{key}-words", f"Hoàn thành {done}/{count} việc; {late} việc quá hạn."),
        Block(
            kind=BlockKind.TABLE,
            key=f"part-{key}-table",
            text=f"Kết quả các nhiệm vụ mục {key}",
            columns=columns,
            rows=tuple(
                (
                    task.clause,
                    _shortened(task.wording),
                    task.owners,
                    task.duties,
                    task.done,
                    task.overdue,
                    task.evidence,
                )
                for task in tasks
            ),
        ),
    ]


def _agencies(facts: Facts) -> Block:
    return Block(
        kind=BlockKind.TABLE,
        key="agencies-table",
        text="Kết quả theo cơ quan",
        columns=("TT", "Cơ quan", "Số việc", "Hoàn thành", "Quá hạn", "Kế hoạch riêng"),
        rows=tuple(
            (
                place,
                each.name,
                each.duties,
                each.done,
                each.overdue,
                {True: "Có", False: "Chưa", None: "Không yêu cầu"}[each.has_plan],
            )
            for place, each in enumerate(facts.agencies, start=1)
        ),
    )


def _targets(facts: Facts) -> list[Block]:
    known = [line for line in facts.targets if line.gap is not None]
    reached = [line for line in known if line.gap is not None and line.gap >= 0]
    words = (
        f"Có {len(reached)}/{len(facts.targets)} cơ quan đạt chỉ tiêu hồ sơ giải quyết trực tuyến "
        "năm 2024 theo Phụ lục của Kế hoạch, tính đến thời điểm báo cáo."
        if known
        else "Tại thời điểm lập báo cáo chưa có số liệu chỉ tiêu theo Phụ lục của Kế hoạch."
    )
    columns = (
        "TT", "Cơ quan/Đơn vị", "Kết quả năm trước", "Chỉ tiêu", "Trực tuyến", "Tổng số hồ sơ",
        "Đạt được", "Chênh lệch", "Dự báo cả năm",
    )  # fmt: skip
    return [
        _heading("III", "III. CHỈ TIÊU HỒ SƠ GIẢI QUYẾT TRỰC TUYẾN"),
        _paragraph("targets", words),
        Block(
            kind=BlockKind.TABLE,
            key="targets-table",
            text="Chỉ tiêu hồ sơ giải quyết trực tuyến của các cơ quan, đơn vị",
            columns=columns,
            rows=tuple(
                (
                    place,
                    line.agency,
                    percent(line.baseline),
                    percent(line.target),
                    NO_DATA if line.numerator is None else line.numerator,
                    NO_DATA if line.denominator is None else line.denominator,
                    percent(line.actual),
                    percent(line.gap, sign=True),
                    percent(line.forecast),
                )
                for place, line in enumerate(facts.targets, start=1)
            ),
        ),
    ]


def _difficulties(facts: Facts) -> list[Block]:
    ended = sum(each.is_ended for each in facts.obstacles)
    late = sum(each.is_late for each in facts.obstacles)
    words = (
        f"Các cơ quan đã nêu {len(facts.obstacles)} khó khăn, vướng mắc; {ended} đã giải quyết "
        f"xong, {late} quá hạn trả lời."
        if facts.obstacles
        else "Trong kỳ không có khó khăn, vướng mắc nào được nêu."
    )
    blocks = [
        _heading("IV", "IV. KHÓ KHĂN, VƯỚNG MẮC"),
        _paragraph("difficulties", words),
    ]
    if facts.obstacles:
        blocks.append(
            Block(
                kind=BlockKind.TABLE,
                key="obstacles-table",
                text="Khó khăn, vướng mắc và kết quả giải quyết",
                columns=(
                    "TT", "Nội dung", "Cơ quan nêu", "Liên quan", "Cơ quan giải quyết",
                    "Tình trạng", "Trả lời",
                ),
                rows=tuple(
                    (
                        place, each.title, each.agency, each.about, each.solver, each.state,
                        _shortened(each.answer),
                    )
                    for place, each in enumerate(facts.obstacles, start=1)
                ),
            )
        )  # fmt: skip
    return blocks


def _next(facts: Facts) -> list[Block]:
    words = (
        f"Tiếp tục thực hiện {len({each.clause for each in facts.next})} nhiệm vụ còn phải báo "
        "cáo trong kỳ tới; ưu tiên các việc đã quá hạn và các cơ quan chưa báo cáo."
        if facts.next
        else "Tiếp tục đôn đốc các cơ quan hoàn thành những việc còn lại của Kế hoạch."
    )
    blocks = [
        _heading("V", "V. NHIỆM VỤ TRONG THỜI GIAN TỚI"),
        _paragraph("next", words),
    ]
    if facts.next:
        blocks.append(
            Block(
                kind=BlockKind.TABLE,
                key="next-table",
                text="Việc phải báo cáo trong kỳ tới",
                columns=("Mục", "Nhiệm vụ", "Số cơ quan", "Hạn báo cáo"),
                rows=tuple(
                    (each.clause, _shortened(each.wording), each.owners, _day(each.due_on))
                    for each in facts.next
                ),
            )
        )
    return blocks


def _heading(key: str, words: str, *, small: bool = False) -> Block:
    return Block(kind=BlockKind.HEADING, key=f"{'h2' if small else 'h1'}-{key}", text=words)


def _paragraph(key: str, words: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, key=key, text=words)


def _shortened(words: str, most: int = 160) -> str:
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]}…"


def _day(on: date) -> str:
    return on.strftime("%d/%m/%Y")


def _moment(at: datetime) -> str:
    return at.astimezone(CITY_TIME).strftime("%H giờ %M, ngày %d/%m/%Y")
