"""One image closely: the picture with its heat map, the answers, and what led to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.explain.overlay import blend
from effnet_studio.engine.predict.answers import FailedImage
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.models.explanations import Shown
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.explain_controls import ExplainControls
from effnet_studio.gui.widgets.gate_strip import GateStrip
from effnet_studio.gui.widgets.image_view import ImageView
from effnet_studio.gui.widgets.top_k_bars import TopKBars

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.models.explanations import ModelFacts
    from effnet_studio.gui.models.predict_items import Item
    from effnet_studio.gui.theme import ThemeManager

_SIDE_WIDTH = 320
_TOP = 5


class ExplanationPanel(QWidget):
    """The picture at the left, answers and choices at the right.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    explanation_wanted = Signal()
    """Another method, layer or class was chosen."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explanation_panel")
        self._item: Item | None = None
        self._shown: Shown | None = None
        self._facts: ModelFacts | None = None
        self._error = ErrorPanel(theme, self)
        self._view = ImageView(self)
        self._bars = TopKBars(theme, self)
        self._gates = GateStrip(theme, self)
        self.controls = ExplainControls(self)
        self._name = named(QLabel(self), "explained_name")
        set_role(self._name, "strong")
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._note = named(QLabel(self), "explained_note")
        set_role(self._note, "caption")
        self._note.setWordWrap(True)
        self._gates_title = QLabel(self)
        set_role(self._gates_title, "muted")
        self._gates_title.setWordWrap(True)
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
        column.addWidget(self._name)
        column.addWidget(self._error)
        column.addWidget(self._view, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_4)
        layout.addWidget(left, 1)
        layout.addWidget(self._make_side())

    def _make_side(self) -> QFrame:
        side = QFrame(self)
        set_role(side, "card")
        side.setFixedWidth(_SIDE_WIDTH)
        content = QWidget(side)
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_4)
        column.addWidget(self._bars)
        rule = QFrame(content)
        set_role(rule, "rule")
        column.addWidget(rule)
        column.addWidget(self.controls)
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
        self._name.setText(item.name if item is not None else "")
        prediction = item.prediction if item is not None else None
        self._bars.set_answers(prediction.top(_TOP) if prediction is not None else ())
        if item is not None and isinstance(item.verdict, FailedImage):
            from effnet_studio.engine.errors import ImageError

            failed = item.verdict
            self._error.show_error(
                ImageError(failed.message, hint=failed.hint or "", path=failed.path)
            )
        self._show_gates()

    def set_shown(self, shown: Shown) -> None:
        """Show the picture that was asked for."""
        self._error.clear()
        self._shown = shown
        self._view.set_image(self.picture())
        self._show_gates()

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
            colormap=self.controls.colormap,
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
        facts = self._facts
        if facts is None:
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

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
