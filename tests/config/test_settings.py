import os
import subprocess
import sys

import pytest

from motcua.config.settings import environment

GOOD = {
    "MOTCUA_SECRET_KEY": "0123456789abcdefghij" * 3,
    "DATABASE_URL": "postgresql:///motcua",
    "ALLOWED_HOSTS": "dichvucong.example.vn, .example.vn",
}


def start(without=(), **changed):
    """Read production's settings in a process of their own; return how that ended."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    told = {name: value for name, value in (GOOD | changed).items() if name not in without}
    show = "from motcua.config.settings import prod; print(prod.DEMONSTRATION, prod.ALLOWED_HOSTS)"
    return subprocess.run(
        [sys.executable, "-c", show],
        env=kept | told | {"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )


class TestProduction:
    def test_starts_when_everything_is_said(self):
        done = start(MOTCUA_DEMO="1")

        assert done.stdout == "False ['dichvucong.example.vn', '.example.vn']\n", done.stderr

    @pytest.mark.parametrize(
        ("name", "advice"),
        [
            ("MOTCUA_SECRET_KEY", "openssl rand -base64 60"),
            ("DATABASE_URL", "postgresql://"),
            ("ALLOWED_HOSTS", "tên miền"),
        ],
    )
    def test_stops_with_a_sentence_when_one_is_missing(self, name, advice):
        done = start(without=[name])

        assert done.returncode == 1
        sentence = done.stderr.strip().splitlines()[-1]
        assert f"Thiếu biến môi trường {name}" in sentence
        assert advice in sentence

    def test_stops_at_a_key_that_can_be_guessed(self):
        assert "quá ngắn" in start(MOTCUA_SECRET_KEY="dev").stderr


class TestEnvironment:
    def test_refuses_what_is_no_number(self, monkeypatch):
        monkeypatch.setenv("PORT", "tám nghìn")

        with pytest.raises(environment.UnreadableSetting, match="PORT phải là số nguyên"):
            environment.number("PORT", 8000)

    def test_refuses_a_moment_that_does_not_say_where(self, monkeypatch):
        monkeypatch.setenv("MOTCUA_CLOCK_START", "2024-10-15T09:00")

        with pytest.raises(environment.UnreadableSetting, match="kèm múi giờ"):
            environment.moment("MOTCUA_CLOCK_START")

    def test_reads_networks_and_refuses_what_is_none(self, monkeypatch):
        monkeypatch.setenv("MOTCUA_KIOSK_NETWORKS", "10.20.0.0/16, 203.0.113.7")
        assert [str(n) for n in environment.networks("MOTCUA_KIOSK_NETWORKS")] == [
            "10.20.0.0/16",
            "203.0.113.7/32",
        ]
        monkeypatch.setenv("MOTCUA_KIOSK_NETWORKS", "10.20.0.1/16")

        with pytest.raises(environment.UnreadableSetting, match="địa chỉ mạng"):
            environment.networks("MOTCUA_KIOSK_NETWORKS")

    def test_takes_empty_for_not_set(self, monkeypatch):
        monkeypatch.setenv("PORT", "")

        assert environment.number("PORT", 8000) == 8000

    def test_keeps_a_secret_that_only_its_owner_reads(self, tmp_path):
        first = environment.kept_secret(tmp_path / "var" / "secret-key")

        assert environment.kept_secret(tmp_path / "var" / "secret-key") == first
        assert len(first) >= 50
        assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
