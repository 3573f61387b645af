"""What comes to the window while no project is open: a new one begins, or it is said why not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import Message, msg
from effnet_studio.gui.projects import new_project_path, projects_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings

ARCHIVES: Final = (".zip", ".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz")
_TABLES: Final = frozenset({".csv", ".tsv", ".json", ".xlsx", ".ods"})
_MODELS: Final = frozenset({".onnx", ".safetensors", ".pt", ".pth", ".tflite", ".pt2"})


def is_packed(path: Path) -> bool:
    """Whether a file is called like an archive; its content is looked at when it is read."""
    return path.name.lower().endswith(ARCHIVES) and path.is_file()


def refusal(paths: Sequence[Path]) -> DatasetError:
    """Why no project can begin with some files, and what to bring instead.

    Args:
        paths: Files, none of them a folder or an archive; at least one.
    """
    from effnet_studio.engine.images import IMAGE_SUFFIXES  # brings Pillow, which takes its time

    first = paths[0]
    suffixes = {path.suffix.lower() for path in paths}
    sort: Message = msg(
        "Put the images of each kind into a folder of its own, and drop the folder around them."
    )
    if not first.exists():
        return DatasetError(
            msg("{name} is not there.", name=first.name),
            hint=msg("Check that its drive is connected."),
            path=first,
        )
    if suffixes <= IMAGE_SUFFIXES:
        one = msg("{name} is a single image; to learn, a model needs many.", name=first.name)
        many = msg("These are images without their kinds: what is to be learned from them?")
        return DatasetError(one if len(paths) == 1 else many, hint=sort, path=first)
    if suffixes & _TABLES:
        return DatasetError(
            msg("{name} is a table; the images are needed too.", name=first.name),
            hint=msg("Drop the folder that has both the table and the images in it."),
            path=first,
        )
    if suffixes & _MODELS:
        return DatasetError(
            msg("{name} is a trained model, not a folder of images.", name=first.name),
            hint=msg("Open a project first; its Evaluate page checks models of that kind."),
            path=first,
        )
    return DatasetError(
        msg("EffNet Studio cannot begin with {name}.", name=first.name), hint=sort, path=first
    )


class Arrivals(QObject):
    """Begins projects with folders and archives.

    A folder is looked over before, so that no empty project is left behind where it will not do.

    Args:
        session: Has no project open.
        settings: Knows where new projects go.
        parent: Qt's owner.
    """

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._folder = Path()

    def take(self, paths: Sequence[Path]) -> None:
        """Begin with the first folder or archive there is, or say why none of it will do."""
        folder = next((path for path in paths if path.is_dir()), None)
        packed = next((path for path in paths if is_packed(path)), None)
        if folder is not None:
            self.begin(folder)
        elif packed is not None:
            self._create(packed, packed.name.split(".")[0])
        elif paths:
            self._session.error_raised.emit(refusal(paths))

    def begin(self, folder: Path) -> None:
        """Make a project for a folder of images and read it, if there is something to learn."""
        if any(job.kind == "look" for job in self._session.jobs.jobs):
            return  # a second drop of the same thing
        self._folder = folder
        job = self._session.jobs.start(
            _look,
            folder,
            title=lambda: self.tr("Looking into {name}").format(name=folder.name),
            kind="look",
            heavy=False,
        )
        job.succeeded.connect(self._on_looked)
        job.failed.connect(self._session.error_raised)

    @Slot(object)
    def _on_looked(self, _classes: object) -> None:
        self._create(self._folder, self._folder.name)

    def _create(self, source: Path, name: str) -> None:
        path = new_project_path(name, projects_folder(self._settings))
        self._session.create_project_from(source, path)


def _look(folder: Path, *, on_event: OnEvent, cancel: CancelToken) -> dict[str, int]:
    from effnet_studio.engine.data.sources.look_over import look_over

    return look_over(folder, on_event=on_event, cancel=cancel)
