"""One preference: what it is, what it does, its control, and the way back to the default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.errors import StudioError
from effnet_studio.engine.models.network import MIRROR_VARIABLE, PROXY_VARIABLE
from effnet_studio.gui.errors import describe_error
from effnet_studio.gui.names import named
from effnet_studio.gui.network import set_outside
from effnet_studio.gui.preferences import CONTEXT, Kind, Preference
from effnet_studio.gui.text import sentences_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_4, SPACE_5, repolish, set_role, set_tone
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager

CONTROL_WIDTH: Final = 248
"""Of the column of controls, pixels."""


def in_words(text: str) -> str:
    """A text of the table in the window's language."""
    return QCoreApplication.translate(CONTEXT, text) if text else ""


class PreferenceRow(QWidget):
    """Title and explanation at the left, the control at the right; a subclass makes the control.

    Args:
        preference: The row of the table.
        settings: Where the choice is kept; whoever changes it there, this row shows it.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    reset_asked = Signal(str)
    """Key of the preference that is to have its default again."""

    def __init__(
        self,
        preference: Preference,
        settings: Settings,
        theme: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"row_{preference.key}")
        self.preference = preference
        self.settings = settings
        self._title = named(Label(self), f"title_{preference.key}")
        self._description = named(Label(self), f"description_{preference.key}")
        self.note = named(Label(self), f"note_{preference.key}")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._description, self.note):
            set_role(label, "caption")
            label.setWordWrap(True)
        self.note.hide()
        self._reset = named(QToolButton(self), f"reset_{preference.key}")
        set_role(self._reset, "ghost")
        theme.set_icon(self._reset, "undo", size=16)
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # controls stay where they are
        self._reset.setSizePolicy(policy)
        self.control = self.make_control()
        self._build_ui()
        QWidget.setTabOrder(self.control, self._reset)
        self._reset.clicked.connect(self._on_reset)
        settings.changed.connect(self._on_changed)
        self.show_value()
        self._retranslate()

    def set_room(self, room: int) -> None:
        """Leave so much above and below, pixels; a dialog has less than the page."""
        self._line.setContentsMargins(0, room, 0, room)

    def make_control(self) -> QWidget:
        """Make the widget that edits the preference."""
        raise NotImplementedError

    def show_value(self) -> None:
        """Let the control show what the settings say."""
        changed = self.settings.value(self.preference.key) != self.preference.default
        self._reset.setVisible(changed)

    def put_texts(self) -> None:
        """Set the control's own texts in the window's language."""

    def _build_ui(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_1)
        texts.addWidget(self._title)
        texts.addWidget(self._description)
        texts.addWidget(self.note)
        texts.addStretch(1)  # beside a higher control the texts stay together
        self.control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        holder = QWidget(self)
        holder.setFixedWidth(CONTROL_WIDTH)
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.control)
        line = self._line = QHBoxLayout(self)
        line.setSpacing(SPACE_5)
        line.addLayout(texts, 1)
        right = QHBoxLayout()
        right.setSpacing(SPACE_2)
        right.addWidget(holder)
        right.addWidget(self._reset, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(right)
        line.setAlignment(right, Qt.AlignmentFlag.AlignTop)
        self.set_room(SPACE_4)

    @Slot()
    def _on_reset(self) -> None:
        self.control.setFocus()  # the button goes away
        self.reset_asked.emit(self.preference.key)

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        if key == self.preference.key:
            self.show_value()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        title = in_words(self.preference.title)
        self._title.setText(title)
        self._description.setText(in_words(self.preference.description))
        self.control.setAccessibleName(title)
        self.control.setAccessibleDescription(self._description.text())
        self._reset.setToolTip(self.tr("Back to the default"))
        self._reset.setAccessibleName(self.tr("{title}: back to the default").format(title=title))
        self.put_texts()


class ChoiceRow(PreferenceRow):
    """One of several answers."""

    @override
    def make_control(self) -> QWidget:
        self._combo = CalmCombo(f"preference_{self.preference.key}", self)
        for each in self.preference.choices:
            self._combo.addItem(each.title, each.value)
        self._combo.activated.connect(self._on_activated)
        return self._combo

    @override
    def show_value(self) -> None:
        super().show_value()
        value = self.settings.value(self.preference.key)
        self._combo.setCurrentIndex(self._combo.findData(value))

    @override
    def put_texts(self) -> None:
        for row, each in enumerate(self.preference.choices):
            self._combo.setItemText(row, in_words(each.title))

    @Slot()
    def _on_activated(self) -> None:
        self.settings.set_value(self.preference.key, str(self._combo.currentData()))


class SwitchRow(PreferenceRow):
    """On or off."""

    @override
    def make_control(self) -> QWidget:
        self._box = named(QCheckBox(self), f"preference_{self.preference.key}")
        self._box.clicked.connect(self._on_clicked)
        return self._box

    @override
    def show_value(self) -> None:
        super().show_value()
        self._box.setChecked(bool(self.settings.value(self.preference.key)))

    @override
    def put_texts(self) -> None:
        self._box.setText(self.tr("On"))

    @Slot()
    def _on_clicked(self) -> None:
        self.settings.set_value(self.preference.key, self._box.isChecked())


class AddressRow(PreferenceRow):
    """An address of the network; what is right is kept as soon as the line is left."""

    _VARIABLES: Final = {"proxy": PROXY_VARIABLE, "mirror": MIRROR_VARIABLE}

    @override
    def make_control(self) -> QWidget:
        self._error: StudioError | None = None
        self._edit = named(QLineEdit(self), f"preference_{self.preference.key}")
        self._edit.textEdited.connect(self._on_edited)
        self._edit.editingFinished.connect(self._on_finished)
        return self._edit

    @override
    def show_value(self) -> None:
        super().show_value()
        self._edit.setText(str(self.settings.value(self.preference.key)))
        self._set_error(None)

    @override
    def put_texts(self) -> None:
        usual = {
            "proxy": self.tr("Same as the system"),
            "mirror": self.tr("The usual download addresses"),
        }
        variable = self._VARIABLES[self.preference.key]
        outside = self.tr("As {variable} says").format(variable=variable)
        given = set_outside(variable)
        self._edit.setPlaceholderText(outside if given else usual[self.preference.key])
        self._edit.setToolTip(self._edit.placeholderText())
        self._say()

    @Slot()
    def _on_edited(self) -> None:
        """What was wrong is being mended: complain again when it is finished."""
        self._set_error(None)

    @Slot()
    def _on_finished(self) -> None:
        try:
            self.settings.set_value(self.preference.key, self._edit.text())
        except StudioError as error:
            self._set_error(error)
        else:
            self.show_value()

    def _set_error(self, error: StudioError | None) -> None:
        self._error = error
        if self._edit.property("error") != (error is not None):
            self._edit.setProperty("error", error is not None)
            repolish(self._edit)
        self._say()

    def _say(self) -> None:
        text = ""
        if self._error is not None:
            message, hint, _place = describe_error(self._error)
            text = sentences_text((message, hint))
        set_tone(self.note, "danger" if text else "")
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self._edit.setAccessibleDescription(text or in_words(self.preference.description))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Escape closes the page without leaving its fields first."""
        if self._edit.isModified():
            self._on_finished()
        super().hideEvent(event)


SIMPLE: Final[dict[Kind, type[PreferenceRow]]] = {
    Kind.CHOICE: ChoiceRow,
    Kind.SWITCH: SwitchRow,
    Kind.ADDRESS: AddressRow,
}
"""The rows that need nothing but settings and theme."""
