"""Everything that is decided before a run: preset, model, weights, settings, and Start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.training.config import (
    PRESET_FIELDS,
    Preset,
    TrainConfig,
    make_config,
    preset_values,
)
from effnet_studio.gui.forms import SettingsForm
from effnet_studio.gui.models.catalog_table import millions
from effnet_studio.gui.models.setting_words import choice_titles, teacher_choices
from effnet_studio.gui.models.training_fields import GROUPS, HELP
from effnet_studio.gui.names import named
from effnet_studio.gui.restyler import hold_parts, hold_parts_in_scroll
from effnet_studio.gui.text import sentences_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.focus_ring import FocusRing
from effnet_studio.gui.widgets.help_mark import HelpMark, help_row
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.model_choice import choose_model
from effnet_studio.gui.widgets.train.preset_cards import PresetCards
from effnet_studio.gui.widgets.train.weights_field import WeightsField

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.theme import ThemeManager

WIDTH = 312
"""Width of the column, pixels."""
BUTTON_HEIGHT = 40
_FRAME = 2
"""Of the focus around what scrolls, pixels."""
_OWN_FIELDS = {"model", "weights", "preset"}
_HELP = ("concept-fine-tuning", "concept-efficientnet", "concept-fine-tuning", "train")
"""Page of the guide for each heading."""
_BY_MODEL = ("freeze", "start_size")
"""Settings that a preset fills in differently for each model."""


class TrainSetup(QWidget):
    """The left column of the Train page. It is made by :meth:`build`.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    config_changed = Signal()
    """A choice was changed, by the user or by a preset."""
    start_clicked = Signal()
    pause_clicked = Signal()
    """Pause, or go on when the run is paused."""
    stop_clicked = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("train_setup")
        self._theme = theme
        self._paused = False
        self._running = (False, False, False)
        self._usual: dict[str, Any] = {}
        self._runs: Sequence[Run] = ()
        self._made = False

    def build(self) -> Iterator[None]:
        """Lay it out, wire it and set its texts, in steps."""
        yield from self._build_ui()
        yield
        self._connect()
        self._apply_preset(Preset.BALANCED)
        self._retranslate()
        self._made = True

    # -- layout ----------------------------------------------------------------------------------

    def _build_ui(self) -> Iterator[None]:
        self.setFixedWidth(WIDTH)
        self.presets = PresetCards(self._theme, self)
        self.model = CalmCombo("train_model", self)
        for spec in CATALOG.values():
            self.model.addItem(spec.title, spec.name)
        self._facts = Label(self)
        set_role(self._facts, "caption")
        self._facts.setWordWrap(True)
        self.weights = WeightsField(self.spec, self)
        yield
        fields = [name for name in TrainConfig.model_fields if name not in _OWN_FIELDS]
        self.form = SettingsForm(
            TrainConfig,
            self._theme,
            fields=fields,
            choices={"teacher": [("", "")]},
            groups=GROUPS,
            help_pages=HELP,
            folds=False,
            parent=self,
        )
        yield from self.form.build()
        self._headings = [Label(self) for _ in range(4)]
        self._summary = named(Label(self), "train_summary")
        set_role(self._summary, "caption")
        self._summary.setWordWrap(True)
        self._fold = named(QPushButton(self), "advanced_toggle")
        self._fold.setCheckable(True)
        set_role(self._fold, "ghost")
        self._theme.set_icon(self._fold, "settings")
        yield
        self._panel = self._build_panel()
        yield
        scroll = QScrollArea(self)
        scroll.setObjectName("train_setup_scroll")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._panel)
        scroll.setViewportMargins(_FRAME, _FRAME, _FRAME, _FRAME)
        FocusRing(scroll)  # while a model learns nothing in it can be changed, only read
        for part in (self, self._folded):
            hold_parts(part)
        hold_parts_in_scroll(scroll)
        self._scroll = scroll
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_3)
        layout.addWidget(scroll, 1)
        self._buttons = self._build_buttons()
        layout.addLayout(self._buttons)
        scroll.verticalScrollBar().rangeChanged.connect(self._on_scroll_range_changed)
        self._bar = scroll.verticalScrollBar()

    def _build_panel(self) -> QWidget:
        panel = QWidget(self)
        panel.setObjectName("scroll_body")
        panel.setMinimumWidth(1)
        panel.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(0, 0, SPACE_2, 0)
        layout.setSpacing(SPACE_2)
        layout.addLayout(self._heading_row(self._headings[0], _HELP[0]))
        layout.addWidget(self.presets)
        layout.addWidget(self._summary)
        layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._build_folded())
        layout.addStretch(1)
        for heading in self._headings:
            set_role(heading, "caption")
        return panel

    def _build_folded(self) -> QWidget:
        """Everything that a newcomer need not see."""
        self._folded = named(QWidget(self), "advanced_fields")
        layout = QVBoxLayout(self._folded)
        layout.setContentsMargins(0, SPACE_2, 0, 0)
        layout.setSpacing(SPACE_2)
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self.model, self._facts),
            (self.weights,),
            (self.form,),
        )
        for heading, widgets, page in zip(self._headings[1:], groups, _HELP[1:], strict=True):
            layout.addLayout(self._heading_row(heading, page))
            for widget in widgets:
                layout.addWidget(widget)
            layout.addSpacing(SPACE_2)
        self._folded.hide()
        return self._folded

    def _heading_row(self, heading: QLabel, page: str) -> QHBoxLayout:
        return help_row(heading, HelpMark(page, self._theme, self))

    def _build_buttons(self) -> QHBoxLayout:
        self.start = self._button("train_start", "play", primary=True)
        self.pause = self._button("train_pause", "pause")
        self.stop = self._button("train_stop", "stop")
        buttons = QHBoxLayout()
        buttons.setContentsMargins(_FRAME, 0, SPACE_2 + _FRAME, 0)
        buttons.setSpacing(SPACE_2)
        for button in (self.start, self.pause, self.stop):
            buttons.addWidget(button, 1)
        self.pause.hide()
        self.stop.hide()
        return buttons

    def _button(self, name: str, icon: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setMinimumHeight(BUTTON_HEIGHT)
        if primary:
            set_role(button, "primary")
        self._theme.set_icon(button, icon, tone="on_accent" if primary else "text")
        return button

    def _connect(self) -> None:
        self.presets.preset_chosen.connect(self._apply_preset)
        self.model.currentIndexChanged.connect(self._on_model_changed)
        self.form.changed.connect(self._on_form_changed)
        self.weights.note_changed.connect(self._retranslate_summary)
        self._fold.toggled.connect(self._on_folded)
        self.start.clicked.connect(self.start_clicked)
        self.pause.clicked.connect(self.pause_clicked)
        self.stop.clicked.connect(self.stop_clicked)

    @Slot(int, int)
    def _on_scroll_range_changed(self, _least: int, most: int) -> None:
        """Keep the buttons as wide as the cards above them."""
        bar = self._bar.sizeHint().width() if most > 0 else 0
        self._buttons.setContentsMargins(_FRAME, 0, SPACE_2 + bar + _FRAME, 0)

    @Slot()
    def _on_form_changed(self) -> None:
        self._retranslate_summary()
        self.config_changed.emit()

    @Slot(bool)
    def _on_folded(self, opened: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._folded.setVisible(opened)
        self._show_summary()

    def _show_summary(self) -> None:
        """While a run is on, its own note says what it starts from."""
        running = self._running[0]
        self._summary.setVisible(not self._fold.isChecked() and not running)

    def unfold(self) -> None:
        """Show everything that can be set."""
        self._fold.setChecked(True)

    # -- the choices -----------------------------------------------------------------------------

    def config(self) -> TrainConfig:
        """The settings as they stand.

        Only what differs from the preset counts as the user's choice; the engine may adapt the
        rest to the starting weights.

        Returns:
            The settings.

        Raises:
            ConfigError: If one of them is not possible.
        """
        preset = self.presets.preset
        return make_config(
            preset, **self._chosen(), model=self.spec.name, weights=self.weights.value
        )

    def _chosen(self) -> dict[str, Any]:
        """What the user set to something else than the preset."""
        usual = make_config(self.presets.preset, model=self.spec.name)
        values = self.form.value()
        return {name: value for name, value in values.items() if value != getattr(usual, name)}

    def config_for(self, preset: Preset) -> TrainConfig:
        """The settings after a click on a preset.

        Args:
            preset: Which.

        Returns:
            The settings as they stand for the chosen preset, else with what that preset fills in.

        Raises:
            ConfigError: If one of them is not possible.
        """
        if preset is self.presets.preset:
            return self.config()
        chosen = self._chosen().items()
        kept = {name: value for name, value in chosen if name not in PRESET_FIELDS}
        return make_config(preset, **kept, model=self.spec.name, weights=self.weights.value)

    def set_config(self, config: TrainConfig) -> None:
        """Show settings, such as those of an earlier run."""
        self.presets.set_preset(config.preset)
        self.choose_model(config.model)
        self.weights.set_value(config.weights)
        self.form.set_values({name: getattr(config, name) for name in self.form.value()})

    @property
    def spec(self) -> ModelSpec:
        """The chosen architecture."""
        return get_spec(self.model.currentData())

    @property
    def _stages(self) -> int:
        return len(self.spec.stages)

    @Slot(object)
    def choose_preset(self, preset: Preset) -> None:
        """Choose a preset as a click on its card does."""
        self.presets.set_preset(preset)
        self._apply_preset(preset)

    def choose_model(self, name: str) -> None:
        """Choose an architecture by its catalog name; a scaled one is added to the list."""
        choose_model(self.model, name)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Offer these runs as teachers.

        Args:
            runs: Of the project, the newest first.
        """
        self._runs = runs
        self.form.set_choices("teacher", teacher_choices(runs))

    @Slot(object)
    def _apply_preset(self, preset: Preset) -> None:
        """Fill in what presets decide; the other settings stay as the user left them."""
        fields = TrainConfig.model_fields
        values: dict[str, Any] = {name: fields[name].default for name in PRESET_FIELDS}
        self._on_model_changed()
        self.form.set_values(values | preset_values(preset, self.spec.name))

    @Slot()
    def _on_model_changed(self) -> None:
        values = self.form.value()
        untouched = {name for name, usual in self._usual.items() if values[name] == usual}
        freeze = self.form.editor("freeze")
        if isinstance(freeze, QSpinBox):
            freeze.setMaximum(self._stages)
        found = preset_values(self.presets.preset, self.spec.name)
        self._usual = {name: found.get(name) for name in _BY_MODEL}
        self.form.set_values({name: self._usual[name] for name in untouched})
        self.weights.set_spec(self.spec)
        self._retranslate_facts()
        self._retranslate_summary()
        self.config_changed.emit()

    # -- what goes on ----------------------------------------------------------------------------

    def set_running(self, *, running: bool, paused: bool = False, stopping: bool = False) -> None:
        """Offer Start, or Pause and Stop; settings cannot change while a run uses them."""
        if (running, paused, stopping) == self._running:
            return  # asked at every event of a run, and icons are not cheap
        self._running = (running, paused, stopping)
        self._paused = paused
        self._show_summary()
        focused = any(button.hasFocus() for button in (self.start, self.pause, self.stop))
        self._panel.setEnabled(not running)
        self.start.setVisible(not running)
        self.pause.setVisible(running)
        self.stop.setVisible(running)
        self.pause.setEnabled(not stopping)
        self.stop.setEnabled(not stopping)
        if focused:  # else the focus would go where the eye does not look
            (self.pause if running else self.start).setFocus()
        self._theme.set_icon(self.pause, "play" if paused else "pause", tone="text")
        self._retranslate_buttons()

    def set_start_primary(self, *, primary: bool) -> None:
        """Make Start what the eye falls on, or leave that to what came of a run beside it."""
        if primary != (self.start.property("role") == "primary"):
            set_role(self.start, "primary" if primary else "")
            self._theme.set_icon(self.start, "play", tone="on_accent" if primary else "text")

    def set_startable(self, *, startable: bool, reason: str = "") -> None:
        """Allow or refuse Start, with the reason as its tool-tip."""
        self.start.setEnabled(startable)
        self.start.setToolTip(reason)

    # -- words -----------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._made:
            self._retranslate()

    def _retranslate(self) -> None:
        self._scroll.setAccessibleName(self.tr("Settings of the training"))
        texts = (
            self.tr("How thorough"),
            self.tr("Model"),
            self.tr("Starting weights"),
            self.tr("Settings"),
        )
        for heading, text in zip(self._headings, texts, strict=True):
            heading.setText(text)
        self.set_runs(self._runs)
        self._retranslate_choices()
        self.presets.setAccessibleName(texts[0])
        self.model.setAccessibleName(texts[1])
        self._fold.setText(self.tr("Advanced"))
        self._fold.setToolTip(self.tr("Model, starting weights and all settings"))
        self._retranslate_facts()
        self._retranslate_summary()
        self._retranslate_buttons()

    def _retranslate_choices(self) -> None:
        for name, titles in choice_titles().items():
            self.form.set_choice_titles(name, titles)

    def _retranslate_facts(self) -> None:
        spec = self.spec
        text = self.tr("{parameters} parameters · sees {size} × {size} pixels")
        self._facts.setText(text.format(parameters=millions(spec.parameters), size=spec.input_size))

    @Slot()
    def _retranslate_summary(self) -> None:
        """Say in a line what is folded in, above all what goes over the network."""
        parts = [self.tr("Model: {name}.").format(name=self.spec.title), self.weights.note.text()]
        changed = len(self._chosen())
        if changed:
            parts.append(self.tr("%n setting(s) of your own.", "", changed))
        self._summary.setText(sentences_text(parts))

    def _retranslate_buttons(self) -> None:
        texts = (
            (self.start, self.tr("Start training")),
            (self.pause, self.tr("Resume") if self._paused else self.tr("Pause")),
            (self.stop, self.tr("Stop")),
        )
        for button, text in texts:
            button.setText(text)
            button.setAccessibleName(text)
        self.stop.setToolTip(self.tr("Ends the run; its best epoch is kept."))
