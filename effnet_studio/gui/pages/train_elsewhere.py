"""Tells the Train page of runs that another process is training, and offers to watch them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from effnet_studio.gui.errors import Banner
from effnet_studio.gui.models.run_list import title_of
from effnet_studio.gui.names import named

if TYPE_CHECKING:
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.train.run_list import RunList


class TrainElsewhere(QObject):
    """A banner while a run is trained elsewhere that is not looked at; it never takes the view.

    Args:
        session: The open project.
        theme: Tints the icon.
        runs: Marks such runs.
        parent: The page.

    Attributes:
        banner: Hidden while there is nothing to tell.
    """

    watch_asked = Signal(object)
    """The Run that is to be shown."""

    def __init__(
        self, session: Session, theme: ThemeManager, runs: RunList, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runs = runs
        self._viewed: str | None = None
        self._offered: Run | None = None
        self._dismissed: set[str] = set()
        self.banner = Banner(theme, "accent", parent)
        self.banner.setObjectName("training_elsewhere")
        self._watch = named(QPushButton(self.banner), "watch_run")
        theme.set_icon(self._watch, "predict", size=16)
        self.banner.add_button(self._watch)
        self._watch.clicked.connect(self._on_watch)
        self.banner.closed.connect(self._on_closed)
        session.elsewhere_changed.connect(self._show)
        session.runs_changed.connect(self._show)
        self._show()

    def set_viewed(self, run_id: str | None) -> None:
        """Say which run on disk is looked at."""
        if run_id != self._viewed:
            self._viewed = run_id
            self._show()

    @Slot()
    def _show(self) -> None:
        """Offer the newest run that is trained elsewhere, unless that is seen already."""
        self._runs.model.set_elsewhere(self._session.elsewhere)
        passed_over = {self._viewed, *self._dismissed}
        self._offered = next(
            (
                run
                for run in self._session.runs
                if run.run_id in self._session.elsewhere and run.run_id not in passed_over
            ),
            None,
        )
        self.retranslate()

    @Slot()
    def _on_watch(self) -> None:
        if self._offered is not None:
            self.watch_asked.emit(self._offered)

    @Slot()
    def _on_closed(self) -> None:
        if self._offered is not None:
            self._dismissed.add(self._offered.run_id)
            self._show()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._watch.setText(self.tr("Watch it"))
        run = self._offered
        text = self.tr("A training runs elsewhere: {run}")
        self.banner.set_texts("" if run is None else text.format(run=title_of(run)))
