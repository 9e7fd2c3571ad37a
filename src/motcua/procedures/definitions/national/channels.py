"""How to file: the channel, time and fee of each row, out of cells that were run together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from motcua.kernel import text
from motcua.procedures.definitions.version import Channel

from .fees import CURRENCY, read_fee, split_run
from .plain import CAPITAL, NOTHING, cell
from .procedure import (
    Mark,
    NationalChannel,
    NationalFee,
    NationalLimit,
    TimeUnit,
    worst_of,
)

HEADER = re.compile(r"\s*Hình thức nộp\s*Thời gian\s*Phí, lệ phí\s*Mô tả\s*")
_CHANNELS = {
    "Trực tuyến": Channel.ONLINE,
    "Dịch vụ bưu chính": Channel.POST,
    "Trực tiếp": Channel.DIRECT,
}
_UNITS = {
    "Ngày làm việc": TimeUnit.WORKING_DAY,
    "Giờ làm việc": TimeUnit.WORKING_HOUR,
    "Ngày": TimeUnit.DAY,
    "Giờ": TimeUnit.HOUR,
    "Phút": TimeUnit.MINUTE,
    "Tuần": TimeUnit.WEEK,
    "Tháng": TimeUnit.MONTH,
    "Năm": TimeUnit.YEAR,
}
_WORD = "|".join(_CHANNELS)
_FEE = rf"Miễn phí|{NOTHING}|\d[\d.,]* {CURRENCY}"
FREE_TIME_CHARACTERS_MAX = 200

# A row begins where a channel and its time stand without a gap; in a sentence there is one.
_ROW = re.compile(
    rf"(?P<channel>{_WORD})"
    rf"(?:(?P<amount>[0-9]+(?:[.,][0-9]+)?) ?(?P<unit>{'|'.join(_UNITS)})"
    rf"|(?P<bare>\d+)(?=Miễn phí|{NOTHING})"
    rf"|(?P<run>\d[\d,]*)(?= {CURRENCY})"
    rf"|(?P<none>{NOTHING})(?={_FEE}))"
)
# Where the first time is a sentence, those of the other rows may be too.
_ROW_OR_SENTENCE = re.compile(
    rf"{_ROW.pattern}"
    rf"|(?P<channel_>{_WORD})"
    rf"(?P<sentence>[{CAPITAL}](?:(?!{_WORD})[^\n]){{0,{FREE_TIME_CHARACTERS_MAX}}}?)"
    rf"(?={_FEE})"
)


@dataclass(frozen=True, kw_only=True)
class Channels:
    """The rows, and how far they, their times and their fees were read."""

    rows: tuple[NationalChannel, ...]
    mark: Mark
    time: Mark
    fees: Mark


def read_channels(original: dict[str, Any], key: str) -> Channels:
    """Read the table of how to file."""
    printed, mark = cell(original, key)
    if not printed:
        return Channels(rows=(), mark=mark, time=mark, fees=mark)
    header = HEADER.match(printed)
    body = printed[header.end() :] if header else printed
    if not body.strip():
        return Channels(rows=(), mark=Mark.ABSENT, time=Mark.ABSENT, fees=Mark.ABSENT)
    begins = list(_ROW.finditer(body))
    if not begins or begins[0].start():
        begins = list(_ROW_OR_SENTENCE.finditer(body))
    if not header or not begins or begins[0].start():
        return Channels(rows=(), mark=Mark.UNREAD, time=Mark.UNREAD, fees=Mark.UNREAD)
    rows = list(_rows(body, begins))
    return Channels(
        rows=tuple(row for row, _time, _fees in rows),
        mark=Mark.READ,
        time=worst_of([time for _row, time, _fees in rows]),
        fees=worst_of([fees for _row, _time, fees in rows]),
    )


def _rows(body: str, begins: list[re.Match[str]]) -> Iterator[tuple[NationalChannel, Mark, Mark]]:
    ends = [match.start() for match in begins[1:]] + [len(body)]
    for begin, end in zip(begins, ends, strict=True):
        found = begin.groupdict()
        rest = body[begin.end() : end]
        if found["run"]:
            limits, time, fees, fee_mark, rest = _run(found["run"], rest)
        else:
            limits, time = _limits(found)
            fees, fee_mark, rest = read_fee(rest)
        channel = _CHANNELS[found["channel"] or found["channel_"]]
        yield (
            NationalChannel(channel=channel, limits=limits, fees=fees, note=text.clean_lines(rest)),
            time,
            fee_mark,
        )


def _limits(found: dict[str, Any]) -> tuple[tuple[NationalLimit, ...], Mark]:
    if found["none"]:
        return (), Mark.ABSENT
    amount = found["amount"] or found["bare"]
    # No time at all is no limit, whatever it was meant to say.
    if not amount or not float(amount.replace(",", ".")):
        return (), Mark.UNREAD
    unit = _UNITS[found["unit"]] if found["unit"] else TimeUnit.NOT_STATED
    return (NationalLimit(amount=amount.replace(",", "."), unit=unit),), Mark.READ


def _run(
    run: str, rest: str
) -> tuple[tuple[NationalLimit, ...], Mark, tuple[NationalFee, ...], Mark, str]:
    """Part a time without unit from the amount of money it was run together with."""
    parted = split_run(run, rest)
    if parted is None:
        return (), Mark.UNREAD, (), Mark.UNREAD, f"{run}{rest}"
    time, amount = parted
    fees, mark, rest = read_fee(f"{amount}{rest}")
    limit = NationalLimit(amount=time, unit=TimeUnit.NOT_STATED)
    return (limit,), Mark.READ, fees, mark, rest
