import threading

from motcua.config.cli.worker import keep_running


def test_begins_afresh_after_a_failure_and_ends_when_told(caplog):
    stop, runs = threading.Event(), []

    def run(stop):
        runs.append(len(runs))
        if len(runs) < 3:
            raise OSError("the database is away")
        stop.set()

    thread = threading.Thread(
        target=keep_running, args=["followers", run, stop], kwargs={"first_pause": 0.01}
    )
    thread.start()
    thread.join(10)

    assert not thread.is_alive()
    assert runs == [0, 1, 2]
    assert "followers failed and will begin afresh" in caplog.text
