"""A lean load generator: keep-alive sockets in one process, closed loop, every answer checked."""

import json
import pickle
import select
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(kw_only=True)
class Connection:
    """One client: it sends its next request when the last one has been answered."""

    socket: socket.socket
    buffer: bytearray = field(default_factory=bytearray)
    sent_at: float = 0.0
    request: int = 0


@dataclass(kw_only=True)
class Outcome:
    """What a run saw."""

    seconds: float
    latencies: list[float]
    statuses: dict[int, int]
    bodies: list[bytes]
    cpu_seconds: float


def run(
    port: int, requests: list[bytes], *, clients: int, seconds: float, again: bool = False
) -> Outcome:
    """Send the requests in order until the time or they are over; `again` begins anew instead."""
    poll = select.epoll()
    connections: dict[int, Connection] = {}
    upcoming = 0
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    bodies: list[bytes] = []
    cpu = time.process_time()
    clock = time.perf_counter
    started = clock()
    deadline = started + seconds

    def send_next(connection: Connection) -> bool:
        nonlocal upcoming
        if upcoming >= len(requests) and again:
            upcoming = 0
        if upcoming >= len(requests) or clock() >= deadline:
            return False
        connection.request = upcoming
        upcoming += 1
        connection.sent_at = clock()
        connection.socket.sendall(requests[connection.request])
        return True

    for _ in range(clients):
        sock = socket.create_connection(("127.0.0.1", port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = Connection(socket=sock)
        connections[sock.fileno()] = connection
        poll.register(sock.fileno(), select.EPOLLIN)
        send_next(connection)
    while connections:
        for number, _event in poll.poll(30):
            connection = connections[number]
            received = connection.socket.recv(65536)
            if not received:
                raise ConnectionError("the server hung up")
            connection.buffer += received
            body = _complete(connection.buffer)
            if body is None:
                continue
            latencies.append(clock() - connection.sent_at)
            status = int(connection.buffer[9:12])
            statuses[status] = statuses.get(status, 0) + 1
            bodies.append(body)
            connection.buffer.clear()
            if not send_next(connection):
                poll.unregister(number)
                connections.pop(number).socket.close()
    return Outcome(
        seconds=clock() - started,
        latencies=latencies,
        statuses=statuses,
        bodies=bodies,
        cpu_seconds=time.process_time() - cpu,
    )


def _complete(buffer: bytearray) -> bytes | None:
    head = buffer.find(b"\r\n\r\n")
    if head < 0:
        return None
    told = buffer.lower().find(b"content-length: ", 0, head)
    end = buffer.find(b"\r\n", told)
    length = int(buffer[told + 16 : end])
    if len(buffer) < head + 4 + length:
        return None
    return bytes(buffer[head + 4 :])


def main() -> None:
    """Read a plan, run it and write what was seen."""
    plan_path, answer_path = map(Path, sys.argv[1:3])
    plan = pickle.loads(plan_path.read_bytes())
    outcome = run(**plan)
    answer_path.write_bytes(pickle.dumps(outcome.__dict__))
    json.dump({"answered": len(outcome.latencies)}, sys.stdout)


if __name__ == "__main__":
    main()
