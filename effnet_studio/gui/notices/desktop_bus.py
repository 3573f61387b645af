"""Desktop notifications on Linux: the bus is asked through a socket of Qt's, nothing waits."""

from __future__ import annotations

import html
import itertools
import logging
import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalSocket

from effnet_studio.gui.notices import dbus_wire as wire
from effnet_studio.gui.notices.dbus_wire import Field, Kind
from effnet_studio.paths import APP_NAME

if TYPE_CHECKING:
    from effnet_studio.gui.notices.dbus_wire import BusMessage

_log = logging.getLogger(__name__)

_SERVICE: Final = "org.freedesktop.Notifications"
_OBJECT: Final = "/org/freedesktop/Notifications"
_BUS: Final = "org.freedesktop.DBus"
_BUS_OBJECT: Final = "/org/freedesktop/DBus"


def session_bus_path() -> str:
    """Where the bus of the user's session listens.

    Returns:
        A path, or ``@NAME`` for a name that is no file; empty where there is no session.
    """
    for address in os.environ.get("DBUS_SESSION_BUS_ADDRESS", "").split(";"):
        kind, _, rest = address.partition(":")
        parts = dict(part.partition("=")[::2] for part in rest.split(","))
        if kind == "unix" and "path" in parts:
            return unquote(parts["path"])
        if kind == "unix" and "abstract" in parts:
            return f"@{unquote(parts['abstract'])}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    usual = Path(runtime) / "bus"
    return str(usual) if runtime and usual.exists() else ""


class DesktopBus(QObject):
    """One connection to the bus, made when it is first needed.

    Args:
        path: As :func:`session_bus_path` gives it.
        parent: Qt's owner.
    """

    shown = Signal()
    """A notification was taken by the desktop."""
    clicked = Signal()
    """The user clicked on one of them."""
    refused = Signal(str, str)
    """Title and text of one that nobody took."""

    def __init__(self, path: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._socket: QLocalSocket | None = None
        self._buffer = bytearray()
        self._talking = False
        self._serials = itertools.count(1)
        self._waiting: list[tuple[str, str, str]] = []
        self._asked: dict[int, tuple[str, str]] = {}
        self._ours: set[int] = set()

    def notify(self, title: str, text: str, action: str) -> None:
        """Ask the desktop to show something; ``shown`` or ``refused`` tells what came of it.

        Args:
            title: One line.
            text: May be empty.
            action: What a click on it does, in words.
        """
        self._waiting.append((title, text, action))
        if self._socket is None:
            self._connect()
        elif self._talking:
            self._send_waiting()

    def _connect(self) -> None:
        socket = QLocalSocket(self)
        if self._path.startswith("@"):
            socket.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
        socket.connected.connect(self._on_connected)
        socket.readyRead.connect(self._on_ready_read)
        socket.errorOccurred.connect(self._on_lost)
        self._socket = socket
        socket.connectToServer(self._path.removeprefix("@"))

    @Slot()
    def _on_connected(self) -> None:
        if self._socket is not None:
            user = str(os.getuid()).encode().hex() if hasattr(os, "getuid") else ""
            self._socket.write(f"\0AUTH EXTERNAL {user}\r\n".encode())

    @Slot()
    def _on_lost(self) -> None:
        """Nobody is there, or the bus went away; the next notification tries again."""
        socket, self._socket = self._socket, None
        if socket is None:
            return
        _log.info("no notifications: %s", socket.errorString())
        socket.deleteLater()
        self._talking = False
        self._buffer.clear()
        self._ours.clear()
        lost = [(title, text) for title, text, _ in self._waiting] + list(self._asked.values())
        self._waiting.clear()
        self._asked.clear()
        for title, text in lost:
            self.refused.emit(title, text)

    @Slot()
    def _on_ready_read(self) -> None:
        if self._socket is None:
            return
        self._buffer += self._socket.readAll().data()
        try:
            if not self._talking:
                self._read_greeting()
            while self._talking and (message := wire.take_message(self._buffer)) is not None:
                self._take(message)
        except (ValueError, struct.error, KeyError):
            _log.info("the session bus said something strange", exc_info=True)
            self._on_lost()

    def _read_greeting(self) -> None:
        line, found, rest = bytes(self._buffer).partition(b"\r\n")
        if not found or self._socket is None:
            return
        if not line.startswith(b"OK"):
            raise ValueError("the bus does not let us in")
        self._buffer = bytearray(rest)
        self._socket.write(b"BEGIN\r\n")
        self._talking = True
        self._call(_BUS, _BUS_OBJECT, "Hello")
        rule = wire.string_body(f"type='signal',interface='{_SERVICE}'")
        self._call(_BUS, _BUS_OBJECT, "AddMatch", "s", rule)
        self._send_waiting()

    def _send_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for title, text, action in waiting:
            body = wire.notify_body(APP_NAME, title, html.escape(text, quote=False), action)
            serial = self._call(_SERVICE, _OBJECT, "Notify", wire.NOTIFY_SIGNATURE, body)
            self._asked[serial] = (title, text)

    def _call(
        self, service: str, path: str, member: str, signature: str = "", body: bytes = b""
    ) -> int:
        serial = next(self._serials)
        data = wire.write_call(
            serial,
            path=path,
            interface=service,
            member=member,
            destination=service,
            signature=signature,
            body=body,
        )
        if self._socket is not None:
            self._socket.write(data)
        return serial

    def _take(self, message: BusMessage) -> None:
        asked = self._asked.pop(_number(message.fields.get(Field.REPLY_SERIAL)), None)
        if asked is not None and message.kind == Kind.ANSWER and message.body:
            self._ours.add(_number(message.body[0]))
            self.shown.emit()
        elif asked is not None:
            self.refused.emit(*asked)
        elif message.kind == Kind.SIGNAL and message.fields.get(Field.INTERFACE) == _SERVICE:
            self._take_signal(str(message.fields.get(Field.MEMBER)), message.body)

    def _take_signal(self, name: str, body: tuple[object, ...]) -> None:
        known = bool(body) and body[0] in self._ours
        if known and name == "ActionInvoked":
            self.clicked.emit()
        elif known and name == "NotificationClosed":
            self._ours.discard(_number(body[0]))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
