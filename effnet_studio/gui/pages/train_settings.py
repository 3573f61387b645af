"""The Train page's settings, kept in step with the project, the other pages and what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.gui.dialogs.find_rate import FindRateDialog
from effnet_studio.gui.lifecycle.setting_drafts import SettingDrafts
from effnet_studio.gui.models.weights_on_disk import WeightsOnDisk, weights_on_disk
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.theme import SPACE_2
from effnet_studio.gui.training_estimator import TrainingEstimator

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.balance import Imbalance
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.train.augment_preview import AugmentPreview
    from effnet_studio.gui.widgets.train.train_setup import TrainSetup


class TrainSettings(QObject):
    """Wires the form; nothing here starts a training.

    Args:
        session: The open project.
        theme: Colours and icons.
        setup: The form.
        preview: Shows what the settings do to images.
        parent: The page.

    Attributes:
        estimator: Finds out what each preset would take.
    """

    def __init__(
        self,
        session: Session,
        theme: ThemeManager,
        setup: TrainSetup,
        preview: AugmentPreview,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._setup = setup
        self._preview = preview
        self._window = parent
        self._search: FindRateDialog | None = None
        self._requests = Requests(session.jobs, parent=self)
        self.estimator = TrainingEstimator(session, setup.config_for, self)
        self._find = named(QToolButton(setup), "find_rate_button")
        setup.form.add_beside("learning_rate", self._find)
        self._connect()
        self._take_present_state()

    def _connect(self) -> None:
        session, setup = self._session, self._setup
        session.project_changed.connect(self._enable)
        session.dataset_changed.connect(self._on_dataset_changed)
        session.dataset_changed.connect(self.estimator.ask)
        session.model_wanted.connect(setup.choose_model)
        session.teacher_wanted.connect(self._on_teacher_wanted)
        session.remedy_wanted.connect(self._on_remedy_wanted)
        session.preset_wanted.connect(setup.choose_preset)
        session.weights_changed.connect(self._look_for_weights)
        setup.config_changed.connect(self._on_config_changed)
        setup.config_changed.connect(self.estimator.ask)
        self.estimator.estimated.connect(setup.presets.set_estimate)
        self._requests.answered.connect(self._on_weights_found)
        self._find.clicked.connect(self._on_find)

    def _take_present_state(self) -> None:
        """Catch up with what happened before the page was made."""
        self._drafts = SettingDrafts(self._session, self._setup, self)
        self._look_for_weights()
        if self._session.wanted_preset is not None:
            self._setup.choose_preset(self._session.wanted_preset)
        if self._session.wanted_model is not None:
            self._setup.choose_model(self._session.wanted_model)
        if self._session.wanted_teacher is not None:
            self._on_teacher_wanted(self._session.wanted_teacher)
        if self._session.wanted_remedy is not None:
            self._on_remedy_wanted(self._session.wanted_remedy)
        self._on_dataset_changed()
        self._on_config_changed()

    def config(self) -> TrainConfig | None:
        """The settings as they stand; None, and the user is told, if they will not do."""
        if not self._setup.weights.value:
            self._setup.weights.ask_file()
            return None
        try:
            return self._setup.config()
        except ConfigError as error:
            self._session.error_raised.emit(error)
            return None

    # -- in step -------------------------------------------------------------------------------

    @Slot()
    def _on_dataset_changed(self) -> None:
        dataset = self._session.dataset
        samples = dataset.subset("train") if dataset is not None else ()
        self._preview.set_samples(samples, dataset.classes if dataset is not None else ())
        self._enable()

    @Slot()
    def _on_config_changed(self) -> None:
        """Show what the settings do to the images, and tell the other pages of the remedy."""
        try:
            config = self._setup.config()
        except ConfigError:
            return  # it is told when the training is started
        self._preview.set_config(config)
        self._session.want_remedy(config.imbalance)

    @Slot(object)
    def _on_teacher_wanted(self, weights: Path) -> None:
        """Choose a run as teacher, in view: it is one of the settings that are folded in."""
        self._setup.form.set_values({"teacher": str(weights)})
        self._setup.unfold()
        self._setup.form.editor("teacher").setFocus()

    @Slot(object)
    def _on_remedy_wanted(self, remedy: Imbalance) -> None:
        if self._setup.form.value()["imbalance"] != remedy:
            self._setup.form.set_values({"imbalance": remedy})

    @Slot()
    def _look_for_weights(self) -> None:
        self._requests.ask("weights", weights_on_disk, tuple(CATALOG.values()))

    @Slot(object, object)
    def _on_weights_found(self, _key: object, present: WeightsOnDisk) -> None:
        self._setup.weights.set_present(present)

    # -- finding a learning rate ---------------------------------------------------------------

    @Slot()
    def _on_find(self) -> None:
        """Begin a search, or show the one under way."""
        if self._search is not None and self._search.running:
            self._search.raise_()
            self._search.activateWindow()
            return
        config = self.config()
        if config is None:
            return
        if self._search is not None:
            self._search.close()
        dialog = FindRateDialog(self._session, self._theme, config, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.rate_chosen.connect(self._on_rate_chosen)
        dialog.finished.connect(self._on_search_closed)
        self._search = dialog
        dialog.show()

    @Slot(float)
    def _on_rate_chosen(self, rate: float) -> None:
        self._setup.form.set_values({"learning_rate": rate})

    @Slot()
    def _on_search_closed(self) -> None:
        if self.sender() is self._search:
            self._search = None

    @Slot()
    def _enable(self) -> None:
        project, dataset = self._session.project, self._session.dataset
        reason = ""
        if project is None or dataset is None or not dataset.subset("train"):
            reason = self.tr("There are no images to try rates on yet: import some first.")
        elif project.read_only:
            reason = self.tr("The project is open elsewhere; here it can only be looked at.")
        self._find.setEnabled(not reason)
        self._find.setToolTip(
            reason or self.tr("Tries learning rates from small to large and proposes one")
        )

    def retranslate(self) -> None:
        """Set every text anew."""
        self._find.setText(self.tr("Find…"))
        # The narrow column leaves no room to waste: small rates have many digits.
        words = self._find.fontMetrics().horizontalAdvance(self._find.text())
        self._find.setFixedWidth(words + 2 * SPACE_2)
        self._find.setAccessibleName(self.tr("Find a learning rate"))
        self._enable()
