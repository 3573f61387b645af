"""Training settings that were chosen and not started are there again when the project is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from effnet_studio.engine.errors import StudioError
from effnet_studio.engine.training.config import Preset, TrainConfig, make_config

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.gui.session import Session
    from effnet_studio.gui.widgets.train.train_setup import TrainSetup

_NAME: Final = "train"


class SettingDrafts(QObject):
    """Writes the form down while it is changed, and fills it in when a project is opened.

    Args:
        session: The open project and its drafts.
        setup: The form.
        parent: Qt's owner.
    """

    def __init__(self, session: Session, setup: TrainSetup, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._setup = setup
        self._of: Path | None = None
        self._filling = False
        setup.config_changed.connect(self._on_config_changed)
        session.project_changed.connect(self._on_project_changed)
        self._on_project_changed(session.project)

    @Slot(object)
    def _on_project_changed(self, _project: object) -> None:
        project = self._session.project
        if project is None or project.root == self._of:
            return
        foreign, self._of = self._of is not None, project.root
        config = self._drafted()
        if config is None and foreign:  # what was chosen for another project is not meant here
            config = make_config(Preset.BALANCED)
        if config is not None:
            self._filling = True
            self._setup.set_config(config)
            self._filling = False

    def _drafted(self) -> TrainConfig | None:
        """As it was left; None where that is nothing, or not possible any more."""
        try:
            return TrainConfig.model_validate(self._session.drafts.get(_NAME))
        except (ValueError, StudioError):
            return None

    @Slot()
    def _on_config_changed(self) -> None:
        if self._filling or self._of is None or self._session.project is None:
            return
        try:
            config = self._setup.config()
        except StudioError:
            return  # half of a change; what was whole stays
        self._session.drafts.put(_NAME, config.model_dump(mode="json"))
