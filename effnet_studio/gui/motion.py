"""Whether anything may move: the user's choice, or what the system's user asked it for.

Qt itself keeps the answer (``Qt.UIEffect.UI_General``), so that menus and tool-tips follow it too
and a widget can ask without knowing the settings. Qt tells Windows' "animation effects" apart, but
not what other systems call "reduce motion"; those are asked here.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusPendingCallWatcher

    from effnet_studio.gui.settings import Settings

_PORTAL: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_INTERFACE: Final = "org.freedesktop.portal.Settings"
_QUESTIONS: Final = (
    ("org.freedesktop.appearance", "reduced-motion"),
    ("org.gnome.desktop.interface", "enable-animations"),
)
"""The newer standard, and what GNOME has had for long; each desktop answers what it knows."""

_GET_CLIENT_AREA_ANIMATION: Final = 0x1042


def animations_allowed() -> bool:
    """Whether bars, notices and the like may move now. Ask each time before something moves."""
    return QApplication.isEffectEnabled(Qt.UIEffect.UI_General)


class MotionKeeper(QObject):
    """Carries the preference ``motion`` out; asks the system again whenever the app gets active.

    Args:
        app: Its effects are switched.
        settings: What the user chose.
        parent: Qt's owner.
    """

    changed = Signal(bool)
    """Whether things may move from now on."""

    def __init__(self, app: QApplication, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._settings = settings
        self._still = False
        self._calls: list[QDBusPendingCallWatcher] = []
        self._apply()
        settings.changed.connect(self._on_setting_changed)
        app.applicationStateChanged.connect(self._on_state_changed)
        self._ask()

    @Slot(str)
    def _on_setting_changed(self, key: str) -> None:
        if key == "motion":
            self._apply()

    @Slot(Qt.ApplicationState)
    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._ask()

    def _apply(self) -> None:
        choices = {"on": True, "off": False}
        allowed = choices.get(self._settings.motion, not self._still)
        if allowed != animations_allowed():
            self._app.setEffectEnabled(Qt.UIEffect.UI_General, allowed)
            for window in self._app.topLevelWidgets():
                window.update()
            self.changed.emit(allowed)

    def _take(self, still: bool) -> None:  # noqa: FBT001 - an answer
        self._still = still
        self._apply()

    # -- the system ----------------------------------------------------------------------------

    def _ask(self) -> None:
        if sys.platform == "win32":
            self._take(not windows_animates())
        elif sys.platform == "darwin":
            self._take(mac_stands_still())
        elif not self._calls:
            self._ask_portal()

    def _ask_portal(self) -> None:
        """The desktops of Linux; the answers come later, and not at all where there is none."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        for namespace, key in _QUESTIONS:
            question = QDBusMessage.createMethodCall(_PORTAL, _PATH, _INTERFACE, "Read")
            question.setArguments([namespace, key])
            question.setAutoStartService(False)
            call = QDBusPendingCallWatcher(bus.asyncCall(question), self)
            call.setObjectName(key)
            call.finished.connect(self._on_answered)
            self._calls.append(call)

    @Slot("QDBusPendingCallWatcher*")
    def _on_answered(self, _call: object) -> None:
        if not all(call.isFinished() for call in self._calls):
            return
        answers = {call.objectName(): _plain(call) for call in self._calls}
        for call in self._calls:
            call.deleteLater()
        self._calls = []
        self._take(answers["reduced-motion"] == 1 or answers["enable-animations"] is False)


def _plain(call: QDBusPendingCallWatcher) -> object:
    """The value in an answer; None for an error. Portals pack it into a variant or two."""
    from PySide6.QtDBus import QDBusMessage, QDBusVariant

    reply = call.reply()
    if reply.type() != QDBusMessage.MessageType.ReplyMessage or not reply.arguments():
        return None
    value = reply.arguments()[0]
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value


def windows_animates() -> bool:
    """Whether Windows' "Animation effects" are on; True on other systems."""
    if sys.platform == "win32":
        answer = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(
            _GET_CLIENT_AREA_ANIMATION, 0, ctypes.byref(answer), 0
        )
        return bool(answer.value)
    return True


def mac_stands_still() -> bool:
    """Whether macOS' "Reduce motion" is on; False on other systems."""
    if sys.platform == "darwin":
        objc = ctypes.CDLL(ctypes.util.find_library("objc"))
        pointer = ctypes.c_void_p
        get_class = ctypes.CFUNCTYPE(pointer, ctypes.c_char_p)(("objc_getClass", objc))
        selector = ctypes.CFUNCTYPE(pointer, ctypes.c_char_p)(("sel_registerName", objc))
        ask_object = ctypes.CFUNCTYPE(pointer, pointer, pointer)(("objc_msgSend", objc))
        ask_yes_no = ctypes.CFUNCTYPE(ctypes.c_bool, pointer, pointer)(("objc_msgSend", objc))
        workspace = ask_object(get_class(b"NSWorkspace"), selector(b"sharedWorkspace"))
        question = selector(b"accessibilityDisplayShouldReduceMotion")
        return bool(workspace) and bool(ask_yes_no(workspace, question))
    return False
