"""Everything that changes who may sign in, and with which keys."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.models import Subject
from motcua.kernel.text import clean

from .events import TokenIssued, TokenRevoked
from .models import USERNAME, AccessToken, Account, normalised
from .queries import TOKEN_PREFIX, digest_of

__all__ = [
    "AccountIsClosed",
    "ExpiresInThePast",
    "NoSuchToken",
    "TokenIsRevoked",
    "UnusableTokenName",
    "UnusableUsername",
    "UsernameTaken",
    "create_account",
    "create_accounts",
    "issue_token",
    "revoke_token",
]

SECRET_BYTES = 32  # 43 characters of base64url


class UnusableUsername(Exception):
    """A name to sign in with has 1 to 80 unmarked letters, digits, dots, dashes, + or @."""


class UsernameTaken(Exception):
    """Somebody signs in with that name already."""


class UnusableTokenName(Exception):
    """A token needs a name of at most 80 characters, so that people know which one to revoke."""


class AccountIsClosed(Exception):
    """A closed account is given no new keys."""


class ExpiresInThePast(Exception):
    """A token that has expired before it is issued would open nothing."""


class NoSuchToken(Exception):
    """There is no token of that number."""


class TokenIsRevoked(Exception):
    """The token was revoked before."""


@transaction.atomic
def create_account(*, username: str, password: str | None = None) -> Account:
    """
    Open an account. Without a password it can be used through tokens or a partner's sign-in only.

    :raises UnusableUsername: if the name has characters that not everybody can type
    :raises UsernameTaken: if the name is in use, however capitalised
    """
    name = normalised(username)
    if not USERNAME.fullmatch(name):
        raise UnusableUsername(
            _(
                "Tên đăng nhập gồm 1 đến 80 ký tự: chữ cái không dấu, chữ số, dấu chấm, "
                "gạch nối, gạch dưới, dấu cộng hoặc @."
            )
        )
    account = Account(username=name)
    account.set_password(password)  # None makes it unusable, which no input can match
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise UsernameTaken(
            _("Tên đăng nhập này đã có người dùng. Vui lòng chọn tên khác.")
        ) from error
    return account


@transaction.atomic
def create_accounts(*, usernames: Sequence[str]) -> list[Account]:
    """
    Open many accounts without a password, in a few statements.

    :raises UsernameTaken: if one of the names is in use; then none is opened
    """
    accounts = [Account(username=normalised(username)) for username in usernames]
    for account in accounts:
        account.set_unusable_password()
    try:
        with transaction.atomic():
            return Account.objects.bulk_create(accounts, batch_size=1000)
    except IntegrityError as error:
        raise UsernameTaken(_("Một trong các tên đăng nhập đã có người dùng.")) from error


@transaction.atomic
def issue_token(
    *,
    account: Account,
    name: str,
    at: datetime,
    expires_at: datetime | None = None,
    actor: str = "system",
) -> tuple[AccessToken, str]:
    """
    Make a bearer token and return it with its secret, which cannot be read again.

    :raises AccountIsClosed: if the account is not active
    :raises UnusableTokenName: if the name is empty or longer than 80 characters
    :raises ExpiresInThePast: if it would expire before it is issued
    """
    if not Account.objects.select_for_update().filter(pk=account.pk, is_active=True).exists():
        raise AccountIsClosed(_("Tài khoản này đã đóng nên không thể cấp mã truy cập."))
    name = clean(name)
    if not 0 < len(name) <= 80:
        raise UnusableTokenName(_("Tên mã truy cập gồm 1 đến 80 ký tự."))
    if expires_at is not None and expires_at <= at:
        raise ExpiresInThePast(_("Thời điểm hết hạn phải sau thời điểm cấp."))

    secret = TOKEN_PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = AccessToken(
        account=account,
        name=name,
        digest=digest_of(secret),
        created_at=at,
        expires_at=expires_at,
    )
    token.save(force_insert=True)
    ledger.record(
        TokenIssued(token_id=token.pk, name=name), subject=_subject(account.pk), actor=actor, at=at
    )
    return token, secret


@transaction.atomic
def revoke_token(*, token_id: int, at: datetime, actor: str = "system") -> AccessToken:
    """
    Shut a token for ever.

    :raises NoSuchToken: if there is none of that number
    :raises TokenIsRevoked: if it was revoked before
    """
    token = AccessToken.objects.select_for_update(of=("self",)).filter(pk=token_id).first()
    if token is None:
        raise NoSuchToken(_("Không có mã truy cập này."))
    if token.revoked_at is not None:
        raise TokenIsRevoked(_("Mã truy cập này đã bị thu hồi trước đó."))

    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    ledger.record(
        TokenRevoked(token_id=token.pk), subject=_subject(token.account_id), actor=actor, at=at
    )
    return token


def _subject(account_id: int) -> Subject:
    return Subject("account", str(account_id))
