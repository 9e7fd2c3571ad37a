import socket

import pytest

from motcua.config.cli import ports
from motcua.config.cli.terminal import Stopped


def test_says_how_to_choose_another_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(Stopped, match=rf"Cổng {port} đang có.*PORT={port + 1} make run"):
            ports.check_free("127.0.0.1", port)

    ports.check_free("127.0.0.1", port)
