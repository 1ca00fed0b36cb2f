"""A service that records what it is asked and answers what it is told to.

The sockets are read by hand: what counts here is what was on the wire, not what a library makes of it.
"""

import socket
import threading
from typing import NamedTuple


class Request(NamedTuple):
    """A request as it came: the target still percent-encoded, the names of headers in lower case."""

    method: str
    target: str
    headers: list
    body: bytes


class Answer(NamedTuple):
    """A response to give."""

    status: int
    headers: dict
    body: bytes
    # What the body says, if it is a structure.
    value: dict = {}

    def to_bytes(self):
        headers = {"content-length": len(self.body), "x-amzn-requestid": "upstream", **self.headers}
        lines = [f"HTTP/1.1 {self.status} Answer", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        return "\r\n".join(lines).encode() + self.body


class Upstream:
    """A server on a free port, with a thread for each connection; connections are kept."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._requests = []
        self._answer = b""
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def prepare(self, answer):
        """Says what every request gets from now on."""
        self._answer = answer.to_bytes()

    def take(self):
        """The requests since the last call."""
        requests, self._requests = self._requests, []
        return requests

    def _accept(self):
        while True:
            connection, _ = self._listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection):
        with connection, connection.makefile("rb") as source:
            while (request := read_request(source)) is not None:
                self._requests.append(request)
                connection.sendall(self._answer)


def read_request(source):
    """The next request of a connection; nothing when it has ended."""
    line = source.readline()
    if not line:
        return None
    method, target, _ = line.decode("latin-1").split(" ", 2)
    headers = []
    while line := source.readline().strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers.append((name.lower(), value.strip()))
    return Request(method, target, headers, read_body(source, dict(headers)))


def read_body(source, headers):
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return source.read(int(headers.get("content-length", 0)))
    body = b""
    while size := int(source.readline().split(b";")[0], 16):
        body += source.read(size)
        source.readline()
    source.readline()
    return body
