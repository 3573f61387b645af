"""A small web server on this computer that can misbehave like the real ones."""

from __future__ import annotations

import contextlib
import http.server
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Behaviour:
    """What the server does.

    Attributes:
        content: The file it gives, under any name.
        cut_after: Bytes after which it closes each connection.
        html: Send a sign-in page instead, with this content type.
        status: Send this error.
        ranges: Whether it can send a part of the file.
        told_length: ``Content-Length`` it claims for its answers; 0 for none at all.
        told_range: ``Content-Range`` it claims for every part.
        encoding: ``Content-Encoding`` it claims.
        redirects: Send every question to itself again.
        hold_at: Byte of the file from which it sends nothing more, and waits.
        released: Ends that waiting.
        requests: ``Range`` header of each question so far.
    """

    content: bytes
    cut_after: int | None = None
    html: str | None = None
    status: int | None = None
    ranges: bool = True
    told_length: int | None = None
    told_range: str | None = None
    encoding: str | None = None
    redirects: bool = False
    hold_at: int | None = None
    released: threading.Event = field(default_factory=threading.Event)
    requests: list[str] = field(default_factory=list)


@contextlib.contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """Run the server.

    Yields:
        Its address, without a slash at the end.
    """

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Be quiet."""

        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            behaviour.requests.append(wanted)
            if behaviour.status is not None:
                self.send_error(behaviour.status)
                return
            if behaviour.redirects:
                self.send_response(302)
                self.send_header("Location", self.path)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            body, first = behaviour.content, 0
            if behaviour.html is not None:
                body = b"<!DOCTYPE html><html><body>Please sign in</body></html>"
            elif wanted and behaviour.ranges:
                bounds = wanted.removeprefix("bytes=").split("-")
                first = int(bounds[0])
                if first >= len(body):
                    self.send_response(416)
                    self.send_header("Content-Range", f"bytes */{len(body)}")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                last = int(bounds[1]) if bounds[1] else len(body) - 1
                body = body[first : last + 1]
                self.send_response(206)
                right = f"bytes {first}-{last}/{len(behaviour.content)}"
                self.send_header("Content-Range", behaviour.told_range or right)
            if not (wanted and behaviour.ranges) or behaviour.html is not None:
                self.send_response(200)
            self.send_header("Content-Type", behaviour.html or "application/octet-stream")
            if behaviour.encoding is not None:
                self.send_header("Content-Encoding", behaviour.encoding)
            length = len(body) if behaviour.told_length is None else behaviour.told_length
            if length:
                self.send_header("Content-Length", str(length))
            self.end_headers()
            if behaviour.hold_at is not None:
                self.wfile.write(body[: behaviour.hold_at - first])
                behaviour.released.wait(60)
                return
            self.wfile.write(body if behaviour.cut_after is None else body[: behaviour.cut_after])

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
