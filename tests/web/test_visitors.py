import pytest
from django.test import RequestFactory

from motcua.web.visitors import address_of


@pytest.fixture
def request_with_a_claim():
    return RequestFactory(
        REMOTE_ADDR="127.0.0.9", HTTP_X_FORWARDED_FOR="192.0.2.1, 198.51.100.7"
    ).get("/")


class TestAddressOf:
    def test_believes_nobody_where_there_is_no_proxy(self, request_with_a_claim, settings):
        settings.BEHIND_PROXY = False

        assert address_of(request_with_a_claim) == "127.0.0.9"

    def test_believes_the_proxys_own_entry_and_not_what_the_visitor_wrote_before_it(
        self, request_with_a_claim, settings
    ):
        settings.BEHIND_PROXY = True

        assert address_of(request_with_a_claim) == "198.51.100.7"

    def test_falls_back_on_the_connection_when_the_proxy_says_nothing(self, settings):
        settings.BEHIND_PROXY = True

        assert address_of(RequestFactory(REMOTE_ADDR="127.0.0.9").get("/")) == "127.0.0.9"
