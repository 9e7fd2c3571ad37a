"""Who may sign in, and with which keys."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError

from motcua.accounts import queries, services
from motcua.accounts.models import AccessToken, Account
from motcua.kernel.ledger.models import LedgerEvent
from tests.builders import NOW, an_account

pytestmark = pytest.mark.django_db


class TestCreateAccount:
    def test_lets_its_owner_sign_in_however_the_name_is_capitalised(self):
        account = services.create_account(username="ho.tich", password="mật khẩu thử")

        assert authenticate(username=" Ho.Tich ", password="mật khẩu thử") == account
        assert authenticate(username="ho.tich", password="mật khẩu khác") is None

    def test_lets_nobody_sign_in_without_a_password(self):
        services.create_account(username="portal")

        assert authenticate(username="portal", password="") is None
        assert authenticate(username="portal", password="!") is None

    def test_lets_nobody_sign_in_to_a_closed_account(self):
        account = an_account(password="mật khẩu thử")
        Account.objects.filter(pk=account.pk).update(is_active=False)

        assert authenticate(username=account.username, password="mật khẩu thử") is None

    @pytest.mark.parametrize("username", ["ho\x00tich", "x" * 100_000, "", None])
    def test_signs_nobody_in_under_an_impossible_name(self, username):
        assert authenticate(username=username, password="x") is None

    def test_refuses_a_name_in_use(self):
        services.create_account(username="ho.tich")

        with pytest.raises(services.UsernameTaken):
            services.create_account(username="HO.TICH")

    @pytest.mark.parametrize("username", ["", "   ", "hộ tịch", "a b", "😀", "x" * 81, "a\x00b"])
    def test_refuses_a_name_that_not_everybody_can_type(self, username):
        with pytest.raises(services.UnusableUsername):
            services.create_account(username=username)

    def test_leaves_no_door_open_for_another_spelling(self):
        with pytest.raises(IntegrityError, match="account_username_is_in_its_one_spelling"):
            Account.objects.create(username="Ho.Tich")


class TestIssueToken:
    def test_gives_a_secret_that_finds_the_account(self, django_assert_num_queries):
        account = an_account()
        _, secret = services.issue_token(account=account, name="Cổng", at=NOW)

        with django_assert_num_queries(1):
            assert queries.account_of_token(secret, NOW) == account

    def test_keeps_no_secret(self):
        token, secret = services.issue_token(account=an_account(), name="Cổng", at=NOW)

        assert secret.startswith("motcua_")
        assert len(secret) >= len("motcua_") + 32
        row = AccessToken.objects.filter(pk=token.pk).values()[0]
        assert secret not in str(row)
        assert secret not in str(list(LedgerEvent.objects.values()))

    def test_gives_another_secret_each_time(self):
        account = an_account()

        secrets = {services.issue_token(account=account, name="x", at=NOW)[1] for _ in range(5)}

        assert len(secrets) == 5

    def test_is_put_on_record(self):
        account = an_account()
        token, _ = services.issue_token(account=account, name="Cổng", at=NOW, actor="cli")

        event = LedgerEvent.objects.get(subject_type="account", subject_id=str(account.pk))
        assert (event.kind, event.actor) == ("accounts.token-issued", "cli")
        assert event.data == {"token_id": token.pk, "name": "Cổng"}

    def test_ends_when_it_expires(self):
        ends = NOW + timedelta(days=1)
        _, secret = services.issue_token(account=an_account(), name="x", at=NOW, expires_at=ends)

        assert queries.account_of_token(secret, ends - timedelta(seconds=1)) is not None
        assert queries.account_of_token(secret, ends) is None

    def test_refuses_to_expire_before_it_begins(self):
        with pytest.raises(services.ExpiresInThePast):
            services.issue_token(account=an_account(), name="x", at=NOW, expires_at=NOW)

    @pytest.mark.parametrize("name", ["", "  ", "x" * 81])
    def test_refuses_a_name_nobody_would_recognise(self, name):
        with pytest.raises(services.UnusableTokenName):
            services.issue_token(account=an_account(), name=name, at=NOW)

    def test_refuses_a_closed_account(self):
        account = an_account()
        Account.objects.filter(pk=account.pk).update(is_active=False)

        with pytest.raises(services.AccountIsClosed):
            services.issue_token(account=account, name="x", at=NOW)


class TestRevokeToken:
    def test_shuts_the_token_and_no_other(self):
        account = an_account()
        token, shut = services.issue_token(account=account, name="một", at=NOW)
        _, other = services.issue_token(account=account, name="hai", at=NOW)

        services.revoke_token(token_id=token.pk, at=NOW)

        assert queries.account_of_token(shut, NOW) is None
        assert queries.account_of_token(other, NOW) == account

    def test_happens_once(self):
        token, _ = services.issue_token(account=an_account(), name="x", at=NOW)
        services.revoke_token(token_id=token.pk, at=NOW)

        with pytest.raises(services.TokenIsRevoked):
            services.revoke_token(token_id=token.pk, at=NOW)

    def test_refuses_what_was_never_issued(self):
        with pytest.raises(services.NoSuchToken):
            services.revoke_token(token_id=0, at=NOW)


class TestAccountOfToken:
    @pytest.mark.parametrize("secret", ["", "motcua_", "motcua_x", "motcua_\x00😀", "Bearer x"])
    def test_knows_no_stranger(self, secret):
        assert queries.account_of_token(secret, NOW) is None

    def test_knows_no_closed_account(self):
        account = an_account()
        _, secret = services.issue_token(account=account, name="x", at=NOW)
        Account.objects.filter(pk=account.pk).update(is_active=False)

        assert queries.account_of_token(secret, NOW) is None
