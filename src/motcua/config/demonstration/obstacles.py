"""What agencies said stands in their way: some helped, some late, one brought to the city."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from motcua.kernel.clock import CITY_TIME
from motcua.offices.models import Agency
from motcua.plans import services
from motcua.plans.models import Obstacle, Plan

from .cast import Cast
from .people import COMMUNICATIONS, DISTRICT

# A moment, and what was done then.
Told = tuple[datetime, Callable[[datetime], None]]

_FINANCE, _JUSTICE = "Sở Tài chính", "Sở Tư pháp"


@dataclass(frozen=True, kw_only=True)
class _Obstacle:
    """An obstacle as far as it went, with the days after which each step came."""

    raised: tuple[int, int]  # month and day
    agency: str
    clause: str
    title: str
    words: str
    solver: str = ""  # routed to, the day after; empty: not yet
    answer: str = ""
    answered_after: int = 5
    closed_after: int | None = None
    escalated: str = ""
    escalated_after: int = 6


_OBSTACLES = (
    _Obstacle(
        raised=(5, 6),
        agency=DISTRICT,
        clause="II.1.h",
        title="Chưa có nguồn kinh phí mua máy quét cho Bộ phận Một cửa",
        words=(
            "Công văn 852/UBND-KGVX giao mua sắm trong tháng 4, nhưng dự toán của quận chưa có mục "
            "chi này. Đề nghị hướng dẫn nguồn kinh phí."
        ),
        solver=_FINANCE,
        answer="Bố trí từ nguồn chi thường xuyên đã giao; trình tự theo hướng dẫn gửi kèm.",
        closed_after=9,
    ),
    _Obstacle(
        raised=(8, 6),
        agency="Ủy ban nhân dân huyện Phong Điền",
        clause="II.1.l",
        title="Một số ấp chưa có sóng di động ổn định",
        words="Ba ấp không nhận được tin nhắn mã xác thực nên người dân không đăng nhập được.",
        solver=COMMUNICATIONS,
        answer="Doanh nghiệp viễn thông đặt thêm hai trạm, phát sóng từ ngày 12 tháng 8.",
        closed_after=14,
    ),
    _Obstacle(
        raised=(9, 20),
        agency=_JUSTICE,
        clause="II.2.b",
        title="Người dân chưa có chữ ký số cá nhân",
        words=(
            "Nhiều hồ sơ phải nộp thêm bản giấy vì người nộp không có chữ ký số. Đề nghị hướng dẫn "
            "dùng chữ ký số trên nền tảng di động."
        ),
        solver=COMMUNICATIONS,
    ),
    _Obstacle(
        raised=(10, 1),
        agency="Sở Xây dựng",
        clause="II.1.c",
        title="Chưa thống nhất bỏ bản vẽ giấy với hồ sơ cấp phép xây dựng",
        words="Quận, huyện yêu cầu bản vẽ giấy, sở nhận bản điện tử. Đề nghị quy định chung.",
        solver=_JUSTICE,
        escalated="Việc liên quan nhiều sở và quận, huyện, cần Ủy ban nhân dân thành phố quyết.",
    ),
    _Obstacle(
        raised=(10, 2),
        agency="Sở Giáo dục và Đào tạo",
        clause="II.5",
        title="Chưa có tài liệu tuyên truyền dùng chung cho các trường",
        words="Mỗi trường tự soạn, nội dung không giống nhau. Đề nghị cung cấp tài liệu chung.",
        solver=COMMUNICATIONS,
        answer="Đã gửi bộ tài liệu và ba đoạn phim hướng dẫn qua trục văn bản của thành phố.",
    ),
    _Obstacle(
        raised=(10, 11),
        agency="Ủy ban nhân dân quận Bình Thủy",
        clause="II.1.a",
        title="Thiếu thiết bị đọc mã QR thẻ căn cước ở hai phường",
        words="Thiết bị hỏng, công chức phải nhập tay. Đề nghị cấp hoặc cho mượn thiết bị.",
    ),
)


def obstacles_of_the_year(plan: Plan, cast: Cast) -> Iterator[Told]:
    """Return each step of each obstacle with its moment, for whoever tells the plan's year."""
    for obstacle in _OBSTACLES:
        month, day = obstacle.raised
        raised_at = datetime(2024, month, day, 9, 30, tzinfo=CITY_TIME).astimezone(UTC)
        for days, act in _steps_of(obstacle):
            yield raised_at + timedelta(days=days), partial(act, obstacle, plan, cast)


def _steps_of(obstacle: _Obstacle) -> Iterator[tuple[int, Callable[..., None]]]:
    yield 0, _raise
    if obstacle.solver:
        yield 1, _route
    if obstacle.answer:
        yield obstacle.answered_after, _answer
    if obstacle.closed_after is not None:
        yield obstacle.closed_after, _close
    if obstacle.escalated:
        yield obstacle.escalated_after, _escalate


def _raise(obstacle: _Obstacle, plan: Plan, cast: Cast, at: datetime) -> None:
    services.raise_obstacle(
        plan_id=plan.pk,
        agency_id=Agency.objects.get(name=obstacle.agency).pk,
        mandate=cast.by_agency[obstacle.agency],
        title=obstacle.title,
        words=obstacle.words,
        clause=obstacle.clause,
        at=at,
    )


def _route(obstacle: _Obstacle, plan: Plan, cast: Cast, at: datetime) -> None:
    services.route_obstacle(
        obstacle_id=_id_of(obstacle, plan),
        mandate=cast.keeper,
        solver_id=Agency.objects.get(name=obstacle.solver).pk,
        at=at,
    )


def _answer(obstacle: _Obstacle, plan: Plan, cast: Cast, at: datetime) -> None:
    services.answer_obstacle(
        obstacle_id=_id_of(obstacle, plan),
        mandate=cast.by_agency[obstacle.solver],
        words=obstacle.answer,
        at=at,
    )


def _close(obstacle: _Obstacle, plan: Plan, cast: Cast, at: datetime) -> None:
    services.close_obstacle(
        obstacle_id=_id_of(obstacle, plan), mandate=cast.by_agency[obstacle.agency], at=at
    )


def _escalate(obstacle: _Obstacle, plan: Plan, cast: Cast, at: datetime) -> None:
    services.escalate_obstacle(
        obstacle_id=_id_of(obstacle, plan), mandate=cast.keeper, words=obstacle.escalated, at=at
    )


def _id_of(obstacle: _Obstacle, plan: Plan) -> int:
    return Obstacle.objects.get(plan=plan, title=obstacle.title).pk
