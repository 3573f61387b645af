"""Downloads that can be cut at any byte: they go on where they stopped and are checked at the end.

Only the ``.part`` file beside the target is ever unfinished; the target appears by one rename,
after its SHA-256 was compared.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import re
import shutil
import socket
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING

from effnet_studio import __version__
from effnet_studio.engine.atomic import replacing, storage_error
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import StorageError, WeightsError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT = 15.0
"""Longest silence of a server, seconds."""
PROBE_TIMEOUT = 3.0
"""Longest time to find out whether a server can be reached, seconds."""
ATTEMPTS = 3
"""How often a cut connection is taken up again by itself."""
RETRY_PAUSE = 0.5
"""Seconds before it is taken up again."""

_CHUNK = 256 * 1024
_MEGABYTE = 1e6
_REFUSED_RANGE = 416


class _ConnectionCutError(Exception):
    """The connection ended early; what has come so far is in the ``.part`` file."""


def download(
    url: str,
    target: Path,
    *,
    sha256_prefix: str,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
    timeout: float = TIMEOUT,
) -> Path:
    """Download a file, or the rest of it, and put it in its place when it is whole.

    Args:
        url: Address, http or https. Proxies are taken from the environment.
        target: File to make; its folder is created.
        sha256_prefix: First hexadecimal digits of the right content's SHA-256.
        on_event: Told the bytes as they come.
        cancel: Stops or pauses between two chunks; what has come stays for the next time.
        timeout: Longest silence of the server, seconds.

    Returns:
        ``target``.

    Raises:
        WeightsError: If there is no network, the server sends something else, the connection is
            cut again and again, the content is not the right one, or the disk is full.
        Cancelled: If stopped.
    """
    if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
        raise WeightsError(
            msg("{url} is not a web address.", url=url),
            hint=msg("It must begin with https:// or http://."),
        )
    part = target.with_name(f"{target.name}.part")
    token = cancel or CancelToken()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        resumed = part.exists()
        _transfer_patiently(url, part, on_event, token, timeout)
        if resumed and not _matches(part, sha256_prefix):
            # The old beginning may be of another file, or was damaged by a power cut.
            part.unlink()
            _transfer_patiently(url, part, on_event, token, timeout)
        if not _matches(part, sha256_prefix):
            part.unlink()
            raise WeightsError(
                msg("The file from {url} is not the right one: its checksum differs.", url=url),
                hint=msg("Try again later, or choose another mirror; nothing was kept."),
            )
        with replacing(target) as temporary:
            part.replace(temporary)
    except OSError as error:
        raise _disk_problem(storage_error(error, target), part) from error
    except StorageError as error:
        raise _disk_problem(error, part) from error
    return target


def reachable(url: str, *, cancel: CancelToken | None = None) -> bool:
    """Find out, quietly and within three seconds, whether a file can be downloaded.

    The question runs in its own thread because looking up a name cannot be given a time limit.

    Args:
        url: Address of the file.
        cancel: Stops the waiting.

    Returns:
        Whether the server has it.

    Raises:
        Cancelled: If stopped.
    """
    answers: list[bool] = []

    def ask() -> None:
        with (
            contextlib.suppress(OSError, ValueError, http.client.HTTPException),
            urllib.request.urlopen(_request(url, 0, 0), timeout=PROBE_TIMEOUT),  # noqa: S310
        ):
            answers.append(True)

    thread = threading.Thread(target=ask, name="network-probe", daemon=True)
    thread.start()
    deadline = time.monotonic() + PROBE_TIMEOUT
    while thread.is_alive() and time.monotonic() < deadline:
        if cancel is not None:
            cancel.check()
        thread.join(0.05)
    return bool(answers)


def sha256_prefix_of(name: str) -> str:
    """The checksum that a file carries in its name.

    Args:
        name: Such as ``"resnet18-f37072fd.pth"``.

    Returns:
        Its hexadecimal digits, here ``"f37072fd"``.

    Raises:
        WeightsError: If there is none.
    """
    found = re.search(r"-([0-9a-f]{8,64})\.\w+$", name)
    if found is None:
        raise WeightsError(msg("{name} carries no checksum in its name.", name=name))
    return found.group(1)


def file_matches(path: Path, sha256_prefix: str) -> bool:
    """Whether a file exists and its SHA-256 begins with these hexadecimal digits."""
    try:
        return _matches(path, sha256_prefix)
    except OSError:
        return False


def _matches(path: Path, sha256_prefix: str) -> bool:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return digest.startswith(sha256_prefix.lower())


def _transfer_patiently(
    url: str, part: Path, on_event: OnEvent, cancel: CancelToken, timeout: float
) -> None:
    """Fill the ``.part`` file, taking up a cut connection a few times."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _transfer(url, part, on_event, cancel, timeout)
        except _ConnectionCutError as error:
            if attempt < ATTEMPTS:
                time.sleep(RETRY_PAUSE)
                continue
            size = part.stat().st_size if part.exists() else 0
            raise WeightsError(
                msg(
                    "The connection to {host} was cut after {size:.1f} MB: {reason}.",
                    host=_host(url),
                    size=size / _MEGABYTE,
                    reason=str(error),
                ),
                hint=msg("Try again: the download goes on where it stopped."),
            ) from error
        else:
            return


def _transfer(url: str, part: Path, on_event: OnEvent, cancel: CancelToken, timeout: float) -> None:
    """Receive the file, or what is missing of it."""
    cancel.check()
    have = part.stat().st_size if part.exists() else 0
    response = _open(url, part, have, timeout)
    if response is None:
        return  # everything had come before
    with response:
        start = _start_of(response, have)
        _refuse_web_page(response.headers.get_content_type(), url)
        length = response.headers.get("Content-Length", "")
        total = start + int(length) if length.isdigit() else None
        if total is not None and shutil.disk_usage(part.parent).free < total - start:
            raise _disk_full(part, total - start)
        meter = ProgressMeter(Stage.DOWNLOAD, total, on_event, unit="bytes", start=start)
        with part.open("ab" if start else "wb") as file:
            received = start
            while chunk := _read(response):
                if received == 0 and chunk.lstrip()[:1] == b"<":
                    file.close()
                    part.unlink()
                    _refuse_web_page("text/html", url)
                file.write(chunk)
                received += len(chunk)
                meter.advance(len(chunk))
                cancel.check()
        if total is not None and received < total:
            raise _ConnectionCutError("the server stopped sending")
        meter.finish()


def _open(url: str, part: Path, have: int, timeout: float) -> http.client.HTTPResponse | None:
    """Ask for the file from byte ``have`` on; None if nothing is missing."""
    try:
        response: http.client.HTTPResponse = urllib.request.urlopen(  # noqa: S310 - scheme checked
            _request(url, have), timeout=timeout
        )
    except urllib.error.HTTPError as error:
        with error:
            if error.code == _REFUSED_RANGE and have:
                if error.headers.get("Content-Range", "").rpartition("/")[2] == str(have):
                    return None
                part.unlink()
                raise _ConnectionCutError(
                    "the unfinished file does not fit the server's"
                ) from error
            raise WeightsError(
                msg(
                    "{host} does not give the file: {code} {reason}.",
                    host=_host(url),
                    code=error.code,
                    reason=error.reason,
                ),
                hint=msg("Try again later, or choose a weights file, starter or none."),
            ) from error
    except (OSError, http.client.HTTPException) as error:
        raise _no_connection(url, error) from error
    return response


def _no_connection(url: str, error: Exception) -> WeightsError:
    """Say in plain words why nothing came from a server at all."""
    reason = getattr(error, "reason", None) or error
    hint = msg("Check the network, or choose a weights file, starter or none.")
    if isinstance(reason, socket.gaierror):
        message = msg("There is no network: {host} was not found.", host=_host(url))
    elif isinstance(reason, TimeoutError):
        message = msg("There is no network: {host} does not answer.", host=_host(url))
    elif isinstance(reason, ssl.SSLError):
        message = msg("{host} could not prove who it is.", host=_host(url))
        hint = msg("Check this computer's clock, or ask who runs the network.")
    else:
        words = getattr(reason, "strerror", None) or str(reason)
        message = msg("There is no connection to {host}: {reason}.", host=_host(url), reason=words)
    return WeightsError(message, hint=hint)


def _read(response: http.client.HTTPResponse) -> bytes:
    try:
        return response.read1(_CHUNK)  # whatever has come, so that little is lost
    except (OSError, http.client.HTTPException) as error:
        raise _ConnectionCutError(str(error) or type(error).__name__) from error


def _request(url: str, first: int, last: int | None = None) -> urllib.request.Request:
    """A question for the bytes from ``first`` to ``last``, or to the end."""
    headers = {"User-Agent": f"EffNet-Studio/{__version__}", "Accept-Encoding": "identity"}
    if first or last is not None:
        headers["Range"] = f"bytes={first}-{'' if last is None else last}"
    return urllib.request.Request(url, headers=headers)  # noqa: S310 - scheme checked


def _start_of(response: http.client.HTTPResponse, have: int) -> int:
    """Where in the file the answer begins: servers may ignore the wish for a part."""
    if response.status != http.HTTPStatus.PARTIAL_CONTENT:
        return 0
    found = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    if found is None or int(found.group(1)) != have:
        raise WeightsError(msg("The server sent another part of the file than was asked for."))
    return have


def _refuse_web_page(content_type: str, url: str) -> None:
    if content_type in {"text/html", "application/xhtml+xml"}:
        raise WeightsError(
            msg("{host} sent a web page instead of the weights.", host=_host(url)),
            hint=msg("A sign-in page of the network may be in the way: open a web browser first."),
        )


def _disk_full(part: Path, needed: int) -> WeightsError:
    return WeightsError(
        msg("The disk is full: the download needs {size:.0f} MB more.", size=needed / _MEGABYTE),
        hint=msg("Free some space in {folder}.", folder=str(part.parent)),
        path=part.parent,
    )


def _disk_problem(error: StorageError, part: Path) -> WeightsError:
    """Say that the disk is the reason, and give back the space of the unfinished file."""
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
    return WeightsError(error.message, hint=error.hint, path=error.path)


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).hostname or url
