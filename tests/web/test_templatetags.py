"""What our tags keep, and when they draw anew."""

from django.template import Context, Template
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from motcua.web.templatetags.motcua import CHARACTERS_MAX, DRAWINGS_MAX


class Counted:
    """Says how often it was drawn."""

    def __init__(self) -> None:
        self.drawn = 0

    def __str__(self) -> str:
        self.drawn += 1
        return "<b>"


class TestKept:
    def test_is_drawn_again_only_for_something_else(self):
        template = Template(
            "{% load motcua %}{% kept row counts %}{{ row.0 }} {{ inside }}{% endkept %}"
        )
        inside = Counted()

        def drawn(row: str, **counts: int) -> str:
            return template.render(Context({"row": [row], "counts": counts, "inside": inside}))

        assert drawn("A", x=1) == drawn("A", x=1) == "A &lt;b&gt;"
        assert inside.drawn == 1
        assert drawn("B", x=1) == "B &lt;b&gt;"
        assert drawn("B", x=2) == "B &lt;b&gt;"
        assert inside.drawn == 3

    def test_draws_what_is_fresh_inside_each_time(self):
        template = Template(
            "{% load motcua %}{% kept row %}<{{ inside }}{% for n in twice %}"
            "{% kept %}[{% fresh %}{{ token }}{% endfresh %}]{% endkept %}{% endfor %}"
            "{% fresh %}{{ token }}{% endfresh %}>{% endkept %}"
        )
        inside = Counted()

        def drawn(row: str, token: str) -> str:
            return template.render(
                Context({"row": row, "token": token, "inside": inside, "twice": "ab"})
            )

        assert drawn("A", "1") == "<&lt;b&gt;[1][1]1>"
        assert drawn("A", "&") == "<&lt;b&gt;[&amp;][&amp;]&amp;>"
        assert inside.drawn == 1
        assert drawn("B", "2") == "<&lt;b&gt;[2][2]2>"
        assert inside.drawn == 2

    def test_speaks_the_language_of_the_page(self):
        template = Template("{% load motcua %}{% kept word %}{{ word }}{% endkept %}")

        def spoken(language: str) -> str:
            with translation.override(language):
                return template.render(Context({"word": _("Đăng xuất")}))

        assert (spoken("vi"), spoken("en"), spoken("vi")) == ("Đăng xuất", "Sign out", "Đăng xuất")

    def test_of_ever_new_things_does_not_grow_for_ever(self):
        template = Template("{% load motcua %}{% kept n %}{{ n }}{% endkept %}")

        drawings = [template.render(Context({"n": str(n)})) for n in range(DRAWINGS_MAX * 2 + 1)]

        assert drawings == [str(n) for n in range(DRAWINGS_MAX * 2 + 1)]
        assert len(template.nodelist[1].drawn) <= DRAWINGS_MAX

    def test_of_ever_new_long_things_does_not_grow_for_ever(self):
        template = Template("{% load motcua %}{% kept n %}{{ n }}{{ page }}{% endkept %}")
        page = "ồ" * (CHARACTERS_MAX // 10)

        for n in range(25):
            assert template.render(Context({"n": str(n), "page": page})) == f"{n}{page}"

        assert 0 < len(template.nodelist[1].drawn) < 10
