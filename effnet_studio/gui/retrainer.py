"""From mended data to a better model: says what was mended since, trains on, and compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton

from effnet_studio.gui.errors import Banner
from effnet_studio.gui.models.run_list import titles_of
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.theme import set_role

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


@dataclass(frozen=True)
class Mended:
    """How the images to learn from differ from those that a run has learned from.

    Attributes:
        relabelled: With another class.
        left_out: No longer there.
        added: New.
    """

    relabelled: int
    left_out: int
    added: int

    def __bool__(self) -> bool:
        return bool(self.relabelled or self.left_out or self.added)


class Retrainer(QObject):
    """Looks after a banner above the figures of a run.

    Args:
        session: The open project and its runs.
        theme: Tints the icons.
        parent: The page.

    Attributes:
        banner: What is to be laid out; hidden while there is nothing to say.
    """

    compare_asked = Signal(object, object)
    """The Run before, and the Run that goes on from it."""

    def __init__(self, session: Session, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._mended: Mended | None = None
        self._key: tuple[str, str] | None = None
        self.banner = Banner(theme, "accent", parent)
        self.banner.setObjectName("mend_banner")
        self.banner.set_closable(False)
        self._train = named(QPushButton(self.banner), "retrain_start")
        set_role(self._train, "primary")
        self._compare = named(QPushButton(self.banner), "retrain_compare")
        for button in (self._compare, self._train):
            self.banner.add_button(button)
        self._requests = Requests(session.jobs, parent=self)
        self._requests.answered.connect(self._on_counted)
        self._train.clicked.connect(self._on_train)
        self._compare.clicked.connect(self._on_compare)
        self.banner.language_changed.connect(self._say)
        for changed in (session.dataset_changed, session.run_selected, session.training_started):
            changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Find out what has changed since the chosen run was trained."""
        project, run, dataset = self._session.project, self._session.run, self._session.dataset
        if project is None or run is None or dataset is None:
            self._key, self._mended = None, None
            self._requests.forget()
        elif (run.run_id, dataset.version) != self._key:
            self._key, self._mended = (run.run_id, dataset.version), None
            if run.dataset_version == dataset.version:
                self._requests.forget()
            else:
                self._requests.ask_only(self._key, _count, project, run.dataset_version, dataset)
        self._say()

    @Slot(object, object)
    def _on_counted(self, key: object, mended: Mended | None) -> None:
        if key == self._key:
            self._mended = mended
            self._say()

    @property
    def _before(self) -> Run | None:
        """The run whose weights the chosen one began with."""
        run = self._session.run
        origin = run.origin if run is not None else None
        if origin is None or origin.how != "continued":
            return None
        return next((each for each in self._session.runs if each.run_id == origin.run), None)

    @Slot()
    def _on_train(self) -> None:
        if self._session.run is not None:
            self._session.continue_training(self._session.run.run_id)

    @Slot()
    def _on_compare(self) -> None:
        if self._before is not None and self._session.run is not None:
            self.compare_asked.emit(self._before, self._session.run)

    # -- what is shown -------------------------------------------------------------------------

    @Slot()
    def _say(self) -> None:
        project, before, run = self._session.project, self._before, self._session.run
        writable = project is not None and not project.read_only
        training = self._session.training_job is not None
        self._train.setText(self.tr("Train on the mended data"))
        self._compare.setText(self.tr("Compare before and after"))
        for button in (self._train, self._compare):
            button.setAccessibleName(button.text())
        self._train.setVisible(bool(self._mended) and writable)
        self._train.setEnabled(not training)
        self._compare.setVisible(before is not None)
        hint = ""
        if training:
            hint = self.tr("A training is under way; the Train page shows how it goes.")
        elif self._mended:
            hint = self.tr("Training goes on from what this model knows and makes a new one.")
        if self._mended:
            self.banner.set_texts(self._changes(self._mended), hint)
        elif before is not None and run is not None:
            text = self.tr("This model goes on from {before}, on data that was mended.")
            self.banner.set_texts(text.format(before=titles_of(before, run)[0]), hint)
        else:
            self.banner.set_texts("")

    def _changes(self, mended: Mended) -> str:
        parts = [
            self.tr("%n image(s) got another class", "", mended.relabelled)
            if mended.relabelled
            else "",
            self.tr("%n left out", "", mended.left_out) if mended.left_out else "",
            self.tr("%n new", "", mended.added) if mended.added else "",
        ]
        told = self.tr(", ").join(part for part in parts if part)
        return self.tr("Training images since this model was trained: {changes}.").format(
            changes=told
        )


def _count(project: Project, version: str, dataset: Dataset) -> Mended | None:
    """Compare the training images with those of a version, in a background thread."""
    from effnet_studio.engine.data.versions import compare, content_of, load_version
    from effnet_studio.engine.errors import DatasetError

    try:
        before = load_version(project, version)
    except DatasetError:
        return None  # it was trained on images that are not remembered
    before, after = (
        {path: entry for path, entry in content.items() if entry[1] == "train"}
        for content in (before, content_of(dataset))
    )
    found = compare(before, after)
    return Mended(len(found.relabelled), len(found.removed), len(found.added))
