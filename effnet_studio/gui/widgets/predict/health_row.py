"""Whether a map can be trusted: asked for, checked, and said in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.text import decimal_text
from effnet_studio.gui.theme import SPACE_2, set_role, set_tone
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.explain.health import Health
    from effnet_studio.gui.theme import ThemeManager


class HealthRow(QWidget):
    """A button, and in its place the verdict with its reason and figures.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    check_asked = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("health_row")
        self._health: Health | None = None
        self._working = False
        self._title = Label(self)
        set_role(self._title, "muted")
        self._chip = named(Label(self), "health_verdict")
        set_role(self._chip, "chip")
        self._button = named(QPushButton(self), "health_check")
        theme.set_icon(self._button, "target", size=16)
        self._reason = named(Label(self), "health_reason")
        self._reason.setWordWrap(True)
        self._figures = named(Label(self), "health_figures")
        set_role(self._figures, "caption")
        self._figures.setWordWrap(True)
        head = FlowLayout(SPACE_2)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head.addWidget(self._title)
        head.addWidget(self._chip)
        head.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self._reason)
        column.addWidget(self._figures)
        self._button.clicked.connect(self.check_asked)
        self.set_state(None, working=False, possible=False)

    def set_state(self, health: Health | None, *, working: bool, possible: bool) -> None:
        """Show where a check stands.

        Args:
            health: What it gave; None: nothing yet.
            working: Whether it is under way.
            possible: Whether it can be asked for.
        """
        self._health, self._working = health, working
        self._button.setVisible(health is None)
        self._button.setEnabled(possible and not working)
        self._chip.setVisible(health is not None)
        self._figures.setVisible(health is not None)
        self._show_texts()

    def _show_texts(self) -> None:
        health = self._health
        self._title.setText(self.tr("Can it be trusted?"))
        self._button.setText(self.tr("Checking…") if self._working else self.tr("Check"))
        self._button.setToolTip(
            self.tr("Removes what the map marks, and tries random weights; takes some seconds")
        )
        self._button.setAccessibleName(self.tr("Check whether the map can be trusted"))
        self._reason.setVisible(health is not None)
        if health is None:
            return
        set_tone(self._chip, "success" if health.passed else "warning")
        self._chip.setText(self.tr("Passed") if health.passed else self.tr("Not passed"))
        self._reason.setText(translate_message(health.reason))
        similarity = health.similarity
        likeness = decimal_text(float(similarity.mean()), 2) if len(similarity) else "–"
        self._figures.setText(
            self.tr(
                "Answer left on average while the marked places are removed: {deletion} %, while "
                "they are put back: {insertion} %, in random order: {random} %. "
                "Likeness with random weights: {likeness}."
            ).format(
                deletion=round(100 * health.deletion_area),
                insertion=round(100 * health.insertion_area),
                random=round(100 * float(health.random_areas.mean())),
                likeness=likeness,
            )
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_texts()
