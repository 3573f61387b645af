"""What came of an export: the certificate under its verdict, and the way to the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.certificate_rows import verdict_title
from effnet_studio.gui.models.export_words import format_title, target_title
from effnet_studio.gui.models.run_list import model_title
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_3, SPACE_4, SPACE_5, set_role, set_tone
from effnet_studio.gui.widgets.export.certificate_view import CertificateView
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.gui.theme import ThemeManager


class ExportResultCard(QFrame):
    """Stands in the place of the choice after an export.

    Args:
        result: The export.
        theme: Tints the icons.
        parent: Qt's owner.

    Attributes:
        certificate: What is known of the file.
    """

    again_asked = Signal()
    """Another file is wanted."""

    def __init__(
        self, result: ExportResult, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export_result")
        set_role(self, "card")
        self._result = result
        tone = "success" if result.ok else "warning"
        mark = Label(self)
        theme.set_icon(mark, "check-circle" if result.ok else "warning", tone=tone, size=24)
        self._title = named(Label(self), "export_result_title")
        set_role(self._title, "title")
        set_tone(self._title, tone)
        self._what = named(Label(self), "export_result_what")
        set_role(self._what, "muted")
        self._what.setWordWrap(True)
        self._again = named(QPushButton(self), "export_again")
        theme.set_icon(self._again, "arrow-left", size=16)
        self._again.clicked.connect(self.again_asked)
        self.certificate = CertificateView(result, theme, self)
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(mark)
        head.addWidget(self._title)
        head.addWidget(self._what, 1)
        head.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addLayout(head)
        column.addWidget(self.certificate)
        self._retranslate()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        result = self._result
        what = (
            target_title(result.target),
            model_title(result.model),
            format_title(result.format),
        )
        self._title.setText(verdict_title(result))
        self._what.setText(" · ".join(what))
        self._again.setText(self.tr("Export another file"))
        self._again.setAccessibleName(self._again.text())
        self.setAccessibleName(f"{self._title.text()}: {self._what.text()}")
