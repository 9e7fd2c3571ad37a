"""What every page keeps to, whatever it shows."""

import gzip
import re

from django.http import HttpResponse

# The first window of a slow connection, in compressed bytes (a citizen's page; a desk's has 60).
HTML_MOST = 14_000

_INLINE = re.compile(r"""<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:""")


def assert_is_a_page(response: HttpResponse, *, status: int = 200) -> str:
    """Assert what holds for every page, and return its text."""
    text = response.content.decode()
    assert response.status_code == status
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert "<title>" in text
    assert 'href="#noi-dung"' in text
    assert 'id="noi-dung"' in text
    assert _INLINE.search(text) is None, _INLINE.search(text)
    assert len(gzip.compress(response.content)) <= HTML_MOST
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids)), [name for name in ids if ids.count(name) > 1]
    return text
