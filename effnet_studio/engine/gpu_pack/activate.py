"""Putting the pack's PyTorch in the place of the app's own, before anything imports it.

Costs next to nothing where there is no pack: one look at a folder.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import sys
from enum import StrEnum
from importlib.machinery import ModuleSpec, SourceFileLoader
from typing import TYPE_CHECKING, Final

from effnet_studio import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    from effnet_studio.engine.gpu_pack.manifest import Manifest
    from effnet_studio.engine.gpu_pack.trial import Trial

VARIABLE: Final = "EFFNET_STUDIO_GPU_PACK"
"""Environment variable: ``off`` starts the app without the pack; ``on`` asks for it where the app
runs from Python, whose own PyTorch is used otherwise."""


class Standing(StrEnum):
    """Whether there is a pack, and whether it is used."""

    NO_TABLE = "no-table"
    """There is none for this system."""
    NONE = "none"
    """Not installed."""
    OTHER = "other"
    """Only packs of other versions of the app are here."""
    OFF = "off"
    """Installed; switched off for this start."""
    NOT_ASKED = "not-asked"
    """Installed; the app runs from Python, and the pack was not asked for."""
    FAILED = "failed"
    """Installed; switched off because it could not be loaded."""
    READY = "ready"
    """Installed; used from the next start on."""
    USED = "used"
    """Installed, and used by this process."""


def activate(
    *, frozen: bool | None = None, environment: Mapping[str, str] | None = None
) -> Standing:
    """Use the pack in this process if there is a whole one for exactly this app.

    Must be called before PyTorch is imported; calling it again changes nothing.

    Args:
        frozen: Whether this is an installer's program; None: find out.
        environment: Variables; None: those of this process.

    Returns:
        What became of it.
    """
    root = paths.gpu_pack_dir()
    if not root.is_dir():
        return Standing.NONE
    from effnet_studio.engine.errors import GpuPackError
    from effnet_studio.engine.gpu_pack.manifest import load_manifest

    try:
        manifest = load_manifest()
    except GpuPackError:  # no reason not to start; the doctor tells
        return Standing.NO_TABLE
    standing = stand(manifest, root, frozen=frozen, environment=environment)
    if standing is Standing.READY and manifest is not None and "torch" not in sys.modules:
        folder = root / manifest.key
        sys.path.insert(0, str(folder))
        sys.meta_path.insert(0, _PackFinder(folder, root))
        importlib.invalidate_caches()
        return Standing.USED
    return standing


def stand(
    manifest: Manifest | None,
    root: Path,
    *,
    frozen: bool | None = None,
    environment: Mapping[str, str] | None = None,
) -> Standing:
    """Whether there is a pack, and whether it is used.

    Args:
        manifest: What the app's own pack is made of.
        root: Folder of all packs.
        frozen: As in :func:`activate`.
        environment: As in :func:`activate`.
    """
    from effnet_studio.engine.gpu_pack.installed import other_packs, read_installed
    from effnet_studio.engine.gpu_pack.trial import failure_of

    if manifest is None:
        return Standing.NO_TABLE
    installed = read_installed(root / manifest.key)
    if installed is None or not installed.belongs_to(manifest):
        return Standing.OTHER if other_packs(root, manifest.key) else Standing.NONE
    if failure_of(root) is not None:
        return Standing.FAILED
    if str(root / manifest.key) in sys.path:
        return Standing.USED
    wish = wish_of(environment)
    if wish == "off":
        return Standing.OFF
    bundled = paths.is_frozen() if frozen is None else frozen
    return Standing.READY if bundled or wish == "on" else Standing.NOT_ASKED


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Notice when this process ends while libraries of the pack are opened ahead of its import."""
    finder = next((each for each in sys.meta_path if isinstance(each, _PackFinder)), None)
    if finder is None or "torch" in sys.modules:
        yield
        return
    trial = finder.trial()
    trial.begin()
    try:
        yield
    finally:
        trial.passed()  # what Python could not load is told by the import itself


def in_use(folder: Path) -> bool:
    """Whether this process has loaded PyTorch from a pack."""
    torch = sys.modules.get("torch")
    file = getattr(torch, "__file__", None)
    return file is not None and str(file).startswith(f"{folder}{os.sep}")


def wish_of(environment: Mapping[str, str] | None = None) -> str:
    """What :data:`VARIABLE` says: ``on``, ``off`` or nothing."""
    word = (os.environ if environment is None else environment).get(VARIABLE, "").strip().lower()
    if word in {"off", "0", "no", "false"}:
        return "off"
    return "on" if word in {"on", "1", "yes", "true"} else ""


class _PackFinder:
    """Finds the pack's ``torch``, and sees to it that a failure to load it is noticed.

    Args:
        folder: The pack.
        root: Folder of all packs.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder, self._root = folder, root
        self._failures: list[str] = []

    def trial(self) -> Trial:
        """A new one, of this process."""
        from effnet_studio.engine.gpu_pack.trial import Trial

        return Trial(self._root)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As the import system asks; only ``torch`` itself is answered for."""
        del path, target
        if name != "torch":
            return None
        package = self._folder / "torch"
        file = str(package / "__init__.py")
        return importlib.util.spec_from_file_location(
            name,
            file,
            loader=_WatchedLoader(name, file, self.trial(), self._failures),
            submodule_search_locations=[str(package)],
        )


class _WatchedLoader(SourceFileLoader):
    """Loads a module between two marks on disk.

    Args:
        name: Of the module.
        file: Its source.
        trial: Writes them.
        failures: Why it could not be loaded before: half of it may be in memory, so that another
            try, or the app's own PyTorch, could bring the process down.
    """

    def __init__(self, name: str, file: str, trial: Trial, failures: list[str]) -> None:
        super().__init__(name, file)
        self._trial, self._failures = trial, failures

    def exec_module(self, module: ModuleType) -> None:
        """As the import system asks."""
        if self._failures:
            raise _not_loaded(self._failures[0])
        trial = self._trial
        trial.begin()
        try:
            super().exec_module(module)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            self._failures.append(reason)
            trial.failed(reason)
            raise _not_loaded(reason) from error
        except BaseException:
            trial.passed()  # somebody stopped it; that says nothing about the pack
            raise
        trial.passed()


def _not_loaded(reason: str) -> Exception:
    from effnet_studio.engine.errors import PackImportError
    from effnet_studio.engine.messages import msg

    return PackImportError(
        msg("PyTorch could not be loaded from the GPU pack: {reason}", reason=reason),
        hint=msg("Start the app again: it then computes on the processor, without the pack."),
    )
