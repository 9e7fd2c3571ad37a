"""`motcua deadline explain`, as typed."""

import json
import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from motcua.config.cli import app

CASE = {
    "calendar": {
        "sessions": [["07:00", "11:00"], ["13:00", "17:00"]],
        "weekend": ["sat", "sun"],
        "off": ["2024-04-29", "2024-04-30", "2024-05-01"],
        "working": ["2024-05-04"],
        "names": {"2024-04-30": "Ngày Chiến thắng"},
    },
    "limit": {"amount": 3, "unit": "working_day"},
    "pause_policy": "resume",
    "events": [{"at": "2024-04-25T16:00", "kind": "start"}],
    "asked_at": "2024-04-26T10:00",
}


def case(**changed):
    return {**deepcopy(CASE), **changed}


def events(*told):
    return [dict(zip(("kind", "at", "reason"), each, strict=False)) for each in told]


def typed(told, *words):
    text = told if isinstance(told, str | bytes) else json.dumps(told)
    return CliRunner().invoke(app, ["deadline", "explain", "--file", "-", *words], input=text)


def answer(**changed):
    result = typed(case(**changed), "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def due(**changed):
    return answer(**changed)["due_at"]


class TestTheAnswer:
    def test_has_the_keys_of_the_contract(self):
        told = answer()

        assert told["due_at"] == "2024-05-03T16:00:00+07:00"
        assert (told["state"], told["overdue"]) == ("running", False)
        assert told["due_if_answered_now"] is None
        assert {"from", "to", "reason"} <= told["skipped"][0].keys()
        assert "16:00, 03/05/2024" in told["text"]

    def test_names_the_holiday_and_whom_it_waits_for(self):
        told = answer(
            events=events(
                ("start", "2024-04-25T16:00"),
                ("pause", "2024-05-02T08:00", "other_agency"),
                ("resume", "2024-05-02T10:00"),
            ),
            asked_at="2024-05-02T11:00",
        )

        assert {
            "from": "2024-04-30T00:00:00+07:00",
            "to": "2024-05-01T00:00:00+07:00",
            "reason": "holiday",
            "name": "Ngày Chiến thắng",
        } in told["skipped"]
        assert {
            "from": "2024-05-02T08:00:00+07:00",
            "to": "2024-05-02T10:00:00+07:00",
            "reason": "other_agency",
        } in told["skipped"]
        assert {"night", "weekend", "lunch"} <= {each["reason"] for each in told["skipped"]}
        assert "Ngày Chiến thắng" in told["text"]

    def test_says_what_an_answer_now_would_bring(self):
        told = answer(
            events=events(("start", "2024-05-02T08:00"), ("pause", "2024-05-02T16:00")),
            asked_at="2024-05-03T10:00",
        )

        assert told["state"] == "paused"
        assert told["due_at"] == "2024-05-06T08:00:00+07:00"
        assert told["due_if_answered_now"] == "2024-05-06T14:00:00+07:00"
        assert "nếu Ông/Bà nộp ngay bây giờ" not in told["text"]  # for whom, was not told

    def test_is_a_sum_for_people_without_json(self):
        told = typed(case())

        assert told.exit_code == 0
        assert "Hạn trả kết quả: 16:00, 03/05/2024." in told.stdout
        assert "{" not in told.stdout

    @pytest.mark.parametrize(
        ("start", "amount", "unit", "expected"),
        [
            ("2024-04-25T16:00", 4, "working_day", "2024-05-04T16:00"),  # the made-up Saturday
            ("2024-04-25T16:00", "1/2", "working_day", "2024-04-26T10:00"),
            ("2024-04-25T16:00", 0.5, "working_day", "2024-04-26T10:00"),
            ("2024-04-25T16:00", 1.5, "working_day", "2024-05-02T10:00"),
            ("2024-05-02T09:00", 1.5, "working_day", "2024-05-03T15:00"),
            ("2024-05-02T09:00", 0.25, "hour", "2024-05-02T09:15"),
            ("2024-05-02T09:00", 2, "hour", "2024-05-02T11:00"),  # the close, no next opening
            ("2024-05-02T13:00", 4, "hour", "2024-05-02T17:00"),
            ("2024-04-30T09:00", 1, "working_day", "2024-05-03T07:00"),  # received on a holiday
            ("2024-05-02T11:30", 1, "hour", "2024-05-02T14:00"),  # received at lunch
            ("2024-05-02T17:00", 1, "working_day", "2024-05-04T07:00"),
            ("2024-05-02T09:00", 3, "day", "2024-05-06T09:00"),
            ("2024-01-31T09:00", 1, "month", "2024-02-29T09:00"),
        ],
    )
    def test_counts_every_unit(self, start, amount, unit, expected):
        told = due(
            limit={"amount": amount, "unit": unit},
            events=events(("start", start)),
            asked_at=start,
        )

        assert told == f"{expected}:00+07:00"

    def test_knows_the_cut_off_of_a_same_day_procedure(self):
        same_day = {"amount": 1, "unit": "working_day", "same_day_until": "15:00"}

        at_three = events(("start", "2024-05-02T15:00"))
        later = events(("start", "2024-05-02T15:01"))

        asked = "2024-05-02T15:30"
        assert due(limit=same_day, events=at_three, asked_at=asked) == "2024-05-02T17:00:00+07:00"
        assert due(limit=same_day, events=later, asked_at=asked) == "2024-05-03T17:00:00+07:00"

    @pytest.mark.parametrize(
        ("policy", "expected"),
        [("resume", "2024-05-08T10:00:00+07:00"), ("restart", "2024-05-09T10:00:00+07:00")],
    )
    def test_goes_on_or_begins_anew_after_a_pause(self, policy, expected):
        told = due(
            pause_policy=policy,
            limit={"amount": 3, "unit": "working_day"},
            events=events(
                ("start", "2024-05-02T10:00"),
                ("pause", "2024-05-03T10:00"),
                ("resume", "2024-05-06T10:00"),
            ),
            asked_at="2024-05-06T11:00",
        )

        assert told == expected

    @pytest.mark.parametrize("policy", ["resume", "restart"])
    def test_asking_late_removes_no_lateness(self, policy):
        told = answer(
            pause_policy=policy,
            limit={"amount": 1, "unit": "hour"},
            events=events(
                ("start", "2024-05-02T08:00"), ("pause", "2024-05-02T09:01", "applicant")
            ),
            asked_at="2024-05-03T10:00",
        )

        assert told["due_at"] == told["due_if_answered_now"] == "2024-05-02T09:00:00+07:00"
        assert (told["state"], told["overdue"]) == ("overdue", True)

    @pytest.mark.parametrize("policy", ["resume", "restart"])
    def test_an_answer_within_the_minute_changes_nothing(self, policy):
        told = due(
            pause_policy=policy,
            events=events(
                ("start", "2024-05-02T10:00"),
                ("pause", "2024-05-03T10:00:05"),
                ("resume", "2024-05-03T10:00:55"),
            ),
            asked_at="2024-05-03T11:00",
        )

        assert told == "2024-05-06T10:00:00+07:00"

    def test_an_extension_counts_on_from_the_due_moment(self):
        extended = [*events(("start", "2024-05-02T10:00")), {
            "at": "2024-05-03T10:00", "kind": "extend", "by": {"amount": 2, "unit": "working_day"}
        }]  # fmt: skip

        told = due(
            limit={"amount": 1, "unit": "working_day"}, events=extended, asked_at="2024-05-03T11:00"
        )

        assert told == "2024-05-06T10:00:00+07:00"

    def test_what_happened_later_is_not_looked_at(self):
        told = answer(
            events=events(("start", "2024-04-25T16:00"), ("stop", "2024-04-26T11:00")),
            asked_at="2024-04-26T10:59",
        )

        assert told["state"] == "running"

    @pytest.mark.parametrize(
        ("stopped", "overdue"), [("2024-05-03T16:00", False), ("2024-05-03T16:01", True)]
    )
    def test_is_done_in_time_or_late(self, stopped, overdue):
        told = answer(
            events=events(("start", "2024-04-25T16:00"), ("stop", stopped)),
            asked_at="2024-06-01T10:00",
        )

        assert (told["state"], told["overdue"]) == ("done", overdue)

    def test_takes_the_citys_time_with_its_offset_as_well(self):
        with_offset = events(("start", "2024-04-25T16:00:00+07:00"))

        assert due(events=with_offset, asked_at="2024-04-26T10:00+07:00") == due()

    def test_takes_sessions_in_any_order_and_without_a_break(self):
        whole = {"sessions": [["12:00", "17:00"], ["07:00", "12:00"]], "weekend": ["sun"]}

        told = answer(
            calendar=whole,
            limit={"amount": 9, "unit": "hour"},
            events=events(("start", "2024-05-03T10:00")),
            asked_at="2024-05-03T10:00",
        )

        assert told["due_at"] == "2024-05-04T09:00:00+07:00"
        assert [each["reason"] for each in told["skipped"]] == ["night"]


class TestHoursOfWeekdays:
    def test_are_counted_on_their_weekday(self):
        calendar = {
            "sessions": [["07:00", "11:00"], ["13:00", "17:00"]],
            "sessions_by_weekday": {"fri": [["07:00", "11:00"]], "sat": [["07:00", "11:00"]]},
            "weekend": ["sun"],
        }
        hours = {"amount": 12, "unit": "hour"}
        start = events(("start", "2024-05-16T15:00"))  # a Thursday
        told = answer(calendar=calendar, limit=hours, events=start, asked_at="2024-05-17T10:00")
        assert told["due_at"] == "2024-05-20T09:00:00+07:00"


class TestCounting:
    """Hand-worked: received at 16:00 on Thursday 25 April; 29 April to 1 May are off."""

    def test_is_by_law_unless_told_otherwise(self):
        by_law = {"rounding": "exact", "first_day": "excluded", "after_hours": "next_session"}
        assert due(counting=by_law) == due() == "2024-05-03T16:00:00+07:00"

    def test_may_take_the_day_of_receipt_for_the_first(self):
        # Thursday 25, Friday 26 April, Thursday 2 May, to its close.
        assert due(counting={"first_day": "included"}) == "2024-05-02T17:00:00+07:00"

    def test_may_end_with_the_session_or_the_day(self):
        start = events(("start", "2024-04-25T09:30"))
        assert due(events=start) == "2024-05-03T09:30:00+07:00"
        to_noon, to_evening = {"rounding": "session_end"}, {"rounding": "day_end"}
        assert due(events=start, counting=to_noon) == "2024-05-03T11:00:00+07:00"
        assert due(events=start, counting=to_evening) == "2024-05-03T17:00:00+07:00"

    def test_may_count_what_comes_at_lunch_from_the_next_day(self):
        start = events(("start", "2024-04-25T11:30"))
        told = answer(
            events=start, asked_at="2024-05-02T10:00", counting={"after_hours": "next_day"}
        )
        assert told["due_at"] == "2024-05-04T07:00:00+07:00"
        assert told["skipped"][0]["reason"] == "after_hours"

    def test_of_two_pauses_is_rounded_once(self):
        told = events(
            ("start", "2024-04-24T09:30"),
            ("pause", "2024-04-24T10:30"),
            ("resume", "2024-04-25T10:30"),
            ("pause", "2024-04-25T14:30"),
            ("resume", "2024-04-26T14:30"),
        )
        # Two days later than 3 May, 09:30 minus a day off each: and then to the evening.
        exact = due(events=told, asked_at="2024-05-02T10:00")
        rounded = due(events=told, asked_at="2024-05-02T10:00", counting={"rounding": "day_end"})
        assert rounded[:10] == exact[:10]
        assert rounded[11:16] == "17:00"

    def test_is_said_in_the_text(self):
        told = answer(counting={"first_day": "included", "basis": "Luật Mèo, Điều 3"})
        assert "Ngày tiếp nhận được tính là ngày đầu" in told["text"]
        assert "Luật Mèo, Điều 3" in told["text"]


class TestBadInput:
    @pytest.mark.parametrize(
        ("changed", "path"),
        [
            ({"limit": {"amount": 0, "unit": "day"}}, "limit.amount"),
            ({"limit": {"amount": -3, "unit": "day"}}, "limit.amount"),
            ({"limit": {"amount": 10_000, "unit": "working_day"}}, "limit.amount"),
            ({"limit": {"amount": 10**40, "unit": "hour"}}, "limit.amount"),
            ({"limit": {"amount": 0.5, "unit": "day"}}, "limit.amount"),
            ({"limit": {"amount": True, "unit": "day"}}, "limit.amount"),
            ({"limit": {"amount": "1/0", "unit": "hour"}}, "limit.amount"),
            ({"limit": {"amount": "ba", "unit": "hour"}}, "limit.amount"),
            ({"limit": {"amount": None, "unit": "hour"}}, "limit.amount"),
            ({"limit": {"amount": 3, "unit": "week"}}, "limit.unit"),
            ({"limit": {"amount": 3, "unit": ["day"]}}, "limit.unit"),
            ({"limit": {"unit": "day"}}, "limit.amount"),
            ({"limit": 3}, "limit"),
            ({"pause_policy": "begin"}, "pause_policy"),
            (
                {"calendar": {"sessions": [["07:00", "11:00"]], "sessions_by_weekday": []}},
                "calendar.sessions_by_weekday",
            ),
            (
                {
                    "calendar": {
                        "sessions": [["07:00", "11:00"]],
                        "sessions_by_weekday": {"sat": [["07:00", "09:00"]]},
                    }
                },
                "calendar.sessions_by_weekday.sat",
            ),
            (
                {
                    "calendar": {
                        "sessions": [["07:00", "11:00"]],
                        "sessions_by_weekday": {"fri": [["07:00", "09:00"], ["08:00", "10:00"]]},
                    }
                },
                "calendar.sessions_by_weekday.fri[1]",
            ),
            (
                {
                    "calendar": {
                        "sessions": [["07:00", "11:00"]],
                        "sessions_by_weekday": {"fri": []},
                    }
                },
                "calendar.sessions_by_weekday.fri",
            ),
            ({"counting": "by law"}, "counting"),
            ({"counting": {"rounding": "up"}}, "counting.rounding"),
            ({"counting": {"first_day": True}}, "counting.first_day"),
            ({"counting": {"lunch": "worked"}}, "counting.lunch"),
            ({"events": []}, "events"),
            ({"events": {}}, "events"),
            ({"events": [3]}, "events[0]"),
            ({"events": events(("pause", "2024-04-25T16:00"))}, "events[0].kind"),
            (
                {"events": events(("start", "2024-04-25T16:00"), ("start", "2024-04-25T17:00"))},
                "events[1].kind",
            ),
            (
                {"events": events(("start", "2024-04-25T16:00"), ("resume", "2024-04-25T17:00"))},
                "events[1].kind",
            ),
            (
                {"events": events(("start", "2024-04-25T16:00"), ("pause", "2024-04-25T15:59"))},
                "events[1].at",
            ),
            (
                {"events": events(*[("start", "2024-04-24T16:00")], *[("pause", "2024-04-25")])},
                "events[1].at",
            ),
            (
                {
                    "events": events(
                        ("start", "2024-04-24T16:00"),
                        ("pause", "2024-04-25T07:00"),
                        ("pause", "2024-04-25T08:00"),
                    )
                },
                "events[2].kind",
            ),
            (
                {
                    "events": events(
                        ("start", "2024-04-24T16:00"),
                        ("stop", "2024-04-25T07:00"),
                        ("pause", "2024-04-25T08:00"),
                    )
                },
                "events[2]",
            ),
            ({"events": events(("begin", "2024-04-24T16:00"))}, "events[0].kind"),
            ({"events": events(("start", "2024-04-24T16:00", "applicant"))}, "events[0].reason"),
            (
                {
                    "events": events(
                        ("start", "2024-04-24T16:00"), ("pause", "2024-04-25T07:00", "coffee")
                    )
                },
                "events[1].reason",
            ),
            (
                {"events": events(("start", "2024-04-24T16:00"), ("extend", "2024-04-25T07:00"))},
                "events[1].by",
            ),
            ({"events": events(("start", "2024-02-30T10:00"))}, "events[0].at"),
            ({"events": events(("start", "2024-04-25T25:00"))}, "events[0].at"),
            ({"events": events(("start", "2024-04-25T16:00+08:00"))}, "events[0].at"),
            ({"events": events(("start", "2024-04-25T09:00Z"))}, "events[0].at"),
            ({"events": events(("start", "9999-12-31T10:00"))}, "events[0].at"),
            ({"events": events(("start", "0001-01-01T10:00"))}, "events[0].at"),
            ({"events": events(("start", 1714035600))}, "events[0].at"),
            ({"asked_at": "2024-04-25T15:59"}, "asked_at"),
            ({"asked_at": None}, "asked_at"),
            ({"due_at": "2024-05-03T16:00"}, "due_at"),
            ({"calendar": {}}, "calendar.sessions"),
            ({"calendar": []}, "calendar"),
            ({"calendar": {"sessions": []}}, "calendar.sessions"),
            ({"calendar": {"sessions": [["11:00", "07:00"]]}}, "calendar.sessions[0]"),
            ({"calendar": {"sessions": [["07:00", "07:00"]]}}, "calendar.sessions[0]"),
            ({"calendar": {"sessions": [["07:00"]]}}, "calendar.sessions[0]"),
            ({"calendar": {"sessions": [["07:00", "24:30"]]}}, "calendar.sessions[0][1]"),
            (
                {"calendar": {"sessions": [["07:00", "12:00"], ["11:00", "17:00"]]}},
                "calendar.sessions[1]",
            ),
        ],
    )
    def test_is_refused_with_the_path_and_the_reason(self, changed, path):
        result = typed(case(**changed), "--json")

        assert result.exit_code == 2
        [line] = result.stdout.splitlines()
        assert json.loads(line)["error"].startswith(f"{path}: ")
        assert json.loads(line)["error"] in result.stderr

    @pytest.mark.parametrize(
        ("changed", "path"),
        [
            ({"weekend": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}, "calendar.weekend"),
            ({"weekend": ["saturday"]}, "calendar.weekend[0]"),
            ({"weekend": "sat"}, "calendar.weekend"),
            ({"off": ["2024-02-30"]}, "calendar.off[0]"),
            ({"off": ["30/04/2024"]}, "calendar.off[0]"),
            ({"working": ["2024-04-30"]}, "calendar.working[0]"),  # a swap onto a holiday
            ({"names": {"lễ": "Lễ"}}, "calendar.names.lễ"),
            ({"names": {"2024-04-30": 3}}, "calendar.names.2024-04-30"),
            ({"holidays": []}, "calendar.holidays"),
        ],
    )
    def test_of_the_calendar_is_refused_too(self, changed, path):
        result = typed(case(calendar={**CASE["calendar"], **changed}))

        assert result.exit_code == 2
        assert result.stdout == ""
        assert f"{path}: " in result.stderr

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "ngày mai",
            b"\xff\xfe\x00",
            "[" * 100_000,
            '{"limit": {"amount": NaN}}',
            '{"limit": {"amount": Infinity}}',
            '{"limit": 1, "limit": 2}',
            '{"limit": ' + "9" * 5000 + "}",
            "null",
            "[]",
            '"' + "x" * 1_000_001 + '"',
            json.dumps(CASE).replace('"amount": 3', '"amount": 1e999999999'),
            json.dumps(CASE).replace('"amount": 3', '"amount": 1e-999999999'),
        ],
    )
    def test_that_is_no_case_at_all_is_one_sentence(self, text):
        result = typed(text, "--json")

        assert result.exit_code == 2
        assert json.loads(result.stdout)["error"].endswith(".")
        assert len(result.stderr.strip().splitlines()) == 1

    def test_of_a_limit_that_outlives_the_calendar_is_refused(self):
        a_minute_a_week = {
            "sessions": [["07:00", "07:01"]],
            "weekend": ["mon", "tue", "wed", "thu", "fri", "sun"],
        }

        result = typed(case(limit={"amount": 9999, "unit": "hour"}, calendar=a_minute_a_week))

        assert result.exit_code == 2
        assert "calendar: " in result.stderr

    def test_a_file_that_is_not_there_is_one_sentence(self, tmp_path):
        for path in (tmp_path / "none.json", tmp_path):
            words = ["deadline", "explain", "--file", str(path)]
            result = CliRunner().invoke(app, words)

            assert result.exit_code == 2
            assert len(result.stderr.strip().splitlines()) == 1


def test_needs_no_settings_and_no_database(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE), encoding="utf-8")
    bare = {key: value for key, value in os.environ.items() if not key.startswith("D")}

    told = subprocess.run(  # our own command
        [sys.executable, "-m", "motcua.config.cli", "deadline", "explain", "--file", str(path)],
        env={**bare, "PYTHONPATH": str(Path(__file__).parents[3] / "src")},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert "Hạn trả kết quả: 16:00, 03/05/2024." in told.stdout
