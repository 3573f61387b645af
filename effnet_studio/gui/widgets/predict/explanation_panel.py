"""One image closely: the picture with its heat map, the answers, and what led to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.explain.names import CAMS
from effnet_studio.engine.explain.overlay import GREY, blend, colorize
from effnet_studio.engine.predict.answers import FailedImage
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.explanations import Shown
from effnet_studio.gui.names import named
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.help_mark import HelpMark, help_row
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.predict.channels_view import ChannelsView
from effnet_studio.gui.widgets.predict.explain_controls import Choice, ExplainControls
from effnet_studio.gui.widgets.predict.health_row import HealthRow
from effnet_studio.gui.widgets.predict.neighbour_strip import NeighbourStrip
from effnet_studio.gui.widgets.predict.opener_strip import OpenerStrip
from effnet_studio.gui.widgets.predict.picture_pair import PicturePair
from effnet_studio.gui.widgets.predict.save_map_button import SaveMapButton
from effnet_studio.gui.widgets.predict.top_k_bars import TopKBars
from effnet_studio.gui.widgets.predict.verdict_line import VerdictLine
from effnet_studio.gui.widgets.tab_bar import TabBar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.explain.gate_statistics import ChannelStatistics
    from effnet_studio.engine.explain.health import Health
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.models.explanations import ModelFacts
    from effnet_studio.gui.models.predict_items import Item
    from effnet_studio.gui.neighbour_finder import Likeness
    from effnet_studio.gui.theme import ThemeManager

_SIDE_WIDTHS = (320, 276)
"""Roomy and narrow."""
_REFUSED_WIDTH = 270
_LAID_OUT = 50
"""Milliseconds after which new texts have their place."""
_NAME_WIDTH = 208
"""So much of an image's name is worth another line, pixels."""
_TOPS = (5, 1)
"""Answers beside the map, and above the many channels."""
_LOOKED, _CHANNELS = 0, 1
"""The tabs."""


class _Pictures(QStackedWidget):
    """Needs what the page on view needs: what the other one says may be longer."""

    @override
    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    @override
    def hasHeightForWidth(self) -> bool:
        return False


class ExplanationPanel(QWidget):
    """The picture at the left, answers and choices at the right.

    Args:
        jobs: Gives the background threads.
        theme: Colours.
        parent: Qt's owner.
    """

    explanation_wanted = Signal()
    """Another method, layer, class or channel was chosen."""
    channels_shown = Signal(bool)
    """The channels came into view, or left it."""

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explanation_panel")
        hold_parts(self)
        self._item: Item | None = None
        self._shown: Shown | None = None
        self._facts: ModelFacts | None = None
        self._theme = theme
        self._error = ErrorPanel(theme, self)
        self._pair = PicturePair(self)
        self._refused = EmptyState(theme, "warning", self, text_width=_REFUSED_WIDTH)
        self._refused.set_icon("warning", tone="warning")
        self._pictures = named(_Pictures(self), "explained_pictures")
        for state in (self._pair, self._refused):
            self._pictures.addWidget(state)
        self._beside = named(QCheckBox(self), "explain_beside")
        self.save = SaveMapButton(theme, self)
        self._bars = TopKBars(theme, self)
        self._tabs = named(TabBar(self), "explanation_tabs")
        for _ in (_LOOKED, _CHANNELS):
            self._tabs.addTab("")
        self.controls = ExplainControls(theme, self)
        self.channels = ChannelsView(theme, self)
        self._name = ElidedLabel("explained_name", self)
        set_role(self._name, "strong")
        self._note = named(Label(self), "explained_note")
        set_role(self._note, "caption")
        self._note.setWordWrap(True)
        self.health = HealthRow(theme, self)
        self.neighbours = NeighbourStrip(jobs, theme, self)
        self._verdict = VerdictLine("answer_verdict", theme, self)
        self._openers = OpenerStrip(jobs, theme, self)
        self._reveal = QTimer(self, singleShot=True, interval=_LAID_OUT)
        self._reveal.timeout.connect(self._show_health)
        self._trusted = True
        self._compact = False
        self._build_ui()
        self._connect()
        self._retranslate()

    def _connect(self) -> None:
        self.controls.choice_changed.connect(self.explanation_wanted)
        self.controls.look_changed.connect(self._on_look_changed)
        self.channels.choice_changed.connect(self._on_channel_chosen)
        self._tabs.currentChanged.connect(self._on_tab)
        self._beside.toggled.connect(self._pair.set_beside)

    def _build_ui(self) -> None:
        left = QFrame(self)
        set_role(left, "card")
        column = QVBoxLayout(left)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        # A name that is long gets a line of its own rather than dots for its middle.
        head = FlowLayout(SPACE_2)
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        # The controls stay together: beside the name or below it, in every language.
        self._looks = named(QWidget(left), "explained_looks")
        looks = FlowLayout(SPACE_2, self._looks)
        looks.addWidget(self._beside)
        looks.addWidget(self.save)
        for widget in (self._name, self._looks):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self._verdict)
        column.addWidget(self._error)
        column.addWidget(self._pictures, 1)
        # The one or the other: which images are like this one, or which open the channel.
        self._likeness = QWidget(left)
        below = QVBoxLayout(self._likeness)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.neighbours)
        column.addWidget(self._likeness)
        column.addWidget(self._openers)
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
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(self._bars)
        mark = HelpMark("concept-grad-cam", self._theme, side)
        column.addLayout(help_row(self._tabs, mark))
        column.addWidget(self.controls)
        column.addWidget(self.health)
        column.addWidget(self.channels)
        column.addWidget(self._note)
        column.addStretch(1)
        self.channels.hide()
        scroll = named(QScrollArea(side), "explanation_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        self._scroll = scroll
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
        self.channels.forget()
        self._show_tab()
        self._retranslate()

    @property
    def choice(self) -> Choice:
        """What the engine is to be asked."""
        if self._on_channels:
            return Choice("se", self.channels.block, None, channel=self.channels.channel)
        return self.controls.choice

    @property
    def _on_channels(self) -> bool:
        """Whether the channels are on view, of a model that has some."""
        has = self._facts is not None and bool(self._facts.blocks)
        return has and self._tabs.currentIndex() == _CHANNELS

    def set_statistics(self, statistics: ChannelStatistics | None) -> None:
        """Compare the channels with what they usually do; None: not known (yet)."""
        self.channels.set_statistics(statistics)
        self._show_openers()

    def set_item(self, item: Item | None) -> None:
        """Show another image's answers; its picture follows by :meth:`set_shown`."""
        self._item = item
        self._shown = None
        self._error.clear()
        self._pair.set_pictures(None)
        self.channels.forget_image()
        prediction = item.prediction if item is not None else None
        self._verdict.set_rejected(rejected=prediction is not None and prediction.rejected)
        self._show_answers()
        refused = item is not None and prediction is None
        self._side.setVisible(not refused and not self._compact)
        self._beside.setVisible(not refused)
        self.save.setVisible(not refused)
        self._looks.setVisible(not refused)
        self._pictures.setCurrentWidget(self._refused if refused else self._pair)
        self._pictures.updateGeometry()
        self.save.set_possible(picture=False, map_=False)
        self._show_openers()
        self._retranslate()

    @Slot(object)
    def set_likeness(self, likeness: Likeness | None) -> None:
        """Show what the image is like; None: not known."""
        self.neighbours.set_likeness(likeness)
        self._verdict.set_stranger(stranger=likeness is not None and likeness.stranger)

    def set_shown(self, shown: Shown) -> None:
        """Show the picture that was asked for."""
        self._error.clear()
        self._shown = shown
        self._pair.set_pictures(self.picture(), self._original())
        self.save.set_possible(picture=True, map_=shown.heatmap is not None)
        self._beside.setEnabled(shown.heatmap is not None)
        prediction = self._item.prediction if self._item is not None else None
        if shown.gates and prediction is not None:
            self.channels.set_gates(shown.gates, shown.layer, prediction.best.label)
        self._show_openers()

    def set_health(self, health: Health | None, *, working: bool, possible: bool) -> None:
        """Show whether the map on view can be trusted; one that cannot loses its colours."""
        self.health.set_state(health, working=working, possible=possible)
        self.health.setVisible(self.choice.method in CAMS and not self._channels_chosen)
        if health is not None and self.health.isVisible():
            self._reveal.start()
        trusted = health is None or health.passed
        if trusted != self._trusted:
            self._trusted = trusted
            self._on_look_changed()

    @Slot()
    def _show_health(self) -> None:
        """Bring the verdict into view, once it has been laid out: why is said below it."""
        self._scroll.ensureWidgetVisible(self.health, 0, SPACE_3)

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

    def map_picture(self) -> NDArray[np.uint8] | None:
        """The map alone in its colours, RGB, uint8, shape (h, w, 3); None without."""
        if self._shown is None or self._shown.heatmap is None:
            return None
        colors = self.controls.colormap if self._trusted else GREY
        return colorize(self._shown.heatmap, colors)

    def numbers(self) -> NDArray[np.float32] | None:
        """What the map was made of, float32, shape (h, w) of the layer; None without."""
        return self._shown.raw if self._shown is not None else None

    def _original(self) -> NDArray[np.uint8] | None:
        shown = self._shown
        return shown.picture if shown is not None and shown.heatmap is not None else None

    @property
    def _channels_chosen(self) -> bool:
        return self._tabs.currentIndex() == _CHANNELS

    def _show_answers(self) -> None:
        prediction = self._item.prediction if self._item is not None else None
        count = _TOPS[self._channels_chosen]
        self._bars.set_answers(prediction.top(count) if prediction is not None else ())

    def _show_openers(self) -> None:
        on_view = self._on_channels and self._shown is not None
        found = self.channels.openers if on_view else ()
        self._openers.set_openers(found)
        self._likeness.setVisible(not found)

    def _show_tab(self) -> None:
        chosen = self._channels_chosen
        self._show_answers()
        self.controls.setVisible(not chosen)
        self.health.setVisible(not chosen and self.choice.method in CAMS)
        self.channels.setVisible(self._on_channels)
        self._show_openers()
        self._show_texts()
        self.channels_shown.emit(self._on_channels)

    @Slot(int)
    def _on_tab(self, _tab: int) -> None:
        self._show_tab()
        self.explanation_wanted.emit()

    @Slot()
    def _on_channel_chosen(self) -> None:
        self._show_openers()
        self.explanation_wanted.emit()

    @Slot()
    def _on_look_changed(self) -> None:
        if self._shown is not None:
            self._pair.set_pictures(self.picture(), self._original(), keep_view=True)

    def _retranslate(self) -> None:
        self._tabs.setTabText(_LOOKED, self.tr("Where it looked"))
        self._tabs.setTabText(_CHANNELS, self.tr("Channels"))
        self._tabs.setTabToolTip(
            _CHANNELS,
            self.tr("Squeeze-and-excitation: what the channels that were let through saw"),
        )
        self._tabs.setAccessibleName(self.tr("Explanation"))
        self._beside.setText(self.tr("With original"))
        self._beside.setToolTip(
            self.tr("The image without heat map beside it; both are zoomed and moved together")
        )
        self._show_texts()

    def _show_texts(self) -> None:
        item, facts = self._item, self._facts
        name = item.name if item is not None else ""
        self._name.set_whole(name)
        self._name.setMinimumWidth(
            min(self._name.fontMetrics().horizontalAdvance(name) + 1, _NAME_WIDTH)
        )
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
        elif not facts.blocks and self._channels_chosen:
            note = self.tr(
                "This model does not weigh its channels. To see channels, train an EfficientNet "
                "and choose it above."
            )
        else:
            note = ""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
