"""Two fields on the network: the proxy and the mirror that downloads go through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget
from typing_extensions import override

from effnet_studio.engine.errors import StudioError
from effnet_studio.engine.models.network import (
    MIRROR_VARIABLE,
    PROXY_VARIABLE,
    proxy_address,
    web_address,
)
from effnet_studio.gui.errors import describe_error
from effnet_studio.gui.names import named
from effnet_studio.gui.network import apply_network, set_outside
from effnet_studio.gui.theme import SPACE_1, SPACE_3, repolish, set_role, set_tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent

    from effnet_studio.gui.settings import Settings


@dataclass
class _Field:
    """One line to be filled in.

    Attributes:
        key: Name of the setting.
        variable: The engine's environment variable for it.
        check: Returns an address as it is to be kept, or raises a StudioError.
        label: Before it.
        edit: The line.
        note: Below it: what it is for, or what is wrong.
        error: What is wrong.
    """

    key: str
    variable: str
    check: Callable[[str], str]
    label: QLabel
    edit: QLineEdit
    note: QLabel
    error: StudioError | None = None


class NetworkFields(QWidget):
    """Keeps what is right in the settings as soon as it was typed, and lets it count at once.

    Args:
        settings: Where the addresses are kept.
        parent: Qt's owner.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network_fields")
        self._settings = settings
        self._title = named(QLabel(self), "network_title")
        set_role(self._title, "strong")
        self._fields = [
            self._make_field("proxy", PROXY_VARIABLE, proxy_address),
            self._make_field("mirror", MIRROR_VARIABLE, web_address),
        ]
        self._build_ui()
        self._retranslate()

    def _make_field(self, key: str, variable: str, check: Callable[[str], str]) -> _Field:
        edit = named(QLineEdit(str(getattr(self._settings, key)), self), f"network_{key}")
        label, note = QLabel(self), named(QLabel(self), f"network_{key}_note")
        label.setBuddy(edit)
        note.setWordWrap(True)
        set_role(note, "caption")
        edit.textEdited.connect(self._on_edited)
        edit.editingFinished.connect(self._on_finished)
        return _Field(key, variable, check, label, edit, note)

    def _build_ui(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(SPACE_1)
        grid.addWidget(self._title, 0, 0, 1, 2)
        for number, field in enumerate(self._fields):
            row = 1 + 3 * number
            grid.setRowMinimumHeight(row, SPACE_1)
            grid.addWidget(field.label, row + 1, 0)
            grid.addWidget(field.edit, row + 1, 1)
            grid.addWidget(field.note, row + 2, 1)
        grid.setColumnStretch(1, 1)

    @Slot()
    def _on_edited(self) -> None:
        """What was wrong is being mended: complain again when it is finished."""
        for field in self._fields:
            if field.edit is self.sender():
                self._show_error(field, None)

    @Slot()
    def _on_finished(self) -> None:
        for field in self._fields:
            self._take(field)

    def _take(self, field: _Field) -> None:
        """Keep what was typed, if it can be used."""
        text = field.edit.text().strip()
        try:
            address = field.check(text) if text else ""
        except StudioError as error:
            self._show_error(field, error)
            return
        self._show_error(field, None)
        field.edit.setText(address)
        if address != getattr(self._settings, field.key):
            setattr(self._settings, field.key, address)
            apply_network(self._settings)

    def _show_error(self, field: _Field, error: StudioError | None) -> None:
        field.error = error
        set_tone(field.note, "danger" if error is not None else "")
        if field.edit.property("error") != (error is not None):
            field.edit.setProperty("error", error is not None)
            repolish(field.edit)
        self._say(field)

    def _say(self, field: _Field) -> None:
        text = self._purpose(field.key)
        if field.error is not None:
            message, hint, _place = describe_error(field.error)
            text = f"{message} {hint}"
        field.note.setText(text)
        field.edit.setAccessibleDescription(text)

    def _purpose(self, key: str) -> str:
        if key == "proxy":
            return self.tr(
                "http://host:port, or direct for none. A name and password in it are kept as "
                "plain text."
            )
        return self.tr(
            "Address of a folder with the weights files, such as one on your own server."
        )

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Escape closes a window without leaving its fields first."""
        self._on_finished()
        super().hideEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Network"))
        labels = {"proxy": self.tr("Proxy"), "mirror": self.tr("Mirror")}
        names = {
            "proxy": self.tr("Proxy for downloads"),
            "mirror": self.tr("Mirror of the weights"),
        }
        usual = {
            "proxy": self.tr("As the system"),
            "mirror": self.tr("Where the libraries publish them"),
        }
        for field in self._fields:
            field.label.setText(labels[field.key])
            field.edit.setAccessibleName(names[field.key])
            outside = self.tr("As {variable} says").format(variable=field.variable)
            given = set_outside(field.variable)
            field.edit.setPlaceholderText(outside if given else usual[field.key])
            self._say(field)
