"""Where the packaged app begins: the window, the command line, or a process that works for them."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import runpy
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from frozen_crash import watched

from effnet_studio.paths import AS_PYTHON, user_data_dir

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where Linux systems keep the certificates that they trust."""


def main() -> int:
    """Run what this process was started for.

    Returns:
        The exit status.
    """
    _have_streams()
    restore_environment(os.environ, Path(getattr(sys, "_MEIPASS", "")))
    if sys.argv[1:2] == [AS_PYTHON]:
        return run_python(sys.argv[2:])
    _activate_gpu_pack()
    multiprocessing.freeze_support()
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("-psn_")]
    if opens_window(arguments):
        return _open_window(arguments)
    from effnet_studio.cli.main import run
    from effnet_studio.engine.device import yield_while_waiting

    yield_while_waiting()
    return run(arguments or ["gui"])


def opens_window(arguments: Sequence[str]) -> bool:
    """Tell whether the window is wanted, not the command line.

    Args:
        arguments: None: the program was started by its icon. Only files and folders that exist:
            it was started by what somebody opened or dropped.
    """
    from effnet_studio.cli.window import has_display

    return has_display() and all(Path(argument).exists() for argument in arguments)


def _open_window(paths: Sequence[str]) -> int:
    """Open the window without the command line, whose commands take time to load."""
    from effnet_studio.engine.device import yield_while_waiting

    yield_while_waiting()
    with watched(user_data_dir()):
        from effnet_studio import app

        return app.run(list(paths))


def restore_environment(environment: MutableMapping[str, str], bundle: Path) -> None:
    """Take back what was set for this program alone, before it starts others.

    A browser or a file manager that is opened from the window would load this program's libraries
    in the place of its own.

    Args:
        environment: Changed in place.
        bundle: Folder with the program's files.
    """
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH"):
        before = environment.pop(f"{name}_ORIG", None)
        if before:
            environment[name] = before
        elif str(bundle) in environment.get(name, ""):
            del environment[name]
    for name in ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        if environment.get(name, "").startswith(str(bundle)):
            del environment[name]
    if sys.platform.startswith("linux") and "SSL_CERT_FILE" not in environment:
        # OpenSSL looks where the system keeps them that the program was built on.
        found = next((path for path in _CERTIFICATES if Path(path).exists()), None)
        if found is not None:
            environment["SSL_CERT_FILE"] = found
    # The bootloader of a process started from here would believe that its libraries can be found
    # because ours could, and we have just taken that back.
    environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    # torch's compiler would start this program in the place of a Python.
    environment.setdefault("TORCHINDUCTOR_COMPILE_THREADS", "1")


def run_python(arguments: Sequence[str]) -> int:
    """Be a Python: run a script, with a folder of packages that come before the app's.

    A packaged app has no Python beside it with which a converter could be installed or run.

    Args:
        arguments: ``--packages FOLDER`` (may be left out), then the path of a script or of a folder
            or archive with a ``__main__``, then its arguments.

    Returns:
        The exit status.
    """
    multiprocessing.freeze_support()
    rest = list(arguments)
    if rest[:1] == ["--packages"]:
        sys.path.insert(0, rest[1])
        rest = rest[2:]
    sys.argv = rest
    # Whoever asks is to be told that this is a Python like any other.
    with contextlib.suppress(AttributeError):
        del sys.frozen  # type: ignore[attr-defined]
    script = Path(rest[0])
    if script.suffix == ".py":
        sys.path.insert(0, str(script.parent))
    runpy.run_path(str(script), run_name="__main__")
    return 0


def _have_streams() -> None:
    """A program without a terminal has no streams on Windows; whatever is printed goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _activate_gpu_pack() -> None:
    """Have torch come from the pack for graphics cards, if there is one."""
    try:
        from effnet_studio.engine.gpu_pack.activate import activate
    except ImportError:
        return
    activate()


if __name__ == "__main__":
    sys.exit(main())
