import gzip
import re
from pathlib import Path

import pytest

import motcua.web

STATIC = Path(motcua.web.__file__).parent / "static"

# Compressed bytes: on a telephone in a village every one of them is waited for.
MOST = {
    "motcua.css": 15_000,
    "desk.css": 5_000,
    "kiosk.css": 3_000,
    "motcua.js": 15_000,
    "desk.js": 5_000,
    "live.js": 2_000,
    "queue.js": 5_000,
}


@pytest.mark.parametrize("name", MOST)
def test_what_a_page_loads_stays_small(name):
    assert len(gzip.compress((STATIC / name).read_bytes())) <= MOST[name]


@pytest.mark.parametrize("name", MOST)
def test_what_a_page_loads_asks_nobody_else(name):
    text = (STATIC / name).read_text()

    assert re.search(r"url\(|@import|//[a-z]+\.", text) is None


def test_the_licence_of_what_we_build_on_stays_in_place():
    assert "govuk-frontend" in (STATIC / "motcua.css").read_text()[:300]
