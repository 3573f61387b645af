"""Web connections that are written down in the journal of connections, one entry each.

Hooked in where a connection is really opened: what a server sends the app on to is noted too.
"""

from __future__ import annotations

import http.client
import urllib.parse
import urllib.request
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from effnet_studio.engine.connections import Note, Outcome, Purpose, begin

if TYPE_CHECKING:
    from collections.abc import Iterator


class NotedResponse(http.client.HTTPResponse):
    """An answer that counts its content and tells the journal when it is closed."""

    note: Note | None = None
    received = 0

    def read(self, amt: int | None = None) -> bytes:
        """As in the base class."""
        return self._counted(super().read(amt))

    def read1(self, n: int = -1) -> bytes:
        """As in the base class."""
        return self._counted(super().read1(n))

    def close(self) -> None:
        """As in the base class; also when nobody does it and the memory is cleared."""
        super().close()
        if self.note is not None:
            outcome = Outcome.REFUSED if self.status >= 400 else Outcome.DONE
            detail = f"{self.status} {self.reason}".strip()
            self.note.end(outcome, received=self.received, detail=detail)

    def _counted(self, content: bytes) -> bytes:
        self.received += len(content)
        return content


class _HTTPConnection(http.client.HTTPConnection):
    response_class = NotedResponse


class _HTTPSConnection(http.client.HTTPSConnection):
    response_class = NotedResponse


class _Noting(urllib.request.AbstractHTTPHandler):
    """Opens connections that are noted.

    Args:
        purpose: What the app asks for.
    """

    def __init__(self, purpose: Purpose) -> None:
        super().__init__()
        self._purpose = purpose

    def do_open(self, http_class: Any, req: urllib.request.Request, **more: Any) -> Any:
        """As in the base class."""
        note = _begin(req, self._purpose)
        secure = issubclass(http_class, http.client.HTTPSConnection)
        noted: Any = _HTTPSConnection if secure else _HTTPConnection
        try:
            response = super().do_open(noted, req, **more)
        except Exception as error:
            reason = getattr(error, "reason", None) or error
            note.end(Outcome.FAILED, detail=str(reason) or type(error).__name__)
            raise
        if isinstance(response, NotedResponse):
            response.note = note
        return response


class _NotingHTTP(_Noting, urllib.request.HTTPHandler):
    pass


class _NotingHTTPS(_Noting, urllib.request.HTTPSHandler):
    pass


def noting_handlers(purpose: Purpose) -> Iterator[urllib.request.BaseHandler]:
    """The handlers of http and https addresses.

    Args:
        purpose: What the app asks for.
    """
    yield _NotingHTTP(purpose)
    yield _NotingHTTPS(purpose)


def _begin(request: urllib.request.Request, purpose: Purpose) -> Note:
    parts = urllib.parse.urlsplit(request.full_url)
    # With a proxy the request goes to the proxy's address; the file's own stays in the URL.
    direct = request.host == parts.netloc.rpartition("@")[2]
    return begin(
        parts.hostname or parts.netloc,
        purpose,
        sent=PurePosixPath(parts.path).name,
        proxy="" if direct else request.host.rpartition("@")[2],
    )
