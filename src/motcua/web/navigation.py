"""What the frames link to. A new screen gets its line here and nowhere else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate, leads_city, works_for_city
from motcua.plans.definitions import agencies_acted_for

from .words import Words

# Lines and menus are known by being the same object: their words wait for a language, and a menu
# that was made before is found again, not compared.
MENUS_MAX = 2000


def _everybody(_mandate: Mandate) -> bool:
    return True


def _receives(mandate: Mandate) -> bool:
    return PostRole.RECEIVER in mandate.roles


def oversees(mandate: Mandate) -> bool:
    """Return whether the officer leads an agency, or works for the committee of the city."""
    return PostRole.LEADER in mandate.roles or works_for_city(mandate)


def _leads_an_agency(mandate: Mandate) -> bool:
    return PostRole.LEADER in mandate.roles and not leads_city(mandate)


def _takes_part_in_the_plan(mandate: Mandate) -> bool:
    return bool(agencies_acted_for(mandate))


def _runs_the_system(mandate: Mandate) -> bool:
    return PostRole.ADMINISTRATOR in mandate.roles


@dataclass(frozen=True, kw_only=True, eq=False)
class Item:
    """A line of a menu: the screen it opens, its words, and which officers it is offered to."""

    label: Words
    url_name: str
    icon: str
    is_for: Callable[[Mandate], bool] = _everybody


@dataclass(frozen=True, kw_only=True, eq=False)
class Link:
    """A line of a menu on one page: where it leads, and whether we are there."""

    label: Words
    href: str
    icon: str
    current: bool
    count: int = 0  # how much there waits; 0 is not shown


PORTAL = (
    Item(label=_("Thủ tục"), url_name="portal:procedures", icon="list"),
    Item(label=_("Tra cứu hồ sơ"), url_name="portal:lookup", icon="search"),
    Item(label=_("Hồ sơ của tôi"), url_name="portal:my-dossiers", icon="inbox"),
    Item(label=_("Công khai"), url_name="portal:disclosures", icon="chart"),
)

DESK = (
    Item(label=_("Hồ sơ của tôi"), url_name="desk:home", icon="list"),
    Item(label=_("Việc cần lưu ý"), url_name="desk:notices", icon="flag"),
    Item(label=_("Tiếp nhận tại quầy"), url_name="desk:counter", icon="hand", is_for=_receives),
    Item(label=_("Tiếp nhận qua bưu chính"), url_name="desk:post", icon="doc", is_for=_receives),
    Item(label=_("Tiếp nhận trực tuyến"), url_name="desk:intake", icon="inbox", is_for=_receives),
    Item(label=_("Trả kết quả"), url_name="desk:returns", icon="check", is_for=_receives),
    Item(label=_("Bàn giao ca"), url_name="desk:shift-new", icon="sync", is_for=_receives),
    Item(label=_("Sổ theo dõi"), url_name="desk:register", icon="doc"),
    Item(label=_("Tìm hồ sơ"), url_name="desk:search", icon="search"),
    Item(label=_("Hàng chờ"), url_name="desk:line", icon="users", is_for=_receives),
    Item(label=_("Phản hồi công khai"), url_name="board:replies", icon="flag"),
)

BOARD = (
    Item(label=_("Chỉ tiêu trực tuyến"), url_name="board:targets", icon="chart", is_for=oversees),
    Item(
        label=_("Cơ quan tôi phụ trách"),
        url_name="board:own-agency",
        icon="flag",
        is_for=_leads_an_agency,
    ),
    # The plan is kept and answered by officers who lead nobody, too.
    Item(
        label=_("Kế hoạch của thành phố"),
        url_name="board:plan",
        icon="list",
        is_for=_takes_part_in_the_plan,
    ),
    Item(label=_("Trễ hạn"), url_name="board:lateness", icon="clock", is_for=oversees),
    Item(label=_("Báo cáo giải quyết"), url_name="board:settlement", icon="doc", is_for=oversees),
    Item(label=_("Chỉ số 766"), url_name="board:index766", icon="chart", is_for=oversees),
    Item(
        label=_("Công khai hằng tháng"),
        url_name="board:publications",
        icon="list",
        is_for=works_for_city,
    ),
    Item(
        label=_("Công bố thủ tục"),
        url_name="board:announcements",
        icon="doc",
        is_for=works_for_city,
    ),
)

CONSOLE = (
    Item(
        label=_("Tình trạng hệ thống"),
        url_name="console:health",
        icon="gear",
        is_for=_runs_the_system,
    ),
    Item(
        label=_("Danh mục quốc gia"),
        url_name="console:national",
        icon="list",
        is_for=_runs_the_system,
    ),
    Item(
        label=_("Lịch làm việc"), url_name="console:calendar", icon="clock", is_for=_runs_the_system
    ),
    Item(
        label=_("Giờ phục vụ, kiosk"),
        url_name="console:service-hours",
        icon="clock",
        is_for=_runs_the_system,
    ),
    Item(label=_("Nạp bảng tính"), url_name="console:tables", icon="doc", is_for=_runs_the_system),
)


@cache
def path_to(url_name: str, *args: str) -> str | None:
    """Return the path of a screen, or None where this installation does not have it."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return None


@lru_cache(maxsize=MENUS_MAX)
def offered(items: tuple[Item, ...], mandate: Mandate | None) -> tuple[Item, ...]:
    """Return the lines that lead the officer somewhere; whoever holds no post is offered none."""
    return tuple(item for item in items if item.is_for(mandate)) if mandate else ()


def links(
    items: Iterable[Item], request: HttpRequest, *, counted: tuple[str, int] | None = None
) -> tuple[Link, ...]:
    """
    Return the menu of this page; the longest path that we are under is the current one.

    `counted` is the name of one screen, and how much there waits.
    """
    items = tuple(items)
    here = max((path for path in _paths(items) if request.path.startswith(path)), default="")
    return _links(items, here, counted)


@cache
def _paths(items: tuple[Item, ...]) -> tuple[str, ...]:
    return tuple(path for item in items if (path := path_to(item.url_name)))


@lru_cache(maxsize=MENUS_MAX)
def _links(items: tuple[Item, ...], here: str, counted: tuple[str, int] | None) -> tuple[Link, ...]:
    name, count = counted or ("", 0)
    return tuple(
        Link(
            label=item.label,
            href=path,
            icon=item.icon,
            current=path == here,
            count=count if item.url_name == name else 0,
        )
        for item in items
        if (path := path_to(item.url_name))
    )
