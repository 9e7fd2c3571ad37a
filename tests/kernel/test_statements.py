"""Statements written once: other values each time, and the rows as they are now."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import pytest
from django.db import connection

from motcua.accounts.models import AccessToken, Account
from motcua.kernel.statements import Joined, Statement, plain_array, word_array
from tests.builders import NOW, an_account

pytestmark = pytest.mark.django_db

THEN = datetime.min.replace(tzinfo=UTC)


def a_token(account: Account, name: str, *, at: datetime) -> AccessToken:
    return AccessToken.objects.create(account=account, name=name, digest=name, created_at=at)


class Name(StrEnum):
    OURS = "ours, by 100 %s"
    THEIRS = "theirs"


class TestRows:
    def test_are_those_of_the_values_given_this_time(self):
        account = an_account()
        a_token(account, "before", at=NOW)
        statement = Statement(
            AccessToken.objects.filter(account_id=-1, created_at__gte=THEN)
            .order_by("created_at")
            .values_list("name", "created_at")
        )

        assert statement.rows({-1: account.pk, THEN: NOW}) == [("before", NOW)]
        later = NOW + timedelta(hours=1)
        assert statement.rows({-1: account.pk, THEN: later}) == []
        a_token(account, "after", at=later)
        assert statement.rows({-1: account.pk, THEN: later}) == [("after", later)]
        assert statement.rows({-1: account.pk + 1, THEN: NOW}) == []

    def test_of_what_cannot_be_take_no_statement(self, django_assert_num_queries):
        statement = Statement(Account.objects.filter(pk__in=[]).values_list("pk"))

        with django_assert_num_queries(0):
            assert statement.rows() == []

    def test_may_be_those_of_a_larger_statement_around_it(self):
        account = an_account()
        query = Account.objects.filter(username=account.username).values_list("pk")

        statement = Statement(query, within="SELECT count(*) FROM ({}) AS found")

        assert statement.rows() == [(1,)]

    def test_are_found_by_members_that_stand_in_the_text(self):
        account = an_account()
        a_token(account, Name.OURS, at=NOW)
        statement = Statement(
            AccessToken.objects.filter(name=Name.OURS, account_id=-1).values_list("name")
        )

        assert "'ours, by 100 %%s'" in statement.text
        assert statement.rows({-1: account.pk}) == [(Name.OURS,)]
        assert (
            Statement(AccessToken.objects.filter(name=Name.THEIRS).values_list("pk")).rows() == []
        )


class TestJoined:
    def test_is_several_statements_as_one_with_the_values_of_each(self, django_assert_num_queries):
        account = an_account()
        a_token(account, "100 %", at=NOW)
        own = AccessToken.objects.filter(account_id=-1)
        joined = Joined(
            "SELECT (SELECT count(*) FROM ({later}) AS l), token.* FROM ({token}) AS token",
            token=Statement(own.filter(name="100 %").values_list("name")),
            later=Statement(own.filter(created_at__gt=THEN).values_list("pk")),
        )

        with django_assert_num_queries(1):
            assert joined.rows({-1: account.pk, THEN: NOW}) == [(0, "100 %")]
        before = NOW - timedelta(hours=1)
        assert joined.rows({-1: account.pk, THEN: before}) == [(1, "100 %")]


class TestPlainArray:
    @pytest.mark.parametrize(
        ("values", "kind"),
        [
            ([1, -2, None], "int"),
            ([], "bigint"),
            ([True, None, False], "boolean"),
            ([date(2024, 10, 15), None], "date"),
            ([NOW, None, NOW + timedelta(microseconds=1)], "timestamptz"),
            ([UUID(int=67), None], "uuid"),
        ],
    )
    def test_is_read_as_what_was_written(self, values, kind):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT %s::{kind}[]", [plain_array(values)])
            assert cursor.fetchone() == (values,)


class TestWordArray:
    def test_is_what_the_database_reads(self):
        words = ["1.001193", "", None, "NULL", 'a "b" \\ {c}, d', "Cái Khế\n\t", "\\", '"']
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::text[]", [word_array(words)])
            assert cursor.fetchone()[0] == words
