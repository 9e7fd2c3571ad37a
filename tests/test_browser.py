"""The checks of pages find what they are there to find."""

import pytest

from tests.browser import NARROWEST, TABLET, violations_of

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = "Bảng rộng " * 40


class TestViolations:
    def test_are_none_on_a_page_of_ours(self, open_page):
        assert violations_of(open_page("/dang-nhap/")) == []

    @pytest.mark.parametrize(
        ("spoilt", "found"),
        [
            ("<img src='/static/mark.svg'>", "image-alt"),
            ("<a href=''>Để sau</a>", "leads nowhere"),
            (f"<table><tr><td nowrap>{WIDE}</table>", f"{NARROWEST} px"),
            (
                f"<div class='govuk-summary-card'><table><tr><td nowrap>{WIDE}</table></div>",
                f"{TABLET} px: a table is cut off",
            ),
        ],
    )
    def test_tell_what_is_wrong(self, open_page, spoilt, found):
        page = open_page("/dang-nhap/")
        page.evaluate(f'document.querySelector("main").innerHTML += "{spoilt}"')

        assert any(found in violation for violation in violations_of(page))
