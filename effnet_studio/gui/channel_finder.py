"""Finds out what a run's gates usually do, once the channels are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from typing_extensions import override

from effnet_studio.gui.models.explanations import look_at_channels
from effnet_studio.gui.training_look import TrainingLook

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.models.predict_items import Item, ModelHolder
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.widgets.predict.explanation_panel import ExplanationPanel


class ChannelFinder(TrainingLook):
    """Finds the :class:`~effnet_studio.engine.explain.gate_statistics.ChannelStatistics` of a run.

    The training images are looked at for them only while the channels are on view.

    Args:
        session: The open project and its images.
        holder: Has the model.
        parent: Qt's owner.
    """

    kind: ClassVar[str] = "channels"

    def __init__(self, session: Session, holder: ModelHolder, parent: QObject) -> None:
        super().__init__(session, parent)
        self._holder = holder
        self._active = False
        self._panel: ExplanationPanel | None = None

    def follow(self, panel: ExplanationPanel) -> None:
        """Tell a panel what is found while it shows the channels."""
        self._panel = panel
        self.found.connect(panel.set_statistics)
        self.state_changed.connect(self._on_state_changed)
        panel.channels_shown.connect(self._on_channels_shown)
        panel.channels.open_asked.connect(self.open)

    @Slot(bool)
    def _on_channels_shown(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        self._active = shown
        if shown:
            self.ask(self._item, self._model)

    @Slot()
    def _on_state_changed(self) -> None:
        if self._panel is not None:
            self._panel.channels.set_state(opening=self.opening, offered=self.offered)

    @property
    @override
    def _possible(self) -> bool:
        return self._active and super()._possible

    @override
    def _begin(self, project: Project, run: str) -> Job:
        return self._session.jobs.start(
            look_at_channels,
            self._holder,
            project,
            run,
            title=lambda: self.tr("Looking at the channels"),
            kind=self.kind,
        )

    @override
    def _answer(self, item: Item) -> None:
        self.found.emit(self._result)
