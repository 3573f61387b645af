"""The certificate of an exported file: verdict, figures, tables, and what can be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.export.certificate.verdict import shortcomings
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.certificate_rows import (
    FIGURES,
    figures,
    measured_on,
    parts_table,
    times_table,
    verdict_text,
)
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role, set_tone
from effnet_studio.gui.widgets.export.attempts_card import AttemptsCard
from effnet_studio.gui.widgets.export.figure_cells import FigureCells
from effnet_studio.gui.widgets.export.label_table import LabelTable
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.help_mark import HelpMark
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.engine.messages import Message
    from effnet_studio.gui.theme import ThemeManager


class CertificateView(QWidget):
    """What is known of one file; the page in the browser has the same and the images.

    Args:
        result: The export.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    images_asked = Signal(object)
    """Numbers of the images on which file and app differ."""
    smaller_asked = Signal(object)
    """The ExportResult that a smaller model is to replace."""
    delete_asked = Signal(object)
    """The ExportResult that is no longer wanted."""

    def __init__(
        self, result: ExportResult, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("certificate")
        self._result = result
        self._stale: tuple[Message, ...] = ()
        self._build_ui(theme)
        self._connect()
        self._retranslate()

    def _build_ui(self, theme: ThemeManager) -> None:
        result = self._result
        self._verdict = named(Label(self), "certificate_verdict")
        self._reasons = named(Label(self), "certificate_reasons")
        self._outdated = named(Label(self), "certificate_stale")
        set_tone(self._reasons, "warning")
        set_tone(self._outdated, "warning")
        self._figures = FigureCells(FIGURES, self)
        self._parts = LabelTable("certificate_parts", self)
        self._times = LabelTable("certificate_times", self)
        self._measured = named(Label(self), "certificate_measured")
        set_role(self._measured, "caption")
        self._file = named(Label(self), "certificate_file")
        set_role(self._file, "code")
        self._file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_1)
        for label in (self._verdict, self._reasons, self._outdated, self._measured, self._file):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for label in (self._verdict, self._reasons, self._outdated):
            texts.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addLayout(texts, 1)  # whichever of them is shown, the mark stands beside the first
        mark = named(HelpMark("export", theme, self), "certificate_help")
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._make_remedy(theme))
        column.addWidget(self._figures)
        column.addSpacing(SPACE_1)
        column.addWidget(self._parts)
        column.addWidget(self._times)
        column.addWidget(self._measured)
        self._parts.setVisible(result.checked)
        self._times.setVisible(bool(result.latencies))
        if result.attempts:
            self._attempts = AttemptsCard(theme, self)
            column.addWidget(self._attempts)
        column.addWidget(self._file)
        column.addLayout(self._make_buttons(theme))
        column.addStretch(1)  # room that texts need only where they wrap more stays below

    def _make_remedy(self, theme: ThemeManager) -> QWidget:
        """What to do when no way to round it kept the promise."""
        self._remedy = QWidget(self)
        self._advice = named(Label(self._remedy), "certificate_advice")
        self._advice.setWordWrap(True)
        self._smaller = named(QPushButton(self._remedy), "certificate_smaller")
        theme.set_icon(self._smaller, "train", size=16)
        row = QHBoxLayout(self._remedy)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(self._advice, 1)
        row.addWidget(self._smaller)
        result = self._result
        self._remedy.setVisible(
            not result.ok and result.checked and result.budget_points is not None
        )
        return self._remedy

    def _make_buttons(self, theme: ThemeManager) -> FlowLayout:
        self._page = named(QPushButton(self), "certificate_page")
        self._open = named(QPushButton(self), "certificate_open_folder")
        self._differing = named(QPushButton(self), "certificate_show_images")
        self.delete = named(QPushButton(self), "certificate_delete")
        set_role(self.delete, "danger")
        for button, icon in (
            (self._page, "file"),
            (self._open, "folder-open"),
            (self._differing, "images"),
        ):
            theme.set_icon(button, icon, size=16)
        theme.set_icon(self.delete, "trash", tone="danger", size=16)
        self._differing.setVisible(bool(self._result.differing))
        self.delete.hide()
        row = FlowLayout(SPACE_2)
        for button in (self._page, self._open, self._differing, self.delete):
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self._page.clicked.connect(self._on_page)
        self._open.clicked.connect(self._on_open)
        self._differing.clicked.connect(self._on_differing)
        self._smaller.clicked.connect(self._on_smaller)
        self.delete.clicked.connect(self._on_delete)

    @property
    def result(self) -> ExportResult:
        """The export."""
        return self._result

    def set_stale(self, reasons: Sequence[Message]) -> None:
        """Say why the file no longer is what the project has; empty: it still is."""
        self._stale = tuple(reasons)
        self._retranslate_verdict()

    def set_smaller(self, *, possible: bool) -> None:
        """Offer to train a smaller model, or not, as where the training is gone."""
        self._smaller.setVisible(possible)

    @Slot()
    def _on_page(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result.page_file)))

    @Slot()
    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result.file.parent)))

    @Slot()
    def _on_differing(self) -> None:
        self.images_asked.emit([one.image for one in self._result.differing])

    @Slot()
    def _on_smaller(self) -> None:
        self.smaller_asked.emit(self._result)

    @Slot()
    def _on_delete(self) -> None:
        self.delete_asked.emit(self._result)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate_verdict(self) -> None:
        result = self._result
        texts = (
            (self._verdict, verdict_text(result)),
            (self._reasons, _lines(shortcomings(result))),
            (self._outdated, _lines(self._stale)),
        )
        for label, text in texts:
            label.setText(text)
            label.setVisible(bool(text))

    def _retranslate(self) -> None:
        result = self._result
        self._retranslate_verdict()
        self._advice.setText(
            self.tr(
                "Rounded, this model loses more than you allow on your images. A smaller model that"
                " learns from this one is small and quick without rounding."
            )
        )
        self._figures.set_figures(figures(result))
        self._parts.set_table(*parts_table(result))
        self._times.set_table(*times_table(result))
        self._measured.setText(measured_on(result))
        self._measured.setVisible(bool(self._measured.text()))
        if result.attempts:
            self._attempts.set_attempts(
                [attempt.as_event() for attempt in result.attempts],
                kept=result.recipe,
                budget_points=result.budget_points,
            )
        self._file.setText(str(result.file))
        self._smaller.setText(self.tr("Train a smaller model from this one"))
        self._page.setText(self.tr("Show certificate"))
        self._open.setText(self.tr("Open folder"))
        self._differing.setText(self.tr("Show these images"))
        self.delete.setText(self.tr("Delete"))
        self._page.setToolTip(self.tr("The certificate as a page, in the browser"))
        self._differing.setToolTip(self.tr("Images with another answer, on the Predict page"))
        buttons = (self._smaller, self._page, self._open, self._differing, self.delete)
        for button in buttons:
            button.setAccessibleName(button.text())


def _lines(messages: Sequence[Message]) -> str:
    return "\n".join(translate_message(message) for message in messages)
