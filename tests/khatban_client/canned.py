"""An HTTP server in a thread that answers every call by a function of the test's, and remembers what was asked."""

import http.server
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit


class Call(NamedTuple):
    """What was asked."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes
    headers: dict[str, str]


class Reply(NamedTuple):
    """What is answered."""

    body: Any = None
    """Bytes as they are, anything else as JSON."""
    status: int = 200


@dataclass
class Canned:
    """Where the server is, and what it was asked."""

    url: str
    calls: list[Call] = field(default_factory=list)


@contextmanager
def answering(answer: Callable[[Call], Reply], tls: ssl.SSLContext | None = None) -> Iterator[Canned]:
    """A server while the block runs."""
    canned = Canned("")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            call = Call(self.command, parts.path, dict(parse_qsl(parts.query)), body, dict(self.headers))
            canned.calls.append(call)
            reply = answer(call)
            content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - http.server's way of naming methods

        def log_message(self, *_arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        canned.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield canned
        finally:
            server.shutdown()
            thread.join()
