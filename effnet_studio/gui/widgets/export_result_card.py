"""An exported file and how it compares with the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.text import bytes_text, count_text, moment_text, percent_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role, set_tone

if TYPE_CHECKING:
    from effnet_studio.engine.export.records import ExportResult
    from effnet_studio.gui.theme import ThemeManager


class ExportResultCard(QFrame):
    """Verdict, five figures, the file, and a button that opens its folder.

    Args:
        result: The export.
        theme: Tints the icons.
        parent: Qt's owner.
    """

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
        self._figures = [(QLabel(self), QLabel(self)) for _ in range(5)]
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(mark)
        head.addWidget(self._title, 1)
        head.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self._verdict)
        column.addLayout(self._make_figures())
        column.addWidget(self._file)
        self._retranslate()

    def _make_figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_5)
        for caption, figure in self._figures:
            set_role(caption, "caption")
            set_role(figure, "strong")
            cell = QVBoxLayout()
            cell.setSpacing(SPACE_1)
            cell.addWidget(caption)
            cell.addWidget(figure)
            row.addLayout(cell, 1)
        return row

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result.file.parent)))

    def _figure_texts(self) -> tuple[tuple[str, str, str], ...]:
        result = self._result
        number = self.locale().toString
        faster = result.app_latency_ms / result.latency_ms if result.latency_ms > 0 else 0.0
        return (
            (
                self.tr("Same answer as the app"),
                percent_text(result.agreement),
                self.tr("On {n} validation images, read from their files").format(
                    n=count_text(result.images)
                ),
            ),
            (
                self.tr("Largest difference"),
                percent_text(result.max_probability_difference, 3),
                self.tr("Of any class's probability on any of these images"),
            ),
            (
                self.tr("Accuracy"),
                percent_text(result.accuracy),
                self.tr("In the app: {accuracy}").format(
                    accuracy=percent_text(result.app_accuracy)
                ),
            ),
            (self.tr("Size"), bytes_text(result.bytes), ""),
            (
                self.tr("Time for one image"),
                self.tr("{n} ms").format(n=number(result.latency_ms, "f", 1)),
                self.tr("In the app: {app} ms, {factor} times that, measured in turns").format(
                    app=number(result.app_latency_ms, "f", 1), factor=number(faster, "f", 1)
                ),
            ),
        )

    def _retranslate(self) -> None:
        result = self._result
        int8 = result.format.value == "onnx-int8"
        title = self.tr("ONNX, 8-bit") if int8 else self.tr("ONNX, full precision")
        self._title.setText(f"{title} · {moment_text(result.created)}")
        if result.ok:
            verdict = self.tr("Ready: the file was opened again and answers like the app.")
        else:
            verdict = self.tr(
                "Not ready: the file gives other answers than the app on %n image(s).",
                "",
                round(result.images * (1 - result.agreement)),
            )
        self._verdict.setText(verdict)
        self._file.setText(str(result.file))
        self._open.setText(self.tr("Open folder"))
        self._open.setAccessibleName(self._open.text())
        for (caption, figure), (name, value, hint) in zip(
            self._figures, self._figure_texts(), strict=True
        ):
            caption.setText(name)
            figure.setText(value)
            figure.setAccessibleName(f"{name}: {value}")
            for label in (caption, figure):
                label.setToolTip(hint)
        self.setAccessibleName(f"{title}. {verdict}")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
