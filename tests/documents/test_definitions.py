import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.documents.definitions import (
    PIXELS_MAX,
    FileIsDamaged,
    FileIsEmpty,
    FileIsPasswordProtected,
    FileIsTooBig,
    FileRefused,
    FileTypeIsNotAccepted,
    check_content,
)
from tests.documents.papers import ALL_KINDS, JPEG, PDF, PNG, a_pdf, a_picture, a_pixel_bomb

ENOUGH = 10_000_000


def check(content: bytes, accepts: frozenset[str] = ALL_KINDS, bytes_max: int = ENOUGH) -> str:
    return check_content(content, accepts=accepts, bytes_max=bytes_max)


def refusal_of(content: bytes, *, bytes_max: int = ENOUGH) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        check(content, bytes_max=bytes_max)
    return refused.value


class TestCheckContent:
    @pytest.mark.parametrize(
        ("content", "kind"), [(a_pdf(), PDF), (a_picture(JPEG), JPEG), (a_picture(PNG), PNG)]
    )
    def test_tells_the_kind_by_the_bytes(self, content, kind):
        assert check(content) == kind

    def test_refuses_nothing_at_all(self):
        with pytest.raises(FileIsEmpty, match="không có nội dung"):
            check(b"")

    def test_takes_what_is_just_small_enough_and_refuses_a_byte_more(self):
        content = a_picture()

        assert check(content, bytes_max=len(content)) == PNG
        with pytest.raises(FileIsTooBig, match="MB"):
            check(content, bytes_max=len(content) - 1)

    def test_names_the_size_that_is_allowed(self):
        assert "10 MB" in str(refusal_of(b"x" * (ENOUGH + 1)))

    @pytest.mark.parametrize(
        "content",
        [
            b"MZ\x90\x00" + b"\0" * 100,
            b"PK\x03\x04 a document of a word processor",
            b"<html><script>alert(1)</script></html>",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"GIF89a" + b"\0" * 100,
            b"\n\n%PDF-1.7 behind two lines",
            "Tôi là một tệp văn bản.".encode(),
        ],
    )
    def test_refuses_other_kinds(self, content):
        with pytest.raises(FileTypeIsNotAccepted, match="PDF, JPG, PNG"):
            check(content)

    def test_refuses_a_kind_that_is_not_asked_for_here_and_says_which_is(self):
        with pytest.raises(FileTypeIsNotAccepted) as refused:
            check(a_picture(), frozenset({PDF}))

        assert "PDF" in str(refused.value)
        assert "PNG" not in str(refused.value)

    @pytest.mark.parametrize("content", [a_pdf(), a_picture(JPEG), a_picture(PNG)])
    @pytest.mark.parametrize("kept", [0.02, 0.3, 0.5, 0.9])
    def test_refuses_what_breaks_off(self, content, kept):
        with pytest.raises(FileIsDamaged, match="bị hỏng"):
            check(content[: int(len(content) * kept)])

    @pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"])
    def test_refuses_a_good_beginning_with_rubbish_behind(self, start):
        with pytest.raises(FileIsDamaged):
            check(start + random.Random(7).randbytes(5000))

    def test_refuses_a_pdf_that_ends_well_and_holds_nothing(self):
        with pytest.raises(FileIsDamaged):
            check(b"%PDF-1.7\n%%EOF\n")

    def test_refuses_a_pdf_without_pages(self):
        with pytest.raises(FileIsDamaged):
            check(a_pdf(pages=0))

    def test_refuses_a_pdf_under_a_password(self):
        with pytest.raises(FileIsPasswordProtected, match="mật khẩu"):
            check(a_pdf(password="bi-mat"))

    @pytest.mark.parametrize("height", [PIXELS_MAX // 10_000 + 1, 50_000, 2_000_000])
    def test_refuses_a_picture_of_too_many_pixels_before_unpacking_it(self, height):
        with pytest.raises(FileIsTooBig, match="50 triệu điểm ảnh"):
            check(a_pixel_bomb(10_000, height))

    def test_says_something_else_for_each_reason(self):
        refusals = [
            refusal_of(b""),
            refusal_of(a_picture(), bytes_max=10),
            refusal_of(b"MZ"),
            refusal_of(a_picture()[:100]),
            refusal_of(a_pdf(password="bi-mat")),
            refusal_of(a_pixel_bomb(60_000, 60_000)),
        ]

        assert len({str(refusal) for refusal in refusals}) == len(refusals)
        assert all("Ông/Bà" in str(refusal) for refusal in refusals)

    def test_takes_a_picture_with_a_pdf_hidden_behind_it_for_a_picture(self):
        assert check(a_picture(PNG) + a_pdf()) == PNG


def outcome_of(content: bytes) -> str:
    """Return the kind, or that it was refused; anything else that is raised fails the test."""
    try:
        return check(content)
    except FileRefused:
        return "refused"


SEEDS = [a_pdf(), a_picture(JPEG), a_picture(PNG)]


@settings(max_examples=300)
@given(
    seed=st.sampled_from(SEEDS),
    wounds=st.lists(
        st.tuples(st.floats(0, 1), st.binary(min_size=0, max_size=6), st.integers(0, 30)),
        min_size=1,
        max_size=6,
    ),
)
def test_a_wounded_file_is_taken_or_refused_with_a_sentence_and_nothing_else(seed, wounds):
    content = seed
    for place, written, lost in wounds:
        at = 8 + int(place * max(len(content) - 8, 0))
        content = content[:at] + written + content[at + lost :]

    assert outcome_of(content) in ALL_KINDS | {"refused"}
