import pytest
from django.test import RequestFactory

from motcua.web.pages import page_asked, page_read

HUGE = "9" * 5000  # more figures than Python reads


def asking(**parameters):
    return RequestFactory().get("/", parameters)


class TestPageAsked:
    @pytest.mark.parametrize(
        ("sent", "number"),
        [("1", 1), ("3", 3), ("0", 1), ("-2", 1), ("x", 1), ("", 1), (HUGE, 1), ("9" * 18, 9_999)],
    )
    def test_is_the_first_unless_the_address_has_a_number(self, sent, number):
        assert page_asked(asking(page=sent)) == number

    def test_is_the_first_where_nobody_asks_for_one(self):
        assert page_asked(asking()) == 1


class TestPageRead:
    @pytest.mark.parametrize(
        ("sent", "number", "rows"),
        [
            ("1", 1, range(10)),
            ("3", 3, range(20, 23)),
            ("0", 1, range(10)),
            ("4", 3, range(20, 23)),  # beyond the end
            ("1000", 3, range(20, 23)),
        ],
    )
    def test_is_the_page_asked_for_or_the_last(self, sent, number, rows):
        page, found = page_read(asking(page=sent), 10, some_of(range(23)))

        assert (page.number, page.paginator.count) == (number, 23)
        assert found == list(rows)

    @pytest.mark.parametrize("sent", ["1", "2"])
    def test_is_the_first_of_an_empty_list(self, sent):
        page, found = page_read(asking(page=sent), 10, some_of(range(0)))

        assert (page.number, page.paginator.count, found) == (1, 0, [])

    def test_reads_once_what_is_there(self):
        stretches = []

        def read(start, stop):
            stretches.append((start, stop))
            return some_of(range(23))(start, stop)

        page_read(asking(page="3"), 10, read)

        assert stretches == [(20, 30)]


def some_of(everything):
    """Read as the boards do: a stretch beyond the end does not know how many there are."""

    def read(start, stop):
        found = list(everything[start:stop])
        return (len(everything) if found else 0), found

    return read
