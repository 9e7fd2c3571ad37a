import io
import json
import logging
import logging.config

import pytest
import structlog

from motcua.config import logs


@pytest.fixture
def written(monkeypatch):
    """Log as in production, into a text that the test reads."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    told = logs.configuration(json=True, level="INFO")
    stream = io.StringIO()
    told["handlers"]["stream"]["stream"] = stream
    logging.config.dictConfig(told)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("công dân 092812345678 nộp", "công dân [personal id] nộp"),
        ("gọi 0900 000 123 hoặc +84900000123", "gọi [phone] hoặc [phone]"),
        ("thư tới nguoi.dan@example.vn", "thư tới [e-mail]"),
        ("Authorization: Bearer abc.DEF-123", "Authorization: Bearer [token]"),
        ("000.00.19.H13-241015-0001", "000.00.19.H13-241015-0001"),
        ("2024-10-15T02:00:00.123456Z", "2024-10-15T02:00:00.123456Z"),
        ("phí 1250000 đồng, sự kiện 123456789012", "phí 1250000 đồng, sự kiện 123456789012"),
    ],
)
def test_hides_who_and_leaves_what(said, shown):
    assert logs.mask(said) == shown


def test_reads_the_longest_word_once():
    # Read anew from each of its letters, it would take longer than a test may.
    word = "a" * 1_000_000

    assert logs.mask(word) == word


def test_masks_messages_arguments_and_what_comes_along(written):
    logging.getLogger("room").info("%s gave %s", "092812345678", {"phone": "0900000123"})
    structlog.get_logger("room").info("filed", person={"ids": ["092812345678"]})

    first, second = written()

    assert first["event"] == "[personal id] gave {'phone': '[phone]'}"
    assert second["person"] == {"ids": ["[personal id]"]}


def test_masks_tracebacks(written):
    try:
        raise ValueError("092812345678 is taken")
    except ValueError:
        logging.getLogger("room").exception("refused")

    (entry,) = written()

    assert "ValueError: [personal id] is taken" in entry["exception"]
    assert "092812345678" not in json.dumps(entry)
