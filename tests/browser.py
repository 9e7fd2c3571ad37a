"""A browser for tests of pages, and what every page must pass in each of its states."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright

from motcua.accounts.models import Account

WIDTHS = (360, 1280)
# A small telephone, or a large one at twice the text: nothing may stick out here either.
NARROWEST = 320
# Where tables stand as tables, and have least room.
TABLET = 768
# Milliseconds. A busy machine takes its time, and nothing is timed here.
PATIENCE = 15_000
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # None is started ahead for a page that may come: each person is one, and most leave soon.
    "--renderer-process-limit=1",
]
_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# Style sheets do not change with the width: axe gathers them once, for what it reads in them.
_RUN_AXE = """async (preload) => (
  await axe.run(document, {resultTypes: ["violations"], preload})).violations
  .flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`))"""
_EMPTY_LINKS = """() => [...document.querySelectorAll('a[href=""], a:not([href])')]
  .map((link) => `leads nowhere: ${link.outerHTML}`)"""
# Elements wider than their window scroll by themselves; the page as a whole must not.
_PAGE_WIDTH = "document.documentElement.scrollWidth"
_CUT_TABLES = """() => [...document.querySelectorAll('table')].filter((table) => {
  const right = table.getBoundingClientRect().right;
  for (let box = table.parentElement; box; box = box.parentElement) {
    const overflow = getComputedStyle(box).overflowX;
    if (overflow === 'auto' || overflow === 'scroll' || box.clientWidth <= 1) return false;
    if (overflow !== 'visible' && right > box.getBoundingClientRect().right + 1) return true;
  }
  return false;
}).map((table) => `a table is cut off: ${table.textContent.trim().slice(0, 60)}`)"""

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The system's Chromium, one for the whole run."""
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread; the tests' own queries are not in it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=_QUIET)
            yield browser
            browser.close()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[OpenPage]:
    """
    Open a path of the live server in a browser of its own: `open_page("/", account=…)`.

    `javascript=False` switches scripts off; `within=page` opens a further tab beside that page.
    The test fails at its end if any page threw an error, broke its own content policy, missed a
    file, or called on another server.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        path: str,
        *,
        account: Account | None = None,
        javascript: bool = True,
        within: Page | None = None,
    ) -> Page:
        if within is None:
            context = browser.new_context(java_script_enabled=javascript, locale="en-US")
            context.set_default_timeout(PATIENCE)
            # The first page of a process reads the catalogue; a busy machine takes its time.
            context.set_default_navigation_timeout(30_000)
            contexts.append(context)
        else:
            context = within.context
        if account is not None:
            context.add_cookies([session_of(account, live_server.url)])
        page = context.new_page()
        _listen(page, live_server.url, complaints)
        page.goto(live_server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def violations_of(page: Page) -> list[str]:
    """Return what axe finds, what scrolls sideways and what is cut off, each with the width."""
    # A link that leads to nowhere, or to the page it stands on, is a mistake that axe does not see.
    found = list(page.evaluate(_EMPTY_LINKS))
    page.evaluate(_AXE)
    for width in sorted({NARROWEST, TABLET, *WIDTHS}):
        page.set_viewport_size({"width": width, "height": 800})
        wrong = page.evaluate(_CUT_TABLES)
        if (reached := page.evaluate(_PAGE_WIDTH)) > width:
            wrong.append(f"the page is {reached} px wide")
        if width in WIDTHS:
            wrong += page.evaluate(_RUN_AXE, width == min(WIDTHS))
        found += [f"{width} px: {each}" for each in wrong]
    return found


def session_of(account: Account, url: str) -> dict[str, str]:
    """Return the cookie of somebody who is signed in already."""
    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def _listen(page: Page, url: str, complaints: list[str]) -> None:
    def answered(response: Response) -> None:
        # A page that says 404 or 422 is a page; a missing picture is a fault.
        if response.status >= 400 and response.request.resource_type not in {
            "document",
            "fetch",
            "xhr",
        }:
            complaints.append(f"{response.status} {response.url}")

    def asked(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https"} and not address.startswith(url):
            complaints.append(f"called on {address}")

    def said(kind: str, text: str) -> None:
        # Chromium repeats the status of every answer; those are judged above.
        if kind == "error" and not text.startswith("Failed to load resource"):
            complaints.append(text)

    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: said(message.type, message.text))
    page.on("request", lambda request: asked(request.url))
    page.on("response", answered)
