"""Loads PyTorch in a background thread without freezing the window.

Python's lock is held while a shared library is opened by ``import`` (torch's: about a second), and
while the garbage collector walks everything alive (0.4 to 0.7 s at a time once torch's hundred
thousand objects are there). Both stop the window. So the libraries are opened first through a
foreign call, which lets go of the lock, and the collector rests during the import and leaves alone
afterwards what was imported. Measured on two busy cores: longest gap of the event loop 880 ms
before, 62 ms after.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import importlib
import importlib.util
import linecache
import logging
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.gpu_pack.activate import watched
from effnet_studio.gui.collector import resting_collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_log = logging.getLogger(__name__)

_LIBRARIES: Final = {
    "torch": ("lib/*c10.*", "lib/*torch_cpu.*", "lib/*torch.*", "lib/*torch_python.*"),
    "pydantic_core": ("_pydantic_core.*",),
    "PIL": ("_imaging.*", "_avif.*", "_webp.*"),
    "onnxruntime": ("capi/onnxruntime_pybind11_state.*",),
}
"""Shared libraries by package, in the order of their dependence."""

_MODULES: Final = ("torch", "onnxruntime")
"""Nothing that touches Qt: PySide makes its types when they are first used, and the window crashed
(once in fifty starts) when another thread did that."""
_LIGHT_MODULES: Final = (
    *(
        f"effnet_studio.engine.{name}"
        for name in ("data.importer", "data.store", "data.files.thumbnails", "training.runs")
    ),
    "effnet_studio.guide.render",
    "PIL.ImageDraw",  # rounds the corners of thumbnails
    "safetensors",  # has a library, and reads the answers kept of an evaluation
    "numpy.random",  # has libraries, and finds shots of one moment
)
_HOLD_SECONDS: Final = 1.0
"""Of :func:`hold_heavy_modules`: a project's images are on view after 0.2 to 0.4 s, and what draws
curves is imported in the second half of the window's first second."""
_lock = threading.Lock()
_loading = threading.Event()
_opening = threading.Lock()
"""Held by who opens libraries ahead of their import, or keeps others from it."""
_not_before = 0.0
"""When heavy modules may be loaded, by ``time.monotonic``."""


def load_light_modules() -> None:
    """Import what opening a project and reading images need; call it in a job's thread.

    It is done before :func:`load_heavy_modules` begins elsewhere: some packages import themselves
    in circles, and Python lets a second thread see such a package half made.
    """
    with _lock:
        for package in ("pydantic_core", "PIL"):
            if package not in sys.modules:
                open_libraries(package)
        for name in _LIGHT_MODULES:
            importlib.import_module(name)


def hold_heavy_modules() -> None:
    """Let a second pass before heavy modules are loaded, if they are not yet.

    For the window's thread before it shows much that is new, such as a project: with PyTorch being
    loaded beside it, that took 0.2 s in one turn of the event loop instead of 0.1.
    """
    global _not_before  # noqa: PLW0603 - read by whatever thread loads them
    _not_before = time.monotonic() + _HOLD_SECONDS


def load_heavy_modules() -> None:
    """Import what training, prediction and export need; at once when that was done before.

    Call it in a job's thread. A package that cannot be imported is left to whoever needs it: the
    engine says what is wrong with it in words.
    """
    if all(name in sys.modules for name in _MODULES):
        return
    time.sleep(max(0.0, _not_before - time.monotonic()))
    with _lock:
        if all(name in sys.modules for name in _MODULES):
            return
        _loading.set()
        try:
            _load_modules()
        finally:
            _loading.clear()
        # PySide reads the source of every module imported after it, to look for its own name.
        linecache.clearcache()


def loading_heavy_modules() -> bool:
    """Whether a thread is at it: what can wait in the window's thread does better to.

    The two take turns at Python's lock.
    """
    return _loading.is_set()


def opening_libraries() -> bool:
    """Whether a thread opens libraries ahead of their import.

    The system's loader opens one at a time: whatever needs one in the window's thread waits for
    those, and the window with it.
    """
    return _opening.locked()


@contextlib.contextmanager
def keeping_libraries_shut() -> Iterator[bool]:
    """Let no other thread begin to open libraries meanwhile; waits for none that does already.

    For what may import in the window's thread: an import from a library waits for whatever is being
    opened, even if its own was opened before. Be brief.

    Yields:
        Whether none is opened now.
    """
    kept = _opening.acquire(blocking=False)
    try:
        yield kept
    finally:
        if kept:
            _opening.release()


def _load_modules() -> None:
    with resting_collector():
        with watched():
            for name in _MODULES:
                open_libraries(name)
                with contextlib.suppress(ImportError, OSError):
                    importlib.import_module(name)
        _load_torchvision()
        gc.freeze()  # what is alive now is never walked again


def _load_torchvision() -> None:
    from effnet_studio.engine.errors import ModelError
    from effnet_studio.engine.torchvision_compat import import_torchvision

    with contextlib.suppress(ModelError, ImportError, OSError):
        import_torchvision("models")
        import_torchvision("transforms.v2")


def open_libraries(package: str) -> None:
    """Open a package's shared libraries without Python's lock; its import finds them open.

    Args:
        package: Name of an installed package; one that is missing is left to its import.
    """
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent
    opener = _opener()
    with _opening:
        for pattern in _LIBRARIES.get(package, ()):
            for file in sorted(folder.glob(pattern)):
                if file.suffix in {".so", ".dylib", ".dll", ".pyd"}:
                    opener(file)


@functools.cache
def _opener() -> Callable[[Path], None]:
    """The system's way to open a library, called so that Python's lock is free meanwhile."""
    if sys.platform == "win32":
        # The loader searches the library's own folder; a failure is told by the import later.
        load = ctypes.WinDLL("kernel32").LoadLibraryExW
        load.argtypes = [ctypes.c_wchar_p, ctypes.c_void_p, ctypes.c_uint32]
        load.restype = ctypes.c_void_p
        return lambda file: _note(file, load(str(file), None, 0x1100))
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes = [ctypes.c_char_p, ctypes.c_int]
    dlopen.restype = ctypes.c_void_p
    flags = os.RTLD_NOW | os.RTLD_LOCAL
    return lambda file: _note(file, dlopen(os.fsencode(file), flags))


def _note(file: Path, handle: int | None) -> None:
    if not handle:
        _log.info("%s could not be opened ahead of its import", file.name)
