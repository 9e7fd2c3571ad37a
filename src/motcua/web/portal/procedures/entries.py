"""A procedure as it stands in a list: one big link, and what must be known before following it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definitions import Version
from motcua.procedures.queries import Hit
from motcua.web.words import Words

# Pictures for the fields that people know; any other has the plain sheet.
_PICTURES = {
    "hộ tịch": ("baby", ""),
    "chứng thực": ("stamp", "sun"),
    "hộ kinh doanh": ("shop", "lotus"),
    "doanh nghiệp": ("shop", "lotus"),
    "đất đai": ("land", "sun"),
    "cư trú": ("home", ""),
    "căn cước": ("id", ""),
    "xây dựng": ("home", "sun"),
    "nhà ở": ("home", "sun"),
    "giấy phép lái xe": ("car", ""),
    "phương tiện": ("car", ""),
    "lý lịch tư pháp": ("shield", ""),
    "nghèo": ("heart", "lotus"),
    "bảo trợ": ("heart", "lotus"),
    "bhxh": ("heart", ""),
    "bhyt": ("heart", ""),
    "thuế": ("money", "sun"),
    "lao động": ("work", ""),
    "con nuôi": ("users", "lotus"),
}
_EVENT_PICTURES = (
    ("sinh", "baby"),
    ("con", "baby"),
    ("kết hôn", "heart"),
    ("cưới", "heart"),
    ("mất", "candle"),
    ("qua đời", "candle"),
    ("nhà", "home"),
    ("đất", "land"),
    ("kinh doanh", "shop"),
    ("buôn bán", "shop"),
    ("doanh nghiệp", "shop"),
    ("xe", "car"),
    ("học", "school"),
    ("việc làm", "work"),
    ("giấy tờ", "id"),
)


@dataclass(frozen=True, kw_only=True)
class Way:
    """Whether a procedure can be done online, as words, a shape and a colour."""

    words: Words
    icon: str
    tone: str


WAYS = {
    "here": Way(words=_("Nộp được ở đây"), icon="check", tone="ontime"),
    "elsewhere": Way(words=_("Nộp trên trang khác"), icon="globe", tone="river"),
    "in_person": Way(words=_("Chỉ nộp trực tiếp"), icon="pin", tone="sun"),
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A procedure in a list."""

    code: str
    name: str
    summary: str
    field_name: str
    settled_by: str
    why: str  # which of its other names was meant; empty: its own
    way: Way | None
    icon: str
    tone: str


def entry(hit: Hit) -> Entry:
    """Return what was found as it stands in a list."""
    icon, tone = picture_of(hit.field)
    return Entry(
        code=hit.code,
        name=hit.name,
        summary=hit.summary,
        field_name=hit.field,
        settled_by=hit.settled_by,
        why=hit.why,
        way=WAYS.get(hit.online),
        icon=icon,
        tone=tone,
    )


def picture_of(field_name: str) -> tuple[str, str]:
    """Return the icon and the tone of a field."""
    field = field_name.casefold()
    return next((look for word, look in _PICTURES.items() if word in field), ("doc", ""))


def event_icon(name: str) -> str:
    """Return the icon of a life event, by the words of its name."""
    folded = name.casefold()
    return next((icon for word, icon in _EVENT_PICTURES if word in folded), "flag")


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A procedure on the first page: its name and what it is for."""

    code: str
    name: str
    summary: str
    icon: str
    tone: str


def tiles(versions: Iterable[Version]) -> list[Tile]:
    """Return procedures as they stand on the first page."""
    return [
        Tile(
            code=version.code,
            name=version.name,
            summary=version.summary,
            icon=picture_of(version.field_name)[0],
            tone=picture_of(version.field_name)[1],
        )
        for version in versions
    ]
