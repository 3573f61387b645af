"""The project folder ``NAME.effnet/``: create, open, lock, recover, and where everything lies.

::

    project.json      format version, name, date of birth, app that wrote it last; never pickled
    dataset.sqlite    index of the pictures, splits, problems
    runs/<id>/        one training each
    exports/<id>/     one exported model each
    trash/runs/<id>/  trainings that were deleted and can be taken back; trash/exports/<id>/ too
    cache/            may be deleted at any time
    project.effnet    opens the folder when it is double-clicked
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from effnet_studio import __version__
from effnet_studio.engine import atomic
from effnet_studio.engine.app_version import is_newer
from effnet_studio.engine.errors import ProjectError, StorageError
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.project_lock import LockOwner, ProjectLock
from effnet_studio.engine.project_opener import PROJECT_FILE, project_folder, write_opener

if TYPE_CHECKING:
    from types import TracebackType

FORMAT = 1
"""Version of the folder's layout that this app writes."""

BEST_WEIGHTS = "best.safetensors"


class Project:
    """An open project folder. Use :meth:`create` or :meth:`open`; close it when done.

    Attributes:
        root: The folder, absolute.
        name: Shown to people.
        created: When it was made, ISO 8601.
        app: Version of the app that wrote it last.
        locked_by: Who holds the project when it was opened read-only for that reason.
        read_only_reason: Why nothing may be written, or None when it may.
    """

    def __init__(
        self,
        root: Path,
        *,
        name: str,
        created: str,
        app: str,
        lock: ProjectLock | None,
        locked_by: LockOwner | None = None,
        read_only_reason: Message | None = None,
    ) -> None:
        self.root = root
        self.name = name
        self.created = created
        self.app = app
        self.locked_by = locked_by
        self.read_only_reason = read_only_reason
        self._lock = lock

    @classmethod
    def create(cls, path: Path, *, name: str | None = None) -> Self:
        """Make a new project in a folder that is empty or does not exist yet.

        Args:
            path: The project folder, by custom ``NAME.effnet``.
            name: Shown to people; the folder's name without its suffix by default.

        Returns:
            The open project.

        Raises:
            ProjectError: If something is there already.
            StorageError: If the folder cannot be written.
        """
        root = path.absolute()
        if (root / PROJECT_FILE).exists():
            raise ProjectError(
                msg("There is a project already: {path}.", path=str(root)),
                hint=msg("Open it, or choose another name."),
                path=root,
            )
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise ProjectError(
                msg("A new project needs an empty folder; {path} is not.", path=str(root)),
                hint=msg("Choose another name."),
                path=root,
            )
        with atomic.storage_errors(root):
            root.mkdir(parents=True, exist_ok=True)
        about = {
            "format": FORMAT,
            "app": __version__,
            "name": name or root.stem,
            "created": _now().isoformat(timespec="seconds"),
        }
        atomic.write_json(root / PROJECT_FILE, about)
        write_opener(root)
        return cls.open(root)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a project; when somebody else has it open, only for reading.

        What a crash left unfinished is cleaned up on the way.

        Args:
            path: The project folder.
            read_only: Do not even try to get the right to write.

        Returns:
            The open project; see :attr:`read_only`.

        Raises:
            ProjectError: If it is no project, damaged, or made by a newer version.
        """
        root = project_folder(path).absolute()
        about = _read_about(root)
        open_as = partial(
            cls,
            root,
            name=str(about.get("name", root.stem)),
            created=str(about.get("created", "")),
            app=str(about.get("app", "")),
        )
        if read_only:
            reason = msg("The project was opened for reading only.")
            return open_as(lock=None, read_only_reason=reason)
        lock = ProjectLock(root)
        try:
            owner = lock.acquire()
        except OSError:
            reason = msg("The project folder cannot be written; it is open for reading only.")
            return open_as(lock=None, read_only_reason=reason)
        if owner is not None:
            reason = msg("The project is in use by {owner}.", owner=owner.words)
            return open_as(lock=None, locked_by=owner, read_only_reason=reason)
        project = open_as(lock=lock)
        _clean_up(project)
        return project

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        return self.read_only_reason is not None

    @property
    def database_path(self) -> Path:
        """The index of the pictures."""
        return self.root / "dataset.sqlite"

    @property
    def runs_dir(self) -> Path:
        """Folder of the trainings."""
        return self.root / "runs"

    @property
    def trash_dir(self) -> Path:
        """Folder of what was deleted and can be taken back."""
        return self.root / "trash"

    @property
    def exports_dir(self) -> Path:
        """Folder of the exported models."""
        return self.root / "exports"

    @property
    def cache_dir(self) -> Path:
        """Folder of what can be computed again."""
        return self.root / "cache"

    def close(self) -> None:
        """Let others write. Safe to call twice."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
            self.read_only_reason = msg("The project is closed.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def require_writable(self) -> None:
        """Make sure that the project may be written, and note which version of the app does it.

        Raises:
            ProjectError: If it may not, with the reason.
        """
        if self.read_only_reason is not None:
            raise ProjectError(
                self.read_only_reason,
                hint=msg("Close the other window or program that uses it and open it again."),
                path=self.root,
            )
        self._note_app()

    def _note_app(self) -> None:
        """Put this version into the project's file where another wrote it last.

        What else stands in the file stays, also what only a newer version understands.
        """
        if self.app == __version__:
            return
        # Whatever is to be written next says better than this what is wrong with the disk.
        with contextlib.suppress(ProjectError, StorageError):
            about = {**_read_about(self.root), "app": __version__}
            atomic.write_json(self.root / PROJECT_FILE, about)
        self.app = __version__

    def new_run_dir(self, model: str) -> Path:
        """Make the folder of a new training.

        Args:
            model: Catalog name of the architecture, part of the folder's name.

        Returns:
            An empty folder ``runs/YYYYMMDD-HHMMSS-<model>``.

        Raises:
            ProjectError: If the project is read-only.
            StorageError: If the folder cannot be made.
        """
        return self._new_dir(self.runs_dir, model)

    def new_export_dir(self, name: str) -> Path:
        """Make the folder of a new export.

        Args:
            name: What is exported, part of the folder's name.

        Returns:
            An empty folder ``exports/YYYYMMDD-HHMMSS-<name>``.

        Raises:
            ProjectError: If the project is read-only.
            StorageError: If the folder cannot be made.
        """
        return self._new_dir(self.exports_dir, name)

    def run_dirs(self) -> list[Path]:
        """Folders of the trainings, newest first."""
        return _newest_first(self.runs_dir)

    def export_dirs(self) -> list[Path]:
        """Folders of the exports, newest first."""
        return _newest_first(self.exports_dir)

    def find_run(self, run_id: str | None) -> Path:
        """Find a training by its name.

        Args:
            run_id: Its name or the beginning of it; None for the newest that has a model.

        Returns:
            Its folder.

        Raises:
            ProjectError: If there is none, or several begin like that.
        """
        runs = self.run_dirs()
        if run_id is None:
            for run in runs:
                if (run / BEST_WEIGHTS).exists():
                    return run
            raise ProjectError(
                msg("The project {name} has no trained model yet.", name=self.name),
                hint=msg("Train one first."),
                path=self.root,
            )
        found = [run for run in runs if run.name == run_id]
        found = found or [run for run in runs if run_id and run.name.startswith(run_id)]
        if len(found) == 1:
            return found[0]
        if found:
            raise ProjectError(
                msg("Several trainings begin with {run}.", run=run_id),
                hint=msg("Give more of the name: {runs}.", runs=_names(found)),
                path=self.runs_dir,
            )
        raise ProjectError(
            msg(
                "There is no training called {run} in the project {name}.",
                run=run_id,
                name=self.name,
            ),
            hint=msg("There are: {runs}.", runs=_names(runs)) if runs else msg("Train one first."),
            path=self.runs_dir,
        )

    def _new_dir(self, parent: Path, label: str) -> Path:
        self.require_writable()
        safe = re.sub(r"[^\w.-]+", "-", label).strip("-.") or "untitled"
        stem = f"{_now():%Y%m%d-%H%M%S}-{safe}"
        with atomic.storage_errors(parent):
            parent.mkdir(exist_ok=True)
            for attempt in range(1, 1000):
                folder = parent / (stem if attempt == 1 else f"{stem}-{attempt}")
                with contextlib.suppress(FileExistsError):
                    folder.mkdir()
                    return folder
        raise ProjectError(msg("{path} is full of folders of the same name.", path=str(parent)))


def _read_about(root: Path) -> dict[str, object]:
    """Read and judge project.json."""
    file = root / PROJECT_FILE
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise ProjectError(
            msg("{path} is not an EffNet Studio project.", path=str(root))
            if root.exists()
            else msg("There is no project at {path}.", path=str(root)),
            hint=msg("Choose a folder that holds a file named {file}.", file=PROJECT_FILE),
            path=root,
        ) from None
    except OSError as error:
        raise ProjectError(
            msg("{path} cannot be read: {reason}.", path=str(file), reason=error.strerror or ""),
            path=root,
        ) from error
    except ValueError:
        about = None
    version = about.get("format") if isinstance(about, dict) else None
    if not isinstance(about, dict) or not isinstance(version, int):
        raise ProjectError(
            msg("The project file {path} is damaged.", path=str(file)),
            hint=msg("Make a new project from the same images; they are untouched."),
            path=root,
        )
    if version > FORMAT:
        raise _too_new(root, about)
    return about


def newer_app(path: Path) -> str | None:
    """Version of the app that a project needs, if it is newer than this one.

    Args:
        path: A project folder, or anything else.

    Returns:
        Such as ``"2.3.0"``, empty where the project does not say; None: this version opens it, or
        it cannot be opened for another reason.
    """
    try:
        about = json.loads((path / PROJECT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    version = about.get("format") if isinstance(about, dict) else None
    return str(about.get("app", "")) if isinstance(version, int) and version > FORMAT else None


def _too_new(root: Path, about: dict[str, object]) -> ProjectError:
    app = about.get("app")
    return ProjectError(
        msg(
            "The project {path} was made with EffNet Studio {app}; this is {here}.",
            path=str(root),
            app=str(app),
            here=__version__,
        )
        if is_newer(app)
        else msg("The project {path} was made by a newer EffNet Studio.", path=str(root)),
        hint=msg(
            "Get the newer EffNet Studio where you got this one to open it; nothing was changed."
        ),
        path=root,
    )


def _clean_up(project: Project) -> None:
    """Finish or undo what a crash cut short."""
    folders = [project.root, project.cache_dir, project.runs_dir, project.exports_dir]
    folders += [project.root / "images", *project.run_dirs(), *project.export_dirs()]
    for folder in folders:
        for leftover in folder.glob(atomic.LEFTOVERS):
            if leftover.is_dir() and not leftover.is_symlink():
                shutil.rmtree(leftover, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    leftover.unlink(missing_ok=True)
    for folder in project.export_dirs():
        with contextlib.suppress(OSError):  # only those that a killed export left empty
            folder.rmdir()
    with atomic.storage_errors(project.root):
        for run in project.run_dirs():
            atomic.recover_folder(run / "last")


def _newest_first(parent: Path) -> list[Path]:
    """Visible sub-folders; their names begin with the time they were made."""
    if not parent.is_dir():
        return []
    found = [item for item in parent.iterdir() if item.is_dir() and not item.name.startswith(".")]
    return sorted(found, key=lambda folder: folder.name, reverse=True)


def _names(folders: list[Path]) -> str:
    return ", ".join(folder.name for folder in folders[:8])


def _now() -> datetime:
    return datetime.now().astimezone()
