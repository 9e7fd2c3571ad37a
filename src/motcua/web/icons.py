"""The icon shapes, read once from the design's sprite. An icon never stands without a word."""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree

SPRITE = Path(__file__).parent / "design" / "icons.svg"
_SVG = "http://www.w3.org/2000/svg"


class UnknownIcon(Exception):
    """The design has no icon of this name."""


@cache
def shapes() -> dict[str, str]:
    """Return the inside of each icon's `<svg>`, by name."""
    ElementTree.register_namespace("", _SVG)
    sprite = ElementTree.parse(SPRITE).getroot()  # noqa: S314 - a file of ours, not somebody's
    return {symbol.attrib["id"]: _inside(symbol) for symbol in sprite}


def shape(name: str) -> str:
    """
    Return the inside of one icon's `<svg>`.

    :raises UnknownIcon: if the design does not have it
    """
    try:
        return shapes()[name]
    except KeyError:
        raise UnknownIcon(f"no icon {name!r} in {SPRITE.name}") from None


def _inside(symbol: ElementTree.Element) -> str:
    parts = (ElementTree.tostring(part, encoding="unicode") for part in symbol)
    return "".join(part.strip().replace(f' xmlns="{_SVG}"', "") for part in parts)
