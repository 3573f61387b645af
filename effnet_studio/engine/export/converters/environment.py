"""An environment of its own for each converter: made when it is wanted, removed when it is not."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from effnet_studio.engine import atomic
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ExportError, StorageError
from effnet_studio.engine.events import Noted, OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.export.converters import interpreter
from effnet_studio.engine.export.converters.index_notes import IndexNotes
from effnet_studio.engine.export.converters.kinds import CONVERTERS
from effnet_studio.engine.export.converters.process import run
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.network import DIRECT, PROXY_VARIABLE, proxy_address
from effnet_studio.paths import user_data_dir

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.engine.export.converters.kinds import Converter, ConverterKind
    from effnet_studio.engine.messages import Message

_MARK: Final = "installed.json"
"""Written into an environment last: what is in it. Without it an environment is unfinished."""

_NO_NETWORK: Final = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "SSLError",
    "Connection refused",
    "Network is unreachable",
    "Temporary failure in name resolution",
)
_NO_SPACE: Final = ("No space left on device", "Disk quota exceeded", "not enough space")
_NOT_OFFERED: Final = ("No matching distribution", "Could not find a version")


def converters_dir() -> Path:
    """Folder of the installed converters."""
    return user_data_dir() / "converters"


def available(kind: ConverterKind) -> Message | None:
    """Why a converter cannot work on this computer.

    Args:
        kind: The converter.

    Returns:
        The reason; None if nothing is known that speaks against it. Whether there is a network
        shows only when it is installed.
    """
    converter = CONVERTERS[kind]
    if _machine() not in converter.machines:
        return msg(
            "{name} converts on {machines} only, not on this computer.",
            name=converter.title,
            machines=converter.machine_names,
        )
    if not interpreter.can_install():
        return msg(
            "The app was set up without pip or venv, with which {name} would be installed.",
            name=converter.title,
        )
    return None


def cost(kind: ConverterKind) -> Message:
    """What installing a converter takes, in words to be shown before.

    Args:
        kind: The converter.
    """
    converter = CONVERTERS[kind]
    return msg(
        "The converter for {name} is installed once: {download} MB are downloaded, {disk} MB of "
        "disk are used. It can be removed again.",
        name=converter.title,
        download=converter.download // 1_000_000,
        disk=converter.disk // 1_000_000,
    )


def installed(kind: ConverterKind) -> bool:
    """Whether a converter is ready to be used.

    Args:
        kind: The converter.
    """
    try:
        found = json.loads((_home(kind) / _MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(found == _mark(CONVERTERS[kind])) and interpreter.is_whole(_home(kind))


def python_of(kind: ConverterKind) -> Path:
    """The Python of a converter's environment, where it has one (not with an installer's app)."""
    return interpreter.python_in(_home(kind))


def command_of(kind: ConverterKind) -> list[str]:
    """The beginning of a command that runs a script with a converter's packages.

    Args:
        kind: The converter; it must be installed.
    """
    return interpreter.running(_home(kind))


def install(
    kind: ConverterKind, *, on_event: OnEvent = ignore, cancel: CancelToken | None = None
) -> None:
    """Install a converter, unless it is.

    It gets an environment of its own, in which its packages cannot meet the app's. Nothing of it
    stays behind when the job fails or is stopped; what was downloaded is not downloaded again.

    Args:
        kind: The converter.
        on_event: Hears the progress.
        cancel: Stops the job at any moment.

    Raises:
        ExportError: If it cannot work here, or its packages cannot be had.
        StorageError: If there is too little space.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    converter = CONVERTERS[kind]
    if installed(kind):
        return
    reason = available(kind)
    if reason is not None:
        raise ExportError(reason, hint=msg("Choose another format; ONNX works everywhere."))
    folder = converters_dir()
    with atomic.storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _check_space(converter, folder)
        work = Path(tempfile.mkdtemp(dir=folder, prefix=atomic.TEMPORARY_PREFIX))
    try:
        _fill(converter, work, on_event, token)
        with atomic.storage_errors(folder):
            atomic.write_json(work / _MARK, _mark(converter))
            _put_in_place(work, _home(kind))
    finally:
        shutil.rmtree(work, ignore_errors=True)
    on_event(Noted(msg("The converter for {name} is installed.", name=converter.title)))


def remove(kind: ConverterKind) -> None:
    """Remove a converter and give its space back; without one nothing happens.

    Args:
        kind: The converter.

    Raises:
        StorageError: If its folder cannot be removed, for instance while it works.
    """
    home = _home(kind)
    with atomic.storage_errors(home), contextlib.suppress(FileNotFoundError):
        (home / _MARK).unlink(missing_ok=True)  # a half-removed one does not count as installed
        shutil.rmtree(home)


def _fill(converter: Converter, work: Path, on_event: OnEvent, token: CancelToken) -> None:
    """Make the environment and install the packages into it."""
    on_event(Noted(msg("Installing the converter for {name} …", name=converter.title)))
    wish = work / "requirements.txt"
    with atomic.storage_errors(work):
        wish.write_text("\n".join(converter.requirements) + "\n", encoding="utf-8")
    said: list[str] = []
    venv = interpreter.making(work)
    if venv:
        _do(converter, venv, said.append, said, token)
    meter = ProgressMeter(Stage.DOWNLOAD, len(converter.requirements), on_event, unit="files")
    notes = IndexNotes(converter.title)

    def listen(line: str) -> None:
        said.append(line)
        notes.hear(line)
        if line.startswith(("Collecting ", "Processing ")):
            meter.advance()

    # Only ready-made packages: none of their own code runs while they are installed. Their own
    # wishes are left aside: all that is needed is in the list.
    what = ["--no-deps", "--only-binary=:all:", "-r", str(wish)]
    how = ["--no-input", "--no-compile", "--disable-pip-version-check", "--progress-bar=off"]
    fine = False
    try:
        pip = interpreter.installing(work, [*what, *how, "--retries=2"])
        _do(converter, pip, listen, said, token)
        fine = True
    finally:
        notes.end(fine=fine)
    meter.finish()


def _do(
    converter: Converter,
    command: list[str],
    listen: Callable[[str], None],
    said: list[str],
    token: CancelToken,
) -> None:
    """Run a step of the installation; what it prints is kept in ``said``."""
    try:
        code = run(command, on_line=listen, cancel=token, extra=_proxy())
    except OSError as error:
        raise _failed(converter, str(error)) from error
    if code != 0:
        raise _why(converter, said)


def _proxy() -> dict[str, str]:
    """The app's own proxy, as pip wants to be told of it; pip knows the system's by itself."""
    wish = os.environ.get(PROXY_VARIABLE, "").strip()
    if not wish:
        return {}
    address = proxy_address(wish)
    if address == DIRECT:
        return {"NO_PROXY": "*", "no_proxy": "*"}
    return {"HTTP_PROXY": address, "HTTPS_PROXY": address}


def _why(converter: Converter, said: list[str]) -> ExportError | StorageError:
    """What went wrong, from what pip printed."""
    text = "\n".join(said)
    if any(sign in text for sign in _NO_SPACE):
        return _no_space(converter)
    if any(sign in text for sign in _NO_NETWORK):
        return ExportError(
            msg("The packages for {name} could not be downloaded.", name=converter.title),
            hint=msg("Check the connection to the internet, and try again."),
        )
    if any(sign in text for sign in _NOT_OFFERED):
        return ExportError(
            msg(
                "Not all packages for {name} are offered for this computer and Python {version}.",
                name=converter.title,
                version=platform.python_version(),
            ),
            hint=msg("Set the app up with another Python, or choose another format."),
        )
    lines = [line.removeprefix("ERROR: ") for line in said if line.strip()]
    return _failed(converter, lines[-1] if lines else "")


def _failed(converter: Converter, reason: str) -> ExportError:
    return ExportError(
        msg(
            "The converter for {name} could not be installed: {reason}",
            name=converter.title,
            reason=reason,
        ),
        hint=msg("Try again, or choose another format; ONNX works everywhere."),
    )


def _no_space(converter: Converter) -> StorageError:
    return StorageError(
        msg(
            "There is too little space for the converter for {name}: it takes {megabytes} MB.",
            name=converter.title,
            megabytes=converter.disk // 1_000_000,
        ),
        hint=msg("Free some space and try again."),
        path=converters_dir(),
    )


def _check_space(converter: Converter, folder: Path) -> None:
    if shutil.disk_usage(folder).free < converter.disk + converter.download:
        raise _no_space(converter)


def _put_in_place(work: Path, home: Path) -> None:
    """Give a finished environment its name; an older one of another version goes."""
    if home.exists():
        (home / _MARK).unlink(missing_ok=True)
        shutil.rmtree(home)
    work.rename(home)


def _mark(converter: Converter) -> dict[str, object]:
    return {
        "python": list(sys.version_info[:2]),
        "requirements": list(converter.requirements),
    }


def _home(kind: ConverterKind) -> Path:
    return converters_dir() / kind.value


def _machine() -> tuple[str, str]:
    return sys.platform, platform.machine()
