"""An exported file and how it compares with the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.run_list import model_title
from effnet_studio.gui.names import named
from effnet_studio.gui.text import bytes_text, moment_text, percent_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role, set_tone

if TYPE_CHECKING:
    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.gui.theme import ThemeManager


class ExportResultCard(QFrame):
    """Verdict, five figures beside the app's, the file, and a button that opens its folder.

    Args:
        result: The export.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    images_asked = Signal(object)
    """Numbers of the images on which file and app differ."""

    def __init__(
        self, result: ExportResult, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._result = result
        self.setObjectName("export_result")
        set_role(self, "card")
        mark = QLabel(self)
        tone = "success" if result.ok else "warning"
        theme.set_icon(mark, "check" if result.ok else "warning", tone=tone, size=20)
        self._title = named(QLabel(self), "export_result_title")
        set_role(self._title, "strong")
        self._when = named(QLabel(self), "export_result_when")
        set_role(self._when, "caption")
        self._verdict = named(QLabel(self), "export_result_verdict")
        set_tone(self._verdict, tone)
        self._verdict.setWordWrap(True)
        self._file = named(QLabel(self), "export_result_file")
        set_role(self._file, "code")
        self._file.setWordWrap(True)
        self._file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._open = named(QPushButton(self), "export_open_folder")
        theme.set_icon(self._open, "folder", size=16)
        self._open.clicked.connect(self._on_open)
        self._differing = named(QPushButton(self), "export_show_images")
        set_role(self._differing, "link")
        self._differing.clicked.connect(self._on_differing)
        self._differing.setVisible(bool(result.differing))
        self._figures = [(QLabel(self), QLabel(self), QLabel(self)) for _ in range(5)]
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(mark)
        head.addWidget(self._title)
        head.addWidget(self._when)
        head.addStretch(1)
        head.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        said = QHBoxLayout()
        said.addWidget(self._verdict, 1)
        said.addWidget(self._differing)
        column.addLayout(said)
        column.addLayout(self._make_figures())
        column.addWidget(self._file)
        self._retranslate()

    def _make_figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        for caption, figure, note in self._figures:
            set_role(caption, "caption")
            set_role(figure, "strong")
            set_role(note, "caption")
            cell = QVBoxLayout()
            cell.setSpacing(SPACE_1)
            for label in (caption, figure, note):
                cell.addWidget(label)
            row.addLayout(cell, 1)
        return row

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result.file.parent)))

    def _on_differing(self) -> None:
        self.images_asked.emit([one.image for one in self._result.differing])

    def _figure_texts(self) -> tuple[tuple[str, str, str, str], ...]:
        """Caption, figure, note and tool-tip of each figure."""
        result = self._result
        app = self.tr("App: {value}")
        return (
            (
                self.tr("Same answers"),
                percent_text(result.agreement),
                self.tr("%n image(s)", "", result.images),
                self.tr("The file was opened again and asked about your validation images"),
            ),
            (
                self.tr("Largest difference"),
                _difference_text(result.max_probability_difference),
                self.tr("of a probability"),
                self.tr("Of any class's probability on any of these images"),
            ),
            (
                self.tr("Accuracy"),
                percent_text(result.accuracy),
                app.format(value=percent_text(result.app_accuracy)),
                self.tr("Share of the images that were recognised"),
            ),
            (self.tr("Size"), bytes_text(result.bytes), "", ""),
            (
                self.tr("Time for one image"),
                self._time_text(result.latency_ms),
                app.format(value=self._time_text(result.app_latency_ms)),
                self.tr("On this computer, without reading the file; measured in turns"),
            ),
        )

    def _time_text(self, milliseconds: float) -> str:
        return self.tr("{n} ms").format(n=self.locale().toString(milliseconds, "f", 1))

    def _retranslate(self) -> None:
        result = self._result
        kinds = {
            "onnx-int8": self.tr("ONNX, 8-bit"),
            "onnx-tensor": self.tr("ONNX, the network alone"),
        }
        kind = kinds.get(result.format.value, self.tr("ONNX, full precision"))
        title = f"{model_title(result.model)} · {kind}"
        self._title.setText(title)
        self._when.setText(moment_text(result.created))
        if result.ok:
            verdict = self.tr("Ready: the file was opened again and answers like the app.")
        elif result.agreement == 1:
            verdict = self.tr("Not ready: its probabilities are not the app's.")
        else:
            verdict = self.tr(
                "Not ready: on %n image(s) the file gives another answer than the app.",
                "",
                result.different,
            )
        if result.reject is not None:
            verdict += " " + self.tr('It carries the threshold for "none of these".')
        self._verdict.setText(verdict)
        self._file.setText(str(result.file))
        self._open.setText(self.tr("Open folder"))
        self._open.setAccessibleName(self._open.text())
        self._differing.setText(self.tr("Show these images"))
        self._differing.setAccessibleName(self._differing.text())
        for labels, texts in zip(self._figures, self._figure_texts(), strict=True):
            name, value, _, hint = texts
            for label, text in zip(labels, texts[:3], strict=True):
                label.setText(text)
                label.setToolTip(hint)
            labels[1].setAccessibleName(f"{name}: {value}")
        self.setAccessibleName(f"{title}. {verdict}")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _difference_text(share: float) -> str:
    """A difference of probabilities, with more digits the smaller it is."""
    if 0 < share < 1e-5:
        return f"< {percent_text(1e-5, 3)}"
    return percent_text(share, 1 if share >= 0.01 else 3)
