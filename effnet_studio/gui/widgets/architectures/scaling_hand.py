"""Width, depth and resolution set one by one, and the three bases behind φ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLocale, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.models.scaling import (
    BASES,
    DEPTHS,
    RESOLUTION_STEP,
    RESOLUTIONS,
    WIDTHS,
    Scaling,
    constraint,
    usual_dropout,
)
from effnet_studio.gui.models.scaling_outlook import EVEN_GROWTH
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_4, set_role, set_tone
from effnet_studio.gui.widgets.calm_spin import CalmDoubleSpin, CalmSpin
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.models.scaling_outlook import Wishes

_WIDTH: Final = 150
"""Most of a spin box, pixels."""


class ScalingHand(QWidget):
    """Six spin boxes in two rows, and a sentence on what the bases mean.

    Args:
        parent: Qt's owner.
    """

    scaling_changed = Signal(object)
    """The :class:`~effnet_studio.engine.models.scaling.Scaling` the user set by hand."""
    bases_changed = Signal(float, float, float)
    """α, β and γ as the user set them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scaling_hand")
        self._scaling = Scaling()
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        self.width_box = self._decimal("scale_width", WIDTHS, 0.1)
        self.depth_box = self._decimal("scale_depth", DEPTHS, 0.1)
        self.resolution_box = CalmSpin("scale_resolution", self)
        self.resolution_box.setRange(*RESOLUTIONS)
        self.resolution_box.setSingleStep(RESOLUTION_STEP)
        self.resolution_box.setSuffix(" px")
        self.bases = [
            self._decimal(f"scale_{name}", BASES, 0.05) for name in ("alpha", "beta", "gamma")
        ]
        self._boxes: tuple[CalmSpin | CalmDoubleSpin, ...] = (
            self.depth_box,
            self.width_box,
            self.resolution_box,
            *self.bases,
        )
        self._labels = [Label(self) for _ in self._boxes]
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_1)
        for number, (label, box) in enumerate(zip(self._labels, self._boxes, strict=True)):
            set_role(label, "caption")
            label.setBuddy(box)
            box.setMaximumWidth(_WIDTH)
            row, column = divmod(number, 3)
            grid.addWidget(label, 2 * row, column)
            grid.addWidget(box, 2 * row + 1, column)
        grid.setColumnStretch(3, 1)
        self.growth = named(Label(self), "scale_growth")
        self.growth.setWordWrap(True)
        self.growth.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_2)
        layout.addLayout(grid)
        layout.addWidget(self.growth)

    def _decimal(self, name: str, bounds: tuple[float, float], step: float) -> CalmDoubleSpin:
        box = CalmDoubleSpin(name, self)
        box.setDecimals(3)
        box.setRange(*bounds)
        box.setSingleStep(step)
        return box

    def _connect(self) -> None:
        for box in (self.width_box, self.depth_box, self.resolution_box):
            box.valueChanged.connect(self._on_scaling_edited)
        for box in self.bases:
            box.valueChanged.connect(self._on_base_edited)

    def show_choice(self, wishes: Wishes, scaling: Scaling) -> None:
        """Show what is chosen; emits nothing.

        Args:
            wishes: Has the bases.
            scaling: What the wishes come to.
        """
        self._scaling = scaling
        values = (
            (self.depth_box, scaling.depth),
            (self.width_box, scaling.width),
            *zip(self.bases, (wishes.alpha, wishes.beta, wishes.gamma), strict=True),
        )
        for box, value in values:
            with QSignalBlocker(box):
                box.setValue(value)
        with QSignalBlocker(self.resolution_box):
            self.resolution_box.setValue(scaling.resolution)
        self._show_growth()

    @Slot()
    def _on_scaling_edited(self) -> None:
        width = round(self.width_box.value(), 3)
        scaling = replace(
            self._scaling,
            width=width,
            depth=round(self.depth_box.value(), 3),
            resolution=self.resolution_box.value(),
            dropout=usual_dropout(width),
        )
        self.scaling_changed.emit(scaling)

    @Slot()
    def _on_base_edited(self) -> None:
        self._show_growth()
        self.bases_changed.emit(*(round(box.value(), 3) for box in self.bases))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        texts = (
            (
                self.tr("Depth ×"),
                self.tr("How many times as many layers, one after the other, as in B0"),
            ),
            (
                self.tr("Width ×"),
                self.tr("How many times as many channels (kinds of detail) in each layer as B0"),
            ),
            (
                self.tr("Resolution"),
                self.tr("Side of the square image that the model sees, in pixels; B0 has 224"),
            ),
            (self.tr("α, base of depth"), self.tr("Depth = α to the power of φ")),
            (self.tr("β, base of width"), self.tr("Width = β to the power of φ")),
            (
                self.tr("γ, base of resolution"),
                self.tr("Resolution = 224 pixels times γ to the power of φ"),
            ),
        )
        for label, box, (name, hint) in zip(self._labels, self._boxes, texts, strict=True):
            label.setText(name)
            box.setAccessibleName(name)
            for widget in (label, box):
                widget.setToolTip(hint)
        self._show_growth()

    def _show_growth(self) -> None:
        """Say what the bases make of a step of φ."""
        growth = constraint(*(box.value() for box in self.bases))
        even = abs(growth / 2 - 1) <= EVEN_GROWTH
        if even:
            text = self.tr(
                "α·β²·γ² = {growth}: each step of φ about doubles the work, as it should."
            )
        elif growth > 2:
            text = self.tr(
                "α·β²·γ² = {growth}, more than 2: each step of φ multiplies the work by {growth}, "
                "so networks grow faster than the slider suggests."
            )
        else:
            text = self.tr(
                "α·β²·γ² = {growth}, less than 2: each step of φ multiplies the work by {growth} "
                "only."
            )
        self.growth.setText(text.format(growth=QLocale().toString(growth, "f", 2)))
        set_tone(self.growth, "success" if even else "warning")
