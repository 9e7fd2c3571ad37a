import hashlib
import unicodedata

import pytest
from django.db import transaction

from motcua.documents import queries, services
from motcua.documents.definitions import JPEG, PNG
from motcua.documents.models import StoredFile
from tests.builders import NOW, an_account
from tests.documents.papers import ALL_KINDS, a_pdf, a_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelves(settings, tmp_path):
    """Empty shelves for the bytes, so that a test can look at all that lies there."""
    settings.FILES_DIR = tmp_path
    return tmp_path


def store(content: bytes | None = None, name: str = "giay-chung-sinh.png") -> StoredFile:
    return services.store_file(
        content=content or a_picture(), name=name, accepts=ALL_KINDS, by=an_account(), at=NOW
    )


class TheActFailed(Exception):
    """Whatever the file was for came to nothing."""


@transaction.atomic
def store_and_fail(content: bytes) -> None:
    store(content)
    raise TheActFailed


def on(shelves) -> list[str]:
    return sorted(path.name for path in shelves.rglob("*") if path.is_file())


class TestStoreFile:
    def test_writes_down_what_was_handed_in_by_whom_and_when(self):
        content, account = a_picture(), an_account()

        file = services.store_file(
            content=content, name="Giấy chứng sinh.png", accepts=ALL_KINDS, by=account, at=NOW
        )

        file.refresh_from_db()
        assert file.name == "Giấy chứng sinh.png"
        assert file.media_type == "image/png"
        assert file.size_bytes == len(content)
        assert file.digest == hashlib.sha256(content).hexdigest()
        assert (file.stored_by, file.stored_at) == (account, NOW)
        assert queries.content_of(file) == content

    def test_keeps_equal_bytes_once_and_a_row_for_each_hand(self, shelves):
        content = a_picture()

        first, second = store(content), store(content)

        assert first.pk != second.pk
        assert on(shelves) == [first.digest]

    def test_leaves_nothing_behind_when_it_refuses(self, shelves):
        with pytest.raises(services.FileTypeIsNotAccepted):
            store(b"MZ, a program")

        assert on(shelves) == []
        assert not StoredFile.objects.exists()

    def test_refuses_more_than_the_setting_allows(self, settings):
        settings.UPLOAD_BYTES_MAX = 100

        with pytest.raises(services.FileIsTooBig):
            store()

    def test_leaves_no_row_when_the_transaction_around_it_fails(self):
        with pytest.raises(TheActFailed):
            store_and_fail(a_picture())

        assert not StoredFile.objects.exists()

    def test_is_read_again_after_a_failure_left_the_bytes(self, shelves):
        content = a_picture()
        with pytest.raises(TheActFailed):
            store_and_fail(content)

        file = store(content)

        assert queries.content_of(file) == content
        assert on(shelves) == [file.digest]

    def test_leaves_no_half_written_file_beside_it(self, shelves):
        file = store()

        assert on(shelves) == [file.digest]


class TestItsName:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../../etc/passwd.png", "passwd.png"),
            ("..\\..\\Windows\\win.png", "win.png"),
            ("C:\\Users\\An\\Ảnh.PNG", "Ảnh.PNG"),
            ("/etc/shadow.png", "shadow.png"),
            ("..", "giay-to.png"),
            ("/", "giay-to.png"),
            ("", "giay-to.png"),
            ("\x00\x01\x1f", "giay-to.png"),
            ("anh\x00.png\r\nSet-Cookie: a=b.png", "anh.pngSet-Cookie: a=b.png"),
            ("👶 ảnh.png", "👶 ảnh.png"),
            ("\ud800.png", ".png"),
        ],
    )
    def test_is_the_last_part_of_the_path_without_invisible_characters(self, given, kept):
        assert store(name=given).name == kept

    @pytest.mark.parametrize(
        ("kind", "given", "kept"),
        [
            (PNG, "ảnh\u202egnp.exe", "ảnhgnp.exe.png"),
            (PNG, "giay-to.pdf", "giay-to.pdf.png"),
            (JPEG, "hoá đơn.pdf.hta", "hoá đơn.pdf.hta.jpg"),
            (JPEG, "ảnh.JPEG", "ảnh.JPEG"),
            (PNG, "a" * 300, "a" * 196 + ".png"),
        ],
    )
    def test_ends_as_the_content_does(self, kind, given, kept):
        assert store(a_picture(kind), name=given).name == kept

    def test_of_a_pdf_ends_as_one(self):
        assert store(a_pdf(), name="don").name == "don.pdf"

    def test_is_kept_in_one_unicode_form(self):
        decomposed = unicodedata.normalize("NFD", "Giấy chứng sinh của bé Thuý.png")

        assert store(name=decomposed).name == "Giấy chứng sinh của bé Thuý.png"

    def test_of_a_hundred_kilobytes_keeps_its_end(self):
        file = store(name="ấ" * 100_000 + ".png")

        assert len(file.name) == 200
        assert file.name.endswith("ấ.png")

    def test_says_nothing_about_where_the_bytes_lie(self, shelves):
        file = store(name="../../../../../../evil.png")

        assert queries.path_of(file.digest).is_relative_to(shelves)
        assert on(shelves) == [file.digest]

    def test_does_not_make_the_kind(self):
        assert store(name="giay-to.pdf").media_type == "image/png"


class TestContentOf:
    def test_notices_altered_bytes(self):
        file = store()
        path = queries.path_of(file.digest)
        path.write_bytes(path.read_bytes()[:-1] + b"?")

        with pytest.raises(queries.FileWasAltered):
            queries.content_of(file)

    def test_notices_bytes_that_were_cut(self):
        file = store()
        path = queries.path_of(file.digest)
        path.write_bytes(path.read_bytes()[:-1])

        with pytest.raises(queries.FileWasAltered):
            queries.content_of(file)
