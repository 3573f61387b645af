"""What a training run is doing, or what came of it, in one card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from effnet_studio.gui.theme import (
    CONTROL_HEIGHT,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_5,
    set_role,
    set_tone,
)
from effnet_studio.gui.widgets.busy_bar import BusyBar
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

_PARTS = 1000
"""Resolution of the progress bar."""
_FIGURES = 4


@dataclass(frozen=True)
class Action:
    """A button of the card.

    Attributes:
        key: What :attr:`StatusCard.action_clicked` says.
        text: What is written on it, translated.
        icon: Name of its icon.
        primary: Whether it is the one to press.
        tip: What it does, where the text does not say it all.
    """

    key: str
    text: str
    icon: str
    primary: bool = False
    tip: str = ""


@dataclass(frozen=True)
class StatusView:
    """Everything the card shows, worked out beforehand.

    Attributes:
        title: What this is about.
        chip: State in a word.
        tone: Colour of that word.
        figures: Up to four values with captions, and a tool-tip where the caption does not say it
            all.
        sentence: One line below them.
        progress: Share done in [0, 1]; -1 while it is unknown; None for no bar.
        actions: Buttons at the right.
    """

    title: str
    chip: str
    tone: str = "accent"
    figures: tuple[tuple[str, ...], ...] = ()
    sentence: str = ""
    progress: float | None = None
    actions: tuple[Action, ...] = ()


def _label(parent: QWidget, name: str, role: str) -> QLabel:
    label = Label(parent)
    label.setObjectName(name)
    set_role(label, role)
    return label


def _keep_room(widget: QWidget, *, kept: bool = True) -> None:
    """Have a widget's place stay empty while it is hidden."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    widget.setSizePolicy(policy)


_LEAST_BAR = 80
"""Of the bar beside the buttons, pixels."""


class _Figure(QWidget):
    """A large value above a small caption."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = _label(self, f"{name}_value", "figure")
        self.caption = _label(self, f"{name}_caption", "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.value)
        layout.addWidget(self.caption)


class StatusCard(QFrame):
    """Shows a :class:`StatusView`.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    action_clicked = Signal(str)
    """Key of the button that was clicked."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("train_status")
        set_role(self, "card")
        self._theme = theme
        self._view: StatusView | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._build_ui()

    def _build_ui(self) -> None:
        self._title = _label(self, "status_title", "strong")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._chip = _label(self, "status_chip", "chip")
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._title, 1)
        head.addWidget(self._chip)
        self._figures = [_Figure(f"figure_{index}", self) for index in range(_FIGURES)]
        figures = FlowLayout(SPACE_5)
        for figure in self._figures:
            figures.addWidget(figure)
        _keep_room(self._figures[0])
        self._sentence = _label(self, "status_sentence", "muted")
        self._sentence.setWordWrap(True)
        _keep_room(self._sentence)
        self._progress = BusyBar(self)
        self._progress.setObjectName("status_progress")
        self._progress.setTextVisible(False)
        # One row for the bar and the buttons: the card keeps its height when a run begins or ends,
        # and the plots below it need not be drawn anew in another size.
        self._foot = QWidget(self)
        self._foot.setMinimumHeight(CONTROL_HEIGHT)
        row = QWidget(self._foot)
        middle = QVBoxLayout(self._foot)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(row)
        middle.addStretch(1)
        self._actions = FlowLayout(SPACE_2, row)
        self._progress.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._progress.setMinimumWidth(_LEAST_BAR)
        self._space = QWidget(self._foot)
        self._space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._actions.addWidget(self._progress)
        self._actions.addWidget(self._space)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        layout.setSpacing(SPACE_2)
        layout.addLayout(head)
        layout.addLayout(figures)
        layout.addWidget(self._sentence)
        layout.addWidget(self._foot)

    @property
    def view(self) -> StatusView | None:
        """What is shown."""
        return self._view

    @property
    def has_primary(self) -> bool:
        """Whether one of the buttons is the one to press."""
        return self._view is not None and any(action.primary for action in self._view.actions)

    def button(self, key: str) -> QPushButton:
        """The button of an action."""
        return self._buttons[key]

    def set_view(self, view: StatusView) -> None:
        """Show this; what did not change is left alone, so that nothing flickers."""
        before, self._view = self._view, view
        if view == before:
            return
        self._title.setText(view.title)
        self._chip.setText(view.chip)
        set_tone(self._chip, view.tone)
        bare = not view.figures and not view.actions and view.progress is None
        self._foot.setHidden(bare)
        _keep_room(self._figures[0], kept=not bare)
        for index, figure in enumerate(self._figures):
            figure.setVisible(index < len(view.figures))
            if index < len(view.figures):
                value, caption, *tip = view.figures[index]
                figure.value.setText(value)
                figure.caption.setText(caption)
                figure.setToolTip("".join(tip))
        self._sentence.setText(view.sentence)
        self._sentence.setVisible(bool(view.sentence))
        self._set_progress(view.progress, view.tone)
        if before is None or before.actions != view.actions:
            self._set_actions(view.actions)
        self.setAccessibleName(f"{view.title}: {view.chip}. {view.sentence}")

    def _set_progress(self, progress: float | None, tone: str) -> None:
        self._progress.setVisible(progress is not None)
        self._space.setVisible(progress is None)
        set_tone(self._progress, "warning" if tone == "warning" else "")
        if progress is not None:
            self._progress.setRange(0, 0 if progress < 0 else _PARTS)
            self._progress.setValue(round(_PARTS * max(0.0, progress)))
            self._progress.setAccessibleName(self._chip.text())

    def _set_actions(self, actions: tuple[Action, ...]) -> None:
        for button in self._buttons.values():
            self._actions.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for action in actions:
            button = QPushButton(action.text, self)
            button.setObjectName(f"status_{action.key}")
            button.setAccessibleName(action.text)
            button.setToolTip(action.tip)
            if action.primary:
                set_role(button, "primary")
            tone = "on_accent" if action.primary else "muted"
            self._theme.set_icon(button, action.icon, tone=tone)
            button.clicked.connect(self._on_clicked)
            self._actions.addWidget(button)
            self._buttons[action.key] = button

    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.action_clicked.emit(sender.objectName().removeprefix("status_"))
