"""A small proxy on this computer, as companies and schools have them."""

from __future__ import annotations

import base64
import contextlib
import http.client
import http.server
import threading
import urllib.parse
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Gate:
    """What the proxy does.

    Attributes:
        login: ``name:password`` it wants; None: it lets everybody through.
        asked: Method and address of each question so far.
    """

    login: str | None = None
    asked: list[str] = field(default_factory=list)


@contextlib.contextmanager
def proxying(gate: Gate) -> Iterator[str]:
    """Run the proxy.

    Yields:
        Host and port.
    """

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Be quiet."""

        def do_CONNECT(self) -> None:
            if self._lets_through():
                self.send_error(502, "No way out")  # tests have no server with a certificate

        def do_GET(self) -> None:
            if not self._lets_through():
                return
            parts = urllib.parse.urlsplit(self.path)
            assert parts.hostname == "127.0.0.1"
            upstream = http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=10)
            with contextlib.closing(upstream):
                wanted = {"Range": self.headers["Range"]} if "Range" in self.headers else {}
                upstream.request("GET", parts.path, headers=wanted)
                answer = upstream.getresponse()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.read())

        def _lets_through(self) -> bool:
            gate.asked.append(f"{self.command} {self.path}")
            if gate.login is None:
                return True
            right = f"Basic {base64.b64encode(gate.login.encode()).decode()}"
            if self.headers.get("Proxy-Authorization") == right:
                return True
            self.send_error(407)
            return False

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
