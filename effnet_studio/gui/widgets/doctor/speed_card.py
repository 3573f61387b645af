"""How fast this computer is: measured on request, beside others, in words first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.doctor.references import REFERENCES
from effnet_studio.engine.events import Event, Progress
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.rows_table import Column
from effnet_studio.gui.names import named
from effnet_studio.gui.text import duration_text, moment_text, rate_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.busy_bar import BusyBar
from effnet_studio.gui.widgets.doctor.fact_card import card_head
from effnet_studio.gui.widgets.doctor.full_table import FullTable
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.doctor.speed import Speed
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.theme import ThemeManager


class SpeedCard(QFrame):
    """Not measured yet, being measured, or measured.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    measure_asked = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card_speed")
        set_role(self, "card")
        self._theme = theme
        self._speed: Speed | None = None
        self._job: Job | None = None
        self._measurable = True
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addLayout(card_head("", "bolt", self._theme, self))
        self._verdict = named(Label(self), "speed_verdict")
        self._example = named(Label(self), "speed_example")
        self._source = named(Label(self), "speed_source")
        set_role(self._verdict, "strong")
        set_role(self._example, "muted")
        set_role(self._source, "caption")
        for label in (self._verdict, self._example, self._source):
            label.setWordWrap(True)
        self._table = FullTable("speed_table", 0, self)
        self._bar = named(BusyBar(self), "speed_bar")
        self._bar.setTextVisible(False)
        self._measure = named(QPushButton(self), "speed_measure")
        self._stop = named(QPushButton(self), "speed_stop")
        self._theme.set_icon(self._measure, "bolt", size=16)
        self._theme.set_icon(self._stop, "stop", size=16)
        buttons = QHBoxLayout()
        buttons.addWidget(self._measure)
        buttons.addWidget(self._stop)
        buttons.addStretch(1)
        for widget in (self._verdict, self._example, self._table, self._source, self._bar):
            column.addWidget(widget)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._measure.clicked.connect(self.measure_asked)
        self._stop.clicked.connect(self._on_stop)

    def set_speed(self, speed: Speed | None) -> None:
        """Show a measurement.

        Args:
            speed: The last one on this computer; None: none yet.
        """
        self._speed = speed
        self._retranslate()

    @property
    def verdict(self) -> str:
        """How fast it is, or what is going on, in a sentence."""
        return self._verdict.text()

    def set_measurable(self, measurable: bool) -> None:  # noqa: FBT001 - a setter
        """Whether nothing else computes."""
        self._measurable = measurable
        self._retranslate()

    def follow(self, job: Job) -> None:
        """Show the progress of a measurement until it ends."""
        self._job = job
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        job.event_received.connect(self.take_event)
        job.finished.connect(self._on_finished)
        self._retranslate()

    @Slot(object)
    def take_event(self, event: Event) -> None:
        """Show how far it is."""
        if isinstance(event, Progress):
            self._bar.show_progress(event)

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._stop.setEnabled(False)

    @Slot()
    def _on_finished(self) -> None:
        had_focus = self._stop.hasFocus()
        self._job = None
        self._retranslate()
        if had_focus:
            self._measure.setFocus()

    def _retranslate(self) -> None:
        title = self.findChild(QLabel, "card_speed_title")
        assert title is not None  # noqa: S101 - made above
        title.setText(self.tr("Speed"))
        self.setAccessibleName(title.text())
        working, speed = self._job is not None, self._speed
        self._bar.setVisible(working)
        self._bar.setAccessibleName(self.tr("Progress of the measurement"))
        self._stop.setVisible(working)
        self._stop.setText(self.tr("Stop"))
        self._stop.setAccessibleName(self.tr("Stop measuring"))
        self._measure.setVisible(not working)
        self._measure.setText(self.tr("Measure again") if speed else self.tr("Measure speed"))
        self._measure.setAccessibleName(self._measure.text())
        self._measure.setEnabled(self._measurable)
        busy = self.tr("Wait until what runs has finished: it would be measured too.")
        self._measure.setToolTip("" if self._measurable else busy)
        for widget in (self._table, self._source):
            widget.setVisible(speed is not None and not working)
        if working:
            self._verdict.setText(self.tr("Measuring…"))
            self._example.setText(
                self.tr("A model answers and learns from random images, about ten seconds.")
            )
        elif speed is None:
            self._verdict.setText(self.tr("Not measured yet."))
            self._example.setText(
                self.tr(
                    "Takes about ten seconds: shows how long your trainings will take, and how "
                    "this computer compares with others."
                )
            )
        else:
            self._show(speed)

    def _show(self, speed: Speed) -> None:
        self._verdict.setText(times_text(speed.beside(REFERENCES[0])))
        self._example.setText(
            self.tr(
                "A training of {images} images with Balanced takes about {time} here, or less."
            ).format(images=_images(), time=duration_text(_rounded(speed.training_seconds)))
        )
        columns = (
            Column(self.tr("Images a second"), number=False),
            Column(self.tr("Predict"), self.tr("Classified, in groups.")),
            Column(
                self.tr("Balanced"),
                self.tr("Trained on as with the preset Balanced: the early stages are frozen."),
            ),
            Column(
                self.tr("Best"),
                self.tr("Trained on as with the preset Best: nothing is frozen."),
            ),
        )
        mine = self.tr("This computer: {device}").format(device=speed.device)
        rows = [(mine, speed.rates)]
        rows += [(translate_message(each.title), each.rates) for each in REFERENCES]
        self._table.set_table(columns, [(name, *map(rate_text, rates)) for name, rates in rows])
        self._table.setAccessibleName(self.tr("Images a second, here and on other computers"))
        self._source.setText(
            self.tr("Measured {when} with PyTorch {version}.").format(
                when=moment_text(speed.measured), version=speed.torch
            )
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def times_text(times: float) -> str:
    """How this computer compares with the reference, in a sentence.

    Args:
        times: As fast as the reference.
    """
    if 0.9 < times < 1.1:
        return QCoreApplication.translate("SpeedCard", "As fast as a small computer in the cloud.")
    decimals = 0 if times >= 10 else 1 if times >= 1 else 2
    figure = QLocale().toString(times, "f", decimals)
    return QCoreApplication.translate(
        "SpeedCard", "{times} times as fast as a small computer in the cloud."
    ).format(times=figure)


def _images() -> int:
    from effnet_studio.engine.doctor.speed import USUAL_PICTURES

    return USUAL_PICTURES


def _rounded(seconds: float) -> float:
    """As exact as is honest: to five seconds, from two minutes on to the minute."""
    step = 5 if seconds < 120 else 60
    return max(step, step * round(seconds / step))
