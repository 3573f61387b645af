"""The journal of connections, and the one door through which the app asks other computers."""

from __future__ import annotations

import ast
import hashlib
import json
from pathlib import Path

import pytest

import effnet_studio
from effnet_studio.engine import connections as module
from effnet_studio.engine.connections import (
    Outcome,
    Purpose,
    begin,
    journal_file,
    read_connections,
)
from effnet_studio.engine.errors import WeightsError
from effnet_studio.engine.export.converters.index_notes import IndexNotes
from effnet_studio.engine.models.download import download, reachable
from tests.engine.models.file_server import Behaviour, serving

PACKAGE = Path(effnet_studio.__file__).parent
CONTENT = b"weights" * 10_000
PREFIX = hashlib.sha256(CONTENT).hexdigest()[:8]

NETWORK = {
    "socket", "ssl", "http", "urllib", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib",
    "xmlrpc", "socketserver", "asyncio", "requests", "httpx", "aiohttp", "urllib3", "websockets",
    "websocket", "huggingface_hub", "webbrowser", "QtNetwork", "grpc", "paramiko",
}  # fmt: skip
"""Modules by which a program can reach another computer."""

ALLOWED = {
    "engine/models/network.py": "the door",
    "engine/models/noted_web.py": "what writes the door's connections down",
    "engine/models/download.py": "names of the door's errors, and what its answers say",
    "engine/data_uri.py": "takes text apart; nothing is opened",
    "engine/project_lock.py": "this computer's own name",
    "gui/lifecycle/termination.py": "a pair of sockets of this process; signals wake the window",
    "gui/notices/desktop_bus.py": "this computer's own bus, by a socket that reaches no other",
    "engine/export/converters/index_notes.py": "takes addresses apart; nothing is opened",
}
"""Files that may name such a module, and why."""

OPENERS = {
    "urlopen", "urlretrieve", "create_connection", "open_url", "hf_hub_download",
    "load_state_dict_from_url", "download_url_to_file", "load_url", "HTTPConnection",
    "HTTPSConnection", "build_opener",
}  # fmt: skip
"""Functions that connect, whatever module they come from."""

MAY_OPEN = {
    "engine/models/network.py",
    "engine/models/noted_web.py",
    "engine/models/download.py",
}


def _modules(tree: ast.AST) -> set[str]:
    """Top names of everything imported, also by name at run time."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module.split(".")[0]} | {alias.name for alias in node.names}
            found |= set(node.module.split("."))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            found |= {
                part
                for each in node.args
                if isinstance(each, ast.Constant)
                for part in str(each.value).split(".")
            }
    return found


def _trees() -> list[tuple[str, ast.AST]]:
    files = sorted(PACKAGE.rglob("*.py"))
    assert len(files) > 300
    return [
        (file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text(encoding="utf-8")))
        for file in files
    ]


def test_that_only_the_door_reaches_for_the_network() -> None:
    users = {name for name, tree in _trees() if _modules(tree) & NETWORK}
    assert users == set(ALLOWED)


def test_that_of_qt_s_network_part_only_the_local_socket_is_used() -> None:
    for name, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "PySide6.QtNetwork":
                assert {alias.name for alias in node.names} <= {"QLocalSocket"}, name


def test_that_nothing_but_the_door_opens_a_connection() -> None:
    for name, tree in _trees():
        called = {
            ast.unparse(node.func).rpartition(".")[2]
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
        }
        assert name in MAY_OPEN or not called & OPENERS, name


def test_that_no_library_is_asked_to_download_weights_and_no_browser_to_open_a_page() -> None:
    for name, tree in _trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            text = ast.unparse(node)
            assert not any(
                word.arg == "pretrained" and ast.unparse(word.value) != "False"
                for word in node.keywords
            ), f"{name}: {text}"
            if text.startswith("QDesktopServices.openUrl"):
                assert "QUrl.fromLocalFile" in text, f"{name}: {text}"


def test_that_pip_is_only_called_where_the_journal_listens() -> None:
    callers = {
        name
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value == "pip"
    }
    assert callers == {"engine/export/converters/interpreter.py"}
    installers = {
        name
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "installing"
    }
    assert installers == {"engine/export/converters/environment.py"}, "only there it is heard"


def test_that_onnxruntime_is_silenced_before_it_opens_a_model() -> None:
    users = 0
    for name, tree in _trees():
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            called = [
                ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)
            ]
            users += bool({"onnxruntime.InferenceSession", "open_model"} & set(called))
            if "onnxruntime.InferenceSession" in called:
                assert "silence_telemetry" in called, name
    assert users >= 6


def test_that_a_download_is_in_the_journal_with_host_purpose_and_bytes(tmp_path: Path) -> None:
    assert read_connections() == ()
    with serving(Behaviour(CONTENT)) as url:
        download(f"{url}/folder/net.pth", tmp_path / "net.pth", sha256_prefix=PREFIX)

    (only,) = read_connections()
    assert (only.host, only.purpose, only.outcome) == ("127.0.0.1", Purpose.WEIGHTS, Outcome.DONE)
    assert (only.received, only.sent, only.proxy) == (len(CONTENT), "net.pth", "")
    assert only.detail.startswith("200")


def test_that_refusals_and_failures_are_in_the_journal(tmp_path: Path) -> None:
    with serving(Behaviour(CONTENT, status=404)) as url, pytest.raises(WeightsError):
        download(f"{url}/a", tmp_path / "a", sha256_prefix=PREFIX)
    assert not reachable("https://weights.example/a")
    with pytest.raises(WeightsError):
        download("https://weights.example/a", tmp_path / "a", sha256_prefix=PREFIX)

    last, probe, first = read_connections()
    assert (first.outcome, first.detail) == (Outcome.REFUSED, "404 Not Found")
    assert (probe.host, probe.purpose) == ("weights.example", Purpose.CHECK)
    assert (last.outcome, last.purpose) == (Outcome.FAILED, Purpose.WEIGHTS)
    assert "tests have no network" in last.detail


def test_that_where_a_server_sends_the_app_on_to_is_noted_too(tmp_path: Path) -> None:
    with serving(Behaviour(CONTENT, redirects=True)) as url, pytest.raises(WeightsError):
        download(f"{url}/a", tmp_path / "a", sha256_prefix=PREFIX)
    assert len(read_connections()) > 2


def test_that_the_proxy_in_between_is_noted_without_its_password(tmp_path: Path) -> None:
    with serving(Behaviour(CONTENT)) as proxy:
        through = proxy.replace("http://", "http://me:secret@")
        address = "http://weights.example/net.pth"
        download(address, tmp_path / "net.pth", sha256_prefix=PREFIX, proxy=through)

    (only,) = read_connections()
    assert only.host == "weights.example"
    assert proxy.endswith(only.proxy)
    assert only.proxy
    assert "secret" not in journal_file().read_text()


def test_that_a_connection_that_never_ended_is_in_the_journal() -> None:
    begin("a.example", Purpose.WEIGHTS, sent="net.pth")
    (only,) = read_connections()
    assert only.outcome is Outcome.OPEN


def test_that_a_damaged_journal_costs_its_damaged_lines_only() -> None:
    begin("a.example", Purpose.WEIGHTS).end(Outcome.DONE, received=3)
    with journal_file().open("ab") as file:
        file.write(b'{"id": 3}\n\xff\xfe\n[1, 2]\n{"half": ')
    begin("lost.example", Purpose.CHECK)  # on the line that was cut
    begin("b.example", Purpose.CHECK)
    assert [each.host for each in read_connections()] == ["b.example", "a.example"]


def test_that_the_journal_stays_short_and_knows_every_computer_s_last_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 4_000)
    monkeypatch.setattr(module, "KEPT", 5)
    begin("once.example", Purpose.WEIGHTS).end(Outcome.DONE, received=7)
    for number in range(60):
        begin("often.example", Purpose.WEIGHTS).end(Outcome.DONE, received=number)

    found = read_connections()
    assert journal_file().stat().st_size < 6_000
    assert found[0].received == 59
    assert found[-1].host == "once.example"
    assert found[-1].received == 7
    assert len(journal_file().read_text().splitlines()) < 40


def test_that_a_journal_that_cannot_be_written_stops_no_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "data"
    file.write_text("a file where the folder should be")
    monkeypatch.setenv("EFFNET_STUDIO_DATA", str(file))
    with serving(Behaviour(CONTENT)) as url:
        download(f"{url}/a", tmp_path / "a", sha256_prefix=PREFIX)
    assert "cannot be written" in caplog.text
    assert read_connections() == ()


def _hear(*lines: str, fine: bool = True) -> dict[str, tuple[Outcome, int]]:
    notes = IndexNotes("LiteRT")
    for line in lines:
        notes.hear(line)
    notes.end(fine=fine)
    assert {each.purpose for each in read_connections()} <= {Purpose.CONVERTER}
    return {each.host: (each.outcome, each.received) for each in read_connections()}


def test_that_an_installation_names_python_s_index_and_what_came_from_where() -> None:
    heard = _hear(
        "Collecting tqdm==4.70.1 (from -r requirements.txt (line 17))",
        "  Downloading tqdm-4.70.1-py3-none-any.whl.metadata (57 kB)",
        "Downloading tqdm-4.70.1-py3-none-any.whl (1.5 MB)",
        "Successfully installed tqdm-4.70.1",
    )
    assert heard == {
        "pypi.org": (Outcome.DONE, 0),
        "files.pythonhosted.org": (Outcome.DONE, 1_557_000),
    }


def test_that_an_index_of_the_user_s_is_named_in_its_place() -> None:
    heard = _hear(
        "Looking in indexes: https://user:****@mirror.example/simple, https://two.example/simple",
        "Collecting tqdm==4.70.1",
        "  Downloading tqdm-4.70.1-py3-none-any.whl (78 kB)",
    )
    assert heard == {
        "mirror.example": (Outcome.DONE, 78_000),
        "two.example": (Outcome.DONE, 0),
    }


def test_that_an_installation_from_a_folder_is_no_connection() -> None:
    assert _hear("Looking in links: /packages", "Processing /packages/tqdm.whl") == {}


def test_that_an_installation_without_network_is_a_failed_connection() -> None:
    line = "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError'"
    assert _hear(line, line, fine=False) == {"pypi.org": (Outcome.FAILED, 0)}


def test_that_the_journal_holds_one_document_a_line() -> None:
    begin("weights.例子.example", Purpose.WEIGHTS).end(Outcome.DONE)
    lines = journal_file().read_bytes().decode("ascii").splitlines()
    assert [json.loads(line)["outcome"] for line in lines] == ["open", "done"]
