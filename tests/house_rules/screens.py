"""Rules about templates."""

import re
from collections.abc import Iterator

from .house import House, lines_of

# Django asks for these by name.
BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
PARTIAL_FOLDERS = {"components", "includes", "layouts", "parts", "partials"}
# Names that are the same in every language.
SAME_EVERYWHERE = {"Motcua", "Tiếng Việt", "English", "ភាសាខ្មែរ", "API", "QR", "VNeID"}

_INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)[^>]*>|<style\b|"
    r"<[^>]*\s(style|on[a-z]+)\s*=[^>]*>",
)
_STATE = re.compile(r"""\{%-?\s*(if|elif)\b[^%]*\bstate\b\s*(==|!=|in)\s*["'][^%]*%\}""")
_TRANSLATED = re.compile(r"\{% blocktrans(late)?\b.*?\{% endblocktrans(late)? %\}", re.S)
_NOT_TEXT = re.compile(r"<(script|style|svg|code|pre)\b.*?</\1>|<!--.*?-->", re.S)
# Class names and fragments of attributes can stand outside tags, in blocks and partials.
_MARKUP = re.compile(
    r"""\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;|&#\w+;|\b[\w-]+="[^"]*"|\bmc-[\w-]+""", re.S
)
_SAID_IN_ATTRIBUTES = re.compile(
    r"""\s(aria-label|title|alt|placeholder)="[^"{}]*[^\W\d_]{2}[^"]*\""""
)
_WORDS = re.compile(r"[^\W\d_]{2,}[^\n]*")


def nothing_runs_or_looks_inline(house: House) -> Iterator[str]:
    """Put it into a file under static/: the content security policy blocks it here."""
    for name, html in house.templates.items():
        for line, words in lines_of(html, _INLINE):
            yield f"{name}:{line} {words[:80]}"


def every_page_has_a_layout(house: House) -> Iterator[str]:
    """Begin it with `{% extends "layouts/…" %}`, or name it `_part.html` if pages include it."""
    for name, html in house.templates.items():
        *folders, file = name.split("/")
        if file.startswith("_") or not PARTIAL_FOLDERS.isdisjoint(folders):
            continue
        if not re.match(r"(\s|\{% load [^%]*%\})*\{% extends\b", html):
            yield name


def every_template_is_used(house: House) -> Iterator[str]:
    """Delete it, or render it from the screen it was made for."""
    texts = [*(module.text for module in house.modules), *house.templates.values()]
    for name in house.templates:
        stem = name.rsplit("/", 1)[-1].removesuffix(".html")
        called = (f'"{name}"', f"'{name}'", f'component "{stem}"', f"component '{stem}'")
        if name.startswith("errors/") or name in BY_NAME:  # chosen by status, not by name
            continue
        if not any(call in text for text in texts for call in called):
            yield name


def templates_ask_for_no_state(house: House) -> Iterator[str]:
    """Ask the policy what is allowed (`verbs_from`), or give the view's context a name for it."""
    for name, html in house.templates.items():
        if name.startswith("components/"):  # these have looks of their own, called states too
            continue
        for line, words in lines_of(html, _STATE):
            yield f"{name}:{line} {words}"


def all_text_can_be_translated(house: House) -> Iterator[str]:
    """Write `{% translate "…" %}` or `{% blocktranslate %}`, with the Vietnamese inside."""
    for name, html in house.templates.items():
        if name.startswith("design/"):  # a gallery for developers
            continue
        visible = html
        for pattern in (_TRANSLATED, _NOT_TEXT):
            visible = pattern.sub(lambda match: "\n" * match[0].count("\n"), visible)
        for line, words in lines_of(visible, _SAID_IN_ATTRIBUTES):
            yield f"{name}:{line} {words}"
        visible = _MARKUP.sub(lambda match: "\n" * match[0].count("\n") or " ", visible)
        for line, words in lines_of(visible, _WORDS):
            if words not in SAME_EVERYWHERE:
                yield f"{name}:{line} {words[:80]}"


RULES = (
    nothing_runs_or_looks_inline,
    every_page_has_a_layout,
    every_template_is_used,
    templates_ask_for_no_state,
    all_text_can_be_translated,
)
