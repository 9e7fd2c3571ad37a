"""Data files as people write them: YAML, read into a shape and checked whole, or refused."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

Shape = TypeVar("Shape")


class InvalidDataFile(Exception):
    """A data file is read whole or not at all."""


def read_data_file(
    path: Path,
    shape: type[Shape],
    *,
    faults: Callable[[Shape], Iterable[str]] = lambda _told: (),
    refused: type[Exception] = InvalidDataFile,
) -> Shape:
    """
    Return what the file says; `faults` tells what else is wrong with it, each as "$.path: what".

    :raises refused: naming the file, and the path inside it, of all that is wrong
    """
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        told = msgspec.convert(written, shape)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise refused(f"{path.name}: {error}") from error
    if found := [*_unnormalised(written, "$"), *faults(told)]:
        raise refused("\n".join(f"{path.name}: {fault}" for fault in found))
    return told


def _unnormalised(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _unnormalised(inner, f"{at}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unnormalised(inner, f"{at}[{index}]")
    elif isinstance(value, str) and not unicodedata.is_normalized("NFC", value):
        yield f"{at}: {value!r} is not NFC; save the file with composed letters"
