"""An earlier export: one line with its verdict, unfolded to its certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.certificate_rows import verdict_title
from effnet_studio.gui.models.export_words import (
    agreement_text,
    format_title,
    target_icon,
    target_title,
)
from effnet_studio.gui.models.run_list import model_title
from effnet_studio.gui.names import named
from effnet_studio.gui.text import bytes_text, moment_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role, set_tone
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.export.certificate_view import CertificateView
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.engine.messages import Message
    from effnet_studio.gui.theme import ThemeManager

_WIDTHS: Final = (132, 72, 144)
"""Of when, size and same answers, pixels: rows stand in columns."""


class _Head(QPushButton):
    """A button as wide as the row, as high as what it holds."""

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()


class ExportRow(QFrame):
    """A click on the line unfolds it.

    Args:
        result: The export.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    unfolded = Signal(object)
    """The CertificateView, made when it is first shown."""

    def __init__(
        self, result: ExportResult, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export_row")
        set_role(self, "card")
        self._result = result
        self._theme = theme
        self._stale: tuple[Message, ...] = ()
        self.certificate: CertificateView | None = None
        self._build_ui()
        self._head.toggled.connect(self._on_toggled)
        self._retranslate()

    def _build_ui(self) -> None:
        result, theme = self._result, self._theme
        self._head = named(_Head(self), "export_row_head")
        self._head.setCheckable(True)
        set_role(self._head, "row")
        self._chevron, verdict, purpose = (Label(self._head) for _ in range(3))
        tone = "success" if result.ok else "warning"
        theme.set_icon(self._chevron, "chevron-right", size=16)
        theme.set_icon(verdict, "check-circle" if result.ok else "warning", tone=tone, size=20)
        theme.set_icon(purpose, target_icon(result.target), size=16)
        self._title = ElidedLabel("export_row_title", self._head)
        self._about = ElidedLabel("export_row_about", self._head)
        set_role(self._about, "caption")
        self._chip = named(Label(self._head), "export_row_stale")
        set_role(self._chip, "chip")
        set_tone(self._chip, "warning")
        self._figures = [Label(self._head) for _ in _WIDTHS]
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        below = QHBoxLayout()
        below.setSpacing(SPACE_2)
        below.addWidget(self._chip)
        below.addWidget(self._about, 1)
        texts.addLayout(below)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(SPACE_3, SPACE_2, SPACE_4, SPACE_2)
        row.setSpacing(SPACE_3)
        for icon in (self._chevron, verdict, purpose):
            row.addWidget(icon)
        row.addLayout(texts, 1)
        for label, width in zip(self._figures, _WIDTHS, strict=True):
            label.setFixedWidth(width)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(label)
        set_role(self._figures[0], "caption")
        for label in self._head.findChildren(Label):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._body = QWidget(self)
        self._inside = QVBoxLayout(self._body)
        self._inside.setContentsMargins(SPACE_5, SPACE_2, SPACE_5, SPACE_4)
        self._body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._body)

    @property
    def result(self) -> ExportResult:
        """The export."""
        return self._result

    def set_stale(self, reasons: Sequence[Message]) -> None:
        """Say why the file no longer is what the project has; empty: it still is."""
        self._stale = tuple(reasons)
        if self.certificate is not None:
            self.certificate.set_stale(self._stale)
        self._retranslate()

    def unfold(self) -> None:
        """Show the certificate."""
        self._head.setChecked(True)

    @Slot(bool)
    def _on_toggled(self, opened: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._theme.set_icon(self._chevron, "chevron-down" if opened else "chevron-right", size=16)
        if opened and self.certificate is None:
            self.certificate = CertificateView(self._result, self._theme, self._body)
            self.certificate.set_stale(self._stale)
            self._inside.addWidget(self.certificate)
            self.unfolded.emit(self.certificate)
        self._body.setVisible(opened)
        self._retranslate()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        result = self._result
        title = f"{model_title(result.model)} · {format_title(result.format)}"
        about = f"{verdict_title(result)} · {target_title(result.target)}"
        share = agreement_text(result.agreement)
        same = (
            self.tr("{share} the same").format(share=share)
            if result.checked
            else self.tr("not checked")
        )
        when, size = moment_text(result.created), bytes_text(result.bytes)
        self._title.set_whole(title)
        self._about.set_whole(about)
        self._chip.setText(self.tr("outdated"))
        self._chip.setVisible(bool(self._stale))
        for label, text in zip(self._figures, (when, size, same), strict=True):
            label.setText(text)
        self._figures[2].setToolTip(self.tr("Same answers as the app"))
        opened = self._head.isChecked()
        state = self.tr("unfolded") if opened else self.tr("folded")
        outdated = f", {self._chip.text()}" if self._stale else ""
        self._head.setAccessibleName(f"{title}, {about}, {when}{outdated}, {state}")
        self._head.setAccessibleDescription(
            self.tr("{size}, same answers as the app: {share}").format(
                size=size, share=share if result.checked else same
            )
        )
