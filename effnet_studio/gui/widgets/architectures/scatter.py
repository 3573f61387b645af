"""Accuracy against size: every architecture a point, one of them chosen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout
from typing_extensions import override

from effnet_studio.gui.models.catalog_table import short_title
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.turns import TurnTimer
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle, make_pen
from effnet_studio.gui.widgets.plots.legend import Legend
from effnet_studio.gui.widgets.plots.log_axis import log_ticks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

MACS, PARAMETERS = "macs", "parameters"
_POINT, _CHOSEN = 10.0, 16.0
_KINDS = {
    "EfficientNet": ("EfficientNet",),
    "V2 · Lite": ("EfficientNetV2", "EfficientNet-Lite"),
    "ResNet · ResNeXt": ("ResNet", "ResNetV2", "SE-ResNet", "ResNeXt"),
    "MobileNet": ("MobileNet", "MobileNetV3"),
    "DenseNet": ("DenseNet",),
    "ConvNeXt": ("ConvNeXt",),
}
"""Families that share a colour: more colours than these cannot be told apart."""
_LETTER, _LINE = 6.4, 15.0
"""Size of a label's letter and of its line, pixels."""
_DOT = 4.0
"""Half of a point, which no other model's name may cover, pixels."""
_ABOVE, _BESIDE, _BEFORE = (0.5, 1.3), (-0.12, 0.5), (1.12, 0.5)
"""Anchors of a label within its box."""


class ModelScatter(QFrame):
    """A card with a plot of top-1 accuracy over work per image or number of parameters.

    The table beside it is its twin: it has the same figures.

    Args:
        specs: The architectures.
        theme: Colours, now and when they change.
        parent: Qt's owner.
    """

    model_chosen = Signal(str)
    """Catalog name of the point that was clicked."""

    def __init__(
        self, specs: Iterable[ModelSpec], theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("model_scatter")
        set_role(self, "card")
        self._theme = theme
        self._specs = tuple(specs)
        self._kind_of = {family: kind for kind, all_ in _KINDS.items() for family in all_}
        self._axis = MACS
        self._chosen = ""
        self._shown: frozenset[str] | None = None
        self._order: list[int] = []
        self._canvas: PlotCanvas | None = None
        self._draw_timer = TurnTimer(self)
        self._build_ui()
        self._connect()
        self._retranslate()
        self._style_legend()

    def _build_ui(self) -> None:
        self._title = Label(self)
        set_role(self._title, "strong")
        self._buttons = {
            key: named(QPushButton(self), f"scatter_{key}") for key in (MACS, PARAMETERS)
        }
        self._group = QButtonGroup(self)
        header = FlowLayout(SPACE_1)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        header.addWidget(self._title)
        for key, button in self._buttons.items():
            button.setCheckable(True)
            button.setChecked(key == self._axis)
            set_role(button, "ghost")
            self._group.addButton(button)
            header.addWidget(button)
        self._legend = Legend(self)
        for kind in _KINDS:
            self._legend.add(kind)
            self._legend.set_name(kind, kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_2)
        layout.setSpacing(SPACE_1)
        layout.addLayout(header)
        layout.addWidget(self._legend)
        self._place = QVBoxLayout()
        layout.addLayout(self._place, 1)

    def _connect(self) -> None:
        self._draw_timer.timeout.connect(self.draw)
        self._group.buttonClicked.connect(self._on_axis_clicked)
        self._theme.changed.connect(self._on_theme_changed)

    def choose(self, name: str) -> None:
        """Make a point larger and label it."""
        if name != self._chosen:
            self._chosen = name
            self._draw_timer.start()

    def set_shown(self, names: Iterable[str] | None) -> None:
        """Let all other points step back, as those that a filter hides; None: none of them."""
        self._shown = None if names is None else frozenset(names)
        self._draw_timer.start()

    @Slot()
    def draw(self) -> None:
        """Draw now."""
        if self._canvas is None:
            from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

            self._canvas = PlotCanvas(self._theme.theme, parent=self)
            self._canvas.point_clicked.connect(self._on_point_clicked)
            self._canvas.resized.connect(self._draw_timer.start)  # there is room for other names
            self._place.addWidget(self._canvas, 1)
        xs = [math.log10(self._value(spec)) for spec in self._specs]
        ys = [spec.top1 for spec in self._specs]
        # What steps back lies below, and the chosen one above all others.
        self._order = sorted(range(len(xs)), key=self._layer)
        drawn = [self._specs[place] for place in self._order]
        colors = [self._color(spec) for spec in drawn]
        sizes = [_CHOSEN if spec.name == self._chosen else _POINT for spec in drawn]
        self._canvas.set_axis_names(self._axis_name())
        self._canvas.set_x_ticks(log_ticks(min(xs) - 0.1, max(xs) + 0.1))
        self._canvas.set_x_limits(min(xs) - 0.1, max(xs) + 0.1)
        self._canvas.set_y_limits(min(ys) - 2, max(ys) + 3)
        self._canvas.set_points(
            [xs[place] for place in self._order],
            [ys[place] for place in self._order],
            colors,
            sizes,
        )
        self._canvas.set_labels(self._labels(self._canvas, xs, ys))

    def _labels(
        self, canvas: PlotCanvas, xs: list[float], ys: list[float]
    ) -> list[tuple[float, float, str, tuple[float, float]]]:
        """Names beside as many points as there is room for: the chosen one and the B's first."""
        wide = max(200, canvas.width() - 60) / (max(xs) - min(xs) + 0.2)
        high = max(120, canvas.height() - 60) / (max(ys) - min(ys) + 5)
        order = sorted(range(len(xs)), key=lambda place: self._rank(self._specs[place]))
        points = [(x * wide, y * high) for x, y in zip(xs, ys, strict=True)]
        taken: list[tuple[float, float, float, float]] = []
        labels = []
        for place in order:
            spec, text = self._specs[place], short_title(self._specs[place])
            if self._steps_back(spec):
                continue
            usual = _ABOVE if spec.family == "EfficientNet" else _BESIDE
            others = [
                points[other]
                for other, each in enumerate(self._specs)
                if other != place and not self._steps_back(each)
            ]
            chosen = spec.name == self._chosen
            covered = [*map(_dot_box, others), *taken]
            boxes = {
                side: _label_box(points[place], text, side)
                for side in ((usual, _ABOVE, _BEFORE) if chosen else (usual,))
            }
            free = (
                side
                for side, box in boxes.items()
                if box[1] <= (max(xs) + 0.1) * wide
                and not any(_overlap(box, other) for other in covered)
            )
            # The chosen one has its name in any case: where there is room, else where it covers.
            side = next(free, usual if chosen else None)
            if side is not None:
                taken.append(boxes[side])
                labels.append((xs[place], ys[place], text, side))
        return labels

    def _rank(self, spec: ModelSpec) -> tuple[int, float]:
        kinds = list(_KINDS)
        chosen = -1 if spec.name == self._chosen else kinds.index(self._kind_of[spec.family])
        return chosen, spec.macs

    def _steps_back(self, spec: ModelSpec) -> bool:
        chosen = spec.name == self._chosen
        return self._shown is not None and spec.name not in self._shown and not chosen

    def _layer(self, place: int) -> int:
        spec = self._specs[place]
        return 2 if spec.name == self._chosen else int(not self._steps_back(spec))

    def _value(self, spec: ModelSpec) -> float:
        return spec.macs if self._axis == MACS else spec.parameters / 1e6

    def _color(self, spec: ModelSpec) -> str:
        if self._steps_back(spec):
            return self._theme.theme.border
        series = self._theme.theme.series
        return series[list(_KINDS).index(self._kind_of[spec.family]) % len(series)]

    def _axis_name(self) -> str:
        if self._axis == MACS:
            return self.tr("work per image, billion MACs")
        return self.tr("parameters, millions")

    @Slot()
    def _on_axis_clicked(self) -> None:
        self._axis = next(key for key, button in self._buttons.items() if button.isChecked())
        self._draw_timer.start()

    @Slot(int)
    def _on_point_clicked(self, index: int) -> None:
        self.model_chosen.emit(self._specs[self._order[index]].name)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._style_legend()
        if self._canvas is not None:
            self._canvas.set_theme(self._theme.theme)
            self._draw_timer.start()

    def _style_legend(self) -> None:
        for index, kind in enumerate(_KINDS):
            pen = make_pen(self._theme.theme, CurveStyle(color=index), 0)
            self._legend.set_pen(kind, pen, symbol="o")

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._canvas is None:
            self._draw_timer.start()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._canvas is not None:
                self._draw_timer.start()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("ImageNet accuracy (%) and cost"))
        self.setAccessibleName(self.tr("Accuracy and cost of all models, as in the table"))
        self._buttons[MACS].setText(self.tr("Work"))
        self._buttons[PARAMETERS].setText(self.tr("Size"))
        for button in self._buttons.values():
            button.setAccessibleName(button.text())


def _label_box(
    point: tuple[float, float], text: str, side: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of a name beside a point."""
    (x, y), length = point, _LETTER * len(text)
    left = x + {_ABOVE: -length / 2, _BESIDE: 10, _BEFORE: -10 - length}[side]
    bottom = y + (6 if side == _ABOVE else -_LINE / 2)
    return left, left + length, bottom, bottom + _LINE


def _dot_box(point: tuple[float, float]) -> tuple[float, float, float, float]:
    x, y = point
    return x - _DOT, x + _DOT, y - _DOT, y + _DOT


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    """Whether two boxes (left, right, bottom, top) share a place."""
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
