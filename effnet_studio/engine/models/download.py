"""Downloads that can be cut at any byte: they go on where they stopped and are checked at the end.

Only the ``.part`` file beside the target is ever unfinished; the target appears by one rename,
after its SHA-256 was compared.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import re
import shutil
import threading
import time
import urllib.error
from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.atomic import replacing, storage_error
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.connections import Purpose
from effnet_studio.engine.errors import StorageError, WeightsError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.network import (
    host_of,
    no_connection,
    open_url,
    refusal,
    web_address,
)

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
MOST_BYTES = 8 << 30
"""Largest file that is taken; a server that never stops sending must not fill the disk."""

_CHUNK = 256 * 1024
_MEGABYTE = 1e6
_REFUSED_RANGE = 416


class _ConnectionCutError(Exception):
    """The connection ended early; what has come so far is in the ``.part`` file."""


@dataclass(frozen=True)
class _Order:
    """One download.

    Attributes:
        url: Address.
        part: The unfinished file.
        sha256_prefix: First digits of the right content's checksum.
        on_event: Told the bytes as they come.
        cancel: Stops or pauses.
        timeout: Longest silence, seconds.
        proxy: As in :func:`download`.
        purpose: What for, as the journal tells it.
    """

    url: str
    part: Path
    sha256_prefix: str
    on_event: OnEvent
    cancel: CancelToken
    timeout: float
    proxy: str | None
    purpose: Purpose


def download(
    url: str,
    target: Path,
    *,
    sha256_prefix: str,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
    timeout: float = TIMEOUT,
    proxy: str | None = None,
    purpose: Purpose = Purpose.WEIGHTS,
) -> Path:
    """Download a file, or the rest of it, and put it in its place when it is whole.

    Args:
        url: Address, http or https.
        target: File to make; its folder is created.
        sha256_prefix: Hexadecimal digits that the right content's SHA-256 begins with, up to all
            64; the whole content is always read for it.
        on_event: Told the bytes as they come.
        cancel: Stops or pauses between two chunks; what has come stays for the next time.
        timeout: Longest silence of the server, seconds.
        proxy: Address of a proxy, or ``direct`` for none; None or empty: the environment variable
            :data:`~effnet_studio.engine.models.network.PROXY_VARIABLE`, else the system's.
        purpose: What for, as the journal of connections tells it.

    Returns:
        ``target``.

    Raises:
        WeightsError: If there is no network, the server sends something else, the connection is
            cut again and again, the content is not the right one, or the disk is full.
        Cancelled: If stopped.
    """
    part = target.with_name(f"{target.name}.part")
    token = cancel or CancelToken()
    order = _Order(web_address(url), part, sha256_prefix, on_event, token, timeout, proxy, purpose)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        resumed = part.exists()
        _transfer_patiently(order)
        if resumed and not _matches(part, sha256_prefix):
            # The old beginning may be of another file, or was damaged by a power cut.
            part.unlink()
            _transfer_patiently(order)
        if not _matches(part, sha256_prefix):
            part.unlink()
            raise _not_the_right_one(url)
        with replacing(target) as temporary:
            part.replace(temporary)
    except OSError as error:
        raise _disk_problem(storage_error(error, target), part) from error
    except StorageError as error:
        raise _disk_problem(error, part) from error
    return target


def reachable(url: str, *, cancel: CancelToken | None = None, proxy: str | None = None) -> bool:
    """Find out, quietly and within three seconds, whether a file can be downloaded.

    The question runs in its own thread because looking up a name cannot be given a time limit.

    Args:
        url: Address of the file.
        cancel: Stops the waiting.
        proxy: As in :func:`download`.

    Returns:
        Whether the server has it.

    Raises:
        Cancelled: If stopped.
    """
    answers: list[bool] = []

    def ask() -> None:
        with (
            contextlib.suppress(WeightsError, OSError, ValueError, http.client.HTTPException),
            open_url(url, purpose=Purpose.CHECK, last=0, timeout=PROBE_TIMEOUT, proxy=proxy),
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


def _transfer_patiently(order: _Order) -> None:
    """Fill the ``.part`` file, taking up a cut connection a few times."""
    part = order.part
    for attempt in range(1, ATTEMPTS + 1):
        try:
            if _transfer(order) or (order.sha256_prefix and _matches(part, order.sha256_prefix)):
                return
            if attempt == ATTEMPTS:
                # The server tells no length and cannot go on: what came is of no use.
                part.unlink()
                raise _not_the_right_one(order.url)
        except _ConnectionCutError as error:
            if attempt == ATTEMPTS:
                size = part.stat().st_size if part.exists() else 0
                raise WeightsError(
                    msg(
                        "The connection to {host} was cut after {size:.1f} MB: {reason}.",
                        host=host_of(order.url),
                        size=size / _MEGABYTE,
                        reason=str(error),
                    ),
                    hint=msg("Try again: the download goes on where it stopped."),
                ) from error
        time.sleep(RETRY_PAUSE)


def _transfer(order: _Order) -> bool:
    """Receive the file, or what is missing of it; whether that is surely all of it."""
    order.cancel.check()
    part, url = order.part, order.url
    have = part.stat().st_size if part.exists() else 0
    response = _open(order, have)
    if response is None:
        return True  # everything had come before
    with response:
        _refuse_other_content(response, url)
        start, total = _extent_of(response, order, have)
        if total is not None:
            _check_room(order, total, total - start)
        meter = ProgressMeter(Stage.DOWNLOAD, total, order.on_event, unit="bytes", start=start)
        with part.open("ab" if start else "wb") as file:
            received = start
            while chunk := _read(response):
                if received == 0 and chunk.lstrip()[:1] == b"<":
                    file.close()
                    part.unlink()
                    raise _web_page(url)
                file.write(chunk)
                file.flush()  # or a kill would lose what the buffer holds
                received += len(chunk)
                meter.advance(len(chunk))
                if received > MOST_BYTES:
                    file.close()  # Windows removes no open file
                    raise _too_large(order)
                order.cancel.check()
            os.fsync(file.fileno())  # here a kill costs nothing, while the file is renamed it would
        if total is not None and received < total:
            raise _ConnectionCutError("the server stopped sending")
        meter.finish()
    # A chunked answer says where it ends; without that and a length, a cut looks like the end.
    return total is not None or "chunked" in response.headers.get("Transfer-Encoding", "").lower()


def _open(order: _Order, have: int) -> http.client.HTTPResponse | None:
    """Ask for the file from byte ``have`` on; None if nothing is missing."""
    try:
        return open_url(
            order.url,
            purpose=order.purpose,
            first=have,
            timeout=order.timeout,
            proxy=order.proxy,
        )
    except urllib.error.HTTPError as error:
        with error:
            if error.code == _REFUSED_RANGE and have:
                if error.headers.get("Content-Range", "").rpartition("/")[2] == str(have):
                    return None
                order.part.unlink()
                raise _ConnectionCutError(
                    "the unfinished file does not fit the server's"
                ) from error
            raise refusal(order.url, error, order.proxy) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise no_connection(order.url, error, order.proxy) from error


def _read(response: http.client.HTTPResponse) -> bytes:
    try:
        return response.read1(_CHUNK)  # whatever has come, so that little is lost
    except (OSError, http.client.HTTPException) as error:
        raise _ConnectionCutError(str(error) or type(error).__name__) from error


def _extent_of(
    response: http.client.HTTPResponse, order: _Order, have: int
) -> tuple[int, int | None]:
    """Where in the file the answer begins, and the size of the whole file if it is told.

    Servers may ignore the wish for a part and send everything; some lie about the part they send.
    """
    length = response.headers.get("Content-Length", "")
    announced = int(length) if length.isdecimal() else None
    if response.status != http.HTTPStatus.PARTIAL_CONTENT:
        return 0, announced
    told = re.fullmatch(
        r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", "").strip()
    )
    if told is None or int(told[1]) != have:
        if have:  # asked without a part, this server may well give the file
            order.part.unlink()
            raise _ConnectionCutError("the server sent another part of the file")
        raise WeightsError(
            msg(
                "{host} sent another part of the file than was asked for.", host=host_of(order.url)
            ),
            hint=msg("Try again later, or choose another mirror."),
        )
    if told[2] != "*":
        return have, int(told[2])
    return have, None if announced is None else have + announced


def _refuse_other_content(response: http.client.HTTPResponse, url: str) -> None:
    if response.headers.get_content_type() in {"text/html", "application/xhtml+xml"}:
        raise _web_page(url)
    packed = response.headers.get("Content-Encoding", "").strip().lower()
    if packed not in {"", "identity"}:
        raise WeightsError(
            msg("{host} sent the file packed ({how}).", host=host_of(url), how=packed),
            hint=msg("Something on the way changes files: choose another mirror or proxy."),
        )


def _check_room(order: _Order, total: int, missing: int) -> None:
    if total > MOST_BYTES:
        raise _too_large(order)
    if shutil.disk_usage(order.part.parent).free < missing:
        raise _disk_full(order.part, missing)


def _web_page(url: str) -> WeightsError:
    return WeightsError(
        msg("{host} sent a web page instead of the file.", host=host_of(url)),
        hint=msg("A sign-in page of the network may be in the way: open a web browser first."),
    )


def _too_large(order: _Order) -> WeightsError:
    order.part.unlink(missing_ok=True)
    return WeightsError(
        msg("The file from {url} is far larger than it should be.", url=order.url),
        hint=msg("Try again later, or choose another mirror; nothing was kept."),
    )


def _not_the_right_one(url: str) -> WeightsError:
    return WeightsError(
        msg("The file from {url} is not the right one: its checksum differs.", url=url),
        hint=msg("Try again later, or choose another mirror; nothing was kept."),
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
