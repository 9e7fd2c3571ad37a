"""
`python -m bench.pages`: what a citizen's telephone fetches, and how soon the page stands.

A server as production runs it and Chromium as a slow telephone: 1.6 Mbit/s down, 0.75 up, 150 ms
there and back, a processor slowed four times, a cold cache. Largest contentful paint is what the
browser itself reports. A busy machine is slower than a telephone: the table says how busy it was.
"""

import argparse
import gzip
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table

from .serving import AS_FROM_THE_PROXY, served

console = Console(width=110)

# Lighthouse's telephone: the slowest quarter of 4G connections, and a cheap processor.
DOWN_BITS, UP_BITS, ROUND_TRIP_MS = 1_600_000, 750_000, 150
SLOWER = 4
VIEWPORT = {"width": 360, "height": 740}
BYTES_MOST, SCRIPT_BYTES_MOST, LCP_MS_MOST = 60_000, 15_000, 1_500
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WATCH = """window.lcp = 0;
new PerformanceObserver((seen) => {
  for (const each of seen.getEntries()) window.lcp = each.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});"""

PAGES = {
    "home": "/",
    "all procedures": "/thu-tuc/",
    "search": "/thu-tuc/?q=giay+khai+sinh+cho+con",
    "nothing found": "/thu-tuc/?q=zzqqxx",
    "procedure": "/thu-tuc/1.001193/",
    "life event": "/su-kien/birth/",
    "agencies": "/co-quan/",
    "leaflet": "/thu-tuc/1.001193/to-roi/",
    "start (sign-in)": "/thu-tuc/1.001193/nop/",
    "look-up": "/tra-cuu/",
}
# Only where the national list is loaded.
NATIONAL_PAGES = {
    "information only": "/thu-tuc/{code}/",
    "information leaflet": "/thu-tuc/{code}/to-roi/",
}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One page, cold, as the slow telephone saw it; the middle of the runs."""

    page: str
    path: str
    sent_bytes: int  # by the web server, everything; it leaves pages to the proxy to compress
    bytes: int  # with the page compressed, as a proxy sends it
    script_bytes: int
    requests: int
    lcp_ms: float

    @property
    def keeps_its_budget(self) -> bool:
        """Return whether the page is as light and as quick as it must be."""
        return (
            self.bytes <= BYTES_MOST
            and self.script_bytes <= SCRIPT_BYTES_MOST
            and self.lcp_ms <= LCP_MS_MOST
        )


def seen(browser: Browser, url: str, page_name: str, path: str, *, runs: int) -> Figure:
    """Open a page as somebody who never was here, several times."""
    every = [_once(browser, f"{url}{path}") for _ in range(runs)]
    sent, compressed, scripts, requests, _lcp = every[-1]
    return Figure(
        page=page_name,
        path=path,
        sent_bytes=sent,
        bytes=compressed,
        script_bytes=scripts,
        requests=requests,
        lcp_ms=round(statistics.median(lcp for *_rest, lcp in every)),
    )


def _once(browser: Browser, url: str) -> tuple[int, int, int, int, float]:
    context = browser.new_context(
        viewport=VIEWPORT, device_scale_factor=2, extra_http_headers=AS_FROM_THE_PROXY
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    wire = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    weights: dict[str, float] = {}
    wire.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda e: weights.update({e["requestId"]: e["encodedDataLength"]}),
    )
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": DOWN_BITS / 8,
            "uploadThroughput": UP_BITS / 8,
        },
    )
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    answer = page.goto(url, wait_until="networkidle", timeout=60_000)
    assert answer is not None
    html = answer.body()
    saved = 0 if answer.headers.get("content-encoding") else len(html) - len(gzip.compress(html))
    lcp = page.evaluate("window.lcp")
    context.close()
    script = sum(weight for request, weight in weights.items() if kinds.get(request) == "Script")
    sent = round(sum(weights.values()))
    return sent, sent - saved, round(script), len(weights), lcp


@contextmanager
def _browser(executable: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()


def _told(figures: list[Figure]) -> None:
    table = Table(
        title=f"Cold, {DOWN_BITS / 1e6} Mbit/s, {ROUND_TRIP_MS} ms, processor ÷ {SLOWER}; "
        f"load average {os.getloadavg()[0]:.1f}"
    )
    table.add_column("page")
    for heading in ("kB sent", "kB compressed", "script kB", "requests", "LCP ms", ""):
        table.add_column(heading, justify="right")
    for figure in figures:
        table.add_row(
            figure.page,
            f"{figure.sent_bytes / 1000:.1f}",
            f"{figure.bytes / 1000:.1f}",
            f"{figure.script_bytes / 1000:.1f}",
            str(figure.requests),
            f"{figure.lcp_ms:.0f}",
            "✓" if figure.keeps_its_budget else "over",
        )
    console.print(table)


def _run(options: argparse.Namespace, url: str, national: str) -> list[Figure]:
    pages = dict(PAGES)
    if national:
        pages |= {name: path.format(code=national) for name, path in NATIONAL_PAGES.items()}
    with _browser(options.chromium) as browser:
        for path in pages.values():
            with urlopen(Request(f"{url}{path}", headers=AS_FROM_THE_PROXY)) as answer:
                answer.read()
        return [seen(browser, url, name, path, runs=options.runs) for name, path in pages.items()]


def main() -> None:
    """Measure the pages, of a server of our own or of one that runs."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--url", help="a server that runs; without it, one is started")
    parser.add_argument("--national", type=Path, help="a list of the national portal to load")
    parser.add_argument("--code", default="", help="a national procedure that --url has")
    parser.add_argument("--runs", type=int, default=5, help="runs of each page (5)")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    begun = time.monotonic()
    if options.url:
        figures = _run(options, options.url.rstrip("/"), options.code)
    else:
        with served(options.national) as (url, code):
            figures = _run(options, url, code)
    _told(figures)
    console.print(f"{time.monotonic() - begun:.0f} s")
    if options.json:
        told: list[dict[str, Any]] = [asdict(figure) for figure in figures]
        options.json.write_text(json.dumps(told, indent=1) + "\n")
    sys.exit(0 if all(figure.keeps_its_budget for figure in figures) else 1)


if __name__ == "__main__":
    main()
