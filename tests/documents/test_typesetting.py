"""Setting papers: what goes in as data comes out as text, whatever it is."""

import threading
from datetime import UTC, datetime

import pytest

from motcua.documents.definitions import as_text, typeset
from tests import pdf
from tests.dossiers.sheets import printed, shipped_forms

AT = datetime(2024, 10, 15, 2, tzinfo=UTC)


class TestText:
    def test_is_put_into_one_form_without_invisible_letters(self):
        assert as_text("Nguye\u0302\u0303n\x00\u202e Thi\u0323") == "Nguyễn Thị"

    def test_keeps_lines_apart(self):
        assert as_text("Một.\r\n\n\n\nHai.") == "Một.\n\nHai."

    def test_can_be_broken_where_a_word_is_endless(self):
        parts = as_text("A" * 200).split("\u200b")

        assert max(map(len, parts)) <= 18
        assert "".join(parts) == "A" * 200

    def test_can_be_broken_where_codes_are_joined(self):
        assert as_text("000.11.31.H13-241015-0001").startswith("000.11.31.H13-\u200b")

    def test_leaves_words_of_people_as_they_are(self):
        words = "Đường Nguyễn Văn Cừ nối dài, phường An Khánh – quận Ninh Kiều"

        assert as_text(words) == words

    def test_goes_through_everything_and_leaves_figures(self):
        assert as_text({"a": ["e\u0301", 1, None, True]}) == {"a": ["é", 1, None, True]}


class TestSetting:
    def test_reaches_nothing_above_the_source(self, tmp_path):
        outside = tmp_path / "outside.typ"
        outside.write_text("= x")

        with pytest.raises(Exception, match="root"):
            typeset(outside, {}, at=AT)

    def test_is_the_same_in_every_thread(self):
        form = shipped_forms()[0]
        made = []
        threads = [threading.Thread(target=lambda: made.append(printed(form))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)

        assert len(made) == 4
        assert set(made) == {printed(form)}

    def test_carries_no_moment_but_the_one_told(self):
        with pdf.opened(printed(shipped_forms()[0])) as file:
            assert str(file.docinfo["/CreationDate"]) == "D:20241015020000Z"
