"""A browser for the pages, and the check that each page passes in each of its states."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from motcua.accounts.models import Account

WIDTHS = (360, 1280)
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The system's Chromium, one for the whole run."""
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
    Open a path of the live server: `open_page("/", account=…, javascript=False)`.

    The test fails at its end if a page broke its own content policy or threw an error.
    """
    contexts, complaints = [], []

    def opened(path: str, *, account: Account | None = None, javascript: bool = True) -> Page:
        context = browser.new_context(java_script_enabled=javascript, locale="en-US")
        contexts.append(context)
        if account is not None:
            context.add_cookies([_session_of(account, live_server.url)])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if "Content Security Policy" in said.text else None
            ),
        )
        page.goto(live_server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def axe_check() -> Callable[[Page], None]:
    """
    Check the page as it stands, at each width: axe finds nothing, nothing scrolls sideways.

    Call it once for each state of the page: empty, filled, error, success.
    """

    def check(page: Page) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            violations = Axe().run(page).response["violations"]
            found = [
                f"{violation['id']}: {node['html']}"
                for violation in violations
                for node in violation["nodes"]
            ]
            assert found == [], f"{page.url} at {width} px"
            scrolls_to = page.evaluate("document.documentElement.scrollWidth")
            assert scrolls_to <= width, f"{page.url} is {scrolls_to} px wide at {width} px"

    return check


def _session_of(account: Account, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
