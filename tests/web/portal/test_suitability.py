import pytest

from motcua.procedures.services import publish_version
from tests import builders
from tests.procedures.builders import a_definition
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

PATH = "/thu-tuc/1.000001/phu-hop/"
SCREENING = [
    {"key": "keeps_it_here", "question": "Ông/Bà nuôi mèo tại thành phố không?"},
    {
        "key": "for_sale",
        "question": "Ông/Bà nuôi mèo để bán không?",
        "hint": "Kể cả bán một con.",
        "passes": False,
        "otherwise": "Nuôi để bán thì đăng ký hộ kinh doanh.",
        "instead": "1.001612",
    },
]


@pytest.fixture(autouse=True)
def _a_procedure_that_asks_first():
    builders.the_catalogue()
    for screen in SCREENING:
        screen.setdefault("otherwise", "Ông/Bà hỏi nơi đang nuôi mèo.")
    publish_version(definition=a_definition(screening=SCREENING), at=builders.NOW)


class TestAsking:
    def test_asks_every_question_and_offers_not_to_be_sure(self, client):
        text = assert_is_a_page(client.get(PATH))

        for screen in SCREENING:
            assert screen["question"] in text
        assert text.count("Tôi không chắc") == len(SCREENING)
        assert 'href="/thu-tuc/1.000001/nop/"' in text  # and lets the hurried pass

    def test_says_which_question_was_left_out_and_keeps_the_rest(self, client):
        text = assert_is_a_page(client.get(f"{PATH}?keeps_it_here=co&xem=1"))

        assert "<title>Lỗi:" in text
        assert "Chọn một câu trả lời: Ông/Bà nuôi mèo để bán không?" in text
        assert 'value="co" checked' in text

    @pytest.mark.parametrize("answer", ["maybe", "<script>", "%00", "đúng"])
    def test_takes_no_answer_that_it_did_not_offer(self, client, answer):
        text = assert_is_a_page(client.get(f"{PATH}?keeps_it_here={answer}&for_sale=khong&xem=1"))

        assert "Chọn một câu trả lời: Ông/Bà nuôi mèo tại thành phố không?" in text

    @pytest.mark.parametrize("code", ["1.001193x", "9.999999"])
    def test_does_not_exist_for_what_nobody_published(self, client, code):
        assert client.get(f"/thu-tuc/{code}/phu-hop/").status_code == 404

    def test_does_not_exist_where_there_is_nothing_to_ask(self, client):
        publish_version(definition=a_definition(code="1.000002"), at=builders.NOW)

        assert client.get("/thu-tuc/1.000002/phu-hop/").status_code == 404


class TestTheVerdict:
    def test_leads_on_when_all_fits(self, client):
        text = assert_is_a_page(client.get(f"{PATH}?keeps_it_here=co&for_sale=khong&xem=1"))

        assert "Đây đúng là thủ tục Ông/Bà cần" in text
        assert 'href="/thu-tuc/1.000001/nop/"' in text

    def test_says_why_not_and_what_fits_instead(self, client):
        text = assert_is_a_page(client.get(f"{PATH}?keeps_it_here=co&for_sale=co&xem=1"))

        assert "Thủ tục này chưa hợp với việc của Ông/Bà" in text
        assert "Nuôi để bán thì đăng ký hộ kinh doanh." in text
        assert 'href="/thu-tuc/1.001612/"' in text
        assert "Ông/Bà nuôi mèo tại thành phố không?" not in text  # that one was in order

    def test_says_where_to_ask_when_something_is_not_sure(self, client):
        text = assert_is_a_page(client.get(f"{PATH}?keeps_it_here=khong-chac&for_sale=khong&xem=1"))

        assert "Ông/Bà nên hỏi trước khi nộp" in text
        assert "Ông/Bà nuôi mèo tại thành phố không?" in text
        assert 'href="tel:1022"' in text
        assert "Ủy ban nhân dân phường, xã, thị trấn" in text

    def test_what_does_not_fit_weighs_more_than_what_is_not_sure(self, client):
        text = assert_is_a_page(client.get(f"{PATH}?keeps_it_here=khong-chac&for_sale=co&xem=1"))

        assert "Thủ tục này chưa hợp với việc của Ông/Bà" in text
        assert "Câu Ông/Bà chưa chắc" in text

    def test_keeps_nothing_but_what_is_in_the_address(self, client):
        client.get(f"{PATH}?keeps_it_here=co&for_sale=khong&xem=1")

        assert "checked" not in assert_is_a_page(client.get(PATH))
        assert not client.session.keys()


class TestTheProcedurePage:
    def test_begins_with_the_questions_and_lets_them_be_passed(self, client):
        text = assert_is_a_page(client.get("/thu-tuc/1.000001/"))

        assert text.index(f'href="{PATH}"') < text.index('href="/thu-tuc/1.000001/nop/"')
