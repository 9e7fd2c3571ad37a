"""`motcua catalogue search`: finding a procedure as people find it on the portal."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import surroundings
from .terminal import say

if TYPE_CHECKING:
    from motcua.procedures.queries import Found

_WHERE = {"here": "nộp trực tuyến tại đây", "elsewhere": "nộp ở Cổng Dịch vụ công quốc gia"}


def search(
    words: Annotated[
        str,
        typer.Argument(
            metavar="TỪ",
            help="Có dấu hay không dấu đều được; “-”: đọc từ đầu vào, mỗi dòng một câu tìm.",
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="In ra JSON, mỗi câu tìm một đối tượng trên một dòng.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Số thủ tục in ra.")] = 10,
) -> None:
    """Tìm thủ tục như người dân tìm: không dấu, viết tắt, lời thường ngày."""
    with surroundings.database_at_hand():
        from motcua.kernel import clock
        from motcua.procedures import queries

        on = clock.today()
        for asked in _lines() if words == "-" else [words]:
            found = queries.find(asked, on, limit=limit)
            if as_json:
                typer.echo(json.dumps(_told(asked, found), ensure_ascii=False))
            else:
                _say(found)


def _lines() -> Iterator[str]:
    return (line.strip() for line in sys.stdin if line.strip())


def _told(asked: str, found: "Found") -> dict[str, Any]:
    return {
        "query": asked,
        "total": found.total,
        "explanation": str(found.explanation),
        "hits": [asdict(hit) for hit in found.hits],
    }


def _say(found: "Found") -> None:
    if explanation := str(found.explanation):
        say(explanation)
    if not found.hits:
        say("Không tìm thấy thủ tục nào.")
    for hit in found.hits:
        where = _WHERE.get(hit.online, "nộp trực tiếp")
        if hit.elsewhere:
            where = f"nộp ở {hit.elsewhere}"
        say(f"{hit.code}  {hit.name} [{hit.field}; {where}]")
    if found.total > len(found.hits):
        say(f"Còn {found.total - len(found.hits)} thủ tục khác; thêm --limit để xem.")
