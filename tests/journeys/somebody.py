"""A person in front of a browser, told in the words in which one would tell what they do."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.builders import a_png


class Somebody:
    """A person and their window. What they cannot find by its words does not exist for them."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def main(self) -> Locator:
        """The part of the page that is about this page."""
        return self.page.get_by_role("main")

    @property
    def path(self) -> str:
        """Where the person is."""
        return urlsplit(self.page.url).path

    def opens(self, path: str) -> None:
        """Type an address, or open a bookmark."""
        at = urlsplit(self.page.url)
        self.page.goto(f"{at.scheme}://{at.netloc}{path}")

    def searches(self, words: str) -> None:
        """Type into the page's search and press its button."""
        self.main.get_by_role("searchbox").fill(words)
        self._goes_on(self.main.get_by_role("button", name="Tìm").first)

    def follows(self, words: str) -> None:
        """Follow a link of the page itself, by its first words."""
        # The browser writes the pattern between slashes, so one within must be told apart.
        begins = re.compile("^" + re.escape(words).replace("/", r"\/"))
        self._goes_on(self.main.get_by_role("link", name=begins).first)

    def finds(self, code: str) -> None:
        """Open a dossier from a list; lists leave out the part of the code that never changes."""
        number = code.partition("-")[2]
        self._goes_on(self.main.get_by_role("link", name=number))

    def goes_back(self) -> None:
        """Follow the link back, above the page."""
        self._goes_on(self.page.locator(".govuk-back-link"))

    def presses(self, words: str) -> None:
        """Press a button of the page itself, by its whole words."""
        self._goes_on(self.main.get_by_role("button", name=words, exact=True))

    def writes(self, **boxes: object) -> None:
        """Fill boxes, by the words on their labels: `writes(**{"Số trang": 4})`."""
        for label, value in boxes.items():
            self.main.get_by_label(label, exact=True).fill(str(value))

    def dates(self, box: str, day: str) -> None:
        """Fill the three boxes of a day: `dates("first", "15/10/2024")`."""
        for part, said in zip(("", "-month", "-year"), day.split("/"), strict=True):
            self.main.locator(f"#{box}{part}").fill(said)

    def chooses(self, words: str, *, of: str = "") -> None:
        """Choose one of a few; `of` names the question where the same words stand twice."""
        place = self.main.get_by_role("group", name=of) if of else self.main
        place.get_by_role("radio", name=words, exact=True).check()

    def ticks(self, words: str) -> None:
        """Tick a box, by some of its words."""
        self.main.get_by_role("checkbox", name=words).check()

    def picks(self, label: str, words: str) -> None:
        """Pick a line of a list, by some of its words."""
        box = self.main.get_by_label(label)
        line = box.locator("option", has_text=words)
        expect(line).to_have_count(1)
        box.select_option(line.get_attribute("value"))

    def attaches(self, label: str, *names: str, content: bytes | None = None) -> None:
        """Choose photographs for a box."""
        self.main.get_by_label(label).set_input_files(
            [
                {"name": name, "mimeType": "image/png", "buffer": content or a_png(n)}
                for n, name in enumerate(names)
            ]
        )

    def signs_out(self) -> None:
        """Press the button in the page's frame; a telephone keeps it behind the menu."""
        self._goes_on(
            self.page.get_by_role("button", name="Đăng xuất").locator("visible=true").first
        )

    def is_at(self, heading: str | re.Pattern[str]) -> None:
        """Assert which page this is, by its heading."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    def reads(self, *sentences: str) -> None:
        """Assert that the page says all this, and that it can be seen."""
        for sentence in sentences:
            expect(self.main.get_by_text(sentence).locator("visible=true").first).to_be_visible()

    def finds_no(self, *sentences: str) -> None:
        """Assert that the page says nothing of the kind."""
        for sentence in sentences:
            expect(self.main.get_by_text(sentence)).to_have_count(0)

    def sees_steps(self, *steps: str) -> None:
        """Assert the timeline, each line as "14:05, 15/10/2024 What happened", oldest first."""
        lines = self.main.locator(".mc-timeline > li")
        expect(lines).to_have_count(len(steps))
        told = []
        for line in lines.all():
            title = line.locator("h3").inner_text()
            time = line.locator("time")
            told.append(f"{time.inner_text()} {title}" if time.count() else title)
        assert told == list(steps)

    def _goes_on(self, to: Locator) -> None:
        # A click comes back before the next page is there, and the old one would be looked at.
        self.page.locator("body").evaluate("body => { body.dataset.left = ''; }")
        to.click()
        expect(self.page.locator("body[data-left]")).to_have_count(0)
        self.page.wait_for_load_state()
