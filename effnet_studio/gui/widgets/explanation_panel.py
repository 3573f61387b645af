"""One image closely: the picture with its heat map, the answers, and what led to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.explain.names import CAMS
from effnet_studio.engine.explain.overlay import GREY, blend
from effnet_studio.engine.predict.answers import FailedImage
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.explanations import Shown
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.explain_controls import ExplainControls
from effnet_studio.gui.widgets.gate_strip import GateStrip
from effnet_studio.gui.widgets.health_row import HealthRow
from effnet_studio.gui.widgets.image_view import ImageView
from effnet_studio.gui.widgets.neighbour_strip import NeighbourStrip
from effnet_studio.gui.widgets.top_k_bars import TopKBars

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.explain.health import Health
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.models.explanations import ModelFacts
    from effnet_studio.gui.models.predict_items import Item
    from effnet_studio.gui.theme import ThemeManager

_SIDE_WIDTHS = (320, 276)
"""Roomy and narrow."""
_REFUSED_WIDTH = 270
_TOP = 5


class ExplanationPanel(QWidget):
    """The picture at the left, answers and choices at the right.

    Args:
        jobs: Gives the background threads.
        theme: Colours.
        parent: Qt's owner.
    """

    explanation_wanted = Signal()
    """Another method, layer or class was chosen."""

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explanation_panel")
        self._item: Item | None = None
        self._shown: Shown | None = None
        self._facts: ModelFacts | None = None
        self._error = ErrorPanel(theme, self)
        self._view = ImageView(self)
        self._refused = EmptyState(theme, "warning", self, text_width=_REFUSED_WIDTH)
        self._refused.set_icon("warning", tone="warning")
        self._pictures = named(QStackedWidget(self), "explained_pictures")
        for state in (self._view, self._refused):
            self._pictures.addWidget(state)
        self.save = named(QPushButton(self), "predict_save_image")
        set_role(self.save, "ghost")
        theme.set_icon(self.save, "save", size=16)
        self._bars = TopKBars(theme, self)
        self._gates = GateStrip(theme, self)
        self.controls = ExplainControls(theme, self)
        self._name = named(QLabel(self), "explained_name")
        set_role(self._name, "strong")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._name.installEventFilter(self)
        self._note = named(QLabel(self), "explained_note")
        set_role(self._note, "caption")
        self._note.setWordWrap(True)
        self._gates_title = QLabel(self)
        set_role(self._gates_title, "muted")
        self._gates_title.setWordWrap(True)
        self.health = HealthRow(theme, self)
        self.neighbours = NeighbourStrip(jobs, theme, self)
        self._trusted = True
        self._compact = False
        self._build_ui()
        self.controls.choice_changed.connect(self.explanation_wanted)
        self.controls.look_changed.connect(self._on_look_changed)
        self._gates.block_chosen.connect(self.controls.choose_layer)
        self._retranslate()

    def _build_ui(self) -> None:
        left = QFrame(self)
        set_role(left, "card")
        column = QVBoxLayout(left)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self.save)
        column.addLayout(head)
        column.addWidget(self._error)
        column.addWidget(self._pictures, 1)
        column.addWidget(self.neighbours)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_4)
        layout.addWidget(left, 1)
        self._side = self._make_side()
        layout.addWidget(self._side)

    def _make_side(self) -> QFrame:
        side = QFrame(self)
        set_role(side, "card")
        side.setFixedWidth(_SIDE_WIDTHS[0])
        content = named(QWidget(side), "scroll_body")
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_4)
        column.addWidget(self._bars)
        rule = QFrame(content)
        set_role(rule, "rule")
        column.addWidget(rule)
        column.addWidget(self.controls)
        column.addWidget(self.health)
        column.addWidget(self._note)
        column.addWidget(self._gates_title)
        column.addWidget(self._gates)
        column.addStretch(1)
        scroll = named(QScrollArea(side), "explanation_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        outer = QVBoxLayout(side)
        outer.setContentsMargins(0, 1, 0, 1)
        outer.addWidget(scroll)
        return side

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a setter
        """Leave more of a small window to the picture."""
        self._side.setFixedWidth(_SIDE_WIDTHS[narrow])

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - a setter
        """Show the picture only, beside a table that says the answers."""
        self._compact = compact
        refused = self._item is not None and self._item.prediction is None
        self._side.setVisible(not refused and not compact)

    @property
    def item(self) -> Item | None:
        """The image shown."""
        return self._item

    def set_facts(self, facts: ModelFacts | None) -> None:
        """Offer what the model allows."""
        self._facts = facts
        self.controls.set_facts(facts)
        self._retranslate()

    def set_item(self, item: Item | None) -> None:
        """Show another image's answers; its picture follows by :meth:`set_shown`."""
        self._item = item
        self._shown = None
        self._error.clear()
        self._view.set_image(None)
        prediction = item.prediction if item is not None else None
        self._bars.set_answers(prediction.top(_TOP) if prediction is not None else ())
        refused = item is not None and prediction is None
        self._side.setVisible(not refused and not self._compact)
        self.save.setVisible(not refused)
        self._pictures.setCurrentWidget(self._refused if refused else self._view)
        self.save.setEnabled(False)
        self._show_gates()
        self._retranslate()

    def set_shown(self, shown: Shown) -> None:
        """Show the picture that was asked for."""
        self._error.clear()
        self._shown = shown
        self._view.set_image(self.picture())
        self.save.setEnabled(True)
        self._show_gates()

    def set_health(self, health: Health | None, *, working: bool, possible: bool) -> None:
        """Show whether the map on view can be trusted; one that cannot loses its colours."""
        self.health.set_state(health, working=working, possible=possible)
        self.health.setVisible(self.controls.choice.method in CAMS)
        trusted = health is None or health.passed
        if trusted != self._trusted:
            self._trusted = trusted
            self._on_look_changed()

    def show_error(self, error: StudioError) -> None:
        """Say why there is no picture."""
        self._error.show_error(error)

    def picture(self) -> NDArray[np.uint8] | None:
        """What is on view: RGB, uint8, shape (h, w, 3)."""
        shown = self._shown
        if shown is None:
            return None
        if shown.heatmap is None:
            return shown.picture
        return blend(
            shown.picture,
            shown.heatmap,
            opacity=self.controls.opacity,
            colormap=self.controls.colormap if self._trusted else GREY,
        )

    def _show_gates(self) -> None:
        gates = self._shown.gates if self._shown is not None else ()
        self._gates.set_gates(gates, self._shown.layer if self._shown is not None else "")
        self._gates.setVisible(bool(gates))
        self._gates_title.setVisible(bool(gates))

    @Slot()
    def _on_look_changed(self) -> None:
        if self._shown is not None:
            self._view.set_image(self.picture(), keep_view=True)

    def _retranslate(self) -> None:
        self._view.setAccessibleName(self.tr("Image with heat map"))
        self._gates_title.setText(
            self.tr("Channel gates of each block, shut (dark) to open (bright):")
        )
        self.save.setText(self.tr("Save image…"))
        self.save.setAccessibleName(self.save.text())
        self.save.setToolTip(self.tr("Save the image with its heat map"))
        self._show_texts()

    def _show_texts(self) -> None:
        item, facts = self._item, self._facts
        name = item.name if item is not None else ""
        self._name.setToolTip(name)
        self._elide_name()
        if item is not None and isinstance(item.verdict, FailedImage):
            failed = item.verdict
            self._refused.set_texts(
                translate_message(failed.message),
                translate_message(failed.hint) if failed.hint else "",
            )
        if facts is None or (item is not None and item.prediction is None):
            note = ""
        elif not facts.explainable:
            note = self.tr(
                "An exported file gives answers only; choose a trained model to see why."
            )
        elif not facts.blocks:
            note = self.tr("This model has no squeeze-and-excitation blocks.")
        else:
            note = ""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _elide_name(self) -> None:
        room = self._name.width()
        name = self._name.toolTip()
        self._name.setText(
            self._name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._name and event.type() is QEvent.Type.Resize:
            self._elide_name()
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
