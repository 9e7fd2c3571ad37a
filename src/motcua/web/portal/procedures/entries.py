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
_EVENT_PICTURES = {
    "birth": "baby",
    "marriage": "heart",
    "death": "candle",
    "documents": "stamp",
    "identity": "id",
    "school": "school",
    "work": "work",
    "business": "shop",
    "housing": "home",
    "vehicle": "car",
    "health": "shield",
    "hardship": "hand",
    "elderly": "users",
    "farming": "land",
    "foreigners": "globe",
}


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


def event_icon(key: str) -> str:
    """Return the icon of a life event."""
    return _EVENT_PICTURES.get(key, "flag")


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A procedure where little room is: its name and what it is for."""

    code: str
    name: str
    summary: str
    icon: str
    tone: str


def tiles(versions: Iterable[Version]) -> list[Tile]:
    """Return procedures as they stand where little room is."""
    shown = []
    for version in versions:
        icon, tone = picture_of(version.field_name)
        shown.append(
            Tile(
                code=version.code,
                name=version.name,
                summary=version.summary,
                icon=icon,
                tone=tone,
            )
        )
    return shown
