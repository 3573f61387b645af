"""Installs, checks and removes the GPU pack from the window, in jobs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from effnet_studio import paths
from effnet_studio.engine.events import Event, Noted, Progress, Stage
from effnet_studio.engine.messages import msg
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.announcer import announce

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.widgets.doctor.pack_card import PackCard

KIND: Final = "gpu_pack"
"""Of the jobs; only one of them runs at a time."""


class GpuPacker(QObject):
    """Does what the card of the pack is asked for, and shows it there.

    Args:
        session: Runs the jobs.
        settings: Remembers the folder of files.
        card: Where it is asked for.
    """

    pack_changed = Signal()
    """Something was installed, removed or switched; how it stands must be looked at again."""

    def __init__(self, session: Session, settings: Settings, card: PackCard) -> None:
        super().__init__(card)
        self._session, self._settings, self._card = session, settings, card
        self._job: Job | None = None
        card.install_asked.connect(self._on_install)
        card.files_asked.connect(self._on_files)
        card.list_asked.connect(self._on_list)
        card.retry_asked.connect(self._on_retry)
        card.verify_asked.connect(self._on_verify)
        card.remove_asked.connect(self._on_remove)

    def tidy(self) -> None:
        """Remove what is left of a pack that could not be removed while it was used."""
        root = paths.gpu_pack_dir()
        if root.is_dir() and self._job is None:
            self._session.jobs.start(_tidy, title="", kind="quiet", with_events=False, heavy=False)

    def install(self, source: Path | None = None) -> None:
        """Install the pack.

        Args:
            source: A folder, one of its files or a zip file; None: it is downloaded.
        """
        self._start(_install, source, title=lambda: self.tr("Installing the GPU pack"))

    def _start(
        self, function: Callable[..., object], *arguments: object, title: Callable[[], str]
    ) -> None:
        if self._job is not None:
            return  # a file dialog was open meanwhile
        job = self._session.jobs.start(function, *arguments, title=title, kind=KIND, heavy=False)
        self._job = job
        job.succeeded.connect(self._on_succeeded)
        job.finished.connect(self._on_finished)
        self._card.follow(job)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if isinstance(result, int | tuple):
            text = self._sentence(result)
            self._card.say(text, "warning" if isinstance(result, tuple) and result else "success")
        else:  # the card itself says so from now on
            text = self.tr("The GPU pack is installed. Close the app and start it again.")
        announce(self._card, text)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self.pack_changed.emit()

    def _sentence(self, result: int | tuple[str, ...]) -> str:
        if isinstance(result, int):
            return self.tr("The GPU pack was removed.")
        if not result:
            return self.tr("Every file is whole.")
        return self.tr(
            "%n file(s) are missing or damaged. Remove the pack, and install it again.",
            "",
            len(result),
        )

    @Slot()
    def _on_install(self) -> None:
        self.install()

    @Slot()
    def _on_files(self) -> None:
        dialog = file_dialogs.file_dialog(
            self._card,
            self.tr("One of the pack's files, or a zip file with all of them"),
            self._settings.last_folder,
            self.tr("Files of the GPU pack (*.whl *.zip)"),
        )
        dialog.setObjectName("gpu_pack_dialog")
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.show()

    @Slot(str)
    def _on_file_chosen(self, path: str) -> None:
        self._settings.last_folder = str(Path(path).parent)
        self.install(Path(path))

    @Slot()
    def _on_list(self) -> None:
        from effnet_studio.engine.gpu_pack.install import known_manifest
        from effnet_studio.engine.gpu_pack.listing import file_list

        QGuiApplication.clipboard().setText(file_list(known_manifest()))
        text = self.tr(
            "Copied: the files' addresses and checksums. Fetch them with another computer into one "
            "folder."
        )
        self._card.say(text)
        announce(self._card, text)

    @Slot()
    def _on_retry(self) -> None:
        from effnet_studio.engine.gpu_pack.trial import try_again

        try_again(paths.gpu_pack_dir())
        self.pack_changed.emit()

    @Slot()
    def _on_verify(self) -> None:
        self._start(_verify, title=lambda: self.tr("Checking the GPU pack"))

    @Slot()
    def _on_remove(self) -> None:
        self._start(_remove, title=lambda: self.tr("Removing the GPU pack"))


_STEPS: Final = {
    Stage.CHECK: msg("Checking"),
    Stage.DOWNLOAD: msg("Downloading"),
    Stage.UNPACK: msg("Unpacking"),
    Stage.PREPARE: msg("Getting ready"),
}


class _Told:
    """Says which step begins.

    Args:
        on_event: Told everything.
    """

    def __init__(self, on_event: OnEvent) -> None:
        self._on_event = on_event
        self._stage: Stage | None = None

    def __call__(self, event: Event) -> None:
        """Pass an event on."""
        if isinstance(event, Progress) and event.stage is not self._stage:
            self._stage = event.stage
            self._on_event(Noted(_STEPS[event.stage]))
        self._on_event(event)


def _install(source: Path | None, *, on_event: OnEvent, cancel: CancelToken) -> object:
    """In the job's thread."""
    from effnet_studio.engine.gpu_pack.install import install_pack

    return install_pack(source, on_event=_Told(on_event), cancel=cancel)


def _verify(*, on_event: OnEvent, cancel: CancelToken) -> object:
    """In the job's thread."""
    from effnet_studio.engine.gpu_pack.upkeep import verify_pack

    return verify_pack(on_event=_Told(on_event), cancel=cancel)


def _remove(*, on_event: OnEvent, cancel: CancelToken) -> object:
    """In the job's thread."""
    from effnet_studio.engine.gpu_pack.upkeep import remove_pack

    del on_event, cancel  # it takes a second
    return remove_pack()


def _tidy() -> None:
    """In the job's thread."""
    from effnet_studio.engine.gpu_pack.upkeep import tidy

    tidy()
