"""What moves, and that it stands still where the user or the system asks for it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import TimeoutError as QtBotTimeoutError

import effnet_studio.gui
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.motion import animations_allowed
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.busy_bar import BusyBar
from tests.gui.pictures import bytes_of

PORTAL = """
import json, sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection, QDBusVariant
from PySide6.QtWidgets import QApplication
from effnet_studio.gui.motion import MotionKeeper, animations_allowed
from effnet_studio.gui.settings import Settings
from pathlib import Path

namespace, key, value = json.loads(sys.argv[1])

@ClassInfo({"D-Bus Interface": "org.freedesktop.portal.Settings"})
class Portal(QObject):
    @Slot(str, str, result="QDBusVariant")
    def Read(self, asked, name):
        return QDBusVariant(value if (asked, name) == (namespace, key) else "")

app = QApplication([])
bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "portal")
portal = Portal()
bus.registerObject(
    "/org/freedesktop/portal/desktop", portal, QDBusConnection.RegisterOption.ExportAllSlots
)
assert bus.registerService("org.freedesktop.portal.Desktop")
keeper = MotionKeeper(app, Settings(Path(sys.argv[2])), app)
before = animations_allowed()
assert keeper._calls, "the desktop was not asked"
answered = QTimer(interval=20)
answered.timeout.connect(lambda: keeper._calls or app.quit())
answered.start()
app.exec()
print(json.dumps([before, animations_allowed()]))
"""


@pytest.fixture(autouse=True)
def _as_it_was():
    yield
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, False)


def frame(bar: BusyBar) -> bytes:
    return bytes_of(bar.grab())


def moves(qtbot, bar: BusyBar) -> bool:
    """Whether the bar goes on and on to look different; style and layout come but once each."""
    bar.grab()  # the first may come before the last of the layout
    QApplication.processEvents()
    return all(changes(qtbot, bar) for _ in range(6))


def changes(qtbot, bar: BusyBar) -> bool:
    """Whether the bar looks different within a time in which a moving one has many frames."""
    first = frame(bar)
    try:
        qtbot.waitUntil(lambda: frame(bar) != first, timeout=600)
    except QtBotTimeoutError:
        return False
    return True


@pytest.mark.parametrize("choice", ["on", "off"])
def test_that_bars_move_only_where_motion_is_allowed(
    qtbot, window: MainWindow, theme: ThemeManager, choice: str
) -> None:
    window.settings.set_value("motion", choice)
    assert animations_allowed() == (choice == "on")
    holder = QWidget()
    qtbot.addWidget(holder)
    theme.add_window(holder)
    bar = BusyBar(holder)
    bar.setRange(0, 0)
    bar.resize(200, 6)
    with qtbot.waitExposed(holder):
        holder.show()
    assert moves(qtbot, bar) == (choice == "on")
    picture = bar.grab().toImage()
    if choice == "off":
        accent, track = theme.theme.color("accent"), theme.theme.color("track")
        assert picture.pixelColor(100, 3) == accent
        assert picture.pixelColor(20, 3) == picture.pixelColor(180, 3) == track


def test_that_a_moving_bar_stops_at_once(qtbot, window: MainWindow, theme: ThemeManager) -> None:
    window.settings.set_value("motion", "on")
    bar = BusyBar()
    qtbot.addWidget(bar)
    theme.add_window(bar)
    bar.setRange(0, 0)
    bar.setFixedSize(200, 12)
    with qtbot.waitExposed(bar):
        bar.show()
    assert moves(qtbot, bar)
    window.settings.set_value("motion", "off")
    assert not moves(qtbot, bar)


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs a message bus")
@pytest.mark.parametrize(
    ("namespace", "key", "value", "allowed"),
    [
        ("org.freedesktop.appearance", "reduced-motion", 1, False),
        ("org.freedesktop.appearance", "reduced-motion", 0, True),
        ("org.gnome.desktop.interface", "enable-animations", False, False),
        ("org.gnome.desktop.interface", "enable-animations", True, True),
    ],
)
def test_that_a_desktop_that_wants_less_motion_is_heard(
    tmp_path, namespace: str, key: str, value: int, allowed: object
) -> None:
    done = subprocess.run(
        [
            *("dbus-run-session", "--", sys.executable, "-c", PORTAL),
            *(json.dumps([namespace, key, value]), str(tmp_path / "window.ini")),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout) == [True, allowed]


def test_that_every_bar_of_the_app_obeys() -> None:
    """A bar of Qt's own would move while it does not know what is left."""
    package = Path(effnet_studio.gui.__file__).parent
    files = [file for file in package.rglob("*.py") if file.name != "busy_bar.py"]
    assert files
    assert [file.name for file in files if "QProgressBar(" in file.read_text("utf-8")] == []
