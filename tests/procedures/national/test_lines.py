import io
import json
import tracemalloc

import pytest

from motcua.procedures.definitions.national import BadLine, canonical, digest_of, read_lines
from motcua.procedures.definitions.national.lines import LINE_BYTES_MAX

from .builders import a_list, an_original


class _Endless(io.RawIOBase):
    """One line of so many megabytes that nobody holds, then a sound one."""

    def __init__(self, megabytes: int) -> None:
        self._left = megabytes * 1024**2
        self._rest = a_list(an_original())

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self._left:
            size = min(len(buffer), self._left)
            buffer[:size] = b"x" * size
            self._left -= size
            if not self._left:
                buffer[size - 1] = ord("\n")
            return size
        found = self._rest.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


def reasons(*lines: bytes) -> list[tuple[int, str]]:
    return [
        (number, found.reason)
        for number, found in read_lines(a_list(*lines))
        if isinstance(found, BadLine)
    ]


class TestReadLines:
    def test_gives_each_object_with_its_number(self):
        first, second = an_original(), an_original(ma_thu_tuc="9.000002")

        assert list(read_lines(a_list(first, b"  ", second))) == [(1, first), (3, second)]

    def test_takes_a_byte_order_mark_and_windows_line_ends(self):
        line = json.dumps(an_original()).encode()

        assert list(read_lines(io.BytesIO(b"\xef\xbb\xbf" + line + b"\r\n"))) == [
            (1, an_original())
        ]

    @pytest.mark.parametrize(
        ("line", "word"),
        [
            (b'{"ma_thu_tuc": "9.0000', "cắt cụt"),
            ('{"ma_thu_tuc": "mèo"}'.encode("utf-16"), "UTF-8"),
            ('{"ten": "mèo"}'.encode("windows-1258", "replace") + b"\xff", "UTF-8"),
            (b"[1, 2]", "đối tượng"),
            (b'"text"', "đối tượng"),
            (b"null", "đối tượng"),
            (b'{"a": NaN}', "NaN"),
            (b'{"a": -Infinity}', "Infinity"),
            (b'{"a": 1e999}', "không lưu được"),
            (b'{"a": ' + b"9" * 5_000 + b"}", "không lưu được"),
            (b'{"a": 1, "a": 2}', "hai lần"),
            (b'{"a": "\\u0000"}', "NUL"),
            (b'{"a": {"b\\u0000": 1}}', "NUL"),
            (b'{"a": "\\ud800"}', "nửa ký tự"),
            (b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}", "quá sâu"),
            (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "quá sâu"),
        ],
    )
    def test_says_what_is_wrong_and_goes_on(self, line, word):
        found = list(read_lines(a_list(line, an_original())))

        # UTF-16 has line ends of two bytes: its rest is a line of its own.
        bad = [each for _number, each in found if isinstance(each, BadLine)]
        assert word in bad[0].reason
        assert found[-1][1] == an_original()

    def test_refuses_a_line_of_fifty_megabytes_without_holding_it(self):
        tracemalloc.start()
        found = list(read_lines(io.BufferedReader(_Endless(50))))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert [number for number, _each in found] == [1, 2]
        assert "5 MB" in found[0][1].reason
        assert found[1][1] == an_original()
        assert most < 4 * LINE_BYTES_MAX

    def test_of_a_list_in_one_line_without_end_refuses_only_that(self):
        assert reasons(b"x" * (LINE_BYTES_MAX + 10)) == [(1, "dòng dài quá 5 MB")]


class TestDigest:
    def test_is_the_same_whatever_the_order_of_the_keys(self):
        original = an_original()

        assert digest_of(dict(reversed(original.items()))) == digest_of(original)
        assert json.loads(canonical(original)) == original

    def test_is_another_for_another_text(self):
        assert digest_of(an_original()) != digest_of(an_original(linh_vuc="Khác"))
