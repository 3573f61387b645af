"""Chooses the model that the Predict page's model is compared with, and ends the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from typing_extensions import override

from effnet_studio.gui.models.run_list import title_of
from effnet_studio.gui.names import named
from effnet_studio.gui.text import moment_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.theme import ThemeManager

_MOST_RUNS: Final = 20


class CompareButton(QPushButton):
    """Opens a menu of runs and a file; while two models are compared it stops that.

    Args:
        theme: Tints the icon.
        parent: Qt's owner.
    """

    model_chosen = Signal(object)
    """The folder of the run to compare with."""
    file_asked = Signal()
    """The user wants to choose an exported file."""
    stop_asked = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predict_compare")
        self._theme = theme
        self._runs: tuple[Run, ...] = ()
        self._comparing = False
        self._menu = named(QMenu(self), "compare_menu")
        self._menu.triggered.connect(self._on_triggered)
        self.clicked.connect(self._on_clicked)
        self._retranslate()

    def set_choices(self, runs: Sequence[Run], model: Path | None) -> None:
        """Offer runs.

        Args:
            runs: Of the project, newest first; those without a model are left out.
            model: The model in use, which is not offered; None: there is none.
        """
        usable = (run for run in runs if run.best_accuracy is not None and run.run_dir != model)
        self._runs = tuple(usable)[:_MOST_RUNS]
        self.setVisible(model is not None)
        self._fill()

    def set_comparing(self, comparing: bool) -> None:  # noqa: FBT001 - a setter
        """Offer to stop, or to begin."""
        self._comparing = comparing
        self._retranslate()

    def _fill(self) -> None:
        self._menu.clear()
        for run in self._runs:
            accuracy = percent_text(run.best_accuracy or 0.0)
            text = f"{title_of(run)} · {accuracy} · {moment_text(run.created)}"
            action = named(self._menu.addAction(text.replace("&", "&&")), "compare_run")
            action.setData(run.run_dir)
        if self._runs:
            self._menu.addSeparator()
        named(self._menu.addAction(self.tr("Exported model…")), "compare_file")

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action.data() is None:
            self.file_asked.emit()
        else:
            self.model_chosen.emit(action.data())

    @Slot()
    def _on_clicked(self) -> None:
        if self._comparing:
            self.stop_asked.emit()
        else:
            self.offer()

    def offer(self) -> None:
        """Open the menu of models."""
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _retranslate(self) -> None:
        words = self.tr("End comparison") if self._comparing else self.tr("Compare with…")
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(
            self.tr("Show this model alone again")
            if self._comparing
            else self.tr("Ask a second model about the same images")
        )
        self._theme.set_icon(self, "close" if self._comparing else "balance", size=16)
        self._fill()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
