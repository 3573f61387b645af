"""Images that come to the Predict page by themselves: from a watched folder and from a camera."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from effnet_studio.gui import file_dialogs
from effnet_studio.gui.camera import CameraSource, camera_installed, has_camera
from effnet_studio.gui.errors import describe_error
from effnet_studio.gui.live_judge import LiveJudge
from effnet_studio.gui.models.predict_items import Pasted
from effnet_studio.gui.pasteboard import to_pixels
from effnet_studio.gui.watcher import FolderWatcher
from effnet_studio.gui.widgets.predict.live_panel import LivePanel
from effnet_studio.gui.widgets.predict.watch_chip import WatchChip
from effnet_studio.paths import is_frozen

if TYPE_CHECKING:
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.camera import FrameSource
    from effnet_studio.gui.live_judge import Seen
    from effnet_studio.gui.models.predict_items import ModelHolder
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.drop_area import DropArea
    from effnet_studio.gui.widgets.predict.predicted_list import PredictedList


class LiveSources(QObject):
    """The watch and the camera of one page, with what shows them.

    A watch goes on with whatever model answers; it ends with the project, or when no model is left.

    Args:
        session: The open project.
        theme: Colours and icons.
        holder: Has or loads the model.
        page: The page; owns this.

    Attributes:
        chip: Says what is watched.
        panel: Shows the camera.
        watcher: Looks at the folder.
    """

    brought = Signal(object, object)
    """Files (paths) and images without one (a list of :class:`Pasted`) that are to be judged."""
    failed = Signal(object)
    """The error for which a watch has ended."""
    changed = Signal()
    """A watch or the camera began or ended."""

    def __init__(
        self, session: Session, theme: ThemeManager, holder: ModelHolder, page: QWidget
    ) -> None:
        super().__init__(page)
        self._page = page
        self._folder = Path.home()
        self._numbers = itertools.count(1)
        self.chip = WatchChip(theme, page)
        self.panel = LivePanel(theme, page)
        self.watcher = FolderWatcher(session.jobs, self)
        self._judge = LiveJudge(session.jobs, holder, self)
        self.watcher.changed.connect(self._on_watch_changed)
        self.watcher.arrived.connect(self._on_arrived)
        self.watcher.failed.connect(self.failed)
        self.chip.stop_asked.connect(self.watcher.stop)
        self.panel.frame_taken.connect(self._judge.take)
        self.panel.explain_toggled.connect(self._on_explain_toggled)
        self.panel.steady_toggled.connect(self._on_steady_toggled)
        self.panel.kept.connect(self._on_kept)
        self.panel.closed.connect(self._on_closed)
        self.panel.retry_asked.connect(self._on_camera)
        self._judge.answered.connect(self._on_answered)
        self._judge.refused.connect(self._on_refused)
        session.project_changed.connect(self._on_project_changed)
        page.installEventFilter(self)

    def add_buttons(self, empty: DropArea, filled: PredictedList) -> None:
        """Offer the watch and the camera in the empty state and beside the list.

        Args:
            empty: What is shown without images.
            filled: The list of images.
        """
        self._camera = empty.add_button("predict_camera", "image")
        self._watch = empty.add_button("predict_watch", "folder-open")
        self._list = filled
        self._camera.clicked.connect(self._on_camera)
        self._watch.clicked.connect(self.choose_folder)
        filled.camera_asked.connect(self._on_camera)
        filled.watch_asked.connect(self.choose_folder)
        self._camera.hide()
        self.retranslate()

    def set_model(self, model: Path | None) -> None:
        """Go on with another model, or end without one.

        Args:
            model: The run's folder or the exported file; None: none.
        """
        self._judge.set_model(model)
        self.panel.clear_answers()
        self.panel.set_explainable(model is not None and model.suffix.lower() != ".onnx")
        if model is None:
            self.stop()

    @Slot()
    def stop(self) -> None:
        """End the watch and turn the camera off."""
        self.watcher.stop()
        self.panel.close_camera()

    # -- a folder ------------------------------------------------------------------------------

    @Slot()
    def choose_folder(self) -> None:
        """Let the user choose what to watch."""
        chosen = file_dialogs.choose_folder(self._page, self.tr("Watch a folder"), self._folder)
        if chosen is not None:
            self._folder = chosen
            self.watcher.start(chosen)

    @Slot()
    def _on_watch_changed(self) -> None:
        watcher = self.watcher
        self.chip.set_watch(watcher.folder, watcher.arrived_count, there=watcher.there)
        self.changed.emit()

    @Slot(object)
    def _on_arrived(self, files: tuple[Path, ...]) -> None:
        self.brought.emit(files, [])

    # -- the camera ----------------------------------------------------------------------------

    def open_camera(self, source: FrameSource) -> None:
        """Answer what a camera sees.

        Args:
            source: The camera, not started yet.
        """
        self.panel.open_camera(source)
        self.changed.emit()

    @Slot()
    def _on_camera(self) -> None:
        self.open_camera(CameraSource(self))

    @Slot(QImage)
    def _on_kept(self, frame: QImage) -> None:
        name = self.tr("Camera picture {n}").format(n=next(self._numbers))
        self.brought.emit((), [Pasted(name, to_pixels(frame))])

    @Slot()
    def _on_closed(self) -> None:
        self._judge.forget()
        self.changed.emit()

    @Slot(object)
    def _on_answered(self, seen: Seen) -> None:
        self.panel.set_seen(seen, self._judge.rate)

    @Slot(object)
    def _on_refused(self, error: StudioError) -> None:
        self.panel.show_refusal(describe_error(error)[0])

    @Slot(bool)
    def _on_explain_toggled(self, wanted: bool) -> None:  # noqa: FBT001 - a signal's value
        self._judge.explain = wanted

    @Slot(bool)
    def _on_steady_toggled(self, wanted: bool) -> None:  # noqa: FBT001 - a signal's value
        self._judge.set_steady(wanted)

    # -- both ----------------------------------------------------------------------------------

    @Slot()
    def _on_project_changed(self) -> None:
        self.stop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            found = has_camera()  # looked for only now: it may have been plugged in
            self._camera.setVisible(found)
            self._list.set_camera(found)
        return super().eventFilter(watched, event)

    @property
    def waiting_title(self) -> str:
        """What the empty state says while a folder is watched; empty otherwise."""
        folder = self.watcher.folder
        if folder is None:
            return ""
        name = folder.name or str(folder)
        if not self.watcher.there:
            return self.tr("Put “{name}” back in, or watch another folder").format(name=name)
        return self.tr("Waiting for images in “{name}”").format(name=name)

    @property
    def hint(self) -> str:
        """What the empty state says where a camera could be made usable; empty otherwise."""
        if camera_installed() or is_frozen() or self.watcher.folder is not None:
            return ""  # nothing can be added to the packaged app
        return self.tr("Live pictures from a camera need the optional part “camera”.")

    def retranslate(self) -> None:
        """Set the texts of the buttons anew."""
        texts = {self._watch: self.tr("Watch a folder…"), self._camera: self.tr("Camera…")}
        for button, text in texts.items():
            button.setText(text)
            button.setAccessibleName(text)
