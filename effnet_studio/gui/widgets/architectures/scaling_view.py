"""Compound scaling to play with: one slider, and live what comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.latency import fit_latency
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.scaling_outlook import (
    Outlook,
    PhiPoint,
    Wishes,
    catalog_name,
    catalog_scaling,
    curve,
    look_ahead,
    phi_of_work,
    published_points,
    resolve,
    timed_points,
    variant_of,
)
from effnet_studio.gui.names import named
from effnet_studio.gui.restyler import hold_parts, hold_parts_in_scroll
from effnet_studio.gui.text import sentences_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role, set_tone
from effnet_studio.gui.widgets.architectures.phi_slider import PhiSlider
from effnet_studio.gui.widgets.architectures.scaling_chart import ScalingChart
from effnet_studio.gui.widgets.architectures.scaling_figures import ScalingFigures
from effnet_studio.gui.widgets.architectures.scaling_hand import ScalingHand
from effnet_studio.gui.widgets.architectures.scaling_words import ScaledStages, ScalingWords
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from effnet_studio.engine.models.scaling import Scaling
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

_CHART: Final = 290


class ScalingView(QWidget):
    """Slider and switches above; figures, chart, words and the table of stages below.

    Args:
        session: Takes the model to the Train page, and may know one that was wanted before.
        theme: Colours and icons.
        parent: Qt's owner.
    """

    train_asked = Signal(str)
    """Name of the model to train."""
    changed = Signal(str)
    """Name of the model now shown."""

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("scaling_view")
        self._session = session
        self._theme = theme
        self._wishes = Wishes()
        self._outlook = look_ahead(resolve(self._wishes))
        self._trouble: ModelError | None = None
        self._times: Mapping[str, float] = {}
        self._build_ui()
        self._connect()
        self._retranslate()
        wanted = session.wanted_model
        if wanted is not None and get_spec(wanted).scaling is not None:
            self.choose(wanted)

    # -- layout ----------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self._title = named(Label(self), "scale_title")
        set_role(self._title, "title")
        self._name = named(Label(self), "scale_name")
        set_role(self._name, "code")
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.train = named(QPushButton(self), "scale_train")
        set_role(self.train, "primary")
        self._theme.set_icon(self.train, "train", tone="on_accent")
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self._title)
        titles.addWidget(self._name)
        head = QHBoxLayout()
        head.addLayout(titles, 1)
        head.addWidget(self.train)
        self.chart = ScalingChart(self._theme, self)
        self.figures = ScalingFigures(self)
        self.words = ScalingWords(self)
        self.table = ScaledStages(self)
        body = named(QWidget(self), "scroll_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        column.setSpacing(SPACE_4)
        column.addWidget(self._build_controls())
        column.addWidget(self.figures)
        middle = QHBoxLayout()
        middle.setSpacing(SPACE_4)
        middle.addWidget(self.chart, 1)
        middle.addWidget(self.words, 1)
        self.chart.setMinimumHeight(_CHART)
        column.addLayout(middle)
        column.addWidget(self.table)
        column.addStretch(1)
        scroll = named(QScrollArea(self), "scale_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        hold_parts(self)
        hold_parts_in_scroll(scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_3)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)

    def _build_controls(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        self.slider = PhiSlider(card)
        self.known = named(QCheckBox(card), "scale_known")
        self.known.setChecked(self._wishes.known_width)
        self.fold = named(QPushButton(card), "scale_by_hand")
        self.fold.setCheckable(True)
        set_role(self.fold, "ghost")
        self._theme.set_icon(self.fold, "settings")
        self.hand = ScalingHand(card)
        self.hand.hide()
        self._error = named(Label(card), "scale_error")
        set_tone(self._error, "danger")
        self._error.setWordWrap(True)
        self._error.hide()
        switches = QHBoxLayout()
        switches.addWidget(self.known)
        switches.addStretch(1)
        switches.addWidget(self.fold)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self.slider)
        column.addLayout(switches)
        column.addWidget(self.hand)
        column.addWidget(self._error)
        return card

    def _connect(self) -> None:
        self.slider.phi_changed.connect(self._on_phi_changed)
        self.slider.variant_chosen.connect(self.choose_variant)
        self.chart.variant_clicked.connect(self.choose_variant)
        self.known.toggled.connect(self._on_known_toggled)
        self.fold.toggled.connect(self.hand.setVisible)
        self.hand.scaling_changed.connect(self._on_scaling_changed)
        self.hand.bases_changed.connect(self._on_bases_changed)
        self.train.clicked.connect(self._on_train)
        for twin in (self.chart.twin, self.table.twin):
            twin.save_failed.connect(self._session.error_raised)

    # -- what is chosen --------------------------------------------------------------------------

    @property
    def outlook(self) -> Outlook:
        """What is shown."""
        return self._outlook

    @property
    def model(self) -> str:
        """Name of the model shown."""
        return catalog_name(self._outlook.scaling)

    def choose(self, name: str) -> None:
        """Show a scaled network by its name; others change nothing."""
        scaling = get_spec(name).scaling
        if scaling is not None:
            self._on_scaling_changed(scaling)

    def set_times(self, times: Mapping[str, float]) -> None:
        """Take measured times to predict from.

        Args:
            times: Seconds for one picture by the model's name, all on the same device.
        """
        self._times = dict(times)
        self._show_figures()

    @Slot(int)
    def choose_variant(self, variant: int) -> None:
        """Show a published model."""
        self._on_scaling_changed(catalog_scaling(variant))

    @Slot(float)
    def _on_phi_changed(self, phi: float) -> None:
        self._wish(replace(self._wishes, phi=phi, by_hand=None))

    @Slot(bool)
    def _on_known_toggled(self, known: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._wish(replace(self._wishes, known_width=known, by_hand=None))

    @Slot(object)
    def _on_scaling_changed(self, scaling: Scaling) -> None:
        phi = phi_of_work(look_ahead(scaling).counts.total.macs)
        self._wish(replace(self._wishes, phi=phi, by_hand=scaling))

    @Slot(float, float, float)
    def _on_bases_changed(self, alpha: float, beta: float, gamma: float) -> None:
        self._wish(replace(self._wishes, alpha=alpha, beta=beta, gamma=gamma, by_hand=None))

    def _wish(self, wishes: Wishes) -> None:
        """Show what other wishes come to; an impossible one is said and changes nothing else."""
        self._wishes = wishes
        try:
            self._outlook = look_ahead(resolve(wishes))
        except ModelError as error:
            self._trouble = error
        else:
            self._trouble = None
        self._show()
        if self._trouble is None:
            self.changed.emit(self.model)

    @Slot()
    def _on_train(self) -> None:
        self.train_asked.emit(self.model)

    # -- what is shown ---------------------------------------------------------------------------

    def _show(self) -> None:
        wishes, outlook = self._wishes, self._outlook
        variant = variant_of(outlook.scaling)
        self.slider.set_phi(wishes.phi)
        self.slider.set_variant(variant)
        self.hand.show_choice(wishes, outlook.scaling)
        self.train.setEnabled(self._trouble is None)
        self._error.setVisible(self._trouble is not None)
        if self._trouble is not None:
            hint = translate_message(self._trouble.hint) if self._trouble.hint else ""
            self._error.setText(sentences_text((translate_message(self._trouble.message), hint)))
            return
        self._title.setText(get_spec(self.model).title)
        self._name.setText(self.model)
        self.words.set_outlook(outlook)
        self.table.set_outlook(outlook)
        total = outlook.counts.total
        points = curve(wishes.alpha, wishes.beta, wishes.gamma)
        phi = wishes.phi if variant is None else published_points()[variant].phi
        self.chart.set_choice(PhiPoint(phi, total.parameters, total.macs), points)
        self._show_figures()

    def _show_figures(self) -> None:
        fit = fit_latency(timed_points(self._times.items()))
        self.figures.set_outlook(self._outlook, fit)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.train.setText(self.tr("Train this model"))
        self.known.setText(self.tr("Start from known weights"))
        self.known.setToolTip(
            self.tr(
                "Keeps the width at one for which there are weights that know photographs. "
                "Switched off, the width follows φ exactly, and the network mostly starts from "
                "nothing."
            )
        )
        self.fold.setText(self.tr("By hand"))
        self.fold.setToolTip(
            self.tr("Set depth, width and resolution one by one, or change the rule itself")
        )
        for button in (self.train, self.known, self.fold):
            button.setAccessibleName(button.text())
        self._name.setToolTip(self.tr("Its name on the command line and in projects"))
        self._show()
