"""The slider for φ, with the published models marked below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSignalBlocker, QSize, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QPushButton,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.scaling_outlook import PHI_RANGE, PHI_STEP, published_points
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_3, set_role
from effnet_studio.gui.widgets.calm_spin import CalmDoubleSpin, CalmSlider
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

_PAGE = 1.0
"""Of Page Up and Page Down, φ."""
_MARK = (26, 24)
"""Width and height of a mark, pixels."""
_TICK = (1, 4)
"""The same of the tick at a mark's true place."""


class PhiSlider(QWidget):
    """A slider, a spin box for the exact value, and a button for each published model.

    Args:
        parent: Qt's owner.
    """

    phi_changed = Signal(float)
    """The user moved the slider or typed a value."""
    variant_chosen = Signal(int)
    """The user clicked a published model: 0 for B0 to 7 for B7."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("phi_slider")
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        self._small, self._large = Label(self), Label(self)
        for label in (self._small, self._large):
            set_role(label, "caption")
        self.slider = CalmSlider("phi", self)
        self.slider.setRange(_steps(PHI_RANGE[0]), _steps(PHI_RANGE[1]))
        self.slider.setPageStep(_steps(_PAGE))
        self.box = CalmDoubleSpin("phi_value", self)
        self.box.setRange(*PHI_RANGE)
        self.box.setSingleStep(PHI_STEP)
        self.box.setDecimals(1)
        self.box.setPrefix("φ = ")
        self.box.setFixedWidth(104)
        self._marks = _Marks(self.slider, self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for column, widget in enumerate((self._small, self.slider, self._large, self.box)):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self._marks, 1, 1)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._on_slider_moved)
        self.box.valueChanged.connect(self._on_box_changed)
        self._marks.group.idClicked.connect(self.variant_chosen)

    @property
    def phi(self) -> float:
        """The value shown."""
        return self.slider.value() * PHI_STEP

    def set_phi(self, phi: float) -> None:
        """Show a value; emits nothing."""
        with QSignalBlocker(self.slider), QSignalBlocker(self.box):
            self.slider.setValue(_steps(phi))
            self.box.setValue(phi)

    def set_variant(self, variant: int | None) -> None:
        """Mark the published model that is shown; None: it is none of them."""
        self._marks.set_chosen(variant)

    @Slot(int)
    def _on_slider_moved(self, steps: int) -> None:
        with QSignalBlocker(self.box):
            self.box.setValue(steps * PHI_STEP)
        self.phi_changed.emit(round(steps * PHI_STEP, 1))

    @Slot(float)
    def _on_box_changed(self, phi: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(_steps(phi))
        self.phi_changed.emit(round(phi, 1))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._small.setText(self.tr("smaller, faster"))
        self._large.setText(self.tr("larger, more exact"))
        hint = self.tr(
            "φ (say “phi”): each step of 1 roughly doubles the work for one image. Arrow keys move "
            "by 0.1, Page Up and Page Down by 1."
        )
        for widget in (self.slider, self.box):
            widget.setAccessibleName(self.tr("Size φ"))
            widget.setToolTip(hint)
        self._marks.retranslate()


class _Marks(QWidget):
    """A row of small buttons, each below its place on a slider, where a tick stands."""

    def __init__(self, slider: QSlider, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = slider
        self.group = QButtonGroup(self)
        self._ticks = [QFrame(self) for _ in published_points()]
        for tick in self._ticks:
            set_role(tick, "tick")
        for variant in range(len(published_points())):
            button = named(QPushButton(f"B{variant}", self), f"phi_b{variant}")
            button.setCheckable(True)
            set_role(button, "mark")
            self.group.addButton(button, variant)
        self.setFixedHeight(_MARK[1] + SPACE_1)

    def set_chosen(self, variant: int | None) -> None:
        """Press one button, or none."""
        self.group.setExclusive(False)
        for number, button in enumerate(self.group.buttons()):
            button.setChecked(number == variant)
        self.group.setExclusive(variant is not None)

    def retranslate(self) -> None:
        """Name the buttons."""
        for variant, button in enumerate(self.group.buttons()):
            name = self.tr("EfficientNet-B{variant}").format(variant=variant)
            button.setAccessibleName(name)
            button.setToolTip(
                self.tr(
                    "{name} exactly as published. It stands where the rule needs the same work."
                ).format(name=name)
            )

    @override
    def sizeHint(self) -> QSize:
        return QSize(10 * _MARK[0], _MARK[1] + SPACE_1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        places = [self._place(point.phi) for point in published_points()]
        for tick, place in zip(self._ticks, places, strict=True):
            tick.setGeometry(QRect(QPoint(place, 0), QSize(*_TICK)))
        for button, middle in zip(self.group.buttons(), _apart(places, _MARK[0]), strict=True):
            button.setGeometry(QRect(middle - _MARK[0] // 2, SPACE_1, *_MARK))

    def _place(self, phi: float) -> int:
        """Where the middle of the slider's handle is at a value."""
        option = QStyleOptionSlider()
        self._slider.initStyleOption(option)
        option.rect = QRect(0, 0, self.width(), self._slider.height())  # the slider's, to be
        option.sliderPosition = _steps(phi)
        handle = self._slider.style().subControlRect(
            QStyle.ComplexControl.CC_Slider,
            option,
            QStyle.SubControl.SC_SliderHandle,
            self._slider,
        )
        return handle.center().x()


def _apart(places: Sequence[int], least: int) -> list[int]:
    """Move neighbours that are too near to each other apart, both by the same."""
    right, left = list(places), list(places)
    for place in range(1, len(places)):
        right[place] = max(right[place], right[place - 1] + least)
    for place in reversed(range(len(places) - 1)):
        left[place] = min(left[place], left[place + 1] - least)
    return [(one + other) // 2 for one, other in zip(right, left, strict=True)]


def _steps(phi: float) -> int:
    return round(phi / PHI_STEP)
