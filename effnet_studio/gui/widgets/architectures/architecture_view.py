"""A network from inside: its stages, the blocks of each, and where its time goes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.training.config import Preset, preset_values
from effnet_studio.gui.models.anatomy_words import (
    line_heads,
    stage_lines,
    stage_sentence,
    stage_table,
)
from effnet_studio.gui.models.model_stages import stage_text
from effnet_studio.gui.models.scaling_words import exact_size_text, time_text, work_text
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.text import count_text, percent_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.architectures.stage_inside import StageInside
from effnet_studio.gui.widgets.architectures.stage_strip import Stage, StageStrip
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.calm_spin import CalmSpin
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.model_choice import choose_model
from effnet_studio.gui.widgets.plots.twin_card import TwinCard

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.models.anatomy import Anatomy, StageAnatomy
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.models.stage_times import StageTimes
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

WORK, PARAMETERS, TIME = "work", "parameters", "time"
"""What the heights of the columns show."""
_MEASURES: Final = (WORK, PARAMETERS, TIME)


class ArchitectureView(QWidget):
    """Choices above; the stages, and the blocks of the chosen stage, below.

    Networks are looked into in the background, the first time the view is shown: that needs
    PyTorch.

    Args:
        session: Runs the jobs.
        theme: Colours and icons.
        parent: Qt's owner.
    """

    measured = Signal(object)
    """A :class:`~effnet_studio.engine.models.stage_times.StageTimes`."""

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("architecture_view")
        self._session = session
        self._theme = theme
        self._requests = Requests(session.jobs, heavy=True, parent=self)
        self._known: dict[str, Anatomy] = {}
        self._times: dict[str, StageTimes] = {}
        self._scaled = ""
        self._trouble = ""
        self._build_ui()
        self._connect()
        self._on_model_changed()
        self._retranslate()

    # -- layout ----------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self.model = CalmCombo("inside_model", self)
        for spec in CATALOG.values():
            self.model.addItem(spec.title, spec.name)
        self.measure = CalmCombo("inside_measure", self)
        for key in _MEASURES:
            self.measure.addItem("", key)
        self.freeze = CalmSpin("inside_freeze", self)
        self.clock = named(QPushButton(self), "inside_clock")
        self._theme.set_icon(self.clock, "clock")
        self._labels = [Label(self) for _ in range(3)]
        controls = QGridLayout()
        controls.setHorizontalSpacing(SPACE_4)
        controls.setVerticalSpacing(SPACE_1)
        fields = (self.model, self.measure, self.freeze)
        for number, (label, field) in enumerate(zip(self._labels, fields, strict=True)):
            set_role(label, "caption")
            label.setBuddy(field)
            controls.addWidget(label, 0, number)
            controls.addWidget(field, 1, number)
        controls.setColumnStretch(0, 1)
        controls.addWidget(self.clock, 1, 3)
        self.strip = StageStrip(self._theme, self)
        self.stages = TwinCard(self.strip, self._theme, name="stages", parent=self)
        self.inside = StageInside(self._theme, self)
        body = named(QWidget(self), "scroll_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        column.setSpacing(SPACE_4)
        column.addWidget(self.stages)
        column.addWidget(self.inside)
        column.addStretch(1)
        scroll = named(QScrollArea(self), "inside_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_3)
        layout.addLayout(controls)
        layout.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.model.currentIndexChanged.connect(self._on_model_changed)
        self.measure.currentIndexChanged.connect(self._show)
        self.freeze.valueChanged.connect(self._show)
        self.clock.clicked.connect(self.measure_times)
        self.strip.stage_chosen.connect(self._on_stage_chosen)
        self._requests.answered.connect(self._on_dissected)
        self._requests.refused.connect(self._on_refused)
        for twin in (self.stages.twin, self.inside.card.twin):
            twin.save_failed.connect(self._session.error_raised)

    # -- what is chosen --------------------------------------------------------------------------

    @property
    def spec(self) -> ModelSpec:
        """The network shown."""
        return get_spec(str(self.model.currentData()))

    @property
    def anatomy(self) -> Anatomy | None:
        """What is inside it; None while that is not known."""
        return self._known.get(self.spec.name)

    def choose(self, name: str) -> None:
        """Show a network by its catalog name, or that of a scaled one."""
        choose_model(self.model, name)

    def set_scaled(self, name: str) -> None:
        """Offer a scaled network as the last row; it replaces the one offered before."""
        old, at = self._scaled, self.model.findData(self._scaled)
        if name in CATALOG or name == old:
            return
        self._scaled, spec = name, get_spec(name)
        if at < 0:
            self.model.addItem(spec.title, name)
            return
        self.model.setItemText(at, spec.title)
        self.model.setItemData(at, name)
        if at == self.model.currentIndex():
            self._on_model_changed()

    @Slot()
    def _on_model_changed(self) -> None:
        with QSignalBlocker(self.freeze):
            self.freeze.setRange(0, len(self.spec.stages))
            self.freeze.setValue(preset_values(Preset.BALANCED, self.spec.name)["freeze"])
        self._trouble = ""
        self._ask()
        self._retranslate_controls()
        self._show()

    def _ask(self) -> None:
        """Have the network looked into, unless it is known or nobody looks."""
        if self.isVisible() and self.anatomy is None:
            self._requests.ask_only(self.spec.name, _dissect, self.spec.name)

    @Slot(object, object)
    def _on_dissected(self, name: str, anatomy: Anatomy) -> None:
        self._known[name] = anatomy
        self._show()

    @Slot(object, object)
    def _on_refused(self, _name: object, error: StudioError) -> None:
        self._trouble = str(error.message)
        self._session.error_raised.emit(error)
        self._show()

    # -- times -----------------------------------------------------------------------------------

    @Slot()
    def measure_times(self) -> None:
        """Measure the stages of the network on this computer, as a job."""
        self.clock.setEnabled(False)
        name = self.spec.title
        job = self._session.jobs.start(
            _measure,
            self.spec.name,
            title=lambda: self.tr("Measuring {name}").format(name=name),
            kind="measure",
        )
        job.succeeded.connect(self._on_measured)
        job.failed.connect(self._session.error_raised)
        job.finished.connect(self._on_measuring_ended)

    @Slot(object)
    def _on_measured(self, times: StageTimes) -> None:
        self._times[times.model] = times
        if times.model == self.spec.name:
            self.measure.setCurrentIndex(_MEASURES.index(TIME))
        self._show()
        self.measured.emit(times)

    @Slot()
    def _on_measuring_ended(self) -> None:
        self.clock.setEnabled(True)

    def _seconds(self) -> dict[str, float]:
        """Measured time by the stage's name; empty if there is none."""
        times = self._times.get(self.spec.name)
        return {} if times is None else {each.name: each.seconds for each in times.stages}

    # -- what is shown ---------------------------------------------------------------------------

    @Slot(int)
    def _on_stage_chosen(self, number: int) -> None:
        if self.anatomy is not None:
            self.inside.set_stage(self.anatomy.stages[number])

    @Slot()
    def _show(self) -> None:
        anatomy = self.anatomy
        self.stages.set_waiting(
            self._trouble or self.tr("Looking inside…") if anatomy is None else ""
        )
        self.inside.setVisible(anatomy is not None)
        self._show_summary()
        if anatomy is None:
            return
        frozen, seconds = self.freeze.value(), self._seconds()
        cells = tuple(
            self._cell(anatomy, stage, frozen=number < frozen, seconds=seconds)
            for number, stage in enumerate(anatomy.stages)
        )
        self.strip.set_stages(cells, frozen, self.tr("frozen"))
        self.stages.set_table(*stage_table(anatomy, frozen, seconds))
        self.inside.set_stage(anatomy.stages[self.strip.chosen])

    def _cell(
        self, anatomy: Anatomy, stage: StageAnatomy, *, frozen: bool, seconds: dict[str, float]
    ) -> Stage:
        match self.measure.currentData():
            case "parameters":
                share = stage.parameters / anatomy.parameters
            case "time":
                whole = sum(seconds.values())
                share = seconds[stage.name] / whole if whole else math.nan
            case _:
                share = stage.macs / anatomy.macs
        return Stage(
            title=self._short_title(stage.name),
            lines=stage_lines(stage),
            share=share,
            value="–" if math.isnan(share) else percent_text(share, 0 if share >= 0.1 else 1),
            sentence=stage_sentence(stage, frozen=frozen, seconds=seconds.get(stage.name)),
        )

    def _short_title(self, name: str) -> str:
        """A stage's name for a narrow column."""
        return self.tr("Last conv.") if name == "Last convolution" else stage_text(name)

    def _show_summary(self) -> None:
        """Totals in a line: size, work, what learns, and time."""
        anatomy = self.anatomy
        if anatomy is None:
            self.stages.set_caption("")
            return
        learning = sum(stage.parameters for stage in anatomy.stages[self.freeze.value() :])
        parts = [
            self.tr("{size} parameters, of which {learning} learn").format(
                size=exact_size_text(anatomy.parameters), learning=exact_size_text(learning)
            ),
            self.tr("work {macs} for an image of {side} px").format(
                macs=work_text(anatomy.macs), side=count_text(anatomy.image_size)
            ),
        ]
        times = self._times.get(self.spec.name)
        if times is not None:
            parts.append(
                self.tr("{time} on {device}").format(
                    time=time_text(times.seconds), device=times.device
                )
            )
        elif self.measure.currentData() == TIME:
            parts.append(self.tr("time not measured yet"))
        self.stages.set_caption(" · ".join(parts))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._retranslate_controls()
        self.stages.set_title(self.tr("Stages, from the image to the answer"))
        self.strip.set_heads(line_heads())
        self.strip.setAccessibleName(self.tr("Stages; the arrow keys choose one"))
        self._show()

    def _retranslate_controls(self) -> None:
        texts = (self.tr("Model"), self.tr("Heights show"), self.tr("Frozen (with the stem)"))
        fields = (self.model, self.measure, self.freeze)
        for label, field, text in zip(self._labels, fields, texts, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        names = (self.tr("Work"), self.tr("Parameters"), self.tr("Time"))
        for row, name in enumerate(names):
            self.measure.setItemText(row, name)
        usual = preset_values(Preset.BALANCED, self.spec.name)["freeze"]
        self.freeze.setToolTip(
            self.tr(
                "Frozen stages keep what they have learned from other images, which makes "
                "training faster. Balanced freezes {usual} of {all}."
            ).format(usual=usual, all=len(self.spec.stages))
        )
        self.clock.setText(self.tr("Measure time per stage"))
        self.clock.setAccessibleName(self.clock.text())
        self.clock.setToolTip(
            self.tr("Runs the model on one image a few times. Other work meanwhile slows it down.")
        )


def _dissect(name: str) -> Anatomy:
    """Look into a network, in a background thread."""
    from effnet_studio.engine.models.anatomy import dissect

    return dissect(get_spec(name))


def _measure(name: str, *, on_event: OnEvent, cancel: CancelToken) -> StageTimes:
    """Time the stages of a network, in a job's thread."""
    from effnet_studio.engine.models.stage_times import time_stages

    return time_stages(get_spec(name), on_event=on_event, cancel=cancel)
