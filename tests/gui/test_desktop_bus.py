"""Desktop notifications over a real session bus, with a notification service of the test's own."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QLocalServer

from effnet_studio.gui.notices import dbus_wire as wire
from effnet_studio.gui.notices.desktop_bus import DesktopBus, session_bus_path

QtDBus = pytest.importorskip("PySide6.QtDBus")

PATH = "/org/freedesktop/Notifications"
NAME = "org.freedesktop.Notifications"


class Service(QtDBus.QDBusVirtualObject):
    """Shows nothing, and keeps what it was asked to show."""

    def __init__(self, bus: object) -> None:
        super().__init__()
        self.bus = bus
        self.asked: list[tuple[str, list[object]]] = []

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message, connection) -> bool:  # noqa: N802
        self.asked.append((message.signature(), message.arguments()))
        reply = message.createReply()
        reply.setArguments([40 + len(self.asked)])
        connection.send(reply)
        return True

    def click(self, number: int) -> None:
        signal = QtDBus.QDBusMessage.createSignal(PATH, NAME, "ActionInvoked")
        signal.setArguments([number, "default"])
        self.bus.send(signal)


@pytest.fixture
def bus_path(tmp_path: Path) -> Iterator[str]:
    """A session bus for one test."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("no dbus-daemon here")
    path = tmp_path / "bus"
    command = [daemon, "--session", "--nofork", "--nopidfile", f"--address=unix:path={path}"]
    process = subprocess.Popen(
        [*command, "--print-address"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        if not process.stdout.readline():
            pytest.skip("dbus-daemon does not start here")
        yield str(path)
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture
def service(qapp, bus_path: str) -> Iterator[Service]:
    name = f"service-{Path(bus_path).parent.name}"
    bus = QtDBus.QDBusConnection.connectToBus(f"unix:path={bus_path}", name)
    service = Service(bus)
    assert bus.registerVirtualObject(PATH, service)
    assert bus.registerService(NAME)
    yield service
    bus.unregisterService(NAME)
    bus.unregisterObject(PATH)
    QtDBus.QDBusConnection.disconnectFromBus(name)


def test_that_the_desktop_takes_a_notification_and_its_click_comes_back(
    qtbot, bus_path: str, service: Service
) -> None:
    bus = DesktopBus(bus_path)
    with qtbot.waitSignal(bus.shown):
        bus.notify("Training finished: 94.2 % right", "Bees & <ants>", "Show")
    signature, arguments = service.asked[0]
    assert signature == "susssasa{sv}i"
    assert arguments[:6] == [
        "EffNet Studio",
        0,
        "",
        "Training finished: 94.2 % right",
        "Bees &amp; &lt;ants&gt;",
        ["default", "Show"],
    ]
    with qtbot.waitSignal(bus.clicked):
        service.click(7)  # somebody else's
        service.click(41)
    with qtbot.waitSignal(bus.shown):
        bus.notify("Second", "", "显示")
    assert service.asked[1][1][3:6] == ["Second", "", ["default", "显示"]]
    bus.deleteLater()


def test_that_a_bus_without_the_service_refuses_and_the_next_one_is_tried_again(
    qtbot, bus_path: str, request: pytest.FixtureRequest
) -> None:
    bus = DesktopBus(bus_path)
    with qtbot.waitSignal(bus.refused) as refused:
        bus.notify("Title", "Text", "Show")
    assert refused.args == ["Title", "Text"]
    service = request.getfixturevalue("service")
    with qtbot.waitSignal(bus.shown):
        bus.notify("Title", "Text", "Show")
    assert len(service.asked) == 1
    bus.deleteLater()


def test_that_a_bus_that_is_not_there_refuses(qtbot, tmp_path: Path) -> None:
    bus = DesktopBus(str(tmp_path / "none"))
    with qtbot.waitSignal(bus.refused):
        bus.notify("Title", "", "Show")
    with qtbot.waitSignal(bus.refused):
        bus.notify("Title", "", "Show")
    bus.deleteLater()


@pytest.mark.parametrize(
    "answer", [b"REJECTED EXTERNAL\r\n", b"OK 1\r\nthis is no message of a bus at all"]
)
def test_that_something_else_at_that_address_is_no_trouble(
    qtbot, tmp_path: Path, answer: bytes
) -> None:
    server = QLocalServer()
    assert server.listen(str(tmp_path / "bus"))
    bus = DesktopBus(str(tmp_path / "bus"))
    with qtbot.waitSignal(bus.refused):
        bus.notify("Title", "", "Show")
        qtbot.waitUntil(server.hasPendingConnections)
        server.nextPendingConnection().write(answer)
    server.close()
    bus.deleteLater()
    QCoreApplication.processEvents()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("unix:path=/run/user/1000/bus", "/run/user/1000/bus"),
        ("unix:path=/tmp/a%20b,guid=7", "/tmp/a b"),
        ("tcp:host=localhost,port=1;unix:abstract=/tmp/x,guid=7", "@/tmp/x"),
        ("tcp:host=localhost", ""),
        ("", ""),
    ],
)
def test_that_the_address_of_the_session_is_understood(
    monkeypatch: pytest.MonkeyPatch, address: str, path: str
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert session_bus_path() == path


def test_that_the_usual_place_is_looked_at_last(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_bus_path() == ""
    (tmp_path / "bus").touch()
    assert session_bus_path() == str(tmp_path / "bus")


def call() -> bytes:
    body = wire.string_body("hello")
    return wire.write_call(
        5, path="/a", interface="b.c", member="D", destination="e.f", signature="s", body=body
    )


def test_that_a_message_is_read_as_it_was_written_however_it_arrives() -> None:
    whole = call() * 2
    buffer, found = bytearray(), []
    for at in range(len(whole)):
        buffer += whole[at : at + 1]
        while (message := wire.take_message(buffer)) is not None:
            found.append(message)
    assert not buffer
    assert [message.body for message in found] == [("hello",)] * 2
    assert found[0].kind == wire.Kind.CALL
    assert found[0].fields[wire.Field.MEMBER] == "D"


def test_that_garbage_is_refused() -> None:
    with pytest.raises(ValueError, match="no message"):
        wire.take_message(bytearray(b"HTTP/1.1 200 OK\r\n\r\n"))
    huge = bytearray(call())
    huge[4:8] = struct.pack("<I", 1 << 30)
    with pytest.raises(ValueError, match="longer"):
        wire.take_message(huge)
