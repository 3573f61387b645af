"""What to measure: models, input size, time; and the buttons that start and stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.benchmark.plan import USUAL_MODELS, Plan, make_plan
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.gui.names import named
from effnet_studio.gui.text import duration_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

WIDTH: Final = 232
"""Of the column, pixels."""

SIZES: Final = (None, 64, 96, 128, 160, 192, 224, 256, 288, 320, 384, 448)
BUDGETS: Final = (30, 60, 120, 300, 900)
_USUAL_BUDGET: Final = 120


class BenchmarkSetup(QWidget):
    """The left column of the benchmark.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    start_clicked = Signal()
    stop_clicked = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchmark_setup")
        self._running = False
        self._build_ui(theme)
        self._connect()
        self._retranslate()
        self._on_choice_changed()

    def _build_ui(self, theme: ThemeManager) -> None:
        self.setFixedWidth(WIDTH)
        self.models = named(QListWidget(self), "benchmark_models")
        for spec in CATALOG.values():
            self.add_model(spec.name, checked=spec.name in USUAL_MODELS)
        self.size_combo = CalmCombo("benchmark_size", self)
        for size in SIZES:
            self.size_combo.addItem("" if size is None else f"{size} px", size)
        self.budget = CalmCombo("benchmark_budget", self)
        for seconds in BUDGETS:
            self.budget.addItem("", seconds)
        self.budget.setCurrentIndex(BUDGETS.index(_USUAL_BUDGET))
        self.training = named(QCheckBox(self), "benchmark_training")
        self.training.setChecked(True)
        self.start = named(QPushButton(self), "benchmark_start")
        set_role(self.start, "primary")
        theme.set_icon(self.start, "clock", tone="on_accent")
        self.stop = named(QPushButton(self), "benchmark_stop")
        theme.set_icon(self.stop, "stop")
        self.stop.hide()
        self._labels = [Label(self) for _ in range(3)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_2)
        fields = (self.models, self.size_combo, self.budget)
        for label, field in zip(self._labels, fields, strict=True):
            set_role(label, "caption")
            label.setBuddy(field)
            layout.addWidget(label)
            layout.addWidget(field, 1 if field is self.models else 0)
        layout.addWidget(self.training)
        layout.addSpacing(SPACE_3)
        buttons = QHBoxLayout()
        buttons.addWidget(self.start, 1)
        buttons.addWidget(self.stop, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.models.itemChanged.connect(self._on_choice_changed)
        self.models.model().rowsInserted.connect(self._on_choice_changed)
        self.start.clicked.connect(self.start_clicked)
        self.stop.clicked.connect(self.stop_clicked)

    def add_model(self, name: str, *, checked: bool = True) -> None:
        """Offer a model, such as a scaled one; one that is there is only checked.

        Args:
            name: As :func:`~effnet_studio.engine.models.catalog.get_spec` takes it.
            checked: Whether it is to be measured.
        """
        spec = get_spec(name)
        state = Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
        for item in self._items():
            if item.data(Qt.ItemDataRole.UserRole) == spec.name:
                item.setCheckState(state)
                return
        item = QListWidgetItem(spec.title)
        item.setData(Qt.ItemDataRole.UserRole, spec.name)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(state)
        self.models.addItem(item)

    @property
    def chosen(self) -> list[str]:
        """Names of the checked models."""
        checked = Qt.CheckState.Checked
        return [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in self._items()
            if item.checkState() == checked
        ]

    def plan(self) -> Plan:
        """What was chosen.

        Raises:
            ConfigError: If no model is checked.
        """
        return make_plan(
            self.chosen,
            size=self.size_combo.currentData(),
            budget=float(self.budget.currentData()),
            training=self.training.isChecked(),
        )

    def set_running(self, running: bool) -> None:  # noqa: FBT001 - a setter
        """Show Stop instead of Measure, and hold the choices."""
        self._running = running
        self.start.setVisible(not running)
        self.stop.setVisible(running)
        self.stop.setEnabled(running)
        for field in (self.models, self.size_combo, self.budget, self.training):
            field.setEnabled(not running)

    def _items(self) -> list[QListWidgetItem]:
        return [self.models.item(row) for row in range(self.models.count())]

    @Slot()
    def _on_choice_changed(self) -> None:
        self.start.setEnabled(bool(self.chosen))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        texts = (self.tr("Models"), self.tr("Input"), self.tr("Time for measuring"))
        fields = (self.models, self.size_combo, self.budget)
        for label, field, text in zip(self._labels, fields, texts, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        self.size_combo.setItemText(0, self.tr("Each model's own"))
        for row, seconds in enumerate(BUDGETS):
            self.budget.setItemText(row, duration_text(seconds))
        self.budget.setToolTip(
            self.tr("Making the files to measure comes on top: 10 to 20 seconds for each model.")
        )
        self.training.setText(self.tr("Measure training too"))
        self.start.setText(self.tr("Measure"))
        self.stop.setText(self.tr("Stop"))
