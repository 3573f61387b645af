"""What every test gets: its own home, no network, and no threads left behind."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# On a busy machine time says nothing about the code.
settings.register_profile("studio", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("studio")

REPOSITORY = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add an option that keeps what widgets look like now."""
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="keep pictures of widgets as they are drawn now (tests/gui/test_snapshots.py)",
    )


@pytest.fixture(autouse=True)
def isolated_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Home, cache and data folders of this test alone."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("EFFNET_STUDIO_CACHE", str(home / "cache"))
    monkeypatch.setenv("EFFNET_STUDIO_DATA", str(home / "data"))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TORCH_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "EFFNET_STUDIO_PROXY"):
        monkeypatch.delenv(name, raising=False)  # servers of tests are asked directly
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.delenv("EFFNET_STUDIO_WEIGHTS_MIRROR", raising=False)
    return home


@pytest.fixture(scope="session")
def qapp_cls() -> type[Any]:
    """What ``pytest-qt`` makes its application of: the app's own."""
    from effnet_studio.gui.lifecycle.application import Application

    return Application


@pytest.fixture(scope="session", autouse=True)
def short_timing() -> Iterator[None]:
    """Exported files are timed for the fewest rounds that a certificate has, and not for seconds.

    How many rounds there are in the app: ``tests/engine/export/certificate/test_measure.py``.
    """
    measuring = sys.modules.get("effnet_studio.engine.export.certificate.measure")
    with pytest.MonkeyPatch.context() as patch:
        if measuring is not None:
            patch.setattr(measuring, "_SECONDS", 0.0)
        yield


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections to anything but this computer, at once and with a clear reason."""
    connect, connect_ex, resolve = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse(self.family, address)
        return connect_ex(self, address)

    def guarded_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_local(host):
            raise socket.gaierror(socket.EAI_NONAME, f"tests have no network ({host})")
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_resolve)


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail the test that leaves a thread running which would keep the program from ending."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    while leaked := [
        thread for thread in threading.enumerate() if thread not in before and not thread.daemon
    ]:
        if time.monotonic() > deadline:
            pytest.fail(f"threads left running: {[thread.name for thread in leaked]}")
        leaked[0].join(0.05)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Photographs and hostile files that are not part of the repository."""
    chosen = os.environ.get("EFFNET_SHARED_DATA")
    folder = Path(chosen) if chosen else REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no shared data beside the repository (or set EFFNET_SHARED_DATA)")
    return folder


def _refuse(family: int, address: Any) -> None:
    if family in {socket.AF_INET, socket.AF_INET6} and not _is_local(address[0]):
        raise ConnectionRefusedError(f"tests have no network ({address[0]})")


def _is_local(host: Any) -> bool:
    if host in {None, "", "localhost", b"localhost", socket.gethostname()}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
