"""Whether an address can be listened on."""

import socket

from .terminal import Stopped


def check_free(host: str, port: int) -> None:
    """
    Return if nobody listens there.

    :raises Stopped: if the port is taken, or the address is not this machine's
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # Connections of a server that has just stopped may linger; they are no hindrance.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except PermissionError as error:
        raise Stopped(
            f"Không được phép dùng cổng {port}. Hãy chọn cổng lớn hơn 1023, "
            "ví dụ: PORT=8001 make run."
        ) from error
    except socket.gaierror as error:
        raise Stopped(f"Không hiểu địa chỉ {host}. Hãy kiểm tra biến môi trường HOST.") from error
    except OSError as error:
        raise Stopped(
            f"Cổng {port} đang có chương trình khác dùng. Hãy dừng chương trình đó, "
            f"hoặc chọn cổng khác, ví dụ: PORT={port + 1} make run."
        ) from error
