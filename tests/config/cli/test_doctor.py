import json
import socket

import pytest
from typer.testing import CliRunner

from motcua.config.cli import app, doctor
from motcua.config.cli.doctor import Verdict


def run(*arguments):
    return CliRunner().invoke(app, ["doctor", *arguments])


@pytest.mark.django_db
class TestDoctor:
    def test_speaks_plainly_and_tells_what_to_do(self):
        told = run()

        assert "✓ ổn       Python: 3." in told.output
        assert "điều cần sửa." in told.output
        # The tests' own database and key are good enough for tests only.
        assert "✗ cần sửa  Ghi bền: fsync=off" in told.output
        assert "→ Hãy đặt MOTCUA_SECRET_KEY" in told.output
        assert told.exit_code == 1

    def test_tells_machines_the_same(self):
        told = run("--json")

        found = json.loads(told.output)
        by_name = {finding["about"]: finding for finding in found["findings"]}
        assert found["ok"] is False
        assert by_name["Ghi bền"]["verdict"] == "fault"
        assert by_name["Cấu trúc dữ liệu"]["verdict"] == "ok"

    def test_notices_a_taken_port(self, monkeypatch):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            monkeypatch.setenv("PORT", str(taken.getsockname()[1]))

            assert "! lưu ý    Cổng mạng" in run().output


@pytest.mark.parametrize(
    ("free_gb", "verdict"), [(50, Verdict.OK), (3, Verdict.WARNING), (0.5, Verdict.FAULT)]
)
def test_wants_room_on_the_disk(free_gb, verdict):
    assert doctor.free_space(int(free_gb * 2**30)).verdict is verdict


@pytest.mark.parametrize(
    ("fsync", "synchronous_commit", "verdict"),
    [
        ("on", "on", Verdict.OK),
        ("on", "remote_apply", Verdict.OK),
        ("off", "on", Verdict.FAULT),
        ("on", "off", Verdict.FAULT),
    ],
)
def test_wants_acknowledged_dossiers_to_last(fsync, synchronous_commit, verdict):
    found = doctor.durability(fsync=fsync, synchronous_commit=synchronous_commit)

    assert found.verdict is verdict


def test_forgives_a_weak_key_in_demonstrations_only():
    assert doctor.secret_key("dev", is_demonstration=True).verdict is Verdict.WARNING
    assert doctor.secret_key("dev", is_demonstration=False).verdict is Verdict.FAULT
    assert doctor.secret_key("0123456789ab" * 5, is_demonstration=False).verdict is Verdict.OK


def test_notices_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch(mode=0o600)  # root, who may do anything, cannot do this either

    assert doctor.writable("Kho tệp", tmp_path / "file" / "var").verdict is Verdict.FAULT
    assert doctor.writable("Kho tệp", tmp_path / "var").verdict is Verdict.OK


def test_believes_what_names_chromium(monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "missing"))

    assert doctor.find_chromium() is None
