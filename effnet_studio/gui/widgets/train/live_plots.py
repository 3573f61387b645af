"""The curves of a training run, live or from its folder."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.text import decimal_text, figure_text
from effnet_studio.gui.theme import SPACE_4
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle
from effnet_studio.gui.widgets.plots.plot import PlotCard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.events import BatchProgress, EpochFinished
    from effnet_studio.gui.theme import ThemeManager

_WIDTHS = (540, 1900, 2800)
"""From which two, three and four plots stand side by side, pixels."""
LEAST_HEIGHT = 220
"""Of a plot, pixels."""
LEARNING_HEIGHT = 280
"""Of the two that are watched, accuracy and loss, with their legends of two lines."""

STEP = "step"
TRAIN = "train"
VALIDATION = "validation"
RATE = "rate"
AVERAGED = "averaged"
F1 = "f1"
GRADIENT = "gradient"
SPEED = "speed"
MEMORY = "memory"

_STEP_STYLE = CurveStyle(color=0, faint=True)
_TRAIN_STYLE = CurveStyle(color=0, symbol="o")
_VALIDATION_STYLE = CurveStyle(color=1, symbol="s")
_AVERAGED_STYLE = CurveStyle(color=3, dashed=True)
_F1_STYLE = CurveStyle(color=2, dashed=True)
_RATE_STYLE = CurveStyle(color=2)
_GIB = 2**30


class LivePlots(QWidget):
    """Plots over the epochs of one run: what it learns first, how it computes behind.

    Args:
        theme: Colours, now and when they change.
        parent: Qt parent.
    """

    save_failed = Signal(object)
    """The StudioError that says why a table could not be saved."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("live_plots")
        hold_parts(self)
        self._steps_per_epoch = 1
        card = partial(PlotCard, theme, place_format=self._place, parent=self)
        self.loss = card(name="loss")
        self.accuracy = card(name="accuracy", percent=True)
        self.rate = card(name="learning_rate", value_format=_rate)
        self.gradient = card(name="gradient", value_format=_rate)
        self.speed = card(name="speed", value_format=_whole)
        self.memory = card(name="memory", value_format=_tenths)
        self._learning = (self.accuracy, self.loss, self.rate)
        self._computing = (self.gradient, self.speed, self.memory)
        self.cards = (*self._learning, *self._computing)
        self._build_ui()
        self._retranslate()

    def _build_ui(self) -> None:
        for card in (self.loss, self.accuracy):
            card.add_series(STEP, _STEP_STYLE)
            card.add_series(TRAIN, _TRAIN_STYLE)
            card.add_series(VALIDATION, _VALIDATION_STYLE)
            card.add_series(AVERAGED, _AVERAGED_STYLE)
        self.accuracy.add_series(F1, _F1_STYLE)
        self.gradient.add_series(GRADIENT, _STEP_STYLE)
        self.gradient.add_series(TRAIN, _TRAIN_STYLE)
        self.speed.add_series(SPEED, _TRAIN_STYLE)
        self.memory.add_series(MEMORY, _TRAIN_STYLE)
        self.rate.add_series(RATE, _RATE_STYLE)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE_4)
        self._tiles: list[QWidget] = []
        self._columns = 1
        for card in self.cards:
            card.twin.save_failed.connect(self.save_failed)
            self._add(card, len(self._tiles))
        for card in (self.accuracy, self.loss):
            card.setMinimumHeight(LEARNING_HEIGHT)

    def add_tile(self, widget: QWidget) -> None:
        """Add a widget to the grid, behind the plots of what is learnt."""
        self._add(widget, len(self._tiles) - len(self._computing))

    def _add(self, widget: QWidget, place: int) -> None:
        widget.setMinimumHeight(LEAST_HEIGHT)
        # The columns decide on the width, not what is in them.
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._tiles.insert(place, widget)
        self._arrange(self._columns)

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        for tile in self._tiles:
            self._grid.removeWidget(tile)
        for index, tile in enumerate(self._tiles):
            last = index + 1 == len(self._tiles)
            span = columns - index % columns if last else 1
            self._grid.addWidget(tile, index // columns, index % columns, 1, span)
        for column in range(len(_WIDTHS) + 1):
            self._grid.setColumnStretch(column, int(column < columns))

    # -- one run -------------------------------------------------------------------------------

    def begin(self, *, epochs: int, steps_per_epoch: int, first: int = 0) -> None:
        """Empty the plots for a run of a known length.

        Args:
            epochs: How many are planned.
            steps_per_epoch: Into which each is divided.
            first: Where the axes begin; 1 where no steps are drawn, only what ends an epoch.
        """
        self._steps_per_epoch = max(1, steps_per_epoch)
        for card in self.cards:
            card.clear()
            card.set_x_limits(first, epochs)

    def add_batch(self, event: BatchProgress) -> None:
        """Add one step."""
        x = event.step / self._steps_per_epoch
        self.loss.append(STEP, x, event.loss)
        self.accuracy.append(STEP, x, event.accuracy)
        self.rate.append(RATE, x, event.learning_rate)
        if event.gradient_norm is not None:
            self.gradient.append(GRADIENT, x, event.gradient_norm)

    def add_epoch(self, event: EpochFinished) -> None:
        """Add one finished epoch."""
        x = event.epoch + 1
        self.loss.append(TRAIN, x, event.train_loss)
        self.loss.append(VALIDATION, x, event.val_loss)
        self.accuracy.append(TRAIN, x, event.train_accuracy)
        self.accuracy.append(VALIDATION, x, event.val_accuracy)
        self.speed.append(SPEED, x, event.images_per_second)
        memory = None if event.memory is None else event.memory / _GIB
        for card, key, value in (
            (self.loss, AVERAGED, event.ema_loss),
            (self.accuracy, AVERAGED, event.ema_accuracy),
            (self.accuracy, F1, event.macro_f1),
            (self.gradient, TRAIN, event.gradient_norm),
            (self.memory, MEMORY, memory),
        ):
            if value is not None:
                card.append(key, x, value)

    def show_epochs(self, epochs: Sequence[EpochFinished]) -> None:
        """Show a run that is over, from its finished epochs."""
        planned = epochs[-1].epochs if epochs else 1
        self.begin(epochs=planned, steps_per_epoch=1, first=1 if planned > 1 else 0)
        self.add_past(epochs)

    def add_past(self, epochs: Iterable[EpochFinished]) -> None:
        """Add epochs whose single steps are not known."""
        for event in epochs:
            self.add_epoch(event)
            self.rate.append(RATE, event.epoch + 1, event.learning_rate)

    def _place(self, at: float) -> str:
        """Say where on the axis something is: between two epochs the later one is under way."""
        text = self.tr("Epoch {n}") if at == int(at) else self.tr("During epoch {n}")
        return text.format(n=QLocale().toString(math.ceil(at)))

    def flush(self) -> None:
        """Draw now what waits to be drawn, for pictures and tests."""
        for card in self.cards:
            card.flush()

    # -- look ----------------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 1 + sum(self.width() >= width for width in _WIDTHS)
        if columns != self._columns:
            self._arrange(columns)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.loss.set_title(self.tr("Loss"))
        self.loss.setToolTip(self.tr("How wrong the answers are; lower is better."))
        self.accuracy.set_title(self.tr("Accuracy"))
        self.accuracy.setToolTip(self.tr("Share of the images that are named right."))
        self.rate.set_title(self.tr("Learning rate"))
        self.rate.setToolTip(self.tr("Size of the steps by which the model is changed."))
        self.gradient.set_title(self.tr("Gradient"))
        self.gradient.setToolTip(
            self.tr("How strongly the images pull at the model; a jump means an odd batch.")
        )
        self.speed.set_title(self.tr("Images per second"))
        self.memory.set_title(self.tr("Memory, GiB"))
        learning = {
            STEP: self.tr("steps"),
            TRAIN: self.tr("training"),
            VALIDATION: self.tr("validation"),
            AVERAGED: self.tr("averaged model"),
        }
        epoch = self.tr("Epoch")
        self.loss.set_names(epoch, learning)
        self.accuracy.set_names(epoch, {**learning, F1: "F1"})
        self.gradient.set_names(epoch, {GRADIENT: self.tr("steps"), TRAIN: self.tr("mean")})
        self.speed.set_names(epoch, {SPEED: self.tr("training")})
        self.memory.set_names(epoch, {MEMORY: self.tr("in use")})
        self.rate.set_names(epoch, {RATE: self.tr("rate")})
        for card in self.cards:
            card.set_empty_text(self.tr("The curve appears here while a model is trained."))


def _whole(value: float) -> str:
    return decimal_text(value, 0)


def _tenths(value: float) -> str:
    return decimal_text(value)


def _rate(value: float) -> str:
    return figure_text(value, 2)
