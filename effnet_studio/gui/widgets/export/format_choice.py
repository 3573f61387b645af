"""The formats that fit a target, one below the other, of which one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.export.formats import FORMATS
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.text import sentences_text
from effnet_studio.gui.theme import SPACE_1, SPACE_3, SPACE_5, set_role, set_tone
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from effnet_studio.engine.export.certificate.record import ExportFormat
    from effnet_studio.engine.export.formats import FormatSpec
    from effnet_studio.engine.messages import Message

_INDENT: Final = SPACE_5 + SPACE_1
"""Of the sentence below a name: where the name begins, behind its circle."""


class _FormatRow(QWidget):
    """A circle with the format's name, what it promises, and whom it is for."""

    def __init__(self, spec: FormatSpec, parent: QWidget) -> None:
        super().__init__(parent)
        key = spec.format.value
        self._spec = spec
        self._reason: Message | None = None
        self._first: Message | None = None
        self._unopenable: Message | None = None
        self.button = named(QRadioButton(self), f"format_{key}")
        self._promise = Label(self)
        set_role(self._promise, "chip")
        self._about = Label(self)
        set_role(self._about, "muted")
        self._why = named(Label(self), f"format_why_{key}")
        self._but = named(Label(self), f"format_but_{key}")
        set_tone(self._but, "warning")
        set_role(self._but, "caption")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.button, 0, 0)
        grid.addWidget(self._promise, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(2, 1)
        for row, label in enumerate((self._about, self._why, self._but), start=1):
            label.setWordWrap(True)
            label.setContentsMargins(_INDENT, 0, 0, 0)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(label, row, 0, 1, 3)
        self.retranslate()

    def set_facts(
        self, reason: Message | None, first: Message | None, unopenable: Message | None
    ) -> None:
        """Say why the format cannot be made, what is installed first, why it cannot be opened."""
        self._reason, self._first, self._unopenable = reason, first, unopenable
        set_tone(self._why, "" if reason is None else "warning")
        set_role(self._why, "caption" if reason is None else "")
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text anew."""
        title, about = translate_message(self._spec.title), translate_message(self._spec.about)
        said = self._reason or self._first
        why = "" if said is None else translate_message(said)
        but = "" if self._unopenable is None else translate_message(self._unopenable)
        tone, promise = self._chip()
        self.button.setText(title)
        self.button.setEnabled(self._reason is None)
        self.button.setAccessibleName(f"{title}, {promise}")
        self.button.setAccessibleDescription(sentences_text((about, why, but)))
        set_tone(self._promise, tone)
        self._promise.setText(promise)
        self._promise.setVisible(self._reason is None)
        self._about.setText(about)
        self._about.setEnabled(self._reason is None)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._but.setText(but)
        self._but.setVisible(bool(but))

    def _chip(self) -> tuple[str, str]:
        """Tone and words of what the format promises; what cannot be checked promises nothing."""
        if self._unopenable is not None:
            return "warning", self.tr("not checked here")
        if self._spec.exact:
            return "success", self.tr("exactly like the app")
        return "accent", self.tr("within your limit")


class FormatChoice(QWidget):
    """Arrow keys move the choice; what cannot be made here says why.

    Args:
        parent: Qt's owner.
    """

    format_chosen = Signal(object)
    """The engine's :class:`~effnet_studio.engine.export.certificate.record.ExportFormat`; also
    when another is chosen because that one cannot be made here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("format_choice")
        self._rows: dict[ExportFormat, _FormatRow] = {}
        self._detail: QWidget | None = None
        self._reasons: Mapping[ExportFormat, Message] = {}
        self._firsts: Mapping[ExportFormat, Message] = {}
        self._unopenable: Mapping[ExportFormat, Message] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_3 - SPACE_1)
        self._retranslate()

    def set_detail(self, detail: QWidget) -> None:
        """Give the chosen format something to stand below it; who shows it, hides it too."""
        self._detail = detail
        detail.setParent(self)
        self._tell()

    @property
    def format(self) -> ExportFormat | None:
        """The chosen one; None while none can be made."""
        chosen = (key for key, row in self._rows.items() if row.button.isChecked())
        return next(chosen, None)

    @property
    def last(self) -> QWidget:
        """The last of those offered."""
        return list(self._rows.values())[-1].button

    def set_formats(self, formats: Sequence[ExportFormat]) -> None:
        """Offer these; the first that can be made here is chosen."""
        for row in self._rows.values():
            self._group.removeButton(row.button)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for key in formats:
            row = self._rows[key] = _FormatRow(FORMATS[key], self)
            self._tell_facts(key, row)
            self._group.addButton(row.button)
            self._column.addWidget(row)
        self._choose_possible()

    def opens(self, format_: ExportFormat) -> bool:
        """Whether a format's files can be opened, and so compared with the app, here."""
        return format_ not in self._unopenable

    @Slot(object, object, object)
    def set_facts(
        self,
        reasons: Mapping[ExportFormat, Message],
        firsts: Mapping[ExportFormat, Message],
        unopenable: Mapping[ExportFormat, Message],
    ) -> None:
        """Say what is known of the formats on this computer.

        Args:
            reasons: Why formats cannot be made here; those left out can.
            firsts: What is installed before the first file of a format.
            unopenable: Why files can be made but not opened here.
        """
        self._reasons, self._firsts, self._unopenable = reasons, firsts, unopenable
        for key, row in self._rows.items():
            self._tell_facts(key, row)
        self._choose_possible()

    def _tell_facts(self, key: ExportFormat, row: _FormatRow) -> None:
        row.set_facts(self._reasons.get(key), self._firsts.get(key), self._unopenable.get(key))

    def choose(self, format_: ExportFormat) -> None:
        """Choose one of those offered, and tell it."""
        self._rows[format_].button.setChecked(True)
        self._tell()

    def _choose_possible(self) -> None:
        chosen = self.format
        if chosen is None or not self._rows[chosen].button.isEnabled():
            possible = [key for key, row in self._rows.items() if row.button.isEnabled()]
            self._group.setExclusive(False)
            for key, row in self._rows.items():
                row.button.setChecked(key in possible[:1])
            self._group.setExclusive(True)
        self._tell()

    @Slot(QAbstractButton)
    def _on_clicked(self, _button: QAbstractButton) -> None:
        self._tell()

    def _tell(self) -> None:
        chosen = self.format
        if self._detail is not None and chosen is not None:
            self._column.removeWidget(self._detail)
            place = self._column.indexOf(self._rows[chosen])
            self._column.insertWidget(place + 1, self._detail)
        self.format_chosen.emit(chosen)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Format"))
        for row in self._rows.values():
            row.retranslate()
