"""How a file for a chosen purpose is made: where it goes, its format, what it may lose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.export.formats import FORMATS
from effnet_studio.engine.export.targets import TARGETS
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.text import sentences_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role
from effnet_studio.gui.widgets.calm_spin import CalmDoubleSpin
from effnet_studio.gui.widgets.export.format_choice import FormatChoice
from effnet_studio.gui.widgets.export.place_row import PlaceRow
from effnet_studio.gui.widgets.help_mark import HelpMark, help_row
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.export.certificate.record import ExportFormat, Target
    from effnet_studio.gui.theme import ThemeManager

USUAL_POINTS: Final = 0.5
"""Accuracy that a rounded file may lose unless the user says otherwise, percentage points."""
_MOST_POINTS: Final = 20.0


class ExportOptions(QFrame):
    """A card below the targets, with the one button that starts.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.

    Attributes:
        formats: The formats that fit.
        place: Where the files go.
        button: Starts the export.
    """

    export_asked = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_options")
        set_role(self, "card")
        self._target: Target | None = None
        self._startable = True
        self._build_ui(theme)
        self.formats.format_chosen.connect(self._on_format_chosen)
        self.button.clicked.connect(self.export_asked)
        self._retranslate()

    def _build_ui(self, theme: ThemeManager) -> None:
        self._title = named(Label(self), "export_options_title")
        set_role(self._title, "strong")
        self.button = named(QPushButton(self), "export_start")
        set_role(self.button, "primary")
        theme.set_icon(self.button, "export", tone="on_accent", size=16)
        head = QHBoxLayout()
        head.setSpacing(SPACE_4)
        head.addLayout(help_row(self._title, HelpMark("concept-onnx", theme, self)), 1)
        head.addWidget(self.button)
        self.place = PlaceRow(theme, self)
        self.formats = FormatChoice(self)
        self.formats.set_detail(self._make_budget(theme))
        self._note = named(Label(self), "export_note")
        set_role(self._note, "caption")
        self._note.setWordWrap(True)
        rule = QFrame(self)
        set_role(rule, "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addLayout(head)
        column.addWidget(self.place)
        column.addWidget(rule)
        column.addWidget(self.formats)
        column.addWidget(self._note)

    def _make_budget(self, theme: ThemeManager) -> QWidget:
        self._budget = named(QFrame(self), "export_budget")
        set_role(self._budget, "sunken")
        self._before, self._after = Label(self._budget), Label(self._budget)
        self._points = CalmDoubleSpin("export_points", self._budget)
        self._points.setRange(0.0, _MOST_POINTS)
        self._points.setDecimals(1)
        self._points.setSingleStep(0.1)
        self._points.setValue(USUAL_POINTS)
        self._before.setBuddy(self._points)
        self._meaning = named(Label(self._budget), "export_budget_meaning")
        set_role(self._meaning, "caption")
        self._meaning.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self._before)
        row.addWidget(self._points)
        row.addWidget(self._after)
        row.addWidget(HelpMark("concept-int8", theme, self._budget))
        row.addStretch(1)
        column = QVBoxLayout(self._budget)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(row)
        column.addWidget(self._meaning, 0, Qt.AlignmentFlag.AlignTop)
        self._points.valueChanged.connect(self._on_points_changed)
        return self._budget

    @property
    def target(self) -> Target | None:
        """What the file is for."""
        return self._target

    @property
    def format(self) -> ExportFormat | None:
        """The chosen format; None while none can be made."""
        return self.formats.format

    @property
    def budget_points(self) -> float:
        """Accuracy that the file may lose, percentage points."""
        return self._points.value()

    def set_target(self, target: Target) -> None:
        """Show the options of a target."""
        if target != self._target:
            self._target = target
            self.formats.set_formats(TARGETS[target].formats)
            self._retranslate()

    def set_startable(self, startable: bool) -> None:  # noqa: FBT001 - a setter
        """Allow the export, or not, as while there is no place for the files."""
        self._startable = startable
        self._on_format_chosen(self.format)

    @Slot(object)
    def _on_format_chosen(self, format_: ExportFormat | None) -> None:
        self._budget.setVisible(format_ is not None and not FORMATS[format_].exact)
        self._note.setVisible(format_ is None or self.formats.opens(format_))
        self._retranslate_meaning()
        self.button.setEnabled(self._startable and format_ is not None)

    @Slot(float)
    def _on_points_changed(self, _points: float) -> None:
        self._retranslate_meaning()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        title = "" if self._target is None else translate_message(TARGETS[self._target].title)
        self._title.setText(title)
        self.setAccessibleName(self.tr("Options: {title}").format(title=title))
        self._before.setText(self.tr("May lose at most"))
        self._after.setText(self.tr("points of accuracy"))
        self._points.setAccessibleName(
            f"{self._before.text()} {self._points.text()} {self._after.text()}"
        )
        self.button.setText(self.tr("Export"))
        self.button.setAccessibleName(self.tr("Export: {title}").format(title=title))
        self._note.setText(
            self.tr(
                "The file is opened again and compared with the app on every validation and test"
                " image before it is called ready."
            )
        )
        self._retranslate_meaning()

    def _retranslate_meaning(self) -> None:
        points = self._points.value()
        count = self.locale().toString(10 * points, "g", 3)
        sentences = [
            self.tr("Of 1,000 images it may get {count} more wrong than the app.").format(
                count=count
            )
            if points
            else self.tr("It may not get a single validation image more wrong than the app.")
        ]
        if self.format is not None and FORMATS[self.format].needs.calibrates:
            sentences.append(
                self.tr(
                    "Several ways to round the model are tried, the fastest first. The first that"
                    " loses no more than this on your validation images is taken."
                )
            )
        self._meaning.setText(sentences_text(sentences))
