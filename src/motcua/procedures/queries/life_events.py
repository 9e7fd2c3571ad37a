"""What is asked for most (data/common.yaml) and what an event of life calls for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from motcua.procedures.definitions import InvalidDefinition, read_yaml

DATA = Path(__file__).parents[1] / "data"
_CODE = re.compile(r"[0-9]\.[0-9]{6}")
_KEY = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass(frozen=True)
class LifeEvent:
    """Something that happens in a life or a business, and the procedures it calls for."""

    key: str
    name: str
    hint: str
    codes: tuple[str, ...]  # national ones, published here or not


@cache
def life_events() -> tuple[LifeEvent, ...]:
    """Return the events of life in the order of the data."""
    path = DATA / "life-events.yaml"
    return read_life_events(path.read_bytes(), source=path.name)


@cache
def common_ranks() -> Mapping[str, int]:
    """Return the codes asked for most, each with its place, from 0."""
    path = DATA / "common.yaml"
    return read_common_ranks(path.read_bytes(), source=path.name)


def read_life_events(content: bytes, *, source: str) -> tuple[LifeEvent, ...]:
    """
    Read the events.

    :raises InvalidDefinition: if one lacks key, name, hint or codes, or something is said twice
    """
    told = read_yaml(content, source=source)
    if not isinstance(told, list) or not told:
        raise InvalidDefinition([f"{source}: cần một danh sách không rỗng."])
    problems: list[str] = []
    events = []
    for place, each in enumerate(told, start=1):
        at = f"{source}: mục {place}"
        if not isinstance(each, dict) or set(each) != {"key", "name", "hint", "codes"}:
            problems.append(f"{at}: cần đúng key, name, hint, codes.")
            continue
        texts = [each["key"], each["name"], each["hint"]]
        if not all(isinstance(text, str) and text.strip() for text in texts):
            problems.append(f"{at}: key, name, hint phải là chữ.")
            continue
        if not _KEY.fullmatch(each["key"]):
            problems.append(f"{at}: key «{each['key']}» phải là chữ thường không dấu.")
        codes = _codes(each["codes"], at, problems)
        events.append(LifeEvent(each["key"], each["name"], each["hint"], codes))
    if len({event.key for event in events}) < len(events):
        problems.append(f"{source}: có key viết hai lần.")
    if problems:
        raise InvalidDefinition(problems)
    return tuple(events)


def read_common_ranks(content: bytes, *, source: str) -> Mapping[str, int]:
    """
    Read the codes.

    :raises InvalidDefinition: if one is none, or stands there twice
    """
    told = read_yaml(content, source=source)
    if not isinstance(told, dict) or set(told) != {"codes"}:
        raise InvalidDefinition([f"{source}: cần đúng codes."])
    problems: list[str] = []
    codes = _codes(told["codes"], source, problems)
    if problems:
        raise InvalidDefinition(problems)
    return {code: rank for rank, code in enumerate(codes)}


def _codes(told: Any, at: str, problems: list[str]) -> tuple[str, ...]:
    if not isinstance(told, list) or not told:
        problems.append(f"{at}: codes phải là một danh sách không rỗng.")
        return ()
    wrong = [str(code) for code in told if not _CODE.fullmatch(str(code))]
    if wrong:
        problems.append(f"{at}: không phải mã thủ tục: {', '.join(wrong)}.")
    if len(set(map(str, told))) < len(told):
        problems.append(f"{at}: có mã viết hai lần.")
    return tuple(map(str, told))
