from pathlib import Path

import pytest

import motcua.web
from motcua.procedures.definitions import Widget
from motcua.web import icons, words
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

COMPONENTS = Path(motcua.web.__file__).parent / "templates" / "components"


class TestTheGallery:
    def test_shows_every_widget_state_and_icon(self, client):
        text = assert_is_a_page(client.get("/design/"))

        for widget in Widget:
            assert f"Câu hỏi kiểu {widget.value}" in text
        for shown in words.BADGES.values():
            assert str(shown.words) in text
        for name in icons.shapes():
            assert f"</svg>{name}</li>" in text


@pytest.mark.parametrize("path", sorted(COMPONENTS.glob("[!_]*.html")), ids=lambda path: path.name)
def test_every_component_says_what_it_takes(path):
    text = path.read_text()

    assert text.startswith(("{% comment %}", "<svg")), (
        f"{path.name} should open with its parameters"
    )


def test_an_icon_that_nobody_drew_is_refused():
    with pytest.raises(icons.UnknownIcon):
        icons.shape("rocket")
